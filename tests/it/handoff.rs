//! From hand to hand: who gets a conversation, what they are told, and what time alone does with it.

use std::{collections::HashSet, time::Duration};

use frontdesk::{
    bell::{Ring, WarnedOf},
    chat::{AgentAct, ChatError, VisitorAct},
    clock::Clock,
    conversation::{EventKind, Nudge, Seq},
    queue::{Assignment, Queue},
    store::{Actor, Availability, Role},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, TestServer, Visitor, guest, morning};

#[tokio::test]
async fn whoever_follows_gets_the_packet_first() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let hello = json!({ "time_zone": "Europe/Berlin", "page": { "url": "https://shop.example/lamps", "title": "Lamps" },
        "consent": "2027-01", "identity": { "name": "Jonas", "attributes": { "plan": "pro" } } });
    let mut visitor = Visitor::says_hello(server.address, hello).await;
    let answer = visitor.asks("how long does delivery take").await;
    visitor.rates_answer(&answer["seq"], false).await;
    visitor.reads_event("answer_rated").await;
    visitor.sends(json!({ "type": "page", "url": "https://shop.example/cart", "title": "Cart" })).await;
    visitor.asks_for_a_person().await;
    visitor.reads_event("escalated").await;
    let conversation = visitor.conversation.clone().unwrap();
    ada.follows(&conversation, 0).await;
    let packet = ada.reads_a("packet").await;
    assert!(ada.events.is_empty(), "before the transcript");
    assert_eq!((&packet["reason"], &packet["why"]), (&json!("asked_for_agent"), &json!("asked for a person")));
    assert_eq!(packet["questions"][0]["text"], "how long does delivery take");
    assert_eq!((&packet["tried"][0]["helpful"], &packet["locale"]), (&json!(false), &json!("en")));
    assert!(packet["candidates"][0]["confidence"].is_number());
    let card = &packet["visitor"];
    assert_eq!(
        (&card["name"], &card["verified"], &card["attributes"]["plan"]),
        (&json!("Jonas"), &json!(false), &json!("pro"))
    );
    let pages: Vec<_> = card["pages"].as_array().unwrap().iter().map(|page| page["title"].clone()).collect();
    assert_eq!((pages, &card["time_zone"]), (vec![json!("Lamps"), json!("Cart")], &json!("Europe/Berlin")));
    assert_eq!(card["consent"]["notice"], "2027-01");
    let agreed_at: Timestamp = card["consent"]["at"].as_str().unwrap().parse().unwrap();
    let age = server.clock.now().duration_since(agreed_at);
    assert!((SignedDuration::ZERO..SignedDuration::from_mins(1)).contains(&age), "{age}");
    assert!(packet["since"].is_string() && packet["earlier"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn an_agents_first_words_take_a_conversation_over_from_the_bot() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let mut visitor = server.visitor().await;
    visitor.asks("how long does delivery take").await;
    let conversation = visitor.conversation.clone().unwrap();
    ada.sends(json!({ "type": "show", "tab": "bot" })).await;
    let listed =
        |frame: &serde_json::Value| frame["type"] == "tab" && frame["entries"][0]["conversation"] == conversation;
    ada.reads_frame_where("the bot's conversations", listed).await;
    ada.replies(&conversation, "Hello, a person here.").await;
    visitor.reads_event("claimed").await;
    assert_eq!(visitor.reads_message_from("agent").await["text"], "Hello, a person here.");
    let asked = visitor.says("what does shipping cost").await;
    visitor.reads_receipt(&asked).await;
    let heard = visitor.overhears().await;
    assert!(heard.iter().all(|frame| frame["author"]["kind"] != "bot"), "{heard:?}");
}

#[tokio::test]
async fn a_hand_over_needs_a_reason_and_somebody_who_can() {
    let server = TestServer::start().await;
    let (mut ada, mut tom) = (server.agent("Ada").await, server.agent("Tom").await);
    let (mut visitor, conversation) = server.waiting().await;
    ada.claims(&conversation).await;
    visitor.reads_event("claimed").await;
    let tom_id = tom.welcome["agent"]["id"].clone();
    ada.does("transfer", &conversation, json!({ "agent": tom_id, "comment": " " })).await;
    assert_eq!(ada.is_refused().await, "empty_text");
    ada.does("transfer", &conversation, json!({ "queue": "nowhere", "comment": "x" })).await;
    assert_eq!(ada.is_refused().await, "not_found");
    tom.goes("away").await;
    tom.reads_a("presence").await;
    ada.does("transfer", &conversation, json!({ "agent": tom_id, "comment": "yours" })).await;
    assert_eq!(ada.is_refused().await, "not_found");
    tom.goes("online").await;
    tom.reads_a("presence").await;
    ada.does("transfer", &conversation, json!({ "agent": tom_id, "comment": "He asks about lamps." })).await;
    visitor.reads_event("transferred").await;
    tom.sees_own(&conversation).await;
    tom.follows(&conversation, 0).await;
    assert_eq!(tom.reads_a("packet").await["passed"][0]["name"], "Ada");
    assert_eq!(tom.reads_a("note").await["text"], "He asks about lamps.");
}

#[tokio::test]
async fn agents_see_their_queues_and_supervisors_all() {
    let server = TestServer::start().await;
    let ada = server.employs("Ada", Role::Agent).await;
    server.employs("Tom", Role::Agent).await;
    server.employs("Boss", Role::Supervisor).await;
    let orders = Queue { members: vec![ada.id], ..Queue::named("orders", "Orders") };
    server.chat.save_queue(&Actor::desk(), orders).await.unwrap();
    let mut visitor = server.visitor().await;
    visitor.asks("my order arrived damaged").await;
    visitor.reads_event("escalated").await;
    let conversation = visitor.conversation.clone().unwrap();
    let mut ada = Agent::opens_console(&server, "Ada").await;
    ada.sees_waiting(&conversation).await;
    let mut boss = Agent::opens_console(&server, "Boss").await;
    boss.sees_waiting(&conversation).await;
    let mut tom = Agent::opens_console(&server, "Tom").await;
    assert_eq!(tom.queue["total"], 0);
    tom.follows(&conversation, 0).await;
    assert_eq!(tom.is_refused().await, "not_found");
    tom.does("claim", &conversation, json!({})).await;
    assert_eq!(tom.is_refused().await, "not_found");
    ada.claims(&conversation).await;
    visitor.reads_event("claimed").await;
    boss.does("take_over", &conversation, json!({})).await;
    assert_eq!(visitor.reads_event("claimed").await["agent"]["name"], "Boss");
}

#[tokio::test]
async fn a_balanced_queue_gives_at_once_and_colleagues_see_who_looks_at_what() {
    let server = TestServer::start().await;
    let (mut ada, mut tom) = (server.agent("Ada").await, server.agent("Tom").await);
    server
        .chat
        .save_queue(&Actor::desk(), Queue { assignment: Assignment::Balanced, ..Queue::default() })
        .await
        .unwrap();
    let (mut first, first_id) = server.waiting().await;
    let (mut second, second_id) = server.waiting().await;
    let names = [first.reads_event("claimed").await, second.reads_event("claimed").await];
    assert_ne!(names[0]["agent"]["name"], names[1]["agent"]["name"], "one each");
    let ada_first = names[0]["agent"]["name"] == "Ada";
    let (of_ada, of_tom) = if ada_first { (&first_id, &second_id) } else { (&second_id, &first_id) };
    ada.sees_own(of_ada).await;
    tom.sees_own(of_tom).await;
    ada.sends(json!({ "type": "view", "conversation": of_tom })).await;
    let sees_ada = |frame: &serde_json::Value| {
        let agents = frame["agents"].as_array();
        agents.is_some_and(|agents| agents.iter().any(|one| one["name"] == "Ada" && one["viewing"][0] == **of_tom))
    };
    tom.reads_frame_where("that Ada looks at it", sees_ada).await;
}

#[tokio::test]
async fn thanks_after_the_end_is_heard_and_a_question_goes_to_the_same_agent() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (ada, here) = desk.agent("Ada").await;
    let visitor = guest(1);
    let id = desk.asks_for_a_person(&visitor).await;
    desk.does(&ada, id, AgentAct::Claim).await.unwrap();
    let labels = AgentAct::Resolve { topic: Some("returns".to_owned()), tags: vec!["chair".to_owned()] };
    desk.does(&ada, id, labels.clone()).await.unwrap();
    desk.says(&visitor, "thank you").await;
    let resolved = desk.conversation(id).await;
    assert_eq!(
        (resolved.status.as_str(), resolved.topic.as_deref(), &resolved.tags[..]),
        ("resolved", Some("returns"), &["chair".to_owned()][..])
    );
    desk.says(&visitor, "and what does shipping cost?").await;
    assert_eq!(desk.conversation(id).await.status.agent().map(|agent| agent.id), Some(ada.id));
    desk.does(&ada, id, labels).await.unwrap();
    drop(here);
    desk.says(&visitor, "one more question about lamps").await;
    assert_eq!(desk.status(id).await, "waiting", "she has left");
}

