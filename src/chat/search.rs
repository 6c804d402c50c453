//! Searching away from the async threads: a bounded number at once, in bounded time, and not twice for the same words.

use std::{sync::Arc, time::Duration};

use parking_lot::Mutex;
use tokio::sync::Semaphore;

use crate::{
    article::hit::{Hits, Question},
    chat::{Chat, generations::Generations},
};

/// How long a search may take before a person is fetched instead.
const SEARCH_TIMEOUT: Duration = Duration::from_secs(2);
/// So many questions are remembered with what was found. Visitors ask the same things again and again.
const QUESTIONS: usize = 2048;
/// Longer ones are nobody else's.
const LONGEST: usize = 200;
/// Of a longer message the beginning and the end are searched: a search takes the longer the more words it has.
const SEARCHED_CHARACTERS: usize = 800;

/// Searches that run, and what was found lately.
pub(crate) struct Searches {
    running: Semaphore,
    found: Mutex<Found>,
}

struct Found {
    /// The state of the articles that was asked.
    version: String,
    hits: Generations<Question, Arc<Hits>>,
}

impl Found {
    fn of(version: &str) -> Self {
        Self { version: version.to_owned(), hits: Generations::of(QUESTIONS) }
    }
}

impl Searches {
    /// At most so many at once.
    pub(crate) fn of(most: usize) -> Self {
        Self { running: Semaphore::new(most.max(1)), found: Mutex::new(Found::of("")) }
    }

    fn known(&self, question: &Question, version: &str) -> Option<Arc<Hits>> {
        let mut found = self.found.lock();
        if found.version != version {
            *found = Found::of(version);
        }
        found.hits.get(question)
    }

    fn note(&self, question: Question, hits: &Arc<Hits>) {
        let mut found = self.found.lock();
        if found.version == hits.version && question.text.len() <= LONGEST {
            found.hits.put(question, Arc::clone(hits));
        }
    }
}

impl Chat {
    /// What there is for a question.
    pub(crate) async fn search(&self, mut question: Question) -> Result<Arc<Hits>, &'static str> {
        question.text = both_ends(question.text);
        question.previous = question.previous.map(both_ends);
        let snapshot = self.knowledge.snapshot();
        if let Some(hits) = self.searches.known(&question, snapshot.version()) {
            return Ok(hits);
        }
        let searching = async {
            let _permit = self.searches.running.acquire().await.map_err(|_| "stopping")?;
            let search = tokio::task::spawn_blocking(move || {
                let hits = snapshot.search(&question);
                (question, hits)
            });
            let (question, hits) = search.await.map_err(|_| "it broke off")?;
            let hits = Arc::new(hits.map_err(|_| "the index cannot be read")?);
            self.searches.note(question, &hits);
            Ok(hits)
        };
        tokio::time::timeout(SEARCH_TIMEOUT, searching).await.unwrap_or(Err("it took too long"))
    }
}

/// The beginning and the end of a text that is too long to be searched as a whole.
fn both_ends(text: String) -> String {
    let count = text.chars().count();
    if count <= SEARCHED_CHARACTERS {
        return text;
    }
    let half = SEARCHED_CHARACTERS / 2;
    let (begin, end) = (text.chars().take(half), text.chars().skip(count - half));
    begin.chain([' ']).chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_text_both_ends_are_searched() {
        let short = "where is my parcel ".repeat(40);
        assert_eq!(both_ends(short.clone()), short);
        let long = format!("hello {} where is my parcel", "ü ".repeat(2_000));
        let searched = both_ends(long);
        assert!(searched.starts_with("hello") && searched.ends_with("where is my parcel"));
        assert!(searched.chars().count() <= SEARCHED_CHARACTERS + 1);
    }
}
