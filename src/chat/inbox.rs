//! One inbox a visitor: acts are dealt with in order, and messages in a row become one turn.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::{
    chat::{Chat, ChatError, Done, Guest, VisitorAct},
    conversation::{ClientId, VisitorId},
    store::StoreError,
};

/// An act that waits for its turn.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) guest: Guest,
    pub(crate) client_id: ClientId,
    pub(crate) act: VisitorAct,
    done: oneshot::Sender<Result<Done, ChatError>>,
}

impl Job {
    /// Tells the sender what became of it. A sender who has left does not mind.
    pub(crate) fn finish(self, result: Result<Done, ChatError>) {
        let _ = self.done.send(result);
    }

    /// Whether messages after it may be answered together with it.
    pub(crate) fn may_be_joined(&self) -> bool {
        matches!(self.act, VisitorAct::Send { article: None, .. })
    }

    /// Whether it may be answered together with messages before it.
    pub(crate) fn may_join(&self) -> bool {
        matches!(self.act, VisitorAct::Send { article: None, new: false, .. })
    }
}

/// The acts that wait, by visitor. A visitor has an entry while somebody deals with their acts.
#[derive(Debug, Default)]
pub(crate) struct Inboxes(Mutex<HashMap<VisitorId, VecDeque<Job>>>);

impl Inboxes {
    /// Puts the job at the end; true when nobody deals with this visitor's acts yet.
    fn push(&self, job: Job) -> bool {
        let mut inboxes = self.0.lock();
        if let Some(inbox) = inboxes.get_mut(&job.guest.id) {
            inbox.push_back(job);
            false
        } else {
            inboxes.insert(job.guest.id, VecDeque::from([job]));
            true
        }
    }

    /// Takes the next job; without one the visitor's entry goes away.
    fn next(&self, visitor: VisitorId) -> Option<Job> {
        let mut inboxes = self.0.lock();
        let job = inboxes.get_mut(&visitor)?.pop_front();
        if job.is_none() {
            inboxes.remove(&visitor);
        }
        job
    }

    /// Takes the messages at the front that may join the turn before them.
    pub(crate) fn joining(&self, visitor: VisitorId) -> Vec<Job> {
        let mut inboxes = self.0.lock();
        let Some(inbox) = inboxes.get_mut(&visitor) else { return Vec::new() };
        let count = inbox.iter().take_while(|job| job.may_join()).count();
        inbox.drain(..count).collect()
    }
}

impl Chat {
    /// Puts the act into its visitor's inbox and waits for what becomes of it. The work goes on when the
    /// sender leaves: what was received is dealt with.
    pub(crate) async fn submit(
        self: &Arc<Self>,
        guest: Guest,
        client_id: ClientId,
        act: VisitorAct,
    ) -> Result<Done, ChatError> {
        let (done, result) = oneshot::channel();
        let visitor = guest.id;
        if self.inboxes.push(Job { guest, client_id, act, done }) {
            tokio::spawn(Arc::clone(self).empty(visitor));
        }
        let stopped = || ChatError::Unavailable(StoreError::Unavailable("the server is stopping".to_owned()));
        result.await.unwrap_or_else(|_| Err(stopped()))
    }

    async fn empty(self: Arc<Self>, visitor: VisitorId) {
        let mut dealing = Dealing { inboxes: &self.inboxes, visitor, is_done: false };
        while let Some(job) = self.inboxes.next(visitor) {
            if matches!(job.act, VisitorAct::Send { .. }) {
                self.turn(job).await;
            } else {
                let result = self.single_act(&job).await;
                job.finish(result);
            }
        }
        dealing.is_done = true;
    }
}

/// Somebody deals with a visitor's acts. Should they break off, the visitor's later acts must not wait for ever.
struct Dealing<'a> {
    inboxes: &'a Inboxes,
    visitor: VisitorId,
    is_done: bool,
}

impl Drop for Dealing<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            self.inboxes.0.lock().remove(&self.visitor);
        }
    }
}
