//! What differs between languages: stemmer, lower case, where words end.

use std::sync::LazyLock;

use rust_stemmers::Algorithm;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;
use whatlang::{Detector, Lang, Script};

use crate::knowledge::analysis::stop_words;

/// Languages whose words begin with elided ones: `l'article` is two words.
const ELIDING: [&str; 3] = ["ca", "fr", "it"];

const STEMMERS: [(&str, Algorithm); 20] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nb", Algorithm::Norwegian),
    ("nl", Algorithm::Dutch),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

/// The languages that are told apart: the three letters that detection gives, and the two that we use.
const TWO_LETTERS: [(&str, &str); 33] = [
    ("ara", "ar"),
    ("ben", "bn"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("ind", "id"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("lit", "lt"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("spa", "es"),
    ("swe", "sv"),
    ("tha", "th"),
    ("tur", "tr"),
    ("ukr", "uk"),
];

/// Fewer languages make better guesses about short texts.
static DETECTOR: LazyLock<Detector> = LazyLock::new(|| {
    Detector::with_allowlist(TWO_LETTERS.iter().filter_map(|(long, _)| Lang::from_code(*long)).collect())
});

/// In the script that most languages share, fewer letters than this could be any of them.
const FEWEST_LATIN_LETTERS: usize = 18;
/// And the guess must be at least this good; whoever asks has looked before whether the words are known.
const LEAST_CONFIDENCE: f64 = 0.2;
/// In other scripts.
const FEWEST_LETTERS: usize = 3;

/// A language, by the first subtag of its BCP 47 tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

impl Language {
    /// English.
    pub const ENGLISH: Self = Self(*b"en ");

    /// The language of a locale: `pt` of `pt-BR`. What is no tag is a language without rules of its own.
    pub fn of(locale: &str) -> Self {
        let primary = locale.split(['-', '_']).next().unwrap_or_default();
        let mut code = *b"   ";
        if primary.len() <= code.len() && primary.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            code.iter_mut().zip(primary.bytes()).for_each(|(to, from)| *to = from.to_ascii_lowercase());
        }
        Self(code)
    }

    /// The language that a text is written in, if it is long enough to tell. Another than the usual one must show more
    /// of its most common words, where the two share a script.
    pub fn written(text: &str, usual: Self) -> Option<Self> {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let info = DETECTOR.detect(text)?;
        let is_sure = if info.script() == Script::Latin {
            info.confidence() >= LEAST_CONFIDENCE && letters >= FEWEST_LATIN_LETTERS
        } else {
            letters >= FEWEST_LETTERS
        };
        let code = info.lang().code();
        let short = TWO_LETTERS.into_iter().find(|(long, _)| *long == code).map_or(code, |(_, short)| short);
        let written = Self::of(short);
        let is_shown =
            info.script() != Script::Latin || written == usual || written.common_words(text) > usual.common_words(text);
        (is_sure && is_shown).then_some(written)
    }

    /// How many of a text's words are among the language's most common ones.
    fn common_words(self, text: &str) -> usize {
        let text = text.to_lowercase();
        let is_common = |word: &String| stop_words::of(self.code()).any(|common| common == word);
        self.split(&text).iter().filter(|word| is_common(word)).count()
    }

    /// Two or three letters, or none.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end()
    }

    pub(super) fn stemmer(self) -> Option<Algorithm> {
        STEMMERS.into_iter().find(|(code, _)| *code == self.code()).map(|(_, algorithm)| algorithm)
    }

    pub(super) fn lower_case(self, c: char) -> impl Iterator<Item = char> {
        let c = match (self.code(), c) {
            ("tr" | "az", 'I') => 'ı',
            ("tr" | "az", 'İ') => 'i',
            (_, other) => other,
        };
        c.to_lowercase()
    }

    /// The words of a text in lower case. English drops accents; runs of Chinese and Japanese characters are cut into
    /// single characters and pairs.
    pub(in crate::knowledge) fn split(self, text: &str) -> Vec<String> {
        let elides = ELIDING.contains(&self.code());
        let text: String = text.chars().filter_map(|c| without_apostrophe(c, elides)).collect();
        if self == Self::ENGLISH {
            let text: String = text.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect();
            return words_of(text.split(|c: char| !c.is_alphanumeric()));
        }
        words_of(text.unicode_words().flat_map(str::split_whitespace))
    }
}

fn without_apostrophe(c: char, elides: bool) -> Option<char> {
    match c {
        '\'' | '’' | 'ʼ' | '‘' | '`' | '´' => elides.then_some(' '),
        other => Some(other),
    }
}

fn words_of<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words = Vec::new();
    let mut run: Vec<char> = Vec::new();
    for part in parts {
        if part.chars().all(is_unspaced) {
            run.extend(part.chars());
        } else {
            push_run(&mut run, &mut words);
            words.push(part.to_owned());
        }
    }
    push_run(&mut run, &mut words);
    words.retain(|word| !word.is_empty());
    words
}

fn push_run(run: &mut Vec<char>, words: &mut Vec<String>) {
    for (position, c) in run.iter().enumerate() {
        words.push(c.to_string());
        words.extend(run.get(position + 1).map(|next| format!("{c}{next}")));
    }
    run.clear();
}

/// Han, Hiragana and Katakana: scripts that put no space between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_tells_its_language_if_it_is_long_enough() {
        for (text, code) in [
            ("Wie lange dauert es, bis meine Bestellung ankommt?", Some("de")),
            ("¿Cuánto tiempo tarda en llegar mi pedido a casa?", Some("es")),
            ("where is my order and when will it arrive", Some("en")),
            ("где мой заказ", Some("ru")),
            ("注文はどこですか", Some("ja")),
            ("주문이 어디에 있나요", Some("ko")),
            ("ok", None),
            ("?!", None),
            ("", None),
        ] {
            assert_eq!(Language::written(text, Language::ENGLISH).as_ref().map(Language::code), code, "{text}");
        }
    }

    #[test]
    fn a_language_is_the_first_part_of_a_locale() {
        for (locale, code) in
            [("en", "en"), ("en-GB", "en"), ("pt_BR", "pt"), ("DE", "de"), ("", ""), ("klingon", ""), ("é", "")]
        {
            assert_eq!(Language::of(locale).code(), code, "{locale}");
        }
    }
}
