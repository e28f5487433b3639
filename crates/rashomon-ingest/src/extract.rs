//! How does one input become one document? The order of the steps, and what the document is told about itself.

use rashomon_model::capture::Capture;
use rashomon_model::date::{Basis, DateValue, Precision, RestsOn};
use rashomon_model::document::{BlockKind, Credit};
use rashomon_model::{Diagnostic, Document, DocumentId, Severity, Span, Warned};

use crate::codes::{self, Class};
use crate::draft::{Dated, Draft};
use crate::read::{IngestError, Input, MediaType, Share};
use crate::{canonical, decode, html, language, letterhead, markdown, office, pdf, plain, stamp, words};

/// Words below which a document may be a stub (R210).
const STUB: usize = 40;

/// The document of an input, and what was noticed on the way; PDFs are read in this process.
///
/// # Errors
/// [`IngestError`] where the bytes are no text or hold no article.
pub fn extract(input: Input) -> Result<Warned<Document>, IngestError> {
    extract_with(input, &pdf::pages)
}

/// The same, with a reader of PDF pages: one that works in a process of its own, where bytes come from strangers.
///
/// # Errors
/// [`IngestError`] where the bytes are no text or hold no article.
pub fn extract_with(input: Input, pages: pdf::Pages<'_>) -> Result<Warned<Document>, IngestError> {
    let broken = |reason: String| IngestError::Broken { origin: input.origin.clone(), reason };
    match input.media {
        MediaType::Pdf => {
            let read = pages(&input.bytes).map_err(broken)?;
            if read.iter().all(|page| page.trim().is_empty()) {
                return Err(IngestError::NoTextLayer { origin: input.origin });
            }
            done(input, pdf::draft(&read))
        }
        MediaType::Docx | MediaType::Odt => {
            let draft = office::draft(&input.bytes).map_err(broken)?;
            done(input, draft)
        }
        MediaType::Plain | MediaType::Markdown | MediaType::Html => text(input),
    }
}

/// The document of a draft, if anything is in it.
fn done(input: Input, draft: Draft) -> Result<Warned<Document>, IngestError> {
    if draft.pieces.is_empty() {
        return Err(IngestError::NoArticle { origin: input.origin });
    }
    Ok(finish(input, draft))
}

/// The document of an input that is text.
fn text(input: Input) -> Result<Warned<Document>, IngestError> {
    let decoded = decoded(&input).map_err(|why| IngestError::not_text(&input.origin, why))?;
    let page = || html::draft(&decoded.text, input.given.url.as_deref(), input.share == Share::Rest);
    let mut draft = match input.media {
        MediaType::Plain if looks_like_html(&decoded.text) => page(),
        MediaType::Plain | MediaType::Pdf | MediaType::Docx | MediaType::Odt => plain::draft(&decoded.text),
        MediaType::Markdown => markdown::draft(&decoded.text),
        MediaType::Html => page(),
    };
    if decoded.replaced > 0 {
        draft.notes.push((
            "R203",
            format!("characters that could not be decoded ({}): {}", decoded.encoding, decoded.replaced),
        ));
    }
    done(input, draft)
}

/// The characters of an input that is text.
pub(crate) fn decoded(input: &Input) -> Result<decode::Decoded, decode::NotText> {
    let declared = input
        .charset
        .clone()
        .or_else(|| (input.media == MediaType::Html).then(|| decode::declared(&input.bytes)).flatten());
    decode::decode(&input.bytes, declared.as_deref())
}

/// Whether a file of plain text is a saved page after all.
pub(crate) fn looks_like_html(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<head")
        || head.starts_with("<body")
}

