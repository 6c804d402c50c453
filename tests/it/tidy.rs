//! The source's own rules: who may import whom, and what the pure modules may not name.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Bottom to top; a row names only rows above it.
const MAY_IMPORT: [(&str, &[&str]); 20] = [
    ("block", &[]),
    ("conversation", &["block"]),
    ("queue", &["conversation"]),
    ("article", &["block"]),
    ("answer", &["block", "article", "conversation"]),
    ("lint", &["block", "article"]),
    ("protocol", &["block", "conversation", "queue"]),
    ("clock", &[]),
    ("password", &[]),
    ("config", &[]),
    ("knowledge", &["block", "article"]),
    ("archive", &["conversation"]),
    ("help", &["block", "article", "knowledge"]),
    ("store", &["conversation", "queue"]),
    ("bell", &["conversation"]),
    (
        "chat",
        &["block", "conversation", "queue", "article", "answer", "clock", "password", "knowledge", "store", "bell"],
    ),
    (
        "server",
        &[
            "block",
            "conversation",
            "queue",
            "protocol",
            "clock",
            "config",
            "archive",
            "chat",
            "help",
            "store",
            "bell",
            "knowledge",
            "article",
        ],
    ),
    (
        "cli",
        &[
            "block",
            "conversation",
            "queue",
            "article",
            "answer",
            "lint",
            "clock",
            "password",
            "config",
            "knowledge",
            "help",
            "archive",
            "store",
            "bell",
            "chat",
            "server",
            "protocol",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

const PURE: [&str; 7] = ["block", "conversation", "queue", "article", "answer", "lint", "protocol"];

const NOT_IN_PURE: [&str; 12] = [
    "tokio::",
    "axum::",
    "rusqlite::",
    "tantivy::",
    "std::fs",
    "std::net",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "getrandom",
    "async fn",
    "std::env",
];

#[test]
fn modules_import_only_what_the_table_allows() {
    let mut broken = Vec::new();
    for (module, files) in modules() {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else {
            broken.push(format!("{module}: not in the table"));
            continue;
        };
        for file in files {
            let text = production_code(&file);
            for imported in imports(&text) {
                if imported != module && !allowed.contains(&imported.as_str()) {
                    broken.push(format!("{}: may not import `{imported}`", file.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn pure_modules_name_no_io_no_clock_and_no_chance() {
    let mut broken = Vec::new();
    for (module, files) in modules().into_iter().filter(|(module, _)| PURE.contains(&module.as_str())) {
        for file in files {
            let text = production_code(&file);
            for word in NOT_IN_PURE.iter().filter(|word| text.contains(**word)) {
                broken.push(format!("{} ({module}): names `{word}`", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn production_code_writes_crate_not_super() {
    let files = modules().into_values().flatten();
    let broken: Vec<_> = files.filter(|file| production_code(file).contains("super::")).collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn only_its_home_knows_a_library() {
    let homes: [(&str, &[&str]); 4] = [
        ("rusqlite::", &["store"]),
        ("tantivy::", &["knowledge", "archive"]),
        ("axum::", &["server"]),
        ("utoipa", &["server", "protocol"]),
    ];
    for (library, homes) in homes {
        for (module, files) in modules() {
            let knows = files.iter().any(|file| production_code(file).contains(library));
            assert!(!knows || homes.contains(&module.as_str()), "{module} names {library}");
        }
    }
}

#[test]
fn sql_is_put_together_from_fixed_words_only() {
    let mut broken = Vec::new();
    for file in &modules()["store"] {
        let text = production_code(file);
        for (at, _) in text.match_indices("format!(") {
            let call = text[at..].split('"').nth(1).unwrap_or_default();
            let is_sql =
                ["SELECT", "WHERE", "INSERT", "UPDATE", "DELETE", "ORDER BY"].iter().any(|word| call.contains(word));
            let is_constant = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            let mut names = call.split('{').skip(1).filter_map(|rest| rest.split('}').next());
            if is_sql && !names.all(is_constant) {
                broken.push(format!("{}: {call}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "values belong into parameters:\n{}", broken.join("\n"));
}

#[test]
fn files_stay_small_enough_to_read() {
    let mut broken = Vec::new();
    for file in modules().into_values().flatten() {
        let lines = production_code(&file).lines().count();
        if lines > 400 {
            broken.push(format!("{}: {lines} lines of code", file.display()));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// The source files of each module of the crate.
fn modules() -> BTreeMap<String, Vec<PathBuf>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = BTreeMap::<String, Vec<PathBuf>>::new();
    for file in rust_files(&source) {
        let first = file.strip_prefix(&source).unwrap().components().next().unwrap();
        let module = Path::new(first.as_os_str()).file_stem().unwrap().to_string_lossy().into_owned();
        modules.entry(module).or_default().push(file);
    }
    assert!(modules.len() > 5, "the source was not found");
    modules
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The file without comments and without its tests, which stand last.
fn production_code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let is_test_file = file.file_name().is_some_and(|name| name == "tests.rs");
    let tests = text.match_indices("#[cfg(test)]\n").find(|(at, mark)| is_module(&text[at + mark.len()..]));
    let code = tests.map_or(text.as_str(), |(at, _)| &text[..at]);
    let lines = if is_test_file { "" } else { code }.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

fn is_module(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.contains("mod ") && line.ends_with('{'))
}

/// The first path segment after each `crate::`, members of `crate::{…}` groups too.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in text.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => found.extend(group_members(group)),
            None => found.extend(first_word(rest)),
        }
    }
    found
}

fn group_members(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut members = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(String::new()),
            c if depth == 0 => members.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    members.iter().filter_map(|member| first_word(member.trim())).collect()
}

fn first_word(text: &str) -> Option<String> {
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

#[test]
fn imports_are_found_in_groups_and_alone() {
    let found = imports("use crate::{answer::{self, Facts}, bell::Ring,\n chat};\nlet x = crate::clock::new_id();");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["answer", "bell", "chat", "clock"]);
}
