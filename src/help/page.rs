//! The kinds of pages: home, category, article, results, and what is not there.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    article::{Article, links},
    block::{self, Block},
    help::{
        Found, Site,
        document::{Document, Kind, ask_us, help_of, home_path, search_form},
        html::{body_html, escaped, heading_html},
        search::marked,
        shelf::{self, Category, Entry},
        words::Words,
    },
};

/// So many articles of a category are named on the first page.
const ON_FIRST_PAGE: usize = 5;
/// From so many headings on, a page has a list of them.
const CONTENTS_FROM: usize = 3;

/// The first page in a language.
pub fn home(site: &Site<'_>, locale: &str) -> String {
    let words = Words::of(locale);
    let title = help_of(site, locale);
    let cards: String =
        shelf::categories(site.snapshot, locale, words.get("general")).iter().map(|each| card(each, words)).collect();
    let body = format!(
        "<div class=\"hero\"><h1>{}</h1>{}</div><div class=\"cards\">{cards}</div>{}",
        escaped(&title),
        search_form(site, locale, ""),
        ask_us(locale)
    );
    let versions =
        shelf::locales(site.snapshot).into_iter().map(|each| (each.clone(), home_path(site, &each))).collect();
    let document = Document {
        title,
        description: words.get("placeholder").to_owned(),
        path: home_path(site, locale),
        locale,
        kind: Kind::Home,
        versions,
        data: Vec::new(),
        query: "",
        body,
    };
    document.html(site)
}

fn card(category: &Category<'_>, words: Words<'_>) -> String {
    let name = escaped(&category.name);
    let rest = category.entries.len() > ON_FIRST_PAGE && !category.path.is_empty();
    let shown = if category.path.is_empty() { category.entries.len() } else { ON_FIRST_PAGE };
    let links: String = category.entries.iter().take(shown).map(|entry| link(*entry)).collect();
    let heading = match category_path(category.path) {
        Some(path) => format!("<a href=\"{}\">{name}</a>", escaped(&path)),
        None => name,
    };
    let mut html = format!("<section class=\"card\"><h2>{heading}</h2><ul class=\"plain\">{links}</ul>");
    if let Some(path) = category_path(category.path).filter(|_| rest) {
        let all = words.get("all").replace("{n}", &category.entries.len().to_string());
        let _ = write!(html, "<p><a href=\"{}\">{}</a></p>", escaped(&path), escaped(&all));
    }
    html + "</section>"
}

fn category_path(folder: &str) -> Option<String> {
    (!folder.is_empty()).then(|| links::article_url("", &crate::article::ArticleId(folder.to_owned())))
}

fn link(entry: Entry<'_>) -> String {
    format!("<li dir=\"auto\"><a href=\"{}\">{}</a></li>", escaped(&entry.url("")), escaped(&entry.article().title))
}

/// The page at this path: an article, or a folder of them.
pub fn page(site: &Site<'_>, path: &str, is_thanked: bool) -> Option<String> {
    match shelf::entry(site.snapshot, path) {
        Some(entry) => Some(article(site, entry, is_thanked)),
        None => category(site, path),
    }
}

fn category(site: &Site<'_>, path: &str) -> Option<String> {
    let first = shelf::entries(site.snapshot).find(|entry| entry.folder() == path && !path.is_empty())?;
    let words = Words::of(first.locale());
    let categories = shelf::categories(site.snapshot, first.locale(), words.get("general"));
    let category = categories.into_iter().find(|category| category.path == path)?;
    let links: String = category
        .entries
        .iter()
        .map(|entry| result_item(&entry.url(""), &entry.article().title, &entry.summary(), ""))
        .collect();
    let way = way(site, first.locale(), None);
    let body = format!(
        "{way}<h1 dir=\"auto\">{}</h1><ul class=\"plain results\">{links}</ul>{}",
        escaped(&category.name),
        ask_us(first.locale())
    );
    let path = category_path(path)?;
    let steps =
        [(help_of(site, first.locale()), home_path(site, first.locale())), (category.name.clone(), path.clone())];
    let document = Document {
        description: words.get("all").replace("{n}", &category.entries.len().to_string()),
        title: category.name,
        path,
        locale: first.locale(),
        kind: Kind::Category,
        versions: Vec::new(),
        data: vec![breadcrumbs(site, &steps)],
        query: "",
        body,
    };
    Some(document.html(site))
}

