//! `calibrate`: how right the confidence is, and what labelled questions make of it.

mod labels;
mod report;
mod svg;

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use self::report::Report;
use crate::{
    answer::{
        calibration::{Calibration, Sample},
        confidence,
    },
    article::{
        ArticleId,
        hit::{Hits, Level, Take},
    },
    cli::{Context, Exit, fit, leave_out, print, test::progress_bar},
    knowledge::{Knowledge, Snapshot},
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
    let samples = match &args.labels {
        Some(file) => labels::samples(file, &snapshot)?,
        None => hidden_samples(&snapshot)?,
    };
    if args.labels.is_some() {
        *kept.calibrations.of_mut(level) = Calibration::fit(&samples);
        kept.labels.insert(level.as_str().to_owned(), samples.len());
    }
    let calibration = *kept.calibrations.of(level);
    let corrected: Vec<Sample> = samples.iter().map(|sample| sample.corrected(&calibration)).collect();
    let report = Report::new(&samples, &corrected, calibration, context, args.labels.is_some());
    kept.precisions.insert(level.as_str().to_owned(), fit::precisions(&report.choices));
    fit::save(&kept, context.data()).with_context(|| format!("cannot write into {}", context.data().display()))?;
    if let Some(file) = &args.svg {
        std::fs::write(file, svg::plot(&report.bins)).with_context(|| format!("cannot write {}", file.display()))?;
    }
    print(&if context.json { serde_json::to_string_pretty(&report)? } else { report.to_string() })?;
    Ok(Exit::Fine)
}

/// The articles' own questions, each hidden, with and without its article.
fn hidden_samples(snapshot: &Snapshot) -> anyhow::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    let bar = progress_bar(leave_out::count(snapshot));
    leave_out::ask(snapshot, |own, hits| {
        let id = &own.article.id;
        samples.push(sample(&hits, IN_SCOPE_WEIGHT, |best| best == id));
        samples.push(sample(&without(hits, id), OUT_OF_SCOPE_WEIGHT, |_| false));
        bar.inc(1);
    })?;
    bar.finish_and_clear();
    Ok(samples)
}

/// What the uncorrected confidence says.
fn sample(hits: &Hits, weight: f32, is_right: impl Fn(&ArticleId) -> bool) -> Sample {
    let rated = confidence::rate(hits, &Calibration::default());
    let best = rated.first();
    Sample {
        confidence: best.map_or(0.0, |best| best.confidence),
        is_right: best.is_some_and(|best| is_right(&best.hit.article.id)),
        weight,
    }
}

fn without(mut hits: Hits, id: &ArticleId) -> Hits {
    hits.hits.retain(|hit| hit.article.id != *id);
    let other = |mut take: Take| {
        take.hits.retain(|hit| hit.article.id != *id);
        take
    };
    hits.takes = hits.takes.into_iter().map(other).collect();
    hits
}

/// What a level is called in a sentence.
fn level_name(level: Level) -> &'static str {
    match level {
        Level::Lexical => "words alone",
        Level::Static => "words and the built-in vectors",
        Level::Encoder => "words and the full sentence encoder",
    }
}
