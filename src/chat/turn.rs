//! A turn: the visitor's messages, the search, the verdict and the reply, committed together. A question is
//! never lost: it is kept together with what became of it, or its sender is told to send it again.

use std::{sync::Arc, time::Instant};

use tracing::{debug, warn};

use crate::{
    answer::{self, Context, Verdict, reply::Facts},
    article::{Audience, hit::Question},
    chat::{ATTEMPTS, Chat, ChatError, Done, VisitorAct, inbox::Job},
    conversation::{
        BotReply, Conversation, EndedBy, Event, EventKind, NewEvent, Reason, Responder, Seq, VisitorMessage,
    },
    store::{Receipt, StoreError},
};

/// How often a turn waits for messages that arrived while it was decided.
const JOINING_ROUNDS: usize = 8;

/// How many of the last events tell what a message refers to.
const CONTEXT: u64 = 24;

/// A turn that has been decided but not yet kept.
struct Draft {
    /// The visitor's earlier conversation, which ends as this one begins.
    earlier: Option<Conversation>,
    before: Conversation,
    events: Vec<NewEvent>,
}

impl Chat {
    /// Answers a message and those that join it before the answer is kept.
    pub(crate) async fn turn(self: &Arc<Self>, first: Job) {
        let mut jobs = vec![first];
        for _ in 0..ATTEMPTS {
            let draft = match self.draft(&mut jobs).await {
                Ok(draft) => draft,
                Err(error) => return fail_all(jobs, &error),
            };
            match self.keep(draft, &jobs).await {
                Ok(done) => return jobs.into_iter().for_each(|job| job.finish(Ok(done.clone()))),
                Err(StoreError::Conflict | StoreError::Full) => {}
                Err(StoreError::Repeated(receipt)) => {
                    self.finish_repeated(&mut jobs, &receipt).await;
                    if jobs.is_empty() {
                        return;
                    }
                }
                Err(error) => return fail_all(jobs, &error.into()),
            }
        }
        fail_all(jobs, &StoreError::Conflict.into());
    }

    /// Decides a turn; messages that arrived meanwhile join it and are decided with it.
    async fn draft(self: &Arc<Self>, jobs: &mut Vec<Job>) -> Result<Draft, ChatError> {
        let mut draft = self.decide(jobs).await?;
        for _ in 0..JOINING_ROUNDS {
            let joining = match jobs.first() {
                Some(first) if first.may_be_joined() => self.inboxes.joining(first.guest.id),
                Some(_) | None => Vec::new(),
            };
            if joining.is_empty() {
                break;
            }
            join(jobs, joining);
            draft = self.decide(jobs).await?;
        }
        Ok(draft)
    }

    async fn decide(self: &Arc<Self>, jobs: &[Job]) -> Result<Draft, ChatError> {
        let Some(job) = jobs.first() else { return Err(ChatError::EmptyText) };
        let (earlier, before) = self.conversation_for(job).await?;
        let messages: Vec<_> = once_each(jobs).filter_map(message_of).collect();
        let events = match self.responder(&before) {
            Responder::People => self.people_hear(&before, messages).await,
            Responder::Bot | Responder::NewConversation => {
                let reply = self.bot_reply(&before, job, &messages).await;
                before.ask(messages, reply)
            }
        };
        Ok(Draft { earlier, before, events })
    }

    /// The conversation that the message belongs to, and the one that ends for it: a visitor has one open one.
    async fn conversation_for(&self, job: &Job) -> Result<(Option<Conversation>, Conversation), ChatError> {
        let wants_new = matches!(job.act, VisitorAct::Send { new: true, .. });
        match self.current_of(job.guest.id).await? {
            Some(current) if self.responder(&current) == Responder::NewConversation => {
                Ok((None, self.new_conversation(job)))
            }
            Some(current) if wants_new => {
                let earlier = Some(current).filter(|current| current.status.is_open());
                Ok((earlier, self.new_conversation(job)))
            }
            Some(current) => Ok((None, current)),
            None => Ok((None, self.new_conversation(job))),
        }
    }

    async fn keep(&self, draft: Draft, jobs: &[Job]) -> Result<Done, StoreError> {
        let receipts = once_each(jobs).map(|job| (job.guest.id.0, job.client_id, job.act.digest())).collect();
        let is_first = draft.before.last_seq == Seq(0);
        let profile = jobs.first().filter(|_| is_first).map(|job| job.guest.profile.clone());
        let ending = |earlier: &Conversation| earlier.resolve(None, EndedBy::Visitor, None).unwrap_or_default();
        let earlier = draft.earlier.as_ref().map(|earlier| (earlier, ending(earlier)));
        let after = self.commit_with(earlier, (&draft.before, draft.events), receipts, profile).await?;
        Ok(Done::Committed { conversation: after.id })
    }

