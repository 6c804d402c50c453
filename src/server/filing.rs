//! Keeps the archive up to date. It reads what has changed when somebody searches, so that nothing is missing then,
//! and a little at a time meanwhile, so that a search finds little left to read. Commits never wait for it.

use std::{sync::Arc, time::Duration};

use axum::http::StatusCode;
use tokio::{sync::broadcast::error::RecvError, time::sleep};
use tracing::warn;

use crate::{
    archive::Folder,
    bell::Ring,
    conversation::{ConversationId, EventKind, Seq},
    server::{app::App, error::Problem},
    store::{Store, StoreError, Visitor},
};

/// How many conversations are read at once.
const BATCH: u32 = 100;
/// How many batches a search waits for at most.
const BEFORE_SEARCH: usize = 50;
/// How long conversations are left alone before they are read.
const PAUSE: Duration = Duration::from_secs(3);
/// More than anybody looks through.
const MOST_FOUND: usize = 5000;
const PAGE: u32 = 200;

/// The conversations in which these words were said.
pub(crate) async fn search(app: &Arc<App>, words: &str) -> Result<Vec<ConversationId>, Problem> {
    for _ in 0..BEFORE_SEARCH {
        if catch_up(app).await? == 0 {
            break;
        }
    }
    let (app, words) = (Arc::clone(app), words.to_owned());
    let searching = tokio::task::spawn_blocking(move || app.archive.search(&words, MOST_FOUND)).await;
    match searching {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => Err(unusable(&error)),
        Err(error) => Err(unusable(&error)),
    }
}

/// Reads what has changed, until the server stops.
pub(crate) async fn run(app: Arc<App>) {
    if app.archive.is_new()
        && let Err(error) = app.chat.store().refile_all().await
    {
        warn!(%error, "the archive cannot be made again: searches may miss older conversations");
    }
    while !has_ended(&app).await {
        sleep(PAUSE).await;
    }
}

/// Reads a batch; when there is none, waits for a ring. True when there will be none. It listens no longer than that: a
/// ring keeps what it brings until everybody has heard it.
async fn has_ended(app: &Arc<App>) -> bool {
    let mut bell = app.chat.bell().listen();
    matches!(catch_up(app).await, Ok(0)) && hears_nothing_more(&mut bell).await
}

/// Waits for a ring; true when there will be none.
async fn hears_nothing_more(bell: &mut tokio::sync::broadcast::Receiver<Ring>) -> bool {
    loop {
        match bell.recv().await {
            Ok(Ring::Grown { .. } | Ring::Noted { .. }) | Err(RecvError::Lagged(_)) => return false,
            Ok(Ring::Queue | Ring::Presence | Ring::Sign(_) | Ring::Warned(_)) => {}
            Err(RecvError::Closed) => return true,
        }
    }
}

/// Reads a batch; gives how many it was.
async fn catch_up(app: &Arc<App>) -> Result<usize, Problem> {
    let _turn = app.filing.lock().await;
    let store = app.chat.store();
    let unfiled = store.unfiled(BATCH).await?;
    if unfiled.is_empty() {
        return Ok(0);
    }
    let mut folders = Vec::with_capacity(unfiled.len());
    for one in &unfiled {
        folders.push(Folder { conversation: one.conversation, text: read(store, one.conversation).await? });
    }
    let archive = Arc::clone(app);
    match tokio::task::spawn_blocking(move || archive.archive.file(&folders)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => return Err(unusable(&error)),
        Err(error) => return Err(unusable(&error)),
    }
    let count = unfiled.len();
    store.filed(unfiled).await?;
    Ok(count)
}

/// Everything that can be searched for of a conversation; `None` when it is gone.
async fn read(store: &dyn Store, id: ConversationId) -> Result<Option<String>, StoreError> {
    let Some(conversation) = store.conversation(id).await? else { return Ok(None) };
    let mut lines = store.visitor(conversation.visitor).await?.map(names).unwrap_or_default();
    let mut after = Seq(0);
    loop {
        let events = store.events(id, after, PAGE).await?;
        let Some(last) = events.last() else { break };
        after = last.seq;
        lines.extend(events.into_iter().filter_map(|event| words(event.kind)));
    }
    lines.extend(store.notes(id, 0).await?.into_iter().map(|note| note.text));
    Ok(Some(lines.join("\n")))
}

/// What a visitor, the bot or an agent said.
fn words(kind: EventKind) -> Option<String> {
    if let EventKind::Message { message } = kind {
        return Some(message.text.clone());
    }
    if let EventKind::ContactLeft { contact, message } = kind {
        let parts = [Some(contact.email), contact.name, message];
        return Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    None
}

fn names(visitor: Visitor) -> Vec<String> {
    visitor.name.into_iter().chain(visitor.email).collect()
}

fn unusable(error: &dyn std::error::Error) -> Problem {
    warn!(%error, "conversations cannot be searched");
    let message = "conversations cannot be searched right now: please try again in a moment";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "search_unavailable", message)
}
