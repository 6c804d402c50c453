//! Finding articles by a few words, also by the beginning of a word that is still being typed.

use std::sync::Arc;

use crate::{
    article::Article,
    help::{
        html::escaped,
        shelf::{self, is_public},
        words::language,
    },
    knowledge::Snapshot,
};

/// Less than this is no find.
const LEAST_CONFIDENCE: f32 = 0.05;
/// Shorter words are in every text.
const LEAST_MARKED: usize = 3;

/// An article that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The article, or one question of a page of questions.
    pub article: Arc<Article>,
    /// Its first words.
    pub excerpt: String,
}

/// What visitors may read of this: titles that have all the words, then what the search says, best first.
pub fn find(snapshot: &Snapshot, query: &str, locale: &str, ranked: &[(Arc<Article>, f32)]) -> Vec<Found> {
    let words = words(query);
    let is_wanted = |article: &Article| {
        is_public(article) && language(article.locale.as_deref().unwrap_or(snapshot.locale())) == language(locale)
    };
    let named = snapshot.searchable_articles().filter(|article| has_all(article, &words));
    let sure =
        ranked.iter().filter(|(_, confidence)| *confidence >= LEAST_CONFIDENCE).map(|(article, _)| article.clone());
    let mut found: Vec<Arc<Article>> = Vec::new();
    for article in named.chain(sure).filter(|article| is_wanted(article)) {
        if found.iter().all(|known| known.id != article.id) {
            found.push(article);
        }
    }
    // A title that holds the words says more than another way to ask; what the search prefers comes first among equals.
    let place = |article: &Article| ranked.iter().position(|(ranked, _)| ranked.id == article.id).unwrap_or(usize::MAX);
    found.sort_by_key(|article| (!title_has_all(article, &words), place(article)));
    found.into_iter().map(|article| Found { excerpt: shelf::summary(&article.body), article }).collect()
}

/// The text with the query's words marked, as HTML.
pub(super) fn marked(text: &str, query: &str) -> String {
    let words: Vec<_> = words(query).into_iter().filter(|word| word.chars().count() >= LEAST_MARKED).collect();
    let mark = |piece: &str| {
        let plain: String = piece.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
        let is_marked = words.iter().any(|word| plain.starts_with(word.as_str()));
        if is_marked { format!("<mark>{}</mark>", escaped(piece)) } else { escaped(piece) }
    };
    text.split_inclusive(' ')
        .map(|piece| mark(piece.trim_end()) + if piece.ends_with(' ') { " " } else { "" })
        .collect()
}

fn has_all(article: &Article, words: &[String]) -> bool {
    let asked = || article.questions.iter().any(|question| contains_all(question, words));
    title_has_all(article, words) || asked()
}

fn title_has_all(article: &Article, words: &[String]) -> bool {
    contains_all(&article.title, words)
}

fn contains_all(text: &str, wanted: &[String]) -> bool {
    let words = words(text);
    !wanted.is_empty() && wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted.as_str())))
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_and_everything_is_escaped() {
        assert_eq!(
            marked("Return <b> a returned lamp", "retur"),
            "<mark>Return</mark> &lt;b&gt; a <mark>returned</mark> lamp"
        );
        assert_eq!(marked("it is", "i"), "it is");
        assert_eq!(marked("", "x"), "");
    }

    #[test]
    fn the_beginning_of_a_word_is_enough() {
        assert!(contains_all("How long does delivery take?", &words("deliv how")));
        assert!(!contains_all("How long does delivery take?", &words("livery")));
        assert!(!contains_all("anything", &words("?!")));
    }
}
