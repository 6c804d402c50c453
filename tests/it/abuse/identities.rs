//! Being somebody else.

use frontdesk::clock::{Clock, SystemClock};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{Agent, TestServer, Visitor};

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
