//! What an agent's screen is made of.

use tokio::time::Instant;

use crate::{
    article::links,
    bell::{WarnedOf, Warning},
    block,
    chat::{ChatError, Entry, Present, QueueView, Suggestion, Tab},
    conversation::{Reason, Status},
    protocol::{
        AuthorView,
        agent::{
            AgentName, AgentView, Availability, EntryView, IdentityView, LastMessageView, NoteView, QueueInfo,
            SuggestionView, TabName, ToAgent, VisitorView,
        },
    },
    queue::{Assignment, Queue},
    server::{
        agent::{AgentSocket, Greeted, Shown, due::Due, hash_of},
        app::App,
        socket::Ended,
    },
    store::{self, Agent, Note, Role, Visitor},
};

/// How many that wait are shown.
const ENTRIES: usize = 200;
/// How many of a list beside the queue.
const TAB_ENTRIES: u32 = 100;

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
            queues: Vec::new(),
            queue_hash: 0,
            tab: None,
        });
        let agent = agent_view(&self.app, &self.agent);
        let capacity = agent.capacity;
        self.socket.send(&ToAgent::Welcome { agent, capacity }).await?;
        self.show_presence().await?;
        self.show_queue().await
    }

    pub(crate) async fn show_queue(&mut self) -> Result<(), Ended> {
        let view = match self.app.chat.queue_for(&self.agent, ENTRIES).await {
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
        let mut agents = match agent_views(&self.app).await {
            Ok(agents) => agents,
            Err(error) => {
                self.presence_changed();
                log_unread(&error);
                return Ok(());
            }
        };
        let sight = self.app.chat.sight(&self.agent);
        for agent in &mut agents {
            agent.viewing.retain(|id| !self.app.chat.is_hidden_from(&sight, *id));
        }
        self.show_queues().await?;
        let Some(greeted) = self.greeted.as_mut().filter(|greeted| greeted.agents != agents) else { return Ok(()) };
        greeted.agents.clone_from(&agents);
        self.socket.send(&ToAgent::Presence { agents }).await
    }

    async fn show_queues(&mut self) -> Result<(), Ended> {
        let queues = queue_infos(&self.app, &self.agent);
        let Some(greeted) = self.greeted.as_mut().filter(|greeted| greeted.queues != queues) else { return Ok(()) };
        greeted.queues.clone_from(&queues);
        self.socket.send(&ToAgent::Queues { queues }).await
    }

    /// A warning is for whoever has the conversation, and for everybody who may take it while nobody has.
    pub(crate) async fn show_warning(&mut self, warning: &Warning) -> Result<(), Ended> {
        let Warning { conversation, about, due_at } = warning;
        let is_meant = match conversation.status.agent() {
            Some(owner) => owner.id == self.agent.id,
            None => self.app.chat.sight(&self.agent).shows(conversation),
        };
        if !is_meant {
            return Ok(());
        }
        let about = match about {
            WarnedOf::FirstReply => "first_reply",
            WarnedOf::Unanswered => "unanswered",
        };
        self.socket.send(&ToAgent::Warning { conversation: conversation.id, about, due_at: *due_at }).await
    }

    /// From now on this list is on the screen beside the queue.
    pub(crate) fn choose_tab(&mut self, tab: Option<TabName>) {
        let now = Instant::now();
        if let Some(greeted) = &mut self.greeted {
            greeted.tab = tab.map(|name| Shown { name, due: Due::now(now), hash: 0 });
        }
    }

    pub(crate) async fn show_tab(&mut self) -> Result<(), Ended> {
        let Some(tab) = self.greeted.as_ref().and_then(|greeted| greeted.tab.as_ref()).map(|tab| tab.name) else {
            return Ok(());
        };
        let entries = match self.app.chat.tab_for(&self.agent, in_chat(tab), TAB_ENTRIES).await {
            Ok(entries) => entries.into_iter().map(entry_view).collect(),
            Err(error) => {
                self.tab_changed();
                log_unread(&error);
                return Ok(());
            }
        };
        let text = serde_json::to_string(&ToAgent::Tab { tab, entries }).unwrap_or_default();
        let hash = hash_of(&text);
        let shown = self.greeted.as_mut().and_then(|greeted| greeted.tab.as_mut());
        if shown.is_none_or(|shown| std::mem::replace(&mut shown.hash, hash) == hash) {
            return Ok(());
        }
        self.socket.send_text(text).await
    }
}

