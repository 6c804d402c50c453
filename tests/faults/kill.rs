//! The process is killed under load, at moments by chance and at chosen system calls.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::{articles, client::Line, is_optimised, journal::check, number, program::Desk, visitors::Crowd};

/// How long a killed desk may take until a question is answered.
const BACK_WITHIN: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread")]
async fn f01_killed_under_load_nothing_confirmed_is_lost() {
    let folder = articles::of(1_000);
    let mut desk = Desk::with_articles(folder.path());
    desk.starts().await;
    let crowd = Crowd::starts(desk.address, number("FRONTDESK_VISITORS", 24));
    let mut slowest = Duration::ZERO;
    for round in 0..number("FRONTDESK_ROUNDS", 4) {
        let before = crowd.confirmed();
        while crowd.confirmed() == before {
            sleep(Duration::from_millis(5)).await;
        }
        sleep(Duration::from_millis(200 + (round as u64 * 7_919) % 1_300)).await;
        desk.is_killed();
        let started = Instant::now();
        desk.starts().await;
        let (mut line, _) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
        line.asks(&articles::question(round)).await.unwrap();
        slowest = slowest.max(started.elapsed());
    }
    let journals = crowd.goes_home().await;
    desk.is_killed();
    let confirmed: usize = journals.iter().map(|journal| journal.confirmed.len()).sum();
    println!("F01: {confirmed} messages confirmed; answering again within {slowest:?}");
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
    assert!(!is_optimised() || slowest <= BACK_WITHIN, "{slowest:?}");
}

/// The disk fails while somebody writes: nothing is confirmed that was not kept, and it goes on by itself.
#[tokio::test(flavor = "multi_thread")]
async fn f04_a_disk_that_fails_confirms_nothing() {
    for (call, error, when) in
        [("fdatasync", "EIO", "12..16"), ("pwrite64", "ENOSPC", "90..120"), ("pwrite64", "EIO", "95..130")]
    {
        let mut desk = Desk::new();
        desk.starts().await;
        desk.is_killed();
        let (trace, inject) = (format!("trace={call}"), format!("inject={call}:error={error}:when={when}"));
        // As a grandchild, so that the program itself is what is killed in the end.
        desk.wrap(&["strace", "-D", "-f", "-o", "/dev/null", "-e", &trace, "-e", &inject]);
        desk.starts().await;
        let crowd = Crowd::starts(desk.address, 8);
        let started = Instant::now();
        while !desk.log().contains("cannot be written") {
            assert!(started.elapsed() < crate::PATIENCE, "{call} never failed: {}", desk.log());
            sleep(Duration::from_millis(10)).await;
        }
        let before = crowd.confirmed();
        while crowd.confirmed() < before + 40 {
            assert!(started.elapsed() < 2 * crate::PATIENCE, "after {call} {error} nothing is confirmed any more");
            sleep(Duration::from_millis(10)).await;
        }
        let journals = crowd.goes_home().await;
        desk.is_killed();
        assert_eq!(check(&desk.database(), &journals), [""; 0], "{call} {error}");
        assert!(!desk.log().contains("panicked"), "{}", desk.log());
    }
}

/// Before, between and after the writes of a commit, and when it is on disk but nobody knows yet.
#[tokio::test(flavor = "multi_thread")]
async fn f02_killed_at_any_step_of_a_commit() {
    for (call, at) in [("pwrite64", 41), ("pwrite64", 42), ("pwrite64", 47), ("fdatasync", 5), ("fdatasync", 9)] {
        let mut desk = Desk::new();
        desk.starts().await;
        desk.is_killed();
        let (trace, inject) = (format!("trace={call}"), format!("inject={call}:signal=KILL:when={at}"));
        desk.wrap(&["strace", "-f", "-o", "/dev/null", "-e", &trace, "-e", &inject]);
        desk.launches();
        let crowd = Crowd::starts(desk.address, 8);
        desk.ends().await;
        desk.wrap(&[]);
        desk.starts().await;
        let journals = crowd.goes_home().await;
        desk.is_killed();
        assert!(journals.iter().any(|journal| !journal.confirmed.is_empty()), "somebody wrote");
        assert_eq!(check(&desk.database(), &journals), [""; 0], "{call} {at}");
    }
}
