//! Labelled questions: what visitors asked, and which article would have been right.

use std::{fs, path::Path};

use anyhow::Context as _;
use serde::Deserialize;

use crate::{
    answer::calibration::Sample,
    article::{
        answer_test::{self, Expect},
        hit::Question,
    },
    cli::calibrate::sample,
    knowledge::Snapshot,
};

struct Label {
    text: String,
    right: Vec<String>,
    locale: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
    #[serde(default)]
    gold: Vec<String>,
    #[serde(default)]
    locale: Option<String>,
}

/// What the uncorrected confidence says about each labelled question.
pub(super) fn samples(file: &Path, snapshot: &Snapshot) -> anyhow::Result<Vec<Sample>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let is_yaml = file.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let labels = if is_yaml { from_yaml(&text) } else { from_lines(&text)? };
    let mut samples = Vec::with_capacity(labels.len());
    for label in labels {
        let question = Question { locale: label.locale, ..Question::new(label.text) };
        let hits = snapshot.search(&question)?;
        samples.push(sample(&hits, 1.0, |best| label.right.iter().any(|right| right == best.as_str())));
    }
    Ok(samples)
}

fn from_yaml(text: &str) -> Vec<Label> {
    let label = |test: answer_test::AnswerTest| Label {
        right: match &test.expect {
            Expect::Answer(id) => vec![id.to_string()],
            Expect::Clarify(ids) => ids.iter().map(ToString::to_string).collect(),
            Expect::Escalate => Vec::new(),
        },
        text: test.ask,
        locale: test.locale,
    };
    answer_test::parse(text).0.into_iter().map(label).collect()
}

fn from_lines(text: &str) -> anyhow::Result<Vec<Label>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let Line { text, gold, locale } = serde_json::from_str(line)
                .with_context(|| format!("line {} is not {{\"text\",\"gold\":[ids],\"locale\"?}}", number + 1))?;
            Ok(Label { text, right: gold, locale })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_as_lines_or_as_answer_tests() {
        let lines = from_lines("{\"text\":\"a\",\"gold\":[\"x\",\"y\"]}\n\n{\"text\":\"b\"}\n").unwrap();
        assert_eq!(lines.iter().map(|label| label.right.len()).collect::<Vec<_>>(), [2, 0]);
        let tests = from_yaml("- ask: a\n  expect: x\n- ask: b\n  expect: escalate\n");
        assert_eq!(tests.iter().map(|label| label.right.len()).collect::<Vec<_>>(), [1, 0]);
        let error = from_lines("{\"text\":\"a\"}\nnonsense").err().unwrap().to_string();
        assert!(error.contains("line 2"), "{error}");
    }
}
