//! Words and runs of characters as numbers, the same ones for every state of the articles.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// A few letters of a word, packed into one number.
pub(super) type Gram = u128;

/// Every word and run of characters that any article has had, numbered.
#[derive(Default)]
pub(super) struct Terms {
    words: FxHashMap<Arc<str>, u32>,
    names: Vec<Arc<str>>,
    grams: FxHashMap<Gram, u32>,
}

impl Terms {
    /// The number of a word, if any article has had it.
    pub(super) fn word(&self, word: &str) -> Option<u32> {
        self.words.get(word).copied()
    }

    /// The number of a word, a new one if need be.
    pub(super) fn add_word(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.words.get(word) {
            return number;
        }
        let number = self.names.len() as u32;
        let name: Arc<str> = word.into();
        self.names.push(name.clone());
        self.words.insert(name, number);
        number
    }

    /// The word with this number.
    pub(super) fn name(&self, number: u32) -> Option<&Arc<str>> {
        self.names.get(number as usize)
    }

    /// How many words there are.
    pub(super) fn word_count(&self) -> usize {
        self.names.len()
    }

    /// The number of a run of characters, if any article has had it.
    pub(super) fn gram(&self, gram: Gram) -> Option<u32> {
        self.grams.get(&gram).copied()
    }

    /// The number of a run of characters, a new one if need be.
    pub(super) fn add_gram(&mut self, gram: Gram) -> u32 {
        let next = self.grams.len() as u32;
        *self.grams.entry(gram).or_insert(next)
    }

    /// How many runs of characters there are.
    pub(super) fn gram_count(&self) -> usize {
        self.grams.len()
    }
}

/// Runs of three and four characters of `_word_`.
pub(super) fn grams(word: &str, mut each: impl FnMut(Gram)) {
    let framed = std::iter::once('_').chain(word.chars()).chain(std::iter::once('_'));
    let (mut four, mut seen): (Gram, usize) = (0, 0);
    for character in framed {
        four = (four << CHARACTER_BITS | Gram::from(u32::from(character))) & FOUR;
        seen += 1;
        if seen >= 3 {
            each(four & THREE);
        }
        if seen >= 4 {
            each(four);
        }
    }
}

/// A `char` fits into so many bits.
const CHARACTER_BITS: u32 = 21;
const THREE: Gram = (1 << (3 * CHARACTER_BITS)) - 1;
const FOUR: Gram = (1 << (4 * CHARACTER_BITS)) - 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_number() {
        let mut terms = Terms::default();
        assert_eq!([terms.add_word("sofa"), terms.add_word("lamp"), terms.add_word("sofa")], [0, 1, 0]);
        assert_eq!((terms.word("lamp"), terms.word("rug"), terms.word_count()), (Some(1), None, 2));
        assert_eq!(terms.name(1).map(AsRef::as_ref), Some("lamp"));
    }

    #[test]
    fn a_word_is_cut_into_threes_and_fours() {
        for (word, expected) in [("", 0), ("a", 1), ("ab", 3), ("sofa", 7), ("ééé", 5)] {
            let mut count = 0;
            grams(word, |_| count += 1);
            assert_eq!(count, expected, "{word}");
        }
        let all = |word| {
            let mut all = Vec::new();
            grams(word, |gram| all.push(gram));
            all
        };
        assert_eq!(all("sofa")[0], all("sofas")[0]);
        assert_ne!(all("sofa").last(), all("sofas").last());
    }
}
