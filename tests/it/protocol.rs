//! Golden frames: the same JSON is written by Rust here and read by TypeScript in `web-shared/test`.

use std::{fs, path::Path, sync::Arc};

use frontdesk::{
    block::{Block, Span},
    conversation::{
        AgentId, AgentRef, Author, Choice, ClientId, Considered, Contact, ConversationId, Decision, EndedBy, Event,
        EventKind, Measures, Message, Reason, ReplyOption, Seq, Source, Thresholds, VerdictKind,
    },
    protocol::{
        AuthorView, ConsideredView, ErrorCode, ErrorFrame, EventFrame, PersonView, SourceView,
        agent::{
            AgentName, AgentView, AskedView, Availability, ConsentView, EarlierView, EntryView, IdentityView,
            LastMessageView, NoteView, PacketView, PageSeenView, QueueInfo, SuggestionView, TabName, ToAgent,
            TriedView, VisitorCard, VisitorView,
        },
        parse_agent, parse_visitor,
        visitor::{AvailabilityView, PopularView, Settings, StatusView, ToVisitor, Welcome},
    },
};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn conversation() -> ConversationId {
    ConversationId(uuid(1))
}

fn ada() -> AgentRef {
    AgentRef { id: AgentId(uuid(9)), name: "Ada".to_owned() }
}

fn event(seq: u64, client_id: Option<u128>, kind: EventKind) -> Event {
    let at: Timestamp = "2026-11-20T14:02:05.120Z".parse().unwrap();
    Event { seq: Seq(seq), at, client_id: client_id.map(|number| ClientId(uuid(number))), kind }
}

fn said(message: Message) -> EventKind {
    EventKind::Message { message: Arc::new(message) }
}

fn answer() -> Message {
    let bold = Span { bold: true, ..Span::plain("30 days") };
    let link = Span { href: Some("https://shop.example/orders".to_owned()), ..Span::plain("Your orders") };
    let item = |span: Span| vec![Block::Paragraph { spans: vec![span] }];
    let blocks = vec![
        Block::Paragraph { spans: vec![Span::plain("You have "), bold, Span::plain(".")] },
        Block::List { ordered: true, items: vec![item(link), item(Span::plain("Pick a day."))] },
        Block::Code { text: "ok".to_owned(), lang: None },
        Block::Image { src: "https://desk.example/help/assets/box.png".to_owned(), alt: "A box".to_owned() },
    ];
    let source = Source {
        article: "returns/return-window".to_owned(),
        title: "How long can I return something?".to_owned(),
        url: "https://desk.example/help/returns/return-window".to_owned(),
        anchor: Some("parcels".to_owned()),
    };
    let considered = Considered {
        article: source.article.clone(),
        title: source.title.clone(),
        confidence: 0.75,
        matched: vec!["return".to_owned()],
        features: Measures::new([("a_cos", 0.5)]),
    };
    let decision = Decision {
        question: "return long".to_owned(),
        verdict: VerdictKind::Answer,
        rule: "confidence".to_owned(),
        candidates: vec![considered].into(),
        thresholds: Thresholds::default(),
        knowledge_version: "abc".to_owned(),
        took_us: 900,
    };
    Message {
        text: frontdesk::block::plain_text(&blocks),
        blocks,
        reply_to: Some(Seq(1)),
        sources: vec![source],
        confidence: Some(0.75),
        decision: Some(Box::new(decision)),
        ..Message::plain(Author::Bot, "")
    }
}

fn clarify() -> Message {
    let options = [
        ("How long can I return something?", Choice::Article("returns/return-window".to_owned())),
        ("Yes, talk to a person", Choice::RequestAgent),
        ("Ask it another way", Choice::Rephrase),
    ];
    let options = options.map(|(label, choice)| ReplyOption { label: label.to_owned(), choice }).into();
    Message { options, reply_to: Some(Seq(3)), ..Message::plain(Author::Bot, "Which of these do you mean?") }
}

