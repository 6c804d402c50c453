//! Random moves on the state machine and on a small reference model, which must agree after each.

use frontdesk::conversation::{
    AgentId, AgentRef, Author, BotReply, ClientId, Contact, Conversation, ConversationId, Decision, EndedBy, Event,
    Message, NewEvent, Outcome, OwnerIs, Reason, Refused, Responder, Status, VerdictKind, VisitorId, VisitorMessage,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

/// What may happen, with the agent who does it.
#[derive(Debug, Clone, Copy)]
enum Step {
    Say(Reply, OwnerIs),
    RequestAgent,
    Withdraw,
    LeaveContact,
    End,
    Claim(u8),
    TakeOver(u8),
    /// The desk gives it to an agent.
    Assign(u8),
    Answer(u8),
    Release(u8),
    /// The desk takes it back from an agent who is gone.
    Requeue,
    Transfer(u8, u8),
    TransferToQueue(u8),
    GiveBack(u8),
    Snooze(u8),
    Resolve(u8),
    /// Hours pass.
    Wait(u8),
}

/// What the bot says when it is asked.
#[derive(Debug, Clone, Copy)]
enum Reply {
    Answers,
    Chats,
    GivesUp,
}

/// The model: the owner, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Bot,
    Queue,
    Agent(u8),
    Asleep(u8),
    Nobody { had: Option<u8>, hours_ago: u32 },
}

const WINDOW_HOURS: u32 = 24;

fn steps() -> impl Strategy<Value = Step> {
    let agent = 1..=3_u8;
    let reply = prop_oneof![Just(Reply::Answers), Just(Reply::Chats), Just(Reply::GivesUp)];
    let owner = prop_oneof![Just(OwnerIs::Available), Just(OwnerIs::Away)];
    prop_oneof![
        4 => (reply, owner).prop_map(|(reply, owner)| Step::Say(reply, owner)),
        1 => agent.clone().prop_map(Step::TakeOver),
        1 => agent.clone().prop_map(Step::Assign),
        1 => Just(Step::Requeue),
        1 => agent.clone().prop_map(Step::TransferToQueue),
        1 => Just(Step::RequestAgent),
        1 => Just(Step::Withdraw),
        1 => Just(Step::LeaveContact),
        1 => Just(Step::End),
        3 => agent.clone().prop_map(Step::Claim),
        2 => agent.clone().prop_map(Step::Answer),
        1 => agent.clone().prop_map(Step::Release),
        1 => (agent.clone(), agent.clone()).prop_map(|(from, to)| Step::Transfer(from, to)),
        1 => agent.clone().prop_map(Step::GiveBack),
        1 => agent.clone().prop_map(Step::Snooze),
        1 => agent.prop_map(Step::Resolve),
        1 => (1..40_u8).prop_map(Step::Wait),
    ]
}

/// The model's owner after a step; `None` when the step is refused.
fn expected(owner: Owner, step: Step) -> Option<Owner> {
    let holds = |agent: u8| matches!(owner, Owner::Agent(a) | Owner::Asleep(a) if a == agent);
    let is_open = !matches!(owner, Owner::Nobody { .. });
    match step {
        Step::Say(reply, is) => Some(after_words(owner, reply, is)),
        Step::RequestAgent => matches!(owner, Owner::Bot | Owner::Nobody { .. }).then_some(Owner::Queue),
        Step::LeaveContact => {
            Some(if matches!(owner, Owner::Bot | Owner::Nobody { .. }) { Owner::Queue } else { owner })
        }
        Step::Withdraw => (owner == Owner::Queue).then_some(Owner::Bot),
        Step::End => is_open.then(|| ended(owner)),
        Step::Claim(agent) => matches!(owner, Owner::Queue | Owner::Bot).then_some(Owner::Agent(agent)),
        Step::TakeOver(agent) => (is_open && owner != Owner::Agent(agent)).then_some(Owner::Agent(agent)),
        Step::Assign(agent) => (owner == Owner::Queue).then_some(Owner::Agent(agent)),
        Step::Answer(agent) => (holds(agent) || owner == Owner::Bot).then_some(Owner::Agent(agent)),
        Step::Release(agent) | Step::TransferToQueue(agent) => holds(agent).then_some(Owner::Queue),
        Step::Requeue => Some(if matches!(owner, Owner::Agent(_) | Owner::Asleep(_)) { Owner::Queue } else { owner }),
        Step::Transfer(from, to) => holds(from).then_some(Owner::Agent(to)),
        Step::GiveBack(agent) => holds(agent).then_some(Owner::Bot),
        Step::Snooze(agent) => holds(agent).then_some(Owner::Asleep(agent)),
        Step::Resolve(agent) => holds(agent).then(|| ended(owner)),
        Step::Wait(hours) => Some(match owner {
            Owner::Nobody { had, hours_ago } => Owner::Nobody { had, hours_ago: hours_ago + u32::from(hours) },
            Owner::Bot | Owner::Queue | Owner::Agent(_) | Owner::Asleep(_) => owner,
        }),
    }
}

