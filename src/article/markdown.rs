//! Markdown to blocks: CommonMark with GitHub's tables, task lists and footnotes.
//!
//! Tildes stay in the text, because a span cannot be struck out and "~~10~~ 8" must not become "10 8". Nesting
//! is bounded, and hostile text costs time in proportion to its length.

mod nesting;
mod reader;
mod spans;

use pulldown_cmark::{Options, Parser};

use crate::{
    article::{Problem, markdown::reader::Reader, outline::Outline},
    block::Block,
};

/// What markdown text gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Markdown {
    /// The text's blocks in order.
    pub blocks: Vec<Placed>,
    /// Where things are.
    pub outline: Outline,
    /// What is not shown as written.
    pub problems: Vec<Problem>,
}

/// A block of the top level with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The block.
    pub block: Block,
    /// Its line in the file, from 1.
    pub line: u32,
    /// A heading's anchor.
    pub slug: Option<String>,
}

impl Placed {
    /// The level of a heading.
    pub fn heading_level(&self) -> Option<u8> {
        if let Block::Heading { level, .. } = self.block { Some(level) } else { None }
    }
}

/// Reads markdown with `\n` line ends that begins at `first_line` of its file.
pub fn parse(text: &str, first_line: u32) -> Markdown {
    let mut reader = Reader::new(text, first_line);
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        reader.read(event, range.start);
    }
    let mut markdown = reader.finish();
    mark_empty_headings(&mut markdown);
    markdown
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_FOOTNOTES
}

