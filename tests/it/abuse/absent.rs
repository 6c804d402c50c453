//! What there is not: no place to send files to, no frame, no address that the server would open.

use std::{
    fs,
    path::{Path, PathBuf},
};

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::support::TestServer;

async fn is_not_there(server: &TestServer, paths: &[&str]) {
    for path in paths {
        for method in [Method::GET, Method::POST, Method::PUT] {
            let request = Client::new().request(method.clone(), server.url(path)).json(&json!({}));
            let status = request.send().await.unwrap().status().as_u16();
            assert!([404, 405].contains(&status), "{method} {path}: {status}");
        }
    }
}

#[tokio::test]
async fn a21_the_widget_has_no_page_that_could_be_framed() {
    let server = TestServer::start().await;
    is_not_there(&server, &["/embed", "/frame", "/widget", "/widget.html", "/widget/index.html", "/chat"]).await;
    let source = fs::read_to_string(sources("web-widget").join("embed.ts")).unwrap();
    for text in texts("web-widget").chain([source]) {
        assert!(!text.contains("iframe"), "the widget makes a frame");
    }
}

#[test]
fn a22_the_widget_listens_to_no_posted_messages() {
    let texts: Vec<_> = texts("web-widget").chain(texts("web-shared")).collect();
    assert!(texts.len() > 10, "the sources were not found");
    for text in texts {
        for word in ["postMessage(", "addEventListener(\"message\"", "addEventListener('message'", "window.onmessage"] {
            // Sockets and the channel between windows of one site are no frames.
            let is_own = text.contains("new WebSocket(") || text.contains("new BroadcastChannel(");
            assert!(!text.contains(word) || is_own, "{word} in {text:.200}");
        }
    }
}

fn sources(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(part).join("src")
}

/// The texts of all sources of a browser part.
fn texts(part: &str) -> impl Iterator<Item = String> {
    let mut files = Vec::new();
    collect(&sources(part), &mut files);
    files.into_iter().map(|file| fs::read_to_string(file).unwrap())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() => collect(&path, files),
            Some("ts" | "tsx") => files.push(path),
            Some(_) | None => {}
        }
    }
}

/// The names of all fields that the schema has, at any depth.
fn fields(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            let properties = object.get("properties").and_then(Value::as_object);
            found.extend(properties.into_iter().flat_map(|properties| properties.keys().cloned()));
            object.values().for_each(|value| fields(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| fields(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Every schema that a request's body has, references followed.
fn bodies(document: &Value) -> Vec<Value> {
    let operations =
        document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap().values());
    let bodies = operations.filter_map(|operation| operation.get("requestBody"));
    let schemas =
        bodies.flat_map(|body| body["content"].as_object().unwrap().values().map(|kind| kind["schema"].clone()));
    let named = |name: &str| document.pointer(name.trim_start_matches('#')).cloned();
    schemas.map(|schema| schema["$ref"].as_str().and_then(named).unwrap_or(schema)).collect()
}

#[tokio::test]
async fn a36_the_server_is_given_no_address_that_it_would_open() {
    let server = TestServer::start().await;
    is_not_there(&server, &["/api/v1/webhooks", "/api/v1/hooks", "/api/v1/preview", "/api/v1/fetch", "/proxy"]).await;
    let document: Value = server.answers("/api/v1/openapi.json").await.json().await.unwrap();
    let mut names = Vec::new();
    let bodies = bodies(&document);
    for body in &bodies {
        fields(body, &mut names);
    }
    assert!(bodies.len() > 10 && names.iter().any(|name| name == "email"), "{names:?}");
    for name in names {
        let is_address =
            ["url", "uri", "webhook", "callback", "avatar", "endpoint"].iter().any(|word| name.contains(word));
        assert!(!is_address, "{name} of a request's body");
    }
}

#[tokio::test]
async fn a37_there_are_no_webhooks_to_forge() {
    let server = TestServer::start().await;
    let document: Value = server.answers("/api/v1/openapi.json").await.json().await.unwrap();
    assert!(document["paths"]["/api/v1/session"].is_object(), "the document was not found");
    assert!(!document.to_string().to_lowercase().contains("webhook"));
    let settings = serde_json::to_value(frontdesk::config::Settings::default()).unwrap();
    assert!(!settings.to_string().to_lowercase().contains("hook"), "{settings}");
}

#[tokio::test]
async fn a39_nothing_can_be_uploaded() {
    let server = TestServer::start().await;
    for path in ["/upload", "/api/v1/upload", "/api/v1/files", "/help/assets/x.png", "/ws/visitor"] {
        for method in [Method::POST, Method::PUT] {
            let request = Client::new().request(method, server.url(path)).body(vec![0_u8; 1024]);
            let status = request.send().await.unwrap().status().as_u16();
            assert!([400, 404, 405].contains(&status), "{path}: {status}");
        }
    }
}
