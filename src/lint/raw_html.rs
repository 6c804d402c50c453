//! An article contains HTML, which chats do not show: its tags are dropped and its text is kept.
//!
//! Write it as markdown. A line break, a comment and a place holder such as `<your-name>` are fine.

use crate::{
    article::ProblemKind,
    lint::{Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "raw-html",
    severity: Severity::Warning,
    summary: "An article contains HTML",
    source: include_str!("raw_html.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.met(ProblemKind::RawHtml)
}
