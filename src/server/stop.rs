//! How the server learns that it is to stop, and when everything has.

use std::{pin::pin, sync::Arc, time::Duration};

use tokio::sync::{mpsc, watch};

/// Sockets close spread over this long, a tenth of them each second, fewer sooner.
const LONGEST_SPREAD: Duration = Duration::from_secs(10);
const SPREAD_PER_SOCKET: Duration = Duration::from_millis(2);

/// Says that the server is to stop. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Receiver<bool>);

/// Makes everything stop.
#[derive(Debug)]
pub(crate) struct Stopper(Arc<watch::Sender<bool>>);

impl Stopper {
    pub(crate) fn new() -> (Self, Stop) {
        let (sender, receiver) = watch::channel(false);
        (Self(Arc::new(sender)), Stop(receiver))
    }

    /// From now on everything stops.
    pub(crate) fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// Whether the server is to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is.
    pub(crate) async fn wait(&self) {
        let mut stop = self.0.clone();
        if stop.wait_for(|stopping| *stopping).await.is_err() {
            // Nobody is left who could stop the server.
            std::future::pending::<()>().await;
        }
    }
}

/// How long this many sockets take to close one after the other.
pub(crate) fn spread(sockets: u32) -> Duration {
    (SPREAD_PER_SOCKET * sockets).min(LONGEST_SPREAD)
}

/// Waits until every [`Alive`] is gone.
#[derive(Debug)]
pub(crate) struct AllGone(mpsc::Receiver<()>);

/// Held by whatever must end before the process does.
#[derive(Debug, Clone)]
pub(crate) struct Alive {
    _sender: mpsc::Sender<()>,
}

pub(crate) fn alive() -> (Alive, AllGone) {
    let (sender, receiver) = mpsc::channel(1);
    (Alive { _sender: sender }, AllGone(receiver))
}

impl AllGone {
    /// True when everything ended within that time.
    pub(crate) async fn within(mut self, limit: Duration) -> bool {
        let gone = pin!(self.0.recv());
        tokio::time::timeout(limit, gone).await.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_sockets_close_at_once_and_many_within_ten_seconds() {
        assert_eq!(spread(0), Duration::ZERO);
        assert_eq!(spread(10), Duration::from_millis(20));
        assert_eq!(spread(20_000), LONGEST_SPREAD);
    }

    #[tokio::test]
    async fn everybody_hears_that_the_server_stops() {
        let (stopper, stop) = Stopper::new();
        assert!(!stop.is_stopping());
        let (alive, gone) = alive();
        let task = tokio::spawn({
            let stop = stop.clone();
            async move {
                stop.wait().await;
                drop(alive);
            }
        });
        stopper.stop();
        assert!(stop.is_stopping());
        assert!(gone.within(Duration::from_secs(5)).await);
        task.await.unwrap();
    }
}
