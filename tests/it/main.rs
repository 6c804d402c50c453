//! One program for all integration tests: a module a theme.

mod protocol;
mod simulation;
mod tidy;
