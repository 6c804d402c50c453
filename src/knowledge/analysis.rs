//! From text to terms: one chain a language, the same for articles, questions and the index.

mod language;
mod negations;
mod stop_words;
mod synonyms;

use rust_stemmers::Stemmer;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

pub use self::language::Language;
use self::synonyms::Synonyms;

/// Changes whenever the same text would give other terms, so that caches are not trusted too long.
pub const VERSION: u32 = 2;

/// One word of a text: what it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its stem, or the first word of its group of synonyms.
    pub term: String,
    /// The word as it was written, in lower case.
    pub word: String,
}

/// The chain of one language with one knowledge base's synonyms.
pub struct Analyzer {
    language: Language,
    stop_words: FxHashSet<&'static str>,
    negations: FxHashSet<&'static str>,
    stemmer: Option<Stemmer>,
    synonyms: Synonyms,
}

impl Analyzer {
    /// The chain for texts in this language; `groups` are words and phrases that mean the same.
    pub fn new(language: Language, groups: &[Vec<String>]) -> Self {
        let mut analyzer = Self {
            language,
            stop_words: stop_words::of(language.code()).collect(),
            negations: negations::of(language.code()).collect(),
            stemmer: language.stemmer().map(Stemmer::create),
            synonyms: Synonyms::default(),
        };
        let groups = groups.iter().map(|group| group.iter().map(|entry| analyzer.tokens(entry)).collect());
        analyzer.synonyms = Synonyms::new(groups.collect());
        analyzer
    }

    /// The words that carry meaning, in order: stop words are dropped, synonyms replaced.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        self.tokens_of(self.words(text))
    }

    /// The same for a text's words.
    pub fn tokens_of(&self, words: Vec<String>) -> Vec<Token> {
        let meaningful = words.into_iter().filter(|word| !self.is_stop_word(word));
        self.with_synonyms(meaningful.map(|word| self.token(word)).collect())
    }

    /// The tokens with synonyms replaced.
    pub fn with_synonyms(&self, tokens: Vec<Token>) -> Vec<Token> {
        self.synonyms.replace(tokens)
    }

    /// The language's code.
    pub fn code(&self) -> &str {
        self.language.code()
    }

    /// Whether the language is English.
    pub fn is_english(&self) -> bool {
        self.language == Language::ENGLISH
    }

    /// Words too common to mean anything.
    pub fn stop_words(&self) -> impl Iterator<Item = &'static str> {
        self.stop_words.iter().copied()
    }

    /// Whether a term is a word of the synonyms.
    pub fn is_synonym(&self, term: &str) -> bool {
        self.synonyms.knows(term)
    }

    /// All words in lower case, as they were written.
    pub fn words(&self, text: &str) -> Vec<String> {
        if text.is_ascii() && self.is_english() {
            return ascii_words(text);
        }
        let folded: String = text.nfkc().flat_map(|c| self.language.lower_case(c)).collect();
        self.language.split(&folded)
    }

    /// Whether a word of [`Self::words`] is too common to mean anything.
    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop_words.contains(word)
    }

    /// Whether a word of [`Self::words`] turns a wish into its opposite.
    pub fn is_negation(&self, word: &str) -> bool {
        self.negations.contains(word)
    }

    /// The word that stands for this one: its stem.
    pub fn token(&self, word: String) -> Token {
        let stem = self.stemmer.as_ref().map(|stemmer| stemmer.stem(&word).into_owned());
        // Some stemmers leave nothing of a word that is a mere ending.
        let term = stem.filter(|stem| !stem.is_empty()).unwrap_or_else(|| word.clone());
        Token { term, word }
    }
}

/// What the whole chain gives for an English text of letters that need no folding, several times as fast.
pub(in crate::knowledge) fn ascii_words(text: &str) -> Vec<String> {
    let mut words = Vec::with_capacity(text.len() / 4);
    let mut word = String::new();
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => word.push(c),
            'A'..='Z' => word.push(c.to_ascii_lowercase()),
            '\'' | '`' => {}
            _ if word.is_empty() => {}
            _ => words.push(std::mem::take(&mut word)),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn analyzer(locale: &str, groups: &[&[&str]]) -> Analyzer {
        let groups: Vec<Vec<String>> =
            groups.iter().map(|group| group.iter().map(|&entry| entry.to_owned()).collect()).collect();
        Analyzer::new(Language::of(locale), &groups)
    }

    fn terms(analyzer: &Analyzer, text: &str) -> String {
        analyzer.tokens(text).into_iter().map(|token| token.term).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_language_has_its_words() {
        for (locale, text, expected) in [
            ("en", "How do I get my ORDERS, please?", "how get order"),
            ("en-GB", "It's the café's Wi-Fi: it doesn’t work", "it cafe wi fi doesnt work"),
            ("de", "Wie lange dauern die Lieferungen?", "wie lang dau liefer"),
            ("fr", "Où est l’adresse de livraison ?", "où adress livraison"),
            ("ru", "Где мои заказы?", "где заказ"),
            ("tr", "İADE ISTIYORUM", "ia ıstıyor"),
            ("zh", "退款多久?", "退 退款 款 款多 多 多久 久"),
            ("xx", "Kalimera sas", "kalimera sas"),
            ("en", "ＦＵＬＬ width ﬁne", "full width fine"),
            ("en", "Где заказ", "где заказ"),
            ("en", "", ""),
        ] {
            assert_eq!(terms(&analyzer(locale, &[]), text), expected, "{locale}: {text}");
        }
    }

    #[test]
    fn synonyms_become_one_term() {
        let analyzer = analyzer("en", &[&["sofa", "couch", "settee"], &["money back", "refund"]]);
        for (text, expected) in [
            ("two couches", "two sofa"),
            ("my settee and my sofa", "sofa sofa"),
            ("get a refund", "get money_back"),
            ("I want my money back", "want money_back"),
            ("money", "money"),
        ] {
            assert_eq!(terms(&analyzer, text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn plain_text_takes_a_shorter_way_to_the_same_words(text in "[ -~\\n\\t]*") {
            let folded = text.to_lowercase();
            prop_assert_eq!(ascii_words(&text), Language::ENGLISH.split(&folded));
        }

        #[test]
        fn any_text_can_be_analysed(text in "\\PC*", locale in "(en|de|fr|tr|ja|ar|xx)") {
            let analyzer = analyzer(&locale, &[&["a b", "c"]]);
            for token in analyzer.tokens(&text) {
                prop_assert!(!token.term.is_empty());
                prop_assert!(!token.term.contains(char::is_whitespace));
            }
        }
    }
}
