//! Many questions at once: JSON lines in, JSON lines out, in order.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, IsTerminal},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use anyhow::{Context as _, anyhow};
use indicatif::ProgressBar;
use parking_lot::Mutex;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    answer::{Policy, Verdict, decide},
    article::hit::Question,
    cli::{
        Exit,
        ask::{search, verdict_name},
        print,
    },
    knowledge::Knowledge,
};

/// So many questions are read, answered and written at a time.
const PORTION: usize = 2048;

#[derive(Debug, Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    text: String,
    #[serde(default)]
    locale: Option<String>,
}

/// How the questions are answered.
pub(super) struct Asking<'a> {
    /// The language of questions that do not name one.
    pub(super) locale: Option<&'a str>,
    /// Whether to write down what each confidence is made of.
    pub(super) is_explained: bool,
    pub(super) knowledge: &'a Knowledge,
    pub(super) policy: Policy,
}

pub(super) fn run(file: &Path, jobs: Option<usize>, asking: &Asking<'_>) -> anyhow::Result<Exit> {
    let mut lines = open(file)?.lines().enumerate();
    let bar = progress_bar();
    loop {
        let portion = lines.by_ref().take(PORTION).map(|(number, line)| parse(number, line)).collect::<Vec<_>>();
        if portion.is_empty() {
            bar.finish_and_clear();
            return Ok(Exit::Fine);
        }
        let questions: Vec<Line> = portion.into_iter().filter_map(Result::transpose).collect::<Result<_, _>>()?;
        for answered in answer_all(&questions, jobs, asking) {
            print(&answered?.to_string())?;
        }
        bar.inc(questions.len() as u64);
    }
}

/// One question's line of the report.
pub(super) fn report(id: &Value, verdict: &Verdict) -> Value {
    let candidates = verdict.decision.candidates.iter();
    json!({
        "id": id,
        "verdict": verdict_name(&verdict.ruling),
        "reason": verdict.ruling.reason(),
        "candidates": candidates
            .map(|candidate| json!({"article": candidate.article, "confidence": candidate.confidence}))
            .collect::<Vec<_>>(),
    })
}

fn open(file: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    if file == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Box::new(BufReader::new(opened)))
}

/// Nothing for an empty line.
fn parse(number: usize, line: io::Result<String>) -> anyhow::Result<Option<Line>> {
    let line = line.context("cannot read the questions")?;
    if line.trim().is_empty() {
        return Ok(None);
    }
    let parsed = serde_json::from_str(&line);
    Ok(Some(parsed.with_context(|| format!("line {} is not {{\"id\",\"text\",\"locale\"?}}", number + 1))?))
}

fn answer_all(questions: &[Line], jobs: Option<usize>, asking: &Asking<'_>) -> Vec<anyhow::Result<Value>> {
    let processors = || thread::available_parallelism().map_or(1, usize::from);
    let jobs = jobs.unwrap_or_else(processors).clamp(1, questions.len().max(1));
    let next = AtomicUsize::new(0);
    let answers: Vec<Mutex<anyhow::Result<Value>>> =
        questions.iter().map(|_| Mutex::new(Err(anyhow!("a question was not answered")))).collect();
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let (Some(line), Some(place)) = (questions.get(number), answers.get(number)) else { return };
                    *place.lock() = answer_one(line, asking);
                }
            });
        }
    });
    answers.into_iter().map(Mutex::into_inner).collect()
}

fn answer_one(line: &Line, asking: &Asking<'_>) -> anyhow::Result<Value> {
    let locale = line.locale.as_deref().or(asking.locale).map(str::to_owned);
    let hits = search(asking.knowledge, &Question { locale, ..Question::new(&line.text) }, &asking.policy)?;
    let verdict = decide(&hits, &asking.policy);
    let mut report = report(&line.id, &verdict);
    if asking.is_explained
        && let Some(report) = report.as_object_mut()
    {
        report.insert("decision".to_owned(), json!(verdict.decision));
    }
    Ok(report)
}

/// A count of the questions answered, on a terminal only.
fn progress_bar() -> ProgressBar {
    if io::stderr().is_terminal() && !io::stdout().is_terminal() {
        ProgressBar::new_spinner()
    } else {
        ProgressBar::hidden()
    }
}
