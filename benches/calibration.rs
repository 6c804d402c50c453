//! How right the confidence is on questions with known answers, without labels and with a hundred of them.
//!
//! A measured error never is nothing: even a confidence that is exactly right differs from what comes true in a few
//! hundred questions. How much that is alone, the column "by chance" says: the error of the same confidences, corrected
//! with all labels, when what is right is drawn with exactly these chances.
//!
//! `cargo bench --bench calibration -- FOLDER…`: each folder has articles in `kb/` and `queries.jsonl`, lines of
//! `{"text","gold":[ids]}`. `FRONTDESK_ENCODER` names the folder of the full encoder, if that level is meant.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a bench prints, and fails loudly")]

use std::{env, fs, path::Path};

use frontdesk::{
    answer::{
        Policy,
        calibration::{Calibration, Sample, calibration_error, reliability},
        confidence,
    },
    article::hit::{Level, Question},
    cli::rehearse,
    knowledge::{Knowledge, Options},
};
use serde_json::Value;

const LABELS: usize = 100;
const DRAWS: usize = 20;

/// A small generator of the same numbers every time (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn chance(&mut self) -> f32 {
        self.roll(1 << 24) as f32 / (1 << 24) as f32
    }

    fn shuffle(&mut self, samples: &mut [Sample]) {
        for place in (1..samples.len()).rev() {
            samples.swap(place, self.roll(place + 1));
        }
    }
}

/// How many questions are labelled; of a small case, half.
fn labels_of(samples: &[Sample]) -> usize {
    LABELS.min(samples.len() / 2)
}

fn samples(folder: &Path, cache: &Path) -> Vec<Sample> {
    let encoder = env::var_os("FRONTDESK_ENCODER").map(Into::into);
    let level = if encoder.is_some() { Level::Encoder } else { Level::Static };
    let cache = Some(cache.to_owned());
    let options =
        Options { folder: folder.join("kb"), locale: "en".to_owned(), cache, level, encoder, ..Options::default() };
    let snapshot = Knowledge::open(options).unwrap().snapshot();
    let policy = Policy { rehearsals: rehearse::learn(&snapshot).unwrap(), ..Policy::default() };
    let text = fs::read_to_string(folder.join("queries.jsonl")).unwrap();
    let sample = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let hits = snapshot.search(&Question::new(line["text"].as_str().unwrap())).unwrap();
        let rated = confidence::rate(&hits, &policy);
        let right = |id: &str| line["gold"].as_array().unwrap().iter().any(|gold| gold.as_str() == Some(id));
        Sample {
            confidence: rated.first().map_or(0.0, |best| best.confidence),
            is_right: rated.first().is_some_and(|best| right(best.hit.article.id.as_str())),
            weight: 1.0,
        }
    };
    text.lines().map(sample).collect()
}

fn error(samples: &[Sample]) -> f32 {
    calibration_error(&reliability(samples))
}

/// The samples as they are after learning from the labelled ones.
fn corrected(samples: &[Sample], labels: &[Sample]) -> Vec<Sample> {
    let calibration = Calibration::fit(labels);
    samples.iter().map(|sample| sample.corrected(&calibration)).collect()
}

/// The error on the other questions after learning from some, drawn by chance.
fn error_with_labels(samples: &[Sample], dice: &mut Dice) -> f32 {
    let mut shuffled = samples.to_vec();
    dice.shuffle(&mut shuffled);
    let (labels, rest) = shuffled.split_at(labels_of(samples));
    error(&corrected(rest, labels))
}

/// The error on the same share of the questions, were their confidences exactly right.
fn error_by_chance(samples: &[Sample], dice: &mut Dice) -> f32 {
    let mut drawn = samples.to_vec();
    dice.shuffle(&mut drawn);
    for sample in &mut drawn {
        sample.is_right = dice.chance() < sample.confidence;
    }
    error(&drawn[labels_of(samples)..])
}

fn main() {
    let folders: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let cache = tempfile::tempdir().unwrap();
    println!(
        "| case | questions | error without labels | with {LABELS} labels, mean of {DRAWS} draws | by chance |\n|---|---:|---:|---:|---:|"
    );
    let mut sums = [0.0; 3];
    for folder in &folders {
        let samples = samples(Path::new(folder), cache.path());
        let errors = errors(&samples);
        let name = Path::new(folder).file_name().unwrap_or_default().to_string_lossy();
        println!("| {name} | {} | {} |", samples.len(), cells(errors));
        sums.iter_mut().zip(errors).for_each(|(sum, error)| *sum += error);
    }
    println!("| mean | | {} |", cells(sums.map(|sum| sum / folders.len().max(1) as f32)));
}

/// Without labels, with some, and by chance.
fn errors(samples: &[Sample]) -> [f32; 3] {
    let dice = &mut Dice(1);
    let mut mean = |samples: &[Sample], draw: fn(&[Sample], &mut Dice) -> f32| {
        (0..DRAWS).map(|_| draw(samples, dice)).sum::<f32>() / DRAWS as f32
    };
    let with_labels = mean(samples, error_with_labels);
    [error(samples), with_labels, mean(&corrected(samples, samples), error_by_chance)]
}

fn cells(errors: [f32; 3]) -> String {
    errors.map(|error| format!("{error:.3}")).join(" | ")
}
