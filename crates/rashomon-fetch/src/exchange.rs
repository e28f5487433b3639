//! What was asked, and what was answered, byte for byte?

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::address::Address;
use crate::connect::{Network, NoConnection, Timed, open};
use crate::{FetchError, Policy};

/// Longest head of an answer, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// One question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The address asked.
    pub url: String,
    /// When the question was sent: `2032-03-04T09:28:00Z`, by this machine's clock.
    pub time: String,
    /// The number connected to; `None` through a proxy.
    pub ip: Option<IpAddr>,
    /// The question as sent.
    pub request: Vec<u8>,
    /// The answer as received, head and body.
    pub response: Vec<u8>,
    /// Bytes of the head, the empty line included.
    pub head: usize,
    /// Status of the answer.
    pub status: u16,
    /// Protocol version of the encryption, if there was one: `TLSv1_3`.
    pub tls: Option<String>,
    /// Certificates the server showed (DER), its own first.
    pub certificates: Vec<Vec<u8>>,
}

impl Exchange {
    /// The first value of a field of the answer's head; `name` in lower case.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<String> {
        let head = String::from_utf8_lossy(self.response.get(..self.head)?).into_owned();
        head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    /// The body as received, codings not undone.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.response.get(self.head..).unwrap_or_default()
    }

    /// The body, chunks undone; a content coding is not.
    #[must_use]
    pub fn content(&self) -> Cow<'_, [u8]> {
        let chunked = self.field("transfer-encoding").is_some_and(|coding| is_chunked(&coding));
        if chunked { Cow::Owned(chunks(self.body()).0.concat()) } else { Cow::Borrowed(self.body()) }
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.content()).into_owned()
    }
}

/// Whether a `Transfer-Encoding` sends the body in chunks.
fn is_chunked(coding: &str) -> bool {
    coding.to_ascii_lowercase().contains("chunked")
}

/// Chunks of a body as far as they came, and whether the empty one that ends it came (RFC 9112, 7.1).
fn chunks(body: &[u8]) -> (Vec<&[u8]>, bool) {
    let (mut found, mut rest) = (Vec::new(), body);
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = String::from_utf8_lossy(rest.get(..end).unwrap_or_default());
        let size = line.split(';').next().and_then(|size| usize::from_str_radix(size.trim(), 16).ok());
        let after = rest.get(end + 1..).unwrap_or_default();
        match size {
            None => break,
            Some(0) => return (found, true),
            Some(size) => {
                let (chunk, next) = after.split_at(size.min(after.len()));
                found.push(chunk);
                rest = next.strip_prefix(b"\r\n").or_else(|| next.strip_prefix(b"\n")).unwrap_or(next);
            }
        }
    }
    (found, false)
}

/// A plain or an encrypted stream.
enum Stream {
    Plain(Timed),
    Tls(Box<StreamOwned<ClientConnection, Timed>>),
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(socket) => socket.read(buffer),
            Stream::Tls(stream) => match stream.read(buffer) {
                // Many servers close without saying so; a body cut short is noticed by its length.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
                other => other,
            },
        }
    }
}

impl Write for Stream {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Plain(socket) => socket.write(buffer),
            Stream::Tls(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Plain(socket) => socket.flush(),
            Stream::Tls(stream) => stream.flush(),
        }
    }
}

/// How encrypted questions are asked: ring for the arithmetic, Mozilla's list of authorities.
pub(crate) fn tls_config() -> Arc<ClientConfig> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    // ring supports both versions, so this cannot fail; if it did, no encrypted question would be asked.
    let mut config = match builder {
        Ok(builder) => builder.with_root_certificates(roots).with_no_client_auth(),
        Err(_) => ClientConfig::builder().with_root_certificates(RootCertStore::empty()).with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}

/// Something that is sent with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent<'a> {
    /// Its media type.
    pub media: &'a str,
    /// The media type of the answer wanted.
    pub accept: &'a str,
    /// The bytes.
    pub body: &'a [u8],
}

