//! What does this message say, and what is attached? E-mail, and pages saved as one file (MHTML).

mod part;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::{Desk, MediaType, Source, by_name, label, live, mailbox};
use crate::decode::{self, NotText};
use crate::read::{Given, IngestError, Input};
use part::{bodies, content, media, written};

/// Who sent it: the name, else the address.
fn sender(message: &Message<'_>) -> Option<String> {
    let from = message.from()?.first()?;
    from.name.as_deref().or(from.address.as_deref()).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

impl Desk<'_> {
    /// A message: its text, the messages in it, and the attachments that are read.
    pub(super) fn mail(&mut self, source: &Source, depth: u32) {
        let raw = mailbox::unmarked(&source.bytes);
        let Some(message) = self.parsed(&source.origin, &raw) else { return };
        let before = (self.out.inputs.len(), self.out.links.len(), self.out.refusals.len());
        let given = Given {
            id: message.message_id().map(|id| id.trim_matches(['<', '>']).to_owned()),
            title: message.subject().map(str::to_owned),
            publisher: sender(&message),
            published: message.date().map(mail_parser::DateTime::to_rfc3339),
            url: None,
            byline: None,
        };
        let bodies = bodies(&message);
        if let Some((media, text)) = self.text(&source.origin, &raw, &message, &bodies) {
            self.out.inputs.push(Input {
                origin: source.origin.clone(),
                charset: Some("utf-8".to_owned()),
                sha256: crate::canonical::sha256(&source.bytes),
                name: given.id.clone().unwrap_or_else(|| source.name.clone()),
                given,
                retrieved: source.retrieved,
                ..Input::new(&source.name, media, text.into_bytes())
            });
        }
        self.attached(source, &raw, &message, &bodies, depth);
        let silent = before.0 == self.out.inputs.len()
            && before.1 == self.out.links.len()
            && self.out.refusals.iter().skip(before.2).all(|refusal| !refusal.left_out());
        if silent {
            let origin = source.origin.clone();
            let empty = message.attachment_count() == 0;
            self.fail(if empty { IngestError::Empty { origin } } else { IngestError::NoArticle { origin } });
        }
    }

    /// The parts of a message; refused where there are too many. The parser sets memory aside for each that is coded, as much as all
    /// that follows could need.
    fn parsed<'x>(&mut self, origin: &str, raw: &'x [u8]) -> Option<Message<'x>> {
        let field = b"content-transfer-encoding";
        let coded = |line: &&[u8]| line.get(..field.len()).is_some_and(|name| name.eq_ignore_ascii_case(field));
        if raw.split(|b| *b == b'\n').filter(coded).count() > self.options.limits.entries {
            self.refuse_for(origin, "R116", &format!("more than {} parts", self.options.limits.entries));
            return None;
        }
        let message = MessageParser::default().parse(raw);
        if message.is_none() {
            self.refuse(origin, "R118");
        }
        message
    }

    /// The text of a message: all its bodies one after the other, as a page if one of them is a page.
    fn text(&mut self, origin: &str, raw: &[u8], message: &Message<'_>, ids: &[u32]) -> Option<(MediaType, String)> {
        let mut texts = Vec::new();
        let mut length = 0u64;
        for part in ids.iter().filter_map(|id| message.part(*id)) {
            let media = written(part)?;
            let (bytes, charset) = content(raw, part);
            length += bytes.len() as u64;
            if length > self.options.limits.document {
                self.too_large(origin, length);
                return None;
            }
            let declared = || (media == MediaType::Html).then(|| decode::declared(&bytes)).flatten();
            match decode::decode(&bytes, charset.or_else(declared).as_deref()) {
                Ok(decoded) => texts.push((media, decoded.text)),
                Err(NotText::Empty) => {}
                Err(why) => self.fail(IngestError::not_text(origin, why)),
            }
        }
        let page = texts.iter().any(|(media, _)| *media == MediaType::Html);
        let all: Vec<String> = texts
            .into_iter()
            .map(|(media, text)| {
                if page && media == MediaType::Plain {
                    text.split("\n\n").map(|lines| format!("<p>{}</p>\n", live::escaped(lines))).collect()
                } else {
                    text
                }
            })
            .collect();
        let media = if page { MediaType::Html } else { MediaType::Plain };
        (!all.is_empty()).then(|| (media, all.join("\n\n")))
    }

    /// What is attached to a message, but for the parts that are its text.
    fn attached(&mut self, source: &Source, raw: &[u8], message: &Message<'_>, bodies: &[u32], depth: u32) {
        let mut others = 0usize;
        for (i, id) in message.attachments.iter().enumerate() {
            let Some(part) = message.part(*id).filter(|_| bodies.binary_search(id).is_err()) else { continue };
            if !self.one_more(&source.origin) {
                break;
            }
            let name = label(part.attachment_name().unwrap_or("part"));
            let at = format!("{}#{} {name}", source.origin, i + 1);
            let (bytes, charset, media) = match &part.body {
                PartType::Message(inner) => (inner.raw_message().into(), None, Some("message/rfc822".to_owned())),
                _ => {
                    let (bytes, charset) = content(raw, part);
                    (bytes, charset, media(part))
                }
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
            let bytes = bytes.into_owned();
            self.open(Source { origin: at, name, bytes, media, charset, ..Source::default() }, depth + 1);
        }
        if others > 0 {
            self.refuse_for(&source.origin, "R114", &format!("{others} attachments"));
        }
    }

    /// A page saved as one file: its first HTML part, under its address.
    pub(super) fn mhtml(&mut self, source: &Source) {
        let Some(message) = self.parsed(&source.origin, &source.bytes) else { return };
        let location = |part: &MessagePart<'_>| part.content_location().map(str::to_owned);
        let saved = message.header_raw("Snapshot-Content-Location").map(|url| url.trim().to_owned());
        let Some(page) = message.parts.iter().find(|part| written(part) == Some(MediaType::Html)) else {
            return self.fail(IngestError::NoArticle { origin: source.origin.clone() });
        };
        let (bytes, charset) = content(&source.bytes, page);
        if bytes.len() as u64 > self.options.limits.document {
            return self.too_large(&source.origin, bytes.len() as u64);
        }
        let url = saved.or_else(|| location(page)).filter(|url| url.starts_with("http"));
        self.out.inputs.push(Input {
            origin: source.origin.clone(),
            charset,
            sha256: crate::canonical::sha256(&source.bytes),
            given: Given { url: source.given.url.clone().or(url), ..source.given.clone() },
            retrieved: source.retrieved,
            ..Input::new(&source.name, MediaType::Html, bytes.into_owned())
        });
    }
}
