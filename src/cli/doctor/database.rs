//! The data folder, the room on its disk, and the database.

use std::{fs, path::Path, process::Command};

use jiff::Timestamp;

use crate::{
    cli::{Context, doctor::Finding},
    clock::{Clock, SystemClock},
    store::{SqliteStore, Store},
};

/// With less room on the disk, in MiB, it is time to look.
const LITTLE_ROOM: u64 = 1024;
/// File systems of other machines may be a little ahead.
const SLIGHTLY_AHEAD_S: i64 = 60;
/// With less than this the next busy day may fill it.
const NO_ROOM: u64 = 100;

pub(super) async fn examine(context: &Context) -> Vec<Finding> {
    let folder = context.data();
    let mut findings = vec![data_folder(folder)];
    findings.extend(room(folder));
    findings.extend(database(context).await);
    findings
}

fn data_folder(folder: &Path) -> Finding {
    let trial = folder.join(".doctor");
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&trial, b"trial"));
    match written.and_then(|()| fs::remove_file(&trial)) {
        Ok(()) => Finding::good(format!("the data folder {} can be written", folder.display())),
        Err(error) => Finding::bad(
            format!("the data folder {} cannot be written: {error}", folder.display()),
            "give this user the right to write there, or name another folder with --data",
        ),
    }
}

/// The room on the disk of the data folder; nothing where `df` is not known.
fn room(folder: &Path) -> Option<Finding> {
    let told = Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    let free = free_mib(&String::from_utf8_lossy(&told.stdout))?;
    let what = format!("{free} MiB are free on the disk of the data folder");
    let advice = "make room, bound the database with store.max_mb, or keep conversations for fewer days ([privacy])";
    Some(match free {
        0..NO_ROOM => Finding::bad(what, advice),
        NO_ROOM..LITTLE_ROOM => Finding::look(what, advice),
        LITTLE_ROOM.. => Finding::good(what),
    })
}

/// The fourth column of the second line that `df -Pk` prints, from the end since names hold spaces.
fn free_mib(table: &str) -> Option<u64> {
    let line = table.lines().nth(1)?;
    let kib: u64 = line.split_whitespace().rev().nth(2)?.parse().ok()?;
    Some(kib / 1024)
}

async fn database(context: &Context) -> Vec<Finding> {
    let folder = context.data();
    if let Err(damage) = SqliteStore::examine(folder) {
        let advice = format!("put a backup in its place: `frontdesk restore FILE --data {}`", folder.display());
        return vec![Finding::bad(format!("the database in {}: {damage}", folder.display()), advice)];
    }
    let store = match SqliteStore::open(folder) {
        Ok(store) => store,
        Err(error) => return vec![Finding::bad(error.to_string(), "start from a backup, or name another folder")],
    };
    let writable = match store.is_writable().await {
        Ok(()) => Finding::good("the database can be read and written"),
        Err(error) => Finding::bad(error.to_string(), "free space on the disk, or end the process that locks it"),
    };
    let agents = match store.agents().await {
        Ok(agents) if agents.iter().any(|agent| !agent.disabled) => Finding::good(format!("{} agents", agents.len())),
        Ok(_) => {
            Finding::look("no agents yet", "open the link that `frontdesk serve` prints, or `frontdesk agent add`")
        }
        Err(error) => Finding::bad(error.to_string(), "start from a backup"),
    };
    vec![Finding::good("the database is whole"), writable, agents, times(folder)]
}

/// A database from the future means that the clock was wrong, then or now.
fn times(folder: &Path) -> Finding {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let written = |file: &fs::DirEntry| Timestamp::try_from(file.metadata().ok()?.modified().ok()?).ok();
    let newest = files.filter_map(|file| written(&file)).max();
    let ahead = newest.map_or(0, |newest| newest.duration_since(SystemClock.now()).as_secs());
    if ahead > SLIGHTLY_AHEAD_S {
        return Finding::look(
            format!("files of the data folder were written {} minutes from now", ahead / 60 + 1),
            "set the clock, best by NTP: `timedatectl set-ntp true`",
        );
    }
    Finding::good("nothing in the data folder is from the future")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_is_read_whatever_the_names_are() {
        let table = "Filesystem     1024-blocks     Used Available Capacity Mounted on\n\
                     /dev/sda 1        10255636  4195044   5120000      46% /srv/desk data\n";
        // A mount point with a space moves the columns: what is read then is no number.
        assert_eq!(free_mib(table), None);
        assert_eq!(free_mib(&table.replace("desk data", "desk")), Some(5000));
        assert_eq!(free_mib(""), None);
    }
}