/// Fixes text, blocks, dates, language and id.
fn finish(input: Input, mut draft: Draft) -> Warned<Document> {
    let (text, blocks) = canonical::join(&draft.pieces);
    let span = |piece: usize, range: std::ops::Range<usize>| -> Option<Span> {
        let block = blocks.get(piece)?;
        let start = block.span.start as usize;
        let range = start + range.start..start + range.end;
        text.get(range.clone()).map(|_| Span::from_usize(range.start, range.end))
    };
    let given = input.given;
    let url = draft.url.take().or_else(|| given.url.clone());
    let (byline, agencies) = given.byline.as_deref().map(html::byline).unwrap_or_default();
    for credit in agencies {
        draft.credit(credit);
    }
    let entry = input.share == Share::Entry;
    let (published, published_anchor) = dated(&mut draft, (given.published.as_deref(), entry), url.as_deref(), &span);
    let credits = draft
        .credits
        .iter()
        .map(|credit| Credit {
            name: credit.name.clone(),
            span: credit.at.clone().and_then(|(piece, range)| span(piece, range)),
            how: credit.how.clone(),
        })
        .collect();
    let body: String = blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Byline)
        .map(|block| block.span.of(&text))
        .collect::<Vec<_>>()
        .join(" ");
    let (language, overruled) = language::of(&body, draft.language.as_deref());
    if overruled {
        let declared = draft.language.as_deref().unwrap_or("und");
        let note = format!("the page declares another language ({declared}) than its text has: {language}");
        draft.notes.push(("R207", note));
    }
    if language != "en" && language != "und" {
        draft.notes.push(("R208", format!("not in English: {language}")));
    }
    if published.is_none() {
        draft.notes.push(("R206", "read without a publication date".to_owned()));
    }
    let n = words::count(&body);
    // an entry of a live blog is short by nature
    if n < STUB && input.share != Share::Entry {
        draft.notes.push(("R210", format!("little text was found, in words: {n}")));
    }
    let id = canonical::document_id(&text, &input.name, input.ordinal);
    let diagnostics = draft.notes.drain(..).map(|(code, message)| told(&id, code, message)).collect();
    let document = Document {
        id,
        given_id: given.id,
        capture: Capture {
            sha256: input.sha256,
            origin: input.origin,
            retrieved: input.retrieved,
            media_type: input.media.name().to_owned(),
        },
        publisher: given.publisher.or(draft.publisher).or_else(|| letterhead::issuer(&blocks, &text)),
        title: given.title.or(draft.title).map(|title| words::squeeze(&title)),
        byline: byline.or(draft.byline),
        language,
        published,
        published_anchor,
        updated: draft.updated,
        url,
        credits,
        text,
        blocks,
    };
    Warned { value: document, diagnostics }
}

/// A note on the document of this id.
fn told(id: &DocumentId, code: &'static str, message: String) -> Diagnostic {
    let severity = match codes::find(code).map(|row| row.class) {
        Some(Class::Note) => Severity::Note,
        _ => Severity::Warning,
    };
    Diagnostic { code, severity, document: Some(id.clone()), span: None, message }
}

/// The publication date: stated in the text, else given with the row, else metadata, else the address. Of an entry of a live blog
/// the minute, where the blog gives it.
fn dated(
    draft: &mut Draft,
    (given, entry): (Option<&str>, bool),
    url: Option<&str>,
    span: &impl Fn(usize, std::ops::Range<usize>) -> Option<Span>,
) -> (Option<DateValue>, Option<Span>) {
    let metadata = |date, field: &str| DateValue {
        rests_on: Some(RestsOn::Metadata(field.to_owned())),
        ..DateValue::day(date, Basis::Metadata)
    };
    let mut from_metadata = given.and_then(stamp::metadata).map(|date| metadata(date, "published"));
    // entries of a live blog follow each other within a day
    if let Some((start, offset)) = given.filter(|_| entry).and_then(stamp::moment)
        && let (Some(day), Ok(end)) = (&mut from_metadata, start.checked_add(std::time::Duration::from_secs(60)))
    {
        *day = DateValue { start, end, offset, precision: Precision::Minute, ..day.clone() };
    }
    let mut stated = None;
    for date in &draft.dates {
        match date {
            Dated::Stated(found, piece, range) if stated.is_none() => {
                stated = span(*piece, range.clone()).map(|at| (DateValue::day(found.date, Basis::Stated), at));
            }
            Dated::Metadata(found, field) if from_metadata.is_none() => {
                from_metadata = Some(metadata(found.date, field));
            }
            _ => {}
        }
    }
    let from_metadata = from_metadata.or_else(|| url.and_then(stamp::address).map(|date| metadata(date, "address")));
    match (stated, from_metadata) {
        (Some((stated, at)), other) => {
            if let Some(other) = other.filter(|other| other.first_day() != stated.first_day()) {
                draft
                    .notes
                    .push(("R209", format!("the page states {} and its metadata {}", stated.edtf(), other.edtf())));
            }
            (Some(stated), Some(at))
        }
        (None, other) => (other, None),
    }
}
