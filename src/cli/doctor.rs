//! `doctor`: looks at a deployment and says what to do.

use std::{fs, net::TcpListener, path::Path, time::Duration};

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use tokio::time::timeout;
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

use crate::{
    cli::{Context, Exit, print},
    knowledge::{Knowledge, Options},
    protocol::SUBPROTOCOL,
    store::{SqliteStore, Store},
};

const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// Sockets need a file descriptor each.
const FEW_FILES: u64 = 4096;

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
    let mut findings = vec![articles(context), data_folder(context.data())];
    findings.extend(database(context).await);
    findings.push(server(context).await);
    findings.push(public_address(context));
    findings.push(embedding(context));
    findings.push(open_files());
    findings
}

fn articles(context: &Context) -> Finding {
    let options = Options { cache: None, ..context.knowledge_options() };
    match Knowledge::open(options) {
        Ok(knowledge) if knowledge.snapshot().article_count() == 0 => Finding::look(
            format!("no articles in {}", context.knowledge().display()),
            "write the first one, or name the right folder with --knowledge",
        ),
        Ok(knowledge) => {
            let snapshot = knowledge.snapshot();
            let skipped = snapshot.library().skipped.len();
            let what = format!("{} articles in {}", snapshot.article_count(), context.knowledge().display());
            match skipped {
                0 => Finding::good(what),
                skipped => Finding::look(format!("{what}, {skipped} files left out"), "`frontdesk check` says why"),
            }
        }
        Err(error) => Finding::bad(error.to_string(), "name the right folder with --knowledge"),
    }
}

fn data_folder(folder: &Path) -> Finding {
    let trial = folder.join(".doctor");
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&trial, b"trial"));
    match written.and_then(|()| fs::remove_file(&trial)) {
        Ok(()) => Finding::good(format!("the data folder {} can be written", folder.display())),
        Err(error) => Finding::bad(
            format!("the data folder {} cannot be written: {error}", folder.display()),
            "give this user the right to write there, or name another folder with --data",
        ),
    }
}

async fn database(context: &Context) -> Vec<Finding> {
    let store = match SqliteStore::open(context.data()) {
        Ok(store) => store,
        Err(error) => return vec![Finding::bad(error.to_string(), "start from a backup, or name another folder")],
    };
    let writable = match store.is_writable().await {
        Ok(()) => Finding::good("the database can be read and written"),
        Err(error) => Finding::bad(error.to_string(), "free space on the disk, or end the process that locks it"),
    };
    let agents = match store.agents().await {
        Ok(agents) if agents.iter().any(|agent| !agent.disabled) => Finding::good(format!("{} agents", agents.len())),
        Ok(_) => {
            Finding::look("no agents yet", "open the link that `frontdesk serve` prints, or `frontdesk agent add`")
        }
        Err(error) => Finding::bad(error.to_string(), "start from a backup"),
    };
    vec![writable, agents]
}

/// Says hello to a running server; without one, the port must be free.
async fn server(context: &Context) -> Finding {
    let listen = &context.settings.server.listen;
    if TcpListener::bind(listen).is_ok() {
        return Finding::look(format!("no server runs on {listen}"), "start one with `frontdesk serve`");
    }
    let connecting = async {
        let mut request = format!("ws://{listen}/ws/visitor").into_client_request()?;
        let protocol = header(SUBPROTOCOL)?;
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        connect_async(request).await.map_err(anyhow::Error::from)
    };
    match timeout(ANSWER_WITHIN, connecting).await {
        Ok(Ok(_)) => Finding::good(format!("the server on {listen} takes visitors")),
        Ok(Err(error)) => Finding::bad(
            format!("what listens on {listen} takes no visitors: {error}"),
            "another program may use the port: end it, or choose another with --listen",
        ),
        Err(_) => Finding::bad(format!("the server on {listen} does not answer"), "look at its log, then restart it"),
    }
}

fn header(text: &str) -> anyhow::Result<tokio_tungstenite::tungstenite::http::HeaderValue> {
    Ok(text.parse()?)
}

fn public_address(context: &Context) -> Finding {
    let url = &context.settings.server.public_url;
    if url.is_empty() {
        return Finding::look(
            "server.public_url is not set: only this machine can use the desk",
            "set it to the https address that your proxy serves",
        );
    }
    if url.starts_with("https://") {
        return Finding::good(format!("visitors reach the desk at {url}"));
    }
    Finding::look(format!("{url} is not https"), "put a proxy with TLS in front: browsers and agents need it")
}

fn embedding(context: &Context) -> Finding {
    let origins = &context.settings.server.allowed_origins;
    if origins.iter().any(|origin| origin == "*") {
        return Finding::look("every site may embed the widget", "name your sites in server.allowed_origins");
    }
    if origins.is_empty() {
        return Finding::look("no other site may embed the widget", "name your sites in server.allowed_origins");
    }
    Finding::good(format!("the widget may be embedded on {}", origins.join(", ")))
}

fn open_files() -> Finding {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3)).and_then(|number| number.parse::<u64>().ok());
    match soft {
        Some(files) if files < FEW_FILES => Finding::look(
            format!("this user may open {files} files, one for each socket"),
            "raise the limit: `LimitNOFILE=65536` in systemd, `ulimit -n` in a shell",
        ),
        Some(files) => Finding::good(format!("this user may open {files} files")),
        None => Finding::look("the limit of open files is not known here", "make it as large as your sockets need"),
    }
}
