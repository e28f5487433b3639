//! What does this message say, and what is attached? E-mail, and pages saved as one file (MHTML).

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::{Desk, MediaType, Source, by_name, label};
use crate::read::{Given, IngestError, Input};

/// Media type of a part.
fn media(part: &MessagePart<'_>) -> Option<String> {
    let kind = part.content_type()?;
    Some(format!("{}/{}", kind.c_type, kind.c_subtype.as_deref().unwrap_or("")).to_ascii_lowercase())
}

/// Who sent it: the name, else the address.
fn sender(message: &Message<'_>) -> Option<String> {
    let from = message.from()?.first()?;
    from.name.as_deref().or(from.address.as_deref()).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

impl Desk<'_> {
    /// A message: its text, the messages in it, and the attachments that are read.
    pub(super) fn mail(&mut self, source: &Source, depth: u32) {
        // The envelope line of a mailbox is no field.
        let raw = source.bytes.strip_prefix(b"From ").map_or(source.bytes.as_slice(), |rest| {
            rest.iter().position(|b| *b == b'\n').and_then(|end| rest.get(end + 1..)).unwrap_or_default()
        });
        let Some(message) = MessageParser::default().parse(raw) else {
            return self.refuse(&source.origin, "R118");
        };
        let given = Given {
            id: message.message_id().map(|id| id.trim_matches(['<', '>']).to_owned()),
            title: message.subject().map(str::to_owned),
            publisher: sender(&message),
            published: message.date().map(mail_parser::DateTime::to_rfc3339),
            url: None,
        };
        // The text in the form with more structure.
        let html = message.html_part(0).and_then(|part| match &part.body {
            PartType::Html(text) => Some((MediaType::Html, text.clone())),
            _ => None,
        });
        let plain = || message.body_text(0).map(|text| (MediaType::Plain, text));
        let mut others = 0usize;
        match html.or_else(plain).filter(|(_, text)| !text.trim().is_empty()) {
            Some((media, text)) => self.out.inputs.push(Input {
                origin: source.origin.clone(),
                charset: Some("utf-8".to_owned()),
                sha256: crate::canonical::sha256(&source.bytes),
                name: given.id.clone().unwrap_or_else(|| source.name.clone()),
                given,
                retrieved: source.retrieved,
                ..Input::new(&source.name, media, text.into_owned().into_bytes())
            }),
            None if message.attachment_count() == 0 => self.fail(IngestError::Empty { origin: source.origin.clone() }),
            None => {}
        }
        for (i, part) in message.attachments().enumerate() {
            if !self.one_more(&source.origin) {
                break;
            }
            let name = label(part.attachment_name().unwrap_or("part"));
            let at = format!("{}#{} {name}", source.origin, i + 1);
            let (bytes, media) = match &part.body {
                PartType::Message(inner) => (inner.raw_message(), Some("message/rfc822".to_owned())),
                _ => (part.contents(), media(part)),
            };
            // Others are inline pictures, signatures, calendar entries.
            let message = matches!(part.body, PartType::Message(_));
            if !message && by_name(&name).is_none() && media.as_deref() != Some("application/pdf") {
                others += 1;
                continue;
            }
            let length = bytes.len() as u64;
            if length > self.left {
                self.refuse_for(&at, "R116", &format!("more than {} bytes", self.options.limits.unpacked));
                continue;
            }
            self.left -= length;
            self.open(Source { origin: at, name, bytes: bytes.to_vec(), media, ..Source::default() }, depth + 1);
        }
        if others > 0 {
            self.refuse_for(&source.origin, "R114", &format!("{others} attachments"));
        }
    }

    /// A page saved as one file: its first HTML part, under its address.
    pub(super) fn mhtml(&mut self, source: &Source) {
        let Some(message) = MessageParser::default().parse(source.bytes.as_slice()) else {
            return self.refuse(&source.origin, "R118");
        };
        let location = |part: &MessagePart<'_>| part.content_location().map(str::to_owned);
        let saved = message.header_raw("Snapshot-Content-Location").map(|url| url.trim().to_owned());
        let page = message.parts.iter().find_map(|part| match &part.body {
            PartType::Html(text) => Some((location(part), text)),
            _ => None,
        });
        let Some((at, text)) = page else {
            return self.fail(IngestError::NoArticle { origin: source.origin.clone() });
        };
        let url = saved.or(at).filter(|url| url.starts_with("http"));
        self.out.inputs.push(Input {
            origin: source.origin.clone(),
            charset: Some("utf-8".to_owned()),
            sha256: crate::canonical::sha256(&source.bytes),
            given: Given { url: source.given.url.clone().or(url), ..source.given.clone() },
            retrieved: source.retrieved,
            ..Input::new(&source.name, MediaType::Html, text.clone().into_owned().into_bytes())
        });
    }
}
