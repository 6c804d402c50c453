//! A plain WebSocket client that shows everything: statuses, frames, close codes.

use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        http::{HeaderName, HeaderValue, Response},
    },
};

use super::{PATIENCE, SILENCE, in_time};

/// What a client brings to the door.
#[derive(Debug, Clone)]
pub(crate) struct Knock {
    path: String,
    protocol: Option<String>,
    headers: Vec<(String, String)>,
}

/// An open socket.
pub(crate) struct Socket(WebSocketStream<TcpStream>);

/// What comes out of a socket.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Received {
    Frame(Value),
    /// Closed, with the code if one was given.
    Closed(Option<u16>),
}

impl Knock {
    pub(crate) fn at(path: &str) -> Self {
        Self { path: path.to_owned(), protocol: Some("frontdesk.v1".to_owned()), headers: Vec::new() }
    }

    pub(crate) fn offering(mut self, protocol: Option<&str>) -> Self {
        self.protocol = protocol.map(str::to_owned);
        self
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The open socket, or what the server said instead.
    pub(crate) async fn knocks(self, address: SocketAddr) -> Result<Socket, Response<Option<Vec<u8>>>> {
        let mut request = format!("ws://{address}{}", self.path).into_client_request().unwrap();
        let headers = request.headers_mut();
        if let Some(protocol) = &self.protocol {
            headers.insert("sec-websocket-protocol", protocol.parse().unwrap());
        }
        for (name, value) in &self.headers {
            let (name, value): (HeaderName, HeaderValue) = (name.parse().unwrap(), value.parse().unwrap());
            if name == "host" {
                headers.remove(&name);
            }
            headers.append(name, value);
        }
        let stream = in_time("a connection", TcpStream::connect(address)).await.unwrap();
        match in_time("the handshake", client_async(request, stream)).await {
            Ok((socket, _)) => Ok(Socket(socket)),
            Err(Error::Http(response)) => Err(*response),
            Err(error) => panic!("the handshake failed: {error}"),
        }
    }

    pub(crate) async fn opens(self, address: SocketAddr) -> Socket {
        self.knocks(address).await.unwrap_or_else(|response| panic!("refused: {response:?}"))
    }

    pub(crate) async fn is_refused(self, address: SocketAddr) -> u16 {
        match self.knocks(address).await {
            Ok(_) => panic!("the door opened"),
            Err(response) => response.status().as_u16(),
        }
    }
}

impl Socket {
    pub(crate) async fn sends(&mut self, frame: &Value) {
        self.sends_text(frame.to_string()).await;
    }

    pub(crate) async fn sends_text(&mut self, text: impl Into<String>) {
        self.sends_message(Message::text(text.into())).await;
    }

    /// A server that has closed already does not mind.
    pub(crate) async fn sends_message(&mut self, message: Message) {
        let _ = in_time("a frame to be sent", self.0.send(message)).await;
    }

    /// The next frame or the end. Pings are answered on the way.
    pub(crate) async fn receives(&mut self) -> Received {
        in_time("a frame", self.next()).await
    }

    async fn next(&mut self) -> Received {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return Received::Frame(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(close))) => return Received::Closed(close.map(|close| close.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Received::Closed(None),
            }
        }
    }

    /// The next frame, which must not be the end.
    pub(crate) async fn reads(&mut self) -> Value {
        match self.receives().await {
            Received::Frame(frame) => frame,
            Received::Closed(code) => panic!("closed with {code:?} instead of a frame"),
        }
    }

    /// The next frame of this type; others are skipped.
    pub(crate) async fn reads_a(&mut self, kind: &str) -> Value {
        let found = tokio::time::timeout(PATIENCE, async {
            loop {
                let frame = self.reads().await;
                if frame["type"] == kind {
                    return frame;
                }
            }
        });
        found.await.unwrap_or_else(|_| panic!("waited in vain for a frame {kind:?}"))
    }

    /// The code that the socket is closed with; frames before are skipped.
    pub(crate) async fn is_closed(&mut self) -> Option<u16> {
        loop {
            if let Received::Closed(code) = self.receives().await {
                return code;
            }
        }
    }

    /// What comes within a moment.
    pub(crate) async fn overhears(&mut self) -> Vec<Received> {
        let mut heard = Vec::new();
        while let Ok(received) = tokio::time::timeout(SILENCE, self.next()).await {
            let is_end = matches!(received, Received::Closed(_));
            heard.push(received);
            if is_end {
                break;
            }
        }
        heard
    }

    pub(crate) async fn hangs_up(mut self) {
        let _ = self.0.close(None).await;
    }

    /// The connection below, for what no client would do.
    pub(crate) fn connection(&mut self) -> &mut TcpStream {
        self.0.get_mut()
    }
}
