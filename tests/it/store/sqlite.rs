//! What can happen to a file: other processes, full disks, damage.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use frontdesk::{
    conversation::{Conversation, Seq},
    store::{Commit, SqliteOptions, SqliteStore, Store, StoreError, Visitor},
};
use futures_util::future::{join, join_all};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{ada, after, at, conversation, note, receipt, says};

/// The size of a new database's pages.
const PAGE: usize = 16 << 10;

#[tokio::test]
async fn everything_is_there_when_opened_again() {
    let folder = folder();
    let store = SqliteStore::open(folder.path()).unwrap();
    let written = fill(&store).await;
    drop(store);
    let leftovers: Vec<_> = names(folder.path());
    assert_eq!(leftovers, ["frontdesk.db"], "a clean end leaves one file");
    has_all(&SqliteStore::open(folder.path()).unwrap(), &written).await;
}

#[tokio::test]
async fn a_missing_folder_is_made_for_nobody_else() {
    let folder = folder();
    let data = folder.path().join("a/b");
    drop(SqliteStore::open(&data).unwrap());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&data), mode(&data.join("frontdesk.db"))), (0o700, 0o600));
    }
}

#[tokio::test]
async fn a_copy_taken_while_open_is_whole() {
    let folder = folder();
    let store = SqliteStore::open(folder.path()).unwrap();
    let written = fill(&store).await;
    let copies = folder.path().join("copies");
    fs::create_dir(&copies).unwrap();
    store.backup(copies.join("frontdesk.db")).await.unwrap();
    has_all(&SqliteStore::open(&copies).unwrap(), &written).await;
    let again = store.backup(copies.join("frontdesk.db")).await;
    assert!(matches!(&again, Err(StoreError::Unavailable(why)) if why.contains("exists")), "{again:?}");
}

#[tokio::test]
async fn two_processes_share_a_folder() {
    let folder = folder();
    let one = SqliteStore::open(folder.path()).unwrap();
    let other = SqliteStore::open(folder.path()).unwrap();
    let start = conversation(1);
    let attempts = (0..16).map(|n| {
        let store = if n % 2 == 0 { &one } else { &other };
        store.commit(after(&start, vec![says("Hello")]))
    });
    let results = join_all(attempts).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    assert_eq!(results.iter().filter(|result| matches!(result, Err(StoreError::Conflict))).count(), 15);
    assert_eq!(one.conversation(start.id).await.unwrap(), other.conversation(start.id).await.unwrap());
}

#[tokio::test]
async fn in_a_group_a_refused_job_fails_alone() {
    let folder = folder();
    let store = SqliteStore::open(folder.path()).unwrap();
    let taken = after(&conversation(1), vec![says("First")]);
    store.commit(taken.clone()).await.unwrap();
    let lock = lock(folder.path());
    // Refused at its very end, by a proof that is there twice.
    let mut twice = after(&conversation(60), vec![says("Hello")]);
    twice.receipts = vec![receipt(&conversation(60), 5, Seq(1)); 2];
    // While the writer waits for the lock, they all gather behind it.
    let commits = (1..=50).map(|id| {
        let mut commit = after(&conversation(id), vec![says("Hello"), says("Hello?")]);
        commit.visitor = Some(Visitor::unknown(commit.conversation.visitor));
        commit
    });
    let commits = commits.chain([twice]).map(|commit| store.commit(commit));
    let (mut results, ()) = join(join_all(commits), async { release(&lock) }).await;
    assert!(matches!(results.pop(), Some(Err(StoreError::Repeated(_)))), "the proof that is there twice");
    assert!(matches!(results[0], Err(StoreError::Conflict)), "{:?}", results[0]);
    assert!(results[1..].iter().all(Result::is_ok), "{results:?}");
    assert_eq!(store.conversation(taken.conversation.id).await.unwrap(), Some(taken.conversation.clone()));
    assert_eq!(store.visitor(taken.conversation.visitor).await.unwrap(), None);
    assert_eq!(store.conversation(conversation(60).id).await.unwrap(), None);
    assert!(store.events(conversation(60).id, Seq(0), 10).await.unwrap().is_empty());
    for id in 2..=50 {
        assert_eq!(store.conversation(conversation(id).id).await.unwrap().unwrap().last_seq, Seq(2));
    }
}

