//! A program or a page that uses the REST API.

use reqwest::{Client, Method, RequestBuilder, Response, header};
use serde_json::{Value, json};

use frontdesk::store::Role;

use super::{Agent, TestServer, in_time};

/// Somebody who calls the API.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    base: String,
    /// The header that says who it is.
    door: Option<(header::HeaderName, String)>,
}

impl TestServer {
    /// An agent with this role, signed in.
    pub(crate) async fn caller(&self, name: &str, role: Role) -> Caller {
        self.employs(name, role).await;
        let cookie = Agent::signs_in(self, name).await;
        Caller { base: self.url(""), door: Some((header::COOKIE, cookie)) }
    }

    /// Somebody who says nothing of themselves.
    pub(crate) fn stranger(&self) -> Caller {
        Caller { base: self.url(""), door: None }
    }

    /// A program with this key.
    pub(crate) fn program(&self, secret: &str) -> Caller {
        Caller { base: self.url(""), door: Some((header::AUTHORIZATION, format!("Bearer {secret}"))) }
    }
}

impl Caller {
    /// The same session as an agent's console.
    pub(crate) fn of(server: &TestServer, agent: &Agent) -> Self {
        Self { base: server.url(""), door: Some((header::COOKIE, agent.cookie.clone())) }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = Client::new().request(method, format!("{}/api/v1{path}", self.base));
        match &self.door {
            Some((name, value)) => request.header(name, value),
            None => request,
        }
    }

    /// The status and the JSON of the answer; null where there is none.
    pub(crate) async fn asks(&self, method: Method, path: &str, body: Option<&Value>) -> (u16, Value) {
        let request = self.request(method, path);
        let request = if let Some(body) = body { request.json(body) } else { request };
        read(in_time(path, request.send()).await.unwrap()).await
    }

    pub(crate) async fn gets(&self, path: &str) -> (u16, Value) {
        self.asks(Method::GET, path, None).await
    }

    pub(crate) async fn posts(&self, path: &str, body: Value) -> (u16, Value) {
        self.asks(Method::POST, path, Some(&body)).await
    }

    pub(crate) async fn puts(&self, path: &str, body: Value) -> (u16, Value) {
        self.asks(Method::PUT, path, Some(&body)).await
    }

    pub(crate) async fn patches(&self, path: &str, body: Value) -> (u16, Value) {
        self.asks(Method::PATCH, path, Some(&body)).await
    }

    pub(crate) async fn deletes(&self, path: &str) -> u16 {
        self.asks(Method::DELETE, path, None).await.0
    }

    /// Every item of a list that comes in pages.
    pub(crate) async fn pages_through(&self, path: &str, limit: u32) -> Vec<Value> {
        let mut items = Vec::new();
        let mut after = String::new();
        loop {
            let (status, page) = self.gets(&format!("{path}?limit={limit}{after}")).await;
            assert_eq!(status, 200, "{page}");
            let found = page["items"].as_array().unwrap();
            assert!(found.len() <= limit as usize);
            items.extend(found.iter().cloned());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => return items,
            }
        }
    }
}

async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_else(|_| if text.is_empty() { Value::Null } else { json!(text) }))
}
