//! Vectors that were made before: the articles' for ever, the last questions' for a while.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use crate::knowledge::embedding::Vector;

/// So many questions are remembered at least.
const RECENT: usize = 2_000;

/// What was made of a text: a text without words has no vector.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Remembered(pub(super) Option<Vector>);

/// A text's hash.
type Key = [u8; 8];

/// What an encoder has made.
pub(super) struct Memory {
    /// Where the articles' vectors outlive the process.
    file: Option<PathBuf>,
    lasting: Mutex<Lasting>,
    recent: Mutex<Recent>,
}

#[derive(Default)]
struct Lasting {
    vectors: HashMap<Key, Vector>,
    /// What was used or made since the file was read: the rest belongs to articles that are gone.
    used: HashMap<Key, Vector>,
    is_saved: bool,
}

/// Two generations: when the younger is full, the older is forgotten.
#[derive(Default)]
struct Recent {
    younger: HashMap<Key, Option<Vector>>,
    older: HashMap<Key, Option<Vector>>,
}

impl Memory {
    /// What the file remembers; nothing when it is not there or not whole.
    pub(super) fn open(file: Option<PathBuf>, width: usize) -> Self {
        let vectors = file.as_deref().and_then(|file| load(file, width)).unwrap_or_default();
        let lasting = Lasting { vectors, is_saved: true, ..Lasting::default() };
        Self { file, lasting: Mutex::new(lasting), recent: Mutex::new(Recent::default()) }
    }

    /// What was made of a text lately, if anything was.
    pub(super) fn recall(&self, text: &str) -> Option<Remembered> {
        let key = key(text);
        if let Some(vector) = self.lasting.lock().vectors.get(&key) {
            return Some(Remembered(Some(vector.clone())));
        }
        let mut recent = self.recent.lock();
        let found = recent.younger.get(&key).cloned().or_else(|| recent.older.get(&key).cloned())?;
        recent.note(key, found.clone());
        Some(Remembered(found))
    }

    pub(super) fn note(&self, text: &str, vector: Option<Vector>) {
        self.recent.lock().note(key(text), vector);
    }

    /// The vector of an article's text.
    pub(super) fn recall_lasting(&self, text: &str) -> Option<Vector> {
        let key = key(text);
        let mut lasting = self.lasting.lock();
        let vector = lasting.vectors.get(&key)?.clone();
        lasting.used.insert(key, vector.clone());
        Some(vector)
    }

    pub(super) fn note_lasting(&self, text: &str, vector: &Vector) {
        let key = key(text);
        let mut lasting = self.lasting.lock();
        lasting.vectors.insert(key, vector.clone());
        lasting.used.insert(key, vector.clone());
        lasting.is_saved = false;
    }

    /// Writes down what was used since the file was read. When that fails, only the next start is slower.
    pub(super) fn save(&self) {
        let Some(file) = &self.file else { return };
        let mut lasting = self.lasting.lock();
        if lasting.is_saved {
            return;
        }
        match write(file, &lasting.used) {
            Ok(()) => lasting.is_saved = true,
            Err(error) => tracing::warn!(file = %file.display(), %error, "the articles' vectors cannot be kept"),
        }
    }
}

impl Recent {
    fn note(&mut self, key: Key, vector: Option<Vector>) {
        if self.younger.len() >= RECENT {
            self.older = std::mem::take(&mut self.younger);
        }
        self.younger.insert(key, vector);
    }
}

fn key(text: &str) -> Key {
    Sha256::digest(text).first_chunk().copied().unwrap_or_default()
}

/// Records of a key and a vector; at the end the hash of them all.
fn write(file: &Path, vectors: &HashMap<Key, Vector>) -> io::Result<()> {
    let mut sorted: Vec<_> = vectors.iter().collect();
    sorted.sort_unstable_by_key(|(key, _)| **key);
    let mut bytes = Vec::new();
    for (key, vector) in sorted {
        bytes.extend(key);
        bytes.extend(vector.bits().iter().flat_map(|value| value.to_le_bytes()));
    }
    let hash = Sha256::digest(&bytes);
    bytes.extend(hash);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let unfinished = file.with_extension(format!("{}", std::process::id()));
    fs::write(&unfinished, bytes)?;
    fs::rename(unfinished, file)
}

fn load(file: &Path, width: usize) -> Option<HashMap<Key, Vector>> {
    let bytes = fs::read(file).ok()?;
    let (records, hash) = bytes.split_last_chunk::<32>()?;
    if Sha256::digest(records).as_slice() != hash {
        tracing::warn!(file = %file.display(), "the articles' vectors are damaged and are made again");
        return None;
    }
    let records = records.chunks_exact(size_of::<Key>() + 2 * width);
    let read = records.filter_map(|record| {
        let (key, values) = record.split_first_chunk()?;
        let values = values.as_chunks::<2>().0.iter().map(|bytes| i16::from_le_bytes(*bytes));
        Some((*key, Vector::from_bits(values)))
    });
    Some(read.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(value: f32) -> Vector {
        Vector::new(&[value, 1.0]).unwrap()
    }

    #[test]
    fn articles_vectors_outlive_the_process_and_those_of_gone_articles_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("kept/model.vectors");
        let open = || Memory::open(Some(file.clone()), 2);
        let memory = open();
        assert_eq!(memory.recall("a"), None);
        memory.note_lasting("a", &vector(0.1));
        memory.note_lasting("b", &vector(0.2));
        memory.save();

        let memory = open();
        assert_eq!(memory.recall_lasting("a"), Some(vector(0.1)));
        assert_eq!(memory.recall("b"), Some(Remembered(Some(vector(0.2)))));
        memory.note_lasting("c", &vector(0.3));
        memory.save();

        let memory = open();
        assert!(memory.recall_lasting("a").is_some() && memory.recall_lasting("c").is_some());
        assert_eq!(memory.recall_lasting("b"), None);

        fs::write(&file, b"damaged").unwrap();
        assert_eq!(open().recall_lasting("a"), None);
    }

    #[test]
    fn the_last_questions_are_remembered_and_old_ones_forgotten() {
        let memory = Memory::open(None, 2);
        memory.note("first", Some(vector(0.5)));
        memory.note("silence", None);
        assert_eq!(memory.recall("silence"), Some(Remembered(None)));
        for number in 0..RECENT {
            memory.note(&format!("question {number}"), None);
            assert!(memory.recall("first").is_some(), "asked again and again it stays");
        }
        for number in 0..3 * RECENT {
            memory.note(&format!("other {number}"), None);
        }
        assert_eq!(memory.recall("first"), None);
        assert!(memory.recent.lock().younger.len() <= RECENT + 1);
    }
}
