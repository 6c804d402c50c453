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
    for (at, placed) in blocks.iter().enumerate().filter(|(_, placed)| is_section(placed)) {
        let level = placed.heading_level().unwrap_or_default();
        let asks = is_question(placed);
        let end = section_end(blocks, at, |next| {
            next.heading_level().is_some_and(|next| asks && next <= level)
                || !asks && next.heading_level().is_some_and(|next| next <= 3)
        });
        if !asks && (at < held_until || end == at + 1) {
            continue;
        }
        if asks {
            held_until = held_until.max(end);
        }
        first = first.min(at);
        articles.push(question(page, placed, blocks.get(at + 1..end).unwrap_or_default()));
    }
    blocks.truncate(first);
    articles
}

fn section_end(blocks: &[Placed], start: usize, ends: impl Fn(&Placed) -> bool) -> usize {
    let following = blocks.iter().enumerate().skip(start + 1);
    following.into_iter().find(|(_, next)| ends(next)).map_or(blocks.len(), |(at, _)| at)
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
