//! `frontdesk check` from outside: what it writes and how it exits.

use std::{
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

fn check(folder: &str, arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = tempfile::tempdir().expect("a folder");
    Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .args(["check", "--knowledge", folder, "--data"])
        .arg(data.path())
        .args(arguments)
        .current_dir(root)
        .output()
        .expect("the program runs")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("standard output is JSON")
}

#[test]
fn the_exit_code_says_whether_there_is_something_to_do() {
    for (folder, code) in [
        ("tests/fixtures/lint/broken-yaml", 1),
        ("tests/fixtures/lint/wrong-value", 1),
        ("tests/fixtures/lint/unknown-key", 0),
        ("tests/fixtures/lint/no-such-folder", 2),
    ] {
        assert_eq!(check(folder, &[]).status.code(), Some(code), "{folder}");
    }
}

#[test]
fn text_goes_to_standard_output_and_the_sum_to_standard_error() {
    let output = check("tests/fixtures/lint/unknown-key", &[]);
    let expected = "pay.md:4: info unknown-key `sort_order` means nothing here and is ignored\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "1 article checked: 0 errors, 0 warnings, 1 to know\n");
}

#[test]
fn json_is_a_list_of_diagnostics() {
    for arguments in [["--json"].as_slice(), &["--format", "json"]] {
        let diagnostics = json(&check("tests/fixtures/lint/missing-alt-text", arguments));
        let diagnostic = &diagnostics.as_array().expect("a list")[0];
        let fields = ["path", "line", "severity", "rule"].map(|field| diagnostic[field].to_string());
        assert_eq!(fields, ["\"pay.md\"", "7", "\"warning\"", "\"missing-alt-text\""]);
    }
}

#[test]
fn sarif_has_the_shape_of_2_1_0() {
    let log = json(&check("tests/fixtures/lint/wrong-value", &["--format", "sarif"]));
    assert_eq!(log["version"], "2.1.0");
    let runs = log["runs"].as_array().expect("runs");
    let rules = runs[0]["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = runs[0]["results"].as_array().expect("results");
    assert_eq!((runs.len(), results.len()), (1, 4));
    for result in results {
        let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        assert!(result["message"]["text"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].is_string());
        assert!(place["region"]["startLine"].as_u64().expect("a line") >= 1);
    }
}
