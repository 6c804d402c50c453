//! A canned response contains `{{something}}` that nothing fills, so that the visitor sees the braces.
//!
//! `{{visitor.name}}` and `{{agent.name}}` are filled.

use crate::{
    article::canned::{self, PLACE_HOLDERS},
    lint::{CannedFile, Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "unknown-placeholder",
    severity: Severity::Warning,
    summary: "A canned response has a place holder that nothing fills",
    source: include_str!("unknown_placeholder.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.canned.iter().flat_map(unknown).collect()
}

fn unknown(file: &CannedFile) -> Vec<Finding> {
    let found = canned::place_holders(&file.text).into_iter();
    let unknown = found.filter(|holder| !PLACE_HOLDERS.contains(&holder.name.as_str()));
    let message =
        |name: &str| format!("nothing fills `{{{{{name}}}}}`: use {{{{visitor.name}}}} or {{{{agent.name}}}}");
    unknown.map(|holder| Finding::new(&file.path, holder.line, message(&holder.name))).collect()
}
