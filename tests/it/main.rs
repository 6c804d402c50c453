//! One program for all integration tests: a module a theme.

mod agents;
mod check;
mod escalation;
mod promises;
mod knowledge_base;
mod lint;
mod pages;
mod protocol;
mod simulation;
mod sockets;
mod store;
mod support;
mod tidy;
