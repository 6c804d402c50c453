//! Following: events and notes of the conversations on the agent's screen, in order, once.

use crate::{
    chat::ChatError,
    conversation::{AgentId, Conversation, ConversationId, Seq, Status, VisitorId},
    protocol::{EventFrame, agent::ToAgent},
    server::{
        agent::{AgentSocket, show::note_view},
        error::bad_frame,
        socket::Ended,
    },
};

/// More conversations than fit on a screen; whoever follows more has forgotten to unfollow.
const MOST_FOLLOWED: usize = 200;

/// How far a followed conversation has been sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Followed {
    sent: Seq,
    note: u64,
    pub(crate) visitor: VisitorId,
    pub(crate) owner: Option<AgentId>,
    is_waiting: bool,
}

impl Followed {
    fn from(conversation: &Conversation, sent: Seq) -> Self {
        let owner = conversation.status.agent().map(|agent| agent.id);
        let is_waiting = matches!(conversation.status, Status::Waiting(_));
        Self { sent, note: 0, visitor: conversation.visitor, owner, is_waiting }
    }
}

impl AgentSocket {
    /// Everything after that number now, and what comes later.
    pub(crate) async fn follow(&mut self, id: ConversationId, after: u64) -> Result<(), Ended> {
        if self.followed.len() >= MOST_FOLLOWED && !self.followed.contains_key(&id) {
            return self.error(bad_frame("you follow too many conversations: unfollow some first", None)).await;
        }
        let conversation = match self.app.chat.conversation(&self.agent, id).await {
            Ok(conversation) => conversation,
            Err(error) => return self.failed(&error, None).await,
        };
        let after = Seq(after);
        let after = if after <= conversation.last_seq { after } else { Seq(0) };
        self.followed.insert(id, Followed::from(&conversation, after));
        self.show_packet(id).await?;
        self.look(id).await
    }

    pub(crate) async fn look_at_all(&mut self) -> Result<(), Ended> {
        let all: Vec<_> = self.followed.keys().copied().collect();
        for id in all {
            self.look(id).await?;
        }
        Ok(())
    }

    /// Sends what is new in a conversation, if it is followed.
    pub(crate) async fn look(&mut self, id: ConversationId) -> Result<(), Ended> {
        let Some(mut followed) = self.followed.get(&id).copied() else { return Ok(()) };
        let before = followed.sent;
        let shown = self.show_new(id, &mut followed).await;
        let mut has_come = false;
        if followed.sent != before {
            match self.app.chat.conversation(&self.agent, id).await {
                Ok(conversation) => {
                    followed.owner = conversation.status.agent().map(|agent| agent.id);
                    let is_waiting = matches!(conversation.status, Status::Waiting(_));
                    has_come = is_waiting && !std::mem::replace(&mut followed.is_waiting, is_waiting);
                }
                // It has gone to a queue of others: this agent sees no more of it.
                Err(ChatError::NotFound(_)) => {
                    self.followed.remove(&id);
                    return shown;
                }
                Err(_) => {}
            }
        }
        self.followed.insert(id, followed);
        shown?;
        if has_come { self.show_packet(id).await } else { Ok(()) }
    }

    /// Events, then notes. What cannot be read now is read at the next look.
    async fn show_new(&mut self, id: ConversationId, followed: &mut Followed) -> Result<(), Ended> {
        while let Ok(events) = self.app.chat.events(id, followed.sent).await {
            if events.is_empty() {
                break;
            }
            for event in &events {
                self.socket.send(&ToAgent::Event(Box::new(EventFrame::for_agent(id, event)))).await?;
                followed.sent = event.seq;
            }
        }
        let notes = self.app.chat.notes(id, followed.note).await.unwrap_or_default();
        for note in notes {
            let number = note.number;
            self.socket.send(&ToAgent::Note(note_view(note))).await?;
            followed.note = number;
        }
        Ok(())
    }
}
