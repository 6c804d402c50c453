//! An agent at the console: sees the queue, claims, replies.

use std::net::SocketAddr;

use reqwest::header;
use serde_json::{Value, json};

use super::{
    Knock, Socket, TestServer, in_time, new_id,
    server::{PASSWORD, email_of},
};

pub(crate) struct Agent {
    address: SocketAddr,
    socket: Socket,
    pub(crate) name: String,
    /// The session's cookie, as a browser would send it.
    pub(crate) cookie: String,
    pub(crate) welcome: Value,
    /// The last `queue` frame.
    pub(crate) queue: Value,
    /// Every event of the followed conversations, in the order of arrival.
    pub(crate) events: Vec<Value>,
}

impl Agent {
    /// Signs in and opens the console.
    pub(crate) async fn opens_console(server: &TestServer, name: &str) -> Self {
        let cookie = Self::signs_in(server, name).await;
        Self::opens_socket(server.address, name, &cookie).await
    }

    /// Gives the cookie of a new session.
    pub(crate) async fn signs_in(server: &TestServer, name: &str) -> String {
        let body = json!({ "email": email_of(name), "password": PASSWORD });
        let request = reqwest::Client::new().post(server.url("/api/v1/session")).json(&body);
        let response = in_time("sign-in", request.send()).await.unwrap();
        assert_eq!(response.status(), 204, "{}", response.text().await.unwrap());
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    pub(crate) async fn opens_socket(address: SocketAddr, name: &str, cookie: &str) -> Self {
        let knock = Knock::at("/ws/agent").with("cookie", cookie).with("origin", &format!("http://{address}"));
        let mut socket = knock.opens(address).await;
        socket.sends(&json!({ "type": "hello" })).await;
        let welcome = socket.reads_a("welcome").await;
        let mut agent = Self {
            address,
            socket,
            name: name.to_owned(),
            cookie: cookie.to_owned(),
            welcome,
            queue: Value::Null,
            events: Vec::new(),
        };
        agent.queue = agent.reads_a("queue").await;
        agent
    }

    /// Another window of the same agent.
    pub(crate) async fn opens_another_window(&self) -> Self {
        Self::opens_socket(self.address, &self.name, &self.cookie).await
    }

    pub(crate) async fn closes_console(self) {
        self.socket.hangs_up().await;
    }

    /// Waits until the queue looks like this.
    pub(crate) async fn sees_queue(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        in_time(what, async {
            while !is_it(&self.queue) {
                self.reads_frame().await;
            }
            self.queue.clone()
        })
        .await
    }

    /// Waits until this conversation waits, and gives its entry.
    pub(crate) async fn sees_waiting(&mut self, conversation: &str) -> Value {
        let waits = |queue: &Value| entry(queue, "entries", conversation).is_some();
        let queue = self.sees_queue(&format!("{conversation} in the queue"), waits).await;
        entry(&queue, "entries", conversation).unwrap()
    }

    /// Waits until this conversation is the agent's own, and gives its entry.
    pub(crate) async fn sees_own(&mut self, conversation: &str) -> Value {
        let is_own = |queue: &Value| entry(queue, "mine", conversation).is_some();
        let queue = self.sees_queue(&format!("{conversation} among mine"), is_own).await;
        entry(&queue, "mine", conversation).unwrap()
    }

    pub(crate) async fn follows(&mut self, conversation: &str, after: u64) {
        self.sends(json!({ "type": "follow", "conversation": conversation, "after": after })).await;
    }

    /// Claims and follows.
    pub(crate) async fn claims(&mut self, conversation: &str) -> String {
        self.follows(conversation, 0).await;
        self.does("claim", conversation, json!({})).await
    }

    pub(crate) async fn replies(&mut self, conversation: &str, text: &str) -> String {
        self.does("reply", conversation, json!({ "text": text })).await
    }

    pub(crate) async fn notes(&mut self, conversation: &str, text: &str) -> String {
        self.does("note", conversation, json!({ "text": text })).await
    }

    pub(crate) async fn releases(&mut self, conversation: &str) -> String {
        self.does("release", conversation, json!({})).await
    }

    pub(crate) async fn gives_back(&mut self, conversation: &str) -> String {
        self.does("give_back", conversation, json!({})).await
    }

    pub(crate) async fn resolves(&mut self, conversation: &str) -> String {
        self.does("resolve", conversation, json!({})).await
    }

    pub(crate) async fn goes(&mut self, availability: &str) {
        self.sends(json!({ "type": "set_availability", "availability": availability })).await;
    }

    /// Does something with a conversation, and gives the frame's id.
    pub(crate) async fn does(&mut self, kind: &str, conversation: &str, fields: Value) -> String {
        let id = new_id();
        let mut frame = fields;
        frame["type"] = kind.into();
        frame["conversation"] = conversation.into();
        frame["client_id"] = id.clone().into();
        self.sends(frame).await;
        id
    }

    pub(crate) async fn sends(&mut self, frame: Value) {
        self.socket.sends(&frame).await;
    }

    pub(crate) async fn reads_frame(&mut self) -> Value {
        let frame = self.socket.reads().await;
        if frame["type"] == "queue" {
            self.queue = frame.clone();
        }
        if frame["type"] == "event" {
            self.events.push(frame.clone());
        }
        frame
    }

    /// The next frame of this type.
    pub(crate) async fn reads_a(&mut self, kind: &str) -> Value {
        self.reads_frame_where(kind, |frame| frame["type"] == kind).await
    }

    /// The next frame for which this is so; those before are skipped.
    pub(crate) async fn reads_frame_where(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Value {
        in_time(what, async {
            loop {
                let frame = self.reads_frame().await;
                if is_it(&frame) {
                    return frame;
                }
            }
        })
        .await
    }

    /// The event that says that this frame was dealt with.
    pub(crate) async fn reads_receipt(&mut self, id: &str) -> Value {
        let is_it = |frame: &Value| frame["type"] == "event" && frame["client_id"] == id;
        self.reads_frame_where(&format!("the receipt of {id}"), is_it).await
    }

    /// The next event of this kind.
    pub(crate) async fn reads_event(&mut self, kind: &str) -> Value {
        self.reads_frame_where(kind, |frame| frame["type"] == "event" && frame["kind"] == kind).await
    }

    /// The code of the next `error` frame.
    pub(crate) async fn is_refused(&mut self) -> String {
        self.reads_a("error").await["code"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn is_closed(&mut self) -> Option<u16> {
        self.socket.is_closed().await
    }
}

fn entry(queue: &Value, list: &str, conversation: &str) -> Option<Value> {
    let entries = queue[list].as_array()?;
    entries.iter().find(|entry| entry["conversation"] == conversation).cloned()
}
