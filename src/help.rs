//! The public help pages: plain HTML from the articles, complete without any script, every word of it escaped.

mod document;
mod html;
mod page;
pub mod search;
pub mod shelf;
mod sitemap;
mod words;

pub use self::{
    document::STYLE,
    page::{home, not_found, page, results},
    search::Found,
    sitemap::sitemap,
};
use crate::knowledge::Snapshot;

/// What all pages of a site have in common.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// Where it is served, without a slash at the end.
    pub url: &'a str,
    /// The site's name; may be empty.
    pub name: &'a str,
    /// The articles.
    pub snapshot: &'a Snapshot,
}

#[cfg(test)]
mod tests;
