//! The edge: HTTP and sockets. Thin and bounded; what is asked for is done by `chat`.

mod address;
mod admission;
mod agent;
mod api;
mod app;
mod articles;
mod connection;
mod error;
#[cfg(fuzzing)]
pub mod fuzzing;
mod filing;
mod greeting;
mod headers;
mod help;
mod hub;
mod identity;
mod limits;
mod listen;
mod metrics;
mod origin;
mod pages;
mod profile;
mod rates;
mod router;
mod session;
mod socket;
mod stop;
mod timing;
mod visitor;
mod web;
mod ws;

use std::{future::Future, sync::Arc};

use tokio::net::TcpListener;
use tracing::{info, warn};

pub use self::{
    app::{App, AppError},
    listen::{ListenError, bind, serve_alone},
    socket::bounded,
    timing::Timing,
};
use self::{listen::Places, stop::alive};

/// Serves until `shutdown` is done, then stops softly: sockets are told to come back, and what was begun is finished.
pub async fn run(listener: TcpListener, app: Arc<App>, shutdown: impl Future<Output = ()> + Send) {
    let (alive, all_gone) = alive();
    let (chat, stop) = (Arc::clone(&app.chat), app.stop.clone());
    let hub = tokio::spawn(Arc::clone(&app.hub).listen(chat.bell().listen(), chat, app.timing.places));
    let filing = tokio::spawn(filing::run(Arc::clone(&app)));
    let upkeep = tokio::spawn(Arc::clone(&app.chat).keep_up(app.timing.upkeep));
    let places = Places::beside(app.settings.limits.max_connections);
    let accepting = tokio::spawn(listen::accept(listener, router::router(Arc::clone(&app)), places, (stop, alive)));
    shutdown.await;
    info!(sockets = app.admission.open(), "stopping");
    app.chat.stop();
    app.stopper.stop();
    if let Err(error) = accepting.await {
        warn!(%error, "the listener broke off");
    }
    if !all_gone.within(app.timing.stop).await {
        warn!("some connections did not end in time and are cut");
    }
    upkeep.abort();
    hub.abort();
    filing.abort();
}
