//! An article's texts as numbers: what is compared with a question. Made once for an article, whatever else changes.

use std::{fmt::Write as _, sync::Arc};

use sha2::{Digest, Sha256};

use crate::{
    article::{
        Article, Audience,
        passage::{Passage, passages},
    },
    knowledge::{
        analysis::{Analyzer, Token},
        counts::Counts,
        terms::{Terms, grams},
    },
};

/// How often a term of the title or a question is written down for the index, beside once for one of the body.
const PHRASING_BOOST: usize = 2;

/// One article as a question sees it.
pub(super) struct Reading {
    pub(super) article: Arc<Article>,
    /// Title and questions.
    pub(super) phrasings: Vec<Phrase>,
    /// Near misses that it must not answer.
    pub(super) near_misses: Vec<Phrase>,
    /// All its terms, tags and folders too.
    pub(super) terms: Counts,
    pub(super) passages: Vec<ReadPassage>,
    /// Its words as they are written, for correcting others.
    pub(super) words: Counts,
    /// What the full-text index has it by.
    pub(super) key: u64,
}

/// One phrasing or near miss.
pub(super) struct Phrase {
    pub(super) terms: Counts,
    pub(super) grams: Counts,
}

/// A part of the body and the terms in it.
pub(super) struct ReadPassage {
    pub(super) passage: Arc<Passage>,
    pub(super) terms: Counts,
}

impl Reading {
    /// Reads an article of the analyser's language.
    pub(super) fn new(article: &Arc<Article>, analyzer: &Analyzer, terms: &mut Terms) -> Self {
        let mut all = Vec::new();
        let mut words = Vec::new();
        let mut phrases = |texts: &mut dyn Iterator<Item = &String>, terms: &mut Terms, is_own: bool| -> Vec<Phrase> {
            let read = |text: &String| {
                let tokens = analyzer.tokens(text);
                if is_own {
                    note(&tokens, terms, &mut all, &mut words);
                }
                Phrase::new(&tokens, terms)
            };
            texts.map(read).collect()
        };
        let phrasings = phrases(&mut std::iter::once(&article.title).chain(&article.questions), terms, true);
        let near_misses = phrases(&mut article.not_questions.iter(), terms, false);
        let mut read_passages = Vec::new();
        for passage in passages(article) {
            let mut tokens = analyzer.tokens(passage.heading.as_deref().unwrap_or_default());
            tokens.extend(analyzer.tokens(&passage.text));
            note(&tokens, terms, &mut all, &mut words);
            let own = tokens.iter().map(|token| terms.add_word(&token.term)).collect();
            read_passages.push(ReadPassage { passage: Arc::new(passage), terms: Counts::new(own) });
        }
        all.extend(analyzer.tokens(&topic(article)).iter().map(|token| terms.add_word(&token.term)));
        let mut reading = Self {
            article: article.clone(),
            phrasings,
            near_misses,
            terms: Counts::new(all),
            passages: read_passages,
            words: Counts::new(words),
            key: 0,
        };
        reading.key = reading.hash(&reading.document(analyzer.code(), terms));
        reading
    }

    /// Its phrasings, then its near misses.
    pub(super) fn phrases(&self) -> impl Iterator<Item = &Phrase> + Clone {
        self.phrasings.iter().chain(&self.near_misses)
    }

    /// The article's terms with spaces between, as the index wants them.
    pub(super) fn document(&self, language: &str, terms: &Terms) -> String {
        let mut text = String::new();
        let mut write = |counts: &Counts, times: usize| {
            for (term, count) in counts.iter() {
                let Some(name) = terms.name(term) else { continue };
                for _ in 0..(count as usize * times).max(1) {
                    let _ = write!(text, "{language}:{name} ");
                }
            }
        };
        write(&self.terms, 1);
        self.phrasings.iter().for_each(|phrase| write(&phrase.terms, PHRASING_BOOST - 1));
        text
    }

    /// Whether only agents may find it.
    pub(super) fn is_for_agents(&self) -> bool {
        self.article.audience == Audience::Agents
    }

    fn hash(&self, document: &str) -> u64 {
        let mut digest = Sha256::new();
        digest.update([u8::from(self.is_for_agents())]);
        digest.update(self.article.id.as_str());
        digest.update([0]);
        digest.update(document);
        digest.finalize().first_chunk::<8>().map_or(0, |bytes| u64::from_le_bytes(*bytes))
    }
}

impl Phrase {
    fn new(tokens: &[Token], terms: &mut Terms) -> Self {
        let words = tokens.iter().map(|token| terms.add_word(&token.term)).collect();
        let mut runs = Vec::new();
        for token in tokens {
            grams(&token.word, |gram| runs.push(terms.add_gram(gram)));
        }
        Self { terms: Counts::new(words), grams: Counts::new(runs) }
    }
}

fn note(tokens: &[Token], terms: &mut Terms, all: &mut Vec<u32>, words: &mut Vec<u32>) {
    all.extend(tokens.iter().map(|token| terms.add_word(&token.term)));
    words.extend(tokens.iter().map(|token| terms.add_word(&token.word)));
}

/// The article's tags, and the names of the folders that it lies in.
fn topic(article: &Article) -> String {
    let folders = article.id.file().rsplit_once('/').map_or("", |(folders, _)| folders);
    format!("{} {}", article.tags.join(" "), folders.replace(['/', '-', '_'], " "))
}
