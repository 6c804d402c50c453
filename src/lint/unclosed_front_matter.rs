//! The front matter begins with `---` and no second `---` line ends it.
//!
//! The first lines that look like YAML are read as front matter, the rest is the body. Add a line with only `---`
//! after the last key. A text that contains `draft` or `audience` is not served until then.

use crate::{
    article::ProblemKind,
    lint::{Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "unclosed-front-matter",
    severity: Severity::Error,
    summary: "The front matter has no closing --- line",
    source: include_str!("unclosed_front_matter.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.met(ProblemKind::UnclosedFrontMatter)
}
