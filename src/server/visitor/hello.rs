//! Hello: who this is, and what they have missed.

use std::time::Duration;

use tokio::time::Instant;

use crate::{
    chat::{Chat, ChatError, Guest, Staffing, Standing},
    conversation::{Conversation, ConversationId, Event, Seq, VisitorId},
    protocol::{
        EventFrame, close,
        visitor::{Hello, ToVisitor, Welcome},
    },
    server::{
        error::{error_frame, rate_limited},
        identity,
        metrics::Refusal,
        profile,
        socket::Ended,
        visitor::{
            Greeted, VisitorSocket, availability_view,
            follow::{Followed, status_view},
        },
        ws::soon,
    },
    store::Visitor,
};

/// So many bytes of events come with the welcome; the others follow, an event a frame. A frame must fit into what may
/// wait to be written.
const WELCOMED_BYTES: usize = 64 * 1024;

/// What a visitor finds on arrival.
#[derive(Default)]
struct Found {
    conversation: Option<Conversation>,
    standing: Standing,
    events: Vec<Event>,
}

impl VisitorSocket {
    /// The first hello makes the socket its visitor's; a later one gives what is missing.
    pub(crate) async fn hello(&mut self, hello: Hello) -> Result<(), Ended> {
        let is_new = hello.token.is_none() && self.greeted.is_none();
        let (token, visitor) = self.token_of(&hello).await?;
        if !self.ticket.belongs_to(visitor) {
            self.error(rate_limited(Duration::from_secs(soon()), None)).await?;
            return Err(Ended::Close(close::FULL_OR_SLOW, "too many connections of one visitor"));
        }
        let known = if is_new { Ok(None) } else { self.app.chat.profile(visitor).await };
        let greeted = match known {
            Ok(known) => self.greet(&hello, known, token, visitor).await,
            Err(error) => Err(error),
        };
        match greeted {
            // Of somebody who was unknown a moment ago nothing is kept.
            Ok(()) if is_new => self.send_welcome(&Found::default()).await,
            Ok(()) => self.welcome(&hello).await,
            Err(error) => self.give_up(&error).await,
        }
    }

    /// The visitor's token, issued now for somebody new. A known one is never replaced.
    async fn token_of(&mut self, hello: &Hello) -> Result<(String, VisitorId), Ended> {
        if let Some(token) = &hello.token {
            let unknown = Ended::Close(close::UNKNOWN_TOKEN, "this token was not issued here");
            return self.app.chat.read_token(token).map(|visitor| (token.clone(), visitor)).ok_or(unknown);
        }
        if let Some(greeted) = &self.greeted {
            return Ok((greeted.token.clone(), greeted.guest.id));
        }
        if let Err(wait) = self.app.rates.visitor(self.address, Instant::now()) {
            self.error(rate_limited(wait, None)).await?;
            return Err(Ended::Close(close::FLOODING, "too many new visitors"));
        }
        match self.app.chat.issue_token() {
            Ok(issued) => Ok(issued),
            Err(error) => self.give_up(&error).await,
        }
    }

    /// Without the store there is nothing to welcome with.
    async fn give_up<T>(&mut self, error: &ChatError) -> Result<T, Ended> {
        self.error(error_frame(error, None)).await?;
        Err(Ended::Close(close::FULL_OR_SLOW, "please come back in a moment"))
    }

    async fn greet(
        &mut self,
        hello: &Hello,
        known: Option<Visitor>,
        token: String,
        visitor: VisitorId,
    ) -> Result<(), ChatError> {
        let profile = known.clone().unwrap_or_else(|| Visitor::unknown(visitor));
        let earlier = self.greeted.take().filter(|greeted| greeted.guest.id == visitor);
        let locale = hello.locale.as_deref().and_then(profile::locale);
        let locale = locale.or(earlier.as_ref().map(|greeted| greeted.guest.locale.clone()));
        let locale = locale.unwrap_or_else(|| self.app.settings.knowledge.locale.clone());
        let mut guest = Guest { id: visitor, locale, profile };
        self.note(&mut guest, hello);
        let is_news = known.is_some_and(|known| known != guest.profile);
        let mailbox = match earlier {
            Some(greeted) => greeted.mailbox,
            None => self.app.hub.register(visitor),
        };
        let now = Instant::now();
        let told = guest.clone();
        self.greeted = Some(Greeted {
            guest,
            token,
            mailbox,
            followed: None,
            status: None,
            staffing: Staffing::default(),
            _here: self.app.chat.visitor_connects(visitor),
            next_look: now + self.app.timing.ping,
            next_sign: now,
            seen: Seq(0),
        });
        if is_news { self.app.chat.visitor_tells(&told).await } else { Ok(()) }
    }