#[tokio::test]
async fn a_conversation_is_rated_once_when_it_is_over() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (ada, _here) = desk.agent("Ada").await;
    let visitor = guest(1);
    let id = desk.asks_for_a_person(&visitor).await;
    desk.does(&ada, id, AgentAct::Claim).await.unwrap();
    let rating = |score, effort| VisitorAct::RateConversation { score, effort, recommend: Some(10), comment: None };
    assert!(matches!(desk.visits(&visitor, rating(5, None)).await, Err(ChatError::NotFound(_))), "not yet over");
    desk.does(&ada, id, AgentAct::Resolve { topic: None, tags: Vec::new() }).await.unwrap();
    for (score, effort) in [(0, None), (6, None), (3, Some(8)), (3, Some(0))] {
        assert!(matches!(desk.visits(&visitor, rating(score, effort)).await, Err(ChatError::Invalid(_))));
    }
    desk.visits(&visitor, rating(4, Some(2))).await.unwrap();
    assert!(matches!(desk.visits(&visitor, rating(5, None)).await, Err(ChatError::NotFound(_))), "once");
    assert_eq!(desk.conversation(id).await.score, Some(4));
}

#[tokio::test]
async fn time_alone() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (ada, here) = desk.agent("Ada").await;
    let nudges = async |id| {
        let nudge = |kind: &EventKind| if let EventKind::Message { message } = kind { message.nudge } else { None };
        desk.events(id).await.iter().filter_map(|event| nudge(&event.kind)).collect::<Vec<_>>()
    };
    // Widgets stay open, so that nobody counts as gone.
    let mut windows: Vec<_> = (1..=5).map(|number| desk.chat.visitor_connects(guest(number).id)).collect();
    let asked = desk.says(&guest(1), "how long does delivery take").await;
    let waits = desk.asks_for_a_person(&guest(2)).await;
    let silent = desk.asks_for_a_person(&guest(3)).await;
    let served = desk.asks_for_a_person(&guest(4)).await;
    let leaves = desk.asks_for_a_person(&guest(5)).await;
    for id in [silent, served] {
        desk.does(&ada, id, AgentAct::Claim).await.unwrap();
    }
    desk.replies(&ada, served).await;
    drop(windows.pop());

    desk.passes(179).await;
    assert_eq!(nudges(waits).await, []);
    desk.passes(1).await;
    assert_eq!(nudges(waits).await, [Nudge::LeaveOffer]);
    let entry = desk.chat.queue_for(&ada, 9).await.unwrap().mine.into_iter().find(|one| one.conversation.id == silent);
    assert_eq!(
        entry.unwrap().warn_at,
        Some(desk.conversation(silent).await.started_at + SignedDuration::from_secs(180))
    );
    desk.passes(60).await;
    assert_eq!(nudges(asked).await, [Nudge::FollowUp]);
    desk.passes(60).await;
    assert_eq!(desk.status(silent).await, "waiting", "taken, and nothing said for five minutes");
    assert_eq!(desk.status(leaves).await, "resolved", "left the queue five minutes ago");
    desk.passes(300).await;
    assert_eq!(nudges(served).await, [Nudge::Reminder]);
    desk.passes(1200).await;
    assert_eq!(desk.status(asked).await, "resolved", "silent for half an hour");
    desk.passes(86_400).await;
    assert_eq!(desk.status(served).await, "resolved", "the visitor has not answered for a day");

    drop(here);
    desk.passes(121).await;
    assert!(nudges(waits).await.ends_with(&[Nudge::NobodyHere]), "the last agent has gone for good");
}

