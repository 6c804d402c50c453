//! Copies of indexes on disk, one folder each, named by what they were made from.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use sha2::{Digest, Sha256};
use tantivy::{
    Directory,
    directory::{MmapDirectory, RamDirectory},
};

const CHECKSUMS: &str = "checksums.json";

/// Older copies are removed; a few stay for commands that look at other articles with the same data folder.
const KEPT: usize = 4;

/// How the name of a copy begins while it is written.
const UNFINISHED: char = '.';

/// Writing one takes seconds.
const ABANDONED_AFTER: Duration = Duration::from_secs(3600);

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
        let unfinished = self.folder.join(format!("{UNFINISHED}{key}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&unfinished);
        fs::create_dir_all(&unfinished)?;
        let target = MmapDirectory::open(&unfinished).map_err(io::Error::other)?;
        index.persist(&target).map_err(io::Error::other)?;
        fs::write(unfinished.join(CHECKSUMS), serde_json::to_vec(&checksums(&unfinished)?)?)?;
        let copy = self.folder.join(key);
        // Another process may have made the same one meanwhile.
        let renamed = fs::rename(&unfinished, &copy).or_else(|error| if copy.is_dir() { Ok(()) } else { Err(error) });
        let _ = fs::remove_dir_all(&unfinished);
        self.remove_old()?;
        renamed
    }

    /// Removes the oldest copies, and what a process that ended too early has left. What others are writing stays.
    fn remove_old(&self) -> io::Result<()> {
        let entries = fs::read_dir(&self.folder)?.filter_map(Result::ok);
        let dated = entries.filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())));
        let (unfinished, mut copies): (Vec<_>, Vec<_>) = dated.partition(|(_, path)| is_unfinished(path));
        copies.sort();
        copies.truncate(copies.len().saturating_sub(KEPT));
        let abandoned = unfinished.into_iter().filter(|(at, _)| at.elapsed().is_ok_and(|age| age > ABANDONED_AFTER));
        copies.into_iter().chain(abandoned).try_for_each(|(_, path)| remove(&path))
    }
}

fn is_unfinished(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED))
}

/// Removes a folder, unless somebody else was first.
fn remove(folder: &Path) -> io::Result<()> {
    fs::remove_dir_all(folder)
        .or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> RamDirectory {
        let index = RamDirectory::create();
        index.atomic_write(Path::new("meta.json"), b"{}").unwrap();
        index
    }

    #[test]
    fn what_another_process_writes_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let others = folder.path().join(".k-1");
        fs::create_dir(&others).unwrap();
        let cache = Cache::new(folder.path());
        for number in 0..=KEPT {
            cache.try_save(&number.to_string(), &made()).unwrap();
        }
        assert!(others.is_dir());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), KEPT + 1);
    }

    #[test]
    fn a_copy_that_another_process_has_made_is_as_good() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path());
        for _ in 0..2 {
            cache.try_save("k", &made()).unwrap();
        }
        assert!(cache.load("k").is_some());
    }
}
