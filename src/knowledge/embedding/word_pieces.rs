//! BERT's uncased word pieces: words in lower case without accents, cut greedily into the longest known pieces.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::knowledge::embedding::ModelError;

/// Longer words are unknown, as in the model.
const LONGEST_WORD: usize = 100;
const UNKNOWN: &str = "[UNK]";
const CONTINUATION: &str = "##";

/// The known pieces and their numbers.
#[derive(Debug)]
pub(super) struct WordPieces {
    /// Pieces that start a word.
    starts: FxHashMap<Cow<'static, str>, u32>,
    /// Pieces that go on with a word, without their mark.
    continuations: FxHashMap<Cow<'static, str>, u32>,
    unknown: u32,
    /// Bytes of the longest piece.
    longest: usize,
}

impl WordPieces {
    /// The pieces of a vocabulary, one a line; a piece's number is its line's, from 0.
    pub(super) fn new(vocabulary: &'static str) -> Result<Self, ModelError> {
        Self::numbered(vocabulary.lines().map(Cow::Borrowed).zip(0..))
    }

    /// These pieces with these numbers.
    pub(super) fn numbered(numbered: impl Iterator<Item = (Cow<'static, str>, u32)>) -> Result<Self, ModelError> {
        let mut pieces =
            Self { starts: FxHashMap::default(), continuations: FxHashMap::default(), unknown: u32::MAX, longest: 0 };
        for (piece, number) in numbered {
            pieces.longest = pieces.longest.max(piece.len());
            let continuation = piece.strip_prefix(CONTINUATION).filter(|rest| !rest.is_empty());
            match (continuation, &piece) {
                (Some(_), Cow::Borrowed(text)) => pieces
                    .continuations
                    .insert(Cow::Borrowed(text.get(CONTINUATION.len()..).unwrap_or_default()), number),
                (Some(rest), Cow::Owned(_)) => pieces.continuations.insert(Cow::Owned(rest.to_owned()), number),
                (None, _) => pieces.starts.insert(piece, number),
            };
        }
        pieces.unknown = *pieces.starts.get(UNKNOWN).ok_or(ModelError::NoUnknownPiece)?;
        Ok(pieces)
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() + self.continuations.len()
    }

    /// The number of a piece that starts a word.
    pub(super) fn number(&self, piece: &str) -> Option<u32> {
        self.starts.get(piece).copied()
    }

    /// The pieces that are whole words of letters, in order of their numbers.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let is_word = |word: &str| word.chars().nth(1).is_some() && word.chars().all(char::is_alphabetic);
        let words = self.starts.iter().filter(|(word, _)| is_word(word));
        let mut words: Vec<(u32, &str)> = words.map(|(word, number)| (*number, word.as_ref())).collect();
        words.sort_unstable();
        words.into_iter().map(|(_, word)| word)
    }

    /// Whether a word in any case is one piece.
    pub(super) fn knows(&self, word: &str) -> bool {
        matches!(self.tokens(word).as_slice(), &[token] if token != self.unknown)
    }

    /// The numbers of a text's pieces.
    pub(super) fn tokens(&self, text: &str) -> Vec<u32> {
        let kept = text.chars().filter(|&character| !is_dropped(character));
        if text.is_ascii() {
            return self.pieces(kept.map(|character| character.to_ascii_lowercase()), text.len());
        }
        let plain = kept.flat_map(spaced).nfd().filter(|&character| !is_accent(character));
        self.pieces(plain.flat_map(char::to_lowercase), text.len())
    }

    /// The numbers of the pieces of about so many characters without case and accents.
    fn pieces(&self, plain: impl Iterator<Item = char>, length: usize) -> Vec<u32> {
        let mut tokens = Vec::with_capacity(length / 4);
        let mut word = String::new();
        for character in plain {
            if !character.is_whitespace() && !is_punctuation(character) {
                word.push(character);
                continue;
            }
            self.cut(&word, &mut tokens);
            word.clear();
            if !character.is_whitespace() {
                self.cut(character.encode_utf8(&mut [0; 4]), &mut tokens);
            }
        }
        self.cut(&word, &mut tokens);
        tokens
    }