/// One of each kind.
fn history() -> Vec<Event> {
    let contact = Contact { email: "jonas@example.org".to_owned(), name: Some("Jonas".to_owned()) };
    let kinds = [
        (Some(11), said(Message::plain(Author::Visitor, "how long can I return it"))),
        (None, said(answer())),
        (Some(12), said(Message::plain(Author::Visitor, "it hums"))),
        (None, said(clarify())),
        (None, EventKind::Offered),
        (Some(13), EventKind::AnswerRated { answer: Seq(2), helpful: false }),
        (Some(14), EventKind::Escalated { reason: Reason::AskedForAgent, queue: None }),
        (None, said(Message::plain(Author::System, "Someone will be with you."))),
        (Some(15), EventKind::Withdrawn),
        (Some(16), EventKind::Claimed { agent: ada() }),
        (Some(17), said(Message::plain(Author::Agent(ada()), "Hi Jonas."))),
        (Some(18), EventKind::Released),
        (None, EventKind::Requeued),
        (Some(19), EventKind::Transferred { agent: Some(ada()), queue: None }),
        (Some(20), EventKind::Snoozed { until: "2026-11-21T08:00:00Z".parse().unwrap() }),
        (None, EventKind::Woken),
        (Some(21), EventKind::GivenBack),
        (
            Some(22),
            EventKind::Resolved {
                by: EndedBy::Agent(ada()),
                topic: Some("returns".to_owned()),
                tags: vec!["chair".to_owned()],
            },
        ),
        (
            Some(23),
            EventKind::ConversationRated {
                score: 5,
                effort: None,
                recommend: None,
                comment: Some("Quick.".to_owned()),
            },
        ),
        (None, EventKind::Reopened),
        (Some(24), EventKind::ContactLeft { contact, message: Some("Please write.".to_owned()) }),
        (None, EventKind::Abandoned),
    ];
    kinds.into_iter().zip(1..).map(|((client_id, kind), seq)| event(seq, client_id, kind)).collect()
}

fn visitor_events() -> Vec<ToVisitor> {
    history().iter().map(|event| ToVisitor::Event(Box::new(EventFrame::for_visitor(conversation(), event)))).collect()
}

fn to_visitor() -> Vec<ToVisitor> {
    let waiting =
        StatusView { status: "waiting", agent: None, position: Some(2), wait_s: Some([60, 180]), left: Some(true) };
    let person = PersonView { name: "Ada".to_owned(), avatar: None };
    let with_agent = StatusView { status: "with_agent", agent: Some(person), position: None, wait_s: None, left: None };
    let agent = AuthorView { kind: "agent", name: Some("Ada".to_owned()) };
    let welcome = Welcome {
        token: "secret".to_owned(),
        conversation: Some(conversation()),
        last_seq: Seq(22),
        events: visitor_events(),
        status: with_agent.clone(),
        availability: AvailabilityView { agents: true, opens_at: None },
        settings: Settings {
            site: "Fernhill".to_owned(),
            bot_name: "Assistant".to_owned(),
            greeting: "Hello. What can we help with?".to_owned(),
            disclosure: "I am a bot.".to_owned(),
            popular: vec![PopularView { article: "a".to_owned(), title: "Where is my order?".to_owned() }],
            articles: 84,
            kept_days: 30,
            message_chars: 4000,
        }
        .into(),
    };
    let mut frames = vec![ToVisitor::Welcome(Box::new(welcome))];
    frames.extend(visitor_events());
    frames.extend([
        ToVisitor::Status(waiting),
        ToVisitor::Status(with_agent),
        ToVisitor::Availability(AvailabilityView {
            agents: false,
            opens_at: Some("2026-11-23T08:00:00Z".parse().unwrap()),
        }),
        ToVisitor::Typing { author: agent.clone() },
        ToVisitor::Seen { author: agent, seq: Seq(11) },
        ToVisitor::Ping { last_seq: Seq(22) },
        ToVisitor::Error(ErrorFrame {
            code: ErrorCode::RateLimited,
            message: "Too many messages at once.".to_owned(),
            client_id: Some(ClientId(uuid(11))),
            retry_after_s: Some(4),
        }),
    ]);
    frames
}

