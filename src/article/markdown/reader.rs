//! The parser's events to blocks, one after the other.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::{
    article::{
        Problem, ProblemKind, html, link,
        markdown::{
            Markdown, Placed,
            nesting::{Holder, Nesting},
            spans::Spans,
        },
        outline::{Heading, Image, Link},
        slug::Slugs,
    },
    block::{self, Block, Span},
};

/// More problems than these in one file say nothing new.
const MAX_PROBLEMS: usize = 100;

/// What the text at hand belongs to.
#[derive(Debug, Default)]
enum Leaf {
    #[default]
    Paragraph,
    Heading(u8),
    Code(Option<String>, String),
    Html(String),
    Table(Table),
}

#[derive(Debug, Default)]
struct Table {
    head: Vec<Vec<Span>>,
    rows: Vec<Vec<Vec<Span>>>,
    row: Vec<Vec<Span>>,
}

/// A picture whose words are being read; pictures in the words of a picture are words.
#[derive(Debug)]
struct Picture {
    src: String,
    alt: String,
    inner: usize,
}

/// Makes blocks of the parser's events.
#[derive(Debug)]
pub(crate) struct Reader {
    line_ends: Vec<usize>,
    first_line: u32,
    position: usize,
    block_line: u32,
    leaf_line: u32,
    slugs: Slugs,
    markdown: Markdown,
    nesting: Nesting,
    leaf: Leaf,
    spans: Spans,
    picture: Option<Picture>,
    footnote: Option<String>,
    is_muted: bool,
}

impl Reader {
    /// A reader of this text, which begins at `first_line` of its file.
    pub(crate) fn new(text: &str, first_line: u32) -> Self {
        Self {
            line_ends: text.match_indices('\n').map(|(at, _)| at).collect(),
            first_line,
            position: 0,
            block_line: first_line,
            leaf_line: first_line,
            slugs: Slugs::default(),
            markdown: Markdown::default(),
            nesting: Nesting::default(),
            leaf: Leaf::default(),
            spans: Spans::default(),
            picture: None,
            footnote: None,
            is_muted: false,
        }
    }

