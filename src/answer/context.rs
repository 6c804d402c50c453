//! What was said before in a conversation, as far as it bears on what is said now.

use std::collections::BTreeSet;

use crate::{
    answer::{Ruling, Verdict},
    conversation::{Author, Choice, Decision, Event, EventKind, Message, Reason, VerdictKind},
};

/// The third try at the same thing is one too many.
const MOST_TRIES: usize = 2;
/// Two questions with this share of their words in common are one.
const SAME_WORDS: f32 = 0.6;
/// The same, when the same article is nearest to both.
const SAME_WORDS_AND_ARTICLE: f32 = 0.34;
/// A question of fewer words may lean on the one before it.
const FEWEST_WORDS_ALONE: usize = 4;

/// The turns since the bot took the conversation, and what it asked last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    turns: Vec<Turn>,
    asked: Asked,
    /// The labels that say "none of these" or "I ask it another way".
    refusals: Vec<String>,
}

/// A question and what became of it.
#[derive(Debug, Clone, PartialEq)]
struct Turn {
    text: String,
    attempt: Attempt,
}

/// What tells whether two questions are the same thing.
#[derive(Debug, Clone, PartialEq)]
struct Attempt {
    /// The question as it was searched.
    question: String,
    /// The article that it was about, if there was one.
    article: Option<String>,
    is_smalltalk: bool,
}

/// What the bot's last message wants to know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Asked {
    /// Nothing.
    #[default]
    Nothing,
    /// Whether to fetch a person.
    Person,
    /// Whether the answer helped.
    Helped,
    /// Which article was meant.
    Which,
}

impl Context {
    /// The context that these last events of a conversation give.
    pub fn of(events: &[Event]) -> Self {
        let mut context = Self::default();
        let mut said: Vec<&str> = Vec::new();
        for event in events {
            match &event.kind {
                EventKind::Message { message } if message.author == Author::Visitor => said.push(&message.text),
                EventKind::Message { message } if message.author == Author::Bot => {
                    context.hear(message, &said.join("\n"));
                    said.clear();
                }
                EventKind::Resolved { .. }
                | EventKind::Abandoned
                | EventKind::GivenBack
                | EventKind::Withdrawn
                | EventKind::Escalated { .. } => {
                    said.clear();
                    context = Self::default();
                }
                EventKind::Message { .. }
                | EventKind::Offered
                | EventKind::Claimed { .. }
                | EventKind::Released
                | EventKind::Requeued
                | EventKind::Transferred { .. }
                | EventKind::Snoozed { .. }
                | EventKind::Woken
                | EventKind::Reopened
                | EventKind::AnswerRated { .. }
                | EventKind::ConversationRated { .. }
                | EventKind::ContactLeft { .. } => {}
            }
        }
        context
    }

    /// The question that a short one may lean on: "and to Norway?".
    pub fn previous(&self) -> Option<String> {
        let mut earlier = self.questions().map(|turn| turn.text.as_str());
        let last = earlier.next()?;
        let before = earlier.next().filter(|_| last.split_whitespace().count() < FEWEST_WORDS_ALONE);
        Some(before.into_iter().chain([last]).collect::<Vec<_>>().join("\n"))
    }

    /// The verdict as it is after what was said before.
    pub fn apply(&self, verdict: Verdict, text: &str) -> Verdict {
        if let Some((ruling, rule)) = self.reply_to_a_question(&verdict, text) {
            return verdict.ruled(ruling, rule);
        }
        let is_tried = self.tries(&Attempt::of(&verdict.decision)) >= MOST_TRIES;
        let is_upset = verdict.heard.is_upset() && !verdict.ruling.is_answer();
        match (verdict.ruling.can_be_given_up(), is_upset, is_tried) {
            (true, true, _) => verdict.escalated(Reason::Angry),
            (true, false, true) => verdict.escalated(Reason::Repeated),
            (false, ..) | (true, false, false) => verdict,
        }
    }

