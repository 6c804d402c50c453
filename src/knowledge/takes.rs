//! A message in several ways: as a whole, sentence by sentence, and, where that is not enough, together with what was
//! asked before it.
//!
//! Sentences that are mere courtesy are dropped first: a long message has more of them than of questions, and each would
//! have its chance to look like some article.

use std::sync::Arc;

use crate::{
    article::{
        Action, Article, Audience,
        hit::{Hit, Level, Take, TakeKind},
        passage::word_count,
    },
    knowledge::{
        KnowledgeError,
        embedding::{Embedder, Vector},
        index::Index,
        shelf::Shelf,
    },
};

/// More sentences are not looked at one by one.
const MOST_SENTENCES: usize = 8;

/// A clause has so many words at least, and a sentence so many clauses at most.
const CLAUSE_WORDS: usize = 3;
const MOST_CLAUSES: usize = 4;

/// A sentence is a courtesy when it is as near as this to one, and nearer than to any article.
const COURTESY_NEARNESS: f32 = 0.45;

/// What people say to be polite, as vectors.
pub(super) struct Courtesies(Vec<Vector>);

/// One search in one shelf.
pub(super) struct Search<'a> {
    pub(super) shelf: &'a Shelf,
    pub(super) index: &'a Index,
    pub(super) courtesies: Option<&'a Courtesies>,
    pub(super) audience: Audience,
}

/// The takes of one message.
pub(super) struct Takes {
    /// The sentences that say something.
    pub(super) text: String,
    /// All sentences that say something.
    pub(super) whole: Take,
    pub(super) others: Vec<Take>,
    /// How many sentences say something.
    pub(super) sentences: usize,
}

impl Courtesies {
    /// The courtesies in these articles' phrases.
    pub(super) fn new(embedder: &Embedder, articles: &[Arc<Article>]) -> Self {
        let small_talk = articles.iter().filter(|article| article.action == Action::Smalltalk);
        let phrases = small_talk.flat_map(|article| &article.questions);
        Self(phrases.filter_map(|phrase| embedder.embed_lasting(phrase)).collect())
    }

    fn nearness(&self, vector: &Vector) -> f32 {
        self.0.iter().map(|courtesy| courtesy.cosine(vector)).fold(0.0, f32::max)
    }
}

impl Search<'_> {
    /// What the features of this shelf's hits are made with.
    pub(super) fn level(&self) -> Level {
        match self.shelf.embedder().map(AsRef::as_ref) {
            None => Level::Lexical,
            Some(Embedder::Table(_)) => Level::Static,
            Some(Embedder::Encoder(_)) => Level::Encoder,
        }
    }

    /// Every take of a message by itself whose sentences these are.
    pub(super) fn takes(&self, text: &str, sentences: &[String]) -> Result<Takes, KnowledgeError> {
        let mut sentences: Vec<&String> = sentences.iter().collect();
        let mut parts = Vec::new();
        if (2..=MOST_SENTENCES).contains(&sentences.len()) {
            let taken = sentences.iter().map(|sentence| self.sentence(sentence)).collect::<Result<Vec<_>, _>>()?;
            let says_something = taken.iter().any(|(_, is_courtesy)| !is_courtesy);
            let mut verdicts =
                taken.iter().map(|(take, is_courtesy)| take.words > 0 && !(says_something && *is_courtesy));
            sentences.retain(|_| verdicts.next().unwrap_or_default());
            parts = taken
                .into_iter()
                .filter(|(take, is_courtesy)| take.words > 0 && !(says_something && *is_courtesy))
                .map(|(take, _)| take)
                .collect();
        }
        let all = match sentences.as_slice() {
            [] => text.to_owned(),
            some => some.iter().map(|sentence| sentence.as_str()).collect::<Vec<_>>().join("\n"),
        };
        let count = sentences.len().clamp(1, MOST_SENTENCES);
        let whole = match parts.as_mut_slice() {
            [only] => Take { kind: TakeKind::Whole, ..only.clone() },
            _ => self.take(TakeKind::Whole, &all, None)?,
        };
        let others = if parts.len() > 1 { parts } else { self.clauses(&all)? };
        Ok(Takes { text: all, whole, others, sentences: count })
    }

    /// A message together with what was asked before it.
    pub(super) fn with_previous(&self, text: &str, previous: &str) -> Result<Take, KnowledgeError> {
        self.take(TakeKind::WithPrevious, text, Some(previous))
    }

    /// The clauses of a single sentence, each as if it were all that was said: "this is ridiculous, where is my order".
    fn clauses(&self, text: &str) -> Result<Vec<Take>, KnowledgeError> {
        let clauses: Vec<&str> =
            text.split(',').map(str::trim).filter(|clause| word_count(clause) >= CLAUSE_WORDS).collect();
        if !(2..=MOST_CLAUSES).contains(&clauses.len()) {
            return Ok(Vec::new());
        }
        clauses.into_iter().map(|clause| self.take(TakeKind::Clause, clause, None)).collect()
    }

    fn sentence(&self, text: &str) -> Result<(Take, bool), KnowledgeError> {
        let question = self.shelf.question(text, None);
        let hits = self.shelf.hits(&question, self.index, self.audience)?;
        let courtesy = question.vector().zip(self.courtesies).map_or(0.0, |(vector, all)| all.nearness(vector));
        let is_courtesy = courtesy > COURTESY_NEARNESS && courtesy > nearest(&hits);
        let take = Take { kind: TakeKind::Sentence, question: question.text(), words: question.words(), hits };
        Ok((take, is_courtesy))
    }

    fn take(&self, kind: TakeKind, text: &str, previous: Option<&str>) -> Result<Take, KnowledgeError> {
        let question = self.shelf.question(text, previous);
        let hits = self.shelf.hits(&question, self.index, self.audience)?;
        Ok(Take { kind, question: question.text(), words: question.words(), hits })
    }
}

/// How near the nearest article is in meaning.
fn nearest(hits: &[Hit]) -> f32 {
    let near = hits.iter().filter_map(|hit| hit.features.semantic).map(|semantic| semantic.d_max.max(semantic.d_cen));
    near.fold(0.0, f32::max)
}
