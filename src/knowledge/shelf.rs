//! The articles of one language, ready to be compared with a question.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    thread,
};

use parking_lot::RwLock;

use crate::{
    article::{Article, ArticleId, Audience, hit::Hit, passage::Passage},
    knowledge::{
        KnowledgeError,
        analysis::{Analyzer, Token},
        embedding::{Embedder, Vector},
        features::{Asked, FeatureIndex, Scored},
        index::{Document, Index},
        meaning::{AskedMeaning, Learnt, Meaning, MeaningIndex},
        reading::Reading,
        spelling::Spelling,
        terms::Terms,
    },
};

/// How many articles get a closer look because they mean about the same as the question.
const KINDRED: usize = 20;

/// Fewer articles than this all get a closer look.
const FEW: usize = 100;

/// How many articles a search gives.
const MOST_HITS: usize = 24;

/// More words of a question are not looked at.
const MOST_TERMS: usize = 32;

/// How much the words of the question before count beside those of this one.
const PREVIOUS_WEIGHT: f32 = 0.5;

/// What was learnt from all vectors is good for other articles while fewer than one in so many are new.
const CHANGES_TO_LEARN_AGAIN: usize = 20;

/// One language's articles.
pub(super) struct Shelf {
    analyzer: Analyzer,
    /// The number of its first article in the whole catalogue.
    first: usize,
    terms: Arc<RwLock<Terms>>,
    readings: Vec<Arc<Reading>>,
    features: FeatureIndex,
    spelling: Spelling,
    embedder: Option<Arc<Embedder>>,
    meaning: Option<MeaningIndex>,
}

