//! The moves: who may do what, and which events follow.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::conversation::{
    Author, ClientId, Contact, Conversation, EndedBy, EventKind, Message, Reason, ReplyOption, Seq, Source, Status,
    VerdictKind,
};

/// An event that is not yet numbered.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// The frame that causes it, if it is the first event of that frame.
    pub client_id: Option<ClientId>,
    /// What happens.
    pub kind: EventKind,
}

impl NewEvent {
    /// An event that follows from another one.
    pub fn follows(kind: EventKind) -> Self {
        Self { client_id: None, kind }
    }

    /// The first event of a frame.
    pub fn caused_by(client_id: ClientId, kind: EventKind) -> Self {
        Self { client_id: Some(client_id), kind }
    }

    pub(crate) fn message(message: Message) -> Self {
        Self::follows(EventKind::Message { message: Arc::new(message) })
    }
}

/// What a visitor typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorMessage {
    /// The frame's id.
    pub client_id: ClientId,
    /// The words.
    pub text: String,
}

impl VisitorMessage {
    fn into_event(self) -> NewEvent {
        let message = Message::plain(Author::Visitor, self.text);
        NewEvent::caused_by(self.client_id, EventKind::Message { message: Arc::new(message) })
    }
}

/// What the bot has to say, and what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct BotReply {
    /// The message, without the number that it answers.
    pub message: Message,
    /// What follows.
    pub outcome: Outcome,
}

/// What follows from a bot's message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing more.
    Said,
    /// The bot has offered a person with it.
    Offered,
    /// The conversation goes to the queue.
    Escalated {
        /// Why.
        reason: Reason,
        /// Which queue; the default one when absent.
        queue: Option<String>,
    },
}

/// Who deals with what a visitor writes now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Responder {
    /// The bot.
    Bot,
    /// People: the bot stays silent.
    People,
    /// Nobody in this conversation: a new one starts.
    NewConversation,
}

/// Why a move is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refused {
    /// Another agent has it.
    #[error("another agent has already taken this conversation")]
    AlreadyClaimed,
    /// The agent who tries does not have it.
    #[error("this conversation is not yours")]
    NotOwner,
    /// There is nothing to claim, rate or end.
    #[error("this is not possible in the conversation's present state")]
    NotPossible,
}

pub(crate) type Moved = Result<Vec<NewEvent>, Refused>;

/// Whether the agent who had a conversation can go on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerIs {
    /// They are here and have room.
    Available,
    /// They are not, or have as many as they may.
    Away,
}

/// What happened, and what the visitor reads of it.
pub(crate) fn with_notice(event: NewEvent, notice: Option<String>) -> Vec<NewEvent> {
    let notice = notice.map(|text| NewEvent::message(Message::plain(Author::System, text)));
    std::iter::once(event).chain(notice).collect()
}

impl Conversation {
    /// Who deals with a message that arrives now.
    pub fn responder(&self, now: Timestamp, reopen_window: SignedDuration) -> Responder {
        match &self.status {
            Status::Resolved { at, .. } if now.duration_since(*at) > reopen_window => Responder::NewConversation,
            Status::WithBot | Status::Resolved { agent: None, .. } => Responder::Bot,
            Status::Waiting(_)
            | Status::WithAgent { .. }
            | Status::Snoozed { .. }
            | Status::Resolved { agent: Some(_), .. } => Responder::People,
        }
    }

    /// The visitor wrote while the bot is in charge, and the bot has its reply.
    pub fn ask(&self, messages: Vec<VisitorMessage>, reply: BotReply) -> Vec<NewEvent> {
        let mut events: Vec<_> = messages.into_iter().map(VisitorMessage::into_event).collect();
        let answers = Seq(self.last_seq.0 + events.len() as u64);
        let is_smalltalk = verdict(&reply.message) == Some(VerdictKind::Smalltalk);
        if !self.status.is_open() && !is_smalltalk {
            events.push(NewEvent::follows(EventKind::Reopened));
        }
        let reply_to = (!events.is_empty()).then_some(answers);
        events.push(NewEvent::message(Message { reply_to, ..reply.message }));
        match reply.outcome {
            Outcome::Said => {}
            Outcome::Offered => events.push(NewEvent::follows(EventKind::Offered)),
            Outcome::Escalated { reason, queue } => {
                events.push(NewEvent::follows(EventKind::Escalated { reason, queue }));
            }
        }
        events
    }

