//! `ask`: answers a question, or a file of them, as the server would.

mod batch;
mod explain;

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::{
    answer::{
        self, Policy, Ruling, Verdict, Wording,
        reply::{Facts, reply},
    },
    article::hit::{Hits, Question},
    cli::{Context, Exit, print},
    conversation::{Choice, VerdictKind},
    knowledge::{Knowledge, KnowledgeError},
};

/// Options of `ask`.
#[derive(Debug, Args)]
pub struct AskArgs {
    /// The question, as a visitor would type it
    #[arg(required_unless_present = "batch")]
    question: Option<String>,
    /// Show every candidate with what its confidence is made of
    #[arg(long)]
    explain: bool,
    /// The visitor's language, such as `de` (default: guessed from the words)
    #[arg(long, value_name = "LOCALE")]
    locale: Option<String>,
    /// Answer JSON lines {"id","text","locale"?} from a file, or from standard input with `-`
    #[arg(long, value_name = "FILE", conflicts_with = "question")]
    batch: Option<PathBuf>,
    /// How many questions to answer at once (default: one a processor)
    #[arg(long, value_name = "N", requires = "batch")]
    jobs: Option<usize>,
}

pub(crate) fn run(args: &AskArgs, context: &Context) -> anyhow::Result<Exit> {
    let knowledge = Knowledge::open(context.knowledge_options())?;
    let policy = context.taught_policy(&knowledge)?;
    if let Some(file) = &args.batch {
        let asking =
            batch::Asking { locale: args.locale.as_deref(), is_explained: args.explain, knowledge: &knowledge, policy };
        return batch::run(file, args.jobs, &asking);
    }
    let question =
        Question { locale: args.locale.clone(), ..Question::new(args.question.as_deref().unwrap_or_default()) };
    let verdict = answer::decide(&search(&knowledge, &question, &policy)?, &policy);
    let text = spoken(&verdict, &knowledge, question.locale.as_deref().unwrap_or(&context.settings.knowledge.locale));
    if context.json {
        print(&json_report(&verdict, &text, args.explain).to_string())?;
    } else {
        print(&text)?;
        print(&format!("\n{}", if args.explain { explain::table(&verdict) } else { explain::summary(&verdict) }))?;
    }
    Ok(Exit::Fine)
}

/// What the server would find.
fn search(knowledge: &Knowledge, question: &Question, policy: &Policy) -> Result<Hits, KnowledgeError> {
    knowledge.snapshot().search_until(question, policy)
}

/// The verdict as the contract names it.
pub(crate) fn verdict_name(ruling: &Ruling) -> &'static str {
    match ruling.kind() {
        VerdictKind::Answer | VerdictKind::Smalltalk => "answer",
        VerdictKind::Clarify => "clarify",
        VerdictKind::Escalate => "escalate",
    }
}

/// What the bot would say as the first thing in a conversation.
fn spoken(verdict: &Verdict, knowledge: &Knowledge, locale: &str) -> String {
    let facts = Facts {
        offered: false,
        misses: 0,
        turns: 0,
        turn_budget: 0,
        agents_available: true,
        languages: &knowledge.snapshot().languages(),
        public_url: knowledge.public_url(),
    };
    let wording = Wording::new(knowledge.snapshot().wording(locale));
    let message = reply(verdict.clone(), &facts, &wording).message;
    let options = message.options.iter().map(|option| match &option.choice {
        Choice::Article(id) => format!("\n  · {} ({id})", option.label),
        Choice::RequestAgent | Choice::Rephrase => format!("\n  · {}", option.label),
    });
    let sources = message.sources.iter().map(|source| format!("\n\n{}", source.url));
    options.chain(sources).fold(message.text, |text, line| text + &line)
}

fn json_report(verdict: &Verdict, text: &str, is_explained: bool) -> serde_json::Value {
    let mut report = batch::report(&serde_json::Value::Null, verdict);
    if let Some(report) = report.as_object_mut() {
        report.remove("id");
        report.insert("text".to_owned(), json!(text));
        if is_explained {
            report.insert("decision".to_owned(), json!(verdict.decision));
        }
    }
    report
}
