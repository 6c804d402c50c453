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
    let count = number("FRONTDESK_ARTICLES", 2_000);
    let folder = articles::of(count);
    let mut desk = Desk::with_articles(folder.path());
    desk.set("ANSWERS__MODEL", "lexical");
    let indexed = desk.starts().await;
    let mut slowest = Duration::ZERO;
    for (number, word) in WORDS.iter().enumerate() {
        let path = folder.path().join(format!("article-{number}.md"));
        let text = format!("---\ntitle: where can i park my {word}?\n---\nOn the roof.\n");
        fs::write(&path, text).unwrap();
        slowest = slowest.max(is_live(&desk, &format!("where can i park my {word}"), number).await);
    }
    println!(
        "F18: {count} articles indexed from nothing and ready in {indexed:?}; a change is live within {slowest:?}"
    );
    assert!(!is_optimised() || indexed <= INDEXED_WITHIN, "{indexed:?} for {count} articles");
    assert!(!is_optimised() || slowest <= LIVE_WITHIN, "{slowest:?} among {count} articles");
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
        assert!(started.elapsed() < crate::PATIENCE, "article-{number} does not answer {question:?}");
        sleep(Duration::from_millis(20)).await;
    }
}
