//! The accept loop: bounded in headers, time and number.

use std::{
    io,
    net::{SocketAddr, ToSocketAddrs},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use axum::{Router, body::Body};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use thiserror::Error;
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::ServiceExt;
use tracing::{debug, warn};

use crate::server::{
    admission::open_files_limit,
    connection::{Connection, Peer},
    stop::{Alive, Stop, Stopper, alive},
};

const BACKLOG: u32 = 2048;
/// What the kernel keeps for a peer that reads slowly.
const SEND_BUFFER: u32 = 64 * 1024;
const HEADERS_WITHIN: Duration = Duration::from_secs(5);
const HEADER_BYTES: usize = 16 * 1024;
const HEADERS: usize = 64;
/// Connections beside the sockets: pages, sign-in, health.
const BESIDE_SOCKETS: u32 = 512;
const AFTER_ACCEPT_FAILED: Duration = Duration::from_millis(100);

/// Why the server cannot listen.
#[derive(Debug, Error)]
pub enum ListenError {
    /// Not an address with a port.
    #[error("{0:?} is no address to listen on: write it like 127.0.0.1:8080")]
    NoAddress(String),
    /// Another program listens there.
    #[error("something else listens on {0} already: stop it, or choose another port with --listen")]
    Taken(SocketAddr),
    /// The operating system says no.
    #[error("this program may not listen on {0}: choose a port from 1024 on")]
    Forbidden(SocketAddr),
    /// This machine has no such address.
    #[error("this machine does not have the address {0}: listen on 0.0.0.0 or 127.0.0.1")]
    NotHere(SocketAddr),
    /// Anything else.
    #[error("cannot listen on {address}")]
    Other {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
}

/// Listens on an address like `127.0.0.1:8080`; port 0 takes a free one.
///
/// # Errors
/// When the address is none or cannot be used; the message says what to do.
pub fn bind(address: &str) -> Result<TcpListener, ListenError> {
    let no_address = || ListenError::NoAddress(address.to_owned());
    let address = address.to_socket_addrs().map_err(|_| no_address())?.next().ok_or_else(no_address)?;
    listen(address).map_err(|source| refusal(address, source))
}

fn refusal(address: SocketAddr, source: io::Error) -> ListenError {
    let known = [
        (io::ErrorKind::AddrInUse, ListenError::Taken(address)),
        (io::ErrorKind::PermissionDenied, ListenError::Forbidden(address)),
        (io::ErrorKind::AddrNotAvailable, ListenError::NotHere(address)),
    ];
    let known = known.into_iter().find(|(kind, _)| *kind == source.kind());
    known.map_or(ListenError::Other { address, source }, |(_, error)| error)
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    // Accepted sockets inherit it.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// How many connections there may be at once.
#[derive(Debug, Clone)]
pub(crate) struct Places(Option<Arc<Semaphore>>);

/// A connection's place among them.
#[derive(Debug)]
pub(crate) struct Place {
    _permit: Option<OwnedSemaphorePermit>,
}

impl Places {
    /// Room for that many sockets and what comes beside them; 0 sockets is without limit.
    pub(crate) fn beside(sockets: u32) -> Self {
        let files = open_files_limit().unwrap_or(u32::MAX).saturating_sub(64).max(1);
        let most = sockets.saturating_add(BESIDE_SOCKETS).min(files);
        Self((sockets > 0).then(|| Arc::new(Semaphore::new(most as usize))))
    }

    fn take(&self) -> Option<Place> {
        match &self.0 {
            Some(places) => Arc::clone(places).try_acquire_owned().ok().map(|permit| Place { _permit: Some(permit) }),
            None => Some(Place { _permit: None }),
        }
    }
}

/// Serves other pages than the desk's over connections like the desk's, for as long as the future is polled. For programs
/// that check what those connections bear.
pub async fn serve_alone(listener: TcpListener, router: Router) {
    let (_stopper, stop) = Stopper::new();
    let (alive, _all_gone) = alive();
    accept(listener, router, Places(None), (stop, alive)).await;
}

/// Accepts connections until the server stops.
pub(crate) async fn accept(listener: TcpListener, router: Router, places: Places, (stop, alive): (Stop, Alive)) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.wait() => return,
        };
        match accepted {
            // Without a place the connection is closed at once.
            Ok((stream, address)) => {
                if let Some(place) = places.take() {
                    let peer = Peer::new(address);
                    let connection = Connection::new(prepared(stream), peer.clone(), place, alive.clone());
                    tokio::spawn(serve(connection, peer, router.clone(), stop.clone()));
                }
            }
            Err(error) => recover(&error).await,
        }
    }
}

/// A connection that broke before it was accepted is nobody's loss; without free files, waiting helps.
async fn recover(error: &io::Error) {
    let is_theirs = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused
    );
    if !is_theirs {
        warn!(%error, "cannot accept connections: is the limit of open files too low?");
        tokio::time::sleep(AFTER_ACCEPT_FAILED).await;
    }
}

fn prepared(stream: TcpStream) -> TcpStream {
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%error, "a connection cannot be set to send at once");
    }
    stream
}

async fn serve(connection: Connection, peer: Peer, router: Router, stop: Stop) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer.clone());
        router.clone().oneshot(request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN).max_buf_size(HEADER_BYTES).max_headers(HEADERS);
    let mut serving = pin!(http.serve_connection(TokioIo::new(connection), service).with_upgrades());
    let served = tokio::select! {
        served = serving.as_mut() => served,
        () = stop.wait() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = served {
        debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_says_what_to_do() {
        let first = bind("127.0.0.1:0").unwrap();
        let address = first.local_addr().unwrap().to_string();
        let error = bind(&address).unwrap_err().to_string();
        assert!(error.contains(&address) && error.contains("--listen"), "{error}");
    }

    #[tokio::test]
    async fn what_is_no_address_says_how_to_write_one() {
        for bad in ["", "8080", "127.0.0.1", "127.0.0.1:99999"] {
            assert!(matches!(bind(bad), Err(ListenError::NoAddress(_))), "{bad}");
        }
        assert!(matches!(bind("192.0.2.1:8080"), Err(ListenError::NotHere(_))));
    }
}
