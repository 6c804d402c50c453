//! Whether a message is small talk or a request for a person rather than a question.

use crate::{
    article::{Action, hit::PhraseHit},
    conversation::Thresholds,
};

/// From this nearness a message is small talk, when all of its words are: answering a question with small talk is worse
/// than the other way round.
const SMALLTALK_AT: f32 = 0.75;

/// The phrase that the message is, if it is one, and the rule that says so. `best` is the best article's confidence.
pub(super) fn find<'a>(
    phrases: &'a [PhraseHit],
    best: f32,
    thresholds: &Thresholds,
) -> Option<(&'a PhraseHit, &'static str)> {
    let of = |action: Action| phrases.iter().filter(move |phrase| phrase.article.action == action);
    let exact = of(Action::RequestAgent).chain(of(Action::Smalltalk)).find(|phrase| is_same(phrase));
    let request = || nearest(of(Action::RequestAgent).filter(|phrase| best < thresholds.sure_at && is_request(phrase)));
    let smalltalk =
        || nearest(of(Action::Smalltalk).filter(|phrase| best < thresholds.answer_at && is_smalltalk(phrase)));
    exact
        .map(|phrase| (phrase, "exact_phrase"))
        .or_else(|| request().map(|phrase| (phrase, "request_agent")))
        .or_else(|| smalltalk().map(|phrase| (phrase, "smalltalk")))
}

fn nearest<'a>(phrases: impl Iterator<Item = &'a PhraseHit>) -> Option<&'a PhraseHit> {
    phrases.max_by(|a, b| a.nearness.total_cmp(&b.nearness))
}

fn is_same(phrase: &PhraseHit) -> bool {
    phrase.is_exact() && phrase.near_miss < 1.0
}

fn is_request(phrase: &PhraseHit) -> bool {
    is_meant(phrase) && phrase.is_contained
}

fn is_smalltalk(phrase: &PhraseHit) -> bool {
    is_meant(phrase) && phrase.covered >= 1.0 && phrase.nearness >= SMALLTALK_AT
}

/// Not the opposite: "I do not need an agent".
fn is_meant(phrase: &PhraseHit) -> bool {
    !phrase.is_negated && phrase.near_miss < phrase.nearness
}
