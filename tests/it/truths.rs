//! What must always be true of the hand-over, each as a test by its number. The third, eleventh and twelfth, which
//! hold a search in its course, are beside the searches (`src/chat/search.rs`).

use std::time::Duration;

use frontdesk::{
    bell::Ring,
    chat::{AgentAct, ChatError, VisitorAct},
    conversation::{Author, Conversation, ConversationId, EventKind, Seq},
    queue::{Assignment, Day, Hours, Minute, Opening, Queue},
    store::{Actor, Availability, Recent, Role},
};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use crate::support::{Desk, TestServer, guest, morning};

#[tokio::test]
async fn truth_01_every_open_conversation_has_one_owner_and_a_due_time() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (ada, _here) = desk.agent("Ada").await;
    let with_bot = desk.says(&guest(1), "how long does delivery take").await;
    let mut others = Vec::new();
    for number in 2..=5 {
        others.push(desk.asks_for_a_person(&guest(number)).await);
    }
    let [_waiting, claimed, asked, asleep] = others[..] else { panic!("four") };
    for id in [claimed, asked, asleep] {
        desk.does(&ada, id, AgentAct::Claim).await.unwrap();
    }
    desk.replies(&ada, asked).await;
    let until = clock_in(&desk, 3600);
    desk.does(&ada, asleep, AgentAct::Snooze { until }).await.unwrap();
    assert_eq!(desk.forgotten().await, []);
    let owners =
        desk.store.with_people().await.unwrap().len() + desk.store.recent(Recent::WithBot, 9).await.unwrap().len();
    assert_eq!(owners, 5, "each is in one list");
    assert_eq!(desk.status(with_bot).await, "with_bot");
}

#[tokio::test]
async fn truth_02_of_many_claims_one_wins_and_the_former_owner_can_write_no_more() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let id = desk.asks_for_a_person(&guest(1)).await;
    let mut agents = Vec::new();
    for number in 0..16 {
        agents.push(desk.agent(&format!("Agent {number}")).await);
    }
    let claims = join_all(agents.iter().map(|(agent, _)| desk.does(agent, id, AgentAct::Claim))).await;
    assert_eq!(claims.iter().filter(|claim| claim.is_ok()).count(), 1);
    assert!(
        claims.iter().filter_map(|claim| claim.as_ref().err()).all(|error| matches!(error, ChatError::AlreadyClaimed))
    );

    let winner = &agents[claims.iter().position(Result::is_ok).unwrap()].0;
    let boss = desk.employs("Boss", Role::Supervisor).await;
    desk.does(&boss, id, AgentAct::TakeOver).await.unwrap();
    for act in [AgentAct::Reply { text: "still me".to_owned() }, AgentAct::Release, AgentAct::GiveBack] {
        let refused = desk.does(winner, id, act.clone()).await;
        assert!(matches!(refused, Err(ChatError::NotOwner)), "{act:?}: {refused:?}");
    }
    let refused = desk.does(winner, id, AgentAct::TakeOver).await;
    assert!(matches!(refused, Err(ChatError::NotOwner)), "supervisors alone take over: {refused:?}");
}

#[tokio::test]
async fn truth_04_every_escalation_tells_the_visitor_once_and_alerts_an_agent() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (_ada, _here) = desk.agent("Ada").await;
    let mut bell = desk.chat.bell().listen();
    for (number, texts) in [
        (1, &[][..]),
        (2, &["I want to talk to a human"][..]),
        (3, &["my order arrived damaged"][..]),
        (4, &["asdf qwer zxcv", "uiop hjkl vbnm"][..]),
    ] {
        if texts.is_empty() {
            desk.asks_for_a_person(&guest(number)).await;
        }
        for text in texts {
            desk.says(&guest(number), text).await;
        }
        let id = desk.conversation_of(&guest(number)).await.id;
        let events = desk.events(id).await;
        let last_words = events.iter().rposition(|event| is_from(&event.kind, &Author::Visitor)).map_or(0, |at| at + 1);
        let told = events[last_words..].iter().filter(|event| matches!(event.kind, EventKind::Message { .. })).count();
        assert_eq!((told, desk.status(id).await), (1, "waiting"), "visitor {number}");
        let mut is_alerted = false;
        while let Ok(ring) = bell.try_recv() {
            is_alerted |= ring == Ring::Queue;
        }
        assert!(is_alerted, "visitor {number}");
    }
}

#[tokio::test]
async fn truth_05_coming_back_gives_exactly_what_is_missing_once() {
    let server = TestServer::start().await;
    let mut ada = server.agent("Ada").await;
    let mut visitor = server.visitor().await;
    visitor.asks_for_a_person().await;
    visitor.reads_message_from("system").await;
    let conversation = visitor.conversation.clone().unwrap();
    ada.claims(&conversation).await;
    visitor.reads_event("claimed").await;
    let seen = visitor.events.len();
    let gone = visitor.leaves().await;
    for text in ["one", "two", "three"] {
        let id = ada.replies(&conversation, text).await;
        ada.reads_receipt(&id).await;
    }
    let back = gone.comes_back().await;
    let missed: Vec<_> = back.events[seen..].iter().filter_map(|event| event["text"].as_str()).collect();
    assert!(missed.ends_with(&["one", "two", "three"]), "{missed:?}");
    let numbers: Vec<_> = back.events.iter().map(|event| event["seq"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=back.events.len() as u64).collect::<Vec<_>>());
}