    /// The visitor wrote while people are in charge. What slept or was over goes on: with the agent who had it,
    /// else in the queue, and then `notice` says so.
    pub fn tell_people(&self, messages: Vec<VisitorMessage>, owner: OwnerIs, notice: String) -> Vec<NewEvent> {
        let mut events: Vec<_> = messages.into_iter().map(VisitorMessage::into_event).collect();
        match &self.status {
            Status::Snoozed { .. } => events.extend(self.wake(owner, notice)),
            Status::Resolved { agent, .. } => {
                events.push(NewEvent::follows(EventKind::Reopened));
                match agent.clone().filter(|_| owner == OwnerIs::Available) {
                    Some(agent) => events.push(NewEvent::follows(EventKind::Claimed { agent })),
                    None => events.push(NewEvent::message(Message::plain(Author::System, notice))),
                }
            }
            Status::WithBot | Status::Waiting(_) | Status::WithAgent { .. } => {}
        }
        events
    }

    /// The visitor said something that asks for nothing: it is kept, and nothing follows.
    pub fn hear(&self, messages: Vec<VisitorMessage>) -> Vec<NewEvent> {
        messages.into_iter().map(VisitorMessage::into_event).collect()
    }

    /// The visitor judged the conversation: once, when it is over.
    pub fn rate(&self, client_id: ClientId, kind: EventKind) -> Moved {
        let is_time = matches!(self.status, Status::Resolved { .. }) && !self.rated;
        if is_time { Ok(vec![NewEvent::caused_by(client_id, kind)]) } else { Err(Refused::NotPossible) }
    }

    /// The visitor wants a person. `notice` tells them what happens now.
    pub fn request_agent(&self, client_id: ClientId, notice: String) -> Moved {
        match self.status {
            Status::WithBot => Ok(self.escalate(Some(client_id), Reason::AskedForAgent, None, notice)),
            Status::Resolved { .. } => {
                let mut events = vec![NewEvent::caused_by(client_id, EventKind::Reopened)];
                events.extend(self.escalate(None, Reason::AskedForAgent, None, notice));
                Ok(events)
            }
            Status::Waiting(_) | Status::WithAgent { .. } | Status::Snoozed { .. } => Err(Refused::NotPossible),
        }
    }

    /// The conversation goes to the queue, and a message says so.
    pub fn escalate(
        &self,
        client_id: Option<ClientId>,
        reason: Reason,
        queue: Option<String>,
        notice: String,
    ) -> Vec<NewEvent> {
        vec![
            NewEvent { client_id, kind: EventKind::Escalated { reason, queue } },
            NewEvent::message(Message::plain(Author::System, notice)),
        ]
    }

    /// The visitor no longer waits; the bot is there again.
    pub fn withdraw(&self, client_id: ClientId, notice: String) -> Moved {
        match self.status {
            Status::Waiting(_) => Ok(vec![
                NewEvent::caused_by(client_id, EventKind::Withdrawn),
                NewEvent::message(Message::plain(Author::System, notice)),
            ]),
            Status::WithBot | Status::WithAgent { .. } | Status::Snoozed { .. } | Status::Resolved { .. } => {
                Err(Refused::NotPossible)
            }
        }
    }

    /// The visitor judged an answer; `reply` is what the bot says to that, if it is in charge.
    pub fn rate_answer(
        &self,
        client_id: ClientId,
        (answer, helpful): (Seq, bool),
        reply: Option<BotReply>,
    ) -> Vec<NewEvent> {
        let mut events = vec![NewEvent::caused_by(client_id, EventKind::AnswerRated { answer, helpful })];
        let reply = reply.filter(|_| self.status == Status::WithBot);
        match reply {
            Some(BotReply { message, outcome: Outcome::Escalated { reason, queue } }) => {
                events.extend(self.escalate(None, reason, queue, message.text));
            }
            Some(BotReply { message, outcome }) => {
                events.push(NewEvent::message(message));
                if outcome == Outcome::Offered {
                    events.push(NewEvent::follows(EventKind::Offered));
                }
            }
            None => {}
        }
        events
    }

