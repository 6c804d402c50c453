//! Full-text search over conversations. The archive knows words and ids and keeps no text: it is a cache that is made
//! again from the store when it is lost. Who may see what is found is asked of the store.

use std::{fs, path::Path};

use parking_lot::Mutex;
use tantivy::{
    Index, IndexReader, IndexWriter, ReloadPolicy, SegmentMeta, TantivyDocument, TantivyError, Term,
    collector::TopDocs,
    directory::MmapDirectory,
    query::{BooleanQuery, FuzzyTermQuery, Query, TermQuery},
    schema::{Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value},
    tokenizer::{TextAnalyzer, WhitespaceTokenizer},
};
use thiserror::Error;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

use crate::conversation::ConversationId;

/// The least that tantivy takes, in bytes; conversations come in small batches.
const WRITER_MEMORY: usize = 15_000_000;
/// More words than anybody types; what follows them is ignored.
const MOST_WORDS: usize = 32;
/// Longer words are cut, in characters.
const LONGEST_WORD: usize = 60;
const WORDS: &str = "words";

/// Why the archive cannot be used.
#[derive(Debug, Error)]
#[error("the archive cannot be used: {0}")]
pub struct ArchiveError(String);

impl From<TantivyError> for ArchiveError {
    fn from(error: TantivyError) -> Self {
        Self(error.to_string())
    }
}

/// A conversation as the archive reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Which.
    pub conversation: ConversationId,
    /// Everything that was said in it and is known of the visitor; `None` when it is gone.
    pub text: Option<String>,
}

/// The words of all conversations.
pub struct Archive {
    writer: Mutex<IndexWriter>,
    reader: IndexReader,
    id: Field,
    words: Field,
    is_new: bool,
}

impl Archive {
    /// The archive in this folder; made anew when there is none, or none that can be read.
    ///
    /// # Errors
    /// When the folder cannot be written, or another server uses it.
    pub fn open(folder: &Path) -> Result<Self, ArchiveError> {
        let unusable = |error: std::io::Error| ArchiveError(error.to_string());
        fs::create_dir_all(folder).map_err(unusable)?;
        let open = || {
            let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
            Index::open_or_create(directory, schema().0)
        };
        let index = open().or_else(|error| {
            tracing::warn!(%error, "the archive cannot be read and is made again from the store");
            fs::remove_dir_all(folder).and_then(|()| fs::create_dir_all(folder)).map_err(TantivyError::from)?;
            open()
        })?;
        Self::of(&index)
    }

    /// An archive that is forgotten when it is dropped.
    ///
    /// # Errors
    /// When there is not enough memory.
    pub fn in_memory() -> Result<Self, ArchiveError> {
        Self::of(&Index::create_in_ram(schema().0))
    }

    fn of(index: &Index) -> Result<Self, ArchiveError> {
        let (_, id, words) = schema();
        index.tokenizers().register(WORDS, TextAnalyzer::from(WhitespaceTokenizer::default()));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let is_new = reader.searcher().num_docs() == 0;
        let writer = Mutex::new(index.writer_with_num_threads(1, WRITER_MEMORY)?);
        Ok(Self { writer, reader, id, words, is_new })
    }

    /// Whether it was empty when it was opened: then everything has to be filed again.
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Takes these conversations as they are now, in place of what they were.
    ///
    /// # Errors
    /// When the disk cannot be written; nothing is taken then.
    pub fn file(&self, folders: &[Folder]) -> Result<(), ArchiveError> {
        let mut writer = self.writer.lock();
        for folder in folders {
            let id = folder.conversation.to_string();
            writer.delete_term(Term::from_field_text(self.id, &id));
            if let Some(text) = &folder.text {
                let mut document = TantivyDocument::default();
                document.add_text(self.id, &id);
                document.add_text(self.words, words(text).join(" "));
                writer.add_document(document)?;
            }
        }
        writer.commit()?;
        if folders.iter().any(|folder| folder.text.is_none()) {
            forget(&mut writer)?;
        }
        self.reader.reload()?;
        Ok(())
    }

