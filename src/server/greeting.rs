//! What the widget needs to know before anybody has said anything.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;

use crate::{
    article::{Action, Article, Audience},
    config,
    knowledge::{Knowledge, Snapshot},
    protocol::visitor::{PopularView, Settings},
};

const POPULAR: usize = 4;
/// Visitors name their language themselves; what is remembered for them is bounded.
const MOST_LOCALES: usize = 64;

/// The widget's settings by language, made anew when the articles change.
#[derive(Debug, Default)]
pub(crate) struct Greetings(Mutex<Made>);

#[derive(Debug, Default)]
struct Made {
    version: String,
    by_locale: HashMap<String, Arc<Settings>>,
}

impl Greetings {
    /// The settings in this language.
    pub(crate) fn in_locale(&self, locale: &str, knowledge: &Knowledge, settings: &config::Settings) -> Arc<Settings> {
        let snapshot = knowledge.snapshot();
        let mut made = self.0.lock();
        if made.version != snapshot.version() || made.by_locale.len() >= MOST_LOCALES {
            *made = Made { version: snapshot.version().to_owned(), by_locale: HashMap::new() };
        }
        let new = || Arc::new(new_settings(&snapshot, settings, locale));
        Arc::clone(made.by_locale.entry(locale.to_owned()).or_insert_with(new))
    }
}

fn new_settings(snapshot: &Snapshot, settings: &config::Settings, locale: &str) -> Settings {
    let wording = snapshot.wording(locale);
    let words = |key: &str| wording.get(key).cloned().unwrap_or_default();
    Settings {
        site: settings.widget.site_name.clone(),
        bot_name: words("bot_name"),
        greeting: words("greeting_home"),
        disclosure: words("bot_disclosure"),
        popular: popular(snapshot, settings, locale),
        articles: u32::try_from(snapshot.article_count()).unwrap_or(u32::MAX),
        kept_days: settings.privacy.bot_days,
        message_chars: settings.limits.message_chars,
    }
}

/// The articles that the settings name, else those with the most known ways to ask them.
fn popular(snapshot: &Snapshot, settings: &config::Settings, locale: &str) -> Vec<PopularView> {
    let named = &settings.widget.popular;
    if !named.is_empty() {
        let named = named.iter().filter_map(|id| snapshot.article(id)).filter(|article| is_public(article));
        return named.map(|article| view(article)).collect();
    }
    let default_locale = settings.knowledge.locale.as_str();
    let in_language = |language: &str| {
        let mut found: Vec<_> = askable(snapshot)
            .filter(|article| primary(article.locale.as_deref().unwrap_or(default_locale)) == primary(language))
            .collect();
        found.sort_by_key(|article| std::cmp::Reverse(article.questions.len()));
        found.into_iter().take(POPULAR).map(view).collect::<Vec<_>>()
    };
    let in_their_language = in_language(locale);
    if in_their_language.is_empty() { in_language(default_locale) } else { in_their_language }
}

/// What visitors may choose to read: of a page of questions, the questions.
fn askable(snapshot: &Snapshot) -> impl Iterator<Item = &Article> {
    let sources = snapshot.library().sources.values().filter(|source| !source.page.is_hidden());
    sources.flat_map(|source| source.page.articles()).filter(|article| is_public(article))
}

fn is_public(article: &Article) -> bool {
    article.audience == Audience::Public && article.action == Action::Answer && !article.id.is_builtin()
}

fn view(article: &Article) -> PopularView {
    PopularView { article: article.id.to_string(), title: article.title.clone() }
}

fn primary(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
}
