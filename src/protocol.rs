//! Frames: the contract with the browser. Types of their own, so that neither the domain nor the table
//! shows through. The TypeScript types are made from these by a test (`web-shared/src/protocol`).

pub mod agent;
mod decision;
mod error;
mod event;
mod parse;
pub mod visitor;

pub use self::{
    decision::{ConsideredView, DecisionView},
    error::{ErrorCode, ErrorFrame},
    event::{AuthorView, EventFrame, EventView, OptionView, PersonView, SourceView},
    parse::{BadFrame, parse_agent, parse_visitor},
};

/// The WebSocket subprotocol that both sockets speak.
pub const SUBPROTOCOL: &str = "frontdesk.v1";

/// Close codes of the contract.
pub mod close {
    /// A frame was larger than allowed.
    pub const TOO_LARGE: u16 = 1009;
    /// The server restarts; come back.
    pub const RESTART: u16 = 1012;
    /// The server is full, or this peer reads too slowly; come back.
    pub const FULL_OR_SLOW: u16 = 1013;
    /// The fifth bad frame; do not come back.
    pub const BAD_FRAMES: u16 = 4400;
    /// The token was not issued here; come back without one.
    pub const UNKNOWN_TOKEN: u16 = 4401;
    /// The page's origin is not allowed; do not come back.
    pub const ORIGIN: u16 = 4403;
    /// No hello in time; come back after a minute.
    pub const NO_HELLO: u16 = 4408;
    /// Too many frames; come back after a minute.
    pub const FLOODING: u16 = 4429;
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use ts_rs::{Config, TS};

    use super::{agent, visitor};

    /// Makes the TypeScript types anew; fails when the committed file was not the same.
    #[test]
    fn typescript_types_are_current() {
        let made = tempfile::tempdir().unwrap();
        let config = Config::new().with_out_dir(made.path());
        visitor::VisitorFrame::export_all(&config).unwrap();
        visitor::ToVisitor::export_all(&config).unwrap();
        agent::AgentFrame::export_all(&config).unwrap();
        agent::ToAgent::export_all(&config).unwrap();
        let made = fs::read_to_string(made.path().join("frames.ts")).unwrap();
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("web-shared/src/protocol/frames.ts");
        if fs::read_to_string(&committed).unwrap_or_default() != made {
            fs::create_dir_all(committed.parent().unwrap()).unwrap();
            fs::write(&committed, made).unwrap();
            panic!("frames.ts was out of date and has been written anew: commit it");
        }
    }
}
