//! The bot's sentences in one language. They come from files; none is in the code.

use std::collections::BTreeMap;

use crate::conversation::Reason;

/// The bot's sentences in one language, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording(BTreeMap<String, String>);

impl Wording {
    /// The wording with these sentences.
    pub fn new(sentences: BTreeMap<String, String>) -> Self {
        Self(sentences)
    }

    /// The sentence with this key; nothing when there is none.
    pub fn sentence(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// The sentence with this key, its place holders such as `{{email}}` filled.
    pub fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        let fill = |text: String, (name, value): &(&str, &str)| text.replace(&format!("{{{{{name}}}}}"), value);
        values.iter().fold(self.sentence(key).to_owned(), fill)
    }

    /// What a visitor is told when the conversation goes to the queue; when nobody can take over, that too.
    pub fn escalated(&self, reason: Reason, agents_available: bool) -> String {
        let sentence = self.sentence(&format!("escalated_{}", reason.as_str()));
        if agents_available {
            sentence.to_owned()
        } else {
            format!("{sentence}\n{}", self.sentence("nobody_available"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_holders_are_filled() {
        let wording = Wording::new([("thanks".to_owned(), "We will write to {{email}}.".to_owned())].into());
        assert_eq!(wording.filled("thanks", &[("email", "a@b.example")]), "We will write to a@b.example.");
        assert_eq!(wording.filled("missing", &[]), "");
    }
}
