//! Random moves on the state machine and on a small reference model, which must agree after each: who has the
//! conversation, what time alone does next, and when.

use frontdesk::{
    cli::serve,
    config::Handoff,
    conversation::{
        AgentId, AgentRef, Author, BotReply, ClientId, Contact, Conversation, ConversationId, Decision, EndedBy, Event,
        Message, NewEvent, Outcome, Overdue, OwnerIs, Reason, Refused, Responder, Status, Timers, VerdictKind,
        VisitorId, VisitorMessage, Words,
    },
    queue::{self, Queue},
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
    /// Minutes pass, and nobody looks.
    Wait(u32),
    /// The desk does what is due; whether agents of what wakes can go on with it.
    Upkeep(OwnerIs),
}

/// What the bot says when it is asked.
#[derive(Debug, Clone, Copy)]
enum Reply {
    Answers,
    Chats,
    GivesUp,
}

/// Who has it in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Bot,
    Queue,
    Agent(u8),
    Asleep(u8),
    Nobody,
}

const HOUR: u32 = 60;
const WINDOW: u32 = 24 * HOUR;
/// The timers of the settings' defaults, in minutes.
const FOLLOW_UP: u32 = 4;
const BOT_SILENCE: u32 = 30;
const LEAVE_OFFER: u32 = 3;
const UNANSWERED: u32 = 5;
const REMINDER: u32 = 10;
const AGENT_SILENCE: u32 = 24 * HOUR;

/// The model: the owner, and what time counts from, in minutes.
#[expect(clippy::struct_excessive_bools, reason = "each is true or not by itself")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Model {
    now: u32,
    owner: Owner,
    /// The last agent, if what ended is theirs to go on with.
    had: Option<u8>,
    /// When anybody last did anything.
    quiet: u32,
    /// Since when it is in hands of this kind.
    entered: u32,
    /// When an agent got it who has not said a word yet.
    silent: Option<u32>,
    /// When it wakes.
    wakes: u32,
    /// The visitor wants an answer.
    is_asked: bool,
    /// The bot's answer was the last word.
    is_answered: bool,
    /// The desk has spoken by itself.
    is_nudged: bool,
    /// The visitor left an address.
    is_left: bool,
}

fn steps() -> impl Strategy<Value = Step> {
    let agent = 1..=3_u8;
    let reply = prop_oneof![Just(Reply::Answers), Just(Reply::Chats), Just(Reply::GivesUp)];
    let owner = prop_oneof![Just(OwnerIs::Available), Just(OwnerIs::Away)];
    prop_oneof![
        4 => (reply, owner.clone()).prop_map(|(reply, owner)| Step::Say(reply, owner)),
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
        3 => prop_oneof![0..12_u32, 12..90_u32, (1..40_u32).prop_map(|hours| hours * HOUR)].prop_map(Step::Wait),
        3 => owner.prop_map(Step::Upkeep),
    ]
}

impl Model {
    fn new(now: u32) -> Self {
        Self {
            now,
            owner: Owner::Bot,
            had: None,
            quiet: now,
            entered: now,
            silent: None,
            wakes: 0,
            is_asked: false,
            is_answered: false,
            is_nudged: false,
            is_left: false,
        }
    }

    fn holds(&self, agent: u8) -> bool {
        matches!(self.owner, Owner::Agent(a) | Owner::Asleep(a) if a == agent)
    }

    fn is_unclaimed(&self) -> bool {
        matches!(self.owner, Owner::Bot | Owner::Nobody)
    }

    /// The model after a step; `None` when the step is refused.
    fn after(mut self, step: Step) -> Option<Self> {
        let is_open = self.owner != Owner::Nobody;
        let is_possible = match step {
            Step::RequestAgent => self.is_unclaimed(),
            Step::Withdraw | Step::Assign(_) => self.owner == Owner::Queue,
            Step::End => is_open,
            Step::Claim(_) => matches!(self.owner, Owner::Queue | Owner::Bot),
            Step::TakeOver(agent) => is_open && self.owner != Owner::Agent(agent),
            Step::Answer(agent) => self.holds(agent) || self.owner == Owner::Bot,
            Step::Release(agent)
            | Step::TransferToQueue(agent)
            | Step::Transfer(agent, _)
            | Step::GiveBack(agent)
            | Step::Snooze(agent)
            | Step::Resolve(agent) => self.holds(agent),
            Step::Say(..) | Step::LeaveContact | Step::Requeue | Step::Wait(_) | Step::Upkeep(_) => true,
        };
        is_possible.then(|| self.does(step))?;
        Some(self)
    }

