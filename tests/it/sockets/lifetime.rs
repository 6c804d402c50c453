//! Signs of life, coming back, and the ways a socket ends.

use serde_json::json;
use tokio::io::AsyncReadExt;

use super::{SHORT, greeted};
use crate::support::{Knock, PATIENCE, TestServer, in_time, new_id};

#[tokio::test]
async fn pings_come_and_whoever_does_not_answer_is_gone() {
    let server = TestServer::start_with(|_, timing| {
        (timing.ping, timing.agent_ping, timing.pong) = (SHORT, SHORT, SHORT);
    })
    .await;
    let mut visitor = server.visitor().await;
    let answer = visitor.asks("opening hours").await;
    for _ in 0..3 {
        assert_eq!(visitor.reads_a("ping").await["last_seq"], answer["seq"]);
    }
    let mut agent = server.agent("Ada").await;
    agent.reads_a("ping").await;

    let mut mute = greeted(&server).await;
    // Nobody reads, so nobody answers the ping.
    let mut byte = [0];
    let closed = in_time("the connection to be closed", async {
        while mute.connection().read(&mut byte).await.unwrap_or(0) > 0 {}
    });
    closed.await;
}

#[tokio::test]
async fn a_second_hello_gives_what_is_missing() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks("opening hours").await;
    let hello = json!({ "type": "hello", "token": visitor.token, "conversation": visitor.conversation, "after": 1 });
    visitor.sends(hello).await;
    let welcome = visitor.reads_a("welcome").await;
    let seqs: Vec<_> = welcome["events"].as_array().unwrap().iter().map(|event| event["seq"].clone()).collect();
    assert_eq!(seqs.first(), Some(&json!(2)), "{welcome}");
    assert_eq!(welcome["last_seq"], *seqs.last().unwrap());
}

#[tokio::test]
async fn hello_counts_from_where_the_visitor_is() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks("opening hours").await;
    let last = visitor.events.len() as u64;
    let (conversation, other) = (visitor.conversation.clone(), new_id());
    let table = [
        (json!({ "conversation": conversation, "after": last }), 0),
        (json!({ "conversation": conversation, "after": 1 }), last - 1),
        (json!({ "conversation": conversation, "after": 0 }), last),
        (json!({ "conversation": conversation }), last),
        (json!({ "conversation": conversation, "after": last + 1 }), last),
        (json!({ "conversation": other, "after": last }), last),
        (json!({ "conversation": "nonsense", "after": last }), last),
        (json!({}), last),
    ];
    for (hello, count) in table {
        let mut frame = hello.clone();
        (frame["type"], frame["token"]) = ("hello".into(), visitor.token.clone().into());
        let mut window = server.visitor_socket().await;
        window.sends(&frame).await;
        let welcome = window.reads_a("welcome").await;
        let seqs: Vec<_> = welcome["events"].as_array().unwrap().iter().map(|event| &event["seq"]).collect();
        assert_eq!(seqs, (last - count + 1..=last).collect::<Vec<_>>(), "{hello}");
        assert_eq!(welcome["last_seq"], last, "{hello}");
        assert_eq!(welcome["conversation"].as_str(), conversation.as_deref(), "{hello}");
    }
}

#[tokio::test]
async fn a_long_conversation_comes_in_pages() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let mut last = String::new();
    for number in 0..450 {
        last = visitor.says(&format!("message {number}")).await;
        if number % 50 == 0 {
            visitor.reads_receipt(&last).await;
        }
    }
    visitor.reads_receipt(&last).await;
    let count = visitor.events.len();
    let mut window = visitor.opens_another_window().await;
    assert_eq!(window.events.len(), 200);
    window.reads_receipt(&last).await;
    assert_eq!(window.events.len(), count);
    assert!(window.overhears().await.iter().all(|frame| frame["type"] != "event"));
}

#[tokio::test]
async fn a33_whoever_does_not_read_is_left() {
    let server = TestServer::start_with(|_, timing| timing.write = SHORT).await;
    let mut talker = server.visitor().await;
    let mut deaf = Knock::at("/ws/visitor").opens(server.address).await;
    deaf.sends(&json!({ "type": "hello", "token": talker.token })).await;
    talker.asks_for_a_person().await;
    talker.is_shown("waiting").await;
    let text = "long ".repeat(790);
    let both = |lines: &[String]| lines == ["frontdesk_sockets 2"];
    let left = async {
        while both(&server.measures("frontdesk_sockets ").await) {
            let id = talker.says(&text).await;
            talker.reads_receipt(&id).await;
        }
    };
    tokio::time::timeout(6 * PATIENCE, left).await.expect("the deaf socket to be closed");
    let id = talker.says("still here").await;
    talker.reads_receipt(&id).await;
}

#[tokio::test]
async fn a_stopping_server_says_come_back() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let mut agent = server.agent("Ada").await;
    visitor.asks("opening hours").await;
    let stopped = server.stops().await;
    assert_eq!(visitor.is_closed().await, Some(1012));
    assert_eq!(agent.is_closed().await, Some(1012));
    let server = stopped.starts().await;
    let again = visitor.leaves().await.comes_back_to(server.address).await;
    assert_eq!(again.events.len() as u64, again.welcome["last_seq"].as_u64().unwrap());
}
