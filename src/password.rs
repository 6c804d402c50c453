//! Agents' passwords: argon2id, and the same work for an agent who does not exist.

use argon2::{
    Argon2, PasswordHasher, PasswordVerifier,
    password_hash::{PasswordHash, SaltString, rand_core::OsRng},
};
use thiserror::Error;

/// The shortest password, in characters.
pub const SHORTEST: usize = 10;
/// Longer ones only cost time.
const LONGEST: usize = 1000;

/// Why a password cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// It is too short or far too long.
    #[error("please choose a password of at least {SHORTEST} characters")]
    Length,
    /// The hash cannot be computed.
    #[error("the password cannot be hashed on this machine")]
    Hash,
}

/// What is kept of a password. Takes tens of milliseconds of one core.
///
/// # Errors
/// As [`PasswordError`] says.
pub fn hash(password: &str) -> Result<String, PasswordError> {
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(PasswordError::Length);
    }
    hash_any(password).ok_or(PasswordError::Hash)
}

/// Whether the password is the one that was kept. Takes as long when nothing was kept, so that time does not tell
/// which agents exist.
pub fn is_right(password: &str, kept: Option<&str>) -> bool {
    let Some(kept) = kept else {
        return hash_any(password).is_none();
    };
    let Ok(kept) = PasswordHash::new(kept) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &kept).is_ok()
}

fn hash_any(password: &str) -> Option<String> {
    let salt = SaltString::generate(&mut OsRng);
    Argon2::default().hash_password(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_is_right() {
        let kept = hash("correct horse").unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(is_right("correct horse", Some(&kept)));
        for (password, kept) in
            [("wrong horse!", Some(kept.as_str())), ("correct horse", None), ("x", Some("nonsense"))]
        {
            assert!(!is_right(password, kept));
        }
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        for password in ["", "123456789", &"x".repeat(1001)] {
            assert_eq!(hash(password), Err(PasswordError::Length));
        }
    }
}
