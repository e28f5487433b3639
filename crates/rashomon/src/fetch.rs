//! What is to be fetched, and what is kept of it? Addresses given by the user become web archives.
//!
//! Only here and in `rashomon-fetch` is anything asked of the network, and only for an address named as a path or, with
//! `--fetch`, in a table. What came is kept as a WARC of every question and answer, redirects and `robots.txt` included, with
//! the certificates; from there on it is read like any other archive, so that a capture reads the same years later.

use base64::Engine as _;
use rashomon_fetch::{Exchange, FetchError, Fetched, Fetcher, Policy};
use rashomon_ingest::open::{Link, Opened, Options, Source};
use rashomon_ingest::warc::{Draft, Writer};
use rashomon_ingest::{Refusal, read};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How addresses are fetched.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Fetching {
    /// Also fetch the addresses of tables whose rows have no text
    #[arg(long, help_heading = "Fetching (only for addresses given as PATH, or with --fetch)")]
    pub fetch: bool,
    /// Fetch also what a site's robots.txt asks programs not to
    #[arg(long, help_heading = "Fetching (only for addresses given as PATH, or with --fetch)")]
    pub ignore_robots: bool,
    /// Fetch through a proxy: http://HOST:PORT or socks5h://HOST:PORT
    #[arg(long, value_name = "URL", help_heading = "Fetching (only for addresses given as PATH, or with --fetch)")]
    pub proxy: Option<String>,
    /// A port besides 80 and 443; may be given again
    #[arg(long, value_name = "PORT", help_heading = "Fetching (only for addresses given as PATH, or with --fetch)")]
    pub allow_port: Vec<u16>,
}

impl Fetching {
    /// The choices as rules of the fetcher.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy {
            ignore_robots: self.ignore_robots,
            proxy: self.proxy.clone(),
            ports: self.allow_port.clone(),
            ..Policy::default()
        }
    }

    /// A fetcher by these choices; says on standard error what fetching shows, unless a proxy stands between.
    #[must_use]
    pub fn fetcher(&self) -> Fetcher {
        if self.proxy.is_none() {
            eprintln!("note: fetching shows these sites that somebody looks at these pages; --proxy hides who");
        }
        Fetcher::new(self.policy())
    }
}

