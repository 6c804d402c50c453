//! `test`: asks the articles' own questions, each hidden from its article, and the answer tests.

mod report;

use std::io::{self, IsTerminal};

use clap::Args;
use indicatif::ProgressBar;

use self::report::{Miss, Report, Tally};
use crate::{
    answer::{Policy, Ruling, Verdict, decide},
    article::{ArticleId, answer_test::Expect, hit::Question},
    cli::{Context, Exit, leave_out, print},
    knowledge::{Knowledge, Snapshot},
};

/// Options of `test`.
#[derive(Debug, Args)]
pub struct TestArgs {}

pub(crate) fn run(_: &TestArgs, context: &Context) -> anyhow::Result<Exit> {
    let knowledge = Knowledge::open(context.knowledge_options())?;
    let snapshot = knowledge.snapshot();
    let policy = context.taught_policy(&knowledge)?;
    let bar = progress_bar(leave_out::count(&snapshot) + snapshot.library().answer_tests.len());
    let report =
        Report { questions: ask_hidden(&snapshot, &policy, &bar)?, answers: ask_tests(&snapshot, &policy, &bar)? };
    bar.finish_and_clear();
    print(&if context.json { serde_json::to_string_pretty(&report)? } else { report.to_string() })?;
    Ok(if report.answers.misses.is_empty() { Exit::Fine } else { Exit::Findings })
}

fn ask_hidden(snapshot: &Snapshot, policy: &Policy, bar: &ProgressBar) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    leave_out::ask(snapshot, |own, hits| {
        let verdict = decide(&hits, policy);
        tally.add(&verdict, &Expect::Answer(own.article.id.clone()), || {
            Miss::new(own.article.id.to_string(), own.text(), String::new(), &verdict)
        });
        bar.inc(1);
    })?;
    Ok(tally)
}

fn ask_tests(snapshot: &Snapshot, policy: &Policy, bar: &ProgressBar) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    for (path, test) in &snapshot.library().answer_tests {
        let question = Question { locale: test.locale.clone(), ..Question::new(&test.ask) };
        let verdict = decide(&snapshot.search(&question)?, policy);
        tally.add(&verdict, &test.expect, || {
            Miss::new(format!("{path}:{}", test.line), &test.ask, expected(&test.expect), &verdict)
        });
        bar.inc(1);
    }
    Ok(tally)
}

fn expected(expect: &Expect) -> String {
    let ids = |ids: &[ArticleId]| ids.iter().map(ArticleId::as_str).collect::<Vec<_>>().join(", ");
    match expect {
        Expect::Answer(id) => id.to_string(),
        Expect::Escalate => "escalate".to_owned(),
        Expect::Clarify(options) => format!("clarify {}", ids(options)),
    }
}

/// Whether the verdict is what was expected.
fn is_met(verdict: &Verdict, expect: &Expect) -> bool {
    match expect {
        Expect::Answer(id) => answered(verdict) == Some(id),
        Expect::Escalate => verdict.ruling.reason().is_some(),
        Expect::Clarify(expected) => match &verdict.ruling {
            Ruling::Clarify { options } => expected.iter().all(|id| options.iter().any(|option| option.id == *id)),
            Ruling::Answer { .. }
            | Ruling::Escalate { .. }
            | Ruling::Smalltalk { .. }
            | Ruling::RequestAgent { .. }
            | Ruling::Say { .. } => false,
        },
    }
}

/// The article that the visitor would read.
fn answered(verdict: &Verdict) -> Option<&ArticleId> {
    match &verdict.ruling {
        Ruling::Answer { found, .. } | Ruling::Escalate { found: Some(found), .. } => Some(&found.article.id),
        Ruling::Smalltalk { article } | Ruling::RequestAgent { article } => Some(&article.id),
        Ruling::Clarify { .. } | Ruling::Escalate { found: None, .. } | Ruling::Say { .. } => None,
    }
}

pub(crate) fn progress_bar(length: usize) -> ProgressBar {
    if io::stderr().is_terminal() { ProgressBar::new(length as u64) } else { ProgressBar::hidden() }
}