/// Agents who take no more just now have told nobody that they are gone.
#[tokio::test]
async fn whoever_waits_is_offered_to_leave_a_message_also_while_agents_are_away() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (ada, _here) = desk.agent("Ada").await;
    let _window = desk.chat.visitor_connects(guest(1).id);
    let id = desk.asks_for_a_person(&guest(1)).await;
    desk.chat.set_availability(ada.id, Availability::Away).await.unwrap();
    desk.passes(180).await;
    let is_offer =
        |kind: &EventKind| matches!(kind, EventKind::Message { message } if message.nudge == Some(Nudge::LeaveOffer));
    assert!(desk.events(id).await.iter().any(|event| is_offer(&event.kind)));
}

/// The desk was down while the last agent left, or the hours ended.
#[tokio::test]
async fn after_a_start_whoever_waits_where_nobody_is_is_told_so_once() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let id = {
        let desk = Desk::open(data.path(), &clock, |_| {}).await;
        let (_ada, _here) = desk.agent("Ada").await;
        let id = desk.asks_for_a_person(&guest(1)).await;
        desk.passes(1).await;
        id
    };
    clock.advance(SignedDuration::from_mins(10));
    for _ in 0..2 {
        let desk = Desk::open(data.path(), &clock, |_| {}).await;
        let _window = desk.chat.visitor_connects(guest(1).id);
        desk.passes(1).await;
        desk.passes(60).await;
        let is_told = |kind: &EventKind| matches!(kind, EventKind::Message { message } if message.nudge == Some(Nudge::NobodyHere));
        assert_eq!(desk.events(id).await.iter().filter(|event| is_told(&event.kind)).count(), 1);
        assert_eq!(desk.status(id).await, "waiting");
    }
}

