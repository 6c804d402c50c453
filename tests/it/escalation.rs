//! From the bot to a person and back: stories with visitors and agents.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::{Agent, TestServer, Visitor};

const NONSENSE: &str = "asdf qwer zxcv";

async fn served(server: &TestServer, agent: &mut Agent) -> (Visitor, String) {
    let (mut visitor, conversation) = server.waiting().await;
    agent.claims(&conversation).await;
    visitor.reads_event("claimed").await;
    (visitor, conversation)
}

#[tokio::test]
async fn from_question_to_person_and_back() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let mut visitor = server.visitor().await;
    visitor.asks("how long does delivery take").await;
    visitor.asks_for_a_person().await;
    assert_eq!(visitor.reads_event("escalated").await["reason"], "asked_for_agent");
    visitor.reads_message_from("system").await;
    assert_eq!(visitor.is_shown("waiting").await["position"], 1);

    let conversation = visitor.conversation.clone().unwrap();
    let entry = ada.sees_waiting(&conversation).await;
    assert_eq!(
        (&entry["reason"], &entry["preview"]),
        (&"asked_for_agent".into(), &"how long does delivery take".into())
    );
    ada.claims(&conversation).await;
    assert_eq!(visitor.reads_event("claimed").await["agent"]["name"], "Ada");
    assert_eq!(visitor.is_shown("with_agent").await["agent"]["name"], "Ada");
    ada.sees_own(&conversation).await;
    let bot = ada.events.iter().find(|event| event["author"]["kind"] == "bot").expect("the whole transcript");
    assert!(bot["decision"]["candidates"][0]["confidence"].is_number(), "{bot}");

    ada.replies(&conversation, "Hi, it is on its way.").await;
    let reply = visitor.reads_message_from("agent").await;
    assert_eq!((&reply["text"], &reply["author"]["name"]), (&"Hi, it is on its way.".into(), &"Ada".into()));
    visitor.says("thank you").await;
    let is_thanks = |frame: &Value| frame["type"] == "event" && frame["text"] == "thank you";
    ada.reads_frame_where("the visitor's thanks", is_thanks).await;
    ada.resolves(&conversation).await;
    assert_eq!(visitor.reads_event("resolved").await["by"], "agent");
    visitor.is_shown("resolved").await;
    assert!(visitor.events.iter().all(|event| event.get("decision").is_none()), "visitors never see the record");
}

#[tokio::test]
async fn the_first_miss_offers_the_second_in_a_row_fetches() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let offer = visitor.asks(NONSENSE).await;
    let actions: Vec<_> = offer["options"].as_array().unwrap().iter().map(|option| option["action"].clone()).collect();
    assert_eq!(actions, ["request_agent", "rephrase"]);
    visitor.reads_event("offered").await;
    visitor.asks(NONSENSE).await;
    assert_eq!(visitor.reads_event("escalated").await["reason"], "low_confidence");
    visitor.is_shown("waiting").await;
}

#[tokio::test]
async fn words_are_as_good_as_the_button() {
    let server = TestServer::start().await;
    for text in ["I want to talk to a human", "can I speak to a real person please", "connect me with an agent"] {
        let mut visitor = server.visitor().await;
        visitor.asks(text).await;
        assert_eq!(visitor.reads_event("escalated").await["reason"], "asked_for_agent", "{text}");
    }
}

#[tokio::test]
async fn asking_for_a_person_works_before_any_message() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let mut visitor = server.visitor().await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    visitor.reads_message_from("system").await;
    ada.sees_waiting(visitor.conversation.as_ref().unwrap()).await;
    visitor.asks_for_a_person().await;
    assert_eq!(visitor.is_refused().await, "not_found", "once is enough");
}

#[tokio::test]
async fn an_articles_rule_answers_and_hands_over_to_its_queue() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let mut visitor = server.visitor().await;
    let answer = visitor.asks("my order arrived damaged").await;
    assert!(answer["text"].as_str().unwrap().contains("keep the packaging"), "{answer}");
    assert_eq!(visitor.reads_event("escalated").await["reason"], "article_rule");
    let entry = ada.sees_waiting(visitor.conversation.as_ref().unwrap()).await;
    assert_eq!(entry["queue"], "orders");
}

