//! Where things are in an article's file, for those who point editors to a line.

use serde::{Deserialize, Serialize};

/// The headings, links and pictures of one file in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// Its headings.
    pub headings: Vec<Heading>,
    /// Its links.
    pub links: Vec<Link>,
    /// Its pictures.
    pub images: Vec<Image>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 (largest) to 6.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Its anchor.
    pub slug: String,
    /// Its line in the file, from 1.
    pub line: u32,
    /// Whether nothing follows before the next heading of the same or a higher level.
    pub is_empty: bool,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads, as written.
    pub target: String,
    /// Its line in the file, from 1.
    pub line: u32,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Where it is, as written.
    pub src: String,
    /// What it shows, in words.
    pub alt: String,
    /// Its line in the file, from 1.
    pub line: u32,
}
