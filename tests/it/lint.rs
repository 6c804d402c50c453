//! Every rule has a fixture with its exact findings, a manual and a stable name.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use frontdesk::{
    article::ArticleId,
    cli::check::{ask_index, knowledge_base},
    knowledge::folder,
    lint::{self, Asked, KnowledgeBase, Neighbours, RULES},
};
use jiff::civil::date;

use crate::support::demo;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint")
}

/// The knowledge base in a fixture's folder; `_neighbours.txt` and `_asked.txt` say what the index would.
fn read(fixture: &Path) -> KnowledgeBase {
    let folder = folder::read(fixture).expect("a fixture is a folder");
    let mut knowledge_base = knowledge_base(&folder, "en", Some(date(2026, 6, 1)));
    let neighbours = fs::read_to_string(fixture.join("_neighbours.txt")).unwrap_or_default();
    knowledge_base.neighbours.extend(neighbours.lines().map(neighbours_of));
    let asked = fs::read_to_string(fixture.join("_asked.txt")).unwrap_or_default();
    knowledge_base.asked.extend(asked.lines().map(asked_of));
    knowledge_base
}

fn asked_of(line: &str) -> Asked {
    let [article, first, phrasing] =
        line.splitn(3, ' ').collect::<Vec<_>>().try_into().expect("two ids and a question");
    Asked { article: ArticleId(article.into()), first: Some(ArticleId(first.into())), phrasing: phrasing.to_owned() }
}

fn neighbours_of(line: &str) -> Neighbours {
    let [article, other, similarity] = line.split(' ').collect::<Vec<_>>().try_into().expect("two ids and a number");
    let similarity = similarity.parse().expect("a number");
    Neighbours { article: ArticleId(article.into()), other: ArticleId(other.into()), similarity }
}

fn found(rule: &str) -> String {
    let diagnostics = lint::run(&read(&fixtures().join(rule)));
    diagnostics.iter().fold(String::new(), |text, diagnostic| text + &diagnostic.to_string() + "\n")
}

#[test]
fn every_fixture_gives_exactly_what_it_expects() {
    for rule in RULES {
        let expected = fixtures().join(rule.name).join("_expected.txt");
        let expected = fs::read_to_string(expected).unwrap_or_default();
        let found = found(rule.name);
        assert!(found.contains(&format!(" {} ", rule.name)), "the fixture of {} does not show it:\n{found}", rule.name);
        assert_eq!(found, expected, "findings in tests/fixtures/lint/{}", rule.name);
    }
}

#[test]
fn every_fixture_belongs_to_a_rule() {
    let fixtures: BTreeSet<String> = fs::read_dir(fixtures())
        .expect("there are fixtures")
        .map(|entry| entry.expect("a fixture").file_name().to_string_lossy().into_owned())
        .collect();
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(fixtures, rules);
}

#[test]
fn every_rule_has_a_file_of_its_name_and_a_manual() {
    for rule in RULES {
        let file = format!("src/lint/{}.rs", rule.name.replace('-', "_"));
        let source = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap_or_default();
        assert!(source.starts_with("//! "), "{file} does not begin with its manual");
        let manual = rule.manual();
        assert!(manual.split_whitespace().count() >= 20, "the manual in {file} is too short:\n{manual}");
        assert!(source.contains(manual.lines().next().unwrap_or("?")), "{file} is not the source of {}", rule.name);
    }
}

/// Editors, code review and suppressions refer to these names: rename none.
#[test]
fn names_are_stable() {
    let names = RULES.map(|rule| format!("{} {}", rule.severity, rule.name)).join("\n");
    insta::assert_snapshot!(names, @r"
    error broken-front-matter
    warning broken-link
    error broken-yaml
    warning contradicting-question
    warning duplicate-question
    warning empty-article
    warning empty-section
    warning hidden-link
    warning misspelt-key
    warning missing-alt-text
    warning missing-image
    warning missing-questions
    warning missing-title
    warning missing-translation-source
    info near-duplicate
    warning overdue-review
    warning overlong-passage
    warning overshadowed-question
    warning raw-html
    warning skipped-heading
    warning translation-without-locale
    error unclosed-front-matter
    info unknown-key
    warning unknown-placeholder
    warning unreachable-article
    error unreadable-file
    warning unsafe-link
    info untested-article
    warning unused-questions
    warning wrong-value
    ");
}

#[test]
fn what_we_ship_has_no_findings_but_notes() {
    for folder in ["knowledge-base", "builtin"] {
        let knowledge_base = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        let findings = lint::run(&KnowledgeBase { today: None, ..knowledge_base });
        let findings: Vec<_> = findings.iter().filter(|finding| finding.severity != lint::Severity::Info).collect();
        assert!(findings.is_empty(), "in {folder}: {findings:#?}");
    }
}

#[test]
fn the_index_finds_each_of_the_demos_articles_by_its_own_questions() {
    let mut knowledge_base =
        KnowledgeBase { today: None, ..read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge-base")) };
    ask_index(&demo(), &mut knowledge_base).expect("the index can be asked");
    assert!(knowledge_base.asked.len() > 500, "{} questions", knowledge_base.asked.len());
    let about_the_index = ["overshadowed-question", "unreachable-article", "near-duplicate"];
    let findings = lint::run(&knowledge_base);
    let findings: Vec<_> = findings.iter().filter(|finding| about_the_index.contains(&finding.rule)).collect();
    assert!(findings.is_empty(), "{findings:#?}");
}
