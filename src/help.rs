//! The public article pages: plain HTML from blocks, every word of it escaped.

use std::fmt::Write as _;

use crate::{
    article::{Action, Article, ArticleId, Audience, Page, links},
    block::{Block, Span},
    knowledge::Snapshot,
};

/// The pages' only style sheet, inline; its hash goes into their Content-Security-Policy.
pub const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--link:#0b57a4}\
@media(prefers-color-scheme:dark){:root{--link:#8ec2ff}}\
body{margin:0 auto;padding:2rem 1rem 4rem;max-width:44rem;font:1.0625rem/1.6 system-ui,sans-serif;overflow-wrap:break-word}\
a{color:var(--link)}h1{line-height:1.25}img{max-width:100%;height:auto}\
pre{overflow-x:auto;padding:.75rem;border:1px solid var(--line);border-radius:.5rem}\
table{border-collapse:collapse;display:block;overflow-x:auto}th,td{padding:.35rem .7rem;border:1px solid var(--line);text-align:start}\
blockquote{margin-inline:0;padding-inline-start:1rem;border-inline-start:.25rem solid var(--line)}";

/// The page of an article that visitors may read.
pub fn article_page(snapshot: &Snapshot, id: &str, locale: &str) -> Option<String> {
    let page = page_of(snapshot, id)?;
    let article = &page.article;
    let mut html = String::from("<p><a href=\"/help\">Help</a></p>");
    let _ = write!(html, "<h1 dir=\"auto\">{}</h1>", escaped(&article.title));
    push_article(&mut html, article);
    for question in page.questions.iter().filter(|question| is_public(question)) {
        let anchor = question.id.anchor().unwrap_or_default();
        let _ = write!(html, "<h2 id=\"{}\" dir=\"auto\">{}</h2>", escaped(anchor), escaped(&question.title));
        push_article(&mut html, question);
    }
    push_related(&mut html, snapshot, &article.related);
    Some(document(&article.title, article.locale.as_deref().unwrap_or(locale), &html))
}

/// The list of everything that visitors may read.
pub fn index_page(snapshot: &Snapshot, locale: &str) -> String {
    let mut html = String::from("<h1>Help</h1><ul>");
    let pages = snapshot.library().sources.values().map(|source| &source.page);
    for page in pages.filter(|page| is_readable(page)) {
        push_link(&mut html, &page.article);
    }
    html.push_str("</ul>");
    document("Help", locale, &html)
}

fn page_of<'a>(snapshot: &'a Snapshot, id: &str) -> Option<&'a Page> {
    let sources = &snapshot.library().sources;
    let by_path = sources.get(&format!("{id}.md"));
    let source = by_path.or_else(|| sources.values().find(|source| source.page.article.id.as_str() == id))?;
    Some(&source.page).filter(|page| is_readable(page))
}

fn is_readable(page: &Page) -> bool {
    !page.is_hidden() && is_public(&page.article)
}

fn is_public(article: &Article) -> bool {
    let says_something = matches!(article.action, Action::Answer | Action::Escalate);
    article.audience == Audience::Public && !article.draft && says_something && !article.id.is_builtin()
}

fn push_article(html: &mut String, article: &Article) {
    let mut anchors = article.anchors.iter();
    for block in &links::absolute(&article.body, &article.id, "") {
        let anchor = matches!(block, Block::Heading { .. }).then(|| anchors.next()).flatten();
        push_block(html, block, anchor.map(String::as_str));
    }
}

fn push_related(html: &mut String, snapshot: &Snapshot, related: &[ArticleId]) {
    let related: Vec<_> = related.iter().filter_map(|id| page_of(snapshot, id.file())).collect();
    if related.is_empty() {
        return;
    }
    html.push_str("<hr><ul>");
    for page in related {
        push_link(html, &page.article);
    }
    html.push_str("</ul>");
}

fn push_link(html: &mut String, article: &Article) {
    let url = links::article_url("", &article.id);
    let _ = write!(html, "<li dir=\"auto\"><a href=\"{}\">{}</a></li>", escaped(&url), escaped(&article.title));
}