/// The agent was lost, the visitor gave up in the queue: it was people's, and it is again.
#[tokio::test]
async fn what_ended_while_it_waited_for_another_agent_goes_on_with_people() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (ada, here) = desk.agent("Ada").await;
    let mut ids = Vec::new();
    for number in 1..=3 {
        ids.push(desk.asks_for_a_person(&guest(number)).await);
    }
    for id in &ids[..2] {
        desk.does(&ada, *id, AgentAct::Claim).await.unwrap();
    }
    drop(here);
    desk.passes(60).await;
    desk.passes(300).await;
    for id in &ids {
        assert_eq!(desk.status(*id).await, "resolved");
    }
    desk.says(&guest(1), "how long does delivery take").await;
    assert_eq!(desk.status(ids[0]).await, "waiting", "she is not there");
    let _back = desk.chat.agent_connects(&ada);
    desk.says(&guest(2), "how long does delivery take").await;
    assert_eq!(desk.conversation(ids[1]).await.status.agent().map(|agent| agent.id), Some(ada.id));
    desk.says(&guest(3), "how long does delivery take").await;
    assert_eq!(desk.status(ids[2]).await, "with_bot", "no person ever had it");
}

#[tokio::test]
async fn agents_are_warned_once_before_they_are_late() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (ada, _here) = desk.agent("Ada").await;
    let _windows: Vec<_> = (1..=3).map(|number| desk.chat.visitor_connects(guest(number).id)).collect();
    let mut bell = desk.chat.bell().listen();
    let mut warned = || {
        let mut warned = Vec::new();
        while let Ok(ring) = bell.try_recv() {
            if let Ring::Warned(warning) = ring {
                let late_in = warning.due_at.duration_since(desk.clock.now()).as_secs();
                warned.push((warning.conversation.id, warning.about, late_in));
            }
        }
        warned
    };
    desk.passes(0).await;
    let waits = desk.asks_for_a_person(&guest(1)).await;
    let taken = desk.asks_for_a_person(&guest(2)).await;
    let left = desk.asks_for_a_person(&guest(3)).await;
    let contact = VisitorAct::LeaveContact { email: "vera@example.org".to_owned(), name: None, message: None };
    desk.visits(&guest(3), contact).await.unwrap();
    desk.passes(44).await;
    assert_eq!(warned(), []);
    desk.does(&ada, taken, AgentAct::Claim).await.unwrap();
    desk.passes(1).await;
    assert_eq!(warned(), [(waits, WarnedOf::FirstReply, 15)]);
    for _ in 0..43 {
        desk.passes(1).await;
    }
    assert_eq!(warned(), [], "once");
    desk.passes(1).await;
    assert_eq!(warned(), [(taken, WarnedOf::FirstReply, 15)], "the agent has a minute of their own");
    desk.passes(135).await;
    assert_eq!(warned(), [(taken, WarnedOf::Unanswered, 120)]);
    desk.replies(&ada, taken).await;
    desk.passes(3600).await;
    assert_eq!(warned(), [], "answered");
    desk.says(&guest(2), "and in blue?").await;
    desk.passes(45).await;
    assert_eq!(warned(), [(taken, WarnedOf::FirstReply, 15)], "every question wants an answer");
    desk.replies(&ada, taken).await;
    desk.passes(18 * 3600).await;
    assert_eq!(warned(), [(left, WarnedOf::FirstReply, 6 * 3600 - 3869)]);
}

