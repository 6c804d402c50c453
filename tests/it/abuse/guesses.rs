//! Guessing ids, passwords and addresses, and asking for too much.

use reqwest::Client;
use serde_json::json;

use crate::support::{Knock, TestServer, Visitor, new_id};

#[tokio::test]
async fn a09_ids_cannot_be_guessed_and_a_guess_tells_nothing() {
    let server = TestServer::start().await;
    let mut victim = server.visitor().await;
    victim.asks("opening hours").await;
    let real = victim.conversation.clone().unwrap();
    assert_eq!(uuid::Uuid::parse_str(&real).unwrap().get_version_num(), 7);
    let thief = server.visitor().await;
    let mut answers = Vec::new();
    for conversation in [real, new_id()] {
        let hello = json!({ "token": thief.token, "conversation": conversation, "after": 0 });
        let mut welcome = Visitor::says_hello(server.address, hello).await.welcome;
        welcome["token"].take();
        answers.push(welcome);
    }
    assert_eq!(answers[0], answers[1], "a foreign id is as good as none");
}

#[tokio::test]
async fn a18_guesses_do_not_lock_the_agent_out_elsewhere() {
    let server = TestServer::start_with(|settings, _| {
        settings.server.trusted_proxies = vec!["127.0.0.1".to_owned()];
    })
    .await;
    let mut agent = server.agent("Ada").await;
    let guess = async |from: &str, password: &str| {
        let body = json!({ "email": "ada@desk.example", "password": password });
        let request = Client::new().post(server.url("/api/v1/session")).header("x-forwarded-for", from).json(&body);
        request.send().await.unwrap().status().as_u16()
    };
    for _ in 0..5 {
        assert_eq!(guess("203.0.113.9", "wrong password").await, 401);
    }
    assert_eq!(guess("203.0.113.9", crate::support::PASSWORD).await, 429);
    assert_eq!(guess("198.51.100.7", crate::support::PASSWORD).await, 204);
    agent.goes("away").await;
    agent.reads_a("presence").await;
}

#[tokio::test]
async fn a25_escalations_are_few_and_say_when_to_come_back() {
    let server = TestServer::start_with(|settings, _| settings.limits.escalations_per_hour = 3).await;
    let mut visitor = server.visitor().await;
    for _ in 0..3 {
        visitor.asks_for_a_person().await;
        visitor.is_shown("waiting").await;
        visitor.withdraws().await;
        visitor.is_shown("with_bot").await;
    }
    visitor.asks_for_a_person().await;
    let refusal = visitor.reads_a("error").await;
    assert_eq!(refusal["code"], "rate_limited");
    assert!(refusal["retry_after_s"].as_u64() > Some(60), "{refusal}");
}

#[tokio::test]
async fn a26_a_forged_address_changes_nothing() {
    let server = TestServer::start_with(|settings, _| settings.limits.connections_per_address = 2).await;
    let mut held = Vec::new();
    for number in 0..2 {
        let forged = format!("203.0.113.{number}");
        held.push(Knock::at("/ws/visitor").with("x-forwarded-for", &forged).opens(server.address).await);
    }
    let mut third = Knock::at("/ws/visitor").with("x-forwarded-for", "203.0.113.7").opens(server.address).await;
    assert_eq!(third.is_closed().await, Some(1013));
}
