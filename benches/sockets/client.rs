//! Clients that open a conversation, ask, wait for the answer, ask again and leave.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Message, Utf8Bytes, client::IntoClientRequest, protocol::WebSocketConfig},
};

use crate::articles::{Asking, Questions};

/// How many questions a conversation has.
const QUESTIONS: usize = 2;
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A load on one server.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    pub(crate) address: SocketAddr,
    pub(crate) path: &'static str,
    pub(crate) sockets: usize,
    pub(crate) time: Duration,
    pub(crate) asking: Asking,
    /// Of two runs with the same seed, the second asks what the first asked.
    pub(crate) seed: u64,
}

/// What came of a load.
pub(crate) struct Measured {
    /// Milliseconds of each answer, shortest first.
    waits: Vec<f64>,
    /// How many answers came from an article.
    answered: usize,
    time: Duration,
}

impl Measured {
    pub(crate) fn per_second(&self) -> f64 {
        self.waits.len() as f64 / self.time.as_secs_f64()
    }

    pub(crate) fn count(&self) -> usize {
        self.waits.len()
    }

    /// The share of answers that came from an article.
    pub(crate) fn answered(&self) -> f64 {
        self.answered as f64 / self.waits.len() as f64
    }

    pub(crate) fn percentile(&self, share: f64) -> f64 {
        let index = ((self.waits.len() as f64 - 1.0) * share) as usize;
        self.waits.get(index).copied().unwrap_or(f64::NAN)
    }
}

/// Puts the load on the server.
///
/// # Panics
/// When anything goes unanswered: a bench of a server that fails says nothing.
pub(crate) async fn run(load: Load) -> Measured {
    let started = Instant::now();
    let clients: Vec<_> = (0..load.sockets).map(|number| tokio::spawn(client(load, number))).collect();
    let mut waits = Vec::new();
    let mut answered = 0;
    for client in clients {
        let (own, from_articles) = client.await.unwrap().unwrap();
        waits.extend(own);
        answered += from_articles;
    }
    waits.sort_by(f64::total_cmp);
    Measured { waits, answered, time: started.elapsed() }
}

/// What each answer took, and how many came from an article.
async fn client(load: Load, number: usize) -> Result<(Vec<f64>, usize), String> {
    let mut questions = Questions::new(load.asking, load.seed * 10_000 + number as u64);
    let (mut waits, mut answered) = (Vec::new(), 0);
    let end = Instant::now() + load.time;
    while Instant::now() < end {
        let mut socket = open(load).await?;
        for _ in 0..QUESTIONS {
            let question = questions.next();
            let started = Instant::now();
            answered += usize::from(ask(&mut socket, &question).await?);
            waits.push(started.elapsed().as_secs_f64() * 1e3);
        }
        socket.close(None).await.map_err(text)?;
    }
    Ok((waits, answered))
}

async fn open(load: Load) -> Result<Socket, String> {
    let mut request = format!("ws://{}{}", load.address, load.path).into_client_request().map_err(text)?;
    request.headers_mut().insert("sec-websocket-protocol", "frontdesk.v1".parse().map_err(text)?);
    let (mut socket, _) =
        connect_async_with_config(request, Some(as_lean_as_the_server()), true).await.map_err(text)?;
    send(&mut socket, "{\"type\":\"hello\"}".to_owned()).await?;
    // The echo sends hello back, which will do for a welcome.
    read(&mut socket).await?;
    Ok(socket)
}

/// The default buffers of 128 KiB would be most of what is measured.
fn as_lean_as_the_server() -> WebSocketConfig {
    WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(4096)
}

/// Asks and waits for the answer, or for the echo; true when it came from an article.
async fn ask(socket: &mut Socket, question: &str) -> Result<bool, String> {
    #[expect(clippy::disallowed_methods, reason = "a client makes its own ids")]
    let client_id = uuid::Uuid::new_v4();
    send(socket, format!("{{\"type\":\"send_message\",\"client_id\":\"{client_id}\",\"text\":\"{question}\"}}"))
        .await?;
    loop {
        let frame = read(socket).await?;
        if frame.contains("\"type\":\"error\"") {
            return Err(frame.as_str().to_owned());
        }
        if frame.contains("\"reply_to\":") || frame.contains("\"type\":\"send_message\"") {
            return Ok(frame.contains("\"sources\":[{"));
        }
    }
}

async fn send(socket: &mut Socket, frame: String) -> Result<(), String> {
    socket.send(Message::text(frame)).await.map_err(text)
}

async fn read(socket: &mut Socket) -> Result<Utf8Bytes, String> {
    loop {
        let received = tokio::time::timeout(ANSWER_WITHIN, socket.next()).await.map_err(|_| "no answer in time")?;
        match received.ok_or("closed")?.map_err(text)? {
            Message::Text(text) => return Ok(text),
            Message::Close(frame) => return Err(format!("closed: {frame:?}")),
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
        }
    }
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
