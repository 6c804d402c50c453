//! Searches: a bounded number at once, in bounded time, and none that outlives a stop.

use std::{sync::Arc, time::Duration};

use crate::{
    article::hit::{Hits, Question},
    chat::Chat,
    conversation::Reason,
};

/// How long a search may take before a person is fetched instead.
const SEARCH_TIMEOUT: Duration = Duration::from_secs(2);
/// How long it may still take when the server stops.
const LAST_ANSWERS: Duration = Duration::from_millis(250);

/// Why there are no hits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SearchFailure {
    /// For the conversation.
    pub(crate) reason: Reason,
    /// For the log.
    pub(crate) why: &'static str,
}

impl SearchFailure {
    fn failed(why: &'static str) -> Self {
        Self { reason: Reason::SearchFailed, why }
    }
}

impl Chat {
    /// Searches on the blocking pool, a bounded number at once, in bounded time.
    pub(crate) async fn search(self: &Arc<Self>, question: Question) -> Result<Hits, SearchFailure> {
        let searching = async {
            let _permit = self.searches.acquire().await.map_err(|_| "no searches are begun any more")?;
            let knowledge = Arc::clone(&self.knowledge);
            let search = tokio::task::spawn_blocking(move || knowledge.search(&question));
            search.await.map_err(|_| "it broke off")?.map_err(|_| "the index cannot be read")
        };
        tokio::select! {
            biased;
            found = searching => found.map_err(SearchFailure::failed),
            () = self.stopped() => Err(SearchFailure { reason: Reason::Stopping, why: "the server stops" }),
            () = tokio::time::sleep(SEARCH_TIMEOUT) => Err(SearchFailure::failed("it took too long")),
        }
    }

    /// The server is to stop: what the bot has not answered shortly goes to people.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Done a moment after the server was told to stop; quick answers are given until then.
    async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        if stopping.wait_for(|stopping| *stopping).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(LAST_ANSWERS).await;
    }
}