#[tokio::test]
async fn truth_06_the_last_agent_leaves_and_every_open_widget_knows() {
    let server = TestServer::start().await;
    let (ada, mut tom) = (server.agent("Ada").await, server.agent("Tom").await);
    let mut widgets = Vec::new();
    for _ in 0..5 {
        let visitor = server.visitor().await;
        assert_eq!(visitor.welcome["availability"]["agents"], true);
        widgets.push(visitor);
    }
    ada.closes_console().await;
    for (availability, agents) in [("offline", false), ("online", true)] {
        tom.goes(availability).await;
        let all_know = async {
            for widget in &mut widgets {
                assert_eq!(widget.reads_a("availability").await["agents"], agents);
            }
        };
        tokio::time::timeout(Duration::from_secs(2), all_know).await.expect("every open widget within two seconds");
    }
}

#[tokio::test]
async fn truth_07_within_a_priority_the_longest_wait_comes_first() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (ada, _here) = desk.agent("Ada").await;
    let mut expected = Vec::new();
    for number in 1..=12 {
        let mut visitor = guest(number);
        if number % 4 == 0 {
            visitor.profile.verified = true;
            visitor.profile.attributes.insert("vip".to_owned(), "true".to_owned());
        }
        let id = desk.asks_for_a_person(&visitor).await;
        expected.push((number % 4 != 0, number, id));
        desk.clock.advance(SignedDuration::from_secs(1));
    }
    expected.sort_unstable();
    let expected: Vec<_> = expected.into_iter().map(|(_, _, id)| id).collect();
    assert_eq!(in_line(&desk, &ada).await, expected);
    // Whoever is given back has lost nothing.
    let middle = expected[6];
    desk.does(&ada, middle, AgentAct::Claim).await.unwrap();
    desk.clock.advance(SignedDuration::from_secs(60));
    desk.does(&ada, middle, AgentAct::Release).await.unwrap();
    assert_eq!(in_line(&desk, &ada).await, expected);
}

/// The process ends without a word, in every status with a timer, and begins again on the same data.
#[test]
fn truth_08_after_a_crash_nothing_is_lost_and_timers_fire() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let new_process = || tokio::runtime::Runtime::new().unwrap();
    let first = new_process();
    let (ids, line) = first.block_on(async {
        let desk = Desk::open(data.path(), &clock, |_| {}).await;
        let (ada, here) = desk.agent("Ada").await;
        let with_bot = desk.says(&guest(1), "how long does delivery take").await;
        let mut ids = vec![with_bot];
        for number in 2..=6 {
            ids.push(desk.asks_for_a_person(&guest(number)).await);
            desk.clock.advance(SignedDuration::from_secs(1));
        }
        for id in &ids[2..5] {
            desk.does(&ada, *id, AgentAct::Claim).await.unwrap();
        }
        desk.replies(&ada, ids[3]).await;
        let until = clock_in(&desk, 90);
        desk.does(&ada, ids[4], AgentAct::Snooze { until }).await.unwrap();
        let contact = VisitorAct::LeaveContact { email: "vera@example.org".to_owned(), name: None, message: None };
        desk.visits(&guest(6), contact).await.unwrap();
        let line = in_line(&desk, &ada).await;
        // Nobody says goodbye.
        std::mem::forget(here);
        (ids, line)
    });
    first.shutdown_background();

    let [with_bot, waiting, claimed, answered, asleep, left] = ids[..] else { panic!("six") };
    new_process().block_on(async {
        let desk = Desk::open(data.path(), &clock, |_| {}).await;
        let boss = desk.employs("Boss", Role::Supervisor).await;
        assert_eq!(in_line(&desk, &boss).await, line, "the order is kept");
        let statuses = ["with_bot", "waiting", "with_agent", "with_agent", "snoozed", "waiting"];
        for (id, status) in ids.iter().zip(statuses) {
            assert_eq!(desk.status(*id).await, status);
        }
        desk.passes(60).await;
        for id in [claimed, answered] {
            assert_eq!(desk.status(id).await, "waiting", "the agent has not come back");
        }
        desk.passes(60).await;
        assert_eq!(desk.status(asleep).await, "waiting", "it woke, and its agent is gone");
        desk.passes(240).await;
        assert_eq!(desk.status(waiting).await, "resolved", "the visitor has not come back");
        assert_eq!(desk.status(left).await, "waiting", "an address was left");
        assert!(desk.events(with_bot).await.iter().any(|event| event.seq == Seq(3)), "did that help?");
        desk.passes(1800).await;
        assert_eq!(desk.status(with_bot).await, "resolved");
        assert_eq!(desk.forgotten().await, []);
    });
}