fn ended(owner: Owner) -> Owner {
    let had = if let Owner::Agent(agent) | Owner::Asleep(agent) = owner { Some(agent) } else { None };
    Owner::Nobody { had, hours_ago: 0 }
}

fn after_words(owner: Owner, reply: Reply, is: OwnerIs) -> Owner {
    match (owner, reply) {
        (Owner::Nobody { hours_ago, .. }, reply) if hours_ago > WINDOW_HOURS => after_words(Owner::Bot, reply, is),
        (Owner::Asleep(agent) | Owner::Nobody { had: Some(agent), .. }, _) if is == OwnerIs::Available => {
            Owner::Agent(agent)
        }
        (Owner::Queue | Owner::Agent(_), _) | (Owner::Nobody { had: None, .. }, Reply::Chats) => owner,
        (Owner::Asleep(_) | Owner::Nobody { had: Some(_), .. }, _)
        | (Owner::Bot | Owner::Nobody { .. }, Reply::GivesUp) => Owner::Queue,
        (Owner::Bot | Owner::Nobody { .. }, Reply::Answers | Reply::Chats) => Owner::Bot,
    }
}

/// The real thing, with everything that ever happened to it.
struct Desk {
    now: Timestamp,
    frames: u128,
    conversation: Conversation,
    events: Vec<Event>,
}

impl Desk {
    fn new() -> Self {
        let now = Timestamp::UNIX_EPOCH;
        Self { now, frames: 0, conversation: fresh(1, now), events: Vec::new() }
    }

    fn client_id(&mut self) -> ClientId {
        self.frames += 1;
        ClientId(Uuid::from_u128(self.frames))
    }

    fn does(&mut self, step: Step) -> Result<(), Refused> {
        let id = self.client_id();
        let notice = String::from("notice");
        let conversation = &self.conversation;
        let moved = match step {
            Step::Say(reply, owner) => {
                self.says(id, reply, owner);
                return Ok(());
            }
            Step::RequestAgent => conversation.request_agent(id, notice)?,
            Step::Withdraw => conversation.withdraw(id, notice)?,
            Step::LeaveContact => {
                conversation.leave_contact(id, Contact { email: "a@b.example".into(), name: None }, None, notice)
            }
            Step::End => conversation.resolve(Some(id), EndedBy::Visitor, None)?,
            Step::Claim(by) => conversation.claim(id, &agent(by), notice)?,
            Step::TakeOver(by) => conversation.take_over(id, &agent(by), notice)?,
            Step::Assign(to) => conversation.assign(&agent(to), notice)?,
            Step::Answer(by) if conversation.status == Status::WithBot => {
                conversation.answer_for_bot(id, &agent(by), notice.clone(), notice)?
            }
            Step::Answer(by) => conversation.reply(id, &agent(by), notice)?,
            Step::Requeue => conversation.requeue(notice),
            Step::TransferToQueue(by) => {
                conversation.transfer(id, &agent(by), (None, Some("orders".to_owned())), notice)?
            }
            Step::Release(by) => conversation.release(id, &agent(by), notice)?,
            Step::Transfer(by, to) => conversation.transfer(id, &agent(by), (Some(agent(to)), None), notice)?,
            Step::GiveBack(by) => conversation.give_back(id, &agent(by), notice)?,
            Step::Snooze(by) => conversation.snooze(id, &agent(by), self.now + SignedDuration::from_hours(1))?,
            Step::Resolve(by) => conversation.finish(id, &agent(by), (None, vec!["tag".to_owned()]), notice)?,
            Step::Wait(hours) => {
                self.now += SignedDuration::from_hours(i64::from(hours));
                return Ok(());
            }
        };
        self.commit(moved);
        Ok(())
    }

