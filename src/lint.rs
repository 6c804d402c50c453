//! What could be better in a knowledge base: one rule a file, each a plain function over the whole.
//!
//! Nothing here keeps an article from being served. Rules are named after the bad pattern; the comment at the
//! head of a rule's file is its manual.

mod broken_front_matter;
mod broken_link;
mod broken_yaml;
mod contradicting_question;
mod duplicate_question;
mod empty_article;
mod empty_section;
mod hidden_link;
mod knowledge_base;
mod missing_alt_text;
mod missing_image;
mod missing_questions;
mod missing_title;
mod missing_translation_source;
mod misspelt_key;
mod near_duplicate;
mod overdue_review;
mod overlong_passage;
mod overshadowed_question;
mod raw_html;
mod skipped_heading;
mod translation_without_locale;
mod unclosed_front_matter;
mod unknown_key;
mod unknown_placeholder;
mod unreachable_article;
mod unreadable_file;
mod unsafe_link;
mod untested_article;
mod unused_questions;
mod wrong_value;

use std::fmt;

use serde::Serialize;

pub use crate::lint::knowledge_base::{
    AnswerTestFile, Asked, CannedFile, KnowledgeBase, Neighbours, PageFile, Unreadable,
};

/// All rules, by name.
pub const RULES: [&Rule; 30] = [
    &broken_front_matter::RULE,
    &broken_link::RULE,
    &broken_yaml::RULE,
    &contradicting_question::RULE,
    &duplicate_question::RULE,
    &empty_article::RULE,
    &empty_section::RULE,
    &hidden_link::RULE,
    &misspelt_key::RULE,
    &missing_alt_text::RULE,
    &missing_image::RULE,
    &missing_questions::RULE,
    &missing_title::RULE,
    &missing_translation_source::RULE,
    &near_duplicate::RULE,
    &overdue_review::RULE,
    &overlong_passage::RULE,
    &overshadowed_question::RULE,
    &raw_html::RULE,
    &skipped_heading::RULE,
    &translation_without_locale::RULE,
    &unclosed_front_matter::RULE,
    &unknown_key::RULE,
    &unknown_placeholder::RULE,
    &unreachable_article::RULE,
    &unreadable_file::RULE,
    &unsafe_link::RULE,
    &untested_article::RULE,
    &unused_questions::RULE,
    &wrong_value::RULE,
];

/// A rule: a bad pattern, and what finds it.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name.
    pub name: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// The bad pattern in one sentence.
    pub summary: &'static str,
    /// Its own source, whose head comment is the manual.
    source: &'static str,
    find: fn(&KnowledgeBase) -> Vec<Finding>,
}

impl Rule {
    /// What the rule is for and what to do about a finding.
    pub fn manual(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(str::trim).collect::<Vec<_>>().join("\n")
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something is not served as it was written.
    Error,
    /// Visitors will notice.
    Warning,
    /// Worth knowing.
    Info,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        })
    }
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The file, relative to the folder.
    pub path: String,
    /// The line in it, from 1.
    pub line: u32,
    /// How bad it is.
    pub severity: Severity,
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, severity, rule, message } = self;
        write!(f, "{path}:{line}: {severity} {rule} {message}")
    }
}

/// A place and what is wrong there, before the rule puts its name to it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    path: String,
    line: u32,
    message: String,
}

impl Finding {
    fn new(path: &str, line: u32, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

/// Runs all rules; the diagnostics are in the order of files and lines.
pub fn run(knowledge_base: &KnowledgeBase) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = RULES.iter().flat_map(|rule| run_rule(rule, knowledge_base)).collect();
    diagnostics.sort_by(|a, b| (&a.path, a.line, a.rule, &a.message).cmp(&(&b.path, b.line, b.rule, &b.message)));
    diagnostics.dedup();
    diagnostics
}

fn run_rule(rule: &Rule, knowledge_base: &KnowledgeBase) -> Vec<Diagnostic> {
    let diagnostic =
        |Finding { path, line, message }| Diagnostic { path, line, severity: rule.severity, rule: rule.name, message };
    (rule.find)(knowledge_base).into_iter().map(diagnostic).collect()
}
