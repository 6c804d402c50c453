//! A heading is more than one level below the one before it, or below the title.
//!
//! People who listen to a page find their way by the levels. The title is level 1, so the first headings are `##`.

use crate::lint::{Finding, KnowledgeBase, PageFile, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "skipped-heading",
    severity: Severity::Warning,
    summary: "A heading is more than one level below the one before",
    source: include_str!("skipped_heading.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.files().flat_map(skips).collect()
}

fn skips(file: &PageFile) -> Vec<Finding> {
    let mut above = 1;
    let mut findings = Vec::new();
    for heading in &file.page.outline.headings {
        if heading.level > above + 1 {
            let message = format!(
                "\"{}\" has level {} below level {above}: write it with {}",
                heading.text,
                heading.level,
                "#".repeat(usize::from(above) + 1)
            );
            findings.push(Finding::new(&file.path, heading.line, message));
        }
        above = heading.level;
    }
    findings
}
