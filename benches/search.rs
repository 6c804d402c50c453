//! What a question costs beside a bare tantivy query over the same text, in one run.
//!
//! `cargo bench --bench search`

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a bench prints, and fails loudly")]

use std::{fs, hint::black_box, path::Path, time::Instant};

use frontdesk::{
    article::hit::Question,
    knowledge::{Knowledge, Options},
};
use tantivy::{
    Index, IndexReader, Term,
    collector::TopDocs,
    doc,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, STORED, Schema, TEXT},
};

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const QUESTIONS: usize = 400;
const ROUNDS: usize = 5;

/// A small generator of the same numbers every time (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// A made-up word; small numbers come up more often, as in real text.
    fn word(&mut self, vocabulary: usize) -> String {
        let sides = self.roll(vocabulary) + 1;
        let number = self.roll(sides);
        let syllables = ["ka", "lo", "mi", "ter", "sun", "ven", "dor", "pa", "rel", "ost"];
        let digits = format!("{number:04}");
        digits.bytes().map(|digit| syllables[usize::from(digit - b'0')]).collect()
    }

    fn words(&mut self, count: usize, vocabulary: usize) -> String {
        (0..count).map(|_| self.word(vocabulary)).collect::<Vec<_>>().join(" ")
    }
}

struct Article {
    title: String,
    questions: Vec<String>,
    body: String,
}

fn articles(count: usize) -> Vec<Article> {
    let mut dice = Dice(7);
    let article = |_| Article {
        title: dice.words(6, 4_000),
        questions: (0..4).map(|_| dice.words(6, 4_000)).collect(),
        body: dice.words(120, 4_000),
    };
    (0..count).map(article).collect()
}

/// Every question shares most of its words with one article's phrasing.
fn questions(articles: &[Article]) -> Vec<String> {
    let mut dice = Dice(11);
    let question = |_| {
        let article = &articles[dice.roll(articles.len())];
        let phrasing = &article.questions[dice.roll(article.questions.len())];
        let kept = phrasing.split(' ').skip(1).collect::<Vec<_>>().join(" ");
        format!("{} {kept}", dice.word(4_000))
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
        let query = BooleanQuery::new(question.split(' ').map(term).collect());
        self.reader.searcher().search(&query, &TopDocs::with_limit(10).order_by_score()).unwrap().len()
    }
}

/// Microseconds a question: the median of some rounds.
fn measure(questions: &[String], mut search: impl FnMut(&str)) -> f64 {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            for question in questions {
                search(question);
            }
            started.elapsed().as_secs_f64() * 1e6 / questions.len() as f64
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

fn main() {
    println!("| articles | open, ms | reopen, ms | bare tantivy, µs | a question, µs | ratio |");
    println!("|---:|---:|---:|---:|---:|---:|");
    for size in SIZES {
        let articles = articles(size);
        let questions = questions(&articles);
        let (folder, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write_folder(&articles, folder.path());
        let options = Options {
            folder: folder.path().to_owned(),
            cache: Some(cache.path().to_owned()),
            locale: "en".to_owned(),
            ..Options::default()
        };
        let started = Instant::now();
        drop(Knowledge::open(options.clone()).unwrap());
        let open = started.elapsed().as_secs_f64() * 1e3;
        let started = Instant::now();
        let knowledge = Knowledge::open(options).unwrap();
        let reopen = started.elapsed().as_secs_f64() * 1e3;
        let bare = Bare::new(&articles);
        let floor = measure(&questions, |question| {
            black_box(bare.search(question));
        });
        let ours = measure(&questions, |question| {
            black_box(knowledge.search(&Question::new(question)).unwrap());
        });
        println!("| {size} | {open:.0} | {reopen:.0} | {floor:.1} | {ours:.1} | {:.1} |", ours / floor);
    }
}
