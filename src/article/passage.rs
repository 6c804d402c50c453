//! Passages: an article's body cut at its headings, and long parts cut further.

use serde::{Deserialize, Serialize};

use crate::{
    article::Article,
    block::{self, Block},
};

/// A part under one heading is cut after about so many words, between blocks only.
pub const PASSAGE_WORDS: usize = 120;

/// A part of an article: what is indexed and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The anchor of its heading; none before the first heading.
    pub anchor: Option<String>,
    /// The words of its heading.
    pub heading: Option<String>,
    /// What it says, without its heading.
    pub blocks: Vec<Block>,
    /// The words of `blocks`.
    pub text: String,
}

/// An article's body cut at its headings and at about [`PASSAGE_WORDS`]; an empty body gives none.
pub fn passages(article: &Article) -> Vec<Passage> {
    sections(article).into_iter().flat_map(cut).collect()
}

/// An article's body cut at its headings only; a heading without text of its own gives none.
pub fn sections(article: &Article) -> Vec<Passage> {
    let mut anchors = article.anchors.iter();
    let mut sections = vec![Passage { anchor: None, heading: None, blocks: Vec::new(), text: String::new() }];
    for block in &article.body {
        if let Block::Heading { spans, .. } = block {
            let heading = Some(block::span_text(spans));
            sections.push(Passage {
                anchor: anchors.next().cloned(),
                heading,
                blocks: Vec::new(),
                text: String::new(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.blocks.push(block.clone());
        }
    }
    sections.retain(|section| !section.blocks.is_empty());
    sections.into_iter().map(with_text).collect()
}

/// How many words a text has, as people count them.
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

fn cut(section: Passage) -> Vec<Passage> {
    let mut parts: Vec<Vec<Block>> = Vec::new();
    let mut room = 0;
    for block in section.blocks {
        let words = word_count(&block::plain_text(std::slice::from_ref(&block)));
        match parts.last_mut() {
            Some(part) if words <= room || leads_on(part) => part.push(block),
            _ => {
                parts.push(vec![block]);
                room = PASSAGE_WORDS;
            }
        }
        room = room.saturating_sub(words);
    }
    let part = |blocks| Passage {
        anchor: section.anchor.clone(),
        heading: section.heading.clone(),
        blocks,
        text: String::new(),
    };
    parts.into_iter().map(|blocks| with_text(part(blocks))).collect()
}

/// Whether a part ends with a sentence that announces what follows, such as "Do this:".
fn leads_on(part: &[Block]) -> bool {
    matches!(part.last(), Some(Block::Paragraph { spans }) if block::span_text(spans).trim_end().ends_with(':'))
}

fn with_text(passage: Passage) -> Passage {
    Passage { text: block::plain_text(&passage.blocks), ..passage }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::read_page;

    fn cuts(text: &str) -> Vec<(Option<String>, usize)> {
        let page = read_page("a.md", text);
        passages(&page.article).into_iter().map(|passage| (passage.anchor, word_count(&passage.text))).collect()
    }

    #[test]
    fn a_body_is_cut_at_its_headings() {
        let text = "# T\nbefore\n\n## One\n\n### Two\nunder two\n\n## Two\nlast\n";
        let cuts = cuts(text);
        assert_eq!(cuts, [(None, 1), (Some("two".into()), 2), (Some("two-1".into()), 1)]);
    }

    #[test]
    fn long_parts_are_cut_between_blocks() {
        let fifty = "word ".repeat(50);
        assert_eq!(cuts(&format!("{fifty}\n\n{fifty}\n\n{fifty}\n")), [(None, 100), (None, 50)]);
        let list = format!("- {fifty}\n- {fifty}\n- {fifty}\n");
        assert_eq!(cuts(&format!("{fifty}\n\n{list}")), [(None, 50), (None, 150)]);
        assert_eq!(cuts(&format!("{fifty}do this:\n\n{list}")), [(None, 202)]);
    }

    #[test]
    fn nothing_is_no_passage() {
        assert_eq!(cuts("# Only a title\n"), []);
        assert_eq!(cuts("## A\n## B\n"), []);
    }

    #[test]
    fn no_word_is_lost() {
        let text = format!("{}\n\n> {}\n\n## H\n{}", "a ".repeat(90), "b ".repeat(90), "c ".repeat(300));
        let total: usize = cuts(&text).iter().map(|(_, words)| words).sum();
        assert_eq!(total, 480);
    }
}
