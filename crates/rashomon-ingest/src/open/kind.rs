//! What kind of file is this? Content first, then what a server said, then the name.

use super::{Columns, MediaType};

/// What a file is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One article.
    Article(MediaType),
    /// JSON Lines.
    Rows,
    /// A JSON file: article, list, JSON Feed.
    Json,
    /// A table: comma-, semicolon- or tab-separated.
    Csv,
    /// RSS or Atom.
    Feed,
    /// An e-mail message.
    Mail,
    /// Several e-mail messages in one file (mbox).
    Mailbox,
    /// A page with its parts in one file.
    Mhtml,
    /// A web archive, packed or not.
    Warc,
    /// A ZIP archive (WACZ too).
    Zip,
    /// A tar archive.
    Tar,
    /// One packed file.
    Gzip,
    /// Something that is not read; what it looks like.
    Foreign(&'static str),
    /// Nothing tells.
    Unknown,
}

impl Kind {
    /// Whether other files may be inside.
    #[must_use]
    pub const fn is_container(self) -> bool {
        matches!(self, Kind::Mail | Kind::Mailbox | Kind::Warc | Kind::Zip | Kind::Tar | Kind::Gzip)
    }
}

/// First bytes that are looked at to tell what a thing is.
pub(crate) const HEAD: u64 = 16 << 10;

/// Whether a thing is of a kind that is read: by its name, else by its first bytes.
pub(crate) fn readable(bytes: &[u8], name: &str) -> bool {
    let head = bytes.get(..bytes.len().min(HEAD as usize)).unwrap_or(bytes);
    by_name(name).is_some() || !matches!(kind(head, name, None), Kind::Unknown | Kind::Foreign(_))
}

/// The kind by the file name alone.
#[must_use]
pub fn by_name(name: &str) -> Option<Kind> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "txt" | "text" => Kind::Article(MediaType::Plain),
        "md" | "markdown" => Kind::Article(MediaType::Markdown),
        "html" | "htm" | "xhtml" | "shtml" => Kind::Article(MediaType::Html),
        "pdf" => Kind::Article(MediaType::Pdf),
        "docx" => Kind::Article(MediaType::Docx),
        "odt" => Kind::Article(MediaType::Odt),
        "jsonl" | "ndjson" => Kind::Rows,
        "json" => Kind::Json,
        "csv" | "tsv" => Kind::Csv,
        "rss" | "atom" => Kind::Feed,
        "eml" => Kind::Mail,
        "mbox" => Kind::Mailbox,
        "mht" | "mhtml" => Kind::Mhtml,
        "warc" => Kind::Warc,
        "wacz" | "zip" => Kind::Zip,
        "tar" => Kind::Tar,
        "gz" | "tgz" => Kind::Gzip,
        _ => return None,
    })
}

/// The kind by the media type a server or archive names.
fn by_media(media: &str) -> Option<Kind> {
    Some(match media {
        "text/html" | "application/xhtml+xml" => Kind::Article(MediaType::Html),
        "text/plain" => Kind::Article(MediaType::Plain),
        "text/markdown" => Kind::Article(MediaType::Markdown),
        "text/csv" | "text/tab-separated-values" => Kind::Csv,
        "application/rss+xml" | "application/atom+xml" => Kind::Feed,
        "application/json" | "application/feed+json" => Kind::Json,
        "application/x-ndjson" | "application/jsonl" => Kind::Rows,
        "message/rfc822" => Kind::Mail,
        "application/mbox" => Kind::Mailbox,
        _ => return None,
    })
}

/// The kind of these bytes. Content decides where it can; the media type is believed before the name.
#[must_use]
pub fn kind(bytes: &[u8], name: &str, media: Option<&str>) -> Kind {
    let named = media.and_then(by_media).or_else(|| by_name(name));
    if let Some(found) = by_first_bytes(bytes, named) {
        return found;
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    let untold = matches!(named, None | Some(Kind::Article(MediaType::Plain)));
    by_first_words(head.trim_start_matches('\u{feff}').trim_start(), named)
        .or_else(|| if untold { super::guess::table(bytes, &Columns::default()) } else { None })
        .or(named)
        .unwrap_or(Kind::Unknown)
}

/// Formats with first bytes of their own.
fn by_first_bytes(bytes: &[u8], named: Option<Kind>) -> Option<Kind> {
    let at = |from: usize, what: &[u8]| bytes.get(from..from + what.len()) == Some(what);
    // Some writers put a few bytes before the mark; readers look in the first 1024 (ISO 32000-1, annex H).
    let pdf = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes).windows(5).any(|w| w == b"%PDF-");
    if at(0, b"%PDF-") || pdf && named == Some(Kind::Article(MediaType::Pdf)) {
        return Some(Kind::Article(MediaType::Pdf));
    }
    if at(0, b"WARC/") {
        return Some(Kind::Warc);
    }
    if at(0, b"\x1f\x8b") {
        return Some(Kind::Gzip);
    }
    if at(0, b"PK\x03\x04") || at(0, b"PK\x05\x06") {
        return Some(super::archive::office(bytes).map_or(Kind::Zip, Kind::Article));
    }
    if at(257, b"ustar") || bytes.first().is_some_and(|b| *b != 0) && super::tar::begins(bytes) {
        return Some(Kind::Tar);
    }
    crate::decode::magic(bytes).map(Kind::Foreign)
}

