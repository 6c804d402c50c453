//! The visitor writes while people are in charge: what slept or was over goes on, with whoever had it if they can.

use std::sync::Arc;

use crate::{
    article::{Audience, hit::Question},
    chat::Chat,
    conversation::{Conversation, NewEvent, OwnerIs, VerdictKind, VisitorMessage},
};

impl Chat {
    /// What follows from a visitor's words to people.
    pub(crate) async fn people_hear(
        self: &Arc<Self>,
        before: &Conversation,
        messages: Vec<VisitorMessage>,
    ) -> Vec<NewEvent> {
        if !before.status.is_open() && self.is_mere_thanks(before, &messages).await {
            return before.hear(messages);
        }
        before.tell_people(messages, self.owner_is(before).await, self.return_notice(before))
    }

    /// Whether the agent who had a conversation can go on with it.
    pub(crate) async fn owner_is(&self, conversation: &Conversation) -> OwnerIs {
        let Some(owner) = conversation.status.last_agent() else { return OwnerIs::Away };
        let queue = conversation.status.wait().and_then(|wait| wait.queue.as_deref());
        match self.store.agent(owner.id).await {
            Ok(Some(agent)) if !agent.disabled && self.is_free(&agent, queue) => OwnerIs::Available,
            Ok(_) | Err(_) => OwnerIs::Away,
        }
    }

    fn return_notice(&self, before: &Conversation) -> String {
        let wording = self.wording(&before.locale);
        if before.status.is_open() {
            return wording.sentence("released").to_owned();
        }
        let welcome = wording.sentence("reopened");
        if self.staffing_for(Some(before)).agents {
            welcome.to_owned()
        } else {
            format!("{welcome}\n{}", wording.sentence("nobody_available"))
        }
    }

    /// Thanks and goodbyes after the end ask for nothing.
    async fn is_mere_thanks(self: &Arc<Self>, before: &Conversation, messages: &[VisitorMessage]) -> bool {
        let text = messages.iter().map(|message| message.text.as_str()).collect::<Vec<_>>().join("\n");
        let locale = Some(before.locale.clone());
        let question = Question { text, locale, audience: Audience::Public, previous: None };
        match self.search(question).await {
            Ok(found) => found.verdict.decision.verdict == VerdictKind::Smalltalk,
            Err(_) => false,
        }
    }
}
