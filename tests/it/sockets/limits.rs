//! How much is too much, and when to come back.

use std::time::Duration;

use serde_json::{Value, json};

use super::{error_code, greeted, message};
use crate::support::{Knock, Received, Socket, TestServer, in_time};

#[tokio::test]
async fn a23_flooding_is_refused_and_then_ended() {
    let server = TestServer::start_with(|settings, _| settings.limits.messages_per_minute = 30).await;
    let mut flooder = greeted(&server).await;
    for _ in 0..8 {
        flooder.sends(&message("hello again")).await;
    }
    let mut limited = 0;
    let code = loop {
        match flooder.receives().await {
            Received::Frame(frame) if frame["code"] == "rate_limited" => {
                assert!(frame["retry_after_s"].as_u64() >= Some(1) && frame["client_id"].is_string(), "{frame}");
                limited += 1;
            }
            Received::Frame(_) => {}
            Received::Closed(code) => break code,
        }
    };
    assert_eq!((limited, code), (3, Some(4429)));
    server.visitor().await.asks("opening hours").await;
}

#[tokio::test]
async fn the_limit_is_the_visitors_not_the_sockets() {
    let server = TestServer::start_with(|settings, _| settings.limits.messages_per_minute = 30).await;
    let mut first = server.visitor().await;
    for _ in 0..5 {
        first.says("hello").await;
    }
    first.reads_answer().await;
    let mut second = first.opens_another_window().await;
    second.says("hello").await;
    assert_eq!(second.is_refused().await, "rate_limited");
}

#[tokio::test]
async fn a24_new_visitors_of_one_address_are_counted() {
    let server = TestServer::start_with(|settings, _| settings.limits.visitors_per_minute = 2).await;
    let first = server.visitor().await;
    server.visitor().await;
    let mut third = server.visitor_socket().await;
    third.sends(&json!({ "type": "hello" })).await;
    assert_eq!(error_code(&mut third).await, "rate_limited");
    assert_eq!(third.is_closed().await, Some(4429));
    first.opens_another_window().await;
    let mut elsewhere = elsewhere(&server, 7).await;
    elsewhere.sends(&json!({ "type": "hello" })).await;
    assert_eq!(error_code(&mut elsewhere).await, "rate_limited", "a forged header changes nothing");
}

#[tokio::test]
async fn conversations_and_escalations_are_counted() {
    let server = TestServer::start_with(|settings, _| {
        settings.limits.conversations_per_hour = 2;
        settings.limits.escalations_per_hour = 1;
    })
    .await;
    let mut visitor = server.visitor().await;
    visitor.asks_for_a_person().await;
    visitor.is_shown("waiting").await;
    visitor.withdraws().await;
    visitor.is_shown("with_bot").await;
    visitor.asks_for_a_person().await;
    assert_eq!(visitor.is_refused().await, "rate_limited");
    visitor.starts_anew("opening hours").await;
    visitor.reads_answer().await;
    visitor.starts_anew("opening hours").await;
    assert_eq!(visitor.is_refused().await, "rate_limited");
}

#[tokio::test]
async fn sockets_are_counted() {
    let server = TestServer::start_with(|settings, _| {
        settings.server.trusted_proxies = vec!["127.0.0.1".to_owned()];
        settings.limits.connections_per_address = 2;
        settings.limits.connections_per_visitor = 1;
        settings.limits.unauthenticated_connections = 4;
        settings.limits.max_connections = 6;
    })
    .await;
    let mut first = elsewhere(&server, 1).await;
    let second = elsewhere(&server, 1).await;
    assert!(is_sent_away(elsewhere(&server, 1).await).await, "from one address");
    let third = elsewhere(&server, 2).await;
    let fourth = elsewhere(&server, 3).await;
    assert!(is_sent_away(elsewhere(&server, 4).await).await, "before hello");
    first.sends(&json!({ "type": "hello" })).await;
    let token = first.reads_a("welcome").await["token"].clone();
    let mut fifth = elsewhere(&server, 4).await;
    fifth.sends(&json!({ "type": "hello", "token": token })).await;
    assert!(is_sent_away(fifth).await, "of one visitor");
    wait_until_there_are(&server, 4).await;

    let mut held = vec![first, second, third, fourth];
    for socket in &mut held {
        socket.sends(&json!({ "type": "hello" })).await;
        socket.reads_a("welcome").await;
    }
    held.push(elsewhere(&server, 5).await);
    held.push(elsewhere(&server, 6).await);
    let refused = Knock::at("/ws/visitor").knocks(server.address).await.err().unwrap();
    let retry_after: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert_eq!((refused.status().as_u16(), (1..=10).contains(&retry_after)), (503, true));
    assert_eq!(server.answers("/healthz").await.status(), 200);
    server.agent("Ada").await;
    drop(held);
    wait_until_there_are(&server, 0).await;
    elsewhere(&server, 1).await;
}

#[tokio::test]
async fn handshakes_are_counted_by_the_second() {
    let server = TestServer::start_with(|settings, _| settings.limits.handshakes_per_second = 3).await;
    let mut closed = 0;
    for _ in 0..6 {
        let mut socket = server.visitor_socket().await;
        socket.sends(&json!({ "type": "hello" })).await;
        match socket.reads().await {
            frame if frame["type"] == "error" => {
                closed += usize::from(is_told_when(&frame) && has_no_room(&mut socket).await);
            }
            welcome => assert_eq!(welcome["type"], "welcome"),
        }
    }
    assert!(closed >= 1, "{closed}");
}

/// Whether a refusal says when to come back.
fn is_told_when(refusal: &Value) -> bool {
    refusal["code"] == "rate_limited" && (1..=10).contains(&refusal["retry_after_s"].as_u64().unwrap_or(0))
}

async fn has_no_room(socket: &mut Socket) -> bool {
    socket.receives().await == Received::Closed(Some(1013))
}

/// Whether the socket is refused for now, in time and in words.
async fn is_sent_away(mut socket: Socket) -> bool {
    let refusal = socket.reads().await;
    is_told_when(&refusal) && has_no_room(&mut socket).await
}

/// A socket that a trusted proxy says comes from somewhere else.
async fn elsewhere(server: &TestServer, number: u8) -> Socket {
    let forwarded = format!("10.9.9.9, 203.0.113.{number}");
    Knock::at("/ws/visitor").with("x-forwarded-for", &forwarded).opens(server.address).await
}

/// Sockets are given back when their connections end, a moment after their clients have gone.
async fn wait_until_there_are(server: &TestServer, count: u32) {
    let line = format!("frontdesk_sockets {count}");
    in_time(&line, async {
        while server.measures("frontdesk_sockets ").await != [line.clone()] {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}
