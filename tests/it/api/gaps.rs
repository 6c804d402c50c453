//! The questions that no article answers.

use frontdesk::store::Role;
use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn what_no_article_answers_is_grouped() {
    let server = TestServer::start().await;
    let (boss, ada) = (server.caller("Cy", Role::Supervisor).await, server.caller("Ada", Role::Agent).await);
    for question in ["do you tune grand pianos", "do you tune grand pianos", "which football club wins"] {
        server.visitor().await.asks(question).await;
    }
    let mut insistent = server.visitor().await;
    insistent.asks("who painted the mona lisa").await;
    insistent.asks_for_a_person().await;
    let mut judged = server.visitor().await;
    let answer = judged.asks("when are you open").await;
    let path = format!("/conversations/{}/labels", judged.conversation.clone().unwrap());
    assert_eq!(boss.posts(&path, json!({ "seq": answer["reply_to"], "article": null })).await.0, 201);
    let mut unhappy = server.visitor().await;
    let answer = unhappy.asks("how do i delete my account").await;
    unhappy.rates_answer(&answer["seq"], false).await;
    unhappy.reads_event("answer_rated").await;

    assert_eq!(ada.gets("/gaps").await.0, 403);
    assert_eq!(boss.gets("/gaps?days=0").await.0, 400);
    let (status, gaps) = boss.gets("/gaps").await;
    assert_eq!(status, 200, "{gaps}");
    let gaps = gaps.as_array().unwrap();
    assert_eq!(gaps[0]["count"], 2, "{gaps:?}");
    assert_eq!(gaps[0]["questions"][0]["text"], "do you tune grand pianos");
    let asked: Vec<_> = gaps.iter().map(|gap| gap["questions"][0]["text"].as_str().unwrap()).collect();
    let passed =
        |text: &str| gaps.iter().find(|gap| gap["questions"][0]["text"] == text).map(|gap| gap["passed"].clone());
    assert_eq!(passed("which football club wins"), Some(json!(0)));
    assert_eq!(passed("who painted the mona lisa"), Some(json!(1)), "{gaps:?}");
    let best = gaps.iter().filter_map(|gap| gap["best"].as_f64()).collect::<Vec<_>>();
    assert!(!best.is_empty() && best.iter().all(|best| (0.0..=1.0).contains(best)), "{best:?}");
    for expected in ["when are you open", "which football club wins", "how do i delete my account"] {
        assert!(asked.contains(&expected), "{expected}: {asked:?}");
    }
}