    /// The visitor leaves an address; `thanks` says what happens with it.
    pub fn leave_contact(
        &self,
        client_id: ClientId,
        contact: Contact,
        message: Option<String>,
        thanks: String,
    ) -> Vec<NewEvent> {
        let reopened = (!self.status.is_open()).then_some(EventKind::Reopened);
        let escalated = matches!(self.status, Status::WithBot | Status::Resolved { .. })
            .then_some(EventKind::Escalated { reason: Reason::AskedForAgent, queue: None });
        let kinds = reopened.into_iter().chain([EventKind::ContactLeft { contact, message }]).chain(escalated);
        let mut events: Vec<_> = kinds.map(NewEvent::follows).collect();
        if let Some(first) = events.first_mut() {
            first.client_id = Some(client_id);
        }
        events.push(NewEvent::message(Message::plain(Author::System, thanks)));
        events
    }

    /// The visitor, or time alone, ends the conversation.
    pub fn resolve(&self, client_id: Option<ClientId>, by: EndedBy, notice: Option<String>) -> Moved {
        if !self.status.is_open() {
            return Err(Refused::NotPossible);
        }
        if let EndedBy::Agent(agent) = &by {
            self.check_owner(agent)?;
        }
        Ok(with_notice(NewEvent { client_id, kind: EventKind::resolved(by) }, notice))
    }
}

fn verdict(message: &Message) -> Option<VerdictKind> {
    message.decision.as_ref().map(|decision| decision.verdict)
}

impl BotReply {
    /// A reply that nothing follows from.
    pub fn said(message: Message) -> Self {
        Self { message, outcome: Outcome::Said }
    }

    /// Adds what the visitor may choose next.
    #[must_use]
    pub fn with_options(mut self, options: Vec<ReplyOption>) -> Self {
        self.message.options = options;
        self
    }

