//! The database is full, locked, damaged, copied while it is written, and restored.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::Path,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tokio::time::sleep;

use crate::{
    answer_times, articles,
    client::{Line, new_id},
    is_optimised,
    journal::check,
    number, percentile,
    program::Desk,
    visitors::Crowd,
};

/// The size of a new database's pages.
const PAGE: u64 = 16 << 10;

async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < crate::PATIENCE, "waited in vain: {what}");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn f03_a_full_database_confirms_nothing_and_recovers_by_itself() {
    let mut desk = Desk::new();
    desk.set("STORE__MAX_MB", "1");
    desk.starts().await;
    let db = Connection::open(desk.database()).unwrap();
    db.busy_timeout(Duration::from_secs(5)).unwrap();
    db.execute("INSERT INTO secrets (name, value) VALUES ('ballast', zeroblob(400000))", []).unwrap();
    let crowd = Crowd::starts(desk.address, 8);
    until("the database to be full", || desk.log().contains("cannot be written")).await;
    sleep(Duration::from_millis(300)).await;
    let full = crowd.confirmed();
    sleep(Duration::from_millis(500)).await;
    assert!(crowd.confirmed() <= full + 8, "hardly anything fits any more");
    assert_eq!(desk.status("/healthz").await, Some(200), "the process lives");
    let (mut line, _) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
    line.says(&new_id(), &"a long question ".repeat(200)).await.unwrap();
    let refusal = loop {
        let frame = line.reads().await.unwrap();
        if frame["type"] == "error" {
            break frame;
        }
    };
    assert_eq!(refusal["code"], "storage_unavailable");
    assert!(refusal["retry_after_s"].as_u64() > Some(0), "{refusal}");

    db.execute("DELETE FROM secrets WHERE name = 'ballast'", []).unwrap();
    let freed = Instant::now();
    until("messages to be confirmed again", || crowd.confirmed() > full + 16).await;
    assert!(freed.elapsed() < Duration::from_secs(5), "{:?}", freed.elapsed());
    let journals = crowd.goes_home().await;
    desk.is_killed();
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn f05_locked_by_another_process_nothing_is_lost() {
    let folder = articles::of(100);
    let mut desk = Desk::with_articles(folder.path());
    desk.starts().await;
    let crowd = Crowd::starts(desk.address, 8);
    until("the first messages", || crowd.confirmed() > 20).await;
    let db = Connection::open(desk.database()).unwrap();
    db.busy_timeout(Duration::from_secs(5)).unwrap();
    db.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let before = crowd.confirmed();
    sleep(Duration::from_secs(10)).await;
    assert!(crowd.confirmed() <= before + 8, "nobody writes meanwhile");
    assert_eq!(desk.status("/healthz").await, Some(200));
    db.execute_batch("ROLLBACK").unwrap();
    let released = Instant::now();
    until("messages to be confirmed again", || crowd.confirmed() > before + 16).await;
    assert!(released.elapsed() < Duration::from_secs(5), "{:?}", released.elapsed());
    sleep(Duration::from_secs(2).saturating_sub(released.elapsed())).await;
    let slow = percentile(answer_times(&desk, 50).await, 0.99);
    println!("F05: p99 {slow:?} two seconds after the lock is gone");
    assert!(!is_optimised() || slow < Duration::from_millis(500), "{slow:?}");
    let journals = crowd.goes_home().await;
    desk.is_killed();
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn f06_a_damaged_database_is_named_and_a_backup_puts_it_right() {
    let mut desk = Desk::new();
    desk.starts().await;
    let (mut line, welcome) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
    let mut last = serde_json::Value::Null;
    for question in ["opening hours", "how long does delivery take", "what does shipping cost"] {
        last = line.asks(question).await.unwrap()["seq"].clone();
    }
    let backup = desk.folder.path().join("backup.db");
    let (code, _, said) = desk.runs(&["backup", backup.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{said}");
    let (code, _, said) = desk.runs(&["restore", backup.to_str().unwrap()]);
    assert_eq!(code, Some(2), "not while a server runs");
    assert!(said.contains("stop it first"), "{said}");
    desk.is_killed();
    let whole = fs::read(&backup).unwrap();

    for (what, damage) in [
        ("the header overwritten", damage_at as fn(&Path, u64), 0),
        ("pages overwritten", damage_at, PAGE + 64),
        ("cut off", cut, 20_000),
        ("empty", cut, 0),
        ("another file", replace, 0),
    ]
    .map(|(what, damage, at)| (what, move |path: &Path| damage(path, at)))
    {
        for beside in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{beside}", desk.database().display()));
        }
        fs::write(desk.database(), &whole).unwrap();
        damage(&desk.database());
        let (code, _, said) = desk.runs(&["serve", "--listen", "127.0.0.1:0"]);
        assert_eq!(code, Some(2), "{what}: {said}");
        assert!(said.contains("frontdesk.db"), "{what} names the file: {said}");
        let (code, _, said) = desk.runs(&["restore", backup.to_str().unwrap()]);
        assert_eq!(code, Some(0), "{what}: {said}");
        desk.starts().await;
        let token = welcome["token"].as_str();
        let (_, again) = Line::opens(desk.address, token, (None, 0)).await.unwrap();
        assert!(again["last_seq"].as_u64() >= last.as_u64(), "{what}: everything is back");
        desk.is_killed();
    }
    let (code, _, said) = desk.runs(&["restore", "/etc/hostname"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("no backup"), "{said}");
}

fn damage_at(path: &Path, at: u64) {
    let mut file = fs::File::options().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(at)).unwrap();
    for page in 0..20 {
        file.seek(SeekFrom::Start(at + page * PAGE)).unwrap();
        file.write_all(&[0xa5; 64]).unwrap();
    }
}

fn cut(path: &Path, length: u64) {
    fs::File::options().write(true).open(path).unwrap().set_len(length).unwrap();
}

fn replace(path: &Path, _: u64) {
    fs::write(path, b"dear diary").unwrap();
}

/// What power loss leaves behind is some moment's files: each such moment has everything confirmed before it.
#[tokio::test(flavor = "multi_thread")]
async fn f07_files_copied_at_any_moment_have_everything_confirmed() {
    let mut desk = Desk::new();
    desk.starts().await;
    let crowd = Crowd::starts(desk.address, 16);
    for moment in 0..number("FRONTDESK_MOMENTS", 8) {
        sleep(Duration::from_millis(40 + (moment as u64 * 37) % 90)).await;
        desk.signal("STOP");
        let mut confirmed = crowd.so_far();
        let copy = tempfile::tempdir().unwrap();
        for file in ["frontdesk.db", "frontdesk.db-wal"] {
            fs::copy(desk.data().join(file), copy.path().join(file)).unwrap();
        }
        desk.signal("CONT");
        // The copy may know more than a visitor has received by now.
        for journal in &mut confirmed {
            journal.received.clear();
        }
        assert_eq!(check(&copy.path().join("frontdesk.db"), &confirmed), [""; 0], "moment {moment}");
    }
    let journals = crowd.goes_home().await;
    desk.is_killed();
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
}

/// The receipt of each message leaves after a sync of the disk that came after the receipt before.
#[tokio::test(flavor = "multi_thread")]
async fn f07_no_receipt_leaves_before_its_commit_is_on_disk() {
    let mut desk = Desk::new();
    let trace = desk.folder.path().join("trace");
    let calls = "trace=fsync,fdatasync,sendto,write,writev,sendmsg";
    desk.wrap(&["strace", "-D", "-f", "-s", "400", "-o", trace.to_str().unwrap(), "-e", calls]);
    desk.starts().await;
    let (mut line, _) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
    let mut ids = Vec::new();
    for question in ["opening hours", "how long does delivery take", "what does shipping cost"].repeat(5) {
        let id = new_id();
        line.says(&id, question).await.unwrap();
        while line.reads_a("event").await.unwrap()["author"]["kind"] != "bot" {}
        ids.push(id);
    }
    desk.is_killed();
    let trace = fs::read_to_string(trace).unwrap();
    let mut synced = 0;
    let mut receipts = ids.iter().peekable();
    for line in trace.lines() {
        synced += usize::from((line.contains("sync(") || line.contains("sync resumed")) && line.ends_with("= 0"));
        if receipts.peek().is_some_and(|id| line.contains(id.as_str())) {
            assert!(synced > 0, "{line}");
            synced = 0;
            receipts.next();
        }
    }
    assert_eq!(receipts.next(), None, "every receipt was seen");
}

#[tokio::test(flavor = "multi_thread")]
async fn f28_a_backup_under_load_is_whole_and_forgets_whom_it_must() {
    let mut desk = Desk::new();
    desk.starts().await;
    let (mut erased, welcome) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
    erased.asks("opening hours").await.unwrap();
    let token = welcome["token"].as_str().unwrap();
    let crowd = Crowd::starts(desk.address, 8);
    until("the first messages", || crowd.confirmed() > 20).await;
    let mut before = crowd.so_far();
    let backup = desk.folder.path().join("backup.db");
    let (code, _, said) = desk.runs(&["backup", backup.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{said}");
    let (code, _, said) = desk.runs(&["visitor", "erase", token]);
    assert_eq!(code, Some(0), "{said}");
    crowd.goes_home().await;
    desk.signal("TERM");
    desk.ends().await;

    let (code, _, said) = desk.runs(&["restore", backup.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{said}");
    for journal in &mut before {
        journal.received.clear();
    }
    assert_eq!(check(&desk.database(), &before), [""; 0]);
    let (_, export, _) = desk.runs(&["visitor", "export", token]);
    assert_eq!(export.trim(), "[]", "a restored backup forgets whoever was erased since");
}
