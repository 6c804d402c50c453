//! One program for all integration tests: a module a theme.

mod agents;
mod check;
mod knowledge_base;
mod lint;
mod protocol;
mod simulation;
mod store;
mod tidy;
