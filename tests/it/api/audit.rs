//! The audit log, agents and keys.

use frontdesk::store::Role;
use serde_json::{Value, json};

use crate::support::{Caller, PASSWORD, TestServer};

/// What the log says, oldest first: who, what, to what, how.
async fn log(caller: &Caller) -> Vec<String> {
    let entries = caller.pages_through("/audit", 3).await;
    let line = |entry: &Value| {
        let part = |value: &Value| value.as_str().unwrap().to_owned();
        let parts =
            [part(&entry["actor"]["name"]), part(&entry["act"]), part(&entry["subject"]), part(&entry["detail"])];
        parts.join(" | ").trim_end_matches(" | ").to_owned()
    };
    entries.iter().rev().map(line).collect()
}

#[tokio::test]
async fn what_is_done_to_the_desk_is_written_down() {
    let server = TestServer::start().await;
    let ada = server.caller("Ada", Role::Administrator).await;
    let new = json!({ "email": "bo@desk.example", "name": "Bo", "role": "agent", "password": PASSWORD });
    let (status, bo) = ada.posts("/agents", new).await;
    assert_eq!(status, 201);
    let path = format!("/agents/{}", bo["id"].as_str().unwrap());
    assert_eq!(ada.patches(&path, json!({ "role": "supervisor", "name": "Bob" })).await.1["role"], "supervisor");
    assert_eq!(ada.patches(&path, json!({ "name": "Bob" })).await.0, 200, "nothing new");
    let wrong = json!({ "email": "bo@desk.example", "password": "not this one" });
    assert_eq!(server.stranger().posts("/session", wrong).await.0, 401);
    assert_eq!(ada.patches(&path, json!({ "disabled": true })).await.0, 200);
    assert_eq!(ada.gets("/insights.csv").await.0, 200);
    insta::assert_snapshot!(log(&ada).await.join("\n"), @r"
    Ada | signed_in | ada@desk.example
    Ada | agent_added | bo@desk.example | agent
    Ada | role_changed | bo@desk.example | agent to supervisor
    Ada | agent_changed | bo@desk.example | name
    not signed in | sign_in_failed | bo@desk.example
    Ada | agent_disabled | bo@desk.example
    Ada | exported | insights | days
    ");
    let (_, roles) = ada.gets("/audit?act=role_changed").await;
    assert_eq!(roles["items"].as_array().unwrap().len(), 1);
    assert_eq!(ada.gets("/audit?act=nonsense").await.0, 400);
}

#[tokio::test]
async fn a_disabled_agent_is_out_and_the_last_administrator_stays() {
    let server = TestServer::start().await;
    let ada = server.caller("Ada", Role::Administrator).await;
    let bo = server.caller("Bo", Role::Agent).await;
    let id = |me: Value| format!("/agents/{}", me["id"].as_str().unwrap());
    let (own, others) = (id(ada.gets("/profile").await.1), id(bo.gets("/profile").await.1));
    for change in [json!({ "disabled": true }), json!({ "role": "agent" })] {
        let (status, problem) = ada.patches(&own, change).await;
        assert!(status == 400 && problem["message"].as_str().unwrap().contains("last administrator"), "{problem}");
    }
    assert_eq!(ada.patches(&others, json!({ "disabled": true })).await.0, 200);
    assert_eq!(bo.gets("/profile").await.0, 401);
    assert_eq!(ada.patches(&others, json!({ "disabled": false, "role": "administrator" })).await.0, 200);
    assert_eq!(ada.patches(&own, json!({ "role": "agent" })).await.0, 200, "there is another one now");
    assert_eq!(ada.gets("/audit").await.0, 403, "and it counts at once");
}

#[tokio::test]
async fn a_key_is_shown_once_and_does_what_it_may_until_it_is_revoked() {
    let server = TestServer::start().await;
    let ada = server.caller("Ada", Role::Administrator).await;
    let (status, made) = ada.posts("/keys", json!({ "name": "reports", "role": "supervisor", "scope": "read" })).await;
    assert_eq!(status, 201);
    let secret = made["secret"].as_str().unwrap();
    let program = server.program(secret);
    assert_eq!(program.gets("/insights").await.0, 200);
    assert_eq!(program.gets("/keys").await.0, 403);
    assert_eq!(program.posts("/tags", json!({ "name": "x" })).await.0, 403, "it may only read");

    let (_, listed) = ada.gets("/keys").await;
    assert_eq!((&listed[0]["name"], &listed[0]["scope"]), (&json!("reports"), &json!("read")));
    assert!(listed[0]["used_at"].is_string() && !listed.to_string().contains(secret), "{listed}");

    let path = format!("/keys/{}", made["id"].as_str().unwrap());
    assert_eq!((ada.deletes(&path).await, ada.deletes(&path).await), (204, 404));
    assert_eq!(program.gets("/insights").await.0, 401);
    let acts = log(&ada).await;
    assert!(acts.contains(&"Ada | key_made | reports | supervisor".to_owned()), "{acts:?}");
    assert!(acts.contains(&"Ada | key_revoked | reports".to_owned()), "{acts:?}");
}

#[tokio::test]
async fn an_agent_changes_their_own_password_and_stays() {
    let server = TestServer::start().await;
    let ada = server.caller("Ada", Role::Agent).await;
    let change = |old: &str| json!({ "old": old, "new": "another long password" });
    assert_eq!(ada.posts("/profile/password", change("not this one")).await.0, 403);
    assert_eq!(ada.posts("/profile/password", json!({ "old": PASSWORD, "new": "short" })).await.0, 400);
    assert_eq!(ada.gets("/profile").await.0, 200);
    assert_eq!(ada.posts("/profile/password", change(PASSWORD)).await.0, 204);
    assert_eq!(ada.gets("/profile").await.0, 401, "the old session is over");
    let again = json!({ "email": "ada@desk.example", "password": "another long password" });
    assert_eq!(server.stranger().posts("/session", again).await.0, 204);
}
