//! Pages, pictures and sign-in over plain HTTP.

use std::time::{Duration, Instant};

use reqwest::{Client, Method, Response, StatusCode, header};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{Agent, TestServer, in_time};

const PAGES: [&str; 11] = [
    "/",
    "/widget.js",
    "/widget/nothing.js",
    "/demo",
    "/console",
    "/help",
    "/help/opening-hours",
    "/help/assets/images/parcel.png",
    "/healthz",
    "/api/v1/session",
    "/nothing/here",
];

fn text(response: &Response, name: &str) -> String {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn a20_every_answer_carries_the_security_headers() {
    let server = TestServer::start().await;
    for page in PAGES {
        let response = server.answers(page).await;
        assert_eq!(text(&response, "x-content-type-options"), "nosniff", "{page}");
        assert_eq!(text(&response, "x-frame-options"), "DENY", "{page}");
        assert!(!text(&response, "referrer-policy").is_empty(), "{page}");
        let policy = text(&response, "content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("default-src 'none'"), "{page}: {policy}");
        assert!(!policy.contains("script-src 'unsafe-inline'"), "{page}: {policy}");
        assert!(!text(&response, "cache-control").is_empty(), "{page}");
    }
}

#[tokio::test]
async fn what_is_not_there_says_so_in_plain_words() {
    let server = TestServer::start().await;
    for page in ["/nothing/here", "/widget/nothing.js", "/help/no-such-article", "/api/v1/nothing", "/ws/nothing"] {
        let response = server.answers(page).await;
        assert_eq!(response.status(), 404, "{page}");
        assert!(response.text().await.unwrap().len() > 10, "{page}");
    }
    let client = Client::new();
    for (method, page) in [(Method::POST, "/healthz"), (Method::DELETE, "/widget.js"), (Method::PUT, "/api/v1/session")]
    {
        let response = client.request(method.clone(), server.url(page)).send().await.unwrap();
        assert_eq!(response.status(), 405, "{method} {page}");
    }
    assert_eq!(client.head(server.url("/healthz")).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn articles_can_be_read_by_visitors() {
    let server = TestServer::start().await;
    let page = server.answers("/help/shipping/tracking").await;
    assert_eq!(page.status(), 200);
    assert!(text(&page, "content-type").starts_with("text/html"));
    let html = page.text().await.unwrap();
    for part in ["<h1 dir=\"auto\">Where is my parcel?</h1>", "href=\"/help/shipping/delivery-time\"", "<em>Track</em>"]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(server.answers("/help/gift-cards").await.text().await.unwrap().contains("three years"));
    let index = server.answers("/help").await.text().await.unwrap();
    assert!(index.contains("/help/opening-hours") && !index.contains("oodwill"), "{index}");
    for hidden in
        ["goodwill", "unfinished", "_canned/hello", "_builtin/en/greeting", "..%2f..%2fCargo", "images/prices.csv"]
    {
        assert_eq!(server.answers(&format!("/help/{hidden}")).await.status(), 404, "{hidden}");
    }
}

#[tokio::test]
async fn the_widget_finds_and_reads_what_visitors_may_read() {
    let server =
        TestServer::start_with(|settings, _| settings.server.allowed_origins = vec!["https://shop.example".to_owned()])
            .await;
    let asks = async |path: &str, origin: &str| {
        let request = Client::new().get(server.url(path)).header("origin", origin);
        request.send().await.unwrap()
    };
    let found = asks("/widget/articles?q=parc", "https://shop.example").await;
    assert_eq!(text(&found, "access-control-allow-origin"), "https://shop.example");
    assert_eq!(text(&found, "vary"), "origin");
    let found: Value = found.json().await.unwrap();
    assert_eq!(found["articles"][0]["article"], "shipping/tracking", "{found}");
    let read = asks("/widget/article?id=shipping%2Ftracking", "https://shop.example").await;
    let read: Value = read.json().await.unwrap();
    assert_eq!((&read["title"], &read["category"]), (&json!("Where is my parcel?"), &json!("Shipping")), "{read}");
    for hidden in ["goodwill", "unfinished", "_builtin%2Fen%2Fgreeting", "nothing"] {
        let path = format!("/widget/article?id={hidden}");
        assert_eq!(asks(&path, "https://shop.example").await.status(), 404, "{hidden}");
    }
    let secret: Value = asks("/widget/articles?q=goodwill", "https://shop.example").await.json().await.unwrap();
    assert!(!secret.to_string().contains("oodwill"), "{secret}");
    assert_eq!(asks("/widget/articles?q=parcel", "https://evil.example").await.status(), 403);
}

#[tokio::test]
async fn articles_are_not_looked_up_without_end() {
    let server = TestServer::start().await;
    let mut statuses = Vec::new();
    for _ in 0..121 {
        statuses.push(server.answers("/widget/articles?q=").await.status().as_u16());
    }
    assert_eq!((statuses.first(), statuses.last()), (Some(&200), Some(&429)));
}

#[tokio::test]
async fn readers_say_whether_an_article_helped() {
    let server = TestServer::start().await;
    let says = async |path: &str, helpful: &str| {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        client.post(server.url(path)).form(&[("helpful", helpful)]).send().await.unwrap()
    };
    let thanked = says("/help/shipping/tracking", "no").await;
    assert_eq!(
        (thanked.status().as_u16(), text(&thanked, "location")),
        (303, "/help/shipping/tracking?thanks=1#helped".to_owned())
    );
    assert!(server.answers("/help/shipping/tracking?thanks=1").await.text().await.unwrap().contains("Thank you"));
    assert_eq!(says("/help/goodwill", "yes").await.status(), 404);
    let metrics = server.answers("/metrics").await.text().await.unwrap();
    assert!(
        metrics.contains("frontdesk_help_votes_total{article=\"shipping/tracking\",helpful=\"no\"} 1"),
        "{metrics}"
    );
    assert!(!metrics.contains("goodwill"), "{metrics}");
}

#[tokio::test]
async fn only_pictures_of_the_knowledge_base_are_served() {
    let server = TestServer::start().await;
    let picture = server.answers("/help/assets/images/parcel.png").await;
    assert_eq!((picture.status(), text(&picture, "content-type")), (StatusCode::OK, "image/png".to_owned()));
    assert_eq!(text(&picture, "cross-origin-resource-policy"), "cross-origin");
    let tag = text(&picture, "etag");
    assert!(picture.bytes().await.unwrap().starts_with(b"\x89PNG"));
    let again = Client::new().get(server.url("/help/assets/images/parcel.png")).header("if-none-match", tag);
    assert_eq!(again.send().await.unwrap().status(), 304);
    let drawing = server.answers("/help/assets/images/sign.svg").await;
    let policy = text(&drawing, "content-security-policy");
    assert!(policy.contains("sandbox") && !policy.contains("script-src"), "{policy}");
    for path in [
        "images/prices.csv",
        "images",
        "shipping/costs.md",
        "../frames/to-agent.json",
        "..%2fframes%2fto-agent.json",
        "images/..%2f..%2f..%2fCargo.toml",
        "images%5c..%5cparcel.png",
        "images/parcel.png%00.png",
        "%2fproc%2fself%2fenviron",
        "images//parcel.png",
        "./images/parcel.png%20",
    ] {
        assert_eq!(raw_status(&server, &format!("/help/assets/{path}")).await, 404, "{path}");
    }
}

/// The status of a request whose path is sent as it is written.
async fn raw_status(server: &TestServer, path: &str) -> u16 {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", server.address);
    status_of(&mut stream, request.as_bytes()).await
}

async fn status_of(stream: &mut TcpStream, request: &[u8]) -> u16 {
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    in_time("an answer", async {
        // A refused request's connection may be reset after its answer.
        let mut chunk = [0; 1024];
        while let Ok(count @ 1..) = stream.read(&mut chunk).await {
            answer.extend_from_slice(&chunk[..count]);
        }
    })
    .await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("no answer: {answer:?}"))
}

#[tokio::test]
async fn a35_what_is_no_request_is_refused() {
    let server = TestServer::start().await;
    let huge = format!("GET / HTTP/1.1\r\nhost: x\r\na: {}\r\n\r\n", "x".repeat(600_000));
    let many = format!("GET / HTTP/1.1\r\nhost: x\r\n{}\r\n", "a: b\r\n".repeat(150));
    let long = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "x".repeat(70_000));
    let table: [(&str, &str, &[u16]); 5] = [
        ("a huge header", &huge, &[431]),
        ("many headers", &many, &[431]),
        ("a long address", &long, &[414, 431]),
        (
            "smuggling",
            "POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /x",
            &[400, 415],
        ),
        ("nonsense", "HELLO\r\n\r\n", &[400]),
    ];
    for (what, request, expected) in table {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let (mut read, mut write) = stream.split();
        // The server may stop reading before everything is written.
        let answer = async {
            let mut start = [0; 12];
            read.read_exact(&mut start).await.map(|_| String::from_utf8_lossy(&start[9..]).parse::<u16>().unwrap())
        };
        let (_, status) = in_time(what, async { tokio::join!(write.write_all(request.as_bytes()), answer) }).await;
        assert!(status.as_ref().is_ok_and(|status| expected.contains(status)), "{what}: {status:?}");
    }
    assert_eq!(server.answers("/healthz").await.status(), 200);
}

#[tokio::test]
async fn a27_headers_that_come_by_the_byte_are_not_waited_for() {
    let server = TestServer::start().await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\na").await.unwrap();
    let started = Instant::now();
    let mut rest = Vec::new();
    in_time("the connection to be closed", stream.read_to_end(&mut rest)).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(7), "{:?}", started.elapsed());
}

#[tokio::test]
async fn health_readiness_and_metrics() {
    let server = TestServer::start().await;
    assert_eq!(server.answers("/readyz").await.status(), 200);
    let mut visitor = server.visitor().await;
    visitor.asks("opening hours").await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let expected = [
        "frontdesk_messages_total{author=\"visitor\"} 1",
        "frontdesk_messages_total{author=\"bot\"} 1",
        "frontdesk_turns_total{verdict=\"answer\"} 1",
        "frontdesk_escalations_total{reason=\"asked_for_agent\"} 1",
        "frontdesk_turn_duration_seconds_count 1",
        "frontdesk_commit_failures_total 0",
        "frontdesk_sockets 1",
        "frontdesk_waiting 1",
        "frontdesk_agents_online 0",
    ];
    let measured = server.measures("frontdesk").await;
    for line in expected {
        assert!(measured.iter().any(|measured| measured == line), "{line} in {measured:#?}");
    }
}

async fn sign_in(server: &TestServer, email: &str, password: &str) -> Response {
    let body = json!({ "email": email, "password": password });
    Client::new().post(server.url("/api/v1/session")).json(&body).send().await.unwrap()
}

#[tokio::test]
async fn an_agent_signs_in_and_out() {
    let server = TestServer::start().await;
    let nobody = server.answers("/api/v1/session").await;
    assert_eq!(nobody.status(), 401);
    let agent = server.agent("Ada").await;
    let client = Client::new();
    let show = || client.get(server.url("/api/v1/session")).header("cookie", &agent.cookie).send();
    let shown: Value = show().await.unwrap().json().await.unwrap();
    assert_eq!((&shown["agent"]["name"], &shown["agent"]["role"]), (&json!("Ada"), &json!("agent")));

    let response = sign_in(&server, "Ada@Desk.example", crate::support::PASSWORD).await;
    let cookie = text(&response, header::SET_COOKIE.as_str());
    for part in ["frontdesk_session=", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(!cookie.contains("Secure"), "this server is not reached over TLS: {cookie}");
    assert!(!cookie.contains(&agent.cookie), "a new sign-in, a new secret");

    let canned = client.get(server.url("/api/v1/canned")).header("cookie", &agent.cookie).send().await.unwrap();
    assert_eq!(canned.json::<Value>().await.unwrap()[0]["shortcut"], "hello");
    assert_eq!(server.answers("/api/v1/canned").await.status(), 401);

    let gone = client.delete(server.url("/api/v1/session")).header("cookie", &agent.cookie).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    assert_eq!(show().await.unwrap().status(), 401);
}

#[tokio::test]
async fn over_tls_the_cookie_is_secure() {
    let server =
        TestServer::start_with(|settings, _| settings.server.public_url = "https://desk.example".to_owned()).await;
    server.employs("Ada", frontdesk::store::Role::Agent).await;
    let cookie = text(&sign_in(&server, "ada@desk.example", crate::support::PASSWORD).await, "set-cookie");
    assert!(cookie.contains("; Secure"), "{cookie}");
}

#[tokio::test]
async fn a15_a_new_session_ends_the_one_that_the_browser_had() {
    let server = TestServer::start().await;
    let agent = server.agent("Ada").await;
    let body = json!({ "email": "ada@desk.example", "password": crate::support::PASSWORD });
    let request = Client::new().post(server.url("/api/v1/session")).header("cookie", &agent.cookie).json(&body);
    assert_eq!(request.send().await.unwrap().status(), 204);
    let old = Client::new().get(server.url("/api/v1/session")).header("cookie", &agent.cookie).send().await.unwrap();
    assert_eq!(old.status(), 401);
}

#[tokio::test]
async fn a17_guessing_passwords_ends_soon_and_tells_nothing() {
    let server = TestServer::start().await;
    server.employs("Ada", frontdesk::store::Role::Agent).await;
    let known = sign_in(&server, "ada@desk.example", "wrong password").await;
    let unknown = sign_in(&server, "nobody@desk.example", "wrong password").await;
    assert_eq!((known.status(), unknown.status()), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    assert_eq!(known.text().await.unwrap(), unknown.text().await.unwrap());
    for _ in 0..4 {
        assert_eq!(sign_in(&server, "ada@desk.example", "wrong password").await.status(), 401);
    }
    let locked = sign_in(&server, "ada@desk.example", crate::support::PASSWORD).await;
    assert_eq!(locked.status(), 429);
    assert!(text(&locked, "retry-after").parse::<u64>().unwrap() > 60);
}

#[tokio::test]
async fn a16_other_sites_cannot_sign_anybody_in() {
    let server = TestServer::start().await;
    let agent = server.agent("Ada").await;
    let client = Client::new();
    let body = json!({ "email": "ada@desk.example", "password": crate::support::PASSWORD }).to_string();
    let post = || client.post(server.url("/api/v1/session")).body(body.clone());
    let json = "application/json";
    let foreign = post().header("content-type", json).header("origin", "https://evil.example").send().await.unwrap();
    assert_eq!(foreign.status(), 403);
    let form = post().header("content-type", "text/plain").send().await.unwrap();
    assert_eq!(form.status(), 415);
    let own = post().header("content-type", json).header("origin", server.origin()).send().await.unwrap();
    assert_eq!(own.status(), 204);
    let out = client.delete(server.url("/api/v1/session")).header("cookie", &agent.cookie);
    assert_eq!(out.header("origin", "https://evil.example").send().await.unwrap().status(), 403);
    for bad in ["", "{", "[]", r#"{"email":1}"#, &"x".repeat(20_000)] {
        let request = client.post(server.url("/api/v1/session")).header("content-type", json).body(bad.to_owned());
        let status = request.send().await.unwrap().status().as_u16();
        assert!([400, 413, 422].contains(&status), "{status} {bad:.20}");
    }
}

#[tokio::test]
async fn the_first_agent_is_made_with_the_link_once() {
    let server = TestServer::start().await;
    let link = server.chat.setup_secret().await.unwrap().unwrap();
    let set_up = async |token: &str, password: &str| {
        let body = json!({ "token": token, "email": "ada@desk.example", "name": "Ada", "password": password });
        Client::new().post(server.url("/api/v1/setup")).json(&body).send().await.unwrap()
    };
    assert_eq!(set_up("guess", crate::support::PASSWORD).await.status(), 401);
    assert_eq!(set_up(&link, "short").await.status(), 400);
    let made = set_up(&link, crate::support::PASSWORD).await;
    assert_eq!(made.status(), 204);
    assert!(text(&made, "set-cookie").contains("frontdesk_session="));
    assert_eq!(set_up(&link, crate::support::PASSWORD).await.status(), 401);
    let agent = Agent::opens_console(&server, "Ada").await;
    assert_eq!(agent.welcome["agent"]["role"], "administrator");
}
