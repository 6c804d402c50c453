//! How long hostile messages take beside ordinary ones: the slowest hundredth may take 20 times the median.
//!
//! `cargo bench --bench hostile` writes microseconds a message and the ratio.

#[path = "../tests/it/hostile/messages.rs"]
mod messages;

use std::{path::Path, time::Instant};

use anyhow::Context as _;
use frontdesk::{
    answer::{Policy, decide},
    article::hit::Question,
    knowledge::{Knowledge, Options},
};

use self::messages::{Chance, longest};

const MESSAGES: usize = 10_000;

/// One message in a hundred is of the longest.
const LONG_EVERY: usize = 100;

#[expect(clippy::print_stdout, reason = "a bench is for its figures")]
fn main() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge-base");
    let knowledge = Knowledge::open(Options { folder, locale: "en".to_owned(), ..Options::default() })?;
    let mut chance = Chance(0x5eed);
    let long = longest();
    let mut times = Vec::with_capacity(MESSAGES);
    for number in 0..MESSAGES {
        let long = long.get(chance.below(long.len())).filter(|_| number % LONG_EVERY == 0);
        let question = Question::new(long.cloned().unwrap_or_else(|| chance.message()));
        let started = Instant::now();
        decide(&knowledge.search(&question)?, &Policy::default());
        times.push(started.elapsed().as_micros());
    }
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 1000).copied().context("no times");
    let (median, p99, worst) = (at(500)?, at(990)?, at(999)?);
    println!("median {median} µs, p99 {p99} µs ({:.1} times), p99.9 {worst} µs", p99 as f64 / median as f64);
    Ok(())
}
