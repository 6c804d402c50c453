//! The one thread that writes. It takes what is waiting, up to [`BATCH`] jobs, into one transaction:
//! one sync of the disk for all of them. A job that is refused is undone alone; a database that cannot be
//! written fails them all. Nobody is answered before the commit.
//!
//! Before a batch is written, whoever else can run on this machine goes first: on a busy one that brings more jobs, which
//! then share pages and a sync; on an idle one it takes a microsecond.
//!
//! Refusals are rare, and being ready to undo one job costs each job copies of the pages that it changes. So a batch
//! is first written without that; when one of its jobs is refused, all of it is undone and written again, job by job.

use std::thread::{self, JoinHandle};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};
use tracing::{error, info};

use crate::store::{
    StoreError,
    sqlite::{
        log::Mover,
        opening::{Place, Purpose},
    },
};

/// How many jobs are committed together at most.
const BATCH: usize = 64;
/// How often others go first: each time, those run that are next in line.
const TIMES_BEHIND: usize = 5;
/// How many jobs may wait; more wait in their own tasks.
const WAITING: usize = 1024;

/// The door to the thread. Dropping it finishes what waits, then ends the thread.
#[derive(Debug)]
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(place: Place, db: Connection) -> Result<Self, StoreError> {
        let (jobs, waiting) = mpsc::channel(WAITING);
        let mover = Mover::start(place.clone())?;
        let desk = Desk { place, db: Some(db), waiting, mover, is_failing: false };
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || desk.work())
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Does the work in a transaction and answers when it is on disk. The work may be undone and done again.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: Fn(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Task { work, result: Err(stopped()), reply });
        let jobs = self.jobs.as_ref().ok_or_else(stopped)?;
        jobs.send(job).await.map_err(|_| stopped())?;
        answer.await.unwrap_or_else(|_| Err(stopped()))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("writing was stopped".to_owned())
}

/// Something to write.
trait Job: Send {
    /// Writes it, and keeps the answer for later.
    fn run(&mut self, db: &Connection) -> Ran;

    /// Answers, now that the batch is on disk or has failed.
    fn answer(self: Box<Self>, batch: Result<(), StoreError>);
}

/// What became of a job.
enum Ran {
    Done,
    /// Undo it; the others go on.
    Refused,
    /// The database cannot be written: nobody can go on.
    Failed(StoreError),
}

struct Task<T, F> {
    work: F,
    result: Result<T, StoreError>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Job for Task<T, F>
where
    T: Send,
    F: Fn(&Connection) -> Result<T, StoreError> + Send,
{
    fn run(&mut self, db: &Connection) -> Ran {
        self.result = (self.work)(db);
        match &self.result {
            Ok(_) => Ran::Done,
            Err(StoreError::Unavailable(why)) => Ran::Failed(StoreError::Unavailable(why.clone())),
            // Some faults end the transaction by themselves.
            Err(_) if db.is_autocommit() => Ran::Failed(StoreError::Unavailable("the transaction was lost".to_owned())),
            Err(_) => Ran::Refused,
        }
    }

    fn answer(self: Box<Self>, batch: Result<(), StoreError>) {
        let _ = self.reply.send(batch.and(self.result));
    }
}

/// What the thread has.
struct Desk {
    place: Place,
    /// Absent after a failure: opened again for the next batch.
    db: Option<Connection>,
    waiting: mpsc::Receiver<Box<dyn Job>>,
    mover: Mover,
    is_failing: bool,
}

impl Desk {
    fn work(mut self) {
        while let Some(first) = self.waiting.blocking_recv() {
            let mut batch = vec![first];
            (0..TIMES_BEHIND).for_each(|_| thread::yield_now());
            let kept = self.keep(&mut batch);
            self.report(kept.as_ref().err());
            if kept.as_ref().is_err_and(|failure| failure.is_at_door) {
                // Whoever came meanwhile has waited too: one wait for all of them, not one for each batch.
                self.fill(&mut batch, WAITING);
            }
            for job in batch {
                job.answer(kept.as_ref().copied().map_err(Failure::answer));
            }
            if let Some(db) = &self.db {
                self.mover.tend(db);
            }
        }
    }

