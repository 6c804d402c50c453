//! The sockets' edge, table by table: who gets in, what is a frame, what is too much, and how each ends.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Agent, Knock, PATIENCE, Received, Socket, TestServer, Visitor, in_time, new_id};

const SHORT: Duration = Duration::from_millis(300);

async fn greeted(server: &TestServer) -> Socket {
    let mut socket = server.visitor_socket().await;
    socket.sends(&json!({ "type": "hello" })).await;
    socket.reads_a("welcome").await;
    socket
}

async fn error_code(socket: &mut Socket) -> String {
    socket.reads_a("error").await["code"].as_str().unwrap().to_owned()
}

fn message(text: &str) -> Value {
    json!({ "type": "send_message", "client_id": new_id(), "text": text })
}

#[tokio::test]
async fn only_our_subprotocol_gets_in() {
    let server = TestServer::start().await;
    for protocol in [None, Some("chat"), Some("frontdesk.v2"), Some("FRONTDESK.V1")] {
        let knock = Knock::at("/ws/visitor").offering(protocol);
        assert_eq!(knock.meets_refusal(server.address).await, 400, "{protocol:?}");
    }
    Knock::at("/ws/visitor").offering(Some("chat, frontdesk.v1")).opens(server.address).await;
    assert_eq!(server.answers("/ws/visitor").await.status(), 400, "without an upgrade");
}

#[tokio::test]
async fn a14_a_secret_in_the_address_is_refused() {
    let server = TestServer::start().await;
    for query in ["?token=abc", "?a=b&Token=abc", "?session=x"] {
        assert_eq!(Knock::at(&format!("/ws/visitor{query}")).meets_refusal(server.address).await, 400, "{query}");
        assert_eq!(server.answers(&format!("/api/v1/session{query}")).await.status(), 400, "{query}");
    }
}

