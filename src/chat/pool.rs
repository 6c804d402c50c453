//! Work away from the async threads: so much at once, the rest in the order of its coming. A thread that is done takes
//! what waits itself: to wake another takes as long as a short search.

use std::{collections::VecDeque, panic::AssertUnwindSafe, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// Threads for work that takes a while.
#[derive(Clone)]
pub(crate) struct Pool {
    most: usize,
    jobs: Arc<Mutex<Jobs>>,
}

#[derive(Default)]
struct Jobs {
    running: usize,
    waiting: VecDeque<Job>,
}

impl Pool {
    /// At most so many pieces of work at once.
    pub(crate) fn of(most: usize) -> Self {
        Self { most: most.max(1), jobs: Arc::default() }
    }

    /// What comes of the work; `None` when it broke off. Work that nobody waits for any more is not begun.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.submit(Box::new(move || {
            if !reply.is_closed() {
                let _ = reply.send(work());
            }
        }));
        answer.await.ok()
    }

    fn submit(&self, job: Job) {
        let mut jobs = self.jobs.lock();
        if jobs.running >= self.most {
            return jobs.waiting.push_back(job);
        }
        jobs.running += 1;
        drop(jobs);
        let pool = self.clone();
        tokio::task::spawn_blocking(move || pool.work(job));
    }

    fn work(&self, first: Job) {
        let mut next = Some(first);
        while let Some(job) = next {
            // Work that panics must not take the place of what comes after it.
            let _ = std::panic::catch_unwind(AssertUnwindSafe(job));
            let mut jobs = self.jobs.lock();
            next = jobs.waiting.pop_front();
            if next.is_none() {
                jobs.running -= 1;
            }
        }
    }
}

#[cfg(test)]
pub(crate) use self::tests::Held;

#[cfg(test)]
mod tests {
    use std::sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    };

    use super::*;

    /// Every place of a pool is taken while this lives.
    pub(crate) struct Held(#[expect(dead_code, reason = "dropping it ends the wait")] Vec<mpsc::Sender<()>>);

    impl Pool {
        pub(crate) fn hold(&self) -> Held {
            let hold = |_| {
                let (held, end) = mpsc::channel();
                self.submit(Box::new(move || {
                    let _ = end.recv();
                }));
                held
            };
            Held((0..self.most).map(hold).collect())
        }

        /// Loses what is the next to wait.
        pub(crate) async fn lose_next(&self) {
            while self.jobs.lock().waiting.pop_front().is_none() {
                tokio::task::yield_now().await;
            }
        }
    }

    #[tokio::test]
    async fn everything_is_done_and_never_more_at_once_than_may_be() {
        let pool = Pool::of(2);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let work = |number: usize| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            pool.run(move || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::yield_now();
                now.fetch_sub(1, Ordering::SeqCst);
                number
            })
        };
        let done = futures_util::future::join_all((0..200).map(work)).await;
        assert_eq!(done, (0..200).map(Some).collect::<Vec<_>>());
        assert!(most.load(Ordering::SeqCst) <= 2);
    }

    #[tokio::test]
    async fn work_that_breaks_off_holds_nothing_up() {
        let pool = Pool::of(1);
        assert_eq!(pool.run(|| -> u8 { panic!("on purpose") }).await, None);
        assert_eq!(pool.run(|| 1).await, Some(1));
    }

    #[tokio::test]
    async fn what_nobody_waits_for_is_not_begun() {
        let pool = Pool::of(1);
        let held = pool.hold();
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let mut forsaken = Box::pin(pool.run(move || counted.fetch_add(1, Ordering::SeqCst)));
        assert!(futures_util::poll!(&mut forsaken).is_pending());
        drop(forsaken);
        drop(held);
        assert_eq!(pool.run(|| 3).await, Some(3));
        assert_eq!(count.load(Ordering::SeqCst), 0);
    }
}
