//! What an agent needs to know of a conversation before reading it. Made from its events.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::conversation::{
    AgentRef, Author, Considered, Decision, Event, EventKind, Message, Reason, Seq, Source, VerdictKind,
};

/// How many of the bot's candidates are worth a look.
const CANDIDATES: usize = 3;
/// Shorter messages in capitals are abbreviations.
const SHORTEST_SHOUT: usize = 8;

/// A conversation in short.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// What the visitor wrote, word for word, until a person took over.
    pub questions: Vec<Asked>,
    /// What the bot answered.
    pub tried: Vec<Tried>,
    /// What the bot considered last, best first.
    pub candidates: Vec<Considered>,
    /// What it decided on last.
    pub decision: Option<Decision>,
    /// What may be worth knowing; guesses.
    pub signals: Vec<Signal>,
    /// How often the bot had no answer, or one that did not help.
    pub failures: u32,
    /// Why a person was needed last.
    pub reason: Option<Reason>,
    /// The agents who had it before and passed it on.
    pub passed: Vec<AgentRef>,
}

/// Something that a visitor wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its number.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub text: String,
}

/// Something that the bot answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// Its number.
    pub seq: Seq,
    /// From which article.
    pub source: Source,
    /// How sure the bot was.
    pub confidence: Option<f32>,
    /// What the visitor thought of it.
    pub helpful: Option<bool>,
}

/// What may be worth knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// The visitor seems upset.
    Angry,
    /// The visitor asked the same thing again.
    Repeated,
    /// The visitor writes in capitals.
    Shouting,
}

impl Signal {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Angry => "angry",
            Self::Repeated => "repeated",
            Self::Shouting => "shouting",
        }
    }
}

impl Summary {
    /// The summary of these events, which begin with the first.
    pub fn of(events: &[Event]) -> Self {
        let mut summary = Self::default();
        let mut owner = None;
        for event in events {
            match &event.kind {
                EventKind::Message { message } => summary.note_message(event, message),
                EventKind::AnswerRated { answer, helpful } => summary.note_rating(*answer, *helpful),
                EventKind::Escalated { reason, .. } => summary.reason = Some(*reason),
                EventKind::Claimed { agent } => owner = Some(agent.clone()),
                EventKind::Released | EventKind::Requeued | EventKind::Transferred { .. } => {
                    summary.passed.extend(owner.take());
                    if let EventKind::Transferred { agent, .. } = &event.kind {
                        owner.clone_from(agent);
                    }
                }
                EventKind::Offered
                | EventKind::Withdrawn
                | EventKind::GivenBack
                | EventKind::Snoozed { .. }
                | EventKind::Woken
                | EventKind::Resolved { .. }
                | EventKind::Reopened
                | EventKind::Abandoned
                | EventKind::ConversationRated { .. }
                | EventKind::ContactLeft { .. } => {}
            }
        }
        summary.signals = summary.find_signals();
        summary
    }

    fn note_message(&mut self, event: &Event, message: &Message) {
        match message.author {
            Author::Visitor => {
                self.questions.push(Asked { seq: event.seq, at: event.at, text: message.text.clone() });
            }
            Author::Bot => self.note_answer(event.seq, message),
            Author::Agent(_) | Author::System => {}
        }
    }

    fn note_answer(&mut self, seq: Seq, message: &Message) {
        let Some(decision) = &message.decision else { return };
        if decision.verdict == VerdictKind::Smalltalk {
            return;
        }
        self.candidates = decision.candidates.iter().take(CANDIDATES).cloned().collect();
        self.decision = Some(decision.as_ref().clone());
        let tried =
            |source: &Source| Tried { seq, source: source.clone(), confidence: message.confidence, helpful: None };
        self.tried.extend(message.sources.first().map(tried));
        self.failures += u32::from(decision.verdict == VerdictKind::Escalate);
    }

