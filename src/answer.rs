//! From hits to a verdict: answer, ask back, or say that it belongs to a person. Pure.

pub mod calibration;
pub mod confidence;
mod context;
pub mod gaps;
mod logistic;
mod phrase;
mod record;
pub mod rehearsal;
pub mod reply;
mod verdict;
mod wording;

use self::{
    calibration::Calibrations,
    confidence::Rated,
    record::{considered_phrase, record},
    rehearsal::Rehearsals,
};
pub use self::{
    context::Context,
    verdict::{Found, Ruling, Verdict},
    wording::Wording,
};
use crate::{
    article::{
        Action,
        hit::{Hits, Judge, Level, PhraseHit},
    },
    conversation::{Reason, Thresholds},
};

/// How many articles a visitor is asked to choose from at most.
pub const MOST_OPTIONS: usize = 3;

/// Between these confidences, the built-in model's word is not the last. On the public cases the encoder is spared a
/// fifth of the questions so, and no more answers are wrong; with 0.1 and 0.85 it would be nearly half, at some cost.
const DOUBTED_FROM: f32 = 0.05;
const DOUBTED_TO: f32 = 0.95;

/// How many candidates a decision record keeps.
pub const MOST_CANDIDATES: usize = 10;

/// What the desk's owner has decided about answering.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Policy {
    /// The confidences at which the verdict changes.
    pub thresholds: Thresholds,
    /// What labelled questions have taught about each level's confidence.
    pub calibrations: Calibrations,
    /// What the articles' own questions have taught.
    pub rehearsals: Rehearsals,
}

/// Decides what to do with a question.
pub fn decide(hits: &Hits, policy: &Policy) -> Verdict {
    let rated = confidence::rate(hits, policy);
    let best = rated.first().map_or(0.0, |best| best.confidence);
    if let Some((ruling, rule)) = wish_for_people(hits, best, &policy.thresholds) {
        return verdict(hits, policy, &rated, ruling, rule);
    }
    if let Some((phrase, rule)) = phrase::find(&hits.phrases, best, &policy.thresholds) {
        return phrase_verdict(hits, policy, &rated, phrase, rule);
    }
    if hits.is_foreign {
        return verdict(hits, policy, &rated, Ruling::belongs_to_a_person(Reason::OtherLanguage), "other_language");
    }
    let (ruling, rule) = rule_on(hits.level, &rated, &policy.thresholds);
    verdict(hits, policy, &rated, ruling, rule)
}

impl Judge for Policy {
    fn is_understood(&self, hits: &Hits) -> bool {
        confidence::is_understood(hits, self)
    }

    /// It is sure either way, or the question does not matter.
    fn is_settled(&self, hits: &Hits) -> bool {
        let rated = confidence::rate(hits, self);
        let best = rated.first().map_or(0.0, |best| best.confidence);
        hits.is_foreign
            || !(DOUBTED_FROM..=DOUBTED_TO).contains(&best)
            || wish_for_people(hits, best, &self.thresholds).is_some()
            || phrase::find(&hits.phrases, best, &self.thresholds).is_some()
    }
}

/// A clear request for a person goes before every article; "no agent, please" is small talk unless a question is answered.
fn wish_for_people(hits: &Hits, best: f32, thresholds: &Thresholds) -> Option<(Ruling, &'static str)> {
    let request = hits.heard.request.clone().map(|article| (Ruling::RequestAgent { article }, "request_agent"));
    let refusal = hits.heard.refusal.clone().filter(|_| best < thresholds.sure_at);
    let is_phrase =
        hits.phrases.iter().any(|phrase| phrase.is_exact() && phrase.article.action == Action::RequestAgent);
    let vague = (hits.heard.is_vague && !is_phrase).then(|| (low_confidence(), "vague_request"));
    request.or(vague).or_else(|| refusal.map(|article| (Ruling::Smalltalk { article }, "no_agent_needed")))
}

