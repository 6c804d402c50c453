//! What a visitor's socket is told of its visitor, cut to what is kept.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    protocol::visitor::{Identity, PageView},
    server::identity::Claims,
    store::{Consent, PageSeen, Visitor},
};

const LONGEST: usize = 256;
const LONGEST_ADDRESS: usize = 1024;
const LONGEST_EMAIL: usize = 254;
const LONGEST_LOCALE: usize = 35;
const LONGEST_TIME_ZONE: usize = 50;
const MOST_PAGES: usize = 10;
const MOST_ATTRIBUTES: usize = 20;
const LONGEST_ATTRIBUTE: usize = 200;

/// Notes the page, without query and fragment: they may hold secrets.
pub(crate) fn note_page(visitor: &mut Visitor, page: &PageView, now: Timestamp) {
    visitor.page_url = page.url.as_deref().and_then(bare_address);
    visitor.page_title = page.title.as_deref().and_then(line);
    note_trail(visitor, now);
    if let Some(referrer) = page.referrer.as_deref() {
        visitor.referrer = bare_address(referrer);
    }
}

/// The pages in a row; the same one again is no other page.
fn note_trail(visitor: &mut Visitor, now: Timestamp) {
    let Some(url) = visitor.page_url.clone() else { return };
    let (title, pages) = (visitor.page_title.clone(), &mut visitor.trail.pages);
    if pages.last().is_some_and(|last| last.url == url) {
        return;
    }
    pages.push(PageSeen { url, title, at: now });
    let surplus = pages.len().saturating_sub(MOST_PAGES);
    pages.drain(..surplus);
}

/// Notes what the browser says that it is.
pub(crate) fn note_device(visitor: &mut Visitor, device: Option<&str>) {
    if let Some(device) = device.and_then(line) {
        visitor.trail.device = Some(device);
    }
}

/// Notes the time zone, if it looks like one.
pub(crate) fn note_time_zone(visitor: &mut Visitor, name: &str) {
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || "/_+-".contains(c));
    if is_name && (1..=LONGEST_TIME_ZONE).contains(&name.len()) {
        visitor.trail.time_zone = Some(name.to_owned());
    }
}

/// Notes the notice that was agreed to; the same one again was agreed to before.
pub(crate) fn note_consent(visitor: &mut Visitor, notice: &str, now: Timestamp) {
    let known = visitor.trail.consent.as_ref().map(|consent| consent.notice.as_str());
    let Some(notice) = line(notice).filter(|notice| known != Some(notice)) else { return };
    visitor.trail.consent = Some(Consent { notice, at: now });
}

/// Notes what the site vouches for.
pub(crate) fn note_claims(visitor: &mut Visitor, claims: &Claims) {
    visitor.verified = true;
    visitor.external_id = line(&claims.sub);
    visitor.name = claims.name.as_deref().and_then(line);
    visitor.email = claims.email.as_deref().and_then(email);
}

/// Notes what nobody vouches for; it never replaces what somebody does.
pub(crate) fn note_unsigned(visitor: &mut Visitor, identity: &Identity) {
    if !visitor.verified {
        let noted = |new: Option<String>, old: &mut Option<String>| *old = new.or(old.take());
        noted(identity.id.as_deref().and_then(line), &mut visitor.external_id);
        noted(identity.name.as_deref().and_then(line), &mut visitor.name);
        noted(identity.email.as_deref().and_then(email), &mut visitor.email);
    }
}

/// Adds attributes; false, and nothing added, when there are too many or one is too long.
pub(crate) fn note_attributes(visitor: &mut Visitor, attributes: &BTreeMap<String, String>) -> bool {
    let fits = |text: &String| text.chars().count() <= LONGEST_ATTRIBUTE;
    let mut all = visitor.attributes.clone();
    all.extend(attributes.iter().map(|(key, value)| (printable(key), printable(value))));
    if all.len() > MOST_ATTRIBUTES || !attributes.iter().all(|(key, value)| fits(key) && fits(value)) {
        return false;
    }
    visitor.attributes = all;
    true
}

/// A language tag, if it looks like one.
pub(crate) fn locale(text: &str) -> Option<String> {
    let is_tag = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let is_tag = is_tag && (2..=LONGEST_LOCALE).contains(&text.len()) && text.starts_with(|c: char| c.is_alphabetic());
    is_tag.then(|| text.replace('_', "-"))
}

