//! Abuse, one test a case. A case whose test reads better beside its like is in another file under the same number; the
//! last test finds them all, and says which cases cannot happen here.

use std::{collections::BTreeMap, fs, path::Path, time::Instant};

use frontdesk::{
    article::hit::Question,
    clock::{Clock, SystemClock},
    knowledge::{Knowledge, Options},
};
use hmac::{Hmac, Mac};
use reqwest::Client;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{Agent, Knock, TestServer, Visitor, new_id};

const MARKUP: [&str; 12] = [
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "javascript:alert(1)",
    "\"><iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext></table></math><img src onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href=\"vbscript:x\">x</a>",
    "{{constructor.constructor('alert(1)')()}}",
    "<style>@import 'https://evil.example'</style>",
];

/// Every string in a frame.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(strings).collect(),
        Value::Object(fields) => fields.values().flat_map(strings).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// Every address that a frame links to.
fn links(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(links).collect(),
        Value::Object(fields) => {
            let own = ["href", "src", "url"].iter().filter_map(|key| fields.get(*key)?.as_str().map(str::to_owned));
            own.chain(fields.values().flat_map(links)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

fn is_safe(link: &str) -> bool {
    ["http://", "https://", "mailto:", "tel:", "/"].iter().any(|start| link.starts_with(start))
}

/// A knowledge base of these files.
fn articles(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

async fn serving(folder: &Path) -> TestServer {
    TestServer::start_with(|settings, _| settings.knowledge.dir = folder.display().to_string()).await
}

#[tokio::test]
async fn a01_markup_in_messages_stays_text() {
    let server = TestServer::start().await;
    let mut agent = server.agent("Ada").await;
    let mut visitor = server.visitor().await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let conversation = visitor.conversation.clone().unwrap();
    agent.follows(&conversation, 0).await;
    for markup in MARKUP {
        let id = visitor.says(markup).await;
        for event in [visitor.reads_receipt(&id).await, agent.reads_receipt(&id).await] {
            assert_eq!(event["text"], markup, "kept as it was sent");
            assert!(links(&event["blocks"]).iter().all(|link| is_safe(link)), "{event}");
        }
    }
}

#[tokio::test]
async fn a02_markup_in_articles_is_dropped() {
    let evil = "---\ntitle: where is the <b>spider</b> kept?\n---\nIn the <script>alert(1)</script> cellar \
                <img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](javascript&#58;alert(1)) \
                [c](data:text/html,x) ![d](javascript:x) <svg><script>x</script></svg>\n\n\
                <div onclick=\"x()\">block</div>\n\n<javascript:alert(1)>\n";
    let folder = articles(&[("spider.md", evil)]);
    let server = serving(folder.path()).await;
    let page = server.answers("/help/spider").await.text().await.unwrap();
    for bad in ["<script>alert", "onerror=", "=\"javascript", "=\"data:text", "onclick=", "<svg", "<b>spider"] {
        assert!(!page.contains(bad), "{bad} in {page}");
    }
    assert!(page.contains("cellar"));
    let answer = server.visitor().await.asks("where is the spider kept").await;
    assert!(links(&answer).iter().all(|link| is_safe(link)), "{answer}");
}

#[tokio::test]
async fn a03_what_browsers_say_of_themselves_is_short_and_only_text() {
    let server = TestServer::start().await;
    let mut agent = server.agent("Ada").await;
    let long = "<b>x</b>".repeat(200);
    let page = json!({ "url": format!("https://shop.example/{long}?secret=1#x"), "title": long, "referrer": long });
    let hello = json!({ "page": page, "identity": { "name": long, "email": "eve@shop.example" } });
    let mut visitor = Visitor::says_hello(server.address, hello).await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let entry = agent.sees_waiting(visitor.conversation.as_ref().unwrap()).await;
    for text in strings(&entry["visitor"]) {
        assert!(text.chars().count() <= 1024 && !text.contains("secret=1"), "{text}");
    }
    assert!(entry["visitor"]["name"].as_str().unwrap().chars().count() <= 256);
}

#[tokio::test]
async fn a04_a_message_has_no_more_than_so_many_characters() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    for huge in ["W".repeat(4_001), "\u{200b}".repeat(4_001), "\u{fdfd}".repeat(4_001)] {
        visitor.says(&huge).await;
        assert_eq!(visitor.is_refused().await, "message_too_long");
    }
    let id = visitor.says(&"\u{fdfd}".repeat(4_000)).await;
    visitor.reads_receipt(&id).await;
}

#[tokio::test]
async fn a09_ids_cannot_be_guessed_and_a_guess_tells_nothing() {
    let server = TestServer::start().await;
    let mut victim = server.visitor().await;
    victim.asks("opening hours").await;
    let real = victim.conversation.clone().unwrap();
    assert_eq!(uuid::Uuid::parse_str(&real).unwrap().get_version_num(), 7);
    let thief = server.visitor().await;
    let mut answers = Vec::new();
    for conversation in [real, new_id()] {
        let hello = json!({ "token": thief.token, "conversation": conversation, "after": 0 });
        let mut welcome = Visitor::says_hello(server.address, hello).await.welcome;
        welcome["token"].take();
        answers.push(welcome);
    }
    assert_eq!(answers[0], answers[1], "a foreign id is as good as none");
}

fn signed(claims: &Value, header: &str, secret: &str) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let body = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

const HS256: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const SECRET: &str = "a secret that only the shop and the desk know";

async fn with_identities() -> TestServer {
    TestServer::start_with(|settings, _| settings.identity.secrets = vec![SECRET.to_owned()]).await
}

async fn verified(server: &TestServer, agent: &mut Agent, token: &str) -> Value {
    let hello = json!({ "identity": { "token": token } });
    let mut visitor = Visitor::says_hello(server.address, hello).await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    agent.sees_waiting(visitor.conversation.as_ref().unwrap()).await["visitor"].clone()
}

#[tokio::test]
async fn a12_nobody_becomes_somebody_else() {
    let server = with_identities().await;
    let mut agent = server.agent("Ada").await;
    let soon = SystemClock.now().as_second() + 600;
    let claims = json!({ "sub": "7", "name": "Vera", "email": "vera@shop.example", "exp": soon });
    let good = signed(&claims, HS256, SECRET);
    assert_eq!(verified(&server, &mut agent, &good).await["verified"], true);
    let unsigned = format!("{}.", good.rsplit_once('.').unwrap().0);
    for bad in [
        unsigned,
        signed(&claims, HS256, "another secret"),
        signed(&claims, HS256, ""),
        signed(&claims, r#"{"alg":"none"}"#, SECRET),
        signed(&claims, r#"{"alg":"HS512"}"#, SECRET),
        signed(&json!({ "sub": "7", "exp": soon + 100_000 }), HS256, SECRET),
        signed(&json!({ "sub": "7" }), HS256, SECRET),
        good.replace('.', ".e30."),
    ] {
        let visitor = verified(&server, &mut agent, &bad).await;
        assert_eq!((&visitor["verified"], &visitor["name"]), (&json!(false), &Value::Null), "{bad}");
    }
}

#[tokio::test]
async fn a13_an_identity_cannot_be_used_again_later() {
    let server = with_identities().await;
    let mut agent = server.agent("Ada").await;
    let soon = SystemClock.now().as_second() + 600;
    let token = signed(&json!({ "sub": "7", "exp": soon }), HS256, SECRET);
    assert_eq!(verified(&server, &mut agent, &token).await["verified"], true);
    server.clock.advance(jiff::SignedDuration::from_mins(11));
    assert_eq!(verified(&server, &mut agent, &token).await["verified"], false);
}

#[tokio::test]
async fn a18_guesses_do_not_lock_the_agent_out_elsewhere() {
    let server = TestServer::start_with(|settings, _| {
        settings.server.trusted_proxies = vec!["127.0.0.1".to_owned()];
    })
    .await;
    let mut agent = server.agent("Ada").await;
    let guess = async |from: &str, password: &str| {
        let body = json!({ "email": "ada@desk.example", "password": password });
        let request = Client::new().post(server.url("/api/v1/session")).header("x-forwarded-for", from).json(&body);
        request.send().await.unwrap().status().as_u16()
    };
    for _ in 0..5 {
        assert_eq!(guess("203.0.113.9", "wrong password").await, 401);
    }
    assert_eq!(guess("203.0.113.9", crate::support::PASSWORD).await, 429);
    assert_eq!(guess("198.51.100.7", crate::support::PASSWORD).await, 204);
    agent.goes("away").await;
    agent.reads_a("presence").await;
}

#[test]
fn a22_the_widget_listens_to_no_posted_messages() {
    let mut files = Vec::new();
    for part in ["web-widget", "web-shared"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part).join("src"), &mut files);
    }
    assert!(files.len() > 10, "the sources were not found");
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for word in ["postMessage(", "addEventListener(\"message\"", "window.onmessage"] {
            // Sockets and the channel between windows of one site are no frames.
            let is_own = text.contains("new WebSocket(") || text.contains("new BroadcastChannel(");
            assert!(!text.contains(word) || is_own, "{} deals with {word}", file.display());
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() => collect(&path, files),
            Some("ts" | "tsx") => files.push(path),
            Some(_) | None => {}
        }
    }
}

#[tokio::test]
async fn a25_escalations_are_few_and_say_when_to_come_back() {
    let server = TestServer::start_with(|settings, _| settings.limits.escalations_per_hour = 3).await;
    let mut visitor = server.visitor().await;
    for _ in 0..3 {
        visitor.asks_for_a_person().await;
        visitor.is_shown("waiting").await;
        visitor.withdraws().await;
        visitor.is_shown("with_bot").await;
    }
    visitor.asks_for_a_person().await;
    let refusal = visitor.reads_a("error").await;
    assert_eq!(refusal["code"], "rate_limited");
    assert!(refusal["retry_after_s"].as_u64() > Some(60), "{refusal}");
}

#[tokio::test]
async fn a26_a_forged_address_changes_nothing() {
    let server = TestServer::start_with(|settings, _| settings.limits.connections_per_address = 2).await;
    let mut held = Vec::new();
    for number in 0..2 {
        let forged = format!("203.0.113.{number}");
        held.push(Knock::at("/ws/visitor").with("x-forwarded-for", &forged).opens(server.address).await);
    }
    let mut third = Knock::at("/ws/visitor").with("x-forwarded-for", "203.0.113.7").opens(server.address).await;
    assert_eq!(third.is_closed().await, Some(1013));
}

#[tokio::test]
async fn a38_links_and_pipes_in_the_folder_are_not_followed() {
    let folder = articles(&[("fine.md", "# Where is the owl?\n\nIn the tree.\n")]);
    let outside = articles(&[("secret.md", "# Where is the treasure?\n\nUnder the stairs.\n")]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outside.path().join("secret.md"), folder.path().join("link.md")).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("deep")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("zero.md")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.md")).status().unwrap();
        assert!(made.success());
    }
    let server = serving(folder.path()).await;
    for path in ["link", "deep/secret", "zero", "pipe"] {
        assert_eq!(server.answers(&format!("/help/{path}")).await.status(), 404, "{path}");
    }
    assert_eq!(server.answers("/help/fine").await.status(), 200);
    let answer = server.visitor().await.asks("where is the treasure").await;
    assert!(!answer.to_string().contains("stairs"), "{answer}");
}

#[tokio::test]
async fn a39_nothing_can_be_uploaded() {
    let server = TestServer::start().await;
    for path in ["/upload", "/api/v1/upload", "/api/v1/files", "/help/assets/x.png", "/ws/visitor"] {
        for method in [reqwest::Method::POST, reqwest::Method::PUT] {
            let request = Client::new().request(method, server.url(path)).body(vec![0_u8; 1024]);
            let status = request.send().await.unwrap().status().as_u16();
            assert!([400, 404, 405].contains(&status), "{path}: {status}");
        }
    }
}

#[tokio::test]
async fn a40_no_question_takes_long() {
    let server = TestServer::start().await;
    let words: Vec<String> = (0..800).map(|number| format!("w{number}")).collect();
    let hard = [
        "a ".repeat(2_000),
        words.join(" "),
        "* OR title:[a TO z] AND /.*.*.*/ ~ ^ \"".repeat(80),
        "\u{fdfa}".repeat(1_300),
        "e\u{301}\u{301}\u{301}\u{301}".repeat(700),
        "(((((((((((((((((((((".repeat(150),
        "ß".repeat(4_000),
    ];
    for question in hard {
        let mut visitor = server.visitor().await;
        let started = Instant::now();
        let answer = visitor.asks(&question.chars().take(4_000).collect::<String>()).await;
        assert!(answer["reply_to"].is_u64());
        assert!(started.elapsed().as_secs() < 10, "{:?} for {question:.40}", started.elapsed());
    }
}

#[test]
fn a41_no_article_takes_long() {
    let folder = articles(&[("fine.md", "# Where is the owl?\n\nIn the tree.\n")]);
    let hard: BTreeMap<&str, String> = BTreeMap::from([
        ("brackets.md", "[".repeat(1_000_000)),
        ("stars.md", "*a **b ".repeat(150_000)),
        ("quotes.md", format!("{} deep", "> ".repeat(400_000))),
        ("lists.md", (0..2_000).map(|depth| "  ".repeat(depth % 400) + "- x\n").collect()),
        ("ticks.md", "`".repeat(1_000_000)),
        ("huge.md", "word ".repeat(3_000_000)),
        ("front.md", format!("---\nquestions: {}\n---\nx", "[".repeat(100_000))),
    ]);
    for (name, text) in &hard {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let options = Options { folder: folder.path().to_owned(), locale: "en".to_owned(), ..Options::default() };
    let started = Instant::now();
    let knowledge = Knowledge::open(options).unwrap();
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    assert!(knowledge.snapshot().article("fine").is_some());
    assert!(knowledge.snapshot().article("huge").is_none(), "a file of 15 MB is left out");
    knowledge.search(&Question::new("where is the owl")).unwrap();
}

#[tokio::test]
async fn a42_names_hold_no_direction_marks() {
    let server = TestServer::start().await;
    let mut agent = server.agent("Ada").await;
    let name = "Agent: \u{202e}adA\u{200b}\u{2066}\r\nnew line";
    let mut visitor = Visitor::says_hello(server.address, json!({ "identity": { "name": name } })).await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let entry = agent.sees_waiting(visitor.conversation.as_ref().unwrap()).await;
    let shown = entry["visitor"]["name"].as_str().unwrap();
    for mark in ['\u{202e}', '\u{2066}', '\r', '\n'] {
        assert!(!shown.contains(mark), "{shown:?}");
    }
    let id = visitor.says("I am the agent, trust me").await;
    assert_eq!(visitor.reads_receipt(&id).await["author"], json!({ "kind": "visitor" }));
}

#[tokio::test]
async fn a45_what_looks_like_sql_is_a_word() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    for words in ["'; DROP TABLE events; --", "\" OR 1=1 --", "x' UNION SELECT value FROM secrets --"] {
        let id = visitor.says(words).await;
        assert_eq!(visitor.reads_receipt(&id).await["text"], words);
        let body = json!({ "email": words, "password": words });
        let status = Client::new().post(server.url("/api/v1/session")).json(&body).send().await.unwrap().status();
        assert!([400, 401, 429].contains(&status.as_u16()), "{status}");
    }
    assert!(visitor.opens_another_window().await.events.len() >= 3, "the table is still there");
}

#[tokio::test]
async fn a46_visitors_cannot_speak_for_the_bot() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let id = new_id();
    let forged = json!({
        "type": "send_message", "client_id": id, "text": "You get a full refund.", "author": { "kind": "bot" },
        "confidence": 1.0, "sources": [{ "article": "returns/return-window", "title": "x", "url": "https://evil.example" }],
        "reply_to": 1, "decision": {},
    });
    visitor.sends(forged).await;
    let event = visitor.reads_receipt(&id).await;
    assert_eq!(event["author"]["kind"], "visitor");
    assert!(event.get("sources").is_none() && event.get("confidence").is_none(), "{event}");
    visitor.sends(json!({ "type": "event", "kind": "message", "author": { "kind": "bot" }, "text": "x" })).await;
    assert_eq!(visitor.is_refused().await, "unknown_type");
}

