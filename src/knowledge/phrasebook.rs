//! Small talk and requests for a person: messages that are a phrase as a whole, not questions to the articles.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

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
    words: Vocabulary,
    entries: Vec<Entry>,
    /// The phrases that are small talk.
    smalltalk: FxHashSet<Box<[u32]>>,
}

struct Entry {
    article: Arc<Article>,
    phrases: Vec<Phrase>,
    near_misses: Vec<Phrase>,
    /// Every word of its phrases.
    vocabulary: FxHashSet<u32>,
    /// Words of its near misses that none of its phrases has.
    near_miss_words: FxHashSet<u32>,
}

/// The words of all phrases, numbered.
#[derive(Default)]
struct Vocabulary(FxHashMap<String, u32>);

/// The words of a phrase or message, in order, as numbers.
struct Phrase {
    words: Box<[u32]>,
    /// Each word once, in order of the numbers, with its share of the phrase's length as a vector.
    distinct: Box<[(u32, f32)]>,
    length: f32,
    /// A bit for each word: phrases without a bit in common have no word in common.
    bits: u64,
}

/// A message, compared with phrases.
pub(super) struct Message {
    phrase: Phrase,
    /// Each word: its number, whether it is too common to mean anything, whether it is a negation.
    words: Vec<(u32, bool, bool)>,
}

impl Phrasebook {
    /// The phrases of these articles, all of one language.
    pub(super) fn new(analyzer: Analyzer, articles: &[Arc<Article>]) -> Self {
        let mut words = Vocabulary::default();
        let entries: Vec<Entry> = articles.iter().map(|article| Entry::new(&analyzer, &mut words, article)).collect();
        let smalltalk = entries.iter().filter(|entry| entry.article.action == Action::Smalltalk);
        let smalltalk = smalltalk.flat_map(|entry| entry.phrases.iter().map(|phrase| phrase.words.clone())).collect();
        Self { analyzer, words, entries, smalltalk }
    }

    /// A message as this language's phrases see it.
    pub(super) fn read(&self, message: &str) -> Message {
        Message::new(&self.analyzer, message, |term, seen| {
            self.words.0.get(term).copied().unwrap_or_else(|| self.words.0.len() as u32 + seen)
        })
    }

    /// How near each article's phrases are to the message.
    pub(super) fn compare(&self, message: &Message) -> Vec<PhraseHit> {
        self.entries.iter().filter_map(|entry| entry.compare(message)).collect()
    }

    /// Whether the message is nothing but small talk, word for word.
    pub(super) fn is_smalltalk(&self, message: &Message) -> bool {
        self.smalltalk.contains(&message.phrase.words)
    }
}

impl Entry {
    fn new(analyzer: &Analyzer, words: &mut Vocabulary, article: &Arc<Article>) -> Self {
        let mut read = |texts: &[String]| -> Vec<Phrase> {
            let read = texts.iter().map(|text| Message::new(analyzer, text, |term, _| words.number(term)).phrase);
            read.filter(|phrase| !phrase.words.is_empty()).collect()
        };
        let phrases = read(&article.questions);
        let near_misses = read(&article.not_questions);
        let all = |phrases: &[Phrase]| -> FxHashSet<u32> {
            phrases.iter().flat_map(|phrase| phrase.words.iter().copied()).collect()
        };
        let (vocabulary, mut near_miss_words) = (all(&phrases), all(&near_misses));
        near_miss_words.retain(|word| !vocabulary.contains(word));
        Self { article: article.clone(), phrases, near_misses, vocabulary, near_miss_words }
    }

