//! What an agent's screen is made of.

use std::collections::HashMap;

use super::{AgentSocket, Due, Greeted, hash_of};
use tokio::time::Instant;

use crate::{
    article::links,
    block,
    chat::{ChatError, Entry, QueueView, Suggestion},
    conversation::{AgentId, Reason, Status},
    protocol::agent::{AgentView, Availability, EntryView, NoteView, SuggestionView, ToAgent, VisitorView},
    server::{app::App, socket::Ended},
    store::{self, Agent, Note, Role, Visitor},
};

/// How many that wait are shown.
const ENTRIES: usize = 200;
const PREVIEW: usize = 200;

impl AgentSocket {
    /// The first hello says that the agent is here; each one shows everything anew.
    pub(crate) async fn hello(&mut self) -> Result<(), Ended> {
        let now = Instant::now();
        let earlier = self.greeted.take();
        let presence = earlier.map_or_else(|| self.app.chat.agent_connects(&self.agent), |earlier| earlier.here);
        self.greeted = Some(Greeted {
            here: presence,
            queue: Due::now(now),
            presence: Due::now(now),
            agents: Vec::new(),
            queue_hash: 0,
        });
        let agent = match agent_view(&self.app, &self.agent).await {
            Ok(agent) => agent,
            Err(error) => return self.failed(&error, None).await,
        };
        let capacity = self.app.settings.handoff.agent_capacity;
        self.socket.send(&ToAgent::Welcome { agent, capacity }).await?;
        self.show_presence().await?;
        self.show_queue().await
    }

    pub(crate) async fn show_queue(&mut self) -> Result<(), Ended> {
        let view = match self.app.chat.queue_for(self.agent.id, ENTRIES).await {
            Ok(view) => view,
            Err(error) => {
                self.queue_changed();
                log_unread(&error);
                return Ok(());
            }
        };
        let Some(greeted) = &mut self.greeted else { return Ok(()) };
        let text = serde_json::to_string(&queue_frame(view)).unwrap_or_default();
        let hash = hash_of(&text);
        if std::mem::replace(&mut greeted.queue_hash, hash) == hash {
            return Ok(());
        }
        self.socket.send_text(text).await
    }

    pub(crate) async fn show_presence(&mut self) -> Result<(), Ended> {
        let agents = match agent_views(&self.app).await {
            Ok(agents) => agents,
            Err(error) => {
                self.presence_changed();
                log_unread(&error);
                return Ok(());
            }
        };
        let Some(greeted) = self.greeted.as_mut().filter(|greeted| greeted.agents != agents) else { return Ok(()) };
        greeted.agents.clone_from(&agents);
        self.socket.send(&ToAgent::Presence { agents }).await
    }
}

fn log_unread(error: &ChatError) {
    tracing::warn!(%error, "an agent's screen could not be brought up to date");
}

/// Every agent who may sign in, with whether they are here.
async fn agent_views(app: &App) -> Result<Vec<AgentView>, ChatError> {
    let mut open: HashMap<AgentId, u32> = HashMap::new();
    for agent in app.chat.open_by_agent().await? {
        *open.entry(agent).or_default() += 1;
    }
    let agents = app.chat.agents().await?;
    let active = agents.iter().filter(|agent| !agent.disabled);
    Ok(active.map(|agent| view_of(app, agent, open.get(&agent.id).copied().unwrap_or(0))).collect())
}

/// One agent as the others see them.
pub(crate) async fn agent_view(app: &App, agent: &Agent) -> Result<AgentView, ChatError> {
    let open = app.chat.open_by_agent().await?.into_iter().filter(|owner| *owner == agent.id).count();
    Ok(view_of(app, agent, u32::try_from(open).unwrap_or(u32::MAX)))
}

fn view_of(app: &App, agent: &Agent, open: u32) -> AgentView {
    let present = app.chat.present().into_iter().find(|present| present.agent == agent.id);
    AgentView {
        id: agent.id,
        name: agent.name.clone(),
        email: agent.email.clone(),
        role: role(agent.role).to_owned(),
        availability: present.map_or(Availability::Offline, |present| shown(present.availability)),
        open,
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Agent => "agent",
        Role::Supervisor => "supervisor",
        Role::Administrator => "administrator",
    }
}

fn shown(availability: store::Availability) -> Availability {
    match availability {
        store::Availability::Online => Availability::Online,
        store::Availability::Away => Availability::Away,
        store::Availability::Offline => Availability::Offline,
    }
}

fn queue_frame(view: QueueView) -> ToAgent {
    ToAgent::Queue {
        entries: view.waiting.into_iter().filter_map(entry_view).collect(),
        total: u32::try_from(view.total).unwrap_or(u32::MAX),
        mine: view.mine.into_iter().filter_map(entry_view).collect(),
    }
}

fn entry_view(entry: Entry) -> Option<EntryView> {
    let Entry { conversation, visitor, position, preview } = entry;
    let waited = match &conversation.status {
        Status::Waiting(waiting) => waiting,
        Status::WithAgent { waited, .. } | Status::Snoozed { waited, .. } => waited,
        Status::WithBot | Status::Resolved { .. } => return None,
    };
    let (reason, queue, since): (Reason, _, _) = (waited.reason, waited.queue.clone(), waited.since);
    Some(EntryView {
        conversation: conversation.id,
        status: conversation.status.as_str().to_owned(),
        visitor: visitor_view(visitor, conversation.contact.as_ref().map(|contact| contact.email.clone())),
        reason,
        queue,
        since,
        position,
        preview: preview.chars().take(PREVIEW).collect(),
        locale: conversation.locale.clone(),
        left: conversation.contact.is_some(),
        last_seq: conversation.last_seq,
    })
}

fn visitor_view(visitor: Visitor, contact: Option<String>) -> VisitorView {
    VisitorView {
        name: visitor.name,
        email: visitor.email.or(contact),
        verified: visitor.verified,
        page_url: visitor.page_url,
        page_title: visitor.page_title,
    }
}

pub(crate) fn note_view(note: Note) -> NoteView {
    let Note { conversation, number, at, after, author, text, client_id, agent: _ } = note;
    NoteView { conversation, number, at, after, author, text, client_id }
}

pub(crate) fn suggestion_view(suggestion: &Suggestion, public_url: &str) -> SuggestionView {
    let Suggestion { article, confidence } = suggestion;
    SuggestionView {
        article: article.id.to_string(),
        title: article.title.clone(),
        confidence: *confidence,
        text: block::plain_text(&article.body),
        blocks: links::absolute(&article.body, &article.id, public_url),
        url: links::article_url(public_url, &article.id),
    }
}
