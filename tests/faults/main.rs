//! What goes wrong around the program, and what it still keeps its word about: the real program is killed, starved,
//! locked out, stopped and flooded. In `scripts/test` in a small size, in `scripts/soak` in a large one.
#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod articles;
mod client;
mod clock;
mod content;
mod journal;
mod kill;
mod many;
mod program;
mod storage;
mod timers;
mod upgrade;
mod visitors;

use std::time::Duration;

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