fn in_chat(tab: TabName) -> Tab {
    match tab {
        TabName::Bot => Tab::Bot,
        TabName::Resolved => Tab::Resolved,
        TabName::Team => Tab::Team,
        TabName::Snoozed => Tab::Snoozed,
    }
}

fn queue_infos(app: &App, agent: &Agent) -> Vec<QueueInfo> {
    let now = app.clock.now();
    let info = |queue: &Queue| QueueInfo {
        name: queue.name.clone(),
        title: queue.title.clone(),
        member: queue.has_member(agent.id),
        balanced: queue.assignment == Assignment::Balanced,
        open: queue.hours.is_open(now),
        opens_at: queue.hours.opens_at(now),
        languages: queue.languages.clone(),
        waiting: app.chat.length_of(queue),
    };
    app.chat.queues().all().iter().map(info).collect()
}

fn log_unread(error: &ChatError) {
    tracing::warn!(%error, "an agent's screen could not be brought up to date");
}

/// Every agent who may sign in, with whether they are here.
async fn agent_views(app: &App) -> Result<Vec<AgentView>, ChatError> {
    let agents = app.chat.agents().await?;
    let active = agents.iter().filter(|agent| !agent.disabled);
    Ok(active.map(|agent| agent_view(app, agent)).collect())
}

/// One agent as the others see them.
pub(crate) fn agent_view(app: &App, agent: &Agent) -> AgentView {
    let Present { availability, is_here, seen_at, viewing, .. } = app.chat.present(agent);
    AgentView {
        id: agent.id,
        name: agent.name.clone(),
        email: agent.email.clone(),
        role: role(agent.role).to_owned(),
        availability: shown(availability),
        open: app.chat.open_of(agent.id),
        capacity: app.chat.capacity_of(agent),
        here: is_here,
        seen_at,
        languages: agent.languages.clone(),
        viewing,
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
        entries: view.waiting.into_iter().map(entry_view).collect(),
        total: u32::try_from(view.total).unwrap_or(u32::MAX),
        mine: view.mine.into_iter().map(entry_view).collect(),
    }
}

fn entry_view(entry: Entry) -> EntryView {
    let Entry { conversation, visitor, position, priority, due_at, warn_at, is_gone } = entry;
    let wait = conversation.status.wait();
    let moments = &conversation.moments;
    let until = if let Status::Snoozed { until, .. } = conversation.status { Some(until) } else { None };
    EntryView {
        conversation: conversation.id,
        status: conversation.status.as_str().to_owned(),
        visitor: visitor_view(visitor, conversation.contact.as_ref().map(|contact| contact.email.clone())),
        reason: wait.map_or(Reason::AskedForAgent, |wait| wait.reason),
        priority: priority.as_str(),
        queue: wait.and_then(|wait| wait.queue.clone()),
        since: wait.map_or(conversation.started_at, |wait| wait.since),
        position,
        due_at,
        warn_at,
        until,
        entered_at: moments.entered_at,
        asked_at: moments.asked_at,
        agent: conversation.status.last_agent().map(AgentName::from),
        requeued: wait.map_or(0, |wait| wait.requeued),
        unread: moments.unanswered,
        preview: moments.last_words.clone(),
        last_message: moments.last_message.as_ref().map(|last| LastMessageView {
            author: AuthorView::from(&last.author),
            text: last.text.clone(),
            at: last.at,
        }),
        locale: conversation.locale.clone(),
        left: moments.is_left,
        gone: is_gone,
        topic: conversation.topic.clone(),
        tags: conversation.tags.clone(),
        last_seq: conversation.last_seq,
    }
}

fn visitor_view(visitor: Visitor, contact: Option<String>) -> VisitorView {
    VisitorView {
        identity: IdentityView { name: visitor.name, email: visitor.email.or(contact), verified: visitor.verified },
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