#[tokio::test]
async fn a_warning_reaches_whoever_can_do_something() {
    let server = TestServer::start_with(|_, timing| timing.upkeep = Duration::from_millis(50)).await;
    let (mut ada, mut tom) = (server.agent("Ada").await, server.agent("Tom").await);
    let (_visitor, conversation) = server.waiting().await;
    let entry = ada.sees_waiting(&conversation).await;
    server.clock.advance(SignedDuration::from_secs(46));
    for agent in [&mut ada, &mut tom] {
        let warning = agent.reads_a("warning").await;
        assert_eq!((&warning["conversation"], &warning["about"]), (&json!(conversation), &json!("first_reply")));
        assert_eq!(warning["due_at"], entry["due_at"]);
    }
    ada.claims(&conversation).await;
    let own = ada.sees_own(&conversation).await;
    server.clock.advance(SignedDuration::from_secs(46));
    assert_eq!(ada.reads_a("warning").await["due_at"], own["due_at"]);
    tom.goes("away").await;
    let is_away = |agent: &Value| agent["name"] == "Tom" && agent["availability"] == "away";
    let is_last = |frame: &Value| {
        frame["type"] == "warning" || frame["agents"].as_array().is_some_and(|agents| agents.iter().any(is_away))
    };
    assert_eq!(tom.reads_frame_where("himself", is_last).await["type"], "presence", "it is Ada's");
}

#[tokio::test]
async fn a_zero_switches_a_timer_off() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |settings| {
        let handoff = &mut settings.handoff;
        (handoff.leave_offer_s, handoff.abandoned_s, handoff.agent_lost_s) = (0, 0, 0);
        (handoff.unanswered_back_s, handoff.bot_silence_s, handoff.follow_up_s) = (0, 0, 0);
    })
    .await;
    let (ada, here) = desk.agent("Ada").await;
    let asked = desk.says(&guest(1), "how long does delivery take").await;
    let waits = desk.asks_for_a_person(&guest(2)).await;
    let silent = desk.asks_for_a_person(&guest(3)).await;
    desk.does(&ada, silent, AgentAct::Claim).await.unwrap();
    drop(here);
    let before = [desk.events(asked).await.len(), desk.events(silent).await.len()];
    desk.passes(7 * 86_400).await;
    assert_eq!([desk.status(asked).await, desk.status(waits).await], ["with_bot", "waiting"]);
    assert_eq!([desk.events(asked).await.len(), desk.events(silent).await.len()], before);
}

#[tokio::test]
async fn the_wait_is_told_from_three_pickups_on_while_somebody_is_there() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (ada, here) = desk.agent("Ada").await;
    for number in 1..=5 {
        desk.asks_for_a_person(&guest(number)).await;
    }
    let standing = async |number| desk.chat.standing(&desk.conversation_of(&guest(number)).await);
    for number in 1..=3 {
        assert_eq!(standing(5).await.wait_s, None);
        desk.clock.advance(SignedDuration::from_secs(120));
        let id = desk.conversation_of(&guest(number)).await.id;
        desk.does(&ada, id, AgentAct::Claim).await.unwrap();
    }
    let [fourth, fifth] = [standing(4).await, standing(5).await];
    assert_eq!([fourth.position, fifth.position], [Some(1), Some(2)]);
    assert!(fourth.wait_s.unwrap()[1] < fifth.wait_s.unwrap()[1]);
    drop(here);
    assert_eq!(standing(5).await.wait_s, None, "nobody is there");
}

