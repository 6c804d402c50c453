//! Visitors, as they are kept.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conversation::VisitorId;

/// What a visitor has said of themselves, and where they are. Kept from the first message on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// Who.
    pub id: VisitorId,
    /// Name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// The site's own id.
    pub external_id: Option<String>,
    /// Whether the site vouches for name, address and id.
    pub verified: bool,
    /// The site's own words about them.
    pub attributes: BTreeMap<String, String>,
    /// The page now, without query and fragment.
    pub page_url: Option<String>,
    /// Its title.
    pub page_title: Option<String>,
    /// Where they came from, without query and fragment.
    pub referrer: Option<String>,
    /// Where they have been on the site, and with what.
    pub trail: Trail,
}

/// Where a visitor has been on the site, and with what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Trail {
    /// The last pages, the one now last.
    pub pages: Vec<PageSeen>,
    /// What their browser says it is.
    pub device: Option<String>,
    /// Their time zone's IANA name.
    pub time_zone: Option<String>,
}

/// A page that a visitor was on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSeen {
    /// Its address, without query and fragment.
    pub url: String,
    /// Its title.
    pub title: Option<String>,
    /// From when on.
    pub at: Timestamp,
}

impl Visitor {
    /// Somebody of whom nothing is known.
    pub fn unknown(id: VisitorId) -> Self {
        Self {
            id,
            name: None,
            email: None,
            external_id: None,
            verified: false,
            attributes: BTreeMap::new(),
            page_url: None,
            page_title: None,
            referrer: None,
            trail: Trail::default(),
        }
    }
}
