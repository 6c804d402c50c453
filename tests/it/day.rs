//! A day at the desk, told by a seeded clock: 2,000 visitors, 12 agents with breaks and crashes, 3 queues. At every
//! step nobody is forgotten and nobody has more than they may; in the end it says how long people waited.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use frontdesk::{
    chat::{AgentAct, PresenceGuard, VisitorAct},
    clock::{Clock, ManualClock},
    conversation::{Conversation, ConversationId, EventKind, Status, VisitorId},
    queue::{Assignment, Day, Hours, Minute, Opening, Queue},
    store::{Actor, Agent, Availability, Role},
};
use jiff::{SignedDuration, Timestamp};

use crate::support::{Desk, Dice, guest};

const VISITORS: u128 = 2_000;
const AGENTS: u64 = 12;
const LIMIT: u32 = 5;
/// The clock moves on by so much.
const STEP_S: i64 = 120;
const STEPS: u64 = 24 * 3600 / STEP_S as u64;
const STEPS_AN_HOUR: u64 = 3600 / STEP_S as u64;

/// Somebody who works here.
struct Worker {
    agent: Agent,
    console: Option<PresenceGuard>,
    /// The hour at which the shift begins; it is eight hours long.
    shift: u64,
    /// Until which step they are out, by a break or a crash.
    out_until: u64,
}

impl Worker {
    fn works_at(&self, step: u64) -> bool {
        let hour = step / STEPS_AN_HOUR;
        (hour + 24 - self.shift) % 24 < 8 && step >= self.out_until
    }
}

#[tokio::test]
async fn a_day_with_two_thousand_visitors() {
    let (data, articles) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write_articles(articles.path());
    let clock = ManualClock::at("2026-11-25T00:00:00Z".parse().unwrap());
    let desk = Desk::open_with(data.path(), articles.path(), &clock, |settings| {
        settings.handoff.agent_capacity = LIMIT;
    })
    .await;
    let mut dice = Dice(42);
    let mut workers = Vec::new();
    for number in 0..AGENTS {
        let agent = desk.employs(&format!("Agent {number}"), Role::Agent).await;
        workers.push(Worker { agent, console: None, shift: (number * 2) % 24, out_until: 0 });
    }
    open_queues(&desk, &workers).await;
    let mut windows = BTreeMap::new();
    let (mut visitor, mut ended) = (0, BTreeSet::new());
    for step in 0..STEPS {
        while visitor < VISITORS && u128::from(step + 1) * VISITORS / u128::from(STEPS) >= visitor {
            visitor += 1;
            arrives(&desk, &mut dice, visitor, &mut windows).await;
        }
        for worker in &mut workers {
            comes_and_goes(&desk, &mut dice, worker, step).await;
            if worker.console.is_some() {
                works(&desk, &mut dice, worker).await;
            }
        }
        windows.retain(|_, _| !dice.once_in(60));
        desk.passes(STEP_S).await;
        check(&desk, &workers, (visitor, &mut ended), step).await;
    }
    report(&desk).await;
}

fn write_articles(folder: &Path) {
    for (name, title, queue) in
        [("damaged", "My order arrived damaged", "orders"), ("invoice", "My invoice is wrong", "billing")]
    {
        let text = format!("---\ntitle: {title}\naction: escalate\nqueue: {queue}\n---\nWe look at it.\n");
        fs::write(folder.join(format!("{name}.md")), text).unwrap();
    }
}

/// Orders by hand, billing with hours and few people, everything else balanced.
async fn open_queues(desk: &Desk, workers: &[Worker]) {
    let members = |wanted: fn(u64) -> bool| {
        let numbered = (0..).zip(workers).filter(|(number, _)| wanted(*number));
        numbered.map(|(_, worker)| worker.agent.id).collect::<Vec<_>>()
    };
    let days = [Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday];
    let (from, to) = (Minute::parse("07:00").unwrap(), Minute::parse("22:00").unwrap());
    let week = days.map(|day| Opening { day, from, to }).to_vec();
    let hours = Hours { time_zone: "Europe/Berlin".to_owned(), week, holidays: Vec::new() };
    for queue in [
        Queue { assignment: Assignment::Balanced, ..Queue::default() },
        Queue { members: members(|number| number % 2 == 0), ..Queue::named("orders", "Orders") },
        Queue {
            members: members(|number| number % 3 == 0),
            capacity: 3,
            assignment: Assignment::Balanced,
            hours,
            ..Queue::named("billing", "Billing")
        },
    ] {
        desk.chat.save_queue(&Actor::desk(), queue).await.unwrap();
    }
}

async fn arrives(
    desk: &Desk,
    dice: &mut Dice,
    number: u128,
    windows: &mut BTreeMap<u128, frontdesk::chat::GuestGuard>,
) {
    let visitor = guest(number);
    windows.insert(number, desk.chat.visitor_connects(visitor.id));
    match dice.roll(4) {
        0 => drop(desk.says(&visitor, "my order arrived damaged").await),
        1 => drop(desk.says(&visitor, "my invoice is wrong").await),
        _ => drop(desk.asks_for_a_person(&visitor).await),
    }
    if dice.once_in(10) {
        let contact = VisitorAct::LeaveContact { email: "vera@example.org".to_owned(), name: None, message: None };
        desk.visits(&visitor, contact).await.unwrap();
    }
}