#[tokio::test]
async fn thirty_two_agents_claim_five_hundred_conversations() {
    const AGENTS: usize = 32;
    const CONVERSATIONS: u128 = 500;
    let server = TestServer::start_with(|settings, timing| {
        // The line is long, and 32 screens are read as well as written here.
        (settings.handoff.agent_capacity, timing.queue) = (0, Duration::from_secs(1));
    })
    .await;
    let mut line = Vec::new();
    for number in 1..=CONVERSATIONS {
        let is_vip = number % 10 == 0;
        let mut visitor = guest(number);
        (visitor.profile.verified, visitor.profile.attributes) =
            (is_vip, [("vip".to_owned(), is_vip.to_string())].into());
        let client_id = frontdesk::conversation::ClientId(uuid::Uuid::from_u128(number));
        server.chat.visitor_acts(&visitor, client_id, VisitorAct::RequestAgent).await.unwrap();
        line.push((!is_vip, number, server.store.current_conversation(visitor.id).await.unwrap().unwrap().id));
    }
    line.sort_unstable();
    server.employs("Ada", Role::Agent).await;
    let cookie = Agent::signs_in(&server, "Ada").await;
    for number in 0..AGENTS {
        let agent = server.employs(&format!("Agent{number}"), Role::Agent).await;
        server
            .store
            .add_session(session_hash(number), agent.id, "2100-01-01T00:00:00Z".parse().unwrap())
            .await
            .unwrap();
    }
    let name = cookie.split('=').next().unwrap().to_owned();
    let claims = (0..AGENTS).map(|number| {
        let cookie = format!("{name}={}", session_secret(number));
        let address = server.address;
        tokio::spawn(async move {
            let mut agent = Agent::opens_socket(address, &format!("Agent{number}"), &cookie).await;
            let (mut won, mut tried) = (Vec::new(), HashSet::new());
            while agent.queue["total"] != 0 {
                let entries = agent.queue["entries"].as_array().unwrap().clone();
                let places = entries.iter().map(|one| one["position"].as_u64().unwrap());
                assert!(places.eq(1..=entries.len() as u64));
                // Everybody wants the first, and the next one only when that has gone to somebody.
                let ids = entries.iter().map(|one| one["conversation"].as_str().unwrap().to_owned());
                let Some(id) = ids.into_iter().find(|id| !tried.contains(id)) else {
                    let seen = agent.queue.clone();
                    agent.sees_queue("another queue", |queue| *queue != seen).await;
                    continue;
                };
                let frame = agent.does("claim", &id, json!({})).await;
                let settled = agent.reads_frame_where("what became of it", |got| {
                    (got["type"] == "error" && got["client_id"] == frame)
                        || (got["type"] == "queue" && is_mine(got, &id))
                });
                if settled.await["type"] == "queue" {
                    won.push(id.clone());
                }
                tried.insert(id);
            }
            won
        })
    });
    let mut winners = Vec::new();
    for claims in claims.collect::<Vec<_>>() {
        winners.extend(claims.await.unwrap());
    }
    assert_eq!(winners.len(), CONVERSATIONS as usize);
    winners.sort_unstable();
    winners.dedup();
    assert_eq!(winners.len(), CONVERSATIONS as usize, "each was won once");

    let mut claimed = Vec::new();
    for (_, _, id) in &line {
        let events = server.store.events(*id, Seq(0), 9).await.unwrap();
        let claims = events.iter().filter(|event| matches!(event.kind, EventKind::Claimed { .. }));
        claimed.extend(claims.map(|event| (event.at, *id)));
    }
    claimed.sort_unstable();
    let in_turn: Vec<_> = line.iter().map(|(_, _, id)| *id).collect();
    assert_eq!(claimed.into_iter().map(|(_, id)| id).collect::<Vec<_>>(), in_turn, "the first in line first");
}

fn is_mine(queue: &serde_json::Value, id: &str) -> bool {
    queue["mine"].as_array().is_some_and(|mine| mine.iter().any(|one| one["conversation"] == id))
}

fn session_secret(number: usize) -> String {
    format!("session-of-agent-{number}")
}

fn session_hash(number: usize) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    Sha256::digest(session_secret(number)).into()
}
