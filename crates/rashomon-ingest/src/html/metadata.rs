//! What does the page say of itself? JSON-LD, OpenGraph, `meta`, links.

use scraper::{Html, Selector};
use serde_json::Value;

use super::live::Entry;
use crate::{stamp, words};

/// What a page says of itself; later sources fill only what earlier ones left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) canonical: Option<String>,
    /// Publication date and the field it stands in.
    pub(super) published: Option<(rashomon_model::date::Date, String)>,
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

/// Types of structured data that describe an article.
const ARTICLES: &[&str] = &[
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "backgroundnewsarticle",
    "opinionnewsarticle",
    "reviewnewsarticle",
    "askpublicnewsarticle",
    "blogposting",
    "liveblogposting",
    "socialmediaposting",
    "report",
    "scholarlyarticle",
    "techarticle",
    "webpage",
    "advertisercontentarticle",
    "discussionforumposting",
    "imagegallery",
    "mediagallery",
];

/// Types among them whose pictures are what they tell.
const GALLERIES: &[&str] = &["imagegallery", "mediagallery"];

/// Most bytes of a title that is taken apart.
pub(super) const TITLE: usize = 1000;
/// Characters of a page's description that are kept.
const DESCRIBED: usize = 2000;

/// Reads a page's metadata.
pub(super) fn read(html: &Html, structured: &[String], url: Option<&str>) -> Metadata {
    let mut found = Metadata::default();
    for text in structured {
        let text = text
            .trim()
            .trim_start_matches("<![CDATA[")
            .trim_end_matches("]]>")
            .trim_start_matches("<!--")
            .trim_end_matches("-->");
        if let Ok(value) = serde_json::from_str::<Value>(text.trim().trim_end_matches(';')) {
            json_ld(&value, &mut found, 0);
        }
    }
    metas(html, &mut found);
    links(html, &mut found, url);
    // it is held against every block above the article
    found.description = found.description.take().map(|words| words.chars().take(DESCRIBED).collect());
    let home = found.canonical.as_deref().or(url).and_then(host);
    if let Some(title) = found.title.take() {
        let named = without_names(&title, found.publisher.as_deref(), home.as_deref());
        let of_page = found.site_title.as_deref() == Some(title.as_str());
        found.title = Some(if of_page && named == title { without_site(&title) } else { named });
    }
    found.publisher = found.publisher.take().or(home);
    if let (Some(canonical), Some(given)) = (found.canonical.as_deref(), url)
        && let (Some(there), Some(here)) = (host(canonical), host(given))
        && !same_site(&there, &here)
    {
        found.credits.push((there, "canonical link".to_owned()));
    }
    found
}

/// Walks structured data for articles.
fn json_ld(value: &Value, found: &mut Metadata, depth: usize) {
    if depth > 6 {
        return;
    }
    match value {
        Value::Array(list) => list.iter().take(MEMBERS).for_each(|item| json_ld(item, found, depth + 1)),
        Value::Object(map) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = map.get(key).filter(|inner| inner.is_array() || inner.is_object()) {
                    json_ld(inner, found, depth + 1);
                }
            }
            let types: Vec<String> = texts(map.get("@type")).collect();
            let is = |names: &[&str]| {
                types.iter().any(|t| names.contains(&t.rsplit('/').next().unwrap_or(t).to_ascii_lowercase().as_str()))
            };
            if is(&["website"]) && found.publisher.is_none() {
                found.publisher = one(map.get("name"));
            }
            if !is(ARTICLES) {
                return;
            }
            let page = is(&["webpage"]);
            fill(&mut found.title, one(map.get("headline")).or_else(|| one(map.get("name")).filter(|_| page)));
            fill(&mut found.description, one(map.get("description")));
            fill(&mut found.author, names(map.get("author")).or_else(|| names(map.get("creator"))));
            if let Some(name) = names(map.get("publisher")).filter(|_| !page) {
                found.publisher = Some(name);
            }
            fill(&mut found.language, one(map.get("inLanguage")));
            fill(&mut found.published_raw, one(map.get("datePublished")));
            if found.published.is_none()
                && let Some(date) = one(map.get("datePublished")).as_deref().and_then(stamp::metadata)
            {
                found.published = Some((date, "JSON-LD datePublished".to_owned()));
            }
            fill(&mut found.modified, one(map.get("dateModified")));
            fill(&mut found.body, map.get("articleBody").and_then(Value::as_str).map(str::to_owned));
            found.paid |= match map.get("isAccessibleForFree") {
                Some(Value::Bool(free)) => !free,
                Some(Value::String(free)) => free.eq_ignore_ascii_case("false"),
                _ => false,
            };
            if let Some(Value::Array(updates)) = map.get("liveBlogUpdate") {
                found.entries.extend(updates.iter().filter_map(|update| {
                    let body = update.get("articleBody").and_then(Value::as_str)?;
                    Some(Entry {
                        id: one(update.get("@id")).or_else(|| one(update.get("url"))),
                        published: one(update.get("datePublished")),
                        headline: one(update.get("headline")),
                        body: body.to_owned(),
                    })
                }));
            }
            if is(GALLERIES) {
                for key in ["associatedMedia", "image", "hasPart"] {
                    let pictures = match map.get(key) {
                        Some(Value::Array(list)) => list.as_slice(),
                        Some(one) => std::slice::from_ref(one),
                        None => &[],
                    };
                    let told =
                        |picture: &Value| one(picture.get("caption")).or_else(|| one(picture.get("description")));
                    found.captions.extend(pictures.iter().filter_map(told));
                }
            }
            for (key, how) in [
                ("isBasedOn", "based on"),
                ("sourceOrganization", "source organisation"),
                ("creditText", "credit line"),
                ("provider", "provider"),
            ] {
                if let Some(name) = names(map.get(key)).filter(|name| found.publisher.as_ref() != Some(name)) {
                    found.credits.push((name, how.to_owned()));
                }
            }
        }
        _ => {}
    }
}

