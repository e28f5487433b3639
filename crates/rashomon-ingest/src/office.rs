//! What is the article in this word-processor document? DOCX and ODT.
//!
//! Both are XML in a ZIP archive. Paragraphs, headings, list items and table rows become blocks; text that was deleted with
//! changes tracked, notes, comments, headers and footers are not the article. Sources: ECMA-376 part 1, OASIS OpenDocument 1.3.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use rashomon_model::document::BlockKind;
use zip::ZipArchive;

use crate::draft::Draft;
use crate::limits::{DEEPEST, Limits, unpack};
use crate::open::{character, element};
use crate::plain::{self, Bare};
use crate::words;

/// Elements whose words are not the article's, with all they hold.
const SILENT: &[&str] = &[
    "w:del",
    "w:movefrom",
    "w:instrtext",
    "w:deltext",
    "mc:fallback",
    "w:comment",
    "w:footnote",
    "w:endnote",
    "text:note",
    "office:annotation",
    "text:tracked-changes",
    "text:table-of-content",
    "text:sequence-decls",
];

/// The article of a DOCX or ODT file.
///
/// # Errors
/// What is wrong with the file, in a few words.
pub(crate) fn draft(bytes: &[u8]) -> Result<Draft, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let word = word(&mut archive);
    let (body, meta) = word.as_deref().map_or(("content.xml", "meta.xml"), |main| (main, "docProps/core.xml"));
    let text = part(&mut archive, body)?;
    let mut draft = Draft::default();
    if let Ok(meta) = part(&mut archive, meta) {
        for (name, value) in simple(&meta) {
            match name.as_str() {
                "dc:title" => draft.title = Some(value),
                "dc:language" => draft.language = Some(value),
                _ => {}
            }
        }
    }
    let title = draft.title.take();
    let pieces = blocks(&text)?;
    plain::shape(pieces, &mut draft);
    draft.title = draft.title.take().or(title);
    Ok(draft)
}

/// Where a Word document keeps its text by custom, and where it says so if it keeps it elsewhere.
const MAIN: &str = "word/document.xml";
const RELATIONS: &str = "_rels/.rels";

/// The part that holds the text of a Word document; none where the archive is something else (ECMA-376 part 2, 6.5).
pub(crate) fn word(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Option<String> {
    if archive.index_for_name(MAIN).is_some() {
        return Some(MAIN.to_owned());
    }
    let mut xml = Vec::new();
    archive.by_name(RELATIONS).ok()?.take(64 << 10).read_to_end(&mut xml).ok()?;
    let xml = String::from_utf8_lossy(&xml);
    let mut reader = Reader::from_str(&xml);
    loop {
        let tag = match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if element(&tag) == "relationship" => tag,
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => continue,
        };
        let value = |name: &str| Some(tag.try_get_attribute(name).ok().flatten()?.value.into_owned());
        let kind = value("Type").unwrap_or_default();
        let target = value("Target").unwrap_or_default();
        let target = target.trim_start_matches('/');
        if kind.ends_with("/officeDocument") && target.starts_with("word/") && archive.index_for_name(target).is_some()
        {
            return Some(target.to_owned());
        }
    }
}

/// One part of the archive as text.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, String> {
    let mut entry = archive.by_name(name).map_err(|error| format!("{name}: {error}"))?;
    let packed = entry.compressed_size();
    // no more than it says of itself, which is what was counted against the caller's caps when the file was opened
    let limits = Limits { unpacked: entry.size(), ..Limits::default() };
    let bytes = unpack(&mut entry, packed, &limits).map_err(|error| format!("{name}: {error}"))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Bytes that the parts [`draft`] reads say they unpack to.
pub(crate) fn unpacked(bytes: &[u8]) -> u64 {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    let main = word(&mut archive).unwrap_or_else(|| MAIN.to_owned());
    [main.as_str(), "docProps/core.xml", "content.xml", "meta.xml"]
        .iter()
        .filter_map(|name| Some(archive.by_name(name).ok()?.size()))
        .fold(0, u64::saturating_add)
}

