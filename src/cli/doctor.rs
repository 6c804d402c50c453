//! `doctor`: looks at a deployment and says what to do.

mod articles;
mod database;
mod machine;
mod network;

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;

use crate::cli::{Context, Exit, print};

/// Options of `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Health {
    Good,
    Look,
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    health: Health,
    what: String,
    /// What to do; empty when all is well.
    advice: String,
}

impl Finding {
    fn good(what: impl Into<String>) -> Self {
        Self { health: Health::Good, what: what.into(), advice: String::new() }
    }

    fn look(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { health: Health::Look, what: what.into(), advice: advice.into() }
    }

    fn bad(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { health: Health::Bad, what: what.into(), advice: advice.into() }
    }

    fn line(&self) -> String {
        let mark = match self.health {
            Health::Good => "ok  ",
            Health::Look => "look",
            Health::Bad => "bad ",
        };
        let arrow = if self.advice.is_empty() { String::new() } else { format!("\n      → {}", self.advice) };
        format!("{mark}  {}{arrow}", self.what)
    }
}

pub(crate) fn run(_: &DoctorArgs, context: &Context) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Runtime::new().context("cannot start the runtime")?;
    let findings = runtime.block_on(examine(context));
    if context.json {
        print(&serde_json::to_string_pretty(&findings)?)?;
    } else {
        print(&findings.iter().map(Finding::line).collect::<Vec<_>>().join("\n"))?;
    }
    let is_bad = findings.iter().any(|finding| finding.health == Health::Bad);
    Ok(if is_bad { Exit::Findings } else { Exit::Fine })
}

async fn examine(context: &Context) -> Vec<Finding> {
    let mut findings = articles::examine(context);
    findings.extend(database::examine(context).await);
    findings.extend(network::examine(context).await);
    findings.extend(machine::examine(context));
    findings
}
