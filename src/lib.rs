//! frontdesk answers visitors' routine questions from a folder of markdown articles and hands the
//! conversation to people when it is not sure or the visitor asks.
//!
//! The modules in reading order; who may import whom is a table in `tests/it/tidy.rs`.

// decide: pure
pub mod block;
pub mod article;
pub mod conversation;
pub mod protocol;
pub mod queue;
pub mod answer;

// do: IO behind small doors
pub mod clock;
pub mod config;
pub mod password;
pub mod knowledge;

// edges
pub mod cli;
