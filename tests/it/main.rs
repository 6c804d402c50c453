//! One program for all integration tests: a module a theme.
#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod abuse;
mod agents;
mod api;
mod check;
mod day;
mod doctor;
mod escalation;
mod handoff;
mod hostile;
mod knowledge_base;
mod lint;
mod pages;
mod parsers;
mod person_requests;
mod privacy;
mod promises;
mod protocol;
mod secrets;
mod sight;
mod simulation;
mod sockets;
mod store;
mod stories;
mod support;
mod tidy;
mod truths;
mod words;
