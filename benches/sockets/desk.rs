//! The desk with a thousand articles and no limits.

use std::process::Command;

use tempfile::TempDir;

use crate::{
    articles,
    process::Process,
    server::{self, LIMITS},
};

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
        let mut command = Command::new(server::program());
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
