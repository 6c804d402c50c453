//! Questions answered durably over sockets, beside a bare axum echo that is spoken to in the same way, in one run: each
//! client opens a socket, says hello, asks two questions one after the other, leaves, and comes back as somebody else.
//! Both servers are processes of their own; the clients are in this one.
//!
//! `cargo bench --bench sockets -- [--sockets N] [--seconds N] [--rounds N] [--only WORD]`

#![expect(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a bench prints, and fails loudly")]

mod articles;
mod client;
mod desk;
mod floor;
mod process;
#[path = "../../tests/faults/server.rs"]
mod server;

use std::time::Duration;

use self::{
    articles::Asking,
    client::{Load, Measured},
    desk::Desk,
    process::Process,
};

/// What is to be measured.
struct Plan {
    sockets: usize,
    seconds: u64,
    rounds: u64,
    /// What names of rows have in common.
    only: String,
}

impl Plan {
    /// Reads `--name value` pairs; what cargo itself adds is ignored.
    fn from_arguments() -> Self {
        let arguments: Vec<String> = std::env::args().collect();
        let value = |name: &str| {
            let at = arguments.iter().position(|argument| argument == name)?;
            arguments.get(at + 1).cloned()
        };
        let number = |name, default| value(name).map_or(default, |value| value.parse().expect("a number"));
        Self {
            sockets: usize::try_from(number("--sockets", 64)).unwrap(),
            seconds: number("--seconds", 5),
            rounds: number("--rounds", 5),
            only: value("--only").unwrap_or_default(),
        }
    }
}

/// One thing that is measured, round by round.
struct Row<'a> {
    name: &'static str,
    server: &'a Process,
    load: Load,
    rounds: Vec<Round>,
}

/// What the clients saw, and seconds of the server's computing.
struct Round {
    measured: Measured,
    cpu_seconds: f64,
}

impl Round {
    fn cpu_micros_an_answer(&self) -> f64 {
        self.cpu_seconds * 1e6 / self.measured.count() as f64
    }
}

impl<'a> Row<'a> {
    fn new(name: &'static str, server: &'a Process, load: Load) -> Self {
        Self { name, server, load, rounds: Vec::new() }
    }

    async fn run(&mut self, seed: u64) {
        let before = self.server.cpu_seconds();
        let measured = client::run(Load { seed, ..self.load }).await;
        self.rounds.push(Round { measured, cpu_seconds: self.server.cpu_seconds() - before });
    }

    fn median(&self, number: impl Fn(&Round) -> f64) -> f64 {
        let mut numbers: Vec<_> = self.rounds.iter().map(number).collect();
        numbers.sort_by(f64::total_cmp);
        numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn rate(&self) -> f64 {
        self.median(|round| round.measured.per_second())
    }

    fn line(&self, floor: f64) -> String {
        let (rate, cpu) = (self.rate(), self.median(Round::cpu_micros_an_answer));
        let wait = |share| self.median(|round| round.measured.percentile(share));
        let (middle, slow) = (wait(0.5), wait(0.99));
        let (share, ratio) = (100.0 * rate / floor, slow / middle);
        let answered = 100.0 * self.median(|round| round.measured.answered());
        format!(
            "| {} | {rate:.0} | {share:.0} % | {middle:.2} | {slow:.2} | {ratio:.1} | {cpu:.0} | {answered:.0} % |",
            self.name
        )
    }
}

#[tokio::main]
async fn main() {
    if let Some(address) = floor::role() {
        return floor::serve(&address).await;
    }
    let plan = Plan::from_arguments();
    let (echo, desk) = (floor::start().await, Desk::start().await);
    desk.process.rests().await;
    let time = Duration::from_secs(plan.seconds);
    let load = |server: &Process, path, asking| Load {
        address: server.address,
        path,
        sockets: plan.sockets,
        time,
        asking,
        seed: 0,
    };
    let row = |name, server, path, asking| Row::new(name, server, load(server, path, asking));
    let desk = &desk.process;
    let mut rows = vec![
        row("bare axum echo", &echo, "/echo", Asking::Different),
        row("frontdesk, every question different", desk, "/ws/visitor", Asking::Different),
        row("frontdesk, questions repeating (Zipf)", desk, "/ws/visitor", Asking::Repeating),
    ];
    rows.retain(|row| row.name.contains(&plan.only));
    for row in &rows {
        client::run(Load { time: Duration::from_secs(1), ..row.load }).await;
    }
    for round in 1..=plan.rounds {
        for row in &mut rows {
            row.run(round).await;
        }
    }
    let floor = rows.iter().find(|row| row.name.contains("echo")).map_or(f64::NAN, Row::rate);
    println!(
        "{} sockets in a closed loop, {} articles, two questions a conversation, medians of {} rounds of {} s\n",
        plan.sockets,
        articles::COUNT,
        plan.rounds,
        plan.seconds
    );
    println!(
        "| what | answers/s | of the floor | median, ms | p99, ms | p99/median | server's CPU an answer, µs | from an article |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    for row in &rows {
        println!("{}", row.line(floor));
    }
}
