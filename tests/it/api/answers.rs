//! Verdicts on the bot's answers, and the questions that have none.

use frontdesk::store::{Judge, Role};
use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_verdict_becomes_a_label_and_goes_before_the_visitors_thumb() {
    let server = TestServer::start().await;
    let boss = server.caller("Cy", Role::Supervisor).await;
    let mut visitor = server.visitor().await;
    let answer = visitor.asks("when are you open").await;
    visitor.rates_answer(&answer["seq"], true).await;
    visitor.reads_event("answer_rated").await;
    let labels = server.store.labels(10).await.unwrap();
    assert_eq!((labels[0].article.as_deref(), labels[0].judge), (Some("opening-hours"), Judge::Visitor));

    let path = format!("/conversations/{}/verdict", visitor.conversation.clone().unwrap());
    let verdict = |article| json!({ "seq": answer["seq"], "article": article });
    assert_eq!(boss.posts(&path, verdict(json!("no/such-article"))).await.0, 404);
    assert_eq!(boss.posts(&path, json!({ "seq": 99, "article": null })).await.0, 404);
    assert_eq!(boss.posts(&path, verdict(json!("gift-cards"))).await.0, 204);
    let labels = server.store.labels(10).await.unwrap();
    assert_eq!(labels.len(), 1, "one for each answer");
    assert_eq!((labels[0].article.as_deref(), labels[0].judge), (Some("gift-cards"), Judge::Agent));
    assert_eq!(labels[0].text, "when are you open");
}

#[tokio::test]
async fn what_no_article_answers_is_grouped() {
    let server = TestServer::start().await;
    let (boss, ada) = (server.caller("Cy", Role::Supervisor).await, server.caller("Ada", Role::Agent).await);
    for question in ["do you tune grand pianos", "could you tune two grand pianos", "which football club wins"] {
        server.visitor().await.asks(question).await;
    }
    let mut visitor = server.visitor().await;
    let answer = visitor.asks("when are you open").await;
    let path = format!("/conversations/{}/verdict", visitor.conversation.clone().unwrap());
    assert_eq!(boss.posts(&path, json!({ "seq": answer["seq"], "article": null })).await.0, 204);

    assert_eq!(ada.gets("/gaps").await.0, 403);
    assert_eq!(boss.gets("/gaps?days=0").await.0, 400);
    let (status, gaps) = boss.gets("/gaps").await;
    assert_eq!(status, 200, "{gaps}");
    let gaps = gaps.as_array().unwrap();
    assert_eq!(gaps[0]["count"], 2);
    assert_eq!(gaps[0]["questions"][0]["text"], "could you tune two grand pianos");
    let asked: Vec<_> = gaps.iter().map(|gap| gap["questions"][0]["text"].as_str().unwrap()).collect();
    assert!(asked.contains(&"when are you open") && asked.contains(&"which football club wins"), "{asked:?}");
}
