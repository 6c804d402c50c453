//! The articles of one language, ready to be compared with a question.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    article::{
        Article, Audience,
        hit::{Hit, Level, SemanticFeatures},
        passage::{Passage, passages},
    },
    knowledge::{
        analysis::{Analyzer, Language, Token},
        features::{ArticleText, FeatureIndex, Scored},
        index::Document,
        meaning::{MeaningIndex, MeaningfulText},
        typos::Vocabulary,
    },
};

/// How many articles get a closer look because their characters look like the question's.
const LOOKALIKES: usize = 20;

/// More words of a question are not looked at.
const MOST_TERMS: usize = 32;

/// One language's articles.
pub(super) struct Shelf {
    analyzer: Analyzer,
    /// The number of its first article in the whole catalogue.
    first: usize,
    entries: Vec<Entry>,
    features: FeatureIndex,
    vocabulary: Vocabulary,
    /// Only for the language that the built-in vectors are made for.
    meaning: Option<MeaningIndex>,
}

struct Entry {
    article: Arc<Article>,
    passages: Vec<ShelvedPassage>,
}

struct ShelvedPassage {
    passage: Arc<Passage>,
    terms: BTreeSet<String>,
}

/// An article's texts as tokens.
struct AnalysedArticle {
    title: Vec<Token>,
    questions: Vec<Vec<Token>>,
    near_misses: Vec<Vec<Token>>,
    passages: Vec<AnalysedPassage>,
    /// The words of its tags and folders.
    topic: Vec<Token>,
}

struct AnalysedPassage {
    passage: Arc<Passage>,
    heading: Vec<Token>,
    text: Vec<Token>,
}

impl Shelf {
    /// A shelf of these articles, all of one language, and what the full-text index is made from.
    pub(super) fn new(
        analyzer: Analyzer,
        (language, level): (Language, Level),
        articles: &[Arc<Article>],
        first: usize,
    ) -> (Self, Vec<Document>) {
        let analysed: Vec<_> = articles.iter().map(|article| AnalysedArticle::new(&analyzer, article)).collect();
        let documents = articles.iter().zip(&analysed).enumerate();
        let documents =
            documents.map(|(i, (article, text))| text.document((first + i) as u64, language.code(), article));
        let documents = documents.collect();
        let texts: Vec<_> = analysed.iter().map(AnalysedArticle::text).collect();
        let has_vectors = level == Level::Static && language == Language::ENGLISH;
        let meaningful: Vec<_> =
            articles.iter().filter(|_| has_vectors).map(|article| meaningful_text(article)).collect();
        let shelf = Self {
            meaning: if has_vectors { MeaningIndex::new(&meaningful) } else { None },
            features: FeatureIndex::new(&texts),
            vocabulary: Vocabulary::new(analysed.iter().flat_map(AnalysedArticle::words)),
            entries: articles.iter().cloned().zip(analysed).map(|(article, text)| text.entry(article)).collect(),
            analyzer,
            first,
        };
        (shelf, documents)
    }

    /// The question's words, misspelt ones corrected, at most 32 different ones.
    pub(super) fn question_tokens(&self, text: &str) -> Vec<Token> {
        let tokens = self.analyzer.corrected_tokens(text, |token| self.corrected(token));
        let mut seen = BTreeSet::new();
        let mut kept = tokens;
        kept.retain(|token| seen.contains(&token.term) || (seen.len() < MOST_TERMS && seen.insert(token.term.clone())));
        kept
    }

    /// Whether it compares meanings, not only words.
    pub(super) fn has_meaning(&self) -> bool {
        self.meaning.is_some()
    }

    fn corrected(&self, token: Token) -> Token {
        if self.features.knows(&token.term) || self.analyzer.is_synonym(&token.term) {
            return token;
        }
        let correction = self.vocabulary.correct(&token.word).map(|word| self.analyzer.token(word.to_owned()));
        correction.unwrap_or(token)
    }

    /// The share of the text's words that this language's articles or its stop words have.
    pub(super) fn familiarity(&self, text: &str) -> f32 {
        let words = self.analyzer.words(text);
        let all = words.len().max(1) as f32;
        let is_known =
            |word: String| self.analyzer.is_stop_word(&word) || self.features.knows(&self.analyzer.token(word).term);
        words.into_iter().filter(|word| is_known(word.clone())).count() as f32 / all
    }

    /// The articles that deserve a closer look: the index's candidates, and those that look alike.
    pub(super) fn hits(&self, text: &str, question: &[Token], candidates: &[usize], audience: Audience) -> Vec<Hit> {
        let mut scored = self.features.score(question);
        let meanings = self.meaning.as_ref().and_then(|meaning| meaning.score(text)).unwrap_or_default();
        for (scored, meaning) in scored.iter_mut().zip(&meanings) {
            scored.features.semantic = Some(*meaning);
        }
        let mut chosen: BTreeSet<usize> =
            candidates.iter().filter_map(|candidate| candidate.checked_sub(self.first)).collect();
        chosen.extend(lookalikes(&scored));
        chosen.extend(kindred(&meanings));
        chosen
            .into_iter()
            .filter_map(|number| Some((number, self.entries.get(number)?, scored.get(number)?)))
            .filter(|(_, entry, scored)| is_visible(&entry.article, audience) && !scored.is_near_miss)
            .map(|(number, entry, scored)| Hit {
                article: entry.article.clone(),
                passage: self.nearest_passage(entry, question),
                features: scored.features,
                matched: self.matched(number, question),
            })
            .collect()
    }