    fn note_rating(&mut self, answer: Seq, helpful: bool) {
        self.failures += u32::from(!helpful);
        for tried in self.tried.iter_mut().filter(|tried| tried.seq == answer) {
            tried.helpful = Some(helpful);
        }
    }

    fn find_signals(&self) -> Vec<Signal> {
        let mut times: HashMap<String, u32> = HashMap::new();
        for asked in &self.questions {
            *times.entry(plain(&asked.text)).or_default() += 1;
        }
        let is_repeated = times.iter().any(|(text, times)| !text.is_empty() && *times > 1);
        let signals = [
            (Signal::Angry, self.reason == Some(Reason::Angry)),
            (Signal::Repeated, is_repeated || self.reason == Some(Reason::Repeated)),
            (Signal::Shouting, self.questions.iter().any(|asked| is_shouted(&asked.text))),
        ];
        signals.into_iter().filter(|(_, is_so)| *is_so).map(|(signal, _)| signal).collect()
    }
}

fn plain(text: &str) -> String {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let words: Vec<String> = text.split_whitespace().map(letters).collect();
    words.join(" ").trim().to_owned()
}

fn is_shouted(text: &str) -> bool {
    let (upper, lower) = text.chars().fold((0, 0), |(upper, lower), c| {
        (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase()))
    });
    upper >= SHORTEST_SHOUT && upper > 4 * lower
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn numbered(kinds: Vec<EventKind>) -> Vec<Event> {
        let event = |(seq, kind)| Event { seq: Seq(seq), at: Timestamp::UNIX_EPOCH, client_id: None, kind };
        (1..).zip(kinds).map(event).collect()
    }

    fn asks(text: &str) -> EventKind {
        EventKind::Message { message: Arc::new(Message::plain(Author::Visitor, text)) }
    }

    fn answers(verdict: VerdictKind, article: Option<&str>) -> EventKind {
        let source = |article: &str| Source {
            article: article.to_owned(),
            title: article.to_owned(),
            url: String::new(),
            anchor: None,
        };
        let candidates = vec![Considered { article: "a".to_owned(), confidence: 0.4, ..Considered::default() }; 5];
        let decision = Decision { verdict, candidates: candidates.into(), ..Decision::default() };
        let sources = article.map(source).into_iter().collect();
        EventKind::Message {
            message: Arc::new(Message {
                sources,
                decision: Some(Box::new(decision)),
                ..Message::plain(Author::Bot, "…")
            }),
        }
    }

    #[test]
    fn what_was_asked_tried_and_failed() {
        let ada = AgentRef { id: crate::conversation::AgentId(uuid::Uuid::nil()), name: "Ada".to_owned() };
        let summary = Summary::of(&numbered(vec![
            asks("where is my refund"),
            answers(VerdictKind::Answer, Some("refunds")),
            EventKind::AnswerRated { answer: Seq(2), helpful: false },
            asks("Where is my REFUND?!"),
            answers(VerdictKind::Escalate, None),
            EventKind::Escalated { reason: Reason::LowConfidence, queue: None },
            EventKind::Claimed { agent: ada.clone() },
            EventKind::Requeued,
            asks("ANSWER ME PLEASE"),
        ]));
        assert_eq!(summary.questions.len(), 3);
        assert_eq!(summary.tried.iter().map(|tried| tried.helpful).collect::<Vec<_>>(), [Some(false)]);
        assert_eq!((summary.candidates.len(), summary.failures), (3, 2));
        assert_eq!(summary.signals, [Signal::Repeated, Signal::Shouting]);
        assert_eq!((summary.reason, summary.passed), (Some(Reason::LowConfidence), vec![ada]));
    }

    #[test]
    fn abbreviations_are_no_shouts() {
        for (text, expected) in [("my GPS and USB", false), ("WHERE IS IT", true), ("NASA", false), ("", false)] {
            assert_eq!(is_shouted(text), expected, "{text}");
        }
    }
}
