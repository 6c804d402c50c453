//! What visitors do. One visitor's acts are dealt with one after the other, messages in a row as one turn.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{
    chat::{ATTEMPTS, Chat, ChatError, Done, Masking, commit::vip, inbox::Job},
    conversation::{
        ClientId, Contact, Conversation, ConversationId, EndedBy, EventKind, NewEvent, Reason, Responder, Seq,
        VisitorId,
    },
    store::{StoreError, Visitor},
};

/// A visitor as their socket knows them. Nothing of it is stored before the first message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// Who.
    pub id: VisitorId,
    /// The language they read, as a BCP 47 tag.
    pub locale: String,
    /// What they or the site have said of them.
    pub profile: Visitor,
}

/// Something that a visitor does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum VisitorAct {
    /// Says something.
    Send {
        /// The words.
        text: String,
        /// The option that was chosen.
        article: Option<String>,
        /// Whether a new conversation is to begin.
        new: bool,
    },
    /// Asks for a person.
    RequestAgent,
    /// No longer waits.
    Withdraw,
    /// Judges an answer.
    RateAnswer {
        /// The answer's number.
        seq: Seq,
        /// Whether it helped.
        helpful: bool,
    },
    /// Judges the conversation.
    RateConversation {
        /// 1 to 5.
        score: u8,
        /// 1 to 7.
        effort: Option<u8>,
        /// 0 to 10.
        recommend: Option<u8>,
        /// In their own words.
        comment: Option<String>,
    },
    /// Leaves an address.
    LeaveContact {
        /// Where to answer.
        email: String,
        /// How to address them.
        name: Option<String>,
        /// What to answer.
        message: Option<String>,
    },
    /// Ends the conversation.
    End,
}

impl VisitorAct {
    /// The act without what is to be covered before anything is kept.
    fn covered(self, masking: Masking) -> Self {
        let cover = |text: String| masking.cover(&text);
        match self {
            Self::Send { text, article, new } => Self::Send { text: cover(text), article, new },
            Self::RateConversation { score, effort, recommend, comment } => {
                Self::RateConversation { score, effort, recommend, comment: comment.map(cover) }
            }
            Self::LeaveContact { email, name, message } => {
                Self::LeaveContact { email, name, message: message.map(cover) }
            }
            other @ (Self::RequestAgent | Self::Withdraw | Self::RateAnswer { .. } | Self::End) => other,
        }
    }

    /// What the idempotency of a frame is judged by.
    pub(crate) fn digest(&self) -> [u8; 32] {
        Sha256::digest(serde_json::to_vec(self).unwrap_or_default()).into()
    }
}

impl Chat {
    /// Deals with a visitor's act. Messages that arrive while an earlier one is being answered join its turn.
    ///
    /// # Errors
    /// As [`ChatError`] says; nothing is kept then.
    pub async fn visitor_acts(
        self: &std::sync::Arc<Self>,
        guest: &Guest,
        client_id: ClientId,
        act: VisitorAct,
    ) -> Result<Done, ChatError> {
        self.check(&act)?;
        self.submit(guest.clone(), client_id, act.covered(self.rules.masking)).await
    }

