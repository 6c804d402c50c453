//! The YAML before an article's text: found, read tolerantly, its problems told.

use std::{
    collections::{BTreeMap, HashSet},
    mem,
};

use jiff::civil::Date;
use serde_json::Value;

use crate::article::{
    Action, ArticleId, Audience, Problem, ProblemKind,
    link::strip_md,
    value::{Field, nearest},
    yaml::{self, Document, Entry},
};

/// The keys that mean something.
pub const KNOWN_KEYS: [&str; 14] = [
    "title",
    "question",
    "questions",
    "aliases",
    "not_questions",
    "tags",
    "locale",
    "translation_of",
    "queue",
    "action",
    "audience",
    "related",
    "review_by",
    "draft",
];

/// A file's text, cut into its front matter and its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'a> {
    /// The front matter, without its fences.
    pub front: Option<&'a str>,
    /// The rest.
    pub body: &'a str,
    /// The line of the file where the body begins, from 1.
    pub body_line: u32,
    /// Whether the closing fence is there.
    pub is_closed: bool,
}

/// What the front matter says; absent values are empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrontMatter {
    /// See [`crate::article::Article::title`]; so for all that follow.
    pub title: Option<String>,
    /// Other phrasings.
    pub questions: Vec<String>,
    /// Near misses.
    pub not_questions: Vec<String>,
    /// Keywords.
    pub tags: Vec<String>,
    /// Language.
    pub locale: Option<String>,
    /// The version in another language.
    pub translation_of: Option<ArticleId>,
    /// Where escalations go.
    pub queue: Option<String>,
    /// What finding it leads to.
    pub action: Action,
    /// Who may find it.
    pub audience: Audience,
    /// Articles to read next.
    pub related: Vec<ArticleId>,
    /// When to look again.
    pub review_by: Option<Date>,
    /// Not to be indexed yet.
    pub draft: bool,
    /// Broken, and it may have said that not everybody may read the article.
    pub is_withheld: bool,
    /// The line in the file of each known key.
    pub lines: BTreeMap<String, u32>,
    /// The keys that mean nothing here, kept.
    pub others: BTreeMap<String, Value>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// Finds the front matter of a text with `\n` line ends.
///
/// A `---` that opens no keys is a rule across the page, and everything is body.
pub fn split(text: &str) -> Source<'_> {
    let whole = Source { front: None, body: text, body_line: 1, is_closed: true };
    let Some((first, rest)) = text.split_once('\n') else { return whole };
    if first.trim_end() != "---" {
        return whole;
    }
    let fenced = closing_fence(rest);
    let is_closed = fenced.is_some();
    let (front, body) = fenced.unwrap_or_else(|| rest.split_at(yaml_length(rest)));
    if !front.lines().any(begins_with_key) && !front.trim().is_empty() {
        return whole;
    }
    let body_line = line_count(&text[..text.len() - body.len()]) + 1;
    Source { front: Some(front), body, body_line, is_closed }
}

fn closing_fence(rest: &str) -> Option<(&str, &str)> {
    let mut start = 0;
    for line in rest.split_inclusive('\n') {
        let end = start + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Some((rest.get(..start)?, rest.get(end..)?));
        }
        start = end;
    }
    None
}

/// How many bytes at the start look like YAML: up to a blank line or a sentence.
fn yaml_length(text: &str) -> usize {
    let looks_like_yaml =
        |line: &&str| begins_with_key(line) || line.starts_with([' ', '\t', '#']) || line.starts_with("- ");
    let lines = text.split_inclusive('\n');
    lines.take_while(|line| !line.trim().is_empty()).take_while(looks_like_yaml).map(str::len).sum()
}

fn begins_with_key(line: &str) -> bool {
    let key = line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(char::is_whitespace));
    key.is_some_and(|(key, _)| {
        !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || "_-\"' ".contains(letter))
    })
}

fn line_count(text: &str) -> u32 {
    u32::try_from(text.matches('\n').count()).unwrap_or(u32::MAX - 1)
}

