//! What the desk learns while it runs: from the articles' own questions whenever they change, and from what agents and
//! visitors say of answers. Answers never wait for it.

use std::{sync::Arc, thread, time::Duration};

use tokio::{sync::oneshot, time::Instant};
use tracing::{info, warn};

use crate::{
    answer::{Policy, calibration::Calibration},
    chat::Chat,
    cli::{
        Context, fit,
        labels::{self, Label},
        rehearse::rehearse,
    },
    knowledge::Snapshot,
};

/// How often it is looked whether the articles have changed,
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// and how often what was said of answers is counted anew.
const COUNT_EVERY: Duration = Duration::from_secs(3600);

/// Fewer labelled questions change nothing by themselves.
const FEWEST_LABELS: usize = 20;

/// Learns until it is aborted.
pub(crate) async fn keep_learning(chat: Arc<Chat>, context: Context) {
    let mut looks = tokio::time::interval(LOOK_EVERY);
    let mut learnt_from = None;
    let mut counted_at = Instant::now();
    loop {
        looks.tick().await;
        let snapshot = chat.knowledge().snapshot();
        let state = (snapshot.version().to_owned(), snapshot.is_deep());
        if learnt_from.as_ref() == Some(&state) && counted_at.elapsed() < COUNT_EVERY {
            continue;
        }
        match learn(&chat, snapshot, context.clone()).await {
            Ok(policy) => chat.follow(policy),
            Err(error) => warn!(%error, "nothing could be learnt: the bot goes on as before"),
        }
        (learnt_from, counted_at) = (Some(state), Instant::now());
    }
}

async fn learn(chat: &Chat, snapshot: Arc<Snapshot>, context: Context) -> anyhow::Result<Policy> {
    let labels = labels::kept(chat.store()).await?;
    let (sender, learnt) = oneshot::channel();
    // A thread of its own: the server need not wait for it when it stops.
    thread::spawn(move || sender.send(taught(&snapshot, &labels, &context)));
    learnt.await?
}

/// When to answer, as far as the articles and these labelled questions tell. Takes seconds for thousands of articles.
pub(crate) fn taught(snapshot: &Snapshot, labels: &[Label], context: &Context) -> anyhow::Result<Policy> {
    let mut fit = fit::load(context.data());
    let rehearsals = rehearse(snapshot, &context.cache())?;
    let uncorrected = Policy { rehearsals, ..Policy::default() };
    let samples = labels::samples(labels, snapshot, &uncorrected)?;
    for level in snapshot.levels() {
        let samples = samples.of(level);
        let before = fit.labels.get(level.as_str()).copied().unwrap_or_default();
        if samples.len() >= FEWEST_LABELS.max(before + 1) {
            *fit.calibrations.of_mut(level) = Calibration::fit(samples);
            info!(level = level.as_str(), labels = samples.len(), "learnt from what was said of answers");
        }
    }
    Ok(Policy { rehearsals, ..fit::policy(&context.settings, &fit, context.level) })
}
