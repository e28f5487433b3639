//! Which characters are these bytes?
//!
//! Order: byte order mark; valid UTF-8 (which no other encoding produces by chance once a page has letters outside ASCII);
//! the declared character set (HTTP header, `meta`, XML declaration); chardetng's guess (what Firefox does).
//! Lines end in `\n` afterwards.
//!
//! ```
//! let decoded = rashomon_ingest::decode::decode(b"caf\xe9 in Talen", Some("windows-1252")).unwrap();
//! assert_eq!(decoded.text, "café in Talen");
//! ```

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text of a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The characters; undecodable bytes are U+FFFD.
    pub text: String,
    /// Name of the encoding used (WHATWG).
    pub encoding: &'static str,
    /// How many replacement characters were put in.
    pub replaced: usize,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotText {
    /// Nothing but white space.
    Empty,
    /// A picture, archive, program, PDF …; the kind where its first bytes tell.
    Binary(&'static str),
    /// Text in an encoding that cannot be read; its name where known.
    Unreadable(&'static str),
}

/// First bytes of formats that are met among saved articles and are not text.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF file"), // read elsewhere; here where a text was promised
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ", "an XZ archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
];

/// Share of replacement or control characters above which bytes are not text: files of the encodings known here have none;
/// a page with a few broken bytes has far below one in a hundred.
const TOLERATED: usize = 50;

/// Decodes bytes; `declared` is a character set named by a header or by the page itself.
///
/// # Errors
/// [`NotText`] for bytes that are empty, binary or in no readable encoding.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, NotText> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(NotText::Empty);
    }
    if let Some(kind) = magic(bytes) {
        return Err(NotText::Binary(kind));
    }
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(NotText::Unreadable("UTF-32"));
    }
    let (encoding, rest) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, bytes.get(length..).unwrap_or_default()),
        None => (choose(bytes, declared)?, bytes),
    };
    let (text, _) = encoding.decode_without_bom_handling(rest);
    let (replaced, control, total) = (text.matches('\u{fffd}').count(), controls(&text), text.chars().count());
    if control * TOLERATED > total {
        return Err(NotText::Binary("no text format"));
    }
    if replaced * TOLERATED > total {
        return Err(NotText::Unreadable(encoding.name()));
    }
    let text = lines(text);
    if text.trim().is_empty() {
        return Err(NotText::Empty);
    }
    Ok(Decoded { text, encoding: encoding.name(), replaced })
}

/// What the first bytes of a format that is no text say it is.
pub(crate) fn magic(bytes: &[u8]) -> Option<&'static str> {
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

/// The encoding of bytes without a byte order mark.
fn choose(bytes: &[u8], declared: Option<&str>) -> Result<&'static Encoding, NotText> {
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(wide) = wide(bytes) {
        return Ok(wide);
    }
    // Stray zero bytes are met in saved pages; binary formats are full of them.
    if bytes.iter().filter(|b| **b == 0).count() * 1000 > bytes.len() {
        return Err(NotText::Binary("no text format"));
    }
    let escapes = bytes.contains(&0x1b);
    if std::str::from_utf8(bytes).is_ok() && !(escapes && declared.is_some()) {
        return Ok(UTF_8);
    }
    if let Some(encoding) = declared.filter(|&e| e != UTF_16LE && e != UTF_16BE) {
        let (_, broken) = encoding.decode_without_bom_handling(bytes);
        if !broken {
            return Ok(encoding);
        }
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Allow);
    let broken = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        text.chars().filter(|&c| c == '\u{fffd}').count()
    };
    let candidates = [Some(UTF_8), declared, Some(guess)];
    let total = bytes.len().max(1);
    // A page that is UTF-8 but for a few bytes is UTF-8: a single-byte guess would garble all its letters.
    if broken(UTF_8) * 1000 <= total && bytes.iter().filter(|b| **b >= 0x80).count() > 2 * broken(UTF_8) {
        return Ok(UTF_8);
    }
    Ok(candidates.into_iter().flatten().min_by_key(|&encoding| broken(encoding)).unwrap_or(UTF_8))
}

