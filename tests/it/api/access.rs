//! Who may call what. Every endpoint of the API document must be in the table.

use std::collections::BTreeSet;

use frontdesk::store::Role::{self, Administrator, Supervisor};
use reqwest::{Method, header};
use serde_json::{Value, json};

use crate::support::{Caller, TestServer};

/// Who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    /// Everybody; for signing in.
    Open,
    /// Agents and keys from this role on.
    From(Role),
    /// Agents who are signed in; no keys.
    People,
}

use Door::{From, Open, People};

const ANYBODY: Door = From(Role::Agent);

const ENDPOINTS: &[(&str, &str, Door)] = &[
    ("get", "/session", People),
    ("post", "/session", Open),
    ("delete", "/session", Open),
    ("post", "/setup", Open),
    ("get", "/profile", People),
    ("patch", "/profile", People),
    ("post", "/profile/password", People),
    ("get", "/profile/preferences", People),
    ("put", "/profile/preferences", People),
    ("get", "/drafts", People),
    ("put", "/conversations/{id}/draft", People),
    ("get", "/agents", ANYBODY),
    ("post", "/agents", From(Administrator)),
    ("get", "/agents/{id}", ANYBODY),
    ("patch", "/agents/{id}", From(Administrator)),
    ("get", "/roles", ANYBODY),
    ("get", "/queues", ANYBODY),
    ("get", "/queues/{name}", ANYBODY),
    ("put", "/queues/{name}", From(Administrator)),
    ("delete", "/queues/{name}", From(Administrator)),
    ("get", "/conversations", ANYBODY),
    ("get", "/conversations/{id}", ANYBODY),
    ("get", "/conversations/{id}/events", ANYBODY),
    ("put", "/conversations/{id}/tags", ANYBODY),
    ("post", "/conversations/{id}/labels", ANYBODY),
    ("get", "/labels", From(Supervisor)),
    ("get", "/articles", ANYBODY),
    ("get", "/tags", ANYBODY),
    ("post", "/tags", From(Supervisor)),
    ("delete", "/tags/{id}", From(Supervisor)),
    ("get", "/contacts", ANYBODY),
    ("get", "/contacts/{id}", ANYBODY),
    ("post", "/contacts/{id}/notes", ANYBODY),
    ("get", "/canned", ANYBODY),
    ("post", "/canned", ANYBODY),
    ("put", "/canned/{id}", ANYBODY),
    ("delete", "/canned/{id}", ANYBODY),
    ("post", "/canned/{id}/uses", ANYBODY),
    ("get", "/macros", ANYBODY),
    ("post", "/macros", ANYBODY),
    ("put", "/macros/{id}", ANYBODY),
    ("delete", "/macros/{id}", ANYBODY),
    ("get", "/ratings", ANYBODY),
    ("get", "/ratings.csv", From(Supervisor)),
    ("get", "/insights", From(Supervisor)),
    ("get", "/insights.csv", From(Supervisor)),
    ("get", "/gaps", From(Supervisor)),
    ("get", "/keys", From(Administrator)),
    ("post", "/keys", From(Administrator)),
    ("delete", "/keys/{id}", From(Administrator)),
    ("get", "/audit", From(Administrator)),
];

const SOME_ID: &str = "00000000-0000-7000-8000-000000000001";

/// One endpoint of the document, ready to be called.
struct Endpoint {
    name: String,
    method: Method,
    path: String,
    has_body: bool,
    door: Door,
}

