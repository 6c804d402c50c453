//! The articles of one language, ready to be compared with a question.

mod hits;
mod question;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
    thread,
};

use parking_lot::RwLock;

use crate::{
    article::{Article, ArticleId},
    knowledge::{
        analysis::Analyzer,
        embedding::Embedder,
        features::FeatureIndex,
        index::Document,
        meaning::{Learnt, Meaning, MeaningIndex},
        reading::Reading,
        spelling::Spelling,
        terms::Terms,
    },
};

/// What was learnt from all vectors is good for other articles while fewer than one in so many are new.
const CHANGES_TO_LEARN_AGAIN: usize = 20;

/// One language's articles, and what they mean to a model.
pub(super) struct Shelf {
    stock: Arc<Stock>,
    embedder: Option<Arc<Embedder>>,
    /// Of each article, where there is a model.
    meanings: Vec<Arc<Meaning>>,
    meaning: Option<MeaningIndex>,
}

/// What one language's articles say, whatever model compares them.
struct Stock {
    analyzer: Analyzer,
    /// The number of its first article in the whole catalogue.
    first: usize,
    terms: Arc<RwLock<Terms>>,
    readings: Vec<Arc<Reading>>,
    features: FeatureIndex,
    spelling: Spelling,
}

impl Shelf {
    /// A shelf of these articles, all of one language. What `before` knows of articles that have not changed is kept.
    pub(super) fn new(
        analyzer: Analyzer,
        embedder: Option<Arc<Embedder>>,
        articles: &[Arc<Article>],
        first: usize,
        before: Option<&Self>,
    ) -> Self {
        let stock = Stock::new(analyzer, articles, first, before.map(|before| before.stock.as_ref()));
        Self::of(Arc::new(stock), embedder, before)
    }

    /// The same articles, compared by another model. `before` is a shelf of nearly the same articles with that model.
    pub(super) fn compared_by(&self, embedder: &Arc<Embedder>, before: Option<&Self>) -> Self {
        Self::of(self.stock.clone(), Some(embedder.clone()), before)
    }

    fn of(stock: Arc<Stock>, embedder: Option<Arc<Embedder>>, before: Option<&Self>) -> Self {
        let before = before.filter(|before| is_same_embedder(before.embedder.as_ref(), embedder.as_ref()));
        let meanings = embedder.as_ref().map(|embedder| meanings(&stock.readings, embedder, before));
        let meanings = meanings.unwrap_or_default();
        let learnt = before.filter(|before| before.stock.is_nearly(&stock)).and_then(Self::learnt);
        let meaning = embedder.as_ref().map(|embedder| MeaningIndex::new(embedder, &meanings, learnt));
        Self { stock, embedder, meanings, meaning }
    }

    /// The keys of its articles in the full-text index, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = u64> {
        self.stock.keys()
    }

    /// What the full-text index is made from, for one of its articles.
    pub(super) fn document(&self, number: usize) -> Option<Document> {
        let reading = self.stock.readings.get(number.checked_sub(self.stock.first)?)?;
        let text = reading.document(self.stock.analyzer.code(), &self.stock.terms.read());
        Some(Document { key: reading.key, is_for_agents: reading.is_for_agents(), text })
    }

    /// What texts are turned into vectors by, where there is anything.
    pub(super) fn embedder(&self) -> Option<&Arc<Embedder>> {
        self.embedder.as_ref()
    }

    /// The share of the text's words that this language's articles or its stop words have.
    pub(super) fn familiarity(&self, text: &str) -> f32 {
        let words = self.stock.analyzer.words(text);
        let all = words.len().max(1) as f32;
        let terms = self.stock.terms.read();
        let is_known = |word: String| {
            self.stock.analyzer.is_stop_word(&word) || self.stock.knows(&terms, &self.stock.analyzer.token(word).term)
        };
        words.into_iter().map(is_known).filter(|is_known| *is_known).count() as f32 / all
    }

    fn learnt(&self) -> Option<Learnt<'_>> {
        self.meaning.as_ref().map(|meaning| Learnt { meanings: &self.meanings, meaning })
    }
}

