//! A heading is followed by the next one of its level, or by the end of the article.
//!
//! On a page of questions that is a question without an answer. Write the text, or take the heading out.

use crate::lint::{Finding, KnowledgeBase, PageFile, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "empty-section",
    severity: Severity::Warning,
    summary: "A heading has nothing below it",
    source: include_str!("empty_section.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let files = knowledge_base.files().filter(|file| !file.page.is_hidden());
    files.flat_map(empty_sections).collect()
}

fn empty_sections(file: &PageFile) -> Vec<Finding> {
    let headings = file.page.outline.headings.iter().filter(|heading| heading.is_empty && heading.level > 1);
    let message = |text: &str| format!("nothing is written below \"{text}\": write it, or take the heading out");
    headings.map(|heading| Finding::new(&file.path, heading.line, message(&heading.text))).collect()
}
