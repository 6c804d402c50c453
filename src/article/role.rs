//! What a file of the knowledge base is for, by its path.

use crate::article::link::strip_md;

/// What a file is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// An article.
    Article,
    /// A canned response, with its shortcut.
    Canned(String),
    /// Words that mean the same.
    Synonyms,
    /// Answer tests.
    AnswerTests,
    /// The bot's own words in one language.
    Wording {
        /// The language.
        locale: String,
    },
    /// Markdown that is not indexed: a README, or below a name that begins with `_` or `.`.
    Unindexed,
    /// Anything else, such as a picture.
    Other,
}

/// Tells what the file at `path` is for; `path` is relative to the folder, with `/`.
pub fn role(path: &str) -> Role {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if let Some(shortcut) = path.strip_prefix("_canned/").and_then(strip_md) {
        return Role::Canned(shortcut.to_owned());
    }
    if let Some(locale) = folder.strip_prefix("_builtin/").filter(|_| name == "_wording.yaml") {
        return Role::Wording { locale: locale.to_owned() };
    }
    let is_hidden = |part: &str| part.starts_with(['_', '.']);
    let open_folder = folder.strip_prefix("_builtin/").unwrap_or(folder);
    match name {
        "_synonyms.yaml" if folder.is_empty() => Role::Synonyms,
        "_answers.yaml" if !folder.split('/').any(is_hidden) => Role::AnswerTests,
        _ if strip_md(name).is_none() => Role::Other,
        _ if name.eq_ignore_ascii_case("README.md") || is_hidden(name) => Role::Unindexed,
        _ if open_folder.split('/').any(is_hidden) => Role::Unindexed,
        _ => Role::Article,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_what_a_file_is_for() {
        for (path, expected) in [
            ("shipping/delivery-time.md", Role::Article),
            ("_builtin/de/greeting.md", Role::Article),
            ("README.md", Role::Unindexed),
            ("shipping/README.md", Role::Unindexed),
            ("_notes.md", Role::Unindexed),
            ("shipping/_old/x.md", Role::Unindexed),
            (".git/x.md", Role::Unindexed),
            ("_canned/hello.md", Role::Canned("hello".into())),
            ("_canned/de/hello.md", Role::Canned("de/hello".into())),
            ("_synonyms.yaml", Role::Synonyms),
            ("_answers.yaml", Role::AnswerTests),
            ("shipping/_answers.yaml", Role::AnswerTests),
            ("_builtin/de/_wording.yaml", Role::Wording { locale: "de".into() }),
            ("shipping/box.png", Role::Other),
            ("_metadata.yaml", Role::Other),
        ] {
            assert_eq!(role(path), expected, "{path}");
        }
    }
}
