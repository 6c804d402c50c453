//! A picture has no text between its square brackets.
//!
//! Visitors who cannot see it, and those whose chat shows no pictures, get these words instead. Say what it shows:
//! `![The label is on the bottom of the box](label.png)`.

use crate::lint::{Finding, KnowledgeBase, PageFile, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "missing-alt-text",
    severity: Severity::Warning,
    summary: "A picture has no words for those who cannot see it",
    source: include_str!("missing_alt_text.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.files().flat_map(without_words).collect()
}

fn without_words(file: &PageFile) -> Vec<Finding> {
    let images = file.page.outline.images.iter().filter(|image| image.alt.is_empty());
    let message =
        |src: &str| format!("`{src}` has no words for those who cannot see it: write ![what it shows]({src})");
    images.map(|image| Finding::new(&file.path, image.line, message(&image.src))).collect()
}
