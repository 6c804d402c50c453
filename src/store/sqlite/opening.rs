//! Opening the file: what can be wrong with it, and what to do then.

use std::{
    fs::{self, OpenOptions},
    io,
    path::{Path, PathBuf},
    process,
};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::store::{
    SqliteOptions, StoreError,
    sqlite::{
        fault::is_locked,
        migrations::{self, NEWEST},
    },
};

/// The file's name in the data folder.
const FILE: &str = "frontdesk.db";
/// Marks the file as ours: "Fdsk".
const APPLICATION: i32 = 0x4664_736B;
/// How large a new database's pages are. A turn writes one to two kilobytes side by side with the last turn's: with
/// SQLite's usual pages of 4 KiB, moving pages about was a tenth of all the work.
const PAGE_BYTES: u32 = 16 << 10;
/// Up to this size the whole file is checked at every start; it takes some tenths of a second.
const CHECKED_BYTES: u64 = 64 << 20;
/// What the writer keeps of the file in memory: the pages that turns write next to each other, and those of visitors who
/// come back.
const CACHE_KIB: i32 = 16 << 10;
/// What the write-ahead log shrinks to after a burst.
const LOG_BYTES: u32 = 64 << 20;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Read,
    Write,
}

/// Where the database is, and how to treat it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    path: PathBuf,
    options: SqliteOptions,
}

impl Place {
    /// Makes or checks the database, and gives a connection to write with.
    pub(super) fn open(folder: &Path, options: SqliteOptions) -> Result<(Self, Connection), StoreError> {
        make_folder(folder).map_err(|error| cannot_make(folder, &error))?;
        let place = Self { path: file(folder), options };
        place.make_if_missing()?;
        let db = place.connect(Purpose::Write).map_err(|error| place.explain(&error))?;
        place.examine(&db)?;
        migrations::migrate(&db).map_err(|error| place.explain(&error))?;
        Ok((place, db))
    }

    /// One more connection.
    pub(super) fn connect(&self, purpose: Purpose) -> rusqlite::Result<Connection> {
        let db = Connection::open_with_flags(
            &self.path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        db.busy_timeout(self.options.patience)?;
        db.set_prepared_statement_cache_capacity(64);
        db.pragma_update(None, "foreign_keys", true)?;
        match purpose {
            Purpose::Read => db.pragma_update(None, "query_only", true)?,
            Purpose::Write => {
                db.pragma_update(None, "journal_mode", "wal")?;
                db.pragma_update(None, "synchronous", "full")?;
                db.pragma_update(None, "secure_delete", true)?;
                db.pragma_update(None, "journal_size_limit", LOG_BYTES)?;
                db.pragma_update(None, "cache_size", -CACHE_KIB)?;
                // The log is seen to elsewhere.
                db.pragma_update(None, "wal_autocheckpoint", 0)?;
                if let Some(pages) = self.options.max_pages {
                    db.pragma_update(None, "max_page_count", pages)?;
                }
            }
        }
        Ok(db)
    }

    /// A new database appears whole or not at all, so an empty file is always an accident.
    fn make_if_missing(&self) -> Result<(), StoreError> {
        match fs::metadata(&self.path) {
            Ok(file) if file.len() == 0 => {
                let advice = format!("the file is empty, it was cut off: {}", self.restore());
                Err(self.refusal(&advice))
            }
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.make(),
            Err(error) => Err(self.refusal(&format!("{error}: check the permissions of the data folder"))),
        }
    }

    fn make(&self) -> Result<(), StoreError> {
        let draft = self.path.with_extension(format!("new-{}", process::id()));
        let folder = self.path.parent().unwrap_or(Path::new("."));
        new_draft(&draft).map_err(|error| cannot_make(folder, &error))?;
        let made = make_database(&draft).map_err(|error| self.explain(&error));
        let placed = made.and_then(|()| self.put_in_place(&draft, folder).map_err(|error| cannot_make(folder, &error)));
        let _ = fs::remove_file(&draft);
        placed
    }

    /// Gives the draft its name unless another process was first; that one's database stays.
    fn put_in_place(&self, draft: &Path, folder: &Path) -> io::Result<()> {
        match fs::hard_link(draft, &self.path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
            // Some file systems know no links.
            Err(_) => fs::rename(draft, &self.path)?,
            Ok(()) => {}
        }
        sync_folder(folder)
    }

    fn examine(&self, db: &Connection) -> Result<(), StoreError> {
        let marked = mark(db).map_err(|error| self.explain(&error))?;
        if marked != APPLICATION {
            return Err(self.refusal("this is another program's database: choose another folder with --data"));
        }
        let version = migrations::version(db).map_err(|error| self.explain(&error))?;
        if version > NEWEST {
            return Err(self.refusal(&too_new(version)));
        }
        if db.is_readonly("main").map_err(|error| self.explain(&error))? {
            return Err(self.refusal("it cannot be written: check the permissions of the file and its folder"));
        }
        self.check_small(db)
    }

    fn check_small(&self, db: &Connection) -> Result<(), StoreError> {
        if fs::metadata(&self.path).is_ok_and(|file| file.len() > CHECKED_BYTES) {
            return Ok(());
        }
        let verdict: String =
            db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|error| self.explain(&error))?;
        if verdict == "ok" {
            Ok(())
        } else {
            Err(self.refusal(&format!("it is damaged ({verdict}): {}", self.restore())))
        }
    }

