//! More than 300 words stand under one heading, or before the first.
//!
//! The bot answers a long article with the passage that fits the question best. Cut it with headings that say what
//! each part is about, or make two articles of it.

use crate::{
    article::{
        Article,
        passage::{self, Passage, word_count},
    },
    lint::{Finding, KnowledgeBase, PageFile, Rule, Severity},
};

pub(crate) const RULE: Rule = Rule {
    name: "overlong-passage",
    severity: Severity::Warning,
    summary: "A part of an article is too long for a chat",
    source: include_str!("overlong_passage.rs"),
    find,
};

/// More words than this are too many to read in a chat.
const MOST_WORDS: usize = 300;

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    knowledge_base.articles().flat_map(|(file, article)| overlong(file, article)).collect()
}

fn overlong(file: &PageFile, article: &Article) -> Vec<Finding> {
    let sections = passage::sections(article).into_iter().map(|section| (word_count(&section.text), section));
    let long = sections.filter(|(words, _)| *words > MOST_WORDS);
    let message = |words| format!("{words} words without a heading are too long for a chat: cut them with headings");
    long.map(|(words, section)| Finding::new(&file.path, line(file, article, &section), message(words))).collect()
}

fn line(file: &PageFile, article: &Article, section: &Passage) -> u32 {
    let mut headings = file.page.outline.headings.iter();
    let heading = headings.find(|heading| Some(&heading.slug) == section.anchor.as_ref());
    heading.map_or(article.line, |heading| heading.line)
}
