//! From features to a calibrated confidence.
//!
//! All constants were fitted on public cases of four kinds (a live chatbot's messages, banking, web applications, FAQs
//! with rephrasings), each family left out once to see that they carry over; there is no constant for a single case.

use std::cmp::Ordering;

use crate::{
    answer::{Policy, calibration::Calibration, rehearsal::Rehearsal},
    article::hit::{Features, Hit, Hits, Level, TakeKind},
};

/// The margin counts up to here.
const LARGEST_MARGIN: f32 = 6.0;

/// Below this cosine of characters two texts look alike by chance.
const FEW_LETTERS: f32 = 0.3;

/// How much of the confidence a knowledge base's own rehearsals make. On the public cases a half makes calibration and
/// precision no better than a third does, and costs more of the right answers.
const OWN_SHARE: f32 = 1.0 / 3.0;

/// What taking one clause for the whole question costs, in log odds.
const CLAUSE_COST: f32 = 0.7;

/// What understanding a question by the one before costs, in log odds.
const PREVIOUS_COST: f32 = 0.7;

/// From here a question is understood by itself.
const UNDERSTOOD_AT: f32 = 0.6;

/// The weights of one level: of the features in the score, and of the score in the confidence.
struct Constants {
    l_cos: f32,
    g_cos: f32,
    a_cos: f32,
    bm: f32,
    d_max: f32,
    d_cen: f32,
    d_body: f32,
    lr: f32,
    bias: f32,
    score: f32,
    margin: f32,
    share: f32,
    words: f32,
    /// Below this score asking back is odd: in the cases the right article is then among three for 3 questions in 10,
    /// above it for 5.
    ask_back_from: f32,
}

const LEXICAL: Constants = Constants {
    l_cos: 1.6,
    g_cos: 5.9,
    a_cos: 6.5,
    bm: 9.7,
    d_max: 0.0,
    d_cen: 0.0,
    d_body: 0.0,
    lr: 0.0,
    bias: -4.2,
    score: 0.04,
    margin: 0.455,
    share: 2.02,
    words: 1.12,
    ask_back_from: 4.5,
};

const STATIC: Constants = Constants {
    l_cos: 0.0,
    g_cos: 1.76,
    a_cos: 3.89,
    bm: 5.61,
    d_max: 1.6,
    d_cen: 6.6,
    d_body: 3.05,
    lr: 0.76,
    bias: -4.682,
    score: 0.159,
    margin: 0.365,
    share: 2.638,
    words: 0.555,
    ask_back_from: 6.0,
};

const ENCODER: Constants = Constants {
    l_cos: 0.0,
    g_cos: 1.04,
    a_cos: 2.44,
    bm: 3.1,
    d_max: 4.45,
    d_cen: 5.53,
    d_body: 1.6,
    lr: 1.1,
    bias: -5.696,
    score: 0.26,
    margin: 0.447,
    share: 2.591,
    words: 0.641,
    ask_back_from: 6.0,
};

/// A hit with what its features come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rated<'a> {
    /// The hit.
    pub hit: &'a Hit,
    /// The weighted sum of its features.
    pub score: f32,
    /// How far it is ahead of the next one; 0 for all but the first.
    pub margin: f32,
    /// Its share of the softmax over all hits.
    pub share: f32,
    /// Calibrated, 0 to 1.
    pub confidence: f32,
}

/// The hits of the likeliest understanding of the message with their confidences, best first.
pub fn rate<'a>(hits: &'a Hits, policy: &Policy) -> Vec<Rated<'a>> {
    let scale = Scale {
        constants: constants(hits.level),
        calibration: policy.calibrations.of(hits.level),
        rehearsal: policy.rehearsals.of(hits.level).as_ref(),
    };
    // The best of several sentences has as many chances to look like an article: it is as many times likelier to be
    // wrong, and so must be surer.
    let split = (hits.sentences.max(1) as f32).ln();
    let mut best = scale.rate(&hits.hits, hits.words, split);
    for take in &hits.takes {
        let cost = match take.kind {
            TakeKind::Whole | TakeKind::Sentence => split,
            TakeKind::Clause => split + CLAUSE_COST,
            TakeKind::WithPrevious if first(&best) >= UNDERSTOOD_AT => continue,
            TakeKind::WithPrevious => split + PREVIOUS_COST,
        };
        let rated = scale.rate(&take.hits, take.words, cost);
        if first(&rated) > first(&best) {
            best = rated;
        }
    }
    best
}

