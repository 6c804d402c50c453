//! A key means nothing to frontdesk. It is kept and ignored, which is right when it is meant for another program.

use crate::{
    article::ProblemKind,
    lint::{Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "unknown-key",
    severity: Severity::Info,
    summary: "A key means nothing here",
    source: include_str!("unknown_key.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.met(ProblemKind::UnknownKey)
}