fn email(text: &str) -> Option<String> {
    line(text).filter(|text| text.contains('@') && text.len() <= LONGEST_EMAIL)
}

fn bare_address(url: &str) -> Option<String> {
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    let is_web = bare.starts_with("https://") || bare.starts_with("http://");
    let bare: String = printable(bare).chars().take(LONGEST_ADDRESS).collect();
    is_web.then(|| without_credentials(&bare))
}

fn without_credentials(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

/// One line of printable text, not empty.
fn line(text: &str) -> Option<String> {
    let text: String = printable(text).trim().chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

/// Without control characters, those that turn the direction of what follows, and those that nobody sees. Joiners stay:
/// some scripts cannot be written without them.
fn printable(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_unseen = |c: char| matches!(c, '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    text.chars().filter(|c| !c.is_control() && !turns(*c) && !is_unseen(*c)).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::conversation::VisitorId;

    fn visitor() -> Visitor {
        Visitor::unknown(VisitorId(Uuid::nil()))
    }

    #[test]
    fn pages_lose_what_may_be_secret() {
        let mut visitor = visitor();
        let page = PageView {
            url: Some("https://user:pass@shop.example/cart?token=secret#x".to_owned()),
            title: Some(" Cart\r\n\u{202e}evil ".to_owned()),
            referrer: Some("javascript:alert(1)".to_owned()),
        };
        note_page(&mut visitor, &page, Timestamp::UNIX_EPOCH);
        assert_eq!(visitor.page_url.as_deref(), Some("https://shop.example/cart"));
        assert_eq!(visitor.page_title.as_deref(), Some("Cartevil"));
        assert_eq!(visitor.referrer, None);
    }

    #[test]
    fn what_nobody_vouches_for_never_replaces_what_somebody_does() {
        let mut visitor = visitor();
        let unsigned =
            Identity { name: Some("Eve".to_owned()), email: Some("no address".to_owned()), ..Identity::default() };
        note_unsigned(&mut visitor, &unsigned);
        assert_eq!((visitor.name.as_deref(), visitor.email.as_deref()), (Some("Eve"), None));
        visitor.verified = true;
        visitor.name = Some("Ada".to_owned());
        note_unsigned(&mut visitor, &unsigned);
        assert_eq!(visitor.name.as_deref(), Some("Ada"));
    }

    #[test]
    fn at_most_twenty_attributes_of_200_characters() {
        let mut visitor = visitor();
        let many = |count: usize| (0..count).map(|n| (n.to_string(), "x".to_owned())).collect::<BTreeMap<_, _>>();
        assert!(note_attributes(&mut visitor, &many(20)));
        assert!(!note_attributes(&mut visitor, &BTreeMap::from([("more".to_owned(), String::new())])));
        assert!(note_attributes(&mut visitor, &many(1)));
        let long = |count: usize| BTreeMap::from([("0".to_owned(), "ü".repeat(count))]);
        assert!(note_attributes(&mut visitor, &long(200)));
        assert!(!note_attributes(&mut visitor, &long(201)));
        assert_eq!(visitor.attributes.len(), 20);
    }

    #[test]
    fn consent_counts_from_the_first_time_and_another_notice_from_its_own() {
        let mut visitor = visitor();
        let kept = |visitor: &Visitor| {
            visitor.trail.consent.as_ref().map(|consent| (consent.notice.clone(), consent.at.as_second()))
        };
        for (second, notice, expected) in [
            (1, " \n", None),
            (2, "2027-01", Some(("2027-01".to_owned(), 2))),
            (3, "2027-01", Some(("2027-01".to_owned(), 2))),
            (4, "2027-02", Some(("2027-02".to_owned(), 4))),
        ] {
            note_consent(&mut visitor, notice, Timestamp::from_second(second).unwrap());
            assert_eq!(kept(&visitor), expected, "{notice}");
        }
    }

    #[test]
    fn locales() {
        assert_eq!(locale("de-AT").as_deref(), Some("de-AT"));
        assert_eq!(locale("pt_BR").as_deref(), Some("pt-BR"));
        for bad in ["", "x", "../etc", "12", &"a".repeat(36)] {
            assert_eq!(locale(bad), None, "{bad}");
        }
    }
}
