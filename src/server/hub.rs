//! Which visitors' sockets there are, and what wakes them. What a conversation has grown by is handed over with the
//! ring; a socket that misses something reads it.

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
    conversation::{Grown, VisitorId},
};

/// So many signs may wait for a busy socket; more are dropped.
const MOST_SIGNS: usize = 4;
/// So many commits may wait for a busy socket; when there are more, it reads them from the store.
const MOST_GROWN: usize = 8;

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
    /// The conversation, or the place in the queue: it has to be read.
    pub(crate) conversation: bool,
    /// What conversations have grown by, in the order of the rings; nothing when all has to be read.
    pub(crate) grown: Vec<Arc<Grown>>,
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
            Ring::Grown { visitor, grown, .. } => self.tell(visitor, |news| news.grow(grown.as_ref())),
            Ring::Sign(sign) if is_for_visitors(&sign) => self.tell(sign.visitor, |news| news.add(sign.clone())),
            Ring::Sign(_) | Ring::Noted { .. } | Ring::Queue | Ring::Presence | Ring::Warned(_) => {}
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
    fn grow(&mut self, grown: Option<&Arc<Grown>>) {
        match grown {
            Some(grown) if !self.conversation && self.grown.len() < MOST_GROWN => self.grown.push(Arc::clone(grown)),
            Some(_) | None => {
                self.conversation = true;
                self.grown.clear();
            }
        }
    }

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
    use crate::conversation::{Conversation, ConversationId, Seq};

    const ME: VisitorId = VisitorId(Uuid::nil());

    fn sign(from: SignFrom, what: SignKind) -> Ring {
        Ring::Sign(Sign { conversation: ConversationId(Uuid::nil()), visitor: ME, from, what })
    }

    #[tokio::test]
    async fn every_socket_of_the_visitor_wakes_and_no_other() {
        let hub = Arc::new(Hub::default());
        let (first, second) = (hub.register(ME), hub.register(ME));
        let stranger = hub.register(VisitorId(Uuid::max()));
        hub.hear(Ring::Grown { conversation: ConversationId(Uuid::nil()), visitor: ME, grown: None });
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
    fn a_busy_socket_reads_what_is_too_much_to_hand_over() {
        let hub = Arc::new(Hub::default());
        let socket = hub.register(ME);
        let conversation =
            Conversation::new(ConversationId(Uuid::nil()), ME, "en".to_owned(), jiff::Timestamp::UNIX_EPOCH);
        let grown = Arc::new(Grown { conversation, events: Vec::new() });
        let ring = || Ring::Grown { conversation: grown.conversation.id, visitor: ME, grown: Some(Arc::clone(&grown)) };
        for _ in 0..MOST_GROWN {
            hub.hear(ring());
        }
        let news = socket.take();
        assert_eq!((news.conversation, news.grown.len()), (false, MOST_GROWN));
        for _ in 0..=MOST_GROWN + 1 {
            hub.hear(ring());
        }
        let news = socket.take();
        assert_eq!((news.conversation, news.grown.len()), (true, 0));
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
