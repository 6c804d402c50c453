//! The packet on the wire.

use crate::{
    chat::Packet,
    conversation::{Asked, Conversation, Signal, Status, Tried},
    protocol::{
        ConsideredView, SourceView,
        agent::{
            AgentName, AskedView, ConsentView, EarlierView, IdentityView, PacketView, PageSeenView, ToAgent, TriedView,
            VisitorCard,
        },
    },
    server::{agent::AgentSocket, socket::Ended},
    store::{Consent, PageSeen, Visitor},
};

impl AgentSocket {
    /// Sends what an agent needs to know of a conversation before reading it.
    pub(crate) async fn show_packet(&mut self, id: crate::conversation::ConversationId) -> Result<(), Ended> {
        match self.app.chat.packet(&self.app.chat.sight(&self.agent), id).await {
            Ok(packet) => self.socket.send(&ToAgent::Packet(Box::new(packet_view(packet)))).await,
            Err(error) => self.failed(&error, None).await,
        }
    }
}

/// The packet as it is sent.
pub(crate) fn packet_view(packet: Packet) -> PacketView {
    let Packet { conversation, summary, why, visitor, earlier, canned, apologise } = packet;
    let wait = conversation.status.wait();
    PacketView {
        conversation: conversation.id,
        reason: wait.map(|wait| wait.reason).or(summary.reason),
        why,
        since: wait.map(|wait| wait.since),
        requeued: wait.map_or(0, |wait| wait.requeued),
        passed: summary.passed.iter().map(AgentName::from).collect(),
        visitor: card(visitor, conversation.contact.as_ref().map(|contact| contact.email.clone())),
        locale: conversation.locale,
        questions: summary.questions.into_iter().map(|Asked { seq, at, text }| AskedView { seq, at, text }).collect(),
        tried: summary.tried.iter().map(tried_view).collect(),
        candidates: summary.candidates.iter().map(ConsideredView::from).collect(),
        answer_at: summary.decision.map(|decision| decision.thresholds.answer_at),
        earlier: earlier.into_iter().map(earlier_view).collect(),
        signals: summary.signals.into_iter().map(Signal::as_str).collect(),
        canned: canned.map(|canned| canned.shortcut),
        apologise,
    }
}

fn tried_view(tried: &Tried) -> TriedView {
    let source = SourceView::from(&tried.source);
    TriedView { seq: tried.seq, source, confidence: tried.confidence, helpful: tried.helpful }
}

fn card(visitor: Visitor, contact: Option<String>) -> VisitorCard {
    let page = |PageSeen { url, title, at }| PageSeenView { url, title, at };
    VisitorCard {
        identity: IdentityView { name: visitor.name, email: visitor.email.or(contact), verified: visitor.verified },
        external_id: visitor.external_id,
        attributes: visitor.attributes,
        pages: visitor.trail.pages.into_iter().map(page).collect(),
        referrer: visitor.referrer,
        device: visitor.trail.device,
        time_zone: visitor.trail.time_zone,
        consent: visitor.trail.consent.map(consent_view),
    }
}

/// What a visitor has agreed to.
pub(crate) fn consent_view(Consent { notice, at }: Consent) -> ConsentView {
    ConsentView { notice, at }
}

fn earlier_view(conversation: Conversation) -> EarlierView {
    let outcome = match (&conversation.status, conversation.had_agent) {
        (Status::Resolved { .. }, _) if conversation.moments.was_abandoned => "abandoned",
        (Status::Resolved { .. }, true) => "answered_by_agent",
        (Status::Resolved { .. }, false) => "answered_by_bot",
        (Status::WithBot | Status::Waiting(_) | Status::WithAgent { .. } | Status::Snoozed { .. }, _) => "open",
    };
    EarlierView {
        conversation: conversation.id,
        started_at: conversation.started_at,
        outcome,
        topic: conversation.topic,
        preview: conversation.moments.last_words,
        score: conversation.score,
    }
}