#[tokio::test]
async fn a47_links_that_visitors_send_are_not_opened() {
    let server = TestServer::start().await;
    let trap = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let link = format!("http://{}/secret", trap.local_addr().unwrap());
    let page = json!({ "url": link, "referrer": link, "title": link });
    let mut visitor = Visitor::says_hello(server.address, json!({ "page": page })).await;
    visitor.asks(&format!("please look at {link}")).await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let opened = tokio::time::timeout(crate::support::SILENCE, trap.accept()).await;
    assert!(opened.is_err(), "nobody follows a visitor's link");
}

/// What cannot happen here, and why.
const IMPOSSIBLE: [(u8, &str); 5] = [
    (10, "there are no departments: every agent of a desk may see its conversations"),
    (21, "the widget is no frame: no page of it can be framed"),
    (36, "there are no webhooks and no addresses that the server would open"),
    (37, "there are no webhooks that could be forged"),
    (43, "no table can be exported"),
];

#[test]
fn every_case_has_a_test_or_a_reason() {
    let mut names = Vec::new();
    let mut files = Vec::new();
    for folder in ["tests/it", "tests/faults"] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            files.push(entry.unwrap().path());
        }
    }
    for file in files.iter().filter(|file| file.is_file()) {
        let text = fs::read_to_string(file).unwrap();
        names.extend(text.split("fn ").skip(1).map(|rest| rest.split('(').next().unwrap_or_default().to_owned()));
    }
    for case in 1..=47_u8 {
        let has_test = names.iter().any(|name| name.contains(&format!("a{case:02}_")));
        let has_reason = IMPOSSIBLE.iter().any(|(number, why)| *number == case && !why.is_empty());
        assert!(has_test != has_reason, "case {case}");
    }
}
