//! Blocks as HTML: every word escaped, every element one of those named here.

use crate::block::{Block, Span};

/// Text that is safe between tags and in quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Blocks in order; headings get their anchors in turn.
pub(super) fn body_html(blocks: &[Block], anchors: &[String]) -> String {
    let mut anchors = anchors.iter();
    let block = |block: &Block| {
        let anchor = matches!(block, Block::Heading { .. }).then(|| anchors.next()).flatten();
        block_html(block, anchor.map(String::as_str))
    };
    blocks.iter().map(block).collect()
}

fn block_html(block: &Block, anchor: Option<&str>) -> String {
    match block {
        Block::Paragraph { spans } => format!("<p dir=\"auto\">{}</p>", spans_html(spans)),
        Block::Heading { level, spans } => heading_html((*level).clamp(2, 6), anchor, &spans_html(spans)),
        Block::Quote { blocks } => format!("<blockquote>{}</blockquote>", body_html(blocks, &[])),
        Block::Code { text, .. } => format!("<pre tabindex=\"0\" dir=\"ltr\"><code>{}</code></pre>", escaped(text)),
        Block::List { ordered, items } => {
            let tag = if *ordered { "ol" } else { "ul" };
            let item = |html: String, item: &Vec<Block>| html + "<li>" + &body_html(item, &[]) + "</li>";
            format!("<{tag}>{}</{tag}>", items.iter().fold(String::new(), item))
        }
        Block::Table { head, rows } => table_html(head, rows),
        Block::Image { src, alt } => {
            format!("<p><img src=\"{}\" alt=\"{}\" loading=\"lazy\"></p>", escaped(src), escaped(alt))
        }
    }
}

/// A heading that links to itself, so that its address can be copied.
pub(super) fn heading_html(level: u8, anchor: Option<&str>, inside: &str) -> String {
    match anchor.map(escaped) {
        Some(id) => {
            format!("<h{level} id=\"{id}\" dir=\"auto\"><a class=\"anchor\" href=\"#{id}\">{inside}</a></h{level}>")
        }
        None => format!("<h{level} dir=\"auto\">{inside}</h{level}>"),
    }
}

fn table_html(head: &[Vec<Span>], rows: &[Vec<Vec<Span>>]) -> String {
    let head = row_html("<th scope=\"col\">", "</th>", head);
    let rows: String = rows.iter().map(|cells| row_html("<td>", "</td>", cells)).collect();
    format!("<div class=\"table\" tabindex=\"0\"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>")
}

fn row_html(open: &str, close: &str, cells: &[Vec<Span>]) -> String {
    let cell = |html: String, cell: &Vec<Span>| html + open + &spans_html(cell) + close;
    cells.iter().fold("<tr>".to_owned(), cell) + "</tr>"
}

fn spans_html(spans: &[Span]) -> String {
    spans.iter().map(span_html).collect()
}

fn span_html(span: &Span) -> String {
    let mut html = escaped(&span.text).replace('\n', "<br>");
    for (is_set, tag) in [(span.code, "code"), (span.italic, "em"), (span.bold, "strong")] {
        if is_set {
            html = format!("<{tag}>{html}</{tag}>");
        }
    }
    match &span.href {
        Some(href) => format!("<a href=\"{}\" rel=\"noopener noreferrer\">{html}</a>", escaped(href)),
        None => html,
    }
}
