//! The machine's clock, moved on at will.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use frontdesk::clock::{Clock, SystemClock};
use jiff::{SignedDuration, Timestamp};

#[derive(Debug, Clone, Default)]
pub(crate) struct MovableClock(Arc<AtomicI64>);

impl MovableClock {
    pub(crate) fn advance(&self, by: SignedDuration) {
        self.0.fetch_add(by.as_millis() as i64, Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        SystemClock.now() + SignedDuration::from_millis(self.0.load(Ordering::SeqCst))
    }
}
