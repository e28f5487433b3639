//! The stand-off layers of every document, for annotation tools and for measuring one layer alone.

use crate::json::Generator;
use crate::json::wire::{DocumentView, DocumentWire, GeneratorWire, SpanWire};
use rashomon_model::analysis::Analysis;
use rashomon_model::attribution::Attribution;
use rashomon_model::case::ModelUsed;
use rashomon_model::document::Document;
use rashomon_model::id::PartyId;
use rashomon_model::place::Toponym;
use rashomon_model::span::Span;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(crate) struct AnalysisWire<'a> {
    schema: &'static str,
    generator: GeneratorWire<'a>,
    documents: Vec<LayersWire<'a>>,
}

#[derive(Serialize)]
struct LayersWire<'a> {
    #[serde(flatten)]
    document: DocumentWire<'a>,
    sentences: Vec<SpanWire>,
    mentions: Vec<MentionWire<'a>>,
    times: Vec<TimeWire<'a>>,
    quantities: Vec<QuantityWire<'a>>,
    toponyms: Vec<ToponymWire<'a>>,
    attributions: Vec<AttributionWire<'a>>,
    events: Vec<EventWire>,
    evidence: Vec<EvidenceWire>,
}

#[derive(Serialize)]
struct MentionWire<'a> {
    start: usize,
    end: usize,
    kind: &'static str,
    entity: Option<&'a str>,
    name: &'a str,
    confidence: f32,
}

#[derive(Serialize)]
struct TimeWire<'a> {
    start: usize,
    end: usize,
    r#type: &'static str,
    value: &'a str,
    date: Option<String>,
    precision: Option<&'static str>,
    basis: Option<&'static str>,
    why: &'a str,
}

#[derive(Serialize)]
struct QuantityWire<'a> {
    start: usize,
    end: usize,
    of: Option<&'static str>,
    category: Option<&'static str>,
    min: u64,
    max: Option<u64>,
    cumulative: bool,
    number: SpanWire,
    part_of: Option<usize>,
    whole: bool,
    why: &'a str,
}

#[derive(Serialize)]
struct ToponymWire<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    place: Option<&'a str>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    radius_km: f64,
    why: &'a str,
    candidates: Vec<CandidateWire<'a>>,
}

#[derive(Serialize)]
struct CandidateWire<'a> {
    place: &'a str,
    name: &'a str,
    latitude: f64,
    longitude: f64,
    score: f64,
    why: &'a str,
}

#[derive(Serialize)]
struct AttributionWire<'a> {
    source: Vec<SpanWire>,
    cue: Vec<SpanWire>,
    content: Vec<SpanWire>,
    inside: Option<usize>,
    told: Option<SpanWire>,
    confidence: f32,
    made_by: &'a str,
}

#[derive(Serialize)]
struct EventWire {
    start: usize,
    end: usize,
    kind: &'static str,
    negated: bool,
    unreal: bool,
    actor: Vec<SpanWire>,
    target: Vec<SpanWire>,
}

#[derive(Serialize)]
struct EvidenceWire {
    start: usize,
    end: usize,
    kind: &'static str,
    by: Option<SpanWire>,
    verification: Option<&'static str>,
    same_as: Option<usize>,
}

pub(crate) fn analysis<'a>(
    documents: &'a [Document],
    analyses: &'a [Analysis],
    generator: &'a Generator,
    models: &'a [ModelUsed],
) -> AnalysisWire<'a> {
    let by_id: BTreeMap<_, _> = analyses.iter().map(|a| (&a.document, a)).collect();
    AnalysisWire {
        schema: "rashomon/analysis/1",
        generator: GeneratorWire::new(generator, models),
        documents: documents.iter().map(|doc| layers(doc, by_id.get(&doc.id).copied())).collect(),
    }
}

