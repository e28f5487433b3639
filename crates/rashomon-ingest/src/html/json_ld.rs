//! What do the page's structured data say? Articles of schema.org's vocabulary, written as JSON-LD.

use serde_json::{Map, Value};

use super::live::Entry;
use super::metadata::{Metadata, clean, fill};
use crate::stamp;

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

/// Most members of a list of structured data that are looked at.
const MEMBERS: usize = 200;
/// Deepest list or object in which an article is looked for.
const DEEP: usize = 6;

/// Reads the content of one script of structured data.
pub(super) fn read(text: &str, found: &mut Metadata) {
    let text = text
        .trim()
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("]]>")
        .trim_start_matches("<!--")
        .trim_end_matches("-->");
    let text = text.trim().trim_end_matches(';');
    // Some pages break lines within strings.
    let one_line = || text.replace(|c: char| c.is_control(), " ");
    if let Ok(value) = serde_json::from_str::<Value>(text).or_else(|_| serde_json::from_str(&one_line())) {
        walk(&value, found, 0);
    }
}

/// Walks structured data for articles.
fn walk(value: &Value, found: &mut Metadata, depth: usize) {
    match value {
        _ if depth > DEEP => {}
        Value::Array(list) => list.iter().take(MEMBERS).for_each(|item| walk(item, found, depth + 1)),
        Value::Object(map) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = map.get(key).filter(|inner| inner.is_array() || inner.is_object()) {
                    walk(inner, found, depth + 1);
                }
            }
            object(map, found);
        }
        _ => {}
    }
}

/// What one object says of the page.
fn object(map: &Map<String, Value>, found: &mut Metadata) {
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
    found.entries.extend(map.get("liveBlogUpdate").and_then(Value::as_array).into_iter().flatten().filter_map(entry));
    if is(GALLERIES) {
        found.captions.extend(captions(map));
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

/// An entry of a live blog.
fn entry(update: &Value) -> Option<Entry> {
    let body = update.get("articleBody").and_then(Value::as_str)?;
    Some(Entry {
        id: one(update.get("@id")).or_else(|| one(update.get("url"))),
        published: one(update.get("datePublished")),
        headline: one(update.get("headline")),
        body: body.to_owned(),
    })
}

/// Captions of a gallery's pictures.
fn captions(map: &Map<String, Value>) -> impl Iterator<Item = String> {
    let pictures = ["associatedMedia", "image", "hasPart"].into_iter().flat_map(|key| match map.get(key) {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    });
    pictures.filter_map(|picture| one(picture.get("caption")).or_else(|| one(picture.get("description"))))
}

/// Text of a scalar or of the first of a list.
fn one(value: Option<&Value>) -> Option<String> {
    texts(value).next()
}

/// Texts of a scalar or list, entities decoded, white space squeezed, empty ones left out.
fn texts(value: Option<&Value>) -> impl Iterator<Item = String> {
    let raw: Vec<&str> = match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(list)) => list.iter().take(MEMBERS).filter_map(Value::as_str).collect(),
        Some(Value::Object(map)) => {
            let name = map.get("name").or_else(|| map.get("@value"));
            let several = name.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            name.into_iter().chain(several.iter().take(MEMBERS)).filter_map(Value::as_str).collect()
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