/// Whether a message is understood by itself: the one before it then makes no difference to [`rate`].
pub fn is_understood(hits: &Hits, policy: &Policy) -> bool {
    hits.stand_alone() || first(&rate(hits, policy)) >= UNDERSTOOD_AT
}

/// What turns features into confidence.
struct Scale<'p> {
    constants: &'static Constants,
    calibration: &'p Calibration,
    rehearsal: Option<&'p Rehearsal>,
}

impl Scale<'_> {
    fn rate<'a>(&self, hits: &'a [Hit], words: usize, cost: f32) -> Vec<Rated<'a>> {
        let mut scored: Vec<_> = hits.iter().map(|hit| (self.constants.score(&hit.features), hit)).collect();
        scored
            .sort_by(|(a, a_hit), (b, b_hit)| descending(*a, *b).then_with(|| a_hit.article.id.cmp(&b_hit.article.id)));
        let Some(&(best, _)) = scored.first() else { return Vec::new() };
        let second = scored.get(1).map_or(0.0, |(score, _)| *score);
        let all: f32 = scored.iter().map(|(score, _)| (score - best).exp()).sum();
        let rated = scored.into_iter().enumerate().map(|(place, (score, hit))| {
            let margin = if place == 0 { (best - second).clamp(0.0, LARGEST_MARGIN) } else { 0.0 };
            let share = (score - best).exp() / all;
            let log_odds = self.log_odds(score, margin, share, words) - cost;
            let in_first_place = logistic(self.calibration.correct(log_odds));
            let confidence = if place == 0 { in_first_place } else { in_first_place * share };
            Rated { hit, score, margin, share, confidence }
        });
        rated.collect()
    }
}

impl Scale<'_> {
    /// What holds everywhere, and a third of what was learnt from the knowledge base itself.
    fn log_odds(&self, score: f32, margin: f32, share: f32, words: usize) -> f32 {
        let universal = self.constants.log_odds(score, margin, share, words);
        let own = self.rehearsal.map(|rehearsal| rehearsal.log_odds(score, margin, share));
        own.map_or(universal, |own| universal + OWN_SHARE * (own - universal))
    }
}

fn first(rated: &[Rated<'_>]) -> f32 {
    rated.first().map_or(0.0, |rated| rated.confidence)
}

/// Whether a hit has hardly more than some letters in common with the question. Being far ahead of the others, or having
/// been asked in many words, then means nothing.
pub fn is_faint(rated: &Rated<'_>) -> bool {
    let features = rated.hit.features;
    rated.hit.matched.is_empty() && features.g_cos < FEW_LETTERS
}

/// Whether a hit is near enough to ask whether it was meant.
pub fn is_worth_asking(rated: &Rated<'_>, level: Level) -> bool {
    rated.score >= constants(level).ask_back_from
}

fn constants(level: Level) -> &'static Constants {
    match level {
        Level::Lexical => &LEXICAL,
        Level::Static => &STATIC,
        Level::Encoder => &ENCODER,
    }
}

/// From this cosine of words and of characters on, the question is one of the article's phrasings.
const SAME_WORDS: f32 = 0.995;

/// What an article's score gains by that: an editor's own words find their article, whatever else looks like them.
const SAME_WORDS_BONUS: f32 = 8.0;

impl Constants {
    fn score(&self, features: &Features) -> f32 {
        let is_phrasing = features.l_cos > SAME_WORDS && features.g_cos > SAME_WORDS;
        self.weighted(features) + if is_phrasing { SAME_WORDS_BONUS } else { 0.0 }
    }

    fn weighted(&self, features: &Features) -> f32 {
        let semantic = features.semantic.unwrap_or_default();
        self.l_cos * features.l_cos
            + self.g_cos * features.g_cos
            + self.a_cos * features.a_cos
            + self.bm * features.bm
            + self.d_max * semantic.d_max
            + self.d_cen * semantic.d_cen
            + self.d_body * semantic.d_body
            + self.lr * semantic.lr
    }

    fn log_odds(&self, score: f32, margin: f32, share: f32, words: usize) -> f32 {
        let length = (1.0 + words as f32).ln();
        self.bias + self.score * score + self.margin * margin + self.share * share + self.words * length
    }
}