/// A text as a shelf sees it.
pub(super) struct ShelvedQuestion {
    /// Its words that carry meaning, misspelt ones corrected, each with how much it counts.
    pub(super) tokens: Vec<(Token, f32)>,
    meaning: Option<AskedMeaning>,
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
        let before = before.filter(|before| is_same_embedder(before.embedder.as_ref(), embedder.as_ref()));
        let terms = before.map_or_else(Arc::default, |before| before.terms.clone());
        let readings = read(&analyzer, embedder.as_deref(), articles, &terms, before);
        let known = terms.read();
        let features = FeatureIndex::new(&readings, &known);
        let spelling = spelling(&analyzer, &readings, &known);
        drop(known);
        let learnt = before.filter(|before| before.is_nearly(&readings)).and_then(Self::learnt);
        let meaning = embedder.as_ref().map(|embedder| MeaningIndex::new(embedder, &readings, learnt));
        Self { analyzer, first, terms, readings, features, spelling, embedder, meaning }
    }

    /// The keys of its articles in the full-text index, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = u64> {
        self.readings.iter().map(|reading| reading.key)
    }

    /// What the full-text index is made from, for one of its articles.
    pub(super) fn document(&self, number: usize) -> Option<Document> {
        let reading = self.readings.get(number.checked_sub(self.first)?)?;
        let text = reading.document(self.analyzer.code(), &self.terms.read());
        Some(Document { key: reading.key, is_for_agents: reading.is_for_agents(), text })
    }

    /// What texts are turned into vectors by, where there is anything.
    pub(super) fn embedder(&self) -> Option<&Arc<Embedder>> {
        self.embedder.as_ref()
    }

    /// The text, together with what was asked before it if that may help to understand it.
    pub(super) fn question(&self, text: &str, previous: Option<&str>) -> ShelvedQuestion {
        let (tokens, vector) = self.read(text);
        let mut weighed: Vec<_> = tokens.into_iter().map(|token| (token, 1.0)).collect();
        let mut vector = vector;
        if let Some(previous) = previous {
            let (tokens, other) = self.read(previous);
            weighed.extend(tokens.into_iter().map(|token| (token, PREVIOUS_WEIGHT)));
            vector = together(vector, other);
        }
        let mut seen = BTreeSet::new();
        weighed.retain(|(token, _)| {
            seen.contains(&token.term) || (seen.len() < MOST_TERMS && seen.insert(token.term.clone()))
        });
        let meaning = self.meaning.as_ref().zip(vector).map(|(meaning, vector)| meaning.ask(vector));
        ShelvedQuestion { tokens: weighed, meaning }
    }

    /// The share of the text's words that this language's articles or its stop words have.
    pub(super) fn familiarity(&self, text: &str) -> f32 {
        let words = self.analyzer.words(text);
        let all = words.len().max(1) as f32;
        let is_known = |word: &String| self.analyzer.is_stop_word(word) || self.knows(word);
        words.iter().filter(|word| is_known(word)).count() as f32 / all
    }

    /// The articles that are nearest to the question, best first by and large.
    pub(super) fn hits(
        &self,
        question: &ShelvedQuestion,
        index: &Index,
        audience: Audience,
    ) -> Result<Vec<Hit>, KnowledgeError> {
        let terms = self.terms.read();
        let asked = self.features.ask(&question.tokens, &terms);
        let candidates = self.candidates(question, index, audience)?;
        let mut found: Vec<(usize, &Arc<Reading>, Scored)> = candidates
            .into_iter()
            .filter_map(|number| Some((number, self.readings.get(number)?)))
            .filter(|(_, reading)| is_visible(&reading.article, audience))
            .map(|(number, reading)| (number, reading, self.score(&asked, question, number, reading)))
            .filter(|(_, _, scored)| !scored.is_near_miss())
            .collect();
        found.sort_by(|(a, _, x), (b, _, y)| y.nearness().total_cmp(&x.nearness()).then(a.cmp(b)));
        found.truncate(MOST_HITS);
        let hit = |(_, reading, scored): (usize, &Arc<Reading>, Scored)| Hit {
            article: reading.article.clone(),
            passage: self.nearest_passage(reading, question, &terms),
            features: scored.features,
            matched: matched(reading, question, &terms),
        };
        Ok(found.into_iter().map(hit).collect())
    }

    fn candidates(
        &self,
        question: &ShelvedQuestion,
        index: &Index,
        audience: Audience,
    ) -> Result<Vec<usize>, KnowledgeError> {
        if self.readings.len() <= FEW {
            return Ok((0..self.readings.len()).collect());
        }
        let terms: BTreeSet<&str> = question.tokens.iter().map(|(token, _)| token.term.as_str()).collect();
        let terms: Vec<String> = terms.into_iter().map(str::to_owned).collect();
        let found = index.candidates(self.analyzer.code(), audience == Audience::Agents, &terms)?;
        let mut candidates: Vec<usize> =
            found.into_iter().filter_map(|candidate| candidate.checked_sub(self.first)).collect();
        candidates.extend(question.meaning.iter().flat_map(|meaning| meaning.likeliest(KINDRED)));
        candidates.sort_unstable();
        candidates.dedup();
        Ok(candidates)
    }

    fn score(&self, asked: &Asked, question: &ShelvedQuestion, number: usize, reading: &Reading) -> Scored {
        let mut scored = self.features.score(asked, number, reading);
        if let (Some(asked), Some(meaning)) = (&question.meaning, &reading.meaning) {
            let semantic = asked.score(number, meaning);
            scored.nearest += semantic.d_max;
            scored.nearest_miss += asked.nearest_miss(meaning);
            scored.features.semantic = Some(semantic);
        }
        scored
    }

    /// The text's words that carry meaning and its vector, both with misspelt words corrected.
    fn read(&self, text: &str) -> (Vec<Token>, Option<Vector>) {
        let mut words = self.analyzer.words(text);
        let mut is_corrected = false;
        for word in &mut words {
            if let Some(correction) = self.correction(word) {
                correction.clone_into(word);
                is_corrected = true;
            }
        }
        let embed = |text: &str| self.meaning.as_ref().and_then(|meaning| meaning.embed(text));
        let vector = if is_corrected { embed(&words.join(" ")) } else { embed(text) };
        (self.analyzer.tokens_of(words), vector)
    }

    fn correction(&self, word: &str) -> Option<&str> {
        if self.analyzer.is_stop_word(word) || self.knows(word) {
            return None;
        }
        self.spelling.correct(word)
    }

    /// Whether the articles or the synonyms have a word of this stem.
    fn knows(&self, word: &str) -> bool {
        let term = self.analyzer.token(word.to_owned()).term;
        self.terms.read().word(&term).is_some_and(|number| self.features.has(number)) || self.analyzer.is_synonym(&term)
    }

    fn nearest_passage(&self, reading: &Reading, question: &ShelvedQuestion, terms: &Terms) -> Option<Arc<Passage>> {
        let [_, _, ..] = reading.passages.as_slice() else { return None };
        let asked: Vec<u32> = question.tokens.iter().filter_map(|(token, _)| terms.word(&token.term)).collect();
        let weighed = reading.passages.iter().rev().map(|passage| {
            let shared = asked.iter().filter(|term| passage.terms.of(**term) > 0.0);
            (shared.map(|term| self.features.article_rarity_of(Some(*term))).sum::<f32>(), passage)
        });
        weighed.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, passage)| passage.passage.clone())
    }

    fn learnt(&self) -> Option<Learnt<'_>> {
        self.meaning.as_ref().map(|meaning| Learnt { readings: &self.readings, meaning })
    }

    /// Whether nearly all of these articles are on this shelf too.
    fn is_nearly(&self, readings: &[Arc<Reading>]) -> bool {
        let own: BTreeSet<u64> = self.keys().collect();
        let new = readings.iter().filter(|reading| !own.contains(&reading.key)).count();
        let gone = (self.readings.len() + new).saturating_sub(readings.len());
        (new + gone) * CHANGES_TO_LEARN_AGAIN < readings.len()
    }
}

