//! What goes wrong around the program, and what it still keeps its word about: the real program is killed, starved,
//! locked out, stopped and flooded. In `scripts/test` in a small size, in `scripts/soak` in a large one.
#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod agents;
mod articles;
mod client;
mod clock;
mod content;
mod crowded;
mod idle;
mod journal;
mod kill;
mod program;
mod reload;
mod server;
mod soak;
mod staff;
mod storage;
mod storm;
mod timers;
mod upgrade;
mod visitors;

use std::time::{Duration, Instant};

use self::{client::Line, program::Desk};

/// How long anything may take before a test gives up on it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The size of a test from the environment.
pub(crate) fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Whether the program is the one that is shipped: only then do its times say something.
pub(crate) fn is_optimised() -> bool {
    std::env::var("FRONTDESK_PROGRAM").is_ok() || !cfg!(debug_assertions)
}

/// The wait that this share of all is no longer than.
pub(crate) fn percentile(mut waits: Vec<Duration>, share: f64) -> Duration {
    waits.sort();
    waits[((waits.len() - 1) as f64 * share) as usize]
}

/// How long answers take for somebody who asks now and then.
pub(crate) async fn answer_times(desk: &Desk, questions: usize) -> Vec<Duration> {
    let (mut line, _) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
    let mut waits = Vec::new();
    for question in 0..questions {
        let started = Instant::now();
        line.asks(&articles::question(question % 100)).await.unwrap();
        waits.push(started.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    waits
}
