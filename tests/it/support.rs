//! A server on a free port, visitors and agents: what the stories are told with. Verbs only.

mod agent;
mod caller;
mod clock;
mod demo;
mod desk;
mod dice;
mod server;
mod socket;
mod visitor;

use std::time::Duration;

pub(crate) use self::{
    agent::Agent,
    caller::Caller,
    clock::MovableClock,
    demo::demo,
    desk::{Desk, guest, morning},
    dice::Dice,
    server::{PASSWORD, TestServer},
    socket::{Knock, Received, Socket},
    visitor::Visitor,
};

/// How long anything may take before a test gives up on it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// How long a test listens to be sure that nothing comes.
pub(crate) const SILENCE: Duration = Duration::from_millis(300);

/// A fresh id for a frame.
#[expect(clippy::disallowed_methods, reason = "tests make their own ids")]
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Waits for something, and says what was waited for when it does not come.
pub(crate) async fn in_time<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}
