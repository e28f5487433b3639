//! What is written in this part of a message? Its bytes and character set, and which parts are the text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use mail_parser::parsers::MessageStream;
use mail_parser::{Message, MessagePart, MimeHeaders as _, PartType};

use super::super::MediaType;

/// Media type of a part, lower case.
pub(super) fn media(part: &MessagePart<'_>) -> Option<String> {
    let kind = part.content_type()?;
    Some(format!("{}/{}", kind.c_type, kind.c_subtype.as_deref().unwrap_or("")).to_ascii_lowercase())
}

/// How a part that can be the text of a message is written; none for pictures, calendar entries and the like.
pub(super) fn written(part: &MessagePart<'_>) -> Option<MediaType> {
    match (&part.body, media(part).as_deref()) {
        (PartType::Html(_), _) | (PartType::Text(_), Some("text/html")) => Some(MediaType::Html),
        (PartType::Text(_), None | Some("text/plain" | "text/markdown")) => Some(MediaType::Plain),
        // A multipart whose boundary never comes.
        (PartType::Text(_), Some(other)) if other.starts_with("multipart/") => Some(MediaType::Plain),
        _ => None,
    }
}

/// The parts that are the text of a message, in its order: of alternatives the form with more structure. Where none is marked as
/// the text, those without a name of their own.
pub(super) fn bodies(message: &Message<'_>) -> Vec<u32> {
    let filled = |id: &u32| {
        message.part(*id).is_some_and(|part| {
            written(part).is_some() && part.text_contents().is_some_and(|text| !text.trim().is_empty())
        })
    };
    let unnamed = |id: &u32| {
        message.part(*id).is_some_and(|part| {
            part.attachment_name().is_none() && !part.content_disposition().is_some_and(|how| how.is_attachment())
        })
    };
    let html: Vec<u32> = message.html_body.iter().copied().filter(filled).collect();
    let plain: Vec<u32> = message.text_body.iter().copied().filter(filled).collect();
    let others = || message.attachments.iter().copied().filter(filled).filter(unnamed).collect();
    // a form with more structure may be there and hold nothing
    let hollow = html.len() < message.html_body.len() && html.len() < plain.len();
    let mut ids = if html.is_empty() || hollow { plain } else { html };
    if ids.is_empty() {
        ids = others();
    }
    ids.sort_unstable();
    ids
}

/// The bytes of a part of the message `raw`, its transfer coding undone, and the character set it names for them.
pub(super) fn content<'x>(raw: &'x [u8], part: &'x MessagePart<'_>) -> (Cow<'x, [u8]>, Option<String>) {
    let (PartType::Text(text) | PartType::Html(text)) = &part.body else {
        return (Cow::Borrowed(part.contents()), None);
    };
    let set = part.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_owned);
    let ours = |set: &str| Encoding::for_label(set.as_bytes()).is_some_and(|e| e != UTF_16LE && e != UTF_16BE);
    // Sets of mail that pages do not know (UTF-7, code page 850) are the parser's; all others are decoded as pages are, which
    // believes the bytes before the label.
    if set.as_deref().is_some_and(|set| !ours(set)) && !text.contains('\u{fffd}') {
        return (Cow::Borrowed(text.as_bytes()), Some("utf-8".to_owned()));
    }
    let bytes = usize::try_from(part.offset_body).ok().zip(usize::try_from(part.offset_end).ok());
    let Some(bytes) = bytes.and_then(|(start, end)| raw.get(start..end)) else {
        return (Cow::Borrowed(text.as_bytes()), Some("utf-8".to_owned()));
    };
    // By its field: the parser undoes nothing in a part that is cut short.
    let coding = part.content_transfer_encoding().map(|coding| coding.trim().to_ascii_lowercase());
    let bytes = match coding.as_deref() {
        Some("base64") => base64(bytes),
        Some("quoted-printable") => quoted_printable(bytes).unwrap_or_else(|| {
            // a line with a fault in it stays as it is
            let line = |line| quoted_printable(line).map_or_else(|| line.to_vec(), Cow::into_owned);
            Cow::Owned(bytes.split_inclusive(|b| *b == b'\n').flat_map(line).collect())
        }),
        _ => Cow::Borrowed(bytes),
    };
    (bytes, set)
}

/// Bytes with this coding undone; none where they break it.
fn quoted_printable(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    let (end, undone) = MessageStream::new(bytes).decode_quoted_printable_mime(b"");
    (end != usize::MAX).then_some(undone)
}

/// Bytes with this coding undone as far as they are in it: the footer of a mailing list behind them is not.
fn base64(bytes: &[u8]) -> Cow<'_, [u8]> {
    let foreign = |b: &u8| !(b.is_ascii_alphanumeric() || b"+/= \t\r\n".contains(b));
    let (coded, rest) = bytes.split_at(bytes.iter().position(foreign).unwrap_or(bytes.len()));
    match MessageStream::new(coded).decode_base64_mime(b"") {
        (usize::MAX, _) => Cow::Borrowed(bytes),
        (_, undone) if rest.is_empty() => undone,
        (_, undone) => Cow::Owned([&*undone, b"\n", rest].concat()),
    }
}