    fn compare(&self, message: &Message) -> Option<PhraseHit> {
        let similarities = self.phrases.iter().map(|phrase| (phrase.similarity(&message.phrase), phrase));
        let (nearness, nearest) =
            similarities.max_by(|(a, _), (b, _)| a.total_cmp(b)).filter(|(near, _)| *near > 0.0)?;
        let near_miss = self.near_misses.iter().map(|miss| miss.similarity(&message.phrase)).fold(0.0, f32::max);
        let contained = self.phrases.iter().filter(|phrase| phrase.is_contained_in(&message.phrase));
        let contained = contained.max_by_key(|phrase| phrase.words.len());
        let nearest = contained.unwrap_or(nearest);
        let is_turning = |&(word, is_common, is_negation): &(u32, bool, bool)| {
            is_negation || (!is_common && self.near_miss_words.contains(&word))
        };
        Some(PhraseHit {
            article: self.article.clone(),
            nearness,
            near_miss,
            covered: message.share(|word| self.vocabulary.contains(&word)),
            is_contained: contained.is_some(),
            is_negated: message.words.iter().any(|word| is_turning(word) && !nearest.words.contains(&word.0)),
        })
    }
}

impl Vocabulary {
    fn number(&mut self, term: &str) -> u32 {
        let next = self.0.len() as u32;
        if let Some(number) = self.0.get(term) { *number } else { *self.0.entry(term.to_owned()).or_insert(next) }
    }
}

impl Message {
    /// A message whose words get these numbers; a word that is new gets how many there were before it, too.
    fn new(analyzer: &Analyzer, text: &str, mut number: impl FnMut(&str, u32) -> u32) -> Self {
        let mut words = Vec::new();
        for (place, word) in (0..).zip(analyzer.words(text)) {
            let (is_common, is_negation) = (analyzer.is_stop_word(&word), analyzer.is_negation(&word));
            words.push((number(&analyzer.token(word).term, place), is_common, is_negation));
        }
        let weight = |is_common| if is_common { STOP_WORD_WEIGHT } else { 1.0 };
        let mut distinct: Vec<(u32, f32)> =
            words.iter().map(|(word, is_common, _)| (*word, weight(*is_common))).collect();
        distinct.sort_unstable_by_key(|(word, _)| *word);
        distinct.dedup_by_key(|(word, _)| *word);
        let phrase = Phrase {
            words: words.iter().map(|(word, ..)| *word).collect(),
            length: distinct.iter().map(|(_, weight)| weight * weight).sum(),
            bits: distinct.iter().fold(0, |bits, (word, _)| bits | 1 << (word % u64::BITS)),
            distinct: distinct.into(),
        };
        Self { phrase, words }
    }

    /// The share of its words that are so; of the words that carry meaning, if there are any.
    fn share(&self, is_so: impl Fn(u32) -> bool) -> f32 {
        let has_meaning = self.words.iter().any(|(_, is_common, _)| !is_common);
        let counted = self.words.iter().filter(|(_, is_common, _)| *is_common != has_meaning);
        let (all, so) = counted.fold((0, 0), |(all, so), (word, ..)| (all + 1, so + usize::from(is_so(*word))));
        so as f32 / all.max(1) as f32
    }
}

impl Phrase {
    /// 1 for the same words in the same order, else the cosine of the words, a little less than 1 at most.
    fn similarity(&self, other: &Self) -> f32 {
        if self.bits & other.bits == 0 {
            return 0.0;
        }
        if self.words == other.words {
            return 1.0;
        }
        let most = (self.length * other.length).sqrt();
        if most > 0.0 { (self.shared(other) / most).min(0.99) } else { 0.0 }
    }

    fn shared(&self, other: &Self) -> f32 {
        let mut others = other.distinct.iter().peekable();
        let mut shared = 0.0;
        for (word, weight) in &self.distinct {
            while others.next_if(|(other, _)| other < word).is_some() {}
            if others.next_if(|(other, _)| other == word).is_some() {
                shared += weight * weight;
            }
        }
        shared
    }

    fn is_contained_in(&self, message: &Self) -> bool {
        self.words.len() >= SHORTEST_CONTAINED
            && self.bits & !message.bits == 0
            && message.words.windows(self.words.len()).any(|part| part == &*self.words)
    }
}
