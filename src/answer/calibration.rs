//! How right the confidence is, and how labelled questions make it more so. Pure.
//!
//! Without labels nobody knows how many questions will come that no article answers, so no confidence can be right
//! everywhere. With some, three numbers are fitted on the log odds, held near what is usual: beta calibration (Kull,
//! Silva Filho and Flach, 2017).

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::{
    answer::logistic::{Point, Usual, fit, logistic},
    article::hit::Level,
};

/// Corrects the log odds of one level: `below · ln p − above · ln (1 − p) + offset`, which is a line of these slopes far
/// below and far above a confidence p of one half.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub struct Calibration {
    /// How much more a low confidence says.
    pub below: f32,
    /// How much more a high confidence says.
    pub above: f32,
    /// How much to add.
    pub offset: f32,
}

/// A calibration as a file has it; the first release had one slope.
#[derive(Deserialize)]
struct Kept {
    below: Option<f32>,
    above: Option<f32>,
    slope: Option<f32>,
    offset: f32,
}

/// Something that each level has its own of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ByLevel<T> {
    /// Of words alone.
    pub lexical: T,
    /// Of the built-in vectors.
    #[serde(rename = "static")]
    pub builtin: T,
    /// Of the full sentence encoder.
    pub encoder: T,
}

/// The calibrations of all levels.
pub type Calibrations = ByLevel<Calibration>;

/// A question with a known end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// How sure the desk was of its best article.
    pub confidence: f32,
    /// Whether that article was right.
    pub is_right: bool,
    /// How much the sample counts.
    pub weight: f32,
}

/// Confidences of one tenth, and how often they were right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bin {
    /// From which confidence on.
    pub from: f32,
    /// The samples' weight.
    pub weight: f32,
    /// Their mean confidence.
    pub confidence: f32,
    /// The share of them that was right.
    pub right: f32,
}

/// What answering from a confidence on would lead to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Choice {
    /// From which confidence on.
    pub threshold: f32,
    /// The share of all questions that is answered.
    pub answered: f32,
    /// The share of the answers that is right.
    pub precision: f32,
}

/// What the numbers usually are, and how far they are from that. On the public cases a low confidence says less than it
/// claims and a high one more, at every level; the offset is the desk's own share of questions without an answer.
const USUAL_BELOW: f64 = 0.7;
const USUAL_ABOVE: f64 = 1.3;
const SLOPES_VARY_BY: f64 = 0.2;
const OFFSET_VARIES_BY: f64 = 0.7;

/// What keeps more confidence from meaning less, whatever labels say.
const SLOPES: RangeInclusive<f64> = 0.1..=4.0;

const BINS: usize = 10;

impl Default for Calibration {
    fn default() -> Self {
        Self { below: 1.0, above: 1.0, offset: 0.0 }
    }
}

impl From<Kept> for Calibration {
    fn from(Kept { below, above, slope, offset }: Kept) -> Self {
        let slope = slope.unwrap_or(1.0);
        Self { below: below.unwrap_or(slope), above: above.unwrap_or(slope), offset }
    }
}

impl Calibration {
    /// The corrected log odds.
    pub fn correct(&self, log_odds: f32) -> f32 {
        let [below, above] = sides(f64::from(log_odds));
        self.below * below as f32 + self.above * above as f32 + self.offset
    }

    /// The numbers that make these samples likeliest, where what is usual counts too; without a sample nothing is
    /// changed. The samples' confidences are uncorrected ones.
    pub fn fit(samples: &[Sample]) -> Self {
        if samples.is_empty() {
            return Self::default();
        }
        let points: Vec<Point<3>> = samples.iter().map(Sample::point).collect();
        let usual = |value, deviation: f64| Usual { value, pull: deviation.powi(-2) };
        let slope = |value| usual(value, SLOPES_VARY_BY);
        let usual = [slope(USUAL_BELOW), slope(USUAL_ABOVE), usual(0.0, OFFSET_VARIES_BY)];
        let [below, above, offset] = fit(&points, &usual);
        let clamped = |slope: f64| slope.clamp(*SLOPES.start(), *SLOPES.end()) as f32;
        Self { below: clamped(below), above: clamped(above), offset: offset as f32 }
    }
}

