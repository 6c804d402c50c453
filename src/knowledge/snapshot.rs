//! One state of the articles: what was read, and everything that was derived from it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

use crate::{
    article::{
        Article, ArticleId, Audience,
        hit::{Hits, Judge, Level, Question, Thorough},
    },
    knowledge::{
        Cache, KnowledgeError, Options,
        analysis::{self, Language},
        catalogue::{Catalogue, Making},
        embedders::{Deep, builtin},
        folder::Folder,
        index,
        library::{Library, locale_of},
    },
};

/// The articles at one moment, searchable; it never changes.
pub struct Snapshot {
    library: Library,
    articles: BTreeMap<ArticleId, Arc<Article>>,
    /// Compared by words and the built-in model.
    catalogue: Catalogue,
    /// Compared by the full sentence encoder, once it has read everything.
    deep: OnceLock<(Arc<Deep>, Catalogue)>,
    locale: String,
    level: Level,
}

impl Snapshot {
    pub(super) fn new(folder: &Folder, options: &Options, before: Option<&Self>) -> Result<Self, KnowledgeError> {
        let library = Library::new(folder, before.map(|before| &before.library));
        let articles = articles(&library);
        let key = format!("{}-{}-{}-{}", library.version, analysis::VERSION, index::VERSION, options.locale);
        let cache = options.cache.as_ref().map(|folder| Cache::new(folder.join("index")));
        let making = Making {
            default: Language::of(&options.locale),
            synonyms: &library.synonyms,
            words: &library.words,
            embedder: &|language| builtin(options.level, language),
            cache: cache.as_ref().map(|cache| (cache, key.as_str())),
            before: before.map(|before| &before.catalogue),
        };
        let catalogue = Catalogue::new(&searchable(&library, &articles), &making)?;
        let locale = options.locale.clone();
        Ok(Self { library, articles, catalogue, deep: OnceLock::new(), locale, level: options.level })
    }

    /// Lets the encoder read everything that it has not read for `before`; minutes for thousands of articles.
    pub(super) fn deepen(&self, deep: &Arc<Deep>, before: Option<&Self>) {
        let before = before.and_then(|before| before.deep.get()).map(|(_, catalogue)| catalogue);
        let catalogue = self.catalogue.compared_by(&|language| deep.of(language), before);
        deep.save();
        let _ = self.deep.set((deep.clone(), catalogue));
    }

    /// Whether the encoder, if there is one, has read everything.
    pub fn is_deep(&self) -> bool {
        self.deep.get().is_some()
    }

    /// What there is for a question, compared by the best model that is ready.
    pub fn search(&self, question: &Question) -> Result<Hits, KnowledgeError> {
        self.search_until(question, &Thorough)
    }

    /// The same; but where what the built-in model finds is enough, the encoder, which takes a hundred times as long,
    /// is not asked, and where a message is understood by itself, it is not searched together with the one before.
    pub fn search_until(&self, question: &Question, judge: &impl Judge) -> Result<Hits, KnowledgeError> {
        let version = &self.library.version;
        let Some((_, deep)) = self.deep.get() else { return self.catalogue.search_until(question, version, judge) };
        let found = self.catalogue.search_until(question, version, judge)?;
        if judge.is_settled(&found) { Ok(found) } else { deep.search_until(question, version, judge) }
    }

    /// What each of the models finds that are ready: the built-in one, and the encoder.
    pub fn search_at_each_level(&self, question: &Question) -> Result<Vec<Hits>, KnowledgeError> {
        let levels = std::iter::once(&self.catalogue).chain(self.deep.get().map(|(_, deep)| deep));
        levels.map(|catalogue| catalogue.search(question, &self.library.version)).collect()
    }

    /// What questions can be compared by now.
    pub fn levels(&self) -> Vec<Level> {
        let quick = if self.level == Level::Lexical { Level::Lexical } else { Level::Static };
        std::iter::once(quick).chain(self.is_deep().then_some(Level::Encoder)).collect()
    }

