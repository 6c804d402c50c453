//! YAML as editors write it: keys and items with their lines, and one error with its line.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor},
};
use serde_json::Value;
use serde_saphyr::{NonFiniteFloatPolicy, Options, Spanned};

/// A key of a mapping with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as written.
    pub key: String,
    /// Its line in the parsed text, from 1.
    pub line: u32,
    /// What it says.
    pub value: Value,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its line in the parsed text, from 1.
    pub line: u32,
    /// What it says.
    pub value: Value,
}

/// What YAML text holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// Nothing, or only comments.
    Empty,
    /// Keys with values.
    Mapping(Vec<Entry>),
    /// Items.
    List(Vec<Item>),
    /// One value.
    Scalar,
}

/// Text that is not YAML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct YamlError {
    /// Its line in the parsed text, from 1.
    pub line: u32,
    /// What the parser met.
    pub message: String,
}

/// Reads one YAML document.
pub fn parse(text: &str) -> Result<Document, YamlError> {
    match read::<Value>(text)? {
        Value::Null => Ok(Document::Empty),
        Value::Object(_) => Ok(Document::Mapping(read::<Entries>(text)?.0)),
        Value::Array(_) => Ok(Document::List(read::<Vec<Spanned<Value>>>(text)?.into_iter().map(item).collect())),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(Document::Scalar),
    }
}

/// A scalar as the text that the editor meant; nothing for lists, mappings and null.
pub fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, YamlError> {
    serde_saphyr::from_str_with_options(text, options()).map_err(|error| {
        let line = error.location().map_or(1, |location| location.line());
        let message = error.without_snippet().to_string();
        let message = message.lines().next().unwrap_or_default();
        let message = message.split_once(" at line ").map_or(message, |(message, _)| message);
        YamlError { line: line_number(line), message: message.to_owned() }
    })
}

/// `no` is Norwegian, `007` a name and `31e9251331` no reason to refuse a file.
fn options() -> Options {
    serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

fn item(item: Spanned<Value>) -> Item {
    Item { line: line_number(item.referenced.line()), value: item.value }
}

fn line_number(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX).max(1)
}

struct Entries(Vec<Entry>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor).map(Entries)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Vec<Entry>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("keys with values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = map.next_entry::<Spanned<String>, Value>()? {
            let line = line_number(key.referenced.line());
            entries.push(Entry { key: key.value, line, value });
        }
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_and_items_know_their_lines() {
        let Document::Mapping(entries) = parse("title: A\n\n# note\ntags:\n  - b\n").unwrap() else { panic!() };
        let lines: Vec<_> = entries.iter().map(|entry| (entry.key.as_str(), entry.line)).collect();
        assert_eq!(lines, [("title", 1), ("tags", 4)]);
        let Document::List(items) = parse("- ask: a\n  expect: b\n- ask: c\n").unwrap() else { panic!() };
        assert_eq!(items.iter().map(|item| item.line).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn words_stay_words() {
        let Document::Mapping(entries) = parse("a: no\nb: 007\nc: 2027-06-01\nd: 15:00\ne: yes\n").unwrap() else {
            panic!()
        };
        let values: Vec<_> = entries.into_iter().map(|entry| entry.value).collect();
        assert!(parse("id: 31e9251331\n").is_ok());
        assert_eq!(values, [json!("no"), json!("007"), json!("2027-06-01"), json!("15:00"), json!("yes")]);
    }

    #[test]
    fn an_error_has_a_line_and_one_sentence() {
        for text in ["a: b\nc: d: e\n", "a: b\na: c\n", "a: 'open\n", "a: [1\n"] {
            let error = parse(text).unwrap_err();
            assert!((1..=3).contains(&error.line), "{error:?}");
            assert!(!error.message.contains('\n'), "{error:?}");
        }
    }

    #[test]
    fn nothing_is_empty() {
        for text in ["", "\n", "# only a comment\n", "~"] {
            assert_eq!(parse(text).unwrap(), Document::Empty, "{text:?}");
        }
    }
}