/// Keeps the first value.
fn fill(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value;
    }
}

/// Text of a scalar or of the first of a list.
fn one(value: Option<&Value>) -> Option<String> {
    texts(value).next()
}

/// Most members of a list of structured data that are looked at.
const MEMBERS: usize = 200;

/// Texts of a scalar or list, entities decoded, white space squeezed, empty ones left out.
fn texts(value: Option<&Value>) -> impl Iterator<Item = String> {
    let raw: Vec<&str> = match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(list)) => list.iter().take(MEMBERS).filter_map(Value::as_str).collect(),
        Some(Value::Object(map)) => {
            map.get("name").or_else(|| map.get("@value")).and_then(Value::as_str).into_iter().collect()
        }
        _ => Vec::new(),
    };
    raw.into_iter().map(clean).filter(|text| !text.is_empty())
}

/// Names of a person, organisation, or list of them.
fn names(value: Option<&Value>) -> Option<String> {
    let list: Vec<String> = match value? {
        Value::Array(list) => list.iter().take(MEMBERS).flat_map(|item| texts(Some(item))).collect(),
        other => texts(Some(other)).collect(),
    };
    let mut kept: Vec<String> = Vec::new();
    for name in list {
        if !name.starts_with("http") && !kept.contains(&name) {
            kept.push(name);
        }
    }
    (!kept.is_empty()).then(|| kept.join(", "))
}

/// Text of metadata: entities decoded (once, as pages double-encode them), tags dropped.
fn clean(text: &str) -> String {
    if text.contains('&') || text.contains('<') {
        let fragment = Html::parse_fragment(&super::guard::guard(text).html);
        words::squeeze(&fragment.root_element().text().collect::<String>())
    } else {
        words::squeeze(text)
    }
}

/// `meta` elements, `html lang`, `title`.
fn metas(html: &Html, found: &mut Metadata) {
    let Ok(selector) = Selector::parse("meta[content]") else { return };
    let mut fields: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for meta in html.select(&selector) {
        let attr = |key: &str| meta.value().attr(key);
        if let Some(key) =
            attr("property").or_else(|| attr("name")).or_else(|| attr("itemprop")).or_else(|| attr("http-equiv"))
        {
            let content = clean(attr("content").unwrap_or(""));
            if !content.is_empty() {
                // "DC:date", "dcterms:created"
                let key = key.trim().to_ascii_lowercase();
                let plain = ["dc:", "dcterms:"]
                    .iter()
                    .find_map(|begin| Some(begin.replace(':', ".") + key.strip_prefix(begin)?));
                let key = plain.unwrap_or(key);
                fields.entry(key).or_insert(content);
            }
        }
    }
    let get = |keys: &[&str]| keys.iter().find_map(|key| fields.get(*key).cloned());
    let title = element_text(html, "title");
    found.site_title.clone_from(&title);
    fill(
        &mut found.title,
        get(&["og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline"]),
    );
    fill(&mut found.title, title);
    if let Some(site) = get(&["og:site_name"]) {
        found.publisher = Some(site);
    }
    fill(
        &mut found.publisher,
        get(&[
            "application-name",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
            "citation_publisher",
            "copyright",
            "twitter:app:name:iphone",
        ]),
    );
    fill(&mut found.description, get(&["og:description", "description", "twitter:description", "dc.description"]));
    let author = get(&[
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
    ]);
    fill(&mut found.author, author.filter(|name| !name.contains("://") && !name.starts_with('@')));
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
    if found.published.is_none() {
        for key in DATES {
            if let Some(date) = fields.get(*key).and_then(|text| stamp::metadata(text)) {
                found.published = Some((date, format!("meta {key}")));
                fill(&mut found.published_raw, fields.get(*key).cloned());
                break;
            }
        }
    }
    fill(
        &mut found.modified,
        get(&[
            "article:modified_time",
            "og:updated_time",
            "datemodified",
            "last-modified",
            "lastmod",
            "dcterms.modified",
        ]),
    );
    for key in ["syndication-source", "original-source"] {
        if let Some(source) = fields.get(key) {
            found.credits.push((host(source).unwrap_or_else(|| source.clone()), key.replace('-', " ")));
        }
    }
    let lang = Selector::parse("html[lang]")
        .ok()
        .and_then(|s| html.select(&s).next().and_then(|e| e.value().attr("lang").map(str::to_owned)));
    let lang = lang
        .filter(|l| !l.trim().is_empty())
        .or_else(|| get(&["og:locale", "content-language", "language", "dc.language"]));
    if lang.is_some() {
        found.language = lang;
    }
}

