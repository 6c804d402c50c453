//! Thousands of sockets that do nothing, and then ask all at once.

use std::time::{Duration, Instant};

use tokio::{sync::watch, task::JoinSet, time::sleep};

use crate::{
    answer_times, articles,
    client::{Broken, Line},
    is_optimised, number, percentile,
    program::Desk,
};

/// What an idle socket may cost the server.
const IDLE_KIB: f64 = 16.0;
/// What ten thousand of them may, with everything else that the server has.
const IN_ALL_KIB: u64 = 200 * 1024;
/// How many lines one address of this machine opens.
const PER_ADDRESS: usize = 5_000;
/// A server that says nothing for so long is none.
const PING_WITHIN: Duration = Duration::from_secs(60);

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

/// Does nothing but answer pings until it is told to stop.
async fn idles(mut line: Line, mut stop: watch::Receiver<bool>) -> Line {
    loop {
        tokio::select! {
            _ = stop.changed() => return line,
            frame = line.reads_within(PING_WITHIN) => drop(frame.unwrap()),
        }
    }
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

#[tokio::test(flavor = "multi_thread")]
async fn f19_idle_sockets_cost_little_and_a_burst_is_answered() {
    let count = number("FRONTDESK_SOCKETS", 4_000);
    let folder = articles::of(1_000);
    let mut desk = Desk::with_articles(folder.path());
    desk.set("LIMITS__MAX_CONNECTIONS", "0");
    desk.starts().await;
    answer_times(&desk, 50).await;
    let before = settled_memory(&desk).await;
    let (stop, stopped) = watch::channel(false);
    let idling = lines(&desk, count).await.into_iter().map(|line| tokio::spawn(idles(line, stopped.clone())));
    let idling: Vec<_> = idling.collect();
    sleep(Duration::from_secs(number("FRONTDESK_IDLE_SECONDS", 2) as u64)).await;
    let each = (desk.memory_kib() - before) as f64 / count as f64;
    let all = desk.memory_kib();
    assert!(each <= IDLE_KIB, "{each:.1} KiB for each of {count} idle sockets, {all} KiB in all");
    let (used, started) = (desk.cpu_seconds(), Instant::now());
    sleep(Duration::from_secs(2)).await;
    let busy = (desk.cpu_seconds() - used) / started.elapsed().as_secs_f64();
    assert!(busy <= 0.1, "idle sockets take {busy:.2} of a core");
    stop.send_replace(true);
    let mut idle = Vec::new();
    for line in idling {
        idle.push(line.await.unwrap());
    }
    let mut asking = JoinSet::new();
    for (question, mut line) in idle.drain(..count / 10).enumerate() {
        asking.spawn(async move {
            // All within one second.
            sleep(Duration::from_millis((question as u64 * 7_919) % 1_000)).await;
            let asked = Instant::now();
            line.asks(&articles::question(question % 200)).await.map(|_| (line, asked.elapsed()))
        });
    }
    let answered = asking.join_all().await.into_iter().map(|answered| answered.unwrap().1);
    let slow = percentile(answered.collect(), 0.99);
    println!(
        "F19: {each:.1} KiB for each of {count} idle sockets, {all} KiB in all, {busy:.3} of a core, p99 {slow:?}"
    );
    assert!(!is_optimised() || slow <= Duration::from_secs(2), "{slow:?}");
    assert!(!is_optimised() || all <= IN_ALL_KIB, "{all} KiB in all");
}
