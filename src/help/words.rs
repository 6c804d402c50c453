//! What the help pages say themselves, in the languages of `words.json`.

use std::{collections::BTreeMap, sync::LazyLock};

type Table = BTreeMap<String, BTreeMap<String, String>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| serde_json::from_str(include_str!("words.json")).unwrap_or_default());

const RIGHT_TO_LEFT: [&str; 4] = ["ar", "fa", "he", "ur"];

/// The texts of one language; English ones where there are none.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    locale: &'a str,
}

impl<'a> Words<'a> {
    pub(super) fn of(locale: &'a str) -> Self {
        Self { locale }
    }

    /// The text of this name.
    pub(super) fn get(self, name: &str) -> &'static str {
        let found = |locale: &str| TABLE.get(locale).and_then(|texts| texts.get(name));
        found(language(self.locale).as_str()).or_else(|| found("en")).map(String::as_str).unwrap_or_default()
    }

    /// Which way the language is written.
    pub(super) fn direction(self) -> &'static str {
        if RIGHT_TO_LEFT.contains(&language(self.locale).as_str()) { "rtl" } else { "ltr" }
    }
}

/// The tag without region and script: `pt` of `pt-BR`.
pub(super) fn language(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// The language's own name for itself, as far as it is known.
pub(super) fn name_of(locale: &str) -> String {
    let own = Words::of(locale).get("language");
    if language(locale) == "en" || own != Words::of("en").get("language") { own.to_owned() } else { locale.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_everything() {
        let english = &TABLE["en"];
        assert!(TABLE.len() >= 20, "{}", TABLE.len());
        for (locale, texts) in TABLE.iter() {
            assert!(texts.keys().eq(english.keys()), "{locale}");
            assert!(texts.values().all(|text| !text.trim().is_empty()), "{locale}");
            for (name, text) in texts {
                assert_eq!(text.contains("{query}"), english[name].contains("{query}"), "{locale} {name}");
            }
        }
    }

    #[test]
    fn unknown_languages_are_spoken_to_in_english() {
        assert_eq!(Words::of("tlh").get("yes"), "Yes");
        assert_eq!(Words::of("de-AT").get("yes"), "Ja");
        assert_eq!((Words::of("ar").direction(), Words::of("fr").direction()), ("rtl", "ltr"));
        assert_eq!((name_of("de"), name_of("tlh")), ("Deutsch".to_owned(), "tlh".to_owned()));
    }
}
