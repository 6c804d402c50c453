//! The body of an event's row: the event as JSON, with the numbers behind a decision packed.

use serde::Serialize;

use crate::{
    conversation::{
        Author, Considered, Decision, EventKind, Message, Nudge, Packed, ReplyOption, Seq, Source, Thresholds,
        VerdictKind,
    },
    store::{StoreError, rows::to_json},
};

/// What is kept of an event; read back as the event itself.
pub(super) fn body(kind: &EventKind) -> Result<String, StoreError> {
    let EventKind::Message { message } = kind else { return to_json(kind) };
    match &message.decision {
        Some(decision) => to_json(&message_body(message, decision)),
        None => to_json(kind),
    }
}

/// A message that was decided on, named as in [`Message`].
#[derive(Serialize)]
struct MessageBody<'a, Blocks> {
    kind: &'static str,
    author: &'a Author,
    text: &'a str,
    blocks: Blocks,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<Seq>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    sources: &'a [Source],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    options: &'a [ReplyOption],
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
    decision: DecisionBody<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nudge: Option<Nudge>,
}

#[derive(Serialize)]
struct DecisionBody<'a> {
    question: &'a str,
    verdict: VerdictKind,
    rule: &'a str,
    candidates: Vec<ConsideredBody<'a>>,
    thresholds: Thresholds,
    knowledge_version: &'a str,
    took_us: u64,
}

#[derive(Serialize)]
struct ConsideredBody<'a> {
    article: &'a str,
    title: &'a str,
    confidence: f32,
    matched: &'a [String],
    features: Packed,
}

fn message_body<'a>(message: &'a Message, decided: &'a Decision) -> MessageBody<'a, impl Serialize> {
    let Message { author, text, blocks, reply_to, sources, options, confidence, decision: _, nudge } = message;
    MessageBody {
        kind: "message",
        author,
        text,
        blocks,
        reply_to: *reply_to,
        sources,
        options,
        confidence: *confidence,
        decision: decided.into(),
        nudge: *nudge,
    }
}

impl<'a> From<&'a Decision> for DecisionBody<'a> {
    fn from(decision: &'a Decision) -> Self {
        let Decision { question, verdict, rule, candidates, thresholds, knowledge_version, took_us } = decision;
        Self {
            question,
            verdict: *verdict,
            rule,
            candidates: candidates.iter().map(ConsideredBody::from).collect(),
            thresholds: *thresholds,
            knowledge_version,
            took_us: *took_us,
        }
    }
}

impl<'a> From<&'a Considered> for ConsideredBody<'a> {
    fn from(considered: &'a Considered) -> Self {
        let Considered { article, title, confidence, matched, features } = considered;
        Self { article, title, confidence: *confidence, matched, features: features.into() }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::conversation::Measures;

    fn decided() -> Message {
        let considered = Considered {
            article: "returns/how".to_owned(),
            title: "Sending something back".to_owned(),
            confidence: 0.75,
            matched: vec!["return".to_owned()],
            features: Measures::new([("a_cos", 0.5), ("bm", 0.25)]),
        };
        let decision = Decision {
            question: "how do I return it".to_owned(),
            verdict: VerdictKind::Answer,
            rule: "answer_at".to_owned(),
            candidates: vec![considered].into(),
            thresholds: Thresholds::default(),
            knowledge_version: "v1".to_owned(),
            took_us: 90,
        };
        let source = Source {
            article: "returns/how".to_owned(),
            title: "Sending something back".to_owned(),
            url: "https://desk.example/help/returns/how".to_owned(),
            anchor: None,
        };
        Message {
            reply_to: Some(Seq(1)),
            sources: vec![source],
            confidence: Some(0.75),
            decision: Some(Box::new(decision)),
            nudge: Some(Nudge::FollowUp),
            ..Message::plain(Author::Bot, "Pack it and send it.")
        }
    }

    #[test]
    fn a_decided_message_comes_back_as_it_was_from_either_form() {
        let written = EventKind::Message { message: Arc::new(decided()) };
        let packed = body(&written).unwrap();
        assert!(packed.contains("\"features\":[2,5000,2500]"), "{packed}");
        for json in [packed, to_json(&written).unwrap()] {
            assert_eq!(serde_json::from_str::<EventKind>(&json).unwrap(), written, "{json}");
        }
    }
}
