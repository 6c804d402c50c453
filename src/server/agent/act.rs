//! What agents do: one after the other, so that each act finds what the one before it made.

use std::sync::Arc;

use futures_util::FutureExt;

use crate::{
    bell::{Ring, Sign, SignFrom, SignKind},
    chat::{self, ChatError, Done},
    conversation::{AgentRef, ClientId, ConversationId},
    protocol::{
        EventFrame,
        agent::{AgentAct, AgentAside, AgentChange, Availability, ToAgent},
    },
    server::{
        agent::{AgentSocket, MOST_SEARCHES, show},
        error::error_frame,
        socket::Ended,
    },
    store,
};

impl AgentSocket {
    pub(crate) async fn change(&mut self, change: AgentChange) -> Result<(), Ended> {
        let AgentChange { conversation, client_id, act } = change;
        let done = self.app.chat.agent_acts(&self.agent, conversation, client_id, in_chat(act)).await;
        match done {
            Ok(Done::Committed { .. }) => Ok(()),
            Ok(Done::Repeated { conversation, event: Some(event) }) => {
                let frame = EventFrame::for_agent(conversation, &event);
                self.socket.send(&ToAgent::Event(Box::new(frame))).await
            }
            Ok(Done::Repeated { conversation, event: None }) => self.repeat_note(conversation, client_id).await,
            Err(error) => self.failed(&error, Some(client_id)).await,
        }
    }

    async fn repeat_note(&mut self, conversation: ConversationId, client_id: ClientId) -> Result<(), Ended> {
        let notes = match self.app.chat.notes(conversation, 0).await {
            Ok(notes) => notes,
            Err(error) => return self.failed(&error, Some(client_id)).await,
        };
        match notes.into_iter().find(|note| note.client_id == Some(client_id)) {
            Some(note) => self.socket.send(&ToAgent::Note(show::note_view(note))).await,
            None => Ok(()),
        }
    }

    pub(crate) async fn failed(&mut self, error: &ChatError, client_id: Option<ClientId>) -> Result<(), Ended> {
        self.error(error_frame(error, client_id)).await
    }

    pub(crate) async fn aside(&mut self, aside: AgentAside) -> Result<(), Ended> {
        match aside {
            AgentAside::SetAvailability { client_id, availability } => {
                let availability = stored(availability);
                match self.app.chat.set_availability(self.agent.id, availability).await {
                    Ok(()) => {
                        self.agent.availability = availability;
                        self.show_presence().await
                    }
                    Err(error) => self.failed(&error, client_id).await,
                }
            }
            AgentAside::Typing { conversation } => {
                self.pass_typing(conversation);
                Ok(())
            }
            AgentAside::View { conversation } => {
                if let Some(greeted) = &self.greeted {
                    greeted.here.views(conversation);
                }
                Ok(())
            }
            AgentAside::Show { tab } => {
                self.choose_tab(tab);
                Ok(())
            }
            AgentAside::Suggest { conversation } => {
                self.suggest(conversation);
                Ok(())
            }
        }
    }

    /// Colleagues are told of it, and visitors if the agent has their conversation.
    fn pass_typing(&self, conversation: ConversationId) {
        let Some(followed) = self.followed.get(&conversation) else { return };
        let from = SignFrom::Agent(AgentRef { id: self.agent.id, name: self.agent.name.clone() });
        let what = if followed.owner == Some(self.agent.id) { SignKind::Typing } else { SignKind::TypingAside };
        let sign = Sign { conversation, visitor: followed.visitor, from, what };
        self.app.chat.bell().ring(Ring::Sign(sign));
    }

    fn suggest(&self, conversation: ConversationId) {
        if self.searches.len() >= MOST_SEARCHES {
            return;
        }
        let (chat, agent) = (Arc::clone(&self.app.chat), self.agent.clone());
        let search = async move {
            match chat.suggest(&agent, conversation).await {
                Ok(found) => {
                    let url = chat.knowledge().public_url();
                    let suggestions = found.iter().map(|found| show::suggestion_view(found, url)).collect();
                    ToAgent::Suggestions { conversation, suggestions }
                }
                Err(error) => ToAgent::Error(error_frame(&error, None)),
            }
        };
        self.searches.push(search.boxed());
    }
}

fn in_chat(act: AgentAct) -> chat::AgentAct {
    match act {
        AgentAct::Claim => chat::AgentAct::Claim,
        AgentAct::TakeOver => chat::AgentAct::TakeOver,
        AgentAct::Reply { text } => chat::AgentAct::Reply { text },
        AgentAct::Note { text } => chat::AgentAct::Note { text },
        AgentAct::Release => chat::AgentAct::Release,
        AgentAct::Transfer { agent, queue, comment } => chat::AgentAct::Transfer { agent, queue, comment },
        AgentAct::GiveBack => chat::AgentAct::GiveBack,
        AgentAct::Snooze { until } => chat::AgentAct::Snooze { until },
        AgentAct::Resolve { topic, tags } => chat::AgentAct::Resolve {
            topic: topic.filter(|topic| !topic.trim().is_empty()),
            tags: tags.unwrap_or_default().into_iter().filter(|tag| !tag.trim().is_empty()).collect(),
        },
    }
}

fn stored(availability: Availability) -> store::Availability {
    match availability {
        Availability::Online => store::Availability::Online,
        Availability::Away => store::Availability::Away,
        Availability::Offline => store::Availability::Offline,
    }
}
