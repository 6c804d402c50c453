//! A knowledge base as the rules see it: plain data.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    article::{
        self, Article, ArticleId, Page, Problem, ProblemKind,
        answer_test::{self, AnswerTest},
        synonyms, wording,
    },
    lint::Finding,
};

/// Everything that the rules look at.
#[derive(Debug, Clone, Default)]
pub struct KnowledgeBase {
    /// The articles' files by the id of the file.
    pub pages: BTreeMap<ArticleId, PageFile>,
    /// The canned responses' files.
    pub canned: Vec<CannedFile>,
    /// The files of answer tests.
    pub answer_tests: Vec<AnswerTestFile>,
    /// What is wrong with files of synonyms and wording, by path.
    pub problems: Vec<(String, Problem)>,
    /// The paths of all other files, for instance pictures.
    pub others: BTreeSet<String>,
    /// What looks like an article and cannot be read.
    pub unreadable: Vec<Unreadable>,
    /// Articles that the index finds hard to tell apart; empty when nobody asked it.
    pub neighbours: Vec<Neighbours>,
    /// What the index finds for the articles' own questions; empty when nobody asked it.
    pub asked: Vec<Asked>,
    /// The language of articles that name none.
    pub locale: String,
    /// The day of the check; none leaves the rules about dates out.
    pub today: Option<Date>,
}

/// A file of articles.
#[derive(Debug, Clone)]
pub struct PageFile {
    /// Its path in the folder.
    pub path: String,
    /// What it holds.
    pub page: Page,
}

/// A canned response.
#[derive(Debug, Clone)]
pub struct CannedFile {
    /// Its path in the folder.
    pub path: String,
    /// Its text, front matter included.
    pub text: String,
}

/// A file of answer tests.
#[derive(Debug, Clone)]
pub struct AnswerTestFile {
    /// Its path in the folder.
    pub path: String,
    /// The tests that could be read.
    pub tests: Vec<AnswerTest>,
    /// What is wrong with the others.
    pub problems: Vec<Problem>,
}

/// A file that is not read.
#[derive(Debug, Clone)]
pub struct Unreadable {
    /// Its path in the folder.
    pub path: String,
    /// Why, for the editor.
    pub reason: String,
}

/// Two articles that answer nearly the same questions.
#[derive(Debug, Clone)]
pub struct Neighbours {
    /// The one.
    pub article: ArticleId,
    /// The other.
    pub other: ArticleId,
    /// How alike they are, from 0 to 1.
    pub similarity: f64,
}

/// One of an article's own questions, or its title, and what the index finds for it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Whose question it is.
    pub article: ArticleId,
    /// The question.
    pub phrasing: String,
    /// The article that is found first.
    pub first: Option<ArticleId>,
}

impl KnowledgeBase {
    /// Adds a file of articles.
    pub fn add_article(&mut self, path: &str, text: &str) {
        let page = article::read_page(path, text);
        self.pages.insert(page.article.id.clone(), PageFile { path: path.to_owned(), page });
    }

    /// Adds a canned response.
    pub fn add_canned(&mut self, path: &str, text: &str) {
        self.canned.push(CannedFile { path: path.to_owned(), text: text.to_owned() });
    }

    /// Adds a file of answer tests.
    pub fn add_answer_tests(&mut self, path: &str, text: &str) {
        let (tests, problems) = answer_test::parse(text);
        self.answer_tests.push(AnswerTestFile { path: path.to_owned(), tests, problems });
    }

    /// Adds a file of synonyms.
    pub fn add_synonyms(&mut self, path: &str, text: &str) {
        self.add_problems(path, synonyms::parse(text).1);
    }

    /// Adds a file of the bot's own words.
    pub fn add_wording(&mut self, path: &str, text: &str) {
        self.add_problems(path, wording::parse(text).1);
    }

    fn add_problems(&mut self, path: &str, problems: Vec<Problem>) {
        self.problems.extend(problems.into_iter().map(|problem| (path.to_owned(), problem)));
    }

    /// The files of articles.
    pub(crate) fn files(&self) -> impl Iterator<Item = &PageFile> {
        self.pages.values()
    }

    /// The articles that visitors or agents can find, with the paths of their files.
    pub(crate) fn articles(&self) -> impl Iterator<Item = (&PageFile, &Article)> {
        self.files().flat_map(|file| file.page.articles().iter().map(move |article| (file, article)))
    }

    /// The answer tests with the paths of their files.
    pub(crate) fn tests(&self) -> impl Iterator<Item = (&str, &AnswerTest)> {
        self.answer_tests.iter().flat_map(|file| file.tests.iter().map(move |test| (file.path.as_str(), test)))
    }

    /// The file of an article and of its headings.
    pub(crate) fn page(&self, id: &ArticleId) -> Option<&PageFile> {
        self.pages.get(id.file())
    }

    /// Whether an article, and the heading that the id names, are there. Those that ship with the program are.
    pub(crate) fn has(&self, id: &ArticleId) -> bool {
        let Some(file) = self.page(id) else { return id.is_builtin() };
        let mut headings = file.page.outline.headings.iter();
        id.anchor().is_none_or(|anchor| headings.any(|heading| heading.slug == anchor))
    }

    /// Whether the index was asked an article's questions and found it first for none.
    pub(crate) fn is_unreachable(&self, id: &ArticleId) -> bool {
        let mut own = self.asked.iter().filter(|asked| asked.article == *id).peekable();
        own.peek().is_some() && own.all(|asked| asked.first.as_ref() != Some(id))
    }

    /// The language of an article.
    pub(crate) fn locale_of<'a>(&'a self, article: &'a Article) -> &'a str {
        article.locale.as_deref().unwrap_or(&self.locale)
    }

    /// What reading the files met of one kind, as findings.
    pub(crate) fn met(&self, kind: ProblemKind) -> Vec<Finding> {
        let pages = self.files().flat_map(|file| file.page.problems.iter().map(|problem| (&file.path, problem)));
        let tests = self.answer_tests.iter();
        let tests = tests.flat_map(|file| file.problems.iter().map(|problem| (&file.path, problem)));
        let others = self.problems.iter().map(|(path, problem)| (path, problem));
        let all = pages.chain(tests).chain(others).filter(|(_, problem)| problem.kind == kind);
        all.map(|(path, problem)| Finding::new(path, problem.line, problem.message.clone())).collect()
    }
}
