//! What visitors may read, and how it is sorted: by language, then by folder.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    article::{Action, Article, ArticleId, Audience, Page, links},
    block::{self, Block},
    help::words::language,
    knowledge::{Snapshot, library::Source},
};

/// About as long as a search engine or a list shows.
const SUMMARY_CHARS: usize = 160;

/// A file that visitors may read.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    source: &'a Source,
    default_locale: &'a str,
}

/// The entries of one folder.
pub(super) struct Category<'a> {
    /// The folder; empty for files that lie in none.
    pub(super) path: &'a str,
    pub(super) name: String,
    pub(super) entries: Vec<Entry<'a>>,
}

/// Every file that visitors may read, in the order of the paths.
pub fn entries(snapshot: &Snapshot) -> impl Iterator<Item = Entry<'_>> {
    let readable = snapshot.library().sources.values().filter(|source| is_readable(&source.page));
    readable.map(|source| Entry { source, default_locale: snapshot.locale() })
}

/// The file of this id, if visitors may read it.
pub fn entry<'a>(snapshot: &'a Snapshot, id: &str) -> Option<Entry<'a>> {
    let sources = &snapshot.library().sources;
    let by_path = sources.get(&format!("{id}.md"));
    let source = by_path.or_else(|| sources.values().find(|source| source.page.article.id.as_str() == id))?;
    is_readable(&source.page).then_some(Entry { source, default_locale: snapshot.locale() })
}

/// The folders of one language, in the order of their names; files without a folder come last.
pub(super) fn categories<'a>(snapshot: &'a Snapshot, locale: &str, general: &str) -> Vec<Category<'a>> {
    let mut folders: BTreeMap<&str, Vec<Entry<'a>>> = BTreeMap::new();
    for entry in entries(snapshot).filter(|entry| language(entry.locale()) == language(locale)) {
        folders.entry(entry.folder()).or_default().push(entry);
    }
    let named =
        |(path, entries): (&'a str, Vec<Entry<'a>>)| Category { path, name: name(path, &entries, general), entries };
    let mut categories: Vec<_> = folders.into_iter().map(named).collect();
    categories.sort_by(|one, other| (one.path.is_empty(), &one.name).cmp(&(other.path.is_empty(), &other.name)));
    categories
}

/// The languages that there are articles in, the knowledge base's own first.
pub(super) fn locales(snapshot: &Snapshot) -> Vec<String> {
    let mut locales = vec![language(snapshot.locale())];
    for entry in entries(snapshot) {
        let locale = language(entry.locale());
        if !locales.contains(&locale) {
            locales.push(locale);
        }
    }
    locales
}

/// A category is named by the first of its articles that has a `category`, else after its folder.
fn name(path: &str, entries: &[Entry<'_>], general: &str) -> String {
    let named = entries.iter().find_map(|entry| entry.source.page.others.get("category")?.as_str());
    match named {
        Some(name) => name.to_owned(),
        None if path.is_empty() => general.to_owned(),
        None => folder_name(path),
    }
}

/// `gift-cards` as people write it: Gift cards.
fn folder_name(path: &str) -> String {
    let words = path.rsplit('/').next().unwrap_or(path).replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl<'a> Entry<'a> {
    /// The file's own article: of a page of questions, its title and introduction.
    pub fn article(self) -> &'a Article {
        &self.source.page.article
    }

    /// The questions of a page of questions that visitors may read.
    pub fn questions(self) -> impl Iterator<Item = &'a Article> {
        self.source.page.questions.iter().filter(|question| is_public(question))
    }

    /// The language that it is written in.
    pub fn locale(self) -> &'a str {
        self.article().locale.as_deref().unwrap_or(self.default_locale)
    }

    /// The folder that it lies in; empty when it lies in none.
    pub fn folder(self) -> &'a str {
        self.article().id.file().rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What its folder is called.
    pub fn category(self, general: &str) -> String {
        name(self.folder(), &[self], general)
    }

    /// The day of its last change: what it says itself, else what the file system says.
    pub fn updated(self) -> Option<String> {
        let own = self.source.page.others.get("updated").and_then(|value| value.as_str());
        let written = self.source.modified.and_then(|time| Timestamp::try_from(time).ok());
        own.map(str::to_owned).or_else(|| written.map(|time| time.to_string().chars().take(10).collect()))
    }

    /// Its first sentences, in plain words.
    pub fn summary(self) -> String {
        let of = |article: &Article| summary(&article.body);
        let own = of(self.article());
        if own.is_empty() { self.questions().map(of).find(|text| !text.is_empty()).unwrap_or_default() } else { own }
    }

    /// The versions of it in all languages, itself included.
    pub(super) fn versions(self, snapshot: &'a Snapshot) -> Vec<Entry<'a>> {
        let root = self.root();
        entries(snapshot).filter(|entry| entry.root() == root).collect()
    }

    fn root(self) -> &'a ArticleId {
        self.article().translation_of.as_ref().unwrap_or(&self.article().id)
    }

    /// Where it is served.
    pub fn url(self, site: &str) -> String {
        links::article_url(site, &self.article().id)
    }
}

/// The first words of a text, cut between two of them.
pub(super) fn summary(blocks: &[Block]) -> String {
    // The cells of a table make no sentence.
    let said: Vec<_> = blocks.iter().filter(|block| !matches!(block, Block::Table { .. })).cloned().collect();
    let text = block::plain_text(&said);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= SUMMARY_CHARS {
        return text;
    }
    let cut: String = text.chars().take(SUMMARY_CHARS).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{whole} …")
}

fn is_readable(page: &Page) -> bool {
    !page.is_hidden() && is_public(&page.article)
}

/// Whether visitors may read it: small talk and what is for agents is not there.
pub fn is_public(article: &Article) -> bool {
    let says_something = matches!(article.action, Action::Answer | Action::Escalate);
    article.audience == Audience::Public && !article.draft && says_something && !article.id.is_builtin()
}
