//! How often something may happen: a bucket that refills, or a window that slides. A limit of 0 is none.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    time::Duration,
};

use parking_lot::Mutex;
use tokio::time::Instant;

/// From this many keys on, those that say nothing any more are thrown away.
const SWEEP_FROM: usize = 1024;

/// At most `limit` times in any stretch of `window`, for each key.
#[derive(Debug)]
pub(crate) struct Window<K> {
    limit: usize,
    length: Duration,
    taken: Mutex<Keys<K, VecDeque<Instant>>>,
}

/// At most `burst` times at once and then once in `every`, for each key.
#[derive(Debug)]
pub(crate) struct Bucket<K> {
    burst: u32,
    every: Duration,
    full_at: Mutex<Keys<K, Instant>>,
}

#[derive(Debug)]
struct Keys<K, V> {
    map: HashMap<K, V>,
    sweep_at: usize,
}

impl<K: Eq + Hash, V> Keys<K, V> {
    fn new() -> Self {
        Self { map: HashMap::new(), sweep_at: SWEEP_FROM }
    }

    fn sweep(&mut self, keep: impl Fn(&V) -> bool) {
        if self.map.len() >= self.sweep_at {
            self.map.retain(|_, value| keep(value));
            self.sweep_at = (self.map.len() * 2).max(SWEEP_FROM);
        }
    }
}

impl<K: Eq + Hash> Window<K> {
    /// A window over this stretch of time.
    pub(crate) fn new(limit: u32, length: Duration) -> Self {
        Self { limit: limit as usize, length, taken: Mutex::new(Keys::new()) }
    }

    /// Counts one; the error says how long to wait before one more is possible.
    pub(crate) fn take(&self, key: K, now: Instant) -> Result<(), Duration> {
        if self.limit == 0 {
            return Ok(());
        }
        let mut taken = self.taken.lock();
        let is_recent = |at: &Instant| now.saturating_duration_since(*at) < self.length;
        taken.sweep(|times| times.back().is_some_and(is_recent));
        let times = taken.map.entry(key).or_default();
        while times.front().is_some_and(|at| !is_recent(at)) {
            times.pop_front();
        }
        match times.front() {
            Some(first) if times.len() >= self.limit => Err(self.left(*first, now)),
            Some(_) | None => {
                times.push_back(now);
                Ok(())
            }
        }
    }

    /// How long to wait before one more is possible, without counting one.
    pub(crate) fn wait(&self, key: &K, now: Instant) -> Option<Duration> {
        let taken = self.taken.lock();
        let times = taken.map.get(key).filter(|_| self.limit > 0)?;
        let recent = || times.iter().filter(|at| now.saturating_duration_since(**at) < self.length);
        let first = recent().next().filter(|_| recent().count() >= self.limit)?;
        Some(self.left(*first, now))
    }

    fn left(&self, first: Instant, now: Instant) -> Duration {
        self.length.saturating_sub(now.saturating_duration_since(first))
    }
}

impl<K: Eq + Hash> Bucket<K> {
    /// A bucket that holds `burst` and refills at `per_minute`; 0 a minute is without limit.
    pub(crate) fn new(burst: u32, per_minute: u32) -> Self {
        let every = Duration::from_secs(60).checked_div(per_minute).unwrap_or_default();
        Self { burst: burst.max(1), every, full_at: Mutex::new(Keys::new()) }
    }

    /// Takes one; the error says how long to wait for the next.
    pub(crate) fn take(&self, key: K, now: Instant) -> Result<(), Duration> {
        if self.every.is_zero() {
            return Ok(());
        }
        let mut full_at = self.full_at.lock();
        full_at.sweep(|at| *at > now);
        let at = full_at.map.entry(key).or_insert(now);
        let after = (*at).max(now) + self.every;
        let most = now + self.every * self.burst;
        if after > most {
            return Err(after - most);
        }
        *at = after;
        Ok(())
    }
}

/// Whole seconds to wait, rounded up, at least one.
pub(crate) fn seconds(wait: Duration) -> u64 {
    wait.as_millis().div_ceil(1000).max(1) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_bucket_gives_its_burst_and_then_drips() {
        let bucket = Bucket::new(5, 60);
        let now = Instant::now();
        for _ in 0..5 {
            assert_eq!(bucket.take("a", now), Ok(()));
        }
        assert_eq!(bucket.take("a", now), Err(SECOND));
        assert_eq!(bucket.take("b", now), Ok(()));
        assert_eq!(bucket.take("a", now + SECOND / 2), Err(SECOND / 2));
        assert_eq!(bucket.take("a", now + SECOND), Ok(()));
        assert_eq!(bucket.take("a", now + SECOND), Err(SECOND));
        let later = now + 100 * SECOND;
        assert_eq!((0..9).filter(|_| bucket.take("a", later).is_ok()).count(), 5);
    }

    #[test]
    fn a_window_slides() {
        let window = Window::new(3, 60 * SECOND);
        let now = Instant::now();
        for second in [0, 10, 20] {
            assert_eq!(window.take(1, now + second * SECOND), Ok(()));
        }
        assert_eq!(window.take(1, now + 30 * SECOND), Err(30 * SECOND));
        assert_eq!(window.wait(&1, now + 30 * SECOND), Some(30 * SECOND));
        assert_eq!(window.take(2, now + 30 * SECOND), Ok(()));
        assert_eq!(window.take(1, now + 60 * SECOND), Ok(()));
        assert_eq!(window.take(1, now + 61 * SECOND), Err(9 * SECOND));
        assert_eq!(window.wait(&2, now + 61 * SECOND), None);
    }

    #[test]
    fn zero_is_without_limit() {
        let (bucket, window) = (Bucket::new(5, 0), Window::new(0, SECOND));
        let now = Instant::now();
        assert!((0..1000).all(|_| bucket.take((), now).is_ok() && window.take((), now).is_ok()));
        assert_eq!(window.wait(&(), now), None);
    }

    #[test]
    fn keys_that_say_nothing_any_more_are_forgotten() {
        let (bucket, window) = (Bucket::new(5, 60), Window::new(3, SECOND));
        let now = Instant::now();
        for key in 0..100_000_u32 {
            let at = now + key * SECOND / 100;
            bucket.take(key, at).unwrap();
            window.take(key, at).unwrap();
        }
        assert!(bucket.full_at.lock().map.len() <= 2 * SWEEP_FROM);
        assert!(window.taken.lock().map.len() <= 2 * SWEEP_FROM);
    }

    #[test]
    fn waits_are_rounded_up() {
        assert_eq!([0, 1, 1000, 1001].map(|ms| seconds(Duration::from_millis(ms))), [1, 1, 1, 2]);
    }
}
