//! The audit log, as the desk writes it.

use crate::{
    chat::{Chat, ChatError},
    clock::new_id,
    store::{Act, Actor, ActorKind, Agent, ApiKey, AuditEntry},
};

/// Longer words are cut, in characters: strangers choose some of them.
const LONGEST: usize = 254;

impl Agent {
    /// The agent as the audit log names them.
    pub fn to_actor(&self) -> Actor {
        Actor { kind: ActorKind::Agent, id: Some(self.id.0), name: self.name.clone() }
    }
}

impl ApiKey {
    /// The key as the audit log names it.
    pub fn to_actor(&self) -> Actor {
        Actor { kind: ActorKind::Key, id: Some(self.id), name: self.name.clone() }
    }
}

impl Chat {
    /// An entry of now, to be kept with what it tells of.
    pub fn audit_entry(&self, actor: &Actor, act: Act, subject: &str, detail: &str) -> AuditEntry {
        let cut = |text: &str| text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        let at = self.clock.now();
        AuditEntry { id: new_id(), at, actor: actor.clone(), act, subject: cut(subject), detail: cut(detail) }
    }

    /// Tells the audit log of something that changed nothing in the store, or has happened already.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn log_act(&self, actor: &Actor, act: Act, subject: &str, detail: &str) -> Result<(), ChatError> {
        Ok(self.store.record(self.audit_entry(actor, act, subject, detail)).await?)
    }
}
