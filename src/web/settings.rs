//! What whoever starts the server decides, and whether it may be so.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// Characters of the shortest token that is taken.
const SHORTEST_TOKEN: usize = 16;

/// How the server is run.
#[derive(Debug, Clone)]
pub struct Settings {
    pub listen: SocketAddr,
    /// Nothing is added.
    pub read_only: bool,
    /// What every request must show; never printed.
    pub token: Option<Token>,
    /// Names under which the machine is reached, beside its addresses.
    pub hosts: Vec<String>,
    pub bounds: Bounds,
}

/// A secret that no output shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(pub(super) String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// # Errors
    /// Where it is too short to be a secret, or cannot stand in a header.
    pub fn new(text: &str) -> Result<Self, BadSettings> {
        let text = text.trim();
        if text.len() < SHORTEST_TOKEN || !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(BadSettings::WeakToken { shortest: SHORTEST_TOKEN });
        }
        Ok(Self(text.to_owned()))
    }
}

/// Bounds on what comes in at once.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// Connections; more wait until one is free.
    pub connections: usize,
    /// Bytes of an article or batch that is asked about.
    pub question: u64,
    /// Bytes of a file that is added.
    pub addition: u64,
    /// Bytes of all bodies that are held at once.
    pub held: u64,
    /// Requests that wait for a worker before 429 is said.
    pub waiting: usize,
    /// How long a client may take for its head, and between two pieces of its body.
    pub patience: Duration,
    /// How long a whole body may take.
    pub body_time: Duration,
    /// How long an answer that is waited for may take; longer work is a job.
    pub answer_time: Duration,
    /// How long work that has begun may go on after a stop.
    pub grace: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 1_024,
            question: 64_000_000,
            addition: 1_000_000_000,
            held: 4_000_000_000,
            waiting: 512,
            patience: Duration::from_secs(15),
            body_time: Duration::from_mins(10),
            answer_time: Duration::from_mins(5),
            grace: Duration::from_secs(20),
        }
    }
}

/// Why the server is not started so.
#[derive(Debug, thiserror::Error)]
pub enum BadSettings {
    #[error(
        "--listen {0} is reached from other machines, so a token is needed: set COPYTRAIL_TOKEN or give --token FILE, the name of a file that holds it"
    )]
    OpenToAll(SocketAddr),
    #[error(
        "the token is too weak: it needs at least {shortest} printable characters without spaces; `openssl rand -hex 24` makes one"
    )]
    WeakToken { shortest: usize },
    #[error("--listen {address}: {cause}; choose another port with --listen 127.0.0.1:PORT")]
    Listen { address: SocketAddr, cause: std::io::Error },
    #[error("the system gives no random numbers: {0}; nothing can be kept secret without them")]
    NoRandom(getrandom::Error),
    #[error("no threads can be started for the server: {0}")]
    Runtime(std::io::Error),
}

impl Settings {
    /// # Errors
    /// Where others can reach the server and no token keeps them out.
    pub(super) fn check(&self) -> Result<(), BadSettings> {
        if self.token.is_none() && !is_loopback(self.listen.ip()) {
            return Err(BadSettings::OpenToAll(self.listen));
        }
        Ok(())
    }
}

/// Whether only this machine reaches it.
pub(super) fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}
