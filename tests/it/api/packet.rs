//! What agents get with a conversation, for programs.

use frontdesk::store::Role;
use serde_json::{Value, json};

use crate::support::{Caller, TestServer, Visitor};

#[tokio::test]
async fn a_conversation_comes_with_the_packet_that_the_socket_sends() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let hello = json!({ "consent": "2027-01", "time_zone": "Asia/Tokyo", "identity": { "email": "jo@shop.example" } });
    let mut visitor = Visitor::says_hello(server.address, hello).await;
    visitor.asks("how long does delivery take").await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let id = visitor.conversation.clone().unwrap();
    ada.follows(&id, 0).await;
    let mut sent = ada.reads_a("packet").await;
    sent.as_object_mut().unwrap().remove("type");

    let boss = server.caller("Cy", Role::Administrator).await;
    let (_, key) = boss.posts("/keys", json!({ "name": "reports", "role": "agent", "queues": ["default"] })).await;
    let program = server.program(key["secret"].as_str().unwrap());
    let (_, key) = boss.posts("/keys", json!({ "name": "others", "role": "agent", "queues": [] })).await;
    let stranger = server.program(key["secret"].as_str().unwrap());
    let path = format!("/conversations/{id}");
    for caller in [&Caller::of(&server, &ada), &boss, &program] {
        let (status, shown) = caller.gets(&path).await;
        assert_eq!((status, &shown["packet"]), (200, &sent));
    }
    assert_eq!(stranger.gets(&path).await.0, 404);
    let card = &sent["visitor"];
    assert_eq!((&card["consent"]["notice"], &card["time_zone"]), (&json!("2027-01"), &json!("Asia/Tokyo")));

    let contact = boss.gets("/contacts").await.1["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(boss.gets(&format!("/contacts/{contact}")).await.1["consent"], card["consent"]);
}

#[tokio::test]
async fn the_document_describes_the_packet() {
    let server = TestServer::start().await;
    let document: Value = server.answers("/api/v1/openapi.json").await.json().await.unwrap();
    let schemas = &document["components"]["schemas"];
    for (schema, field) in [
        ("PacketView", "questions"),
        ("PacketView", "candidates"),
        ("VisitorCard", "consent"),
        ("ConsentView", "notice"),
        ("EarlierView", "outcome"),
    ] {
        assert!(described(&schemas[schema], field), "{schema}.{field}: {}", schemas[schema]);
    }
}

/// Whether the schema, or one of its parts, has the field.
fn described(schema: &Value, field: &str) -> bool {
    let parts = schema["allOf"].as_array().into_iter().flatten();
    !schema["properties"][field].is_null() || parts.into_iter().any(|part| described(part, field))
}
