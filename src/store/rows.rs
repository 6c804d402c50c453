//! Columns to states and back, the same for every engine. What does not parse is damaged.

use std::{collections::BTreeMap, fmt::Display};

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    conversation::{ClientId, Conversation, ConversationId, Event, EventKind, Seq, VisitorId},
    store::{Availability, Commit, Receipt, Role, Room, StoreError, Visitor, body::body},
};

/// A commit as it is written.
pub(super) struct CommitRows {
    /// In the order in which they are written.
    pub(super) changes: Vec<ChangeRows>,
    pub(super) receipts: Vec<Receipt>,
    pub(super) visitor: Option<VisitorRow>,
    pub(super) room: Option<Room>,
}

/// What changes of one conversation.
pub(super) struct ChangeRows {
    pub(super) conversation: ConversationRow,
    /// The number that was decided on; 0 makes a new conversation.
    pub(super) decided_on: i64,
    pub(super) events: Vec<EventRow>,
    pub(super) due_at: Option<i64>,
}

impl CommitRows {
    /// # Errors
    /// [`StoreError::Conflict`] when there is no event, or the numbers do not lead to the conversation's last one.
    pub(super) fn of(commit: &Commit) -> Result<Self, StoreError> {
        // What is over has nothing coming.
        let earlier = commit.earlier.iter().map(|grown| ChangeRows::of(&grown.conversation, &grown.events, None));
        let changes = earlier.chain([ChangeRows::of(&commit.conversation, &commit.events, commit.due_at)]);
        Ok(Self {
            changes: changes.collect::<Result<_, _>>()?,
            receipts: commit.receipts.clone(),
            visitor: commit.visitor.as_ref().map(VisitorRow::of).transpose()?,
            room: commit.room,
        })
    }
}

impl ChangeRows {
    /// Whether somebody says with it that the conversation is done, and perhaps what it was about.
    pub(super) fn is_resolving(&self) -> bool {
        self.events.iter().any(|event| event.kind == "resolved")
    }

    fn of(conversation: &Conversation, events: &[Event], due_at: Option<Timestamp>) -> Result<Self, StoreError> {
        let numbers = events.iter().map(|event| event.seq);
        let first = events.first().ok_or(StoreError::Conflict)?.seq;
        let expected = first.0..=conversation.last_seq.0;
        if first == Seq(0) || !numbers.eq(expected.map(Seq)) {
            return Err(StoreError::Conflict);
        }
        Ok(Self {
            conversation: ConversationRow::of(conversation)?,
            decided_on: number(first.0)? - 1,
            events: events.iter().map(EventRow::of).collect::<Result<_, _>>()?,
            due_at: due_at.map(nanoseconds),
        })
    }
}

/// A conversation: what queries need, and the whole as JSON.
pub(super) struct ConversationRow {
    pub(super) columns: ConversationColumns,
    pub(super) state: String,
}

impl ConversationRow {
    pub(super) fn of(conversation: &Conversation) -> Result<Self, StoreError> {
        Ok(Self { columns: ConversationColumns::of(conversation)?, state: to_json(conversation)? })
    }

    /// The conversation, unless the columns say something else than the whole.
    pub(super) fn into_conversation(self) -> Result<Conversation, StoreError> {
        let conversation: Conversation = from_json(&self.state)?;
        if ConversationColumns::of(&conversation)? == self.columns {
            Ok(conversation)
        } else {
            Err(damaged(format_args!("the row of conversation {} contradicts itself", conversation.id)))
        }
    }
}

/// What queries need of a conversation.
#[derive(PartialEq, Eq)]
pub(super) struct ConversationColumns {
    pub(super) id: Uuid,
    pub(super) visitor: Uuid,
    pub(super) status: String,
    pub(super) queue: Option<String>,
    pub(super) since: Option<i64>,
    pub(super) agent: Option<Uuid>,
    pub(super) last_seq: i64,
    pub(super) started_at: i64,
    pub(super) changed_at: i64,
}

impl ConversationColumns {
    fn of(conversation: &Conversation) -> Result<Self, StoreError> {
        // The place in line stays where it was when the conversation ends: it says which team the conversation is of.
        let (waited, agent) = (conversation.status.wait(), conversation.status.last_agent());
        Ok(Self {
            id: conversation.id.0,
            visitor: conversation.visitor.0,
            status: conversation.status.as_str().to_owned(),
            queue: waited.and_then(|waited| waited.queue.clone()),
            since: waited.map(|waited| nanoseconds(waited.since)),
            agent: agent.map(|agent| agent.id.0),
            last_seq: number(conversation.last_seq.0)?,
            started_at: nanoseconds(conversation.started_at),
            changed_at: nanoseconds(conversation.changed_at),
        })
    }
}

