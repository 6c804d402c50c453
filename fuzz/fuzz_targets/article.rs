//! Articles: front matter, markdown, and what is made of both. The same text is always the same page.
#![no_main]

use frontdesk::article::{passage::passages, read_page};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let page = read_page("folder/page.md", text);
    assert!(!page.article.title.is_empty());
    assert_eq!(page, read_page("folder/page.md", text));
    for article in std::iter::once(&page.article).chain(&page.questions) {
        let _ = passages(article);
    }
});
