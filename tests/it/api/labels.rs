//! What agents say of the bot's answers, and looking for an article.

use frontdesk::store::Role;
use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn an_agent_names_the_right_article_and_changes_their_mind() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks("is the turquoise armchair back in stock").await;
    let path = format!("/conversations/{}/labels", visitor.conversation.clone().unwrap());
    let ada = server.caller("Ada", Role::Agent).await;

    let (status, label) = ada.posts(&path, json!({ "seq": 1, "article": null })).await;
    assert_eq!((status, &label["gold"]), (201, &json!([])), "{label}");
    assert_eq!(label["text"], "is the turquoise armchair back in stock");
    let article = ada.gets("/articles?q=return").await.1[0]["article"].as_str().unwrap().to_owned();
    assert_eq!(ada.posts(&path, json!({ "seq": 1, "article": article })).await.0, 201);

    let boss = server.caller("Sam", Role::Supervisor).await;
    let labels = boss.gets("/labels").await.1;
    assert_eq!((labels.as_array().unwrap().len(), &labels[0]["gold"]), (1, &json!([article])), "the last word counts");
    assert_eq!(labels[0]["by"], "Ada");
}

#[tokio::test]
async fn only_a_visitors_question_and_an_article_that_exists_can_be_labelled() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks("how long does a refund take").await;
    let path = format!("/conversations/{}/labels", visitor.conversation.clone().unwrap());
    let ada = server.caller("Ada", Role::Agent).await;
    for body in [
        json!({ "seq": 2, "article": null }),
        json!({ "seq": 99, "article": null }),
        json!({ "seq": 1, "article": "no/such/article" }),
        json!({ "seq": 1, "article": "" }),
    ] {
        assert_eq!(ada.posts(&path, body.clone()).await.0, 400, "{body}");
    }
}

#[tokio::test]
async fn articles_are_found_as_the_bot_finds_them() {
    let server = TestServer::start().await;
    let ada = server.caller("Ada", Role::Agent).await;
    let (status, found) = ada.gets("/articles?q=how+long+does+a+refund+take").await;
    let found = found.as_array().unwrap();
    assert!(status == 200 && (1..=8).contains(&found.len()), "{found:?}");
    assert!(found[0]["title"].is_string() && found[0]["url"].as_str().unwrap().contains("/help/"), "{found:?}");
    assert_eq!(ada.gets("/articles?q=").await.0, 400);
}

#[tokio::test]
async fn a_visitors_last_word_on_an_answer_is_a_label() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let answer = visitor.asks("how do i delete my account").await;
    for helpful in [true, false] {
        visitor.rates_answer(&answer["seq"], helpful).await;
        visitor.reads_event("answer_rated").await;
    }
    let judged = server.store.judged_answers(10).await.unwrap();
    let told: Vec<_> = judged.iter().map(|one| (one.text.as_str(), one.article.as_str(), one.helpful)).collect();
    assert_eq!(told, [("how do i delete my account", "account/delete-account", false)]);
}
