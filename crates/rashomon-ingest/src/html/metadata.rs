//! What does the page say of itself? Structured data first, then `meta` elements and links.

use std::collections::BTreeMap;

use rashomon_model::date::Date;
use scraper::{Html, Selector};

use super::json_ld;
use super::live::Entry;
use super::site::{host, same_site};
use super::title::{without_names, without_site};
use crate::{stamp, words};

/// What a page says of itself; later sources fill only what earlier ones left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    /// Address of the page: its canonical link, else its `og:url`, unless that leads to another site; else as given.
    pub(super) address: Option<String>,
    /// Publication date and the field it stands in.
    pub(super) published: Option<(Date, String)>,
    pub(super) modified: Option<String>,
    pub(super) published_raw: Option<String>,
    /// Outlets credited, with the kind in words.
    pub(super) credits: Vec<(String, String)>,
    /// `articleBody` of the structured data.
    pub(super) body: Option<String>,
    pub(super) site_title: Option<String>,
    /// Whether the page says that it is not free to read.
    pub(super) paid: bool,
    /// Entries of a live blog.
    pub(super) entries: Vec<Entry>,
    /// Captions of a gallery's pictures.
    pub(super) captions: Vec<String>,
}

/// Characters of a page's description that are kept.
const DESCRIBED: usize = 2000;

/// Reads a page's metadata.
pub(super) fn read(html: &Html, structured: &[String], url: Option<&str>) -> Metadata {
    let mut found = Metadata::default();
    structured.iter().for_each(|text| json_ld::read(text, &mut found));
    metas(html, &mut found);
    let elsewhere = links(html, &mut found, url);
    // it is held against every block above the article
    found.description = found.description.take().map(|words| words.chars().take(DESCRIBED).collect());
    let home = found.address.as_deref().and_then(host);
    if let Some(title) = found.title.take() {
        let named = without_names(&title, found.publisher.as_deref(), home.as_deref());
        let of_page = found.site_title.as_deref() == Some(title.as_str());
        found.title = Some(if of_page && named == title { without_site(&title) } else { named });
    }
    found.publisher = found.publisher.take().or(home);
    found.credits.extend(elsewhere.map(|there| (there, "canonical link".to_owned())));
    found
}

/// Keeps the first value.
pub(super) fn fill(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value;
    }
}

/// Text of metadata: entities decoded (once, as pages double-encode them), tags dropped.
pub(super) fn clean(text: &str) -> String {
    if text.contains('&') || text.contains('<') {
        let fragment = Html::parse_fragment(&super::guard::guard(text).html);
        words::squeeze(&fragment.root_element().text().collect::<String>())
    } else {
        words::squeeze(text)
    }
}

/// Names of `meta` elements, as pages write them, first the better: of the title, the outlet, the author.
const TITLES: &[&str] =
    &["og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline"];
const PUBLISHERS: &[&str] = &[
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_publisher",
    "copyright",
    "twitter:app:name:iphone",
];
const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "og:article:author",
    "creator",
];
/// The same of the day of publication, and of the last change.
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.created",
    "citation_publication_date",
    "citation_date",
    "bepress_citation_date",
    "article:published",
    "cxenseparse:publishtime",
    "article.published",
    "published-date",
    "displaydate",
    "originalpublicationdate",
    "rnews:datepublished",
    "created",
    "timestamp",
    "cxenseparse:recs:publishtime",
    "og:pubdate",
    "og:published_time",
    "article_date_original",
    "datecreated",
];
const CHANGES: &[&str] =
    &["article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dcterms.modified"];

/// Most authors that are taken from `meta` elements of one name, and most bytes of each but the first.
const TOGETHER: (usize, usize) = (6, 200);

/// Contents of the page's `meta` elements by name: the first of each, of authors all.
fn fields(html: &Html) -> BTreeMap<String, Vec<String>> {
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let Ok(selector) = Selector::parse("meta[content]") else { return fields };
    for meta in html.select(&selector) {
        let attr = |key: &str| meta.value().attr(key);
        let key = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(attr);
        let content = key.map(|_| clean(attr("content").unwrap_or("")));
        if let Some((key, content)) = key.zip(content.filter(|content| !content.is_empty())) {
            // "DC:date", "dcterms:created"
            let key = key.trim().to_ascii_lowercase();
            let plain =
                ["dc:", "dcterms:"].iter().find_map(|begin| Some(begin.replace(':', ".") + key.strip_prefix(begin)?));
            let key = plain.unwrap_or(key);
            let author = AUTHORS.contains(&key.as_str());
            if author && (content.contains("://") || content.starts_with('@')) {
                continue;
            }
            let known: &mut Vec<String> = fields.entry(key).or_default();
            let open = known.len() < TOGETHER.0 && content.len() <= TOGETHER.1 && !known.contains(&content);
            if known.is_empty() || author && open {
                known.push(content);
            }
        }
    }
    fields
}

