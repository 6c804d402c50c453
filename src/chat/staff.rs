//! Who works at the desk, and which programs: each change is kept with its entry in the audit log.

use jiff::SignedDuration;
use uuid::Uuid;

use crate::{
    bell::Ring,
    chat::{
        Chat, ChatError,
        session::{checked_email, checked_name, hashed, new_agent},
        token::{hash, new_text_secret},
    },
    clock::new_id,
    conversation::AgentId,
    password,
    store::{Act, Actor, Agent, ApiKey, AuditEntry, Change, Role, StoreError},
};

/// How often the use of a key is noted.
const USE_NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);
/// What a key begins with, so that one that lies about can be recognised.
const KEY_PREFIX: &str = "fdk_";
const LAST_ADMINISTRATOR: &str = "this is the last administrator: make another agent one first";

/// What is to be another about an agent; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentChanges {
    /// The name that visitors see.
    pub name: Option<String>,
    /// The address to sign in with.
    pub email: Option<String>,
    /// What they may do.
    pub role: Option<Role>,
    /// Whether they may no longer sign in.
    pub disabled: Option<bool>,
    /// A new password; it signs them out everywhere.
    pub password: Option<String>,
    /// The languages that they write.
    pub languages: Option<Vec<String>>,
    /// How many conversations they may have at once.
    pub capacity: Option<Capacity>,
}

/// How many conversations an agent may have at once: absent is as many as the settings say, 0 without limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity(pub Option<u32>);

/// A key to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// What it is for.
    pub name: String,
    /// What the program may do.
    pub role: Role,
    /// Whether it may only look.
    pub read_only: bool,
    /// The queues that it sees, for the role agent.
    pub queues: Vec<String>,
}

impl Chat {
    /// Makes an agent.
    ///
    /// # Errors
    /// [`ChatError::Invalid`] for what is wrong with it.
    pub async fn add_agent(
        &self,
        actor: &Actor,
        (email, name, password): (&str, &str, &str),
        role: Role,
    ) -> Result<Agent, ChatError> {
        let agent = new_agent(email, name, password, role).await?;
        let entry = self.audit_entry(actor, Act::AgentAdded, &agent.email, role.as_str());
        self.store.change(Change::AddAgent(agent.clone()), vec![entry]).await?;
        self.bell.ring(Ring::Presence);
        Ok(agent)
    }

    /// Changes an agent.
    ///
    /// # Errors
    /// [`ChatError::NotFound`], and [`ChatError::Invalid`] for what is wrong with the changes.
    pub async fn change_agent(&self, actor: &Actor, id: AgentId, changes: AgentChanges) -> Result<Agent, ChatError> {
        let before = self.store.agent(id).await?.ok_or(ChatError::NotFound("there is no such agent"))?;
        let after = changed(before.clone(), changes).await?;
        if before == after {
            return Ok(after);
        }
        let loses_rights = after.disabled || after.role != Role::Administrator;
        if loses_rights && self.is_last_administrator(&before).await? {
            return Err(ChatError::Invalid(LAST_ADMINISTRATOR));
        }
        let entries = self.differences(actor, &before, &after);
        self.store.change(Change::SaveAgent(after.clone()), entries).await?;
        self.bell.ring(Ring::Presence);
        Ok(after)
    }

    /// Gives an agent the password that they chose, if they know the old one. It signs them out everywhere;
    /// gives the secret of a new session.
    ///
    /// # Errors
    /// [`ChatError::Denied`] for a wrong old password, [`ChatError::Invalid`] for a new one that is too short.
    pub async fn change_own_password(&self, agent: &Agent, old: &str, new: &str) -> Result<String, ChatError> {
        let (old, stored) = (old.to_owned(), agent.password_hash.clone());
        let fits = tokio::task::spawn_blocking(move || password::is_right(&old, Some(&stored))).await;
        if !matches!(fits, Ok(true)) {
            return Err(ChatError::Denied("this is not your password"));
        }
        let changes = AgentChanges { password: Some(new.to_owned()), ..AgentChanges::default() };
        self.change_agent(&agent.to_actor(), agent.id, changes).await?;
        self.new_session(agent.id).await
    }

    async fn is_last_administrator(&self, agent: &Agent) -> Result<bool, ChatError> {
        let counts = |agent: &Agent| agent.role == Role::Administrator && !agent.disabled;
        let others = self.store.agents().await?;
        Ok(counts(agent) && !others.iter().any(|other| other.id != agent.id && counts(other)))
    }

