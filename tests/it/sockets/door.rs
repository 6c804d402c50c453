//! Who gets in, and how the door is opened.

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{SHORT, error_code, message};
use crate::support::{Knock, Received, TestServer, Visitor, in_time, new_id};

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
    let own = victim.conversation.clone();
    victim.sends(json!({ "type": "hello", "token": victim.token, "conversation": own, "after": 0 })).await;
    victim.reads_a("welcome").await;
    let counted = server.measures("frontdesk_refusals_total{reason=\"foreign\"}").await;
    assert_eq!(counted, ["frontdesk_refusals_total{reason=\"foreign\"} 3"], "one for each that was not the thief's");
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
