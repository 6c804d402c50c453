//! The knowledge base has answer tests, and none expects this article.
//!
//! Add one to an `_answers.yaml`, in words that its questions do not use, and `frontdesk test` will say when the article
//! is no longer found.

use std::collections::HashSet;

use crate::{
    article::{ArticleId, Audience},
    lint::{Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "untested-article",
    severity: Severity::Info,
    summary: "No answer test expects an article",
    source: include_str!("untested_article.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let tested: HashSet<&str> =
        knowledge_base.tests().flat_map(|(_, test)| test.expect.articles()).map(ArticleId::as_str).collect();
    if tested.is_empty() {
        return Vec::new();
    }
    let untested = knowledge_base.articles().filter(|(file, article)| {
        let is_served = !file.page.is_hidden() && article.audience == Audience::Public && !article.id.is_builtin();
        is_served && !tested.contains(article.id.as_str())
    });
    let message = |id| format!("no answer test expects `{id}`: add one to an _answers.yaml");
    untested.map(|(file, article)| Finding::new(&file.path, article.line, message(&article.id))).collect()
}
