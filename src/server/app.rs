//! Everything that requests and sockets share.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::http::HeaderMap;
use thiserror::Error;

use crate::{
    archive::Archive,
    chat::Chat,
    clock::Clock,
    config::Settings,
    server::{
        Timing,
        address::{AddressKey, TrustedProxies},
        admission::Admission,
        connection::Peer,
        greeting::Greetings,
        hub::Hub,
        limits::Rates,
        metrics::Metrics,
        origin::Origins,
        stop::{Stop, Stopper},
    },
};

const FORWARDED_PROTO: &str = "x-forwarded-proto";

/// Why the server cannot be made from its settings.
#[derive(Debug, Error)]
pub enum AppError {
    /// An entry of `server.allowed_origins`, or `server.public_url`.
    #[error(
        "{0:?} is no origin: write it like \"https://shop.example.com\" (host names with other letters as xn--…), or \"*\""
    )]
    Origin(String),
    /// An entry of `server.trusted_proxies`.
    #[error("{0:?} in server.trusted_proxies is no address: write it like \"10.0.0.7\" or \"10.0.0.0/8\"")]
    Proxy(String),
}

/// The server's state.
pub struct App {
    pub(crate) chat: Arc<Chat>,
    pub(crate) archive: Archive,
    /// One at a time reads into the archive.
    pub(crate) filing: tokio::sync::Mutex<()>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) settings: Settings,
    pub(crate) timing: Timing,
    pub(crate) origins: Origins,
    pub(crate) proxies: TrustedProxies,
    pub(crate) admission: Arc<Admission>,
    pub(crate) rates: Rates,
    pub(crate) hub: Arc<Hub>,
    pub(crate) greetings: Greetings,
    pub(crate) metrics: Metrics,
    pub(crate) stop: Stop,
    pub(crate) stopper: Stopper,
    connections: AtomicU64,
}

impl App {
    /// The server's state from its parts.
    ///
    /// # Errors
    /// When a setting cannot be understood; the message names it.
    pub fn new(
        chat: Arc<Chat>,
        archive: Archive,
        clock: Arc<dyn Clock>,
        settings: Settings,
        timing: Timing,
    ) -> Result<Arc<Self>, AppError> {
        let origins =
            Origins::parse(&settings.server.public_url, &settings.server.allowed_origins).map_err(AppError::Origin)?;
        let proxies = TrustedProxies::parse(&settings.server.trusted_proxies).map_err(AppError::Proxy)?;
        let (stopper, stop) = Stopper::new();
        let metrics = Metrics::new();
        chat.observe(Arc::new(metrics.counts()));
        Ok(Arc::new(Self {
            origins,
            proxies,
            admission: Admission::new(&settings.limits),
            rates: Rates::new(&settings.limits),
            hub: Arc::default(),
            greetings: Greetings::default(),
            metrics,
            stop,
            stopper,
            connections: AtomicU64::new(0),
            chat,
            archive,
            filing: tokio::sync::Mutex::default(),
            clock,
            settings,
            timing,
        }))
    }

    /// What limits count this request by.
    pub(crate) fn address(&self, peer: &Peer, headers: &HeaderMap) -> AddressKey {
        AddressKey::of(self.proxies.client(peer.address.ip(), headers))
    }

    /// Whether the browser reached the server over TLS.
    pub(crate) fn is_https(&self, peer: &Peer, headers: &HeaderMap) -> bool {
        let forwarded = || {
            let proto = headers.get(FORWARDED_PROTO).and_then(|proto| proto.to_str().ok());
            self.proxies.contains(peer.address.ip()) && proto == Some("https")
        };
        self.origins.is_public_https() || forwarded()
    }

    /// A short name for a connection, for the log.
    pub(crate) fn connection_name(&self) -> u64 {
        self.connections.fetch_add(1, Ordering::Relaxed)
    }
}
