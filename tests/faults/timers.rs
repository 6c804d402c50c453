//! What time alone does, across deaths of the process: killed in every status that has a timer, it begins again where it
//! was.

use std::{collections::BTreeSet, time::Duration};

use frontdesk::clock::{Clock, SystemClock};
use jiff::SignedDuration;
use rusqlite::Connection;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    PATIENCE,
    client::{Line, new_id},
    clock::Time,
    program::Desk,
};

const PASSWORD: &str = "a long enough password";

/// A visitor, with an open widget or without.
struct Visitor {
    token: String,
    conversation: String,
    line: Option<Line>,
}

/// The desk, everybody at it, and its clock.
struct Story {
    desk: Desk,
    time: Time,
    /// The cookie of the agent who comes back.
    cookie: String,
    ada: Option<Line>,
}

impl Story {
    async fn begins() -> Self {
        let mut desk = Desk::new();
        let time = Time::of(&mut desk);
        desk.starts().await;
        let cookie = signs_in(&desk, "Ada").await;
        let ada = Line::opens_console(desk.address, &cookie).await.unwrap();
        Self { desk, time, cookie, ada: Some(ada) }
    }

    /// Asks something and, if wanted, for a person.
    async fn visitor(&self, asks_for_person: bool) -> Visitor {
        let (mut line, welcome) = Line::opens(self.desk.address, None, (None, 0)).await.unwrap();
        let answer = line.asks("how long does delivery take").await.unwrap();
        let conversation = answer["conversation"].as_str().unwrap().to_owned();
        if asks_for_person {
            line.sends(&json!({ "type": "request_agent", "client_id": new_id() })).await.unwrap();
            self.is(&conversation, "waiting").await;
        }
        Visitor { token: welcome["token"].as_str().unwrap().to_owned(), conversation, line: Some(line) }
    }

    async fn ada_does(&mut self, act: &str, one: &Visitor, fields: Value, status: &str) {
        does(self.ada.as_mut().unwrap(), act, &one.conversation, fields).await;
        self.is(&one.conversation, status).await;
    }

    /// The process ends without a word and begins again; Ada comes back, and so do these visitors.
    async fn is_killed(&mut self, visitors: &mut [&mut Visitor]) {
        let seen = self.everything();
        self.desk.is_killed();
        self.ada = None;
        let (kept, line) = (self.everything(), self.in_line());
        assert!(seen.is_subset(&kept), "nothing is lost");
        self.desk.starts().await;
        self.ada = Some(Line::opens_console(self.desk.address, &self.cookie).await.unwrap());
        for visitor in visitors {
            let place = (Some(visitor.conversation.as_str()), 0);
            let (line, welcome) = Line::opens(self.desk.address, Some(&visitor.token), place).await.unwrap();
            assert_eq!(welcome["conversation"], visitor.conversation);
            visitor.line = Some(line);
        }
        assert!(kept.is_subset(&self.everything()), "nothing is changed");
        assert_eq!(self.ada_sees_line().await, line, "the order is kept");
    }

    /// So many seconds have passed since the story began.
    fn it_is(&self, seconds: u32) {
        self.time.is(&format!("+{seconds}"));
    }

    /// Waits until the conversation has this status.
    async fn is(&self, conversation: &str, status: &str) {
        let has_it = || self.status(conversation) == status;
        self.waits_for(&format!("{conversation} to be {status}"), has_it).await;
    }

    async fn waits_for(&self, what: &str, is_so: impl Fn() -> bool) {
        let waiting = async {
            while !is_so() {
                sleep(Duration::from_millis(20)).await;
            }
        };
        let came = tokio::time::timeout(PATIENCE, waiting).await.is_ok();
        assert!(came, "waited in vain for {what}: {:?}\n{}", self.everything(), self.desk.log());
    }

    fn status(&self, conversation: &str) -> String {
        let words = "SELECT status FROM conversations WHERE id = unhex(?1)";
        self.database().query_row(words, [conversation.replace('-', "")], |row| row.get(0)).unwrap()
    }