    /// One of the messages was dealt with before: its sender gets the first result, the others go on.
    async fn finish_repeated(&self, jobs: &mut Vec<Job>, receipt: &Receipt) {
        while let Some(index) = jobs.iter().position(|job| job.client_id == receipt.client_id) {
            let job = jobs.remove(index);
            let result = self.repeated(receipt, job.act.digest()).await;
            job.finish(result);
        }
    }

    async fn bot_reply(self: &Arc<Self>, before: &Conversation, job: &Job, messages: &[VisitorMessage]) -> BotReply {
        let started = Instant::now();
        let text = messages.iter().map(|message| message.text.as_str()).collect::<Vec<_>>().join("\n");
        let chosen = if let VisitorAct::Send { article, .. } = &job.act { article.clone() } else { None };
        let mut verdict = self.verdict(before, text, chosen).await;
        verdict.decision.took_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        debug!(conversation = %before.id, rule = verdict.decision.rule, took_us = verdict.decision.took_us, "turn decided");
        let locale = verdict.language.as_deref().unwrap_or(&before.locale);
        let languages = self.languages();
        let facts = Facts { languages: &languages, ..self.facts(before) };
        let wording = self.wording(locale);
        answer::reply::reply(verdict, &facts, &wording)
    }

    async fn verdict(self: &Arc<Self>, before: &Conversation, text: String, chosen: Option<String>) -> Verdict {
        let policy = &self.policy();
        let snapshot = self.knowledge.snapshot();
        let chosen = chosen.and_then(|id| snapshot.article(&id).cloned());
        if let Some(article) = chosen.filter(|article| article.audience == Audience::Public) {
            return Verdict::chosen(&article, snapshot.version(), policy);
        }
        let locale = Some(before.locale.clone());
        let context = self.context(before).await;
        let question =
            Question { text: text.clone(), locale, audience: Audience::Public, previous: context.previous() };
        match self.search(question).await {
            Ok(found) => context.apply(found.verdict.clone(), &text),
            Err(failure) => {
                warn!(conversation = %before.id, reason = failure.why, "the search failed: a person is fetched");
                Verdict::undecided(&text, failure.reason, policy)
            }
        }
    }

    /// What was said before, for "and to Norway?"; nothing when it cannot be read, because a person needs no context.
    async fn context(&self, before: &Conversation) -> Context {
        if before.turns == 0 || before.last_seq == Seq(0) {
            return Context::default();
        }
        let events = self.last_events(before, CONTEXT).await;
        events.map(|events| Context::of(since_given_back(&events))).unwrap_or_default()
    }

    fn facts(&self, conversation: &Conversation) -> Facts<'_> {
        Facts {
            offered: conversation.offered,
            misses: conversation.misses,
            turns: conversation.turns,
            turn_budget: self.rules.turn_budget,
            agents_available: self.agents_available(),
            languages: "",
            public_url: self.knowledge.public_url(),
        }
    }

    /// What the bot says when an answer was judged.
    pub(crate) fn reply_to_rating(&self, before: &Conversation, helpful: bool) -> BotReply {
        answer::reply::reply_to_rating(helpful, &self.facts(before), &self.wording(&before.locale))
    }

    /// What a visitor reads when the conversation goes to the queue.
    pub(crate) fn escalation_notice(&self, conversation: &Conversation, reason: Reason) -> String {
        self.wording(&conversation.locale).escalated(reason, self.agents_available())
    }
}

/// What was said before an agent gave the conversation back is no context for the bot.
fn since_given_back(events: &[Event]) -> &[Event] {
    let given_back = events.iter().rposition(|event| event.kind == EventKind::GivenBack);
    given_back.map_or(events, |index| &events[index + 1..])
}

/// Lets messages join a turn; one that has the id of another message in it is refused.
fn join(jobs: &mut Vec<Job>, joining: Vec<Job>) {
    for job in joining {
        let twin = jobs.iter().find(|other| other.client_id == job.client_id);
        match twin.map(|twin| twin.act == job.act) {
            Some(false) => job.finish(Err(ChatError::IdReused)),
            Some(true) | None => jobs.push(job),
        }
    }
}

/// The jobs without those that were sent again while their first sending was dealt with.
fn once_each(jobs: &[Job]) -> impl Iterator<Item = &Job> {
    let is_first = |index: usize, job: &Job| jobs.iter().take(index).all(|other| other.client_id != job.client_id);
    jobs.iter().enumerate().filter(move |(index, job)| is_first(*index, job)).map(|(_, job)| job)
}

fn message_of(job: &Job) -> Option<VisitorMessage> {
    let VisitorAct::Send { text, .. } = &job.act else { return None };
    Some(VisitorMessage { client_id: job.client_id, text: text.clone() })
}

fn fail_all(jobs: Vec<Job>, error: &ChatError) {
    warn!(%error, messages = jobs.len(), "a turn could not be kept: its senders are told to try again");
    for job in jobs {
        let reason = StoreError::Unavailable(error.to_string());
        job.finish(Err(ChatError::Unavailable(reason)));
    }
}
