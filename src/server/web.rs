//! The browser parts, embedded when the feature `web` is on: widget, demo page and console.

use std::{borrow::Cow, sync::Arc};

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    config::Widget,
    server::{app::App, headers, pages::not_found},
};

const LOADER_CACHE: &str = "max-age=300, stale-while-revalidate=86400";
/// Files with a hash in their name never change.
const FOR_EVER: &str = "max-age=31536000, immutable";
const CHECK_EACH_TIME: &str = "no-cache";

/// An embedded file.
struct File {
    data: Cow<'static, [u8]>,
    tag: String,
}

#[cfg(feature = "web")]
mod embedded {
    use std::fmt::Write as _;

    use crate::server::web::File;

    #[derive(rust_embed::Embed)]
    #[folder = "$OUT_DIR/web"]
    struct Files;

    pub(crate) fn file(path: &str) -> Option<File> {
        let file = Files::get(path)?;
        let hash = file.metadata.sha256_hash();
        let tag = hash.iter().take(12).fold(String::new(), |mut tag, byte| {
            let _ = write!(tag, "{byte:02x}");
            tag
        });
        Some(File { data: file.data, tag })
    }
}

#[cfg(not(feature = "web"))]
mod embedded {
    use crate::server::web::File;

    pub(crate) fn file(_path: &str) -> Option<File> {
        None
    }
}

/// `/widget.js`: the loader, with the site's colour and side.
pub(crate) async fn loader(State(app): State<Arc<App>>, request: HeaderMap) -> Response {
    let prefix = site_line(&app.settings.widget);
    let response = if prefix.is_empty() {
        serve("widget.js", &request, LOADER_CACHE)
    } else {
        match embedded::file("widget.js") {
            Some(file) => {
                let tag = format!("{}-{:x}", file.tag, crc(&prefix));
                let data = Cow::Owned([prefix.as_bytes(), &file.data].concat());
                answer("widget.js", File { data, tag }, None, &request, LOADER_CACHE)
            }
            None => missing(),
        }
    };
    for_any_site(response)
}

/// A line before the loader that gives its script tag the site's settings where the page sets none.
fn site_line(widget: &Widget) -> String {
    let settings = site_settings(widget);
    if settings.is_empty() {
        return String::new();
    }
    let settings = serde_json::Value::Object(settings);
    format!("(d=>{{for(const[k,v]of Object.entries({settings}))d[k]??=v}})(document.currentScript.dataset);\n")
}

fn site_settings(widget: &Widget) -> serde_json::Map<String, serde_json::Value> {
    let is_web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    let triggers = serde_json::to_string(&widget.triggers).ok().filter(|_| !widget.triggers.is_empty());
    let settings = [
        ("accent", Some(widget.accent.clone()).filter(|accent| is_colour(accent))),
        ("position", Some(widget.position.clone()).filter(|position| position == "left")),
        ("consent", widget.consent.then(|| notice(widget))),
        ("privacy", Some(widget.privacy_url.clone()).filter(|url| is_web(url))),
        ("triggers", triggers),
    ];
    settings.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect()
}

/// What visitors agree to, by its version.
fn notice(widget: &Widget) -> String {
    if widget.consent_notice.is_empty() { "ask".to_owned() } else { widget.consent_notice.clone() }
}

