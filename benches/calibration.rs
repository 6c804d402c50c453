//! How right the confidence is on questions with known answers, without labels and with a hundred of them.
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

/// The error on the other questions after learning from some, drawn by chance.
fn error_with_labels(samples: &[Sample], dice: &mut Dice) -> f32 {
    let mut shuffled = samples.to_vec();
    for place in (1..shuffled.len()).rev() {
        shuffled.swap(place, dice.roll(place + 1));
    }
    let (labels, rest) = shuffled.split_at(LABELS.min(shuffled.len() / 2));
    let calibration = Calibration::fit(labels);
    error(&rest.iter().map(|sample| sample.corrected(&calibration)).collect::<Vec<_>>())
}

fn main() {
    let folders: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let cache = tempfile::tempdir().unwrap();
    println!(
        "| case | questions | error without labels | with {LABELS} labels, mean of {DRAWS} draws |\n|---|---:|---:|---:|"
    );
    let mut sums = (0.0, 0.0);
    for folder in &folders {
        let samples = samples(Path::new(folder), cache.path());
        let mut dice = Dice(1);
        let without = error(&samples);
        let with = (0..DRAWS).map(|_| error_with_labels(&samples, &mut dice)).sum::<f32>() / DRAWS as f32;
        let name = Path::new(folder).file_name().unwrap_or_default().to_string_lossy();
        println!("| {name} | {} | {without:.3} | {with:.3} |", samples.len());
        sums = (sums.0 + without, sums.1 + with);
    }
    let count = folders.len().max(1) as f32;
    println!("| mean | | {:.3} | {:.3} |", sums.0 / count, sums.1 / count);
}
