//! What time alone does with a conversation.

use crate::conversation::{
    Author, Conversation, EndedBy, EventKind, Message, NewEvent, Nudge, Overdue, OwnerIs, ReplyOption, Status,
    moves::with_notice,
};

/// What the desk says by itself, in the visitor's language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The sentence.
    pub text: String,
    /// What may be chosen next.
    pub options: Vec<ReplyOption>,
}

impl Conversation {
    /// What follows from time alone.
    pub fn on_time(&self, overdue: Overdue, owner: OwnerIs, words: Words) -> Vec<NewEvent> {
        match overdue {
            Overdue::FollowUp => vec![nudge(Author::Bot, Nudge::FollowUp, words)],
            Overdue::LeaveOffer => vec![nudge(Author::System, Nudge::LeaveOffer, words)],
            Overdue::Reminder => vec![nudge(Author::System, Nudge::Reminder, words)],
            Overdue::Unanswered => self.requeue(words.text),
            Overdue::Silent => vec![NewEvent::follows(EventKind::resolved(EndedBy::Upkeep))],
            Overdue::Wake => self.wake(owner, words.text),
        }
    }

    /// Back to the queue, to its old place; `notice` tells the visitor.
    pub fn requeue(&self, notice: String) -> Vec<NewEvent> {
        match &self.status {
            Status::WithAgent { .. } | Status::Snoozed { .. } => {
                with_notice(NewEvent::follows(EventKind::Requeued), Some(notice))
            }
            Status::WithBot | Status::Waiting(_) | Status::Resolved { .. } => Vec::new(),
        }
    }

    /// It has slept enough: on with the agent who had it, else back to the queue.
    pub fn wake(&self, owner: OwnerIs, notice: String) -> Vec<NewEvent> {
        let mut events = vec![NewEvent::follows(EventKind::Woken)];
        if owner == OwnerIs::Away {
            events.extend(self.requeue(notice));
        }
        events
    }

    /// The visitor has left the queue without a word.
    pub fn abandon(&self) -> Vec<NewEvent> {
        match &self.status {
            Status::Waiting(_) if !self.moments.is_left => vec![NewEvent::follows(EventKind::Abandoned)],
            Status::WithBot
            | Status::Waiting(_)
            | Status::WithAgent { .. }
            | Status::Snoozed { .. }
            | Status::Resolved { .. } => Vec::new(),
        }
    }

    /// Nobody is here any more who could take it over: the visitor is asked to leave a message.
    pub fn nobody_here(&self, notice: String) -> Vec<NewEvent> {
        match &self.status {
            Status::Waiting(_) if !self.moments.is_left => {
                let words = Words { text: notice, options: Vec::new() };
                vec![nudge(Author::System, Nudge::NobodyHere, words)]
            }
            Status::WithBot
            | Status::Waiting(_)
            | Status::WithAgent { .. }
            | Status::Snoozed { .. }
            | Status::Resolved { .. } => Vec::new(),
        }
    }
}

fn nudge(author: Author, nudge: Nudge, words: Words) -> NewEvent {
    NewEvent::message(Message { options: words.options, ..Message::nudge(author, nudge, words.text) })
}