/// UTF-16 without a byte order mark: every other byte of mostly Latin text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096))?;
    if head.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, n) if n * 4 > half * 3 => Some(UTF_16LE),
        (n, 0) if n * 4 > half * 3 => Some(UTF_16BE),
        _ => None,
    }
}

/// The character set an HTML page or XML document declares in its first 4 KiB.
#[must_use]
pub fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    for cue in ["charset=", "encoding="] {
        if let Some((_, after)) = head.split_once(cue) {
            let label: String = after
                .trim_start_matches(['"', '\'', ' '])
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
                .collect();
            if Encoding::for_label(label.as_bytes()).is_some() {
                return Some(label);
            }
        }
    }
    None
}

/// Control characters that are neither white space nor the escapes of some encodings.
fn controls(text: &str) -> usize {
    let bytes = text.as_bytes();
    let low = |b: &&u8| (**b < b' ' && !matches!(**b, b'\t'..=b'\r' | 0x1b)) || **b == 0x7f;
    // U+0080 to U+009F but the line end U+0085
    let high = |(a, b): &(&u8, &u8)| **a == 0xc2 && **b < 0xa0 && **b != 0x85;
    let others = bytes.iter().zip(bytes.iter().skip(1)).filter(high).count();
    bytes.iter().filter(low).count() + others
}

/// All line ends as `\n`.
fn lines(text: Cow<'_, str>) -> String {
    let mut text = text;
    if text.contains('\r') {
        let mut out = String::with_capacity(text.len());
        for (n, line) in text.split('\r').enumerate() {
            if n > 0 && !line.starts_with('\n') {
                out.push('\n');
            }
            out.push_str(line);
        }
        text = Cow::Owned(out);
    }
    // rare ones, each looked for by itself: that goes many bytes at a time
    for (end, line) in [("\u{b}", "\n"), ("\u{c}", "\n"), ("\u{85}", "\n"), ("\u{2028}", "\n"), ("\u{2029}", "\n\n")] {
        if text.contains(end) {
            text = Cow::Owned(text.replace(end, line));
        }
    }
    text.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_usual_encodings() {
        let utf16: Vec<u8> = "Talen".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16, None).unwrap().text, "Talen");
        assert_eq!(decode(b"\xef\xbb\xbfTalen", None).unwrap().text, "Talen");
        assert_eq!(decode("Тален".as_bytes(), Some("iso-8859-1")).unwrap().text, "Тален");
        let cyrillic = encoding_rs::WINDOWS_1251.encode("Жители Талена сообщили о взрывах").0;
        assert_eq!(decode(&cyrillic, None).unwrap().text, "Жители Талена сообщили о взрывах");
    }

    #[test]
    fn one_kind_of_line_end() {
        let ends = |text: &str| lines(text.into());
        assert_eq!(ends("a\r\nb\rc\r\r\nd\u{b}e\u{c}f\n"), "a\nb\nc\n\nd\ne\nf\n");
        assert_eq!(ends("a\u{2028}b\u{2029}c\u{85}d\u{2027}e\u{84}"), "a\nb\n\nc\nd\u{2027}e\u{84}");
        // the same as by the properties of each character
        let all: String = ('\0'..='\u{100}').collect();
        let other = |c: &char| c.is_control() && !c.is_whitespace() && *c != '\u{1b}';
        assert_eq!(controls(&all), all.chars().filter(other).count());
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert_eq!(decode(b" \n ", None), Err(NotText::Empty));
        assert_eq!(decode(b"\xef\xbb\xbf \n", None), Err(NotText::Empty));
        assert_eq!(decode(b"%PDF-1.7", None), Err(NotText::Binary("a PDF file")));
        assert!(matches!(decode(b"a\0b\0\0c", None), Err(NotText::Binary(_))));
        assert!(matches!(decode(b"\xff\xfe\0\0a\0\0\0", None), Err(NotText::Unreadable("UTF-32"))));
    }

    #[test]
    fn finds_the_declared_set() {
        assert_eq!(declared(b"<meta charset=\"Windows-1252\">").as_deref(), Some("windows-1252"));
        assert_eq!(declared(b"<p>charset=nonsense").as_deref(), None);
    }
}
