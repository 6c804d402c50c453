//! Tables for spreadsheets. A cell that a spreadsheet would take for a formula is made plain text.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

const STARTS_A_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table with a line of names.
pub(crate) fn table(names: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = names.join(",") + "\r\n";
    for row in rows {
        let cells: Vec<_> = row.iter().map(|cell| cell_of(cell)).collect();
        text.push_str(&(cells.join(",") + "\r\n"));
    }
    text
}

/// The table as a file of this name.
pub(crate) fn file(name: &str, text: String) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn cell_of(text: &str) -> String {
    let guard = if text.starts_with(STARTS_A_FORMULA) { "'" } else { "" };
    let needs_quotes = !guard.is_empty() || text.contains(['"', ',', '\n', '\r']);
    if needs_quotes { format!("\"{guard}{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("plain", "plain"),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@x", "\"'@x\""),
            ("\tx", "\"'\tx\""),
            ("\rx", "\"'\rx\""),
            ("a,b", "\"a,b\""),
            ("a\nb", "\"a\nb\""),
            ("a-b", "a-b"),
            ("", ""),
        ] {
            assert_eq!(cell_of(text), cell, "{text:?}");
        }
    }

    #[test]
    fn a_table_has_its_names_first() {
        let rows = [vec!["1".to_owned(), "so, so".to_owned()]];
        assert_eq!(table(&["score", "comment"], rows), "score,comment\r\n1,\"so, so\"\r\n");
    }
}
