//! Stories over real files.

mod deep;

use std::{fs, path::Path, sync::mpsc, time::Duration};

use tempfile::TempDir;

use super::*;
use crate::{
    answer::{Policy, Ruling, decide},
    article::Audience,
};

/// A folder of articles, and a place for what is derived.
struct Desk {
    folder: TempDir,
    cache: TempDir,
}

impl Desk {
    fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), cache: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            desk.write(path, text);
        }
        desk
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.folder.path().join(path)).unwrap();
    }

    fn open(&self) -> Knowledge {
        Knowledge::open(self.options()).unwrap()
    }

    fn options(&self) -> Options {
        Options {
            folder: self.folder.path().to_owned(),
            cache: Some(self.cache.path().to_owned()),
            locale: "en".to_owned(),
            public_url: "https://desk.example".to_owned(),
            ..Options::default()
        }
    }
}

fn shop() -> Desk {
    Desk::with(&[
        (
            "delivery/time.md",
            "---\ntitle: How long does delivery take?\nquestions: [when will my order arrive]\n\
             not_questions: [how long does a refund take]\n---\nParcels take two days.",
        ),
        ("returns/refund.md", "---\ntitle: When is my money back?\n---\nA refund takes a week after the sofa is back."),
        ("returns/how.md", "# Send something back\n\nPack it and print the label."),
        ("staff/goodwill.md", "---\ntitle: Goodwill vouchers\naudience: agents\n---\nUp to 20 euro."),
        (
            "de/lieferzeit.md",
            "---\ntitle: Wie lange dauert die Lieferung?\nlocale: de\ntranslation_of: delivery/time\n---\nZwei Tage.",
        ),
        ("secret.md", "---\ntitle: Secret sofa\ndraft: true\n---\nNot yet."),
        ("_synonyms.yaml", "- [sofa, couch]\n"),
    ])
}

/// What the bot would do: the verdict and the article that it rests on.
fn ask(knowledge: &Knowledge, question: &Question) -> String {
    let verdict = decide(&knowledge.search(question).unwrap(), &Policy::default());
    match verdict.ruling {
        Ruling::Answer { found, .. } => found.article.id.to_string(),
        Ruling::Say { key } => key.to_owned(),
        Ruling::Clarify { .. } => "clarify".to_owned(),
        Ruling::Escalate { .. } => "escalate".to_owned(),
        Ruling::Smalltalk { article } | Ruling::RequestAgent { article } => article.id.to_string(),
    }
}

fn visitor_asks(knowledge: &Knowledge, text: &str) -> String {
    ask(knowledge, &Question { locale: Some("en".to_owned()), ..Question::new(text) })
}

fn found(knowledge: &Knowledge, question: &Question) -> Vec<String> {
    let hits = knowledge.search(question).unwrap().hits;
    hits.into_iter().map(|hit| hit.article.id.to_string()).collect()
}

#[test]
fn visitors_find_what_they_ask_for() {
    let knowledge = shop().open();
    for (question, expected) in [
        ("when will my order arrive", "delivery/time"),
        ("WHEN WILL MY ORDER ARRIVE???", "delivery/time"),
        ("when wil my order arive", "delivery/time"),
        ("hello! how long does the delivery take", "delivery/time"),
        ("refund after the couch is back", "returns/refund"),
        ("asdf qwer zxcv", "escalate"),
        ("title:refund AND (", "returns/refund"),
        ("", "escalate"),
    ] {
        assert_eq!(visitor_asks(&knowledge, question), expected, "{question}");
    }
}

#[test]
fn small_talk_and_requests_for_a_person_are_no_questions() {
    let knowledge = shop().open();
    for (question, expected) in [
        ("Hi!", "_builtin/en/greeting"),
        ("thanks a lot", "_builtin/en/thanks"),
        ("I want to talk to a human", "_builtin/en/request-agent"),
        ("can I talk to a real person please", "_builtin/en/request-agent"),
        ("no answer helps. I need a human", "_builtin/en/request-agent"),
        ("I want to talk to a human about my refund", "_builtin/en/request-agent"),
        ("i need to talk to customer service", "_builtin/en/request-agent"),
        ("agent", "escalate"),
        ("thank you, goodbye!", "_builtin/en/goodbye"),
        ("ich möchte mit einem Menschen sprechen", "_builtin/de/request-agent"),
        ("I don't want to talk to a human", "_builtin/en/no-agent"),
        ("I don't need an agent", "_builtin/en/no-agent"),
        ("hello, how long does delivery take", "delivery/time"),
    ] {
        assert_eq!(visitor_asks(&knowledge, question), expected, "{question}");
    }
}

