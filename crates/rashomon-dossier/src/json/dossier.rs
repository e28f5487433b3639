//! The whole object: documents, sources, claims, places, incidents, dependences, evidence, judgements, diagnostics.

use crate::json::Generator;
use crate::json::incident::{IncidentWire, incident};
use crate::json::wire::{
    AnchorWire, CueWire, DateWire, DocumentView, DocumentWire, Documents, GeneratorWire, QuoteWire, SpanWire, ids,
};
use rashomon_model::assessment::Total;
use rashomon_model::case::Case;
use rashomon_model::claim::{Claim, Link};
use rashomon_model::dependence::{Dependence, Upstream};
use rashomon_model::evidence::EvidenceItem;
use rashomon_model::id::{ClaimId, EvidenceId, PartyId};
use rashomon_model::judgement::{Applied, Decision, JudgedAnchor, Judgement, Outcome};
use rashomon_model::party::PartyRef;
use rashomon_model::source::{Source, SourceKind};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(crate) struct DossierWire<'a> {
    schema: &'static str,
    generator: GeneratorWire<'a>,
    case: CaseWire<'a>,
    documents: Vec<DocumentWire<'a>>,
    sources: Vec<SourceWire<'a>>,
    claims: Vec<ClaimWire<'a>>,
    places: Vec<PlaceWire<'a>>,
    incidents: Vec<IncidentWire<'a>>,
    totals: Vec<TotalWire>,
    dependences: Vec<DependenceWire<'a>>,
    evidence: Vec<EvidenceWire<'a>>,
    judgements: Vec<JudgementWire<'a>>,
    diagnostics: Vec<DiagnosticWire<'a>>,
}

#[derive(Serialize)]
struct CaseWire<'a> {
    title: &'a str,
    profile: &'static str,
}

#[derive(Serialize)]
struct SourceWire<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    names: &'a [String],
    affiliation: Option<&'a str>,
    described_as: Option<&'a str>,
    party: Option<&'a str>,
    document: Option<&'a str>,
    merged_because: &'a [String],
    mentions: Vec<AnchorWire<'a>>,
}

#[derive(Serialize)]
struct ClaimWire<'a> {
    id: &'a str,
    document: &'a str,
    anchors: Vec<QuoteWire<'a>>,
    attribution: Vec<LinkWire<'a>>,
    delivery: &'static str,
    factuality: &'static str,
    flags: Vec<&'static str>,
    proposition: PropositionWire<'a>,
    evidence: Vec<&'a str>,
    incident: Option<&'a str>,
    confidence: f32,
    why: &'a [String],
}

#[derive(Serialize)]
struct LinkWire<'a> {
    source: Option<&'a str>,
    name: &'a str,
    kind: &'static str,
    span: Option<SpanWire>,
    cue: Option<CueWire<'a>>,
    medium: Option<&'a str>,
    at: Option<DateWire<'a>>,
    factuality: &'static str,
    resolved_because: Option<&'a str>,
}

#[derive(Serialize)]
struct PropositionWire<'a> {
    kind: &'static str,
    polarity: &'static str,
    event: Option<&'static str>,
    actor: Vec<PartyWire<'a>>,
    target: Vec<PartyWire<'a>>,
    place: Vec<PlaceRefWire<'a>>,
    time: Option<TimeWire<'a>>,
    count: Vec<CountWire<'a>>,
    means: &'a [String],
}

#[derive(Serialize)]
struct PartyWire<'a> {
    name: &'a str,
    source: Option<&'a str>,
    party: Option<&'a str>,
    span: SpanWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative: Option<usize>,
}

#[derive(Serialize)]
struct PlaceRefWire<'a> {
    name: &'a str,
    toponym: Option<&'a str>,
    span: SpanWire,
    near: bool,
}

#[derive(Serialize)]
struct TimeWire<'a> {
    #[serde(flatten)]
    date: DateWire<'a>,
    span: Option<SpanWire>,
}

#[derive(Serialize)]
struct CountWire<'a> {
    of: &'static str,
    category: &'static str,
    min: u64,
    max: Option<u64>,
    text: &'a str,
    span: SpanWire,
    cumulative: bool,
    whole: bool,
    part: bool,
}

