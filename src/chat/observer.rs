//! Whoever wants to count what happens, without being in its way.

use std::sync::Arc;

use crate::{chat::Chat, conversation::Event};

/// Is told of every commit, right after it.
pub trait Observer: Send + Sync {
    /// These events are on disk.
    fn committed(&self, events: &[Event]);
    /// A change could not be kept.
    fn failed(&self);
}

impl Chat {
    /// Tells this observer from now on; the first one stays.
    pub fn observe(&self, observer: Arc<dyn Observer>) {
        // A second observer is a mistake that harms nobody.
        let _ = self.observer.set(observer);
    }
}
