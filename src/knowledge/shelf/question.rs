//! A message as a shelf reads it: without numbers of orders, with misspelt words corrected, as words and as a vector.

use crate::knowledge::{analysis::Token, embedding::Vector, meaning::AskedMeaning, shelf::Shelf, terms::Terms};

/// More words of a question are not looked at.
const MOST_TERMS: usize = 32;

/// Of how many digits a reference has at least.
const FEWEST_DIGITS: usize = 5;

/// How much the words of the question before count beside those of this one.
const PREVIOUS_WEIGHT: f32 = 0.5;

/// A text as a shelf sees it.
pub(in crate::knowledge) struct ShelvedQuestion {
    /// Its words that carry meaning, misspelt ones corrected, each with how much it counts.
    pub(in crate::knowledge) tokens: Vec<(Token, f32)>,
    pub(in crate::knowledge) meaning: Option<AskedMeaning>,
}

impl Shelf {
    /// The text, together with what was asked before it if that may help to understand it.
    pub(in crate::knowledge) fn question(&self, text: &str, previous: Option<&str>) -> ShelvedQuestion {
        let (tokens, vector) = self.read(text);
        let mut weighed: Vec<_> = tokens.into_iter().map(|token| (token, 1.0)).collect();
        let mut vector = vector;
        if let Some(previous) = previous {
            let (tokens, other) = self.read(previous);
            weighed.extend(tokens.into_iter().map(|token| (token, PREVIOUS_WEIGHT)));
            vector = together(vector, other);
        }
        keep_terms(&mut weighed, MOST_TERMS);
        let meaning = self.meaning.as_ref().zip(vector).map(|(meaning, vector)| meaning.ask(vector));
        ShelvedQuestion { tokens: weighed, meaning }
    }

    /// The text's words that carry meaning and its vector, both without references and with misspelt words corrected.
    fn read(&self, text: &str) -> (Vec<Token>, Option<Vector>) {
        let mut words = self.stock.analyzer.words(text);
        let mut tokens = Vec::with_capacity(words.len());
        let terms = self.stock.terms.read();
        let mut is_corrected = self.leave_out_references(&mut words, &terms);
        for word in words.iter_mut().filter(|word| !self.stock.analyzer.is_stop_word(word)) {
            let mut token = self.stock.analyzer.token(word.clone());
            if !self.stock.knows(&terms, &token.term)
                && let Some(correction) = self.stock.spelling.correct(word)
            {
                correction.clone_into(word);
                token = self.stock.analyzer.token(word.clone());
                is_corrected = true;
            }
            if !is_corrected || !self.stock.analyzer.is_stop_word(word) {
                tokens.push(token);
            }
        }
        drop(terms);
        let embed = |text: &str| self.meaning.as_ref().and_then(|meaning| meaning.embed(text));
        let vector = if is_corrected { embed(&words.join(" ")) } else { embed(text) };
        (self.stock.analyzer.with_synonyms(tokens), vector)
    }

    /// Leaves out numbers of orders, parcels and customers, which say nothing about what is asked; true when there were
    /// any. Where articles have such a number, it stays, and so does a message of nothing else.
    fn leave_out_references(&self, words: &mut Vec<String>, terms: &Terms) -> bool {
        let stock = &self.stock;
        let says_nothing =
            |word: &String| is_reference(word) && !stock.knows(terms, &stock.analyzer.token(word.clone()).term);
        let count = words.len();
        if !words.iter().all(says_nothing) {
            words.retain(|word| !says_nothing(word));
        }
        words.len() < count
    }
}

impl ShelvedQuestion {
    /// How many of its words carry meaning.
    pub(in crate::knowledge) fn words(&self) -> usize {
        self.tokens.len()
    }

    /// Its words, as it was searched.
    pub(in crate::knowledge) fn text(&self) -> String {
        self.tokens.iter().map(|(token, _)| token.word.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Its vector, where there is one.
    pub(in crate::knowledge) fn vector(&self) -> Option<&Vector> {
        self.meaning.as_ref().map(AskedMeaning::vector)
    }
}

/// Whether a word looks like the number of an order or a customer; years, prices and codes of errors are shorter.
fn is_reference(word: &str) -> bool {
    word.chars().filter(char::is_ascii_digit).count() >= FEWEST_DIGITS
}

/// Keeps the words of so many different terms.
fn keep_terms(tokens: &mut Vec<(Token, f32)>, most: usize) {
    let mut seen: Vec<usize> = Vec::new();
    let mut kept = Vec::with_capacity(tokens.len());
    for (place, (token, _)) in tokens.iter().enumerate() {
        let is_seen = seen.iter().any(|at| tokens.get(*at).is_some_and(|(other, _)| other.term == token.term));
        if !is_seen && seen.len() < most {
            seen.push(place);
        }
        kept.push(is_seen || seen.last() == Some(&place));
    }
    let mut kept = kept.into_iter();
    tokens.retain(|_| kept.next().unwrap_or_default());
}

/// A vector between this question's and that of the one before.
fn together(own: Option<Vector>, other: Option<Vector>) -> Option<Vector> {
    match (own, other) {
        (Some(own), Some(other)) => {
            let sum = own.values().zip(other.values()).map(|(own, other)| own + PREVIOUS_WEIGHT * other);
            Vector::new(&sum.collect::<Vec<_>>())
        }
        (own, other) => own.or(other),
    }
}
