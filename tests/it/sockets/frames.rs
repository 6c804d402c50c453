//! What is a frame and what is not, and whose fields count.

use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio_tungstenite::tungstenite::Message;

use super::{error_code, greeted};
use crate::support::{TestServer, new_id};

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
async fn a04_a_refused_text_is_no_bad_frame() {
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
