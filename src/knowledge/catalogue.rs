//! Everything that can be searched: a shelf of articles and a book of phrases for each language.

use std::{collections::BTreeMap, sync::Arc};

use tantivy::TantivyError;

use crate::{
    article::{
        Action, Article, ArticleId, Audience,
        hit::{Hit, Hits, Level, PhraseHit, Question},
    },
    knowledge::{
        analysis::{Analyzer, Language},
        index::{Cache, Index},
        library::Texts,
        listener::Listeners,
        phrasebook::Phrasebook,
        shelf::Shelf,
    },
};

/// More characters of a question are not looked at.
const MOST_CHARACTERS: usize = 4000;

/// The shelves and phrasebooks of one state of the articles.
pub(super) struct Catalogue {
    default: Language,
    shelves: BTreeMap<Language, Shelf>,
    phrasebooks: BTreeMap<Language, Phrasebook>,
    listeners: Listeners,
    index: Index,
}

/// The language of a message, and the shelf that is asked.
struct Spoken<'a> {
    language: Language,
    shelf: Option<(Language, &'a Shelf)>,
    is_foreign: bool,
}

/// A shelf that knows a smaller share of a message's words is perhaps of another language.
const KNOWS_LITTLE: f32 = 0.34;
/// A shelf that knows this share of a message's words is of its language.
const KNOWS_MUCH: f32 = 0.6;

/// A shelf that knows so much more of the words than the page's own is of the message's language.
const CLEARLY_MORE: f32 = 0.4;

impl Catalogue {
    /// A catalogue of these articles; those without a locale are in the default one. `words` are what listeners hear. `cache` is where a copy of the
    /// index is kept, and its key.
    pub(super) fn new(
        articles: &[Arc<Article>],
        (synonyms, words): (&[Vec<String>], &Texts),
        (default, level): (Language, Level),
        cache: Option<(&Cache, &str)>,
    ) -> Result<Self, TantivyError> {
        let language_of = |article: &Article| article.locale.as_deref().map_or(default, Language::of);
        let mut by_language: BTreeMap<Language, Vec<Arc<Article>>> = BTreeMap::new();
        let mut phrases = by_language.clone();
        for article in articles.iter().filter(|article| !article.draft) {
            let place = if is_phrase(article) { &mut phrases } else { &mut by_language };
            place.entry(language_of(article)).or_default().push(article.clone());
        }
        let phrasebook = |(language, articles): (Language, Vec<_>)| {
            (language, Phrasebook::new(Analyzer::new(language, &[]), &articles))
        };
        let mut shelves = BTreeMap::new();
        let mut documents = Vec::new();
        for (language, articles) in by_language {
            let analyzer = Analyzer::new(language, synonyms);
            let (shelf, shelf_documents) = Shelf::new(analyzer, (language, level), &articles, documents.len());
            documents.extend(shelf_documents);
            shelves.insert(language, shelf);
        }
        let (cache, key) = cache.unzip();
        Ok(Self {
            default,
            shelves,
            listeners: Listeners::new(words, &phrases),
            phrasebooks: phrases.into_iter().map(phrasebook).collect(),
            index: Index::open(cache, key.unwrap_or_default(), || documents)?,
        })
    }

    /// What there is for a question.
    pub(super) fn search(&self, question: &Question, version: &str) -> Result<Hits, TantivyError> {
        let text: String = question.text.chars().take(MOST_CHARACTERS).collect();
        let Spoken { language, shelf: chosen, is_foreign } = self.spoken(question.locale.as_deref(), &text);
        let asked = question.locale.as_deref().map_or(language, Language::of);
        let languages = [asked, language, Language::ENGLISH];
        let books = self.books(&languages);
        let mut hits = Hits {
            question: String::new(),
            words: 0,
            level: Level::Lexical,
            version: version.to_owned(),
            hits: Vec::new(),
            phrases: self.phrases(&books, &text),
            heard: self.listeners.hear(&text, &languages),
            language: question.locale.clone().filter(|_| asked == language).unwrap_or(language.code().to_owned()),
            is_foreign,
        };
        if let Some((language, shelf)) = chosen {
            let asked = without_smalltalk(&books, &text);
            let tokens = shelf.question_tokens(&asked);
            let terms: Vec<String> = tokens.iter().map(|token| token.term.clone()).collect();
            let candidates = self.index.candidates(language.code(), question.audience == Audience::Agents, &terms)?;
            hits.hits =
                one_a_family(shelf.hits(&asked, &tokens, &candidates, question.audience), question.locale.as_deref());
            hits.level = if shelf.has_meaning() { Level::Static } else { Level::Lexical };
            hits.words = tokens.len();
            hits.question = tokens.into_iter().map(|token| token.word).collect::<Vec<_>>().join(" ");
        }
        Ok(hits)
    }

