//! What agents see and do over their sockets, and what of it visitors notice.

use serde_json::json;

use super::SHORT;
use crate::support::{Agent, Knock, TestServer, new_id};

#[tokio::test]
async fn typing_and_reading_are_passed_on_and_not_kept() {
    let server = TestServer::start().await;
    let mut agent = server.agent("Ada").await;
    let mut visitor = server.visitor().await;
    visitor.asks_for_a_person().await;
    let seq = visitor.reads_message_from("system").await["seq"].clone();
    let conversation = visitor.conversation.clone().unwrap();
    agent.claims(&conversation).await;
    visitor.reads_event("claimed").await;
    agent.reads_event("claimed").await;
    agent.sends(json!({ "type": "typing", "conversation": conversation })).await;
    assert_eq!(visitor.reads_a("typing").await["author"], json!({ "kind": "agent", "name": "Ada" }));
    let mut window = visitor.opens_another_window().await;
    visitor.sends(json!({ "type": "seen", "seq": seq })).await;
    let seen = agent.reads_a("seen").await;
    assert_eq!((&seen["seq"], &seen["author"]["kind"]), (&seq, &json!("visitor")));
    assert_eq!(window.reads_a("seen").await["seq"], seq, "in the visitor's other window");
    let mut bystander = server.agent("Tom").await;
    bystander.follows(&conversation, 0).await;
    bystander.reads_event("claimed").await;
    bystander.sends(json!({ "type": "typing", "conversation": conversation })).await;
    let heard = visitor.overhears().await;
    assert!(heard.iter().all(|frame| frame["type"] != "typing"), "not by a bystander: {heard:?}");
    assert!(heard.iter().all(|frame| frame["type"] != "seen"), "not one's own: {heard:?}");
}

#[tokio::test]
async fn a19_a_disabled_agent_is_gone_within_seconds() {
    let server = TestServer::start_with(|_, timing| timing.session = SHORT).await;
    let mut agent = server.agent("Ada").await;
    let stored = server.store.agent_by_email("ada@desk.example").await.unwrap().unwrap();
    server.store.save_agent(frontdesk::store::Agent { disabled: true, ..stored }).await.unwrap();
    assert_eq!(agent.is_closed().await, Some(4401));
    let knock = Knock::at("/ws/agent").with("cookie", &agent.cookie).with("origin", &server.origin());
    assert_eq!(knock.meets_refusal(server.address).await, 403);
}

#[tokio::test]
async fn availability_is_told_to_every_open_widget() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let mut agent = server.agent("Ada").await;
    assert_eq!(visitor.reads_a("availability").await["agents"], true);
    agent.goes("away").await;
    assert_eq!(visitor.reads_a("availability").await["agents"], false);
    agent.goes("online").await;
    assert_eq!(visitor.reads_a("availability").await["agents"], true);
    agent.closes_console().await;
    assert_eq!(visitor.reads_a("availability").await["agents"], false);
}

#[tokio::test]
async fn the_console_shows_who_waits_and_what_happens() {
    let server = TestServer::start().await;
    let mut agent = server.agent("Ada").await;
    assert_eq!(agent.welcome["agent"]["name"], "Ada");
    let mut visitor = server.visitor().await;
    visitor.sends(json!({ "type": "page", "url": "https://shop.example/cart?x=y", "title": "Cart" })).await;
    let asked = visitor.asks_for_a_person().await;
    let conversation = visitor.reads_receipt(&asked).await["conversation"].as_str().unwrap().to_owned();
    let entry = agent.sees_waiting(&conversation).await;
    assert_eq!((&entry["reason"], &entry["position"]), (&json!("asked_for_agent"), &json!(1)));
    assert_eq!(entry["visitor"]["page_url"], "https://shop.example/cart");
    let claim = agent.claims(&conversation).await;
    assert_eq!(agent.reads_receipt(&claim).await["kind"], "claimed");
    agent.sees_own(&conversation).await;
    visitor.is_shown("with_agent").await;

    agent.notes(&conversation, "a nice person").await;
    let note = agent.reads_a("note").await;
    assert_eq!((&note["number"], &note["text"]), (&json!(1), &json!("a nice person")));
    let reply = agent.replies(&conversation, "Hello!").await;
    agent.reads_receipt(&reply).await;
    assert_eq!(visitor.reads_message_from("agent").await["text"], "Hello!");

    let mut colleague = server.agent("Tom").await;
    let after = note["after"].as_u64().unwrap();
    colleague.follows(&conversation, after).await;
    assert_eq!(colleague.reads_a("event").await["seq"], after + 1);
    assert_eq!(colleague.reads_a("note").await["number"], 1);
    colleague.does("claim", &conversation, json!({})).await;
    assert_eq!(colleague.is_refused().await, "already_claimed");
    colleague.replies(&conversation, "Me too").await;
    assert_eq!(colleague.is_refused().await, "not_owner");
    colleague.follows(&new_id(), 0).await;
    assert_eq!(colleague.is_refused().await, "not_found");
}

#[tokio::test]
async fn a_resent_act_of_an_agent_gives_the_same_event_or_note() {
    let server = TestServer::start().await;
    let mut agent = server.agent("Ada").await;
    let (_visitor, conversation) = server.waiting().await;
    agent.claims(&conversation).await;
    for (kind, frame) in [("reply", "event"), ("note", "note")] {
        let id = agent.does(kind, &conversation, json!({ "text": "Hello!" })).await;
        let first = agent.reads_frame_where(kind, |frame| frame["client_id"] == id).await;
        let again = json!({ "type": kind, "conversation": conversation, "client_id": id, "text": "Hello!" });
        agent.sends(again.clone()).await;
        assert_eq!(agent.reads_frame_where(frame, |frame| frame["client_id"] == id).await, first);
        let mut other = again;
        other["text"] = "Good bye!".into();
        agent.sends(other).await;
        assert_eq!(agent.is_refused().await, "id_reused");
    }
}

#[tokio::test]
async fn suggestions_come_from_agents_articles_too() {
    let server = TestServer::start().await;
    let mut agent = server.agent("Ada").await;
    let mut visitor = server.visitor().await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let id = visitor.says("when may I give a voucher").await;
    visitor.reads_receipt(&id).await;
    agent.sends(json!({ "type": "suggest", "conversation": visitor.conversation })).await;
    let suggestions = agent.reads_a("suggestions").await["suggestions"].clone();
    assert_eq!(suggestions[0]["article"], "goodwill", "{suggestions}");
    assert!(suggestions[0]["text"].as_str().unwrap().contains("marzipan"));
}

#[tokio::test]
async fn two_consoles_of_one_agent_are_one_agent() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let first = server.agent("Ada").await;
    visitor.reads_a("availability").await;
    let second = first.opens_another_window().await;
    first.closes_console().await;
    assert!(visitor.overhears().await.is_empty(), "she is still there");
    second.closes_console().await;
    assert_eq!(visitor.reads_a("availability").await["agents"], false);
    Agent::opens_console(&server, "Ada").await;
}
