//! One program for all integration tests: a module a theme.

mod knowledge_base;
mod protocol;
mod simulation;
mod tidy;
