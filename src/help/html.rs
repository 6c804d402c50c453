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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::read_page;

    const ELEMENTS: [&str; 27] = [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "code",
        "ol",
        "ul",
        "li",
        "img",
        "a",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "em",
        "strong",
        "h1",
        "b",
        "i",
    ];
    const ATTRIBUTES: [&str; 9] = ["dir", "tabindex", "src", "alt", "loading", "id", "class", "href", "rel"];

    /// The elements of the HTML, each with its attributes, as a browser reads them.
    fn elements(html: &str) -> Vec<(String, Vec<(String, String)>)> {
        let tags = html.split('<').skip(1).map(|rest| rest.split_once('>').map_or(rest, |(tag, _)| tag));
        tags.map(|tag| {
            let tag = tag.trim_start_matches('/');
            let (name, rest) = tag.split_once(' ').unwrap_or((tag, ""));
            let parts: Vec<&str> = rest.split('"').collect();
            let pairs =
                parts.chunks_exact(2).map(|pair| (pair[0].trim().trim_end_matches('=').to_owned(), pair[1].to_owned()));
            (name.to_owned(), pairs.collect())
        })
        .collect()
    }

    fn text() -> impl Strategy<Value = String> {
        let known = prop::sample::select(vec![
            "# ",
            "## ",
            "- ",
            "1. ",
            "> ",
            "\n",
            "\n\n",
            "`",
            "```\n",
            "**",
            "[",
            "](",
            ")",
            "![",
            "<",
            ">",
            "\"",
            "'",
            "&",
            "&lt;",
            "&#60;",
            "javascript:x",
            "data:text/html,x",
            "https://x.example/",
            "| a | b |\n|---|---|\n",
            "|",
            "<script>",
            "</p>",
            "<img src=x onerror=x>",
            "\" onclick=\"x",
            "<!--",
            "-->",
            "word ",
            "\u{0}",
            "\u{2028}",
        ]);
        let piece = prop_oneof![6 => known.prop_map(str::to_owned), 1 => "\\PC{0,10}"];
        prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn no_article_gives_other_elements_than_ours(text in text()) {
            let page = read_page("page.md", &text);
            let html = body_html(&page.article.body, &[page.article.title.clone(), text.clone()]);
            for (name, attributes) in elements(&html) {
                prop_assert!(ELEMENTS.contains(&name.as_str()), "<{}> in {}", name, html);
                for (attribute, value) in attributes {
                    let is_known = ATTRIBUTES.contains(&attribute.as_str()) || attribute == "scope";
                    prop_assert!(is_known, "{} in {}", attribute, html);
                    let is_address = ["href", "src"].contains(&attribute.as_str());
                    let runs = ["javascript:", "data:", "vbscript:"].iter().any(|scheme| value.starts_with(scheme));
                    prop_assert!(!(is_address && runs), "{} in {}", value, html);
                }
            }
        }
    }
}
