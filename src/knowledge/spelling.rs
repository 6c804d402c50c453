//! Words one edit away: what a visitor meant to type.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, LazyLock},
};

use rustc_hash::FxHashMap;
use strsim::osa_distance;

use crate::knowledge::embedding::StaticModel;

/// Shorter words are left alone: too many others are one edit away.
const SHORTEST: usize = 4;

/// A correction has at least so many letters.
const SHORTEST_CORRECTION: usize = 3;

/// Where one letter for another is a slip too, without a dictionary to tell a slip from another word.
const SHORTEST_WITH_OTHER_LETTER: usize = 7;

/// Words that can be meant, found by what is left of them without one letter.
#[derive(Default)]
struct Words {
    counted: Vec<(Arc<str>, u32)>,
    numbers: FxHashMap<Arc<str>, u32>,
    /// Hashes of a word, and of the word without each of its letters, with the word's number; in order.
    shortened: Vec<(u32, u32)>,
}

/// Corrects words by the knowledge base's words and, for English, by a dictionary.
#[derive(Default)]
pub(super) struct Spelling {
    own: Words,
    has_dictionary: bool,
}

/// Whole words among the built-in model's pieces, the frequent ones first: 20,000 words of English.
static DICTIONARY: LazyLock<Words> = LazyLock::new(|| {
    let words = StaticModel::builtin().map(|model| model.words().collect::<Vec<_>>()).unwrap_or_default();
    let rank = |place: usize| u32::MAX - place as u32;
    Words::new(words.into_iter().enumerate().map(|(place, word)| (word.into(), rank(place))))
});

impl Spelling {
    /// Corrects by these words, each with how often it occurs.
    pub(super) fn new(words: impl Iterator<Item = (Arc<str>, u32)>, has_dictionary: bool) -> Self {
        Self { own: Words::new(words), has_dictionary }
    }

    /// The word that was meant, if this one is in no dictionary and one edit away from one that is.
    pub(super) fn correct(&self, word: &str) -> Option<&str> {
        if word.chars().count() < SHORTEST || !word.chars().all(char::is_alphabetic) || self.knows(word) {
            return None;
        }
        let own = self.own.nearest(word, self.has_dictionary);
        own.or_else(|| self.dictionary().and_then(|dictionary| dictionary.nearest(word, true)))
    }

    fn knows(&self, word: &str) -> bool {
        self.own.numbers.contains_key(word) || self.dictionary().is_some_and(|words| words.numbers.contains_key(word))
    }

    fn dictionary(&self) -> Option<&'static Words> {
        self.has_dictionary.then(|| &*DICTIONARY)
    }
}

impl Words {
    fn new(words: impl Iterator<Item = (Arc<str>, u32)>) -> Self {
        let is_word = |word: &str| word.chars().count() >= SHORTEST_CORRECTION && word.chars().all(char::is_alphabetic);
        let words: Vec<_> = words.filter(|(word, _)| is_word(word)).collect();
        let mut shortened = Vec::new();
        for (number, (word, _)) in words.iter().enumerate() {
            shortenings(word, |hash| shortened.push((hash, number as u32)));
        }
        shortened.sort_unstable();
        let numbers = words.iter().enumerate().map(|(number, (word, _))| (word.clone(), number as u32)).collect();
        Self { counted: words, numbers, shortened }
    }

    /// The likeliest word one edit away: first letters are seldom wrong, swapped ones the commonest slip, and then the
    /// most frequent word.
    fn nearest(&self, typed: &str, is_exact: bool) -> Option<&str> {
        let mut best: Option<(Likelihood, &str)> = None;
        shortenings(typed, |hash| {
            let from = self.shortened.partition_point(|(other, _)| *other < hash);
            let alike = self.shortened.iter().skip(from).take_while(|(other, _)| *other == hash);
            for (meant, count) in alike.filter_map(|(_, number)| self.counted.get(*number as usize)) {
                let likelihood = Likelihood::new(typed, meant, *count);
                let is_better = best.as_ref().is_none_or(|(other, _)| likelihood > *other);
                if is_better && is_slip(typed, meant, is_exact) {
                    best = Some((likelihood, meant));
                }
            }
        });
        best.map(|(_, word)| word)
    }
}

/// How likely a word was meant; later fields decide between equals.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Likelihood {
    has_same_start: bool,
    has_same_letters: bool,
    count: u32,
    /// The order of the alphabet, backwards: one result whatever the order of looking.
    word: std::cmp::Reverse<String>,
}

impl Likelihood {
    fn new(typed: &str, meant: &str, count: u32) -> Self {
        let letters = |word: &str| {
            let mut letters: Vec<char> = word.chars().collect();
            letters.sort_unstable();
            letters
        };
        Self {
            has_same_start: typed.chars().next() == meant.chars().next(),
            has_same_letters: letters(typed) == letters(meant),
            count,
            word: std::cmp::Reverse(meant.to_owned()),
        }
    }
}

/// Whether somebody who meant `meant` may have typed `typed`. Without a dictionary, another letter in a short word is
/// more often another word (`tune`, `tone`) than a slip.
fn is_slip(typed: &str, meant: &str, has_dictionary: bool) -> bool {
    let length = typed.chars().count();
    let different = typed.chars().zip(meant.chars()).filter(|(a, b)| a != b).count();
    let is_other_letter = length == meant.chars().count() && different == 1;
    osa_distance(typed, meant) == 1 && (has_dictionary || !is_other_letter || length >= SHORTEST_WITH_OTHER_LETTER)
}

/// Hashes of the word itself, and of the word without each of its letters.
fn shortenings(word: &str, mut each: impl FnMut(u32)) {
    let hash_without = |skipped: Option<usize>| {
        let mut hasher = DefaultHasher::new();
        for (_, character) in word.chars().enumerate().filter(|(at, _)| Some(*at) != skipped) {
            character.hash(&mut hasher);
        }
        hasher.finish() as u32
    };
    each(hash_without(None));
    for skipped in 0..word.chars().count() {
        each(hash_without(Some(skipped)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spelling(has_dictionary: bool) -> Spelling {
        let words = [("delivery", 1), ("refund", 1), ("order", 2), ("older", 1), ("sofa", 1), ("grün", 1)];
        Spelling::new(words.into_iter().map(|(word, count)| (word.into(), count)), has_dictionary)
    }

    #[test]
    fn one_edit_is_corrected_to_the_likeliest_word() {
        for (typed, meant) in [
            ("delivry", Some("delivery")),
            ("deliverry", Some("delivery")),
            ("dleivery", Some("delivery")),
            ("dalivery", Some("delivery")),
            ("oder", Some("order")),
            ("ordder", Some("order")),
            ("odrer", Some("order")),
            ("ordar", None),
            ("grünn", Some("grün")),
            ("delivery", None),
            ("dlvery", None),
            ("sof", None),
            ("sofa2", None),
            ("aquarium", None),
            ("", None),
        ] {
            assert_eq!(spelling(false).correct(typed), meant, "{typed}");
        }
    }

    #[test]
    fn a_dictionary_tells_slips_from_other_words() {
        for (typed, meant) in [
            ("ordar", Some("order")),
            ("folder", None),
            ("soda", None),
            ("pasword", Some("password")),
            ("wheer", Some("where")),
            ("xqzvw", None),
        ] {
            assert_eq!(spelling(true).correct(typed), meant, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_word_can_be_looked_up(word in "\\PC*") {
            let spelling = spelling(true);
            prop_assert_ne!(spelling.correct(&word), Some(word.as_str()));
        }
    }
}
