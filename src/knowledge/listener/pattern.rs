//! The word lists of one language, made ready to be looked for.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use crate::knowledge::analysis::{Language, ascii_words};

/// Languages that write no spaces between words, so that their words are looked for letter by letter.
const UNSPACED: [&str; 2] = ["ja", "zh"];

/// A misspelt word is recognised when its right form has at least this many letters.
const FEWEST_MISSPELT: usize = 6;
/// The same when two neighbours changed places.
const FEWEST_SWAPPED: usize = 4;

/// What a word is to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// Somebody who answers: human, agent.
    People,
    /// Somebody, by a word that often means others: someone, team.
    Anybody,
    /// Speaking with somebody: talk, connect.
    Contact,
    /// Wanting something: need, give me.
    Wish,
    /// Please, now.
    Please,
    /// What stands in requests without changing them.
    Around,
    /// What is talked to now.
    Bot,
    /// Not, never.
    Negation,
    /// What makes it a report or a question about people.
    Mention,
    /// What upset people write.
    Angry,
    /// Yes.
    Yes,
    /// No.
    No,
}

const CLASSES: [(&str, Class); 12] = [
    ("people", Class::People),
    ("anybody", Class::Anybody),
    ("contact", Class::Contact),
    ("wish", Class::Wish),
    ("please", Class::Please),
    ("around", Class::Around),
    ("bots", Class::Bot),
    ("negations", Class::Negation),
    ("mentions", Class::Mention),
    ("angry", Class::Angry),
    ("yes", Class::Yes),
    ("no", Class::No),
];

/// Words in a row, each perhaps with any ending.
struct Pattern {
    words: Vec<(String, bool)>,
    classes: Vec<Class>,
}

/// How many letters a word has, and a bit for each of them.
#[derive(Clone, Copy)]
struct Shape {
    length: usize,
    letters: u64,
}

/// One language's patterns by the first letter of their first word, longest first.
pub(super) struct Patterns {
    language: Language,
    by_letter: FxHashMap<char, Vec<Pattern>>,
    /// The beginnings of words for people, as they stand in text.
    people: Vec<String>,
    /// Words that people misspell.
    long: Vec<(String, Shape)>,
}

impl Patterns {
    /// The patterns of a language's lists.
    pub(super) fn new(language: Language, lists: &BTreeMap<String, String>) -> Self {
        let mut patterns: BTreeMap<Vec<(String, bool)>, Vec<Class>> = BTreeMap::new();
        let mut new = Self { language, by_letter: FxHashMap::default(), people: Vec::new(), long: Vec::new() };
        for (name, class) in CLASSES {
            for entry in lists.get(name).into_iter().flat_map(|list| list.split(',')) {
                let words = new.entry(entry);
                if !words.is_empty() {
                    new.note(&words, class);
                    patterns.entry(words).or_default().push(class);
                }
            }
        }
        new.long.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        new.long.dedup_by(|(one, _), (other, _)| one == other);
        for (words, classes) in patterns {
            let letter = words.first().and_then(|(word, _)| word.chars().next()).unwrap_or_default();
            new.by_letter.entry(letter).or_default().push(Pattern { words, classes });
        }
        for patterns in new.by_letter.values_mut() {
            patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.words.len()));
        }
        new
    }

    /// Whether words have no spaces between them.
    pub(super) fn is_unspaced(&self) -> bool {
        UNSPACED.contains(&self.language.code())
    }

    /// The words of a text; letters where words have no spaces between them.
    pub(super) fn words(&self, readable: &str) -> Vec<String> {
        if self.is_unspaced() {
            return readable.chars().filter(|c| !c.is_whitespace()).map(String::from).collect();
        }
        if self.language == Language::ENGLISH && readable.is_ascii() {
            return ascii_words(readable);
        }
        self.language.split(readable)
    }

    /// How words for people begin.
    pub(super) fn people(&self) -> &[String] {
        &self.people
    }

    /// The longest pattern at the beginning of these words: how many words it takes, and what they are.
    pub(super) fn longest(&self, words: &[String]) -> Option<(usize, &[Class])> {
        let letter = words.first()?.chars().next()?;
        let candidates = self.by_letter.get(&letter)?;
        let found = candidates.iter().filter(|pattern| pattern.begins(words));
        let best = found.max_by_key(|pattern| (pattern.words.len(), !pattern.has_any_ending()))?;
        Some((best.words.len(), &best.classes))
    }

    /// The listed word that a misspelt one was meant to be.
    pub(super) fn corrected(&self, word: &str) -> Option<&String> {
        let shape = Shape::of(word);
        if self.is_unspaced() || shape.length < FEWEST_SWAPPED {
            return None;
        }
        let mut alike = self.long.iter().filter(|(_, listed)| listed.is_near(shape)).map(|(listed, _)| listed);
        alike.find(|listed| is_misspelt(word, listed))
    }

    fn entry(&self, entry: &str) -> Vec<(String, bool)> {
        let parts = entry.split_whitespace().flat_map(|part| {
            let words = self.words(&readable(part.trim_end_matches('*')));
            let last = words.len();
            let has_any_ending = part.ends_with('*');
            words.into_iter().enumerate().map(move |(i, word)| (word, has_any_ending && i + 1 == last))
        });
        parts.collect()
    }

    fn note(&mut self, words: &[(String, bool)], class: Class) {
        let [(word, _)] = words else {
            if self.is_unspaced() && matches!(class, Class::People | Class::Anybody) {
                self.people.push(words.iter().map(|(word, _)| word.as_str()).collect());
            }
            return;
        };
        if matches!(class, Class::People | Class::Anybody) {
            self.people.push(word.clone());
        }
        if matches!(class, Class::People | Class::Contact | Class::Wish) && word.chars().count() >= FEWEST_SWAPPED {
            self.long.push((word.clone(), Shape::of(word)));
        }
    }
}

