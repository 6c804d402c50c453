//! An article has neither a `title` nor a level-1 heading, so that its file's name stands in.
//!
//! Visitors see the title as the source of an answer and when the bot asks which article they mean. Write it as the
//! question that the article answers.

use crate::lint::{Finding, KnowledgeBase, PageFile, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    name: "missing-title",
    severity: Severity::Warning,
    summary: "Only the file's name gives an article its title",
    source: include_str!("missing_title.rs"),
    find,
};

fn find(knowledge_base: &KnowledgeBase) -> Vec<Finding> {
    let files = knowledge_base.files().filter(|file| file.page.is_title_missing && !file.page.is_broken());
    let message = |file: &PageFile| {
        let title = &file.page.article.title;
        format!("the title \"{title}\" is only the file's name: write `title: ` and the question it answers")
    };
    files.map(|file| Finding::new(&file.path, 1, message(file))).collect()
}