async fn endpoints(server: &TestServer) -> Vec<Endpoint> {
    let document: Value = server.answers("/api/v1/openapi.json").await.json().await.unwrap();
    let mut found = BTreeSet::new();
    let mut endpoints = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path.strip_prefix("/api/v1").expect("an address under /api/v1");
        for (method, operation) in item.as_object().unwrap() {
            let name = format!("{method} {path}");
            let row = ENDPOINTS.iter().find(|(verb, address, _)| verb == method && *address == path);
            let (_, _, door) = row.unwrap_or_else(|| panic!("{name} is not in the table"));
            endpoints.push(Endpoint {
                method: method.to_uppercase().parse().unwrap(),
                path: path.replace("{id}", SOME_ID).replace("{name}", "no-such-queue"),
                has_body: operation.get("requestBody").is_some(),
                door: *door,
                name: name.clone(),
            });
            found.insert(name);
        }
    }
    let gone: Vec<_> = ENDPOINTS.iter().filter(|(verb, path, _)| !found.contains(&format!("{verb} {path}"))).collect();
    assert!(gone.is_empty(), "in the table and not in the document: {gone:?}");
    endpoints
}

impl Endpoint {
    /// The status of a call that says nothing useful: it shows who passes and changes nothing.
    async fn called_by(&self, caller: &Caller) -> u16 {
        let body = self.has_body.then(|| json!({ "no such field": 1 }));
        let body = if self.path == "/profile/preferences" { body.map(|_| json!([])) } else { body };
        caller.asks(self.method.clone(), &self.path, body.as_ref()).await.0
    }
}

#[tokio::test]
async fn each_endpoint_lets_in_whom_it_should_and_nobody_else() {
    let server = TestServer::start().await;
    let mut callers = vec![(None, server.stranger(), false)];
    for role in Role::ALL {
        callers.push((Some(role), server.caller(role.as_str(), role).await, false));
    }
    let administrator = callers[3].1.clone();
    for role in Role::ALL {
        let (_, key) = administrator.posts("/keys", json!({ "name": role.as_str(), "role": role.as_str() })).await;
        callers.push((Some(role), server.program(key["secret"].as_str().unwrap()), true));
    }
    callers.push((None, server.program("fdk_guessed"), true));
    for endpoint in endpoints(&server).await {
        // It would end the sessions that the others are tried with.
        if endpoint.name == "delete /session" {
            continue;
        }
        for (role, caller, is_key) in &callers {
            let status = endpoint.called_by(caller).await;
            let expected = match (endpoint.door, role) {
                (Open, _) => None,
                (_, None) => Some(401),
                (People, Some(_)) => is_key.then_some(403),
                (From(least), Some(role)) => (*role < least).then_some(403),
            };
            let who = format!("{} by {role:?}, key: {is_key}", endpoint.name);
            match expected {
                Some(expected) => assert_eq!(status, expected, "{who}"),
                None => assert!(![401, 403].contains(&status) && status < 500, "{who}: {status}"),
            }
        }
    }
}

#[tokio::test]
async fn other_sites_pages_change_nothing() {
    let server = TestServer::start().await;
    let caller = server.caller("Ada", Administrator).await;
    for endpoint in endpoints(&server).await.iter().filter(|endpoint| endpoint.method != Method::GET) {
        let request = || caller.request(endpoint.method.clone(), &endpoint.path);
        for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
            let foreign = request().header(header::ORIGIN, origin).json(&json!({})).send().await.unwrap();
            assert_eq!(foreign.status(), 403, "{} from {origin}", endpoint.name);
        }
        if endpoint.has_body {
            let form = request().header(header::CONTENT_TYPE, "text/plain").body("{}").send().await.unwrap();
            assert_eq!(form.status(), 415, "{} as a form would send it", endpoint.name);
        }
    }
    assert_eq!(caller.gets("/profile").await.0, 200, "the session is still there");
}