#[derive(Serialize)]
struct PlaceWire<'a> {
    id: &'a str,
    name: &'a str,
    latitude: f64,
    longitude: f64,
    kind: &'a str,
    within: &'a [String],
    names: &'a [String],
    radius_km: f64,
}

#[derive(Serialize)]
struct TotalWire {
    of: &'static str,
    category: &'static str,
    min: u64,
    max: u64,
    open: bool,
    incidents: usize,
    unresolved: usize,
    rule: &'static str,
}

#[derive(Serialize)]
struct DependenceWire<'a> {
    from: &'a str,
    to: &'a str,
    to_kind: &'static str,
    kind: &'static str,
    direction_by: &'static str,
    anchors: Vec<AnchorWire<'a>>,
    passages: Vec<PassageWire<'a>>,
    score: f64,
    because: &'a str,
}

#[derive(Serialize)]
struct PassageWire<'a> {
    here: QuoteWire<'a>,
    there: QuoteWire<'a>,
    words: usize,
}

#[derive(Serialize)]
struct EvidenceWire<'a> {
    id: &'a str,
    kind: &'static str,
    description: &'a str,
    mentioned_in: Vec<AnchorWire<'a>>,
    verification: &'static str,
    verification_anchors: Vec<AnchorWire<'a>>,
    judged: Option<&'a str>,
}

#[derive(Serialize)]
struct JudgementWire<'a> {
    id: &'a str,
    by: &'a str,
    at: &'a str,
    kind: &'static str,
    about: serde_json::Value,
    why: &'a str,
    outcome: &'static str,
    because: Option<&'a str>,
    claims: Vec<&'a str>,
}

#[derive(Serialize)]
struct DiagnosticWire<'a> {
    code: &'static str,
    severity: &'static str,
    document: Option<&'a str>,
    anchor: Option<QuoteWire<'a>>,
    message: &'a str,
}

/// The object, with or without the comparison (incidents and dependences).
pub(crate) fn dossier<'a>(case: &'a Case, generator: &'a Generator, compared: bool) -> DossierWire<'a> {
    let documents = Documents::new(&case.documents);
    let incidents = if compared { case.incidents.as_slice() } else { &[] };
    // A claim may stand in an incident and in its container: the narrower one is named.
    let mut incident_of: BTreeMap<&ClaimId, &str> = BTreeMap::new();
    for container in [true, false] {
        for found in incidents.iter().filter(|found| found.incident.container == container) {
            for claim in &found.incident.claims {
                incident_of.insert(claim, found.incident.id.as_str());
            }
        }
    }
    let parties = party_sources(&case.sources);
    DossierWire {
        schema: "rashomon/dossier/1",
        generator: GeneratorWire::new(generator, &case.models),
        case: CaseWire { title: &case.title, profile: case.profile.name() },
        documents: documents.views.iter().map(DocumentView::document).collect(),
        sources: case
            .sources
            .iter()
            .map(|source| SourceWire {
                id: source.id.as_str(),
                name: &source.name,
                kind: source.kind.name(),
                names: &source.names,
                affiliation: source.affiliation.as_ref().map(|id| id.as_str()),
                described_as: source.described_as.as_deref(),
                party: source.party.as_ref().map(PartyId::as_str),
                document: source.document.as_ref().map(|id| id.as_str()),
                merged_because: &source.merged_because,
                mentions: source.mentions.iter().filter_map(|anchor| documents.anchor(anchor)).collect(),
            })
            .collect(),
        claims: case
            .claims
            .iter()
            .filter_map(|claim| {
                let view = documents.get(claim.document.as_str())?;
                let incident = incident_of.get(&claim.id).copied();
                Some(claim_wire(claim, view, incident, &parties))
            })
            .collect(),
        places: case
            .places
            .iter()
            .map(|place| PlaceWire {
                id: place.id.as_str(),
                name: &place.name,
                latitude: place.latitude,
                longitude: place.longitude,
                kind: &place.kind,
                within: &place.within,
                names: &place.names,
                radius_km: place.radius_km,
            })
            .collect(),
        incidents: incidents.iter().map(incident).collect(),
        totals: if compared { case.totals.iter().map(total).collect() } else { Vec::new() },
        dependences: if compared {
            case.dependences.iter().map(|edge| dependence(edge, &documents)).collect()
        } else {
            Vec::new()
        },
        evidence: case.evidence.iter().map(|item| evidence(item, &documents)).collect(),
        judgements: case
            .judgements
            .iter()
            .map(|made| judgement(made, case.applied.iter().find(|one| one.judgement == made.id)))
            .collect(),
        diagnostics: case
            .diagnostics
            .iter()
            .map(|found| DiagnosticWire {
                code: found.code,
                severity: found.severity.name(),
                document: found.document.as_ref().map(|id| id.as_str()),
                anchor: found
                    .document
                    .as_ref()
                    .and_then(|id| documents.get(id.as_str()))
                    .and_then(|view| found.span.map(|span| view.quote(span))),
                message: &found.message,
            })
            .collect(),
    }
}

