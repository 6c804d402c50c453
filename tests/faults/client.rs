//! A visitor's line to the desk: as thin as can be, so that thousands fit into a test.

use std::{net::SocketAddr, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpSocket, net::TcpStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig},
};

use crate::PATIENCE;

/// What was not possible, in words.
pub(crate) type Broken = String;

pub(crate) struct Line {
    socket: WebSocketStream<TcpStream>,
}

/// A fresh id for a frame.
#[expect(clippy::disallowed_methods, reason = "tests make their own ids")]
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

impl Line {
    /// An open line of this visitor that has seen everything up to `after`, and the welcome.
    pub(crate) async fn opens(
        address: SocketAddr,
        token: Option<&str>,
        (conversation, after): (Option<&str>, u64),
    ) -> Result<(Self, Value), Broken> {
        let mut line = Self::knocks(address, 0).await?;
        let hello = json!({ "type": "hello", "token": token, "conversation": conversation, "after": after });
        line.sends(&hello).await?;
        let welcome = line.reads_a("welcome").await?;
        Ok((line, welcome))
    }

    /// A line before hello, from an address of this machine's own.
    pub(crate) async fn knocks(address: SocketAddr, from: u8) -> Result<Self, Broken> {
        let stream = timeout(PATIENCE, connect(address, from, None)).await.map_err(text)??;
        Self::over(address, stream, "/ws/visitor", &[]).await
    }

    /// An agent's line, after hello, with the cookie of their session.
    pub(crate) async fn opens_console(address: SocketAddr, cookie: &str) -> Result<Self, Broken> {
        let stream = timeout(PATIENCE, connect(address, 0, None)).await.map_err(text)??;
        let origin = format!("http://{address}");
        let mut line = Self::over(address, stream, "/ws/agent", &[("cookie", cookie), ("origin", &origin)]).await?;
        line.sends(&json!({ "type": "hello" })).await?;
        line.reads_a("welcome").await?;
        Ok(line)
    }

    /// A line whose reader's buffer is small.
    pub(crate) async fn knocks_narrow(address: SocketAddr, from: u8) -> Result<Self, Broken> {
        let stream = timeout(PATIENCE, connect(address, from, Some(4096))).await.map_err(text)??;
        Self::over(address, stream, "/ws/visitor", &[]).await
    }

    async fn over(
        address: SocketAddr,
        stream: TcpStream,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, Broken> {
        let mut request = format!("ws://{address}{path}").into_client_request().map_err(text)?;
        request.headers_mut().insert("sec-websocket-protocol", "frontdesk.v1".parse().map_err(text)?);
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().map_err(text)?);
        }
        let small = WebSocketConfig::default().read_buffer_size(2048).write_buffer_size(0);
        let opening = client_async_with_config(request, stream, Some(small));
        let (socket, _) = timeout(PATIENCE, opening).await.map_err(text)?.map_err(text)?;
        Ok(Self { socket })
    }

    pub(crate) async fn sends(&mut self, frame: &Value) -> Result<(), Broken> {
        let sending = self.socket.send(Message::text(frame.to_string()));
        timeout(PATIENCE, sending).await.map_err(text)?.map_err(text)
    }

    pub(crate) async fn says(&mut self, id: &str, words: &str) -> Result<(), Broken> {
        self.sends(&json!({ "type": "send_message", "client_id": id, "text": words })).await
    }

    /// The next frame.
    pub(crate) async fn reads(&mut self) -> Result<Value, Broken> {
        self.reads_within(PATIENCE).await
    }

    pub(crate) async fn reads_within(&mut self, patience: Duration) -> Result<Value, Broken> {
        loop {
            let received = timeout(patience, self.socket.next()).await.map_err(|_| "nothing came")?;
            match received.ok_or("closed")?.map_err(text)? {
                Message::Text(text) => return serde_json::from_str(&text).map_err(|error| error.to_string()),
                Message::Close(frame) => {
                    let code = frame.map(|frame| u16::from(frame.code));
                    return Err(format!("closed {}", code.unwrap_or_default()));
                }
                Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            }
        }
    }

    /// The next frame of this type.
    pub(crate) async fn reads_a(&mut self, kind: &str) -> Result<Value, Broken> {
        loop {
            let frame = self.reads().await?;
            if frame["type"] == kind {
                return Ok(frame);
            }
            if frame["type"] == "error" {
                return Err(frame.to_string());
            }
        }
    }

    /// Asks and gives the bot's answer.
    pub(crate) async fn asks(&mut self, words: &str) -> Result<Value, Broken> {
        let id = new_id();
        self.says(&id, words).await?;
        let mut asked = Value::Null;
        loop {
            let frame = self.reads_a("event").await?;
            if frame["client_id"] == id {
                asked = frame["seq"].clone();
            }
            if !asked.is_null() && frame["reply_to"] == asked {
                return Ok(frame);
            }
        }
    }
}

async fn connect(address: SocketAddr, from: u8, read_buffer: Option<u32>) -> Result<TcpStream, Broken> {
    let socket = TcpSocket::new_v4().map_err(text)?;
    if let Some(bytes) = read_buffer {
        socket.set_recv_buffer_size(bytes).map_err(text)?;
    }
    if from > 0 {
        socket.bind(SocketAddr::from(([127, 0, 0, from], 0))).map_err(text)?;
    }
    let stream = socket.connect(address).await.map_err(text)?;
    stream.set_nodelay(true).map_err(text)?;
    Ok(stream)
}

pub(crate) fn text(error: impl std::fmt::Display) -> Broken {
    error.to_string()
}
