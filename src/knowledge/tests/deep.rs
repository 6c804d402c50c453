//! Stories of a full sentence encoder, a tiny one.

use std::fs;

use tempfile::TempDir;

use crate::{
    article::hit::{Hits, Judge, Level, Question},
    knowledge::{
        Knowledge, Options,
        embedding::tiny::write_tiny_encoder,
        tests::{Desk, shop},
    },
};

/// A desk whose articles a tiny encoder reads, and the folder of its files.
fn deep_shop() -> (Desk, TempDir) {
    let encoder = tempfile::tempdir().unwrap();
    write_tiny_encoder(encoder.path());
    (shop(), encoder)
}

impl Desk {
    fn deep_options(&self, encoder: &TempDir) -> Options {
        Options { level: Level::Encoder, encoder: Some(encoder.path().to_owned()), ..self.options() }
    }
}

/// Who is content with what the built-in model finds.
struct Content;

impl Judge for Content {
    fn is_understood(&self, _: &Hits) -> bool {
        true
    }

    fn is_settled(&self, _: &Hits) -> bool {
        true
    }
}

#[test]
fn the_encoder_answers_once_it_has_read_everything() {
    let (desk, encoder) = deep_shop();
    let knowledge = Knowledge::open(desk.deep_options(&encoder)).unwrap();
    assert_eq!(knowledge.snapshot().levels(), [Level::Static, Level::Encoder]);
    let question = Question::new("when will my order arrive");
    let found = knowledge.search(&question).unwrap();
    let [best, ..] = found.hits.as_slice() else { panic!("nothing was found") };
    assert_eq!((found.level, best.article.id.as_str()), (Level::Encoder, "delivery/time"));
    assert!(best.features.semantic.unwrap().d_max > 0.999, "its own words are as near as can be");

    let settled = knowledge.snapshot().search_until(&question, &Content).unwrap();
    assert_eq!(settled.level, Level::Static, "who is sure does not wait for the encoder");

    desk.write("returns/refund.md", "# When does my money come back?\nA week after the sofa.");
    assert!(knowledge.reload().unwrap());
    assert_eq!(knowledge.search(&question).unwrap().level, Level::Static, "a change is answered at once");
    knowledge.deepen();
    assert_eq!(knowledge.search(&question).unwrap().level, Level::Encoder);
}

#[test]
fn what_the_encoder_has_read_outlives_the_process() {
    let (desk, encoder) = deep_shop();
    let kept = || {
        let folder = fs::read_dir(desk.cache.path().join("vectors")).unwrap();
        let files = folder.map(|file| fs::read(file.unwrap().path()).unwrap());
        files.collect::<Vec<_>>()
    };
    drop(Knowledge::open(desk.deep_options(&encoder)).unwrap());
    let first = kept();
    assert!(first.len() == 1 && !first[0].is_empty());
    drop(Knowledge::open(desk.deep_options(&encoder)).unwrap());
    assert_eq!(kept(), first);
}

#[test]
fn a_damaged_encoder_says_which_file_and_why() {
    for (file, content, expected) in [
        ("config.json", "{}", "config.json cannot be used: missing field"),
        ("tokenizer.json", r#"{"model":{}}"#, "it has no vocabulary of word pieces"),
        ("tokenizer.json", r#"{"model":{"vocab":{"[UNK]":0}}}"#, "it lacks [CLS] or [SEP]"),
        ("model.safetensors", "cut off", "the sentence encoder's weights do not fit its configuration"),
    ] {
        let (desk, encoder) = deep_shop();
        fs::write(encoder.path().join(file), content).unwrap();
        let error = Knowledge::open(desk.deep_options(&encoder)).err().map(|error| error.to_string()).unwrap();
        assert!(error.contains(expected), "{file}: {error}");
        let knowledge = Knowledge::open_soon(desk.deep_options(&encoder)).unwrap();
        assert_eq!(knowledge.search(&Question::new("how long")).unwrap().level, Level::Static, "the desk answers");
    }
}

#[test]
fn the_longest_message_is_not_too_long_for_the_encoder() {
    let (desk, encoder) = deep_shop();
    let knowledge = Knowledge::open(desk.deep_options(&encoder)).unwrap();
    for text in ["how long ".repeat(2_000), "…".repeat(5_000), String::new()] {
        assert_eq!(knowledge.search(&Question::new(text)).unwrap().level, Level::Encoder);
    }
}

#[test]
fn a_missing_encoder_says_what_to_do() {
    let desk = shop();
    let options = Options { level: Level::Encoder, encoder: Some("/nowhere".into()), ..desk.options() };
    let error = Knowledge::open(options).err().map(|error| error.to_string()).unwrap();
    assert!(error.contains("frontdesk model fetch"), "{error}");
}
