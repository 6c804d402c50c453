//! Sockets that nobody reads, and more sockets than there are files.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::{
    answer_times, articles,
    client::{Broken, Line},
    is_optimised, number, percentile,
    program::Desk,
};

/// A write that takes longer ends its socket.
const DEAF_FOR: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread")]
async fn f20_whoever_does_not_read_harms_nobody_else() {
    let folder = articles::of(200);
    let mut desk = Desk::with_articles(folder.path());
    desk.set("LIMITS__MAX_CONNECTIONS", "0");
    desk.starts().await;
    let count = number("FRONTDESK_DEAF", 50);
    let quiet = percentile(answer_times(&desk, 30).await, 0.99);
    let (mut talker, welcome) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
    let hello = serde_json::json!({ "type": "hello", "token": welcome["token"] });
    talker.sends(&serde_json::json!({ "type": "request_agent", "client_id": crate::client::new_id() })).await.unwrap();
    let before = desk.memory_kib();
    let mut deaf = Vec::new();
    for _ in 0..count {
        let mut line = Line::knocks_narrow(desk.address, 0).await.unwrap();
        line.sends(&hello).await.unwrap();
        deaf.push(line);
    }
    // Each of the talker's long messages goes to every deaf window.
    let words = "a long message ".repeat(250);
    let talking = tokio::spawn(async move {
        for _ in 0..80 {
            let id = crate::client::new_id();
            talker.says(&id, &words).await?;
            while talker.reads_a("event").await?["client_id"] != id {}
            sleep(Duration::from_millis(20)).await;
        }
        Ok::<_, Broken>(talker)
    });
    let loud = percentile(answer_times(&desk, 60).await, 0.99);
    let each = desk.memory_kib().saturating_sub(before) / count as u64;
    let talker = talking.await.unwrap().unwrap();
    let all_gone = left(&desk, 1).await;
    println!("F20: p99 {quiet:?} alone, {loud:?} beside {count} deaf readers; {each} KiB for each");
    assert!(each <= 512, "{each} KiB for each deaf reader");
    assert!(!is_optimised() || loud <= Duration::from_millis(500), "{loud:?}");
    assert!(all_gone <= DEAF_FOR, "deaf readers were there for {all_gone:?} more");
    drop((talker, deaf));
    let token = welcome["token"].as_str();
    let (mut back, welcome) = Line::opens(desk.address, token, (None, 0)).await.unwrap();
    let last = welcome["last_seq"].as_u64().unwrap();
    let mut seen = welcome["events"].as_array().unwrap().len() as u64;
    while seen < last {
        assert_eq!(back.reads_a("event").await.unwrap()["seq"].as_u64(), Some(seen + 1));
        seen += 1;
    }
    assert!(last >= 80, "whoever comes back gets all of it: {last}");
}

/// How long it takes until so few sockets are left.
async fn left(desk: &Desk, few: u64) -> Duration {
    let started = Instant::now();
    loop {
        let metrics = desk.page("/metrics").await.unwrap();
        let sockets = metrics.lines().find_map(|line| line.strip_prefix("frontdesk_sockets "));
        if sockets.unwrap().trim().parse::<u64>().unwrap() <= few {
            return started.elapsed();
        }
        assert!(started.elapsed() < 3 * DEAF_FOR, "{sockets:?} sockets are left");
        sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_with_few_files_the_server_says_so_and_lives() {
    let mut desk = Desk::new();
    desk.wrap(&["sh", "-c", "ulimit -n 400; exec \"$0\" \"$@\""]);
    desk.starts().await;
    let mut held = Vec::new();
    let mut refused = 0;
    for _ in 0..450 {
        match Line::knocks(desk.address, 0).await {
            Ok(line) => held.push(line),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 0 && held.len() > 100, "{refused} refused, {} taken", held.len());
    assert_eq!(desk.status("/healthz").await, Some(200));
    drop(held);
    let started = Instant::now();
    while Line::opens(desk.address, None, (None, 0)).await.is_err() {
        assert!(started.elapsed() < crate::PATIENCE);
        sleep(Duration::from_millis(50)).await;
    }
}