#[test]
fn near_misses_drafts_and_agents_articles_are_not_found() {
    let knowledge = shop().open();
    let visitor = |text: &str| found(&knowledge, &Question { locale: Some("en".to_owned()), ..Question::new(text) });
    assert!(!visitor("how long does a refund take").contains(&"delivery/time".to_owned()));
    assert!(!visitor("goodwill voucher").contains(&"staff/goodwill".to_owned()));
    assert!(!visitor("secret sofa").contains(&"secret".to_owned()));
    let agent = Question { audience: Audience::Agents, ..Question::new("goodwill voucher") };
    assert_eq!(ask(&knowledge, &agent), "staff/goodwill");
}

#[test]
fn each_language_has_its_own_shelf() {
    let knowledge = shop().open();
    for (locale, text, expected) in [
        (Some("de"), "wie lange dauert die Lieferung", "de/lieferzeit"),
        (Some("de-AT"), "Lieferung", "de/lieferzeit"),
        (Some("fr"), "when will my order arrive", "delivery/time"),
        (None, "wie lange dauert die Lieferung", "de/lieferzeit"),
        (None, "when will my order arrive", "delivery/time"),
    ] {
        let question = Question { locale: locale.map(str::to_owned), ..Question::new(text) };
        assert_eq!(found(&knowledge, &question).first().map(String::as_str), Some(expected), "{locale:?} {text}");
    }
}

#[test]
fn the_number_of_an_order_says_nothing_about_what_is_asked() {
    let desk = shop();
    desk.write("parts/castor.md", "# Castor 4711007\n\nA castor for office chairs.");
    let knowledge = desk.open();
    let nearest = |text: &str| {
        let hits = knowledge.search(&Question { locale: Some("en".to_owned()), ..Question::new(text) }).unwrap();
        hits.hits.first().map(|hit| (hit.article.id.to_string(), hit.features))
    };
    let plain = nearest("when will my order arrive");
    for numbered in ["when will my order 40182375 arrive", "When will my order #40182375 arrive?"] {
        assert_eq!(
            nearest(numbered).map(|(id, features)| (id, features.l_cos)),
            plain.clone().map(|(id, features)| (id, features.l_cos)),
            "{numbered}"
        );
        assert_eq!(visitor_asks(&knowledge, numbered), "delivery/time", "{numbered}");
    }
    assert_ne!(nearest("when will my order 404 arrive"), plain, "short numbers are codes, years and prices");
    assert_eq!(nearest("4711007").map(|(id, _)| id).as_deref(), Some("parts/castor"), "an article has it");
    assert_eq!(visitor_asks(&knowledge, "40182375"), "escalate");
}

#[test]
fn long_questions_are_cut_and_nothing_breaks() {
    let knowledge = shop().open();
    let many = (0..2000).fold(String::new(), |text, i| text + &format!("word{i} "));
    assert_eq!(visitor_asks(&knowledge, &format!("{many} delivery")), "escalate");
    assert_eq!(knowledge.search(&Question::new(many)).unwrap().words, 32);
    visitor_asks(&knowledge, &"é".repeat(10_000));
    visitor_asks(&knowledge, "\u{0}\u{202e}\u{fffd}");
}

#[test]
fn an_editor_replaces_what_ships_with_the_program() {
    let desk = shop();
    desk.write("_builtin/en/thanks.md", "---\ntitle: T\nquestions: [cheerio]\naction: smalltalk\n---\nAnytime.");
    desk.write("_builtin/en/_wording.yaml", "read_more: On you go\n");
    let knowledge = desk.open();
    assert_eq!(visitor_asks(&knowledge, "cheerio"), "_builtin/en/thanks");
    let snapshot = knowledge.snapshot();
    let english = snapshot.wording("en");
    assert_eq!(english.get("read_more").map(String::as_str), Some("On you go"));
    assert!(english.len() > 20);
    assert_ne!(snapshot.wording("de").get("offer_agent"), english.get("offer_agent"));
    assert_eq!(snapshot.wording("xx"), english);
    assert_eq!(snapshot.wording("de-CH"), snapshot.wording("de"));
}