/// Reads the front matter of a file; `text` is the whole file, for what an unclosed one may hide.
pub fn read(source: &Source<'_>, text: &str) -> FrontMatter {
    let mut front_matter = FrontMatter::default();
    let Some(front) = source.front else { return front_matter };
    if !source.is_closed {
        front_matter.is_withheld = may_restrict(text);
        let message = "the front matter is not closed: add a line with only --- after its last key";
        front_matter.problems.push(Problem::new(1, ProblemKind::UnclosedFrontMatter, message));
    }
    match yaml::parse(front) {
        Ok(Document::Mapping(entries)) => front_matter.take_all(entries),
        Ok(Document::Empty) => {}
        Ok(Document::List(_) | Document::Scalar) => front_matter.break_at(1, "it holds no `key: value` lines", front),
        Err(error) => front_matter.break_at(error.line, &error.message, front),
    }
    front_matter
}

/// Whether broken front matter could have kept the article from visitors.
fn may_restrict(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("draft") || text.contains("audience")
}

impl FrontMatter {
    fn break_at(&mut self, line: u32, reason: &str, front: &str) {
        self.is_withheld |= may_restrict(front);
        let advice = "repair it, for instance by quoting a value that holds `: `";
        let message = format!("the front matter is not YAML and is ignored: {reason}; {advice}");
        self.problems.push(Problem::new(line.saturating_add(1), ProblemKind::BrokenFrontMatter, message));
    }

    fn take_all(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            let line = entry.line.saturating_add(1);
            let key = entry.key.trim().to_lowercase().replace(['-', ' '], "_");
            if KNOWN_KEYS.contains(&key.as_str()) {
                self.take(&key, line, &entry.value);
                self.lines.insert(key, line);
            } else {
                self.problems.push(unknown_key(&entry.key, &KNOWN_KEYS, line));
                self.others.insert(entry.key, entry.value);
            }
        }
        let spoken = mem::take(&mut self.questions);
        self.questions = without_repeats(spoken);
    }

    fn take(&mut self, key: &str, line: u32, value: &Value) {
        let field = &mut Field { key, line, value, problems: &mut self.problems };
        match key {
            "title" => self.title = field.text().or(self.title.take()),
            "question" => self.title = self.title.take().or(field.text()),
            "questions" | "aliases" => self.questions.extend(field.list()),
            "not_questions" => self.not_questions = field.list(),
            "tags" => self.tags = field.words(),
            "locale" => self.locale = field.locale(),
            "translation_of" => self.translation_of = field.text().map(|text| written_id(&text)),
            "queue" => self.queue = field.text(),
            "action" => self.action = field.action(),
            "audience" => self.audience = field.audience(),
            "related" => self.related = field.list().iter().map(|text| written_id(text)).collect(),
            "review_by" => self.review_by = field.date(),
            "draft" => self.draft = field.flag(),
            _ => {}
        }
    }
}

/// An id as an editor wrote it: as a path too, such as `/shipping/tracking.md`.
pub fn written_id(text: &str) -> ArticleId {
    let path = text.trim_start_matches("./").trim_start_matches('/');
    let (file, anchor) = path.split_once('#').map_or((path, None), |(file, anchor)| (file, Some(anchor)));
    let file = strip_md(file).unwrap_or(file);
    ArticleId(anchor.map_or_else(|| file.to_owned(), |anchor| format!("{file}#{anchor}")))
}

fn without_repeats(phrasings: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    phrasings.into_iter().filter(|phrasing| seen.insert(phrasing.clone())).collect()
}