/// The source that *is* a party (rather than one who speaks for it): the first by id that bears the party and is no person.
fn party_sources(sources: &[Source]) -> BTreeMap<&PartyId, &str> {
    let mut found = BTreeMap::new();
    for source in sources {
        let speaks_for_it = matches!(source.kind, SourceKind::Person | SourceKind::Unnamed | SourceKind::Eyewitness);
        if let (Some(party), false) = (&source.party, speaks_for_it) {
            found.entry(party).or_insert(source.id.as_str());
        }
    }
    found
}

fn claim_wire<'a>(
    claim: &'a Claim,
    view: &DocumentView<'a>,
    incident: Option<&'a str>,
    parties: &BTreeMap<&PartyId, &'a str>,
) -> ClaimWire<'a> {
    let proposition = &claim.proposition;
    let party = |named: &'a PartyRef, alternative| PartyWire {
        name: &named.name,
        source: named.party.as_ref().and_then(|id| parties.get(id).copied()),
        party: named.party.as_ref().map(PartyId::as_str),
        span: view.span(named.span),
        alternative,
    };
    ClaimWire {
        id: claim.id.as_str(),
        document: claim.document.as_str(),
        anchors: claim.anchors.iter().map(|&span| view.quote(span)).collect(),
        attribution: claim.chain.iter().map(|link| link_wire(link, view)).collect(),
        delivery: claim.delivery.name(),
        factuality: claim.factuality.name(),
        flags: claim.flags.iter().map(|flag| flag.name()).collect(),
        proposition: PropositionWire {
            kind: proposition.kind.name(),
            polarity: proposition.polarity.name(),
            event: proposition.event.map(|event| event.name()),
            actor: proposition
                .actor
                .alternatives
                .iter()
                .enumerate()
                .flat_map(|(i, joint)| joint.iter().map(move |named| (i, named)))
                .map(|(i, named)| party(named, Some(i)))
                .collect(),
            target: proposition.target.iter().map(|named| party(named, None)).collect(),
            place: proposition
                .place
                .iter()
                .map(|place| PlaceRefWire {
                    name: &place.name,
                    toponym: place.place.as_ref().map(|id| id.as_str()),
                    span: view.span(place.span),
                    near: place.near,
                })
                .collect(),
            time: proposition
                .time
                .as_ref()
                .map(|time| TimeWire { date: view.date(&time.date), span: time.span.map(|span| view.span(span)) }),
            count: proposition
                .count
                .iter()
                .map(|count| {
                    let QuoteWire { start, end, quote } = view.quote(count.span);
                    CountWire {
                        of: count.of.name(),
                        category: count.category.name(),
                        min: count.count.min,
                        max: count.count.max,
                        text: quote,
                        span: SpanWire { start, end },
                        cumulative: count.cumulative.is_some(),
                        whole: count.whole,
                        part: count.part,
                    }
                })
                .collect(),
            means: &proposition.means,
        },
        evidence: ids(&claim.evidence, EvidenceId::as_str),
        incident,
        confidence: rounded(claim.confidence),
        why: &claim.why,
    }
}

/// Three decimals: enough to sort by, few enough that the last bit of a sum does not show.
fn rounded(confidence: f32) -> f32 {
    if confidence.is_finite() { (confidence.clamp(0.0, 1.0) * 1000.0).round() / 1000.0 } else { 0.0 }
}

