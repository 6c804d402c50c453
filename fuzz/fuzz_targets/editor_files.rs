//! What editors write beside articles: answer tests, synonyms, wordings, prepared texts.
#![no_main]

use frontdesk::article::{answer_test, canned, synonyms, wording};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = answer_test::parse(text);
    let _ = synonyms::parse(text);
    let _ = wording::parse(text);
    let prepared = canned::parse("shortcut", text);
    let _ = canned::fill(&prepared.text, "Vera", "Ada");
});
