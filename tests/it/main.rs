//! One program for all integration tests: a module a theme.

mod knowledge_base;
mod check;
mod lint;
mod protocol;
mod simulation;
mod store;
mod tidy;
