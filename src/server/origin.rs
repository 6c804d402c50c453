//! Which pages may open a socket: scheme, host and port are compared exactly, after parsing.

use axum::http::{HeaderMap, header};

/// A web origin in its normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    scheme: Scheme,
    host: String,
    port: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Http,
    Https,
}

/// The origins that may open sockets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origins {
    public: Option<Origin>,
    allowed: Vec<Origin>,
    allows_every_site: bool,
}

/// What a request says of the page that it comes from.
#[derive(Debug, PartialEq, Eq)]
enum Claim {
    /// It is no page.
    Absent,
    Page(Origin),
    /// `null`, several, or no origin at all.
    Unclear,
}

impl Origin {
    /// Reads `scheme://host[:port]` and nothing else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let scheme = Scheme::parse(scheme)?;
        let (host, port) = parse_host(rest)?;
        Some(Self { scheme, host, port: port.unwrap_or(scheme.default_port()) })
    }

    /// The origin of an address that may have a path.
    pub(crate) fn of_url(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        Self::parse(&format!("{scheme}://{host}"))
    }

    /// Whether pages of this origin come over TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.scheme == Scheme::Https
    }

    /// Whether a page that this server serves under that `Host` has this origin.
    fn is_served_as(&self, host_header: &str) -> bool {
        parse_host(host_header)
            .is_some_and(|(host, port)| host == self.host && port.unwrap_or(self.scheme.default_port()) == self.port)
    }
}

impl Scheme {
    fn parse(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("https") {
            Some(Self::Https)
        } else if text.eq_ignore_ascii_case("http") {
            Some(Self::Http)
        } else {
            None
        }
    }

    fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// A host in lower case, and its port.
fn parse_host(text: &str) -> Option<(String, Option<u16>)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (address, rest) = rest.split_once(']')?;
        let address: std::net::Ipv6Addr = address.parse().ok()?;
        let port = if rest.is_empty() { None } else { Some(parse_port(rest.strip_prefix(':')?)?) };
        return Some((format!("[{address}]"), port));
    }
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(parse_port(port)?)),
        None => (text, None),
    };
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    host.split('.').all(is_label).then(|| (host.to_ascii_lowercase(), port))
}

fn parse_port(text: &str) -> Option<u16> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?.filter(|port| *port > 0)
}

impl Origins {
    /// Reads the settings; the error is the entry that is no origin.
    pub(crate) fn parse(public_url: &str, allowed: &[String]) -> Result<Self, String> {
        let public = match public_url {
            "" => None,
            url => Some(Origin::of_url(url).ok_or_else(|| url.to_owned())?),
        };
        let mut origins = Self { public, ..Self::default() };
        for text in allowed {
            match text.trim().trim_end_matches('/') {
                "*" => origins.allows_every_site = true,
                origin => origins.allowed.push(Origin::parse(origin).ok_or_else(|| text.clone())?),
            }
        }
        Ok(origins)
    }

    /// Whether the server is reached over TLS.
    pub(crate) fn is_public_https(&self) -> bool {
        self.public.as_ref().is_some_and(Origin::is_https)
    }

    /// Whether a visitor's socket may come from there: the server's own pages, an allowed site, or no page at all.
    pub(crate) fn may_visit(&self, headers: &HeaderMap) -> bool {
        match claim(headers) {
            Claim::Absent => true,
            Claim::Unclear => self.allows_every_site,
            Claim::Page(origin) => {
                self.allows_every_site
                    || self.public.as_ref() == Some(&origin)
                    || self.allowed.contains(&origin)
                    || is_own_host(&origin, headers)
            }
        }
    }

    /// Whether the request comes from the console: the server's own pages only.
    pub(crate) fn is_own_page(&self, headers: &HeaderMap) -> bool {
        match (claim(headers), &self.public) {
            (Claim::Page(origin), Some(public)) => origin == *public,
            (Claim::Page(origin), None) => is_own_host(&origin, headers),
            (Claim::Absent | Claim::Unclear, _) => false,
        }
    }

    /// Whether the request comes from a page that is not the server's own.
    pub(crate) fn is_foreign_page(&self, headers: &HeaderMap) -> bool {
        claim(headers) != Claim::Absent && !self.is_own_page(headers)
    }
}

fn is_own_host(origin: &Origin, headers: &HeaderMap) -> bool {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).is_some_and(|host| origin.is_served_as(host))
}