impl Stock {
    fn new(analyzer: Analyzer, articles: &[Arc<Article>], first: usize, before: Option<&Self>) -> Self {
        let terms = before.map_or_else(Arc::default, |before| before.terms.clone());
        let readings = read(&analyzer, articles, &terms, before);
        let known = terms.read();
        let features = FeatureIndex::new(&readings, &known);
        let spelling = spelling(&analyzer, &readings, &known);
        drop(known);
        Self { analyzer, first, terms, readings, features, spelling }
    }

    fn keys(&self) -> impl Iterator<Item = u64> {
        self.readings.iter().map(|reading| reading.key)
    }

    /// Whether the articles or the synonyms have a word of this stem.
    fn knows(&self, terms: &Terms, term: &str) -> bool {
        terms.word(term).is_some_and(|number| self.features.has(number)) || self.analyzer.is_synonym(term)
    }

    /// Whether nearly all of its articles are the other's too.
    fn is_nearly(&self, other: &Self) -> bool {
        let own: BTreeSet<u64> = self.keys().collect();
        let new = other.keys().filter(|key| !own.contains(key)).count();
        let gone = (self.readings.len() + new).saturating_sub(other.readings.len());
        (new + gone) * CHANGES_TO_LEARN_AGAIN < other.readings.len()
    }
}

/// Every article as it was read before, if it has not changed, else read now.
fn read(
    analyzer: &Analyzer,
    articles: &[Arc<Article>],
    terms: &RwLock<Terms>,
    before: Option<&Stock>,
) -> Vec<Arc<Reading>> {
    let known: BTreeMap<&ArticleId, &Arc<Reading>> = before
        .map(|before| before.readings.iter().map(|reading| (&reading.article.id, reading)).collect())
        .unwrap_or_default();
    let reusable = |article: &Arc<Article>| known.get(&article.id).filter(|reading| reading.article == *article);
    articles
        .iter()
        .map(|article| match reusable(article) {
            Some(known) => (*known).clone(),
            None => Arc::new(Reading::new(article, analyzer, &mut terms.write())),
        })
        .collect()
}

/// Every article's vectors: as they were, if it has not changed, else made now, on all processors.
fn meanings(readings: &[Arc<Reading>], embedder: &Embedder, before: Option<&Shelf>) -> Vec<Arc<Meaning>> {
    let known: HashMap<*const Reading, &Arc<Meaning>> = before
        .map(|before| before.stock.readings.iter().map(Arc::as_ptr).zip(&before.meanings).collect())
        .unwrap_or_default();
    let new: Vec<&Arc<Reading>> =
        readings.iter().filter(|reading| !known.contains_key(&Arc::as_ptr(reading))).collect();
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let share = new.len().div_ceil(processors).max(1);
    let mut made = thread::scope(|scope| {
        let make = |part: &[&Arc<Reading>]| -> Vec<_> {
            part.iter().map(|reading| Arc::new(Meaning::new(embedder, reading))).collect()
        };
        let parts: Vec<_> = new.chunks(share).map(|part| scope.spawn(move || make(part))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect::<Vec<_>>()
    })
    .into_iter();
    let of = |reading: &Arc<Reading>| known.get(&Arc::as_ptr(reading)).map(|known| (*known).clone());
    readings.iter().filter_map(|reading| of(reading).or_else(|| made.next())).collect()
}

fn spelling(analyzer: &Analyzer, readings: &[Arc<Reading>], terms: &Terms) -> Spelling {
    let mut counts = vec![0_u32; terms.word_count()];
    for (word, count) in readings.iter().flat_map(|reading| reading.words.iter()) {
        if let Some(sum) = counts.get_mut(word as usize) {
            *sum += count as u32;
        }
    }
    let own = counts.into_iter().zip(0..).filter(|(count, _)| *count > 0);
    let own = own.filter_map(|(count, word)| Some((terms.name(word)?.clone(), count)));
    let common = analyzer.stop_words().map(|word| (word.into(), STOP_WORD_COUNT));
    Spelling::new(own.chain(common), analyzer.is_english())
}

/// Stop words are not counted in the articles; each is at least as frequent as this.
const STOP_WORD_COUNT: u32 = 5;

fn is_same_embedder(one: Option<&Arc<Embedder>>, other: Option<&Arc<Embedder>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.is_same(other),
        (one, other) => one.is_none() && other.is_none(),
    }
}
