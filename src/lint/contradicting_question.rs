//! An article names the same question under `questions` (or as its title) and under `not_questions`.
//!
//! The near miss wins: the article does not answer it. Take one of the two out.

use std::{collections::HashSet, iter};

use crate::lint::{Finding, KnowledgeBase, PageFile, Rule, Severity, duplicate_question::normalised};

pub(crate) const RULE: Rule = Rule {
    name: "contradicting-question",
    severity: Severity::Warning,
    summary: "An article lists the same question as its own and as a near miss",
    source: include_str!("contradicting_question.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.files().flat_map(contradictions).collect()
}

fn contradictions(file: &PageFile) -> Vec<Finding> {
    let article = &file.page.article;
    let own: HashSet<String> =
        iter::once(&article.title).chain(&article.questions).map(|own| normalised(own)).collect();
    let both = article.not_questions.iter().filter(|question| own.contains(&normalised(question)));
    let message = |question| format!("\"{question}\" is both a question and a near miss of this article: take one out");
    both.map(|question| Finding::new(&file.path, file.page.line_of("not_questions"), message(question))).collect()
}