/// An event of a conversation.
pub(super) struct EventRow {
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) client_id: Option<Uuid>,
    pub(super) kind: &'static str,
    pub(super) body: String,
}

impl EventRow {
    fn of(event: &Event) -> Result<Self, StoreError> {
        Ok(Self {
            seq: number(event.seq.0)?,
            at: nanoseconds(event.at),
            client_id: event.client_id.map(|id| id.0),
            kind: kind_name(&event.kind),
            body: body(&event.kind)?,
        })
    }
}

pub(super) fn event(seq: i64, at: i64, client_id: Option<Uuid>, body: &str) -> Result<Event, StoreError> {
    Ok(Event { seq: self::seq(seq)?, at: time(at)?, client_id: client_id.map(ClientId), kind: from_json(body)? })
}

/// The name in the column `kind`; the same as in the JSON.
fn kind_name(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Message { .. } => "message",
        EventKind::Offered => "offered",
        EventKind::Escalated { .. } => "escalated",
        EventKind::Withdrawn => "withdrawn",
        EventKind::Claimed { .. } => "claimed",
        EventKind::Released => "released",
        EventKind::Requeued => "requeued",
        EventKind::Transferred { .. } => "transferred",
        EventKind::GivenBack => "given_back",
        EventKind::Snoozed { .. } => "snoozed",
        EventKind::Woken => "woken",
        EventKind::Resolved { .. } => "resolved",
        EventKind::Reopened => "reopened",
        EventKind::Abandoned => "abandoned",
        EventKind::AnswerRated { .. } => "answer_rated",
        EventKind::ConversationRated { .. } => "conversation_rated",
        EventKind::ContactLeft { .. } => "contact_left",
    }
}

/// What is known of a visitor.
pub(super) struct VisitorRow {
    pub(super) id: Uuid,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) verified: bool,
    pub(super) attributes: String,
    pub(super) page_url: Option<String>,
    pub(super) page_title: Option<String>,
    pub(super) referrer: Option<String>,
    pub(super) trail: String,
}

impl VisitorRow {
    pub(super) fn of(visitor: &Visitor) -> Result<Self, StoreError> {
        Ok(Self {
            id: visitor.id.0,
            name: visitor.name.clone(),
            email: visitor.email.clone(),
            external_id: visitor.external_id.clone(),
            verified: visitor.verified,
            attributes: to_json(&visitor.attributes)?,
            page_url: visitor.page_url.clone(),
            page_title: visitor.page_title.clone(),
            referrer: visitor.referrer.clone(),
            trail: to_json(&visitor.trail)?,
        })
    }

    pub(super) fn into_visitor(self) -> Result<Visitor, StoreError> {
        Ok(Visitor {
            id: VisitorId(self.id),
            name: self.name,
            email: self.email,
            external_id: self.external_id,
            verified: self.verified,
            attributes: from_json::<BTreeMap<_, _>>(&self.attributes)?,
            page_url: self.page_url,
            page_title: self.page_title,
            referrer: self.referrer,
            trail: from_json(&self.trail)?,
        })
    }
}

pub(super) fn receipt(
    sender: Uuid,
    client_id: ClientId,
    body: [u8; 32],
    conversation: Uuid,
    seq: i64,
) -> Result<Receipt, StoreError> {
    Ok(Receipt { sender, client_id, body, conversation: ConversationId(conversation), seq: self::seq(seq)? })
}

pub(super) fn role(name: &str) -> Result<Role, StoreError> {
    named(Role::ALL, Role::as_str, name)
}

pub(super) fn availability(name: &str) -> Result<Availability, StoreError> {
    named(Availability::ALL, Availability::as_str, name)
}

/// The one of a closed list that has this name.
pub(super) fn named<T: Copy>(
    all: impl IntoIterator<Item = T>,
    name_of: impl Fn(T) -> &'static str,
    name: &str,
) -> Result<T, StoreError> {
    let known = all.into_iter().find(|one| name_of(*one) == name);
    known.ok_or_else(|| damaged(format_args!("nothing is called {name:?}")))
}

/// An e-mail address as it is kept and looked for.
pub(super) fn email(address: &str) -> String {
    address.trim().to_lowercase()
}

/// A time as it is kept: whole, so that what is read equals what was written.
pub(super) fn nanoseconds(time: Timestamp) -> i64 {
    let limit = if time < Timestamp::UNIX_EPOCH { i64::MIN } else { i64::MAX };
    i64::try_from(time.as_nanosecond()).unwrap_or(limit)
}

