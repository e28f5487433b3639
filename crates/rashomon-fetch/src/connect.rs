//! Which socket leads there? Resolving, checking and connecting in one breath.
//!
//! The numbers a name stands for are checked and the very same numbers are connected to, so a name that changes its meaning
//! between check and use (DNS rebinding) gains nothing. If one number of several is not public, none is used: such an answer
//! is an attack or a mistake.

use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::Policy;
use crate::address::{Address, public};

/// The network, so that tests can count what is asked of it.
pub trait Network {
    /// Numbers of a name, within a time.
    ///
    /// # Errors
    /// Those of the resolver, or that it took too long.
    fn resolve(&self, host: &str, port: u16, time: Duration) -> io::Result<Vec<SocketAddr>>;

    /// A connection to a number.
    ///
    /// # Errors
    /// Those of the system.
    fn connect(&self, to: SocketAddr, time: Duration) -> io::Result<TcpStream>;
}

/// The network of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Network for System {
    fn resolve(&self, host: &str, port: u16, time: Duration) -> io::Result<Vec<SocketAddr>> {
        // The system's resolver takes as long as it likes and cannot be stopped: it is waited for in a thread of its own, which
        // ends when the resolver does.
        let (tell, told) = mpsc::channel();
        let host = host.to_owned();
        std::thread::Builder::new().name("resolve".to_owned()).spawn(move || {
            let numbers = (host.as_str(), port).to_socket_addrs().map(Iterator::collect);
            // nobody may be waiting any more
            let _ = tell.send(numbers);
        })?;
        told.recv_timeout(time).unwrap_or_else(|_| Err(too_long()))
    }

    fn connect(&self, to: SocketAddr, time: Duration) -> io::Result<TcpStream> {
        TcpStream::connect_timeout(&to, time)
    }
}

/// Why there is no connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoConnection {
    /// It may not be.
    Refused(String),
    /// It cannot be had.
    Failed(String),
}

/// Whether this number and port may be contacted.
fn allowed(policy: &Policy, ip: IpAddr) -> Result<(), String> {
    if policy.allowed.contains(&ip) { Ok(()) } else { public(ip) }
}

/// Checks everything about an address that can be checked without the network.
///
/// # Errors
/// Why it is not contacted.
pub fn check(policy: &Policy, address: &Address) -> Result<(), String> {
    let port = address.port();
    if !matches!(port, 80 | 443) && !policy.ports.contains(&port) {
        return Err(format!("port {port}; only 80 and 443 unless allowed with --allow-port"));
    }
    address.literal().map_or(Ok(()), |ip| allowed(policy, ip))
}

/// A connection to the address, checked.
///
/// # Errors
/// [`NoConnection::Refused`] before any packet is sent to a number that is not public.
pub fn open(network: &dyn Network, policy: &Policy, address: &Address, until: Instant) -> Result<Timed, NoConnection> {
    check(policy, address).map_err(NoConnection::Refused)?;
    if let Some(proxy) = &policy.proxy {
        return through(network, proxy, address, until);
    }
    let numbers = match address.literal() {
        Some(ip) => vec![SocketAddr::new(ip, address.port())],
        None => network
            .resolve(address.host(), address.port(), left(until))
            .map_err(|error| NoConnection::Failed(format!("the name cannot be resolved: {error}")))?,
    };
    for number in &numbers {
        allowed(policy, number.ip()).map_err(NoConnection::Refused)?;
        if number.port() != address.port() {
            return Err(NoConnection::Refused("the resolver answers another port".to_owned()));
        }
    }
    first(network, &numbers, until)
}

/// What is left of a time.
fn left(until: Instant) -> Duration {
    until.saturating_duration_since(Instant::now())
}

/// The error of a time that is over.
fn too_long() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "it took too long")
}

/// A connection that ends at a time, whatever is done with it: each read and write gets what is left, so that a server that
/// drips a handshake or an answer gains nothing.
#[derive(Debug)]
pub struct Timed {
    socket: TcpStream,
    until: Instant,
}

impl Timed {
    /// The number at the other end.
    #[must_use]
    pub fn peer(&self) -> Option<IpAddr> {
        self.socket.peer_addr().ok().map(|peer| peer.ip())
    }

    /// What is left of the time, never nothing.
    fn left(&self) -> io::Result<Duration> {
        Some(left(self.until)).filter(|left| !left.is_zero()).ok_or_else(too_long)
    }
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.socket.set_read_timeout(Some(self.left()?))?;
        self.socket.read(buffer).map_err(in_time)
    }
}

