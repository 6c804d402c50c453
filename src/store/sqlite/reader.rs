//! A few connections that only read, used away from the async threads.

use std::sync::Arc;

use parking_lot::Mutex;
use rusqlite::Connection;
use tokio::{sync::Semaphore, task};

use crate::store::{
    StoreError,
    sqlite::opening::{Place, Purpose},
};

/// More would only wait for the same disk.
const CONNECTIONS: usize = 4;

/// The connections that are not in use; opened when first needed.
#[derive(Debug)]
pub(super) struct Readers {
    place: Place,
    free: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn of(place: Place) -> Self {
        Self { place, free: Arc::new(Semaphore::new(CONNECTIONS)), idle: Arc::default() }
    }

    /// Reads what is committed. A connection that failed is not used again.
    pub(super) async fn run<T, F>(&self, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let permit = Arc::clone(&self.free).acquire_owned().await.map_err(|_| stopped())?;
        let idle = Arc::clone(&self.idle);
        let place = self.place.clone();
        let reading = task::spawn_blocking(move || {
            let _permit = permit;
            let ready = idle.lock().pop();
            let db = ready.map_or_else(|| place.connect(Purpose::Read), Ok)?;
            let result = read(&db)?;
            idle.lock().push(db);
            Ok(result)
        });
        reading.await.unwrap_or_else(|_| Err(stopped()))
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("reading was stopped".to_owned())
}
