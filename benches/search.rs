//! What a question costs at each level beside a bare tantivy query over the same text, and what is needed for it.
//!
//! `cargo bench --bench search` writes a table. The full encoder takes part when `FRONTDESK_ENCODER` names its folder.
//! Each row is measured in a process of its own, so that memory is what the row itself took.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a bench prints, and fails loudly")]

use std::{env, fs, hint::black_box, path::Path, process::Command, time::Instant};

use frontdesk::{
    answer::{Policy, decide},
    article::hit::{Level, Question},
    cli::rehearse,
    knowledge::{Knowledge, Options, embedding::StaticModel},
};
use tantivy::{
    Index, IndexReader, Term,
    collector::TopDocs,
    doc,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, STORED, Schema, TEXT},
};

// The program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// With more articles, nobody waits for the encoder to read them all.
const MOST_ENCODED: usize = 1_000;
const LEVELS: [Level; 3] = [Level::Lexical, Level::Static, Level::Encoder];
const QUESTIONS: usize = 400;
const ROUNDS: usize = 7;
const ENCODER: &str = "FRONTDESK_ENCODER";

/// A small generator of the same numbers every time (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// English words; small numbers come up more often, as in real text.
    fn words(&mut self, count: usize, vocabulary: &[&str]) -> String {
        let mut word = || {
            let sides = self.roll(vocabulary.len()) + 1;
            vocabulary[self.roll(sides)]
        };
        (0..count).map(|_| word()).collect::<Vec<_>>().join(" ")
    }
}

struct Article {
    title: String,
    questions: Vec<String>,
    body: String,
}

fn vocabulary() -> Vec<&'static str> {
    StaticModel::builtin().unwrap().words().filter(|word| word.len() > 3).take(6_000).collect()
}

fn articles(count: usize) -> Vec<Article> {
    let (mut dice, words) = (Dice(7), vocabulary());
    let article = |_| Article {
        title: dice.words(6, &words),
        questions: (0..4).map(|_| dice.words(6, &words)).collect(),
        body: dice.words(120, &words),
    };
    (0..count).map(article).collect()
}

/// Every question shares most of its words with one article's phrasing.
fn questions(articles: &[Article]) -> Vec<String> {
    let (mut dice, words) = (Dice(11), vocabulary());
    let question = |_| {
        let article = &articles[dice.roll(articles.len())];
        let phrasing = &article.questions[dice.roll(article.questions.len())];
        let kept = phrasing.split(' ').skip(1).collect::<Vec<_>>().join(" ");
        format!("how do i {} {kept}?", dice.words(1, &words))
    };
    (0..QUESTIONS).map(question).collect()
}

fn write_folder(articles: &[Article], folder: &Path) {
    for (number, article) in articles.iter().enumerate() {
        let questions: Vec<_> = article.questions.iter().map(|question| format!("  - {question}")).collect();
        let text =
            format!("---\ntitle: {}\nquestions:\n{}\n---\n{}\n", article.title, questions.join("\n"), article.body);
        fs::write(folder.join(format!("article-{number}.md")), text).unwrap();
    }
}

/// Title, phrasings and body in one field of an index in memory: the least that tantivy can do.
struct Bare {
    reader: IndexReader,
    text: Field,
}

impl Bare {
    fn new(articles: &[Article]) -> Self {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT | STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
        for article in articles {
            let all = format!("{} {} {}", article.title, article.questions.join(" "), article.body);
            writer.add_document(doc!(text => all)).unwrap();
        }
        writer.commit().unwrap();
        Self { reader: index.reader().unwrap(), text }
    }

    fn search(&self, question: &str) -> usize {
        let term = |word: &str| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(self.text, word);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        let words = question.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let query = BooleanQuery::new(words.map(term).collect());
        self.reader.searcher().search(&query, &TopDocs::with_limit(10).order_by_score()).unwrap().len()
    }
}

/// Microseconds a question.
fn measure(questions: &[String], search: &mut impl FnMut(&str)) -> f64 {
    let started = Instant::now();
    for question in questions {
        search(question);
    }
    started.elapsed().as_secs_f64() * 1e6 / questions.len() as f64
}

fn median(mut rounds: Vec<f64>) -> f64 {
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}

/// Megabytes that this process has in memory, where the system tells.
fn memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}

fn milliseconds<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let started = Instant::now();
    let result = work();
    (result, started.elapsed().as_secs_f64() * 1e3)
}

/// One row of the table.
fn row(level: Level, size: usize) {
    let articles = articles(size);
    let questions = questions(&articles);
    let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write_folder(&articles, folder.path());
    let options = Options {
        folder: folder.path().to_owned(),
        cache: Some(cache.path().to_owned()),
        locale: "en".to_owned(),
        level,
        encoder: env::var_os(ENCODER).map(Into::into),
        ..Options::default()
    };
    let bare = Bare::new(&articles);
    drop(articles);
    let before = memory();
    let (knowledge, open) = milliseconds(|| Knowledge::open(options.clone()).unwrap());
    let taken = memory() - before;
    let (_, train) = milliseconds(|| rehearse::learn(&knowledge.snapshot()).unwrap());
    drop(knowledge);
    let (knowledge, reopen) = milliseconds(|| Knowledge::open(options.clone()).unwrap());
    fs::write(folder.path().join("article-0.md"), "# Something else\n\nAnother text.\n").unwrap();
    let (_, reload) = milliseconds(|| knowledge.reload().unwrap());
    // Until the encoder has read the change, the built-in model would be measured.
    knowledge.deepen();
    let mut floor = |question: &str| {
        black_box(bare.search(question));
    };
    let mut ours = |question: &str| {
        let question = Question { locale: Some("en".to_owned()), ..Question::new(question) };
        black_box(decide(&knowledge.search(&question).unwrap(), &Policy::default()));
    };
    // The encoder remembers what it was asked lately: only the first round costs what a new question costs.
    let rounds = if level == Level::Encoder { 1 } else { ROUNDS };
    // By turns, so that a slow moment of the machine is one of both.
    let measured: Vec<(f64, f64)> =
        (0..rounds).map(|_| (measure(&questions, &mut floor), measure(&questions, &mut ours))).collect();
    let of = |what: fn(&(f64, f64)) -> f64| median(measured.iter().map(what).collect());
    println!(
        "| {} | {size} | {open:.0} | {train:.0} | {reopen:.0} | {reload:.0} | {taken:.0} | {:.1} | {:.1} | {:.1} |",
        level.as_str(),
        of(|(floor, _)| *floor),
        of(|(_, ours)| *ours),
        of(|(floor, ours)| ours / floor)
    );
}

fn main() {
    let args: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    if let [level, size] = args.as_slice() {
        let level = LEVELS.into_iter().find(|known| known.as_str() == level).unwrap();
        return row(level, size.parse().unwrap());
    }
    println!(
        "| level | articles | open, ms | learn confidence, ms | reopen, ms | one file changes, ms | memory, MB | bare tantivy, µs | a question, µs | ratio |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for level in LEVELS {
        let is_encoder = level == Level::Encoder;
        if is_encoder && env::var_os(ENCODER).is_none() {
            println!("\nThe encoder is left out: {ENCODER} names no folder.");
            continue;
        }
        for size in SIZES.into_iter().filter(|size| !is_encoder || *size <= MOST_ENCODED) {
            let mut row = Command::new(env::current_exe().unwrap());
            assert!(row.args([level.as_str(), &size.to_string()]).status().unwrap().success());
        }
    }
}
