//! A TCP connection that can close politely: whoever still sends gets to read why it was closed.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::TcpStream,
    runtime::Handle,
};

use crate::server::{listen::Place, stop::Alive};

const LINGER: Duration = Duration::from_secs(1);
const MOST_DISCARDED: usize = 256 * 1024;

/// What a request's handler knows of its connection.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    /// Where it comes from.
    pub(crate) address: SocketAddr,
    lingers: Arc<AtomicBool>,
}

impl Peer {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self { address, lingers: Arc::new(AtomicBool::new(false)) }
    }

    /// When the connection closes, what the peer still sends is read and thrown away for a moment: with
    /// unread bytes the system would reset the connection and the peer never see the close frame.
    pub(crate) fn linger(&self) {
        self.lingers.store(true, Ordering::Relaxed);
    }
}

/// The connection itself. It holds its place among all connections and keeps the server alive.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: Option<TcpStream>,
    peer: Peer,
    held: Option<(Place, Alive)>,
}

impl Connection {
    pub(crate) fn new(stream: TcpStream, peer: Peer, place: Place, alive: Alive) -> Self {
        Self { stream: Some(stream), peer, held: Some((place, alive)) }
    }

    fn stream(self: Pin<&mut Self>) -> io::Result<Pin<&mut TcpStream>> {
        self.get_mut().stream.as_mut().map(Pin::new).ok_or_else(|| io::ErrorKind::NotConnected.into())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let Some(stream) = self.stream.take() else { return };
        if !self.peer.lingers.load(Ordering::Relaxed) {
            return;
        }
        if let Ok(runtime) = Handle::try_current() {
            let held = self.held.take();
            runtime.spawn(async move {
                // Out of time or out of patience: the connection closes either way.
                let _ = tokio::time::timeout(LINGER, discard(stream)).await;
                drop(held);
            });
        }
    }
}

async fn discard(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    let mut buffer = [0; 2048];
    let mut left = MOST_DISCARDED;
    while left > 0 {
        match stream.read(&mut buffer).await? {
            0 => break,
            count => left = left.saturating_sub(count),
        }
    }
    Ok(())
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.stream()?.poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream()?.poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream()?.poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.as_ref().is_some_and(TcpStream::is_write_vectored)
    }
}
