//! Which visitors' sockets there are, and what wakes them. The hub carries no events: a socket that wakes reads them.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;
use tokio::sync::{
    Notify,
    broadcast::{Receiver, error::RecvError},
};

use crate::{
    bell::{Ring, Sign, SignFrom, SignKind},
    chat::{Chat, Staffing},
    conversation::VisitorId,
};

/// So many signs may wait for a busy socket; more are dropped.
const MOST_SIGNS: usize = 4;

/// The visitors' sockets of this process.
#[derive(Debug, Default)]
pub(crate) struct Hub(Mutex<HashMap<VisitorId, Vec<Arc<Mailbox>>>>);

/// What a socket has not looked at yet.
#[derive(Debug, Default)]
pub(crate) struct Mailbox {
    notify: Notify,
    is_waiting: AtomicBool,
    news: Mutex<News>,
}

/// What may have changed since a socket last looked.
#[derive(Debug, Default)]
pub(crate) struct News {
    /// The conversation, or the place in the queue.
    pub(crate) conversation: bool,
    /// Whether somebody can take over.
    pub(crate) availability: bool,
    /// Who is writing or has read.
    pub(crate) signs: Vec<Sign>,
}

/// A socket's mailbox; the hub forgets it when this is dropped.
#[derive(Debug)]
pub(crate) struct Registered {
    hub: Arc<Hub>,
    visitor: VisitorId,
    mailbox: Arc<Mailbox>,
}

impl Hub {
    /// A mailbox for one more socket of this visitor.
    pub(crate) fn register(self: &Arc<Self>, visitor: VisitorId) -> Registered {
        let mailbox = Arc::new(Mailbox::default());
        self.0.lock().entry(visitor).or_default().push(Arc::clone(&mailbox));
        Registered { hub: Arc::clone(self), visitor, mailbox }
    }

    fn tell(&self, visitor: VisitorId, what: impl Fn(&mut News)) {
        let sockets = self.0.lock();
        for mailbox in sockets.get(&visitor).into_iter().flatten() {
            mailbox.put(&what);
        }
    }

    fn tell_all(&self, is_meant: impl Fn(&Mailbox) -> bool, what: impl Fn(&mut News)) {
        let sockets = self.0.lock();
        for mailbox in sockets.values().flatten().filter(|mailbox| is_meant(mailbox)) {
            mailbox.put(&what);
        }
    }

    /// Listens to the bell for as long as the server runs. Places in the queue are looked at every `places`.
    pub(crate) async fn listen(self: Arc<Self>, mut bell: Receiver<Ring>, chat: Arc<Chat>, places: Duration) {
        let mut tick = tokio::time::interval(places);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut queue_changed = false;
        let mut staffing = staffing_of_all(&chat);
        loop {
            tokio::select! {
                ring = bell.recv() => match ring {
                    Ok(Ring::Queue) => queue_changed = true,
                    Ok(Ring::Presence) => {
                        queue_changed = true;
                        let now = staffing_of_all(&chat);
                        if std::mem::replace(&mut staffing, now.clone()) != now {
                            self.tell_all(|_| true, |news| news.availability = true);
                        }
                    }
                    Ok(ring) => self.hear(ring),
                    Err(RecvError::Lagged(_)) => {
                        self.tell_all(|_| true, |news| (news.conversation, news.availability) = (true, true));
                    }
                    Err(RecvError::Closed) => return,
                },
                _ = tick.tick(), if queue_changed => {
                    queue_changed = false;
                    // A full queue is as good as nobody there.
                    let now = staffing_of_all(&chat);
                    if std::mem::replace(&mut staffing, now.clone()) != now {
                        self.tell_all(|_| true, |news| news.availability = true);
                    }
                    self.tell_all(Mailbox::is_waiting, |news| news.conversation = true);
                }
            }
        }
    }

    fn hear(&self, ring: Ring) {
        match ring {
            Ring::Grown { visitor, .. } => self.tell(visitor, |news| news.conversation = true),
            Ring::Sign(sign) if is_for_visitors(&sign) => self.tell(sign.visitor, |news| news.add(sign.clone())),
            Ring::Sign(_) | Ring::Noted { .. } | Ring::Queue | Ring::Presence => {}
        }
    }
}

fn staffing_of_all(chat: &Chat) -> Vec<Staffing> {
    chat.queues().all().iter().map(|queue| chat.staffing(Some(&queue.name))).collect()
}

/// A visitor's other windows may know what was read, but nobody is told of their own typing.
fn is_for_visitors(sign: &Sign) -> bool {
    match sign.what {
        SignKind::TypingAside => false,
        SignKind::Typing => sign.from != SignFrom::Visitor,
        SignKind::Seen(_) => true,
    }
}

impl News {
    fn add(&mut self, sign: Sign) {
        if self.signs.len() < MOST_SIGNS && !self.signs.contains(&sign) {
            self.signs.push(sign);
        }
    }
}

impl Mailbox {
    fn put(&self, what: impl Fn(&mut News)) {
        what(&mut self.news.lock());
        self.notify.notify_one();
    }

    fn is_waiting(&self) -> bool {
        self.is_waiting.load(Ordering::Relaxed)
    }
}

impl Registered {
    /// Waits until there is news. Cancel safe.
    pub(crate) async fn heard(&self) {
        self.mailbox.notify.notified().await;
    }

    /// Takes the news.
    pub(crate) fn take(&self) -> News {
        std::mem::take(&mut self.mailbox.news.lock())
    }

    /// Whether the visitor waits in the queue, and so wants to know of its changes.
    pub(crate) fn set_waiting(&self, is_waiting: bool) {
        self.mailbox.is_waiting.store(is_waiting, Ordering::Relaxed);
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        let mut sockets = self.hub.0.lock();
        let Some(mailboxes) = sockets.get_mut(&self.visitor) else { return };
        mailboxes.retain(|mailbox| !Arc::ptr_eq(mailbox, &self.mailbox));
        if mailboxes.is_empty() {
            sockets.remove(&self.visitor);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::conversation::{ConversationId, Seq};

    const ME: VisitorId = VisitorId(Uuid::nil());

    fn sign(from: SignFrom, what: SignKind) -> Ring {
        Ring::Sign(Sign { conversation: ConversationId(Uuid::nil()), visitor: ME, from, what })
    }

    #[tokio::test]
    async fn every_socket_of_the_visitor_wakes_and_no_other() {
        let hub = Arc::new(Hub::default());
        let (first, second) = (hub.register(ME), hub.register(ME));
        let stranger = hub.register(VisitorId(Uuid::max()));
        hub.hear(Ring::Grown { conversation: ConversationId(Uuid::nil()), visitor: ME });
        for socket in [&first, &second] {
            socket.heard().await;
            assert!(socket.take().conversation);
            assert!(!socket.take().conversation);
        }
        assert!(!stranger.take().conversation);
        drop((first, second, stranger));
        assert!(hub.0.lock().is_empty());
    }

    #[test]
    fn signs_are_few_and_not_ones_own_typing() {
        let hub = Arc::new(Hub::default());
        let socket = hub.register(ME);
        hub.hear(sign(SignFrom::Visitor, SignKind::Typing));
        hub.hear(sign(SignFrom::Bot, SignKind::Typing));
        hub.hear(sign(SignFrom::Bot, SignKind::Typing));
        assert_eq!(socket.take().signs.len(), 1);
        for number in 0..100 {
            hub.hear(sign(SignFrom::Visitor, SignKind::Seen(Seq(number))));
        }
        assert_eq!(socket.take().signs.len(), MOST_SIGNS);
    }
}