/// Whether a path is an address.
#[must_use]
pub fn is_address(path: &Path) -> bool {
    let text = path.to_string_lossy();
    let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// Everything under the paths, files and addresses; addresses without a text are fetched only if the user says so.
#[must_use]
pub fn gather(paths: &[PathBuf], options: &Options, fetching: &Fetching) -> Opened {
    let (addresses, files): (Vec<_>, Vec<_>) = paths.iter().cloned().partition(|path| is_address(path));
    let mut opened = if files.is_empty() { Opened::default() } else { read::all(&files, options) };
    let named: BTreeSet<String> = addresses.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    if named.is_empty() && bare(&opened).is_empty() {
        return opened;
    }
    let mut fetcher = (!named.is_empty() || fetching.fetch).then(|| fetching.fetcher());
    let mut asked = BTreeSet::new();
    fetch_all(&named, fetcher.as_mut(), options, &mut asked, &mut opened);
    // Addresses that tables and feeds hold are followed where the user says so; those found there are not, or a site could
    // lead on for ever.
    if fetching.fetch {
        let wanted: BTreeSet<String> = bare(&opened).into_iter().map(|link| link.url).collect();
        fetch_all(&wanted, fetcher.as_mut(), options, &mut asked, &mut opened);
    }
    let unread = bare(&opened).into_iter().filter(|link| !fetching.fetch || !asked.contains(&link.url));
    let unread: Vec<_> = unread.map(|link| Refusal::of(&link.origin, "R126", Some(&link.url))).collect();
    opened.refusals.extend(unread);
    read::number(&mut opened.inputs);
    opened.refusals.sort();
    opened
}

/// Addresses without a text: an entry of a feed has a text as well as an address; a row of addresses has none.
fn bare(opened: &Opened) -> Vec<Link> {
    let texts: BTreeSet<&str> = opened.inputs.iter().map(|input| input.origin.as_str()).collect();
    opened.links.iter().filter(|link| !texts.contains(link.origin.as_str())).cloned().collect()
}

/// Fetches addresses that were not asked before, and adds what they hold.
fn fetch_all(
    wanted: &BTreeSet<String>,
    fetcher: Option<&mut Fetcher>,
    options: &Options,
    asked: &mut BTreeSet<String>,
    opened: &mut Opened,
) {
    let Some(fetcher) = fetcher else { return };
    for url in wanted {
        if !asked.insert(url.clone()) {
            continue;
        }
        match capture(fetcher, url) {
            Ok(archive) => {
                let more = read::apart(Source::new(url, archive), options);
                let left_out = more.refusals.iter().any(Refusal::left_out);
                if more.inputs.is_empty() && more.links.is_empty() && !left_out {
                    opened.refusals.push(without_report(url, &more.refusals));
                    continue;
                }
                opened.inputs.extend(more.inputs);
                opened.refusals.extend(more.refusals);
                opened.links.extend(more.links);
            }
            Err(refusal) => opened.refusals.push(refusal),
        }
    }
}

/// Why something that was opened gave no report: what was passed over in it is all there is.
pub(crate) fn without_report(origin: &str, passed: &[Refusal]) -> Refusal {
    let told = |refusal: &Refusal| {
        let message = refusal.message.strip_prefix(origin).unwrap_or(&refusal.message);
        message.trim_start_matches(": ").to_owned()
    };
    let reason = passed.iter().map(told).collect::<Vec<_>>().join("; ");
    Refusal::of(origin, "R109", (!reason.is_empty()).then_some(&reason))
}

/// Fetches one address and gives the web archive of everything exchanged for it.
///
/// # Errors
/// The refusal to show, with its code.
pub fn capture(fetcher: &mut Fetcher, url: &str) -> Result<Vec<u8>, Refusal> {
    let fetched = fetcher.fetch(url).map_err(|error| refusal(url, &error))?;
    archive(&fetched).map_err(|error| Refusal::of(url, "R133", Some(&error.to_string())))
}

/// The refusal of an address; the code says why.
fn refusal(url: &str, error: &FetchError) -> Refusal {
    let code = match error {
        FetchError::Refused { .. } => "R131",
        FetchError::Robots { .. } => "R132",
        FetchError::Unreachable { .. } | FetchError::Untrusted { .. } => "R133",
        FetchError::Status { .. } => "R134",
        FetchError::Redirects { .. } => "R135",
        FetchError::Answer { .. } => "R136",
    };
    Refusal { origin: url.to_owned(), code, message: error.to_string() }
}

/// Everything exchanged, as a WARC of one gzip member a record.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn archive(fetched: &Fetched) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new(), true);
    let all: Vec<&Exchange> = fetched.robots.iter().chain(&fetched.exchanges).collect();
    let first = all.first().map_or("", |exchange| exchange.time.as_str());
    let info = format!(
        "software: rashomon/{}\r\nformat: WARC File Format 1.1\r\nclock: this machine's own, not checked\r\n",
        env!("CARGO_PKG_VERSION")
    );
    writer.write(&Draft::new("warcinfo", first).body("application/warc-fields", info.as_bytes()))?;
    for exchange in all {
        let of = |kind| {
            let draft = Draft::new(kind, &exchange.time).target(&exchange.url);
            match exchange.ip {
                Some(ip) => draft.field("WARC-IP-Address", ip.to_string()),
                None => draft,
            }
        };
        let response =
            of("response").body("application/http; msgtype=response", &exchange.response).payload(exchange.body());
        let id = response.id();
        writer.write(&response)?;
        let request = of("request").body("application/http; msgtype=request", &exchange.request);
        writer.write(&request.field("WARC-Concurrent-To", id.clone()))?;
        if let Some(version) = &exchange.tls {
            let mut fields = format!("tlsVersion: {version}\r\n");
            for certificate in &exchange.certificates {
                let text = base64::engine::general_purpose::STANDARD.encode(certificate);
                fields.push_str(&format!("tlsCertificate: {text}\r\n"));
            }
            let metadata = of("metadata").body("application/warc-fields", fields.as_bytes());
            writer.write(&metadata.field("WARC-Refers-To", id))?;
        }
    }
    Ok(writer.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_ingest::warc::Reader;

    #[test]
    fn what_was_exchanged_is_kept_and_read_again() {
        let exchange = |url: &str, response: &str| Exchange {
            url: url.to_owned(),
            time: "2032-03-04T09:28:00Z".to_owned(),
            ip: Some("93.184.215.14".parse().unwrap()),
            request: b"GET / HTTP/1.1\r\n\r\n".to_vec(),
            response: response.as_bytes().to_vec(),
            head: response.find("\r\n\r\n").unwrap() + 4,
            status: 200,
            tls: Some("TLSv1_3".to_owned()),
            certificates: vec![vec![1, 2, 3]],
        };
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Two people died in Talen on Wednesday, the mayor said.</p>";
        let fetched = Fetched {
            robots: vec![exchange("https://talen.example/robots.txt", "HTTP/1.1 404 Not Found\r\n\r\n")],
            exchanges: vec![
                exchange("https://talen.example/a", "HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n"),
                exchange("https://talen.example/b", page),
            ],
        };
        let bytes = archive(&fetched).unwrap();
        let kinds: Vec<String> = Reader::new(bytes.as_slice()).map(|r| r.unwrap().kind().to_owned()).collect();
        assert_eq!(
            kinds.join(" "),
            "warcinfo response request metadata response request metadata response request metadata"
        );
        let opened = read::apart(Source::new("https://talen.example/a", bytes), &Options::default());
        assert_eq!(opened.inputs.len(), 1);
        let doc = rashomon_ingest::extract(opened.inputs[0].clone()).unwrap().value;
        assert_eq!(doc.url.as_deref(), Some("https://talen.example/b"));
        assert_eq!(doc.capture.retrieved.unwrap().to_string(), "2032-03-04T09:28:00");
        assert!(opened.refusals.iter().all(|refusal| !refusal.left_out()), "{:?}", opened.refusals);
    }
}