    fn nearest_passage(&self, entry: &Entry, question: &[Token]) -> Option<Arc<Passage>> {
        let weight = |passage: &ShelvedPassage| -> f32 {
            let shared = question.iter().filter(|token| passage.terms.contains(&token.term));
            shared.map(|token| self.features.idf(&token.term)).sum()
        };
        let [_, _, ..] = entry.passages.as_slice() else { return None };
        let weighed = entry.passages.iter().rev().map(|passage| (weight(passage), passage));
        weighed.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, passage)| passage.passage.clone())
    }

    fn matched(&self, article: usize, question: &[Token]) -> Vec<String> {
        let mut matched: Vec<String> = Vec::new();
        for token in question.iter().filter(|token| self.features.has(article, &token.term)) {
            if !matched.contains(&token.word) {
                matched.push(token.word.clone());
            }
        }
        matched
    }
}

impl AnalysedArticle {
    fn new(analyzer: &Analyzer, article: &Article) -> Self {
        let read = |texts: &[String]| texts.iter().map(|text| analyzer.tokens(text)).collect();
        let passages = passages(article).into_iter().map(|passage| AnalysedPassage {
            heading: analyzer.tokens(passage.heading.as_deref().unwrap_or_default()),
            text: analyzer.tokens(&passage.text),
            passage: Arc::new(passage),
        });
        Self {
            title: analyzer.tokens(&article.title),
            questions: read(&article.questions),
            near_misses: read(&article.not_questions),
            topic: analyzer.tokens(&topic(article)),
            passages: passages.collect(),
        }
    }

    fn text(&self) -> ArticleText {
        let body = self.passages.iter().flat_map(AnalysedPassage::tokens).chain(&self.topic);
        ArticleText {
            phrasings: std::iter::once(&self.title).chain(&self.questions).cloned().collect(),
            near_misses: self.near_misses.clone(),
            body: body.map(|token| token.term.clone()).collect(),
        }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        let phrasings = std::iter::once(&self.title).chain(&self.questions).flatten();
        let tokens = phrasings.chain(self.passages.iter().flat_map(AnalysedPassage::tokens));
        tokens.map(|token| token.word.as_str())
    }

    fn document(&self, number: u64, language: &str, article: &Article) -> Document {
        Document {
            number,
            id: article.id.to_string(),
            language: language.to_owned(),
            for_agents: article.audience == Audience::Agents,
            title: joined(&self.title),
            questions: self.questions.iter().map(|question| joined(question)).collect(),
            headings: self.passages.iter().map(|passage| joined(&passage.heading)).collect(),
            passages: self.passages.iter().map(|passage| joined(&passage.text)).collect(),
        }
    }

    fn entry(self, article: Arc<Article>) -> Entry {
        let passages = self.passages.into_iter().map(|passage| ShelvedPassage {
            terms: passage.tokens().map(|token| token.term.clone()).collect(),
            passage: passage.passage,
        });
        Entry { article, passages: passages.collect() }
    }
}

impl AnalysedPassage {
    fn tokens(&self) -> impl Iterator<Item = &Token> {
        self.heading.iter().chain(&self.text)
    }
}

/// The article's tags, and the names of the folders that it lies in.
fn topic(article: &Article) -> String {
    let folders = article.id.file().rsplit_once('/').map_or("", |(folders, _)| folders);
    format!("{} {}", article.tags.join(" "), folders.replace(['/', '-', '_'], " "))
}

fn is_visible(article: &Article, audience: Audience) -> bool {
    audience == Audience::Agents || article.audience == Audience::Public
}

/// The articles whose phrasings share the most characters with the question.
fn lookalikes(scored: &[Scored]) -> impl Iterator<Item = usize> {
    let mut alike: Vec<_> = scored.iter().map(|scored| scored.features.g_cos).enumerate().collect();
    alike.retain(|(_, g_cos)| *g_cos > 0.0);
    alike.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    alike.into_iter().take(LOOKALIKES).map(|(number, _)| number)
}

/// The articles that are nearest to the question in meaning.
fn kindred(meanings: &[SemanticFeatures]) -> impl Iterator<Item = usize> {
    let mut near: Vec<_> =
        meanings.iter().map(|meaning| meaning.d_max + meaning.d_cen + meaning.d_body).enumerate().collect();
    near.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    near.into_iter().take(LOOKALIKES).map(|(number, _)| number)
}

fn meaningful_text(article: &Article) -> MeaningfulText {
    MeaningfulText {
        phrasings: std::iter::once(&article.title).chain(&article.questions).cloned().collect(),
        passages: passages(article).into_iter().map(|passage| passage.text).collect(),
    }
}

fn joined(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.term.as_str()).collect::<Vec<_>>().join(" ")
}
