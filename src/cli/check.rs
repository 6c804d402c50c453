//! `check`: lints the knowledge base.

mod index;
mod sarif;

use std::path::Path;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use jiff::{civil::Date, tz::TimeZone};
use serde_json::json;

pub use self::index::ask_index;
use crate::{
    cli::{Context, Exit, print},
    clock::{Clock, SystemClock},
    knowledge::{
        Knowledge,
        folder::{self, FileKind, Folder},
    },
    lint::{self, Diagnostic, KnowledgeBase, Severity, Unreadable},
};

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// How to write the findings (default: text, with --json: json)
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A line each: `path:line: severity rule message`
    Text,
    /// One JSON array
    Json,
    /// SARIF 2.1.0, for editors and code review
    Sarif,
}

pub(crate) fn run(args: &CheckArgs, context: &Context) -> anyhow::Result<Exit> {
    let folder = read(context.knowledge())?;
    let today = SystemClock.now().to_zoned(TimeZone::system()).date();
    let mut knowledge_base = knowledge_base(&folder, &context.settings.knowledge.locale, Some(today));
    ask_index(&Knowledge::open(context.knowledge_options())?, &mut knowledge_base)?;
    let diagnostics = lint::run(&knowledge_base);
    let format = args.format.unwrap_or(if context.json { Format::Json } else { Format::Text });
    if !(diagnostics.is_empty() && format == Format::Text) {
        print(&written(&diagnostics, format)?)?;
    }
    if format == Format::Text {
        summarise(&folder, &diagnostics);
    }
    let has_findings = diagnostics.iter().any(|diagnostic| diagnostic.severity != Severity::Info);
    Ok(if has_findings { Exit::Findings } else { Exit::Fine })
}

/// How many things are wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Findings {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

/// What the files say, without asking the articles their questions: that takes long.
pub(crate) fn count(context: &Context) -> anyhow::Result<Findings> {
    let folder = read(context.knowledge())?;
    let today = SystemClock.now().to_zoned(TimeZone::system()).date();
    let diagnostics = lint::run(&knowledge_base(&folder, &context.settings.knowledge.locale, Some(today)));
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    Ok(Findings { errors: of(Severity::Error), warnings: of(Severity::Warning) })
}

fn read(path: &Path) -> anyhow::Result<Folder> {
    let advice = "name the folder of articles with --knowledge DIR";
    folder::read(path).with_context(|| format!("cannot read the knowledge base in {}: {advice}", path.display()))
}

/// A folder's files as the rules see them.
pub fn knowledge_base(folder: &Folder, locale: &str, today: Option<Date>) -> KnowledgeBase {
    let mut knowledge_base = KnowledgeBase { locale: locale.to_owned(), today, ..KnowledgeBase::default() };
    for file in &folder.files {
        match file.kind {
            FileKind::Article => knowledge_base.add_article(&file.path, &file.text),
            FileKind::Canned => knowledge_base.add_canned(&file.path, &file.text),
            FileKind::Synonyms => knowledge_base.add_synonyms(&file.path, &file.text),
            FileKind::AnswerTests => knowledge_base.add_answer_tests(&file.path, &file.text),
            FileKind::Wording | FileKind::Words => knowledge_base.add_wording(&file.path, &file.text),
        }
    }
    let skipped = folder.skipped.iter();
    knowledge_base
        .unreadable
        .extend(skipped.map(|skipped| Unreadable { path: skipped.path.clone(), reason: skipped.reason.clone() }));
    knowledge_base.others.extend(folder.others.iter().cloned());
    knowledge_base
}

fn written(diagnostics: &[Diagnostic], format: Format) -> anyhow::Result<String> {
    Ok(match format {
        Format::Text => diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Format::Json => serde_json::to_string_pretty(&json!(diagnostics))?,
        Format::Sarif => serde_json::to_string_pretty(&sarif::log(diagnostics))?,
    })
}

#[expect(clippy::print_stderr, reason = "messages for people go to standard error")]
fn summarise(folder: &Folder, diagnostics: &[Diagnostic]) {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let articles = folder.files.iter().filter(|file| file.kind == FileKind::Article).count();
    eprintln!(
        "{} checked: {}, {}, {} to know",
        counted(articles, "article"),
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning"),
        count(Severity::Info)
    );
}

fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
