use std::{fs, path::Path, sync::Arc};

use super::*;
use crate::knowledge::{Knowledge, Options};

fn knowledge(files: &[(&str, &str)]) -> Knowledge {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).unwrap();
        fs::write(path, text).unwrap();
    }
    let options = Options { folder: folder.path().to_owned(), locale: "en".to_owned(), ..Options::default() };
    Knowledge::open(options).unwrap()
}

fn with<T>(files: &[(&str, &str)], use_site: impl Fn(&Site<'_>) -> T) -> T {
    let snapshot: Arc<Snapshot> = knowledge(files).snapshot();
    use_site(&Site { url: "https://desk.example", name: "Shop", snapshot: &snapshot })
}

fn article(text: &str, id: &str) -> Option<String> {
    with(&[("a/b.md", text)], |site| page(site, id, false))
}

#[test]
fn every_word_is_escaped_and_every_link_safe() {
    let text =
        "---\ntitle: <script>\n---\n<img src=x onerror=alert(1)> **a\"b** [x](javascript:alert(1)) [y](../c.md)\n";
    let html = article(text, "a/b").unwrap();
    for part in [
        "<title>&lt;script&gt; · Shop Help</title>",
        "<strong>a&quot;b</strong>",
        "<a href=\"/help/c\"",
        "\\u003cscript>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    for part in ["<script>", "<img", "javascript:"] {
        assert!(!html.contains(part), "{part} in {html}");
    }
}

#[test]
fn what_is_not_for_visitors_is_not_there() {
    assert!(article("---\naudience: agents\n---\nsecret", "a/b").is_none());
    assert!(article("---\ndraft: true\n---\nsecret", "a/b").is_none());
    assert!(article("---\ndraft: true\n---\nsecret", "a").is_none());
    for id in ["a/c", "_builtin/en/greeting", "_builtin/en", "../a/b", ""] {
        assert!(article("text", id).is_none(), "{id}");
    }
}

#[test]
fn headings_can_be_linked_to_and_three_of_them_are_listed() {
    assert!(article("# T\n\n## How long?\n\nx\n", "a/b").unwrap().contains("<h2 id=\"how-long\""));
    let faq = "# T\n\n## What is it?\n\nA thing.\n\n## Is it good?\n\nYes.\n";
    let html = article(faq, "a/b").unwrap();
    assert!(html.contains("<h2 id=\"is-it-good\"") && !html.contains("class=\"contents\""), "{html}");
    let three = article(&format!("{faq}\n## Why?\n\nSo.\n"), "a/b").unwrap();
    assert!(three.contains("class=\"contents\"") && three.contains("<a href=\"#why\">Why?</a>"), "{three}");
}

#[test]
fn folders_are_categories() {
    let files = [
        ("gift-cards/one.md", "# One\n\nx"),
        ("gift-cards/two.md", "---\nupdated: 2026-03-01\n---\n# Two\n\nx"),
        ("top.md", "# Top\n\nx"),
    ];
    with(&files, |site| {
        let home = home(site, "en");
        for part in ["<a href=\"/help/gift-cards\">Gift cards</a>", "<h2>General</h2>", "href=\"/help/top\""] {
            assert!(home.contains(part), "{part} in {home}");
        }
        assert!(page(site, "gift-cards", false).unwrap().contains("<h1 dir=\"auto\">Gift cards</h1>"));
        let article = page(site, "gift-cards/two", false).unwrap();
        for part in [
            "<link rel=\"canonical\" href=\"https://desk.example/help/gift-cards/two\">",
            "\"dateModified\":\"2026-03-01\"",
            "\"@type\":\"BreadcrumbList\"",
            "<form method=\"post\" action=\"/help/gift-cards/two\"",
        ] {
            assert!(article.contains(part), "{part} in {article}");
        }
    });
}

#[test]
fn versions_in_other_languages_know_each_other() {
    let files = [("a.md", "# A\n\nx"), ("de/a.md", "---\nlocale: de\ntranslation_of: a\n---\n# Ein A\n\nx")];
    with(&files, |site| {
        let english = page(site, "a", false).unwrap();
        assert!(english.contains("hreflang=\"de\" href=\"https://desk.example/help/de/a\""), "{english}");
        assert!(english.contains("hreflang=\"x-default\" href=\"https://desk.example/help/a\""), "{english}");
        let german = page(site, "de/a", true).unwrap();
        assert!(german.starts_with("<!doctype html><html lang=\"de\" dir=\"ltr\">"), "{german}");
        assert!(german.contains("Danke für die Rückmeldung"), "{german}");
        assert!(home(site, "de").contains("Ein A") && !home(site, "en").contains("Ein A"));
        assert!(sitemap(site).contains("<loc>https://desk.example/help/de/a</loc>"));
    });
}

#[test]
fn results_mark_the_words_and_name_what_was_not_found() {
    let files = [
        ("a.md", "# Return a lamp\n\nReturns are free."),
        ("b.md", "---\naudience: agents\n---\n# Return secrets\n\nx"),
    ];
    with(&files, |site| {
        let found = search::find(site.snapshot, "retu", "en", &[]);
        assert_eq!(found.len(), 1);
        let html = results(site, "retu", "en", &found);
        assert!(html.contains("<mark>Return</mark> a lamp") && html.contains("noindex"), "{html}");
        let nothing = results(site, "<x>", "en", &[]);
        assert!(nothing.contains("Nothing found for “&lt;x&gt;”"), "{nothing}");
    });
}
