//! Two articles of one language have the same title or question, whatever the case and the punctuation.
//!
//! The bot cannot tell which of them is meant and asks back. Keep the question where it belongs, and name it under
//! `not_questions` in the other article.

use std::collections::HashMap;

use crate::{
    article::{Article, ArticleId},
    lint::{Finding, KnowledgeBase, PageFile, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "duplicate-question",
    severity: Severity::Warning,
    summary: "Two articles list the same question",
    source: include_str!("duplicate_question.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let mut first: HashMap<(&str, String), &ArticleId> = HashMap::new();
    let mut findings = Vec::new();
    for (file, article) in knowledge_base.articles().filter(|(file, _)| !file.page.is_hidden()) {
        let locale = knowledge_base.locale_of(article);
        for (question, line) in phrasings(file, article) {
            let other = *first.entry((locale, normalised(question))).or_insert(&article.id);
            if other != &article.id && !normalised(question).is_empty() {
                findings.push(Finding::new(&file.path, line, message(question, other)));
            }
        }
    }
    findings
}

fn message(question: &str, other: &ArticleId) -> String {
    format!("\"{question}\" is asked in {other} too: keep it in one, and name it under `not_questions` in the other")
}

fn phrasings<'a>(file: &PageFile, article: &'a Article) -> impl Iterator<Item = (&'a str, u32)> {
    let is_page = article.id == file.page.article.id;
    let title_line = if is_page { file.page.title_line() } else { article.line };
    let questions_line = file.page.line_of("questions").max(file.page.line_of("aliases"));
    let questions = article.questions.iter().map(move |question| (question.as_str(), questions_line));
    std::iter::once((article.title.as_str(), title_line)).chain(questions)
}

/// The words alone.
pub(crate) fn normalised(question: &str) -> String {
    let text = question.to_lowercase().replace(['\'', '\u{2019}'], "");
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