    /// Adds a word's pieces, or the unknown piece when some of it is unknown.
    fn cut(&self, word: &str, tokens: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let before = tokens.len();
        let mut rest = if word.chars().count() > LONGEST_WORD { None } else { Some(word) };
        let mut known = &self.starts;
        while let Some(text) = rest.filter(|text| !text.is_empty()) {
            rest = self.longest_prefix(text, known).map(|(length, token)| {
                tokens.push(token);
                &text[length..]
            });
            known = &self.continuations;
        }
        if rest.is_none() {
            tokens.truncate(before);
            tokens.push(self.unknown);
        }
    }

    fn longest_prefix(&self, text: &str, known: &FxHashMap<Cow<'static, str>, u32>) -> Option<(usize, u32)> {
        (1..=text.len().min(self.longest))
            .rev()
            .filter(|&length| text.is_char_boundary(length))
            .find_map(|length| known.get(&text[..length]).map(|&token| (length, token)))
    }
}

/// Characters that say nothing: controls, formats, private ones and the mark of a broken character.
fn is_dropped(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control() && !matches!(character, '\t' | '\n' | '\r');
    }
    character == char::REPLACEMENT_CHARACTER
        || matches!(
            character.general_category(),
            GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::PrivateUse
        )
}

/// The character, between spaces when it is a word of its own.
fn spaced(character: char) -> impl Iterator<Item = char> {
    let space = is_ideograph(character).then_some(' ');
    space.into_iter().chain([character]).chain(space)
}

fn is_accent(character: char) -> bool {
    !character.is_ascii() && character.general_category() == GeneralCategory::NonspacingMark
}

fn is_punctuation(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    character.general_category_group() == GeneralCategoryGroup::Punctuation
}

fn is_ideograph(character: char) -> bool {
    matches!(
        character,
        '\u{4E00}'..='\u{9FFF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{20000}'..='\u{2A6DF}'
            | '\u{2A700}'..='\u{2B73F}'
            | '\u{2B740}'..='\u{2B81F}'
            | '\u{2B920}'..='\u{2CEAF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{2F800}'..='\u{2FA1F}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_become_their_longest_pieces() {
        check("Refund", &["refund"]);
        check("unaffable refunds!", &["un", "##aff", "##able", "refund", "##s", "!"]);
        check("Don't—stop", &["don", "'", "t", "—", "stop"]);
        check("  CAFÉ\tcafe\u{301}\n", &["cafe", "cafe"]);
        check("un\u{ad}able\u{0}", &["un", "##able"]);
        check("退款", &["退", "款"]);
        check("a[UNK]b", &["a", "[", "[UNK]", "]", "b"]);
        check("##able", &["#", "#", "[UNK]"]);
    }

    #[test]
    fn unknown_and_overlong_words_are_one_unknown_piece() {
        check("☃", &["[UNK]"]);
        check("unable☃", &["[UNK]"]);
        check(&"a".repeat(101), &["[UNK]"]);
        assert_eq!(pieces().tokens(&format!("a{}", "s".repeat(99))).len(), 100);
    }

    #[test]
    fn a_known_word_is_one_piece() {
        assert!(pieces().knows("Refund"));
        assert!(!pieces().knows("refunds"));
        assert!(!pieces().knows("☃"));
        assert!(!pieces().knows(""));
    }

    proptest! {
        #[test]
        fn any_text_can_be_cut(text in any::<String>()) {
            let pieces = pieces();
            for token in pieces.tokens(&text) {
                prop_assert!((token as usize) < pieces.len());
            }
        }

        #[test]
        fn plain_letters_are_cut_in_the_same_way_beside_others(text in "[ -~\t\n\u{0}-\u{1f}]{0,40}") {
            let pieces = pieces();
            prop_assert_eq!(pieces.tokens(&format!("{text} café")), [pieces.tokens(&text), pieces.tokens("café")].concat());
        }
    }

    const VOCABULARY: &str =
        "[PAD]\n[UNK]\nun\n##aff\n##able\nrefund\n##s\n!\ndon\n'\nt\n—\nstop\ncafe\n退\n款\na\nb\n[\n]\n#";

    fn pieces() -> WordPieces {
        WordPieces::new(VOCABULARY).unwrap()
    }

    fn check(text: &str, expected: &[&str]) {
        let names: Vec<&str> = VOCABULARY.lines().collect();
        let tokens: Vec<&str> = pieces().tokens(text).into_iter().map(|token| names[token as usize]).collect();
        assert_eq!(tokens, expected, "{text:?}");
    }
}
