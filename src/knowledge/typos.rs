//! Words one edit away: what a visitor meant to type.

use std::collections::HashMap;

use strsim::osa_distance;

/// Shorter words are left alone: too many others are one edit away.
const SHORTEST: usize = 4;

/// In shorter words one letter for another is not corrected.
const SHORTEST_WITH_OTHER_LETTER: usize = 7;

/// The knowledge base's words, found by what is left of them without one letter.
#[derive(Default)]
pub(super) struct Vocabulary {
    words: Vec<(String, u32)>,
    numbers: HashMap<String, u32>,
    /// A word without one of its letters, and the word itself, to the words it may come from.
    shortened: HashMap<String, Vec<u32>>,
}

impl Vocabulary {
    /// The vocabulary of these words, with how often each occurs.
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut vocabulary = Self::default();
        for word in words.filter(|word| is_correctable(word)) {
            vocabulary.count(word);
        }
        for (number, (word, _)) in vocabulary.words.iter().enumerate() {
            for shortened in shortenings(word) {
                vocabulary.shortened.entry(shortened).or_default().push(number as u32);
            }
        }
        vocabulary
    }

    /// The most frequent word one edit away from a word that the knowledge base does not have.
    pub(super) fn correct(&self, word: &str) -> Option<&str> {
        if !is_correctable(word) || self.numbers.contains_key(word) {
            return None;
        }
        shortenings(word)
            .filter_map(|shortened| self.shortened.get(&shortened))
            .flatten()
            .filter_map(|&number| self.words.get(number as usize))
            .filter(|(candidate, _)| is_slip(word, candidate))
            .max_by(|(a, a_count), (b, b_count)| a_count.cmp(b_count).then_with(|| b.cmp(a)))
            .map(|(candidate, _)| candidate.as_str())
    }

    fn count(&mut self, word: &str) {
        if let Some((_, count)) = self.numbers.get(word).and_then(|&number| self.words.get_mut(number as usize)) {
            *count += 1;
            return;
        }
        self.numbers.insert(word.to_owned(), self.words.len() as u32);
        self.words.push((word.to_owned(), 1));
    }
}

fn is_correctable(word: &str) -> bool {
    word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic)
}

/// Whether somebody who meant `meant` may have typed `typed`. In a short word another letter is more often another word
/// (`tune`, `tone`) than a slip; a letter too many, too few or in the wrong place is a slip in any word.
fn is_slip(typed: &str, meant: &str) -> bool {
    let length = typed.chars().count();
    let different = typed.chars().zip(meant.chars()).filter(|(a, b)| a != b).count();
    let is_other_letter = length == meant.chars().count() && different == 1;
    osa_distance(typed, meant) == 1 && (!is_other_letter || length >= SHORTEST_WITH_OTHER_LETTER)
}

/// The word itself, and the word without each of its letters.
fn shortenings(word: &str) -> impl Iterator<Item = String> {
    let without = |at: usize| word.chars().enumerate().filter(move |(i, _)| *i != at).map(|(_, c)| c).collect();
    std::iter::once(word.to_owned()).chain((0..word.chars().count()).map(without).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_is_corrected_to_the_most_frequent_word() {
        let words = ["delivery", "refund", "order", "order", "older", "sofa", "grün"];
        let vocabulary = Vocabulary::new(words.into_iter());
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
            assert_eq!(vocabulary.correct(typed), meant, "{typed}");
        }
    }
}