fn article(site: &Site<'_>, entry: Entry<'_>, is_thanked: bool) -> String {
    let (article, locale) = (entry.article(), entry.locale());
    let words = Words::of(locale);
    let contents = contents(entry, words);
    let text = format!(
        "{contents}<article class=\"text\"><h1 dir=\"auto\">{}</h1>{}{}{}{}</article>",
        escaped(&article.title),
        updated(entry, words),
        text(entry),
        helped(entry, words, is_thanked),
        related(site, article, words),
    );
    let main = if contents.is_empty() { text } else { format!("<div class=\"two\">{text}</div>") };
    let folder = category_path(entry.folder()).map(|path| (entry.category(words.get("general")), path));
    let mut steps = vec![(help_of(site, locale), home_path(site, locale))];
    steps.extend(folder.clone());
    steps.push((article.title.clone(), entry.url("")));
    let versions =
        entry.versions(site.snapshot).into_iter().map(|each| (each.locale().to_owned(), each.url(""))).collect();
    let document = Document {
        title: article.title.clone(),
        description: entry.summary(),
        path: entry.url(""),
        locale,
        kind: Kind::Article,
        versions,
        data: vec![breadcrumbs(site, &steps), article_data(site, entry)],
        query: "",
        body: format!("{}{main}{}", way(site, locale, folder), ask_us(locale)),
    };
    document.html(site)
}

/// The way from the first page.
fn way(site: &Site<'_>, locale: &str, folder: Option<(String, String)>) -> String {
    let steps = std::iter::once((help_of(site, locale), home_path(site, locale))).chain(folder);
    let link =
        |(name, path): (String, String)| format!("<li><a href=\"{}\">{}</a></li>", escaped(&path), escaped(&name));
    format!(
        "<nav aria-label=\"{}\"><ol class=\"way\">{}</ol></nav>",
        escaped(Words::of(locale).get("help")),
        steps.map(link).collect::<String>()
    )
}

fn text(entry: Entry<'_>) -> String {
    let body = |article: &Article| body_html(&links::absolute(&article.body, &article.id, ""), &article.anchors);
    let question =
        |question: &Article| heading_html(2, question.id.anchor(), &escaped(&question.title)) + &body(question);
    body(entry.article()) + &entry.questions().map(question).collect::<String>()
}

fn updated(entry: Entry<'_>, words: Words<'_>) -> String {
    let day = |day: String| {
        let day = escaped(&day);
        format!("<p class=\"meta\">{} <time datetime=\"{day}\">{day}</time></p>", escaped(words.get("updated")))
    };
    entry.updated().map(day).unwrap_or_default()
}

/// The page's headings, when there are enough to get lost in.
fn contents(entry: Entry<'_>, words: Words<'_>) -> String {
    let own = entry.article();
    let headings = own.body.iter().filter_map(|block| match block {
        Block::Heading { level, spans } => Some((*level, block::span_text(spans))),
        Block::Paragraph { .. }
        | Block::Quote { .. }
        | Block::Code { .. }
        | Block::List { .. }
        | Block::Table { .. }
        | Block::Image { .. } => None,
    });
    let own = headings
        .zip(&own.anchors)
        .filter(|((level, _), _)| *level <= 3)
        .map(|((_, text), anchor)| (text, anchor.as_str()));
    let questions =
        entry.questions().map(|question| (question.title.clone(), question.id.anchor().unwrap_or_default()));
    let all: Vec<_> = own.chain(questions).collect();
    if all.len() < CONTENTS_FROM {
        return String::new();
    }
    let item = |(text, anchor): &(String, &str)| {
        format!("<li dir=\"auto\"><a href=\"#{}\">{}</a></li>", escaped(anchor), escaped(text))
    };
    let title = escaped(words.get("contents"));
    let items: String = all.iter().map(item).collect();
    format!("<nav class=\"contents\" aria-label=\"{title}\"><h2>{title}</h2><ul class=\"plain\">{items}</ul></nav>")
}

