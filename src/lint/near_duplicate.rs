//! Two articles answer nearly the same questions, as the index sees them.
//!
//! The bot asks back where it could have answered. Merge them, or give each `not_questions` that belong to the other.

use crate::lint::{Finding, KnowledgeBase, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "near-duplicate",
    severity: Severity::Info,
    summary: "Two articles are hard to tell apart",
    source: include_str!("near_duplicate.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let findings = knowledge_base.neighbours.iter().filter_map(|pair| {
        let file = knowledge_base.page(&pair.article)?;
        let percent = (pair.similarity.clamp(0.0, 1.0) * 100.0).round();
        let message =
            format!("{percent} % like `{}`: merge the two, or give each `not_questions` of the other", pair.other);
        Some(Finding::new(&file.path, file.page.title_line(), message))
    });
    findings.collect()
}