    fn says(&mut self, client_id: ClientId, reply: Reply, owner: OwnerIs) {
        let window = SignedDuration::from_hours(i64::from(WINDOW_HOURS));
        let words = vec![VisitorMessage { client_id, text: "hello".to_owned() }];
        let responder = self.conversation.responder(self.now, window);
        if responder == Responder::NewConversation {
            self.conversation = fresh(self.frames, self.now);
            self.events.clear();
        }
        let moved = match responder {
            Responder::People => self.conversation.tell_people(words, owner, String::from("notice")),
            Responder::Bot | Responder::NewConversation => self.conversation.ask(words, bot(reply)),
        };
        self.commit(moved);
    }

    fn commit(&mut self, moved: Vec<NewEvent>) {
        let mut seq = self.conversation.last_seq;
        for event in moved {
            seq = seq.next();
            let event = Event { seq, at: self.now, client_id: event.client_id, kind: event.kind };
            self.conversation = self.conversation.clone().apply(&event);
            self.events.push(event);
        }
    }

    fn owner(&self) -> Owner {
        let number = |agent: &AgentRef| agent.id.0.as_u128().try_into().unwrap();
        match &self.conversation.status {
            Status::WithBot => Owner::Bot,
            Status::Waiting(_) => Owner::Queue,
            Status::WithAgent { agent, .. } => Owner::Agent(number(agent)),
            Status::Snoozed { agent, .. } => Owner::Asleep(number(agent)),
            Status::Resolved { at, agent, .. } => Owner::Nobody {
                had: agent.as_ref().map(number),
                hours_ago: u32::try_from(self.now.duration_since(*at).as_hours()).unwrap(),
            },
        }
    }
}

fn fresh(id: u128, now: Timestamp) -> Conversation {
    let visitor = VisitorId(Uuid::from_u128(1));
    Conversation::new(ConversationId(Uuid::from_u128(id)), visitor, "en".to_owned(), now)
}

fn agent(number: u8) -> AgentRef {
    AgentRef { id: AgentId(Uuid::from_u128(number.into())), name: format!("agent {number}") }
}

fn bot(reply: Reply) -> BotReply {
    let (verdict, outcome) = match reply {
        Reply::Answers => (VerdictKind::Answer, Outcome::Said),
        Reply::Chats => (VerdictKind::Smalltalk, Outcome::Said),
        Reply::GivesUp => (VerdictKind::Escalate, Outcome::Escalated { reason: Reason::LowConfidence, queue: None }),
    };
    let decision = Decision { verdict, ..Decision::default() };
    BotReply { message: Message { decision: Some(Box::new(decision)), ..Message::plain(Author::Bot, "…") }, outcome }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn the_state_machine_does_what_the_model_says(steps in prop::collection::vec(steps(), 1..40)) {
        let mut desk = Desk::new();
        let mut owner = Owner::Bot;
        for step in steps {
            match (desk.does(step), expected(owner, step)) {
                (Ok(()), Some(next)) => owner = next,
                (Err(_), None) => {}
                (result, next) => prop_assert!(false, "{step:?} on {owner:?}: {result:?}, expected {next:?}"),
            }
            prop_assert_eq!(desk.owner(), owner, "after {:?}", step);

            let numbers: Vec<_> = desk.events.iter().map(|event| event.seq.0).collect();
            prop_assert_eq!(numbers, (1..=desk.events.len() as u64).collect::<Vec<_>>());
            let start = fresh(desk.conversation.id.0.as_u128(), desk.conversation.started_at);
            prop_assert_eq!(&start.apply_all(&desk.events), &desk.conversation, "replay");
        }
    }
}