/// `meta` elements, `html lang`, `title`.
fn metas(html: &Html, found: &mut Metadata) {
    let fields = fields(html);
    let get = |keys: &[&str]| keys.iter().find_map(|key| fields.get(*key)?.first().cloned());
    let authors = || AUTHORS.iter().find_map(|key| Some(fields.get(*key)?.join(", ")));
    let title = element_text(html, "title");
    found.site_title.clone_from(&title);
    fill(&mut found.title, get(TITLES).or(title));
    found.publisher = get(&["og:site_name"]).or(found.publisher.take()).or_else(|| get(PUBLISHERS));
    fill(&mut found.description, get(&["og:description", "description", "twitter:description", "dc.description"]));
    fill(&mut found.author, authors());
    if found.published.is_none() {
        let dated = |key: &&str| {
            let text = fields.get(*key)?.first()?;
            Some((stamp::metadata(text)?, format!("meta {key}"), text.clone()))
        };
        if let Some((date, field, raw)) = DATES.iter().find_map(dated) {
            found.published = Some((date, field));
            fill(&mut found.published_raw, Some(raw));
        }
    }
    fill(&mut found.modified, get(CHANGES));
    for key in ["syndication-source", "original-source"] {
        if let Some(source) = fields.get(key).and_then(|values| values.first()) {
            found.credits.push((host(source).unwrap_or_else(|| source.clone()), key.replace('-', " ")));
        }
    }
    let lang = Selector::parse("html[lang]").ok();
    let lang = lang.and_then(|lang| html.select(&lang).next()?.value().attr("lang").map(str::to_owned));
    let lang = lang.filter(|lang| !lang.trim().is_empty());
    let lang = lang.or_else(|| get(&["og:locale", "content-language", "language", "dc.language"]));
    found.language = lang.or(found.language.take());
}

/// The page's address. Gives the host of a canonical link that leads to another site: a reprint is no version of its origin, it
/// keeps its own address and credits that of the link.
fn links(html: &Html, found: &mut Metadata, url: Option<&str>) -> Option<String> {
    let selector = Selector::parse("link[rel][href], meta[property='og:url'][content]").ok()?;
    let (mut canonical, mut own) = (None, None);
    for link in html.select(&selector) {
        let attr = |key: &str| link.value().attr(key).unwrap_or("");
        if attr("rel").eq_ignore_ascii_case("canonical") && attr("href").contains("://") && canonical.is_none() {
            canonical = Some(attr("href").trim().to_owned());
        } else if !attr("content").is_empty() && attr("content").contains("://") {
            own = Some(attr("content").trim().to_owned());
        }
    }
    let named = canonical.or(own);
    let elsewhere = named.as_deref().and_then(host).zip(url.and_then(host));
    let elsewhere = elsewhere.filter(|(there, here)| !same_site(there, here)).map(|(there, _)| there);
    found.address = named.filter(|_| elsewhere.is_none()).or_else(|| url.map(str::to_owned));
    elsewhere
}

/// Text of the first element of this name.
fn element_text(html: &Html, name: &str) -> Option<String> {
    let selector = Selector::parse(name).ok()?;
    html.select(&selector).map(|e| words::squeeze(&e.text().collect::<String>())).find(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_structured_data_first() {
        let html = Html::parse_document(
            "<html lang='en-GB'><head><title>Shells hit Talen market | Talen Post</title><meta property='og:site_name' content='Talen Post'>\
             <meta name='author' content='Desk'><link rel='canonical' href='https://wire.example/a'></head>",
        );
        let structured = [r#"{"@graph":[{"@type":"NewsArticle","headline":"Shells hit Talen","datePublished":"2032-03-04T09:00:00Z","author":[{"name":"A. Writer"},{"name":"B. Writer"}]}]}"#.to_owned()];
        let read = read(&html, &structured, Some("https://www.talenpost.example/b"));
        assert_eq!(read.title.as_deref(), Some("Shells hit Talen"));
        assert_eq!(read.author.as_deref(), Some("A. Writer, B. Writer"));
        assert_eq!(read.publisher.as_deref(), Some("Talen Post"));
        assert_eq!(read.published.unwrap().0.to_string(), "2032-03-04");
        assert_eq!(read.credits, [("wire.example".to_owned(), "canonical link".to_owned())]);
        assert_eq!(read.address.as_deref(), Some("https://www.talenpost.example/b"), "a reprint is at its own address");
    }

    #[test]
    fn a_reprint_without_a_name_is_of_its_own_outlet() {
        let html = Html::parse_document("<html><head><link rel='canonical' href='https://wire.example/a'></head>");
        let of = |url| read(&html, &[], url);
        let reprint = of(Some("https://talenpost.example/b"));
        assert_eq!(reprint.publisher.as_deref(), Some("talenpost.example"));
        let own = of(Some("https://m.wire.example/a?amp=1"));
        assert_eq!((own.address.as_deref(), own.credits.len()), (Some("https://wire.example/a"), 0));
        assert_eq!(of(None).address.as_deref(), Some("https://wire.example/a"), "nothing says that it is not there");
    }
}
