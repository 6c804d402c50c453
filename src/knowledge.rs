//! The knowledge base: articles read from a folder, searched, and read again when they change.
//!
//! [`Knowledge`] hands out snapshots. A reload makes a new snapshot beside the old one and then puts it in its place, so
//! no search ever waits or sees half a change.

pub mod analysis;
pub mod embedding;
mod builtin;
mod catalogue;
mod counts;
mod discriminant;
mod embedders;
mod features;
pub mod folder;
mod index;
mod listener;
pub mod library;
mod manners;
mod meaning;
mod phrasebook;
mod ranked;
mod reading;
mod shelf;
mod snapshot;
mod spelling;
mod takes;
mod terms;
mod watch;

use std::{path::PathBuf, sync::Arc, thread};

use parking_lot::{Mutex, RwLock};
use tantivy::TantivyError;
use thiserror::Error;

use self::{embedders::Deep, embedding::encoder::EncoderError, folder::Folder, index::Cache};
pub use self::{
    snapshot::{Searchable, Snapshot},
    watch::Watch,
};
use crate::article::hit::{Hits, Level, Question};

/// Why a knowledge base cannot be used.
#[derive(Debug, Error)]
pub enum KnowledgeError {
    /// The folder is not there or cannot be listed.
    #[error("cannot read the knowledge base in {path}: check the path and its permissions")]
    UnreadableFolder {
        /// Which folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The full-text index cannot be made or searched.
    #[error("the full-text index failed")]
    Index(#[from] TantivyError),
    /// The sentence encoder cannot be used.
    #[error(transparent)]
    Encoder(#[from] EncoderError),
    /// The folder cannot be watched.
    #[error("cannot watch the knowledge base for changes")]
    Watch(#[from] notify::Error),
}

/// Where a knowledge base is and how it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The folder of articles.
    pub folder: PathBuf,
    /// Where what is derived from the articles is kept; nowhere when absent.
    pub cache: Option<PathBuf>,
    /// The language of articles that do not name one, as a BCP 47 tag.
    pub locale: String,
    /// Where the articles are served, without a slash at the end.
    pub public_url: String,
    /// What questions are compared by.
    pub level: Level,
    /// The folder of the full sentence encoder, for [`Level::Encoder`].
    pub encoder: Option<PathBuf>,
}

/// A knowledge base that can change while it is searched.
pub struct Knowledge {
    options: Options,
    current: RwLock<Arc<Snapshot>>,
    /// The files as they were last read; held while a reload runs.
    folder: Mutex<Folder>,
    /// Held while the encoder reads.
    encoder: Mutex<Encoding>,
}

/// The full sentence encoder and what it has read.
#[derive(Default)]
struct Encoding {
    deep: Option<Arc<Deep>>,
    read: Option<Arc<Snapshot>>,
}

impl Knowledge {
    /// Reads the folder and makes everything ready for questions. Takes seconds for thousands of articles, and minutes
    /// when a full encoder meets them for the first time.
    pub fn open(options: Options) -> Result<Self, KnowledgeError> {
        let knowledge = Self::builtin(options)?;
        knowledge.learn()?;
        Ok(knowledge)
    }

    /// The same, but what takes long is done behind the back: until then, the built-in model answers.
    pub fn open_soon(options: Options) -> Result<Arc<Self>, KnowledgeError> {
        let is_slow = options.level == Level::Encoder;
        let knowledge = Arc::new(Self::builtin(options)?);
        if is_slow {
            let waiting = Arc::downgrade(&knowledge);
            thread::spawn(move || {
                let Some(knowledge) = waiting.upgrade() else { return };
                match knowledge.learn() {
                    Ok(()) => tracing::info!("the sentence encoder answers now"),
                    Err(error) => {
                        tracing::error!(%error, "the sentence encoder cannot be used: the built-in model answers");
                    }
                }
            });
        }
        Ok(knowledge)
    }

    fn builtin(options: Options) -> Result<Self, KnowledgeError> {
        let folder = read(&options, &Folder::default())?;
        let snapshot = Snapshot::new(&folder, &options, None)?;
        report_skipped(&snapshot, None);
        Ok(Self {
            options,
            current: RwLock::new(Arc::new(snapshot)),
            folder: Mutex::new(folder),
            encoder: Mutex::default(),
        })
    }

    /// Gets the encoder that the options ask for, if they do, and lets it read everything.
    fn learn(&self) -> Result<(), KnowledgeError> {
        let deep = Deep::open(&self.options)?.map(Arc::new);
        self.encoder.lock().deep = deep;
        self.deepen();
        Ok(())
    }

    /// Lets the encoder, if there is one, read what is new. May take minutes; until then the built-in model answers.
    pub fn deepen(&self) {
        let mut encoder = self.encoder.lock();
        let Some(deep) = encoder.deep.clone() else { return };
        loop {
            let snapshot = self.snapshot();
            if snapshot.is_deep() {
                return;
            }
            snapshot.deepen(&deep, encoder.read.as_deref());
            encoder.read = Some(snapshot);
        }
    }

    /// The articles as they are now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.read().clone()
    }

    /// What there is for a question now. May take milliseconds of computing; call it where blocking is allowed.
    pub fn search(&self, question: &Question) -> Result<Hits, KnowledgeError> {
        self.snapshot().search(question)
    }

    /// Where the articles are served, without a slash at the end.
    pub fn public_url(&self) -> &str {
        &self.options.public_url
    }

    /// Reads what has changed in the folder; [`Self::deepen`] does the rest. Gives whether anything that is served did; on an error all stays as it was.
    pub fn reload(&self) -> Result<bool, KnowledgeError> {
        let mut folder = self.folder.lock();
        let changed = read(&self.options, &folder)?;
        if changed == *folder {
            return Ok(false);
        }
        let before = self.snapshot();
        let after = Snapshot::new(&changed, &self.options, Some(&before))?;
        report_skipped(&after, Some(&before));
        let is_new = after.version() != before.version();
        *self.current.write() = Arc::new(after);
        *folder = changed;
        Ok(is_new)
    }
}

fn read(options: &Options, before: &Folder) -> Result<Folder, KnowledgeError> {
    folder::reread(&options.folder, before)
        .map_err(|source| KnowledgeError::UnreadableFolder { path: options.folder.clone(), source })
}

/// Names in the log what is not served as it is in the folder, each once.
fn report_skipped(now: &Snapshot, before: Option<&Snapshot>) {
    let known = before.map(|before| before.library().skipped.as_slice()).unwrap_or_default();
    for skipped in now.library().skipped.iter().filter(|skipped| !known.contains(skipped)) {
        tracing::warn!(path = skipped.path, reason = skipped.reason, "a file of the knowledge base is not served");
    }
}

#[cfg(test)]
mod tests;
