//! What is heard in a message besides its question: that somebody wants a person, wants none, is upset, says yes or no.
//!
//! The words come from the files `_words.yaml`; a native speaker can mend them without reading this.

mod clause;
mod pattern;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rustc_hash::FxHashMap;

pub(super) use self::pattern::readable;
use self::{
    clause::{Clause, Wish},
    pattern::{Class, Patterns},
};
use crate::{
    article::{Action, Article, hit::Heard},
    knowledge::{
        analysis::{Analyzer, Language},
        library::Texts,
    },
};

/// The name of the article that answers somebody who wants no person.
const REFUSAL: &str = "/no-agent";

/// From so many words on, capitals are a tone and not a habit of abbreviations.
const FEWEST_SHOUTED: usize = 3;

/// The word lists of each language.
pub(super) struct Listeners {
    listeners: BTreeMap<Language, Listener>,
    /// How words for people begin, by their first letter: a quick look before a close one.
    people: FxHashMap<char, Vec<(String, Language)>>,
}

struct Listener {
    analyzer: Analyzer,
    patterns: Patterns,
    request: Option<Arc<Article>>,
    refusal: Option<Arc<Article>>,
}

impl Listeners {
    /// Listeners for the languages that have word lists; `phrases` are each language's small talk.
    pub(super) fn new(words: &Texts, phrases: &BTreeMap<Language, Vec<Arc<Article>>>) -> Self {
        let listener = |(locale, lists): (&String, &BTreeMap<String, String>)| {
            let language = Language::of(locale);
            let articles = phrases.get(&language).map(Vec::as_slice).unwrap_or_default();
            let find = |is_it: &dyn Fn(&Article) -> bool| articles.iter().find(|article| is_it(article)).cloned();
            let listener = Listener {
                analyzer: Analyzer::new(language, &[]),
                patterns: Patterns::new(language, lists),
                request: find(&|article| article.action == Action::RequestAgent),
                refusal: find(&|article| article.id.as_str().ends_with(REFUSAL)),
            };
            (language, listener)
        };
        let listeners: BTreeMap<Language, Listener> = words.iter().map(listener).collect();
        let mut people: FxHashMap<char, Vec<(String, Language)>> = FxHashMap::default();
        for (language, listener) in &listeners {
            for beginning in listener.patterns.people() {
                let letter = beginning.chars().next().unwrap_or_default();
                people.entry(letter).or_default().push((beginning.clone(), *language));
            }
        }
        Self { listeners, people }
    }

    /// What is heard in a message of somebody who probably speaks one of these languages, the likeliest first.
    pub(super) fn hear(&self, text: &str, languages: &[Language]) -> Heard {
        let readable = readable(text);
        let likely: BTreeSet<Language> = languages.iter().copied().collect();
        let mut heard = Heard { is_shouting: is_shouting(text), ..Heard::default() };
        for listener in likely.iter().filter_map(|language| self.listeners.get(language)) {
            listener.hear(&readable, false, &mut heard);
        }
        for language in self.naming_people(&readable).difference(&likely) {
            if heard.request.is_none()
                && let Some(listener) = self.listeners.get(language)
            {
                listener.hear(&readable, is_latin(&readable), &mut heard);
            }
        }
        heard
    }

    /// The languages whose words for people stand anywhere in the text.
    fn naming_people(&self, readable: &str) -> BTreeSet<Language> {
        let mut languages = BTreeSet::new();
        for (place, letter) in readable.char_indices() {
            let rest = readable.get(place..).unwrap_or_default();
            let named = self.people.get(&letter).into_iter().flatten();
            languages.extend(named.filter(|(beginning, _)| rest.starts_with(beginning)).map(|(_, language)| *language));
        }
        languages
    }
}

impl Listener {
    /// Adds what is heard. A language that is not expected must know nearly every word.
    fn hear(&self, readable: &str, is_strict: bool, heard: &mut Heard) {
        let mut refusals = 0;
        let clauses: Vec<Clause> =
            clauses(readable).flat_map(|text| Clause::read(&self.analyzer, &self.patterns, text)).collect();
        for clause in &clauses {
            match clause.wish(is_strict) {
                Some(Wish::Person) => heard.request = heard.request.take().or_else(|| self.request.clone()),
                Some(Wish::NoPerson) => refusals += 1,
                None => {}
            }
        }
        if !is_strict && refusals > 0 && clauses.iter().all(Clause::is_idle_or_refuses) {
            heard.refusal = heard.refusal.take().or_else(|| self.refusal.clone());
        }
        if !is_strict {
            heard.is_angry |= clauses.iter().any(|clause| clause.has(Class::Angry));
            heard.agrees = heard.agrees.or_else(|| agreement(&clauses));
        }
        let whole = Clause::whole(clauses);
        if whole.is_bare_request() {
            heard.request = heard.request.take().or_else(|| self.request.clone());
        }
        heard.is_vague |= !is_strict && whole.is_only(&[Class::People, Class::Anybody]);
    }
}

/// Whether the message is nothing but a yes or a no.
fn agreement(clauses: &[Clause]) -> Option<bool> {
    let is_all = |class| !clauses.is_empty() && clauses.iter().all(|clause| clause.is_only(&[class, Class::Please]));
    let says = |class| is_all(class) && clauses.iter().any(|clause| clause.has(class));
    if says(Class::Yes) { Some(true) } else { says(Class::No).then_some(false) }
}

fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| {
        matches!(
            c,
            '.' | ','
                | ';'
                | '!'
                | '?'
                | ':'
                | '\n'
                | '。'
                | '、'
                | '，'
                | '！'
                | '？'
                | '；'
                | '：'
                | '؟'
                | '،'
                | '؛'
                | '।'
        )
    };
    text.split(ends).map(str::trim).filter(|part| !part.is_empty())
}

/// Whether its letters are those that many languages share.
fn is_latin(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).all(|c| c < '\u{250}')
}

/// Several words in capitals, and marks to match.
fn is_shouting(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    let is_loud = |word: &str| word.chars().all(|c| !c.is_lowercase()) && word.chars().any(char::is_uppercase);
    let (loud, all) = words.fold((0, 0), |(loud, all), word| (loud + usize::from(is_loud(word)), all + 1));
    all >= FEWEST_SHOUTED && loud == all && text.contains("!!")
}
