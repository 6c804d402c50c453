//! The doors of the sockets: who may pass, before a frame is read.

use std::{future::Future, sync::Arc, time::Duration};

use axum::{
    Extension,
    extract::{
        State,
        ws::{WebSocket, WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::time::Instant;
use tracing::{Instrument, info_span};

use crate::{
    clock::jitter,
    protocol::{close, visitor::ToVisitor},
    server::{
        Timing,
        admission::NoRoom,
        agent,
        app::App,
        connection::Peer,
        error::{Problem, rate_limited},
        metrics::Refusal,
        session,
        socket::{Ended, Socket, configured},
        visitor,
    },
};

type Upgrade = Result<WebSocketUpgrade, WebSocketUpgradeRejection>;

/// `GET /ws/visitor`.
pub(crate) async fn visitor(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Result<Response, Problem> {
    let upgrade = prepared(&app, upgrade)?;
    let address = app.address(&peer, &headers);
    let ticket = match app.admission.admit(address, Instant::now()) {
        Ok(ticket) => ticket,
        Err(NoRoom::Hard) => {
            app.metrics.count_refusal(Refusal::Full);
            return Err(full());
        }
        Err(NoRoom::Soft(reason)) => {
            app.metrics.count_refusal(Refusal::Crowded);
            let wait = Duration::from_secs(soon());
            return Ok(turn_away(&app, upgrade, peer, Ended::Close(close::FULL_OR_SLOW, reason), Some(wait)));
        }
    };
    if !app.origins.may_visit(&headers) {
        app.metrics.count_refusal(Refusal::Origin);
        let ended = Ended::Close(close::ORIGIN, "this site may not embed the widget");
        return Ok(turn_away(&app, upgrade, peer, ended, None));
    }
    let name = app.connection_name();
    let device = headers.get(header::USER_AGENT).and_then(|device| device.to_str().ok()).map(str::to_owned);
    Ok(open(app.timing, upgrade, peer, move |socket| {
        visitor::serve(app, socket, ticket, address, device).instrument(info_span!("visitor", connection = name))
    }))
}

/// `GET /ws/agent`.
pub(crate) async fn agent(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    upgrade: Upgrade,
) -> Result<Response, Problem> {
    let upgrade = prepared(&app, upgrade)?;
    let forbidden = |message| Problem::new(StatusCode::FORBIDDEN, "forbidden", message);
    if !app.origins.is_own_page(&headers) {
        return Err(forbidden("only the desk's own console may open this socket"));
    }
    let secret = session::secret(&headers).ok_or_else(|| forbidden("please sign in"))?.to_owned();
    let who = app.chat.session(&secret).await?.ok_or_else(|| forbidden("please sign in"))?;
    let ticket = app.admission.admit_agent();
    let name = app.connection_name();
    let timing = Timing { ping: app.timing.agent_ping, ..app.timing };
    Ok(open(timing, upgrade, peer, move |socket| {
        agent::serve(app, socket, ticket, who, secret).instrument(info_span!("agent", connection = name))
    }))
}

fn prepared(app: &App, upgrade: Upgrade) -> Result<WebSocketUpgrade, Problem> {
    let no_socket = |_| Problem::new(StatusCode::BAD_REQUEST, "no_websocket", "this address is a WebSocket");
    let upgrade = upgrade.map_err(no_socket)?;
    if app.stop.is_stopping() {
        return Err(full());
    }
    let message = "offer the subprotocol frontdesk.v1 (Sec-WebSocket-Protocol)";
    configured(upgrade, &app.settings.limits)
        .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "no_subprotocol", message))
}

fn full() -> Problem {
    Problem::no_room(soon())
}

/// In so many seconds: whoever is refused comes back at a different moment than all the others.
pub(crate) fn soon() -> u64 {
    1 + jitter(10)
}

fn open<Fut>(
    timing: Timing,
    upgrade: WebSocketUpgrade,
    peer: Peer,
    serve: impl FnOnce(Socket) -> Fut + Send + 'static,
) -> Response
where
    Fut: Future<Output = ()> + Send + 'static,
{
    upgrade.on_upgrade(move |socket: WebSocket| serve(Socket::new(socket, peer, timing))).into_response()
}

/// Accepts the socket only to say why it is closed, and when to come back where that helps.
fn turn_away(app: &App, upgrade: WebSocketUpgrade, peer: Peer, ended: Ended, come_back: Option<Duration>) -> Response {
    open(app.timing, upgrade, peer, move |mut socket| async move {
        if let Some(wait) = come_back {
            // Whoever is gone already needs no farewell either.
            let _ = socket.send(&ToVisitor::Error(rate_limited(wait, None))).await;
        }
        socket.end(ended).await;
    })
}
