//! One value of the front matter, read as the editor meant it; the wrong kind is a problem, never an error.

use jiff::civil::Date;
use serde_json::Value;

use crate::article::{Action, Audience, Problem, ProblemKind, yaml::scalar_text};

/// A known key with its value.
#[derive(Debug)]
pub struct Field<'a> {
    /// The key.
    pub key: &'a str,
    /// Its line in the file, from 1.
    pub line: u32,
    /// What it says.
    pub value: &'a Value,
    /// Where problems go.
    pub problems: &'a mut Vec<Problem>,
}

impl Field<'_> {
    /// One text.
    pub fn text(&mut self) -> Option<String> {
        let text = scalar_text(self.value);
        if text.is_none() && !self.value.is_null() {
            return self.wrong("one text");
        }
        text.filter(|text| !text.is_empty())
    }

    /// A list of texts; one text is a list of its lines.
    pub fn list(&mut self) -> Vec<String> {
        match self.value {
            Value::Null => Vec::new(),
            Value::Array(items) => items.iter().filter_map(|item| self.item(item)).collect(),
            Value::Object(_) => self.wrong("a list, each item on a line that begins with `- `").into_iter().collect(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                scalar_text(self.value).unwrap_or_default().lines().filter_map(list_line).collect()
            }
        }
    }

    /// A list of words, or one text with commas.
    pub fn words(&mut self) -> Vec<String> {
        let is_one_text = !self.value.is_array();
        let list = self.list();
        if !is_one_text {
            return list;
        }
        list.iter().flat_map(|line| line.split(',')).filter_map(list_line).collect()
    }

    /// Yes or no. What is neither counts as yes: the only such key is `draft`, and silence harms less than a leak.
    pub fn flag(&mut self) -> bool {
        match scalar_text(self.value).unwrap_or_default().to_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => true,
            "false" | "no" | "off" | "0" => false,
            _ if self.value.is_null() => false,
            _ => self.wrong::<bool>("`true` or `false`").is_none(),
        }
    }

    /// A date.
    pub fn date(&mut self) -> Option<Date> {
        let text = self.text()?;
        let date = text.get(..10).unwrap_or(&text).parse().ok();
        date.or_else(|| self.wrong("a date such as 2027-06-01"))
    }

    /// A language tag.
    pub fn locale(&mut self) -> Option<String> {
        let text = self.text()?.replace('_', "-");
        let is_tag = |part: &str| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric());
        let language = text.split('-').next().unwrap_or_default();
        if text.split('-').all(is_tag) && (2..=3).contains(&language.len()) {
            return Some(text);
        }
        self.wrong("a language tag such as `en` or `de-AT`")
    }

    /// What finding the article leads to.
    pub fn action(&mut self) -> Action {
        match self.text().unwrap_or_default().to_lowercase().as_str() {
            "" | "answer" => Action::Answer,
            "escalate" => Action::Escalate,
            "smalltalk" => Action::Smalltalk,
            "request_agent" => Action::RequestAgent,
            _ => self.wrong("`answer` or `escalate`").unwrap_or_default(),
        }
    }

    /// Who may find the article. An audience that does not exist counts as agents: silence harms less than a leak.
    pub fn audience(&mut self) -> Audience {
        match self.value.as_str().unwrap_or_default().trim().to_lowercase().as_str() {
            "public" => Audience::Public,
            "agents" => Audience::Agents,
            _ if self.value.is_null() => Audience::Public,
            _ => self.wrong("`public` or `agents`").unwrap_or(Audience::Agents),
        }
    }

    fn item(&mut self, item: &Value) -> Option<String> {
        match item {
            Value::Null => None,
            Value::Object(pair) => {
                // `- Error: cannot pay` is a mapping to YAML and a question to everybody else.
                let mut pairs = pair.iter();
                let whole =
                    pairs.next().map(|(key, value)| format!("{key}: {}", scalar_text(value).unwrap_or_default()));
                self.wrong::<String>("a list of texts: quote an item that holds `: `");
                whole.filter(|_| pairs.next().is_none()).map(|text| text.trim().to_owned())
            }
            Value::Array(_) => self.wrong("a list of texts, not of lists"),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => scalar_text(item).filter(|text| !text.is_empty()),
        }
    }

    /// Reports a value of the wrong kind; always nothing.
    pub fn wrong<T>(&mut self, expected: &str) -> Option<T> {
        let message = format!("`{}` must be {expected}", self.key);
        self.problems.push(Problem::new(self.line, ProblemKind::WrongValue, message));
        None
    }
}

/// The known key that was probably meant: at most two edits away.
pub fn nearest<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    let distance = |known: &&str| strsim::damerau_levenshtein(key, known);
    let nearest = known.iter().copied().min_by_key(distance)?;
    (key.chars().count() > 2 && distance(&nearest) <= 2).then_some(nearest)
}

fn list_line(line: &str) -> Option<String> {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line).trim();
    (!line.is_empty()).then(|| line.to_owned())
}
