//! SARIF 2.1.0, which editors and code review read.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::lint::{Diagnostic, RULES, Rule, Severity};

/// What a path may contain as it is in a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The diagnostics as one run of the tool, with the manual of every rule.
pub(crate) fn log(diagnostics: &[Diagnostic]) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.map(rule),
            } },
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.manual() },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(diagnostic: &Diagnostic) -> Value {
    json!({
        "ruleId": diagnostic.rule,
        "ruleIndex": RULES.iter().position(|rule| rule.name == diagnostic.rule),
        "level": level(diagnostic.severity),
        "message": { "text": diagnostic.message },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": utf8_percent_encode(&diagnostic.path, PATH).to_string() },
            "region": { "startLine": diagnostic.line },
        } }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_points_to_its_rule_and_its_line() {
        let diagnostic = Diagnostic {
            path: "my folder/ü.md".into(),
            line: 3,
            severity: Severity::Info,
            rule: "unknown-key",
            message: "m".into(),
        };
        let log = log(&[diagnostic]);
        let run = &log["runs"][0];
        let result = &run["results"][0];
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "unknown-key");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20folder/%C3%BC.md");
        assert_eq!((&place["region"]["startLine"], &result["level"]), (&json!(3), &json!("note")));
    }
}