fn to_agent() -> Vec<ToAgent> {
    let at: Timestamp = "2026-11-20T14:02:05.120Z".parse().unwrap();
    let ada = AgentView {
        id: AgentId(uuid(9)),
        name: "Ada".to_owned(),
        email: "ada@example.org".to_owned(),
        role: "administrator".to_owned(),
        availability: Availability::Online,
        open: 1,
        capacity: 6,
        here: true,
        seen_at: None,
        languages: vec!["en".to_owned()],
        viewing: vec![conversation()],
    };
    let entry = EntryView {
        conversation: conversation(),
        status: "waiting".to_owned(),
        visitor: VisitorView { identity: jonas(), ..VisitorView::default() },
        reason: Reason::LowConfidence,
        priority: "normal",
        queue: None,
        since: at,
        position: Some(1),
        due_at: Some(at),
        warn_at: None,
        until: None,
        entered_at: at,
        asked_at: Some(at),
        agent: Some(AgentName { id: AgentId(uuid(9)), name: "Ada".to_owned() }),
        requeued: 1,
        unread: 2,
        preview: "it hums".to_owned(),
        last_message: Some(LastMessageView {
            author: AuthorView { kind: "visitor", name: None },
            text: "it hums".to_owned(),
            at,
        }),
        locale: "en".to_owned(),
        left: false,
        gone: false,
        topic: None,
        tags: Vec::new(),
        last_seq: Seq(7),
    };
    let queue = QueueInfo {
        name: "orders".to_owned(),
        title: "Orders".to_owned(),
        member: true,
        balanced: false,
        open: false,
        opens_at: Some("2026-11-23T08:00:00Z".parse().unwrap()),
        languages: vec!["en".to_owned()],
        waiting: 3,
    };
    let suggestion = SuggestionView {
        article: "care/hum".to_owned(),
        title: "My lamp hums".to_owned(),
        confidence: 0.5,
        blocks: vec![Block::Paragraph { spans: vec![Span::plain("Use another dimmer.")] }],
        text: "Use another dimmer.".to_owned(),
        url: "https://desk.example/help/care/hum".to_owned(),
    };
    let mut frames = vec![
        ToAgent::Welcome { agent: ada.clone(), capacity: 6 },
        ToAgent::Presence { agents: vec![ada] },
        ToAgent::Queues { queues: vec![queue] },
        ToAgent::Queue { entries: vec![entry.clone()], total: 1, mine: vec![entry.clone()] },
        ToAgent::Tab { tab: TabName::Bot, entries: vec![entry] },
        ToAgent::Packet(Box::new(packet(at))),
        ToAgent::Suggestions { conversation: conversation(), suggestions: vec![suggestion] },
        ToAgent::Note(NoteView {
            conversation: conversation(),
            number: 1,
            at,
            after: Seq(7),
            author: "Ada".to_owned(),
            text: "Third this month.".to_owned(),
            client_id: Some(ClientId(uuid(30))),
        }),
        ToAgent::Warning { conversation: conversation(), about: "first_reply", due_at: at },
        ToAgent::Ping,
    ];
    let events = history();
    frames.extend(events.iter().map(|event| ToAgent::Event(Box::new(EventFrame::for_agent(conversation(), event)))));
    frames
}

fn jonas() -> IdentityView {
    IdentityView { name: Some("Jonas".to_owned()), ..IdentityView::default() }
}

fn packet(at: Timestamp) -> PacketView {
    let Message { sources, decision, confidence, .. } = answer();
    let source = SourceView::from(&sources[0]);
    let candidates = decision.unwrap().candidates.iter().map(ConsideredView::from).collect();
    PacketView {
        conversation: conversation(),
        reason: Some(Reason::LowConfidence),
        why: Some("no article above 0.50, best 0.41 “Refund times”".to_owned()),
        questions: vec![AskedView { seq: Seq(1), at, text: "how long can I return it".to_owned() }],
        locale: "en".to_owned(),
        tried: vec![TriedView { seq: Seq(2), source, confidence, helpful: Some(false) }],
        candidates,
        answer_at: Some(0.5),
        visitor: VisitorCard {
            identity: jonas(),
            pages: vec![PageSeenView { url: "https://shop.example/lamps".to_owned(), title: None, at }],
            time_zone: Some("Europe/Berlin".to_owned()),
            consent: Some(ConsentView { notice: "2027-01".to_owned(), at }),
            ..VisitorCard::default()
        },
        earlier: vec![EarlierView {
            conversation: ConversationId(uuid(2)),
            started_at: at,
            outcome: "answered_by_agent",
            topic: Some("delivery".to_owned()),
            preview: "where is it".to_owned(),
            score: Some(4),
        }],
        since: Some(at),
        requeued: 1,
        passed: vec![AgentName { id: AgentId(uuid(9)), name: "Ada".to_owned() }],
        signals: vec!["repeated"],
        canned: Some("sorry".to_owned()),
        apologise: true,
    }
}

/// Compares with the committed file; a changed one is written anew, to be looked at and committed.
fn golden(name: &str, frames: &[impl Serialize]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/frames").join(name);
    let made = serde_json::to_string_pretty(frames).unwrap() + "\n";
    if fs::read_to_string(&path).unwrap_or_default() != made {
        fs::write(&path, made).unwrap();
        panic!("{name} was out of date and has been written anew: look at the difference and commit it");
    }
}

#[test]
fn frames_to_visitors_are_as_committed() {
    golden("to-visitor.json", &to_visitor());
}

#[test]
fn frames_to_agents_are_as_committed() {
    golden("to-agent.json", &to_agent());
}

#[test]
fn visitors_never_get_the_decision_record() {
    let text = serde_json::to_string(&to_visitor()).unwrap();
    assert!(!text.contains("decision") && !text.contains("took_us"));
    assert!(serde_json::to_string(&to_agent()).unwrap().contains("took_us"));
}

#[test]
fn every_frame_that_browsers_send_is_understood() {
    let read = |name: &str| -> Vec<serde_json::Value> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/frames").join(name);
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    for frame in read("from-visitor.json") {
        parse_visitor(&frame.to_string()).unwrap_or_else(|error| panic!("{frame}: {error:?}"));
    }
    for frame in read("from-agent.json") {
        parse_agent(&frame.to_string()).unwrap_or_else(|error| panic!("{frame}: {error:?}"));
    }
}