    /// What follows when the message is a reply to what the bot asked.
    fn reply_to_a_question(&self, verdict: &Verdict, text: &str) -> Option<(Ruling, &'static str)> {
        let refuses = self.refusals.iter().any(|label| label.trim() == text.trim());
        let agrees = if refuses { Some(false) } else { verdict.heard.agrees };
        let person = |reason| Ruling::belongs_to_a_person(reason);
        match (self.asked, agrees?) {
            (Asked::Person, true) => Some((person(Reason::AskedForAgent), "accepted_offer")),
            (Asked::Person, false) => Some((Ruling::Say { key: "rephrase_prompt" }, "declined_offer")),
            (Asked::Helped, true) => Some((Ruling::Say { key: "helpful_thanks" }, "helped")),
            (Asked::Helped, false) => Some((person(Reason::NotHelpful), "did_not_help")),
            (Asked::Which, false) => Some((person(Reason::Ambiguous), "none_of_these")),
            (Asked::Which, true) | (Asked::Nothing, _) => None,
        }
    }

    /// How many turns before were about the same thing, without another in between.
    fn tries(&self, attempt: &Attempt) -> usize {
        self.questions().take_while(|turn| turn.attempt.is_same(attempt)).count()
    }

    /// The turns that were no small talk, the last one first.
    fn questions(&self) -> impl Iterator<Item = &Turn> {
        self.turns.iter().rev().filter(|turn| !turn.attempt.is_smalltalk)
    }

    fn hear(&mut self, message: &Message, question: &str) {
        let has = |is_it: &dyn Fn(&Choice) -> bool| message.options.iter().any(|option| is_it(&option.choice));
        let rule = message.decision.as_ref().map(|decision| decision.rule.as_str());
        self.asked = match rule {
            _ if has(&|choice| *choice == Choice::RequestAgent) => Asked::Person,
            _ if has(&|choice| matches!(choice, Choice::Article(_))) => Asked::Which,
            Some("answer_at") => Asked::Helped,
            _ => Asked::Nothing,
        };
        let refusals = message.options.iter().filter(|option| option.choice == Choice::Rephrase);
        self.refusals = refusals.map(|option| option.label.clone()).collect();
        if let Some(decision) = message.decision.as_deref().filter(|_| !question.is_empty()) {
            self.turns.push(Turn { text: question.to_owned(), attempt: Attempt::of(decision) });
        }
    }
}

impl Ruling {
    fn is_answer(&self) -> bool {
        matches!(self, Self::Answer { .. })
    }

    /// Whether it is an answer, or none, that may be one too many.
    fn can_be_given_up(&self) -> bool {
        matches!(
            self,
            Self::Answer { .. } | Self::Clarify { .. } | Self::Escalate { reason: Reason::LowConfidence, .. }
        )
    }
}

impl Verdict {
    fn escalated(self, reason: Reason) -> Self {
        self.ruled(Ruling::belongs_to_a_person(reason), reason.as_str())
    }
}

impl Attempt {
    fn of(decision: &Decision) -> Self {
        let best = decision.candidates.first().filter(|best| best.confidence >= decision.thresholds.clarify_at);
        Self {
            question: decision.question.clone(),
            article: best.map(|best| best.article.clone()),
            is_smalltalk: decision.verdict == VerdictKind::Smalltalk,
        }
    }

    /// Whether both are tries at the same thing.
    fn is_same(&self, other: &Self) -> bool {
        let shared = shared_words(&self.question, &other.question);
        let is_same_article = self.article.is_some() && self.article == other.article;
        shared >= SAME_WORDS || (is_same_article && shared >= SAME_WORDS_AND_ARTICLE)
    }
}

