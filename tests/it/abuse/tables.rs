//! Tables that spreadsheets open.

use frontdesk::store::Role;

use serde_json::json;

use crate::support::TestServer;

/// What a spreadsheet would compute, or fetch.
const FORMULAS: [&str; 8] = [
    "=HYPERLINK(\"https://evil.example\",\"see\")",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1,2)",
    "\t=1+1",
    "\r=1+1",
    "fine\n=1+1,\"quoted\"",
];

/// The cells of a table, read as a spreadsheet would.
fn read(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = table.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    rows
}

#[tokio::test]
async fn a43_no_cell_of_a_table_is_a_formula() {
    let server = TestServer::start().await;
    for formula in FORMULAS {
        let mut visitor = server.visitor().await;
        visitor.asks("opening hours").await;
        visitor.ends().await;
        visitor.reads_event("resolved").await;
        let id = visitor.does("rate_conversation", json!({ "score": 1, "comment": formula })).await;
        visitor.reads_receipt(&id).await;
    }
    let boss = server.caller("Cy", Role::Supervisor).await;
    let (status, table) = boss.gets("/ratings.csv").await;
    assert_eq!(status, 200);
    let rows = read(table.as_str().unwrap());
    assert_eq!(rows.len(), FORMULAS.len() + 1, "{rows:?}");
    let comment = rows[0].iter().position(|name| name == "comment").unwrap();
    let mut said: Vec<&str> = rows[1..].iter().map(|row| row[comment].trim_start_matches('\'')).collect();
    let mut expected = FORMULAS.to_vec();
    said.sort_unstable();
    expected.sort_unstable();
    assert_eq!(said, expected, "nothing is lost");
    let (status, insights) = boss.gets("/insights.csv").await;
    assert_eq!(status, 200);
    for cell in rows.iter().chain(&read(insights.as_str().unwrap())).flatten() {
        let is_number = cell.parse::<f64>().is_ok();
        assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
    }
}
