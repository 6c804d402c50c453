//! Questions answered durably over sockets, beside a bare axum echo that is spoken to in the same way, in one run: each
//! client opens a socket, says hello, asks two questions one after the other, leaves, and comes back as somebody else.
//!
//! `cargo bench --bench sockets -- [--sockets N] [--seconds N] [--rounds N]`

#![expect(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a bench prints, and fails loudly")]

mod articles;
mod client;
mod desk;
mod floor;

use std::{net::SocketAddr, time::Duration};

use self::{
    articles::Asking,
    client::{Load, Measured},
    desk::Desk,
};

/// What is to be measured.
struct Plan {
    sockets: usize,
    seconds: u64,
    rounds: u64,
}

impl Plan {
    /// Reads `--name value` pairs; what cargo itself adds is ignored.
    fn from_arguments() -> Self {
        let arguments: Vec<String> = std::env::args().collect();
        let number = |name: &str, default: u64| {
            let at = arguments.iter().position(|argument| argument == name);
            at.and_then(|at| arguments.get(at + 1)).map_or(default, |value| value.parse().expect("a number"))
        };
        Self {
            sockets: usize::try_from(number("--sockets", 64)).unwrap(),
            seconds: number("--seconds", 5),
            rounds: number("--rounds", 5),
        }
    }
}

/// One thing that is measured, round by round.
struct Row {
    name: &'static str,
    load: Load,
    rounds: Vec<Measured>,
}

impl Row {
    fn new(name: &'static str, load: Load) -> Self {
        Self { name, load, rounds: Vec::new() }
    }

    fn median(&self, number: impl Fn(&Measured) -> f64) -> f64 {
        let mut numbers: Vec<_> = self.rounds.iter().map(number).collect();
        numbers.sort_by(f64::total_cmp);
        numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn line(&self, floor: f64) -> String {
        let rate = self.median(Measured::per_second);
        let (middle, slow) = (self.median(|m| m.percentile(0.5)), self.median(|m| m.percentile(0.99)));
        let share = 100.0 * rate / floor;
        format!("| {} | {rate:.0} | {share:.0} % | {middle:.2} | {slow:.2} | {:.1} |", self.name, slow / middle)
    }
}

#[tokio::main]
async fn main() {
    let plan = Plan::from_arguments();
    let echo = floor::start().await;
    let desk = Desk::start().await;
    let time = Duration::from_secs(plan.seconds);
    let load = |address: SocketAddr, path, asking| Load { address, path, sockets: plan.sockets, time, asking, seed: 0 };
    let mut rows = [
        Row::new("bare axum echo", load(echo, "/echo", Asking::Different)),
        Row::new("frontdesk, every question different", load(desk.address, "/ws/visitor", Asking::Different)),
        Row::new("frontdesk, questions repeating (Zipf)", load(desk.address, "/ws/visitor", Asking::Repeating)),
    ];
    for row in &rows {
        client::run(Load { time: Duration::from_secs(1), ..row.load }).await;
    }
    for round in 1..=plan.rounds {
        for row in &mut rows {
            row.rounds.push(client::run(Load { seed: round, ..row.load }).await);
        }
    }
    let floor = rows.first().map_or(f64::NAN, |row| row.median(Measured::per_second));
    println!(
        "{} sockets in a closed loop, {} articles, two questions a conversation, medians of {} rounds of {} s\n",
        plan.sockets,
        articles::COUNT,
        plan.rounds,
        plan.seconds
    );
    println!("| what | answers/s | of the floor | median, ms | p99, ms | p99/median |");
    println!("|---|---:|---:|---:|---:|---:|");
    for row in &rows {
        println!("{}", row.line(floor));
    }
}