    fn does(&mut self, step: Step) {
        match step {
            Step::Say(reply, is) => self.visitor_says(reply, is),
            Step::RequestAgent => {
                self.is_left &= self.owner != Owner::Nobody;
                self.escalates();
            }
            Step::LeaveContact => {
                self.is_left = true;
                self.quiet = self.now;
                if self.is_unclaimed() {
                    self.escalates();
                }
            }
            Step::Withdraw | Step::GiveBack(_) => self.goes_back_to_bot(),
            Step::End | Step::Resolve(_) => self.ends(),
            Step::Claim(agent) | Step::TakeOver(agent) | Step::Assign(agent) | Step::Transfer(_, agent) => {
                self.is_taken(agent);
            }
            Step::Answer(agent) => {
                if self.owner == Owner::Bot {
                    self.is_taken(agent);
                }
                self.agent_says();
                self.goes_to(Owner::Agent(agent));
            }
            Step::Release(_) | Step::TransferToQueue(_) | Step::Requeue => self.goes_back_to_queue(),
            Step::Snooze(agent) => {
                self.goes_to(Owner::Asleep(agent));
                self.wakes = self.now + HOUR;
            }
            Step::Wait(minutes) => self.now += minutes,
            Step::Upkeep(is) => {
                while let Some((_, overdue)) = self.due().filter(|(at, _)| *at <= self.now) {
                    self.is_overdue(overdue, is);
                }
            }
        }
    }

    /// Somebody does something that leads here. What is counted from the change begins anew only when it is one.
    fn goes_to(&mut self, owner: Owner) {
        self.quiet = self.now;
        if std::mem::discriminant(&self.owner) != std::mem::discriminant(&owner) {
            (self.entered, self.is_nudged) = (self.now, false);
        }
        if !matches!(owner, Owner::Agent(_)) {
            self.silent = None;
        }
        self.owner = owner;
    }

    fn is_taken(&mut self, agent: u8) {
        self.goes_to(Owner::Agent(agent));
        self.silent = Some(self.now);
    }

    fn escalates(&mut self) {
        self.had = None;
        self.goes_to(Owner::Queue);
    }

    fn goes_back_to_bot(&mut self) {
        (self.had, self.is_left) = (None, false);
        self.goes_to(Owner::Bot);
    }

    fn goes_back_to_queue(&mut self) {
        if let Owner::Agent(agent) | Owner::Asleep(agent) = self.owner {
            self.had = Some(agent);
            self.goes_to(Owner::Queue);
        }
    }

    fn ends(&mut self) {
        if let Owner::Agent(agent) | Owner::Asleep(agent) = self.owner {
            self.had = Some(agent);
        }
        self.goes_to(Owner::Nobody);
    }

    fn speaks(&mut self) {
        (self.quiet, self.is_nudged, self.is_asked, self.is_answered) = (self.now, false, false, false);
    }

    fn agent_says(&mut self) {
        self.speaks();
        (self.silent, self.is_left) = (None, false);
    }

    fn bot_says(&mut self, reply: Reply) {
        self.speaks();
        self.is_answered = matches!(reply, Reply::Answers);
        if matches!(reply, Reply::GivesUp) {
            self.escalates();
        }
    }

    fn visitor_says(&mut self, reply: Reply, is: OwnerIs) {
        if self.owner == Owner::Nobody && self.now - self.entered > WINDOW {
            *self = Self::new(self.now);
        }
        self.speaks();
        self.is_asked = true;
        match (self.owner, self.had) {
            (Owner::Queue | Owner::Agent(_), _) => {}
            (Owner::Asleep(_), _) => self.wakes_up(is),
            (Owner::Bot, _) => self.bot_says(reply),
            (Owner::Nobody, Some(agent)) => {
                self.is_left = false;
                self.escalates();
                if is == OwnerIs::Available {
                    self.is_taken(agent);
                }
            }
            (Owner::Nobody, None) => {
                if !matches!(reply, Reply::Chats) {
                    self.goes_back_to_bot();
                }
                self.bot_says(reply);
            }
        }
    }

    fn wakes_up(&mut self, is: OwnerIs) {
        let Owner::Asleep(agent) = self.owner else { return };
        self.goes_to(Owner::Agent(agent));
        if is == OwnerIs::Away {
            self.goes_back_to_queue();
        }
    }

