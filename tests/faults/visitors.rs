//! Visitors who write as fast as they can, whatever happens to the line: what was not confirmed is sent again, what was
//! missed is caught up on.

use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use serde_json::Value;
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout_at},
};

use crate::{
    client::{Broken, Line, new_id},
    journal::Journal,
};

const SOON: Duration = Duration::from_millis(20);
const TOPICS: [&str; 4] = ["opening hours", "how long does delivery take", "qwertz uiop", "what does shipping cost"];

/// Visitors at work.
pub(crate) struct Crowd {
    journals: Vec<Arc<Mutex<Journal>>>,
    at_work: Vec<JoinHandle<()>>,
    stop: watch::Sender<bool>,
}

impl Crowd {
    pub(crate) fn starts(address: SocketAddr, visitors: usize) -> Self {
        Self::starts_slowly(address, visitors, Duration::ZERO)
    }

    /// Each waits so long after each confirmed message.
    pub(crate) fn starts_slowly(address: SocketAddr, visitors: usize, pause: Duration) -> Self {
        let (stop, stopped) = watch::channel(false);
        let journals: Vec<Arc<Mutex<Journal>>> = (0..visitors).map(|_| Arc::default()).collect();
        let at_work = journals.iter().enumerate().map(|(number, journal)| {
            let visitor = Writer {
                address,
                pause,
                journal: Arc::clone(journal),
                stopped: stopped.clone(),
                token: None,
                conversation: None,
                outbox: None,
                sent_at: Instant::now(),
                said: number,
            };
            tokio::spawn(visitor.works())
        });
        let at_work = at_work.collect();
        Self { journals, at_work, stop }
    }

    /// How many messages were confirmed so far.
    pub(crate) fn confirmed(&self) -> usize {
        self.journals.iter().map(|journal| journal.lock().confirmed.len()).sum()
    }

    /// What everybody has written down so far.
    pub(crate) fn so_far(&self) -> Vec<Journal> {
        self.journals.iter().map(|journal| journal.lock().clone()).collect()
    }

    /// Lets everybody finish: what was sent is confirmed, and everything is received.
    pub(crate) async fn goes_home(self) -> Vec<Journal> {
        self.stop.send_replace(true);
        for visitor in self.at_work {
            visitor.await.unwrap();
        }
        self.journals.iter().map(|journal| journal.lock().clone()).collect()
    }
}

struct Writer {
    address: SocketAddr,
    pause: Duration,
    journal: Arc<Mutex<Journal>>,
    stopped: watch::Receiver<bool>,
    token: Option<String>,
    conversation: Option<String>,
    /// The id of what was sent and not yet confirmed.
    outbox: Option<String>,
    /// When that was sent first.
    sent_at: Instant,
    said: usize,
}

impl Writer {
    async fn works(mut self) {
        loop {
            match self.writes_over_one_line().await {
                Ok(()) => return,
                Err(_) => sleep(SOON).await,
            }
        }
    }

    /// Ends well when the visitor is to stop and has everything.
    async fn writes_over_one_line(&mut self) -> Result<(), Broken> {
        let place = (self.conversation.as_deref(), self.last());
        let (mut line, welcome) = Line::opens(self.address, self.token.as_deref(), place).await?;
        self.token = welcome["token"].as_str().map(str::to_owned);
        self.conversation = welcome["conversation"].as_str().map(str::to_owned);
        welcome["events"].as_array().into_iter().flatten().for_each(|event| self.takes(event));
        let last = welcome["last_seq"].as_u64().unwrap_or_default();
        while self.last() < last {
            self.reads(&mut line).await?;
        }
        while self.outbox.is_some() || !*self.stopped.borrow() {
            self.says_something(&mut line).await?;
            self.listens(&mut line).await?;
        }
        // A turn is committed as a whole: when the last message is confirmed, its answer is there to be read.
        self.catches_up().await
    }

    async fn says_something(&mut self, line: &mut Line) -> Result<(), Broken> {
        if self.outbox.is_none() {
            self.sent_at = Instant::now();
        }
        let id = self.outbox.clone().unwrap_or_else(new_id);
        let words = self.journal.lock().sent.get(&id).cloned();
        let words = words.unwrap_or_else(|| format!("{} {}", TOPICS[self.said % TOPICS.len()], self.said));
        self.journal.lock().sent.insert(id.clone(), words.clone());
        self.outbox = Some(id.clone());
        line.says(&id, &words).await?;
        while self.outbox.is_some() {
            self.reads(line).await?;
        }
        self.said += 1;
        Ok(())
    }

    /// Pauses as a browser does: pings are answered, and what comes is taken.
    async fn listens(&mut self, line: &mut Line) -> Result<(), Broken> {
        let end = Instant::now() + self.pause;
        while Instant::now() < end {
            match timeout_at(end.into(), line.reads_within(self.pause * 2)).await {
                Ok(frame) => self.hears(&frame?).await?,
                Err(_) => break,
            }
        }
        Ok(())
    }

    async fn reads(&mut self, line: &mut Line) -> Result<(), Broken> {
        let frame = line.reads().await?;
        self.hears(&frame).await
    }

    async fn hears(&mut self, frame: &Value) -> Result<(), Broken> {
        match frame["type"].as_str() {
            Some("event") => self.takes(frame),
            Some("error") => {
                let wait = frame["retry_after_s"].as_u64().unwrap_or(0);
                sleep(Duration::from_millis(100 * wait)).await;
                return Err(frame.to_string());
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    fn takes(&mut self, event: &Value) {
        self.conversation = event["conversation"].as_str().map(str::to_owned);
        self.journal.lock().note(event);
        if self.outbox.is_some() && event["client_id"].as_str() == self.outbox.as_deref() {
            self.outbox = None;
            let mut journal = self.journal.lock();
            journal.longest_wait = journal.longest_wait.max(self.sent_at.elapsed());
        }
    }

    async fn catches_up(&mut self) -> Result<(), Broken> {
        loop {
            let place = (self.conversation.as_deref(), self.last());
            let (_, welcome) = Line::opens(self.address, self.token.as_deref(), place).await?;
            let events = welcome["events"].as_array().cloned().unwrap_or_default();
            for event in &events {
                self.takes(event);
            }
            if self.last() == welcome["last_seq"].as_u64().unwrap_or_default() {
                return Ok(());
            }
            sleep(SOON).await;
        }
    }

    fn last(&self) -> u64 {
        self.conversation.as_deref().map_or(0, |conversation| self.journal.lock().last(conversation))
    }
}