/// `ln p` and `−ln (1 − p)` of log odds; their sum is the log odds.
fn sides(log_odds: f64) -> [f64; 2] {
    let above = log_odds.max(0.0) + (-log_odds.abs()).exp().ln_1p();
    [log_odds - above, above]
}

impl<T> ByLevel<T> {
    /// That of a level.
    pub fn of(&self, level: Level) -> &T {
        match level {
            Level::Lexical => &self.lexical,
            Level::Static => &self.builtin,
            Level::Encoder => &self.encoder,
        }
    }

    /// That of a level, to be changed.
    pub fn of_mut(&mut self, level: Level) -> &mut T {
        match level {
            Level::Lexical => &mut self.lexical,
            Level::Static => &mut self.builtin,
            Level::Encoder => &mut self.encoder,
        }
    }
}

impl Sample {
    fn log_odds(&self) -> f64 {
        let p = f64::from(self.confidence).clamp(1e-6, 1.0 - 1e-6);
        (p / (1.0 - p)).ln()
    }

    fn point(&self) -> Point<3> {
        let outcome = f64::from(u8::from(self.is_right));
        let [below, above] = sides(self.log_odds());
        Point { features: [below, above, 1.0], outcome, weight: f64::from(self.weight) }
    }

    /// The sample as the corrected confidence would have it.
    #[must_use]
    pub fn corrected(&self, calibration: &Calibration) -> Self {
        let log_odds = calibration.correct(self.log_odds() as f32);
        Self { confidence: logistic(f64::from(log_odds)) as f32, ..*self }
    }
}

/// How often confidences were right, tenth by tenth.
pub fn reliability(samples: &[Sample]) -> Vec<Bin> {
    let mut bins = vec![Bin::default(); BINS];
    for (place, bin) in bins.iter_mut().enumerate() {
        bin.from = place as f32 / BINS as f32;
    }
    for sample in samples {
        let place = ((sample.confidence * BINS as f32) as usize).min(BINS - 1);
        if let Some(bin) = bins.get_mut(place) {
            bin.weight += sample.weight;
            bin.confidence += sample.weight * sample.confidence;
            bin.right += if sample.is_right { sample.weight } else { 0.0 };
        }
    }
    for bin in bins.iter_mut().filter(|bin| bin.weight > 0.0) {
        bin.confidence /= bin.weight;
        bin.right /= bin.weight;
    }
    bins
}

/// The mean distance of confidence and truth over the tenths.
pub fn calibration_error(bins: &[Bin]) -> f32 {
    let all: f32 = bins.iter().map(|bin| bin.weight).sum();
    bins.iter().map(|bin| bin.weight * (bin.confidence - bin.right).abs()).sum::<f32>() / all.max(f32::MIN_POSITIVE)
}

/// What answering from each twentieth on would lead to.
pub fn choices(samples: &[Sample]) -> Vec<Choice> {
    (1..20).map(|step| choice(samples, step as f32 / 20.0)).collect()
}

/// The lowest threshold whose answers, and all above, are right often enough; none when there is no such threshold.
pub fn threshold_for(samples: &[Sample], precision: f32) -> Option<Choice> {
    let candidates = (0..=100).map(|step| choice(samples, step as f32 / 100.0));
    candidates.into_iter().find(|choice| choice.answered > 0.0 && choice.precision >= precision)
}