#[tokio::test]
async fn two_agents_one_winner() {
    let server = TestServer::start().await;
    let (mut ada, mut tom) = (server.agent("Ada").await, server.agent("Tom").await);
    let (mut visitor, conversation) = server.waiting().await;
    ada.claims(&conversation).await;
    visitor.reads_event("claimed").await;
    tom.claims(&conversation).await;
    assert_eq!(tom.is_refused().await, "already_claimed");
    tom.replies(&conversation, "me too").await;
    assert_eq!(tom.is_refused().await, "not_owner");
    visitor.overhears().await;
    assert_eq!(visitor.events.iter().filter(|event| event["kind"] == "claimed").count(), 1);
}

#[tokio::test]
async fn eight_agents_claim_at_once_and_one_wins() {
    let server = TestServer::start_with(|settings, _| settings.limits.connections_per_address = 0).await;
    let (mut visitor, conversation) = server.waiting().await;
    let mut agents = Vec::new();
    for number in 0..8 {
        agents.push(server.agent(&format!("Agent {number}")).await);
    }
    let claims = agents.into_iter().map(|mut agent| {
        let conversation = conversation.clone();
        tokio::spawn(async move {
            let id = agent.does("claim", &conversation, json!({})).await;
            agent
                .reads_frame_where("what became of it", |frame| {
                    (frame["type"] == "error" && frame["client_id"] == id)
                        || frame["mine"].as_array().is_some_and(|mine| !mine.is_empty())
                })
                .await
        })
    });
    let mut winners = 0;
    for claim in claims.collect::<Vec<_>>() {
        let frame = claim.await.unwrap();
        winners += u32::from(frame["type"] == "queue");
        assert!(frame["type"] == "queue" || frame["code"] == "already_claimed", "{frame}");
    }
    assert_eq!(winners, 1);
    visitor.reads_event("claimed").await;
}

#[tokio::test]
async fn a_released_conversation_keeps_its_place() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let (mut first, conversation) = served(&server, &mut ada).await;
    let (mut second, _) = server.waiting().await;
    assert_eq!(second.is_shown("waiting").await["position"], 1);
    ada.releases(&conversation).await;
    first.reads_event("released").await;
    assert_eq!(first.is_shown("waiting").await["position"], 1);
    assert_eq!(second.is_shown("waiting").await["position"], 2);
}

#[tokio::test]
async fn whoever_no_longer_waits_has_the_bot_again() {
    let server = TestServer::start().await;
    let (mut first, _) = server.waiting().await;
    let (mut second, _) = server.waiting().await;
    assert_eq!(second.is_shown("waiting").await["position"], 2);
    first.withdraws().await;
    first.is_shown("with_bot").await;
    assert_eq!(second.is_shown("waiting").await["position"], 1, "the others move up");
    let answer = first.asks("what does shipping cost").await;
    assert_eq!(answer["sources"][0]["article"], "shipping/costs");
}

#[tokio::test]
async fn notes_never_reach_the_visitor() {
    let server = TestServer::start().await;
    let (mut ada, mut tom) = (server.agent("Ada").await, server.agent("Tom").await);
    let (mut visitor, conversation) = served(&server, &mut ada).await;
    tom.follows(&conversation, 0).await;
    ada.notes(&conversation, "third cracked leg this month").await;
    let note = tom.reads_a("note").await;
    assert_eq!((&note["number"], &note["text"]), (&1.into(), &"third cracked leg this month".into()));
    let heard = visitor.overhears().await;
    assert!(heard.iter().all(|frame| !frame.to_string().contains("cracked")), "{heard:?}");
    let back = visitor.opens_another_window().await;
    assert!(!back.welcome.to_string().contains("cracked"));
}

#[tokio::test]
async fn given_back_the_bot_answers_again() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let (mut visitor, conversation) = served(&server, &mut ada).await;
    ada.gives_back(&conversation).await;
    visitor.is_shown("with_bot").await;
    visitor.asks("what does shipping cost").await;
}

