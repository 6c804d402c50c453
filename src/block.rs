//! Formatted text as plain data: what markdown becomes, what messages carry, what browsers draw.
//!
//! Nothing here is HTML. Whoever shows a block builds nodes from it.

use serde::{Deserialize, Serialize};

/// One block of formatted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Running text.
    Paragraph {
        /// The text with its marks.
        spans: Vec<Span>,
    },
    /// A heading.
    Heading {
        /// 1 (largest) to 6.
        level: u8,
        /// The text with its marks.
        spans: Vec<Span>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// Preformatted text.
    Code {
        /// The text, line breaks included.
        text: String,
        /// The language that the author named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        lang: Option<String>,
    },
    /// A list; each item is blocks of its own.
    List {
        /// Numbered or bulleted.
        ordered: bool,
        /// The items in order.
        items: Vec<Vec<Block>>,
    },
    /// A table; a cell is spans.
    Table {
        /// The header's cells.
        head: Vec<Vec<Span>>,
        /// The rows' cells.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A picture.
    Image {
        /// Where it is served.
        src: String,
        /// What it shows, in words.
        alt: String,
    },
}

/// A run of text with the same marks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct Span {
    /// The text itself.
    pub text: String,
    /// Strong.
    #[serde(default, skip_serializing_if = "is_false")]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub bold: bool,
    /// Emphasised.
    #[serde(default, skip_serializing_if = "is_false")]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub italic: bool,
    /// Code.
    #[serde(default, skip_serializing_if = "is_false")]
    #[cfg_attr(test, ts(optional, as = "Option<bool>"))]
    pub code: bool,
    /// Link target: http, https, mailto or tel only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub href: Option<String>,
}

impl Span {
    /// Unmarked text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// Paragraphs of unmarked text, one for each line that is not empty.
pub fn paragraphs(text: &str) -> Vec<Block> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| Block::Paragraph { spans: vec![Span::plain(line)] })
        .collect()
}

/// The words of blocks without their marks: a line for each paragraph, heading, item or row.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    push_lines(blocks, &mut lines);
    lines.join("\n")
}

fn push_lines(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph { spans } | Block::Heading { spans, .. } => lines.push(span_text(spans)),
            Block::Quote { blocks } => push_lines(blocks, lines),
            Block::Code { text, .. } => lines.push(text.clone()),
            Block::List { items, .. } => items.iter().for_each(|item| push_lines(item, lines)),
            Block::Table { head, rows } => {
                lines.push(row_text(head));
                lines.extend(rows.iter().map(|row| row_text(row)));
            }
            Block::Image { alt, .. } => lines.push(alt.clone()),
        }
    }
}

/// The words of spans without their marks.
pub fn span_text(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn row_text(cells: &[Vec<Span>]) -> String {
    cells.iter().map(|cell| span_text(cell)).collect::<Vec<_>>().join(" | ")
}

/// Whether a link may be shown: http, https, mailto or tel.
pub fn is_safe_link(target: &str) -> bool {
    let Some((scheme, rest)) = target.split_once(':') else { return false };
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "http" | "https" => rest.starts_with("//") && rest.len() > 2,
        "mailto" | "tel" => !rest.is_empty(),
        _ => false,
    }
}

/// Whether a picture may be fetched from elsewhere: http or https.
pub fn is_safe_picture(src: &str) -> bool {
    is_safe_link(src) && src.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over by reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_schemes_are_links() {
        for good in ["https://a.example", "HTTP://a.example/x", "mailto:a@b.example", "tel:+49"] {
            assert!(is_safe_link(good), "{good}");
        }
        for bad in ["javascript:alert(1)", " https://a", "data:text/html,x", "//a.example", "https:", "x", ""] {
            assert!(!is_safe_link(bad), "{bad}");
        }
    }

    #[test]
    fn pictures_come_over_http_only() {
        assert!(is_safe_picture("https://a.example/x.png") && is_safe_picture("HTTP://a.example"));
        for bad in ["mailto:a@b.example", "tel:+49", "data:image/png,x", "https:", "ht"] {
            assert!(!is_safe_picture(bad), "{bad}");
        }
    }

    #[test]
    fn plain_text_keeps_every_word() {
        let blocks = vec![
            Block::Paragraph { spans: vec![Span::plain("Open "), Span { bold: true, ..Span::plain("Your orders") }] },
            Block::List { ordered: true, items: vec![paragraphs("first"), paragraphs("second")] },
            Block::Table { head: vec![vec![Span::plain("a")], vec![Span::plain("b")]], rows: vec![] },
        ];
        assert_eq!(plain_text(&blocks), "Open Your orders\nfirst\nsecond\na | b");
    }
}
