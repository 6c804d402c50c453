//! `serve`: build the parts, run the server, stop softly.

use std::{sync::Arc, thread, time::Duration};

use anyhow::Context as _;
use clap::Args;
use jiff::SignedDuration;
use tracing::{info, warn};

use crate::{
    archive::Archive,
    article::hit::Level,
    chat::{Chat, Masking, Retention, Rules, Times},
    cli::{
        Context, Exit,
        fit::{self, Fit},
        learning::keep_learning,
    },
    clock::{Clock, SystemClock},
    config::{Handoff, Privacy, Settings},
    conversation::Timers,
    knowledge::Knowledge,
    queue::Target,
    server::{self, App, Timing},
    store::{Forgotten, SqliteOptions, SqliteStore},
};

const PAGES_PER_MB: u32 = 256;
const FORGET_EVERY: Duration = Duration::from_secs(3600);

/// Options of `serve`.
#[derive(Debug, Default, Args)]
pub struct ServeArgs {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
}

pub(crate) fn run(args: &ServeArgs, context: &Context) -> anyhow::Result<Exit> {
    let mut context = context.clone();
    if let Some(listen) = &args.listen {
        context.settings.server.listen.clone_from(listen);
    }
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(workers()).enable_all().build().context("cannot start the runtime")?;
    runtime.block_on(serve(context))?;
    Ok(Exit::Fine)
}

/// How many threads serve sockets. One processor is left to what has threads of its own: writing and searching.
fn workers() -> usize {
    thread::available_parallelism().map_or(1, |processors| processors.get() - 1).max(1)
}

async fn serve(mut context: Context) -> anyhow::Result<()> {
    // The port first: when it is taken, nothing else need be tried.
    let listener = server::bind(&context.settings.server.listen)?;
    context.settings.server.listen = listener.local_addr()?.to_string();
    let address = context.address();
    let store = Arc::new(SqliteStore::open_with(context.data(), store_options(&context.settings))?);
    let knowledge = Knowledge::open_soon(context.knowledge_options())?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let rules = Rules { answers: context.policy(), ..rules(&context.settings) };
    let chat = Chat::open(store, Arc::clone(&knowledge), Arc::clone(&clock), rules).await?;
    let app = App::new(Arc::clone(&chat), open_archive(&context)?, clock, context.settings.clone(), Timing::default())?;
    let _watch = knowledge.watch(|| {}).inspect_err(|error| warn!(%error, "restart after changing articles")).ok();
    greet(&chat, &address, knowledge.snapshot().article_count()).await?;
    let forgetting = tokio::spawn(forget_hourly(Arc::clone(&chat), retention(&context.settings.privacy)));
    let learning = tokio::spawn(keep_learning(chat, context));
    server::run(listener, app, stop_signal()).await;
    forgetting.abort();
    learning.abort();
    Ok(())
}

/// Forgets what is older than is to be kept, now and every hour.
async fn forget_hourly(chat: Arc<Chat>, retention: Retention) {
    let mut hours = tokio::time::interval(FORGET_EVERY);
    loop {
        hours.tick().await;
        match chat.forget_old(retention).await {
            Ok(Forgotten { conversations: 0, .. }) => {}
            Ok(Forgotten { conversations, visitors }) => {
                info!(conversations, visitors, "forgotten because of their age");
            }
            Err(error) => warn!(%error, "what is too old could not be forgotten: the next hour tries again"),
        }
    }
}

/// For how long the settings keep conversations.
fn retention(privacy: &Privacy) -> Retention {
    let Privacy { bot_days, escalated_days, audit_days, .. } = *privacy;
    Retention { bot_days, escalated_days, audit_days }
}

/// The archive in the data folder; where it cannot be, one in memory, which only makes starting slower.
fn open_archive(context: &Context) -> anyhow::Result<Archive> {
    let folder = context.data().join("archive");
    let opened =
        Archive::open(&folder).inspect_err(|error| warn!(folder = %folder.display(), %error, "kept in memory"));
    Ok(opened.or_else(|_| Archive::in_memory())?)
}

/// The desk's rules from the settings.
pub fn rules(settings: &Settings) -> Rules {
    Rules {
        answers: fit::policy(settings, &Fit::default(), Level::default()),
        message_chars: settings.limits.message_chars,
        reopen_window: SignedDuration::from_secs(settings.handoff.reopen_window_s.into()),
        turn_budget: settings.handoff.turn_budget,
        agent_capacity: settings.handoff.agent_capacity,
        queue_cap: settings.handoff.queue_cap,
        times: times(&settings.handoff),
        searches: thread::available_parallelism().map_or(2, usize::from),
        masking: masking(&settings.privacy),
    }
}

fn masking(privacy: &Privacy) -> Masking {
    let Privacy { mask_cards: cards, mask_accounts: accounts, mask_emails: emails, mask_phones: phones, .. } = *privacy;
    Masking { cards, accounts, emails, phones }
}

/// What the settings say about the database.
pub(crate) fn store_options(settings: &Settings) -> SqliteOptions {
    let pages = settings.store.max_mb.saturating_mul(PAGES_PER_MB);
    SqliteOptions { max_pages: (pages > 0).then_some(pages), ..SqliteOptions::default() }
}

/// What time alone does, from the settings.
pub fn times(handoff: &Handoff) -> Times {
    let seconds = |seconds: u32| SignedDuration::from_secs(seconds.into());
    Times {
        timers: Timers {
            follow_up: seconds(handoff.follow_up_s),
            bot_silence: seconds(handoff.bot_silence_s),
            leave_offer: seconds(handoff.leave_offer_s),
            unanswered_warn: seconds(handoff.unanswered_warn_s),
            unanswered_back: seconds(handoff.unanswered_back_s),
            reminder: seconds(handoff.reminder_s),
            agent_silence: seconds(handoff.agent_silence_s),
        },
        agent_lost: seconds(handoff.agent_lost_s),
        agent_offline: seconds(handoff.agent_offline_s),
        visitor_gone: seconds(handoff.visitor_gone_s),
        abandoned: seconds(handoff.abandoned_s),
        first_reply: Target { reply_s: handoff.first_reply_s, warn_s: handoff.first_reply_warn_s },
    }
}

/// What an operator needs to know first, on standard error like everything for people.
#[expect(clippy::print_stderr, reason = "the greeting is for people")]
async fn greet(chat: &Chat, address: &str, articles: usize) -> anyhow::Result<()> {
    info!(address, articles, "ready");
    eprintln!("\n  frontdesk answers from {articles} articles at {address}");
    eprintln!("  Try it:   {address}/demo");
    match chat.setup_secret().await? {
        Some(secret) => {
            eprintln!("  Make the first agent (this link works once):\n            {address}/console#setup={secret}\n");
        }
        None => eprintln!("  Agents:   {address}/console\n"),
    }
    Ok(())
}

/// Done at the first Ctrl-C or SIGTERM.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    if let Err(error) = tokio::signal::ctrl_c().await {
        warn!(%error, "cannot hear Ctrl-C: end the process to stop the server");
        std::future::pending::<()>().await;
    }
}
