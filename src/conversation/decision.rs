//! The decision record: why the bot said what it said, for agents and editors.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
    pub features: Measures,
}

/// Numbers with their names. A list, because ten of them are made for every question and hardly ever looked at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures(Vec<(Cow<'static, str>, f32)>);

/// Numbers are kept to so many parts of one: more digits say nothing, and every decision is kept.
const PARTS: f32 = 10_000.0;

impl Measures {
    /// These numbers under these names.
    pub fn new(named: impl IntoIterator<Item = (&'static str, f32)>) -> Self {
        let rounded = |value: f32| (value * PARTS).round() / PARTS;
        Self(named.into_iter().map(|(name, value)| (Cow::Borrowed(name), rounded(value))).collect())
    }

    /// The number with this name.
    pub fn get(&self, name: &str) -> Option<f32> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// Each name with its number.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f32)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), *value))
    }
}

impl Serialize for Measures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Measures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let named = BTreeMap::<String, f32>::deserialize(deserializer)?;
        Ok(Self(named.into_iter().map(|(name, value)| (Cow::Owned(name), value)).collect()))
    }
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
