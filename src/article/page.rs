//! A file's text to its page: front matter, title, body, and the questions of a page of questions.

use std::borrow::Cow;

use crate::{
    article::{
        Article, ArticleId, Page,
        front_matter::{self, FrontMatter},
        link::strip_md,
        markdown::{self, Placed},
    },
    block::{self, Block},
};

/// Reads one file of the knowledge base; every text is a page.
///
/// `path` is relative to the folder, with `/`, and ends in `.md`.
///
/// ```
/// let page = frontdesk::article::read_page("shipping/delivery-time.md", "# How long?\nTwo days.");
/// assert_eq!(page.article.id.as_str(), "shipping/delivery-time");
/// assert_eq!(page.article.title, "How long?");
/// ```
pub fn read_page(path: &str, text: &str) -> Page {
    let text = with_plain_line_ends(text);
    let source = front_matter::split(&text);
    let mut front = front_matter::read(&source, &text);
    let markdown = markdown::parse(source.body, source.body_line);
    let mut problems = std::mem::take(&mut front.problems);
    problems.extend(markdown.problems);

    let id = article_id(path);
    let mut blocks = markdown.blocks;
    let (title, is_title_missing) = take_title(&id, front.title.take(), &mut blocks);
    let lines = std::mem::take(&mut front.lines);
    let others = std::mem::take(&mut front.others);
    let is_withheld = front.is_withheld;
    let mut article = from_front_matter(id, title, front);
    let questions = if is_page_of_questions(&blocks) { questions(&article, &mut blocks) } else { Vec::new() };
    set_body(&mut article, blocks);
    Page { article, questions, outline: markdown.outline, lines, others, is_title_missing, is_withheld, problems }
}

/// The id of the article in the file `path`.
pub fn article_id(path: &str) -> ArticleId {
    ArticleId(strip_md(path).unwrap_or(path).to_owned())
}

