//! Raw HTML in an article: recognised, dropped, its text kept.
//!
//! Only names of the HTML standard count as HTML. `<your-region>` in a sentence is a place holder that the
//! reader needs, so it stays as text.

/// What a piece in angle brackets is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// A line break, which is shown as one.
    Break,
    /// An element that stands on lines of its own.
    Block,
    /// A comment: not shown, and nothing to complain about.
    Comment,
    /// An element around text.
    Inline,
    /// The start of an element whose content is not text, such as a script.
    Mute,
    /// The end of one.
    Unmute,
    /// Words in angle brackets, which are not HTML.
    Text,
}

/// Tells what a piece is that begins with `<`.
pub fn classify(piece: &str) -> Tag {
    if piece.starts_with("<!--") {
        return Tag::Comment;
    }
    if piece.starts_with("<!") || piece.starts_with("<?") {
        return Tag::Inline;
    }
    let inner = piece.trim_start_matches('<').trim_end_matches('>');
    let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
    let length = inner.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(length);
    match name.to_ascii_lowercase().as_str() {
        "" => Tag::Text,
        // `<p class="x">` is HTML, `<class 'str'>` and `<table name>` are words.
        name if !looks_like_attributes(attributes) && !is_known_with_space(name, attributes) => Tag::Text,
        name if MUTED.contains(&name) => {
            if is_end {
                Tag::Unmute
            } else {
                Tag::Mute
            }
        }
        "br" => Tag::Break,
        name if BLOCKS.contains(&name) => Tag::Block,
        name if INLINE.contains(&name) => Tag::Inline,
        _ if attributes.contains('=') && attributes.starts_with(|c: char| c.is_whitespace() || c == '/') => Tag::Inline,
        _ => Tag::Text,
    }
}

/// Whether an editor should hear that it is not shown.
pub fn is_html(tag: Tag) -> bool {
    !matches!(tag, Tag::Text | Tag::Comment | Tag::Break)
}

/// The words of an HTML block, a line for each of its lines, and whether there was HTML in it.
pub fn strip(block: &str) -> (String, bool) {
    let (mut text, mut has_html, mut is_muted) = (String::new(), false, false);
    let ends = Ends::of(block);
    let mut rest = block;
    while let Some(start) = rest.find('<') {
        let (before, piece_on) = rest.split_at(start);
        let (piece, after) = piece_on.split_at(ends.piece_length(piece_on));
        let tag = classify(piece);
        if !is_muted {
            text.push_str(&before.replace('\n', " "));
        }
        match tag {
            Tag::Break | Tag::Block if !is_muted => text.push('\n'),
            Tag::Text if !is_muted => text.push_str(piece),
            Tag::Mute => is_muted = true,
            Tag::Unmute => is_muted = false,
            Tag::Break | Tag::Block | Tag::Text | Tag::Comment | Tag::Inline => {}
        }
        has_html |= is_html(tag);
        rest = after;
    }
    if !is_muted {
        text.push_str(&rest.replace('\n', " "));
    }
    (decode_entities(&text), has_html)
}

/// How much of a block lies behind its last tag and its last comment, so that none is sought where none ends.
struct Ends {
    tag: usize,
    comment: usize,
}

impl Ends {
    fn of(block: &str) -> Self {
        let behind = |close| block.rfind(close).map_or(block.len() + 1, |end| block.len() - end);
        Self { tag: behind(">"), comment: behind("-->") }
    }

    /// The length of the tag or comment at the start of the rest of the block; of `<` alone when nothing closes it.
    fn piece_length(&self, rest: &str) -> usize {
        let is_comment = rest.starts_with("<!--");
        let (close, behind) = if is_comment { ("-->", self.comment) } else { (">", self.tag) };
        let opens = |letter: char| letter.is_ascii_alphabetic() || "/!?".contains(letter);
        if rest.len() < behind || !rest.get(1..).is_some_and(|rest| rest.starts_with(opens)) {
            return 1;
        }
        rest.find(close).map_or(1, |end| end + close.len())
    }
}

fn looks_like_attributes(attributes: &str) -> bool {
    let rest = attributes.trim_end_matches('/').trim();
    rest.is_empty() && !attributes.starts_with(['-', '_', '.', ':']) || rest.contains('=')
}

/// HTML attributes without a value, on elements that have them: `<details open>`, `<input disabled>`.
fn is_known_with_space(name: &str, attributes: &str) -> bool {
    let words = ["open", "disabled", "checked", "hidden", "controls", "async", "defer", "reversed"];
    (BLOCKS.contains(&name) || INLINE.contains(&name) || MUTED.contains(&name))
        && attributes.split_whitespace().all(|word| words.contains(&word.trim_end_matches('/')))
        && attributes.starts_with(char::is_whitespace)
}

fn decode_entities(text: &str) -> String {
    let pairs = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

const MUTED: [&str; 6] = ["script", "style", "template", "noscript", "svg", "math"];

const BLOCKS: [&str; 50] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

const INLINE: [&str; 60] = [
    "a", "abbr", "area", "audio", "b", "base", "bdi", "bdo", "big", "canvas", "cite", "code", "col", "colgroup",
    "data", "datalist", "del", "dfn", "em", "embed", "font", "frame", "i", "iframe", "img", "input", "ins", "kbd",
    "label", "link", "map", "mark", "meta", "meter", "nobr", "object", "optgroup", "output", "param", "picture",
    "progress", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup",
    "textarea", "time", "tt", "u", "var", "video",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_holders_are_not_html() {
        for text in ["<your-region>", "<class 'str'>", "<table name>", "<port>", "<a table name>", "<module>"] {
            assert_eq!(classify(text), Tag::Text, "{text}");
        }
        for html in
            ["<b>", "</b>", "<a href='x'>", "<x onclick=alert(1)>", "<details open>", "<br/>", "<br />", "<IMG SRC=x>"]
        {
            assert_ne!(classify(html), Tag::Text, "{html}");
        }
    }

    #[test]
    fn text_inside_html_is_kept() {
        for (html, text) in [
            ("<div>\nHello <b>you</b> &amp; me\n</div>", "Hello you & me"),
            ("<p>one</p><p>two</p>", "one\n\ntwo"),
            ("<script>alert('</b>')</script>rest", "rest"),
            ("<!-- <b>hidden</b> -->shown", "shown"),
            ("a < b <your-name>", "a < b <your-name>"),
            ("<svg onload=alert(1)><p>x</svg>", ""),
            ("<script>never closed", ""),
        ] {
            assert_eq!(strip(html).0.trim(), text, "{html}");
        }
    }

    #[test]
    fn a_comment_is_nothing_to_complain_about() {
        assert!(!strip("<!-- note to editors -->").1);
        assert!(strip("<div>").1);
    }
}
