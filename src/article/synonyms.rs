//! Groups of words that mean the same (`_synonyms.yaml`).

use serde_json::Value;

use crate::article::{
    Problem,
    value::Field,
    yaml::{self, Document},
};

/// Reads the groups of at least two words, and what is wrong with the rest.
///
/// A group is a list, `[sofa, couch]`, or one text, `sofa, couch`; a mapping's key belongs to its group.
pub fn parse(text: &str) -> (Vec<Vec<String>>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut group = |line, value: &Value| Field { key: "group", line, value, problems: &mut problems }.words();
    let groups: Vec<Vec<String>> = match yaml::parse(text) {
        Ok(Document::List(items)) => items.iter().map(|item| group(item.line, &item.value)).collect(),
        Ok(Document::Mapping(entries)) => {
            entries.iter().map(|entry| [vec![entry.key.clone()], group(entry.line, &entry.value)].concat()).collect()
        }
        Ok(Document::Empty) => Vec::new(),
        Ok(Document::Scalar) => {
            return (Vec::new(), vec![Problem::broken(1, "write a list of groups: `- [sofa, couch]`")]);
        }
        Err(error) => return (Vec::new(), vec![Problem::broken(error.line, &error.message)]),
    };
    (groups.into_iter().filter(|group| group.len() > 1).collect(), problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_read_in_each_way_of_writing_them() {
        let expected = [vec!["sofa".to_owned(), "couch".into()], vec!["bill".into(), "invoice".into()]];
        for text in [
            "- [sofa, couch]\n- - bill\n  - invoice\n",
            "- sofa, couch\n- bill, invoice\n",
            "sofa: couch\nbill: [invoice]\n",
            "- [sofa, couch]\n- [bill, invoice]\n- [alone]\n",
        ] {
            assert_eq!(parse(text), (expected.to_vec(), vec![]), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_group_is_a_problem_with_its_line() {
        for (text, line) in [("- [a, b]\n- c: {d: e}\n", 2), ("- [a\n", 1), ("words", 1)] {
            let (_, problems) = parse(text);
            assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [line], "{text:?}");
        }
    }
}
