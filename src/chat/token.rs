//! Visitors' tokens: random, signed by a key of the store. A token that is never used costs no row.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::{
    chat::{Chat, ChatError},
    clock::secret_bytes,
    conversation::VisitorId,
    store::{Store, StoreError},
};

const RANDOM: usize = 32;
const SIGNATURE: usize = 32;
const KEY_NAME: &str = "visitor_tokens";

/// Signs tokens and knows those that it signed.
pub(crate) struct TokenKey([u8; 32]);

impl TokenKey {
    pub(crate) async fn load(store: &dyn Store) -> Result<Self, ChatError> {
        Ok(Self(store.secret(KEY_NAME, new_secret()?).await?))
    }

    fn issue(&self) -> Result<(String, VisitorId), ChatError> {
        let random: [u8; RANDOM] = new_secret()?;
        let mut bytes = random.to_vec();
        let signature = self.signed(&random).map(|mac| mac.finalize().into_bytes());
        bytes.extend(signature.ok_or(ChatError::Invalid("the signing key cannot be used"))?);
        Ok((URL_SAFE_NO_PAD.encode(bytes), visitor_of(&random)))
    }

    pub(crate) fn read(&self, token: &str) -> Option<VisitorId> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == RANDOM + SIGNATURE)?;
        let (random, signature) = bytes.split_at_checked(RANDOM)?;
        self.signed(random)?.verify_slice(signature).ok()?;
        Some(visitor_of(random))
    }

    fn signed(&self, random: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(random);
        Some(mac)
    }
}

/// The id says nothing of the secret.
fn visitor_of(random: &[u8]) -> VisitorId {
    let digest = Sha256::digest(random);
    let bytes = digest.first_chunk::<16>().copied().unwrap_or_default();
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
        let (token, visitor) = self.key.issue()?;
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
        fn no_other_text_is_a_token(at in 0_usize..86, letter in "[A-Za-z0-9_-]", text in "\\PC{0,100}") {
            let key = TokenKey([7; 32]);
            let (token, visitor) = key.issue().unwrap();
            let mut changed = token.clone();
            changed.replace_range(at..=at, &letter);
            prop_assert_eq!(key.read(&changed), (changed == token).then_some(visitor), "{}", changed);
            prop_assert_eq!(key.read(&text), None, "{}", text);
        }
    }

    #[test]
    fn a_token_is_known_again_and_a_changed_one_is_not() {
        let key = TokenKey([7; 32]);
        let (token, visitor) = key.issue().unwrap();
        assert_eq!(key.read(&token), Some(visitor));
        assert_eq!(TokenKey([8; 32]).read(&token), None);
        let mut changed = token.clone();
        changed.replace_range(3..4, if &token[3..4] == "A" { "B" } else { "A" });
        for bad in [changed.as_str(), "", "x", &token[1..], &format!("{token}A"), "ü"] {
            assert_eq!(key.read(bad), None, "{bad}");
        }
    }
}
