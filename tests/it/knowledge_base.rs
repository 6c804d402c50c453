//! The demo's own articles: enough of them, and tests that test something.

use std::{collections::BTreeSet, sync::Arc};

use frontdesk::{
    answer::{Policy, decide},
    article::{Article, answer_test::Expect, hit::Question},
    knowledge::analysis::{Analyzer, Language},
};

use crate::support::demo;

/// The most that a test may share with one phrasing of its article.
const MOST_SHARED: f64 = 0.6;

fn locale(article: &Article) -> &str {
    article.locale.as_deref().unwrap_or("en")
}

fn stems(analyzer: &Analyzer, text: &str) -> BTreeSet<String> {
    analyzer.tokens(text).into_iter().map(|token| token.term).collect()
}

#[test]
fn there_is_enough_to_try_the_desk_on() {
    let snapshot = demo().snapshot();
    let own: Vec<_> = snapshot.articles().filter(|article| !article.id.is_builtin()).collect();
    let count = |wanted: &str| own.iter().filter(|article| locale(article) == wanted).count();
    assert!(count("en") >= 80, "{} English articles", count("en"));
    assert!(count("de") >= 20, "{} German articles", count("de"));
    assert!(count("es") >= 20, "{} Spanish articles", count("es"));
    let library = snapshot.library();
    let escalate = library.answer_tests.iter().filter(|(_, test)| test.expect == Expect::Escalate).count();
    assert!(
        library.answer_tests.len() >= 200 && escalate >= 40,
        "{} tests, {escalate} escalate",
        library.answer_tests.len()
    );
    assert!(library.canned.len() >= 20, "{} canned responses", library.canned.len());
    assert!(library.synonyms.len() >= 20, "{} groups of synonyms", library.synonyms.len());
    assert!(library.skipped.is_empty(), "{:?}", library.skipped);
}

#[test]
fn small_talk_and_asking_for_a_person_are_known_in_many_languages() {
    let snapshot = demo().snapshot();
    let languages = |name: &str| {
        let ids = snapshot.articles().filter(|article| article.id.is_builtin() && article.id.as_str().ends_with(name));
        ids.count()
    };
    for name in ["/greeting", "/thanks", "/goodbye", "/request-agent"] {
        assert!(languages(name) >= 20, "{name}: {}", languages(name));
    }
}

#[test]
fn every_article_has_three_to_eight_phrasings() {
    let snapshot = demo().snapshot();
    let wrong: Vec<_> = snapshot
        .articles()
        .filter(|article| !article.id.is_builtin() && !(3..=8).contains(&article.questions.len()))
        .map(|article| &article.id)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn the_question_before_is_left_away_only_where_it_changes_nothing() {
    let (snapshot, policy) = (demo().snapshot(), Policy::default());
    let titles = snapshot.searchable_articles().map(|article| article.title.clone());
    let asked: Vec<String> =
        snapshot.library().answer_tests.iter().map(|(_, test)| test.ask.clone()).chain(titles).collect();
    let mut left_away = 0;
    for (previous, text) in asked.iter().zip(asked.iter().skip(1)) {
        let question = Question { previous: Some(previous.clone()), ..Question::new(text) };
        let all = snapshot.search(&question).unwrap();
        let needed = snapshot.search_until(&question, &policy).unwrap();
        left_away += usize::from(all.lean_on_previous() && !needed.lean_on_previous());
        assert_eq!(decide(&all, &policy), decide(&needed, &policy), "{previous} / {text}");
    }
    assert!(left_away >= 20, "{left_away}");
}

#[test]
fn answer_tests_ask_in_other_words_than_the_article() {
    let snapshot = demo().snapshot();
    let mut copied = Vec::new();
    for (_, test) in &snapshot.library().answer_tests {
        let Expect::Answer(id) = &test.expect else { continue };
        let article: &Arc<Article> = snapshot.article(id.as_str()).unwrap_or_else(|| panic!("no article {id}"));
        let analyzer = Analyzer::new(Language::of(locale(article)), &snapshot.library().synonyms);
        let ask = stems(&analyzer, &test.ask);
        for phrasing in article.questions.iter().chain([&article.title]) {
            let shared = ask.intersection(&stems(&analyzer, phrasing)).count();
            if shared as f64 > MOST_SHARED * ask.len() as f64 {
                copied.push(format!("{:?} shares {shared} of {} stems with {phrasing:?}", test.ask, ask.len()));
            }
        }
    }
    assert!(copied.is_empty(), "\n{}", copied.join("\n"));
}