/// Text formats that say what they are in their first words.
fn by_first_words(head: &str, named: Option<Kind>) -> Option<Kind> {
    let lower: String = head.chars().take(1024).collect::<String>().to_ascii_lowercase();
    let root = root_element(&lower);
    if matches!(root, "rss" | "feed" | "rdf:rdf") {
        return Some(Kind::Feed);
    }
    if matches!(root, "html" | "head" | "body") || lower.starts_with("<!doctype html") {
        // A Markdown file may begin with a tag.
        return (named != Some(Kind::Article(MediaType::Markdown))).then_some(Kind::Article(MediaType::Html));
    }
    let fields = header_fields(head);
    let has = |name: &str| fields.iter().any(|(key, _)| key.eq_ignore_ascii_case(name));
    if super::mailbox::begins(head.as_bytes()) && ENVELOPED.iter().any(|name| has(name)) {
        return Some(Kind::Mailbox);
    }
    if has("mime-version") && has("content-type") || has("message-id") && has("from") || has("received") && has("from")
    {
        let related = fields.iter().any(|(key, value)| {
            key.eq_ignore_ascii_case("content-type") && value.to_ascii_lowercase().contains("multipart/related")
        });
        let saved = has("snapshot-content-location")
            || fields.iter().any(|(key, value)| key.eq_ignore_ascii_case("from") && value.contains("Saved by"));
        let page = saved || named == Some(Kind::Mhtml) || related && !has("message-id") && !has("received");
        let message = if named == Some(Kind::Mailbox) { Kind::Mailbox } else { Kind::Mail };
        return Some(if page { Kind::Mhtml } else { message });
    }
    match named {
        // The name of a binary format on text: what it is, decoding must say.
        Some(Kind::Article(MediaType::Pdf | MediaType::Docx | MediaType::Odt) | Kind::Zip | Kind::Gzip | Kind::Tar) => {
            Some(Kind::Article(MediaType::Plain))
        }
        Some(Kind::Feed) => Some(Kind::Article(MediaType::Html)),
        _ => None,
    }
}

/// Name of the first element of an XML or HTML text, comments and declarations passed over.
fn root_element(lower: &str) -> &str {
    let mut rest = lower;
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            rest = rest.split_once('>').map_or("", |(_, after)| after);
        } else {
            let name = rest.strip_prefix('<').unwrap_or("");
            return name.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or("");
        }
    }
}

/// Fields one of which stands among the first of any message in a mailbox.
const ENVELOPED: [&str; 8] =
    ["from", "received", "return-path", "delivered-to", "message-id", "mime-version", "x-gm-thrid", "x-mozilla-status"];

/// `Name: value` lines a text begins with, as a message does; none if its first line is no such line.
fn header_fields(head: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    for (n, line) in head.lines().enumerate() {
        if line.starts_with([' ', '\t']) && n > 0 {
            continue;
        }
        // The envelope line of a mailbox.
        if n == 0 && line.starts_with("From ") {
            continue;
        }
        let Some((name, value)) = line.split_once(':') else { break };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            break;
        }
        found.push((name, value.trim()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        let plain = Kind::Article(MediaType::Plain);
        let html = Kind::Article(MediaType::Html);
        for (bytes, name, media, expected) in [
            (&b"%PDF-1.7 x"[..], "a.txt", None, Kind::Article(MediaType::Pdf)),
            (b"WARC/1.1\r\n", "a", None, Kind::Warc),
            (b"<!DOCTYPE html><p>x", "a.txt", None, html),
            (b"<p>x", "a", Some("text/html"), html),
            (b"<?xml version='1.0'?><!-- x --><rss version='2.0'>", "a.xml", None, Kind::Feed),
            (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "a.txt", None, Kind::Feed),
            (b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; b=1\r\n\r\n", "a.eml", None, Kind::Mhtml),
            (b"Received: x\r\n y\r\nFrom: a@b.example\r\n\r\nx", "a", None, Kind::Mail),
            (b"From a@b.example Thu Mar  4 09:28:00 2032\nFrom: a@b.example\n\nx", "a", None, Kind::Mailbox),
            (b"From: a@b.example\nMessage-ID: <1@x>\n\nx", "a.mbox", None, Kind::Mailbox),
            (b"From 09:28 on shells hit Talen\nSource: Talen Council\n", "a.txt", None, plain),
            // A statement that only looks a little like a message.
            (b"From: Talen Council\nDate: Wednesday\n\nShells hit Talen.", "a.txt", None, plain),
            (b"Shells hit Talen: two dead", "a.txt", None, plain),
            (b"Shells hit Talen", "a.pdf", None, plain),
            (b"\x89PNG\r\n", "a.html", None, Kind::Foreign("a PNG picture")),
            (b"Shells hit Talen", "a", None, Kind::Unknown),
            (b"text,url\nx,y\n", "a.csv", None, Kind::Csv),
        ] {
            assert_eq!(kind(bytes, name, media), expected, "{name}: {}", String::from_utf8_lossy(bytes));
        }
    }
}
