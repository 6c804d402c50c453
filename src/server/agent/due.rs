//! What is shown again when it has changed, but not too often.

use std::time::Duration;

use tokio::time::Instant;

/// Something to show again, not too often.
pub(super) struct Due {
    pub(super) at: Option<Instant>,
    not_before: Instant,
}

impl Due {
    pub(super) fn now(now: Instant) -> Self {
        Self { at: Some(now), not_before: now }
    }

    pub(super) fn soon(&mut self, now: Instant) {
        self.at.get_or_insert(self.not_before.max(now));
    }

    pub(super) fn take(&mut self, now: Instant, every: Duration) -> bool {
        let is_due = self.at.is_some_and(|at| at <= now);
        if is_due {
            self.at = None;
            self.not_before = now + every;
        }
        is_due
    }
}
