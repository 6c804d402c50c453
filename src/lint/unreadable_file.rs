//! A file that looks like an article cannot be read: it is not UTF-8, too large, no regular file, or links to a place
//! outside the folder.

use crate::lint::{Finding, KnowledgeBase, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "unreadable-file",
    severity: Severity::Error,
    summary: "A file of the knowledge base is not read",
    source: include_str!("unreadable_file.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let files = knowledge_base.unreadable.iter();
    files.map(|file| Finding::new(&file.path, 1, format!("the file is not served: it {}", file.reason))).collect()
}