#[tokio::test]
async fn nobody_sets_what_is_the_servers() {
    let server = TestServer::start().await;
    let caller = server.caller("Ada", Administrator).await;
    let (_, me) = caller.gets("/profile").await;
    let own = format!("/agents/{}", me["id"].as_str().unwrap());
    for (method, path, body) in [
        (Method::PATCH, own.as_str(), json!({ "name": "Eve", "id": SOME_ID })),
        (Method::PATCH, own.as_str(), json!({ "password_hash": "x" })),
        (Method::PATCH, "/profile", json!({ "role": "administrator" })),
        (Method::POST, "/tags", json!({ "name": "x", "conversations": 9 })),
        (Method::POST, "/keys", json!({ "name": "x", "role": "agent", "secret": "fdk_mine" })),
        (Method::POST, "/session", json!({ "email": "a@b.example", "password": "x", "role": "administrator" })),
    ] {
        let (status, problem) = caller.asks(method, path, Some(&body)).await;
        let message = problem["message"].as_str().unwrap_or_default();
        assert!(status == 400 && message.contains("unknown field"), "{path} {body}: {status} {message}");
    }
    let (_, now) = caller.gets("/profile").await;
    assert_eq!(now, me);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_made() {
    let server = TestServer::start().await;
    let caller = server.caller("Ada", Administrator).await;
    let agent = |field: &str, value: Value| {
        let mut agent =
            json!({ "email": "bo@desk.example", "name": "Bo", "role": "agent", "password": "a long enough password" });
        agent[field] = value;
        agent
    };
    for (path, body, part) in [
        ("/agents", agent("email", json!("bo")), "name@example.com"),
        ("/agents", agent("email", json!("ada@desk.example")), "exists already"),
        ("/agents", agent("name", json!(" ")), "name"),
        ("/agents", agent("role", json!("owner")), "supervisor"),
        ("/agents", agent("password", json!("short")), "at least 10"),
        ("/agents", json!({}), "missing field"),
        ("/tags", json!({ "name": "x".repeat(51) }), "50"),
        ("/canned", json!({ "shortcut": "a b", "title": "t", "text": "t" }), "shortcut"),
        ("/macros", json!({ "name": "m", "steps": { "snooze_s": 0 } }), "snooze_s"),
    ] {
        let (status, problem) = caller.posts(path, body.clone()).await;
        let message = problem["message"].as_str().unwrap_or_default();
        assert!(status == 400 && message.contains(part), "{path} {body}: {status} {message}");
    }
    for (query, part) in [
        ("?limit=0", "limit"),
        ("?limit=x", "limit"),
        ("?after=x", "after"),
        ("?status=lost", "snoozed"),
        ("?colour=red", "unknown field"),
        ("?from=yesterday", "from"),
    ] {
        let (status, problem) = caller.gets(&format!("/conversations{query}")).await;
        let message = problem["message"].as_str().unwrap_or_default();
        assert!(status == 400 && message.contains(part), "{query}: {status} {message}");
    }
    let large = json!({ "name": "x".repeat(20_000) });
    assert_eq!(caller.posts("/tags", large).await.0, 413);
    assert_eq!(caller.gets("/agents").await.1.as_array().unwrap().len(), 1);
    assert_eq!(caller.gets("/nothing").await.1["code"], "not_found");
    assert_eq!(caller.deletes("/agents").await, 405);
}

#[tokio::test]
async fn another_agents_conversation_is_like_one_that_does_not_exist() {
    let server = TestServer::start().await;
    let (mut ada, bo) = (server.agent("Ada").await, server.agent("Bo").await);
    let boss = server.caller("Cy", Supervisor).await;
    let mut visitor = server.visitor().await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let id = visitor.conversation.clone().unwrap();
    ada.sees_waiting(&id).await;
    let bo = Caller::of(&server, &bo);
    assert_eq!(bo.gets("/conversations").await.1["items"][0]["id"], id, "nobody has it yet");
    ada.claims(&id).await;
    ada.sees_own(&id).await;
    let resolved = ada.resolves(&id).await;
    ada.reads_receipt(&resolved).await;

    let contact = boss.gets("/contacts").await.1["items"][0]["id"].as_str().unwrap().to_owned();
    for caller in [Caller::of(&server, &ada), boss] {
        assert_eq!(caller.gets("/conversations").await.1["items"][0]["status"], "resolved");
        assert_eq!(caller.gets(&format!("/conversations/{id}")).await.0, 200);
        assert_eq!(caller.gets(&format!("/contacts/{contact}")).await.0, 200);
    }
    let mut strange = server.visitor().await;
    strange.asks_for_a_person().await;
    strange.reads_event("escalated").await;
    let strange = strange.conversation.unwrap();
    ada.sees_waiting(&strange).await;
    let team = json!({ "title": "Orders", "members": [own_id(&Caller::of(&server, &ada)).await] });
    assert_eq!(server.caller("Di", Administrator).await.puts("/queues/default", team).await.0, 200);
    for (own, path) in [
        (&id, "/conversations/{id}"),
        (&id, "/conversations/{id}/events"),
        (&strange, "/conversations/{id}"),
        (&contact, "/contacts/{id}"),
    ] {
        let (foreign, missing) =
            (bo.gets(&path.replace("{id}", own)).await, bo.gets(&path.replace("{id}", SOME_ID)).await);
        assert_eq!(foreign, missing, "{path}");
        assert_eq!(foreign.0, 404, "{path}");
    }
    assert_eq!(bo.puts(&format!("/conversations/{id}/tags"), json!({ "tags": ["x"] })).await.0, 404);
    for list in ["/conversations", "/contacts", "/conversations?q=person"] {
        assert_eq!(bo.gets(list).await.1["items"], json!([]), "{list}");
    }
}

async fn own_id(caller: &Caller) -> Value {
    caller.gets("/profile").await.1["id"].clone()
}

#[tokio::test]
async fn queues_and_hours_count_at_once() {
    let server = TestServer::start().await;
    let boss = server.caller("Cy", Administrator).await;
    let ada = server.agent("Ada").await;
    let hours = json!({ "time_zone": "Europe/Vienna", "week": [{ "day": "monday", "from": "09:00", "to": "17:00" }],
        "holidays": ["2026-12-25"] });
    let (status, made) = boss.puts("/queues/orders", json!({ "title": "Orders", "hours": hours })).await;
    assert_eq!((status, &made["hours"], &made["assignment"]), (200, &hours, &json!("manual")));
    let (_, agent) = boss.gets("/agents").await;
    let path = format!("/agents/{}", agent[0]["id"].as_str().unwrap());
    assert_eq!(
        boss.patches(&path, json!({ "queues": ["orders"], "capacity": 3 })).await.1["queues"],
        json!(["orders"])
    );
    assert_eq!(boss.gets("/queues/orders").await.1["members"], json!([agent[0]["id"]]));
    assert_eq!(boss.patches(&path, json!({ "capacity": null })).await.1["capacity"], json!(null));
    assert_eq!(boss.patches(&path, json!({ "queues": [] })).await.0, 400, "nobody would be left");
    assert_eq!(boss.patches(&path, json!({ "queues": ["gone"] })).await.0, 400);

    let visitor = server.visitor().await;
    assert_eq!(visitor.welcome["availability"]["agents"], true, "{}", visitor.welcome);
    let closed =
        json!({ "title": "Everybody", "hours": { "week": [{ "day": "monday", "from": "00:00", "to": "00:01" }] } });
    assert_eq!(boss.puts("/queues/default", closed).await.0, 200);
    let visitor = server.visitor().await;
    assert_eq!(visitor.welcome["availability"]["agents"], false, "{}", visitor.welcome);
    drop(ada);

    for (queue, part) in [
        (json!({ "title": "x", "hours": { "time_zone": "Mars/Base" } }), "time zone"),
        (json!({ "title": "x", "hours": { "week": [{ "day": "monday", "from": "9", "to": "17:00" }] } }), "HH:MM"),
        (json!({ "title": "x", "members": [SOME_ID] }), "no agent"),
        (json!({ "title": " " }), "title"),
    ] {
        let (status, problem) = boss.puts("/queues/new", queue).await;
        assert!(status == 400 && problem["message"].as_str().unwrap().contains(part), "{problem}");
    }
    assert_eq!(boss.puts("/queues/Big%20One", json!({ "title": "x" })).await.0, 400);
    assert_eq!((boss.deletes("/queues/orders").await, boss.deletes("/queues/orders").await), (204, 404));
    assert_eq!(boss.deletes("/queues/default").await, 404);
}
