//! Echoes every message over sockets like the desk's. `scripts/conformance` runs a protocol checker against it.
//!
//! `echo 127.0.0.1:9001`

use anyhow::Context as _;
use axum::{
    Router,
    extract::ws::{Message, WebSocket, WebSocketUpgrade},
    response::Response,
    routing::get,
};
use frontdesk::{config::Limits, server};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let address = std::env::args().nth(1).context("where to listen, like 127.0.0.1:9001")?;
    let listener = server::bind(&address)?;
    server::serve_alone(listener, Router::new().route("/", get(echo))).await;
    Ok(())
}

/// Frames are as large as a setting without a limit lets them be: the checker sends some of 64 KiB.
async fn echo(upgrade: WebSocketUpgrade) -> Response {
    let limits = Limits { frame_bytes: 0, ..Limits::default() };
    server::bounded(upgrade, &limits).on_upgrade(answer)
}

async fn answer(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        let is_said = matches!(message, Message::Text(_) | Message::Binary(_));
        if is_said && socket.send(message).await.is_err() {
            return;
        }
    }
}