fn descending(a: f32, b: f32) -> Ordering {
    b.total_cmp(&a)
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        answer::tests::{article, hit, hits},
        article::hit::Take,
    };

    fn rate(hits: &Hits) -> Vec<Rated<'_>> {
        super::rate(hits, &Policy::default())
    }

    #[test]
    fn the_recipe_is_followed_to_the_digit() {
        let hits = hits(4, vec![hit(article("a"), [0.5, 0.6, 0.4, 0.5]), hit(article("b"), [0.1, 0.2, 0.1, 0.1])]);
        let rated = rate(&hits);
        let c = &LEXICAL;
        let score_a = c.l_cos * 0.5 + c.g_cos * 0.6 + c.a_cos * 0.4 + c.bm * 0.5;
        let score_b = c.l_cos * 0.1 + c.g_cos * 0.2 + c.a_cos * 0.1 + c.bm * 0.1;
        let share = 1.0 / (1.0 + f32::exp(score_b - score_a));
        let logit = c.bias + c.score * score_a + c.margin * 6.0 + c.share * share + c.words * f32::ln(5.0);
        assert!((rated[0].score - score_a).abs() < 1e-4);
        assert!((rated[0].confidence - 1.0 / (1.0 + (-logit).exp())).abs() < 1e-5);
        assert!(rated[1].confidence < 0.01);
    }

    fn take(kind: TakeKind, found: [f32; 4], id: &str) -> Take {
        let question = "other".to_owned();
        Take { kind, question, words: 4, hits: vec![hit(article(id), found), hit(article("z"), [0.1; 4])] }
    }

    const NEAR: [f32; 4] = [0.9, 0.9, 0.8, 0.8];
    const FAR: [f32; 4] = [0.15, 0.15, 0.12, 0.12];

    #[test]
    fn the_likeliest_understanding_counts() {
        for (whole, kind, other, expected) in [
            (FAR, TakeKind::Sentence, NEAR, "other"),
            (NEAR, TakeKind::Sentence, FAR, "whole"),
            (FAR, TakeKind::WithPrevious, NEAR, "other"),
            (NEAR, TakeKind::WithPrevious, NEAR, "whole"),
        ] {
            let mut hits = hits(4, vec![hit(article("whole"), whole), hit(article("z"), [0.1; 4])]);
            hits.takes = vec![take(kind, other, "other")];
            assert_eq!(rate(&hits)[0].hit.article.id.as_str(), expected, "{kind:?}");
        }
    }

    #[test]
    fn an_articles_own_phrasing_finds_it() {
        let hits =
            hits(4, vec![hit(article("other"), [0.9, 0.9, 0.9, 0.9]), hit(article("own"), [1.0, 1.0, 0.3, 0.5])]);
        assert_eq!(rate(&hits)[0].hit.article.id.as_str(), "own");
    }

    #[test]
    fn several_sentences_make_less_sure() {
        let mut hits = hits(4, vec![hit(article("a"), NEAR), hit(article("b"), FAR)]);
        let alone = rate(&hits)[0].confidence;
        hits.sentences = 3;
        assert!(rate(&hits)[0].confidence < alone);
    }

    #[test]
    fn a_calibration_moves_every_confidence() {
        let hits = hits(4, vec![hit(article("a"), NEAR), hit(article("b"), FAR)]);
        let mut doubtful = Policy::default();
        doubtful.calibrations.lexical.offset = -2.0;
        assert!(super::rate(&hits, &doubtful)[0].confidence < rate(&hits)[0].confidence);
    }

    #[test]
    fn two_alike_share_the_confidence() {
        let alike = [0.5, 0.6, 0.4, 0.5];
        let hits = hits(4, vec![hit(article("b"), alike), hit(article("a"), alike)]);
        let rated = rate(&hits);
        assert_eq!(rated[0].hit.article.id.as_str(), "a");
        assert!(rated[0].confidence < 0.5 && rated[1].confidence < rated[0].confidence);
    }

    #[test]
    fn nothing_found_is_nothing_rated() {
        assert!(rate(&hits(3, Vec::new())).is_empty());
    }

    proptest! {
        #[test]
        fn confidences_are_probabilities_in_order(all in prop::collection::vec(prop::array::uniform4(0.0_f32..=1.0), 1..20)) {
            let found = all.into_iter().enumerate().map(|(i, features)| hit(article(&format!("a{i}")), features));
            let hits = hits(5, found.collect());
            let rated = rate(&hits);
            prop_assert!(rated.iter().all(|rated| (0.0..=1.0).contains(&rated.confidence)));
            prop_assert!(rated.is_sorted_by(|a, b| a.confidence >= b.confidence));
        }
    }
}
