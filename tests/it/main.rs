//! One program for all integration tests: a module a theme.

mod check;
mod lint;
mod protocol;
mod simulation;
mod tidy;
