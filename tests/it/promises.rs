//! What every visitor may rely on, over real sockets.

use serde_json::{Value, json};

use crate::support::{Knock, TestServer, new_id};

fn by_client_id<'a>(events: &'a [Value], id: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["client_id"] == id).collect()
}

fn numbers(events: &[Value]) -> Vec<u64> {
    events.iter().map(|event| event["seq"].as_u64().unwrap()).collect()
}

fn answers_to<'a>(events: &'a [Value], seq: &Value) -> Vec<&'a Value> {
    let is_answer = |event: &&Value| event["author"]["kind"] == "bot" && event["reply_to"] == *seq;
    events.iter().filter(is_answer).collect()
}

#[tokio::test]
async fn each_frame_has_one_receipt_on_its_first_event() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let asked = visitor.says("how long does delivery take").await;
    let answer = visitor.reads_answer().await;
    let rated = visitor.rates_answer(&answer["seq"], true).await;
    visitor.reads_answer().await;
    let requested = visitor.asks_for_a_person().await;
    visitor.reads_message_from("system").await;
    let withdrawn = visitor.withdraws().await;
    visitor.reads_message_from("system").await;
    let ended = visitor.ends().await;
    visitor.reads_event("resolved").await;
    let scored = visitor.rates_conversation(5).await;
    visitor.reads_receipt(&scored).await;
    for (id, kind) in [
        (asked, "message"),
        (rated, "answer_rated"),
        (requested, "escalated"),
        (withdrawn, "withdrawn"),
        (ended, "resolved"),
        (scored, "conversation_rated"),
    ] {
        let receipts = by_client_id(&visitor.events, &id);
        assert_eq!(receipts.len(), 1, "{kind}");
        assert_eq!(receipts[0]["kind"], kind);
    }
    assert_eq!(numbers(&visitor.events), (1..=visitor.events.len() as u64).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_frame_sent_again_gives_the_same_event_to_that_socket_alone() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let id = visitor.says("how long does delivery take").await;
    visitor.reads_answer().await;
    let first = by_client_id(&visitor.events, &id)[0].clone();
    let mut other = visitor.opens_another_window().await;

    visitor.says_as(&id, "how long does delivery take").await;
    let again = visitor.reads_a("event").await;
    assert_eq!(again, first);
    assert!(other.overhears().await.iter().all(|frame| frame["type"] != "event"), "only the sender is told");

    visitor.says_as(&id, "something else").await;
    assert_eq!(visitor.is_refused().await, "id_reused");
    let current = visitor.opens_another_window().await;
    assert_eq!(current.events.len(), 2, "nothing was stored twice");
}

#[tokio::test]
async fn sending_the_same_message_from_two_windows_at_once_stores_it_once() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks("how long does delivery take").await;
    let mut other = visitor.opens_another_window().await;
    let id = new_id();
    visitor.says_as(&id, "what does shipping cost").await;
    other.says_as(&id, "what does shipping cost").await;
    visitor.reads_answer().await;
    other.overhears().await;
    visitor.overhears().await;
    let last = visitor.opens_another_window().await;
    assert_eq!(by_client_id(&last.events, &id).len(), 1);
    assert_eq!(numbers(&last.events), [1, 2, 3, 4]);
}

#[tokio::test]
async fn whoever_comes_back_gets_exactly_what_is_missing() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks("how long does delivery take").await;
    let mut other = visitor.opens_another_window().await;
    let gone = visitor.leaves().await;
    other.asks("what does shipping cost").await;
    let back = gone.comes_back().await;
    assert_eq!(numbers(back.welcome["events"].as_array().unwrap()), [3, 4]);
    assert_eq!(back.events, other.events);
    let (token, conversation) = (back.token.clone(), back.conversation.clone());

    for (hello, expected) in [
        (json!({ "after": 3 }), vec![4]),
        (json!({ "conversation": conversation, "after": 4 }), vec![]),
        (json!({ "conversation": conversation, "after": 99 }), vec![1, 2, 3, 4]),
        (json!({ "conversation": conversation }), vec![1, 2, 3, 4]),
        (json!({ "conversation": new_id(), "after": 3 }), vec![1, 2, 3, 4]),
        (json!({ "conversation": "no id", "after": 3 }), vec![1, 2, 3, 4]),
    ] {
        let mut socket = server.visitor_socket().await;
        let mut frame = hello.clone();
        frame["type"] = "hello".into();
        frame["token"] = token.clone().into();
        socket.sends(&frame).await;
        let welcome = socket.reads_a("welcome").await;
        assert_eq!(numbers(welcome["events"].as_array().unwrap()), expected, "{hello}");
        assert_eq!(welcome["last_seq"], 4);
    }
}

