//! A database of the first release is opened by this one, also when that is interrupted.

use std::time::Duration;

use rusqlite::Connection;
use tokio::time::sleep;

use crate::{client::Line, program::Desk};

const FIRST: &str = include_str!("../../src/store/migrations/sqlite/0001_start.sql");
const SAMPLE: &str = include_str!("first-release.sql");

/// The database as the first release left it.
fn write_first(desk: &mut Desk) {
    // The sample is older than conversations are kept.
    desk.set("PRIVACY__BOT_DAYS", "0");
    std::fs::create_dir_all(desk.data()).unwrap();
    let db = Connection::open(desk.database()).unwrap();
    db.pragma_update(None, "auto_vacuum", "incremental").unwrap();
    db.pragma_update(None, "application_id", 0x4664_736B).unwrap();
    db.execute_batch(FIRST).unwrap();
    db.execute_batch(SAMPLE).unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
    db.pragma_update(None, "journal_mode", "wal").unwrap();
}

fn kept(desk: &Desk) -> Vec<(i64, String)> {
    let db = Connection::open(desk.database()).unwrap();
    let mut events = db.prepare("SELECT seq, body FROM events ORDER BY conversation, seq").unwrap();
    let rows = events.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn f27_a_database_of_the_first_release_goes_on() {
    let mut desk = Desk::new();
    write_first(&mut desk);
    let before = kept(&desk);
    assert_eq!(before.len(), 2);
    desk.starts().await;
    let (code, exported, said) = desk.runs(&["visitor", "export", "vera@shop.example"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(exported.contains("how long does delivery take"), "{exported}");
    let (mut line, _) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
    line.asks("opening hours").await.unwrap();
    desk.is_killed();
    assert_eq!(kept(&desk)[..2], before[..], "what was there is as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn f27_an_interrupted_upgrade_is_taken_up_again() {
    for milliseconds in [5, 20, 40, 80, 160] {
        let mut desk = Desk::new();
        write_first(&mut desk);
        let before = kept(&desk);
        desk.launches();
        sleep(Duration::from_millis(milliseconds)).await;
        desk.is_killed();
        assert_eq!(kept(&desk), before, "killed after {milliseconds} ms");
        desk.starts().await;
        assert_eq!(kept(&desk), before);
    }
}
