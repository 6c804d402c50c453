//! What a search takes and gives: the door between finding articles and deciding about them.

use std::sync::Arc;

use crate::article::{Article, Audience, passage::Passage};

/// What somebody wants to know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Question {
    /// The words.
    pub text: String,
    /// The asker's language as a BCP 47 tag; guessed from the words when absent.
    pub locale: Option<String>,
    /// Who asks: agents find agents' articles too.
    pub audience: Audience,
    /// What the same visitor asked before, if it may help to understand this question.
    pub previous: Option<String>,
}

impl Question {
    /// A visitor's question in an unknown language.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// What was found for a question, in no particular order: ranking is `answer`'s.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// The question as it was searched.
    pub question: String,
    /// How many of its words carry meaning.
    pub words: usize,
    /// What the features were made with.
    pub level: Level,
    /// Hash of the knowledge base that was asked.
    pub version: String,
    /// Articles that may answer.
    pub hits: Vec<Hit>,
    /// The same message understood in other ways; the likeliest understanding counts.
    pub takes: Vec<Take>,
    /// How many sentences of the message say something; courtesies do not.
    pub sentences: usize,
    /// Small talk and requests for a person that the whole question may be.
    pub phrases: Vec<PhraseHit>,
    /// What else the message says.
    pub heard: Heard,
    /// The language that the asker writes in, as a BCP 47 tag.
    pub language: String,
    /// Whether there are no articles in that language.
    pub is_foreign: bool,
}

/// A question of fewer words that carry meaning may need the one before it to be understood.
pub const SHORT: usize = 4;

impl Hits {
    /// Whether what was asked before makes no difference, however near the hits are.
    pub fn stand_alone(&self) -> bool {
        self.words >= SHORT
    }

    /// Whether the message was understood by what was asked before it, too.
    pub fn lean_on_previous(&self) -> bool {
        self.takes.iter().any(|take| take.kind == TakeKind::WithPrevious)
    }
}

/// Who judges hits while a search goes on, so that what costs more is done only where it can make a difference.
pub trait Judge {
    /// Whether the message is understood by itself.
    fn is_understood(&self, hits: &Hits) -> bool;

    /// Whether what a quick model found is enough to decide on.
    fn is_settled(&self, hits: &Hits) -> bool;
}

/// The judge who wants to know everything.
#[derive(Debug, Clone, Copy)]
pub struct Thorough;

impl Judge for Thorough {
    fn is_understood(&self, _: &Hits) -> bool {
        false
    }

    fn is_settled(&self, _: &Hits) -> bool {
        false
    }
}

/// What a message says besides its question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heard {
    /// A clear request for a person: the article about that.
    pub request: Option<Arc<Article>>,
    /// Nothing but a word for people: a request or a topic.
    pub is_vague: bool,
    /// Nothing but that no person is wanted: what to say to that.
    pub refusal: Option<Arc<Article>>,
    /// Words of somebody who is upset.
    pub is_angry: bool,
    /// Everything in capitals, with marks to match.
    pub is_shouting: bool,
    /// Nothing but a yes or a no.
    pub agrees: Option<bool>,
}

impl Heard {
    /// Whether it sounds like somebody who is upset. An estimate.
    pub fn is_upset(&self) -> bool {
        self.is_angry || self.is_shouting
    }
}

/// One understanding of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Take {
    /// What was understood.
    pub kind: TakeKind,
    /// The question as it was searched.
    pub question: String,
    /// How many of its words carry meaning.
    pub words: usize,
    /// Articles that may answer.
    pub hits: Vec<Hit>,
}

/// What of a message is taken as the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakeKind {
    /// All sentences that say something.
    Whole,
    /// One of several sentences that say something.
    Sentence,
    /// One of several clauses of a single sentence.
    Clause,
    /// The message together with the question before it: "and to Norway?".
    WithPrevious,
}

/// What features are made with, and so which constants judge them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Level {
    /// Words and characters alone.
    Lexical,
    /// The built-in vectors too, for the language that they are made for.
    #[default]
    Static,
    /// The vectors of a full sentence encoder, for the languages that it understands.
    Encoder,
}

impl Level {
    /// Its name in the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lexical => "lexical",
            Self::Static => "static",
            Self::Encoder => "encoder",
        }
    }
}

/// One article that may answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: Arc<Article>,
    /// Its part that is nearest to the question; absent when it has one part only.
    pub passage: Option<Arc<Passage>>,
    /// How near it is, in several ways.
    pub features: Features,
    /// The question's words that it has.
    pub matched: Vec<String>,
}

impl Hit {
    /// An article with how near it is.
    pub fn new(article: Arc<Article>, features: Features) -> Self {
        Self { article, passage: None, features, matched: Vec::new() }
    }
}

/// How near an article is to a question. Each is 0 to 1 but for `lr`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Features {
    /// Cosine of word stems to the nearest phrasing.
    pub l_cos: f32,
    /// Cosine of character n-grams to the nearest phrasing.
    pub g_cos: f32,
    /// Cosine of word stems to the whole article.
    pub a_cos: f32,
    /// BM25 of the whole article as a share of the most that the question could reach.
    pub bm: f32,
    /// What vectors say, where there are any.
    pub semantic: Option<SemanticFeatures>,
}

/// How near an article is to a question in meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SemanticFeatures {
    /// Cosine to the nearest phrasing.
    pub d_max: f32,
    /// Cosine to the mean of the phrasings.
    pub d_cen: f32,
    /// Cosine to the nearest part of the body.
    pub d_body: f32,
    /// Logarithm of the share that a linear discriminant gives the article, from −1.2 for nothing to 0 for certainty.
    pub lr: f32,
}

/// A piece of small talk or a request for a person, compared with the whole question.
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseHit {
    /// The article that holds the phrase.
    pub article: Arc<Article>,
    /// How near its nearest phrase is: 1 is the same words in the same order.
    pub nearness: f32,
    /// How near the nearest of its near misses is.
    pub near_miss: f32,
    /// Share of the question's words that any of its phrases has.
    pub covered: f32,
    /// Whether one of its longer phrases is a part of the question, word for word.
    pub is_contained: bool,
    /// Whether the question has a word of a near miss beside the nearest phrase: "I do *not* need an agent".
    pub is_negated: bool,
}

impl PhraseHit {
    /// The question is a phrase of this article, word for word.
    pub fn verbatim(article: &Arc<Article>) -> Self {
        Self {
            article: article.clone(),
            nearness: 1.0,
            near_miss: 0.0,
            covered: 1.0,
            is_contained: true,
            is_negated: false,
        }
    }

    /// Whether the question is this phrase, word for word.
    pub fn is_exact(&self) -> bool {
        self.nearness >= 1.0
    }
}
