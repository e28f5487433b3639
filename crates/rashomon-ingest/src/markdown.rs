//! What is the article in a Markdown file?
//!
//! CommonMark by pulldown-cmark, flattened to blocks: the first heading is the headline, pictures give captions, list items
//! and table rows are list blocks, links keep their words only. YAML or TOML front matter gives title, author, date, address,
//! publisher and language. Then the same steps as for plain text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use rashomon_model::document::BlockKind;

use crate::draft::{Dated, Draft};
use crate::plain::{self, Bare};
use crate::{stamp, words};

/// The article of a Markdown text.
pub(crate) fn draft(text: &str) -> Draft {
    let mut draft = Draft::default();
    let text = front_matter(text, &mut draft);
    let pieces = blocks(text);
    plain::shape(pieces, &mut draft);
    draft
}

/// Reads simple `key: value` or `key = "value"` lines between `---` or `+++` marks at the top; gives the rest.
fn front_matter<'a>(text: &'a str, draft: &mut Draft) -> &'a str {
    let text = text.trim_start();
    for mark in ["---", "+++"] {
        let Some(rest) = text.strip_prefix(mark).and_then(|rest| rest.strip_prefix('\n')) else {
            continue;
        };
        let Some(end) = rest.find(&format!("\n{mark}")) else {
            continue;
        };
        for line in rest.get(..end).unwrap_or("").lines() {
            let Some((key, value)) = line.split_once([':', '=']) else {
                continue;
            };
            let value = words::squeeze(value.trim().trim_matches(['"', '\'']));
            if value.is_empty() {
                continue;
            }
            match key.trim().to_ascii_lowercase().as_str() {
                "title" | "headline" => draft.title = Some(value),
                "author" | "byline" => draft.byline = Some(value),
                "publisher" | "site" | "outlet" => draft.publisher = Some(value),
                "url" | "link" | "canonical" | "source_url" => draft.url = Some(value),
                "lang" | "language" => draft.language = Some(value),
                "date" | "published" => {
                    if let Some(date) = stamp::metadata(&value) {
                        draft
                            .dates
                            .push(Dated::Metadata(stamp::Stamp { date, updated: false }, "front matter".to_owned()));
                    }
                }
                _ => {}
            }
        }
        return rest.get(end + 1 + mark.len()..).unwrap_or("");
    }
    text
}

/// Blocks of a Markdown text.
fn blocks(text: &str) -> Vec<Bare> {
    let mut found: Vec<Bare> = Vec::new();
    let mut buffer = String::new();
    let (mut headed, mut lists, mut picture) = (false, 0usize, None::<String>);
    let mut flush = |buffer: &mut String, kind: Option<BlockKind>| {
        let text = words::squeeze(buffer);
        buffer.clear();
        if !text.is_empty() {
            found.push((text, kind, true));
        }
    };
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        let inside = (lists > 0).then_some(BlockKind::List);
        match event {
            Event::Start(Tag::Image { .. }) => picture = Some(String::new()),
            Event::End(TagEnd::Image) => {
                let alt = picture.take().unwrap_or_default();
                if words::count(&alt) >= 3 {
                    flush(&mut buffer, inside);
                    buffer.push_str(&alt);
                    flush(&mut buffer, Some(BlockKind::Caption));
                }
            }
            Event::Text(words) | Event::Code(words) => match &mut picture {
                Some(alt) => alt.push_str(&words),
                None => buffer.push_str(&words),
            },
            Event::SoftBreak => buffer.push(' '),
            Event::HardBreak => flush(&mut buffer, inside),
            Event::Start(Tag::List(_)) => {
                flush(&mut buffer, inside);
                lists += 1;
            }
            Event::End(TagEnd::List(_)) => {
                flush(&mut buffer, inside);
                lists = lists.saturating_sub(1);
            }
            Event::Start(Tag::Item) => flush(&mut buffer, inside),
            Event::End(TagEnd::Heading(_)) => {
                let kind = if headed { None } else { Some(BlockKind::Headline) };
                headed |= !words::squeeze(&buffer).is_empty();
                flush(&mut buffer, kind);
            }
            Event::End(TagEnd::TableCell) => buffer.push_str(" | "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                let row = buffer.trim_end_matches([' ', '|']).to_owned();
                buffer = row;
                flush(&mut buffer, Some(BlockKind::List));
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock) => flush(&mut buffer, inside),
            Event::Rule | Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_)) => {
                flush(&mut buffer, inside)
            }
            _ => {}
        }
    }
    flush(&mut buffer, None);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flattens() {
        let text = "---\ntitle: Ignored\ndate: 2032-03-04\n---\n# Shells hit Talen\n\nTwo *people* died, [police](https://x.example) said.\n\n- one\n- two\n";
        let read = draft(text);
        let shown: Vec<_> = read.pieces.iter().map(|p| (p.kind.unwrap().name(), p.text.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("headline", "Shells hit Talen"),
                ("paragraph", "Two people died, police said."),
                ("list", "one"),
                ("list", "two")
            ]
        );
        assert_eq!(read.dates.len(), 1);
    }
}
