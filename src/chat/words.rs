//! The bot's sentences by language, made anew when the articles change.

use std::{collections::HashMap, sync::Arc};

use parking_lot::Mutex;

use crate::{answer::Wording, chat::Chat};

/// Visitors name their language themselves; what is remembered for them is bounded.
const MOST_LOCALES: usize = 64;

/// The bot's sentences by language.
#[derive(Debug, Default)]
pub(crate) struct Words(Mutex<Made>);

#[derive(Debug, Default)]
struct Made {
    version: String,
    /// The names of the languages that the articles have.
    languages: Option<Arc<str>>,
    by_locale: HashMap<String, Arc<Wording>>,
}

impl Made {
    fn keep_up(&mut self, version: &str) {
        if self.version != version || self.by_locale.len() >= MOST_LOCALES {
            *self = Self { version: version.to_owned(), ..Self::default() };
        }
    }
}

impl Chat {
    /// The names of the languages that the articles have.
    pub(crate) fn languages(&self) -> Arc<str> {
        let snapshot = self.knowledge.snapshot();
        let mut made = self.words.0.lock();
        made.keep_up(snapshot.version());
        Arc::clone(made.languages.get_or_insert_with(|| snapshot.languages().into()))
    }

    /// The bot's sentences in a language.
    pub(crate) fn wording(&self, locale: &str) -> Arc<Wording> {
        let snapshot = self.knowledge.snapshot();
        let mut made = self.words.0.lock();
        made.keep_up(snapshot.version());
        if let Some(wording) = made.by_locale.get(locale) {
            return Arc::clone(wording);
        }
        let wording = Arc::new(Wording::new(snapshot.wording(locale)));
        made.by_locale.insert(locale.to_owned(), Arc::clone(&wording));
        wording
    }

    /// The bot's sentence with this key in a language.
    pub(crate) fn words(&self, locale: &str, key: &str) -> String {
        self.wording(locale).sentence(key).to_owned()
    }
}
