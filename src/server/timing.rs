//! How long sockets wait for what.

use std::time::Duration;

/// The times of the contract; tests make them shorter.
#[derive(Debug, Clone, Copy)]
pub struct Timing {
    /// Until hello.
    pub hello: Duration,
    /// Between pings; the first comes at random before.
    pub ping: Duration,
    /// Between pings to agents, whose conversations must not wait for somebody who is gone.
    pub agent_ping: Duration,
    /// Until a ping is answered.
    pub pong: Duration,
    /// Until a frame is read.
    pub write: Duration,
    /// Between looks without a ring, while a conversation is open.
    pub look: Duration,
    /// Between an agent's `queue` frames.
    pub queue: Duration,
    /// Between looks at visitors' places in the queue.
    pub places: Duration,
    /// Between looks whether an agent may still be here.
    pub session: Duration,
    /// Between rounds of what time alone does.
    pub upkeep: Duration,
    /// Until everything has ended when the server stops.
    pub stop: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            hello: Duration::from_secs(10),
            ping: Duration::from_secs(25),
            agent_ping: Duration::from_secs(15),
            pong: Duration::from_secs(10),
            write: Duration::from_secs(10),
            look: Duration::from_secs(5),
            queue: Duration::from_millis(250),
            places: Duration::from_secs(1),
            session: Duration::from_secs(4),
            upkeep: Duration::from_secs(1),
            stop: Duration::from_secs(25),
        }
    }
}
