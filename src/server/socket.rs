//! One peer on a WebSocket, visitor or agent: frames in and out, signs of life, and the ways it ends.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use futures_util::SinkExt;
use serde::Serialize;
use tokio::time::{Instant, timeout};
use tracing::debug;

use crate::{
    clock::jitter,
    config::Limits,
    protocol::{SUBPROTOCOL, close},
    server::{connection::Peer, timing::Timing},
};

const READ_BUFFER: usize = 4 * 1024;
const WRITE_BUFFER: usize = 4 * 1024;
const MOST_UNWRITTEN: usize = 256 * 1024;
/// The largest frame where the settings have no limit.
const LARGEST_FRAME: usize = 1024 * 1024;
/// One bad frame may be a mistake; so many are none.
const BAD_FRAMES: u8 = 5;
const FAREWELL: Duration = Duration::from_secs(1);

/// Why a socket's task ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The peer has left, or does not answer.
    Gone,
    /// The server closes it with this code and reason.
    Close(u16, &'static str),
}

/// What a peer did.
#[derive(Debug)]
pub(crate) enum Incoming {
    /// Sent a frame.
    Text(Utf8Bytes),
    /// Sent something that is no frame.
    Binary,
    /// Showed that it is there.
    SignOfLife,
}

/// A peer's socket.
#[derive(Debug)]
pub(crate) struct Socket {
    stream: WebSocket,
    peer: Peer,
    timing: Timing,
    bad_frames: u8,
    next_ping: Instant,
    pong_by: Option<Instant>,
    /// Whether frames wait to be written.
    is_unwritten: bool,
}

/// The upgrade with our subprotocol and limits; `None` when the client does not offer the subprotocol.
pub(crate) fn configured(upgrade: WebSocketUpgrade, limits: &Limits) -> Option<WebSocketUpgrade> {
    let upgrade = upgrade.protocols([SUBPROTOCOL]);
    upgrade.selected_protocol()?;
    Some(bounded(upgrade, limits))
}

/// The upgrade with small buffers and a largest frame: what every socket of the desk has, whatever is said on it.
pub fn bounded(upgrade: WebSocketUpgrade, limits: &Limits) -> WebSocketUpgrade {
    let most = if limits.frame_bytes == 0 { LARGEST_FRAME } else { limits.frame_bytes as usize };
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MOST_UNWRITTEN)
        .max_message_size(most)
        .max_frame_size(most)
}

impl Socket {
    pub(crate) fn new(stream: WebSocket, peer: Peer, timing: Timing) -> Self {
        let first = jitter(timing.ping.as_millis() as u64);
        let next_ping = Instant::now() + Duration::from_millis(first);
        Self { stream, peer, timing, bad_frames: 0, next_ping, pong_by: None, is_unwritten: false }
    }

    /// What the peer does next. Cancel safe.
    pub(crate) async fn receive(&mut self) -> Result<Incoming, Ended> {
        let message = self.stream.recv().await.ok_or(Ended::Gone)?;
        let incoming = match message.map_err(|error| ended_by(&error))? {
            Message::Text(text) => Incoming::Text(text),
            Message::Binary(_) => Incoming::Binary,
            Message::Ping(_) | Message::Pong(_) => Incoming::SignOfLife,
            Message::Close(_) => return Err(Ended::Gone),
        };
        self.pong_by = None;
        Ok(incoming)
    }

    /// Puts a frame with those that go out together, at the latest before the peer is listened to again.
    pub(crate) async fn send<F: Serialize>(&mut self, frame: &F) -> Result<(), Ended> {
        match serde_json::to_string(frame) {
            Ok(text) => self.write(Message::text(text)).await,
            Err(error) => {
                tracing::error!(%error, "a frame cannot be written as JSON");
                Err(Ended::Close(close::RESTART, "please come back"))
            }
        }
    }

    /// Sends text that is a frame already.
    pub(crate) async fn send_text(&mut self, text: String) -> Result<(), Ended> {
        self.write(Message::text(text)).await
    }

    async fn write(&mut self, message: Message) -> Result<(), Ended> {
        self.is_unwritten = true;
        in_time(self.timing.write, self.stream.feed(message)).await
    }

    /// Writes what was sent, if the peer reads it in time: many frames, one call of the system.
    pub(crate) async fn flush(&mut self) -> Result<(), Ended> {
        if !std::mem::take(&mut self.is_unwritten) {
            return Ok(());
        }
        in_time(self.timing.write, self.stream.flush()).await
    }

    /// Counts a bad frame; the fifth ends the socket.
    pub(crate) fn count_bad_frame(&mut self) -> Result<(), Ended> {
        self.bad_frames += 1;
        if self.bad_frames >= BAD_FRAMES {
            return Err(Ended::Close(close::BAD_FRAMES, "too many bad frames"));
        }
        Ok(())
    }

    /// When the socket has something to do by itself.
    pub(crate) fn next_beat(&self) -> Instant {
        self.pong_by.unwrap_or(self.next_ping).min(self.next_ping)
    }

    /// Whether a `ping` frame is due; a peer that has not answered the last one is gone.
    pub(crate) fn beat(&mut self, now: Instant) -> Result<bool, Ended> {
        if self.pong_by.is_some_and(|by| by <= now) {
            debug!("no sign of life");
            return Err(Ended::Gone);
        }
        Ok(self.next_ping <= now)
    }

    /// Sends a `ping` frame, and the WebSocket's own ping that the peer must answer.
    pub(crate) async fn ping<F: Serialize>(&mut self, frame: &F) -> Result<(), Ended> {
        self.send(frame).await?;
        self.write(Message::Ping(axum::body::Bytes::new())).await?;
        let now = Instant::now();
        self.next_ping = now + self.timing.ping;
        self.pong_by = Some(now + self.timing.pong);
        Ok(())
    }

    /// The peer was not listened to for a while: its silence says nothing.
    pub(crate) fn excuse_silence(&mut self) {
        self.pong_by = self.pong_by.map(|by| by.max(Instant::now() + self.timing.pong));
    }

    /// Says why and waits a moment for the peer to have heard it.
    pub(crate) async fn end(mut self, ended: Ended) {
        let Ended::Close(code, reason) = ended else { return };
        debug!(code, reason, "socket closed");
        self.peer.linger();
        let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
        let farewell = async {
            if self.stream.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = self.stream.recv().await {}
            }
        };
        // A peer that does not answer is left without.
        let _ = timeout(FAREWELL, farewell).await;
    }
}

/// A peer that does not read is left.
async fn in_time(most: Duration, writing: impl Future<Output = Result<(), axum::Error>>) -> Result<(), Ended> {
    match timeout(most, writing).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(Ended::Gone),
        Err(_) => Err(Ended::Close(close::FULL_OR_SLOW, "reading too slowly")),
    }
}

/// A frame that is too large has a close code of its own; after any other error nothing can be said.
fn ended_by(error: &axum::Error) -> Ended {
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = source {
        if let Some(tokio_tungstenite::tungstenite::Error::Capacity(_)) = error.downcast_ref() {
            return Ended::Close(close::TOO_LARGE, "frame too large");
        }
        source = error.source();
    }
    Ended::Gone
}
