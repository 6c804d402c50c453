//! Copies of indexes on disk, one folder each, named by what they were made from.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use tantivy::{
    Directory,
    directory::{MmapDirectory, RamDirectory},
};

const CHECKSUMS: &str = "checksums.json";

/// Older copies are removed; a few stay for commands that look at other articles with the same data folder.
const KEPT: usize = 4;

/// A folder of copies.
pub(in crate::knowledge) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The copies in this folder; it is made when the first one is saved.
    pub(in crate::knowledge) fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The copy with this key in memory, if it is there and whole.
    pub(super) fn load(&self, key: &str) -> Option<RamDirectory> {
        let copy = self.folder.join(key);
        if !copy.is_dir() {
            return None;
        }
        read_copy(&copy).inspect_err(|error| self.set_aside(key, &error.to_string())).ok()
    }

    /// Moves a copy away, because it cannot be used.
    pub(super) fn set_aside(&self, key: &str, reason: &str) {
        tracing::warn!(key, reason, "the index's copy cannot be used and is made again from the articles");
        let aside = self.folder.join("set-aside");
        let _ = fs::remove_dir_all(&aside);
        if fs::rename(self.folder.join(key), aside).is_err() {
            let _ = fs::remove_dir_all(self.folder.join(key));
        }
    }

    /// Keeps a copy. When that fails, only the next start is slower.
    pub(super) fn save(&self, key: &str, index: &RamDirectory) {
        if let Err(error) = self.try_save(key, index) {
            tracing::warn!(folder = %self.folder.display(), %error, "the index's copy cannot be written");
        }
    }

    fn try_save(&self, key: &str, index: &RamDirectory) -> io::Result<()> {
        let unfinished = self.folder.join(format!(".{key}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&unfinished);
        fs::create_dir_all(&unfinished)?;
        let target = MmapDirectory::open(&unfinished).map_err(io::Error::other)?;
        index.persist(&target).map_err(io::Error::other)?;
        fs::write(unfinished.join(CHECKSUMS), serde_json::to_vec(&checksums(&unfinished)?)?)?;
        let renamed = fs::rename(&unfinished, self.folder.join(key));
        let _ = fs::remove_dir_all(&unfinished);
        self.remove_old()?;
        renamed
    }

    fn remove_old(&self) -> io::Result<()> {
        let mut copies: Vec<_> = fs::read_dir(&self.folder)?
            .filter_map(Result::ok)
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        copies.sort();
        let old = copies.len().saturating_sub(KEPT);
        copies.into_iter().take(old).try_for_each(|(_, copy)| fs::remove_dir_all(copy))
    }
}

fn read_copy(copy: &Path) -> io::Result<RamDirectory> {
    let expected: BTreeMap<String, String> = serde_json::from_slice(&fs::read(copy.join(CHECKSUMS))?)?;
    let directory = RamDirectory::create();
    for (name, checksum) in expected {
        let bytes = fs::read(copy.join(&name))?;
        if hash(&bytes) != checksum {
            return Err(io::Error::other(format!("{name} is damaged")));
        }
        directory.atomic_write(Path::new(&name), &bytes)?;
    }
    Ok(directory)
}

fn checksums(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut checksums = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        checksums.insert(name, hash(&fs::read(entry.path())?));
    }
    Ok(checksums)
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
