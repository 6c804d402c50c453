//! `backup` and `restore`: a consistent copy of everything that is kept, also while the server runs.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use serde_json::json;

use crate::{
    cli::{Context, Exit, print},
    store::SqliteStore,
};

/// Options of `backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file to write; it must not exist yet
    file: PathBuf,
}

/// Options of `restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// A file that `backup` has written
    file: PathBuf,
}

pub(crate) fn backup(args: &BackupArgs, context: &Context) -> anyhow::Result<Exit> {
    anyhow::ensure!(SqliteStore::is_in(context.data()), "there is no database in {}", context.data().display());
    let store = SqliteStore::open(context.data())?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    runtime.block_on(store.backup(args.file.clone()))?;
    let bytes = std::fs::metadata(&args.file).map_or(0, |file| file.len());
    if context.json {
        print(&json!({ "file": args.file, "bytes": bytes }).to_string())?;
    } else {
        say(&format!("{} written, {} KiB", args.file.display(), bytes / 1024));
    }
    Ok(Exit::Fine)
}

pub(crate) fn restore(args: &RestoreArgs, context: &Context) -> anyhow::Result<Exit> {
    let replaced = SqliteStore::restore(context.data(), &args.file)?;
    if context.json {
        print(&json!({ "restored": args.file, "replaced": replaced }).to_string())?;
        return Ok(Exit::Fine);
    }
    say(&format!("{} is in place in {}", args.file.display(), context.data().display()));
    if let Some(replaced) = replaced {
        say(&format!("what was there before is now {}: delete it when all is well", replaced.display()));
    }
    Ok(Exit::Fine)
}

#[expect(clippy::print_stderr, reason = "messages for people go to standard error")]
fn say(text: &str) {
    eprintln!("{text}");
}
