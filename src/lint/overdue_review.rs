//! The day under `review_by` is over.
//!
//! Read the article again, correct what is no longer true, and set the next day.

use crate::lint::{Finding, KnowledgeBase, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "overdue-review",
    severity: Severity::Warning,
    summary: "The day of an article's review is over",
    source: include_str!("overdue_review.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let Some(today) = knowledge_base.today else { return Vec::new() };
    let overdue = knowledge_base.files().filter_map(|file| {
        let day = file.page.article.review_by.filter(|day| *day < today)?;
        Some((file, day))
    });
    let message = |day| format!("it was to be reviewed by {day}: read it again and set the next day");
    overdue.map(|(file, day)| Finding::new(&file.path, file.page.line_of("review_by"), message(day))).collect()
}
