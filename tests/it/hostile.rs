//! Ten thousand random and hostile messages through search and verdict: none breaks anything.

mod messages;

use std::path::Path;

use frontdesk::{
    answer::{Policy, decide},
    article::hit::Question,
    knowledge::{Knowledge, Options},
};

use self::messages::{Chance, longest};

const MESSAGES: u64 = 10_000;

fn asked(knowledge: &Knowledge, text: &str, locale: Option<&str>) {
    let question = Question { locale: locale.map(str::to_owned), ..Question::new(text) };
    let verdict = decide(&knowledge.search(&question).unwrap(), &Policy::default());
    assert!(verdict.confidence.is_finite() && (0.0..=1.0).contains(&verdict.confidence), "{text:?}");
}

fn fixture() -> Knowledge {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/knowledge-base");
    Knowledge::open(Options { folder, locale: "en".to_owned(), ..Options::default() }).unwrap()
}

#[test]
fn random_messages_break_nothing() {
    let knowledge = fixture();
    let mut chance = Chance(0x5eed);
    for number in 0..MESSAGES {
        let locale = [None, Some("en"), Some("ja"), Some("not a locale")][usize::try_from(number % 4).unwrap()];
        asked(&knowledge, &chance.message(), locale);
    }
}

#[test]
fn the_longest_messages_break_nothing() {
    let knowledge = fixture();
    for text in longest() {
        asked(&knowledge, &text, Some("en"));
        asked(&knowledge, &text, None);
    }
}