impl Shape {
    fn of(word: &str) -> Self {
        let bit = |letter: char| 1 << (u32::from(letter) % u64::BITS);
        Self { length: word.chars().count(), letters: word.chars().fold(0, |letters, letter| letters | bit(letter)) }
    }

    /// Whether one edit may lead from one word to the other.
    fn is_near(self, other: Self) -> bool {
        self.length.abs_diff(other.length) <= 1 && (self.letters ^ other.letters).count_ones() <= 2
    }
}

impl Pattern {
    fn begins(&self, words: &[String]) -> bool {
        let is_same = |((expected, has_any_ending), word): (&(String, bool), &String)| {
            if *has_any_ending { word.starts_with(expected.as_str()) } else { word == expected }
        };
        words.len() >= self.words.len() && self.words.iter().zip(words).all(is_same)
    }

    fn has_any_ending(&self) -> bool {
        self.words.iter().any(|(_, has_any_ending)| *has_any_ending)
    }
}

fn is_misspelt(word: &str, listed: &str) -> bool {
    if strsim::osa_distance(word, listed) != 1 {
        return false;
    }
    listed.chars().count() >= FEWEST_MISSPELT || sorted(word) == sorted(listed)
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

/// The text in lower case without accents: visitors leave them out.
pub(in crate::knowledge) fn readable(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{655}' | '\u{200b}'..='\u{200f}');
    let text: String = text.nfkc().flat_map(char::to_lowercase).nfd().filter(|c| !is_accent(c)).nfc().collect();
    text.chars().map(plain).collect()
}

/// Letters whose mark is a part of them.
fn plain(c: char) -> char {
    match c {
        'ł' => 'l',
        'ø' => 'o',
        'ı' => 'i',
        'đ' => 'd',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns() -> Patterns {
        let lists = [("people", "human*, agent"), ("contact", "talk, put me through"), ("negations", "not")];
        let lists = lists.map(|(name, words)| (name.to_owned(), words.to_owned())).into();
        Patterns::new(Language::ENGLISH, &lists)
    }

    #[test]
    fn the_longest_pattern_is_found() {
        let patterns = patterns();
        for (text, expected) in [
            ("humans now", Some((1, [Class::People].as_slice()))),
            ("put me through", Some((3, [Class::Contact].as_slice()))),
            ("put me", None),
            ("agents", None),
        ] {
            assert_eq!(patterns.longest(&patterns.words(text)), expected, "{text}");
        }
    }

    #[test]
    fn misspelt_words_are_recognised_if_little_else_is_near() {
        let patterns = patterns();
        for (word, expected) in [("humna", Some("human")), ("tlak", Some("talk")), ("tall", None), ("urgent", None)] {
            assert_eq!(patterns.corrected(word).map(String::as_str), expected, "{word}");
        }
    }

    #[test]
    fn accents_are_left_out() {
        assert_eq!(readable("ČLOVĚK Łódź İnsan أريد"), "clovek lodz insan اريد");
    }
}
