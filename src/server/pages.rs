//! Pages and pictures that need no socket: pictures, health, metrics, and what is not there.

use std::{fs::Metadata, path::PathBuf, sync::Arc, time::UNIX_EPOCH};

use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use tokio::{fs::File, io::AsyncReadExt};

use crate::server::{app::App, error::Problem, headers, web};

const LARGEST_PICTURE: u64 = 16 * 1024 * 1024;
const CHUNK: usize = 32 * 1024;
const PICTURE_CACHE: &str = "max-age=300";

/// What is said about a path that leads nowhere.
pub(crate) fn not_found() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, "there is no such page here\n")
}

pub(crate) async fn no_such_page(address: Uri) -> Response {
    if is_api(&address) {
        return Problem::new(StatusCode::NOT_FOUND, "not_found", "there is no such endpoint").into_response();
    }
    not_found().into_response()
}

pub(crate) async fn no_such_method(address: Uri) -> Response {
    let message = "this address does not take this method";
    if is_api(&address) {
        return Problem::new(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", message).into_response();
    }
    (StatusCode::METHOD_NOT_ALLOWED, format!("{message}\n")).into_response()
}

fn is_api(address: &Uri) -> bool {
    address.path().starts_with("/api/")
}

/// `/help/assets/<path>`: a picture of the knowledge base, and nothing else that lies in its folder.
pub(crate) async fn picture(State(app): State<Arc<App>>, Path(path): Path<String>, request: HeaderMap) -> Response {
    let snapshot = app.chat.knowledge().snapshot();
    let is_listed = snapshot.library().others.binary_search(&path).is_ok();
    let found = match picture_type(&path).filter(|_| is_listed) {
        Some(kind) => open_inside(app.settings.knowledge.dir.clone().into(), path).await.map(|open| (kind, open)),
        None => None,
    };
    match found {
        Some((kind, (file, metadata))) => picture_response(kind, file, &metadata, &request),
        None => not_found().into_response(),
    }
}

fn picture_type(path: &str) -> Option<&'static str> {
    let (_, extension) = path.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

/// Opens a regular file that lies in the folder, also when links on the way lead elsewhere.
async fn open_inside(folder: PathBuf, path: String) -> Option<(File, Metadata)> {
    let root = tokio::fs::canonicalize(&folder).await.ok()?;
    let file = tokio::fs::canonicalize(root.join(path)).await.ok()?;
    if !file.starts_with(&root) || !tokio::fs::metadata(&file).await.ok()?.is_file() {
        return None;
    }
    let file = File::open(file).await.ok()?;
    let metadata = file.metadata().await.ok()?;
    (metadata.is_file() && metadata.len() <= LARGEST_PICTURE).then_some((file, metadata))
}

fn picture_response(kind: &'static str, file: File, metadata: &Metadata, request: &HeaderMap) -> Response {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let tag = format!("\"{:x}-{:x}\"", modified.as_nanos(), metadata.len());
    let mut response = if web::is_known(request, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from_stream(chunks(file)));
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(metadata.len()));
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(PICTURE_CACHE));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(headers::PICTURE));
    // The widget shows it on other sites.
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

fn chunks(file: File) -> impl stream::Stream<Item = std::io::Result<Bytes>> {
    stream::try_unfold(file, |mut file| async move {
        let mut chunk = vec![0; CHUNK];
        let count = file.read(&mut chunk).await?;
        chunk.truncate(count);
        Ok((count > 0).then(|| (Bytes::from(chunk), file)))
    })
}

/// `/healthz`: the process answers.
pub(crate) async fn healthz() -> &'static str {
    "alive\n"
}

/// `/readyz`: questions can be answered and kept.
pub(crate) async fn readyz(State(app): State<Arc<App>>) -> Response {
    if app.stop.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    if !app.chat.is_ready().await {
        return (StatusCode::SERVICE_UNAVAILABLE, "nothing can be stored right now\n").into_response();
    }
    "ready\n".into_response()
}

/// `/metrics`: for Prometheus.
pub(crate) async fn metrics(State(app): State<Arc<App>>) -> Response {
    match app.metrics.text(&app) {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