/// "Did this help?" as a plain form, or thanks for the answer.
fn helped(entry: Entry<'_>, words: Words<'_>, is_thanked: bool) -> String {
    let say = |name: &str| escaped(words.get(name));
    if is_thanked {
        return format!("<p class=\"said\" id=\"helped\" role=\"status\">{}</p>", say("thanks"));
    }
    format!(
        "<form method=\"post\" action=\"{}\" id=\"helped\"><fieldset><legend>{}</legend>\
         <button name=\"helpful\" value=\"yes\">{}</button><button name=\"helpful\" value=\"no\">{}</button></fieldset></form>",
        escaped(&entry.url("")),
        say("helped"),
        say("yes"),
        say("no")
    )
}

fn related(site: &Site<'_>, article: &Article, words: Words<'_>) -> String {
    let links: String =
        article.related.iter().filter_map(|id| shelf::entry(site.snapshot, id.file())).map(link).collect();
    if links.is_empty() {
        return links;
    }
    format!("<h2>{}</h2><ul class=\"plain\">{links}</ul>", escaped(words.get("related")))
}

/// What was found for a query.
pub fn results(site: &Site<'_>, query: &str, locale: &str, found: &[Found]) -> String {
    let words = Words::of(locale);
    let quoted = |name: &str| words.get(name).replace("{query}", query);
    let title = quoted(if found.is_empty() { "nothing" } else { "results" });
    let item = |found: &Found| {
        result_item(&links::article_url("", &found.article.id), &found.article.title, &found.excerpt, query)
    };
    let list = if found.is_empty() {
        format!("<p>{}</p>", escaped(words.get("nothingHint")))
    } else {
        format!("<ul class=\"plain results\">{}</ul>", found.iter().map(item).collect::<String>())
    };
    let body = format!("{}<h1 dir=\"auto\">{}</h1>{list}{}", way(site, locale, None), escaped(&title), ask_us(locale));
    passing(site, locale, title, query, body)
}

fn result_item(url: &str, title: &str, excerpt: &str, query: &str) -> String {
    let (title, excerpt) = (marked(title, query), marked(excerpt, query));
    format!("<li><a dir=\"auto\" href=\"{}\">{title}</a><p dir=\"auto\">{excerpt}</p></li>", escaped(url))
}

/// What is said about a help page that is not there.
pub fn not_found(site: &Site<'_>, locale: &str) -> String {
    let words = Words::of(locale);
    let body = format!(
        "<h1>{}</h1><p>{}</p><p><a href=\"{}\">{}</a></p>{}",
        escaped(words.get("notFound")),
        escaped(words.get("notFoundHint")),
        escaped(&home_path(site, locale)),
        escaped(words.get("browse")),
        ask_us(locale)
    );
    passing(site, locale, words.get("notFound").to_owned(), "", body)
}

fn passing(site: &Site<'_>, locale: &str, title: String, query: &str, body: String) -> String {
    let document = Document {
        title,
        description: String::new(),
        path: home_path(site, locale),
        locale,
        kind: Kind::Passing,
        versions: Vec::new(),
        data: Vec::new(),
        query,
        body,
    };
    document.html(site)
}

fn breadcrumbs(site: &Site<'_>, steps: &[(String, String)]) -> Value {
    let item = |(place, (name, path)): (usize, &(String, String))| json!({"@type": "ListItem", "position": place + 1, "name": name, "item": format!("{}{path}", site.url)});
    let items: Vec<_> = steps.iter().enumerate().map(item).collect();
    json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
}

fn article_data(site: &Site<'_>, entry: Entry<'_>) -> Value {
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": entry.article().title,
        "description": entry.summary(),
        "inLanguage": entry.locale(),
        "mainEntityOfPage": entry.url(site.url),
    });
    if let Some(day) = entry.updated() {
        data["dateModified"] = Value::from(day);
    }
    if !site.name.is_empty() {
        data["publisher"] = json!({"@type": "Organization", "name": site.name});
    }
    data
}
