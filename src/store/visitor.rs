//! A visitor as the store knows them.

use std::collections::BTreeMap;

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
        }
    }
}
