//! Heading anchors, as GitHub makes them.

use std::collections::{HashMap, HashSet};

/// Gives every heading of one file an anchor of its own: a repeated one gets `-1`, `-2`, ….
#[derive(Debug, Default)]
pub struct Slugs {
    taken: HashSet<String>,
    next: HashMap<String, u32>,
}

impl Slugs {
    /// The anchor of the file's next heading.
    pub fn next(&mut self, heading: &str) -> String {
        let slug = slug(heading);
        if self.taken.insert(slug.clone()) {
            return slug;
        }
        let number = self.next.entry(slug.clone()).or_insert(1);
        loop {
            let candidate = format!("{slug}-{number}");
            *number += 1;
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// A heading's anchor: lower case, letters and digits of any script kept, spaces as hyphens.
pub fn slug(heading: &str) -> String {
    let slug: String = heading.trim().to_lowercase().chars().filter_map(kept).collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn kept(letter: char) -> Option<char> {
    match letter {
        _ if letter.is_whitespace() => Some('-'),
        '-' | '_' => Some(letter),
        _ if letter.is_alphanumeric() || is_mark(letter) => Some(letter),
        _ => None,
    }
}

/// Whether a character is a mark on the letter before it, without which scripts such as Thai lose their vowels.
fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_githubs() {
        for (heading, expected) in [
            ("How long does it take?", "how-long-does-it-take"),
            ("What's new -- in 2.0", "whats-new----in-20"),
            ("Größe & Maße?", "größe--maße"),
            ("送料はいくらですか？", "送料はいくらですか"),
            ("snake_case", "snake_case"),
            ("  ?! ", "section"),
        ] {
            assert_eq!(slug(heading), expected);
        }
    }

    #[test]
    fn a_repeated_heading_gets_a_number() {
        let mut slugs = Slugs::default();
        let all: Vec<_> = ["Price", "Price", "Price 1", "Price"].map(|heading| slugs.next(heading)).into();
        assert_eq!(all, ["price", "price-1", "price-1-1", "price-2"]);
    }
}
