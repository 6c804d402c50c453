//! Putting a backup in the place of the database.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};

use crate::store::{
    SqliteOptions, SqliteStore, StoreError,
    sqlite::opening::{self, new_file, sync_folder},
};

/// What belongs to the database beside its own file.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// A data folder that is in use, as long as this is kept: its database is not exchanged under anybody's feet. The folder
/// itself is locked, for SQLite would lose its own locks by another look at its file.
#[derive(Debug)]
pub(super) struct InUse {
    _lock: Option<File>,
}

impl InUse {
    /// Says that the folder is in use. Some file systems know no locks; then nothing is said.
    pub(super) fn of(folder: &Path) -> Self {
        let lock = File::open(folder).ok().filter(|file| file.try_lock_shared().is_ok());
        Self { _lock: lock }
    }
}

impl SqliteStore {
    /// Puts a backup in the place of a data folder's database, which stays beside it under another name. Visitors who
    /// were erased after the backup was made are erased again.
    ///
    /// # Errors
    /// [`StoreError::Open`] when the file is no backup, or the folder is in use; nothing has changed then.
    pub fn restore(folder: &Path, from: &Path) -> Result<Option<PathBuf>, StoreError> {
        let refuse = |path: &Path, message: String| StoreError::Open { path: path.display().to_string(), message };
        examine_backup(from)?;
        fs::create_dir_all(folder).map_err(|error| refuse(folder, error.to_string()))?;
        let lock = File::open(folder).map_err(|error| refuse(folder, error.to_string()))?;
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            return Err(refuse(
                folder,
                "a server or another command uses it: stop it first, then try again".to_owned(),
            ));
        }
        let replaced = put_in_place(folder, from).map_err(|error| refuse(folder, error.to_string()))?;
        drop(lock);
        Self::open_with(folder, SqliteOptions::default())?;
        Ok(replaced)
    }
}

/// A backup is a whole database of ours.
fn examine_backup(from: &Path) -> Result<(), StoreError> {
    let refuse = |message: String| StoreError::Open { path: from.display().to_string(), message };
    if !from.is_file() {
        return Err(refuse("there is no such file".to_owned()));
    }
    let db = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| refuse(error.to_string()))?;
    opening::examine_file(&db).map_err(refuse)
}

fn put_in_place(folder: &Path, from: &Path) -> io::Result<Option<PathBuf>> {
    let place = opening::file(folder);
    let draft = place.with_extension("restoring");
    let _ = fs::remove_file(&draft);
    new_file(&draft)?;
    io::copy(&mut File::open(from)?, &mut File::options().write(true).open(&draft)?)?;
    File::open(&draft)?.sync_all()?;
    let replaced = place.exists().then(|| free_name(&place));
    if let Some(aside) = &replaced {
        for end in BESIDE {
            let beside = with_end(&place, end);
            if beside.exists() {
                fs::rename(&beside, with_end(aside, end))?;
            }
        }
        fs::rename(&place, aside)?;
    }
    fs::rename(&draft, &place)?;
    sync_folder(folder)?;
    Ok(replaced)
}

/// The database's own name with a number that no file has yet.
fn free_name(place: &Path) -> PathBuf {
    let names = (1_u32..).map(|number| place.with_extension(format!("replaced-{number}.db")));
    names.into_iter().find(|name| !name.exists()).unwrap_or_else(|| place.with_extension("replaced.db"))
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