fn mark_empty_headings(markdown: &mut Markdown) {
    let mut following = markdown.blocks.iter().skip(1).map(Some).chain([None]);
    let mut headings = markdown.outline.headings.iter_mut();
    for placed in &markdown.blocks {
        let next = following.next().flatten();
        let Some(level) = placed.heading_level() else { continue };
        let is_empty = next.is_none_or(|next| next.heading_level().is_some_and(|next| next <= level));
        if let Some(heading) = headings.find(|heading| Some(&heading.slug) == placed.slug.as_ref()) {
            heading.is_empty = is_empty;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::{
        article::ProblemKind,
        block::{self, Span},
    };

    fn blocks(text: &str) -> Vec<Block> {
        parse(text, 1).blocks.into_iter().map(|placed| placed.block).collect()
    }

    fn words(text: &str) -> String {
        block::plain_text(&blocks(text))
    }

    fn kinds(text: &str) -> Vec<(u32, ProblemKind)> {
        parse(text, 1).problems.iter().map(|problem| (problem.line, problem.kind)).collect()
    }

    #[test]
    fn marks_become_spans() {
        let Some(Block::Paragraph { spans }) = blocks("Pay **by *card*** or `PayPal`, see [here](a.md).").pop() else {
            panic!()
        };
        let bold = |text: &str| Span { bold: true, ..Span::plain(text) };
        assert_eq!(
            spans,
            [
                Span::plain("Pay "),
                bold("by "),
                Span { italic: true, ..bold("card") },
                Span::plain(" or "),
                Span { code: true, ..Span::plain("PayPal") },
                Span::plain(", see "),
                Span { href: Some("a.md".into()), ..Span::plain("here") },
                Span::plain("."),
            ]
        );
    }

    #[test]
    fn an_address_in_a_sentence_is_a_link() {
        let Some(Block::Paragraph { spans }) =
            blocks("See https://a.example/b_c_d?e=1&f=2, `https://x.example`.").pop()
        else {
            panic!()
        };
        let links: Vec<_> = spans.iter().map(|span| span.href.as_deref()).collect();
        assert_eq!(links, [None, Some("https://a.example/b_c_d?e=1&f=2"), None, None, None]);
    }

    #[test]
    fn each_kind_of_block_is_kept() {
        let text = "## H\n\np  \nq\n\n> quote\n\n1. one\n2. two\n   - deep\n\n```sh title=x\nls\n\n```\n\n\
                    | a | b |\n|---|---|\n| 1 | ![x](y.png) |\n\nsee ![Box](box.png) there\n";
        let lines: Vec<_> = blocks(text).iter().map(|block| serde_json::to_string(block).unwrap()).collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        {"type":"heading","level":2,"spans":[{"text":"H"}]}
        {"type":"paragraph","spans":[{"text":"p\nq"}]}
        {"type":"quote","blocks":[{"type":"paragraph","spans":[{"text":"quote"}]}]}
        {"type":"list","ordered":true,"items":[[{"type":"paragraph","spans":[{"text":"one"}]}],[{"type":"paragraph","spans":[{"text":"two"}]},{"type":"list","ordered":false,"items":[[{"type":"paragraph","spans":[{"text":"deep"}]}]]}]]}
        {"type":"code","text":"ls","lang":"sh"}
        {"type":"table","head":[[{"text":"a"}],[{"text":"b"}]],"rows":[[[{"text":"1"}],[{"text":"x"}]]]}
        {"type":"paragraph","spans":[{"text":"see"}]}
        {"type":"image","src":"box.png","alt":"Box"}
        {"type":"paragraph","spans":[{"text":"there"}]}
        "#);
    }

    #[test]
    fn what_cannot_be_shown_leaves_its_words() {
        for (text, expected) in [
            ("a <b>bold</b> word<br>next", "a bold word\nnext"),
            ("<div>\ninside\n</div>\n\nafter", "inside\nafter"),
            ("a <script>alert(1)</script> b", "a  b"),
            ("use <your-region> and <class 'str'>", "use <your-region> and <class 'str'>"),
            ("[x](javascript:alert(1))", "x"),
            ("![alt](data:image/png;base64,x)", "alt"),
            ("- [x] done\n- [ ] open", "☑ done\n☐ open"),
            ("fact[^1]\n\n[^1]: Source.", "fact[1]\n[1] Source."),
            ("~~10~~ 8", "~~10~~ 8"),
            ("## Title ![x](y.png)", "Title x"),
        ] {
            assert_eq!(words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_shown_is_reported_with_its_line() {
        assert_eq!(kinds("a\n\nb <b>c</b>"), [(3, ProblemKind::RawHtml)]);
        assert_eq!(kinds("\n<div>\nx\n</div>"), [(2, ProblemKind::RawHtml)]);
        assert_eq!(kinds("a\n[x](javascript:y)"), [(2, ProblemKind::UnsafeLink)]);
        assert_eq!(kinds("![x](mailto:a@b.example)"), [(1, ProblemKind::UnsafeLink)]);
        assert_eq!(kinds("one<br>two <your-name> <!-- note -->"), []);
    }

    #[test]
    fn the_outline_knows_lines() {
        let outline = parse("## A\n\n## A\ntext [b](b.md)\n\n![c](c.png)\n\n### D\n", 5).outline;
        let headings: Vec<_> = outline.headings.iter().map(|h| (h.slug.as_str(), h.line, h.is_empty)).collect();
        assert_eq!(headings, [("a", 5, true), ("a-1", 7, false), ("d", 12, true)]);
        assert_eq!((outline.links[0].line, outline.images[0].line), (8, 10));
    }

    /// A hundred thousand letters of each mark; a machine of any speed needs far less than the bound.
    #[test]
    fn hostile_text_ends_soon() {
        let marks = [
            "[",
            "*",
            ">",
            "> ",
            "- ",
            "`",
            "|",
            "![",
            "<",
            "<b>",
            "[a](",
            "&",
            "_a*",
            "1. ",
            "\n- ",
            "[^1]",
            "<!--",
            "\n# a",
            "|a|\n|-|\n",
            "http://a ",
            ")",
        ];
        for mark in marks.iter().flat_map(|mark| [(*mark, ""), (*mark, "<div\n"), (*mark, "http://a")]) {
            let (mark, before) = mark;
            let text = before.to_owned() + &mark.repeat(100_000 / mark.len());
            let start = Instant::now();
            let blocks = blocks(&text);
            assert!(start.elapsed() < Duration::from_secs(5), "{mark:?} took {:?}", start.elapsed());
            assert!(serde_json::to_string(&blocks).is_ok(), "{mark:?}");
        }
    }
}
