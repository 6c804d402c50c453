//! The commands: one file each. Exit code 0 is fine, 1 findings, 2 could not run.

pub mod agent;
pub mod backup;
pub mod check;
pub mod doctor;
pub mod ask;
pub mod calibrate;
mod fit;
mod labels;
mod leave_out;
mod learning;

pub mod model;
pub mod rehearse;
pub mod serve;
pub mod test;
pub mod visitor;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing_subscriber::EnvFilter;

use crate::{
    answer::Policy,
    article::hit::Level,
    config::{self, Settings},
    knowledge::{Knowledge, Options, embedding::files},
};

/// A self-hosted FAQ chatbot that hands over to people when it does not know.
#[derive(Debug, Parser)]
#[command(name = "frontdesk", version, about, args_conflicts_with_subcommands = false)]
pub struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Options before or after the command.
#[derive(Debug, Args)]
struct GlobalArgs {
    /// Settings file (default: frontdesk.toml, if there is one)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of markdown articles
    #[arg(long, global = true, value_name = "DIR")]
    knowledge: Option<String>,
    /// Folder for the database and everything derived
    #[arg(long, global = true, value_name = "DIR", conflicts_with = "database")]
    data: Option<String>,
    /// PostgreSQL URL, for several nodes (not supported yet)
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// JSON on standard output
    #[arg(long, global = true)]
    json: bool,
    /// How to write the log
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text, value_name = "FORMAT")]
    log: LogFormat,
}

/// How the log is written, always to standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Look at a deployment and say what to do
    Doctor(doctor::DoctorArgs),
    /// Run the server (the default)
    Serve(serve::ServeArgs),
    /// Lint the knowledge base
    Check(check::CheckArgs),
    /// Manage the people who answer
    #[command(subcommand)]
    Agent(agent::AgentCommand),
    /// Answer a question as the server would, or a file of them
    Ask(ask::AskArgs),
    /// Ask every article its own questions, and the answer tests
    Test(test::TestArgs),
    /// Show how right the confidence is, and make it more so with labelled questions
    Calibrate(calibrate::CalibrateArgs),
    /// Get the full sentence encoder, and say which level answers
    #[command(subcommand)]
    Model(model::ModelCommand),
    /// Export or erase what is kept of one visitor
    #[command(subcommand)]
    Visitor(visitor::VisitorCommand),
    /// Write a copy of the database, also while the server runs
    Backup(backup::BackupArgs),
    /// Put a backup in the place of the database; the server must not run
    Restore(backup::RestoreArgs),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Fine.
    Fine,
    /// It ran and has findings.
    Findings,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => Self::SUCCESS,
            Exit::Findings => Self::from(1),
        }
    }
}

/// What every command gets.
#[derive(Debug, Clone)]
pub struct Context {
    /// The settings, flags included.
    pub settings: Settings,
    /// Whether standard output is to be JSON.
    pub json: bool,
    /// What questions are compared by.
    pub level: Level,
    /// The folder of the full sentence encoder, where it is wanted.
    pub encoder: Option<PathBuf>,
}

impl Context {
    /// The folder of articles.
    pub fn knowledge(&self) -> &Path {
        Path::new(&self.settings.knowledge.dir)
    }

    /// The folder for the database and everything derived.
    pub fn data(&self) -> &Path {
        Path::new(&self.settings.store.data)
    }

    /// The folder for what can be made again.
    pub fn cache(&self) -> PathBuf {
        self.data().join("cache")
    }

    /// Options to open the knowledge base with.
    pub fn knowledge_options(&self) -> Options {
        Options {
            folder: self.knowledge().to_owned(),
            cache: Some(self.cache()),
            locale: self.settings.knowledge.locale.clone(),
            public_url: self.address(),
            level: self.level,
            encoder: self.encoder.clone(),
        }
    }

    /// What the settings say about answering, before anything is learnt from the articles.
    pub fn policy(&self) -> Policy {
        fit::policy(&self.settings, &fit::load(self.data()), self.level)
    }

    /// What the settings, the articles' own questions and `calibrate` say about answering.
    pub(crate) fn taught_policy(&self, knowledge: &Knowledge) -> anyhow::Result<Policy> {
        learning::taught(&knowledge.snapshot(), &[], self)
    }

    /// Where the desk is reached, without a slash at the end.
    pub fn address(&self) -> String {
        match self.settings.server.public_url.trim_end_matches('/') {
            "" => format!("http://{}", self.settings.server.listen),
            url => url.to_owned(),
        }
    }
}

/// Runs the command line and gives the process's exit code.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    start_log(cli.global.log);
    match run(cli) {
        Ok(exit) => exit.into(),
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Exit> {
    let context = context(&cli.global)?;
    match cli.command.unwrap_or(Command::Serve(serve::ServeArgs::default())) {
        Command::Doctor(args) => doctor::run(&args, &context),
        Command::Serve(args) => serve::run(&args, &context),
        Command::Agent(command) => agent::run(command, &context),
        Command::Check(args) => check::run(&args, &context),
        Command::Ask(args) => ask::run(&args, &context),
        Command::Test(args) => test::run(&args, &context),
        Command::Calibrate(args) => calibrate::run(&args, &context),
        Command::Model(command) => model::run(command, &context),
        Command::Visitor(command) => visitor::run(&command, &context),
        Command::Backup(args) => backup::backup(&args, &context),
        Command::Restore(args) => backup::restore(&args, &context),
    }
}

fn context(global: &GlobalArgs) -> anyhow::Result<Context> {
    let mut settings = config::load(global.config.as_deref(), std::env::vars())?;
    if let Some(dir) = &global.knowledge {
        settings.knowledge.dir.clone_from(dir);
    }
    if let Some(dir) = &global.data {
        settings.store.data.clone_from(dir);
    }
    if global.database.is_some() || !settings.store.database.is_empty() {
        bail!("several nodes on a PostgreSQL are not supported yet: leave out --database and use --data DIR");
    }
    let (level, encoder) = level(&settings.answers.model, Path::new(&settings.store.data))?;
    Ok(Context { settings, json: global.json, level, encoder })
}

/// The level that a setting means, and the encoder's folder if it is one with an encoder.
fn level(model: &str, data: &Path) -> anyhow::Result<(Level, Option<PathBuf>)> {
    let fetched = files::folder(data);
    match model {
        "lexical" => Ok((Level::Lexical, None)),
        "static" => Ok((Level::Static, None)),
        "auto" if !files::is_complete(&fetched) => Ok((Level::Static, None)),
        "auto" | "encoder" => Ok((Level::Encoder, Some(fetched))),
        path if Path::new(path).is_dir() => Ok((Level::Encoder, Some(PathBuf::from(path)))),
        other => {
            bail!(
                "answers.model is {other:?}: choose \"auto\", \"lexical\", \"static\", \"encoder\" or the folder of an encoder"
            )
        }
    }
}

/// The log goes to standard error; `RUST_LOG` chooses what is in it.
fn start_log(format: LogFormat) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,tantivy=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.with_target(false).init(),
        LogFormat::Json => log.json().init(),
    }
}

#[expect(clippy::print_stderr, reason = "messages for people go to standard error")]
fn complain(error: &anyhow::Error) {
    eprintln!("frontdesk: {error:#}");
}

/// Writes a command's result to standard output.
///
/// # Errors
/// When standard output is closed.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    use std::io::Write;
    writeln!(std::io::stdout().lock(), "{text}").context("cannot write to standard output")
}
