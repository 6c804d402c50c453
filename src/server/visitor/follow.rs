//! Following: whatever the conversation has grown by is read and sent, in order, once.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::time::Instant;

use crate::{
    chat::{ChatError, Standing},
    conversation::{Conversation, ConversationId, Event, Grown, Seq, Status},
    protocol::{
        EventFrame, PersonView,
        visitor::{StatusView, ToVisitor},
    },
    server::{socket::Ended, visitor::VisitorSocket},
};

/// The conversation that the socket shows, and how far.
#[derive(Debug, Clone)]
pub(crate) struct Followed {
    pub(crate) id: ConversationId,
    /// The last number that was sent.
    pub(crate) sent: Seq,
    /// When it ended, if it has.
    pub(crate) resolved_at: Option<Timestamp>,
    /// Whether the bot has it.
    pub(crate) is_with_bot: bool,
    /// The queue that it is in or came from.
    pub(crate) queue: Option<String>,
}

impl Followed {
    pub(crate) fn new(conversation: &Conversation, sent: Seq) -> Self {
        let mut followed = Self { id: conversation.id, sent, resolved_at: None, is_with_bot: true, queue: None };
        followed.note(conversation);
        followed
    }

    fn note(&mut self, conversation: &Conversation) {
        self.is_with_bot = conversation.status == Status::WithBot;
        self.queue = conversation.status.wait().and_then(|wait| wait.queue.clone());
        self.resolved_at = match &conversation.status {
            Status::Resolved { at, .. } => Some(*at),
            Status::WithBot | Status::Waiting(_) | Status::WithAgent { .. } | Status::Snoozed { .. } => None,
        };
    }
}

/// What a visitor is told about who has their conversation.
pub(crate) fn status_view(conversation: Option<&Conversation>, standing: &Standing) -> StatusView {
    let status = conversation.map(|conversation| &conversation.status);
    StatusView {
        status: status.unwrap_or(&Status::WithBot).as_str(),
        agent: status.and_then(Status::agent).map(PersonView::from),
        position: standing.position,
        wait_s: standing.wait_s,
        left: standing.left.then_some(true),
    }
}

impl VisitorSocket {
    /// Sends what is new. When the store cannot be read, the next look finds it.
    pub(crate) async fn look(&mut self) -> Result<(), Ended> {
        let Some(greeted) = &mut self.greeted else { return Ok(()) };
        greeted.next_look = Instant::now() + self.app.timing.look;
        let visitor = greeted.guest.id;
        match self.app.chat.current(visitor).await {
            Ok(Some(current)) => self.show(&current).await,
            Ok(None) => {
                self.rest();
                Ok(())
            }
            Err(error) => {
                log_unread(&error);
                Ok(())
            }
        }
    }

    async fn show(&mut self, current: &Conversation) -> Result<(), Ended> {
        if self.earlier_than(current).is_some() {
            self.send_events().await?;
        }
        self.turn_to(current);
        self.send_events().await?;
        self.show_state(current).await
    }

    /// Sends what was handed over, as far as nothing is missing before it; false when it is to be read instead.
    pub(crate) async fn show_grown(&mut self, all: &[Arc<Grown>]) -> Result<bool, Ended> {
        for grown in all {
            let Some(first) = grown.events.first() else { return Ok(false) };
            let current = &grown.conversation;
            let followed = self.followed().filter(|followed| followed.id == current.id);
            if first.seq > followed.map_or(Seq(0), |followed| followed.sent).next() {
                return Ok(false);
            }
            if self.earlier_than(current).is_some_and(|earlier| earlier.resolved_at.is_none()) {
                self.send_events().await?;
            }
            self.turn_to(current);
            let sent = self.last_seq();
            for event in grown.events.iter().filter(|event| event.seq > sent) {
                self.send_event(current.id, event).await?;
                self.note_sent(event.seq);
            }
            self.look_later();
            self.show_state(current).await?;
        }
        Ok(true)
    }

    /// The conversation that was followed until now: its end is sent before the beginning of the next.
    fn earlier_than(&self, current: &Conversation) -> Option<&Followed> {
        self.followed().filter(|followed| followed.id != current.id)
    }

    /// Follows this conversation from now on.
    fn turn_to(&mut self, current: &Conversation) {
        let is_another = self.earlier_than(current).is_some();
        let Some(greeted) = &mut self.greeted else { return };
        greeted.status.take_if(|_| is_another);
        match &mut greeted.followed {
            Some(followed) if followed.id == current.id => followed.note(current),
            Some(_) | None => greeted.followed = Some(Followed::new(current, Seq(0))),
        }
    }

    async fn show_state(&mut self, current: &Conversation) -> Result<(), Ended> {
        self.show_status(current).await?;
        // Another queue may have other hours and people.
        self.show_availability().await?;
        if !current.status.is_open() {
            self.rest();
        }
        Ok(())
    }

    fn look_later(&mut self) {
        let look = self.app.timing.look;
        if let Some(greeted) = &mut self.greeted {
            greeted.next_look = Instant::now() + look;
        }
    }

    /// Nothing is going on: the next look comes with the next ping, or a ring.
    fn rest(&mut self) {
        if let Some(greeted) = &mut self.greeted {
            greeted.next_look = Instant::now() + 2 * self.app.timing.ping;
        }
    }

    /// Sends the events after the last one that was sent.
    pub(crate) async fn send_events(&mut self) -> Result<(), Ended> {
        while let Some((id, sent)) = self.followed().map(|followed| (followed.id, followed.sent)) {
            let events = match self.app.chat.events(id, sent).await {
                Ok(events) => events,
                Err(error) => {
                    log_unread(&error);
                    break;
                }
            };
            if events.is_empty() {
                break;
            }
            for event in &events {
                self.send_event(id, event).await?;
                self.note_sent(event.seq);
            }
        }
        Ok(())
    }

    fn note_sent(&mut self, seq: Seq) {
        if let Some(followed) = self.greeted.as_mut().and_then(|greeted| greeted.followed.as_mut()) {
            followed.sent = seq;
        }
    }

    pub(crate) async fn send_event(&mut self, conversation: ConversationId, event: &Event) -> Result<(), Ended> {
        let frame = EventFrame::for_visitor(conversation, event);
        self.socket.send(&ToVisitor::Event(Box::new(frame))).await
    }

    async fn show_status(&mut self, current: &Conversation) -> Result<(), Ended> {
        let standing = self.app.chat.standing(current);
        let status = status_view(Some(current), &standing);
        let Some(greeted) = &mut self.greeted else { return Ok(()) };
        greeted.mailbox.set_waiting(matches!(current.status, Status::Waiting(_)));
        if greeted.status.as_ref() == Some(&status) {
            return Ok(());
        }
        greeted.status = Some(status.clone());
        self.socket.send(&ToVisitor::Status(status)).await
    }
}

fn log_unread(error: &ChatError) {
    tracing::warn!(%error, "a conversation could not be read: the next look tries again");
}
