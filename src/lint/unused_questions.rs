//! A page of questions lists `questions` in its front matter.
//!
//! Each of its headings is found on its own, so that these lead to none of them. Put each into the heading that answers
//! it, or make that heading an article of its own with its own `questions`.

use crate::lint::{Finding, KnowledgeBase, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "unused-questions",
    severity: Severity::Warning,
    summary: "A page of questions lists questions that lead nowhere",
    source: include_str!("unused_questions.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let pages = knowledge_base.files().filter(|file| !file.page.questions.is_empty());
    let unused = pages.filter(|file| !file.page.article.questions.is_empty());
    let message = "each heading of this page is found on its own, so these `questions` lead nowhere";
    unused.map(|file| Finding::new(&file.path, file.page.line_of("questions"), message)).collect()
}
