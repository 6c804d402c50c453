//! Small talk and requests for a person: messages that are a phrase as a whole, not questions to the articles.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    article::{Action, Article, hit::PhraseHit},
    knowledge::analysis::Analyzer,
};

/// A stop word's weight beside a word that carries meaning.
const STOP_WORD_WEIGHT: f32 = 0.25;

/// Shorter phrases inside a longer message mean nothing.
const SHORTEST_CONTAINED: usize = 3;

/// One language's phrases.
pub(super) struct Phrasebook {
    analyzer: Analyzer,
    entries: Vec<Entry>,
}

struct Entry {
    article: Arc<Article>,
    phrases: Vec<Phrase>,
    near_misses: Vec<Phrase>,
    /// Every term of its phrases.
    vocabulary: BTreeSet<String>,
    /// Terms of its near misses that none of its phrases has.
    near_miss_terms: BTreeSet<String>,
}

/// The words of a phrase or message, in order.
struct Phrase(Vec<Word>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    term: String,
    is_common: bool,
    is_negation: bool,
}

impl Phrasebook {
    /// The phrases of these articles, all of one language.
    pub(super) fn new(analyzer: Analyzer, articles: &[Arc<Article>]) -> Self {
        let entries = articles.iter().map(|article| Entry::new(&analyzer, article)).collect();
        Self { analyzer, entries }
    }

    /// How near each article's phrases are to the message.
    pub(super) fn compare(&self, message: &str) -> Vec<PhraseHit> {
        let message = Phrase::new(&self.analyzer, message);
        self.entries.iter().filter_map(|entry| entry.compare(&message)).collect()
    }

    /// Whether the message is nothing but small talk, word for word.
    pub(super) fn is_smalltalk(&self, message: &str) -> bool {
        let message = Phrase::new(&self.analyzer, message);
        let mut smalltalk = self.entries.iter().filter(|entry| entry.article.action == Action::Smalltalk);
        smalltalk.any(|entry| entry.phrases.iter().any(|phrase| phrase.0 == message.0))
    }
}

impl Entry {
    fn new(analyzer: &Analyzer, article: &Arc<Article>) -> Self {
        let read = |texts: &[String]| -> Vec<Phrase> {
            texts.iter().map(|text| Phrase::new(analyzer, text)).filter(|phrase| !phrase.0.is_empty()).collect()
        };
        let phrases = read(&article.questions);
        let near_misses = read(&article.not_questions);
        let terms = |phrases: &[Phrase]| -> BTreeSet<String> {
            phrases.iter().flat_map(|phrase| phrase.0.iter().map(|word| word.term.clone())).collect()
        };
        let (vocabulary, mut near_miss_terms) = (terms(&phrases), terms(&near_misses));
        near_miss_terms.retain(|term| !vocabulary.contains(term));
        Self { article: article.clone(), phrases, near_misses, vocabulary, near_miss_terms }
    }

    fn compare(&self, message: &Phrase) -> Option<PhraseHit> {
        let similarities = self.phrases.iter().map(|phrase| (phrase.similarity(message), phrase));
        let (nearness, nearest) =
            similarities.max_by(|(a, _), (b, _)| a.total_cmp(b)).filter(|(near, _)| *near > 0.0)?;
        let near_miss = self.near_misses.iter().map(|miss| miss.similarity(message)).fold(0.0, f32::max);
        let contained = self.phrases.iter().filter(|phrase| phrase.is_contained_in(message)).max_by_key(|p| p.0.len());
        let nearest = contained.unwrap_or(nearest);
        Some(PhraseHit {
            article: self.article.clone(),
            nearness,
            near_miss,
            covered: message.share(|term| self.vocabulary.contains(term)),
            is_contained: contained.is_some(),
            is_negated: message.0.iter().any(|word| {
                let turns = word.is_negation || (!word.is_common && self.near_miss_terms.contains(&word.term));
                turns && !nearest.has(&word.term)
            }),
        })
    }
}

impl Phrase {
    fn new(analyzer: &Analyzer, text: &str) -> Self {
        let words = analyzer.words(text).into_iter().map(|word| Word {
            is_common: analyzer.is_stop_word(&word),
            is_negation: analyzer.is_negation(&word),
            term: analyzer.token(word).term,
        });
        Self(words.collect())
    }

    fn has(&self, term: &str) -> bool {
        self.0.iter().any(|word| word.term == term)
    }

    /// 1 for the same words in the same order, else the cosine of the words, a little less than 1 at most.
    fn similarity(&self, other: &Self) -> f32 {
        if self.0 == other.0 {
            return 1.0;
        }
        let (own, others) = (self.distinct(), other.distinct());
        let length = |words: &mut dyn Iterator<Item = &&Word>| words.map(|word| word.weight().powi(2)).sum::<f32>();
        let shared = length(&mut own.intersection(&others));
        let most = (length(&mut own.iter()) * length(&mut others.iter())).sqrt();
        if most > 0.0 { (shared / most).min(0.99) } else { 0.0 }
    }

    fn distinct(&self) -> BTreeSet<&Word> {
        self.0.iter().collect()
    }

    fn is_contained_in(&self, message: &Self) -> bool {
        self.0.len() >= SHORTEST_CONTAINED && message.0.windows(self.0.len()).any(|part| part == self.0)
    }

    /// The share of its words that are so; of the words that carry meaning, if there are any.
    fn share(&self, is_so: impl Fn(&str) -> bool) -> f32 {
        let carries = |wanted: bool| self.0.iter().filter(move |word| word.is_common != wanted);
        let has_meaning = carries(true).next().is_some();
        let (all, so) =
            carries(has_meaning).fold((0, 0), |(all, so), word| (all + 1, so + usize::from(is_so(&word.term))));
        so as f32 / all.max(1) as f32
    }
}

impl Word {
    fn weight(&self) -> f32 {
        if self.is_common { STOP_WORD_WEIGHT } else { 1.0 }
    }
}
