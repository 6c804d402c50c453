//! Ratings and insights.

use frontdesk::store::Role;
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{Caller, TestServer};

#[tokio::test]
async fn ratings_are_listed_and_exported_without_formulas() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let boss = server.caller("Cy", Role::Supervisor).await;
    let mut visitor = server.visitor().await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let id = visitor.conversation.clone().unwrap();
    ada.sees_waiting(&id).await;
    ada.claims(&id).await;
    let resolved = ada.resolves(&id).await;
    ada.reads_receipt(&resolved).await;
    visitor.does("rate_conversation", json!({ "score": 4, "comment": "=HYPERLINK(\"x\")" })).await;
    visitor.reads_event("conversation_rated").await;

    let (_, page) = Caller::of(&server, &ada).gets("/ratings").await;
    let rating = &page["items"][0];
    assert_eq!((&rating["score"], &rating["conversation"]), (&json!(4), &json!(id)));
    let (_, table) = boss.gets("/ratings.csv").await;
    let table = table.as_str().unwrap();
    assert!(table.contains(",4,,,\"'=HYPERLINK(\"\"x\"\")\""), "{table}");
}

#[tokio::test]
async fn the_four_numbers_say_what_they_are_a_part_of() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let boss = server.caller("Cy", Role::Supervisor).await;
    let mut helped = server.visitor().await;
    let answer = helped.asks("when are you open").await;
    helped.rates_answer(&answer["seq"], true).await;
    helped.reads_event("answer_rated").await;
    let mut passed = server.visitor().await;
    passed.asks_for_a_person().await;
    passed.reads_event("escalated").await;
    let id = passed.conversation.clone().unwrap();
    ada.sees_waiting(&id).await;
    server.clock.advance(SignedDuration::from_secs(30));
    ada.claims(&id).await;
    ada.sees_own(&id).await;
    let said = ada.replies(&id, "Hello").await;
    ada.reads_receipt(&said).await;

    let (status, shown) = boss.gets("/insights").await;
    assert_eq!(status, 200, "{shown}");
    let numbers = &shown["numbers"];
    assert_eq!(numbers["solved"], json!({ "confirmed": 1, "assumed": 0, "of": 2 }));
    let reply = &numbers["first_reply"];
    assert!(reply["median_s"].as_f64().unwrap() >= 30.0, "{reply}");
    assert_eq!((&reply["in_time"], &reply["of"]), (&json!(1), &json!(1)));
    assert_eq!(numbers["not_answered"]["of"], 1);
    assert_eq!(shown["reasons"], json!([{ "reason": "asked_for_agent", "count": 1 }]));
    assert_eq!((&shown["days"][0]["confirmed"], &shown["days"][0]["passed"]), (&json!(1), &json!(1)));
    assert_eq!(shown["before"]["solved"]["of"], 0);

    let (_, table) = boss.gets("/insights.csv?zone=Europe/Vienna").await;
    assert!(table.as_str().unwrap().starts_with("day,confirmed,assumed,passed,open\r\n"), "{table}");
    for bad in ["from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "from=1990-01-01T00:00:00Z", "zone=Mars/Base"] {
        assert_eq!(boss.gets(&format!("/insights?{bad}")).await.0, 400, "{bad}");
    }
}
