//! Questions answered durably over sockets, beside a bare axum echo with the same socket settings, in one run.
//!
//! `cargo bench --bench sockets -- [--sockets N] [--seconds N] [--rounds N]`

#![expect(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a bench prints, and fails loudly")]

mod client;
mod floor;

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use frontdesk::{
    chat::Chat,
    cli::serve::rules,
    clock::SystemClock,
    config::{Limits, Settings},
    knowledge::{Knowledge, Options},
    server::{self, App, Timing},
    store::SqliteStore,
};
use tempfile::TempDir;

use self::client::{Load, Measured};

/// What is to be measured.
struct Plan {
    sockets: usize,
    seconds: u64,
    rounds: usize,
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
            rounds: usize::try_from(number("--rounds", 3)).unwrap(),
        }
    }
}

/// The desk with the demo's articles and no limits, in this process.
async fn start_desk(data: &TempDir) -> SocketAddr {
    let limits = Limits {
        messages_per_minute: 0,
        conversations_per_hour: 0,
        visitors_per_minute: 0,
        escalations_per_hour: 0,
        connections_per_address: 0,
        connections_per_visitor: 0,
        unauthenticated_connections: 0,
        handshakes_per_second: 0,
        ..Limits::default()
    };
    let listener = server::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut settings = Settings { limits, ..Settings::default() };
    settings.server.listen = address.to_string();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge-base");
    let options = Options {
        folder,
        cache: None,
        locale: "en".to_owned(),
        public_url: format!("http://{address}"),
        ..Options::default()
    };
    let knowledge = Arc::new(Knowledge::open(options).unwrap());
    let store = Arc::new(SqliteStore::open(data.path()).unwrap());
    let chat = Chat::open(store, knowledge, Arc::new(SystemClock), rules(&settings)).await.unwrap();
    let app = App::new(
        chat,
        frontdesk::archive::Archive::in_memory().unwrap(),
        Arc::new(SystemClock),
        settings,
        Timing::default(),
    )
    .unwrap();
    tokio::spawn(server::run(listener, app, std::future::pending()));
    address
}

fn row(name: &str, measured: &Measured, floor: f64) -> String {
    format!(
        "| {name} | {:.0} | {:.2} | {:.2} | {:.2} | {} | {} |",
        measured.per_second(),
        measured.per_second() / floor,
        measured.percentile(0.5),
        measured.percentile(0.99),
        measured.answered(),
        measured.errors,
    )
}

#[tokio::main]
async fn main() {
    let plan = Plan::from_arguments();
    let data = tempfile::tempdir().unwrap();
    let echo = floor::start().await;
    let desk = start_desk(&data).await;
    println!(
        "{} sockets in a closed loop, {} s a round, a new conversation every question",
        plan.sockets, plan.seconds
    );
    println!("| what | answers/s | of the floor | median, ms | p99, ms | answered | errors |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for round in 0..plan.rounds {
        let time = Duration::from_secs(plan.seconds);
        let floor = client::run(Load { address: echo, path: "/echo", sockets: plan.sockets, time }).await;
        let desk = client::run(Load { address: desk, path: "/ws/visitor", sockets: plan.sockets, time }).await;
        println!("{}", row(&format!("axum echo, round {}", round + 1), &floor, floor.per_second()));
        println!("{}", row(&format!("frontdesk, round {}", round + 1), &desk, floor.per_second()));
        assert_eq!(floor.errors + desk.errors, 0, "a load without errors");
    }
}
