//! One program for all integration tests: a module a theme.

mod knowledge_base;
mod pages;
mod protocol;
mod simulation;
mod sockets;
mod store;
mod support;
mod tidy;