fn choice(samples: &[Sample], threshold: f32) -> Choice {
    let all: f32 = samples.iter().map(|sample| sample.weight).sum();
    let answered = samples.iter().filter(|sample| sample.confidence >= threshold);
    let (weight, right) = answered.fold((0.0, 0.0), |(weight, right), sample| {
        (weight + sample.weight, right + if sample.is_right { sample.weight } else { 0.0 })
    });
    Choice {
        threshold,
        answered: weight / all.max(f32::MIN_POSITIVE),
        precision: if weight > 0.0 { right / weight } else { 0.0 },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn samples(all: &[(f32, usize, usize)]) -> Vec<Sample> {
        let sample = |confidence, is_right| Sample { confidence, is_right, weight: 1.0 };
        let of = |&(confidence, right, wrong): &(f32, usize, usize)| {
            [vec![sample(confidence, true); right], vec![sample(confidence, false); wrong]].concat()
        };
        all.iter().flat_map(of).collect()
    }

    #[test]
    fn without_labels_nothing_changes() {
        let fitted = Calibration::fit(&[]);
        assert_eq!(fitted, Calibration::default());
        for log_odds in [-13.0, -0.5, 0.0, 2.0, 13.0] {
            assert!((fitted.correct(log_odds) - log_odds).abs() < 1e-5, "{log_odds}");
        }
    }

    #[test]
    fn low_and_high_confidence_are_corrected_each_in_its_way() {
        let seen = samples(&[(0.05, 20, 80), (0.95, 99, 1)]);
        let fitted = Calibration::fit(&seen);
        let p = |confidence| Sample { confidence, is_right: true, weight: 1.0 }.corrected(&fitted).confidence;
        assert!(p(0.05) > 0.08 && p(0.95) > 0.96, "{} {}", p(0.05), p(0.95));
    }

    #[test]
    fn what_the_first_release_kept_is_read() {
        let kept: Calibration = serde_json::from_str(r#"{"slope":0.5,"offset":-1.0}"#).unwrap();
        assert_eq!(kept, Calibration { below: 0.5, above: 0.5, offset: -1.0 });
        let again: Calibration = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
        assert_eq!(again, kept);
    }

    #[test]
    fn labels_correct_what_is_too_sure() {
        let seen = samples(&[(0.9, 50, 50), (0.6, 20, 80)]);
        let fitted = Calibration::fit(&seen);
        let after: Vec<Sample> = seen.iter().map(|sample| sample.corrected(&fitted)).collect();
        let (before, after) = (calibration_error(&reliability(&seen)), calibration_error(&reliability(&after)));
        assert!(before > 0.3 && after < 0.05, "{before} {after}");
    }

    #[test]
    fn a_threshold_is_found_for_a_precision() {
        let seen = samples(&[(0.95, 19, 1), (0.55, 10, 10), (0.15, 0, 20)]);
        let choice = threshold_for(&seen, 0.9).unwrap();
        assert!(choice.threshold > 0.55 && choice.threshold <= 0.95 && choice.precision > 0.9);
        assert!((choice.answered - 1.0 / 3.0).abs() < 1e-5);
        assert!(threshold_for(&seen, 0.5).unwrap().threshold <= 0.55);
        assert_eq!(threshold_for(&seen, 0.99), None);
        assert_eq!(threshold_for(&[], 0.5), None);
    }

    #[test]
    fn tenths_say_how_often_they_were_right() {
        let bins = reliability(&samples(&[(0.95, 3, 1), (1.0, 1, 0), (0.0, 0, 2)]));
        assert_eq!(bins.len(), BINS);
        assert!((bins[9].weight - 5.0).abs() < 1e-6 && (bins[9].right - 0.8).abs() < 1e-6);
        assert!((bins[0].right).abs() < 1e-6 && (bins[0].weight - 2.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn a_correction_keeps_the_order(
            seen in prop::collection::vec((0.0_f32..=1.0, any::<bool>()), 0..60),
            a in 0.0_f32..=1.0,
            b in 0.0_f32..=1.0,
        ) {
            let seen: Vec<_> =
                seen.into_iter().map(|(confidence, is_right)| Sample { confidence, is_right, weight: 1.0 }).collect();
            let fitted = Calibration::fit(&seen);
            prop_assert!(fitted.below > 0.0 && fitted.above > 0.0 && fitted.offset.is_finite());
            let corrected = |confidence| Sample { confidence, is_right: true, weight: 1.0 }.corrected(&fitted).confidence;
            prop_assert!((0.0..=1.0).contains(&corrected(a)));
            prop_assert_eq!(corrected(a.min(b)) <= corrected(a.max(b)), true);
        }
    }
}
