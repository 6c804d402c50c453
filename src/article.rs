//! An article from text: always an article, plus its problems.
//!
//! Pure: takes a path and text, gives data. Reading files is `knowledge`'s, complaining is `lint`'s.

pub mod address;
pub mod answer_test;
pub mod canned;
pub mod front_matter;
pub mod hit;
pub mod html;
pub mod link;
pub mod links;
pub mod markdown;
pub mod outline;
mod page;
pub mod passage;
pub mod slug;
pub mod synonyms;
pub mod value;
pub mod wording;
pub mod yaml;

use std::{borrow::Borrow, collections::BTreeMap, fmt};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use crate::article::page::{article_id, read_page};
use crate::{article::outline::Outline, block::Block};

/// An article's id: the path in the knowledge base without `.md`, and `#heading-slug` for an article
/// that is one question of a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub String);

impl ArticleId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file's part of the id, without a heading.
    pub fn file(&self) -> &str {
        self.0.split_once('#').map_or(self.0.as_str(), |(file, _)| file)
    }

    /// The heading's part of the id.
    pub fn anchor(&self) -> Option<&str> {
        self.0.split_once('#').map(|(_, anchor)| anchor)
    }

    /// Whether the article ships with the program.
    pub fn is_builtin(&self) -> bool {
        self.0.starts_with("_builtin/")
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for ArticleId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// What finding an article leads to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Answer.
    #[default]
    Answer,
    /// Answer, then hand over at once.
    Escalate,
    /// Say it; it asserts nothing about the knowledge base.
    Smalltalk,
    /// The visitor wants a person.
    RequestAgent,
}

/// Who may find an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// Agents only.
    Agents,
}

/// One question family: a file, or one heading of a page of questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// The question or topic that it answers.
    pub title: String,
    /// Other ways visitors ask it.
    pub questions: Vec<String>,
    /// Near misses that it must not answer.
    pub not_questions: Vec<String>,
    /// Free keywords.
    pub tags: Vec<String>,
    /// Its language as a BCP 47 tag; the knowledge base's own when absent.
    pub locale: Option<String>,
    /// The article that this one is a version of, in another language.
    pub translation_of: Option<ArticleId>,
    /// Where an escalation about this topic goes.
    pub queue: Option<String>,
    /// What finding it leads to.
    pub action: Action,
    /// Who may find it.
    pub audience: Audience,
    /// Articles to read next.
    pub related: Vec<ArticleId>,
    /// When it should be looked at again.
    pub review_by: Option<Date>,
    /// Not to be indexed yet.
    pub draft: bool,
    /// What it says.
    pub body: Vec<Block>,
    /// The anchors of the body's headings that lie in no list or quote, in order.
    pub anchors: Vec<String>,
    /// The line of its file where it begins, from 1.
    pub line: u32,
}

/// Everything that one file gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The file's own article. Of a page of questions: its title and introduction.
    pub article: Article,
    /// The questions of a page of questions; empty for an ordinary article.
    pub questions: Vec<Article>,
    /// Where its headings, links and pictures are.
    pub outline: Outline,
    /// The lines of the front matter's known keys, from 1.
    pub lines: BTreeMap<String, u32>,
    /// The front matter's other keys, kept and ignored.
    pub others: BTreeMap<String, serde_json::Value>,
    /// Whether only the file's name gave the title.
    pub is_title_missing: bool,
    /// Whether the front matter is broken and may have kept the article from visitors.
    pub is_withheld: bool,
    /// What is wrong with the file. It is served all the same, but for [`Page::is_hidden`].
    pub problems: Vec<Problem>,
}

impl Page {
    /// The articles that visitors can find: the questions of a page of questions, else the file itself.
    pub fn articles(&self) -> &[Article] {
        if self.questions.is_empty() { std::slice::from_ref(&self.article) } else { &self.questions }
    }

    /// Whether nobody may find it: a draft, or one whose broken front matter may have said so.
    pub fn is_hidden(&self) -> bool {
        self.article.draft || self.is_withheld
    }

    /// Whether the front matter could not be read, so that a last good version is to be preferred.
    pub fn is_broken(&self) -> bool {
        let broken = [ProblemKind::BrokenFrontMatter, ProblemKind::UnclosedFrontMatter];
        self.problems.iter().any(|problem| broken.contains(&problem.kind))
    }

    /// The line of the title, wherever it was written.
    pub fn title_line(&self) -> u32 {
        let key = self.lines.get("title").or_else(|| self.lines.get("question")).copied();
        let heading = self.outline.headings.iter().find(|heading| heading.level == 1);
        key.or(heading.map(|heading| heading.line)).unwrap_or(1)
    }

    /// The line where a title or question of this file is written, as near as is known.
    pub fn line_of_phrasing(&self, phrasing: &str) -> u32 {
        let heading = self.questions.iter().find(|article| article.title == phrasing);
        match heading {
            Some(article) => article.line,
            None if self.article.title == phrasing => self.title_line(),
            None => self.line_of("questions").max(self.line_of("aliases")),
        }
    }

    /// The line of a front matter key, or the first line.
    pub fn line_of(&self, key: &str) -> u32 {
        self.lines.get(key).copied().unwrap_or(1)
    }
}

/// Something wrong with an article's text, found while reading it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Line in the file, from 1.
    pub line: u32,
    /// What kind of problem.
    pub kind: ProblemKind,
    /// What is wrong and what to do, for the editor.
    pub message: String,
}

impl Problem {
    /// YAML that could not be read.
    pub fn broken(line: u32, reason: &str) -> Self {
        let advice = "repair it, for instance by quoting a text that holds `: `";
        Self::new(line, ProblemKind::BrokenYaml, format!("the file is not YAML and is ignored: {reason}; {advice}"))
    }

    /// A problem at a line of the file.
    pub fn new(line: u32, kind: ProblemKind, message: impl Into<String>) -> Self {
        Self { line, kind, message: message.into() }
    }
}

/// Kinds of problems that reading an article finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// The front matter is not YAML.
    BrokenFrontMatter,
    /// A YAML file that cannot be read.
    BrokenYaml,
    /// The front matter is not closed by `---`.
    UnclosedFrontMatter,
    /// A known key has a value of the wrong kind.
    WrongValue,
    /// A key that is nearly one that means something; it is kept and ignored.
    MisspeltKey,
    /// A key that means nothing here; it is kept and ignored.
    UnknownKey,
    /// Raw HTML, which is not shown.
    RawHtml,
    /// A link that visitors cannot follow.
    UnsafeLink,
}