#[tokio::test]
async fn a_long_conversation_comes_back_in_order_beyond_the_welcome() {
    let server = TestServer::start_with(|settings, _| {
        settings.limits.messages_per_minute = 0;
        settings.handoff.turn_budget = 0;
    })
    .await;
    let mut visitor = server.visitor().await;
    for _ in 0..120 {
        visitor.asks("hello").await;
    }
    let mut back = visitor.opens_another_window().await;
    assert_eq!(back.welcome["events"].as_array().unwrap().len(), 200);
    back.reads_event_where("the last one", |event| event["seq"] == 240).await;
    assert_eq!(back.events, visitor.events);
}

#[tokio::test]
async fn every_window_of_a_visitor_gets_every_event() {
    let server = TestServer::start().await;
    let mut first = server.visitor().await;
    let mut second = first.opens_another_window().await;
    assert_eq!(second.token, first.token);
    first.asks("how long does delivery take").await;
    second.reads_answer().await;
    second.asks("what does shipping cost").await;
    first.reads_answer().await;
    first.overhears().await;
    assert_eq!(first.events, second.events);
    let mut stranger = server.visitor().await;
    assert!(stranger.overhears().await.iter().all(|frame| frame["type"] != "event"));
}

#[tokio::test]
async fn text_stays_text() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    for text in ["<img src=x onerror=alert(1)>", "**bold** [x](javascript:alert(1))", "a\u{202e}b\u{0}c", "😀 ﷽ \r\n x"]
    {
        let id = visitor.says(text).await;
        let event = visitor.reads_receipt(&id).await;
        assert_eq!(event["text"], text);
        for block in event["blocks"].as_array().unwrap() {
            assert_eq!(block["type"], "paragraph");
            assert!(block["spans"].as_array().unwrap().iter().all(|span| span.get("href").is_none()));
        }
    }
}

#[tokio::test]
async fn every_message_that_reaches_the_bot_gets_one_answer_whatever_the_verdict() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    for text in ["how long does delivery take", "hello", "asdf qwer zxcv", "thanks"] {
        let answer = visitor.asks(text).await;
        assert_eq!(answers_to(&visitor.events, &answer["reply_to"]).len(), 1, "{text}");
    }
    visitor.asks("asdf qwer zxcv").await;
    visitor.reads_event("escalated").await;
    visitor.is_shown("waiting").await;
    let said = visitor.says("how long does delivery take").await;
    visitor.reads_receipt(&said).await;
    visitor.overhears().await;
    assert_eq!(visitor.sees().last().unwrap().0, "visitor", "the bot is silent while people are in charge");
}

#[tokio::test]
async fn messages_in_a_row_are_answered_once_each_or_together_and_none_is_left_out() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let mut ids = Vec::new();
    for text in ["hi", "how long", "does delivery take"] {
        ids.push(visitor.says(text).await);
    }
    let mut last = Value::Null;
    for id in &ids {
        last = visitor.reads_receipt(id).await["seq"].clone();
    }
    visitor.reads_event_where("the answer to the last", |event| event["reply_to"] == last).await;
    let bots: Vec<_> = visitor.events.iter().filter(|event| event["author"]["kind"] == "bot").collect();
    for (index, bot) in bots.iter().enumerate() {
        let before = index.checked_sub(1).map_or(0, |index| bots[index]["seq"].as_u64().unwrap());
        let is_between =
            |event: &&Value| (before..bot["seq"].as_u64().unwrap()).contains(&event["seq"].as_u64().unwrap());
        let asked = visitor.events.iter().filter(is_between).rfind(|event| event["author"]["kind"] == "visitor");
        assert_eq!(asked.unwrap()["seq"], bot["reply_to"], "the last message before an answer is the one replied to");
    }
}

#[tokio::test]
async fn a_token_costs_nothing_until_it_is_used_and_stays_the_same() {
    let server = TestServer::start().await;
    let opened = server.visitor().await;
    assert_eq!(opened.welcome["conversation"], Value::Null);
    let mut used = server.visitor().await;
    used.asks("how long does delivery take").await;
    let (opened, used) = (opened.leaves().await, used.leaves().await);
    let server = server.restarts().await;

    let mut fresh = opened.comes_back_to(server.address).await;
    assert_eq!(fresh.welcome["token"], fresh.token);
    assert_eq!(fresh.welcome["conversation"], Value::Null);
    fresh.asks("hello").await;
    let known = used.comes_back_to(server.address).await;
    assert_eq!(known.welcome["token"], known.token);
    assert_eq!(known.events.len(), 2);

    let mut socket = Knock::at("/ws/visitor").opens(server.address).await;
    socket.sends(&json!({ "type": "hello", "token": "not one of ours" })).await;
    assert_eq!(socket.is_closed().await, Some(4401));
}
