//! What does the server at this address answer? The only room that opens a socket, and only for an address the user gave.
//!
//! [`Fetcher::fetch`] asks once politely and follows redirects itself, one by one, up to a limit. Every hop is checked anew:
//! [`address`] refuses what is no plain web address, [`connect`] resolves a name and connects to an address it has checked in
//! the same breath, so that a name cannot mean one thing when checked and another when used. What was sent and received is
//! kept byte for byte ([`Exchange`]), with the addresses, the certificates and the time. [`robots`] reads what a site asks of
//! programs.
//!
//! ```
//! use rashomon_fetch::{FetchError, Fetcher, Policy};
//! let mut fetcher = Fetcher::new(Policy::default());
//! assert!(matches!(fetcher.fetch("http://169.254.169.254/latest"), Err(FetchError::Refused { .. })));
//! ```

pub mod address;
pub mod connect;
pub mod exchange;
pub mod robots;

mod fetcher;

pub use address::Address;
pub use exchange::{Exchange, Sent};
pub use fetcher::{Fetched, Fetcher};

use std::net::IpAddr;
use std::time::Duration;

/// What may be asked, and how long and how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Ports besides 80 and 443.
    pub ports: Vec<u16>,
    /// Addresses that may be contacted although they are not public: one the user typed as a number for a service of theirs,
    /// or a test's own server.
    pub allowed: Vec<IpAddr>,
    /// Whether `robots.txt` is left unread.
    pub ignore_robots: bool,
    /// A proxy: `http://host:port` or `socks5h://host:port`.
    pub proxy: Option<String>,
    /// Redirects followed (methods.md G: five).
    pub redirects: usize,
    /// Most bytes of an answer as received (methods.md G: 25 MiB).
    pub most: u64,
    /// Time for one question (methods.md G: 30 s), from resolving the name to the last byte of the answer: every step gets
    /// what is left of it.
    pub time: Duration,
    /// Shortest pause between two questions to one host.
    pub pause: Duration,
    /// Times a question is asked again where the server is busy or does not answer.
    pub retries: u32,
    /// First pause before asking again; each later one is twice as long.
    pub back_off: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            ports: Vec::new(),
            allowed: Vec::new(),
            ignore_robots: false,
            proxy: None,
            redirects: 5,
            most: 25 << 20,
            time: Duration::from_secs(30),
            pause: Duration::from_secs(1),
            retries: 3,
            back_off: Duration::from_secs(1),
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The address, or one it leads to, is not to be contacted.
    #[error("{url}: not contacted: {reason}")]
    Refused {
        /// The address refused.
        url: String,
        /// Lower case, no full stop.
        reason: String,
    },
    /// The site asks programs not to.
    #[error("{url}: the site's robots.txt asks programs not to fetch this")]
    Robots {
        /// The address.
        url: String,
    },
    /// Nobody answers.
    #[error("{url}: no answer: {reason}")]
    Unreachable {
        /// The address.
        url: String,
        /// The system's words.
        reason: String,
    },
    /// Who answers cannot prove to be the server.
    #[error("{url}: no answer by who can prove to be the server: {reason}")]
    Untrusted {
        /// The address.
        url: String,
        /// What is wrong with the certificate.
        reason: String,
    },
    /// The answer is too large or no answer of a web server.
    #[error("{url}: unusable answer: {reason}")]
    Answer {
        /// The address.
        url: String,
        /// Lower case, no full stop.
        reason: String,
    },
    /// A status other than 200 at the end.
    #[error("{url}: the server answers {status}")]
    Status {
        /// The last address.
        url: String,
        /// `404`, `503` …
        status: u16,
    },
    /// More redirects than are followed, or in a circle.
    #[error("{url}: more than {most} redirects")]
    Redirects {
        /// The address given.
        url: String,
        /// How many are followed.
        most: usize,
    },
}
