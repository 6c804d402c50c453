//! Articles are written badly, and the index is destroyed.

use std::{
    fs,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use crate::{articles, client::Line, journal::check, number, program::Desk, visitors::Crowd};

const LIVE_WITHIN: Duration = Duration::from_secs(5);
/// However often files are saved, no more than one new index comes in this time.
const BETWEEN_RELOADS: Duration = Duration::from_millis(500);
/// What the log says of each.
const CHANGED: &str = "the knowledge base has changed";

/// Asks in a conversation of its own and gives the article that answered.
async fn answer(desk: &Desk, question: &str) -> Option<String> {
    let (mut line, _) = Line::opens(desk.address, None, (None, 0)).await.unwrap();
    let answer = line.asks(question).await.unwrap();
    answer["sources"].as_array()?.first()?["article"].as_str().map(str::to_owned)
}

async fn is_live(desk: &Desk, question: &str, article: &str) -> Duration {
    let started = Instant::now();
    while answer(desk, question).await.as_deref() != Some(article) {
        assert!(started.elapsed() < 4 * LIVE_WITHIN, "{article} does not answer {question:?}");
        sleep(Duration::from_millis(50)).await;
    }
    started.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn f17_badly_written_articles_never_stop_the_answers() {
    let folder = articles::of(50);
    let mut desk = Desk::with_articles(folder.path());
    desk.starts().await;
    let known = articles::question(7);
    is_live(&desk, &known, "article-7").await;
    // All along, others ask: none of their questions fails.
    let crowd = Crowd::starts_slowly(desk.address, 8, Duration::from_millis(100));
    let (began, before) = (Instant::now(), desk.log().matches(CHANGED).count());
    let seven = folder.path().join("article-7.md");
    for broken in ["---\ntitle: [\n---\nx", "---\ntitle: a\ntitle: b\n  - : :\n---\n", "---\nquestions: {{{\n---\nbody"]
    {
        fs::write(&seven, broken).unwrap();
        fs::write(folder.path().join("noise.md"), [0xff, 0xfe, 0x00, 0x80]).unwrap();
        fs::write(folder.path().join(".article-7.md.swp"), "swap").unwrap();
        fs::write(folder.path().join("article-8.md~"), "backup").unwrap();
        sleep(Duration::from_millis(300)).await;
        assert_eq!(answer(&desk, &known).await.as_deref(), Some("article-7"), "the last good version stays");
    }
    let log = desk.log();
    assert!(log.contains("article-7.md") && log.contains("noise.md"), "what is not served is named: {log}");
    // Saved piece by piece, many times in a row, moved and removed.
    let whole = "---\ntitle: where can i park my zeppelin?\n---\nOn the roof.\n";
    let path = folder.path().join("zeppelin.md");
    for _ in 0..number("FRONTDESK_SAVES", 300) {
        sleep(Duration::from_millis(10)).await;
        let mut file = fs::File::create(&path).unwrap();
        for piece in whole.as_bytes().chunks(6) {
            file.write_all(piece).unwrap();
        }
    }
    let live = is_live(&desk, "where can i park my zeppelin", "zeppelin").await;
    assert!(live < LIVE_WITHIN, "{live:?}");
    fs::rename(&path, folder.path().join("airship.md")).unwrap();
    is_live(&desk, "where can i park my zeppelin", "airship").await;
    fs::remove_file(folder.path().join("airship.md")).unwrap();
    let started = Instant::now();
    while answer(&desk, "where can i park my zeppelin").await.as_deref() == Some("airship") {
        assert!(started.elapsed() < 4 * LIVE_WITHIN);
        sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(answer(&desk, &known).await.as_deref(), Some("article-7"));
    let reloads = desk.log().matches(CHANGED).count() - before;
    let most = (began.elapsed().as_secs_f64() / BETWEEN_RELOADS.as_secs_f64()) as usize + 1;
    assert!(reloads <= most, "{reloads} new indexes in {:?}", began.elapsed());
    let journals = crowd.goes_home().await;
    desk.is_killed();
    assert_eq!(check(&desk.database(), &journals), [""; 0]);
    assert!(!desk.log().contains("panicked"), "{}", desk.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn f18_a_destroyed_index_is_made_anew() {
    let folder = articles::of(200);
    let mut desk = Desk::with_articles(folder.path());
    desk.starts().await;
    let known = articles::question(7);
    is_live(&desk, &known, "article-7").await;
    let cache = desk.data().join("cache");
    for file in files(&cache) {
        damage(&file);
    }
    is_live(&desk, &known, "article-7").await;
    for destroy in [cut as fn(&Path), damage, remove] {
        desk.is_killed();
        for file in files(&cache) {
            destroy(&file);
        }
        desk.starts().await;
        is_live(&desk, &known, "article-7").await;
    }
    fs::remove_dir_all(&cache).unwrap();
    is_live(&desk, &known, "article-7").await;
    fs::write(folder.path().join("zeppelin.md"), "---\ntitle: where can i park my zeppelin?\n---\nOn the roof.\n")
        .unwrap();
    is_live(&desk, "where can i park my zeppelin", "zeppelin").await;
    assert!(!desk.log().contains("panicked"), "{}", desk.log());
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn damage(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    for byte in bytes.iter_mut().skip(middle).take(64) {
        *byte ^= 0xff;
    }
    let aside = path.with_extension("damaged");
    fs::write(&aside, bytes).unwrap();
    fs::rename(&aside, path).unwrap();
}

fn cut(path: &Path) {
    let length = fs::metadata(path).unwrap().len();
    fs::File::options().write(true).open(path).unwrap().set_len(length / 2).unwrap();
}

fn remove(path: &Path) {
    fs::remove_file(path).unwrap();
}
