//! What `doctor` says of desks that are well and of those that are not.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use frontdesk::clock::{Clock, SystemClock};
use jiff::SignedDuration;
use serde_json::Value;
use tempfile::TempDir;

/// A desk's folders, and what its settings say.
struct Patient {
    folder: TempDir,
    settings: Vec<(String, String)>,
}

impl Patient {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("articles")).unwrap();
        fs::write(folder.path().join("articles/owl.md"), "# Where is the owl?\n\nIn the tree.\n").unwrap();
        Self { folder, settings: Vec::new() }
    }

    fn with(mut self, setting: &str, value: &str) -> Self {
        self.settings.push((format!("FRONTDESK_{setting}"), value.to_owned()));
        self
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn runs(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        command.args(arguments).current_dir(self.folder.path()).envs(self.settings.iter().cloned());
        command.arg("--data").arg(self.path("data")).arg("--knowledge").arg(self.path("articles"));
        command.env("FRONTDESK_SERVER__LISTEN", "127.0.0.1:0").output().unwrap()
    }

    /// Every finding, and the exit code.
    fn is_examined(&self) -> (Vec<Value>, Option<i32>) {
        let output = self.runs(&["doctor", "--json"]);
        let text = String::from_utf8(output.stdout).unwrap();
        let findings = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{text} {:?}", output.stderr));
        (findings, output.status.code())
    }
}

/// The finding that says this, and how serious it is.
fn health<'a>(findings: &'a [Value], what: &str) -> &'a str {
    let is_it = |finding: &&Value| finding["what"].as_str().unwrap().contains(what);
    let finding = findings.iter().find(is_it).unwrap_or_else(|| panic!("{what:?} in {findings:#?}"));
    let has_advice = !finding["advice"].as_str().unwrap().is_empty();
    assert_eq!(has_advice, finding["health"] != "good", "what is not well comes with advice: {finding}");
    finding["health"].as_str().unwrap()
}

#[test]
fn a_healthy_desk_is_told_so_part_by_part() {
    let desk = Patient::new();
    let (findings, code) = desk.is_examined();
    assert_eq!(code, Some(0), "{findings:#?}");
    for part in [
        "1 articles in",
        "search index",
        "built-in model",
        "data folder",
        "the database is whole",
        "the database can be read and written",
        "from the future",
        "files",
        "it is 2",
    ] {
        assert_eq!(health(&findings, part), "good", "{part}");
    }
    let text = desk.runs(&["doctor"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("ok    ") && text.contains("→"), "{text}");
}

#[test]
fn what_is_not_well_is_named_with_what_to_do() {
    let table: [(Patient, &str, &str); 9] = [
        (Patient::new().with("SERVER__PUBLIC_URL", "http://desk.example"), "is not https", "look"),
        (Patient::new().with("SERVER__PUBLIC_URL", "https://desk.example"), "no proxy is trusted", "look"),
        (Patient::new().with("SERVER__ALLOWED_ORIGINS", "*"), "every site may embed", "look"),
        (Patient::new().with("SERVER__ALLOWED_ORIGINS", "http://shop.example"), "without TLS", "look"),
        (Patient::new().with("IDENTITY__SECRETS", "short"), "fewer than 32", "look"),
        (Patient::new().with("ANSWERS__MODEL", "lexical"), "words alone", "look"),
        (Patient::new().with("ANSWERS__MODEL", "encoder"), "is not whole", "bad"),
        (Patient::new().with("LIMITS__MAX_CONNECTIONS", "4000000"), "max_connections is 4000000", "look"),
        (Patient::new(), "no agents yet", "look"),
    ];
    for (desk, what, expected) in table {
        let (findings, code) = desk.is_examined();
        assert_eq!(health(&findings, what), expected, "{what}");
        assert_eq!(code, Some(i32::from(findings.iter().any(|finding| finding["health"] == "bad"))), "{what}");
    }
}

#[test]
fn broken_articles_are_counted() {
    let desk = Patient::new();
    fs::write(desk.path("articles/latin.md"), b"caf\xe9").unwrap();
    fs::write(desk.path("articles/bad.md"), "---\ntitle: [\n---\nx\n").unwrap();
    let (findings, _) = desk.is_examined();
    assert_eq!(health(&findings, "1 files left out"), "look");
    assert_eq!(health(&findings, "errors"), "look");
}

#[test]
fn a_damaged_database_is_bad_and_left_as_it_is() {
    let desk = Patient::new();
    desk.is_examined();
    let database = desk.path("data/frontdesk.db");
    damage(&database);
    let before = fs::read(&database).unwrap();
    let (findings, code) = desk.is_examined();
    assert_eq!((health(&findings, "the database in"), code), ("bad", Some(1)));
    assert_eq!(fs::read(&database).unwrap(), before);
}

fn damage(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    bytes.iter_mut().skip(4096).step_by(7).for_each(|byte| *byte ^= 0xff);
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_database_from_the_future_means_a_wrong_clock() {
    let desk = Patient::new();
    desk.is_examined();
    let ahead = SystemClock.now() + SignedDuration::from_hours(3);
    fs::write(desk.path("data/note"), "x").unwrap();
    fs::File::options().append(true).open(desk.path("data/note")).unwrap().set_modified(ahead.into()).unwrap();
    assert_eq!(health(&desk.is_examined().0, "minutes from now"), "look");
}
