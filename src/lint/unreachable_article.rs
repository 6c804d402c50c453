//! The index finds other articles first for every question of this article, its title included.
//!
//! No visitor is ever answered with it. It is about what another article already says, or its questions are so general
//! that any article has their words. Merge it with the other one, or give it questions in its own words.

use crate::lint::{Finding, KnowledgeBase, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "unreachable-article",
    severity: Severity::Warning,
    summary: "None of an article's questions finds it",
    source: include_str!("unreachable_article.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let articles = knowledge_base.articles().filter(|(_, article)| knowledge_base.is_unreachable(&article.id));
    let findings = articles.map(|(file, article)| {
        let mut own = knowledge_base.asked.iter().filter(|asked| asked.article == article.id);
        let first = own.find_map(|asked| asked.first.as_ref());
        let instead = first.map(|first| format!("; `{first}` is found instead")).unwrap_or_default();
        let message = format!("nothing that visitors could ask finds `{}` first{instead}", article.id);
        Finding::new(&file.path, file.page.title_line(), message)
    });
    findings.collect()
}
