//! What decides who gets in: origins of pages, signed identities, visitors' tokens. Nothing that is made up is let in.
#![no_main]

use frontdesk::{chat, server};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if server::fuzzing::is_allowed_origin(text, "https://shop.example") {
        let plain = text.to_ascii_lowercase();
        assert!(plain == "https://shop.example" || plain == "https://shop.example:443", "{text}");
    }
    assert!(!server::fuzzing::is_signed(text));
    assert!(!chat::is_a_token(text));
});
