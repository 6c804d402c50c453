//! The list of erased visitors beside the database: random ids and times, nothing that says who somebody was. It is what
//! makes a backup from before an erasure forget again, however it was put in place.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use crate::{conversation::VisitorId, store::StoreError};

const FILE: &str = "erased-visitors.txt";

/// The list in a data folder.
#[derive(Debug, Clone)]
pub(super) struct Erasures(PathBuf);

impl Erasures {
    pub(super) fn of(folder: &Path) -> Self {
        Self(folder.join(FILE))
    }

    /// Adds a visitor, on disk when this is done.
    pub(super) fn add(&self, visitor: VisitorId, at: Timestamp) -> Result<(), StoreError> {
        let add = || {
            let mut file = OpenOptions::new().create(true).append(true).open(&self.0)?;
            file.write_all(format!("{} {at}\n", visitor.0).as_bytes())?;
            file.sync_all()
        };
        add().map_err(|error| self.failed(&error))
    }

    /// Everybody on the list. A line that was cut off is nobody.
    pub(super) fn read(&self) -> Result<Vec<(VisitorId, Timestamp)>, StoreError> {
        match fs::read_to_string(&self.0) {
            Ok(text) => Ok(text.lines().filter_map(entry).collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn failed(&self, error: &io::Error) -> StoreError {
        StoreError::Unavailable(format!("{}: {error}", self.0.display()))
    }
}

fn entry(line: &str) -> Option<(VisitorId, Timestamp)> {
    let (id, at) = line.split_once(' ')?;
    Some((VisitorId(id.parse().ok()?), at.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_added_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let list = Erasures::of(folder.path());
        assert_eq!(list.read().unwrap(), []);
        let entries: Vec<_> =
            (1..4).map(|n| (VisitorId(uuid::Uuid::from_u128(n)), Timestamp::from_second(7).unwrap())).collect();
        for (visitor, at) in &entries {
            list.add(*visitor, *at).unwrap();
        }
        fs::write(&list.0, fs::read_to_string(&list.0).unwrap() + "0000-cut").unwrap();
        assert_eq!(list.read().unwrap(), entries);
    }
}
