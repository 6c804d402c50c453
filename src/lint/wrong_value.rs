//! A key that frontdesk knows has a value that it cannot use, such as a list for a title or "soon" for a date.
//!
//! The value is ignored, except where silence is safer: a `draft` that is neither true nor false counts as a draft, an
//! unknown `audience` as `agents`.

use crate::{
    article::ProblemKind,
    lint::{Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "wrong-value",
    severity: Severity::Warning,
    summary: "A known key has a value of the wrong kind",
    source: include_str!("wrong_value.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.met(ProblemKind::WrongValue)
}
