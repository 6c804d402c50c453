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
    by_locale: HashMap<String, Arc<Wording>>,
}

impl Chat {
    /// The bot's sentences in a language.
    pub(crate) fn wording(&self, locale: &str) -> Arc<Wording> {
        let snapshot = self.knowledge.snapshot();
        let mut made = self.words.0.lock();
        if made.version != snapshot.version() || made.by_locale.len() >= MOST_LOCALES {
            *made = Made { version: snapshot.version().to_owned(), by_locale: HashMap::new() };
        }
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