    /// Adds where the answer was taken from.
    #[must_use]
    pub fn with_sources(mut self, sources: Vec<Source>) -> Self {
        self.message.sources = sources;
        self
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::conversation::{AgentId, AgentRef, ConversationId, Decision, Event, VisitorId};

    fn id(number: u128) -> ClientId {
        ClientId(Uuid::from_u128(number))
    }

    fn agent(number: u128) -> AgentRef {
        AgentRef { id: AgentId(Uuid::from_u128(number)), name: format!("agent {number}") }
    }

    fn says(number: u128, text: &str) -> VisitorMessage {
        VisitorMessage { client_id: id(number), text: text.to_owned() }
    }

    fn bot(verdict: VerdictKind, outcome: Outcome) -> BotReply {
        let decision = Decision { verdict, ..Decision::default() };
        let message = Message { decision: Some(Box::new(decision)), ..Message::plain(Author::Bot, "…") };
        BotReply { message, outcome }
    }

    fn answer() -> BotReply {
        bot(VerdictKind::Answer, Outcome::Said)
    }

    fn miss() -> BotReply {
        bot(VerdictKind::Escalate, Outcome::Offered)
    }

    fn give_up() -> BotReply {
        bot(VerdictKind::Escalate, Outcome::Escalated { reason: Reason::LowConfidence, queue: Some("orders".into()) })
    }

    fn start() -> Conversation {
        let id = ConversationId(Uuid::from_u128(7));
        Conversation::new(id, VisitorId(Uuid::from_u128(8)), "en".to_owned(), Timestamp::UNIX_EPOCH)
    }

    /// Numbers the events a minute apart and applies them.
    fn after(conversation: Conversation, events: Vec<NewEvent>) -> Conversation {
        let mut at = conversation.changed_at;
        let mut seq = conversation.last_seq;
        let number = |event: NewEvent| {
            at += SignedDuration::from_mins(1);
            seq = seq.next();
            Event { seq, at, client_id: event.client_id, kind: event.kind }
        };
        let events: Vec<_> = events.into_iter().map(number).collect();
        conversation.apply_all(&events)
    }

    fn waiting() -> Conversation {
        let start = start();
        let events = start.ask(vec![says(1, "help")], give_up());
        after(start, events)
    }

    fn claimed() -> Conversation {
        let waiting = waiting();
        let events = waiting.claim(id(2), &agent(1), "hello".to_owned()).unwrap();
        after(waiting, events)
    }

    /// The events in short: `visitor`, `bot>1` (answers 1), `system`, or the kind; `!` marks a receipt.
    fn short(events: &[NewEvent]) -> String {
        let name = |event: &NewEvent| {
            let kind = if let EventKind::Message { message } = &event.kind {
                match (&message.author, message.reply_to) {
                    (Author::Visitor, _) => "visitor".to_owned(),
                    (Author::Bot, Some(seq)) => format!("bot>{seq}"),
                    (Author::Bot, None) => "bot".to_owned(),
                    (Author::Agent(_), _) => "agent".to_owned(),
                    (Author::System, _) => "system".to_owned(),
                }
            } else {
                serde_json::to_value(&event.kind).unwrap()["kind"].as_str().unwrap().to_owned()
            };
            if event.client_id.is_some() { format!("{kind}!") } else { kind }
        };
        events.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_turn_is_the_messages_the_reply_and_what_follows() {
        let start = start();
        let cases = [
            (vec![says(1, "a")], answer(), "visitor! bot>1"),
            (vec![says(1, "a"), says(2, "b")], answer(), "visitor! visitor! bot>2"),
            (vec![says(1, "a")], miss(), "visitor! bot>1 offered"),
            (vec![says(1, "a")], give_up(), "visitor! bot>1 escalated"),
        ];
        for (messages, reply, expected) in cases {
            assert_eq!(short(&start.ask(messages, reply)), expected);
        }
    }

    #[test]
    fn misses_count_in_a_row_and_an_answer_ends_the_row() {
        let mut conversation = start();
        for (reply, misses, offered) in [(miss(), 1, true), (answer(), 0, true), (miss(), 1, true), (miss(), 2, true)] {
            let events = conversation.ask(vec![says(1, "a")], reply);
            conversation = after(conversation, events);
            assert_eq!((conversation.misses, conversation.offered), (misses, offered));
        }
        let events = conversation.rate_answer(id(9), (Seq(2), true), None);
        assert_eq!(after(conversation, events).misses, 0);
    }

    #[test]
    fn small_talk_after_the_end_does_not_reopen_but_a_question_does() {
        let start = start();
        let events = start.ask(vec![says(1, "a")], answer());
        let open = after(start, events);
        let events = open.resolve(Some(id(2)), EndedBy::Visitor, None).unwrap();
        let resolved = after(open, events);
        let thanks = resolved.ask(vec![says(3, "thanks")], bot(VerdictKind::Smalltalk, Outcome::Said));
        assert_eq!(short(&thanks), "visitor! bot>4");
        let question = resolved.ask(vec![says(3, "and now?")], answer());
        assert_eq!(short(&question), "visitor! reopened bot>4");
        assert_eq!(after(resolved, question).status, Status::WithBot);
    }

    #[test]
    fn the_first_agent_wins_and_only_the_owner_may_write() {
        let claimed = claimed();
        assert_eq!(claimed.claim(id(3), &agent(2), String::new()), Err(Refused::AlreadyClaimed));
        assert_eq!(claimed.reply(id(3), &agent(2), "hi".into()), Err(Refused::NotOwner));
        assert_eq!(claimed.release(id(3), &agent(2), String::new()), Err(Refused::NotOwner));
        let reply = claimed.reply(id(3), &agent(1), "hi".into()).unwrap();
        assert_eq!(short(&reply), "agent!");
        assert_eq!(claimed.resolve(None, EndedBy::Agent(agent(2)), None), Err(Refused::NotOwner));
    }

    #[test]
    fn a_released_conversation_goes_back_to_its_old_place() {
        let waiting = waiting();
        let claimed = claimed();
        let events = claimed.release(id(4), &agent(1), "sorry".to_owned()).unwrap();
        let released = after(claimed, events).status;
        assert_eq!(released.wait().map(|wait| wait.since), waiting.status.wait().map(|wait| wait.since));
        let passed = released.wait().map(|wait| (wait.requeued, wait.passed.clone()));
        assert_eq!(passed, Some((1, vec![agent(1)])));
    }

    #[test]
    fn who_answers_depends_on_the_status_and_the_window() {
        let window = SignedDuration::from_hours(24);
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1);
        let late = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(30);
        let ended = |conversation: Conversation| {
            let events = conversation.resolve(None, EndedBy::Upkeep, None).unwrap();
            after(conversation, events)
        };
        for (conversation, at, expected) in [
            (start(), now, Responder::Bot),
            (waiting(), now, Responder::People),
            (claimed(), late, Responder::People),
            (ended(start()), now, Responder::Bot),
            (ended(claimed()), now, Responder::People),
            (ended(claimed()), late, Responder::NewConversation),
        ] {
            assert_eq!(conversation.responder(at, window), expected, "{:?}", conversation.status);
        }
    }

    #[test]
    fn asking_for_a_person_works_with_no_message_and_once() {
        let start = start();
        let events = start.request_agent(id(1), "one moment".to_owned()).unwrap();
        assert_eq!(short(&events), "escalated! system");
        let waiting = after(start, events);
        assert_eq!(waiting.request_agent(id(2), String::new()), Err(Refused::NotPossible));
        let events = waiting.withdraw(id(3), "back".to_owned()).unwrap();
        assert_eq!(after(waiting, events).status, Status::WithBot);
    }

    #[test]
    fn asking_for_a_person_after_the_end_begins_with_a_clean_slate() {
        let contact = Contact { email: "a@b.example".into(), name: None };
        let waiting = waiting();
        let events = waiting.leave_contact(id(2), contact.clone(), None, "thanks".into());
        let left = after(waiting, events);
        let events = left.resolve(Some(id(3)), EndedBy::Visitor, None).unwrap();
        let over = after(left, events);
        let events = over.request_agent(id(4), "one moment".to_owned()).unwrap();
        assert_eq!(short(&events), "reopened! escalated system");
        assert!(!after(over.clone(), events).moments.is_left, "they wait for a person, not for an e-mail");
        let events = over.leave_contact(id(4), contact, None, "thanks".into());
        assert_eq!(short(&events), "reopened! contact_left escalated system");
        assert!(after(over, events).moments.is_left);
    }

    #[test]
    fn a_sleeping_conversation_wakes_to_the_same_agent() {
        let claimed = claimed();
        let events = claimed.snooze(id(5), &agent(1), Timestamp::UNIX_EPOCH + SignedDuration::from_hours(5)).unwrap();
        let snoozed = after(claimed.clone(), events);
        let events = snoozed.tell_people(vec![says(6, "still there?")], OwnerIs::Available, String::new());
        assert_eq!(short(&events), "visitor! woken");
        assert_eq!(after(snoozed.clone(), events).status, claimed.status);
        let events = snoozed.tell_people(vec![says(6, "still there?")], OwnerIs::Away, String::new());
        assert_eq!(short(&events), "visitor! woken requeued system");
        assert_eq!(after(snoozed, events).status.as_str(), "waiting");
    }

    #[test]
    fn rating_an_answer_down_may_offer_or_hand_over() {
        let start = start();
        let events = start.ask(vec![says(1, "a")], answer());
        let open = after(start, events);
        let rate = |reply| short(&open.rate_answer(id(2), (Seq(2), false), Some(reply)));
        assert_eq!(rate(miss()), "answer_rated! bot offered");
        assert_eq!(rate(give_up()), "answer_rated! escalated system");
        let waiting = waiting();
        assert_eq!(short(&waiting.rate_answer(id(2), (Seq(2), false), Some(miss()))), "answer_rated!");
    }

    #[test]
    fn leaving_an_address_puts_the_conversation_into_the_queue() {
        let contact = Contact { email: "a@b.example".into(), name: None };
        let start = start();
        let events = start.leave_contact(id(1), contact.clone(), None, "thanks".into());
        assert_eq!(short(&events), "contact_left! escalated system");
        let waiting = waiting();
        let events = waiting.leave_contact(id(2), contact.clone(), None, "thanks".into());
        assert_eq!(short(&events), "contact_left! system");
        assert_eq!(after(waiting, events).contact, Some(contact));
    }
}
