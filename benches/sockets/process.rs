//! A server in a process of its own, as everybody runs it: with its own threads and its own allocator.

use std::{
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    time::Duration,
};

use tokio::{net::TcpStream, time::sleep};

use crate::server;

/// How long a server has to do nothing to be at rest.
const LOOK: Duration = Duration::from_secs(1);

/// Ends with the bench.
pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    child: Child,
}

impl Process {
    /// Starts a server that is told where to listen, and waits until it does.
    pub(crate) async fn start(command: impl FnOnce(SocketAddr) -> Command) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let child = command(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while TcpStream::connect(address).await.is_err() {
            sleep(Duration::from_millis(20)).await;
        }
        Self { address, child }
    }

    /// Seconds of computing that it has used; unknown where the kernel does not tell.
    pub(crate) fn cpu_seconds(&self) -> f64 {
        server::cpu_seconds(self.child.id()).unwrap_or(f64::NAN)
    }

    /// Waits until it has nothing to do by itself: a new desk rehearses its articles' questions first.
    pub(crate) async fn rests(&self) {
        loop {
            let before = self.cpu_seconds();
            sleep(LOOK).await;
            let is_busy = self.cpu_seconds() - before > LOOK.as_secs_f64() / 20.0;
            if !is_busy {
                return;
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
