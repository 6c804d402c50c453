//! What visitors do, within the limits.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures_util::FutureExt;
use jiff::SignedDuration;
use tokio::time::Instant;

use crate::{
    bell::SignKind,
    chat::VisitorAct,
    conversation::ClientId,
    protocol::visitor::{Identity, PageView, VisitorFrame},
    server::{
        error::{bad_frame, error_frame},
        identity, profile,
        socket::Ended,
        visitor::{Act, VisitorSocket},
    },
    store::Visitor,
};

impl VisitorSocket {
    /// Deals with a frame of a visitor who has said hello.
    pub(crate) async fn frame(&mut self, frame: VisitorFrame) -> Result<(), Ended> {
        match frame {
            VisitorFrame::Hello(hello) => match self.may_do_more() {
                Ok(()) => self.hello(*hello).await,
                Err(wait) => self.refuse(wait, None).await,
            },
            VisitorFrame::SendMessage { client_id, text, article, new } => {
                let new = new.unwrap_or(false);
                self.act(client_id, VisitorAct::Send { text, article, new }).await
            }
            VisitorFrame::RequestAgent { client_id } => self.act(client_id, VisitorAct::RequestAgent).await,
            VisitorFrame::Withdraw { client_id } => self.act(client_id, VisitorAct::Withdraw).await,
            VisitorFrame::RateAnswer { client_id, seq, helpful } => {
                self.act(client_id, VisitorAct::RateAnswer { seq, helpful }).await
            }
            VisitorFrame::RateConversation { client_id, score, effort, recommend, comment } => {
                self.act(client_id, VisitorAct::RateConversation { score, effort, recommend, comment }).await
            }
            VisitorFrame::LeaveContact { client_id, email, name, message } => {
                self.act(client_id, VisitorAct::LeaveContact { email, name, message }).await
            }
            VisitorFrame::End { client_id } => self.act(client_id, VisitorAct::End).await,
            VisitorFrame::Identify { identity } => self.identify(&identity).await,
            VisitorFrame::Attributes { attributes } => self.attributes(&attributes).await,
            VisitorFrame::Page(page) => self.page(&page).await,
            VisitorFrame::Locale { locale } => {
                self.locale(&locale);
                Ok(())
            }
            VisitorFrame::Typing => {
                self.sign(SignKind::Typing);
                Ok(())
            }
            VisitorFrame::Seen { seq } => {
                self.sign(SignKind::Seen(seq));
                Ok(())
            }
        }
    }

    async fn act(&mut self, client_id: ClientId, act: VisitorAct) -> Result<(), Ended> {
        if let Err(wait) = self.may(&act) {
            return self.refuse(wait, Some(client_id)).await;
        }
        let Some(greeted) = &self.greeted else { return Ok(()) };
        let (chat, guest) = (Arc::clone(&self.app.chat), greeted.guest.clone());
        let mut acting: Act = async move { (client_id, chat.visitor_acts(&guest, client_id, act).await) }.boxed();
        // Begun here and now, so that acts reach `chat` in the order of their frames.
        if let Some((client_id, result)) = acting.as_mut().now_or_never() {
            return self.acted(client_id, result).await;
        }
        self.acts.push(acting);
        Ok(())
    }

    fn may(&self, act: &VisitorAct) -> Result<(), Duration> {
        let (now, rates) = (Instant::now(), &self.app.rates);
        let Some(greeted) = &self.greeted else { return Ok(()) };
        let visitor = greeted.guest.id;
        match act {
            VisitorAct::Send { .. } => rates.message(visitor, now)?,
            VisitorAct::RequestAgent
            | VisitorAct::Withdraw
            | VisitorAct::RateAnswer { .. }
            | VisitorAct::RateConversation { .. }
            | VisitorAct::LeaveContact { .. }
            | VisitorAct::End => rates.aside(visitor, now)?,
        }
        if self.asks_for_a_person(act) {
            rates.escalation(visitor, now)?;
        }
        if self.starts_a_conversation(act) {
            rates.conversation(self.address, now)?;
        }
        Ok(())
    }

    fn may_do_more(&self) -> Result<(), Duration> {
        let visitor = self.greeted.as_ref().map(|greeted| greeted.guest.id);
        visitor.map_or(Ok(()), |visitor| self.app.rates.aside(visitor, Instant::now()))
    }

    fn asks_for_a_person(&self, act: &VisitorAct) -> bool {
        let is_in_queue =
            self.followed().is_some_and(|followed| !followed.is_with_bot && followed.resolved_at.is_none());
        !is_in_queue && matches!(act, VisitorAct::RequestAgent | VisitorAct::LeaveContact { .. })
    }

    fn starts_a_conversation(&self, act: &VisitorAct) -> bool {
        match act {
            VisitorAct::Send { new: true, .. } => true,
            // While the first message is on its way, the next ones join it.
            VisitorAct::Send { .. } | VisitorAct::RequestAgent | VisitorAct::LeaveContact { .. } => {
                self.acts.is_empty() && self.followed().is_none_or(|followed| self.is_over(followed.resolved_at))
            }
            VisitorAct::Withdraw
            | VisitorAct::RateAnswer { .. }
            | VisitorAct::RateConversation { .. }
            | VisitorAct::End => false,
        }
    }

    fn is_over(&self, resolved_at: Option<jiff::Timestamp>) -> bool {
        let window = SignedDuration::from_secs(i64::from(self.app.settings.handoff.reopen_window_s));
        resolved_at.is_some_and(|at| self.app.clock.now().duration_since(at) > window)
    }

    async fn identify(&mut self, told: &Identity) -> Result<(), Ended> {
        let Some(token) = &told.token else {
            let fits = |visitor: &mut Visitor| {
                profile::note_unsigned(visitor, told);
                told.attributes.as_ref().is_none_or(|attributes| profile::note_attributes(visitor, attributes))
            };
            return self.tell(fits).await;
        };
        match identity::read(token, &self.app.settings.identity.secrets, self.app.clock.now()) {
            Ok(claims) => {
                self.tell(|visitor| {
                    profile::note_claims(visitor, &claims);
                    true
                })
                .await
            }
            Err(reason) => self.error(bad_frame(reason, None)).await,
        }
    }

    async fn attributes(&mut self, attributes: &BTreeMap<String, String>) -> Result<(), Ended> {
        self.tell(|visitor| profile::note_attributes(visitor, attributes)).await
    }

    async fn page(&mut self, page: &PageView) -> Result<(), Ended> {
        let now = self.app.clock.now();
        self.tell(|visitor| {
            profile::note_page(visitor, page, now);
            true
        })
        .await
    }

    fn locale(&mut self, locale: &str) {
        if let (Some(greeted), Some(locale)) = (&mut self.greeted, profile::locale(locale)) {
            greeted.guest.locale = locale;
        }
    }

    /// Changes what is known of the visitor, and keeps it if it is new.
    async fn tell(&mut self, note: impl FnOnce(&mut Visitor) -> bool) -> Result<(), Ended> {
        if let Err(wait) = self.may_do_more() {
            return self.refuse(wait, None).await;
        }
        let Some(greeted) = &mut self.greeted else { return Ok(()) };
        let mut profile = greeted.guest.profile.clone();
        if !note(&mut profile) {
            return self.bad(bad_frame("at most 20 attributes of 200 characters", None)).await;
        }
        if profile == greeted.guest.profile {
            return Ok(());
        }
        greeted.guest.profile = profile;
        let guest = greeted.guest.clone();
        match self.app.chat.visitor_tells(&guest).await {
            Ok(()) => Ok(()),
            Err(error) => self.error(error_frame(&error, None)).await,
        }
    }
}