    /// Keeps what is now known of a visitor, if anything is kept of them at all.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn visitor_tells(&self, guest: &Guest) -> Result<(), ChatError> {
        if self.store.visitor(guest.id).await?.is_some() {
            self.store.save_visitor(guest.profile.clone()).await?;
            self.floor.note_vip(guest.id, vip(&guest.profile));
            self.bell.ring(crate::bell::Ring::Queue);
        }
        Ok(())
    }

    /// What is kept of a visitor.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn profile(&self, visitor: VisitorId) -> Result<Option<Visitor>, ChatError> {
        Ok(self.store.visitor(visitor).await?)
    }

    fn check(&self, act: &VisitorAct) -> Result<(), ChatError> {
        match act {
            VisitorAct::Send { text, .. } => self.check_text(text),
            VisitorAct::RateConversation { score, effort, recommend, comment } => {
                let is_valid = (1..=5).contains(score)
                    && effort.is_none_or(|effort| (1..=7).contains(&effort))
                    && recommend.is_none_or(|recommend| recommend <= 10);
                if !is_valid {
                    return Err(ChatError::Invalid("score is 1 to 5, effort 1 to 7, recommend 0 to 10"));
                }
                comment.as_deref().map_or(Ok(()), |comment| self.check_length(comment))
            }
            VisitorAct::LeaveContact { email, name, message } => {
                if !is_email(email) || name.as_ref().is_some_and(|name| name.chars().count() > 200) {
                    return Err(ChatError::Invalid("please check the e-mail address: it looks like name@example.com"));
                }
                message.as_deref().map_or(Ok(()), |message| self.check_length(message))
            }
            VisitorAct::RequestAgent | VisitorAct::Withdraw | VisitorAct::RateAnswer { .. } | VisitorAct::End => Ok(()),
        }
    }

    pub(crate) fn check_text(&self, text: &str) -> Result<(), ChatError> {
        if text.trim().is_empty() {
            return Err(ChatError::EmptyText);
        }
        self.check_length(text)
    }

    fn check_length(&self, text: &str) -> Result<(), ChatError> {
        let limit = self.rules.message_chars;
        if limit > 0 && text.chars().count() > limit as usize {
            return Err(ChatError::TooLong { limit });
        }
        Ok(())
    }

    /// Everything but a message: one act, one commit, decided again when another writer was first.
    pub(crate) async fn single_act(&self, job: &Job) -> Result<Done, ChatError> {
        let body = job.act.digest();
        for _ in 0..ATTEMPTS {
            let before = self.current_or_new(job).await?;
            let events = self.moves_of(&before, job).await;
            let events = match events {
                Ok(events) => events,
                Err(error) => return self.repeated_or(job, body, error).await,
            };
            let profile = (before.last_seq == Seq(0)).then(|| job.guest.profile.clone());
            let receipts = vec![(job.guest.id.0, job.client_id, body)];
            match self.commit(&before, events, receipts, profile).await {
                Ok(after) => return Ok(Done::Committed { conversation: after.id }),
                Err(StoreError::Conflict | StoreError::Full) => {}
                Err(StoreError::Repeated(receipt)) => return self.repeated(&receipt, body).await,
                Err(error) => return Err(error.into()),
            }
        }
        Err(StoreError::Conflict.into())
    }

    /// A refused frame may be one that succeeded before: then the first result is given again.
    async fn repeated_or(&self, job: &Job, body: [u8; 32], refusal: ChatError) -> Result<Done, ChatError> {
        match self.store.receipt(job.guest.id.0, job.client_id).await? {
            Some(receipt) => self.repeated(&receipt, body).await,
            None => Err(refusal),
        }
    }

    async fn current_or_new(&self, job: &Job) -> Result<Conversation, ChatError> {
        let current = self.current_of(job.guest.id).await?;
        let starts = matches!(job.act, VisitorAct::RequestAgent | VisitorAct::LeaveContact { .. });
        match current {
            Some(current) if !starts || self.responder(&current) != Responder::NewConversation => Ok(current),
            Some(_) | None if starts => Ok(self.new_conversation(job)),
            Some(_) | None => Err(ChatError::NotFound("there is no conversation yet")),
        }
    }

    pub(crate) fn responder(&self, conversation: &Conversation) -> Responder {
        conversation.responder(self.clock.now(), self.rules.reopen_window)
    }

    pub(crate) fn new_conversation(&self, job: &Job) -> Conversation {
        let id = ConversationId(crate::clock::new_id());
        Conversation::new(id, job.guest.id, job.guest.locale.clone(), self.clock.now())
    }

    async fn moves_of(&self, before: &Conversation, job: &Job) -> Result<Vec<NewEvent>, ChatError> {
        let id = job.client_id;
        match &job.act {
            VisitorAct::RequestAgent => {
                Ok(before.request_agent(id, self.escalation_notice(before, Reason::AskedForAgent))?)
            }
            VisitorAct::Withdraw => Ok(before.withdraw(id, self.words(&before.locale, "withdrawn"))?),
            VisitorAct::RateAnswer { seq, helpful } => self.rate_answer(before, id, *seq, *helpful).await,
            VisitorAct::RateConversation { score, effort, recommend, comment } => {
                let kind = EventKind::ConversationRated {
                    score: *score,
                    effort: *effort,
                    recommend: *recommend,
                    comment: comment.clone(),
                };
                Ok(before.rate(id, kind)?)
            }
            VisitorAct::LeaveContact { email, name, message } => {
                let contact = Contact { email: email.trim().to_owned(), name: name.clone() };
                let thanks = self.words(&before.locale, "contact_thanks").replace("{{email}}", &contact.email);
                Ok(before.leave_contact(id, contact, message.clone(), thanks))
            }
            VisitorAct::End => Ok(before.resolve(Some(id), EndedBy::Visitor, None)?),
            VisitorAct::Send { .. } => Err(ChatError::Invalid("a message is a turn of its own")),
        }
    }

    async fn rate_answer(
        &self,
        before: &Conversation,
        client_id: ClientId,
        seq: Seq,
        helpful: bool,
    ) -> Result<Vec<NewEvent>, ChatError> {
        let event = self.store.event(before.id, seq).await?;
        let is_answer = event.is_some_and(|event| is_from_bot(&event.kind));
        if !is_answer {
            return Err(ChatError::NotFound("there is no answer with this number"));
        }
        let reply = self.reply_to_rating(before, helpful);
        Ok(before.rate_answer(client_id, (seq, helpful), Some(reply)))
    }
}

fn is_from_bot(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Message { message } if message.author == crate::conversation::Author::Bot)
}

/// Whether text looks enough like an address to write to.
pub(crate) fn is_email(text: &str) -> bool {
    let text = text.trim();
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let has_odd_characters = text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c));
    !name.is_empty()
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !has_odd_characters
        && text.len() <= 254
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn addresses() {
        for good in ["a@b.example", " jonas.brandt+x@mail.example.org "] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.example", "a@.example", "a b@c.example", "a@b.example\r\nBcc: x@y.example"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