    /// The same articles as if visitors had never been known to ask these: `is_hidden` gets an article and the number
    /// of one of its questions.
    pub fn without_questions(
        &self,
        is_hidden: impl Fn(&Article, usize) -> bool,
    ) -> Result<Searchable<'_>, KnowledgeError> {
        let hide = |article: &Arc<Article>| {
            let kept = article.questions.iter().enumerate().filter(|(number, _)| !is_hidden(article, *number));
            let questions = kept.map(|(_, question)| question.clone()).collect();
            Arc::new(Article { questions, ..Article::clone(article) })
        };
        let articles: Vec<_> = searchable(&self.library, &self.articles).iter().map(hide).collect();
        let making = Making {
            default: Language::of(&self.locale),
            synonyms: &self.library.synonyms,
            words: &self.library.words,
            embedder: &|language| builtin(self.level, language),
            cache: None,
            before: Some(&self.catalogue),
        };
        let catalogue = Catalogue::new(&articles, &making)?;
        Ok(Searchable { of: self, catalogue, deep: OnceLock::new() })
    }

    /// What the files say.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The article with this id, unless it is hidden.
    pub fn article(&self, id: &str) -> Option<&Arc<Article>> {
        self.articles.get(id)
    }

    /// Every article that is not hidden, built-in ones too, in the order of the ids.
    pub fn articles(&self) -> impl Iterator<Item = &Arc<Article>> {
        self.articles.values()
    }

    /// Every article that visitors or agents can find, in the order of the files.
    pub fn searchable_articles(&self) -> impl Iterator<Item = Arc<Article>> {
        searchable(&self.library, &self.articles).into_iter()
    }

    /// The language of articles that do not name one.
    pub fn locale(&self) -> &str {
        &self.locale
    }

    /// How many articles the knowledge base has, built-in ones apart.
    pub fn article_count(&self) -> usize {
        self.articles.keys().filter(|id| !id.is_builtin()).count()
    }

    /// Changes whenever anything that is served does.
    pub fn version(&self) -> &str {
        &self.library.version
    }

    /// The languages that have articles, each in its own words, such as `English, Deutsch`.
    pub fn languages(&self) -> String {
        let own = self
            .searchable_articles()
            .filter(|article| !article.id.is_builtin() && article.audience == Audience::Public);
        let locales: BTreeSet<String> =
            own.map(|article| article.locale.clone().unwrap_or(self.locale.clone())).collect();
        let languages: BTreeSet<Language> = locales.iter().map(|locale| Language::of(locale)).collect();
        let name = |language: &Language| {
            let wording = self.library.wording.get(language.code());
            wording.and_then(|wording| wording.get("language_name").cloned()).unwrap_or(language.code().to_owned())
        };
        languages.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// The bot's sentences in a language; English ones where there are none.
    pub fn wording(&self, locale: &str) -> BTreeMap<String, String> {
        let language = Language::of(locale);
        let mut sentences = BTreeMap::new();
        let of_language = self.library.wording.keys().filter(|key| Language::of(key) == language);
        for locale in ["en"].into_iter().chain(of_language.map(String::as_str)).chain([locale]) {
            sentences.extend(
                self.library.wording.get(locale).into_iter().flatten().map(|(key, text)| (key.clone(), text.clone())),
            );
        }
        sentences
    }
}

/// Articles that can be asked and nothing more.
pub struct Searchable<'a> {
    of: &'a Snapshot,
    catalogue: Catalogue,
    /// The encoder's, made when it is first asked.
    deep: OnceLock<Option<Catalogue>>,
}

impl Searchable<'_> {
    /// What there is for a question, compared by the best model that is ready.
    pub fn search(&self, question: &Question) -> Result<Hits, KnowledgeError> {
        let made = || {
            let (deep, before) = self.of.deep.get()?;
            Some(self.catalogue.compared_by(&|language| deep.of(language), Some(before)))
        };
        let deep = self.deep.get_or_init(made).as_ref();
        deep.unwrap_or(&self.catalogue).search(question, self.of.version())
    }

    /// What the built-in model finds.
    pub fn search_quickly(&self, question: &Question) -> Result<Hits, KnowledgeError> {
        self.catalogue.search(question, self.of.version())
    }
}

/// Every article that may be shown: a page of questions is one, and each of its questions too.
fn articles(library: &Library) -> BTreeMap<ArticleId, Arc<Article>> {
    let mut articles = BTreeMap::new();
    for source in library.sources.values().filter(|source| !source.page.is_hidden()) {
        for article in std::iter::once(&source.page.article).chain(&source.page.questions) {
            let mut article = article.clone();
            if article.id.is_builtin() && article.locale.is_none() {
                article.locale = Some(locale_of(&source.path).to_owned());
            }
            articles.insert(article.id.clone(), Arc::new(article));
        }
    }
    articles
}

/// Those that visitors can find: the questions of a page of questions, not the page.
fn searchable(library: &Library, articles: &BTreeMap<ArticleId, Arc<Article>>) -> Vec<Arc<Article>> {
    let sources = library.sources.values().filter(|source| !source.page.is_hidden());
    let found = sources.flat_map(|source| source.page.articles());
    found.filter_map(|article| articles.get(&article.id).cloned()).collect()
}
