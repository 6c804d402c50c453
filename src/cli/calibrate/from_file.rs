//! Labelled questions from a file: JSON lines, or answer tests.

use std::{fs, path::Path};

use anyhow::Context as _;

use crate::{
    article::answer_test::{self, AnswerTest, Expect},
    cli::labels::Label,
};

/// The labelled questions of a file.
pub(super) fn labels(file: &Path) -> anyhow::Result<Vec<Label>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let is_yaml = file.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    if is_yaml { Ok(from_yaml(&text)) } else { from_lines(&text) }
}

fn from_yaml(text: &str) -> Vec<Label> {
    let label = |test: AnswerTest| Label {
        gold: match &test.expect {
            Expect::Answer(id) => vec![id.to_string()],
            Expect::Clarify(ids) => ids.iter().map(ToString::to_string).collect(),
            Expect::Escalate => Vec::new(),
        },
        text: test.ask,
        locale: test.locale,
        wrong: None,
    };
    answer_test::parse(text).0.into_iter().map(label).collect()
}

fn from_lines(text: &str) -> anyhow::Result<Vec<Label>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = |(number, line): (usize, &str)| {
        let label = serde_json::from_str(line);
        label.with_context(|| format!("line {} is not {{\"text\",\"gold\":[ids],\"locale\"?}}", number + 1))
    };
    lines.map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_as_lines_or_as_answer_tests() {
        let lines = from_lines("{\"text\":\"a\",\"gold\":[\"x\",\"y\"]}\n\n{\"text\":\"b\"}\n").unwrap();
        assert_eq!(lines.iter().map(|label| label.gold.len()).collect::<Vec<_>>(), [2, 0]);
        let tests = from_yaml("- ask: a\n  expect: x\n- ask: b\n  expect: escalate\n");
        assert_eq!(tests.iter().map(|label| label.gold.len()).collect::<Vec<_>>(), [1, 0]);
        let error = from_lines("{\"text\":\"a\"}\nnonsense").err().unwrap().to_string();
        assert!(error.contains("line 2"), "{error}");
    }
}
