//! Who may have a socket: in all, from one address, of one visitor, before hello, in one second.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;
use tokio::time::Instant;

use crate::{
    config::Limits,
    conversation::VisitorId,
    server::{address::AddressKey, rates::Window},
};

/// File descriptors that sockets leave to everything else: pages, sign-in, the store, the index.
const RESERVED_FILES: u32 = 128;

/// The counts of all sockets.
#[derive(Debug)]
pub(crate) struct Admission {
    most: u32,
    open: AtomicU32,
    silent_most: u32,
    silent: AtomicU32,
    by_address: Counts<AddressKey>,
    by_visitor: Counts<VisitorId>,
    handshakes: Window<()>,
}

/// Why a socket is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoRoom {
    /// The server is full: refused before the upgrade.
    Hard,
    /// Too many of one kind: accepted, and closed with the code that says so.
    Soft(&'static str),
}

#[derive(Debug)]
struct Counts<K> {
    most: u32,
    open: Mutex<HashMap<K, u32>>,
}

impl<K: Eq + Hash> Counts<K> {
    fn new(most: u32) -> Self {
        Self { most, open: Mutex::new(HashMap::new()) }
    }

    fn add(&self, key: K) -> bool {
        let mut open = self.open.lock();
        let count = open.entry(key).or_default();
        if self.most > 0 && *count >= self.most {
            return false;
        }
        *count += 1;
        true
    }

    fn remove(&self, key: &K) {
        let mut open = self.open.lock();
        let Some(count) = open.get_mut(key) else { return };
        *count -= 1;
        if *count == 0 {
            open.remove(key);
        }
    }
}

impl Admission {
    pub(crate) fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            most: most_sockets(limits.max_connections, open_files_limit()),
            open: AtomicU32::new(0),
            silent_most: limits.unauthenticated_connections,
            silent: AtomicU32::new(0),
            by_address: Counts::new(limits.connections_per_address),
            by_visitor: Counts::new(limits.connections_per_visitor),
            handshakes: Window::new(limits.handshakes_per_second, Duration::from_secs(1)),
        })
    }

    /// A visitor's socket from this address.
    pub(crate) fn admit(self: &Arc<Self>, address: AddressKey, now: Instant) -> Result<Ticket, NoRoom> {
        if !add_below(&self.open, self.most) {
            return Err(NoRoom::Hard);
        }
        let mut ticket = Ticket { admission: Arc::clone(self), address: None, visitor: None, is_silent: false };
        self.handshakes.take((), now).map_err(|_| NoRoom::Soft("too many new connections"))?;
        ticket.is_silent = add_below(&self.silent, self.silent_most);
        if !ticket.is_silent {
            return Err(NoRoom::Soft("too many connections that have not said hello"));
        }
        if !self.by_address.add(address) {
            return Err(NoRoom::Soft("too many connections from this address"));
        }
        ticket.address = Some(address);
        Ok(ticket)
    }

    /// An agent's socket: signed in, so that only the sum counts.
    pub(crate) fn admit_agent(self: &Arc<Self>) -> Ticket {
        self.open.fetch_add(1, Ordering::Relaxed);
        Ticket { admission: Arc::clone(self), address: None, visitor: None, is_silent: false }
    }

    /// How many sockets there are.
    pub(crate) fn open(&self) -> u32 {
        self.open.load(Ordering::Relaxed)
    }
}

/// A socket's place; given back when dropped.
#[derive(Debug)]
pub(crate) struct Ticket {
    admission: Arc<Admission>,
    address: Option<AddressKey>,
    visitor: Option<VisitorId>,
    is_silent: bool,
}

impl Ticket {
    /// The socket is this visitor's from now on; false when they have too many.
    pub(crate) fn belongs_to(&mut self, visitor: VisitorId) -> bool {
        self.end_silence();
        if self.visitor == Some(visitor) {
            return true;
        }
        self.leave_visitor();
        let has_room = self.admission.by_visitor.add(visitor);
        self.visitor = has_room.then_some(visitor);
        has_room
    }

    fn end_silence(&mut self) {
        if std::mem::take(&mut self.is_silent) {
            self.admission.silent.fetch_sub(1, Ordering::Relaxed);
        }
    }

    fn leave_visitor(&mut self) {
        if let Some(visitor) = self.visitor.take() {
            self.admission.by_visitor.remove(&visitor);
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.end_silence();
        self.leave_visitor();
        if let Some(address) = self.address {
            self.admission.by_address.remove(&address);
        }
        self.admission.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Adds one unless that would be more than `most`; 0 is without limit.
fn add_below(count: &AtomicU32, most: u32) -> bool {
    let add = |now: u32| (most == 0 || now < most).then_some(now + 1);
    count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add).is_ok()
}

/// As many as the settings and the operating system allow.
fn most_sockets(configured: u32, files: Option<u32>) -> u32 {
    match files {
        Some(files) if configured > 0 => configured.min(files.saturating_sub(RESERVED_FILES).max(1)),
        Some(_) | None => configured,
    }
}

/// How many files this process may have open; unknown where there is no `/proc`.
pub(crate) fn open_files_limit() -> Option<u32> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn address(last: u8) -> AddressKey {
        AddressKey::of([127, 0, 0, last].into())
    }

    fn limits() -> Limits {
        Limits {
            connections_per_address: 2,
            connections_per_visitor: 1,
            unauthenticated_connections: 3,
            handshakes_per_second: 0,
            max_connections: 5,
            ..Limits::default()
        }
    }

    #[test]
    fn each_limit_holds_and_is_given_back() {
        let admission = Admission::new(&limits());
        let now = Instant::now();
        let mut first = admission.admit(address(1), now).unwrap();
        let mut second = admission.admit(address(1), now).unwrap();
        assert!(matches!(admission.admit(address(1), now), Err(NoRoom::Soft(_))), "from one address");
        let third = admission.admit(address(2), now).unwrap();
        assert!(matches!(admission.admit(address(3), now), Err(NoRoom::Soft(_))), "before hello");
        assert!(first.belongs_to(VisitorId(Uuid::nil())));
        assert!(first.belongs_to(VisitorId(Uuid::nil())), "a second hello");
        assert!(!second.belongs_to(VisitorId(Uuid::nil())), "of one visitor");
        let fourth = admission.admit(address(3), now).unwrap();
        let fifth = admission.admit(address(4), now).unwrap();
        assert_eq!(admission.admit(address(5), now).unwrap_err(), NoRoom::Hard);
        assert_eq!(admission.open(), 5);
        drop((first, second, third, fourth, fifth));
        assert_eq!(admission.open(), 0);
        assert_eq!(admission.silent.load(Ordering::Relaxed), 0);
        assert!(admission.by_address.open.lock().is_empty());
        assert!(admission.by_visitor.open.lock().is_empty());
    }

    #[test]
    fn handshakes_are_counted_by_the_second() {
        let admission = Admission::new(&Limits { handshakes_per_second: 1, ..limits() });
        let now = Instant::now();
        let _first = admission.admit(address(1), now).unwrap();
        assert!(matches!(admission.admit(address(2), now), Err(NoRoom::Soft(_))));
        assert!(admission.admit(address(2), now + Duration::from_secs(1)).is_ok());
    }

    #[test]
    fn the_operating_system_may_allow_fewer() {
        assert_eq!(most_sockets(10_000, Some(400)), 272);
        assert_eq!(most_sockets(100, Some(20_000)), 100);
        assert_eq!(most_sockets(0, Some(400)), 0);
        assert_eq!(most_sockets(100, None), 100);
    }
}
