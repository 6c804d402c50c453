//! The bot's own words in one language (`_wording.yaml`).

use std::collections::BTreeMap;

use crate::article::{
    Problem,
    value::Field,
    yaml::{self, Document},
};

/// Reads the bot's words by name, and what is wrong with the rest.
pub fn parse(text: &str) -> (BTreeMap<String, String>, Vec<Problem>) {
    let entries = match yaml::parse(text) {
        Ok(Document::Mapping(entries)) => entries,
        Ok(Document::Empty) => return (BTreeMap::new(), Vec::new()),
        Ok(Document::List(_) | Document::Scalar) => {
            return (BTreeMap::new(), vec![Problem::broken(1, "write `name: words`, one on each line")]);
        }
        Err(error) => return (BTreeMap::new(), vec![Problem::broken(error.line, &error.message)]),
    };
    let mut problems = Vec::new();
    let mut words = BTreeMap::new();
    for entry in entries {
        let mut field = Field { key: &entry.key, line: entry.line, value: &entry.value, problems: &mut problems };
        if let Some(text) = field.text() {
            words.insert(entry.key, text);
        }
    }
    (words, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_by_name() {
        let (words, problems) = parse("offer_agent: Shall I fetch a person?\nempty:\nlist: [a]\n");
        assert_eq!(words, BTreeMap::from([("offer_agent".into(), "Shall I fetch a person?".into())]));
        assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [3]);
        assert_eq!(parse("a: b: c").1.len(), 1);
        assert_eq!(parse("- a").1.len(), 1);
        assert_eq!(parse(""), (BTreeMap::new(), vec![]));
    }
}