/// Elements that hold nothing but text, with it.
fn simple(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut open) = (Vec::new(), None);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => open = Some((element(&tag), String::new())),
            Ok(Event::Text(piece)) => {
                if let Some((_, text)) = &mut open {
                    text.push_str(&piece);
                }
            }
            Ok(Event::GeneralRef(reference)) => {
                if let Some((_, text)) = &mut open {
                    text.push_str(&character(&reference));
                }
            }
            Ok(Event::End(_)) => {
                if let Some((name, text)) = open.take()
                    && !text.trim().is_empty()
                {
                    found.push((name, words::squeeze(&text)));
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// The walk through the document.
#[derive(Default)]
struct Walk {
    pieces: Vec<Bare>,
    /// Paragraphs begun: text boxes nest them.
    paragraphs: Vec<(String, Option<BlockKind>)>,
    /// Cells of the table rows begun.
    rows: Vec<Vec<String>>,
    lists: usize,
}

impl Walk {
    fn push(&mut self, text: &str) {
        if let Some((open, _)) = self.paragraphs.last_mut() {
            open.push_str(text);
        }
    }

    /// Ends a paragraph: into the cell around it, or as a block.
    fn end(&mut self) {
        let Some((text, kind)) = self.paragraphs.pop() else { return };
        let text = words::squeeze(&text);
        if text.is_empty() {
            return;
        }
        match self.rows.last_mut().map(|row| row.last_mut()) {
            Some(Some(cell)) => {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&text);
            }
            Some(None) => {}
            None => self.pieces.push((text, kind, true)),
        }
    }

    /// Ends a table row: one list block, cells between bars.
    fn end_row(&mut self) {
        let cells = self.rows.pop().unwrap_or_default();
        let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        if cells.is_empty() {
            return;
        }
        // A cell of running text is a column of the page, not a figure.
        if cells.len() == 1 || cells.iter().any(|cell| words::count(cell) >= 40) {
            let outer = self.rows.last_mut().and_then(|row| row.last_mut());
            match outer {
                Some(cell) => cell.push_str(&cells.join(" ")),
                None => self.pieces.extend(cells.into_iter().map(|cell| (cell, None, true))),
            }
        } else {
            self.pieces.push((cells.join(" | "), Some(BlockKind::List), true));
        }
    }
}

/// Blocks of a document's body.
fn blocks(xml: &str) -> Result<Vec<Bare>, String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut walk = Walk::default();
    let (mut depth, mut silent) = (0usize, None::<usize>);
    let mut in_text = 0usize;
    let odt = is_odt(xml);
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|error| format!("not XML from byte {at} on: {error}"))? {
            Event::Eof => break,
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(format!("nested more than {DEEPEST} deep"));
                }
                let name = element(&tag);
                if silent.is_none() && SILENT.contains(&name.as_str()) {
                    silent = Some(depth);
                }
                if silent.is_some() {
                    continue;
                }
                match name.as_str() {
                    "w:p" | "text:p" => {
                        let kind = (walk.lists > 0).then_some(BlockKind::List);
                        walk.paragraphs.push((String::new(), kind));
                    }
                    "text:h" => walk.paragraphs.push((String::new(), None)),
                    "text:list-item" => walk.lists += 1,
                    "w:tr" | "table:table-row" => walk.rows.push(Vec::new()),
                    "w:tc" | "table:table-cell" => {
                        if let Some(row) = walk.rows.last_mut() {
                            row.push(String::new());
                        }
                    }
                    "w:t" => in_text += 1,
                    _ => {}
                }
            }
            Event::Empty(tag) if silent.is_none() => match element(&tag).as_str() {
                "w:tab" | "text:tab" | "text:s" | "w:br" | "w:cr" | "text:line-break" => walk.push(" "),
                "w:nobreakhyphen" => walk.push("-"),
                "w:ilvl" => {
                    if let Some((_, kind)) = walk.paragraphs.last_mut() {
                        kind.get_or_insert(BlockKind::List);
                    }
                }
                _ => {}
            },
            Event::End(tag) => {
                if silent == Some(depth) {
                    silent = None;
                } else if silent.is_none() {
                    let name: String = AsRef::<str>::as_ref(&tag.name()).to_ascii_lowercase();
                    match name.as_str() {
                        "w:p" | "text:p" | "text:h" => walk.end(),
                        "text:list-item" => walk.lists = walk.lists.saturating_sub(1),
                        "w:tr" | "table:table-row" => walk.end_row(),
                        "w:t" => in_text = in_text.saturating_sub(1),
                        _ => {}
                    }
                }
                depth = depth.saturating_sub(1);
            }
            // In DOCX white space between elements is layout of the file; in ODT all text is inside paragraphs.
            Event::Text(piece) if silent.is_none() && (in_text > 0 || odt) => walk.push(&piece),
            Event::GeneralRef(reference) if silent.is_none() => walk.push(&character(&reference)),
            _ => {}
        }
    }
    Ok(walk.pieces)
}

/// Whether the text is an ODT's.
fn is_odt(xml: &str) -> bool {
    let head = xml.as_bytes().get(..xml.len().min(2000)).unwrap_or_default();
    head.windows(15).any(|w| w == b"office:document")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(xml: &str) -> Vec<String> {
        blocks(xml)
            .unwrap()
            .into_iter()
            .map(|(text, kind, _)| kind.map_or(text.clone(), |kind| format!("{kind}: {text}")))
            .collect()
    }

    #[test]
    fn reads_word() {
        let xml = "<w:document><w:body><w:p><w:r><w:t>Shells hit </w:t></w:r><w:r><w:t xml:space='preserve'>Talen &amp; Hold</w:t></w:r></w:p>\n\
            <w:p><w:del><w:r><w:delText>three</w:delText></w:r></w:del><w:ins><w:r><w:t>Two</w:t></w:r></w:ins><w:r><w:tab/><w:t>died.</w:t></w:r></w:p>\
            <w:p><w:pPr><w:numPr><w:ilvl w:val='0'/></w:numPr></w:pPr><w:r><w:t>First</w:t></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Talen</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
        assert_eq!(texts(xml), ["Shells hit Talen & Hold", "Two died.", "list: First", "list: Talen | 2"]);
    }

    #[test]
    fn reads_open_document() {
        let xml = "<office:document-content><office:body><office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\
            <text:h>Shells hit<text:s/>Talen</text:h><text:p>Two died.<text:note><text:p>a note</text:p></text:note></text:p>\
            <text:list><text:list-item><text:p>First</text:p></text:list-item></text:list></office:text></office:body></office:document-content>";
        assert_eq!(texts(xml), ["Shells hit Talen", "Two died.", "list: First"]);
        assert!(blocks(&"<a>".repeat(1000)).is_err());
    }
}
