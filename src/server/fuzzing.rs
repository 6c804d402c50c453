//! Private parts of the door, for the fuzz targets alone: this is not compiled into the program.

use axum::http::{HeaderMap, HeaderValue, header};
use jiff::Timestamp;

use crate::server::{identity, origin::Origins};

/// Whether a page with this `Origin` may embed the widget when one other origin is allowed.
pub fn is_allowed_origin(text: &str, allowed: &str) -> bool {
    let Ok(value) = HeaderValue::from_str(text) else { return false };
    let mut headers = HeaderMap::new();
    headers.insert(header::ORIGIN, value);
    Origins::parse("", &[allowed.to_owned()]).is_ok_and(|origins| origins.may_visit(&headers))
}

/// Whether this is an identity that a secret vouches for which nobody knows.
pub fn is_signed(token: &str) -> bool {
    identity::read(token, &["a secret that no corpus holds".to_owned()], Timestamp::UNIX_EPOCH).is_ok()
}