    /// What an error at the start means, and what to do.
    fn explain(&self, error: &rusqlite::Error) -> StoreError {
        let advice = match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                format!("it is damaged ({error}): {}", self.restore())
            }
            Some(code) if is_locked(code) => "another process keeps it locked: end that one, then try again".to_owned(),
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                format!("{error}: check the permissions of the file and its folder")
            }
            Some(ErrorCode::DiskFull) => "the disk is full: make room, then try again".to_owned(),
            Some(_) | None => error.to_string(),
        };
        self.refusal(&advice)
    }

    fn restore(&self) -> String {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        format!("put a backup in its place with `frontdesk restore FILE --data {}`", folder.display())
    }

    fn refusal(&self, message: &str) -> StoreError {
        StoreError::Open { path: self.path.display().to_string(), message: message.to_owned() }
    }
}

fn mark(db: &Connection) -> rusqlite::Result<i32> {
    db.pragma_query_value(None, "application_id", |row| row.get(0))
}

fn too_new(version: u32) -> String {
    format!(
        "it was written by a newer frontdesk (schema {version}, this one knows {NEWEST}): \
         run that version, or put a backup from before in its place"
    )
}

/// Whether a file is a whole database of ours; else why not.
pub(super) fn examine_file(db: &Connection) -> Result<(), String> {
    let damaged = |error: rusqlite::Error| format!("it is no backup or database of a desk, or damaged: {error}");
    if mark(db).map_err(damaged)? != APPLICATION {
        return Err("it is no backup or database of a desk".to_owned());
    }
    let version = migrations::version(db).map_err(damaged)?;
    if version > NEWEST {
        return Err(too_new(version));
    }
    let verdict: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(damaged)?;
    if verdict == "ok" { Ok(()) } else { Err(format!("it is damaged: {verdict}")) }
}

/// Where the database of a data folder is.
pub(super) fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

fn cannot_make(folder: &Path, error: &io::Error) -> StoreError {
    StoreError::Open {
        path: file(folder).display().to_string(),
        message: format!("{error}: make the folder {} writable, or choose another one with --data", folder.display()),
    }
}

fn make_database(draft: &Path) -> rusqlite::Result<()> {
    let db = Connection::open_with_flags(draft, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // Both have to be said before the first table.
    db.pragma_update(None, "page_size", PAGE_BYTES)?;
    db.pragma_update(None, "auto_vacuum", "incremental")?;
    db.pragma_update(None, "application_id", APPLICATION)?;
    migrations::migrate(&db)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    db.close().map_err(|(_, error)| error)
}

/// Conversations are nobody else's business on this machine.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn new_draft(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => new_file(path),
    }
}

/// Makes an empty file that is nobody else's business.
pub(super) fn new_file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Makes sure that a new name in a folder outlives a power cut, where folders can be synced.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}