fn with_plain_line_ends(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

fn from_front_matter(id: ArticleId, title: String, front: FrontMatter) -> Article {
    Article {
        id,
        title,
        questions: front.questions,
        not_questions: front.not_questions,
        tags: front.tags,
        locale: front.locale,
        translation_of: front.translation_of,
        queue: front.queue,
        action: front.action,
        audience: front.audience,
        related: front.related,
        review_by: front.review_by,
        draft: front.draft,
        body: Vec::new(),
        anchors: Vec::new(),
        line: 1,
    }
}

/// The title, and whether only the file's name gave one. A level-1 heading that is the title leaves the body.
fn take_title(id: &ArticleId, written: Option<String>, blocks: &mut Vec<Placed>) -> (String, bool) {
    let heading = blocks.iter().position(|placed| placed.heading_level() == Some(1));
    let heading_text = heading.and_then(|at| blocks.get(at)).map(heading_text).unwrap_or_default();
    match (written, heading) {
        (Some(title), Some(0)) if title.trim() == heading_text => {
            blocks.remove(0);
            (title, false)
        }
        (Some(title), _) => (title, false),
        (None, Some(at)) => {
            blocks.remove(at);
            (heading_text, false)
        }
        (None, None) => (readable(id), true),
    }
}

/// A file's name as a title: `01_delivery-time` reads "Delivery time", an `index` has its folder's name.
fn readable(id: &ArticleId) -> String {
    let mut parts = id.as_str().rsplit('/').filter(|part| !part.is_empty());
    let mut name = parts.next().unwrap_or_default();
    if name.eq_ignore_ascii_case("index") {
        name = parts.next().unwrap_or(name);
    }
    let unnumbered =
        name.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start_matches(['-', '_', '.', ' ']);
    let words = if unnumbered.is_empty() { name } else { unnumbered };
    let words = words.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    letters.next().map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

fn heading_text(placed: &Placed) -> String {
    if let Block::Heading { spans, .. } = &placed.block { block::span_text(spans) } else { String::new() }
}

fn is_section(placed: &Placed) -> bool {
    matches!(placed.heading_level(), Some(2 | 3))
}

fn is_question(placed: &Placed) -> bool {
    is_section(placed) && heading_text(placed).trim_end().ends_with(['?', '？', '؟'])
}

fn is_page_of_questions(blocks: &[Placed]) -> bool {
    let sections = blocks.iter().filter(|placed| is_section(placed)).count();
    let questions = blocks.iter().filter(|placed| is_question(placed)).count();
    sections >= 2 && questions * 2 > sections
}

/// Cuts the questions out of a page; what comes before the first of them stays in `blocks`.
///
/// A section between them whose heading asks nothing is an article too when it says something itself and no
/// question holds it, so that no text is lost.
fn questions(page: &Article, blocks: &mut Vec<Placed>) -> Vec<Article> {
    let mut articles = Vec::new();
    let mut first = blocks.len();
    let mut held_until = 0;
    for (at, heading) in blocks.iter().enumerate().filter(|(_, placed)| is_section(placed)) {
        let asks = is_question(heading);
        let end = section_end(blocks, at, if asks { heading.heading_level() } else { Some(3) });
        if asks || (at >= held_until && end > at + 1) {
            held_until = held_until.max(if asks { end } else { 0 });
            first = first.min(at);
            articles.push(question(page, heading, blocks.get(at + 1..end).unwrap_or_default()));
        }
    }
    blocks.truncate(first);
    articles
}

/// Where the section of the heading at `start` ends: at the next heading of `level` or above.
fn section_end(blocks: &[Placed], start: usize, level: Option<u8>) -> usize {
    let mut following = blocks.iter().enumerate().skip(start + 1);
    let is_end = |placed: &Placed| placed.heading_level().is_some_and(|next| Some(next) <= level);
    following.find(|(_, placed)| is_end(placed)).map_or(blocks.len(), |(at, _)| at)
}

fn question(page: &Article, heading: &Placed, body: &[Placed]) -> Article {
    let anchor = heading.slug.clone().unwrap_or_default();
    let mut article = Article {
        id: ArticleId(format!("{}#{anchor}", page.id)),
        title: heading_text(heading),
        questions: Vec::new(),
        not_questions: Vec::new(),
        translation_of: None,
        line: heading.line,
        ..page.clone()
    };
    set_body(&mut article, body.to_vec());
    article
}

fn set_body(article: &mut Article, blocks: Vec<Placed>) {
    article.anchors = blocks.iter().filter_map(|placed| placed.slug.clone()).collect();
    article.body = blocks.into_iter().map(|placed| placed.block).collect();
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;
    use crate::article::{Action, Audience, ProblemKind};

    fn ids(page: &Page) -> Vec<&str> {
        page.articles().iter().map(|article| article.id.as_str()).collect()
    }

    fn words(article: &Article) -> String {
        block::plain_text(&article.body)
    }

    #[test]
    fn a_title_comes_from_the_front_matter_the_heading_or_the_name() {
        for (path, text, title, body) in [
            ("a.md", "---\ntitle: T\n---\n# H\nx", "T", "H\nx"),
            ("a.md", "---\ntitle: T\n---\n# T\nx", "T", "x"),
            ("a.md", "x\n\n# The *heading*\n\ny", "The heading", "x\ny"),
            ("faq/01_delivery-time.md", "x", "Delivery time", "x"),
            ("faq/404.md", "x", "404", "x"),
            ("billing/index.md", "x", "Billing", "x"),
            ("über-uns.md", "", "Über uns", ""),
        ] {
            let page = read_page(path, text);
            assert_eq!((page.article.title.as_str(), words(&page.article).as_str()), (title, body), "{text:?}");
        }
    }

    #[test]
    fn line_ends_and_marks_of_any_editor_are_read() {
        let page = read_page("a.md", "\u{feff}---\r\ntitle: T\r\n---\r\none\r\n\r\ntwo\r\n");
        assert_eq!((page.article.title.as_str(), words(&page.article).as_str()), ("T", "one\ntwo"));
        assert_eq!(page.problems, []);
    }

    #[test]
    fn each_question_of_a_page_is_an_article() {
        let page = read_page(
            "help/faq.md",
            "---\naudience: agents\ntags: [a]\nquestions: [x]\n---\n# FAQ\nIntroduction.\n\n## Where?\nHere.\n\n\
             ### Exactly\nThere.\n\n## Where?\nNowhere.\n\n## Contact\nBy mail.\n\n### When？\nNow.\n\n## Why?\nBecause.\n",
        );
        assert_eq!(
            ids(&page),
            ["help/faq#where", "help/faq#where-1", "help/faq#contact", "help/faq#when", "help/faq#why"]
        );
        let texts: Vec<_> = page.questions.iter().map(words).collect();
        assert_eq!(texts, ["Here.\nExactly\nThere.", "Nowhere.", "By mail.", "Now.", "Because."]);
        assert_eq!(words(&page.article), "Introduction.");
        let first = &page.questions[0];
        assert_eq!((first.audience, first.line, first.questions.len()), (Audience::Agents, 9, 0));
        assert_eq!(first.anchors, ["exactly"]);
    }

    #[test]
    fn headings_that_do_not_ask_are_one_article() {
        for text in ["## Only one?\nx", "## A?\nx\n## B\ny", "# A?\n# B?\nx", "> ## A?\n> ## B?\n"] {
            assert!(read_page("a.md", text).questions.is_empty(), "{text:?}");
        }
    }

    #[test]
    fn broken_front_matter_serves_the_body_unless_it_may_be_private() {
        let page = read_page("a.md", "---\ntitle: a: b\n---\n# Pay\nBy card.");
        assert_eq!((page.article.title.as_str(), page.is_hidden(), page.is_broken()), ("Pay", false, true));
        assert_eq!(page.problems[0].kind, ProblemKind::BrokenFrontMatter);
        assert!(read_page("a.md", "---\naudience: a: b\n---\nBy card.").is_hidden());
        assert!(read_page("a.md", "---\ndraft: true\n---\nx").is_hidden());
        assert_eq!(page.article.action, Action::Answer);
    }

    #[test]
    fn hostile_front_matter_ends_soon() {
        let alias = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n".to_owned()
            + &"c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n".repeat(9);
        for front in ["a: [".repeat(50_000), "[".repeat(100_000), "- ".repeat(100_000), "a:\n ".repeat(50_000), alias] {
            let start = Instant::now();
            let page = read_page("a.md", &format!("---\na: b\n{front}\n---\nx"));
            assert!(start.elapsed() < Duration::from_secs(5), "took {:?}", start.elapsed());
            assert!(page.is_broken());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_an_article(path in ".{0,20}", text in "(?s).{0,400}") {
            let page = read_page(&path, &text);
            prop_assert!(!page.articles().is_empty());
        }

        #[test]
        fn any_marks_are_an_article(text in "[-#?>*_`|:\\[\\]()!<>a \n0-9.\t]{0,300}") {
            let page = read_page("a.md", &text);
            let lines = u32::try_from(text.lines().count()).unwrap().max(1);
            for problem in &page.problems {
                prop_assert!((1..=lines).contains(&problem.line), "{problem:?}");
            }
        }
    }
}
