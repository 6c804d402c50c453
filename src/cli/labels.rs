//! Labelled questions: what visitors asked, and which article would have been right.

use serde::Deserialize;

use crate::{
    answer::{
        Policy,
        calibration::{ByLevel, Sample},
        confidence,
    },
    article::{
        ArticleId,
        hit::{Hits, Question},
    },
    knowledge::{KnowledgeError, Snapshot},
    store::{JudgedAnswer, RecordKind, Store, StoreError},
};

/// So many of the visitors' latest judgements are looked at.
const MOST_JUDGED: u32 = 5_000;

/// A question with what is known of its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Label {
    /// What was asked.
    pub(crate) text: String,
    /// The articles that answer it; none when it belongs to a person.
    #[serde(default)]
    pub(crate) gold: Vec<String>,
    /// The asker's language.
    #[serde(default)]
    pub(crate) locale: Option<String>,
    /// An article that did not help, where nobody knows which would have.
    #[serde(skip)]
    pub(crate) wrong: Option<String>,
}

/// What the desk was told: agents' verdicts, and visitors' thumbs on questions without one.
pub(crate) async fn kept(store: &dyn Store) -> Result<Vec<Label>, StoreError> {
    let records = store.records(RecordKind::Label, None).await?;
    let mut labels: Vec<Label> = records.iter().filter_map(|record| serde_json::from_str(&record.body).ok()).collect();
    let told = labels.len();
    for judged in store.judged_answers(MOST_JUDGED).await? {
        if !labels.iter().take(told).any(|label| label.text == judged.text) {
            labels.push(Label::from(judged));
        }
    }
    Ok(labels)
}

/// What the uncorrected confidence of each level says about each question whose end is known.
pub(crate) fn samples(
    labels: &[Label],
    snapshot: &Snapshot,
    uncorrected: &Policy,
) -> Result<ByLevel<Vec<Sample>>, KnowledgeError> {
    let mut samples = ByLevel::<Vec<Sample>>::default();
    for label in labels {
        let question = Question { locale: label.locale.clone(), ..Question::new(&label.text) };
        for hits in snapshot.search_at_each_level(&question)? {
            let best = best(&hits, uncorrected);
            if let Some(is_right) = label.is_right(best.as_ref().map(|(id, _)| id)) {
                let confidence = best.map_or(0.0, |(_, confidence)| confidence);
                samples.of_mut(hits.level).push(Sample { confidence, is_right, weight: 1.0 });
            }
        }
    }
    Ok(samples)
}

/// The article that a policy would choose, and how sure it is.
pub(crate) fn best(hits: &Hits, policy: &Policy) -> Option<(ArticleId, f32)> {
    let rated = confidence::rate(hits, policy);
    rated.first().map(|best| (best.hit.article.id.clone(), best.confidence))
}

impl Label {
    /// Whether this article is right; nothing where nobody knows.
    fn is_right(&self, best: Option<&ArticleId>) -> Option<bool> {
        match &self.wrong {
            None => Some(best.is_some_and(|best| self.gold.iter().any(|right| right == best.as_str()))),
            Some(wrong) => best.filter(|best| best.as_str() == wrong).map(|_| false),
        }
    }
}

impl From<JudgedAnswer> for Label {
    fn from(judged: JudgedAnswer) -> Self {
        let JudgedAnswer { text, locale, article, helpful } = judged;
        let (gold, wrong) = if helpful { (vec![article], None) } else { (Vec::new(), Some(article)) };
        Self { text, gold, locale: Some(locale).filter(|locale| !locale.is_empty()), wrong }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumb_down_says_which_article_is_wrong_and_not_which_is_right() {
        let judged =
            |helpful| Label::from(JudgedAnswer { text: "q".into(), locale: "en".into(), article: "a".into(), helpful });
        let id = |id: &str| ArticleId(id.to_owned());
        for (label, best, expected) in [
            (judged(true), Some(id("a")), Some(true)),
            (judged(true), Some(id("b")), Some(false)),
            (judged(false), Some(id("a")), Some(false)),
            (judged(false), Some(id("b")), None),
            (judged(false), None, None),
            (Label { text: "q".into(), ..Label::default() }, Some(id("a")), Some(false)),
        ] {
            assert_eq!(label.is_right(best.as_ref()), expected, "{label:?} {best:?}");
        }
    }
}
