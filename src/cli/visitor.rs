//! `visitor export` and `visitor erase`: what is kept of one visitor, and forgetting it.

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::{
    chat::{find_visitors, visitor_record},
    cli::{Context, Exit, print},
    clock::{Clock, SystemClock},
    store::{Forgotten, SqliteStore, Store},
};

/// What to do with what is kept of a visitor.
#[derive(Debug, Subcommand)]
pub enum VisitorCommand {
    /// Write everything that is kept of a visitor as JSON
    Export(Who),
    /// Forget a visitor and all their conversations, for good
    Erase(Who),
}

/// Whom it is about.
#[derive(Debug, Args)]
pub struct Who {
    /// The visitor's token, as their browser keeps it, or an e-mail address
    // A token may begin with a hyphen.
    #[arg(value_name = "TOKEN-OR-EMAIL", allow_hyphen_values = true)]
    who: String,
}

pub(crate) fn run(command: &VisitorCommand, context: &Context) -> anyhow::Result<Exit> {
    anyhow::ensure!(SqliteStore::is_in(context.data()), "there is no database in {}", context.data().display());
    let store = SqliteStore::open(context.data())?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    match command {
        VisitorCommand::Export(who) => runtime.block_on(export(&store, &who.who)),
        VisitorCommand::Erase(who) => runtime.block_on(erase(&store, &who.who, context.json)),
    }
}

async fn export(store: &SqliteStore, who: &str) -> anyhow::Result<Exit> {
    let mut records = Vec::new();
    for visitor in find_visitors(store, who).await? {
        records.extend(visitor_record(store, visitor).await?);
    }
    print(&serde_json::to_string_pretty(&records)?)?;
    Ok(if records.is_empty() { nothing() } else { Exit::Fine })
}

async fn erase(store: &SqliteStore, who: &str, is_json: bool) -> anyhow::Result<Exit> {
    let visitors = find_visitors(store, who).await?;
    let mut all = Forgotten::default();
    for visitor in &visitors {
        let some = store.erase(*visitor, SystemClock.now()).await?;
        all.conversations += some.conversations;
        all.visitors += some.visitors;
    }
    if is_json {
        print(&json!({ "visitors": all.visitors, "conversations": all.conversations }).to_string())?;
    }
    if all == Forgotten::default() {
        return Ok(nothing());
    }
    say(&format!("{} conversations of {} visitors are forgotten", all.conversations, visitors.len()));
    Ok(Exit::Fine)
}

fn nothing() -> Exit {
    say("nothing is kept of this visitor");
    Exit::Fine
}

#[expect(clippy::print_stderr, reason = "messages for people go to standard error")]
fn say(text: &str) {
    eprintln!("{text}");
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        who: Who,
    }

    #[test]
    fn a_token_may_begin_with_a_hyphen() {
        assert_eq!(Line::try_parse_from(["export", "-rA0"]).unwrap().who.who, "-rA0");
    }
}
