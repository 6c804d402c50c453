//! Running text while it is read: marks opened and closed, equal neighbours joined.

use crate::{
    article::address::{self, Piece},
    block::Span,
};

/// The spans of the paragraph, heading or cell that is being read.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    done: Vec<Span>,
    bold: usize,
    italic: usize,
    href: Option<String>,
}

impl Spans {
    pub(crate) fn open_bold(&mut self) {
        self.bold += 1;
    }

    pub(crate) fn close_bold(&mut self) {
        self.bold = self.bold.saturating_sub(1);
    }

    pub(crate) fn open_italic(&mut self) {
        self.italic += 1;
    }

    pub(crate) fn close_italic(&mut self) {
        self.italic = self.italic.saturating_sub(1);
    }

    pub(crate) fn open_link(&mut self, href: Option<String>) {
        self.href = href;
    }

    pub(crate) fn close_link(&mut self) {
        self.href = None;
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.push(text, false);
    }

    pub(crate) fn code(&mut self, text: &str) {
        self.push(text, true);
    }

    /// Takes what was read so far without the blanks around it; open marks stay open.
    pub(crate) fn take(&mut self) -> Vec<Span> {
        let mut spans = std::mem::take(&mut self.done);
        if let Some(first) = spans.first_mut() {
            first.text = first.text.trim_start().to_owned();
        }
        if let Some(last) = spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        spans.retain(|span| !span.text.is_empty());
        if spans.iter().any(has_bare_address) { spans.into_iter().flat_map(linked).collect() } else { spans }
    }

    fn push(&mut self, text: &str, code: bool) {
        let (bold, italic) = (self.bold > 0, self.italic > 0);
        match self.done.last_mut() {
            Some(last) if last.bold == bold && last.italic == italic && last.code == code && last.href == self.href => {
                last.text.push_str(text);
            }
            _ if text.is_empty() => {}
            _ => self.done.push(Span { text: text.to_owned(), bold, italic, code, href: self.href.clone() }),
        }
    }
}

fn has_bare_address(span: &Span) -> bool {
    !span.code && span.href.is_none() && span.text.contains("://")
}

/// Addresses that stand in a text as they are become links, as on GitHub.
fn linked(span: Span) -> Vec<Span> {
    if !has_bare_address(&span) {
        return vec![span];
    }
    let (bold, italic) = (span.bold, span.italic);
    let with = |text: &str, href| Span { text: text.to_owned(), bold, italic, code: false, href };
    let pieces = address::pieces(&span.text).into_iter().map(|piece| match piece {
        Piece::Words(text) => with(text, None),
        Piece::Address(text) => with(text, Some(text.to_owned())),
    });
    pieces.collect()
}
