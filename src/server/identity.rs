//! Who the site says a visitor is: a JWT, signed with HS256 by one of the site's secrets, that expires soon.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use sha2::Sha256;

/// A token that is worth something for longer could be stolen and used.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// Two machines' clocks never agree.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_secs(60);
const LARGEST: usize = 4096;

/// What the site vouches for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Claims {
    /// The site's own id of the visitor.
    pub(crate) sub: String,
    /// E-mail address.
    #[serde(default)]
    pub(crate) email: Option<String>,
    /// Name.
    #[serde(default)]
    pub(crate) name: Option<String>,
    exp: i64,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

/// Reads a token; the error says what is wrong with it, for the site's developers.
pub(crate) fn read(token: &str, secrets: &[String], now: Timestamp) -> Result<Claims, &'static str> {
    if token.len() > LARGEST {
        return Err("the identity token is too long");
    }
    let (signed, signature) = token.rsplit_once('.').ok_or("the identity token is no JWT")?;
    let (header, claims) = signed.split_once('.').ok_or("the identity token is no JWT")?;
    let header: Header = part(header).ok_or("the identity token has no readable header")?;
    if header.alg != "HS256" {
        return Err("the identity token must be signed with HS256");
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "the identity token has no readable signature")?;
    if !secrets.iter().any(|secret| is_signed(signed, &signature, secret)) {
        return Err("the identity token is not signed with a secret of [identity]");
    }
    let claims: Claims = part(claims).ok_or("the identity token needs sub and exp")?;
    if claims.sub.is_empty() {
        return Err("the identity token needs sub and exp");
    }
    check_expiry(claims.exp, now)?;
    Ok(claims)
}

fn check_expiry(exp: i64, now: Timestamp) -> Result<(), &'static str> {
    let expires = Timestamp::from_second(exp).map_err(|_| "the identity token's exp is no time")?;
    let left = expires.duration_since(now);
    if left < -CLOCKS_DIFFER {
        return Err("the identity token has expired");
    }
    if left > LONGEST + CLOCKS_DIFFER {
        return Err("the identity token must expire within 15 minutes");
    }
    Ok(())
}

fn is_signed(signed: &str, signature: &[u8], secret: &str) -> bool {
    if secret.is_empty() {
        return false;
    }
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    mac.update(signed.as_bytes());
    mac.verify_slice(signature).is_ok()
}

fn part<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SECRET: &str = "a secret of the shop";

    fn token(header: &str, claims: &str, secret: &str) -> String {
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    fn read_at(token: &str, second: i64) -> Result<Claims, &'static str> {
        let secrets = ["the next secret".to_owned(), SECRET.to_owned(), String::new()];
        read(token, &secrets, Timestamp::from_second(second).unwrap())
    }

    const HS256: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
    const ADA: &str = r#"{"sub":"7","name":"Ada","email":"ada@shop.example","exp":1600,"admin":true}"#;

    #[test]
    fn the_site_vouches_for_a_visitor() {
        let claims = read_at(&token(HS256, ADA, SECRET), 1000).unwrap();
        assert_eq!((claims.sub.as_str(), claims.name.as_deref()), ("7", Some("Ada")));
        assert!(read_at(&token(HS256, ADA, "the next secret"), 1000).is_ok());
    }

    #[test]
    fn nobody_else_can() {
        let good = token(HS256, ADA, SECRET);
        let forged = good.replace(&URL_SAFE_NO_PAD.encode(ADA), &URL_SAFE_NO_PAD.encode(ADA.replace('7', "8")));
        let unsigned = good.rsplit_once('.').unwrap().0.to_owned() + ".";
        for bad in [
            "",
            "a.b",
            "a.b.c",
            &forged,
            &unsigned,
            &token(HS256, ADA, "another secret"),
            &token(HS256, ADA, ""),
            &token(r#"{"alg":"none"}"#, ADA, SECRET),
            &token(r#"{"alg":"HS512"}"#, ADA, SECRET),
            &token(HS256, r#"{"name":"Ada","exp":1600}"#, SECRET),
            &token(HS256, r#"{"sub":"","exp":1600}"#, SECRET),
            &token(HS256, r#"{"sub":"7"}"#, SECRET),
            &token(HS256, r#"{"sub":"7","exp":1e300}"#, SECRET),
        ] {
            assert!(read_at(bad, 1000).is_err(), "{bad}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn no_change_of_a_token_is_believed(at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_.-]", text in "\\PC{0,80}") {
            let good = token(HS256, ADA, SECRET);
            let mut changed = good.clone();
            let at = at.index(changed.len());
            changed.replace_range(at..=at, &letter);
            prop_assert_eq!(read_at(&changed, 1000).is_ok(), changed == good, "{}", changed);
            prop_assert!(read_at(&text, 1000).is_err(), "{}", text);
        }
    }

    #[test]
    fn a_token_is_worth_something_for_a_quarter_of_an_hour() {
        let token = token(HS256, ADA, SECRET);
        for (second, is_good) in [(1600, true), (1660, true), (1661, false), (640, true), (600, false)] {
            assert_eq!(read_at(&token, second).is_ok(), is_good, "{second}");
        }
    }
}
