//! An article has a title and no `questions`.
//!
//! The bot finds an article by the words visitors use. List three to eight ways in which they ask, in their own words,
//! short and different from one another. A page of questions needs none: each of its headings is one.

use crate::lint::{Finding, KnowledgeBase, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "missing-questions",
    severity: Severity::Warning,
    summary: "An article lists no other ways to ask",
    source: include_str!("missing_questions.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let files = knowledge_base.files().filter(|file| {
        let page = &file.page;
        page.article.questions.is_empty() && page.questions.is_empty() && !page.is_hidden() && !page.is_broken()
    });
    let message = "list under `questions:` three to eight other ways in which visitors ask this";
    files.map(|file| Finding::new(&file.path, file.page.title_line(), message)).collect()
}