    /// Says once that writing fails, and once that it works again.
    fn report(&mut self, failure: Option<&Failure>) {
        match failure {
            Some(failure) if !self.is_failing => error!(error = %failure.error, "the database cannot be written"),
            None if self.is_failing => info!("the database can be written again"),
            Some(_) | None => {}
        }
        self.is_failing = failure.is_some();
    }

    fn fill(&mut self, batch: &mut Vec<Box<dyn Job>>, limit: usize) {
        while batch.len() < limit
            && let Ok(job) = self.waiting.try_recv()
        {
            batch.push(job);
        }
    }

    /// Keeps the batch and what joins it meanwhile; after a failure the connection is not used again.
    fn keep(&mut self, batch: &mut Vec<Box<dyn Job>>) -> Result<(), Failure> {
        let ready = self.db.take();
        let db = ready.map_or_else(|| self.place.connect(Purpose::Write), Ok).map_err(Failure::to_begin)?;
        if !self.keep_together(&db, batch)? {
            keep_each(&db, batch)?;
        }
        self.db = Some(db);
        Ok(())
    }

    /// False when a job was refused: then nothing is kept.
    fn keep_together(&mut self, db: &Connection, batch: &mut Vec<Box<dyn Job>>) -> Result<bool, Failure> {
        let transaction = begin(db)?;
        let mut written = 0;
        while let Some(job) = batch.get_mut(written) {
            match job.run(&transaction) {
                Ran::Done => {}
                Ran::Refused => return transaction.rollback().map(|()| false).map_err(Failure::midway),
                Ran::Failed(error) => return Err(Failure { error, is_at_door: false }),
            }
            written += 1;
            if written == batch.len() {
                self.fill(batch, BATCH.min(written + 1));
            }
        }
        transaction.commit().map_err(Failure::midway)?;
        Ok(true)
    }
}

fn begin(db: &Connection) -> Result<Transaction<'_>, Failure> {
    Transaction::new_unchecked(db, TransactionBehavior::Immediate).map_err(Failure::to_begin)
}

fn keep_each(db: &Connection, batch: &mut [Box<dyn Job>]) -> Result<(), Failure> {
    let transaction = begin(db)?;
    for job in batch {
        run_alone(&transaction, job.as_mut())?;
    }
    transaction.commit().map_err(Failure::midway)
}

fn run_alone(db: &Connection, job: &mut dyn Job) -> Result<(), Failure> {
    let say = |words| db.prepare_cached(words).and_then(|mut words| words.execute([])).map_err(Failure::midway);
    say("SAVEPOINT job")?;
    match job.run(db) {
        Ran::Done => {}
        Ran::Refused => drop(say("ROLLBACK TO job")?),
        Ran::Failed(error) => return Err(Failure { error, is_at_door: false }),
    }
    say("RELEASE job")?;
    Ok(())
}

/// Why a whole batch was not kept.
#[derive(Debug)]
struct Failure {
    error: StoreError,
    /// Whether no job had begun, because the database was locked or could not be opened.
    is_at_door: bool,
}

impl Failure {
    fn to_begin(error: rusqlite::Error) -> Self {
        Self { error: error.into(), is_at_door: true }
    }

    fn midway(error: rusqlite::Error) -> Self {
        Self { error: error.into(), is_at_door: false }
    }

    /// The answer for each job.
    fn answer(&self) -> StoreError {
        match &self.error {
            StoreError::Damaged(why) => StoreError::Damaged(why.clone()),
            StoreError::Unavailable(why) => StoreError::Unavailable(why.clone()),
            other @ (StoreError::Conflict
            | StoreError::Repeated(_)
            | StoreError::EmailTaken
            | StoreError::Full
            | StoreError::Open { .. }) => StoreError::Unavailable(other.to_string()),
        }
    }
}
