//! What is secret is in no log, however much is logged.

use std::{
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command},
    time::Duration,
};

use serde_json::json;

use crate::support::{Knock, PASSWORD, Visitor, in_time, new_id};

/// Where a visitor comes from, as a proxy says.
const ADDRESS: &str = "203.0.113.77";
const WORDS: &str = "the zebra has my umbrella\r\n{\"level\":\"ERROR\",\"forged\":true}";

#[tokio::test]
async fn a44_no_log_has_a_secret_or_a_visitors_words() {
    let data = tempfile::tempdir().unwrap();
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/knowledge-base");
    let log = data.path().join("log");
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--knowledge", fixture, "--data"]).arg(data.path());
    command.env("FRONTDESK_SERVER__TRUSTED_PROXIES", "127.0.0.1");
    command.current_dir(data.path()).env("RUST_LOG", "debug").stderr(File::create(&log).unwrap());
    let server = Running(command.spawn().unwrap());
    let (address, link) = in_time("the greeting", read_greeting(&log)).await;

    let body = json!({ "token": link, "email": "ada@desk.example", "name": "Ada", "password": PASSWORD });
    let made = reqwest::Client::new().post(format!("http://{address}/api/v1/setup")).json(&body).send().await.unwrap();
    assert_eq!(made.status(), 204);
    let cookie = made.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let mut visitor = Visitor::arrives(address).await;
    visitor.asks(WORDS).await;
    visitor.leaves_contact("jonas@mail.example").await;
    visitor.reads_event("contact_left").await;
    let origin = format!("http://{address}");
    let mut agent = Knock::at("/ws/agent").with("cookie", &cookie).with("origin", &origin).opens(address).await;
    agent.sends(&json!({ "type": "hello" })).await;
    agent.reads_a("queue").await;
    let claim = json!({ "type": "claim", "client_id": new_id(), "conversation": visitor.conversation });
    agent.sends(&claim).await;
    visitor.reads_event("claimed").await;
    let mut elsewhere = Knock::at("/ws/visitor").with("x-forwarded-for", ADDRESS).opens(address).await;
    elsewhere.sends(&json!({ "type": "hello" })).await;
    elsewhere.reads_a("welcome").await;
    elsewhere.sends(&json!({ "type": "send_message", "client_id": new_id(), "text": "hello" })).await;
    elsewhere.reads_a("event").await;
    let mut forged = Knock::at("/ws/visitor").opens(address).await;
    forged.sends(&json!({ "type": "hello", "token": "forged-token" })).await;
    forged.is_closed().await;

    drop(server);
    let logged = fs::read_to_string(&log).unwrap();
    let (_, logged) = logged.split_once(&link).unwrap();
    assert!(logged.contains("turn decided"), "something is logged: {logged}");
    let session = cookie.split_once('=').unwrap().1;
    for secret in
        [&visitor.token, session, PASSWORD, &link, "forged-token", "\"forged\"", "zebra", "umbrella", "jonas@mail"]
    {
        assert!(!logged.contains(secret), "{secret:?} in the log: {logged}");
    }
    for file in files(data.path()) {
        let bytes = fs::read(&file).unwrap();
        let has_address = bytes.windows(ADDRESS.len()).any(|window| window == ADDRESS.as_bytes());
        assert!(!has_address, "a visitor's address in {}", file.display());
    }
}

/// Every file in the folder, the log too.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// A process that ends with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// The address and the secret of the first agent's link; the greeting is the one place where that is shown.
async fn read_greeting(log: &Path) -> (SocketAddr, String) {
    loop {
        let logged = fs::read_to_string(log).unwrap();
        let greeting = logged.split_inclusive('\n').filter(|line| line.ends_with('\n'));
        for line in greeting {
            if let Some((before, link)) = line.trim().split_once("/console#setup=") {
                return (before.trim_start_matches("http://").parse().unwrap(), link.to_owned());
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
