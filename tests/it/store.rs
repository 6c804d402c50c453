//! What every engine must do, as one suite written against the trait, and what SQLite must do besides.

mod sqlite;

use std::{collections::BTreeMap, slice, sync::Arc};

use frontdesk::{
    conversation::{
        AgentId, AgentRef, Author, ClientId, Contact, Conversation, ConversationId, EndedBy, Event, EventKind, Message,
        Reason, Seq, VisitorId,
    },
    store::{Agent, Availability, Commit, Note, Receipt, Role, Store, StoreError, Unfiled, Visitor},
};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// Runs each story on each engine.
macro_rules! on_each_engine {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test]
                async fn $story() {
                    let folder = tempfile::tempdir().unwrap();
                    let store = frontdesk::store::SqliteStore::open(folder.path()).unwrap();
                    super::$story(&store).await;
                }
            )+
        }
    };
}

on_each_engine!(
    the_row_equals_its_events_replayed,
    a_stale_number_is_refused_and_changes_nothing,
    a_repeated_frame_gets_its_receipt,
    of_many_writers_one_wins,
    events_come_in_pages,
    the_last_visitor_message_is_found,
    a_visitors_newest_conversation_is_the_current_one,
    those_with_people_are_listed_in_order,
    notes_are_numbered_in_their_conversation,
    what_changes_while_it_is_read_is_read_again,
    visitors_are_remembered,
    an_address_has_one_agent,
    sessions_end,
    secrets_stay_until_forgotten,
    it_can_be_written,
);

async fn the_row_equals_its_events_replayed(store: &dyn Store) {
    let start = conversation(1);
    let contact = Contact { email: "vera@example.org".to_owned(), name: Some("Vera".to_owned()) };
    let parts = [
        vec![says("Where is my order?"), EventKind::Offered],
        vec![EventKind::Escalated { reason: Reason::AskedForAgent, queue: Some("orders".to_owned()) }],
        vec![EventKind::ContactLeft { contact, message: None }],
        vec![EventKind::Claimed { agent: ada().1 }, EventKind::Snoozed { until: at(90) }],
        vec![EventKind::Woken, EventKind::resolved(EndedBy::Visitor), EventKind::Reopened],
    ];
    let mut replayed = start.clone();
    for kinds in parts {
        let commit = after(&replayed, kinds);
        replayed = replayed.apply_all(&commit.events);
        store.commit(commit).await.unwrap();
        assert_eq!(store.conversation(start.id).await.unwrap(), Some(replayed.clone()));
        let events = store.events(start.id, Seq(0), 100).await.unwrap();
        assert_eq!(start.clone().apply_all(&events), replayed);
    }
    assert_eq!(store.conversation(ConversationId(Uuid::from_u128(99))).await.unwrap(), None);
}

async fn a_stale_number_is_refused_and_changes_nothing(store: &dyn Store) {
    let start = conversation(1);
    let first = after(&start, vec![says("Hello")]);
    store.commit(first.clone()).await.unwrap();
    let anew = Commit { visitor: Some(Visitor::unknown(start.visitor)), ..first.clone() };
    assert!(matches!(store.commit(anew).await, Err(StoreError::Conflict)));
    let ahead = after(&Conversation { last_seq: Seq(2), ..first.conversation.clone() }, vec![says("Hello?")]);
    assert!(matches!(store.commit(ahead).await, Err(StoreError::Conflict)));
    let nobody = after(&Conversation { last_seq: Seq(1), ..conversation(2) }, vec![says("Hello?")]);
    assert!(matches!(store.commit(nobody).await, Err(StoreError::Conflict)));
    let nothing = after(&first.conversation, Vec::new());
    assert!(matches!(store.commit(nothing).await, Err(StoreError::Conflict)));
    assert_eq!(store.conversation(start.id).await.unwrap(), Some(first.conversation));
    assert_eq!(store.events(start.id, Seq(0), 100).await.unwrap(), first.events);
    assert_eq!(store.visitor(start.visitor).await.unwrap(), None);
}

