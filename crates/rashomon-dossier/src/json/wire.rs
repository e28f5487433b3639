//! Which fields, with which names? The wire types shared by the dossier and the analysis layers.

use crate::codepoints::CodePoints;
use crate::json::Generator;
use rashomon_model::case::ModelUsed;
use rashomon_model::date::{DateValue, RestsOn};
use rashomon_model::document::Document;
use rashomon_model::span::{Anchor, Span};
use serde::Serialize;
use std::collections::BTreeMap;

/// Who wrote the file.
#[derive(Serialize)]
pub(crate) struct GeneratorWire<'a> {
    name: &'static str,
    version: &'a str,
    analysis: &'a str,
    models: Vec<ModelWire<'a>>,
}

#[derive(Serialize)]
struct ModelWire<'a> {
    name: &'a str,
    sha256: &'a str,
}

impl<'a> GeneratorWire<'a> {
    pub(crate) fn new(generator: &'a Generator, models: &'a [ModelUsed]) -> Self {
        Self {
            name: "rashomon",
            version: &generator.version,
            analysis: &generator.analysis,
            models: models.iter().map(|m| ModelWire { name: &m.name, sha256: &m.sha256 }).collect(),
        }
    }
}

/// A place in a text, in code points.
#[derive(Serialize, Clone, Copy)]
pub(crate) struct SpanWire {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A place in a text with its exact words.
#[derive(Serialize, Clone, Copy)]
pub(crate) struct QuoteWire<'a> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) quote: &'a str,
}

/// A cue, which the contract gives with `text` for its words.
#[derive(Serialize)]
pub(crate) struct CueWire<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// An anchor that names its document.
#[derive(Serialize)]
pub(crate) struct AnchorWire<'a> {
    pub(crate) document: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) quote: &'a str,
}

/// What a date rests on, where not simply on its own words.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RestsOnWire<'a> {
    Words(QuoteWire<'a>),
    Document(&'a str),
    Metadata(&'a str),
}

/// A date with its grain and basis.
#[derive(Serialize)]
pub(crate) struct DateWire<'a> {
    date: String,
    precision: &'static str,
    basis: &'static str,
    rests_on: Option<RestsOnWire<'a>>,
    loose: bool,
}

/// A publication date, with the words it rests on.
#[derive(Serialize)]
struct PublishedWire<'a> {
    #[serde(flatten)]
    date: DateWire<'a>,
    anchor: Option<QuoteWire<'a>>,
}

/// One document with its text.
#[derive(Serialize)]
pub(crate) struct DocumentWire<'a> {
    id: &'a str,
    given_id: Option<&'a str>,
    capture: CaptureWire<'a>,
    publisher: Option<&'a str>,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    language: &'a str,
    published: Option<PublishedWire<'a>>,
    updated: bool,
    url: Option<&'a str>,
    credits: Vec<CreditWire<'a>>,
    text: &'a str,
    blocks: Vec<BlockWire>,
}

#[derive(Serialize)]
struct CaptureWire<'a> {
    sha256: &'a str,
    origin: &'a str,
    retrieved: Option<String>,
    media_type: &'a str,
}

#[derive(Serialize)]
struct CreditWire<'a> {
    name: &'a str,
    how: &'a str,
    span: Option<QuoteWire<'a>>,
}

#[derive(Serialize)]
struct BlockWire {
    kind: &'static str,
    start: usize,
    end: usize,
}

/// One document and its table of code points: turns model values into wire values.
pub(crate) struct DocumentView<'a> {
    pub(crate) doc: &'a Document,
    points: CodePoints<'a>,
}

impl<'a> DocumentView<'a> {
    pub(crate) fn new(doc: &'a Document) -> Self {
        Self { doc, points: CodePoints::new(&doc.text) }
    }

    pub(crate) fn span(&self, span: Span) -> SpanWire {
        let (start, end, _) = self.points.slice(span);
        SpanWire { start, end }
    }

    pub(crate) fn quote(&self, span: Span) -> QuoteWire<'a> {
        let (start, end, quote) = self.points.slice(span);
        QuoteWire { start, end, quote }
    }

    pub(crate) fn cue(&self, span: Span) -> CueWire<'a> {
        let (start, end, text) = self.points.slice(span);
        CueWire { text, start, end }
    }

    pub(crate) fn date(&self, value: &'a DateValue) -> DateWire<'a> {
        DateWire {
            date: value.edtf(),
            precision: value.precision.name(),
            basis: value.basis.name(),
            rests_on: value.rests_on.as_ref().map(|on| match on {
                RestsOn::Words(span) => RestsOnWire::Words(self.quote(*span)),
                RestsOn::Document(id) => RestsOnWire::Document(id.as_str()),
                RestsOn::Metadata(field) => RestsOnWire::Metadata(field),
            }),
            loose: value.loose,
        }
    }

    pub(crate) fn document(&self) -> DocumentWire<'a> {
        let doc = self.doc;
        DocumentWire {
            id: doc.id.as_str(),
            given_id: doc.given_id.as_deref(),
            capture: CaptureWire {
                sha256: &doc.capture.sha256,
                origin: &doc.capture.origin,
                retrieved: doc.capture.retrieved.map(|at| format!("{at}Z")),
                media_type: &doc.capture.media_type,
            },
            publisher: doc.publisher.as_deref(),
            title: doc.title.as_deref(),
            byline: doc.byline.as_deref(),
            language: &doc.language,
            published: doc.published.as_ref().map(|value| PublishedWire {
                date: self.date(value),
                anchor: doc.published_anchor.map(|span| self.quote(span)),
            }),
            updated: doc.updated,
            url: doc.url.as_deref(),
            credits: doc
                .credits
                .iter()
                .map(|credit| CreditWire {
                    name: &credit.name,
                    how: &credit.how,
                    span: credit.span.map(|span| self.quote(span)),
                })
                .collect(),
            text: &doc.text,
            blocks: doc
                .blocks
                .iter()
                .map(|block| {
                    let SpanWire { start, end } = self.span(block.span);
                    BlockWire { kind: block.kind.name(), start, end }
                })
                .collect(),
        }
    }
}

/// All documents of a case by id.
pub(crate) struct Documents<'a> {
    pub(crate) views: Vec<DocumentView<'a>>,
    by_id: BTreeMap<&'a str, usize>,
}

impl<'a> Documents<'a> {
    pub(crate) fn new(documents: &'a [Document]) -> Self {
        let views: Vec<_> = documents.iter().map(DocumentView::new).collect();
        let by_id = documents.iter().enumerate().map(|(i, doc)| (doc.id.as_str(), i)).collect();
        Self { views, by_id }
    }

    pub(crate) fn get(&self, id: &str) -> Option<&DocumentView<'a>> {
        self.by_id.get(id).and_then(|&i| self.views.get(i))
    }

    /// The anchor with its words; `None` if its document is not part of the case.
    pub(crate) fn anchor(&self, anchor: &'a Anchor) -> Option<AnchorWire<'a>> {
        let view = self.get(anchor.document.as_str())?;
        let QuoteWire { start, end, quote } = view.quote(anchor.span);
        Some(AnchorWire { document: anchor.document.as_str(), start, end, quote })
    }
}

/// Strings out of ids.
pub(crate) fn ids<'a, T: 'a>(list: impl IntoIterator<Item = &'a T>, name: fn(&'a T) -> &'a str) -> Vec<&'a str> {
    list.into_iter().map(name).collect()
}
