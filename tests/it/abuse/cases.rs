//! The list of cases: each has a test of its number, those that happen on a screen one in a browser too.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const CASES: u8 = 47;

/// Attacks on what frontdesk does not have. Their tests show that it is not there.
const NOT_THERE: [(u8, &str); 4] = [
    (21, "the widget is an element of the site's own page: there is no page of it that could be framed"),
    (36, "the server opens no address that anybody gives it: no webhooks, no pictures from elsewhere"),
    (37, "there are no webhooks that could be forged or sent again"),
    (39, "nothing can be uploaded"),
];

/// What only a browser can show.
const IN_A_BROWSER: [u8; 9] = [1, 2, 3, 4, 5, 16, 20, 22, 42];

#[test]
fn every_case_has_a_test() {
    let in_rust = cases(&["src", "tests"], "rs", "fn a");
    let in_a_browser = cases(&["tests/browser"], "mjs", "test('a");
    let missing: Vec<u8> = (1..=CASES).filter(|case| !in_rust.contains(case)).collect();
    assert_eq!(missing, [0; 0], "without a test in Rust");
    let missing: Vec<u8> = IN_A_BROWSER.into_iter().filter(|case| !in_a_browser.contains(case)).collect();
    assert_eq!(missing, [0; 0], "without a test in a browser");
    assert!(NOT_THERE.len() <= 8 && NOT_THERE.iter().all(|(_, why)| !why.is_empty()));
}

/// The numbers of all cases that have a test in these folders, found by how tests are named: `a07_…`, `a06_a07_…`.
fn cases(folders: &[&str], extension: &str, before: &str) -> BTreeSet<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in folders {
        collect(&root.join(folder), extension, &mut files);
    }
    assert!(!files.is_empty(), "the tests were not found");
    let texts = files.iter().map(|file| fs::read_to_string(file).unwrap());
    texts.flat_map(|text| numbers(&text, before)).collect()
}

fn numbers(text: &str, before: &str) -> Vec<u8> {
    let names = text.match_indices(before).map(|(at, _)| &text[at + before.len() - 1..]);
    names.flat_map(|name| name.split('_').map_while(number).collect::<Vec<_>>()).collect()
}

fn number(part: &str) -> Option<u8> {
    part.strip_prefix('a').filter(|digits| digits.len() == 2)?.parse().ok()
}

fn collect(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(&path, extension, files);
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
}

#[test]
fn names_say_which_case_they_are() {
    let text = "async fn a06_a07_visitors() {}\nfn a41_no() {}\nfn a_stopping_server() {}\nfn add() {}";
    assert_eq!(numbers(text, "fn a"), [6, 7, 41]);
    assert_eq!(numbers("test('a01_markup', x); test('a screen')", "test('a"), [1]);
}