async fn comes_and_goes(desk: &Desk, dice: &mut Dice, worker: &mut Worker, step: u64) {
    match (&worker.console, worker.works_at(step)) {
        (None, true) => worker.console = Some(desk.chat.agent_connects(&worker.agent)),
        (Some(_), false) => worker.console = None,
        (Some(_), true) if dice.once_in(300) => {
            // The line breaks for good, or only for a moment.
            worker.console = None;
            worker.out_until = step + 1 + dice.roll(30);
        }
        (Some(_), true) if dice.once_in(120) => {
            let availability = if dice.once_in(2) { Availability::Away } else { Availability::Online };
            desk.chat.set_availability(worker.agent.id, availability).await.unwrap();
        }
        (Some(_) | None, _) => {}
    }
}

async fn works(desk: &Desk, dice: &mut Dice, worker: &Worker) {
    let view = desk.chat.queue_for(&worker.agent, 5).await.unwrap();
    for entry in view.mine {
        let (id, unanswered) = (entry.conversation.id, entry.conversation.moments.claimed_at.is_some());
        let until = desk.clock.now() + SignedDuration::from_mins(20);
        let act = match dice.roll(20) {
            0..=11 if unanswered => AgentAct::Reply { text: "Hello.".to_owned() },
            12..=15 if !unanswered => AgentAct::Resolve { topic: None, tags: Vec::new() },
            16 => AgentAct::Release,
            17 => AgentAct::Snooze { until },
            18 => AgentAct::Transfer { agent: None, queue: Some("orders".to_owned()), comment: "yours".to_owned() },
            _ => continue,
        };
        // Whoever lost it meanwhile is told so.
        let _ = desk.does(&worker.agent, id, act).await;
    }
    let orders = view
        .waiting
        .iter()
        .find(|entry| entry.conversation.status.wait().is_some_and(|wait| wait.queue.as_deref() == Some("orders")));
    if let Some(next) = orders {
        let _ = desk.does(&worker.agent, next.conversation.id, AgentAct::Claim).await;
    }
}

/// Nobody is forgotten, nobody has more than they may, and everybody who ever came is somewhere, once. Whose
/// conversation has ended is known from the step before.
async fn check(desk: &Desk, workers: &[Worker], (visitors, ended): (u128, &mut BTreeSet<VisitorId>), step: u64) {
    let open = desk.open_conversations().await;
    for worker in workers {
        let has =
            |one: &&Conversation| matches!(&one.status, Status::WithAgent { agent, .. } if agent.id == worker.agent.id);
        let count = open.iter().filter(has).count() as u32;
        assert!(count <= LIMIT, "{} has {count} at step {step}", worker.agent.name);
        assert_eq!(count, desk.chat.open_of(worker.agent.id), "the floor is as the store says");
    }
    let is_staff = |id| workers.iter().any(|worker| worker.agent.id == id);
    for one in &open {
        assert!(one.status.agent().is_none_or(|agent| is_staff(agent.id)), "its owner works here: {one:?}");
        assert!(!desk.is_forgotten(one), "at step {step}: {one:?}");
    }
    assert_eq!(desk.store.due(desk.clock.now(), 1).await.unwrap(), [], "what was due by step {step} is done");
    let owned: BTreeSet<_> = open.iter().map(|one| one.visitor).collect();
    assert_eq!(owned.len(), open.len(), "one open conversation each");
    ended.retain(|visitor| !owned.contains(visitor));
    for visitor in (1..=visitors).map(guest).filter(|visitor| !owned.contains(&visitor.id)) {
        if ended.insert(visitor.id) {
            assert_eq!(desk.conversation_of(&visitor).await.status.as_str(), "resolved", "at step {step}");
        }
    }
}

#[expect(clippy::print_stdout, reason = "how long people waited is what the day is for")]
async fn report(desk: &Desk) {
    let mut waits: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut ends: BTreeMap<&str, u32> = BTreeMap::new();
    for number in 1..=VISITORS {
        let conversation = desk.conversation_of(&guest(number)).await;
        *ends.entry(conversation.status.as_str()).or_default() += 1;
        let queue = conversation.status.wait().and_then(|wait| wait.queue.clone()).unwrap_or("default".to_owned());
        waits.entry(queue).or_default().extend(wait_of(desk, conversation.id).await);
    }
    println!("a day: {ends:?}");
    for (queue, mut waits) in waits {
        waits.sort_by(f64::total_cmp);
        let at = |share: f64| waits.get((waits.len() as f64 * share) as usize).copied().unwrap_or_default() / 60.0;
        println!("{queue}: {} picked up, waited {:.1} min (median), {:.1} min (90 %)", waits.len(), at(0.5), at(0.9));
    }
    assert_eq!(ends.values().sum::<u32>(), VISITORS as u32, "everybody is somewhere");
}

/// Seconds from the first escalation to the first person.
async fn wait_of(desk: &Desk, id: ConversationId) -> Option<f64> {
    let events = desk.events(id).await;
    let at = |is_it: fn(&EventKind) -> bool| events.iter().find(|event| is_it(&event.kind)).map(|event| event.at);
    let (escalated, claimed): (Timestamp, Timestamp) = (
        at(|kind| matches!(kind, EventKind::Escalated { .. }))?,
        at(|kind| matches!(kind, EventKind::Claimed { .. }))?,
    );
    Some(claimed.duration_since(escalated).as_secs_f64())
}
