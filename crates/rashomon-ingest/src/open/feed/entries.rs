//! What are the entries of a feed, by its XML?

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::limits::DEEPEST;

/// What was read of an entry, or of the feed itself.
#[derive(Default)]
pub(super) struct Entry {
    pub(super) title: Option<String>,
    pub(super) link: Option<String>,
    pub(super) id: Option<String>,
    pub(super) published: Option<String>,
    /// `content:encoded`, Atom `content`.
    pub(super) content: Option<String>,
    /// `description`, Atom `summary`.
    pub(super) summary: Option<String>,
    /// `author`, `dc:creator`: each as written, elements and all.
    pub(super) authors: Vec<String>,
}

/// The field being read.
struct Field {
    /// Its element's name.
    name: String,
    depth: usize,
    text: String,
    /// Where its inside begins.
    from: usize,
    /// Whether elements are in it: then it is a piece of HTML, as written.
    nested: bool,
}

/// A feed as far as it is read.
#[derive(Default)]
pub(super) struct Read {
    /// What stands before the entries.
    pub(super) head: Entry,
    /// The entries.
    pub(super) entries: Vec<Entry>,
    /// Where reading had to stop, and why.
    pub(super) broken: Option<String>,
    /// The entry that is open, and its depth.
    inside: Option<(Entry, usize)>,
    field: Option<Field>,
    depth: usize,
}

/// Reads a feed as far as it goes.
pub(super) fn entries(text: &str) -> Read {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut read = Read::default();
    while read.broken.is_none() {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => event,
            Err(error) => {
                read.broken = Some(format!("not XML from byte {before} on: {error}"));
                break;
            }
        };
        let after = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match event {
            Event::Start(tag) => {
                read.depth += 1;
                if read.depth > DEEPEST {
                    read.broken = Some(format!("nested more than {DEEPEST} deep at byte {before}"));
                } else {
                    read.open(&tag, after);
                }
            }
            Event::Empty(tag) => match &mut read.field {
                Some(field) => field.nested = true,
                None => link(read.entry(), &element(&tag), &tag),
            },
            Event::End(_) => read.close(text, before),
            Event::Text(piece) => read.say(&piece),
            Event::CData(piece) => read.say(&piece),
            Event::GeneralRef(reference) => read.say(&character(&reference)),
            _ => {}
        }
    }
    let last = read.inside.take();
    read.entries.extend(last.map(|(entry, _)| entry));
    read
}

impl Read {
    /// The entry that is open, else the feed itself.
    fn entry(&mut self) -> &mut Entry {
        self.inside.as_mut().map_or(&mut self.head, |(entry, _)| entry)
    }

    /// An element opens; its inside begins at `from`.
    fn open(&mut self, tag: &BytesStart<'_>, from: usize) {
        let name = element(tag);
        if let Some(field) = &mut self.field {
            field.nested = true;
        } else if self.inside.is_none() && matches!(name.as_str(), "item" | "entry") {
            self.inside = Some((Entry::default(), self.depth));
        } else if self.inside.as_ref().is_none_or(|(_, at)| self.depth == at + 1) {
            link(self.entry(), &name, tag);
            // Elements around the entries are no fields.
            if !matches!(name.as_str(), "rss" | "channel" | "feed" | "rdf:rdf" | "image") {
                self.field = Some(Field { name, depth: self.depth, text: String::new(), from, nested: false });
            }
        }
    }

    /// An element closes; its inside ends at `to`.
    fn close(&mut self, text: &str, to: usize) {
        if let Some(field) = self.field.take_if(|field| field.depth == self.depth) {
            let value = if field.nested { text.get(field.from..to).unwrap_or("").to_owned() } else { field.text };
            set(self.entry(), &field.name, value);
        } else if let Some((entry, _)) = self.inside.take_if(|(_, at)| *at == self.depth) {
            self.entries.push(entry);
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// Text of the field being read.
    fn say(&mut self, text: &str) {
        if let Some(field) = &mut self.field {
            field.text.push_str(text);
        }
    }
}

/// Name of an element with its usual prefix, lower case.
pub(crate) fn element(tag: &BytesStart<'_>) -> String {
    AsRef::<str>::as_ref(&tag.name()).to_ascii_lowercase()
}

/// What a reference stands for; names that only HTML knows stay as they are.
pub(crate) fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = reference;
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

/// Atom names addresses in attributes.
fn link(entry: &mut Entry, name: &str, tag: &BytesStart<'_>) {
    if name != "link" && name != "atom:link" {
        return;
    }
    let attribute = |wanted: &str| {
        let found = tag.try_get_attribute(wanted).ok().flatten()?;
        found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
    };
    let alternate = attribute("rel").is_none_or(|rel| rel == "alternate");
    if let Some(url) = attribute("href").filter(|_| alternate) {
        entry.link.get_or_insert(url);
    }
}

/// Keeps a field; the first of its kind counts, dates of publication go before dates of change.
fn set(entry: &mut Entry, name: &str, value: String) {
    let value = value.trim().to_owned();
    if value.is_empty() {
        return;
    }
    let slot = match name {
        "title" => &mut entry.title,
        "link" => &mut entry.link,
        "guid" | "id" => &mut entry.id,
        "pubdate" | "published" | "dc:date" | "issued" => {
            entry.published = Some(value);
            return;
        }
        "author" | "dc:creator" => {
            entry.authors.push(value);
            return;
        }
        "updated" | "modified" => &mut entry.published,
        "content" | "content:encoded" => &mut entry.content,
        "description" | "summary" => &mut entry.summary,
        _ => return,
    };
    slot.get_or_insert(value);
}