async fn a_repeated_frame_gets_its_receipt(store: &dyn Store) {
    let start = conversation(1);
    let mut first = after(&start, vec![says("Hello")]);
    first.receipts.push(receipt(&start, 5, Seq(1)));
    store.commit(first.clone()).await.unwrap();

    let mut again = after(&first.conversation, vec![says("Hello")]);
    again.receipts.push(Receipt { body: [9; 32], seq: Seq(2), ..receipt(&start, 5, Seq(1)) });
    // Said also when the number is stale: the frame was dealt with, nothing is to be decided again.
    for again in [again, first.clone()] {
        match store.commit(again).await {
            Err(StoreError::Repeated(stored)) => assert_eq!(*stored, receipt(&start, 5, Seq(1))),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(store.conversation(start.id).await.unwrap(), Some(first.conversation));
    let stored = store.receipt(start.visitor.0, client_id(5)).await.unwrap();
    assert_eq!(stored, Some(receipt(&start, 5, Seq(1))));
    assert_eq!(store.receipt(Uuid::from_u128(77), client_id(5)).await.unwrap(), None, "another sender's id");
}

async fn of_many_writers_one_wins(store: &dyn Store) {
    let start = conversation(1);
    for last in 0..5 {
        let stored = store.conversation(start.id).await.unwrap().unwrap_or(start.clone());
        let attempts = (0..16).map(|writer| store.commit(after(&stored, vec![says(&format!("from {writer}"))])));
        let results = join_all(attempts).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        assert_eq!(results.iter().filter(|result| matches!(result, Err(StoreError::Conflict))).count(), 15);
        assert_eq!(store.conversation(start.id).await.unwrap().unwrap().last_seq, Seq(last + 1));
    }
    let numbers: Vec<_> = store.events(start.id, Seq(0), 100).await.unwrap().iter().map(|event| event.seq.0).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
}

async fn events_come_in_pages(store: &dyn Store) {
    let start = conversation(1);
    let mut commit = after(&start, (1..=7).map(|n| says(&n.to_string())).collect());
    commit.events[0].client_id = Some(client_id(1));
    store.commit(commit.clone()).await.unwrap();
    store.commit(after(&conversation(2), vec![says("elsewhere")])).await.unwrap();
    let mut read = Vec::new();
    let mut last = Seq(0);
    loop {
        let page = store.events(start.id, last, 3).await.unwrap();
        let Some(end) = page.last() else { break };
        assert!(page.len() <= 3);
        last = end.seq;
        read.extend(page);
    }
    assert_eq!(read, commit.events);
    assert_eq!(store.event(start.id, Seq(4)).await.unwrap().as_ref(), commit.events.get(3));
    assert_eq!(store.event(start.id, Seq(8)).await.unwrap(), None);
    assert_eq!(store.event(start.id, Seq(u64::MAX)).await.unwrap(), None);
    assert!(store.events(start.id, Seq(u64::MAX), 3).await.unwrap().is_empty());
}

async fn the_last_visitor_message_is_found(store: &dyn Store) {
    let start = conversation(1);
    let answer = EventKind::Message { message: Arc::new(Message::plain(Author::Bot, "In 30 days.")) };
    let commit = after(&start, vec![says("Hello"), says("How long?"), answer, EventKind::Offered]);
    assert_eq!(store.last_visitor_message(start.id).await.unwrap(), None);
    store.commit(commit.clone()).await.unwrap();
    assert_eq!(store.last_visitor_message(start.id).await.unwrap().as_ref(), commit.events.get(1));
}

async fn a_visitors_newest_conversation_is_the_current_one(store: &dyn Store) {
    let visitor = conversation(1).visitor;
    assert_eq!(store.current_conversation(visitor).await.unwrap(), None);
    let older = Conversation { visitor, started_at: at(1), ..conversation(9) };
    let newer = Conversation { visitor, started_at: at(2), ..conversation(8) };
    for start in [&newer, &older, &conversation(10)] {
        store.commit(after(start, vec![says("Hello")])).await.unwrap();
    }
    assert_eq!(store.current_conversation(visitor).await.unwrap().map(|current| current.id), Some(newer.id));
}

async fn those_with_people_are_listed_in_order(store: &dyn Store) {
    let escalated = || EventKind::Escalated { reason: Reason::LowConfidence, queue: None };
    let claimed = || EventKind::Claimed { agent: ada().1 };
    let resolved = || EventKind::resolved(EndedBy::Upkeep);
    let threads: [(u128, Vec<EventKind>); 6] = [
        (1, vec![says("Hello")]),
        (2, vec![escalated()]),
        (3, vec![escalated(), claimed()]),
        (4, vec![escalated(), claimed(), EventKind::Snoozed { until: at(900) }]),
        (5, vec![escalated(), claimed(), resolved()]),
        (6, vec![escalated(), EventKind::Withdrawn]),
    ];
    for (id, kinds) in threads {
        // The later the id, the longer the wait.
        let start = Conversation { changed_at: at(100 - i64::try_from(id).unwrap()), ..conversation(id) };
        store.commit(after(&start, kinds)).await.unwrap();
    }
    let listed: Vec<_> = store.with_people().await.unwrap().iter().map(|open| open.id.0.as_u128()).collect();
    assert_eq!(listed, [4, 3, 2]);
}

async fn notes_are_numbered_in_their_conversation(store: &dyn Store) {
    let (first, second) = (conversation(1), conversation(2));
    for start in [&first, &second] {
        store.commit(after(start, vec![says("Hello")])).await.unwrap();
    }
    let write = async |start: &Conversation, id, text| {
        let receipt = Receipt { sender: ada().0.id.0, ..receipt(start, id, Seq(0)) };
        store.add_note(note(start, id, text), receipt).await
    };
    let one = write(&first, 1, "Knows a lot").await.unwrap();
    assert_eq!(one, Note { number: 1, ..note(&first, 1, "Knows a lot") });
    assert_eq!(write(&first, 2, "Angry").await.unwrap().number, 2);
    assert_eq!(write(&second, 3, "New").await.unwrap().number, 1);
    match write(&first, 2, "Angry").await {
        Err(StoreError::Repeated(stored)) => assert_eq!(stored.seq, Seq(2)),
        other => panic!("{other:?}"),
    }
    assert!(matches!(write(&conversation(3), 4, "Nobody").await, Err(StoreError::Conflict)));
    let texts = |notes: Vec<Note>| notes.into_iter().map(|note| note.text).collect::<Vec<_>>();
    assert_eq!(texts(store.notes(first.id, 0).await.unwrap()), ["Knows a lot", "Angry"]);
    assert_eq!(texts(store.notes(first.id, 1).await.unwrap()), ["Angry"]);
}

async fn what_changes_while_it_is_read_is_read_again(store: &dyn Store) {
    let first = after(&conversation(1), vec![says("Hello")]);
    store.commit(first.clone()).await.unwrap();
    store.commit(after(&conversation(2), vec![says("Hello")])).await.unwrap();
    let waiting = store.unfiled(10).await.unwrap();
    let ids = |waiting: &[Unfiled]| waiting.iter().map(|one| one.conversation.0.as_u128()).collect::<Vec<_>>();
    assert_eq!(ids(&waiting), [1, 2]);
    store.commit(after(&first.conversation, vec![says("Still there?")])).await.unwrap();
    store.filed(waiting).await.unwrap();
    let waiting = store.unfiled(10).await.unwrap();
    assert_eq!(ids(&waiting), [1], "it has grown meanwhile");
    store.add_note(note(&conversation(1), 6, "A note"), receipt(&conversation(1), 6, Seq(0))).await.unwrap();
    store.filed(waiting).await.unwrap();
    let waiting = store.unfiled(1).await.unwrap();
    assert_eq!(ids(&waiting), [1], "a note is to be found too");
    store.filed(waiting).await.unwrap();
    assert_eq!(store.unfiled(10).await.unwrap(), []);
    store.refile_all().await.unwrap();
    assert_eq!(ids(&store.unfiled(10).await.unwrap()), [1, 2]);
}

async fn visitors_are_remembered(store: &dyn Store) {
    let start = conversation(1);
    let unknown = Visitor::unknown(start.visitor);
    let commit = Commit { visitor: Some(unknown.clone()), ..after(&start, vec![says("Hello")]) };
    store.commit(commit).await.unwrap();
    assert_eq!(store.visitor(start.visitor).await.unwrap(), Some(unknown.clone()));
    let known = Visitor {
        name: Some("Vera".to_owned()),
        email: Some("vera@example.org".to_owned()),
        external_id: Some("4711".to_owned()),
        verified: true,
        attributes: BTreeMap::from([("plan".to_owned(), "gold \u{1f947}".to_owned())]),
        page_url: Some("https://example.org/cart".to_owned()),
        page_title: Some("Cart".to_owned()),
        referrer: Some("https://example.net/".to_owned()),
        ..unknown
    };
    store.save_visitor(known.clone()).await.unwrap();
    assert_eq!(store.visitor(start.visitor).await.unwrap(), Some(known));
}

async fn an_address_has_one_agent(store: &dyn Store) {
    let (ada, _) = ada();
    let bob = Agent {
        id: AgentId(Uuid::from_u128(8)),
        email: "bob@example.org".to_owned(),
        name: "bob".to_owned(),
        role: Role::Administrator,
        availability: Availability::Away,
        ..ada.clone()
    };
    store.add_agent(bob.clone()).await.unwrap();
    store.add_agent(ada.clone()).await.unwrap();
    assert_eq!(store.agents().await.unwrap(), [ada.clone(), bob.clone()]);
    assert_eq!(store.agent(bob.id).await.unwrap(), Some(bob.clone()));
    assert_eq!(store.agent_by_email("ADA@Example.org").await.unwrap(), Some(ada.clone()));
    assert_eq!(store.agent_by_email("eve@example.org").await.unwrap(), None);

    let twin = Agent { id: AgentId(Uuid::from_u128(9)), email: "Ada@EXAMPLE.org".to_owned(), ..ada.clone() };
    assert!(matches!(store.add_agent(twin).await, Err(StoreError::EmailTaken)));
    let moved = Agent { email: "ADA@example.org".to_owned(), ..bob.clone() };
    assert!(matches!(store.save_agent(moved).await, Err(StoreError::EmailTaken)));
    let renamed = Agent { name: "Bob".to_owned(), email: "Bob@new.example".to_owned(), ..bob.clone() };
    store.save_agent(renamed.clone()).await.unwrap();
    let stored = Agent { email: "bob@new.example".to_owned(), ..renamed };
    assert_eq!(store.agent(bob.id).await.unwrap(), Some(stored));
    let stranger = Agent { id: AgentId(Uuid::from_u128(10)), email: "eve@example.org".to_owned(), ..ada };
    assert!(matches!(store.save_agent(stranger).await, Err(StoreError::Conflict)));
}

async fn sessions_end(store: &dyn Store) {
    let (ada, _) = ada();
    store.add_agent(ada.clone()).await.unwrap();
    for hash in [[1; 32], [2; 32], [3; 32]] {
        store.add_session(hash, ada.id, at(60)).await.unwrap();
    }
    assert_eq!(store.session_agent([1; 32], at(59)).await.unwrap(), Some(ada.clone()));
    assert_eq!(store.session_agent([1; 32], at(60)).await.unwrap(), None, "expired");
    store.end_session([2; 32]).await.unwrap();
    assert_eq!(store.session_agent([2; 32], at(0)).await.unwrap(), None, "signed out");
    assert_eq!(store.session_agent([9; 32], at(0)).await.unwrap(), None, "never begun");

    store.save_agent(Agent { disabled: true, ..ada.clone() }).await.unwrap();
    assert_eq!(store.session_agent([3; 32], at(0)).await.unwrap(), None, "disabled");
    store.save_agent(ada.clone()).await.unwrap();
    assert_eq!(store.session_agent([3; 32], at(0)).await.unwrap(), None, "stays ended");

    store.add_session([5; 32], ada.id, at(60)).await.unwrap();
    store.save_agent(Agent { availability: Availability::Away, ..ada.clone() }).await.unwrap();
    assert!(store.session_agent([5; 32], at(0)).await.unwrap().is_some(), "goes on");
    store.save_agent(Agent { password_hash: "$argon2id$new".to_owned(), ..ada.clone() }).await.unwrap();
    assert_eq!(store.session_agent([5; 32], at(0)).await.unwrap(), None, "a new password");
    let stranger = AgentId(Uuid::from_u128(99));
    assert!(matches!(store.add_session([4; 32], stranger, at(60)).await, Err(StoreError::Conflict)));
}

async fn secrets_stay_until_forgotten(store: &dyn Store) {
    assert_eq!(store.secret("visitors", [1; 32]).await.unwrap(), [1; 32]);
    assert_eq!(store.secret("visitors", [2; 32]).await.unwrap(), [1; 32]);
    assert_eq!(store.secret("setup", [3; 32]).await.unwrap(), [3; 32]);
    store.forget_secret("visitors").await.unwrap();
    assert_eq!(store.secret("visitors", [4; 32]).await.unwrap(), [4; 32]);
    assert_eq!(store.secret("setup", [5; 32]).await.unwrap(), [3; 32]);
}

async fn it_can_be_written(store: &dyn Store) {
    store.is_writable().await.unwrap();
    store.is_writable().await.unwrap();
}

/// Conversation number `id`, of a visitor of its own, before its first event.
fn conversation(id: u128) -> Conversation {
    let visitor = VisitorId(Uuid::from_u128(1000 + id));
    Conversation::new(ConversationId(Uuid::from_u128(id)), visitor, "en".to_owned(), at(0))
}

/// The commit that adds these events, each a moment after the one before.
fn after(decided_on: &Conversation, kinds: Vec<EventKind>) -> Commit {
    let mut commit = Commit::of(decided_on.clone(), Vec::new());
    for kind in kinds {
        let at = commit.conversation.changed_at + SignedDuration::from_nanos(1_000_000_001);
        let event = Event { seq: commit.conversation.last_seq.next(), at, client_id: None, kind };
        commit.conversation = commit.conversation.apply_all(slice::from_ref(&event));
        commit.events.push(event);
    }
    commit
}

fn says(text: &str) -> EventKind {
    EventKind::Message { message: Arc::new(Message::plain(Author::Visitor, text)) }
}

fn receipt(conversation: &Conversation, id: u128, seq: Seq) -> Receipt {
    Receipt {
        sender: conversation.visitor.0,
        client_id: client_id(id),
        body: [7; 32],
        conversation: conversation.id,
        seq,
    }
}

fn note(conversation: &Conversation, id: u128, text: &str) -> Note {
    Note {
        conversation: conversation.id,
        number: 0,
        at: at(5),
        after: Seq(1),
        agent: ada().0.id,
        author: "Ada".to_owned(),
        text: text.to_owned(),
        client_id: Some(client_id(id)),
    }
}

fn ada() -> (Agent, AgentRef) {
    let id = AgentId(Uuid::from_u128(7));
    let agent = Agent {
        id,
        email: "ada@example.org".to_owned(),
        name: "Ada".to_owned(),
        role: Role::Agent,
        password_hash: "$argon2id$".to_owned(),
        disabled: false,
        availability: Availability::Offline,
        languages: vec!["en".to_owned()],
        capacity: Some(3),
    };
    (agent, AgentRef { id, name: "Ada".to_owned() })
}

fn client_id(id: u128) -> ClientId {
    ClientId(Uuid::from_u128(id))
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_700_000_000 + seconds)
}
