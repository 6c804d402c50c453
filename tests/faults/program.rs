//! The real program in a process of its own, on a port that stays the same.

use std::{
    fs::{self, File, OpenOptions},
    io::Write as _,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::{
    PATIENCE,
    server::{self, LIMITS},
};

/// Where a desk is, running or not.
pub(crate) struct Desk {
    pub(crate) address: SocketAddr,
    pub(crate) folder: TempDir,
    settings: Vec<(String, String)>,
    /// What the program is started by, such as `strace` with its arguments.
    wrapper: Vec<String>,
    running: Option<Child>,
}

impl Desk {
    /// A desk with the fixture's articles and no limits, not yet started.
    pub(crate) fn new() -> Self {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/knowledge-base");
        Self::with_articles(&fixture)
    }

    pub(crate) fn with_articles(articles: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = port.local_addr().unwrap();
        let mut desk = Self {
            address,
            folder: tempfile::tempdir().unwrap(),
            settings: Vec::new(),
            wrapper: Vec::new(),
            running: None,
        };
        for limit in LIMITS {
            desk.set(&format!("LIMITS__{limit}"), "0");
        }
        desk.set("KNOWLEDGE__DIR", &articles.display().to_string());
        desk.set("HANDOFF__TURN_BUDGET", "0");
        desk
    }

    /// A setting, as it is named in the environment.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let name = format!("FRONTDESK_{name}");
        self.settings.retain(|(known, _)| *known != name);
        self.settings.push((name, value.to_owned()));
    }

    /// An environment variable that is not ours.
    pub(crate) fn set_outside(&mut self, name: &str, value: &str) {
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn wrap(&mut self, wrapper: &[&str]) {
        self.wrapper = wrapper.iter().map(|word| (*word).to_owned()).collect();
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.data().join("frontdesk.db")
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Runs a command of the program beside it and gives its exit code and what it said on standard error.
    pub(crate) fn runs(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        self.runs_with("", arguments)
    }

    /// As [`Desk::runs`], with this on its standard input.
    pub(crate) fn runs_with(&self, input: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
        let mut command = self.command(&[]);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = command.spawn().unwrap();
        // It may end without having read it.
        let _ = program.stdin.take().unwrap().write_all(input.as_bytes());
        let output = program.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    fn command(&self, wrapper: &[String]) -> Command {
        let mut words = wrapper.iter().cloned().chain([server::program()]);
        let mut command = Command::new(words.next().unwrap());
        command.args(words).envs(self.settings.iter().cloned()).current_dir(self.folder.path());
        command.env("FRONTDESK_STORE__DATA", self.data());
        command
    }

    /// Starts the program and waits until questions can be asked; gives how long that took.
    pub(crate) async fn starts(&mut self) -> Duration {
        let started = Instant::now();
        self.launches();
        self.is_ready().await;
        started.elapsed()
    }

    /// Starts the program and waits for nothing.
    pub(crate) fn launches(&mut self) {
        assert!(self.running.is_none(), "it runs already");
        let log = OpenOptions::new().create(true).append(true).open(self.log_path()).unwrap();
        let listen = self.address.to_string();
        let mut command = self.command(&self.wrapper);
        command.args(["serve", "--listen", &listen]).stderr(log).stdout(File::create("/dev/null").unwrap());
        self.running = Some(command.spawn().unwrap());
    }

    pub(crate) async fn is_ready(&mut self) {
        let waiting = async {
            while self.status("/readyz").await != Some(200) {
                if let Some(status) = self.running.as_mut().unwrap().try_wait().unwrap() {
                    panic!("it ended with {status}: {}", self.log());
                }
                sleep(Duration::from_millis(10)).await;
            }
        };
        let is_ready = timeout(PATIENCE, waiting).await.is_ok();
        assert!(is_ready, "not ready in time: {}", self.log());
    }

    /// The status of a page, if anybody answers.
    pub(crate) async fn status(&self, path: &str) -> Option<u16> {
        self.page(path).await?.split_whitespace().nth(1)?.parse().ok()
    }

    /// A page with its head.
    pub(crate) async fn page(&self, path: &str) -> Option<String> {
        let asking = async {
            let mut stream = TcpStream::connect(self.address).await.ok()?;
            let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address);
            stream.write_all(request.as_bytes()).await.ok()?;
            let mut page = String::new();
            stream.read_to_string(&mut page).await.ok()?;
            Some(page)
        };
        timeout(PATIENCE, asking).await.ok()?
    }

    pub(crate) fn process(&self) -> u32 {
        self.running.as_ref().unwrap().id()
    }

    /// Sends the process a signal, such as `STOP`.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.process().to_string()]).status().unwrap();
        assert!(sent.success(), "{name} was not sent");
    }

    /// Kills it without a word.
    pub(crate) fn is_killed(&mut self) {
        let mut child = self.running.take().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Waits until it has ended by itself.
    pub(crate) async fn ends(&mut self) -> ExitStatus {
        let mut child = self.running.take().unwrap();
        let waiting = async {
            loop {
                if let Some(status) = child.try_wait().unwrap() {
                    return status;
                }
                sleep(Duration::from_millis(10)).await;
            }
        };
        let ended = timeout(2 * PATIENCE, waiting).await;
        ended.unwrap_or_else(|_| panic!("it does not end: {}", self.log()))
    }

    /// Kibibytes of memory that the process has.
    pub(crate) fn memory_kib(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// How many files the process has open.
    pub(crate) fn open_files(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.process())).unwrap().count()
    }

    /// Seconds of computing that the process has used.
    pub(crate) fn cpu_seconds(&self) -> f64 {
        server::cpu_seconds(self.process()).unwrap()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(mut child) = self.running.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
