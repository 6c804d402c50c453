//! The desk with a thousand articles and no limits.

use std::process::Command;

use tempfile::TempDir;

use crate::{articles, process::Process};

const LIMITS: [&str; 8] = [
    "MESSAGES_PER_MINUTE",
    "CONVERSATIONS_PER_HOUR",
    "VISITORS_PER_MINUTE",
    "ESCALATIONS_PER_HOUR",
    "CONNECTIONS_PER_ADDRESS",
    "CONNECTIONS_PER_VISITOR",
    "UNAUTHENTICATED_CONNECTIONS",
    "HANDSHAKES_PER_SECOND",
];

pub(crate) struct Desk {
    pub(crate) process: Process,
    _folder: TempDir,
}

impl Desk {
    /// Starts the program that was built with the bench, or the one that `FRONTDESK_PROGRAM` names.
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let knowledge = folder.path().join("articles");
        articles::write_to(&knowledge);
        let program = std::env::var("FRONTDESK_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_frontdesk").to_owned());
        let mut command = Command::new(program);
        command.current_dir(folder.path()).env("FRONTDESK_STORE__DATA", folder.path().join("data"));
        command.env("FRONTDESK_KNOWLEDGE__DIR", &knowledge);
        command.envs(LIMITS.map(|limit| (format!("FRONTDESK_LIMITS__{limit}"), "0")));
        let start = |address: std::net::SocketAddr| {
            command.args(["serve", "--listen", &address.to_string()]);
            command
        };
        Self { process: Process::start(start).await, _folder: folder }
    }
}