/// The problem of a key that means nothing, and perhaps the known one that was meant.
pub fn unknown_key(written: &str, known: &[&str], line: u32) -> Problem {
    let message = format!("`{written}` means nothing here and is ignored");
    match nearest(&written.to_lowercase(), known) {
        Some(known) => Problem::new(line, ProblemKind::MisspeltKey, format!("{message}; did you mean `{known}`?")),
        None => Problem::new(line, ProblemKind::UnknownKey, message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> FrontMatter {
        read(&split(text), text)
    }

    fn kinds(text: &str) -> Vec<(u32, ProblemKind)> {
        front(text).problems.iter().map(|problem| (problem.line, problem.kind)).collect()
    }

    #[test]
    fn a_body_begins_after_the_closing_fence() {
        for (text, front, body, line) in [
            ("---\na: b\n---\nHi\n", Some("a: b\n"), "Hi\n", 4),
            ("---\na: b\n...\nHi", Some("a: b\n"), "Hi", 4),
            ("---\n---\nHi", Some(""), "Hi", 3),
            ("---\na: b\n---", Some("a: b\n"), "", 3),
            ("Hi\n---\n", None, "Hi\n---\n", 1),
            ("---\n\nA rule above.\n\n---\n", None, "---\n\nA rule above.\n\n---\n", 1),
            ("---\na: b\nHello.\n", Some("a: b\n"), "Hello.\n", 3),
            ("---", None, "---", 1),
        ] {
            let source = split(text);
            assert_eq!((source.front, source.body, source.body_line), (front, body, line), "{text:?}");
        }
    }

    #[test]
    fn values_are_read_as_they_were_meant() {
        let front = front(
            "---\nquestion: Why?\naliases: how come\nquestions: [why not, 404]\ntags: a, b\nlocale: no\n\
             draft: yes\nreview_by: 2027-06-01\nrelated: /x/y.md\naudience: agents\naction: escalate\n---\n",
        );
        assert_eq!(front.title.as_deref(), Some("Why?"));
        assert_eq!(front.questions, ["how come", "why not", "404"]);
        assert_eq!(front.tags, ["a", "b"]);
        assert_eq!(front.locale.as_deref(), Some("no"));
        assert!(front.draft);
        assert_eq!(front.review_by, Some(jiff::civil::date(2027, 6, 1)));
        assert_eq!(front.related, [ArticleId("x/y".into())]);
        assert_eq!((front.audience, front.action), (Audience::Agents, Action::Escalate));
        assert_eq!(front.problems, []);
    }

    #[test]
    fn a_question_with_a_colon_is_still_a_question() {
        let front = front("---\nquestions:\n  - Error: cannot pay\n---\n");
        assert_eq!(front.questions, ["Error: cannot pay"]);
        assert_eq!(front.problems.len(), 1);
    }

    #[test]
    fn problems_have_kind_and_line() {
        for (text, expected) in [
            ("---\na: b: c\n---\n", (2, ProblemKind::BrokenFrontMatter)),
            ("---\ntitle: x\n\nHello\n", (1, ProblemKind::UnclosedFrontMatter)),
            ("---\n# note\ntittle: x\n---\n", (3, ProblemKind::MisspeltKey)),
            ("---\ntitle: [x]\n---\n", (2, ProblemKind::WrongValue)),
            ("---\nreview_by: soon\n---\n", (2, ProblemKind::WrongValue)),
        ] {
            assert_eq!(kinds(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn what_may_be_private_stays_silent() {
        assert!(front("---\ndraft: true\na: b: c\n---\nHi").is_withheld);
        assert!(front("---\ntitle: x\nHi\n\naudience: agents\nHi").is_withheld);
        assert!(!front("---\na: b: c\n---\nOur audience").is_withheld);
        assert!(front("---\ndraft: perhaps\n---\n").draft);
        assert_eq!(front("---\naudience: agent\n---\n").audience, Audience::Agents);
    }

    #[test]
    fn a_misspelt_key_names_the_right_one() {
        let front = front("---\nquestons: a\nsort_order: 5\n---\n");
        assert!(front.problems[0].message.contains("`questions`"), "{:?}", front.problems);
        assert!(!front.problems[1].message.contains("did you mean"), "{:?}", front.problems);
        assert_eq!(front.others.len(), 2);
    }
}