/// What is asked of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question<'a> {
    /// A page, as browsers ask for it.
    Page,
    /// What a service has, in this media type.
    Of(&'a str),
    /// What a service answers to this.
    To(Sent<'a>),
}

/// Asks once. Nothing is followed, nothing asked again.
///
/// # Errors
/// [`FetchError`] for everything but an answer; any status is an answer.
pub(crate) fn ask(
    network: &dyn Network,
    policy: &Policy,
    tls: &Arc<ClientConfig>,
    address: &Address,
    question: Question<'_>,
) -> Result<Exchange, FetchError> {
    let url = address.to_string();
    let until = Instant::now() + policy.time;
    let unreachable = |reason: String| FetchError::Unreachable { url: url.clone(), reason };
    let failed = |error: io::Error| no_answer(&url, error);
    let time = jiff::Timestamp::now().round(jiff::Unit::Second).map_or_else(|_| String::new(), |now| now.to_string());
    let socket = open(network, policy, address, until).map_err(|no| match no {
        NoConnection::Refused(reason) => FetchError::Refused { url: url.clone(), reason },
        NoConnection::Failed(reason) => unreachable(reason),
    })?;
    let ip = if policy.proxy.is_none() { socket.peer() } else { None };
    let mut stream = if address.tls() {
        let name = match address.literal() {
            Some(ip) => ServerName::from(ip),
            None => ServerName::try_from(address.host().trim_end_matches('.').to_owned())
                .map_err(|error| unreachable(error.to_string()))?,
        };
        let session = ClientConnection::new(tls.clone(), name).map_err(|error| unreachable(error.to_string()))?;
        Stream::Tls(Box::new(StreamOwned::new(session, socket)))
    } else {
        Stream::Plain(socket)
    };
    let plain_proxy = policy.proxy.as_ref().is_some_and(|proxy| proxy.starts_with("http://")) && !address.tls();
    // A site's rules are read here and now; everything else is unpacked by who reads it.
    let coding = if address.target() == "/robots.txt" { "identity" } else { "gzip" };
    let target = if plain_proxy { url.clone() } else { address.target().to_owned() };
    let host = address.authority();
    let agent = crate::robots::AGENT;
    let mut request = match question {
        Question::Page => format!(
            "GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Mozilla/5.0 (compatible; {agent})\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5\r\n\
             Accept-Language: en,*;q=0.5\r\nAccept-Encoding: {coding}\r\nConnection: close\r\n\r\n"
        ),
        Question::Of(accept) => format!(
            "GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
        ),
        Question::To(Sent { media, accept, body }) => format!(
            "POST {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {agent}\r\nAccept: {accept}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            body.len()
        ),
    }
    .into_bytes();
    if let Question::To(sent) = question {
        request.extend_from_slice(sent.body);
    }
    stream.write_all(&request).and_then(|()| stream.flush()).map_err(failed)?;
    let (response, head, status) = receive(&mut stream, policy, &url)?;
    let (version, certificates) = match &stream {
        Stream::Plain(_) => (None, Vec::new()),
        Stream::Tls(stream) => (
            stream.conn.protocol_version().and_then(|version| version.as_str().map(str::to_owned)),
            stream.conn.peer_certificates().unwrap_or_default().iter().map(|c| c.as_ref().to_vec()).collect(),
        ),
    };
    Ok(Exchange { url, time, ip, request, response, head, status, tls: version, certificates })
}

/// Why there was no answer: a certificate that is not good is told from a line that is.
fn no_answer(url: &str, error: io::Error) -> FetchError {
    let (url, reason) = (url.to_owned(), error.to_string());
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented) => {
            FetchError::Untrusted { url, reason }
        }
        _ => FetchError::Unreachable { url, reason },
    }
}