    /// What happened in a conversation; what the desk said by itself by its name.
    fn kinds(&self, conversation: &str) -> Vec<String> {
        let db = self.database();
        let words = "SELECT coalesce(body ->> '$.nudge', kind) FROM events WHERE conversation = unhex(?1) ORDER BY seq";
        let mut read = db.prepare(words).unwrap();
        let rows = read.query_map([conversation.replace('-', "")], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    async fn happens(&self, conversation: &str, kind: &str) {
        let has_it = || self.kinds(conversation).iter().any(|known| known == kind);
        self.waits_for(&format!("{kind} in {conversation}"), has_it).await;
    }

    /// Every event: of which conversation, its number and what it says.
    fn everything(&self) -> BTreeSet<(String, i64, String)> {
        let db = self.database();
        let mut read =
            db.prepare("SELECT hex(conversation), seq, body FROM events ORDER BY conversation, seq").unwrap();
        let rows = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    /// Who waits, by how long.
    fn in_line(&self) -> Vec<String> {
        let db = self.database();
        let mut read =
            db.prepare("SELECT lower(hex(id)) FROM conversations WHERE status = 'waiting' ORDER BY since").unwrap();
        read.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    /// The line as the agent's screen has it.
    async fn ada_sees_line(&mut self) -> Vec<String> {
        let frame = self.ada.as_mut().unwrap().reads_a("queue").await.unwrap();
        let entries = frame["entries"].as_array().unwrap().iter();
        entries.map(|entry| entry["conversation"].as_str().unwrap().replace('-', "")).collect()
    }

    fn database(&self) -> Connection {
        Connection::open(self.desk.database()).unwrap()
    }
}

async fn does(agent: &mut Line, act: &str, conversation: &str, fields: Value) {
    let mut frame = fields;
    for (name, value) in [("type", act), ("conversation", conversation), ("client_id", &new_id())] {
        frame[name] = value.into();
    }
    agent.sends(&frame).await.unwrap();
}

/// Makes an agent and gives the cookie of their session.
async fn signs_in(desk: &Desk, name: &str) -> String {
    let email = format!("{}@desk.example", name.to_lowercase());
    let add = ["agent", "add", "--email", &email, "--name", name, "--role", "agent", "--password-stdin"];
    let (code, _, said) = desk.runs_with(PASSWORD, &add);
    assert_eq!(code, Some(0), "{said}");
    let url = format!("http://{}/api/v1/session", desk.address);
    let body = json!({ "email": email, "password": PASSWORD });
    let response = reqwest::Client::new().post(url).json(&body).send().await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// Both are answered before the process dies: one agent comes back, the other does not.
#[tokio::test(flavor = "multi_thread")]
async fn truth_08_killed_in_every_status_nothing_is_lost_and_timers_fire() {
    let mut story = Story::begins().await;
    let cookie = signs_in(&story.desk, "Tom").await;
    let mut tom = Line::opens_console(story.desk.address, &cookie).await.unwrap();
    let mut asked = story.visitor(false).await;
    let mut waits = story.visitor(true).await;
    let mut left = story.visitor(true).await;
    let contact = json!({ "type": "leave_contact", "client_id": new_id(), "email": "vera@example.org" });
    left.line.as_mut().unwrap().sends(&contact).await.unwrap();
    story.happens(&left.conversation, "contact_left").await;
    let mut claimed = story.visitor(true).await;
    story.ada_does("claim", &claimed, json!({}), "with_agent").await;
    let mut answered = story.visitor(true).await;
    let mut asleep = story.visitor(true).await;
    for one in [&answered, &asleep] {
        story.ada_does("claim", one, json!({}), "with_agent").await;
        story.ada_does("reply", one, json!({ "text": "Hello." }), "with_agent").await;
    }
    let until = SystemClock.now() + SignedDuration::from_mins(15);
    story.ada_does("snooze", &asleep, json!({ "until": until }), "snoozed").await;
    let mut orphan = story.visitor(true).await;
    does(&mut tom, "claim", &orphan.conversation, json!({})).await;
    story.is(&orphan.conversation, "with_agent").await;
    does(&mut tom, "reply", &orphan.conversation, json!({ "text": "Hello." })).await;
    story
        .waits_for("Tom's words", || story.everything().iter().filter(|one| one.2.contains("Hello.")).count() == 3)
        .await;
    let mut over = story.visitor(true).await;
    let mut long_over = story.visitor(true).await;
    for one in [&over, &long_over] {
        story.ada_does("claim", one, json!({}), "with_agent").await;
        story.ada_does("resolve", one, json!({}), "resolved").await;
    }
    let gives_up = story.visitor(true).await;

    // Ada and all visitors but one come back.
    let mut who_stays = [&mut asked, &mut waits, &mut left, &mut claimed, &mut answered, &mut asleep, &mut orphan];
    story.is_killed(&mut who_stays).await;
    story.it_is(75);
    story.is(&orphan.conversation, "waiting").await;
    let expected = [&waits, &left, &orphan, &gives_up].map(|one| one.conversation.replace('-', ""));
    assert_eq!(story.in_line(), expected, "back to its old place");

    let mut who_stays = [&mut asked, &mut waits, &mut left, &mut claimed, &mut answered, &mut asleep, &mut orphan];
    story.is_killed(&mut who_stays).await;
    story.it_is(200);
    story.happens(&waits.conversation, "leave_offer").await;
    story.it_is(270);
    story.happens(&asked.conversation, "follow_up").await;
    story.it_is(330);
    story.is(&claimed.conversation, "waiting").await;
    story.it_is(420);
    story.happens(&gives_up.conversation, "abandoned").await;
    story.it_is(660);
    story.happens(&answered.conversation, "reminder").await;

    let mut who_stays = [&mut asked, &mut waits, &mut left, &mut claimed, &mut answered, &mut asleep, &mut orphan];
    story.is_killed(&mut who_stays).await;
    story.it_is(960);
    story.is(&asleep.conversation, "with_agent").await;
    story.it_is(1_860);
    story.is(&asked.conversation, "resolved").await;

    story
        .is_killed(&mut [&mut waits, &mut left, &mut claimed, &mut answered, &mut asleep, &mut orphan, &mut over])
        .await;
    over.line.as_mut().unwrap().says(&new_id(), "and what does shipping cost?").await.unwrap();
    story.happens(&over.conversation, "reopened").await;
    story.is(&over.conversation, "with_agent").await;
    story.it_is(90_000);
    story.is(&over.conversation, "waiting").await;
    for one in [&answered, &asleep] {
        story.is(&one.conversation, "resolved").await;
    }
    story.is_killed(&mut [&mut long_over]).await;
    let answer = long_over.line.as_mut().unwrap().asks("and what does shipping cost?").await.unwrap();
    assert_ne!(answer["conversation"], long_over.conversation, "after a day something new begins");
    assert_eq!(story.status(&left.conversation), "waiting", "an address was left");
}
