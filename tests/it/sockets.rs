//! The sockets' edge, table by table: who gets in, what is a frame, what is too much, and how each ends.

mod console;
mod door;
mod frames;
mod lifetime;
mod limits;

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Socket, TestServer, new_id};

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