#[tokio::test]
async fn a_locked_database_is_unavailable_for_writing_until_it_is_free() {
    let folder = folder();
    let impatient = SqliteOptions { patience: Duration::from_millis(20), max_pages: None };
    let store = SqliteStore::open_with(folder.path(), impatient).unwrap();
    let first = after(&conversation(1), vec![says("Hello")]);
    store.commit(first.clone()).await.unwrap();
    let next = after(&first.conversation, vec![says("Hello?")]);

    let lock = lock(folder.path());
    let results = join_all((0..200).map(|_| store.commit(next.clone()))).await;
    assert!(results.iter().all(|result| matches!(result, Err(StoreError::Unavailable(_)))), "{results:?}");
    assert!(matches!(store.is_writable().await, Err(StoreError::Unavailable(_))));
    assert_eq!(store.conversation(first.conversation.id).await.unwrap(), Some(first.conversation));

    release(&lock);
    store.is_writable().await.unwrap();
    store.commit(next).await.unwrap();
}

#[tokio::test]
async fn a_full_disk_stops_writing_and_nothing_else() {
    let folder = folder();
    let small = SqliteOptions { max_pages: Some(120), ..SqliteOptions::default() };
    let store = SqliteStore::open_with(folder.path(), small).unwrap();
    let mut kept = conversation(1);
    let refused = loop {
        let commit = after(&kept, vec![says(&"long ".repeat(500))]);
        let attempt = store.commit(commit.clone()).await;
        match attempt {
            Ok(commit) => kept = commit.conversation,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, StoreError::Unavailable(_)), "{refused:?}");
    assert!(kept.last_seq > Seq(10));
    assert_eq!(store.conversation(kept.id).await.unwrap(), Some(kept.clone()));
    assert_eq!(u64::try_from(store.events(kept.id, Seq(0), 1000).await.unwrap().len()).unwrap(), kept.last_seq.0);

    let room = Connection::open(file(folder.path())).unwrap();
    room.execute("DELETE FROM events WHERE seq % 2 = 0", []).unwrap();
    store.commit(after(&kept, vec![says(&"long ".repeat(500))])).await.unwrap();
    let verdict: String = room.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
}

#[tokio::test]
async fn what_was_asked_for_is_written_before_the_end() {
    let folder = folder();
    let store = SqliteStore::open(folder.path()).unwrap();
    let lock = lock(folder.path());
    {
        let mut asked = Box::pin(store.commit(after(&conversation(1), vec![says("Hello")])));
        // Once polled it is in the writer's hands, whatever becomes of who asked.
        assert!(futures_util::poll!(&mut asked).is_pending());
    }
    release(&lock);
    drop(store);
    let store = SqliteStore::open(folder.path()).unwrap();
    assert!(store.conversation(conversation(1).id).await.unwrap().is_some());
}

#[tokio::test]
async fn the_log_begins_anew_while_others_write_on() {
    let folder = folder();
    let store = SqliteStore::open(folder.path()).unwrap();
    let text = "long ".repeat(12_000);
    for round in 0..90 {
        let all = (1..=16).map(|id| store.commit(after(&conversation(16 * round + id), vec![says(&text)])));
        assert!(join_all(all).await.into_iter().all(|kept| kept.is_ok()));
    }
    let size = |name: &str| fs::metadata(folder.path().join(name)).unwrap().len() >> 20;
    let (database, log) = (size("frontdesk.db"), size("frontdesk.db-wal"));
    // What is promised is 128 MiB; how much it is depends on who runs first.
    assert!(database > 140 && log <= 128, "{database} MiB were written, the log has {log} MiB");
    let events = store.events(conversation(700).id, Seq(0), 10).await.unwrap();
    assert_eq!(events.len(), 1);
}

#[tokio::test]
async fn a_row_that_makes_no_sense_is_damage_and_others_go_on() {
    let folder = folder();
    let store = SqliteStore::open(folder.path()).unwrap();
    for id in [1, 2] {
        store.commit(after(&conversation(id), vec![says("Hello")])).await.unwrap();
    }
    let hand = Connection::open(file(folder.path())).unwrap();
    let first = conversation(1).id;
    hand.execute("UPDATE conversations SET last_seq = 7 WHERE id = ?1", [first.0.as_bytes()]).unwrap();
    hand.execute("UPDATE events SET body = '{}' WHERE conversation = ?1", [first.0.as_bytes()]).unwrap();
    assert!(matches!(store.conversation(first).await, Err(StoreError::Damaged(_))));
    assert!(matches!(store.events(first, Seq(0), 10).await, Err(StoreError::Damaged(_))));
    assert!(store.conversation(conversation(2).id).await.unwrap().is_some());
}