/// Canonical address and the page's own.
fn links(html: &Html, found: &mut Metadata, url: Option<&str>) {
    let Ok(selector) = Selector::parse("link[rel][href], meta[property='og:url'][content]") else { return };
    let mut own = None;
    for link in html.select(&selector) {
        let attr = |key: &str| link.value().attr(key).unwrap_or("");
        if attr("rel").eq_ignore_ascii_case("canonical") && attr("href").contains("://") && found.canonical.is_none() {
            found.canonical = Some(attr("href").trim().to_owned());
        } else if !attr("content").is_empty() && attr("content").contains("://") {
            own = Some(attr("content").trim().to_owned());
        }
    }
    if found.canonical.is_none() {
        found.canonical = own.or_else(|| url.map(str::to_owned));
    }
}

/// Text of the first element of this name.
pub(super) fn element_text(html: &Html, name: &str) -> Option<String> {
    let selector = Selector::parse(name).ok()?;
    html.select(&selector).map(|e| words::squeeze(&e.text().collect::<String>())).find(|text| !text.is_empty())
}

/// Signs between the parts of a page's title.
const MARKS: [&str; 7] = [" | ", " — ", " – ", " - ", " » ", " :: ", " « "];

/// The same, and one that is also a colon in some languages: for where the parts are known.
fn named_marks() -> impl Iterator<Item = &'static str> {
    MARKS.into_iter().chain([" : "])
}

/// The parts of a page's title: "Shells hit Talen | World | Talen Post".
pub(super) fn parts(title: &str) -> Vec<&str> {
    named_marks().fold(vec![title], |parts, mark| parts.iter().flat_map(|part| part.split(mark)).collect())
}

/// A title without the outlet's name before or behind it, known by what the page calls it or by the host's name.
fn without_names(title: &str, publisher: Option<&str>, host: Option<&str>) -> String {
    if title.len() > TITLE {
        return title.to_owned();
    }
    let plain =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let mut names: Vec<String> = publisher.map(plain).into_iter().collect();
    if let Some(host) = host {
        names.push(plain(host));
        names.extend(host.rsplit('.').skip(1).filter(|label| label.len() > 3).map(plain));
    }
    let known = |part: &str| !part.trim().is_empty() && names.contains(&plain(part));
    let mark_at = |at: Option<usize>, mark: &str| at.map(|at| (at, mark.len()));
    let mut rest = title.trim();
    loop {
        let last = named_marks().filter_map(|mark| mark_at(rest.rfind(mark), mark)).max();
        let first = named_marks().filter_map(|mark| mark_at(rest.find(mark), mark)).min();
        rest = match (first, last) {
            (_, Some((at, len))) if rest.get(at + len..).is_some_and(known) => rest.get(..at).unwrap_or(rest).trim(),
            (Some((at, len)), _) if rest.get(..at).is_some_and(known) => rest.get(at + len..).unwrap_or(rest).trim(),
            _ => return rest.to_owned(),
        };
    }
}

/// A page title without the site's name behind it: "Shells hit Talen | Talen Post".
pub(super) fn without_site(title: &str) -> String {
    for mark in MARKS {
        if let Some((head, _)) = title.rsplit_once(mark)
            && words::count(head) >= 3
        {
            return head.trim().to_owned();
        }
    }
    title.trim().to_owned()
}

/// Host of an address, without `www.`.
pub(super) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.') && host.len() > 3).then(|| host.to_owned())
}

/// Whether two hosts are one site: one ends with the other (m.talen.example and talen.example).
fn same_site(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let tail = |host: &str| host.rsplit('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    long == short || long.ends_with(&format!(".{short}")) || tail(a) == tail(b)
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
    }
}
