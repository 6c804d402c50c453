//! A key is at most two letters away from one that means something, and is ignored as it stands.
//!
//! Correct it. If it is meant for another program, a name that is less alike avoids the doubt.

use crate::{
    article::ProblemKind,
    lint::{Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "misspelt-key",
    severity: Severity::Warning,
    summary: "A key is nearly one that means something",
    source: include_str!("misspelt_key.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.met(ProblemKind::MisspeltKey)
}
