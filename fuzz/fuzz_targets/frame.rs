//! Frames of visitors and agents: each text is one, or an error with words.
#![no_main]

use frontdesk::protocol::{parse_agent, parse_visitor};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for bad in [parse_visitor(text).err(), parse_agent(text).err()].into_iter().flatten() {
        assert!(!bad.error.message.is_empty());
    }
});
