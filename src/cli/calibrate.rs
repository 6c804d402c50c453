//! `calibrate`: how right the confidence is, and what labelled questions make of it.

mod from_file;
mod report;
mod svg;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use self::report::Report;
use crate::{
    answer::{
        Policy,
        calibration::{Calibration, Sample},
    },
    article::{ArticleId, hit::Level},
    cli::{
        Context, Exit, fit,
        labels::{self, Label},
        leave_out, print,
        rehearse::{rehearse, without},
        test::progress_bar,
    },
    knowledge::{Knowledge, Snapshot},
    store::SqliteStore,
};

/// A hidden question counts as a visitor's that an article answers, and, without its article, as one that none does.
const IN_SCOPE_WEIGHT: f32 = 0.6;
const OUT_OF_SCOPE_WEIGHT: f32 = 0.4;

/// Options of `calibrate`.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Questions with their right articles: JSON lines {"text","gold":[ids]} (none: belongs to a person), or an
    /// _answers.yaml
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// Draw the reliability as a picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

pub(crate) fn run(args: &CalibrateArgs, context: &Context) -> anyhow::Result<Exit> {
    let knowledge = Knowledge::open(context.knowledge_options())?;
    let snapshot = knowledge.snapshot();
    let mut kept = fit::load(context.data());
    let level = context.level;
    let policy = Policy { rehearsals: rehearse(&snapshot, &context.cache())?, ..Policy::default() };
    let labels = match &args.labels {
        Some(file) => from_file::labels(file)?,
        None => kept_labels(context)?,
    };
    let has_labels = !labels.is_empty();
    let samples = if has_labels {
        let mut by_level = labels::samples(&labels, &snapshot, &policy)?;
        for level in snapshot.levels() {
            *kept.calibrations.of_mut(level) = Calibration::fit(by_level.of(level));
            kept.labels.insert(level.as_str().to_owned(), by_level.of(level).len());
        }
        std::mem::take(by_level.of_mut(level))
    } else {
        hidden_samples(&snapshot, &policy)?
    };
    let calibration = *kept.calibrations.of(level);
    let corrected: Vec<Sample> = samples.iter().map(|sample| sample.corrected(&calibration)).collect();
    let report = Report::new(&samples, &corrected, calibration, context, has_labels);
    kept.precisions.insert(level.as_str().to_owned(), fit::precisions(&report.choices));
    fit::save(&kept, context.data()).with_context(|| format!("cannot write into {}", context.data().display()))?;
    if let Some(file) = &args.svg {
        std::fs::write(file, svg::plot(&report.bins)).with_context(|| format!("cannot write {}", file.display()))?;
    }
    print(&if context.json { serde_json::to_string_pretty(&report)? } else { report.to_string() })?;
    Ok(Exit::Fine)
}

/// What agents and visitors have said of answers, where there is a database.
fn kept_labels(context: &Context) -> anyhow::Result<Vec<Label>> {
    if !SqliteStore::is_in(context.data()) {
        return Ok(Vec::new());
    }
    let store = SqliteStore::open(context.data())?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    Ok(runtime.block_on(labels::kept(&store))?)
}

/// The articles' own questions, each hidden, with and without its article.
fn hidden_samples(snapshot: &Snapshot, policy: &Policy) -> anyhow::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    let bar = progress_bar(leave_out::count(snapshot));
    leave_out::ask(snapshot, |own, hits| {
        let id = &own.article.id;
        samples.push(sample(labels::best(&hits, policy), Some(id)));
        samples.push(sample(labels::best(&without(hits, id), policy), None));
        bar.inc(1);
    })?;
    bar.finish_and_clear();
    Ok(samples)
}

/// What was thought of a hidden question's best article: right is its own, or none when that is taken away.
fn sample(best: Option<(ArticleId, f32)>, right: Option<&ArticleId>) -> Sample {
    Sample {
        is_right: best.as_ref().is_some_and(|(best, _)| Some(best) == right),
        confidence: best.map_or(0.0, |(_, confidence)| confidence),
        weight: if right.is_some() { IN_SCOPE_WEIGHT } else { OUT_OF_SCOPE_WEIGHT },
    }
}

/// What a level is called in a sentence.
fn level_name(level: Level) -> &'static str {
    match level {
        Level::Lexical => "words alone",
        Level::Static => "words and the built-in vectors",
        Level::Encoder => "words and the full sentence encoder",
    }
}
