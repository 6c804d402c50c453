//! Clients that ask, wait for the answer and ask again.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};

/// Asked in turn; all are answered by the demo's articles.
const QUESTIONS: [&str; 8] = [
    "how long can I return my sofa",
    "when will my order arrive",
    "how do I reset my password",
    "which dimmers work with the lamp",
    "can I pay in instalments",
    "how do I oil the oak table",
    "how long is the guarantee",
    "do you deliver to France",
];
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A load on one server.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    pub(crate) address: SocketAddr,
    pub(crate) path: &'static str,
    pub(crate) sockets: usize,
    pub(crate) time: Duration,
}

/// What came of a load.
pub(crate) struct Measured {
    /// Milliseconds of each answer, shortest first.
    waits: Vec<f64>,
    time: Duration,
    pub(crate) errors: usize,
}

impl Measured {
    pub(crate) fn answered(&self) -> usize {
        self.waits.len()
    }

    pub(crate) fn per_second(&self) -> f64 {
        self.waits.len() as f64 / self.time.as_secs_f64()
    }

    pub(crate) fn percentile(&self, share: f64) -> f64 {
        let index = ((self.waits.len() as f64 - 1.0) * share) as usize;
        self.waits.get(index).copied().unwrap_or(f64::NAN)
    }
}

pub(crate) async fn run(load: Load) -> Measured {
    let clients: Vec<_> = (0..load.sockets).map(|number| tokio::spawn(client(load, number))).collect();
    let mut measured = Measured { waits: Vec::new(), time: load.time, errors: 0 };
    for client in clients {
        match client.await.unwrap() {
            Ok(waits) => measured.waits.extend(waits),
            Err(error) => {
                println!("a client failed: {error}");
                measured.errors += 1;
            }
        }
    }
    measured.waits.sort_by(f64::total_cmp);
    measured
}

async fn client(load: Load, number: usize) -> Result<Vec<f64>, String> {
    let mut socket = connect(load).await?;
    let mut waits = Vec::new();
    let end = Instant::now() + load.time;
    for question in QUESTIONS.iter().cycle().skip(number) {
        let started = Instant::now();
        if started >= end {
            break;
        }
        ask(&mut socket, question).await?;
        waits.push(started.elapsed().as_secs_f64() * 1e3);
    }
    Ok(waits)
}

async fn connect(load: Load) -> Result<Socket, String> {
    let mut request = format!("ws://{}{}", load.address, load.path).into_client_request().map_err(text)?;
    request.headers_mut().insert("sec-websocket-protocol", "frontdesk.v1".parse().map_err(text)?);
    let (mut socket, _) = connect_async(request).await.map_err(text)?;
    send(&mut socket, &json!({ "type": "hello" })).await?;
    // The echo sends hello back, which will do for a welcome.
    read(&mut socket).await?;
    Ok(socket)
}

/// Asks in a new conversation and waits for the answer, or for the echo.
async fn ask(socket: &mut Socket, question: &str) -> Result<(), String> {
    #[expect(clippy::disallowed_methods, reason = "a client makes its own ids")]
    let client_id = uuid::Uuid::new_v4();
    let frame = json!({ "type": "send_message", "client_id": client_id, "text": question, "new": true });
    send(socket, &frame).await?;
    let mut asked = Value::Null;
    loop {
        let frame = read(socket).await?;
        if frame["type"] == "send_message" {
            return Ok(());
        }
        if frame["type"] == "error" {
            return Err(frame.to_string());
        }
        if frame["client_id"] == client_id.to_string() {
            asked = frame["seq"].clone();
        }
        if !asked.is_null() && frame["reply_to"] == asked {
            return Ok(());
        }
    }
}

async fn send(socket: &mut Socket, frame: &Value) -> Result<(), String> {
    socket.send(Message::text(frame.to_string())).await.map_err(text)
}

async fn read(socket: &mut Socket) -> Result<Value, String> {
    loop {
        let received = tokio::time::timeout(ANSWER_WITHIN, socket.next()).await.map_err(|_| "no answer in time")?;
        match received.ok_or("closed")?.map_err(text)? {
            Message::Text(text) => return serde_json::from_str(&text).map_err(|error| error.to_string()),
            Message::Close(frame) => return Err(format!("closed: {frame:?}")),
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
        }
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
