//! `agent`: the people who answer: add, list, disable, give a new password.

use std::io::Read;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use crate::{
    chat::new_agent,
    cli::{Context, Exit, print},
    clock::{Clock, SystemClock, new_id},
    password,
    store::{Act, Actor, Agent, AuditEntry, Change, Desk, Role, SqliteStore, Store, StoreError},
};

/// What to do with agents.
#[derive(Debug, Subcommand)]
pub enum AgentCommand {
    /// Let somebody answer visitors
    Add(AddArgs),
    /// List everybody who may answer
    List,
    /// Sign somebody out everywhere and never let them in again
    Disable(WhoArgs),
    /// Give somebody a new password and sign them out everywhere
    Password(PasswordArgs),
}

/// Options of `agent add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    #[command(flatten)]
    who: WhoArgs,
    /// The name that visitors see
    #[arg(long)]
    name: String,
    /// What they may do
    #[arg(long, value_enum, default_value_t = RoleName::Agent)]
    role: RoleName,
    #[command(flatten)]
    password: PasswordSource,
}

/// Options of `agent password`.
#[derive(Debug, Args)]
pub struct PasswordArgs {
    #[command(flatten)]
    who: WhoArgs,
    #[command(flatten)]
    password: PasswordSource,
}

/// Whom it is about.
#[derive(Debug, Args)]
pub struct WhoArgs {
    /// The address that they sign in with
    #[arg(long)]
    email: String,
}

/// Where a password comes from: never from the command line, where others could read it.
#[derive(Debug, Args)]
pub struct PasswordSource {
    /// Read the password from the first line of standard input
    #[arg(long, required = true)]
    password_stdin: bool,
}

/// The roles on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// Answers visitors
    Agent,
    /// Also sees and takes over others' conversations
    Supervisor,
    /// Also manages the desk
    Administrator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Agent => Self::Agent,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Administrator => Self::Administrator,
        }
    }
}

pub(crate) fn run(command: AgentCommand, context: &Context) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().context("cannot start the runtime")?;
    runtime.block_on(act(command, context))?;
    Ok(Exit::Fine)
}

async fn act(command: AgentCommand, context: &Context) -> anyhow::Result<()> {
    match command {
        AgentCommand::Add(args) => add(args, context).await,
        AgentCommand::List => list(context).await,
        AgentCommand::Disable(args) => {
            let store = existing(context)?;
            let agent = find(&store, &args.email).await?;
            let done = format!("{} can no longer sign in", agent.email);
            let entry = entry(Act::AgentDisabled, &agent.email, "");
            store.change(Change::SaveAgent(Agent { disabled: true, ..agent }), vec![entry]).await?;
            print(&done)
        }
        AgentCommand::Password(args) => {
            let store = existing(context)?;
            let agent = find(&store, &args.who.email).await?;
            let password_hash = password::hash(&first_line(std::io::stdin())?)?;
            let done = format!("{} has a new password and is signed out everywhere", agent.email);
            let entry = entry(Act::PasswordChanged, &agent.email, "");
            store.change(Change::SaveAgent(Agent { password_hash, ..agent }), vec![entry]).await?;
            print(&done)
        }
    }
}

async fn add(args: AddArgs, context: &Context) -> anyhow::Result<()> {
    let password = first_line(std::io::stdin())?;
    let agent = new_agent(&args.who.email, &args.name, &password, args.role.into()).await?;
    let store = SqliteStore::open(context.data())?;
    let done = format!("{} may answer visitors, as {}", agent.email, agent.role.as_str());
    let entry = entry(Act::AgentAdded, &agent.email, agent.role.as_str());
    match store.change(Change::AddAgent(agent), vec![entry]).await {
        Err(StoreError::EmailTaken) => {
            bail!("{} has an agent already: change it with `frontdesk agent password` or `disable`", args.who.email)
        }
        added => added?,
    }
    print(&done)
}

/// What the audit log says of an act at the command line.
fn entry(act: Act, email: &str, detail: &str) -> AuditEntry {
    let (id, at) = (new_id(), SystemClock.now());
    AuditEntry { id, at, actor: Actor::command(), act, subject: email.to_owned(), detail: detail.to_owned() }
}

async fn list(context: &Context) -> anyhow::Result<()> {
    let agents = existing(context)?.agents().await?;
    if context.json {
        let list: Vec<_> = agents.iter().map(as_json).collect();
        return print(&serde_json::to_string_pretty(&list)?);
    }
    if agents.is_empty() {
        return print("no agents yet: open the link that `frontdesk serve` prints, or `frontdesk agent add`");
    }
    print(&table(&agents))
}

fn as_json(agent: &Agent) -> serde_json::Value {
    json!({
        "id": agent.id,
        "email": agent.email,
        "name": agent.name,
        "role": agent.role.as_str(),
        "disabled": agent.disabled,
    })
}

fn table(agents: &[Agent]) -> String {
    let width = agents.iter().map(|agent| agent.email.chars().count()).max().unwrap_or_default();
    let line = |agent: &Agent| {
        let disabled = if agent.disabled { "  (disabled)" } else { "" };
        format!("{:width$}  {:13}  {}{disabled}", agent.email, agent.role.as_str(), agent.name)
    };
    agents.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The store, which must be there: a mistyped folder is not to become an empty desk.
fn existing(context: &Context) -> anyhow::Result<SqliteStore> {
    let folder = context.data();
    if !SqliteStore::is_in(folder) {
        bail!("there is no desk in {}: name its folder with --data DIR", folder.display());
    }
    Ok(SqliteStore::open(folder)?)
}

async fn find(store: &dyn Store, email: &str) -> anyhow::Result<Agent> {
    let agent = store.agent_by_email(email).await?;
    agent.with_context(|| format!("no agent has the address {email}: `frontdesk agent list` shows them all"))
}

fn first_line(input: impl Read) -> anyhow::Result<String> {
    // One byte more than any password has, so that a longer one is refused and not cut off.
    const MOST_BYTES: u64 = 4097;
    let mut text = String::new();
    input.take(MOST_BYTES).read_to_string(&mut text).context("cannot read the password from standard input")?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::first_line;

    #[test]
    fn a_password_is_one_line_as_it_is() {
        for (input, password) in [
            ("correct horse\n", "correct horse"),
            ("correct horse\r\n", "correct horse"),
            ("correct horse", "correct horse"),
            (" p\u{e4}ss  word \nmore\n", " p\u{e4}ss  word "),
            ("", ""),
        ] {
            assert_eq!(first_line(input.as_bytes()).unwrap(), password);
        }
        assert!(first_line(&b"\xff\xfe"[..]).is_err());
    }
}
