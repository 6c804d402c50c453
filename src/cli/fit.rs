//! What `calibrate` has learnt, kept in the data folder and used by every command.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use crate::{
    answer::{
        Policy,
        calibration::{Calibrations, Choice},
    },
    article::hit::Level,
    config::Settings,
    conversation::Thresholds,
};

const FILE: &str = "calibration.json";

/// What was learnt.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Fit {
    /// From labelled questions.
    pub(crate) calibrations: Calibrations,
    /// How many labelled questions each level's calibration is from.
    pub(crate) labels: BTreeMap<String, usize>,
    /// For each level, the precision that answering from a confidence on leads to: pairs in order of the confidence.
    pub(crate) precisions: BTreeMap<String, Vec<(f32, f32)>>,
}

/// What was learnt before; nothing when there is no file, or one that cannot be read.
pub(crate) fn load(data: &Path) -> Fit {
    let path = data.join(FILE);
    let Ok(bytes) = fs::read(&path) else { return Fit::default() };
    serde_json::from_slice(&bytes).unwrap_or_else(|error| {
        tracing::warn!(path = %path.display(), %error, "the calibration cannot be read: run `frontdesk calibrate` again");
        Fit::default()
    })
}

/// Keeps what was learnt.
pub(crate) fn save(fit: &Fit, data: &Path) -> io::Result<()> {
    fs::create_dir_all(data)?;
    let unfinished = data.join(format!(".{FILE}"));
    fs::write(&unfinished, serde_json::to_vec_pretty(fit)?)?;
    fs::rename(unfinished, data.join(FILE))
}

/// What the settings and the calibration say about answering.
pub(crate) fn policy(settings: &Settings, fit: &Fit, level: Level) -> Policy {
    let answers = &settings.answers;
    let mut thresholds = Thresholds {
        answer_at: answers.answer_at as f32,
        sure_at: answers.sure_at as f32,
        clarify_at: answers.clarify_at as f32,
    };
    if answers.target_precision > 0.0 {
        thresholds.answer_at = fit.threshold(level, answers.target_precision as f32);
        thresholds.sure_at = thresholds.sure_at.max(thresholds.answer_at);
        thresholds.clarify_at = thresholds.clarify_at.min(thresholds.answer_at);
    }
    Policy { thresholds, calibrations: fit.calibrations, ..Policy::default() }
}

impl Fit {
    /// The lowest threshold that promises a precision; never reached when nothing promises it.
    pub(crate) fn threshold(&self, level: Level, precision: f32) -> f32 {
        let usual = USUAL_PRECISIONS.to_vec();
        let known = self.precisions.get(level.as_str()).unwrap_or(&usual);
        known.iter().find(|(_, reached)| *reached >= precision).map_or(1.0, |(threshold, _)| *threshold)
    }
}

/// Threshold and precision where nobody has run `calibrate`: the built-in level's means over seven public cases.
const USUAL_PRECISIONS: [(f32, f32); 9] = [
    (0.1, 0.67),
    (0.2, 0.72),
    (0.3, 0.75),
    (0.4, 0.79),
    (0.5, 0.81),
    (0.6, 0.83),
    (0.7, 0.86),
    (0.8, 0.89),
    (0.9, 0.94),
];

/// The threshold for a precision and what it leads to, as far as these choices can tell.
pub(crate) fn precisions(choices: &[Choice]) -> Vec<(f32, f32)> {
    choices.iter().filter(|choice| choice.answered > 0.0).map(|choice| (choice.threshold, choice.precision)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answer_at_follows_from_a_target() {
        let mut settings = Settings::default();
        let fit = Fit { precisions: [("static".to_owned(), vec![(0.3, 0.8), (0.7, 0.95)])].into(), ..Fit::default() };
        let answer_at = |settings: &Settings, level| policy(settings, &fit, level).thresholds.answer_at;
        assert!((answer_at(&settings, Level::Static) - 0.5).abs() < 1e-6);
        for (target, level, expected) in [
            (0.75, Level::Static, 0.3),
            (0.9, Level::Static, 0.7),
            (0.99, Level::Static, 1.0),
            (0.9, Level::Lexical, 0.9),
        ] {
            settings.answers.target_precision = target;
            assert!((answer_at(&settings, level) - expected).abs() < 1e-6, "{target} {level:?}");
        }
    }

    #[test]
    fn what_was_learnt_is_kept() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(load(data.path()), Fit::default());
        let mut fit = Fit { labels: [("static".to_owned(), 100)].into(), ..Fit::default() };
        fit.calibrations.builtin.offset = -0.5;
        save(&fit, data.path()).unwrap();
        assert_eq!(load(data.path()), fit);
        fs::write(data.path().join(FILE), "{").unwrap();
        assert_eq!(load(data.path()), Fit::default());
    }
}
