//! Watches the folder and reloads what changed.

use std::{
    sync::{
        Arc, Weak,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use crate::knowledge::{Knowledge, KnowledgeError};

/// A reload begins when nothing has changed for this long,
const QUIET: Duration = Duration::from_millis(250);
/// or when changes have gone on for this long.
const LONGEST_UNREST: Duration = Duration::from_secs(2);
/// After a reload there is a pause as long as it took, so that reloads never have a processor to themselves, but no
/// longer than this.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);
/// How often the folder is looked at without any notice from the file system.
const POLL: Duration = Duration::from_secs(30);
/// The same, where the file system gives no notices.
const POLL_ALONE: Duration = Duration::from_secs(3);

enum Notice {
    Changed,
    Stop,
}

/// Watches until it is dropped.
pub struct Watch {
    stop: Sender<Notice>,
    _watcher: Option<RecommendedWatcher>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.stop.send(Notice::Stop);
    }
}

impl Knowledge {
    /// Watches the folder from now on; `on_change` is called after each reload that changed what is served.
    pub fn watch(self: &Arc<Self>, on_change: impl Fn() + Send + 'static) -> Result<Watch, KnowledgeError> {
        let (sender, notices) = mpsc::channel();
        let watcher = self.file_system_watcher(sender.clone());
        let poll = if watcher.is_some() { POLL } else { POLL_ALONE };
        let knowledge = Arc::downgrade(self);
        thread::Builder::new()
            .name("knowledge-watch".to_owned())
            .spawn(move || keep_reloading(&knowledge, &notices, poll, on_change))
            .map_err(notify::Error::io)?;
        Ok(Watch { stop: sender, _watcher: watcher })
    }

    fn file_system_watcher(&self, sender: Sender<Notice>) -> Option<RecommendedWatcher> {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| !event.kind.is_access()) {
                let _ = sender.send(Notice::Changed);
            }
        });
        let watching = watcher.and_then(|mut watcher| {
            watcher.watch(&self.options.folder, RecursiveMode::Recursive)?;
            Ok(watcher)
        });
        watching
            .inspect_err(|error| tracing::warn!(%error, "no notices of changed articles: looking every few seconds"))
            .ok()
    }

    fn reload_and_report(&self) -> bool {
        match self.reload() {
            Ok(is_new) => {
                if is_new {
                    tracing::info!(version = self.snapshot().version(), "the knowledge base has changed");
                }
                is_new
            }
            Err(error) => {
                let reason = anyhow::Error::new(error);
                tracing::error!(reason = format!("{reason:#}"), "the knowledge base stays as it was");
                false
            }
        }
    }
}

fn keep_reloading(knowledge: &Weak<Knowledge>, notices: &Receiver<Notice>, poll: Duration, on_change: impl Fn()) {
    while is_time_to_reload(notices, poll) {
        let Some(knowledge) = knowledge.upgrade() else { return };
        let started = Instant::now();
        if knowledge.reload_and_report() {
            on_change();
            // The next change need not wait for the encoder.
            thread::spawn(move || knowledge.deepen());
        } else {
            drop(knowledge);
        }
        thread::sleep(started.elapsed().min(LONGEST_PAUSE));
    }
}

/// Waits for a change and for the quiet after it, or for the next poll. False when the watch is over.
fn is_time_to_reload(notices: &Receiver<Notice>, poll: Duration) -> bool {
    match notices.recv_timeout(poll) {
        Ok(Notice::Changed) => {}
        Ok(Notice::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        Err(RecvTimeoutError::Timeout) => return true,
    }
    let latest = Instant::now() + LONGEST_UNREST;
    loop {
        let wait = QUIET.min(latest.saturating_duration_since(Instant::now()));
        match notices.recv_timeout(wait) {
            Ok(Notice::Changed) if Instant::now() < latest => {}
            Ok(Notice::Changed) | Err(RecvTimeoutError::Timeout) => return true,
            Ok(Notice::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}