    fn differences(&self, actor: &Actor, before: &Agent, after: &Agent) -> Vec<AuditEntry> {
        let entry = |act, detail: &str| self.audit_entry(actor, act, &after.email, detail);
        let mut entries = Vec::new();
        if before.role != after.role {
            let detail = format!("{} to {}", before.role.as_str(), after.role.as_str());
            entries.push(entry(Act::RoleChanged, &detail));
        }
        if before.disabled != after.disabled {
            entries.push(entry(if after.disabled { Act::AgentDisabled } else { Act::AgentEnabled }, ""));
        }
        if before.password_hash != after.password_hash {
            entries.push(entry(Act::PasswordChanged, ""));
        }
        let others = [
            ("name", before.name != after.name),
            ("address", before.email != after.email),
            ("languages", before.languages != after.languages),
            ("capacity", before.capacity != after.capacity),
        ];
        let others: Vec<_> = others.iter().filter(|(_, differs)| *differs).map(|(what, _)| *what).collect();
        if !others.is_empty() {
            entries.push(entry(Act::AgentChanged, &others.join(", ")));
        }
        entries
    }

    /// Makes a key and gives its secret, which nobody can see again.
    ///
    /// # Errors
    /// [`ChatError::Invalid`] for its name.
    pub async fn make_key(&self, actor: &Actor, new: NewKey) -> Result<(ApiKey, String), ChatError> {
        let NewKey { name, role, read_only, queues } = new;
        let (text, _) = new_text_secret()?;
        let secret = format!("{KEY_PREFIX}{text}");
        let (id, made_by, made_at) = (new_id(), actor.name.clone(), self.clock.now());
        let name = checked_name(&name)?;
        let key = ApiKey { id, name, role, read_only, queues, made_by, made_at, used_at: None, revoked_at: None };
        let entry = self.audit_entry(actor, Act::KeyMade, &key.name, role.as_str());
        self.store.change(Change::AddKey(key.clone(), hash(&secret)), vec![entry]).await?;
        Ok((key, secret))
    }

    /// Makes a key worthless.
    ///
    /// # Errors
    /// [`ChatError::NotFound`] when there is none, or it is worthless already.
    pub async fn revoke_key(&self, actor: &Actor, id: Uuid) -> Result<(), ChatError> {
        let nothing = ChatError::NotFound("there is no such key, or it was revoked before");
        let keys = self.store.api_keys().await?;
        let Some(key) = keys.into_iter().find(|key| key.id == id && key.revoked_at.is_none()) else {
            return Err(nothing);
        };
        let entry = self.audit_entry(actor, Act::KeyRevoked, &key.name, "");
        match self.store.change(Change::RevokeKey(id, self.clock.now()), vec![entry]).await {
            Err(StoreError::Conflict) => Err(nothing),
            done => Ok(done?),
        }
    }

    /// The key with this secret, unless it was revoked. Notes its use.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn key(&self, secret: &str) -> Result<Option<ApiKey>, ChatError> {
        if !secret.starts_with(KEY_PREFIX) {
            return Ok(None);
        }
        let Some(key) = self.store.api_key(hash(secret)).await? else { return Ok(None) };
        let now = self.clock.now();
        if key.used_at.is_none_or(|used| now.duration_since(used) >= USE_NOTED_EVERY) {
            self.store.key_was_used(key.id, now).await?;
        }
        Ok(Some(key))
    }
}

async fn changed(agent: Agent, changes: AgentChanges) -> Result<Agent, ChatError> {
    let AgentChanges { name, email, role, disabled, password, languages, capacity } = changes;
    let password_hash = match password {
        Some(password) => hashed(password).await?,
        None => agent.password_hash,
    };
    Ok(Agent {
        name: name.map_or(Ok(agent.name), |name| checked_name(&name))?,
        email: email.map_or(Ok(agent.email), |email| checked_email(&email))?,
        role: role.unwrap_or(agent.role),
        disabled: disabled.unwrap_or(agent.disabled),
        languages: languages.unwrap_or(agent.languages),
        capacity: capacity.map_or(agent.capacity, |Capacity(capacity)| capacity),
        password_hash,
        ..agent
    })
}
