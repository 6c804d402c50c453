//! Text to vector: by a table that is part of the program, or by a full sentence encoder when its files are there.
//!
//! The table has one small vector a word piece, and a text is their mean. It is made from the encoder by
//! `scripts/distil`; `models/static/README.md` tells its source, licence and format.

pub mod encoder;
pub mod files;
mod memory;
mod table;
#[cfg(test)]
pub(crate) mod tiny;
mod vector;
mod word_pieces;

use std::sync::{Arc, LazyLock};

use thiserror::Error;

pub use self::{
    encoder::Encoder,
    vector::{Row, Rows, Vector},
};
use self::{table::Table, word_pieces::WordPieces};

/// How much of the way from the mean of all texts to its article's mean a question is expected to come, in the encoder's
/// vectors. Editors' phrasings come all of it; on the public cases, a live chatbot's questions come three quarters of it
/// and others nine tenths. Articles that lie far out would pay for the rest by the square of their distance.
const ENCODER_REACH: f32 = 0.8;

/// Why a model cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// The file of vectors is not in the format of `scripts/distil`.
    #[error("the file of vectors is not a table of frontdesk's")]
    NotATable,
    /// The file of vectors ends early or late, or names a size that cannot be.
    #[error("the table of vectors should have {expected} bytes and has {actual}")]
    WrongSize {
        /// What its head promises.
        expected: u64,
        /// What there is.
        actual: u64,
    },
    /// A row's scale is not a usable number.
    #[error("the scale of row {row} in the table of vectors is not a finite number")]
    BadScale {
        /// Which row, from 0.
        row: usize,
    },
    /// The vocabulary is another model's.
    #[error("the vocabulary has {words} word pieces, the table of vectors {rows} rows")]
    WrongVocabulary {
        /// Lines of the vocabulary.
        words: usize,
        /// Rows of the table.
        rows: usize,
    },
    /// The vocabulary has no piece for words that it does not know, or for a text's ends.
    #[error("the vocabulary has no word piece `[UNK]`")]
    NoUnknownPiece,
}

/// What turns texts into vectors.
pub enum Embedder {
    /// The built-in table.
    Table(&'static StaticModel),
    /// A full sentence encoder.
    Encoder(Arc<Encoder>),
}

impl Embedder {
    /// Whether both give the same vectors.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Table(one), Self::Table(other)) => std::ptr::eq(*one, *other),
            (Self::Encoder(one), Self::Encoder(other)) => Arc::ptr_eq(one, other),
            (Self::Table(_), Self::Encoder(_)) | (Self::Encoder(_), Self::Table(_)) => false,
        }
    }

    /// How long its vectors are.
    pub fn width(&self) -> usize {
        match self {
            Self::Table(model) => model.dimensions(),
            Self::Encoder(encoder) => encoder.width(),
        }
    }

    /// How much of the way from the mean of all texts to its article's mean a question is expected to come.
    pub fn reach(&self) -> f32 {
        match self {
            Self::Table(_) => 1.0,
            Self::Encoder(_) => ENCODER_REACH,
        }
    }

    /// The text's vector; none for a text without a word.
    pub fn embed(&self, text: &str) -> Option<Vector> {
        match self {
            Self::Table(model) => Vector::new(&model.sum(text)),
            Self::Encoder(encoder) => encoder.embed(text),
        }
    }

    /// The vector of an article's text, which may be remembered beyond the process.
    pub fn embed_lasting(&self, text: &str) -> Option<Vector> {
        match self {
            Self::Table(_) => self.embed(text),
            Self::Encoder(encoder) => encoder.embed_lasting(text),
        }
    }
}

/// A vector a word piece, and the word pieces.
#[derive(Debug)]
pub struct StaticModel {
    pieces: WordPieces,
    table: Table,
}

impl StaticModel {
    /// The model that is part of the program.
    pub fn builtin() -> Result<&'static Self, &'static ModelError> {
        static EMBEDDINGS: &[u8] = include_bytes!("../../models/static/embeddings.bin");
        static VOCABULARY: &str = include_str!("../../models/static/vocabulary.txt");
        static BUILTIN: LazyLock<Result<StaticModel, ModelError>> =
            LazyLock::new(|| StaticModel::new(EMBEDDINGS, VOCABULARY));
        BUILTIN.as_ref()
    }

    /// A model from the bytes of its two files, which stay where they are.
    pub fn new(embeddings: &'static [u8], vocabulary: &'static str) -> Result<Self, ModelError> {
        let table = Table::new(embeddings)?;
        let pieces = WordPieces::new(vocabulary)?;
        if pieces.len() != table.rows() {
            return Err(ModelError::WrongVocabulary { words: pieces.len(), rows: table.rows() });
        }
        Ok(Self { pieces, table })
    }

    /// How long its vectors are.
    pub fn dimensions(&self) -> usize {
        self.table.dimensions()
    }

    /// The numbers of a text's word pieces.
    pub fn tokens(&self, text: &str) -> Vec<u32> {
        self.pieces.tokens(text)
    }

