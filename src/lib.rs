//! frontdesk answers visitors' routine questions from a folder of markdown articles and hands the
//! conversation to people when it is not sure or the visitor asks.
//!
//! The modules in reading order; who may import whom is a table in `tests/it/tidy.rs`.

// decide: pure
pub mod conversation;
pub mod answer;
pub mod queue;
pub mod article;
pub mod block;
pub mod lint;
pub mod protocol;

// do: IO behind small doors
pub mod knowledge;
pub mod archive;
pub mod store;
pub mod bell;
pub mod clock;
pub mod password;
pub mod config;

// conduct
pub mod chat;

// edges
pub mod help;
pub mod server;
pub mod cli;
