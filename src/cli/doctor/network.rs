//! Whether visitors and agents can reach the server, from where they should and from nowhere else.

use std::{net::TcpListener, time::Duration};

use tokio::time::timeout;
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

use crate::{
    cli::{Context, doctor::Finding},
    protocol::SUBPROTOCOL,
};

const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// A secret that signs identities is no word that somebody could guess, in bytes.
const SHORT_SECRET: usize = 32;

pub(super) async fn examine(context: &Context) -> Vec<Finding> {
    vec![server(context).await, public_address(context), proxies(context), embedding(context), identities(context)]
}

/// Says hello to a running server; without one, the port must be free.
async fn server(context: &Context) -> Finding {
    let listen = &context.settings.server.listen;
    if TcpListener::bind(listen).is_ok() {
        return Finding::look(format!("no server runs on {listen}"), "start one with `frontdesk serve`");
    }
    let connecting = async {
        let mut request = format!("ws://{listen}/ws/visitor").into_client_request()?;
        let protocol = header(SUBPROTOCOL)?;
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        connect_async(request).await.map_err(anyhow::Error::from)
    };
    match timeout(ANSWER_WITHIN, connecting).await {
        Ok(Ok(_)) => Finding::good(format!("the server on {listen} takes visitors")),
        Ok(Err(error)) => Finding::bad(
            format!("what listens on {listen} takes no visitors: {error}"),
            "another program may use the port: end it, or choose another with --listen",
        ),
        Err(_) => Finding::bad(format!("the server on {listen} does not answer"), "look at its log, then restart it"),
    }
}

fn header(text: &str) -> anyhow::Result<tokio_tungstenite::tungstenite::http::HeaderValue> {
    Ok(text.parse()?)
}

/// Whether browsers talk to the server over TLS: only then is the agents' cookie kept from everybody on the way.
fn public_address(context: &Context) -> Finding {
    let url = &context.settings.server.public_url;
    if url.is_empty() {
        return Finding::look(
            "server.public_url is not set: only this machine can use the desk",
            "set it to the https address that your proxy serves",
        );
    }
    if url.starts_with("https://") {
        return Finding::good(format!("visitors reach the desk at {url}"));
    }
    Finding::look(format!("{url} is not https"), "put a proxy with TLS in front: browsers and agents need it")
}

fn proxies(context: &Context) -> Finding {
    let settings = &context.settings.server;
    if settings.trusted_proxies.is_empty() && settings.public_url.starts_with("https://") {
        return Finding::look(
            "no proxy is trusted: all visitors seem to come from one address and share its limits",
            "name your proxy's address in server.trusted_proxies, and have it set X-Forwarded-For",
        );
    }
    match settings.trusted_proxies.as_slice() {
        [] => Finding::good("visitors come without a proxy"),
        proxies => Finding::good(format!("addresses are believed from {}", proxies.join(", "))),
    }
}

fn embedding(context: &Context) -> Finding {
    let origins = &context.settings.server.allowed_origins;
    if origins.iter().any(|origin| origin == "*") {
        return Finding::look("every site may embed the widget", "name your sites in server.allowed_origins");
    }
    if origins.is_empty() {
        return Finding::look("no other site may embed the widget", "name your sites in server.allowed_origins");
    }
    if let Some(plain) = origins.iter().find(|origin| origin.starts_with("http://")) {
        return Finding::look(
            format!("{plain} may embed the widget without TLS: anybody on the way can read and change it"),
            "serve the site over https, and name that address in server.allowed_origins",
        );
    }
    Finding::good(format!("the widget may be embedded on {}", origins.join(", ")))
}

fn identities(context: &Context) -> Finding {
    let secrets = &context.settings.identity.secrets;
    match secrets.iter().find(|secret| secret.len() < SHORT_SECRET) {
        Some(_) => Finding::look(
            format!("a secret in [identity] has fewer than {SHORT_SECRET} characters"),
            "make one that nobody can guess: `openssl rand -hex 32`",
        ),
        None if secrets.is_empty() => Finding::good("no site vouches for visitors ([identity] is empty)"),
        None => Finding::good("sites vouch for visitors with secrets that are long enough"),
    }
}
