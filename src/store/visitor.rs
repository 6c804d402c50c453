//! What is kept of visitors, and for how long.

use jiff::Timestamp;

use crate::conversation::VisitorId;

/// What a visitor has said of themselves, and where they are. Kept from the first message on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
    pub attributes: std::collections::BTreeMap<String, String>,
    /// The page now, without query and fragment.
    pub page_url: Option<String>,
    /// Its title.
    pub page_title: Option<String>,
    /// Where they came from, without query and fragment.
    pub referrer: Option<String>,
    /// Where they have been on the site, with what, and what they have agreed to.
    #[serde(default)]
    pub trail: Trail,
}

/// Where a visitor has been on the site, with what, and what they have agreed to.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Trail {
    /// The last pages, the one now last.
    pub pages: Vec<PageSeen>,
    /// What their browser says it is.
    pub device: Option<String>,
    /// Their time zone's IANA name.
    pub time_zone: Option<String>,
    /// What they agreed to before anything was sent, where the site asks.
    pub consent: Option<Consent>,
}

/// What a visitor has agreed to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Consent {
    /// The version of the notice.
    pub notice: String,
    /// When the desk first heard of it, by its own clock.
    pub at: Timestamp,
}

/// A page that a visitor was on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
            attributes: std::collections::BTreeMap::new(),
            page_url: None,
            page_title: None,
            referrer: None,
            trail: Trail::default(),
        }
    }
}

/// From when on what is kept; what is older is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keeping {
    /// Conversations that only the bot had.
    pub bot_since: Timestamp,
    /// Conversations that a person had or was asked for.
    pub people_since: Timestamp,
    /// Entries of the audit log.
    pub audit_since: Timestamp,
    /// Sessions that ended before are of no use.
    pub now: Timestamp,
}

/// How much was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Forgotten {
    /// Conversations.
    pub conversations: u64,
    /// Visitors of whom nothing is left.
    pub visitors: u64,
}
