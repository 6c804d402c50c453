//! What visitors did and saw, and whether the database agrees: each writes down what they sent, what was confirmed and
//! what they received; afterwards the checker compares.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Duration,
};

use rusqlite::Connection;

/// What one visitor sent and saw.
#[derive(Debug, Default, Clone)]
pub(crate) struct Journal {
    /// The words of each frame that was sent, by its id.
    pub(crate) sent: BTreeMap<String, String>,
    /// The conversation and number of each that was confirmed.
    pub(crate) confirmed: BTreeMap<String, (String, u64)>,
    /// Every event received, by conversation, in the order of arrival.
    pub(crate) received: BTreeMap<String, Vec<(u64, String)>>,
    /// What should never have come.
    pub(crate) oddities: Vec<String>,
    /// The longest time from a first attempt to send something to its confirmation.
    pub(crate) longest_wait: Duration,
}

impl Journal {
    /// Notes an event as it arrives.
    pub(crate) fn note(&mut self, event: &serde_json::Value) {
        let conversation = event["conversation"].as_str().unwrap_or_default().to_owned();
        let seq = event["seq"].as_u64().unwrap_or_default();
        let words = event["text"].as_str().unwrap_or_default().to_owned();
        if let Some(id) = event["client_id"].as_str() {
            let place = (conversation.clone(), seq);
            let known = self.confirmed.insert(id.to_owned(), place.clone());
            if known.is_some_and(|known| known != place) {
                self.oddities.push(format!("{id} was confirmed at two places"));
            }
            if self.sent.get(id).is_some_and(|sent| *sent != words) {
                self.oddities.push(format!("{id} came back with other words"));
            }
        }
        let received = self.received.entry(conversation).or_default();
        let last = received.last().map_or(0, |(seq, _)| *seq);
        if seq <= last {
            // A frame that was sent again is confirmed again.
            let is_same = received.iter().any(|(known, text)| (*known, text) == (seq, &words));
            if !is_same {
                self.oddities.push(format!("{seq} came again with other words"));
            }
            return;
        }
        if seq != last + 1 {
            self.oddities.push(format!("{seq} came after {last}"));
        }
        received.push((seq, words));
    }

    /// The last number seen in a conversation.
    pub(crate) fn last(&self, conversation: &str) -> u64 {
        self.received.get(conversation).and_then(|events| events.last()).map_or(0, |(seq, _)| *seq)
    }
}

/// Everything that is wrong.
pub(crate) fn check(database: &Path, journals: &[Journal]) -> Vec<String> {
    let db = Connection::open(database).unwrap();
    let mut wrong: Vec<String> = journals.iter().flat_map(|journal| journal.oddities.clone()).collect();
    let stored = stored(&db);
    for (conversation, events) in &stored {
        let numbers: Vec<u64> = events.iter().map(|event| event.seq).collect();
        if numbers != (1..=numbers.len() as u64).collect::<Vec<_>>() {
            wrong.push(format!("conversation {conversation} has holes: {numbers:?}"));
        }
    }
    let mut ids = BTreeSet::new();
    for event in stored.values().flatten() {
        if event.client_id.as_ref().is_some_and(|id| !ids.insert(id.clone())) {
            wrong.push(format!("{:?} is stored twice", event.client_id));
        }
    }
    for journal in journals {
        wrong.extend(disagreements(journal, &stored));
    }
    wrong.extend(integrity(&db));
    wrong
}

struct Stored {
    seq: u64,
    client_id: Option<String>,
    words: String,
    /// Whether the desk says it by itself, because time has passed.
    is_the_desks: bool,
}

fn stored(db: &Connection) -> BTreeMap<String, Vec<Stored>> {
    let words = "SELECT lower(hex(conversation)), seq, lower(hex(client_id)), coalesce(body ->> '$.text', ''), \
                 coalesce(body ->> '$.author.kind', '') = 'system' FROM events ORDER BY conversation, seq";
    let mut events = BTreeMap::<String, Vec<Stored>>::new();
    let mut read = db.prepare(words).unwrap();
    let mut rows = read.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let client_id: Option<String> = row.get(2).unwrap();
        let stored = Stored {
            seq: row.get::<_, i64>(1).unwrap().try_into().unwrap(),
            client_id: client_id.filter(|id| !id.is_empty()),
            words: row.get(3).unwrap(),
            is_the_desks: row.get(4).unwrap(),
        };
        events.entry(row.get(0).unwrap()).or_default().push(stored);
    }
    events
}

fn disagreements(journal: &Journal, stored: &BTreeMap<String, Vec<Stored>>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (id, (conversation, seq)) in &journal.confirmed {
        let bare = id.replace('-', "");
        let events = stored.get(&conversation.replace('-', ""));
        let kept = events.into_iter().flatten().find(|event| event.client_id.as_ref() == Some(&bare));
        match kept {
            None => wrong.push(format!("{id} was confirmed and is lost")),
            Some(kept) if kept.seq != *seq => wrong.push(format!("{id} was confirmed as {seq}, kept as {}", kept.seq)),
            Some(kept) if journal.sent.get(id).is_some_and(|sent| *sent != kept.words) => {
                wrong.push(format!("{id} was kept with other words"));
            }
            Some(_) => {}
        }
    }
    for (conversation, received) in &journal.received {
        let events = stored.get(&conversation.replace('-', "")).map(Vec::as_slice).unwrap_or_default();
        // What the desk said by itself after the visitor had gone home was nobody's to receive.
        let (seen, later) = events.split_at(received.len().min(events.len()));
        let seen: Vec<_> = seen.iter().map(|event| (event.seq, event.words.clone())).collect();
        if *received != seen || !later.iter().all(|event| event.is_the_desks) {
            wrong.push(format!("{conversation}: {} events received, {} kept", received.len(), events.len()));
        }
    }
    wrong
}

fn integrity(db: &Connection) -> Option<String> {
    let verdict: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    (verdict != "ok").then(|| format!("the database is damaged: {verdict}"))
}

#[test]
fn the_checker_sees_what_is_wrong() {
    use serde_json::json;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("events.db");
    let db = Connection::open(&path).unwrap();
    let table = "CREATE TABLE events (conversation BLOB, seq INTEGER, client_id BLOB, body TEXT)";
    db.execute_batch(table).unwrap();
    let keep = |seq: i64, id: Option<&str>, words: &str| {
        let body = json!({ "text": words }).to_string();
        db.execute("INSERT INTO events VALUES (x'0a', ?1, unhex(?2), ?3)", (seq, id, body)).unwrap();
    };
    let mut journal = Journal::default();
    journal.sent.insert("0b".to_owned(), "hello".to_owned());
    let event = |seq: u64, words: &str| json!({ "conversation": "0a", "seq": seq, "client_id": "0b", "text": words });
    journal.note(&event(1, "hello"));
    assert_eq!(check(&path, std::slice::from_ref(&journal)).len(), 2, "confirmed and lost, received and not kept");
    keep(1, Some("0b"), "hello");
    assert_eq!(check(&path, std::slice::from_ref(&journal)), [""; 0]);
    keep(3, Some("0b"), "hello");
    assert_eq!(check(&path, std::slice::from_ref(&journal)).len(), 3, "a hole, twice, not received");
    journal.note(&event(1, "other"));
    journal.note(&event(3, "hello"));
    assert_eq!(journal.oddities.len(), 4, "{:?}", journal.oddities);
}
