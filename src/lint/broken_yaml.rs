//! An `_answers.yaml`, `_synonyms.yaml` or `_wording.yaml` cannot be read, so nothing in it has an effect.
//!
//! Most often a text holds a colon followed by a space and needs quotes, or a line is indented by the wrong number of
//! spaces.

use crate::{
    article::ProblemKind,
    lint::{Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "broken-yaml",
    severity: Severity::Error,
    summary: "A YAML file of the knowledge base cannot be read",
    source: include_str!("broken_yaml.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.met(ProblemKind::BrokenYaml)
}
