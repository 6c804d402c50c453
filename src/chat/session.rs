//! Agents sign in: with a password, or the first one with the link that the first start prints.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;

use crate::{
    chat::{
        Chat, ChatError,
        token::{hash, new_secret, new_text_secret},
    },
    clock::new_id,
    conversation::AgentId,
    password,
    store::{Act, Actor, Agent, Availability, Change, Role},
};

/// How long a session lasts.
const SESSION: SignedDuration = SignedDuration::from_hours(24 * 14);
const LONGEST_NAME: usize = 100;
const SETUP_NAME: &str = "setup";
const WRONG: &str = "e-mail address and password do not fit together";

impl Chat {
    /// Gives the secret of a new session.
    ///
    /// # Errors
    /// [`ChatError::Denied`], in the same words and time whether or not the agent exists.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<String, ChatError> {
        let agent = self.store.agent_by_email(email).await?.filter(|agent| !agent.disabled);
        let stored = agent.as_ref().map(|agent| agent.password_hash.clone());
        let typed = password.to_owned();
        let fits = tokio::task::spawn_blocking(move || password::is_right(&typed, stored.as_deref())).await;
        match agent {
            Some(agent) if matches!(fits, Ok(true)) => {
                let secret = self.new_session(agent.id).await?;
                self.log_act(&agent.to_actor(), Act::SignedIn, &agent.email, "").await?;
                Ok(secret)
            }
            Some(_) | None => {
                self.log_act(&Actor::stranger(), Act::SignInFailed, email.trim(), "").await?;
                Err(ChatError::Denied(WRONG))
            }
        }
    }

    /// The agent of a session, unless it has expired or they were disabled.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn session(&self, secret: &str) -> Result<Option<Agent>, ChatError> {
        Ok(self.store.session_agent(hash(secret), self.clock.now()).await?)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn sign_out(&self, secret: &str) -> Result<(), ChatError> {
        let agent = self.session(secret).await?;
        self.store.end_session(hash(secret)).await?;
        match agent {
            Some(agent) => self.log_act(&agent.to_actor(), Act::SignedOut, &agent.email, "").await,
            None => Ok(()),
        }
    }

    /// The secret of the link that makes the first agent; `None` when there is an agent.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn setup_secret(&self) -> Result<Option<String>, ChatError> {
        if !self.store.agents().await?.is_empty() {
            return Ok(None);
        }
        let secret = self.store.secret(SETUP_NAME, new_secret()?).await?;
        Ok(Some(URL_SAFE_NO_PAD.encode(secret)))
    }

    /// Makes the first agent, an administrator, and signs them in. The link works once.
    ///
    /// # Errors
    /// [`ChatError::Denied`] for a wrong or used link, [`ChatError::Invalid`] for what was typed.
    pub async fn setup(&self, link: &str, email: &str, name: &str, password: &str) -> Result<String, ChatError> {
        let expected = self.setup_secret().await?;
        if expected.is_none_or(|expected| hash(&expected) != hash(link)) {
            return Err(ChatError::Denied(
                "this link is not valid any more: sign in, or add agents with `frontdesk agent add`",
            ));
        }
        let agent = new_agent(email, name, password, Role::Administrator).await?;
        let id = agent.id;
        let entry = self.audit_entry(&agent.to_actor(), Act::AgentAdded, &agent.email, "the first, by the link");
        self.store.change(Change::AddAgent(agent), vec![entry]).await?;
        self.store.forget_secret(SETUP_NAME).await?;
        self.new_session(id).await
    }

    pub(crate) async fn new_session(&self, agent: AgentId) -> Result<String, ChatError> {
        let (secret, hash) = new_text_secret()?;
        let expires = self.clock.now().saturating_add(SESSION).unwrap_or(jiff::Timestamp::MAX);
        self.store.add_session(hash, agent, expires).await?;
        Ok(secret)
    }
}

/// An agent as typed in, to be kept.
///
/// # Errors
/// [`ChatError::Invalid`] for what is wrong with it.
pub(crate) async fn new_agent(email: &str, name: &str, password: &str, role: Role) -> Result<Agent, ChatError> {
    let (email, name) = (checked_email(email)?, checked_name(name)?);
    let password_hash = hashed(password.to_owned()).await?;
    let availability = Availability::Online;
    let (id, languages, capacity) = (AgentId(new_id()), Vec::new(), None);
    Ok(Agent { id, email, name, role, password_hash, disabled: false, availability, languages, capacity })
}

pub(crate) fn checked_email(typed: &str) -> Result<String, ChatError> {
    let email = typed.trim().to_lowercase();
    if crate::chat::visitor::is_email(&email) {
        return Ok(email);
    }
    Err(ChatError::Invalid("please check the e-mail address: it looks like name@example.com"))
}

pub(crate) fn checked_name(typed: &str) -> Result<String, ChatError> {
    let name = typed.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(ChatError::Invalid("please give a name of one line, at most 100 characters"));
    }
    Ok(name.to_owned())
}

pub(crate) async fn hashed(password: String) -> Result<String, ChatError> {
    match tokio::task::spawn_blocking(move || password::hash(&password)).await {
        Ok(Ok(hash)) => Ok(hash),
        Ok(Err(_)) | Err(_) => Err(ChatError::Invalid("please choose a password of at least 10 characters")),
    }
}
