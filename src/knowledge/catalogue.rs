//! Everything that can be searched: a shelf of articles and a book of phrases for each language.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    article::{
        Action, Article, ArticleId,
        hit::{Hit, Hits, Judge, Level, Question, Take, Thorough},
    },
    knowledge::{
        KnowledgeError,
        analysis::{Analyzer, Language},
        embedding::Embedder,
        index::{Cache, Document, Index},
        library::Texts,
        manners::Manners,
        shelf::Shelf,
        takes::{Courtesies, Search, Takes},
    },
};

/// More characters of a question are not looked at.
const MOST_CHARACTERS: usize = 4000;

/// The shelves and phrasebooks of one state of the articles.
pub(super) struct Catalogue {
    default: Language,
    shelves: BTreeMap<Language, Arc<Shelf>>,
    courtesies: BTreeMap<Language, Courtesies>,
    manners: Arc<Manners>,
    index: Arc<Index>,
    synonyms: Vec<Vec<String>>,
}

/// What turns texts of a language into vectors, where there is anything.
pub(super) type EmbedderOf<'a> = dyn Fn(Language) -> Option<Arc<Embedder>> + 'a;

/// What a catalogue is made with.
pub(super) struct Making<'a> {
    /// The language of articles that do not name one.
    pub(super) default: Language,
    pub(super) synonyms: &'a [Vec<String>],
    /// What listeners hear.
    pub(super) words: &'a Texts,
    /// What turns texts of a language into vectors.
    pub(super) embedder: &'a EmbedderOf<'a>,
    /// Where a copy of the full-text index is kept, and its key.
    pub(super) cache: Option<(&'a Cache, &'a str)>,
    /// What was made before, from nearly the same articles.
    pub(super) before: Option<&'a Catalogue>,
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
    /// A catalogue of these articles.
    pub(super) fn new(articles: &[Arc<Article>], making: &Making<'_>) -> Result<Self, KnowledgeError> {
        let default = making.default;
        let language_of = |article: &Article| article.locale.as_deref().map_or(default, Language::of);
        let mut by_language: BTreeMap<Language, Vec<Arc<Article>>> = BTreeMap::new();
        let mut phrases = by_language.clone();
        for article in articles.iter().filter(|article| !article.draft) {
            let place = if is_phrase(article) { &mut phrases } else { &mut by_language };
            place.entry(language_of(article)).or_default().push(article.clone());
        }
        let before = making.before.filter(|before| before.synonyms == making.synonyms);
        let mut shelves = BTreeMap::new();
        let mut courtesies = BTreeMap::new();
        let mut count = 0;
        for (language, articles) in by_language {
            let analyzer = Analyzer::new(language, making.synonyms);
            let embedder = (making.embedder)(language);
            if let (Some(embedder), Some(phrases)) = (&embedder, phrases.get(&language)) {
                courtesies.insert(language, Courtesies::new(embedder, phrases));
            }
            let same = before.and_then(|before| before.shelves.get(&language)).map(Arc::as_ref);
            shelves.insert(language, Arc::new(Shelf::new(analyzer, embedder, &articles, count, same)));
            count += articles.len();
        }
        let manners = making.before.map(|before| &before.manners);
        Ok(Self {
            default,
            index: Arc::new(index(&shelves, making.cache, before)?),
            courtesies,
            shelves,
            manners: Manners::new(phrases, making.words, manners),
            synonyms: making.synonyms.to_vec(),
        })
    }

    /// The same articles, compared by another model in the languages that it understands. `before` is a catalogue of
    /// nearly the same articles with that model.
    pub(super) fn compared_by(&self, embedder: &EmbedderOf<'_>, before: Option<&Self>) -> Self {
        let mut courtesies = BTreeMap::new();
        let mut shelves = self.shelves.clone();
        for (language, shelf) in &mut shelves {
            let Some(embedder) = embedder(*language) else { continue };
            courtesies.insert(*language, Courtesies::new(&embedder, self.manners.articles(*language)));
            let same = before.and_then(|before| before.shelves.get(language)).map(Arc::as_ref);
            *shelf = Arc::new(shelf.compared_by(&embedder, same));
        }
        Self {
            default: self.default,
            index: self.index.clone(),
            courtesies,
            shelves,
            manners: self.manners.clone(),
            synonyms: self.synonyms.clone(),
        }
    }

    /// What there is for a question.
    pub(super) fn search(&self, question: &Question, version: &str) -> Result<Hits, KnowledgeError> {
        self.search_until(question, version, &Thorough)
    }

    /// The same; what was asked before is looked at only when the question is not understood by itself.
    pub(super) fn search_until(
        &self,
        question: &Question,
        version: &str,
        judge: &impl Judge,
    ) -> Result<Hits, KnowledgeError> {
        let text: String = question.text.chars().take(MOST_CHARACTERS).collect();
        let Spoken { language, shelf: chosen, is_foreign } = self.spoken(question.locale.as_deref(), &text);
        let asked = question.locale.as_deref().map_or(language, Language::of);
        let said = self.manners.read(&text, &[asked, language, Language::ENGLISH]);
        let mut hits = Hits {
            question: String::new(),
            words: 0,
            level: Level::Lexical,
            version: version.to_owned(),
            hits: Vec::new(),
            takes: Vec::new(),
            sentences: 0,
            phrases: said.phrases,
            heard: said.heard,
            language: question.locale.clone().filter(|_| asked == language).unwrap_or(language.code().to_owned()),
            is_foreign,
        };
        if let Some((language, shelf)) = chosen {
            let search = Search {
                shelf,
                index: &self.index,
                courtesies: self.courtesies.get(&language),
                audience: question.audience,
            };
            let Takes { text: meant, whole, others, sentences } = search.takes(&text, &said.sentences)?;
            let one_a_family = |hits| one_a_family(hits, question.locale.as_deref());
            hits.level = search.level();
            hits.question = whole.question;
            hits.words = whole.words;
            hits.hits = one_a_family(whole.hits);
            hits.takes = others.into_iter().map(|take| Take { hits: one_a_family(take.hits), ..take }).collect();
            hits.sentences = sentences;
            if let Some(previous) = question.previous.as_deref()
                && !hits.stand_alone()
                && shelf.familiarity(&text) > 0.0
                && !judge.is_understood(&hits)
            {
                let take = search.with_previous(&meant, previous)?;
                hits.takes.push(Take { hits: one_a_family(take.hits), ..take });
            }
        }
        Ok(hits)
    }

    /// The language of a message, and the shelf that answers it.
    fn spoken(&self, locale: Option<&str>, text: &str) -> Spoken<'_> {
        let asked = locale.map_or(self.default, Language::of);
        let own = self.shelves.get(&asked).filter(|_| locale.is_some() || self.shelves.len() == 1);
        // No other shelf can know clearly more than one that knows so much.
        if let Some(shelf) = own
            && shelf.familiarity(text) > 1.0 - CLEARLY_MORE
        {
            return Spoken { language: asked, shelf: Some((asked, shelf)), is_foreign: false };
        }
        let familiar: BTreeMap<Language, f32> =
            self.shelves.iter().map(|(language, shelf)| (*language, shelf.familiarity(text))).collect();
        let known = |language: Language| familiar.get(&language).copied().unwrap_or_default();
        let with_shelf = |language: Language| Spoken {
            language,
            shelf: self.shelves.get(&language).map(|shelf| (language, shelf.as_ref())),
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
}

fn index(
    shelves: &BTreeMap<Language, Arc<Shelf>>,
    cache: Option<(&Cache, &str)>,
    before: Option<&Catalogue>,
) -> Result<Index, KnowledgeError> {
    let keys: Vec<u64> = shelves.values().flat_map(|shelf| shelf.keys()).collect();
    let document = |number: usize| {
        let found = shelves.values().find_map(|shelf| shelf.document(number));
        found.unwrap_or_else(|| Document { key: 0, is_for_agents: true, text: String::new() })
    };
    Ok(Index::open(&keys, before.map(|before| before.index.as_ref()), cache, document)?)
}

fn is_phrase(article: &Article) -> bool {
    match article.action {
        Action::Smalltalk | Action::RequestAgent => true,
        Action::Answer | Action::Escalate => false,
    }
}

/// One version of each article: the one in exactly the asker's locale, if there are several.
fn one_a_family(hits: Vec<Hit>, locale: Option<&str>) -> Vec<Hit> {
    if hits.iter().all(|hit| hit.article.translation_of.is_none()) {
        return hits;
    }
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