#[test]
fn changes_are_seen_after_a_reload() {
    let desk = shop();
    let knowledge = desk.open();
    let before = knowledge.snapshot();
    assert!(!knowledge.reload().unwrap());

    desk.write("payment/vat.md", "---\ntitle: Do you reclaim VAT?\n---\nYes, with a form.");
    desk.remove("returns/how.md");
    assert!(knowledge.reload().unwrap());
    assert_eq!(visitor_asks(&knowledge, "reclaim vat"), "payment/vat");
    assert!(knowledge.snapshot().article("returns/how").is_none());
    assert!(before.article("returns/how").is_some(), "a search that has begun keeps what it has");
    assert_ne!(before.version(), knowledge.snapshot().version());
    assert_eq!(knowledge.snapshot().article_count(), 5);
}

#[test]
fn a_broken_file_keeps_its_last_good_version() {
    let desk = shop();
    let knowledge = desk.open();
    let damages: [&[u8]; 4] = [b"---\ntitle: [\n---\nnew", b"---\ntitle: half of it", b"caf\xe9", b""];
    for damage in damages {
        desk.write("delivery/time.md", damage);
        knowledge.reload().unwrap();
        assert_eq!(visitor_asks(&knowledge, "when will my order arrive"), "delivery/time");
        let skipped: Vec<_> = knowledge.snapshot().library().skipped.iter().map(|file| file.path.clone()).collect();
        assert_eq!(skipped, ["delivery/time.md"], "{damage:?}");
    }
    desk.write("delivery/time.md", "---\ntitle: Zeppelin timetable\n---\nDaily.");
    assert!(knowledge.reload().unwrap());
    assert_eq!(visitor_asks(&knowledge, "zeppelin timetable"), "delivery/time");
    assert!(knowledge.snapshot().library().skipped.is_empty());
}

#[test]
fn a_lost_folder_leaves_the_articles_as_they_were() {
    let desk = shop();
    let knowledge = desk.open();
    fs::rename(desk.folder.path(), desk.cache.path().join("away")).unwrap();
    assert!(matches!(knowledge.reload(), Err(KnowledgeError::UnreadableFolder { .. })));
    assert_eq!(visitor_asks(&knowledge, "when will my order arrive"), "delivery/time");
    fs::create_dir(desk.folder.path()).unwrap();
}

#[test]
fn the_folder_is_watched() {
    let desk = shop();
    let knowledge = Arc::new(desk.open());
    let (sender, changes) = mpsc::channel();
    let _watch = knowledge
        .watch(move || {
            let _ = sender.send(());
        })
        .unwrap();
    desk.write("payment/vat.md", "---\ntitle: Do you reclaim VAT?\n---\nYes, with a form.");
    changes.recv_timeout(Duration::from_secs(30)).unwrap();
    assert_eq!(visitor_asks(&knowledge, "reclaim vat"), "payment/vat");
}

#[test]
fn questions_can_be_hidden_from_their_articles() {
    let snapshot = shop().open().snapshot();
    let without = snapshot.without_questions(|article, _| article.id.as_str() == "delivery/time").unwrap();
    let question = Question { locale: Some("en".to_owned()), ..Question::new("when will my order arrive") };
    let nearness = |hits: Hits| {
        let hit = hits.hits.into_iter().find(|hit| hit.article.id.as_str() == "delivery/time");
        hit.map_or(0.0, |hit| hit.features.l_cos)
    };
    assert!(nearness(snapshot.search(&question).unwrap()) > 0.99);
    assert!(nearness(without.search(&question).unwrap()) < 0.5);
}

#[test]
fn a_missing_folder_says_so() {
    let options = Options { folder: Path::new("/nowhere/at/all").to_owned(), ..Options::default() };
    let error = Knowledge::open(options).err().map(|error| error.to_string());
    assert_eq!(
        error.as_deref(),
        Some("cannot read the knowledge base in /nowhere/at/all: check the path and its permissions")
    );
}
