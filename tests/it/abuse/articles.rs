//! Hostile articles, and questions that are hard to search.

use std::{collections::BTreeMap, fs, time::Instant};

use frontdesk::{
    article::hit::Question,
    knowledge::{Knowledge, Options},
};

use super::{
    articles, serving,
    words::{is_safe, links},
};
use crate::support::TestServer;

#[tokio::test]
async fn a02_markup_in_articles_is_dropped() {
    let evil = "---\ntitle: where is the <b>spider</b> kept?\n---\nIn the <script>alert(1)</script> cellar \
                <img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](javascript&#58;alert(1)) \
                [c](data:text/html,x) ![d](javascript:x) <svg><script>x</script></svg>\n\n\
                <div onclick=\"x()\">block</div>\n\n<javascript:alert(1)>\n";
    let folder = articles(&[("spider.md", evil)]);
    let server = serving(folder.path()).await;
    let page = server.answers("/help/spider").await.text().await.unwrap();
    for bad in ["<script>alert", "onerror=", "=\"javascript", "=\"data:text", "onclick=", "<svg", "<b>spider"] {
        assert!(!page.contains(bad), "{bad} in {page}");
    }
    assert!(page.contains("cellar"));
    let answer = server.visitor().await.asks("where is the spider kept").await;
    assert!(links(&answer).iter().all(|link| is_safe(link)), "{answer}");
}

#[tokio::test]
async fn a38_links_and_pipes_in_the_folder_are_not_followed() {
    let folder = articles(&[("fine.md", "# Where is the owl?\n\nIn the tree.\n")]);
    let outside = articles(&[("secret.md", "# Where is the treasure?\n\nUnder the stairs.\n")]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outside.path().join("secret.md"), folder.path().join("link.md")).unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("deep")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("zero.md")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.md")).status().unwrap();
        assert!(made.success());
    }
    let server = serving(folder.path()).await;
    for path in ["link", "deep/secret", "zero", "pipe"] {
        assert_eq!(server.answers(&format!("/help/{path}")).await.status(), 404, "{path}");
    }
    assert_eq!(server.answers("/help/fine").await.status(), 200);
    let answer = server.visitor().await.asks("where is the treasure").await;
    assert!(!answer.to_string().contains("stairs"), "{answer}");
}

#[tokio::test]
async fn a40_no_question_takes_long() {
    let server = TestServer::start().await;
    let words: Vec<String> = (0..800).map(|number| format!("w{number}")).collect();
    let hard = [
        "a ".repeat(2_000),
        words.join(" "),
        "* OR title:[a TO z] AND /.*.*.*/ ~ ^ \"".repeat(80),
        "\u{fdfa}".repeat(1_300),
        "e\u{301}\u{301}\u{301}\u{301}".repeat(700),
        "(((((((((((((((((((((".repeat(150),
        "ß".repeat(4_000),
    ];
    for question in hard {
        let mut visitor = server.visitor().await;
        let started = Instant::now();
        let answer = visitor.asks(&question.chars().take(4_000).collect::<String>()).await;
        assert!(answer["reply_to"].is_u64());
        assert!(started.elapsed().as_secs() < 10, "{:?} for {question:.40}", started.elapsed());
    }
}

#[test]
fn a41_no_article_takes_long() {
    let folder = articles(&[("fine.md", "# Where is the owl?\n\nIn the tree.\n")]);
    let hard: BTreeMap<&str, String> = BTreeMap::from([
        ("brackets.md", "[".repeat(1_000_000)),
        ("stars.md", "*a **b ".repeat(150_000)),
        ("quotes.md", format!("{} deep", "> ".repeat(400_000))),
        ("lists.md", (0..2_000).map(|depth| "  ".repeat(depth % 400) + "- x\n").collect()),
        ("ticks.md", "`".repeat(1_000_000)),
        ("huge.md", "word ".repeat(3_000_000)),
        ("front.md", format!("---\nquestions: {}\n---\nx", "[".repeat(100_000))),
    ]);
    for (name, text) in &hard {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let options = Options { folder: folder.path().to_owned(), locale: "en".to_owned(), ..Options::default() };
    let started = Instant::now();
    let knowledge = Knowledge::open(options).unwrap();
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    assert!(knowledge.snapshot().article("fine").is_some());
    assert!(knowledge.snapshot().article("huge").is_none(), "a file of 15 MB is left out");
    knowledge.search(&Question::new("where is the owl")).unwrap();
}