    /// The language of a message, and the shelf that answers it.
    fn spoken(&self, locale: Option<&str>, text: &str) -> Spoken<'_> {
        let asked = locale.map_or(self.default, Language::of);
        let known = |language: Language| self.shelves.get(&language).map_or(0.0, |shelf| shelf.familiarity(text));
        let with_shelf = |language: Language| Spoken {
            language,
            shelf: self.shelves.get(&language).map(|shelf| (language, shelf)),
            is_foreign: false,
        };
        let preference =
            |language: &Language| ((known(*language) * 1000.0) as u32, *language == asked, *language == self.default);
        let nearest = self.shelves.keys().copied().max_by_key(preference).unwrap_or(self.default);
        let is_usual =
            |language: Language| self.shelves.contains_key(&language) && (locale.is_some() || self.shelves.len() == 1);
        if is_usual(asked) && known(asked) >= KNOWS_LITTLE && known(nearest) < known(asked) + CLEARLY_MORE {
            return with_shelf(asked);
        }
        if known(nearest) >= KNOWS_MUCH || (locale.is_none() && known(nearest) >= KNOWS_LITTLE) {
            return with_shelf(nearest);
        }
        let written = Language::written(text, asked);
        match written.or(locale.map(Language::of)) {
            Some(language) if self.shelves.contains_key(&language) => with_shelf(language),
            Some(language) if !self.shelves.is_empty() => {
                Spoken { language, is_foreign: true, ..with_shelf(self.default) }
            }
            Some(_) | None => with_shelf(if locale.is_none() { nearest } else { asked }),
        }
    }

    /// The phrasebooks of these languages, each once.
    fn books(&self, languages: &[Language]) -> Vec<&Phrasebook> {
        let first = |(i, language): &(usize, &Language)| !languages.iter().take(*i).any(|earlier| earlier == *language);
        let distinct = languages.iter().enumerate().filter(first);
        distinct.filter_map(|(_, language)| self.phrasebooks.get(language)).collect()
    }

    /// Phrases near the message or one of its sentences, in these books; in all others the very same words only.
    fn phrases(&self, books: &[&Phrasebook], text: &str) -> Vec<PhraseHit> {
        let parts = sentences(text);
        let wishes = parts.iter().filter(|_| parts.len() > 1).flat_map(|part| compare(books, part));
        let wishes = wishes.filter(|hit| hit.article.action == Action::RequestAgent);
        let mut phrases: Vec<PhraseHit> = compare(books, text).into_iter().chain(wishes).collect();
        if parts.iter().all(|part| is_smalltalk(books, part)) {
            let last = parts.last().map(|part| compare(books, part)).unwrap_or_default();
            phrases.extend(last.into_iter().filter(PhraseHit::is_exact));
        }
        if !phrases.iter().any(PhraseHit::is_exact) {
            let others = self.phrasebooks.values().flat_map(|book| book.compare(text));
            phrases.extend(others.filter(PhraseHit::is_exact));
        }
        phrases
    }
}

fn compare(books: &[&Phrasebook], message: &str) -> Vec<PhraseHit> {
    books.iter().flat_map(|book| book.compare(message)).collect()
}

fn is_smalltalk(books: &[&Phrasebook], message: &str) -> bool {
    books.iter().any(|book| book.is_smalltalk(message))
}

/// The text without the sentences that are small talk, unless nothing else is left.
fn without_smalltalk(books: &[&Phrasebook], text: &str) -> String {
    let kept: Vec<_> = sentences(text).into_iter().filter(|part| !is_smalltalk(books, part)).collect();
    if kept.is_empty() { text.to_owned() } else { kept.join("\n") }
}

fn is_phrase(article: &Article) -> bool {
    match article.action {
        Action::Smalltalk | Action::RequestAgent => true,
        Action::Answer | Action::Escalate => false,
    }
}

fn sentences(text: &str) -> Vec<&str> {
    let ends =
        |c: char| matches!(c, '.' | ',' | ';' | '!' | '?' | '\n' | '。' | '、' | '，' | '！' | '？' | '؟' | '،' | '।');
    text.split(ends).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// One version of each article: the one in exactly the asker's locale, if there are several.
fn one_a_family(hits: Vec<Hit>, locale: Option<&str>) -> Vec<Hit> {
    let mut families: BTreeMap<ArticleId, Hit> = BTreeMap::new();
    for hit in hits {
        let family = hit.article.translation_of.clone().unwrap_or_else(|| hit.article.id.clone());
        let is_better = hit.article.locale.as_deref() == locale;
        if is_better || !families.contains_key(&family) {
            families.insert(family, hit);
        }
    }
    families.into_values().collect()
}
