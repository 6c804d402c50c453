//! What is kept of visitors, for how long, and forgetting it.

use frontdesk::{
    chat::{ChatError, Retention, find_visitors},
    store::Forgotten,
};
use jiff::SignedDuration;
use serde_json::json;

use crate::support::{TestServer, Visitor};

const DAYS: Retention = Retention { bot_days: 30, escalated_days: 180, audit_days: 365 };

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

#[tokio::test]
async fn conversations_are_kept_as_long_as_their_kind_is() {
    let server = TestServer::start().await;
    let mut with_bot = server.visitor().await;
    with_bot.asks("opening hours").await;
    let mut with_people = server.visitor().await;
    with_people.asks_for_a_person().await;
    with_people.is_shown("waiting").await;
    with_people.ends().await;
    with_people.is_shown("resolved").await;
    let mut waiting = server.visitor().await;
    waiting.asks_for_a_person().await;
    waiting.is_shown("waiting").await;

    let forgets = async |count| server.chat.forget_old(Retention { bot_days: count, ..DAYS }).await.unwrap();
    server.clock.advance(days(29));
    assert_eq!(forgets(30).await, Forgotten::default());
    server.clock.advance(days(2));
    assert_eq!(forgets(0).await, Forgotten::default(), "0 is for ever");
    assert_eq!(forgets(30).await, Forgotten { conversations: 1, visitors: 1 });
    server.clock.advance(days(150));
    assert_eq!(forgets(30).await, Forgotten { conversations: 1, visitors: 1 });
    server.clock.advance(days(1_000));
    assert_eq!(forgets(30).await, Forgotten::default(), "whoever still waits is not forgotten");
}

#[tokio::test]
async fn a_visitor_can_have_everything_and_be_forgotten() {
    let server = TestServer::start().await;
    let hello = json!({ "identity": { "name": "Vera", "email": "vera@shop.example" } });
    let mut visitor = Visitor::says_hello(server.address, hello).await;
    visitor.asks("opening hours").await;
    let mut other = server.visitor().await;
    other.asks("opening hours").await;

    let found = find_visitors(server.store.as_ref(), &visitor.token).await.unwrap();
    assert_eq!(find_visitors(server.store.as_ref(), "Vera@shop.example").await.unwrap(), found);
    assert!(matches!(find_visitors(server.store.as_ref(), "nonsense").await, Err(ChatError::Invalid(_))));
    let record = server.chat.visitor_record(found[0]).await.unwrap().unwrap();
    let text = serde_json::to_string(&record).unwrap();
    assert!(text.contains("Vera") && text.contains("opening hours"), "{text}");
    assert!(text.contains("\"l_cos\":"), "numbers have their names: {text}");

    let forgotten = server.chat.erase_visitor(found[0]).await.unwrap();
    assert_eq!(forgotten, Forgotten { conversations: 1, visitors: 1 });
    assert!(server.chat.visitor_record(found[0]).await.unwrap().is_none());
    assert_eq!(find_visitors(server.store.as_ref(), "vera@shop.example").await.unwrap(), []);
    let again = visitor.opens_another_window().await;
    assert_eq!((again.conversation.as_ref(), again.events.len()), (None, 0));
    visitor.says("opening hours").await;
    let mut anew = visitor.opens_another_window().await;
    anew.asks("opening hours").await;
    assert_eq!(other.opens_another_window().await.events.len(), 2, "nobody else is forgotten");

    // What is written after the erasure is kept, also over a restart.
    let server = server.restarts().await;
    assert!(server.chat.visitor_record(found[0]).await.unwrap().is_some());
}

#[tokio::test]
async fn numbers_that_are_to_be_covered_are_never_kept() {
    let server = TestServer::start_with(|settings, _| settings.privacy.mask_cards = true).await;
    let mut visitor = server.visitor().await;
    let id = visitor.says("my card is 4111 1111 1111 1111, where is my parcel").await;
    let said = visitor.reads_receipt(&id).await;
    assert_eq!(said["text"], "my card is •••• •••• •••• ••••, where is my parcel");
    visitor.says_as(&id, "my card is 4111 1111 1111 1111, where is my parcel").await;
    visitor.reads_answer().await;
    let kept = visitor.opens_another_window().await;
    assert!(kept.events.iter().all(|event| !event.to_string().contains("4111")));
    assert_eq!(kept.events.iter().filter(|event| event["client_id"] == id).count(), 1);
}
