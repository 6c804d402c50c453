//! Thousands of sockets: idle, deaf, coming back at once, and sent away.

use std::time::{Duration, Instant};

use tokio::{task::JoinSet, time::sleep};

use crate::{
    articles,
    client::{Broken, Line},
    journal::check,
    number,
    program::Desk,
    visitors::Crowd,
};

/// What an idle socket may cost the server.
const IDLE_KIB: f64 = 16.0;
/// How many lines one address of this machine opens.
const PER_ADDRESS: usize = 5_000;

/// Changes of the memory up to this much are noise.
const SETTLED_KIB: u64 = 128;

/// So many lines of so many visitors, each having said hello.
async fn lines(desk: &Desk, count: usize) -> Vec<Line> {
    let mut opening = JoinSet::new();
    let mut lines = Vec::new();
    for line in 0..count {
        let (address, from) = (desk.address, u8::try_from(1 + line / PER_ADDRESS).unwrap());
        opening.spawn(async move { greeted(Line::knocks(address, from).await?).await });
        if opening.len() >= 64 {
            lines.push(opening.join_next().await.unwrap().unwrap().unwrap());
        }
    }
    while let Some(opened) = opening.join_next().await {
        lines.push(opened.unwrap().unwrap());
    }
    lines
}

async fn greeted(mut line: Line) -> Result<Line, Broken> {
    line.sends(&serde_json::json!({ "type": "hello" })).await?;
    line.reads_a("welcome").await?;
    Ok(line)
}

/// The program's memory in KiB once it has learnt from its articles: until then it goes up and down by itself.
async fn settled_memory(desk: &Desk) -> u64 {
    let mut before = desk.memory_kib();
    for _ in 0..60 {
        sleep(Duration::from_millis(500)).await;
        let now = desk.memory_kib();
        if now.abs_diff(before) <= SETTLED_KIB {
            return now;
        }
        before = now;
    }
    before
}

fn percentile(mut waits: Vec<Duration>, share: f64) -> Duration {
    waits.sort();
    waits[((waits.len() - 1) as f64 * share) as usize]
}

/// How long answers take for somebody who asks now and then.
async fn answer_times(desk: &Desk, questions: usize) -> Vec<Duration> {
    let (mut line, _) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
    let mut waits = Vec::new();
    for question in 0..questions {
        let started = Instant::now();
        line.asks(&articles::question(question % 100)).await.unwrap();
        waits.push(started.elapsed());
        sleep(Duration::from_millis(20)).await;
    }
    waits
}

#[tokio::test(flavor = "multi_thread")]
async fn f19_idle_sockets_cost_little_and_a_burst_is_answered() {
    let count = number("FRONTDESK_SOCKETS", 4_000);
    let folder = articles::of(1_000);
    let mut desk = Desk::with_articles(folder.path());
    desk.set("LIMITS__MAX_CONNECTIONS", "0");
    desk.starts().await;
    answer_times(&desk, 50).await;
    let before = settled_memory(&desk).await;
    let mut idle = lines(&desk, count).await;
    sleep(Duration::from_secs(number("FRONTDESK_IDLE_SECONDS", 2) as u64)).await;
    let each = (desk.memory_kib() - before) as f64 / count as f64;
    let all = desk.memory_kib();
    assert!(each <= IDLE_KIB, "{each:.1} KiB for each of {count} idle sockets, {all} KiB in all");
    let (used, started) = (desk.cpu_seconds(), Instant::now());
    sleep(Duration::from_secs(2)).await;
    let busy = (desk.cpu_seconds() - used) / started.elapsed().as_secs_f64();
    assert!(busy <= 0.1, "idle sockets take {busy:.2} of a core");
    let mut asking = JoinSet::new();
    for (question, mut line) in idle.drain(..count / 10).enumerate() {
        asking.spawn(async move { line.asks(&articles::question(question % 200)).await.map(|_| line) });
    }
    while let Some(answered) = asking.join_next().await {
        answered.unwrap().unwrap();
    }
    println!("F19: {each:.1} KiB for each of {count} idle sockets, {all} KiB in all, {busy:.3} of a core");
}

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
            talker.says(&crate::client::new_id(), &words).await?;
            sleep(Duration::from_millis(20)).await;
        }
        Ok::<_, Broken>(talker)
    });
    let loud = percentile(answer_times(&desk, 60).await, 0.99);
    let each = desk.memory_kib().saturating_sub(before) / count as u64;
    drop(talking.await.unwrap());
    println!("F20: p99 {quiet:?} alone, {loud:?} beside {count} deaf readers; {each} KiB for each");
    assert!(each <= 512, "{each} KiB for each deaf reader");
    assert!(!crate::is_optimised() || loud <= Duration::from_millis(500), "{loud:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn f21_everybody_comes_back_after_a_restart() {
    let count = number("FRONTDESK_RETURNING", 500);
    let folder = articles::of(200);
    let mut desk = Desk::with_articles(folder.path());
    desk.set("LIMITS__MAX_CONNECTIONS", "0");
    desk.set("LIMITS__HANDSHAKES_PER_SECOND", "500");
    desk.starts().await;
    desk.set("LIMITS__HANDSHAKES_PER_SECOND", "500");
    let crowd = Crowd::starts_slowly(desk.address, 8, Duration::from_millis(50));
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
    let mut held = Vec::new();
    while let Some(line) = returning.join_next().await {
        held.push(line.unwrap());
    }
    let all_back = started.elapsed();
    println!("F21: {count} back within {all_back:?}");
    assert!(all_back <= Duration::from_secs(60), "{all_back:?}");
    let journals = crowd.goes_home().await;
    desk.is_killed();
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
}

/// The widget's back-off: at random up to half a second, doubled with each attempt, up to 30 seconds.
async fn comes_back(address: std::net::SocketAddr, token: &str, seed: u64) -> Line {
    let mut dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for attempt in 0_u32.. {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let most = (500 * 2_u64.pow(attempt.min(6))).min(30_000);
        sleep(Duration::from_millis((dice >> 33) % most)).await;
        if let Ok((line, _)) = Line::opens(address, Some(token), (None, 0)).await {
            return line;
        }
    }
    unreachable!("attempts do not end")
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
    desk.is_killed();
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
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
