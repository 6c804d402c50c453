//! What agents keep: canned responses, macros, tags, preferences, drafts, words about contacts.

use frontdesk::store::Role;
use serde_json::{Value, json};

use crate::support::TestServer;

fn find<'a>(list: &'a Value, field: &str, value: &str) -> Option<&'a Value> {
    list.as_array().unwrap().iter().find(|one| one[field] == value)
}

#[tokio::test]
async fn canned_responses_are_the_files_the_teams_and_ones_own() {
    let server = TestServer::start().await;
    let (boss, ada, bo) = (
        server.caller("Cy", Role::Supervisor).await,
        server.caller("Ada", Role::Agent).await,
        server.caller("Bo", Role::Agent).await,
    );
    let text = |shortcut: &str, personal: bool| json!({ "shortcut": shortcut, "title": "Title", "text": "Hello {{visitor.name}}", "personal": personal });
    assert_eq!(ada.posts("/canned", text("sorry", false)).await.0, 403, "the team's takes a supervisor");
    let (status, team) = boss.posts("/canned", text("sorry", false)).await;
    assert_eq!((status, &team["source"]), (201, &json!("team")));
    assert_eq!(boss.posts("/canned", text("SORRY", false)).await.0, 409, "one of a name");
    let (_, own) = ada.posts("/canned", text("sorry", true)).await;
    assert_eq!(own["source"], "personal");

    let (_, list) = ada.gets("/canned").await;
    let sources: Vec<_> = list.as_array().unwrap().iter().filter(|one| one["shortcut"] == "sorry").collect();
    assert_eq!(sources.len(), 2);
    let file = find(&list, "source", "file").expect("one beside the articles").clone();
    assert!(find(&bo.gets("/canned").await.1, "source", "personal").is_none());

    let path = |one: &Value| format!("/canned/{}", one["id"].as_str().unwrap());
    assert_eq!(bo.puts(&path(&own), text("mine-now", true)).await.0, 404);
    assert_eq!(bo.deletes(&path(&own)).await, 404);
    assert_eq!(bo.deletes(&path(&team)).await, 403);
    assert_eq!(ada.deletes(&path(&file)).await, 404, "a file is changed beside the articles");
    assert_eq!(ada.puts(&path(&own), text("apology", true)).await.1["shortcut"], "apology");
    for one in [&file, &team, &team] {
        assert_eq!(bo.asks(reqwest::Method::POST, &format!("{}/uses", path(one)), None).await.0, 204);
    }
    let (_, list) = bo.gets("/canned").await;
    assert_eq!(find(&list, "source", "team").unwrap()["uses"], 2);
    assert_eq!(find(&list, "id", file["id"].as_str().unwrap()).unwrap()["uses"], 1);
    assert_eq!(ada.deletes(&path(&own)).await, 204);
}

#[tokio::test]
async fn macros_hold_several_acts() {
    let server = TestServer::start().await;
    let ada = server.caller("Ada", Role::Agent).await;
    let steps = json!({ "reply": "Sorry!", "tags": ["damage"], "snooze_s": 3600 });
    let (status, made) = ada.posts("/macros", json!({ "name": "Damage", "personal": true, "steps": steps })).await;
    assert_eq!(status, 201, "{made}");
    assert_eq!(
        (&made["reply"], &made["tags"], &made["resolve"]),
        (&json!("Sorry!"), &json!(["damage"]), &json!(false))
    );
    let path = format!("/macros/{}", made["id"].as_str().unwrap());
    let changed = json!({ "name": "Damage", "personal": true, "steps": { "resolve": true } });
    assert_eq!(ada.puts(&path, changed).await.1["resolve"], true);
    assert_eq!(ada.gets("/macros").await.1[0]["reply"], json!(null));
    assert_eq!((ada.deletes(&path).await, ada.deletes(&path).await), (204, 404));
}

#[tokio::test]
async fn preferences_and_drafts_are_ones_own() {
    let server = TestServer::start().await;
    let (ada, bo) = (server.caller("Ada", Role::Agent).await, server.caller("Bo", Role::Agent).await);
    let mut visitor = server.visitor().await;
    visitor.asks("question").await;
    let id = visitor.conversation.clone().unwrap();
    assert_eq!(ada.gets("/profile/preferences").await.1, json!({}));
    assert_eq!(ada.puts("/profile/preferences", json!({ "shortcuts": false })).await.0, 200);
    assert_eq!(ada.gets("/profile/preferences").await.1, json!({ "shortcuts": false }));
    assert_eq!(bo.gets("/profile/preferences").await.1, json!({}));

    let path = format!("/conversations/{id}/draft");
    for (mode, text) in [("reply", "Dear"), ("note", "ask Tom"), ("reply", "Dear Vera")] {
        assert_eq!(ada.puts(&path, json!({ "mode": mode, "text": text })).await.0, 204);
    }
    let (_, drafts) = ada.gets("/drafts").await;
    assert_eq!(find(&drafts, "mode", "reply").unwrap()["text"], "Dear Vera");
    assert_eq!((drafts.as_array().unwrap().len(), drafts[0]["conversation"].as_str()), (2, Some(id.as_str())));
    assert_eq!(bo.gets("/drafts").await.1, json!([]));
    assert_eq!(ada.puts(&path, json!({ "mode": "reply", "text": "" })).await.0, 204);
    assert_eq!(ada.gets("/drafts").await.1.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn contacts_have_a_history_and_notes() {
    let server = TestServer::start().await;
    let ada = server.caller("Ada", Role::Agent).await;
    let mut visitor = server.visitor().await;
    visitor.asks("question").await;
    visitor.leaves_contact("vera@example.org").await;
    visitor.reads_event("contact_left").await;
    let (_, page) = ada.gets("/contacts").await;
    let contact = page["items"][0].clone();
    assert_eq!(contact["conversations"], 1);
    let path = format!("/contacts/{}", contact["id"].as_str().unwrap());
    let (status, note) = ada.posts(&format!("{path}/notes"), json!({ "text": "Prefers to be called" })).await;
    assert_eq!((status, &note["author"]), (201, &json!("Ada")));
    let (_, shown) = ada.gets(&path).await;
    assert_eq!(shown["notes"][0]["text"], "Prefers to be called");
    assert_eq!(shown["history"][0]["id"].as_str(), visitor.conversation.as_deref());
    assert_eq!(ada.gets("/contacts?q=nobody").await.1["items"], json!([]));
}

#[tokio::test]
async fn tags_are_proposed_by_supervisors() {
    let server = TestServer::start().await;
    let boss = server.caller("Cy", Role::Supervisor).await;
    let (status, tag) = boss.posts("/tags", json!({ "name": "damage" })).await;
    assert_eq!(status, 201);
    assert_eq!(boss.posts("/tags", json!({ "name": "Damage" })).await.0, 409);
    assert_eq!(boss.gets("/tags").await.1, json!([tag]));
    let path = format!("/tags/{}", tag["id"].as_str().unwrap());
    assert_eq!((boss.deletes(&path).await, boss.deletes(&path).await), (204, 404));
}
