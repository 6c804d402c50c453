//! What the articles' own questions teach about the confidence, each hidden from its article and asked. Pure.
//!
//! A hidden question is one that visitors may ask; with its article taken away it is one that no article answers. How
//! far apart the two are differs between knowledge bases: few articles are told apart more easily than many alike.

use serde::{Deserialize, Serialize};

use crate::answer::{
    calibration::ByLevel,
    confidence::Rated,
    logistic::{Point, Usual, fit},
};

/// How much a hidden question counts, and the same question without its article.
const IN_SCOPE_WEIGHT: f64 = 0.6;
const OUT_OF_SCOPE_WEIGHT: f64 = 0.4;

/// How strongly each weight is held near zero (the inverse of scikit-learn's C = 0.3); the bias is free.
const PULL: f64 = 1.0 / 0.3;
const FREE: f64 = 1e-6;

/// Fewer rehearsals than this teach nothing.
const FEWEST: usize = 40;

/// Another view of the log odds, made for one knowledge base.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rehearsal {
    score: f32,
    margin: f32,
    share: f32,
    bias: f32,
}

/// The rehearsals of all levels, where there were any.
pub type Rehearsals = ByLevel<Option<Rehearsal>>;

/// A question that was asked for rehearsal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rehearsed(Point<4>);

impl Rehearsed {
    /// What was found while the article of the question was there.
    pub fn with_article(best: Option<&Rated<'_>>, is_right: bool) -> Self {
        Self::new(best, is_right, IN_SCOPE_WEIGHT)
    }

    /// What was found without it.
    pub fn without_article(best: Option<&Rated<'_>>) -> Self {
        Self::new(best, false, OUT_OF_SCOPE_WEIGHT)
    }

    fn new(best: Option<&Rated<'_>>, is_right: bool, weight: f64) -> Self {
        let [score, margin, share] = best.map_or([0.0; 3], |best| [best.score, best.margin, best.share].map(f64::from));
        Self(Point { features: [score, margin, share, 1.0], outcome: f64::from(u8::from(is_right)), weight })
    }
}

impl Rehearsal {
    /// What these teach; nothing when they are few.
    pub fn learn(rehearsed: &[Rehearsed]) -> Option<Self> {
        if rehearsed.len() < FEWEST {
            return None;
        }
        let points: Vec<Point<4>> = rehearsed.iter().map(|rehearsed| rehearsed.0).collect();
        let usual = [PULL, PULL, PULL, FREE].map(|pull| Usual { value: 0.0, pull });
        let [score, margin, share, bias] = fit(&points, &usual).map(|number| number as f32);
        Some(Self { score, margin, share, bias })
    }

    /// The log odds that it sees.
    pub(super) fn log_odds(&self, score: f32, margin: f32, share: f32) -> f32 {
        self.score * score + self.margin * margin + self.share * share + self.bias
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_right_from_wrong_here_counts() {
        let rehearsed =
            |score: f64, outcome: f64| Rehearsed(Point { features: [score, 1.0, 0.5, 1.0], outcome, weight: 0.5 });
        let all: Vec<_> = (0..100).flat_map(|_| [rehearsed(9.0, 1.0), rehearsed(4.0, 0.0)]).collect();
        let taught = Rehearsal::learn(&all).unwrap();
        assert!(taught.log_odds(9.0, 1.0, 0.5) > 1.0 && taught.log_odds(4.0, 1.0, 0.5) < -1.0, "{taught:?}");
        assert_eq!(Rehearsal::learn(&all[..FEWEST - 1]), None);
    }
}
