//! Why the bot said what it said, as agents see it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::conversation::{Considered, Decision, VerdictKind};

/// Why the bot said something.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct DecisionView {
    /// The question as it was searched.
    pub question: String,
    /// What was decided.
    pub verdict: VerdictKind,
    /// The rule that fired.
    pub rule: String,
    /// What was considered, best first.
    pub candidates: Vec<ConsideredView>,
    /// From here an answer is given.
    pub answer_at: f32,
    /// From here it is given without a caveat.
    pub sure_at: f32,
    /// From here the visitor is asked which was meant.
    pub clarify_at: f32,
    /// Which knowledge base was asked.
    pub knowledge_version: String,
    /// How long it took, in microseconds.
    #[cfg_attr(test, ts(type = "number"))]
    pub took_us: u64,
}

/// One article that was considered.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct ConsideredView {
    /// Its id.
    pub article: String,
    /// Its title.
    pub title: String,
    /// 0 to 1.
    pub confidence: f32,
    /// The words that matched.
    pub matched: Vec<String>,
    /// What the confidence was made of.
    pub features: BTreeMap<String, f32>,
}

impl From<&Decision> for DecisionView {
    fn from(decision: &Decision) -> Self {
        Self {
            question: decision.question.clone(),
            verdict: decision.verdict,
            rule: decision.rule.clone(),
            candidates: decision.candidates.iter().map(ConsideredView::from).collect(),
            answer_at: decision.thresholds.answer_at,
            sure_at: decision.thresholds.sure_at,
            clarify_at: decision.thresholds.clarify_at,
            knowledge_version: decision.knowledge_version.clone(),
            took_us: decision.took_us,
        }
    }
}

impl From<&Considered> for ConsideredView {
    fn from(considered: &Considered) -> Self {
        let Considered { article, title, confidence, matched, features } = considered.clone();
        let features = features.named();
        Self { article, title, confidence, matched, features }
    }
}