/// The share of two questions' words that both have.
fn shared_words(one: &str, other: &str) -> f32 {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>();
    let (one, other) = (words(one), words(other));
    let all = one.union(&other).count();
    one.intersection(&other).count() as f32 / all.max(1) as f32
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::*;
    use crate::{
        answer::Policy,
        conversation::{Considered, ReplyOption, Seq},
    };

    fn event(kind: EventKind) -> Event {
        Event { seq: Seq(1), at: Timestamp::UNIX_EPOCH, client_id: None, kind }
    }

    fn visitor(text: &str) -> Event {
        event(EventKind::Message { message: Arc::new(Message::plain(Author::Visitor, text)) })
    }

    fn decision(question: &str, rule: &str) -> Decision {
        let verdict = if rule == "smalltalk" { VerdictKind::Smalltalk } else { VerdictKind::Answer };
        let best = Considered { article: "a".to_owned(), confidence: 0.6, ..Considered::default() };
        Decision {
            question: question.to_owned(),
            verdict,
            rule: rule.to_owned(),
            candidates: vec![best].into(),
            ..Decision::default()
        }
    }

    fn bot(question: &str, rule: &str, choices: &[Choice]) -> Event {
        let options = choices.iter().map(|choice| ReplyOption { label: format!("{choice:?}"), choice: choice.clone() });
        let decision = Some(Box::new(decision(question, rule)));
        let message = Message { decision, options: options.collect(), ..Message::plain(Author::Bot, "…") };
        event(EventKind::Message { message: Arc::new(message) })
    }

    #[test]
    fn a_short_question_leans_on_the_last_that_was_one() {
        let mut events = vec![
            visitor("what does delivery cost"),
            bot("delivery cost", "sure_at", &[]),
            visitor("thanks"),
            bot("thanks", "smalltalk", &[]),
        ];
        assert_eq!(Context::of(&events).previous().as_deref(), Some("what does delivery cost"));
        events.extend([visitor("to norway?"), bot("norway", "answer_at", &[])]);
        assert_eq!(Context::of(&events).previous().as_deref(), Some("what does delivery cost\nto norway?"));
        events.push(event(EventKind::GivenBack));
        assert_eq!(Context::of(&events).previous(), None);
    }

    #[test]
    fn the_third_try_at_the_same_thing_is_one_too_many() {
        let try_it = |question: &str| vec![visitor(question), bot(question, "sure_at", &[])];
        let twice: Vec<Event> = ["refund sofa broken", "broken sofa refund"].into_iter().flat_map(try_it).collect();
        let tries =
            |events: &[Event], question: &str| Context::of(events).tries(&Attempt::of(&decision(question, "sure_at")));
        assert_eq!(tries(&twice, "refund for sofa broken"), 2);
        assert_eq!(tries(&twice, "delivery norway"), 0);
        let between: Vec<Event> = twice.into_iter().chain(try_it("lamp bulb")).collect();
        assert_eq!(tries(&between, "refund sofa broken"), 0);
    }

    #[test]
    fn a_yes_or_no_is_a_reply_to_what_was_asked() {
        let says = |agrees, choices: &[Choice], rule: &str| {
            let events = [visitor("q"), bot("q", rule, choices)];
            let mut verdict = Verdict::undecided("yes", Reason::LowConfidence, &Policy::default());
            verdict.heard.agrees = Some(agrees);
            Context::of(&events).apply(verdict, "…").decision.rule
        };
        let (person, which) = ([Choice::RequestAgent, Choice::Rephrase], [Choice::Article("a".to_owned())]);
        assert_eq!(says(true, &person, "low_confidence"), "accepted_offer");
        assert_eq!(says(false, &person, "low_confidence"), "declined_offer");
        assert_eq!(says(true, &[], "answer_at"), "helped");
        assert_eq!(says(false, &[], "answer_at"), "did_not_help");
        assert_eq!(says(false, &which, "clarify_at"), "none_of_these");
        assert_eq!(says(false, &[], "sure_at"), "low_confidence");
    }

    #[test]
    fn the_label_of_a_refusal_is_a_no() {
        let events = [visitor("q"), bot("q", "clarify_at", &[Choice::Article("a".to_owned()), Choice::Rephrase])];
        let verdict = Verdict::undecided("Rephrase", Reason::LowConfidence, &Policy::default());
        assert_eq!(Context::of(&events).apply(verdict, "Rephrase").ruling.reason(), Some(Reason::Ambiguous));
    }
}
