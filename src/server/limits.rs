//! What one visitor, or one address, may do how often.

use std::time::Duration;
use tokio::time::Instant;

use crate::{
    config::Limits,
    conversation::VisitorId,
    server::{
        address::AddressKey,
        rates::{Bucket, Window},
    },
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const MESSAGES_AT_ONCE: u32 = 5;
/// Page changes, ratings and the like come in bursts, but not much more often than messages.
const ASIDES_PER_MESSAGE: u32 = 4;
const ASIDES_AT_ONCE: u32 = 40;
/// The third refusal within a minute ends the socket.
const REFUSALS_PER_MINUTE: u32 = 2;
const FAILED_SIGN_INS: u32 = 5;
const FAILED_SIGN_INS_OF_ADDRESS: u32 = 20;
const LOOK_UPS_PER_MINUTE: u32 = 120;
const VOTES_PER_MINUTE: u32 = 10;
const SIGN_IN_WINDOW: Duration = Duration::from_secs(15 * 60);

/// Counts of what visitors and addresses do.
#[derive(Debug)]
pub(crate) struct Rates {
    messages_at_once: Bucket<VisitorId>,
    messages: Window<VisitorId>,
    asides: Bucket<VisitorId>,
    refusals: Window<VisitorId>,
    escalations: Window<VisitorId>,
    visitors: Window<AddressKey>,
    conversations: Window<AddressKey>,
    look_ups: Window<AddressKey>,
    votes: Window<AddressKey>,
    failed_of_account: Window<(String, AddressKey)>,
    failed_of_address: Window<AddressKey>,
}

impl Rates {
    pub(crate) fn new(limits: &Limits) -> Self {
        let per_minute = limits.messages_per_minute;
        Self {
            messages_at_once: Bucket::new(MESSAGES_AT_ONCE, per_minute.saturating_mul(2)),
            messages: Window::new(per_minute, MINUTE),
            asides: Bucket::new(ASIDES_AT_ONCE, per_minute.saturating_mul(ASIDES_PER_MESSAGE)),
            refusals: Window::new(REFUSALS_PER_MINUTE, MINUTE),
            escalations: Window::new(limits.escalations_per_hour, HOUR),
            visitors: Window::new(limits.visitors_per_minute, MINUTE),
            conversations: Window::new(limits.conversations_per_hour, HOUR),
            look_ups: Window::new(LOOK_UPS_PER_MINUTE, MINUTE),
            votes: Window::new(VOTES_PER_MINUTE, MINUTE),
            failed_of_account: Window::new(FAILED_SIGN_INS, SIGN_IN_WINDOW),
            failed_of_address: Window::new(FAILED_SIGN_INS_OF_ADDRESS, SIGN_IN_WINDOW),
        }
    }

    /// One more message; the error says how long to wait.
    pub(crate) fn message(&self, visitor: VisitorId, now: Instant) -> Result<(), Duration> {
        self.messages_at_once.take(visitor, now)?;
        self.messages.take(visitor, now)
    }

    /// One more of anything else.
    pub(crate) fn aside(&self, visitor: VisitorId, now: Instant) -> Result<(), Duration> {
        self.asides.take(visitor, now)
    }

    /// One more escalation that the visitor asks for.
    pub(crate) fn escalation(&self, visitor: VisitorId, now: Instant) -> Result<(), Duration> {
        self.escalations.take(visitor, now)
    }

    /// One more visitor that nobody has seen before.
    pub(crate) fn visitor(&self, address: AddressKey, now: Instant) -> Result<(), Duration> {
        self.visitors.take(address, now)
    }

    /// One more conversation.
    pub(crate) fn conversation(&self, address: AddressKey, now: Instant) -> Result<(), Duration> {
        self.conversations.take(address, now)
    }

    /// One more search over the articles, also while a word is being typed.
    pub(crate) fn look_up(&self, address: AddressKey, now: Instant) -> Result<(), Duration> {
        self.look_ups.take(address, now)
    }

    /// One more opinion on an article.
    pub(crate) fn vote(&self, address: AddressKey, now: Instant) -> Result<(), Duration> {
        self.votes.take(address, now)
    }

    /// Counts a refusal; false when the visitor had too many of them.
    pub(crate) fn bears_refusal(&self, visitor: VisitorId, now: Instant) -> bool {
        self.refusals.take(visitor, now).is_ok()
    }

    /// Whether somebody may try to sign in; the error says how long to wait.
    pub(crate) fn sign_in(&self, email: &str, address: AddressKey, now: Instant) -> Result<(), Duration> {
        let of_account = self.failed_of_account.wait(&account(email, address), now);
        of_account.max(self.failed_of_address.wait(&address, now)).map_or(Ok(()), Err)
    }

    /// Counts a sign-in that failed.
    pub(crate) fn sign_in_failed(&self, email: &str, address: AddressKey, now: Instant) {
        // A full window only means that the next attempt is refused.
        let _ = self.failed_of_account.take(account(email, address), now);
        let _ = self.failed_of_address.take(address, now);
    }
}

/// Guesses lock their own network out, not the agent everywhere else.
fn account(email: &str, address: AddressKey) -> (String, AddressKey) {
    (email.trim().to_lowercase(), address.network())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ME: VisitorId = VisitorId(Uuid::nil());
    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn five_messages_at_once_then_one_a_second_then_thirty_a_minute() {
        let rates = Rates::new(&Limits::default());
        let start = Instant::now();
        assert_eq!((0..9).filter(|_| rates.message(ME, start).is_ok()).count(), 5);
        let sent = (1..60).filter(|second| rates.message(ME, start + *second * SECOND).is_ok()).count();
        assert_eq!(sent, 25);
        let wait = rates.message(ME, start + 40 * SECOND).unwrap_err();
        assert!(wait <= 20 * SECOND, "{wait:?}");
        assert!(rates.message(ME, start + 61 * SECOND).is_ok());
    }

    #[test]
    fn the_third_refusal_in_a_minute_is_too_many() {
        let rates = Rates::new(&Limits::default());
        let now = Instant::now();
        assert!(rates.bears_refusal(ME, now));
        assert!(rates.bears_refusal(ME, now + SECOND));
        assert!(!rates.bears_refusal(ME, now + 2 * SECOND));
        assert!(rates.bears_refusal(ME, now + 60 * SECOND));
    }

    #[test]
    fn guesses_lock_out_their_own_network_only() {
        let rates = Rates::new(&Limits::default());
        let (here, there) = (AddressKey::of([192, 0, 2, 1].into()), AddressKey::of([198, 51, 100, 1].into()));
        let now = Instant::now();
        for _ in 0..5 {
            assert!(rates.sign_in("Ada@desk.example", here, now).is_ok());
            rates.sign_in_failed("Ada@desk.example", here, now);
        }
        assert!(rates.sign_in("ada@desk.example ", here, now).is_err());
        assert!(rates.sign_in("ada@desk.example", there, now).is_ok());
        assert!(rates.sign_in("tom@desk.example", here, now).is_ok());
        for number in 0..15 {
            rates.sign_in_failed(&format!("{number}@desk.example"), here, now);
        }
        assert!(rates.sign_in("tom@desk.example", here, now).is_err(), "many accounts from one address");
        assert!(rates.sign_in("ada@desk.example", here, now + SIGN_IN_WINDOW).is_ok());
    }
}