fn verdict(hits: &Hits, policy: &Policy, rated: &[Rated<'_>], ruling: Ruling, rule: &str) -> Verdict {
    Verdict {
        decision: record(hits, policy, rated, &ruling, rule),
        confidence: rated.first().map_or(0.0, |best| best.confidence),
        ruling,
        heard: hits.heard.clone(),
        language: Some(hits.language.clone()),
    }
}

fn rule_on(level: Level, rated: &[Rated<'_>], thresholds: &Thresholds) -> (Ruling, &'static str) {
    let Some(best) = rated.first() else { return (low_confidence(), "nothing_found") };
    if confidence::is_faint(best) {
        return (low_confidence(), "faint");
    }
    let is_sure = best.confidence >= thresholds.sure_at;
    if best.confidence >= thresholds.answer_at {
        let found = Found { article: best.hit.article.clone(), passage: best.hit.passage.clone() };
        let ruling = answer(found, is_sure);
        let rule = match (&ruling, is_sure) {
            (Ruling::Escalate { .. }, _) => "article_rule",
            (_, true) => "sure_at",
            (_, false) => "answer_at",
        };
        return (ruling, rule);
    }
    if best.confidence >= thresholds.clarify_at && confidence::is_worth_asking(best, level) {
        let options = rated.iter().take(MOST_OPTIONS).map(|rated| rated.hit.article.clone()).collect();
        return (Ruling::Clarify { options }, "clarify_at");
    }
    (low_confidence(), "low_confidence")
}

fn low_confidence() -> Ruling {
    Ruling::belongs_to_a_person(Reason::LowConfidence)
}

/// An answer, and the hand-over that the article asks for.
fn answer(found: Found, is_sure: bool) -> Ruling {
    match found.article.action {
        Action::Escalate => {
            Ruling::Escalate { reason: Reason::ArticleRule, queue: found.article.queue.clone(), found: Some(found) }
        }
        Action::Answer | Action::Smalltalk | Action::RequestAgent => Ruling::Answer { found, is_sure },
    }
}

fn phrase_verdict(
    hits: &Hits,
    policy: &Policy,
    rated: &[Rated<'_>],
    phrase: &PhraseHit,
    rule: &'static str,
) -> Verdict {
    let article = phrase.article.clone();
    let ruling = match article.action {
        Action::RequestAgent => Ruling::RequestAgent { article },
        Action::Answer | Action::Escalate | Action::Smalltalk => Ruling::Smalltalk { article },
    };
    let mut verdict = verdict(hits, policy, rated, ruling, rule);
    let others = verdict.decision.candidates.iter().cloned();
    verdict.decision.candidates =
        std::iter::once(considered_phrase(phrase)).chain(others).take(MOST_CANDIDATES).collect();
    verdict.confidence = phrase.nearness;
    verdict
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::article::{
        Article,
        hit::{Features, Heard, Hit},
        read_page,
    };

    /// An article with this id whose body is a sentence.
    pub(crate) fn article(id: &str) -> Arc<Article> {
        article_saying(id, &format!("---\ntitle: About {id}\n---\nAll about {id}."))
    }

    pub(crate) fn article_saying(id: &str, text: &str) -> Arc<Article> {
        Arc::new(read_page(&format!("{id}.md"), text).article)
    }

    pub(crate) fn hit(article: Arc<Article>, [l_cos, g_cos, a_cos, bm]: [f32; 4]) -> Hit {
        let features = Features { l_cos, g_cos, a_cos, bm, semantic: None };
        Hit { article, passage: None, features, matched: vec!["word".to_owned()] }
    }

    pub(crate) fn hits(words: usize, hits: Vec<Hit>) -> Hits {
        Hits {
            question: "question".to_owned(),
            words,
            level: Level::Lexical,
            version: "v1".to_owned(),
            hits,
            takes: Vec::new(),
            sentences: 1,
            phrases: Vec::new(),
            heard: Heard::default(),
            language: "en".to_owned(),
            is_foreign: false,
        }
    }

    const NEAR: [f32; 4] = [0.9, 0.9, 0.8, 0.8];
    const MIDDLING: [f32; 4] = [0.3, 0.3, 0.25, 0.25];
    const BEHIND: [f32; 4] = [0.2, 0.2, 0.2, 0.2];
    const FAR: [f32; 4] = [0.05, 0.05, 0.02, 0.02];

    #[test]
    fn confidence_decides() {
        let middling = || hit(article("b"), MIDDLING);
        for (found, expected) in [
            (vec![hit(article("a"), NEAR), hit(article("b"), FAR)], "Answer sure_at"),
            (vec![hit(article("a"), MIDDLING), hit(article("b"), BEHIND)], "Answer answer_at"),
            (vec![hit(article("a"), MIDDLING), middling(), hit(article("c"), FAR)], "Clarify clarify_at"),
            (vec![hit(article("a"), FAR), hit(article("b"), FAR), hit(article("c"), FAR)], "Escalate low_confidence"),
            (vec![], "Escalate nothing_found"),
        ] {
            let verdict = decide(&hits(4, found), &Policy::default());
            assert_eq!(format!("{:?} {}", verdict.decision.verdict, verdict.decision.rule), expected);
        }
    }

    #[test]
    fn what_is_sure_either_way_needs_no_second_look() {
        let mut policy = Policy::default();
        let near = hits(4, vec![hit(article("a"), NEAR), hit(article("b"), FAR)]);
        let middling = hits(4, vec![hit(article("a"), MIDDLING), hit(article("b"), BEHIND)]);
        assert!(policy.is_settled(&hits(4, vec![])) && !policy.is_settled(&middling));
        policy.calibrations.lexical.offset = 3.0;
        assert!(policy.is_settled(&near));
        policy.calibrations.lexical.offset = -8.0;
        assert!(policy.is_settled(&middling));
    }

    #[test]
    fn at_most_three_options_best_first() {
        let found = ["d", "c", "b", "a"].map(|id| hit(article(id), MIDDLING)).to_vec();
        let verdict = decide(
            &hits(9, found),
            &Policy { thresholds: Thresholds { clarify_at: 0.0, ..Thresholds::default() }, ..Policy::default() },
        );
        let Ruling::Clarify { options } = verdict.ruling else { panic!("{:?}", verdict.ruling) };
        assert_eq!(options.iter().map(|article| article.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    #[test]
    fn an_article_can_ask_for_a_person() {
        let injury = article_saying("injury", "---\ntitle: Hurt\naction: escalate\nqueue: safety\n---\nWe are sorry.");
        let verdict = decide(&hits(4, vec![hit(injury.clone(), NEAR)]), &Policy::default());
        let Ruling::Escalate { reason, queue, found } = verdict.ruling else { panic!("{:?}", verdict.ruling) };
        assert_eq!((reason, queue.as_deref()), (Reason::ArticleRule, Some("safety")));
        assert_eq!(found.unwrap().article, injury);
    }

    #[test]
    fn every_candidate_is_recorded_with_its_features() {
        let found = (0..20).map(|i| hit(article(&format!("a{i:02}")), MIDDLING)).collect();
        let decision = decide(&hits(4, found), &Policy::default()).decision;
        assert_eq!(decision.candidates.len(), MOST_CANDIDATES);
        let first = &decision.candidates[0];
        assert_eq!((first.article.as_str(), first.title.as_str()), ("a00", "About a00"));
        assert_eq!(
            first.features.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            ["l_cos", "g_cos", "a_cos", "bm", "score", "margin", "share"]
        );
    }

    #[test]
    fn what_was_chosen_is_answered() {
        let verdict = Verdict::chosen(&article("a"), "v1", &Policy::default());
        assert!(matches!(verdict.ruling, Ruling::Answer { is_sure: true, .. }));
        let verdict = Verdict::undecided("q", Reason::SearchFailed, &Policy::default());
        assert_eq!(verdict.ruling.reason(), Some(Reason::SearchFailed));
    }
}
