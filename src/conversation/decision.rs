//! The decision record: why the bot said what it said, for agents and editors.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Why the bot answered, asked back or gave up, kept with its message.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The question as it was searched.
    pub question: String,
    /// What was decided.
    pub verdict: VerdictKind,
    /// The rule that fired, for instance `confidence` or `request_agent`.
    pub rule: String,
    /// The articles that were considered, best first.
    pub candidates: Vec<Considered>,
    /// The settings that were compared with.
    pub thresholds: Thresholds,
    /// Hash of the knowledge base that was asked.
    pub knowledge_version: String,
    /// How long it took, in microseconds.
    pub took_us: u64,
}

/// What the bot decided to do with a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(rename_all = "snake_case")]
pub enum VerdictKind {
    /// Answer from an article.
    Answer,
    /// Ask which of several articles was meant.
    Clarify,
    /// It belongs to a person.
    #[default]
    Escalate,
    /// A greeting, thanks and the like: says nothing about the articles.
    Smalltalk,
}

/// One article that was considered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Considered {
    /// The article's id.
    pub article: String,
    /// Its title.
    pub title: String,
    /// Calibrated confidence, 0 to 1.
    pub confidence: f32,
    /// The question's words that the article has.
    pub matched: Vec<String>,
    /// What the confidence was made of.
    pub features: BTreeMap<String, f32>,
}

/// The confidences at which the verdict changes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// From here an answer is given.
    pub answer_at: f32,
    /// From here it is given without a caveat.
    pub sure_at: f32,
    /// From here the visitor is asked which of several articles was meant.
    pub clarify_at: f32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { answer_at: 0.5, sure_at: 0.8, clarify_at: 0.2 }
    }
}
