//! Which messages are in this mailbox? An mbox file (RFC 4155): each message under an envelope line, "From " and a time.

use std::borrow::Cow;

use super::{Desk, Source};

impl Desk<'_> {
    /// The messages of a mailbox, each a source of its own (`#n`); one alone goes by the name of the file.
    pub(super) fn mailbox(&mut self, source: &Source, depth: u32) {
        let found = messages(&source.bytes);
        if found.len() < 2 {
            return self.mail(source, depth);
        }
        for (i, message) in found.into_iter().enumerate() {
            if !self.one_more(&source.origin) {
                break;
            }
            let message = Source {
                origin: format!("{}#{}", source.origin, i + 1),
                name: source.name.clone(),
                bytes: message.to_vec(),
                retrieved: source.retrieved,
                ..Source::default()
            };
            self.mail(&message, depth);
        }
    }
}

/// Whether bytes begin with an envelope line and a field.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|b| *b == b'\n');
    envelope(lines.next().unwrap_or_default(), lines.next().unwrap_or_default())
}

/// The messages, each from its envelope line to the next.
fn messages(bytes: &[u8]) -> Vec<&[u8]> {
    let mut starts = Vec::new();
    let mut at = 0;
    let mut lines = bytes.split_inclusive(|b| *b == b'\n').peekable();
    while let Some(line) = lines.next() {
        if envelope(line, lines.peek().copied().unwrap_or_default()) {
            starts.push(at);
        }
        at += line.len();
    }
    // a message without an envelope line before the others
    let before = starts.first().and_then(|first| bytes.get(..*first)).unwrap_or_default();
    let before = before.strip_prefix("\u{feff}".as_bytes()).unwrap_or(before);
    if !before.iter().all(u8::is_ascii_whitespace) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| bytes.get(*start..end)).collect()
}

/// Whether a line parts messages: it names a time of day, and a field of a message follows. A sentence that begins with "From"
/// in a text whose writer did not mark it is none.
fn envelope(line: &[u8], next: &[u8]) -> bool {
    let digits = |part: &[u8]| (1..=2).contains(&part.len()) && part.iter().all(u8::is_ascii_digit);
    let time = |word: &[u8]| word.split(|b| *b == b':').count() > 1 && word.split(|b| *b == b':').all(digits);
    let field = next.iter().position(|b| *b == b':').and_then(|end| next.get(..end)).unwrap_or_default();
    line.starts_with(b"From ")
        && line.split(u8::is_ascii_whitespace).skip(2).any(time)
        && !field.is_empty()
        && field.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

/// A message without its envelope line, and without the marks that keep its own lines from being taken for one (`>From `).
pub(super) fn unmarked(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some(rest) = bytes.strip_prefix(b"From ") else { return Cow::Borrowed(bytes) };
    let end = rest.iter().position(|b| *b == b'\n');
    let rest = end.and_then(|end| rest.get(end + 1..)).unwrap_or_default();
    let marked = |line: &[u8]| {
        let text = line.iter().position(|b| *b != b'>').filter(|n| *n > 0);
        text.and_then(|n| line.get(n..)).is_some_and(|text| text.starts_with(b"From "))
    };
    let lines = || rest.split_inclusive(|b| *b == b'\n');
    if !lines().any(marked) {
        return Cow::Borrowed(rest);
    }
    let plain = |line| if marked(line) { line.get(1..).unwrap_or_default() } else { line };
    Cow::Owned(lines().flat_map(plain).copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_line_names_a_time_and_a_field_follows() {
        let field = b"Return-Path: <a@b.example>\n";
        for (line, next, expected) in [
            (&b"From desk@talenpost.example Thu Mar  4 09:28:00 2032\n"[..], &field[..], true),
            (b"From - Thu Mar  4 09:28:00 2032\r\n", b"X-Mozilla-Status: 0001\r\n", true),
            (b"From MAILER-DAEMON 4 Mar 2032 09:28\n", b"Subject: x\n", true),
            (b"From the market shells were heard at dawn.\n", field, false),
            (b"From 09:28 on, shells were heard.\n", b"Then it was quiet: nobody fired.\n", false),
            (b"From 09:28 until noon shells fell.\n", b"Source: Talen Council\n", false),
            (b">From a@b.example Thu Mar  4 09:28:00 2032\n", field, false),
        ] {
            assert_eq!(envelope(line, next), expected, "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn what_stands_before_the_first_envelope_is_a_message() {
        let one = b"Subject: One\n\nTwo died.\n\n";
        let two = b"From a@b.example Thu Mar  4 09:28:00 2032\nSubject: Two\n\nSix died.\n";
        assert_eq!(messages(&[&one[..], two].concat()), [&one[..], two]);
        assert_eq!(messages(two), [&two[..]]);
    }

    #[test]
    fn one_mark_goes_from_each_marked_line() {
        let text = b"From a 09:28\nSubject: x\n\n>From here\n>>From there\n> From quoted\n>from low\n";
        assert_eq!(&*unmarked(text), b"Subject: x\n\nFrom here\n>From there\n> From quoted\n>from low\n");
        assert_eq!(&*unmarked(b"Subject: x\n\n>From here\n"), b"Subject: x\n\n>From here\n");
    }
}