/// `#rgb` or `#rrggbb`: nothing else gets into the script.
fn is_colour(text: &str) -> bool {
    let hex = text.strip_prefix('#').unwrap_or_default();
    matches!(hex.len(), 3 | 6) && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn crc(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// `/widget/<file>`: the panel and its languages, for any site.
pub(crate) async fn widget(Path(file): Path<String>, request: HeaderMap) -> Response {
    for_any_site(serve(&format!("widget/{file}"), &request, FOR_EVER))
}

/// `/demo`.
pub(crate) async fn demo(request: HeaderMap) -> Response {
    with_policy(serve("demo/index.html", &request, CHECK_EACH_TIME), headers::DEMO)
}

/// `/demo/<file>`.
pub(crate) async fn demo_file(Path(file): Path<String>, request: HeaderMap) -> Response {
    with_policy(serve(&format!("demo/{file}"), &request, CHECK_EACH_TIME), headers::DEMO)
}

/// `/console`.
pub(crate) async fn console(request: HeaderMap) -> Response {
    with_policy(serve("console/index.html", &request, CHECK_EACH_TIME), headers::CONSOLE)
}

/// `/console/<file>`: what the console's page names has a hash in its name.
pub(crate) async fn console_file(Path(file): Path<String>, request: HeaderMap) -> Response {
    let cache = if file.starts_with("assets/") { FOR_EVER } else { CHECK_EACH_TIME };
    with_policy(serve(&format!("console/{file}"), &request, cache), headers::CONSOLE)
}

fn with_policy(mut response: Response, policy: &'static str) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

fn for_any_site(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response
}

/// A file as it is, or its compressed twin for those who take it.
fn serve(path: &str, request: &HeaderMap, cache: &'static str) -> Response {
    let Some(file) = embedded::file(path).filter(|_| !is_compressed(path)) else { return missing() };
    let twin = takes_brotli(request).then(|| embedded::file(&format!("{path}.br"))).flatten();
    match twin {
        Some(twin) => answer(path, File { tag: format!("{}-br", file.tag), ..twin }, Some("br"), request, cache),
        None => answer(path, file, None, request, cache),
    }
}

fn answer(
    path: &str,
    file: File,
    encoding: Option<&'static str>,
    request: &HeaderMap,
    cache: &'static str,
) -> Response {
    let tag = format!("\"{}\"", file.tag);
    let mut response = if is_known(request, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(file.data.into_owned()))
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Whether the browser has this version already.
pub(crate) fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let known = request.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|known| known.trim().trim_start_matches("W/") == tag)
}

fn is_compressed(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "br")
}

fn takes_brotli(request: &HeaderMap) -> bool {
    let accepted = request.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().trim_start_matches("q=").trim();
        name.trim() == "br" && !matches!(weight, "0" | "0.0" | "0.00" | "0.000")
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some(_) | None => "application/octet-stream",
    }
}

fn missing() -> Response {
    if cfg!(feature = "web") {
        return not_found().into_response();
    }
    (StatusCode::NOT_FOUND, "this build has no web parts: build it with its default features\n").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Trigger;

    fn accepts(text: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, text.parse().unwrap());
        takes_brotli(&headers)
    }

    #[test]
    fn brotli_is_for_those_who_take_it() {
        for good in ["br", "gzip, deflate, br, zstd", "gzip;q=0.5, br;q=1.0"] {
            assert!(accepts(good), "{good}");
        }
        for bad in ["", "gzip", "br;q=0", "brotli"] {
            assert!(!accepts(bad), "{bad}");
        }
    }

    #[test]
    fn the_loader_knows_the_sites_colour_and_side() {
        let widget = |accent: &str, position: &str| Widget {
            accent: accent.to_owned(),
            position: position.to_owned(),
            ..Widget::default()
        };
        assert_eq!(site_line(&widget("", "right")), "");
        let line = site_line(&widget("#0A7d5c", "left"));
        assert!(line.contains(r##"{"accent":"#0A7d5c","position":"left"}"##), "{line}");
        assert_eq!(site_line(&widget("red;}alert(1)//", "\"")), "");
        let trigger = Trigger { url: "/basket*".to_owned(), seconds: 20, text: "Need \"help\"?".to_owned() };
        let asking = Widget {
            consent: true,
            consent_notice: "2027-01".to_owned(),
            privacy_url: "javascript:alert(1)".to_owned(),
            triggers: vec![trigger],
            ..Widget::default()
        };
        let line = site_line(&asking);
        assert!(line.contains(r#""consent":"2027-01""#) && !line.contains("alert"), "{line}");
        assert!(line.contains(r#"\"url\":\"/basket*\",\"seconds\":20"#), "{line}");
    }
}
