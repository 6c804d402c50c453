//! A visitor at the widget: says, asks, reads, leaves and comes back. Every event is checked to be the next one.

use std::net::SocketAddr;

use serde_json::{Value, json};

use super::{Knock, Received, Socket, in_time, new_id};

pub(crate) struct Visitor {
    address: SocketAddr,
    socket: Socket,
    pub(crate) token: String,
    pub(crate) conversation: Option<String>,
    /// Every event of the conversation, in order.
    pub(crate) events: Vec<Value>,
    pub(crate) welcome: Value,
    /// How many of the events a verb has dealt with.
    read: usize,
}

impl Visitor {
    /// Opens the widget for the first time.
    pub(crate) async fn arrives(address: SocketAddr) -> Self {
        Self::says_hello(address, json!({})).await
    }

    /// Opens the widget on a page in this language.
    pub(crate) async fn arrives_speaking(address: SocketAddr, locale: &str) -> Self {
        Self::says_hello(address, json!({ "locale": locale })).await
    }

    pub(crate) async fn says_hello(address: SocketAddr, hello: Value) -> Self {
        let mut socket = Knock::at("/ws/visitor").opens(address).await;
        let mut frame = hello;
        frame["type"] = "hello".into();
        socket.sends(&frame).await;
        let welcome = socket.reads_a("welcome").await;
        let mut visitor = Self {
            address,
            socket,
            token: welcome["token"].as_str().unwrap().to_owned(),
            conversation: welcome["conversation"].as_str().map(str::to_owned),
            events: Vec::new(),
            welcome: welcome.clone(),
            read: 0,
        };
        visitor.take_all(&welcome);
        visitor
    }

    /// Another window of the same visitor.
    pub(crate) async fn opens_another_window(&self) -> Self {
        Self::says_hello(self.address, json!({ "token": self.token })).await
    }

    /// The line breaks.
    pub(crate) async fn leaves(self) -> Gone {
        let Self { address, socket, token, conversation, events, .. } = self;
        socket.hangs_up().await;
        Gone { address, token, conversation, events }
    }

    /// Sends a message and gives its id.
    pub(crate) async fn says(&mut self, text: &str) -> String {
        let id = new_id();
        self.says_as(&id, text).await;
        id
    }

    /// Sends a message with this id, for instance once more.
    pub(crate) async fn says_as(&mut self, id: &str, text: &str) {
        self.sends(json!({ "type": "send_message", "client_id": id, "text": text })).await;
    }

    /// Sends a message and waits for the bot's answer to it.
    pub(crate) async fn asks(&mut self, text: &str) -> Value {
        let id = self.says(text).await;
        let seq = self.reads_receipt(&id).await["seq"].clone();
        loop {
            let answer = self.reads_answer().await;
            if answer["reply_to"] == seq {
                return answer;
            }
        }
    }

    pub(crate) async fn chooses(&mut self, option: &Value) -> String {
        let (id, text) = (new_id(), option["label"].clone());
        self.sends(json!({ "type": "send_message", "client_id": id, "text": text, "article": option["article"] }))
            .await;
        id
    }

    pub(crate) async fn starts_anew(&mut self, text: &str) -> String {
        let id = new_id();
        self.sends(json!({ "type": "send_message", "client_id": id, "text": text, "new": true })).await;
        id
    }

    pub(crate) async fn asks_for_a_person(&mut self) -> String {
        self.does("request_agent", json!({})).await
    }

    pub(crate) async fn withdraws(&mut self) -> String {
        self.does("withdraw", json!({})).await
    }

    pub(crate) async fn rates_answer(&mut self, seq: &Value, helpful: bool) -> String {
        self.does("rate_answer", json!({ "seq": seq, "helpful": helpful })).await
    }

    pub(crate) async fn rates_conversation(&mut self, score: u8) -> String {
        self.does("rate_conversation", json!({ "score": score })).await
    }

    pub(crate) async fn leaves_contact(&mut self, email: &str) -> String {
        self.does("leave_contact", json!({ "email": email })).await
    }

    pub(crate) async fn ends(&mut self) -> String {
        self.does("end", json!({})).await
    }

    /// Sends a frame of this type with a fresh id, and gives the id.
    pub(crate) async fn does(&mut self, kind: &str, fields: Value) -> String {
        let id = new_id();
        let mut frame = fields;
        frame["type"] = kind.into();
        frame["client_id"] = id.clone().into();
        self.sends(frame).await;
        id
    }

    pub(crate) async fn sends(&mut self, frame: Value) {
        self.socket.sends(&frame).await;
    }

    /// The next event that says that this frame was dealt with.
    pub(crate) async fn reads_receipt(&mut self, id: &str) -> Value {
        self.reads_event_where(&format!("the receipt of {id}"), |event| event["client_id"] == id).await
    }

    /// The bot's next message.
    pub(crate) async fn reads_answer(&mut self) -> Value {
        self.reads_message_from("bot").await
    }

