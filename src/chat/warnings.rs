//! Warnings: agents learn that they are about to be late while there is still time. Each comes once; what is missed,
//! by a restart for instance, still stands in the lists as a time.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    bell::{Ring, WarnedOf, Warning},
    chat::Chat,
    conversation::Conversation,
    queue::{self, Queues},
};

impl Chat {
    /// Rings for everything that has become nearly due since the last look.
    pub(crate) fn warn(&self) {
        let (queues, now) = (self.queues(), self.clock.now());
        let last_look = self.upkeep.lock().warned_at.replace(now);
        let line = self.floor.line(&queues);
        for conversation in line.waiting.iter().chain(&line.with_agents) {
            let warnings = self.warnings(conversation, &queues).into_iter().flatten();
            for (at, warning) in warnings.filter(|(at, _)| *at <= now) {
                // The first look after a start cannot know what was told before.
                let is_new = last_look.map_or(now < warning.due_at, |last| last < at);
                if is_new {
                    self.bell.ring(Ring::Warned(warning));
                }
            }
        }
    }

    /// What agents are to be warned of in this conversation, and from when on.
    fn warnings(&self, conversation: &Arc<Conversation>, queues: &Queues) -> [Option<(Timestamp, Warning)>; 2] {
        let times = &self.rules.times;
        let queue = queues.get(conversation.status.wait().and_then(|wait| wait.queue.as_deref()));
        let reply_at = queue::warn_at(conversation, queue, times.first_reply);
        let reply_due = queue::due_at(conversation, queue, times.first_reply);
        let silent_at = conversation.warns_at(&times.timers);
        let silent_due = conversation.next_timer(&times.timers).map(|(at, _)| at);
        let warning = |at: Option<Timestamp>, due: Option<Timestamp>, about| {
            let conversation = Arc::clone(conversation);
            Some((at?, Warning { conversation, about, due_at: due? }))
        };
        [warning(reply_at, reply_due, WarnedOf::FirstReply), warning(silent_at, silent_due, WarnedOf::Unanswered)]
    }
}
