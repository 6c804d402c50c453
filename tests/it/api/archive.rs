//! Finding conversations by what was said in them.

use frontdesk::store::Role;
use serde_json::json;

use crate::support::{Caller, TestServer};

#[tokio::test]
async fn what_was_said_is_found_at_once_in_messages_notes_and_names() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let mut visitor = server.visitor().await;
    visitor.says("My Turquoise armchair has a wobbly leg").await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let id = visitor.conversation.clone().unwrap();
    let mut other = server.visitor().await;
    other.asks("when are you open").await;
    ada.sees_waiting(&id).await;
    ada.claims(&id).await;
    ada.sees_own(&id).await;
    ada.notes(&id, "Ask the workshop about dowels").await;
    ada.reads_a("note").await;

    let caller = Caller::of(&server, &ada);
    for (words, hits) in [("turquoise", 1), ("WOBBLY leg", 1), ("workshop dow", 1), ("turquoise dragon", 0), ("", 0)] {
        let query = format!("/conversations?q={}", words.replace(' ', "+"));
        let (status, page) = caller.gets(&query).await;
        let found = page["items"].as_array().unwrap();
        assert_eq!((status, found.len()), (200, hits), "{words}");
        assert!(found.iter().all(|found| found["id"] == id), "{words}");
    }
    visitor.says("It is the emerald one after all").await;
    visitor
        .reads_event_where("the last message", |event| {
            event["text"].as_str().is_some_and(|text| text.contains("emerald"))
        })
        .await;
    assert_eq!(caller.gets("/conversations?q=emerald").await.1["items"][0]["id"], id, "found at once");
}

#[tokio::test]
async fn a_restart_loses_nothing_that_can_be_found() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks("is the turquoise armchair back in stock").await;
    let server = server.restarts().await;
    let caller = server.caller("Ada", Role::Agent).await;
    let found = caller.gets("/conversations?q=turquoise").await.1;
    assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
}

#[tokio::test]
async fn lists_are_read_page_by_page_and_filtered() {
    let server = TestServer::start().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        let mut visitor = server.visitor().await;
        visitor.asks(&format!("question number {number}")).await;
        ids.push(visitor.conversation.clone().unwrap());
    }
    let caller = server.caller("Ada", Role::Agent).await;
    for limit in [1, 2, 5, 200] {
        let found = caller.pages_through("/conversations", limit).await;
        let mut found: Vec<_> = found.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        found.sort();
        let mut expected = ids.clone();
        expected.sort();
        assert_eq!(found, expected, "{limit} a page");
    }
    assert_eq!(caller.pages_through("/contacts", 2).await.len(), 5);

    let tags = format!("/conversations/{}/tags", ids[2]);
    assert_eq!(
        caller.puts(&tags, json!({ "tags": ["late", "late", " damage "] })).await.1["tags"],
        json!(["damage", "late"])
    );
    for (filter, count) in [
        ("tag=late", 1),
        ("tag=lost", 0),
        ("status=with_bot", 5),
        ("status=waiting", 0),
        ("until=2001-01-01T00:00:00Z", 0),
    ] {
        let found = caller.gets(&format!("/conversations?{filter}")).await.1;
        assert_eq!(found["items"].as_array().unwrap().len(), count, "{filter}");
    }
    let used = caller.gets("/tags").await.1;
    assert_eq!(used[0], json!({ "id": null, "name": "damage", "conversations": 1 }));

    let events = caller.gets(&format!("/conversations/{}/events", ids[0])).await.1;
    assert_eq!(events["items"][0]["text"], "question number 0");
    assert_eq!(events["next"], json!(null));
}

#[tokio::test]
async fn no_text_becomes_part_of_a_query() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks("question").await;
    let caller = server.caller("Ada", Role::Administrator).await;
    for text in ["' OR 1=1 --", "\"", "%27%3B DROP TABLE agents", "\u{0}", "*", "a' UNION SELECT secret --", "%", "_"] {
        for parameter in ["q", "queue", "tag"] {
            let request = caller.request(reqwest::Method::GET, "/conversations").query(&[(parameter, text)]);
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 200, "{parameter}={text}");
            let page: serde_json::Value = response.json().await.unwrap();
            assert_eq!(page["items"], json!([]), "{parameter}={text}");
        }
        let request = caller.request(reqwest::Method::GET, "/contacts").query(&[("q", text)]);
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    assert_eq!(caller.gets("/agents").await.1.as_array().unwrap().len(), 1);
}
