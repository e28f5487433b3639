//! Which reports does this feed carry? RSS 0.9x, 1.0 and 2.0, and Atom.
//!
//! An entry with a text is an article; its address is kept as a [`Link`] as well, because feeds often carry the first lines
//! only. Sources: RSS 2.0 (rssboard.org), RDF Site Summary 1.0, RFC 4287.

mod entries;

use super::{Link, Opened, Options};
use crate::canonical::sha256;
use crate::decode::{declared, decode};
use crate::read::{Given, IngestError, Input, MediaType};
use entries::{Read, entries};
pub(crate) use entries::{character, element};

/// Entries of a feed.
pub(super) fn feed(
    bytes: &[u8],
    origin: &str,
    charset: Option<&str>,
    options: &Options,
) -> Result<Opened, IngestError> {
    let named = charset.map(str::to_owned).or_else(|| declared(bytes));
    let text = decode(bytes, named.as_deref()).map_err(|why| IngestError::not_text(origin, why))?.text;
    let Read { head, entries, broken, .. } = entries(&text);
    let mut out = Opened::default();
    let more = entries.len() > options.limits.entries;
    let publisher = head.title.map(|title| crate::words::squeeze(&plain(&title)));
    for (i, entry) in entries.into_iter().take(options.limits.entries).enumerate() {
        let at = format!("{origin}#{}", i + 1);
        let url = entry.link.or_else(|| entry.id.clone().filter(|id| id.starts_with("http")));
        let title = entry.title.map(|title| crate::words::squeeze(&plain(&title)));
        if let Some(url) = url.clone().filter(|url| url.starts_with("http")) {
            out.links.push(Link { origin: at.clone(), url, title: title.clone() });
        }
        let Some(html) = entry.content.or(entry.summary).filter(|text| !plain(text).trim().is_empty()) else {
            if url.is_none() {
                out.refusals.push(IngestError::NoText { origin: at }.into());
            }
            continue;
        };
        let media = if html.contains('<') || html.contains('&') { MediaType::Html } else { MediaType::Plain };
        let byline = byline(&entry.authors);
        let given =
            Given { id: entry.id, title, url, publisher: publisher.clone(), published: entry.published, byline };
        out.inputs.push(Input {
            name: given.id.clone().or_else(|| given.url.clone()).unwrap_or_else(|| origin.to_owned()),
            origin: at,
            sha256: sha256(html.as_bytes()),
            charset: Some("utf-8".to_owned()),
            given,
            ..Input::new("entry", media, html.into_bytes())
        });
    }
    if more {
        let reason = format!("more than {} entries; the rest was not read", options.limits.entries);
        out.refusals.push(IngestError::BadTable { origin: origin.to_owned(), reason }.into());
    }
    if let Some(reason) = broken {
        let refusal = IngestError::BadTable { origin: origin.to_owned(), reason };
        out.refusals.push(refusal.into());
    } else if out.inputs.is_empty() && out.links.is_empty() && out.refusals.is_empty() {
        return Err(IngestError::NoArticles { origin: origin.to_owned() });
    }
    Ok(out)
}

/// Most authors read of one entry.
const AUTHORS: usize = 100;

/// The authors of an entry, by their names: RSS writes an address and the name in brackets, Atom an element with a name.
fn byline(authors: &[String]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for author in authors.iter().take(AUTHORS) {
        let inner = author.split_once("<name>").and_then(|(_, rest)| Some(rest.split_once("</name>")?.0));
        let name = crate::words::squeeze(&plain(inner.unwrap_or(author)));
        let name = match name.split_once(" (") {
            Some((address, name)) if address.contains('@') => name.trim_end_matches(')').to_owned(),
            _ => name,
        };
        if !name.is_empty() && !name.contains('@') && !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// Words of a piece of HTML.
fn plain(html: &str) -> String {
    if html.contains(['<', '&']) {
        scraper::Html::parse_fragment(&crate::html::safe(html)).root_element().text().collect()
    } else {
        html.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Opened {
        feed(text.as_bytes(), "f.xml", None, &Options::default()).unwrap()
    }

    #[test]
    fn reads_rss() {
        let out = read(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Talen &amp; Post</title><link>https://x.example</link>\
             <image><title>Logo</title></image>\
             <item><title>Shells &lt;b&gt;hit&lt;/b&gt; Talen</title><link>https://x.example/1</link><pubDate>Thu, 04 Mar 2032 09:28:00 GMT</pubDate>\
             <description>Short.</description><content:encoded><![CDATA[<p>Shells hit <b>Talen</b>.</p>]]></content:encoded></item>\
             <item><title>Only a link</title><link>https://x.example/2</link></item><item><title>Nothing</title></item></channel></rss>",
        );
        let first = &out.inputs[0];
        assert_eq!(first.bytes, b"<p>Shells hit <b>Talen</b>.</p>");
        assert_eq!(first.given.title.as_deref(), Some("Shells hit Talen"));
        assert_eq!(first.given.publisher.as_deref(), Some("Talen & Post"));
        assert_eq!(first.given.published.as_deref(), Some("Thu, 04 Mar 2032 09:28:00 GMT"));
        assert_eq!((out.inputs.len(), out.links.len(), out.refusals.len()), (1, 2, 1));
    }

    #[test]
    fn reads_atom_and_stops_at_damage() {
        let out = read(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><title>A</title><link rel='self' href='no'/>\
             <link href='https://x.example/a'/><id>urn:1</id><updated>2032-03-05T00:00:00Z</updated><published>2032-03-04T00:00:00Z</published>\
             <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Shells hit Talen.</p></div></content></entry>\
             <entry><title>B</title><summary>Two died in Talen.</summary></entry><entry><title>C</title><summary>x <!-- ",
        );
        assert!(String::from_utf8_lossy(&out.inputs[0].bytes).contains("<p>Shells hit Talen.</p>"));
        assert_eq!(out.inputs[0].given.url.as_deref(), Some("https://x.example/a"));
        assert_eq!(out.inputs[0].given.published.as_deref(), Some("2032-03-04T00:00:00Z"));
        assert_eq!(out.inputs[1].bytes, b"Two died in Talen.");
        assert!(out.refusals.iter().any(|r| r.message.contains("not XML")), "{:?}", out.refusals);
        assert!(
            feed("<a>".repeat(2000).as_bytes(), "f", None, &Options::default()).unwrap().refusals[0]
                .message
                .contains("nested")
        );
    }
}
