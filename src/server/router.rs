//! Which address is served by what.

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::StatusCode,
    middleware::{Next, from_fn, map_response},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::server::{api, app::App, articles, error::Problem, headers, help, pages, web, ws};

const LARGEST_BODY: usize = 16 * 1024;
const SECRETS: [&str; 4] = ["token", "session", "password", "secret"];

pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/ws/visitor", get(ws::visitor))
        .route("/ws/agent", get(ws::agent))
        .route("/widget.js", get(web::loader))
        .route("/widget/articles", get(articles::find))
        .route("/widget/article", get(articles::read))
        .route("/widget/{file}", get(web::widget))
        .route("/demo", get(web::demo))
        .route("/demo/", get(web::demo))
        .route("/demo/{*file}", get(web::demo_file))
        .route("/console", get(web::console))
        .route("/console/", get(web::console))
        .route("/console/{*file}", get(web::console_file))
        .route("/help", get(help::index))
        .route("/help/", get(help::index))
        .route("/sitemap.xml", get(help::sitemap))
        .route("/robots.txt", get(help::robots))
        .route("/help/assets/{*path}", get(pages::picture))
        .route("/help/{*path}", get(help::show).post(help::vote))
        .route("/healthz", get(pages::healthz))
        .route("/readyz", get(pages::readyz))
        .route("/metrics", get(pages::metrics))
        .merge(api::router())
        .fallback(pages::no_such_page)
        .method_not_allowed_fallback(pages::no_such_method)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn(without_secrets))
        .layer(map_response(headers::complete))
        .with_state(app)
}

/// A secret in an address ends up in logs and in other sites' hands: whoever sends one there is told at once.
async fn without_secrets(request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let mut keys = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default());
    if keys.any(|key| SECRETS.contains(&key.to_ascii_lowercase().as_str())) {
        let message = "secrets do not belong in an address: send them in a frame or a body";
        return Problem::new(StatusCode::BAD_REQUEST, "secret_in_address", message).into_response();
    }
    next.run(request).await
}