fn layers<'a>(doc: &'a Document, analysis: Option<&'a Analysis>) -> LayersWire<'a> {
    let view = DocumentView::new(doc);
    let spans = |list: &[Span]| list.iter().map(|&s| view.span(s)).collect::<Vec<_>>();
    let mut wire = LayersWire {
        document: view.document(),
        sentences: Vec::new(),
        mentions: Vec::new(),
        times: Vec::new(),
        quantities: Vec::new(),
        toponyms: Vec::new(),
        attributions: Vec::new(),
        events: Vec::new(),
        evidence: Vec::new(),
    };
    let Some(read) = analysis else {
        return wire;
    };
    wire.sentences = read.sentences.iter().map(|s| view.span(s.span)).collect();
    for mention in &read.mentions {
        let SpanWire { start, end } = view.span(mention.span);
        wire.mentions.push(MentionWire {
            start,
            end,
            kind: mention.kind.name(),
            entity: mention.party.as_ref().map(PartyId::as_str),
            name: &mention.name,
            confidence: rounded(mention.confidence),
        });
    }
    for time in &read.times {
        let SpanWire { start, end } = view.span(time.span);
        wire.times.push(TimeWire {
            start,
            end,
            r#type: time.kind.name(),
            value: &time.value,
            date: time.date.as_ref().map(|date| date.edtf()),
            precision: time.date.as_ref().map(|date| date.precision.name()),
            basis: time.date.as_ref().map(|date| date.basis.name()),
            why: &time.why,
        });
    }
    for quantity in &read.quantities {
        let SpanWire { start, end } = view.span(quantity.span);
        wire.quantities.push(QuantityWire {
            start,
            end,
            of: quantity.of.map(|of| of.name()),
            category: quantity.category.map(|category| category.name()),
            min: quantity.count.min,
            max: quantity.count.max,
            cumulative: quantity.cumulative.is_some(),
            number: view.span(quantity.number),
            part_of: quantity.part_of,
            whole: quantity.whole,
            why: &quantity.why,
        });
    }
    wire.toponyms = read.toponyms.iter().map(|t| toponym(t, &view)).collect();
    wire.attributions = read
        .attributions
        .iter()
        .map(|found: &Attribution| AttributionWire {
            source: spans(&found.source),
            cue: spans(&found.cue),
            content: spans(&found.content),
            inside: found.inside,
            told: found.told.map(|span| view.span(span)),
            confidence: rounded(found.confidence),
            made_by: found.made_by,
        })
        .collect();
    for event in &read.events {
        let SpanWire { start, end } = view.span(event.span);
        wire.events.push(EventWire {
            start,
            end,
            kind: event.kind.name(),
            negated: event.negated,
            unreal: event.unreal,
            actor: spans(&event.actor),
            target: spans(&event.target),
        });
    }
    for item in &read.evidence {
        let SpanWire { start, end } = view.span(item.span);
        wire.evidence.push(EvidenceWire {
            start,
            end,
            kind: item.kind.name(),
            by: item.by.map(|span| view.span(span)),
            verification: item.verification.map(|(said, _)| said.name()),
            same_as: item.same_as,
        });
    }
    wire
}

fn toponym<'a>(found: &'a Toponym, view: &DocumentView<'a>) -> ToponymWire<'a> {
    let SpanWire { start, end } = view.span(found.span);
    ToponymWire {
        start,
        end,
        name: &found.name,
        place: found.place.as_ref().map(|place| place.id.as_str()),
        latitude: found.place.as_ref().map(|place| place.latitude),
        longitude: found.place.as_ref().map(|place| place.longitude),
        radius_km: found.radius_km,
        why: &found.why,
        candidates: found
            .candidates
            .iter()
            .map(|candidate| CandidateWire {
                place: candidate.place.id.as_str(),
                name: &candidate.place.name,
                latitude: candidate.place.latitude,
                longitude: candidate.place.longitude,
                score: if candidate.score.is_finite() { (candidate.score * 10_000.0).round() / 10_000.0 } else { 0.0 },
                why: &candidate.why,
            })
            .collect(),
    }
}

fn rounded(confidence: f32) -> f32 {
    if confidence.is_finite() { (confidence * 1000.0).round() / 1000.0 } else { 0.0 }
}
