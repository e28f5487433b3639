//! In which order is asked? Robots first, politely, redirects one by one, again where the server is busy.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::ClientConfig;

use crate::address::Address;
use crate::connect::{Network, System, check};
use crate::exchange::{Exchange, Question, Sent, ask, tls_config};
use crate::robots::Rules;
use crate::{FetchError, Policy};

/// Longest pause a busy server may ask for before the question is given up.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Everything that was exchanged for one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Redirects in order, then the answer itself (status 200).
    pub exchanges: Vec<Exchange>,
    /// The `robots.txt` files read for it, where this was the first question to the host.
    pub robots: Vec<Exchange>,
}

impl Fetched {
    /// The answer itself.
    #[must_use]
    pub fn answer(&self) -> Option<&Exchange> {
        self.exchanges.last()
    }
}

/// Asks, and remembers what hosts asked for.
pub struct Fetcher {
    policy: Policy,
    network: Box<dyn Network + Send>,
    tls: Arc<ClientConfig>,
    rules: BTreeMap<String, Rules>,
    last: BTreeMap<String, Instant>,
}

impl Fetcher {
    /// A fetcher on this machine's network.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self::on(policy, Box::new(System))
    }

    /// A fetcher on a network of the caller's.
    #[must_use]
    pub fn on(policy: Policy, network: Box<dyn Network + Send>) -> Self {
        Self { policy, network, tls: tls_config(), rules: BTreeMap::new(), last: BTreeMap::new() }
    }

    /// What stands at an address.
    ///
    /// # Errors
    /// [`FetchError`], naming the address that failed.
    pub fn fetch(&mut self, url: &str) -> Result<Fetched, FetchError> {
        let refused = |reason: String| FetchError::Refused { url: url.to_owned(), reason };
        let mut address = Address::parse(url).map_err(refused)?;
        let mut fetched = Fetched { exchanges: Vec::new(), robots: Vec::new() };
        loop {
            check(&self.policy, &address).map_err(|reason| FetchError::Refused { url: address.to_string(), reason })?;
            self.robots(&address, &mut fetched.robots)?;
            let exchange = self.patiently(&address)?;
            let (status, location) = (exchange.status, exchange.field("location"));
            fetched.exchanges.push(exchange);
            match (status, location) {
                (200, _) => return Ok(fetched),
                (301 | 302 | 303 | 307 | 308, Some(location)) => {
                    if fetched.exchanges.len() > self.policy.redirects {
                        return Err(FetchError::Redirects { url: url.to_owned(), most: self.policy.redirects });
                    }
                    let next = address.join(&location);
                    address = next.map_err(|reason| FetchError::Refused { url: location, reason })?;
                }
                (status, _) => return Err(FetchError::Status { url: address.to_string(), status }),
            }
        }
    }

    /// Sends something to a service at an address the user named for this, once: nothing is followed, nothing sent again, and
    /// no `robots.txt` read, since that speaks of programs that look at pages.
    ///
    /// # Errors
    /// [`FetchError`]; a status other than 200 is one.
    pub fn send(&mut self, url: &str, sent: Sent<'_>) -> Result<Exchange, FetchError> {
        self.once(url, Question::To(sent))
    }

    /// Asks a service at an address the user named for what it has in this media type, as [`Fetcher::send`] sends.
    ///
    /// # Errors
    /// [`FetchError`]; a status other than 200 is one.
    pub fn get(&mut self, url: &str, accept: &str) -> Result<Exchange, FetchError> {
        self.once(url, Question::Of(accept))
    }

    fn once(&self, url: &str, question: Question<'_>) -> Result<Exchange, FetchError> {
        let refused = |reason: String| FetchError::Refused { url: url.to_owned(), reason };
        let address = Address::parse(url).map_err(refused)?;
        check(&self.policy, &address).map_err(refused)?;
        let exchange = ask(self.network.as_ref(), &self.policy, &self.tls, &address, question)?;
        match exchange.status {
            200 => Ok(exchange),
            status => Err(FetchError::Status { url: url.to_owned(), status }),
        }
    }

    /// Whether the site lets this program ask; reads its `robots.txt` before the first question.
    fn robots(&mut self, address: &Address, kept: &mut Vec<Exchange>) -> Result<(), FetchError> {
        if self.policy.ignore_robots {
            return Ok(());
        }
        let site = format!("{} {}", address.tls(), address.authority());
        if !self.rules.contains_key(&site) {
            let rules = self.read_robots(address, kept)?;
            self.rules.insert(site.clone(), rules);
        }
        if self.rules.get(&site).is_none_or(|rules| rules.allow(address.target())) {
            Ok(())
        } else {
            Err(FetchError::Robots { url: address.to_string() })
        }
    }

    /// The site's rules: none where it has no file, everything forbidden where it has a fault (RFC 9309, 2.3.1).
    fn read_robots(&mut self, address: &Address, kept: &mut Vec<Exchange>) -> Result<Rules, FetchError> {
        let mut at =
            address.join("/robots.txt").map_err(|reason| FetchError::Refused { url: address.to_string(), reason })?;
        for _ in 0..=self.policy.redirects {
            check(&self.policy, &at).map_err(|reason| FetchError::Refused { url: at.to_string(), reason })?;
            let exchange = self.patiently(&at)?;
            let (status, location) = (exchange.status, exchange.field("location"));
            let coding = exchange.field("content-encoding").unwrap_or_default().to_ascii_lowercase();
            let packed = !matches!(coding.as_str(), "" | "identity");
            let text = exchange.text();
            kept.push(exchange);
            match (status, location) {
                // Packed although the question forbade it: rules that cannot be read forbid.
                (200, _) if packed => return Ok(Rules::nothing()),
                (200, _) => return Ok(Rules::parse(&text)),
                (300..=399, Some(location)) => {
                    at = at.join(&location).map_err(|reason| FetchError::Refused { url: location, reason })?;
                }
                (500..=599 | 429, _) => return Ok(Rules::nothing()),
                _ => return Ok(Rules::default()),
            }
        }
        Ok(Rules::default())
    }

    /// Asks, after a pause, and again where the server is busy or does not answer.
    fn patiently(&mut self, address: &Address) -> Result<Exchange, FetchError> {
        let mut back_off = self.policy.back_off;
        let mut tries = 0;
        loop {
            self.pause(address);
            let done = ask(self.network.as_ref(), &self.policy, &self.tls, address, Question::Page);
            self.last.insert(address.host().to_owned(), Instant::now());
            let wait = match &done {
                Ok(exchange) if matches!(exchange.status, 429 | 500 | 502 | 503 | 504) => exchange
                    .field("retry-after")
                    .and_then(|seconds| seconds.parse().ok())
                    .map_or(back_off, Duration::from_secs),
                // Certificates do not get better by asking again.
                Err(FetchError::Unreachable { .. }) => back_off,
                _ => return done,
            };
            if tries >= self.policy.retries || wait > LONGEST_WAIT {
                return done;
            }
            std::thread::sleep(wait);
            tries += 1;
            back_off *= 2;
        }
    }

    /// Waits until the host may be asked again.
    fn pause(&self, address: &Address) {
        let site = format!("{} {}", address.tls(), address.authority());
        let asked_for = self.rules.get(&site).and_then(|rules| rules.pause).unwrap_or_default();
        let pause = self.policy.pause.max(asked_for);
        if let Some(last) = self.last.get(address.host()) {
            std::thread::sleep(pause.saturating_sub(last.elapsed()));
        }
    }
}
