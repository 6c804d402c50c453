//! Where search engines find the articles.

use std::fmt::Write as _;

use crate::help::{Site, html::escaped, shelf};

/// Every article with its versions, as an XML site map.
pub fn sitemap(site: &Site<'_>) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let _ = writeln!(xml, "<url><loc>{}/help</loc></url>", escaped(site.url));
    for entry in shelf::entries(site.snapshot) {
        let _ = write!(xml, "<url><loc>{}</loc>", escaped(&entry.url(site.url)));
        if let Some(day) = entry.updated() {
            let _ = write!(xml, "<lastmod>{}</lastmod>", escaped(&day));
        }
        let versions = entry.versions(site.snapshot);
        for version in versions.iter().filter(|_| versions.len() > 1) {
            let (locale, url) = (escaped(version.locale()), escaped(&version.url(site.url)));
            let _ = write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{locale}\" href=\"{url}\"/>");
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}
