//! What agents do. Each act is one conditional commit: a loser learns who was first, and nothing is lost.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    bell::Ring,
    chat::{ATTEMPTS, Chat, ChatError, Done},
    conversation::{AgentId, AgentRef, ClientId, Conversation, ConversationId, EndedBy, NewEvent, Seq},
    store::{Agent, Note, Receipt, StoreError},
};

/// Something that an agent does with a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AgentAct {
    /// Takes it.
    Claim,
    /// Answers the visitor.
    Reply {
        /// The words.
        text: String,
    },
    /// Writes something that only agents see.
    Note {
        /// The words.
        text: String,
    },
    /// Gives it back to the queue.
    Release,
    /// Hands it on.
    Transfer {
        /// To whom.
        agent: Option<AgentId>,
        /// Or where to.
        queue: Option<String>,
        /// Why.
        comment: String,
    },
    /// Gives it back to the bot.
    GiveBack,
    /// Lets it sleep.
    Snooze {
        /// Until when.
        until: jiff::Timestamp,
    },
    /// Ends it.
    Resolve,
}

impl Agent {
    /// The agent as events remember them.
    fn to_ref(&self) -> AgentRef {
        AgentRef { id: self.id, name: self.name.clone() }
    }
}

impl Chat {
    /// Deals with an agent's act.
    ///
    /// # Errors
    /// As [`ChatError`] says; nothing is kept then.
    pub async fn agent_acts(
        &self,
        agent: &Agent,
        conversation: ConversationId,
        client_id: ClientId,
        act: AgentAct,
    ) -> Result<Done, ChatError> {
        let body = digest(conversation, &act);
        match &act {
            AgentAct::Note { text } => self.note(agent, conversation, (client_id, body), text).await,
            AgentAct::Transfer { comment, .. } => {
                self.check_text(comment)?;
                let done = self.move_by_agent(agent, conversation, (client_id, body), &act).await?;
                self.add_comment(agent, conversation, comment).await?;
                Ok(done)
            }
            AgentAct::Reply { text } => {
                self.check_text(text)?;
                self.move_by_agent(agent, conversation, (client_id, body), &act).await
            }
            AgentAct::Claim | AgentAct::Release | AgentAct::GiveBack | AgentAct::Snooze { .. } | AgentAct::Resolve => {
                self.move_by_agent(agent, conversation, (client_id, body), &act).await
            }
        }
    }

    async fn move_by_agent(
        &self,
        agent: &Agent,
        conversation: ConversationId,
        (client_id, body): (ClientId, [u8; 32]),
        act: &AgentAct,
    ) -> Result<Done, ChatError> {
        for _ in 0..ATTEMPTS {
            let before = self.load(conversation).await?;
            let events = match self.moves_by_agent(&before, agent, client_id, act).await {
                Ok(events) => events,
                Err(refusal) => match self.store.receipt(agent.id.0, client_id).await? {
                    Some(receipt) => return self.repeated(&receipt, body).await,
                    None => return Err(refusal),
                },
            };
            match self.commit(&before, events, vec![(agent.id.0, client_id, body)], None).await {
                Ok(_) => return Ok(Done::Committed { conversation }),
                Err(StoreError::Conflict) => {}
                Err(StoreError::Repeated(receipt)) => return self.repeated(&receipt, body).await,
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Conflict.into())
    }

    async fn moves_by_agent(
        &self,
        before: &Conversation,
        agent: &Agent,
        id: ClientId,
        act: &AgentAct,
    ) -> Result<Vec<NewEvent>, ChatError> {
        let by = agent.to_ref();
        let words = |key: &str| self.words(&before.locale, key).replace("{{agent}}", &agent.name);
        let moved = match act {
            AgentAct::Claim => {
                let moved = before.claim(id, &by, words("claimed"))?;
                self.check_capacity(agent.id).await?;
                Ok(moved)
            }
            AgentAct::Reply { text } => before.reply(id, &by, text.clone()),
            AgentAct::Release => before.release(id, &by, words("released")),
            AgentAct::Transfer { agent: to, queue, .. } => {
                let to = match to {
                    Some(to) => Some(self.transfer_target(*to).await?),
                    None => None,
                };
                before.transfer(id, &by, (to, queue.clone()), words("released"))
            }
            AgentAct::GiveBack => before.give_back(id, &by, words("withdrawn")),
            AgentAct::Snooze { until } => before.snooze(id, &by, *until),
            AgentAct::Resolve => before.resolve(Some(id), EndedBy::Agent(by), Some(words("resolved"))),
            AgentAct::Note { .. } => return Err(ChatError::Invalid("a note is not an event")),
        };
        Ok(moved?)
    }

    async fn check_capacity(&self, agent: AgentId) -> Result<(), ChatError> {
        let limit = self.rules.agent_capacity as usize;
        if limit > 0 && self.count_of(agent).await? >= limit {
            return Err(ChatError::AtCapacity);
        }
        Ok(())
    }

    async fn transfer_target(&self, id: AgentId) -> Result<AgentRef, ChatError> {
        let target = self.store.agent(id).await?.filter(|agent| !agent.disabled);
        let target = target.ok_or(ChatError::NotFound("there is no such agent"))?;
        self.check_capacity(id).await?;
        Ok(target.to_ref())
    }

    async fn note(
        &self,
        agent: &Agent,
        conversation: ConversationId,
        (client_id, body): (ClientId, [u8; 32]),
        text: &str,
    ) -> Result<Done, ChatError> {
        self.check_text(text)?;
        let after = self.load(conversation).await?.last_seq;
        let note = self.new_note(agent, conversation, after, text);
        // The store puts the note's own number into its receipt.
        let receipt = Receipt { sender: agent.id.0, client_id, body, conversation, seq: Seq(0) };
        match self.store.add_note(Note { client_id: Some(client_id), ..note }, receipt).await {
            Ok(_) => self.bell.ring(Ring::Noted { conversation }),
            Err(StoreError::Repeated(receipt)) if receipt.body != body => return Err(ChatError::IdReused),
            Err(StoreError::Repeated(receipt)) => {
                return Ok(Done::Repeated { conversation: receipt.conversation, event: None });
            }
            Err(error) => return Err(error.into()),
        }
        Ok(Done::Committed { conversation })
    }

    /// Why a conversation was handed on, for whoever gets it.
    async fn add_comment(&self, agent: &Agent, conversation: ConversationId, text: &str) -> Result<(), ChatError> {
        let after = self.load(conversation).await?.last_seq;
        let client_id = ClientId(crate::clock::new_id());
        let note = self.new_note(agent, conversation, after, text);
        let receipt = Receipt { sender: agent.id.0, client_id, body: [0; 32], conversation, seq: Seq(0) };
        self.store.add_note(note, receipt).await?;
        self.bell.ring(Ring::Noted { conversation });
        Ok(())
    }

    fn new_note(&self, agent: &Agent, conversation: ConversationId, after: Seq, text: &str) -> Note {
        Note {
            conversation,
            number: 0,
            at: self.clock.now(),
            after,
            agent: agent.id,
            author: agent.name.clone(),
            text: text.to_owned(),
            client_id: None,
        }
    }
}

fn digest(conversation: ConversationId, act: &AgentAct) -> [u8; 32] {
    Sha256::digest(serde_json::to_vec(&(conversation, act)).unwrap_or_default()).into()
}
