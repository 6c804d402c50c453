//! Canned responses: agents' prepared texts, in the same format as articles.

use serde::{Deserialize, Serialize};

use crate::article::read_page;

/// The place holders that a canned response may use.
pub const PLACE_HOLDERS: [&str; 2] = ["visitor.name", "agent.name"];

/// An agent's prepared text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Canned {
    /// What the agent types to get it.
    pub shortcut: String,
    /// What it is for.
    pub title: String,
    /// The text as written, place holders included.
    pub text: String,
}

/// A place holder that a text uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceHolder {
    /// What stands between the braces.
    pub name: String,
    /// Its line in the text, from 1.
    pub line: u32,
}

/// Reads a canned response; every text is one.
pub fn parse(shortcut: &str, text: &str) -> Canned {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let page = read_page(&format!("{shortcut}.md"), &text);
    let source = crate::article::front_matter::split(&text);
    let heading = format!("# {}", page.article.title);
    let body = source.body.trim();
    let body = body.strip_prefix(&heading).filter(|rest| rest.starts_with('\n')).unwrap_or(body);
    Canned { shortcut: shortcut.to_owned(), title: page.article.title, text: body.trim().to_owned() }
}

/// Puts the names into a canned response; a place holder that means nothing stays.
pub fn fill(text: &str, visitor: &str, agent: &str) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_place_holder(rest) {
        filled.push_str(before);
        match name.trim() {
            "visitor.name" => filled.push_str(visitor),
            "agent.name" => filled.push_str(agent),
            _ => filled.extend(["{{", name, "}}"]),
        }
        rest = after;
    }
    filled + rest
}

/// The place holders of a text, in order.
pub fn place_holders(text: &str) -> Vec<PlaceHolder> {
    let lines = (1..).zip(text.lines());
    lines.flat_map(|(line, text)| names(text).into_iter().map(move |name| PlaceHolder { name, line })).collect()
}

fn names(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = line;
    while let Some((_, name, after)) = next_place_holder(rest) {
        names.push(name.trim().to_owned());
        rest = after;
    }
    names
}

/// The text before the first `{{name}}`, the name, and the text after it.
fn next_place_holder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canned_response_is_its_text_as_written() {
        let canned = parse("hello", "---\ntitle: Say hello\n---\nHello **{{visitor.name}}**,\nI am {{agent.name}}.\n");
        assert_eq!(canned.title, "Say hello");
        assert_eq!(canned.text, "Hello **{{visitor.name}}**,\nI am {{agent.name}}.");
        assert_eq!(parse("we-are-back", "We are back.").title, "We are back");
        assert_eq!(parse("x", "# Back\n\nWe are back.").text, "We are back.");
    }

    #[test]
    fn place_holders_are_filled_once() {
        let filled = fill("Hi {{visitor.name}}, {{ agent.name }} here. {{order}} {{", "{{agent.name}}", "Ada");
        assert_eq!(filled, "Hi {{agent.name}}, Ada here. {{order}} {{");
    }

    #[test]
    fn place_holders_have_lines() {
        let found = place_holders("Hi\n{{ visitor.name }} {{x}}");
        let found: Vec<_> = found.iter().map(|holder| (holder.name.as_str(), holder.line)).collect();
        assert_eq!(found, [("visitor.name", 2), ("x", 2)]);
    }
}
