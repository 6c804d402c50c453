//! The floor: axum echoing text frames, with the desk's socket settings.

use std::process::Command;

use axum::{
    Router,
    extract::ws::{Message, WebSocket, WebSocketUpgrade},
    response::Response,
    routing::get,
};

use crate::process::Process;

/// What the bench is told in order to be the echo.
const ROLE: &str = "--echo";

/// Starts the echo.
pub(crate) async fn start() -> Process {
    Process::start(|address| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([ROLE, &address.to_string()]);
        command
    })
    .await
}

/// Where to be the echo, if that is what this process is for.
pub(crate) fn role() -> Option<String> {
    std::env::args().skip_while(|argument| argument != ROLE).nth(1)
}

/// Echoes for ever.
pub(crate) async fn serve(address: &str) {
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    axum::serve(listener, Router::new().route("/echo", get(upgrade))).await.unwrap();
}

async fn upgrade(upgrade: WebSocketUpgrade) -> Response {
    upgrade.read_buffer_size(4096).write_buffer_size(4096).protocols(["frontdesk.v1"]).on_upgrade(echo)
}

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if let Message::Text(text) = message
            && socket.send(Message::Text(text)).await.is_err()
        {
            return;
        }
    }
}