    /// The conversations that have every word; of the last word its beginning is enough. Best first.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn search(&self, text: &str, limit: usize) -> Result<Vec<ConversationId>, ArchiveError> {
        let Some(query) = self.query(text) else { return Ok(Vec::new()) };
        let searcher = self.reader.searcher();
        let found = searcher.search(&query, &TopDocs::with_limit(limit.max(1)).order_by_score())?;
        let mut ids = Vec::with_capacity(found.len());
        for (_, address) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            let id = document
                .get_first(self.id)
                .and_then(|value| value.as_str())
                .and_then(|id| id.parse::<ConversationId>().ok());
            ids.extend(id);
        }
        Ok(ids)
    }

    /// Built from words alone: nothing that somebody types is taken for syntax.
    fn query(&self, text: &str) -> Option<BooleanQuery> {
        let mut words = words(text);
        words.truncate(MOST_WORDS);
        let term = |word: &str| Term::from_field_text(self.words, word);
        let last = Box::new(FuzzyTermQuery::new_prefix(term(&words.pop()?), 0, true)) as Box<dyn Query>;
        let whole = words
            .iter()
            .map(|word| Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs)) as Box<dyn Query>);
        Some(BooleanQuery::intersection(whole.chain([last]).collect()))
    }
}

/// Takes the words of what is gone off the disk too; by itself the index only hides them.
fn forget(writer: &mut IndexWriter) -> Result<(), ArchiveError> {
    let segments = writer.index().searchable_segment_metas()?;
    let stale: Vec<_> = segments.iter().filter(|segment| segment.has_deletes()).map(SegmentMeta::id).collect();
    if !stale.is_empty() {
        writer.merge(&stale).wait()?;
        writer.garbage_collect_files().wait()?;
    }
    Ok(())
}

fn schema() -> (Schema, Field, Field) {
    let mut builder = Schema::builder();
    let id = builder.add_text_field("id", STRING | STORED);
    let indexing = TextFieldIndexing::default().set_tokenizer(WORDS).set_index_option(IndexRecordOption::WithFreqs);
    let words = builder.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    (builder.build(), id, words)
}

/// The words of a text as they are compared: without case and accents.
fn words(text: &str) -> Vec<String> {
    let plain = |word: &str| -> String {
        let letters = word.nfkd().filter(|c| !is_combining_mark(*c));
        letters.flat_map(char::to_lowercase).take(LONGEST_WORD).collect()
    };
    text.unicode_words().map(plain).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> ConversationId {
        ConversationId(Uuid::from_u128(number))
    }

    fn folder(number: u128, text: &str) -> Folder {
        Folder { conversation: id(number), text: Some(text.to_owned()) }
    }

    fn filled() -> Archive {
        let archive = Archive::in_memory().unwrap();
        let texts =
            ["Where is my parcel? Vera", "Das Päckchen fehlt, order 4711", "私の荷物はどこですか", "refund refund"];
        archive.file(&(1..).zip(texts).map(|(number, text)| folder(number, text)).collect::<Vec<_>>()).unwrap();
        archive
    }

    #[test]
    fn every_word_must_be_there_and_the_last_may_be_a_beginning() {
        let archive = filled();
        for (text, found) in [
            ("parcel", vec![1]),
            ("PARC", vec![1]),
            ("parcel where", vec![1]),
            ("parc where", vec![]),
            ("packchen 4711", vec![2]),
            ("荷物", vec![3]),
            ("ver", vec![1]),
            ("parcel refund", vec![]),
            ("", vec![]),
            ("?!", vec![]),
            ("\"parcel", vec![1]),
        ] {
            let found: Vec<_> = found.into_iter().map(id).collect();
            assert_eq!(archive.search(text, 10).unwrap(), found, "{text}");
        }
    }

    #[test]
    fn nothing_that_is_typed_is_syntax_or_too_much() {
        let archive = filled();
        let many = "word ".repeat(10_000);
        for text in ["text:*", "(a OR b", "id:1 AND", "/.*/", "\u{0}", many.as_str(), &"x".repeat(100_000)] {
            assert_eq!(archive.search(text, 10).unwrap(), [], "{text:.20}");
        }
    }

    #[test]
    fn what_is_filed_again_replaces_what_was_and_what_is_gone_is_gone() {
        let archive = filled();
        archive.file(&[folder(1, "It has come"), Folder { conversation: id(2), text: None }]).unwrap();
        assert_eq!(archive.search("parcel", 10).unwrap(), []);
        assert_eq!(archive.search("come", 10).unwrap(), [id(1)]);
        assert_eq!(archive.search("4711", 10).unwrap(), []);
    }

    #[test]
    fn it_is_there_after_a_restart_and_made_anew_when_it_is_damaged() {
        let place = tempfile::tempdir().unwrap();
        let archive = Archive::open(place.path()).unwrap();
        assert!(archive.is_new());
        archive.file(&[folder(1, "parcel")]).unwrap();
        drop(archive);
        let archive = Archive::open(place.path()).unwrap();
        assert!(!archive.is_new());
        assert_eq!(archive.search("parcel", 10).unwrap(), [id(1)]);
        drop(archive);
        fs::write(place.path().join("meta.json"), "{").unwrap();
        assert!(Archive::open(place.path()).unwrap().is_new());
    }
}
