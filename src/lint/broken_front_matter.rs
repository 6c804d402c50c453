//! The YAML between the two `---` lines at the head of an article cannot be read.
//!
//! Its title, its questions and all else in it are ignored. While the server runs, the last good version of the
//! article stays; at the next start the body is served, unless the broken text contains `draft` or `audience`:
//! better silent than leaked. Most often a value holds a colon and needs quotes: `title: "Refunds: how long?"`.

use crate::{
    article::{self, ProblemKind},
    lint::{Finding, KnowledgeBase, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "broken-front-matter",
    severity: Severity::Error,
    summary: "The YAML between the two --- lines cannot be read",
    source: include_str!("broken_front_matter.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let mut findings = knowledge_base.met(ProblemKind::BrokenFrontMatter);
    for finding in &mut findings {
        if is_withheld(knowledge_base, &finding.path) {
            finding.message.push_str("; until then the article is not served, for it may not be for everybody");
        }
    }
    findings
}

fn is_withheld(knowledge_base: &KnowledgeBase, path: &str) -> bool {
    knowledge_base.page(&article::article_id(path)).is_some_and(|file| file.page.is_withheld)
}