    /// Reads an event that begins at `position` of the text, in bytes.
    pub(crate) fn read(&mut self, event: Event<'_>, position: usize) {
        self.position = position;
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) | Event::Html(text) => {
                self.words(&text);
            }
            Event::Code(text) if self.picture.is_some() || self.is_muted => self.words(&text),
            Event::Code(text) => self.spans.code(&text),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.words("\n"),
            Event::InlineHtml(piece) => self.inline_html(&piece),
            Event::FootnoteReference(label) => self.words(&format!("[{label}]")),
            Event::TaskListMarker(is_done) => self.words(if is_done { "☑ " } else { "☐ " }),
            Event::Rule => self.close_leaf(),
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "every other tag starts a block")]
    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.spans.open_italic(),
            Tag::Strong => self.spans.open_bold(),
            Tag::Link { link_type, dest_url, .. } => self.open_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.open_picture(&dest_url),
            Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            block => {
                self.close_leaf();
                self.leaf_line = self.line();
                if self.nesting.is_empty() {
                    self.block_line = self.leaf_line;
                }
                self.start_block(block);
            }
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "every other block opens nothing")]
    fn start_block(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) => self.nesting.open(Holder::Quote(Vec::new())),
            Tag::List(first) => self.nesting.open(Holder::List { ordered: first.is_some(), items: Vec::new() }),
            Tag::Item => self.nesting.open(Holder::Item(Vec::new())),
            Tag::Heading { level, .. } => self.leaf = Leaf::Heading(level as u8),
            Tag::CodeBlock(kind) => self.leaf = Leaf::Code(language(&kind), String::new()),
            Tag::HtmlBlock => self.leaf = Leaf::Html(String::new()),
            Tag::Table(_) => self.leaf = Leaf::Table(Table::default()),
            Tag::FootnoteDefinition(label) => self.footnote = Some(label.to_string()),
            Tag::Paragraph => self.open_footnote(),
            _ => {}
        }
    }

    /// A footnote is a paragraph that begins with its label.
    fn open_footnote(&mut self) {
        if let Some(label) = self.footnote.take() {
            self.spans.text(&format!("[{label}] "));
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "every other tag ends a block without holder")]
    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.spans.close_italic(),
            TagEnd::Strong => self.spans.close_bold(),
            TagEnd::Link => self.spans.close_link(),
            TagEnd::Image => self.close_picture(),
            TagEnd::TableCell | TagEnd::TableHead | TagEnd::TableRow => self.end_in_table(tag),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.close_leaf();
                if let Some(block) = self.nesting.close() {
                    self.place(block, None);
                }
            }
            _ => self.close_leaf(),
        }
    }

    fn end_in_table(&mut self, tag: TagEnd) {
        let Leaf::Table(table) = &mut self.leaf else { return };
        if tag == TagEnd::TableCell {
            table.row.push(self.spans.take());
        } else if tag == TagEnd::TableHead {
            table.head = std::mem::take(&mut table.row);
        } else {
            table.rows.push(std::mem::take(&mut table.row));
        }
    }

    fn words(&mut self, text: &str) {
        match (&mut self.picture, &mut self.leaf) {
            _ if self.is_muted => {}
            (Some(picture), _) => picture.alt.push_str(text),
            (None, Leaf::Code(_, words) | Leaf::Html(words)) => words.push_str(text),
            (None, Leaf::Paragraph | Leaf::Heading(_) | Leaf::Table(_)) => self.spans.text(text),
        }
    }

    fn inline_html(&mut self, piece: &str) {
        let tag = html::classify(piece);
        match tag {
            html::Tag::Break | html::Tag::Block => self.words("\n"),
            html::Tag::Text => self.words(piece),
            html::Tag::Mute => self.is_muted = true,
            html::Tag::Unmute => self.is_muted = false,
            html::Tag::Comment | html::Tag::Inline => {}
        }
        if html::is_html(tag) {
            self.report_html(self.line());
        }
    }

    fn open_link(&mut self, kind: LinkType, target: &str) {
        let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.trim().to_owned() };
        if block::is_safe_link(&target) || link::is_relative(&target) {
            self.markdown.outline.links.push(Link { target: target.clone(), line: self.line() });
            return self.spans.open_link(Some(target));
        }
        if !target.is_empty() {
            self.report_link(&target);
        }
    }

    fn open_picture(&mut self, src: &str) {
        match &mut self.picture {
            Some(picture) => picture.inner += 1,
            None => self.picture = Some(Picture { src: src.trim().to_owned(), alt: String::new(), inner: 0 }),
        }
    }

    fn close_picture(&mut self) {
        match self.picture.take() {
            Some(picture) if picture.inner > 0 => self.picture = Some(Picture { inner: picture.inner - 1, ..picture }),
            Some(picture) => self.place_picture(picture.src, picture.alt.trim().to_owned()),
            None => {}
        }
    }

    /// A picture stands on its own, except where there is no room for one: there its words stand for it.
    fn place_picture(&mut self, src: String, alt: String) {
        if !block::is_safe_picture(&src) && !link::is_relative(&src) {
            self.report_picture(&src);
            return self.words(&alt);
        }
        self.markdown.outline.images.push(Image { src: src.clone(), alt: alt.clone(), line: self.line() });
        if !matches!(self.leaf, Leaf::Paragraph) {
            return self.words(&alt);
        }
        self.close_leaf();
        self.push(Block::Image { src, alt });
    }

    /// Ends the paragraph, heading, code, table or HTML at hand, if any.
    fn close_leaf(&mut self) {
        self.is_muted = false;
        let spans = self.spans.take();
        match std::mem::take(&mut self.leaf) {
            Leaf::Paragraph if spans.is_empty() => {}
            Leaf::Paragraph => self.push(Block::Paragraph { spans }),
            Leaf::Heading(level) => self.push_heading(level, spans),
            Leaf::Code(lang, text) => self.push(Block::Code { text: text.trim_end_matches('\n').to_owned(), lang }),
            Leaf::Table(table) => self.push(Block::Table { head: table.head, rows: table.rows }),
            Leaf::Html(text) => self.push_html(&text),
        }
    }

    fn push_html(&mut self, text: &str) {
        let (words, has_html) = html::strip(text);
        if has_html {
            self.report_html(self.leaf_line);
        }
        for paragraph in block::paragraphs(&words) {
            self.push(paragraph);
        }
    }

    fn push_heading(&mut self, level: u8, spans: Vec<Span>) {
        let text = block::span_text(&spans);
        if text.is_empty() {
            return;
        }
        let slug = self.slugs.next(&text);
        let heading = Heading { level, text, slug: slug.clone(), line: self.leaf_line, is_empty: false };
        self.markdown.outline.headings.push(heading);
        if let Some(block) = self.nesting.push(Block::Heading { level, spans }) {
            self.place(block, Some(slug));
        }
    }

    fn push(&mut self, block: Block) {
        if let Some(block) = self.nesting.push(block) {
            self.place(block, None);
        }
    }

    fn place(&mut self, block: Block, slug: Option<String>) {
        self.markdown.blocks.push(Placed { block, line: self.block_line, slug });
    }

    fn report_html(&mut self, line: u32) {
        let message = "HTML is not shown; write it as markdown (its text is kept)";
        self.report(Problem::new(line, ProblemKind::RawHtml, message));
    }

    fn report_link(&mut self, target: &str) {
        let shown = shown(target);
        let message =
            format!("visitors cannot follow `{shown}`: link with http, https, mailto, tel or a relative path");
        self.report(Problem::new(self.line(), ProblemKind::UnsafeLink, message));
    }

    fn report_picture(&mut self, src: &str) {
        let message = format!("visitors cannot see `{}`: pictures come by http, https or a relative path", shown(src));
        self.report(Problem::new(self.line(), ProblemKind::UnsafeLink, message));
    }

    fn report(&mut self, problem: Problem) {
        let problems = &mut self.markdown.problems;
        if problems.len() < MAX_PROBLEMS && problems.last() != Some(&problem) {
            problems.push(problem);
        }
    }

    fn line(&self) -> u32 {
        let ends = self.line_ends.partition_point(|&end| end < self.position);
        self.first_line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX))
    }

    /// Everything that was read.
    pub(crate) fn finish(mut self) -> Markdown {
        self.close_leaf();
        self.markdown
    }
}

/// The beginning of a target, as a message shows it.
fn shown(target: &str) -> String {
    target.chars().filter(|letter| !letter.is_control()).take(60).collect()
}

fn language(kind: &CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let name = info.split([' ', '\t', ',', '{']).next().unwrap_or_default();
    (!name.is_empty()).then(|| name.to_owned())
}
