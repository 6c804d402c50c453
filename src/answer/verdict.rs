//! What to do with a question, and why.

use std::sync::Arc;

use crate::{
    answer::{Policy, answer},
    article::{Article, hit::Heard, passage::Passage},
    conversation::{Considered, Decision, Reason, VerdictKind},
};

/// What to do with a question, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// What to do.
    pub ruling: Ruling,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
    /// Why, for agents and editors. How long it took is the caller's to fill in.
    pub decision: Decision,
    /// What else the message says.
    pub heard: Heard,
    /// The language to reply in, as a BCP 47 tag; the visitor's page's own when absent.
    pub language: Option<String>,
}

/// What to do with a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Ruling {
    /// Answer.
    Answer {
        /// With what.
        found: Found,
        /// Whether to say it without a caveat.
        is_sure: bool,
    },
    /// Ask which article was meant.
    Clarify {
        /// One to three articles, best first.
        options: Vec<Arc<Article>>,
    },
    /// It belongs to a person.
    Escalate {
        /// Why.
        reason: Reason,
        /// Which queue; the default one when absent.
        queue: Option<String>,
        /// What to say before.
        found: Option<Found>,
    },
    /// Say something that asserts nothing about the articles.
    Smalltalk {
        /// What to say.
        article: Arc<Article>,
    },
    /// The visitor wants a person.
    RequestAgent {
        /// What to say to that.
        article: Arc<Article>,
    },
    /// Say one of the bot's own sentences.
    Say {
        /// Its key in the wording.
        key: &'static str,
    },
}

/// An answer: an article and its part that is nearest to the question.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The article.
    pub article: Arc<Article>,
    /// Its nearest part; absent when it has one part only.
    pub passage: Option<Arc<Passage>>,
}

impl Verdict {
    /// The verdict on an article that the visitor chose.
    pub fn chosen(article: &Arc<Article>, version: &str, policy: &Policy) -> Self {
        let ruling = answer(Found { article: article.clone(), passage: None }, true);
        let decision = Decision {
            question: article.title.clone(),
            verdict: ruling.kind(),
            rule: "chosen".to_owned(),
            candidates: Arc::new([Considered {
                article: article.id.to_string(),
                title: article.title.clone(),
                confidence: 1.0,
                ..Considered::default()
            }]),
            thresholds: policy.thresholds,
            knowledge_version: version.to_owned(),
            took_us: 0,
        };
        Self { ruling, confidence: 1.0, decision, heard: Heard::default(), language: None }
    }

    /// The verdict on a question that cannot be decided on, for instance because the search failed.
    pub fn undecided(question: &str, reason: Reason, policy: &Policy) -> Self {
        let ruling = Ruling::belongs_to_a_person(reason);
        let decision = Decision {
            question: question.to_owned(),
            verdict: ruling.kind(),
            rule: reason.as_str().to_owned(),
            thresholds: policy.thresholds,
            ..Decision::default()
        };
        Self { ruling, confidence: 0.0, decision, heard: Heard::default(), language: None }
    }

    /// The same with another ruling, and the rule that says so.
    pub(super) fn ruled(self, ruling: Ruling, rule: &str) -> Self {
        let decision = Decision { verdict: ruling.kind(), rule: rule.to_owned(), ..self.decision };
        Self { ruling, decision, ..self }
    }
}

impl Ruling {
    /// It belongs to a person, for this reason and no more.
    pub fn belongs_to_a_person(reason: Reason) -> Self {
        Self::Escalate { reason, queue: None, found: None }
    }

    /// The ruling as decision records name it.
    pub fn kind(&self) -> VerdictKind {
        match self {
            Self::Answer { .. } => VerdictKind::Answer,
            Self::Clarify { .. } => VerdictKind::Clarify,
            Self::Escalate { .. } | Self::RequestAgent { .. } => VerdictKind::Escalate,
            Self::Smalltalk { .. } | Self::Say { .. } => VerdictKind::Smalltalk,
        }
    }

    /// Why it belongs to a person, if it does.
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Self::Escalate { reason, .. } => Some(*reason),
            Self::RequestAgent { .. } => Some(Reason::AskedForAgent),
            Self::Answer { .. } | Self::Clarify { .. } | Self::Smalltalk { .. } | Self::Say { .. } => None,
        }
    }
}