    pub(crate) async fn reads_message_from(&mut self, author: &str) -> Value {
        self.reads_event_where(&format!("a message from {author}"), |event| event["author"]["kind"] == author).await
    }

    /// The next event of this kind.
    pub(crate) async fn reads_event(&mut self, kind: &str) -> Value {
        self.reads_event_where(&format!("the event {kind}"), |event| event["kind"] == kind).await
    }

    /// The next event for which this is so; those before are skipped.
    pub(crate) async fn reads_event_where(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        in_time(what, async {
            loop {
                while self.read < self.events.len() {
                    self.read += 1;
                    let event = &self.events[self.read - 1];
                    if is_it(event) {
                        return event.clone();
                    }
                }
                self.reads_frame().await;
            }
        })
        .await
    }

    /// The next frame; if it is an event, it is noted.
    pub(crate) async fn reads_frame(&mut self) -> Value {
        let frame = self.socket.reads().await;
        if frame["type"] == "event" {
            self.take(&frame);
        }
        if frame["type"] == "welcome" {
            self.take_all(&frame);
        }
        frame
    }

    /// The next frame of this type; events on the way are noted.
    pub(crate) async fn reads_a(&mut self, kind: &str) -> Value {
        in_time(kind, async {
            loop {
                let frame = self.reads_frame().await;
                if frame["type"] == kind {
                    return frame;
                }
            }
        })
        .await
    }

    /// The next `status` frame with this status.
    pub(crate) async fn is_shown(&mut self, status: &str) -> Value {
        loop {
            let frame = self.reads_a("status").await;
            if frame["status"] == status {
                return frame;
            }
        }
    }

    /// The code of the next `error` frame.
    pub(crate) async fn is_refused(&mut self) -> String {
        self.reads_a("error").await["code"].as_str().unwrap().to_owned()
    }

    /// Every frame that comes within a moment, events noted.
    pub(crate) async fn overhears(&mut self) -> Vec<Value> {
        let heard = self.socket.overhears().await;
        let mut frames = Vec::new();
        for received in heard {
            let Received::Frame(frame) = received else { panic!("closed: {received:?}") };
            if frame["type"] == "event" {
                self.take(&frame);
            }
            frames.push(frame);
        }
        frames
    }

    pub(crate) async fn is_closed(&mut self) -> Option<u16> {
        self.socket.is_closed().await
    }

    fn take_all(&mut self, welcome: &Value) {
        self.conversation = welcome["conversation"].as_str().map(str::to_owned);
        for event in welcome["events"].as_array().unwrap() {
            self.take(event);
        }
    }

    /// Notes an event. A repetition is an older one; anything else must be the next.
    fn take(&mut self, event: &Value) {
        let conversation = event["conversation"].as_str().unwrap();
        if self.conversation.as_deref() != Some(conversation) {
            if self.events.iter().any(|known| known["conversation"] == conversation) {
                return;
            }
            self.conversation = Some(conversation.to_owned());
        }
        let mine = |known: &&Value| known["conversation"] == conversation;
        let last = self.events.iter().filter(mine).filter_map(|known| known["seq"].as_u64()).max().unwrap_or(0);
        let seq = event["seq"].as_u64().unwrap();
        if seq <= last {
            let known = self.events.iter().filter(mine).find(|known| known["seq"] == seq);
            assert_eq!(known, Some(event), "a repeated event is the same event");
            return;
        }
        assert_eq!(seq, last + 1, "a gap before {event}");
        self.events.push(event.clone());
    }

    /// The texts that the visitor sees, each with its author.
    pub(crate) fn sees(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let messages = self.events.iter().filter(|event| event["kind"] == "message");
        messages.map(|event| (text(&event["author"]["kind"]), text(&event["text"]))).collect()
    }
}

/// A visitor without a line.
pub(crate) struct Gone {
    address: SocketAddr,
    pub(crate) token: String,
    pub(crate) conversation: Option<String>,
    pub(crate) events: Vec<Value>,
}

impl Gone {
    /// Comes back, to this server or to where it is now, and gets exactly what is missing.
    pub(crate) async fn comes_back(self) -> Visitor {
        let address = self.address;
        self.comes_back_to(address).await
    }

    pub(crate) async fn comes_back_to(self, address: SocketAddr) -> Visitor {
        let current = |event: &&Value| event["conversation"].as_str() == self.conversation.as_deref();
        let after = self.events.iter().rfind(current).map_or(0, |event| event["seq"].as_u64().unwrap());
        let hello = json!({ "type": "hello", "token": self.token, "conversation": self.conversation, "after": after });
        let mut socket = Knock::at("/ws/visitor").opens(address).await;
        socket.sends(&hello).await;
        let welcome = socket.reads_a("welcome").await;
        let read = self.events.len();
        let Self { token, conversation, events, .. } = self;
        let mut visitor = Visitor { address, socket, token, conversation, events, welcome: welcome.clone(), read };
        visitor.take_all(&welcome);
        visitor
    }
}