#[tokio::test]
async fn truth_09_clocks_change_and_hours_are_right() {
    let data = tempfile::tempdir().unwrap();
    let clock = frontdesk::clock::ManualClock::at("2026-10-24T15:30:00Z".parse().unwrap());
    let desk = Desk::open(data.path(), &clock, |_| {}).await;
    let (_ada, _here) = desk.agent("Ada").await;
    let hours =
        Hours { time_zone: "Europe/Berlin".to_owned(), week: every_day("09:00", "17:00"), holidays: Vec::new() };
    desk.chat.save_queue(&Actor::desk(), Queue { hours, ..Queue::default() }).await.unwrap();
    let opens = |text: &str| text.parse::<Timestamp>().ok();
    for (hours_later, agents, opens_at) in [
        // Half past five in summer.
        (0, false, opens("2026-10-25T08:00:00Z")),
        // Nine in winter, an hour after nine in summer would have been.
        (16, false, opens("2026-10-25T08:00:00Z")),
        (1, true, None),
        (8, false, opens("2026-10-26T08:00:00Z")),
    ] {
        clock.advance(SignedDuration::from_hours(hours_later));
        let staffing = desk.chat.staffing(None);
        assert_eq!((staffing.agents, staffing.opens_at), (agents, opens_at), "{}", clock_in(&desk, 0));
    }
}

#[tokio::test]
async fn truth_10_no_limit_is_exceeded_also_when_what_slept_wakes() {
    let (data, clock) = (tempfile::tempdir().unwrap(), morning());
    let desk = Desk::open(data.path(), &clock, |settings| settings.handoff.agent_capacity = 2).await;
    let (ada, _here) = desk.agent("Ada").await;
    let _windows: Vec<_> = (1..=9).map(|number| desk.chat.visitor_connects(guest(number).id)).collect();
    let mut ids = Vec::new();
    for number in 1..=4 {
        let id = desk.asks_for_a_person(&guest(number)).await;
        desk.does(&ada, id, AgentAct::Claim).await.unwrap();
        desk.replies(&ada, id).await;
        if number <= 2 {
            let until = clock_in(&desk, 600);
            desk.does(&ada, id, AgentAct::Snooze { until }).await.unwrap();
        }
        ids.push(id);
    }
    assert_eq!(desk.chat.open_of(ada.id), 2);
    // One wakes by its visitor, the other by time: Ada has no room for either.
    desk.says(&guest(1), "still there?").await;
    desk.passes(600).await;
    assert_eq!([desk.status(ids[0]).await, desk.status(ids[1]).await], ["waiting", "waiting"]);

    desk.chat.save_queue(&Actor::desk(), Queue { assignment: Assignment::Balanced, ..Queue::default() }).await.unwrap();
    let (tom, _here_too) = desk.agent("Tom").await;
    for number in 5..=9 {
        desk.asks_for_a_person(&guest(number)).await;
    }
    desk.passes(1).await;
    assert_eq!([desk.chat.open_of(ada.id), desk.chat.open_of(tom.id)], [2, 2]);
    let (desk_here, tom_here) = (&desk, &tom);
    let claims = join_all((5..=9_u128).map(|number| async move {
        let id = desk_here.conversation_of(&guest(number)).await.id;
        desk_here.does(tom_here, id, AgentAct::Claim).await.is_ok()
    }));
    assert!(claims.await.iter().all(|won| !won), "neither by hand, all at once");
    assert_eq!(desk.chat.open_of(tom.id), 2);
    desk.chat.set_availability(tom.id, Availability::Away).await.unwrap();
    assert_eq!(desk.forgotten().await, []);
}

fn every_day(from: &str, to: &str) -> Vec<Opening> {
    let days = [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday, Day::Saturday, Day::Sunday];
    let (from, to) = (Minute::parse(from).unwrap(), Minute::parse(to).unwrap());
    days.map(|day| Opening { day, from, to }).to_vec()
}

fn is_from(kind: &EventKind, author: &Author) -> bool {
    matches!(kind, EventKind::Message { message } if message.author == *author)
}

fn clock_in(desk: &Desk, seconds: i64) -> Timestamp {
    use frontdesk::clock::Clock as _;
    desk.clock.now() + SignedDuration::from_secs(seconds)
}

async fn in_line(desk: &Desk, agent: &frontdesk::store::Agent) -> Vec<ConversationId> {
    let view = desk.chat.queue_for(agent, 1000).await.unwrap();
    let places: Vec<_> = view.waiting.iter().map(|entry| entry.position.unwrap()).collect();
    assert_eq!(places, (1..=view.total as u32).collect::<Vec<_>>());
    view.waiting.iter().map(|entry| Conversation::clone(&entry.conversation).id).collect()
}
