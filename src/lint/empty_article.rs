//! An article has no text below its title.
//!
//! The bot finds it and has nothing to say. Write the answer, or set `draft: true` until it is there.

use crate::{
    article::Action,
    lint::{Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "empty-article",
    severity: Severity::Warning,
    summary: "An article says nothing",
    source: include_str!("empty_article.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let files = knowledge_base.files().filter(|file| {
        let page = &file.page;
        let answers = matches!(page.article.action, Action::Answer | Action::Escalate);
        answers && page.questions.is_empty() && page.article.body.is_empty() && !page.is_hidden()
    });
    let message = "the article says nothing: write the answer, or set `draft: true`";
    files.map(|file| Finding::new(&file.path, 1, message)).collect()
}
