//! `frontdesk agent` from outside: who may answer, and what it says.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use frontdesk::{
    password,
    store::{AuditFilter, AuditLog, Slice, SqliteStore, Store},
};

/// Runs `frontdesk agent …`; gives the exit code and what it said on either output.
fn agent(data: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .arg("agent")
        .args(arguments)
        .args(["--data".as_ref(), data.as_os_str()])
        .current_dir(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    // It may end without having read it.
    let _ = program.stdin.take().expect("a standard input").write_all(input.as_bytes());
    let output = program.wait_with_output().expect("the program ends");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).expect("UTF-8"))
}

fn add(data: &Path, email: &str, name: &str, role: &str, password: &str) -> (Option<i32>, String) {
    agent(data, &["add", "--email", email, "--name", name, "--role", role, "--password-stdin"], password)
}

#[tokio::test]
async fn agents_come_change_and_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let (code, said) = add(data, "Ada@Example.org", "Ada", "administrator", "correct horse\n");
    assert_eq!((code, said.as_str()), (Some(0), "ada@example.org may answer visitors, as administrator\n"));
    assert_eq!(add(data, "bob@example.org", "Bob", "agent", "battery staple").0, Some(0));

    let store = SqliteStore::open(data).expect("the store opens beside the command");
    let ada = store.agent_by_email("ada@example.org").await.expect("a look").expect("Ada");
    assert!(password::is_right("correct horse", Some(&ada.password_hash)));
    let expires = "2100-01-01T00:00:00Z".parse().expect("a time");
    for (hash, email) in [([1; 32], "ada@example.org"), ([2; 32], "bob@example.org")] {
        let agent = store.agent_by_email(email).await.expect("a look").expect("an agent");
        store.add_session(hash, agent.id, expires).await.expect("a session");
    }

    let (code, _) = agent(data, &["password", "--email", "ADA@example.org", "--password-stdin"], "another horse\n");
    assert_eq!(code, Some(0));
    let ada = store.agent(ada.id).await.expect("a look").expect("Ada");
    assert!(password::is_right("another horse", Some(&ada.password_hash)));
    let now = "2026-01-01T00:00:00Z".parse().expect("a time");
    assert_eq!(store.session_agent([1; 32], now).await.expect("a look"), None, "signed out");

    let (code, said) = agent(data, &["disable", "--email", "bob@example.org"], "");
    assert_eq!((code, said.as_str()), (Some(0), "bob@example.org can no longer sign in\n"));
    assert_eq!(store.session_agent([2; 32], now).await.expect("a look"), None, "signed out");

    let slice = Slice { after: None, limit: 9 };
    let log = store.audit(AuditFilter::default(), slice).await.expect("the audit log");
    let acts: Vec<_> = log.iter().rev().map(|entry| (entry.act.as_str(), entry.subject.as_str())).collect();
    let expected = [
        ("agent_added", "ada@example.org"),
        ("agent_added", "bob@example.org"),
        ("password_changed", "ada@example.org"),
        ("agent_disabled", "bob@example.org"),
    ];
    assert_eq!(acts, expected);

    let (_, listed) = agent(data, &["list"], "");
    assert_eq!(listed, "ada@example.org  administrator  Ada\nbob@example.org  agent          Bob  (disabled)\n");
    let (_, listed) = agent(data, &["list", "--json"], "");
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    assert_eq!(listed[0]["role"], "administrator");
    assert_eq!(listed[1]["disabled"], true);
    assert!(listed[0].get("password_hash").is_none());
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    let (code, said) = agent(data, &["list"], "");
    assert_eq!(code, Some(2));
    assert!(said.contains("no desk in") && said.contains("--data"), "{said}");
    assert!(!data.join("frontdesk.db").exists(), "looking makes nothing");

    assert_eq!(add(data, "ada@example.org", "Ada", "agent", "correct horse").0, Some(0));
    for (attempt, part) in [
        (add(data, "ADA@example.org", "Eve", "agent", "correct horse"), "has an agent already"),
        (add(data, "eve", "Eve", "agent", "correct horse"), "name@example.com"),
        (add(data, "eve@example.org", "Eve", "agent", "short"), "at least 10 characters"),
        (add(data, "eve@example.org", "Eve", "owner", "correct horse"), "supervisor"),
        (agent(data, &["disable", "--email", "eve@example.org"], ""), "frontdesk agent list"),
        (agent(data, &["password", "--email", "ada@example.org"], "correct horse"), "--password-stdin"),
    ] {
        assert_eq!(attempt.0, Some(2), "{part}");
        assert!(attempt.1.contains(part), "{part}: {}", attempt.1);
    }
}