    /// What time alone does next, and when.
    fn due(&self) -> Option<(u32, Overdue)> {
        let unless_nudged = |at, overdue| (!self.is_nudged).then_some((at, overdue));
        match self.owner {
            Owner::Bot => {
                let asks = unless_nudged(self.quiet + FOLLOW_UP, Overdue::FollowUp).filter(|_| self.is_answered);
                asks.or(Some((self.quiet + BOT_SILENCE, Overdue::Silent)))
            }
            Owner::Queue if self.is_left => None,
            Owner::Queue => unless_nudged(self.entered + LEAVE_OFFER, Overdue::LeaveOffer),
            Owner::Agent(_) => match self.silent {
                Some(since) => Some((since + UNANSWERED, Overdue::Unanswered)).filter(|_| !self.is_left),
                None if self.is_asked => None,
                None => unless_nudged(self.quiet + REMINDER, Overdue::Reminder)
                    .or(Some((self.quiet + AGENT_SILENCE, Overdue::Silent))),
            },
            Owner::Asleep(_) => Some((self.wakes, Overdue::Wake)),
            Owner::Nobody => None,
        }
    }

    fn is_overdue(&mut self, overdue: Overdue, is: OwnerIs) {
        match overdue {
            Overdue::FollowUp | Overdue::LeaveOffer | Overdue::Reminder => self.is_nudged = true,
            Overdue::Unanswered => self.goes_back_to_queue(),
            Overdue::Silent => self.ends(),
            Overdue::Wake => self.wakes_up(is),
        }
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

    fn does(&mut self, step: Step, timers: &Timers) -> Result<(), Refused> {
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
            Step::Wait(minutes) => {
                self.now += SignedDuration::from_mins(minutes.into());
                return Ok(());
            }
            Step::Upkeep(owner) => {
                self.keeps_up(owner, timers);
                return Ok(());
            }
        };
        self.commit(moved);
        Ok(())
    }

    fn keeps_up(&mut self, owner: OwnerIs, timers: &Timers) {
        while let Some((_, overdue)) = self.conversation.next_timer(timers).filter(|(at, _)| *at <= self.now) {
            let words = Words { text: String::from("words"), options: Vec::new() };
            self.commit(self.conversation.on_time(overdue, owner, words));
        }
    }

    fn says(&mut self, client_id: ClientId, reply: Reply, owner: OwnerIs) {
        let window = SignedDuration::from_mins(WINDOW.into());
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

    /// Who has it, and who goes on with it when it has ended.
    fn owner(&self) -> (Owner, Option<u8>) {
        let number = |agent: &AgentRef| agent.id.0.as_u128().try_into().unwrap();
        let owner = match &self.conversation.status {
            Status::WithBot => Owner::Bot,
            Status::Waiting(_) => Owner::Queue,
            Status::WithAgent { agent, .. } => Owner::Agent(number(agent)),
            Status::Snoozed { agent, .. } => Owner::Asleep(number(agent)),
            Status::Resolved { agent, .. } => return (Owner::Nobody, agent.as_ref().map(number)),
        };
        (owner, None)
    }

    fn due(&self, timers: &Timers) -> Option<(u32, Overdue)> {
        let minutes = |at: Timestamp| u32::try_from(at.duration_since(Timestamp::UNIX_EPOCH).as_mins()).unwrap();
        self.conversation.next_timer(timers).map(|(at, overdue)| (minutes(at), overdue))
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
        let times = serve::times(&Handoff::default());
        let mut desk = Desk::new();
        let mut model = Model::new(0);
        for step in steps {
            match (desk.does(step, &times.timers), model.after(step)) {
                (Ok(()), Some(next)) => model = next,
                (Err(_), None) => {}
                (result, next) => prop_assert!(false, "{step:?} on {model:?}: {result:?}, expected {next:?}"),
            }
            let had = model.had.filter(|_| model.owner == Owner::Nobody);
            prop_assert_eq!(desk.owner(), (model.owner, had), "after {:?}: {:?}", step, model);
            prop_assert_eq!(desk.due(&times.timers), model.due(), "after {:?}: {:?}", step, model);
            let promise = queue::due_at(&desk.conversation, &Queue::default(), times.first_reply);
            let is_forgotten = promise.is_none() && model.due().is_none() && model.owner != Owner::Nobody;
            prop_assert!(!is_forgotten, "nothing will ever happen after {step:?}: {model:?}");

            let numbers: Vec<_> = desk.events.iter().map(|event| event.seq.0).collect();
            prop_assert_eq!(numbers, (1..=desk.events.len() as u64).collect::<Vec<_>>());
            let start = fresh(desk.conversation.id.0.as_u128(), desk.conversation.started_at);
            prop_assert_eq!(&start.apply_all(&desk.events), &desk.conversation, "replay");
        }
    }
}
