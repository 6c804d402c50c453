//! Conversations and agents: nobody is taken twice, and nobody is left with an agent who is gone.

use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::json;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    client::{Line, new_id},
    number,
    program::Desk,
    staff::{Staff, claims, waits},
};

/// After this long without a sign of an agent, and as long again for the round that notices, nothing may be stuck.
const NOTICED_WITHIN: Duration = Duration::from_secs(15);

#[tokio::test(flavor = "multi_thread")]
async fn f14_after_a_crash_nobody_stays_with_agents_who_are_gone() {
    let lost = number("FRONTDESK_AGENT_LOST_SECONDS", 3) as u64;
    let mut desk = Desk::new();
    desk.set("HANDOFF__AGENT_LOST_S", &lost.to_string());
    desk.set("HANDOFF__AGENT_CAPACITY", "0");
    desk.starts().await;
    let staff = Staff::of(&desk, 6).await;
    let mut consoles = Vec::new();
    for agent in 0..5 {
        consoles.push(staff.console(agent).await);
    }
    let (mut visitors, mut in_order) = (Vec::new(), Vec::new());
    for _ in 0..50 {
        let (line, token, conversation) = waits(desk.address).await;
        visitors.push((line, token));
        in_order.push(conversation);
    }
    // The last to come are taken first.
    for (number, conversation) in in_order.iter().enumerate().rev() {
        assert!(claims(&mut consoles[number % 5], conversation).await);
    }
    desk.is_killed();
    drop((
        consoles,
        std::mem::take(&mut visitors).into_iter().map(|(line, token)| (drop(line), token)).collect::<Vec<_>>(),
    ));
    desk.starts().await;
    let started = Instant::now();
    let mut console = staff.console(5).await;
    let allowed = Duration::from_secs(lost.max(20)) + NOTICED_WITHIN;
    let waiting = loop {
        let queue = console.reads_within(allowed).await.unwrap();
        let entries = queue["entries"].as_array().cloned().unwrap_or_default();
        let waiting = entries.iter().filter(|entry| entry["status"] == "waiting");
        let waiting: Vec<_> = waiting.map(|entry| entry["conversation"].as_str().unwrap().to_owned()).collect();
        if waiting.len() == in_order.len() {
            break waiting;
        }
        assert!(started.elapsed() < allowed, "{} of 50 wait again: {}", waiting.len(), desk.log());
    };
    println!("F14: all 50 wait again {:?} after the start", started.elapsed());
    assert_eq!(waiting, in_order, "each has the place that it had");
    desk.is_killed();
    let db = Connection::open(desk.database()).unwrap();
    let told: i64 = db
        .query_row("SELECT count(DISTINCT conversation) FROM events WHERE kind = 'requeued'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(told, 50, "every visitor is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn f15_of_many_agents_one_gets_each_conversation() {
    let (agents, count) = (32, number("FRONTDESK_CLAIMS", 300));
    let mut desk = Desk::new();
    desk.set("HANDOFF__AGENT_CAPACITY", "0");
    desk.starts().await;
    let staff = Staff::of(&desk, agents).await;
    let mut coming = JoinSet::new();
    let (mut visitors, mut conversations) = (Vec::new(), Vec::new());
    for _ in 0..count {
        coming.spawn(waits(desk.address));
        if coming.len() >= 16 {
            visitors.push(coming.join_next().await.unwrap().unwrap());
        }
    }
    visitors.extend(coming.join_all().await);
    conversations.extend(visitors.iter().map(|(_, _, conversation)| conversation.clone()));
    let mut claiming = JoinSet::new();
    for agent in 0..agents {
        let (mut console, mut wanted) = (staff.console(agent).await, conversations.clone());
        claiming.spawn(async move {
            // Each begins somewhere else, so that they meet.
            let start = agent % 4 * wanted.len() / 4;
            wanted.rotate_left(start);
            let mut won = Vec::new();
            for conversation in &wanted {
                if claims(&mut console, conversation).await {
                    won.push(conversation.clone());
                }
            }
            (console, won)
        });
    }
    let started = Instant::now();
    let (consoles, won): (Vec<_>, Vec<_>) = claiming.join_all().await.into_iter().unzip();
    println!("F15: {} claims for {count} conversations in {:?}", agents * count, started.elapsed());
    let mut winners: Vec<&String> = won.iter().flatten().collect();
    winners.sort();
    let mut expected: Vec<&String> = conversations.iter().collect();
    expected.sort();
    assert_eq!(winners, expected, "each conversation has one agent");
    let loser = won.iter().position(|won| !won.contains(&conversations[0])).unwrap();
    let mut console = consoles.into_iter().nth(loser).unwrap();
    is_refused(&mut console, "reply", &conversations[0], "not_owner").await;
    desk.is_killed();
    let db = Connection::open(desk.database()).unwrap();
    let twice: i64 = db
        .query_row(
            "SELECT count(*) FROM (SELECT 1 FROM events WHERE kind = 'claimed' GROUP BY conversation HAVING count(*) > 1)",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(twice, 0);
}

/// Whoever had a conversation and lost it cannot write into it any more.
#[tokio::test(flavor = "multi_thread")]
async fn f15_an_agent_who_lost_a_conversation_writes_nothing_more_into_it() {
    let mut desk = Desk::new();
    desk.starts().await;
    let staff = Staff::of(&desk, 2).await;
    let (mut first, mut second) = (staff.console(0).await, staff.console(1).await);
    let (_visitor, _, conversation) = waits(desk.address).await;
    assert!(claims(&mut first, &conversation).await);
    let release = json!({ "type": "release", "conversation": conversation, "client_id": new_id() });
    first.sends(&release).await.unwrap();
    while !claims(&mut second, &conversation).await {
        sleep(Duration::from_millis(20)).await;
    }
    is_refused(&mut first, "reply", &conversation, "not_owner").await;
}

async fn is_refused(console: &mut Line, kind: &str, conversation: &str, code: &str) {
    let id = new_id();
    let frame = json!({ "type": kind, "conversation": conversation, "client_id": id, "text": "still mine?" });
    console.sends(&frame).await.unwrap();
    loop {
        let frame = console.reads().await.unwrap();
        if frame["client_id"] == id {
            assert_eq!((&frame["type"], &frame["code"]), (&json!("error"), &json!(code)), "{frame}");
            return;
        }
    }
}
