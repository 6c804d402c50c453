//! Very many articles: how soon they can be asked, and how soon a change can.

use std::{
    fs,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use crate::{articles, client::Line, is_optimised, number, program::Desk};

const INDEXED_WITHIN: Duration = Duration::from_secs(10);
const LIVE_WITHIN: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread")]
async fn f18_very_many_articles_are_indexed_soon_and_a_change_is_live_at_once() {
    for model in ["lexical", "static"] {
        let count = number("FRONTDESK_ARTICLES", 2_000);
        let Measured { indexed, live } = measure(model, count).await;
        println!("F18, {model}: {count} articles ready from nothing in {indexed:?}; a change is live within {live:?}");
        // Vectors are no part of the promise: reading them takes as long as there are words.
        assert!(!is_optimised() || model != "lexical" || indexed <= INDEXED_WITHIN, "{model}: {indexed:?}");
        assert!(!is_optimised() || live <= LIVE_WITHIN, "{model}: {live:?}");
    }
}

struct Measured {
    /// From nothing until the first question is answered.
    indexed: Duration,
    /// The slowest of some changes until it answers.
    live: Duration,
}

async fn measure(model: &str, count: usize) -> Measured {
    let folder = articles::of(count);
    let mut desk = Desk::with_articles(folder.path());
    desk.set("ANSWERS__MODEL", model);
    let indexed = desk.starts().await;
    let mut live = Duration::ZERO;
    for (number, word) in WORDS.iter().enumerate() {
        let path = folder.path().join(format!("article-{number}.md"));
        let text = format!("---\ntitle: where can i park my {word}?\n---\nOn the roof.\n");
        fs::write(&path, text).unwrap();
        live = live.max(is_live(&desk, &format!("where can i park my {word}"), number).await);
    }
    Measured { indexed, live }
}

const WORDS: [&str; 5] = ["zeppelin", "gyrocopter", "submarine", "locomotive", "trebuchet"];

/// How long it takes until this article answers.
async fn is_live(desk: &Desk, question: &str, number: usize) -> Duration {
    let started = Instant::now();
    loop {
        let (mut line, _) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
        let answer = line.asks(question).await.unwrap();
        if answer["sources"][0]["article"] == format!("article-{number}") {
            return started.elapsed();
        }
        assert!(started.elapsed() < crate::PATIENCE, "article-{number} does not answer {question:?}, but: {answer}");
        sleep(Duration::from_millis(20)).await;
    }
}
