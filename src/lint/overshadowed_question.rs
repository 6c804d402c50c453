//! The index finds another article first for one of this article's own questions or for its title.
//!
//! A visitor who asks exactly that gets the wrong answer. Say it in words that only this article has, or name the
//! question under `not_questions` of the article that is found first.

use crate::lint::{Finding, KnowledgeBase, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "overshadowed-question",
    severity: Severity::Warning,
    summary: "A question finds another article first",
    source: include_str!("overshadowed_question.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let findings = knowledge_base.asked.iter().filter_map(|asked| {
        let first = asked.first.as_ref().filter(|first| **first != asked.article)?;
        if knowledge_base.is_unreachable(&asked.article) {
            return None;
        }
        let file = knowledge_base.page(&asked.article)?;
        let message =
            format!("\"{}\" finds `{first}` first: reword it, or name it under `not_questions` there", asked.phrasing);
        Some(Finding::new(&file.path, file.page.line_of_phrasing(&asked.phrasing), message))
    });
    findings.collect()
}
