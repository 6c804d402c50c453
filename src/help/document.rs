//! What is around every help page: head, search, languages, and the way to a person.

use std::fmt::Write as _;

use serde_json::Value;

use crate::help::{
    Site,
    html::escaped,
    words::{Words, language, name_of},
};

/// The pages' only style sheet, inline; its hash goes into their Content-Security-Policy.
pub const STYLE: &str = include_str!("style.css");

/// One page.
pub(super) struct Document<'a> {
    pub(super) title: String,
    pub(super) description: String,
    /// Where it is, from `/help` on.
    pub(super) path: String,
    pub(super) locale: &'a str,
    pub(super) kind: Kind,
    /// The same page in other languages: the language and the path.
    pub(super) versions: Vec<(String, String)>,
    pub(super) data: Vec<Value>,
    /// What stands in the search field.
    pub(super) query: &'a str,
    pub(super) body: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Home,
    Category,
    Article,
    /// Not for search engines: results, and what is not there.
    Passing,
}

impl Document<'_> {
    /// The whole page.
    pub(super) fn html(&self, site: &Site<'_>) -> String {
        let words = Words::of(self.locale);
        format!(
            "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><head>{head}</head><body>\
             <a class=\"skip\" href=\"#main\">{skip}</a>{header}<main id=\"main\">{body}</main>{footer}\
             <script async src=\"/widget.js\" data-locale=\"{lang}\"></script></body></html>",
            lang = escaped(self.locale),
            dir = words.direction(),
            head = self.head(site),
            skip = escaped(words.get("skip")),
            header = self.header(site),
            body = self.body,
            footer = footer(site, self.locale),
        )
    }

    fn head(&self, site: &Site<'_>) -> String {
        let title = escaped(&self.full_title(site));
        let mut head = format!(
            "<meta charset=\"utf-8\"><title>{title}</title>\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
        );
        if !self.description.is_empty() {
            let _ = write!(head, "<meta name=\"description\" content=\"{}\">", escaped(&self.description));
        }
        if self.kind == Kind::Passing {
            head.push_str("<meta name=\"robots\" content=\"noindex\">");
        } else {
            self.push_addresses(&mut head, site);
        }
        for data in &self.data {
            // `<` would end the element.
            let data = data.to_string().replace('<', "\\u003c");
            let _ = write!(head, "<script type=\"application/ld+json\">{data}</script>");
        }
        let _ = write!(head, "<style>{STYLE}</style>");
        head
    }

    fn full_title(&self, site: &Site<'_>) -> String {
        let help = help_of(site, self.locale);
        if self.kind == Kind::Home { help } else { format!("{} · {help}", self.title) }
    }

    /// Where search engines and other sites find this page.
    fn push_addresses(&self, head: &mut String, site: &Site<'_>) {
        let url = |path: &str| escaped(&format!("{}{path}", site.url));
        let _ = write!(head, "<link rel=\"canonical\" href=\"{}\">", url(&self.path));
        if self.versions.len() > 1 {
            for (locale, path) in &self.versions {
                let _ =
                    write!(head, "<link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">", escaped(locale), url(path));
            }
            let default = language(site.snapshot.locale());
            if let Some((_, path)) = self.versions.iter().find(|(locale, _)| language(locale) == default) {
                let _ = write!(head, "<link rel=\"alternate\" hreflang=\"x-default\" href=\"{}\">", url(path));
            }
        }
        let kind = if self.kind == Kind::Article { "article" } else { "website" };
        let properties = [
            ("title", self.title.as_str()),
            ("description", &self.description),
            ("type", kind),
            ("site_name", site.name),
            ("locale", &self.locale.replace('-', "_")),
        ];
        for (name, value) in properties.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(head, "<meta property=\"og:{name}\" content=\"{}\">", escaped(value));
        }
        let _ = write!(head, "<meta property=\"og:url\" content=\"{}\">", url(&self.path));
    }

    fn header(&self, site: &Site<'_>) -> String {
        let home = escaped(&home_path(site, self.locale));
        let find = if self.kind == Kind::Home { String::new() } else { search_form(site, self.locale, self.query) };
        format!(
            "<header><a class=\"brand\" href=\"{home}\">{}</a>{find}</header>",
            escaped(&help_of(site, self.locale))
        )
    }
}

/// The search, a plain form.
pub(super) fn search_form(site: &Site<'_>, locale: &str, query: &str) -> String {
    let words = Words::of(locale);
    let language_field = if is_default(site, locale) {
        String::new()
    } else {
        format!("<input type=\"hidden\" name=\"locale\" value=\"{}\">", escaped(&language(locale)))
    };
    format!(
        "<form class=\"find\" role=\"search\" action=\"/help\">{language_field}\
         <label class=\"hidden\" for=\"q\">{label}</label>\
         <input id=\"q\" name=\"q\" type=\"search\" dir=\"auto\" maxlength=\"200\" autocomplete=\"off\" placeholder=\"{label}\" value=\"{query}\">\
         <button>{search}</button></form>",
        label = escaped(words.get("placeholder")),
        query = escaped(query),
        search = escaped(words.get("search")),
    )
}

/// The way to a person. The widget's script makes it work, so that without script it is not shown.
pub(super) fn ask_us(locale: &str) -> String {
    let words = Words::of(locale);
    format!(
        "<div class=\"ask\"><p>{}</p><button class=\"main\" data-frontdesk-open=\"conversation\">{}</button></div>",
        escaped(words.get("askHint")),
        escaped(words.get("ask")),
    )
}

/// The path of the first page in this language.
pub(super) fn home_path(site: &Site<'_>, locale: &str) -> String {
    if is_default(site, locale) { "/help".to_owned() } else { format!("/help?locale={}", language(locale)) }
}

fn is_default(site: &Site<'_>, locale: &str) -> bool {
    language(locale) == language(site.snapshot.locale())
}

/// The site's name with the word for help.
pub(super) fn help_of(site: &Site<'_>, locale: &str) -> String {
    format!("{} {}", site.name, Words::of(locale).get("help")).trim().to_owned()
}

fn footer(site: &Site<'_>, locale: &str) -> String {
    let locales = crate::help::shelf::locales(site.snapshot);
    if locales.len() < 2 {
        return String::new();
    }
    let link = |each: &String| {
        let current = if *each == language(locale) { " aria-current=\"true\"" } else { "" };
        let path = escaped(&home_path(site, each));
        format!("<a href=\"{path}\" hreflang=\"{each}\" lang=\"{each}\"{current}>{}</a>", escaped(&name_of(each)))
    };
    format!("<footer>{}</footer>", locales.iter().map(link).collect::<String>())
}
