//! What agents do. Each act is one conditional commit: a loser learns who was first, and nothing is lost.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    bell::Ring,
    chat::{ATTEMPTS, Chat, ChatError, Done},
    conversation::{AgentId, AgentRef, ClientId, Conversation, ConversationId, NewEvent, Refused, Seq, Status},
    store::{Agent, Availability, Note, Receipt, Role, Sight, StoreError},
};

const NO_SUCH: &str = "there is no such conversation";
/// Topics and tags are labels, not texts.
const LONGEST_LABEL: usize = 100;
const MOST_TAGS: usize = 20;

/// Something that an agent does with a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AgentAct {
    /// Takes it.
    Claim,
    /// Takes it from whoever has it; supervisors only.
    TakeOver,
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
    Resolve {
        /// What it was about.
        topic: Option<String>,
        /// Keywords.
        tags: Vec<String>,
    },
}

impl Agent {
    /// The agent as events remember them.
    pub(crate) fn to_ref(&self) -> AgentRef {
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
            AgentAct::Claim
            | AgentAct::TakeOver
            | AgentAct::Release
            | AgentAct::GiveBack
            | AgentAct::Snooze { .. }
            | AgentAct::Resolve { .. } => self.move_by_agent(agent, conversation, (client_id, body), &act).await,
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
            let before = self.load_for(&self.sight(agent), conversation).await?;
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
            AgentAct::Claim => before.claim(id, &by, words("claimed")),
            AgentAct::TakeOver if agent.role < Role::Supervisor => Err(Refused::NotOwner),
            AgentAct::TakeOver => before.take_over(id, &by, words("claimed")),
            AgentAct::Reply { text } if before.status == Status::WithBot => {
                before.answer_for_bot(id, &by, text.clone(), words("claimed"))
            }
            AgentAct::Reply { text } => before.reply(id, &by, text.clone()),
            AgentAct::Release => before.release(id, &by, words("released")),
            AgentAct::Transfer { agent: to, queue, .. } => {
                // Who does not have it need not learn who could.
                before.release(id, &by, String::new())?;
                let to = self.target(before, agent, *to, queue.as_deref()).await?;
                before.transfer(id, &by, (to, queue.clone()), words("released"))
            }
            AgentAct::GiveBack => before.give_back(id, &by, words("withdrawn")),
            AgentAct::Snooze { until } if *until <= self.clock.now() => {
                return Err(ChatError::Invalid("please choose a time that is still to come"));
            }
            AgentAct::Snooze { until } => before.snooze(id, &by, *until),
            AgentAct::Resolve { topic, tags } => {
                check_labels(topic.as_deref(), tags)?;
                before.finish(id, &by, (topic.clone(), tags.clone()), words("resolved"))
            }
            AgentAct::Note { .. } => return Err(ChatError::Invalid("a note is not an event")),
        };
        Ok(moved?)
    }

    /// A conversation, for somebody who may see it; for others there is none.
    pub(crate) async fn load_for(&self, sight: &Sight, id: ConversationId) -> Result<Conversation, ChatError> {
        let conversation = self.load(id).await?;
        if sight.shows(&conversation) { Ok(conversation) } else { Err(ChatError::NotFound(NO_SUCH)) }
    }

    /// To whom a conversation is handed on: an agent who is here and has room, or nobody yet, in a queue.
    async fn target(
        &self,
        before: &Conversation,
        from: &Agent,
        to: Option<AgentId>,
        queue: Option<&str>,
    ) -> Result<Option<AgentRef>, ChatError> {
        match (to, queue) {
            (Some(to), _) if to == from.id => Err(ChatError::Invalid("you have this conversation already")),
            (Some(to), None) => self.target_agent(before, to).await.map(Some),
            (None, Some(queue)) if self.queues().find(queue).is_some() => Ok(None),
            (None, Some(_)) => Err(ChatError::NotFound("there is no such queue")),
            (Some(_), Some(_)) | (None, None) => {
                Err(ChatError::Invalid("please choose either an agent or a queue to hand this on to"))
            }
        }
    }

    async fn target_agent(&self, before: &Conversation, id: AgentId) -> Result<AgentRef, ChatError> {
        let target = self.store.agent(id).await?.filter(|agent| !agent.disabled);
        let target = target.ok_or(ChatError::NotFound("there is no such agent"))?;
        if self.presence.lock().availability(id) != Some(Availability::Online) {
            return Err(ChatError::NotFound("this agent is not online just now: choose another, or a queue"));
        }
        let queue = before.status.wait().and_then(|wait| wait.queue.as_deref());
        if self.is_free(&target, queue) { Ok(target.to_ref()) } else { Err(ChatError::TargetFull) }
    }

    async fn note(
        &self,
        agent: &Agent,
        conversation: ConversationId,
        (client_id, body): (ClientId, [u8; 32]),
        text: &str,
    ) -> Result<Done, ChatError> {
        self.check_text(text)?;
        let after = self.load_for(&self.sight(agent), conversation).await?.last_seq;
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

fn check_labels(topic: Option<&str>, tags: &[String]) -> Result<(), ChatError> {
    let is_label = |text: &str| !text.trim().is_empty() && text.chars().count() <= LONGEST_LABEL;
    if tags.len() <= MOST_TAGS && topic.into_iter().chain(tags.iter().map(String::as_str)).all(is_label) {
        return Ok(());
    }
    Err(ChatError::Invalid("a topic and up to 20 tags, each of at most 100 characters"))
}

fn digest(conversation: ConversationId, act: &AgentAct) -> [u8; 32] {
    Sha256::digest(serde_json::to_vec(&(conversation, act)).unwrap_or_default()).into()
}
