//! One program for all integration tests: a module a theme.
#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod agents;
mod check;
mod knowledge_base;
mod lint;
mod protocol;
mod simulation;
mod store;
mod tidy;
