//! What is said beside questions: small talk, requests for a person, and how sentences are told from courtesies.

use std::{collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;

use crate::{
    article::{
        Action, Article,
        hit::{Heard, PhraseHit},
    },
    knowledge::{
        analysis::{Analyzer, Language},
        library::Texts,
        listener::{Listeners, readable},
        phrasebook::{Message, Phrasebook},
    },
};

/// The phrases and word lists of every language.
pub(super) struct Manners {
    articles: BTreeMap<Language, Vec<Arc<Article>>>,
    words: Texts,
    phrasebooks: BTreeMap<Language, Phrasebook>,
    /// The phrases of all languages, word for word.
    verbatim: FxHashMap<String, Vec<Arc<Article>>>,
    listeners: Listeners,
}

/// A message as its manners show it.
pub(super) struct Said {
    pub(super) phrases: Vec<PhraseHit>,
    pub(super) heard: Heard,
    /// The sentences without what is small talk word for word.
    pub(super) sentences: Vec<String>,
}

impl Manners {
    /// What these articles and word lists teach; `before` is kept when nothing is new.
    pub(super) fn new(
        articles: BTreeMap<Language, Vec<Arc<Article>>>,
        words: &Texts,
        before: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        if let Some(before) = before.filter(|before| before.articles == articles && before.words == *words) {
            return before.clone();
        }
        let phrasebook = |(language, articles): (&Language, &Vec<_>)| {
            (*language, Phrasebook::new(Analyzer::new(*language, &[]), articles))
        };
        Arc::new(Self {
            phrasebooks: articles.iter().map(phrasebook).collect(),
            verbatim: verbatim(&articles),
            listeners: Listeners::new(words, &articles),
            words: words.clone(),
            articles,
        })
    }

    /// A language's articles that hold phrases.
    pub(super) fn articles(&self, language: Language) -> &[Arc<Article>] {
        self.articles.get(&language).map(Vec::as_slice).unwrap_or_default()
    }

    /// A message of somebody who probably speaks one of these languages, the likeliest first.
    pub(super) fn read(&self, text: &str, languages: &[Language]) -> Said {
        let books = self.books(languages);
        let said = sentences(&books, text);
        Said {
            phrases: self.phrases(&books, text, &said),
            heard: self.listeners.hear(text, languages),
            sentences: meaningful(&said),
        }
    }

    /// The phrasebooks of these languages, each once.
    fn books(&self, languages: &[Language]) -> Vec<&Phrasebook> {
        let first = |(i, language): &(usize, &Language)| !languages.iter().take(*i).any(|earlier| earlier == *language);
        let distinct = languages.iter().enumerate().filter(first);
        distinct.filter_map(|(_, language)| self.phrasebooks.get(language)).collect()
    }

    /// Phrases near the message or one of its sentences, in these books; in all others the very same words only.
    fn phrases(&self, books: &[&Phrasebook], text: &str, said: &[Sentence<'_>]) -> Vec<PhraseHit> {
        let parts: Vec<&Part<'_>> = said.iter().flat_map(|sentence| &sentence.parts).collect();
        let wishes = parts.iter().filter(|_| parts.len() > 1).flat_map(|part| part.compare(books));
        let wishes = wishes.filter(|hit| hit.article.action == Action::RequestAgent);
        // A message of one part has the part's words.
        let whole =
            if let [only] = parts.as_slice() { only.compare(books) } else { Part::read(books, text).compare(books) };
        let mut phrases: Vec<PhraseHit> = whole.into_iter().chain(wishes).collect();
        if parts.iter().all(|part| part.is_smalltalk) {
            let last = parts.last().map(|part| part.compare(books)).unwrap_or_default();
            phrases.extend(last.into_iter().filter(PhraseHit::is_exact));
        }
        if !phrases.iter().any(PhraseHit::is_exact) {
            phrases.extend(self.verbatim.get(&bare_words(text)).into_iter().flatten().map(PhraseHit::verbatim));
        }
        phrases
    }
}

/// A sentence of a message, and its parts between commas.
struct Sentence<'t> {
    text: &'t str,
    parts: Vec<Part<'t>>,
}

/// A part of a message as each of some phrasebooks sees it.
struct Part<'t> {
    text: &'t str,
    messages: Vec<Message>,
    is_smalltalk: bool,
}

impl<'t> Part<'t> {
    fn read(books: &[&Phrasebook], text: &'t str) -> Self {
        let messages: Vec<Message> = books.iter().map(|book| book.read(text)).collect();
        let is_smalltalk = books.iter().zip(&messages).any(|(book, message)| book.is_smalltalk(message));
        Self { text, messages, is_smalltalk }
    }

    fn compare(&self, books: &[&Phrasebook]) -> Vec<PhraseHit> {
        books.iter().zip(&self.messages).flat_map(|(book, message)| book.compare(message)).collect()
    }
}

/// The text's sentences and their parts, in order.
fn sentences<'t>(books: &[&Phrasebook], text: &'t str) -> Vec<Sentence<'t>> {
    let pieces =
        |text: &'t str, ends: fn(char) -> bool| text.split(ends).map(str::trim).filter(|piece| !piece.is_empty());
    let sentence =
        |text| Sentence { text, parts: pieces(text, ends_part).map(|part| Part::read(books, part)).collect() };
    pieces(text, ends_sentence).map(sentence).collect()
}

/// The sentences without what is small talk word for word; all of them when nothing else is left.
fn meaningful(said: &[Sentence<'_>]) -> Vec<String> {
    let without_smalltalk = |sentence: &Sentence<'_>| {
        if sentence.parts.iter().all(|part| !part.is_smalltalk) {
            return sentence.text.to_owned();
        }
        let kept = sentence.parts.iter().filter(|part| !part.is_smalltalk).map(|part| part.text);
        kept.collect::<Vec<_>>().join(", ")
    };
    let kept: Vec<String> = said.iter().map(without_smalltalk).filter(|sentence| !sentence.is_empty()).collect();
    if kept.is_empty() { said.iter().map(|sentence| sentence.text.to_owned()).collect() } else { kept }
}

/// The phrases of all languages by their bare words.
fn verbatim(phrases: &BTreeMap<Language, Vec<Arc<Article>>>) -> FxHashMap<String, Vec<Arc<Article>>> {
    let mut verbatim: FxHashMap<String, Vec<Arc<Article>>> = FxHashMap::default();
    for article in phrases.values().flatten() {
        for phrase in &article.questions {
            let articles = verbatim.entry(bare_words(phrase)).or_default();
            if !articles.iter().any(|other| other.id == article.id) {
                articles.push(article.clone());
            }
        }
    }
    verbatim.remove("");
    verbatim
}

/// A text's letters and digits in lower case without accents, with a space between words.
fn bare_words(text: &str) -> String {
    let readable = readable(text);
    let words = readable.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | ';' | '!' | '?' | '\n' | '。' | '！' | '？' | '؟' | '।')
}

/// Where a part of a sentence ends.
fn ends_part(c: char) -> bool {
    matches!(c, ',' | '、' | '，' | '،')
}