#[tokio::test]
async fn a_damaged_file_is_refused_by_name() {
    let whole = folder();
    {
        let store = SqliteStore::open(whole.path()).unwrap();
        for id in 1..200 {
            store.commit(after(&conversation(id), vec![says("Hello"), says("Hello?")])).await.unwrap();
        }
    }
    let bytes = fs::read(file(whole.path())).unwrap();
    let pages = bytes.len() / PAGE;
    let overwritten = |offset: u64| {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        file.seek(SeekFrom::Start(offset)).unwrap();
        file.write_all(&[0xA5; 64]).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        std::io::Read::bytes(std::io::BufReader::new(file)).collect::<Result<Vec<_>, _>>().unwrap()
    };
    let middle = u64::try_from(pages / 2 * PAGE).unwrap();
    let cases = [
        ("empty", Vec::new()),
        ("cut off", bytes[..bytes.len() / 2].to_vec()),
        ("cut off in the first page", bytes[..700].to_vec()),
        ("64 bytes of the header", overwritten(0)),
        ("64 bytes of the schema", overwritten(100)),
        ("64 bytes in the middle", overwritten(middle)),
        ("something else", b"Dear diary, today I was not a database at all.".repeat(30)),
    ];
    for (case, bytes) in cases {
        let folder = folder();
        fs::write(file(folder.path()), bytes).unwrap();
        let refusal = refusal(folder.path());
        for part in [&*file(folder.path()).to_string_lossy(), "put a backup in its place"] {
            assert!(refusal.contains(part), "{case}: {refusal}");
        }
    }
}

#[test]
fn a_newer_schema_and_other_programs_files_are_left_alone() {
    let newer = folder();
    drop(SqliteStore::open(newer.path()).unwrap());
    Connection::open(file(newer.path())).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let why = refusal(newer.path());
    assert!(why.contains("newer frontdesk (schema 99"), "{why}");

    let foreign = folder();
    Connection::open(file(foreign.path())).unwrap().execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    let why = refusal(foreign.path());
    assert!(why.contains("another program's database"), "{why}");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "not a folder").unwrap();
    let why = refusal(&file.join("data"));
    assert!(why.contains(&*file.to_string_lossy()) && why.contains("--data"), "{why}");
}

#[test]
fn a_file_that_another_process_keeps_to_itself_is_named() {
    let folder = folder();
    drop(SqliteStore::open(folder.path()).unwrap());
    let owner = Connection::open(file(folder.path())).unwrap();
    owner.pragma_update(None, "locking_mode", "exclusive").unwrap();
    owner.execute("UPDATE pulse SET beats = 7", []).unwrap();
    let impatient = SqliteOptions { patience: Duration::from_millis(20), max_pages: None };
    let why = SqliteStore::open_with(folder.path(), impatient).unwrap_err().to_string();
    assert!(why.contains("frontdesk.db") && why.contains("another process"), "{why}");
}

async fn fill(store: &SqliteStore) -> Commit {
    let start = conversation(1);
    let mut commit = after(&start, vec![says("Hello"), says("Is anybody there?")]);
    commit.receipts.push(receipt(&start, 5, Seq(1)));
    commit.visitor = Some(Visitor::unknown(start.visitor));
    store.commit(commit.clone()).await.unwrap();
    store.add_note(note(&start, 6, "A note"), receipt(&start, 6, Seq(0))).await.unwrap();
    store.add_agent(ada().0).await.unwrap();
    store.add_session([1; 32], ada().0.id, at(60)).await.unwrap();
    store.secret("visitors", [1; 32]).await.unwrap();
    commit
}

async fn has_all(store: &SqliteStore, written: &Commit) {
    let Conversation { id, visitor, .. } = written.conversation;
    assert_eq!(store.conversation(id).await.unwrap().as_ref(), Some(&written.conversation));
    assert_eq!(store.events(id, Seq(0), 10).await.unwrap(), written.events);
    let proof = &written.receipts[0];
    assert_eq!(store.receipt(proof.sender, proof.client_id).await.unwrap().as_ref(), Some(proof));
    assert_eq!(store.visitor(visitor).await.unwrap(), written.visitor);
    assert_eq!(store.notes(id, 0).await.unwrap()[0].text, "A note");
    assert_eq!(store.session_agent([1; 32], at(0)).await.unwrap(), Some(ada().0));
    assert_eq!(store.secret("visitors", [2; 32]).await.unwrap(), [1; 32]);
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn file(folder: &Path) -> PathBuf {
    folder.join("frontdesk.db")
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn refusal(folder: &Path) -> String {
    match SqliteStore::open(folder) {
        Err(error @ StoreError::Open { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Another process that writes and does not stop.
fn lock(folder: &Path) -> Connection {
    let other = Connection::open(file(folder)).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    other
}

fn release(lock: &Connection) {
    lock.execute_batch("ROLLBACK").unwrap();
}
