//! Visitors' tokens: random, signed by a key of the store. A token that is never used costs no row.
//!
//! A token begins with the time of its issue, and so does its visitor's id: what is kept of visitors who come at the
//! same time lies side by side in the store, and a commit of many of them touches few places.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::{
    chat::{Chat, ChatError},
    clock::secret_bytes,
    conversation::VisitorId,
    store::{Store, StoreError},
};

/// Milliseconds since 1970.
const TIME: usize = 6;
const RANDOM: usize = 32;
const SIGNATURE: usize = 32;
/// Tokens of the first release have no time.
const TIMELESS: usize = RANDOM + SIGNATURE;
const KEY_NAME: &str = "visitor_tokens";

/// Signs tokens and knows those that it signed.
pub(crate) struct TokenKey([u8; 32]);

impl TokenKey {
    pub(crate) async fn load(store: &dyn Store) -> Result<Self, ChatError> {
        Ok(Self(store.secret(KEY_NAME, new_secret()?).await?))
    }

    fn issue(&self, at: Timestamp) -> Result<(String, VisitorId), ChatError> {
        let random: [u8; RANDOM] = new_secret()?;
        let [_, _, time @ ..] = at.as_millisecond().to_be_bytes();
        let mut bytes = [time.as_slice(), &random].concat();
        let visitor = visitor_of(Some(time), &random);
        let signature = self.signed(&bytes).map(|mac| mac.finalize().into_bytes());
        bytes.extend(signature.ok_or(ChatError::Invalid("the signing key cannot be used"))?);
        Ok((URL_SAFE_NO_PAD.encode(bytes), visitor))
    }

    pub(crate) fn read(&self, token: &str) -> Option<VisitorId> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (signed, signature) = bytes.split_at_checked(bytes.len().checked_sub(SIGNATURE)?)?;
        self.signed(signed)?.verify_slice(signature).ok()?;
        match bytes.len() {
            TIMELESS => Some(visitor_of(None, signed)),
            _ => signed.split_first_chunk().map(|(time, random)| visitor_of(Some(*time), random)),
        }
    }

    fn signed(&self, random: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(random);
        Some(mac)
    }
}

/// The id says nothing of the secret.
fn visitor_of(time: Option<[u8; TIME]>, random: &[u8]) -> VisitorId {
    let digest = Sha256::digest(random);
    let mut bytes = digest.first_chunk::<16>().copied().unwrap_or_default();
    if let (Some(time), Some(start)) = (time, bytes.first_chunk_mut()) {
        *start = time;
    }
    VisitorId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Fresh random bytes.
pub(crate) fn new_secret() -> Result<[u8; 32], ChatError> {
    secret_bytes().map_err(|error| ChatError::Unavailable(StoreError::Unavailable(error.to_string())))
}

/// A secret as text, and the hash under which it is kept.
pub(crate) fn new_text_secret() -> Result<(String, [u8; 32]), ChatError> {
    let text = URL_SAFE_NO_PAD.encode(new_secret()?);
    let hash = hash(&text);
    Ok((text, hash))
}

/// What is kept of a secret.
pub(crate) fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

impl Chat {
    /// A new visitor's token. Nothing is stored.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn issue_token(&self) -> Result<(String, VisitorId), ChatError> {
        let (token, visitor) = self.key.issue(self.clock.now())?;
        self.recent.is_new(visitor);
        Ok((token, visitor))
    }

    /// Whose token this is; `None` when it was not issued here.
    pub fn read_token(&self, token: &str) -> Option<VisitorId> {
        self.key.read(token)
    }
}

/// Whether a text is a token of some key, for the fuzz targets.
#[cfg(fuzzing)]
pub fn is_a_token(text: &str) -> bool {
    TokenKey([7; 32]).read(text).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn no_other_text_is_a_token(
            at in any::<prop::sample::Index>(),
            letter in "[A-Za-z0-9_-]",
            text in "\\PC{0,100}",
        ) {
            let key = TokenKey([7; 32]);
            let (token, visitor) = key.issue(Timestamp::UNIX_EPOCH).unwrap();
            let mut changed = token.clone();
            let at = at.index(token.len());
            changed.replace_range(at..=at, &letter);
            prop_assert_eq!(key.read(&changed), (changed == token).then_some(visitor), "{}", changed);
            prop_assert_eq!(key.read(&text), None, "{}", text);
        }
    }

    #[test]
    fn a_token_is_known_again_and_a_changed_one_is_not() {
        let key = TokenKey([7; 32]);
        let (token, visitor) = key.issue(Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(key.read(&token), Some(visitor));
        assert_eq!(TokenKey([8; 32]).read(&token), None);
        let mut changed = token.clone();
        changed.replace_range(3..4, if &token[3..4] == "A" { "B" } else { "A" });
        for bad in [changed.as_str(), "", "x", &token[1..], &format!("{token}A"), "ü"] {
            assert_eq!(key.read(bad), None, "{bad}");
        }
    }
    #[test]
    fn a_token_of_the_first_release_still_opens_what_it_opened() {
        let key = TokenKey([7; 32]);
        let random = [9; RANDOM];
        let signature = key.signed(&random).unwrap().finalize().into_bytes();
        let token = URL_SAFE_NO_PAD.encode([random.as_slice(), &signature].concat());
        let digest = Sha256::digest(random);
        let id = uuid::Builder::from_custom_bytes(digest[..16].try_into().unwrap()).into_uuid();
        assert_eq!(key.read(&token), Some(VisitorId(id)));
    }

    #[test]
    fn visitors_ids_are_in_the_order_of_their_coming() {
        let key = TokenKey([7; 32]);
        let at = |ms| key.issue(Timestamp::from_millisecond(ms).unwrap()).unwrap().1;
        let ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map(|ms| at(ms).0);
        assert!(ids.is_sorted(), "{ids:?}");
    }
}