fn push_block(html: &mut String, block: &Block, anchor: Option<&str>) {
    let _ = match block {
        Block::Paragraph { spans } => write!(html, "<p dir=\"auto\">{}</p>", spans_html(spans)),
        Block::Heading { level, spans } => {
            let level = (*level).clamp(2, 6);
            let id = anchor.map(|anchor| format!(" id=\"{}\"", escaped(anchor))).unwrap_or_default();
            write!(html, "<h{level}{id} dir=\"auto\">{}</h{level}>", spans_html(spans))
        }
        Block::Quote { blocks } => write!(html, "<blockquote>{}</blockquote>", blocks_html(blocks)),
        Block::Code { text, .. } => write!(html, "<pre><code>{}</code></pre>", escaped(text)),
        Block::List { ordered, items } => {
            let tag = if *ordered { "ol" } else { "ul" };
            let item = |html: String, item: &Vec<Block>| html + "<li>" + &blocks_html(item) + "</li>";
            write!(html, "<{tag}>{}</{tag}>", items.iter().fold(String::new(), item))
        }
        Block::Table { head, rows } => {
            let rows: String = rows.iter().map(|row| row_html("td", row)).collect();
            write!(html, "<table><thead>{}</thead><tbody>{rows}</tbody></table>", row_html("th", head))
        }
        Block::Image { src, alt } => {
            write!(html, "<p><img src=\"{}\" alt=\"{}\" loading=\"lazy\"></p>", escaped(src), escaped(alt))
        }
    };
}

fn blocks_html(blocks: &[Block]) -> String {
    let mut html = String::new();
    for block in blocks {
        push_block(&mut html, block, None);
    }
    html
}

fn row_html(tag: &str, cells: &[Vec<Span>]) -> String {
    let cell = |html: String, cell: &Vec<Span>| format!("{html}<{tag}>{}</{tag}>", spans_html(cell));
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

fn document(title: &str, locale: &str, body: &str) -> String {
    let (title, locale) = (escaped(title), escaped(locale));
    format!(
        "<!doctype html><html lang=\"{locale}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><style>{STYLE}</style></head>\
         <body><main>{body}</main></body></html>"
    )
}

fn escaped(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::knowledge::{Knowledge, Options};

    fn page(text: &str, id: &str) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/b.md"), text).unwrap();
        let options = Options { folder: folder.path().to_owned(), locale: "en".to_owned(), ..Options::default() };
        let knowledge = Knowledge::open(options).unwrap();
        article_page(&knowledge.snapshot(), id, "en")
    }

    #[test]
    fn every_word_is_escaped_and_every_link_safe() {
        let text =
            "---\ntitle: <script>\n---\n<img src=x onerror=alert(1)> **a\"b** [x](javascript:alert(1)) [y](../c.md)\n";
        let html = page(text, "a/b").unwrap();
        for part in ["<title>&lt;script&gt;</title>", "<strong>a&quot;b</strong>", "<a href=\"/help/c\""] {
            assert!(html.contains(part), "{part} in {html}");
        }
        for part in ["<script", "<img", "javascript:"] {
            assert!(!html.contains(part), "{part} in {html}");
        }
    }

    #[test]
    fn what_is_not_for_visitors_is_not_there() {
        assert!(page("---\naudience: agents\n---\nsecret", "a/b").is_none());
        assert!(page("---\ndraft: true\n---\nsecret", "a/b").is_none());
        assert!(page("text", "a/c").is_none());
        assert!(page("text", "_builtin/en/greeting").is_none());
        assert!(page("text", "../a/b").is_none());
    }

    #[test]
    fn headings_can_be_linked_to() {
        assert!(page("# T\n\n## How long?\n\nx\n", "a/b").unwrap().contains("<h2 id=\"how-long\""));
        let faq = page("# T\n\n## What is it?\n\nA thing.\n\n## Is it good?\n\nYes.\n", "a/b").unwrap();
        assert!(faq.contains("<h2 id=\"is-it-good\""), "{faq}");
    }
}