impl ShelvedQuestion {
    /// How many of its words carry meaning.
    pub(super) fn words(&self) -> usize {
        self.tokens.len()
    }

    /// Its words, as it was searched.
    pub(super) fn text(&self) -> String {
        self.tokens.iter().map(|(token, _)| token.word.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Its vector, where there is one.
    pub(super) fn vector(&self) -> Option<&Vector> {
        self.meaning.as_ref().map(AskedMeaning::vector)
    }
}

/// Every article as it was read before, if it has not changed, else read now.
fn read(
    analyzer: &Analyzer,
    embedder: Option<&Embedder>,
    articles: &[Arc<Article>],
    terms: &RwLock<Terms>,
    before: Option<&Shelf>,
) -> Vec<Arc<Reading>> {
    let known: BTreeMap<&ArticleId, &Arc<Reading>> = before
        .map(|before| before.readings.iter().map(|reading| (&reading.article.id, reading)).collect())
        .unwrap_or_default();
    let reusable = |article: &Arc<Article>| known.get(&article.id).filter(|reading| reading.article == *article);
    let mut new: Vec<Reading> = {
        let mut terms = terms.write();
        let unknown = articles.iter().filter(|article| reusable(article).is_none());
        unknown.map(|article| Reading::new(article, analyzer, &mut terms)).collect()
    };
    if let Some(embedder) = embedder {
        give_meaning(&mut new, embedder);
    }
    let mut new = new.into_iter().map(Arc::new);
    articles
        .iter()
        .filter_map(|article| reusable(article).map(|known| (*known).clone()).or_else(|| new.next()))
        .collect()
}

/// Makes the vectors on all processors.
fn give_meaning(readings: &mut [Reading], embedder: &Embedder) {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let share = readings.len().div_ceil(processors).max(1);
    thread::scope(|scope| {
        for part in readings.chunks_mut(share) {
            scope.spawn(|| {
                for reading in part {
                    reading.meaning = Some(Meaning::new(embedder, reading));
                }
            });
        }
    });
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

fn matched(reading: &Reading, question: &ShelvedQuestion, terms: &Terms) -> Vec<String> {
    let mut matched: Vec<String> = Vec::new();
    for (token, _) in &question.tokens {
        let has = terms.word(&token.term).is_some_and(|term| reading.terms.of(term) > 0.0);
        if has && !matched.contains(&token.word) {
            matched.push(token.word.clone());
        }
    }
    matched
}

/// A vector between this question's and that of the one before.
fn together(own: Option<Vector>, other: Option<Vector>) -> Option<Vector> {
    match (own, other) {
        (Some(own), Some(other)) => {
            let sum = own.values().zip(other.values()).map(|(own, other)| own + PREVIOUS_WEIGHT * other);
            Vector::new(&sum.collect::<Vec<_>>())
        }
        (own, other) => own.or(other),
    }
}

fn is_visible(article: &Article, audience: Audience) -> bool {
    audience == Audience::Agents || article.audience == Audience::Public
}

fn is_same_embedder(one: Option<&Arc<Embedder>>, other: Option<&Arc<Embedder>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}
