//! A link has a target that is neither http, https, mailto or tel nor a relative path, or a picture one that is neither
//! http or https nor a relative path.
//!
//! Its words are shown, the link is not.

use crate::{
    article::ProblemKind,
    lint::{Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "unsafe-link",
    severity: Severity::Warning,
    summary: "A link leads where visitors cannot go",
    source: include_str!("unsafe_link.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.met(ProblemKind::UnsafeLink)
}