pub(super) fn time(nanoseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_nanosecond(i128::from(nanoseconds)).map_err(damaged)
}

/// A count as it is kept.
pub(super) fn number(count: u64) -> Result<i64, StoreError> {
    i64::try_from(count).map_err(damaged)
}

pub(super) fn seq(number: i64) -> Result<Seq, StoreError> {
    count(number).map(Seq)
}

pub(super) fn count(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(damaged)
}

pub(super) fn damaged(why: impl Display) -> StoreError {
    StoreError::Damaged(why.to_string())
}

pub(super) fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(damaged)
}

pub(super) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(damaged)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::SignedDuration;

    use super::*;
    use crate::conversation::{AgentId, AgentRef, Author, Contact, EndedBy, Message, Reason};

    fn agent() -> AgentRef {
        AgentRef { id: AgentId(Uuid::from_u128(7)), name: "Ada".to_owned() }
    }

    fn every_kind() -> Vec<EventKind> {
        let at = Timestamp::UNIX_EPOCH + SignedDuration::from_nanos(1_700_000_000_123_456_789);
        let contact = Contact { email: "vera@example.org".to_owned(), name: None };
        vec![
            EventKind::Message { message: Arc::new(Message::plain(Author::Agent(agent()), "Hello.\n\nHow are you?")) },
            EventKind::Offered,
            EventKind::Escalated { reason: Reason::Angry, queue: Some("orders".to_owned()) },
            EventKind::Withdrawn,
            EventKind::Claimed { agent: agent() },
            EventKind::Released,
            EventKind::Requeued,
            EventKind::Transferred { agent: Some(agent()), queue: None },
            EventKind::GivenBack,
            EventKind::Snoozed { until: at },
            EventKind::Woken,
            EventKind::Resolved {
                by: EndedBy::Agent(agent()),
                topic: Some("delivery".to_owned()),
                tags: vec!["late".to_owned()],
            },
            EventKind::Reopened,
            EventKind::Abandoned,
            EventKind::AnswerRated { answer: Seq(2), helpful: true },
            EventKind::ConversationRated { score: 5, effort: Some(1), recommend: None, comment: None },
            EventKind::ContactLeft { contact, message: None },
        ]
    }

    #[test]
    fn every_event_comes_back_as_it_was() {
        for kind in every_kind() {
            let at = Timestamp::UNIX_EPOCH + SignedDuration::from_nanos(1_700_000_000_123_456_789);
            let written = Event { seq: Seq(3), at, client_id: Some(ClientId(Uuid::from_u128(5))), kind };
            let row = EventRow::of(&written).unwrap();
            assert_eq!(event(row.seq, row.at, row.client_id, &row.body).unwrap(), written);
            let json: serde_json::Value = from_json(&row.body).unwrap();
            assert_eq!(json["kind"], row.kind);
        }
    }

    #[test]
    fn every_status_comes_back_and_a_contradiction_is_damage() {
        let now = Timestamp::UNIX_EPOCH;
        let mut conversation =
            Conversation::new(ConversationId(Uuid::from_u128(1)), VisitorId(Uuid::nil()), "en".to_owned(), now);
        for (seq, kind) in (1..).zip(every_kind()) {
            conversation = conversation.apply(&Event { seq: Seq(seq), at: now, client_id: None, kind });
            let row = ConversationRow::of(&conversation).unwrap();
            assert_eq!(row.into_conversation().unwrap(), conversation);
        }
        let mut row = ConversationRow::of(&conversation).unwrap();
        row.columns.last_seq += 1;
        assert!(matches!(row.into_conversation(), Err(StoreError::Damaged(_))));
    }

    #[test]
    fn numbers_must_follow_each_other() {
        let now = Timestamp::UNIX_EPOCH;
        let event = |seq| Event { seq: Seq(seq), at: now, client_id: None, kind: EventKind::Offered };
        let decided_on = |last: u64, seqs: &[u64]| {
            let mut conversation =
                Conversation::new(ConversationId(Uuid::nil()), VisitorId(Uuid::nil()), "en".to_owned(), now);
            conversation.last_seq = Seq(last);
            let events: Vec<_> = seqs.iter().copied().map(event).collect();
            ChangeRows::of(&conversation, &events, None).ok().map(|rows| rows.decided_on)
        };
        assert_eq!(decided_on(2, &[1, 2]), Some(0));
        assert_eq!(decided_on(6, &[5, 6]), Some(4));
        for (last, seqs) in [(0, &[][..]), (1, &[0, 1]), (3, &[1, 2]), (3, &[1, 3]), (2, &[2, 1])] {
            assert_eq!(decided_on(last, seqs), None, "{seqs:?} to {last}");
        }
    }
}
