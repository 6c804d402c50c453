//! Agents of one department and the conversations of another.

use std::collections::BTreeSet;

use frontdesk::store::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Agent, Caller, SILENCE, TestServer, Visitor, new_id};

const NAME: &str = "Zacharias Quince";

/// Two departments, an agent in each, and a conversation that waits in the first.
struct Departments {
    server: TestServer,
    insider: Agent,
    outsider: Agent,
    visitor: Visitor,
    conversation: String,
    contact: String,
}

async fn departments() -> Departments {
    let server = TestServer::start().await;
    let (mut insider, outsider) = (server.agent("Ada").await, server.agent("Bo").await);
    let boss = server.caller("Cy", Role::Administrator).await;
    let hello = json!({ "identity": { "name": NAME, "email": "quince@shop.example" } });
    let mut visitor = Visitor::says_hello(server.address, hello).await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let conversation = visitor.conversation.clone().unwrap();
    insider.sees_waiting(&conversation).await;
    for (queue, agent) in [("default", &insider), ("returns", &outsider)] {
        let id = Caller::of(&server, agent).gets("/profile").await.1["id"].clone();
        let department = json!({ "title": queue, "members": [id] });
        assert_eq!(boss.puts(&format!("/queues/{queue}"), department).await.0, 200);
    }
    let contact = boss.gets("/contacts").await.1["items"][0]["id"].as_str().unwrap().to_owned();
    Departments { server, insider, outsider, visitor, conversation, contact }
}

/// The method, the address and whether there is a body, of every endpoint of the API's document.
async fn endpoints(server: &TestServer) -> Vec<(Method, String, bool)> {
    let document: Value = server.answers("/api/v1/openapi.json").await.json().await.unwrap();
    let mut endpoints = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let path = path.strip_prefix("/api/v1").unwrap().to_owned();
            endpoints.push((method.to_uppercase().parse().unwrap(), path, operation.get("requestBody").is_some()));
        }
    }
    endpoints
}

/// A body that the endpoint would take.
fn body_for(path: &str) -> Value {
    match path.rsplit('/').next().unwrap() {
        "tags" => json!({ "tags": ["x"] }),
        "labels" => json!({ "seq": 1, "article": null }),
        "draft" => json!({ "mode": "reply", "text": "x" }),
        _ => json!({ "text": "x" }),
    }
}

#[tokio::test]
async fn a10_another_departments_conversation_is_like_none_at_every_endpoint() {
    let Departments { server, insider, outsider, conversation, contact, .. } = departments().await;
    let (insider, outsider) = (Caller::of(&server, &insider), Caller::of(&server, &outsider));
    let boss = server.caller("Di", Role::Supervisor).await;
    let mut tried = BTreeSet::new();
    for (method, path, has_body) in endpoints(&server).await {
        let own = match path.split('/').nth(1) {
            Some("conversations") => &conversation,
            Some("contacts") => &contact,
            _ => continue,
        };
        let body = has_body.then(|| body_for(&path));
        if path.contains("{id}") {
            let foreign = outsider.asks(method.clone(), &path.replace("{id}", own), body.as_ref()).await;
            let missing = outsider.asks(method.clone(), &path.replace("{id}", &new_id()), body.as_ref()).await;
            assert_eq!(foreign, missing, "{method} {path}");
            assert!([400, 404].contains(&foreign.0), "{method} {path}: {foreign:?}");
            tried.insert(path.clone());
        }
        if path.contains("{id}") && method == Method::GET {
            for caller in [&insider, &boss] {
                assert_eq!(caller.gets(&path.replace("{id}", own)).await.0, 200, "{path}");
            }
        }
    }
    assert!(tried.len() >= 6, "{tried:?}");
}

#[tokio::test]
async fn a10_no_list_search_or_export_tells_of_another_departments_conversation() {
    let Departments { server, mut insider, outsider, conversation, mut visitor, .. } = departments().await;
    insider.claims(&conversation).await;
    insider.sees_own(&conversation).await;
    visitor.ends().await;
    visitor.reads_event("resolved").await;
    let rated = visitor.does("rate_conversation", json!({ "score": 2, "comment": format!("I am {NAME}") })).await;
    visitor.reads_receipt(&rated).await;
    let callers = [Caller::of(&server, &insider), Caller::of(&server, &outsider)];
    let says = |text: &str| text.contains(&conversation) || text.contains("Quince");
    let mut told = Vec::new();
    let searches = [
        "/conversations?q=quince",
        "/conversations?q=person",
        "/contacts?q=quince",
        "/contacts?q=quince%40shop.example",
    ];
    let lists =
        endpoints(&server).await.into_iter().filter(|(method, path, _)| *method == Method::GET && !path.contains('{'));
    for path in lists.map(|(_, path, _)| path).chain(searches.map(str::to_owned)) {
        let [insider, outsider] =
            [&callers[0], &callers[1]].map(|caller| async { caller.gets(&path).await.1.to_string() });
        let (insider, outsider) = (insider.await, outsider.await);
        assert!(!says(&outsider), "{path}: {outsider}");
        told.extend(says(&insider).then_some(path));
    }
    for path in ["/conversations", "/contacts", "/ratings", "/conversations?q=quince"] {
        assert!(told.iter().any(|known| known == path), "{path} tells its own department: {told:?}");
    }
}

#[tokio::test]
async fn a10_no_frame_reaches_into_another_department() {
    let Departments { server: _server, mut insider, mut outsider, conversation, mut visitor, .. } = departments().await;
    // What their own waiting brings.
    visitor.overhears().await;
    for (kind, fields) in [
        ("claim", json!({})),
        ("take_over", json!({})),
        ("reply", json!({ "text": "hello" })),
        ("note", json!({ "text": "hello" })),
        ("release", json!({})),
        ("give_back", json!({})),
        ("resolve", json!({})),
        ("snooze", json!({ "until": "2099-01-01T00:00:00Z" })),
        ("transfer", json!({ "queue": "returns", "comment": "mine" })),
        ("follow", json!({ "after": 0 })),
        ("suggest", json!({})),
    ] {
        outsider.does(kind, &conversation, fields.clone()).await;
        let foreign = outsider.reads_a("error").await;
        outsider.does(kind, &new_id(), fields).await;
        let missing = outsider.reads_a("error").await;
        assert_eq!((&foreign["code"], &foreign["message"]), (&missing["code"], &missing["message"]), "{kind}");
        assert_eq!(foreign["code"], "not_found", "{kind}");
    }
    outsider.does("typing", &conversation, json!({})).await;
    outsider.does("view", &conversation, json!({})).await;
    let heard = visitor.overhears().await;
    let noticed = heard.iter().filter(|frame| ["event", "typing", "seen"].iter().any(|kind| frame["type"] == *kind));
    assert_eq!(noticed.count(), 0, "the visitor notices nothing: {heard:?}");
    insider.claims(&conversation).await;
    insider.sees_own(&conversation).await;
    let heard = tokio::time::timeout(SILENCE, async {
        loop {
            let frame = outsider.reads_frame().await.to_string();
            assert!(!frame.contains(&conversation) && !frame.contains("Quince"), "{frame}");
        }
    });
    assert!(heard.await.is_err());
}
