//! One program for all integration tests: a module a theme.

mod simulation;
mod tidy;
