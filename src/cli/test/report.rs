//! What `test` has to say.

use std::fmt;

use serde::Serialize;

use crate::{
    answer::Verdict,
    article::answer_test::Expect,
    cli::{
        ask::verdict_name,
        test::{answered, is_met},
    },
};

/// Both halves of the test.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    /// The articles' own questions, each hidden from its article.
    pub(super) questions: Tally,
    /// The answer tests.
    pub(super) answers: Tally,
}

/// How a list of questions went.
#[derive(Debug, Default, Serialize)]
pub(super) struct Tally {
    asked: usize,
    /// Those with the right article in first place, whatever the verdict.
    first: usize,
    answered: usize,
    /// Answers with the right article.
    right: usize,
    /// Share of the answers that are right.
    precision: Option<f64>,
    /// Share of the questions that are answered.
    answered_share: Option<f64>,
    pub(super) misses: Vec<Miss>,
}

/// A question that did not get what was expected.
#[derive(Debug, Default, Serialize)]
pub(super) struct Miss {
    /// The article, or the answer test's file and line.
    place: String,
    asked: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    expected: String,
    verdict: &'static str,
    /// The best candidates with their confidences.
    candidates: Vec<(String, f32)>,
}

impl Miss {
    pub(super) fn new(place: String, asked: &str, expected: String, verdict: &Verdict) -> Self {
        let best = verdict.decision.candidates.iter().take(3);
        Self {
            place,
            asked: asked.to_owned(),
            expected,
            verdict: verdict_name(&verdict.ruling),
            candidates: best.map(|candidate| (candidate.article.clone(), candidate.confidence)).collect(),
        }
    }
}

impl Tally {
    pub(super) fn add(&mut self, verdict: &Verdict, expect: &Expect, miss: impl FnOnce() -> Miss) {
        let first = verdict.decision.candidates.first().map(|candidate| candidate.article.as_str());
        let answered = answered(verdict);
        self.asked += 1;
        self.first += usize::from(expect.articles().iter().any(|id| first == Some(id.as_str())));
        self.answered += usize::from(answered.is_some());
        self.right += usize::from(answered.is_some_and(|id| expect.articles().contains(id)));
        if !is_met(verdict, expect) {
            self.misses.push(miss());
        }
        self.precision = share(self.right, self.answered);
        self.answered_share = share(self.answered, self.asked);
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for miss in self.questions.misses.iter().chain(&self.answers.misses) {
            writeln!(f, "{miss}")?;
        }
        writeln!(f, "the articles' own questions, each hidden: {}", self.questions)?;
        write!(f, "answer tests: {}, {} missed", self.answers, self.answers.misses.len())
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: Option<f64>| share.map_or("–".to_owned(), |share| format!("{:.1} %", share * 100.0));
        write!(f, "{} asked, {} answered, ", self.asked, percent(self.answered_share))?;
        write!(f, "{} of the answers right, {} with the right article first", percent(self.precision), self.first)
    }
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: \"{}\"", self.place, self.asked)?;
        if !self.expected.is_empty() {
            write!(f, " expects {},", self.expected)?;
        }
        write!(f, " gets {}", self.verdict)?;
        self.candidates.iter().try_for_each(|(id, confidence)| write!(f, "  {id} {confidence:.2}"))
    }
}