fn link_wire<'a>(link: &'a Link, view: &DocumentView<'a>) -> LinkWire<'a> {
    LinkWire {
        source: link.source.as_ref().map(|id| id.as_str()),
        name: &link.name,
        kind: link.kind.name(),
        span: link.span.map(|span| view.span(span)),
        cue: link.cue.map(|span| view.cue(span)),
        medium: link.medium.as_deref(),
        at: link.at.as_ref().map(|at| view.date(at)),
        factuality: link.factuality.name(),
        resolved_because: Some(link.resolved_because.as_str()).filter(|why| !why.is_empty()),
    }
}

fn dependence<'a>(edge: &'a Dependence, documents: &Documents<'a>) -> DependenceWire<'a> {
    let (to, to_kind) = match &edge.to {
        Upstream::Document(id) => (id.as_str(), "document"),
        Upstream::Source(id) => (id.as_str(), "source"),
    };
    let passages = match (documents.get(edge.from.as_str()), documents.get(to)) {
        (Some(here), Some(there)) => edge
            .passages
            .iter()
            .map(|passage| PassageWire {
                here: here.quote(passage.here),
                there: there.quote(passage.there),
                words: passage.words,
            })
            .collect(),
        _ => Vec::new(),
    };
    DependenceWire {
        from: edge.from.as_str(),
        to,
        to_kind,
        kind: edge.kind.name(),
        direction_by: edge.direction_by,
        anchors: edge.anchors.iter().filter_map(|anchor| documents.anchor(anchor)).collect(),
        passages,
        score: if edge.score.is_finite() { (edge.score * 1000.0).round() / 1000.0 } else { 0.0 },
        because: &edge.because,
    }
}

fn total(sum: &Total) -> TotalWire {
    TotalWire {
        of: sum.of.name(),
        category: sum.category.name(),
        min: sum.min,
        max: sum.max,
        open: sum.open,
        incidents: sum.incidents,
        unresolved: sum.unresolved,
        rule: "A3",
    }
}

fn evidence<'a>(item: &'a EvidenceItem, documents: &Documents<'a>) -> EvidenceWire<'a> {
    EvidenceWire {
        id: item.id.as_str(),
        kind: item.kind.name(),
        description: &item.description,
        mentioned_in: item.mentions.iter().filter_map(|anchor| documents.anchor(anchor)).collect(),
        verification: item.verification.name(),
        verification_anchors: item.verification_anchors.iter().filter_map(|anchor| documents.anchor(anchor)).collect(),
        judged: item.judged.as_ref().map(|id| id.as_str()),
    }
}

fn judgement<'a>(made: &'a Judgement, applied: Option<&'a Applied>) -> JudgementWire<'a> {
    let point = |anchor: &JudgedAnchor| serde_json::json!({ "document": anchor.document, "quote": anchor.quote, "start": anchor.start });
    let about = match &made.decision {
        Decision::SameIncident(a, b, _) | Decision::SameSource(a, b, _) | Decision::Copy(a, b, _) => {
            serde_json::json!({ "a": point(a), "b": point(b) })
        }
        Decision::ExcludeClaim(a) => serde_json::json!({ "claim": point(a) }),
        Decision::Credible(source) | Decision::MostReliable(source) => serde_json::json!({ "source": source }),
        Decision::Override { incident, what, value } => {
            serde_json::json!({ "incident": point(incident), "what": what, "value": value })
        }
        Decision::Verified { evidence, value } => {
            serde_json::json!({ "evidence": point(evidence), "value": value.name() })
        }
        Decision::Named { incident, of, category, names } => serde_json::json!({
            "incident": point(incident), "of": of.name(), "category": category.name(), "names": names
        }),
        Decision::Withdraw(earlier) => serde_json::json!({ "judgement": earlier.as_str() }),
    };
    let (outcome, because) = match applied.map(|applied| &applied.outcome) {
        Some(Outcome::Holds) => ("holds", None),
        Some(Outcome::Withdrawn(by)) => ("withdrawn", Some(by.as_str())),
        Some(Outcome::Lost(why)) => ("lost", Some(why.as_str())),
        None => ("not_applied", None),
    };
    JudgementWire {
        id: made.id.as_str(),
        by: &made.by,
        at: &made.at,
        kind: made.decision.kind(),
        about,
        why: &made.why,
        outcome,
        because,
        claims: applied.map(|applied| ids(&applied.claims, ClaimId::as_str)).unwrap_or_default(),
    }
}