fn claim(headers: &HeaderMap) -> Claim {
    let mut values = headers.get_all(header::ORIGIN).into_iter();
    match (values.next(), values.next()) {
        (None, _) => Claim::Absent,
        (Some(value), None) => value.to_str().ok().and_then(Origin::parse).map_or(Claim::Unclear, Claim::Page),
        (Some(_), Some(_)) => Claim::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn headers(origin: Option<&str>, host: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    fn origins(public_url: &str, allowed: &[&str]) -> Origins {
        Origins::parse(public_url, &allowed.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn only_exact_origins_may_visit() {
        let origins = origins("https://desk.example", &["https://shop.example", "http://localhost:3000/"]);
        let may = |origin: &str| origins.may_visit(&headers(Some(origin), "127.0.0.1:8080"));
        for good in [
            "https://shop.example",
            "https://shop.example:443",
            "HTTPS://Shop.Example",
            "http://localhost:3000",
            "https://desk.example",
            "http://127.0.0.1:8080",
        ] {
            assert!(may(good), "{good}");
        }
        for bad in [
            "http://shop.example",
            "https://shop.example:8443",
            "https://shop.example.evil.example",
            "https://evil-shop.example",
            "https://www.shop.example",
            "https://shop.example.",
            "https://shop.example/",
            "https://user@shop.example",
            "https://shop.example@evil.example",
            "https://shop.example:443@evil.example",
            "https://shop.example#.evil.example",
            "https://shop.example:",
            "https://shop.example:0",
            "https://shop.example:+443",
            "https://xn--shp-5qa.example",
            "https://",
            "null",
            "*",
            "file://",
            "http://localhost",
            "http://127.0.0.1:8081",
        ] {
            assert!(!may(bad), "{bad}");
        }
        assert!(origins.may_visit(&headers(None, "127.0.0.1:8080")));
    }

    #[test]
    fn bytes_outside_ascii_are_no_origin() {
        for text in ["https://shöp.example", "https://shop.example\u{0}", "https://shop。example"] {
            assert_eq!(Origin::parse(text), None, "{text}");
        }
    }

    fn near_miss() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "https://",
            "http://",
            "HTTPS://",
            "shop.example",
            "evil.example",
            "shop",
            ".",
            ":",
            "443",
            "8443",
            "@",
            "/",
            "#",
            "?",
            "\\",
            "%2e",
            "xn--",
            "null",
            "*",
            " ",
            "\t",
            "[::1]",
            "\u{430}",
            "-",
        ]);
        let pieces = prop::collection::vec(piece, 0..7).prop_map(|pieces| pieces.concat());
        prop_oneof![4 => pieces, 1 => "https://shop\\.example\\PC{0,4}", 1 => "\\PC{0,30}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn nothing_that_is_not_the_allowed_origin_may_visit(origin in near_miss()) {
            let allowed = origins("", &["https://shop.example"]);
            let mut headers = headers(None, "desk.example");
            if let Ok(value) = axum::http::HeaderValue::from_bytes(origin.as_bytes()) {
                headers.insert(header::ORIGIN, value);
                let is_it = ["https://shop.example", "https://shop.example:443"].iter().any(|known| origin.eq_ignore_ascii_case(known));
                let is_own = Origin::parse(&origin).is_some_and(|origin| origin.is_served_as("desk.example"));
                prop_assert_eq!(allowed.may_visit(&headers), is_it || is_own, "{}", origin);
            }
        }

        #[test]
        fn an_origin_that_is_read_is_read_the_same_again(text in near_miss()) {
            if let Some(origin) = Origin::parse(&text) {
                let scheme = if origin.is_https() { "https" } else { "http" };
                let written = format!("{scheme}://{}:{}", origin.host, origin.port);
                prop_assert_eq!(Origin::parse(&written), Some(origin));
            }
        }
    }

    #[test]
    fn agents_come_from_the_public_address_or_else_from_the_same_host() {
        let public = origins("https://desk.example/", &["https://shop.example", "*"]);
        assert!(public.is_own_page(&headers(Some("https://desk.example"), "x")));
        for bad in [Some("https://shop.example"), Some("http://desk.example"), Some("http://x"), Some("null"), None] {
            assert!(!public.is_own_page(&headers(bad, "x")), "{bad:?}");
        }
        let local = origins("", &[]);
        assert!(local.is_own_page(&headers(Some("http://[::1]:8080"), "[::1]:8080")));
        assert!(local.is_own_page(&headers(Some("https://desk.example"), "desk.example")));
        assert!(!local.is_own_page(&headers(Some("https://evil.example"), "desk.example")));
        assert!(!local.is_own_page(&headers(None, "desk.example")));
    }

    #[test]
    fn settings_that_are_no_origin_are_named() {
        for bad in ["shop.example", "ftp://shop.example", "https://shöp.example", ""] {
            assert_eq!(Origins::parse("", &[bad.to_owned()]).unwrap_err(), bad);
        }
        assert!(Origins::parse("desk.example", &[]).is_err());
    }
}