    /// Whether the model has the whole word as one piece.
    pub fn knows(&self, word: &str) -> bool {
        self.pieces.knows(word)
    }

    /// Its whole words of letters, the more frequent ones first.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.pieces.words()
    }

    /// The text's vector, of any length; zeros for a text without a word.
    pub fn sum(&self, text: &str) -> Vec<f32> {
        let mut sum = vec![0.0; self.dimensions()];
        for token in self.tokens(text) {
            self.table.add_row(token, &mut sum);
        }
        sum
    }

    /// The text's vector of length one; none for a text without a word.
    pub fn embed(&self, text: &str) -> Option<Vector> {
        Vector::new(&self.sum(text))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_builtin_model_has_its_shape() {
        let model = builtin();
        assert_eq!(model.dimensions(), 256);
        assert_eq!(model.table.rows(), 30_522);
        assert_eq!(model.tokens("[UNK]").len(), 4, "names of special pieces are plain text");
    }

    #[test]
    fn the_files_are_those_of_the_readme() {
        use sha2::{Digest, Sha256};
        let readme = include_str!("../../models/static/README.md");
        for (name, content) in [
            ("embeddings.bin", include_bytes!("../../models/static/embeddings.bin").as_slice()),
            ("vocabulary.txt", include_bytes!("../../models/static/vocabulary.txt").as_slice()),
        ] {
            let line = format!("| `{name}` | `{:x}` |", Sha256::digest(content));
            assert!(readme.contains(&line), "run scripts/distil: {line}");
        }
    }

    #[test]
    fn a_text_always_has_the_same_vector_of_length_one() {
        let vector = embed("How do I get my money back?");
        assert_eq!(vector, embed("how do I get my MONEY back ?"));
        assert!((vector.cosine(&vector) - 1.0).abs() < 1e-3);
    }

    #[test]
    fn words_of_like_meaning_are_near() {
        for (word, near, far) in [
            ("refund", "reimburse", "lamp"),
            ("parcel", "package", "password"),
            ("cancel", "terminate", "mattress"),
            ("cheap", "inexpensive", "thursday"),
            ("password", "login", "banana"),
            ("delivery", "shipping", "guitar"),
            ("how long does shipping take", "delivery time", "change my password"),
            ("I was charged twice", "duplicate payment", "opening hours"),
        ] {
            let word_vector = embed(word);
            let (near_cosine, far_cosine) = (word_vector.cosine(&embed(near)), word_vector.cosine(&embed(far)));
            assert!(near_cosine > far_cosine + 0.1, "{word}: {near} {near_cosine}, {far} {far_cosine}");
        }
    }

    #[test]
    fn nothing_to_say_has_no_vector() {
        for text in ["", " ", "\n\t", "\u{0}\u{200b}\u{fffd}", "\u{301}\u{301}"] {
            assert_eq!(builtin().embed(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_dictionary_has_the_frequent_words_first() {
        let words: Vec<&str> = builtin().words().collect();
        assert!(words.len() > 15_000);
        let place = |word: &str| words.iter().position(|other| *other == word);
        assert!(place("with") < place("password") && place("password").is_some());
    }

    #[test]
    fn a_broken_model_is_refused() {
        let table = b"FDVEC1\0\0\x02\0\0\0\x01\0\0\0\0\0\x80\x3f\0\0\x80\x3f\x01\x02";
        assert!(StaticModel::new(table, "[UNK]\na\n").is_ok());
        let refusal = |table, vocabulary| StaticModel::new(table, vocabulary).map(|_| ()).unwrap_err();
        assert_eq!(refusal(b"", ""), ModelError::NotATable);
        assert_eq!(refusal(&table[..20], "a"), ModelError::WrongSize { expected: 26, actual: 20 });
        assert_eq!(
            refusal(b"FDVEC1\0\0\xff\xff\xff\xff\xff\xff\xff\xff", "a"),
            ModelError::WrongSize { expected: u64::MAX, actual: 16 }
        );
        assert_eq!(
            refusal(b"FDVEC1\0\0\x01\0\0\0\x01\0\0\0\0\0\xc0\x7f\x01", "[UNK]"),
            ModelError::BadScale { row: 0 }
        );
        assert_eq!(refusal(table, "[UNK]"), ModelError::WrongVocabulary { words: 1, rows: 2 });
        assert_eq!(refusal(table, "a\nb"), ModelError::NoUnknownPiece);
    }

    proptest! {
        #[test]
        fn any_text_has_a_vector_of_length_one_or_none(text in any::<String>()) {
            if let Some(vector) = builtin().embed(&text) {
                prop_assert!((vector.cosine(&vector) - 1.0).abs() < 1e-2);
            }
        }
    }

    fn builtin() -> &'static StaticModel {
        StaticModel::builtin().unwrap()
    }

    fn embed(text: &str) -> Vector {
        builtin().embed(text).unwrap()
    }
}