impl Write for Timed {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.socket.set_write_timeout(Some(self.left()?))?;
        self.socket.write(buffer).map_err(in_time)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

/// A read that the system ended because its time was over says so in words of ours, which are the same everywhere.
fn in_time(error: io::Error) -> io::Error {
    if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) { too_long() } else { error }
}

/// The first of the numbers that answers.
fn first(network: &dyn Network, numbers: &[SocketAddr], until: Instant) -> Result<Timed, NoConnection> {
    let mut last = "the name stands for no number".to_owned();
    for number in numbers.iter().take(4) {
        let left = left(until).min(Duration::from_secs(10));
        if left.is_zero() {
            last = "it took too long".to_owned();
            break;
        }
        match network.connect(*number, left) {
            Ok(socket) => return Ok(Timed { socket, until }),
            Err(error) => last = error.to_string(),
        }
    }
    Err(NoConnection::Failed(last))
}

/// A connection through the user's proxy, which resolves the name: what the name stands for there cannot be checked here.
fn through(network: &dyn Network, proxy: &str, address: &Address, until: Instant) -> Result<Timed, NoConnection> {
    let failed = |reason: &str| NoConnection::Failed(format!("proxy {proxy}: {reason}"));
    let (scheme, rest) =
        proxy.split_once("://").ok_or_else(|| failed("expected http://HOST:PORT or socks5h://HOST:PORT"))?;
    let (host, port) = rest.trim_end_matches('/').rsplit_once(':').ok_or_else(|| failed("no port"))?;
    let port: u16 = port.parse().map_err(|_| failed("no port"))?;
    let host = host.trim_matches(['[', ']']);
    // The user named the proxy: it may well be on this machine.
    let numbers = network.resolve(host, port, left(until)).map_err(|error| failed(&error.to_string()))?;
    let mut stream = first(network, &numbers, until)?;
    match scheme {
        "socks5h" | "socks5" => socks(&mut stream, address).map_err(|error| failed(&error.to_string()))?,
        // Plain questions to an HTTP proxy go in absolute form; see `exchange`.
        "http" if !address.tls() => {}
        "http" => tunnel(&mut stream, address).map_err(|error| failed(&error.to_string()))?,
        other => return Err(failed(&format!("`{other}` is neither http nor socks5h"))),
    }
    Ok(stream)
}

/// SOCKS version 5 without a password, the name resolved by the proxy (RFC 1928).
fn socks(stream: &mut Timed, address: &Address) -> io::Result<()> {
    let wrong = |what: &str| io::Error::other(what.to_owned());
    stream.write_all(&[5, 1, 0])?;
    let mut answer = [0u8; 2];
    stream.read_exact(&mut answer)?;
    if answer != [5, 0] {
        return Err(wrong("it asks for a password"));
    }
    let mut ask = vec![5, 1, 0];
    match address.literal() {
        Some(IpAddr::V4(ip)) => {
            ask.push(1);
            ask.extend(ip.octets());
        }
        Some(IpAddr::V6(ip)) => {
            ask.push(4);
            ask.extend(ip.octets());
        }
        None => {
            ask.push(3);
            ask.push(u8::try_from(address.host().len()).map_err(|_| wrong("the name is too long"))?);
            ask.extend(address.host().bytes());
        }
    }
    ask.extend(address.port().to_be_bytes());
    stream.write_all(&ask)?;
    let mut head = [0u8; 4];
    stream.read_exact(&mut head)?;
    if head[1] != 0 {
        return Err(wrong("it cannot reach the server"));
    }
    let rest = match head[3] {
        1 => 4,
        4 => 16,
        3 => {
            let mut length = [0u8; 1];
            stream.read_exact(&mut length)?;
            usize::from(length[0])
        }
        _ => return Err(wrong("its answer makes no sense")),
    };
    stream.read_exact(&mut vec![0u8; rest + 2])
}

/// A tunnel through an HTTP proxy (RFC 9110, 9.3.6).
fn tunnel(stream: &mut Timed, address: &Address) -> io::Result<()> {
    let host = if address.host().contains(':') { format!("[{}]", address.host()) } else { address.host().to_owned() };
    let to = format!("{host}:{}", address.port());
    stream.write_all(format!("CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    let mut byte = [0u8; 1];
    while !answer.ends_with(b"\r\n\r\n") && answer.len() < 8192 {
        if stream.read(&mut byte)? == 0 {
            break;
        }
        answer.push(byte[0]);
    }
    let line = String::from_utf8_lossy(&answer);
    if line.split_ascii_whitespace().nth(1) == Some("200") {
        Ok(())
    } else {
        Err(io::Error::other(format!("it answers {}", line.lines().next().unwrap_or("nothing"))))
    }
}
