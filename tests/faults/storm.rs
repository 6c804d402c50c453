//! Everybody comes back at once, and everybody is sent away.

use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::{sync::watch, task::JoinSet, time::sleep};

use crate::{
    answer_times, articles, client::Line, is_optimised, journal::check, number, percentile, program::Desk,
    visitors::Crowd,
};

/// So many visitors, each with an open line, and their tokens.
async fn arrivals(desk: &Desk, count: usize) -> Vec<(Line, String)> {
    let mut tokens = Vec::new();
    for chunk in 0..count.div_ceil(200) {
        let some = (count - chunk * 200).min(200);
        let mut opening = JoinSet::new();
        for _ in 0..some {
            let address = desk.address;
            opening.spawn(async move {
                loop {
                    match Line::opens(address, None, (None, 0)).await {
                        Ok((line, welcome)) => return (line, welcome["token"].as_str().unwrap().to_owned()),
                        Err(_) => sleep(Duration::from_millis(300)).await,
                    }
                }
            });
        }
        while let Some(opened) = opening.join_next().await {
            tokens.push(opened.unwrap());
        }
    }
    tokens
}

#[tokio::test(flavor = "multi_thread")]
async fn f21_everybody_comes_back_after_a_restart() {
    let count = number("FRONTDESK_RETURNING", 500);
    let folder = articles::of(200);
    let mut desk = Desk::with_articles(folder.path());
    desk.set("LIMITS__MAX_CONNECTIONS", "0");
    desk.set("LIMITS__HANDSHAKES_PER_SECOND", "500");
    desk.starts().await;
    let crowd = Crowd::starts_slowly(desk.address, 8, Duration::from_millis(50));
    let tokens = arrivals(&desk, count).await;
    desk.is_killed();
    let (lines, tokens): (Vec<_>, Vec<_>) = tokens.into_iter().unzip();
    drop(lines);
    let started = Instant::now();
    desk.starts().await;
    let mut returning = JoinSet::new();
    for (number, token) in tokens.into_iter().enumerate() {
        let address = desk.address;
        returning.spawn(async move { comes_back(address, &token, number as u64).await });
    }
    let (mut held, mut times) = (Vec::new(), Vec::new());
    while let Some(line) = returning.join_next().await {
        held.push(line.unwrap());
        times.push(started.elapsed());
    }
    let (most_back, all_back) = (percentile(times.clone(), 0.95), percentile(times, 1.0));
    println!("F21: of {count}, 95 % are back within {most_back:?}, all within {all_back:?}");
    assert!(all_back <= Duration::from_secs(30), "{all_back:?}");
    assert_eq!(desk.status("/readyz").await, Some(200));
    let journals = crowd.goes_home().await;
    desk.is_killed();
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
}

/// As the widget does: it waits as long as it is asked to, and beyond that at random up to half a second, doubled with
/// each attempt, up to 30 seconds.
async fn comes_back(address: std::net::SocketAddr, token: &str, seed: u64) -> Line {
    let mut dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut asked = Duration::ZERO;
    for attempt in 0_u32.. {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let most = (500 * 2_u64.pow(attempt.min(6))).min(30_000);
        sleep(asked + Duration::from_millis((dice >> 33) % most)).await;
        match Line::opens(address, Some(token), (None, 0)).await {
            Ok((line, _)) => return line,
            Err(refusal) => asked = wait_asked_by(&refusal),
        }
    }
    unreachable!("attempts do not end")
}

/// How long a refused client shall wait; nothing when nobody was there to say it.
fn wait_asked_by(refusal: &str) -> Duration {
    let frame: Value = serde_json::from_str(refusal).unwrap_or_default();
    Duration::from_secs(frame["retry_after_s"].as_u64().unwrap_or_default())
}

/// Whoever does not wait between attempts is held off, and those who are there notice nothing.
#[tokio::test(flavor = "multi_thread")]
async fn f21_the_impatient_are_held_off() {
    let folder = articles::of(200);
    let mut desk = Desk::with_articles(folder.path());
    desk.set("LIMITS__MAX_CONNECTIONS", "40");
    desk.set("LIMITS__HANDSHAKES_PER_SECOND", "100");
    desk.starts().await;
    let held = arrivals(&desk, 30).await;
    let quiet = percentile(answer_times(&desk, 30).await, 0.99);
    let (stop, stopped) = watch::channel(false);
    let mut storming = JoinSet::new();
    for _ in 0..number("FRONTDESK_IMPATIENT", 32) {
        let (address, stopped) = (desk.address, stopped.clone());
        storming.spawn(async move {
            let (mut let_in, mut held_off) = (0_u32, 0_u32);
            while !*stopped.borrow() {
                match Line::opens(address, None, (None, 0)).await {
                    Ok(_) => let_in += 1,
                    Err(_) => held_off += 1,
                }
            }
            (let_in, held_off)
        });
    }
    let loud = percentile(answer_times_of(&desk, held, 60).await, 0.99);
    stop.send_replace(true);
    let outcomes = storming.join_all().await;
    let (let_in, held_off) = outcomes.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("F21: p99 {quiet:?} alone, {loud:?} in the storm; {let_in} let in, {held_off} held off");
    assert!(held_off > 0, "nobody was held off, {let_in} let in");
    assert!(!is_optimised() || loud <= Duration::from_millis(500), "{loud:?}");
}

/// How long answers take for somebody who was there before.
async fn answer_times_of(desk: &Desk, mut held: Vec<(Line, String)>, questions: usize) -> Vec<Duration> {
    let mut waits = Vec::new();
    for question in 0..questions {
        let (line, _) = &mut held[question % 30];
        let started = Instant::now();
        line.asks(&articles::question(question % 100)).await.unwrap();
        waits.push(started.elapsed());
    }
    assert_eq!(desk.status("/healthz").await, Some(200));
    waits
}

#[tokio::test(flavor = "multi_thread")]
async fn f22_a_server_that_is_told_to_stop_loses_nothing() {
    let mut desk = Desk::new();
    desk.starts().await;
    let crowd = Crowd::starts(desk.address, 24);
    for _ in 0..number("FRONTDESK_RESTARTS", 2) {
        sleep(Duration::from_millis(500)).await;
        let started = Instant::now();
        desk.signal("TERM");
        let status = desk.ends().await;
        assert!(status.success(), "{status}");
        assert!(started.elapsed() <= Duration::from_secs(30), "{:?}", started.elapsed());
        desk.starts().await;
    }
    let journals = crowd.goes_home().await;
    let gap = percentile(journals.iter().map(|journal| journal.longest_wait).collect(), 0.95);
    println!("F22: the longest wait for a confirmation, p95 of all visitors: {gap:?}");
    assert!(!is_optimised() || gap <= Duration::from_secs(3), "{gap:?}");
    desk.is_killed();
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
}
