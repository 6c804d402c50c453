//! The decision record: why the bot said what it said, for agents and editors.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

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
    /// The articles that were considered, best first. Shared: a decision goes through many hands, and the same question
    /// is decided in the same way.
    pub candidates: Arc<[Considered]>,
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

    /// Numbers by name.
    pub fn named(&self) -> BTreeMap<String, f32> {
        self.iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Each name with its number.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f32)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), *value))
    }
}

/// Every name in its place, for [`Packed`]: the order never changes, and new names go to the end.
const PLACES: [&str; 14] = [
    "l_cos",
    "g_cos",
    "a_cos",
    "bm",
    "score",
    "margin",
    "share",
    "d_max",
    "d_cen",
    "d_body",
    "lr",
    "nearness",
    "near_miss",
    "covered",
];

/// Numbers without their names, where they come in the usual order. Names would be a fifth of what is kept of an answer.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Packed {
    /// The place of the first name, then each number in parts.
    Placed(Vec<i64>),
    /// Another order has its names.
    Named(BTreeMap<String, f32>),
}

impl From<&Measures> for Packed {
    fn from(measures: &Measures) -> Self {
        Self::placed(measures).unwrap_or_else(|| Self::Named(measures.named()))
    }
}

impl Packed {
    fn placed(measures: &Measures) -> Option<Self> {
        let (first, _) = measures.iter().next()?;
        let start = PLACES.iter().position(|name| *name == first)?;
        let mut names = PLACES.iter().skip(start);
        let are_in_place = measures.iter().all(|(own, value)| names.next() == Some(&own) && value.is_finite());
        let parts = measures.iter().map(|(_, value)| (value * PARTS).round() as i64);
        are_in_place
            .then_some(())
            .and(i64::try_from(start).ok())
            .map(|start| Self::Placed(std::iter::once(start).chain(parts).collect()))
    }
}

impl From<Packed> for Measures {
    fn from(packed: Packed) -> Self {
        match packed {
            Packed::Named(named) => Self(named.into_iter().map(|(name, value)| (Cow::Owned(name), value)).collect()),
            Packed::Placed(numbers) => {
                let (start, parts) = numbers.split_first().map_or((0, &[][..]), |(start, parts)| (*start, parts));
                let names = PLACES.iter().skip(usize::try_from(start).unwrap_or(PLACES.len()));
                Self(names.zip(parts).map(|(name, part)| (Cow::Borrowed(*name), *part as f32 / PARTS)).collect())
            }
        }
    }
}

impl Serialize for Measures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Reads both forms.
impl<'de> Deserialize<'de> for Measures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Packed::deserialize(deserializer).map(Self::from)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(measures: &Measures) -> String {
        let json = serde_json::to_string(&Packed::from(measures)).unwrap();
        assert_eq!(serde_json::from_str::<Measures>(&json).unwrap(), *measures, "{json}");
        json
    }

    #[test]
    fn numbers_in_their_usual_order_are_packed_without_names() {
        let usual = PLACES.map(|name| (name, 0.123_45));
        assert_eq!(packed(&Measures::new(usual[..2].iter().copied())), "[0,1235,1235]");
        assert_eq!(
            packed(&Measures::new([("nearness", 1.0), ("near_miss", -0.5), ("covered", 0.0)])),
            "[11,10000,-5000,0]"
        );
        assert_eq!(packed(&Measures::new([("a_cos", 0.5)])), "[2,5000]");
        assert_eq!(packed(&Measures::new([("bm", 0.5), ("l_cos", 0.25)])), "{\"bm\":0.5,\"l_cos\":0.25}");
        assert_eq!(packed(&Measures::default()), "{}");
    }

    #[test]
    fn everywhere_else_numbers_have_their_names() {
        let json = "{\"d_max\":0.5,\"own\":2.0}";
        let measures: Measures = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&measures).unwrap(), json);
        assert_eq!((measures.get("d_max"), measures.get("own")), (Some(0.5), Some(2.0)));
    }
}
