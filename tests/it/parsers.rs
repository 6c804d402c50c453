//! Whatever is read, from sockets or from editors' files: ten thousand texts each, near to what is right and far from it.

use frontdesk::{
    article::{Page, read_page},
    block::{Block, Span},
    protocol::{ErrorCode, parse_agent, parse_visitor},
};
use proptest::prelude::*;

const CASES: u32 = 10_000;

/// Words of frames, the right ones and others.
fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "hello",
        "send_message",
        "rate_answer",
        "attributes",
        "identify",
        "page",
        "seen",
        "claim",
        "transfer",
        "snooze",
        "type",
        "client_id",
        "text",
        "seq",
        "token",
        "after",
        "identity",
        "conversation",
        "until",
        "0190a5b0-0000-7000-8000-000000000001",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => "[\\x00-\\x1f\\u{202e}\\u{d7ff}\\u{10ffff}]{1,4}"]
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        word().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec((word(), inner), 0..6).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

/// A frame with a type, or one that is cut off, or no JSON at all.
fn frame() -> impl Strategy<Value = String> {
    let typed = (word(), json()).prop_map(|(kind, mut frame)| {
        if let Some(fields) = frame.as_object_mut() {
            fields.insert("type".to_owned(), kind.into());
        }
        frame.to_string()
    });
    let typed = typed.boxed();
    let cut = (typed.clone(), any::<prop::sample::Index>())
        .prop_map(|(text, at)| text.chars().take(at.index(text.chars().count() + 1)).collect());
    prop_oneof![3 => typed, 1 => cut, 1 => "\\PC{0,80}", 1 => "[\\[{\"}\\]:,0-9eE+\\-\\\\u]{0,60}"]
}

/// Pieces of articles that mean something to a reader of markdown, YAML or HTML.
fn article() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "---\n",
        "title: ",
        "questions:\n  - ",
        "draft: true\n",
        "audience: agents\n",
        "locale: de\n",
        "tags: [a, b]\n",
        "{{",
        "}}",
        "&a *a ",
        "!!x ",
        "# ",
        "## Why?\n",
        "### ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "`",
        "```\n",
        "~~~",
        "*",
        "**",
        "_",
        "[",
        "](",
        ")",
        "![",
        "<",
        ">",
        "</",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?",
        "javascript:",
        "&#106;avascript:",
        "data:text/html,",
        "https://x.example",
        "mailto:a@b.example",
        "|",
        "|---|\n",
        "\\",
        "[^1]",
        "[^1]: ",
        "- [ ] ",
        "<script>",
        "<svg onload=x>",
        "<img src=x onerror=x>",
        "\u{feff}",
        "\u{0}",
        "\u{202e}",
        "word ",
        "é",
        "日本",
    ]);
    let piece = prop_oneof![6 => known.prop_map(str::to_owned), 1 => "\\PC{0,10}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn spans(block: &Block) -> Vec<&Span> {
    match block {
        Block::Paragraph { spans } | Block::Heading { spans, .. } => spans.iter().collect(),
        Block::Quote { blocks } => blocks.iter().flat_map(spans).collect(),
        Block::List { items, .. } => items.iter().flatten().flat_map(spans).collect(),
        Block::Table { head, rows } => head.iter().chain(rows.iter().flatten()).flatten().collect(),
        Block::Code { .. } | Block::Image { .. } => Vec::new(),
    }
}

fn pictures(block: &Block) -> Vec<&str> {
    match block {
        Block::Image { src, .. } => vec![src],
        Block::Quote { blocks } => blocks.iter().flat_map(pictures).collect(),
        Block::List { items, .. } => items.iter().flatten().flat_map(pictures).collect(),
        Block::Paragraph { .. } | Block::Heading { .. } | Block::Table { .. } | Block::Code { .. } => Vec::new(),
    }
}

/// The scheme of an address; relative ones have none.
fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

fn unsafe_addresses(page: &Page) -> Vec<String> {
    let articles = std::iter::once(&page.article).chain(&page.questions);
    let blocks: Vec<&Block> = articles.flat_map(|article| &article.body).collect();
    let links = blocks.iter().flat_map(|block| spans(block)).filter_map(|span| span.href.as_deref());
    let links = links.filter(|href| {
        scheme(href).is_some_and(|scheme| !["http", "https", "mailto", "tel"].contains(&scheme.as_str()))
    });
    let pictures = blocks.iter().flat_map(|block| pictures(block));
    let pictures =
        pictures.filter(|src| scheme(src).is_some_and(|scheme| !["http", "https"].contains(&scheme.as_str())));
    links.chain(pictures).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn every_text_is_a_frame_or_says_why_not(text in frame()) {
        for error in [parse_visitor(&text).err().map(|bad| bad.error), parse_agent(&text).err().map(|bad| bad.error)].into_iter().flatten() {
            prop_assert!(matches!(error.code, ErrorCode::BadFrame | ErrorCode::UnknownType), "{error:?}");
            prop_assert!(!error.message.is_empty() && error.message.len() < 1_000, "{error:?}");
        }
    }

    #[test]
    fn every_text_is_an_article_without_bad_addresses(text in article()) {
        let page = read_page("folder/page.md", &text);
        prop_assert!(!page.article.title.trim().is_empty());
        prop_assert_eq!(unsafe_addresses(&page), Vec::<String>::new());
        prop_assert_eq!(&read_page("folder/page.md", &text), &page, "the same text is the same page");
    }
}
