//! Where a link in an article leads.

use percent_encoding::percent_decode_str;

use crate::{article::ArticleId, block};

/// What a link's target is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An article of this knowledge base, and the heading in it.
    Article(ArticleId),
    /// Another file of the knowledge base, as its path from the root.
    File(String),
    /// A folder of the knowledge base, as its path from the root; empty for the root.
    Folder(String),
    /// A path or address outside the knowledge base.
    Elsewhere,
    /// A path that leads out of the knowledge base.
    Outside,
}

/// Whether a target has no scheme and no host, so that it leads to a place beside the article.
pub fn is_relative(target: &str) -> bool {
    let path = target.split(['/', '?', '#']).next().unwrap_or_default();
    !target.is_empty()
        && !path.contains(':')
        && !target.starts_with("//")
        && !target.contains(|letter: char| letter == '\\' || letter.is_control())
}

/// Finds what a link in the article `from` leads to.
pub fn resolve(from: &ArticleId, target: &str) -> Target {
    if block::is_safe_link(target) || !is_relative(target) || target.starts_with('?') {
        return Target::Elsewhere;
    }
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let path = decode(path.split('?').next().unwrap_or_default());
    let anchor = anchor.filter(|anchor| !anchor.is_empty()).map(|anchor| decode(anchor).to_lowercase());
    if path.is_empty() {
        return article(from.file(), anchor);
    }
    if path.starts_with('/') {
        return root_target(path.trim_start_matches('/'), anchor);
    }
    match join(from.file(), &path) {
        None => Target::Outside,
        Some(joined) if path.ends_with('/') || joined.is_empty() => Target::Folder(joined),
        Some(joined) => match strip_md(&joined) {
            Some(id) => article(id, anchor),
            None => Target::File(joined),
        },
    }
}

/// The path without its `.md`, if it ends so.
pub fn strip_md(path: &str) -> Option<&str> {
    let (stem, extension) = path.rsplit_once('.')?;
    extension.eq_ignore_ascii_case("md").then_some(stem)
}

/// A path from the site's root is an article's only when it names a markdown file.
fn root_target(path: &str, anchor: Option<String>) -> Target {
    match (join("", path), strip_md(path)) {
        (None, _) => Target::Outside,
        (Some(joined), Some(_)) => article(strip_md(&joined).unwrap_or(&joined), anchor),
        (Some(_), None) => Target::Elsewhere,
    }
}

fn article(file: &str, anchor: Option<String>) -> Target {
    Target::Article(ArticleId(anchor.map_or_else(|| file.to_owned(), |anchor| format!("{file}#{anchor}"))))
}

/// Follows `path` from the folder of the file `from`; nothing when it leads above the root.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_resolve_beside_the_article() {
        let from = ArticleId("shipping/delivery-time".into());
        let article = |id: &str| Target::Article(ArticleId(id.into()));
        for (target, expected) in [
            ("track.md", article("shipping/track")),
            ("./track.md#Late", article("shipping/track#late")),
            ("../returns/window.md", article("returns/window")),
            ("my%20parcel.md", article("shipping/my parcel")),
            ("#late", article("shipping/delivery-time#late")),
            ("/returns/window.md", article("returns/window")),
            ("/pricing", Target::Elsewhere),
            ("https://a.example/x.md", Target::Elsewhere),
            ("../../secret.md", Target::Outside),
            ("images/box.png", Target::File("shipping/images/box.png".into())),
            ("../", Target::Folder(String::new())),
        ] {
            assert_eq!(resolve(&from, target), expected, "{target}");
        }
    }

    #[test]
    fn only_paths_are_relative() {
        for target in ["a.md", "a/b:c", "#x", "?q", "/x", "..", "a b.md"] {
            assert!(is_relative(target), "{target}");
        }
        for target in ["", "javascript:x", "//host", "java\tscript:x", "data:,x", "\\\\host", "C:\\x"] {
            assert!(!is_relative(target), "{target}");
        }
    }
}