#[tokio::test]
async fn thumbs_down_offers_a_person_and_again_fetches_one() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    let answer = visitor.asks("how long does delivery take").await;
    visitor.rates_answer(&answer["seq"], false).await;
    visitor.reads_event("offered").await;
    visitor.rates_answer(&answer["seq"], false).await;
    assert_eq!(visitor.reads_event("escalated").await["reason"], "not_helpful");
    visitor.rates_answer(&json!(1), false).await;
    assert_eq!(visitor.is_refused().await, "not_found", "only answers can be rated");
}

#[tokio::test]
async fn with_nobody_there_an_address_can_be_left() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    assert_eq!(visitor.welcome["availability"]["agents"], false);
    visitor.leaves_contact("jonas@example.org").await;
    visitor.reads_event("contact_left").await;
    assert!(visitor.reads_message_from("system").await["text"].as_str().unwrap().contains("jonas@example.org"));
    assert_eq!(visitor.is_shown("waiting").await["left"], true);
    let mut ada = server.agent("Ada").await;
    assert_eq!(ada.sees_waiting(visitor.conversation.as_ref().unwrap()).await["left"], true);
    assert_eq!(visitor.reads_a("availability").await["agents"], true, "the first agent has arrived");
    ada.goes("away").await;
    assert_eq!(visitor.reads_a("availability").await["agents"], false);
}

#[tokio::test]
async fn an_agent_has_only_so_many() {
    let server = TestServer::start_with(|settings, _| settings.handoff.agent_capacity = 1).await;
    let mut ada = server.agent("Ada").await;
    let (_first, _) = served(&server, &mut ada).await;
    let (_second, conversation) = server.waiting().await;
    ada.claims(&conversation).await;
    assert_eq!(ada.is_refused().await, "at_capacity");
}

#[tokio::test]
async fn writing_after_the_end_goes_on_or_begins_anew() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks("how long does delivery take").await;
    let conversation = visitor.conversation.clone();
    visitor.ends().await;
    visitor.is_shown("resolved").await;
    visitor.asks("thanks").await;
    assert!(visitor.events.iter().all(|event| event["kind"] != "reopened"), "thanks is no reason to reopen");
    visitor.asks("what does shipping cost").await;
    visitor.is_shown("with_bot").await;
    assert_eq!(visitor.conversation, conversation);
    visitor.starts_anew("how long does delivery take").await;
    visitor
        .reads_event_where("the first event of another one", |event| {
            event["seq"] == 1 && event["conversation"].as_str() != conversation.as_deref()
        })
        .await;
}

#[tokio::test]
async fn the_turn_budget_ends_with_a_person() {
    let server = TestServer::start_with(|settings, _| settings.handoff.turn_budget = 2).await;
    let mut visitor = server.visitor().await;
    for _ in 0..2 {
        visitor.asks("how long does delivery take").await;
    }
    visitor.asks("what does shipping cost").await;
    assert_eq!(visitor.reads_event("escalated").await["reason"], "turn_budget");
}

#[tokio::test]
async fn a_day_later_a_new_conversation_begins() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.asks("how long does delivery take").await;
    let first = visitor.conversation.clone();
    visitor.ends().await;
    visitor.is_shown("resolved").await;
    server.clock.advance(SignedDuration::from_hours(25));
    visitor.asks("what does shipping cost").await;
    assert_ne!(visitor.conversation, first);
}

#[tokio::test]
async fn a_chosen_option_is_answered_and_agents_articles_cannot_be_chosen() {
    let server = TestServer::start().await;
    let mut visitor = server.visitor().await;
    visitor.chooses(&json!({ "label": "What does shipping cost?", "article": "shipping/costs" })).await;
    assert_eq!(visitor.reads_answer().await["sources"][0]["article"], "shipping/costs");
    visitor.chooses(&json!({ "label": "zzz", "article": "goodwill" })).await;
    assert_eq!(visitor.reads_answer().await.get("sources"), None);
}