    fn note(&self, guest: &mut Guest, hello: &Hello) {
        if let Some(page) = &hello.page {
            profile::note_page(&mut guest.profile, page, self.app.clock.now());
        }
        profile::note_device(&mut guest.profile, self.device.as_deref());
        if let Some(name) = &hello.time_zone {
            profile::note_time_zone(&mut guest.profile, name);
        }
        if let Some(notice) = &hello.consent {
            profile::note_consent(&mut guest.profile, notice, self.app.clock.now());
        }
        let Some(told) = &hello.identity else { return };
        match &told.token {
            Some(token) => match identity::read(token, &self.app.settings.identity.secrets, self.app.clock.now()) {
                Ok(claims) => profile::note_claims(&mut guest.profile, &claims),
                Err(reason) => tracing::info!(reason, "a visitor's identity was not accepted"),
            },
            None => profile::note_unsigned(&mut guest.profile, told),
        }
        if let Some(attributes) = &told.attributes {
            // Too many are not worth refusing the whole hello.
            profile::note_attributes(&mut guest.profile, attributes);
        }
    }

    async fn welcome(&mut self, hello: &Hello) -> Result<(), Ended> {
        let Some(greeted) = &self.greeted else { return Ok(()) };
        let visitor = greeted.guest.id;
        let found = match find(&self.app.chat, visitor, hello).await {
            Ok(found) => found,
            Err(error) => return self.give_up(&error).await,
        };
        self.count_foreign(visitor, hello, &found).await;
        self.send_welcome(&found).await?;
        self.send_events().await
    }

    /// Who names others' conversations is answered like somebody who names none, but counted.
    async fn count_foreign(&mut self, visitor: VisitorId, hello: &Hello, found: &Found) {
        let current = found.conversation.as_ref().map(|conversation| conversation.id.to_string());
        let Some(named) = hello.conversation.as_ref().filter(|named| Some(*named) != current.as_ref()) else { return };
        if self.app.chat.is_foreign(visitor, named).await.unwrap_or_default() {
            self.app.metrics.count_refusal(Refusal::Foreign);
        }
    }

    async fn send_welcome(&mut self, found: &Found) -> Result<(), Ended> {
        let frame = self.welcome_frame(found);
        self.socket.send(&frame).await
    }

    fn welcome_frame(&mut self, found: &Found) -> ToVisitor {
        let staffing = self.app.chat.staffing_for(found.conversation.as_ref());
        let status = status_view(found.conversation.as_ref(), &found.standing);
        let Some(greeted) = &mut self.greeted else { return ToVisitor::Status(status) };
        let last = found.conversation.as_ref().map_or(Seq(0), |conversation| conversation.last_seq);
        let last_seq = found.events.last().map_or(last, |event| event.seq.max(last));
        greeted.followed = found.conversation.as_ref().map(|conversation| {
            let sent = found.events.last().map_or(conversation.last_seq, |event| event.seq);
            Followed::new(conversation, sent)
        });
        greeted.mailbox.set_waiting(status.position.is_some());
        greeted.status = Some(status.clone());
        greeted.staffing = staffing;
        if found.conversation.as_ref().is_some_and(|conversation| conversation.status.is_open()) {
            greeted.next_look = Instant::now() + self.app.timing.look;
        }
        let id = found.conversation.as_ref().map(|conversation| conversation.id);
        let settings =
            self.app.greetings.in_locale(&greeted.guest.locale, self.app.chat.knowledge(), &self.app.settings);
        ToVisitor::Welcome(Box::new(Welcome {
            token: greeted.token.clone(),
            conversation: id,
            last_seq,
            events: id.map(|id| event_frames(id, &found.events)).unwrap_or_default(),
            status,
            availability: availability_view(staffing),
            settings,
        }))
    }
}

async fn find(chat: &Chat, visitor: VisitorId, hello: &Hello) -> Result<Found, ChatError> {
    let Some(conversation) = chat.current(visitor).await? else { return Ok(Found::default()) };
    let after = start(hello, &conversation);
    let is_missing_some = after < conversation.last_seq;
    let mut events = if is_missing_some { chat.events(conversation.id, after).await? } else { Vec::new() };
    events.truncate(welcomed(conversation.id, &events));
    let standing = chat.standing(&conversation);
    Ok(Found { conversation: Some(conversation), standing, events })
}

/// How many of the events come with the welcome: the first one in any case.
fn welcomed(id: ConversationId, events: &[Event]) -> usize {
    let size = |event: &Event| {
        serde_json::to_string(&EventFrame::for_visitor(id, event)).map_or(WELCOMED_BYTES, |frame| frame.len())
    };
    let sizes = events.iter().scan(0, |sum, event| {
        *sum += size(event);
        Some(*sum)
    });
    sizes.take_while(|sum| *sum <= WELCOMED_BYTES).count().max(1)
}

/// The number after which something is missing. A number that the conversation has not reached counts for nothing.
fn start(hello: &Hello, conversation: &Conversation) -> Seq {
    let is_current = hello.conversation.as_ref().is_none_or(|id| *id == conversation.id.to_string());
    let after = Seq(hello.after.unwrap_or(0));
    if is_current && after <= conversation.last_seq { after } else { Seq(0) }
}

fn event_frames(id: ConversationId, events: &[Event]) -> Vec<ToVisitor> {
    events.iter().map(|event| ToVisitor::Event(Box::new(EventFrame::for_visitor(id, event)))).collect()
}
