//! What somebody may see is asked in two ways: of one conversation, and in the query for lists. Both must say the same.

use std::collections::BTreeSet;

use frontdesk::{
    conversation::{AgentId, AgentRef, Conversation, ConversationId, Event, EventKind, Reason, Seq, Status, Waiting},
    queue::Queue,
    store::{Actor, Commit, ConversationFilter, Role, Sight, Slice},
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::support::{Desk, Dice, guest, morning};

const WORLDS: u64 = 12;
const CONVERSATIONS: u64 = 80;
/// The last one was deleted, or never there.
const NAMES: [&str; 4] = ["default", "orders", "billing", "gone"];

#[tokio::test]
async fn lists_hold_exactly_what_their_reader_can_open() {
    for world in 0..WORLDS {
        let (data, clock, mut dice) = (tempfile::tempdir().unwrap(), morning(), Dice(world));
        let desk = Desk::open(data.path(), &clock, |_| {}).await;
        let mut agents = Vec::new();
        for name in ["Ada", "Bo", "Cy", "Di"] {
            agents.push(desk.employs(name, Role::Agent).await);
        }
        let boss = desk.employs("Boss", Role::Supervisor).await;
        let ids: Vec<_> = agents.iter().map(|agent| agent.id).collect();
        for name in &NAMES[..3] {
            let members = ids.iter().copied().filter(|_| dice.once_in(2)).collect();
            desk.chat.save_queue(&Actor::desk(), Queue { members, ..Queue::named(name, name) }).await.unwrap();
        }
        let mut all = Vec::new();
        for number in 1..=CONVERSATIONS {
            all.push(keep(&desk, number.into(), status(&mut dice, &ids)).await);
        }
        let own = ["orders"].into_iter().filter(|_| dice.once_in(2)).collect::<Vec<_>>();
        let key = desk.chat.sight_of(None, |queue| own.contains(&queue.name.as_str()));
        assert_eq!(desk.chat.sight(&boss), Sight::Everything);
        for sight in agents.iter().chain([&boss]).map(|agent| desk.chat.sight(agent)).chain([key]) {
            let shown: BTreeSet<_> = all.iter().filter(|one| sight.shows(one)).map(|one| one.id).collect();
            assert_eq!(listed(&desk, &sight).await, shown, "in world {world}: {sight:?}");
        }
        for agent in agents.iter().chain([&boss]) {
            for one in &all {
                let opens = desk.chat.conversation(agent, one.id).await.is_ok();
                assert_eq!(opens, desk.chat.sight(agent).shows(one), "{} and {one:?}", agent.name);
            }
        }
    }
}

async fn listed(desk: &Desk, sight: &Sight) -> BTreeSet<ConversationId> {
    let slice = Slice { after: None, limit: 1000 };
    let found = desk.store.find_conversations(ConversationFilter::of(sight.clone()), slice).await.unwrap();
    found.into_iter().map(|found| found.conversation.id).collect()
}

/// Any owner, any queue.
fn status(dice: &mut Dice, agents: &[AgentId]) -> Status {
    let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(dice.roll(1000).cast_signed());
    let id = agents[dice.roll(agents.len() as u64) as usize];
    let agent = AgentRef { id, name: "somebody".to_owned() };
    let name = NAMES[dice.roll(4) as usize];
    let queue = Some(name.to_owned()).filter(|_| !dice.once_in(4));
    let waited = Waiting::new(Reason::AskedForAgent, queue, at);
    match dice.roll(7) {
        0 => Status::WithBot,
        1 => Status::Waiting(waited),
        2 => Status::WithAgent { agent, waited },
        3 => Status::Snoozed { agent, waited, until: at },
        4 => Status::Resolved { at, agent: None, waited: None },
        5 => Status::Resolved { at, agent: None, waited: Some(Box::new(waited)) },
        _ => Status::Resolved { at, agent: Some(agent), waited: Some(Box::new(waited)) },
    }
}

async fn keep(desk: &Desk, number: u128, status: Status) -> Conversation {
    let (visitor, at) = (guest(number).id, Timestamp::UNIX_EPOCH);
    let mut conversation = Conversation::new(ConversationId(Uuid::from_u128(number)), visitor, "en".to_owned(), at);
    (conversation.status, conversation.last_seq) = (status, Seq(1));
    let events = vec![Event { seq: Seq(1), at, client_id: None, kind: EventKind::Offered }];
    desk.store.commit(Commit::of(conversation.clone(), events)).await.unwrap();
    conversation
}
