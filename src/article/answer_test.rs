//! Answer tests: questions whose answer the editors fixed (`_answers.yaml`).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::article::{
    ArticleId, Problem, ProblemKind,
    front_matter::{unknown_key, written_id},
    value::Field,
    yaml::{self, Document, Item},
};

const KNOWN_KEYS: [&str; 3] = ["ask", "expect", "locale"];

/// A question and what must come of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerTest {
    /// The question.
    pub ask: String,
    /// What must come of it.
    pub expect: Expect,
    /// Its language; the knowledge base's own when absent.
    pub locale: Option<String>,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// What must come of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expect {
    /// This article answers.
    Answer(ArticleId),
    /// It belongs to a person.
    Escalate,
    /// One of these is asked for.
    Clarify(Vec<ArticleId>),
}

impl Expect {
    /// The articles that it names.
    pub fn articles(&self) -> &[ArticleId] {
        match self {
            Self::Answer(id) => std::slice::from_ref(id),
            Self::Escalate => &[],
            Self::Clarify(ids) => ids,
        }
    }
}

/// Reads the answer tests of a file, and what is wrong with the rest.
pub fn parse(text: &str) -> (Vec<AnswerTest>, Vec<Problem>) {
    let items = match yaml::parse(text) {
        Ok(Document::List(items)) => items,
        Ok(Document::Empty) => return (Vec::new(), Vec::new()),
        Ok(Document::Mapping(_) | Document::Scalar) => {
            return (Vec::new(), vec![Problem::broken(1, "write a list, each item beginning with `- ask:`")]);
        }
        Err(error) => return (Vec::new(), vec![Problem::broken(error.line, &error.message)]),
    };
    let mut problems = Vec::new();
    let tests = items.iter().filter_map(|item| read(item, &mut problems)).collect();
    (tests, problems)
}

fn read(item: &Item, problems: &mut Vec<Problem>) -> Option<AnswerTest> {
    let Value::Object(keys) = &item.value else {
        problems.push(Problem::new(item.line, ProblemKind::WrongValue, "an answer test needs `ask` and `expect`"));
        return None;
    };
    report_unknown(keys, item.line, problems);
    let ask = field("ask", item.line, keys, problems).and_then(|mut ask| ask.text());
    let expect = field("expect", item.line, keys, problems).and_then(|mut expect| read_expect(&mut expect));
    let locale = keys.contains_key("locale").then(|| field("locale", item.line, keys, problems)).flatten();
    let locale = locale.and_then(|mut locale| locale.locale());
    Some(AnswerTest { ask: ask?, expect: expect?, locale, line: item.line })
}

fn field<'a>(
    key: &'a str,
    line: u32,
    keys: &'a Map<String, Value>,
    problems: &'a mut Vec<Problem>,
) -> Option<Field<'a>> {
    let value = keys.get(key).filter(|value| !value.is_null());
    if value.is_none() {
        problems.push(Problem::new(line, ProblemKind::WrongValue, format!("the answer test has no `{key}`")));
    }
    value.map(|value| Field { key, line, value, problems })
}

fn read_expect(field: &mut Field<'_>) -> Option<Expect> {
    if let Value::String(text) = field.value {
        let text = text.trim();
        return Some(if text == "escalate" { Expect::Escalate } else { Expect::Answer(written_id(text)) });
    }
    let ids = field
        .value
        .get("clarify")
        .map(|value| Field { key: "clarify", line: field.line, value, problems: field.problems }.list());
    match ids {
        Some(ids) if !ids.is_empty() => Some(Expect::Clarify(ids.iter().map(|id| written_id(id)).collect())),
        _ => field.wrong("an article's id, `escalate`, or `{clarify: [id, id]}`"),
    }
}

fn report_unknown(keys: &Map<String, Value>, line: u32, problems: &mut Vec<Problem>) {
    let unknown = keys.keys().filter(|key| !KNOWN_KEYS.contains(&key.as_str()));
    problems.extend(unknown.map(|key| unknown_key(key, &KNOWN_KEYS, line)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ArticleId {
        ArticleId(text.into())
    }

    #[test]
    fn each_expectation_is_read() {
        let (tests, problems) = parse(
            "# tests\n- ask: where is my parcel\n  expect: shipping/track\n- ask: sell aquariums\n  expect: escalate\n\
             - ask: wo\n  expect: {clarify: [a/b, c/d]}\n  locale: de\n",
        );
        assert_eq!(problems, []);
        let expected = [
            (2, Expect::Answer(id("shipping/track")), None),
            (4, Expect::Escalate, None),
            (6, Expect::Clarify(vec![id("a/b"), id("c/d")]), Some("de".to_owned())),
        ];
        assert_eq!(tests.into_iter().map(|t| (t.line, t.expect, t.locale)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_no_test_is_a_problem_with_its_line() {
        for (text, line) in [
            ("- ask: a\n  expect: b\n- ask: c\n", 3),
            ("- expect: b\n", 1),
            ("- just words\n", 1),
            ("- ask: a\n  expect: [b]\n", 1),
            ("- ask: a\n  expect: b\n  expct: c\n", 1),
            ("ask: a\n", 1),
            ("- ask: a: b\n  expect: c\n", 1),
        ] {
            let (_, problems) = parse(text);
            assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [line], "{text:?}");
        }
    }
}
