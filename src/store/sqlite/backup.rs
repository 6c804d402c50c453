//! A consistent copy of the database while it is in use.

use std::{fmt::Display, fs, path::Path};

use rusqlite::Connection;

use crate::store::{
    StoreError,
    sqlite::opening::{new_file, sync_folder},
};

/// Copies everything that is committed to a new file, without its gaps.
pub(super) fn copy_to(db: &Connection, to: &Path) -> Result<(), StoreError> {
    let cannot = |why: &dyn Display| StoreError::Unavailable(format!("{}: {why}", to.display()));
    let path = to.to_str().ok_or_else(|| cannot(&"the name is not UTF-8"))?;
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    new_file(to).map_err(|why| cannot(&why))?;
    fill(db, path)
        .and_then(|()| fs::File::open(to).and_then(|file| file.sync_all()).map_err(|why| cannot(&why)))
        .and_then(|()| sync_folder(folder).map_err(|why| cannot(&why)))
        .inspect_err(|_| drop(fs::remove_file(to)))
}

fn fill(db: &Connection, path: &str) -> Result<(), StoreError> {
    // The copy counts as writing.
    db.pragma_update(None, "query_only", false)?;
    db.execute("VACUUM INTO ?1", [path])?;
    Ok(db.pragma_update(None, "query_only", true)?)
}