#[tokio::test]
async fn a32_compression_is_never_agreed_on() {
    let server = TestServer::start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = format!(
        "GET /ws/visitor HTTP/1.1\r\nhost: {}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         sec-websocket-protocol: frontdesk.v1\r\nsec-websocket-extensions: permessage-deflate\r\n\r\n",
        server.address
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let head = read_head(&mut stream).await;
    assert!(head.starts_with("HTTP/1.1 101"), "{head}");
    assert!(!head.to_lowercase().contains("sec-websocket-extensions"), "{head}");
}

#[tokio::test]
async fn a06_a07_visitors_come_from_allowed_pages() {
    let server = TestServer::start_with(|settings, _| {
        settings.server.allowed_origins = vec!["https://shop.example".to_owned()];
        settings.server.public_url = "https://desk.example".to_owned();
    })
    .await;
    let own = server.origin();
    for origin in ["https://shop.example", "https://desk.example", own.as_str()] {
        let mut socket = Knock::at("/ws/visitor").with("origin", origin).opens(server.address).await;
        socket.sends(&json!({ "type": "hello" })).await;
        socket.reads_a("welcome").await;
    }
    for origin in [
        "null",
        "https://evil.example",
        "http://shop.example",
        "https://shop.example:444",
        "https://shop.example.evil.example",
        "https://evil-shop.example",
        "https://shop.example.",
        "https://shop.example@evil.example",
    ] {
        let mut socket = Knock::at("/ws/visitor").with("origin", origin).opens(server.address).await;
        socket.sends(&json!({ "type": "hello" })).await;
        assert_eq!(socket.receives().await, Received::Closed(Some(4403)), "{origin}");
    }
    let twice = Knock::at("/ws/visitor").with("origin", "https://shop.example").with("origin", "https://evil.example");
    assert_eq!(twice.opens(server.address).await.is_closed().await, Some(4403));
}

#[tokio::test]
async fn a05_agents_come_from_the_console_with_their_cookie() {
    let server = TestServer::start().await;
    let agent = server.agent("Ada").await;
    let own = server.origin();
    let knock = || Knock::at("/ws/agent").with("cookie", &agent.cookie);
    for origin in [None, Some("null"), Some("https://evil.example"), Some("http://127.0.0.1:1")] {
        let knock = origin.map_or_else(knock, |origin| knock().with("origin", origin));
        assert_eq!(knock.meets_refusal(server.address).await, 403, "{origin:?}");
    }
    for cookie in ["", "frontdesk_session=", "frontdesk_session=guess", "other=x"] {
        let knock = Knock::at("/ws/agent").with("origin", &own).with("cookie", cookie);
        assert_eq!(knock.meets_refusal(server.address).await, 403, "{cookie:?}");
    }
    assert_eq!(knock().with("origin", &own).offering(None).meets_refusal(server.address).await, 400);
    knock().with("origin", &own).opens(server.address).await;
}

#[tokio::test]
async fn a28_hello_comes_first_and_soon() {
    let server = TestServer::start_with(|_, timing| timing.hello = SHORT).await;
    let mut silent = server.visitor_socket().await;
    assert_eq!(silent.is_closed().await, Some(4408));

    let server = TestServer::start().await;
    let mut hasty = server.visitor_socket().await;
    hasty.sends(&message("hi")).await;
    assert_eq!(error_code(&mut hasty).await, "bad_frame");
    hasty.sends(&json!({ "type": "hello" })).await;
    hasty.reads_a("welcome").await;

    let mut agent = server.agent("Ada").await;
    let knock = Knock::at("/ws/agent").with("cookie", &agent.cookie).with("origin", &server.origin());
    let mut hasty = knock.opens(server.address).await;
    hasty.sends(&json!({ "type": "set_availability", "availability": "away" })).await;
    assert_eq!(error_code(&mut hasty).await, "bad_frame");
    agent.goes("away").await;
    agent.reads_a("presence").await;
}

#[tokio::test]
async fn only_our_own_tokens_are_known() {
    let server = TestServer::start().await;
    let visitor = server.visitor().await;
    let mut changed = visitor.token.clone();
    changed.replace_range(2..3, if changed[2..3] == *"A" { "B" } else { "A" });
    for token in ["", "nonsense", changed.as_str()] {
        let mut socket = server.visitor_socket().await;
        socket.sends(&json!({ "type": "hello", "token": token })).await;
        assert_eq!(socket.is_closed().await, Some(4401), "{token:?}");
    }
    let mut socket = server.visitor_socket().await;
    socket.sends(&json!({ "type": "hello", "token": visitor.token })).await;
    assert_eq!(socket.reads_a("welcome").await["token"], *visitor.token, "a token does not rotate");
    let mut nobody = server.visitor_socket().await;
    nobody.sends(&json!({ "type": "hello", "token": null, "after": null })).await;
    nobody.reads_a("welcome").await;
}

#[tokio::test]
async fn a_new_visitor_is_welcomed_as_the_contract_says() {
    let server = TestServer::start().await;
    let visitor = Visitor::arrives_speaking(server.address, "de-AT").await;
    let welcome = &visitor.welcome;
    assert_eq!(welcome["conversation"], Value::Null);
    assert_eq!((&welcome["last_seq"], &welcome["events"]), (&json!(0), &json!([])));
    assert_eq!(welcome["status"], json!({ "status": "with_bot" }));
    assert_eq!(welcome["availability"], json!({ "agents": false }));
    let settings = &welcome["settings"];
    assert_eq!((&settings["kept_days"], &settings["message_chars"]), (&json!(30), &json!(4000)));
    assert!(settings["articles"].as_u64().unwrap() > 10, "{settings}");
    let popular = settings["popular"].as_array().unwrap();
    assert!(popular.len() == 4 && popular.iter().all(|one| one["article"] != "goodwill"), "{popular:?}");
    assert!(settings["disclosure"].as_str().unwrap().contains("Bot"), "in German: {settings}");
}

#[tokio::test]
async fn a31_bad_frames_are_answered_and_the_fifth_ends_it() {
    let server = TestServer::start().await;
    let deep = format!("{}{}", "[".repeat(8000), "]".repeat(8000));
    let id = new_id();
    let table = [
        ("not JSON".to_owned(), "bad_frame"),
        (String::new(), "bad_frame"),
        ("[]".to_owned(), "bad_frame"),
        ("null".to_owned(), "bad_frame"),
        (r#"{"type":7}"#.to_owned(), "bad_frame"),
        (r#"{"type":"send_message"}"#.to_owned(), "bad_frame"),
        (r#"{"type":"send_message","client_id":"no-uuid","text":"x"}"#.to_owned(), "bad_frame"),
        (format!(r#"{{"type":"send_message","client_id":"{id}","text":7}}"#), "bad_frame"),
        (format!(r#"{{"type":"send_message","client_id":"{id}","text":"\ud800"}}"#), "bad_frame"),
        (format!(r#"{{"type":"rate_answer","client_id":"{id}","seq":1e400,"helpful":true}}"#), "bad_frame"),
        (format!(r#"{{"type":"rate_answer","client_id":"{id}","seq":-1,"helpful":true}}"#), "bad_frame"),
        (format!(r#"{{"type":"rate_answer","client_id":"{id}","seq":NaN,"helpful":true}}"#), "bad_frame"),
        (deep, "bad_frame"),
        (r#"{"type":"claim"}"#.to_owned(), "unknown_type"),
        (r#"{"type":"dance"}"#.to_owned(), "unknown_type"),
        (r#"{"type":"attributes","attributes":{"a":"b","c":{}}}"#.to_owned(), "bad_frame"),
    ];
    for chunk in table.chunks(4) {
        let mut socket = greeted(&server).await;
        for (text, code) in chunk {
            socket.sends_text(text.clone()).await;
            assert_eq!(error_code(&mut socket).await, *code, "{text:.80}");
        }
        socket.sends_message(Message::binary(b"{}".to_vec())).await;
        assert_eq!(error_code(&mut socket).await, "bad_frame", "binary");
        if chunk.len() == 4 {
            assert_eq!(socket.is_closed().await, Some(4400));
        }
    }
    let mut visitor = server.visitor().await;
    visitor.asks("opening hours").await;
}

#[tokio::test]
async fn a_refused_text_is_no_bad_frame() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    for _ in 0..6 {
        visitor.says(" \n\t").await;
        assert_eq!(visitor.is_refused().await, "empty_text");
        visitor.says(&"ü".repeat(4001)).await;
        assert_eq!(visitor.is_refused().await, "message_too_long");
        visitor.withdraws().await;
        assert_eq!(visitor.is_refused().await, "not_found");
    }
    let id = visitor.says(&"ü ".repeat(2000)).await;
    visitor.reads_receipt(&id).await;
}

#[tokio::test]
async fn an_error_names_its_frame() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let id = visitor.does("rate_answer", json!({ "seq": 1, "helpful": true })).await;
    assert_eq!(visitor.reads_a("error").await["client_id"], id);
}

#[tokio::test]
async fn a29_a_frame_that_is_too_large_has_its_own_code() {
    let server = TestServer::start().await;
    for size in [16_385, 200_000, 3_000_000] {
        let mut socket = greeted(&server).await;
        socket.sends_text("x".repeat(size)).await;
        assert_eq!(socket.is_closed().await, Some(1009), "{size}");
    }
    let mut socket = greeted(&server).await;
    socket.sends_text(format!("{:16384}", "{}")).await;
    assert_eq!(error_code(&mut socket).await, "bad_frame", "as large as may be");

    let server = TestServer::start_with(|settings, _| settings.limits.frame_bytes = 0).await;
    let mut socket = greeted(&server).await;
    socket.sends_text(format!("{{}}{}", " ".repeat(1_000_000))).await;
    assert_eq!(error_code(&mut socket).await, "bad_frame", "without a limit");
}

#[tokio::test]
async fn a30_broken_frames_end_the_connection_and_nothing_else() {
    let server = TestServer::start().await;
    let table: [(&str, Vec<u8>); 8] = [
        ("unmasked", vec![0x81, 0x02, b'{', b'}']),
        ("reserved bit", vec![0xc1, 0x80, 0, 0, 0, 0]),
        ("reserved opcode", vec![0x83, 0x80, 0, 0, 0, 0]),
        ("oversized control frame", [vec![0x89, 0xfe, 0x00, 0x7e, 0, 0, 0, 0], vec![0; 126]].concat()),
        ("fragmented control frame", vec![0x09, 0x80, 0, 0, 0, 0]),
        ("length of 2^63 - 1", vec![0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
        ("bad UTF-8", vec![0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]),
        ("continuation of nothing", vec![0x80, 0x80, 0, 0, 0, 0]),
    ];
    for (what, bytes) in table {
        let mut socket = greeted(&server).await;
        socket.connection().write_all(&bytes).await.unwrap();
        socket.is_closed().await;
        assert!(what.len() > 3 && server.answers("/healthz").await.status() == 200, "{what}");
    }
    greeted(&server).await;
}

#[tokio::test]
async fn pings_come_and_whoever_does_not_answer_is_gone() {
    let server = TestServer::start_with(|_, timing| (timing.ping, timing.pong) = (SHORT, SHORT)).await;
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
    assert_eq!(elsewhere(&server, 1).await.is_closed().await, Some(1013), "from one address");
    let third = elsewhere(&server, 2).await;
    let fourth = elsewhere(&server, 3).await;
    assert_eq!(elsewhere(&server, 4).await.is_closed().await, Some(1013), "before hello");
    first.sends(&json!({ "type": "hello" })).await;
    let token = first.reads_a("welcome").await["token"].clone();
    let mut fifth = elsewhere(&server, 4).await;
    fifth.sends(&json!({ "type": "hello", "token": token })).await;
    assert_eq!(fifth.is_closed().await, Some(1013), "of one visitor");
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
        closed += usize::from(socket.receives().await == Received::Closed(Some(1013)));
    }
    assert!(closed >= 1, "{closed}");
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
    let mut visitor = server.visitor().await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let conversation = visitor.conversation.clone().unwrap();
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
async fn a08_a_foreign_conversation_is_as_good_as_none() {
    let server = TestServer::start().await;
    let mut victim = server.visitor().await;
    victim.asks("opening hours").await;
    let mut thief = server.visitor().await;
    for conversation in [victim.conversation.clone().unwrap(), new_id(), "nonsense".to_owned()] {
        thief.sends(json!({ "type": "hello", "token": thief.token, "conversation": conversation, "after": 0 })).await;
        let welcome = thief.reads_a("welcome").await;
        assert_eq!((&welcome["conversation"], &welcome["events"]), (&Value::Null, &json!([])));
        for (kind, mut fields) in [
            ("rate_answer", json!({ "seq": 2, "helpful": false })),
            ("rate_conversation", json!({ "score": 1 })),
            ("end", json!({})),
            ("withdraw", json!({})),
        ] {
            fields["conversation"] = conversation.clone().into();
            fields["visitor"] = victim.token.clone().into();
            thief.does(kind, fields).await;
            assert_eq!(thief.is_refused().await, "not_found", "{kind}");
        }
    }
    assert!(victim.overhears().await.is_empty());
}

#[tokio::test]
async fn a11_fields_that_are_the_servers_are_ignored() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let id = new_id();
    let frame = json!({
        "type": "send_message", "client_id": id, "text": "opening hours",
        "author": { "kind": "agent", "name": "Eve" }, "seq": 99, "at": "2000-01-01T00:00:00Z", "role": "administrator",
    });
    visitor.sends(frame).await;
    let event = visitor.reads_receipt(&id).await;
    assert_eq!((&event["author"]["kind"], &event["seq"]), (&json!("visitor"), &json!(1)));
    assert!(!event["at"].as_str().unwrap().starts_with("2000"));
}

#[tokio::test]
async fn identities_are_vouched_for_or_not_verified() {
    let server = TestServer::start_with(|settings, _| settings.identity.secrets = vec!["s".to_owned()]).await;
    let mut agent = server.agent("Ada").await;
    let identity = json!({ "name": "Eve", "email": "eve@shop.example", "attributes": { "plan": "pro" } });
    let mut visitor = Visitor::says_hello(server.address, json!({ "identity": identity })).await;
    visitor.sends(json!({ "type": "identify", "identity": { "token": "a.b.c" } })).await;
    assert_eq!(visitor.is_refused().await, "bad_frame");
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let entry = agent.sees_waiting(visitor.conversation.as_ref().unwrap()).await;
    assert_eq!((&entry["visitor"]["name"], &entry["visitor"]["verified"]), (&json!("Eve"), &json!(false)));
}

async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    in_time("an answer", async {
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
    })
    .await;
    String::from_utf8(head).unwrap()
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
