//! Agents: the first is made through the link that the program printed, the others by her.

use std::net::SocketAddr;

use reqwest::{Client, header};
use serde_json::{Value, json};

use crate::{
    client::{Line, new_id},
    program::Desk,
};

const PASSWORD: &str = "a long enough password";

/// Agents who are signed in.
pub(crate) struct Staff {
    address: SocketAddr,
    /// Each agent's session.
    cookies: Vec<String>,
}

impl Staff {
    /// So many agents of a desk that has none yet.
    pub(crate) async fn of(desk: &Desk, count: usize) -> Self {
        let log = desk.log();
        let link = log.split("#setup=").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap();
        let mut staff = Self { address: desk.address, cookies: Vec::new() };
        let account = |number: usize| {
            json!({ "email": format!("agent-{number}@desk.example"), "name": format!("Agent {number}"),
                "password": PASSWORD })
        };
        let mut first = account(0);
        first["token"] = link.into();
        staff.posts("setup", None, &first).await;
        staff.signs_in(&first).await;
        for number in 1..count {
            let mut other = account(number);
            other["role"] = "agent".into();
            staff.posts("agents", Some(0), &other).await;
            staff.signs_in(&other).await;
        }
        staff
    }

    async fn signs_in(&mut self, account: &Value) {
        let body = json!({ "email": account["email"], "password": account["password"] });
        let answer = self.posts("session", None, &body).await;
        let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
        self.cookies.push(cookie.split(';').next().unwrap().to_owned());
    }

    async fn posts(&self, path: &str, by: Option<usize>, body: &Value) -> reqwest::Response {
        let request = Client::new().post(format!("http://{}/api/v1/{path}", self.address)).json(body);
        let request = match by {
            Some(agent) => request.header(header::COOKIE, &self.cookies[agent]),
            None => request,
        };
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        answer
    }

    /// An agent's console.
    pub(crate) async fn console(&self, agent: usize) -> Line {
        Line::opens_console(self.address, &self.cookies[agent]).await.unwrap()
    }
}

/// A visitor who waits for a person, and the conversation.
pub(crate) async fn waits(address: SocketAddr) -> (Line, Value, String) {
    let (mut line, mut welcome) = Line::opens(address, None, (None, 0)).await.unwrap();
    line.sends(&json!({ "type": "request_agent", "client_id": new_id() })).await.unwrap();
    let event = line.reads_a("event").await.unwrap();
    let conversation = event["conversation"].as_str().unwrap().to_owned();
    (line, welcome["token"].take(), conversation)
}

/// Tries to take a conversation: whether it is the agent's now.
pub(crate) async fn claims(console: &mut Line, conversation: &str) -> bool {
    let id = new_id();
    let follow = json!({ "type": "follow", "conversation": conversation, "after": 0 });
    let claim = json!({ "type": "claim", "conversation": conversation, "client_id": id });
    console.sends(&follow).await.unwrap();
    console.sends(&claim).await.unwrap();
    let is_taken = loop {
        let frame = console.reads().await.unwrap();
        match frame["type"].as_str() {
            Some("event") if frame["client_id"] == id => break true,
            Some("error") if frame["client_id"] == id => {
                assert_eq!(frame["code"], "already_claimed");
                break false;
            }
            Some(_) | None => {}
        }
    };
    console.sends(&json!({ "type": "unfollow", "conversation": conversation })).await.unwrap();
    is_taken
}