/// Reads an answer to its end: as many bytes as it says, its last chunk, or the close.
fn receive(stream: &mut Stream, policy: &Policy, url: &str) -> Result<(Vec<u8>, usize, u16), FetchError> {
    let answer = |reason: &str| FetchError::Answer { url: url.to_owned(), reason: reason.to_owned() };
    let mut got = Vec::new();
    let mut buffer = [0u8; 16 << 10];
    let mut head: Option<Head> = None;
    loop {
        if let Some(head) = &head
            && head.complete(got.get(head.end..).unwrap_or_default())
        {
            break;
        }
        let n = stream.read(&mut buffer).map_err(|error| no_answer(url, error))?;
        if n == 0 {
            break;
        }
        got.extend_from_slice(buffer.get(..n).unwrap_or_default());
        if got.len() as u64 > policy.most {
            return Err(answer(&format!("more than {} bytes", policy.most)));
        }
        if head.is_none() {
            head = Head::read(&got);
            if head.is_none() && got.len() > LONGEST_HEAD {
                return Err(answer("its head has no end"));
            }
            // "Continue" and its kin come before the answer.
            while let Some(early) = head.as_ref().filter(|head| (100..200).contains(&head.status)) {
                got.drain(..early.end);
                head = Head::read(&got);
            }
        }
    }
    let head = head.ok_or_else(|| answer("no head of a web server's answer"))?;
    let body = got.get(head.end..).unwrap_or_default();
    if head.short(body) {
        return Err(FetchError::Unreachable { url: url.to_owned(), reason: "the answer was cut short".to_owned() });
    }
    Ok((got, head.end, head.status))
}

/// What the head says of the body's extent.
struct Head {
    end: usize,
    status: u16,
    length: Option<u64>,
    chunked: bool,
}

impl Head {
    /// A whole head, if it is there.
    fn read(got: &[u8]) -> Option<Self> {
        // some servers end lines with LF alone (RFC 9112, 2.2)
        let crlf = got.windows(3).position(|w| w == b"\n\r\n").map(|at| at + 3);
        let lf = got.windows(2).position(|w| w == b"\n\n").map(|at| at + 2);
        let end = [crlf, lf].into_iter().flatten().min()?;
        let text = String::from_utf8_lossy(got.get(..end)?).into_owned();
        let mut lines = text.lines();
        let mut status = lines.next()?.split_ascii_whitespace();
        status.next().filter(|version| version.starts_with("HTTP/1."))?;
        let status = status.next()?.parse().ok()?;
        let mut head = Self { end, status, length: None, chunked: false };
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            match name.trim().to_ascii_lowercase().as_str() {
                "content-length" => head.length = value.trim().parse().ok(),
                "transfer-encoding" => head.chunked = is_chunked(value),
                _ => {}
            }
        }
        Some(head)
    }

    /// Whether the body is all there.
    fn complete(&self, body: &[u8]) -> bool {
        if matches!(self.status, 204 | 304) {
            return true;
        }
        if self.chunked {
            // Fields may stand between the last chunk and the empty line; the chunks are walked only where one ends what came.
            return body.ends_with(b"\r\n\r\n") && chunks(body).1;
        }
        self.length.is_some_and(|length| body.len() as u64 >= length)
    }

    /// Whether the connection ended before the body did.
    fn short(&self, body: &[u8]) -> bool {
        if matches!(self.status, 204 | 304) {
            return false;
        }
        if self.chunked { !chunks(body).1 } else { self.length.is_some_and(|length| (body.len() as u64) < length) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_certificate_is_told_from_a_bad_line() {
        let wrapped = |error: rustls::Error| no_answer("https://talen.example/", io::Error::other(error));
        let expired = rustls::Error::InvalidCertificate(rustls::CertificateError::Expired);
        assert!(matches!(wrapped(expired), FetchError::Untrusted { .. }));
        assert!(matches!(wrapped(rustls::Error::HandshakeNotComplete), FetchError::Unreachable { .. }));
        // words about certificates are no certificate
        let words = no_answer("https://talen.example/", io::Error::other("the certificate office is closed"));
        assert!(matches!(words, FetchError::Unreachable { .. }));
    }
}
