//! In which order do the stages run? The one place that knows.
//!
//! Documents are read and analysed on all cores, one a core, and kept in an order derived from their content; publication
//! dates that no document states are then inferred from the others; claims are read; and the case is compared and assessed.

use crate::progress::Progress;
use crate::readings::Readings;
use crate::resources::Loaded;
use rashomon_compare::{judge, link, source, trace};
use rashomon_ingest::{IngestError, Input, Refusal};
use rashomon_model::analysis::Analysis;
use rashomon_model::assessment::Profile;
use rashomon_model::case::{AssessedIncident, Case};
use rashomon_model::claim::Claim;
use rashomon_model::dependence::Dependence;
use rashomon_model::diagnostic::{Diagnostic, Severity};
use rashomon_model::document::Document;
use rashomon_model::id::{DocumentId, PlaceId};
use rashomon_model::incident::{Account, Incident};
use rashomon_model::judgement::Judgement;
use rashomon_model::place::Place;
use rashomon_model::resources::{Places, Resources};
use rashomon_model::source::LocalSource;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What was read of every document, before any comparison.
pub struct Reading {
    /// Documents, sorted by publication day (unknown last), then id.
    pub documents: Vec<Document>,
    /// Their layers, in the same order.
    pub analyses: Vec<Analysis>,
    /// Their claims, in the same order, sources not yet merged.
    pub claims: Vec<Vec<Claim>>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be read, with reasons.
    pub refusals: Vec<Refusal>,
}

/// Reads, analyses and takes the claims of every input.
#[must_use]
pub fn read(inputs: Vec<Input>, refusals: Vec<Refusal>, resources: &Loaded, progress: &Progress) -> Reading {
    read_with(inputs, refusals, resources, progress, None)
}

/// One input on its way: what was extracted of it, and what is known of it from an earlier reading.
struct Extracted {
    diagnostics: Vec<Diagnostic>,
    /// What it is kept under, and its id as extracted, where readings are kept.
    key: Option<(String, DocumentId)>,
    analysis: Option<Analysis>,
}

/// The same, with the readings a case keeps: what was read before is not read again, and what is read now is kept. The result
/// is the same with and without them.
#[must_use]
pub fn read_with(
    inputs: Vec<Input>,
    mut refusals: Vec<Refusal>,
    resources: &Loaded,
    progress: &Progress,
    kept: Option<&Readings>,
) -> Reading {
    progress.stage("reading");
    let mut paired = extract_all(inputs, &mut refusals, progress, kept);
    progress.stage("analysing");
    let mut analyses: Vec<Analysis> = paired
        .par_iter_mut()
        .map(|(doc, extracted)| {
            let done = analyze(doc, extracted, resources, kept);
            progress.step();
            done
        })
        .collect();
    if let Some(kept) = kept {
        kept.keep_only(&paired.iter().filter_map(|(_, one)| Some(one.key.as_ref()?.0.clone())).collect());
    }
    let mut diagnostics = Vec::new();
    let mut documents: Vec<Document> = paired
        .into_iter()
        .map(|(document, mut extracted)| {
            diagnostics.append(&mut extracted.diagnostics);
            document
        })
        .collect();
    infer_dates(&mut documents, &mut analyses, resources.places(), &mut diagnostics);
    let mut paired: Vec<(Document, Analysis)> = documents.into_iter().zip(analyses).collect();
    paired.sort_by(|(a, _), (b, _)| publication_order(a).cmp(&publication_order(b)));
    let (documents, analyses): (Vec<_>, Vec<_>) = paired.into_iter().unzip();
    let claims: Vec<Vec<Claim>> = documents
        .par_iter()
        .zip(&analyses)
        .map(|(doc, analysis)| rashomon_analyze::claim::claims(doc, analysis, resources))
        .collect();
    diagnostics.extend(documents.iter().zip(&analyses).filter_map(|(doc, analysis)| seams(doc, analysis)));
    diagnostics
        .sort_by(|a, b| (&a.document, a.span, a.code, &a.message).cmp(&(&b.document, b.span, b.code, &b.message)));
    Reading { documents, analyses, claims, diagnostics, refusals }
}

/// The documents of all inputs by id, each known by an id of its own.
fn extract_all(
    inputs: Vec<Input>,
    refusals: &mut Vec<Refusal>,
    progress: &Progress,
    kept: Option<&Readings>,
) -> Vec<(Document, Extracted)> {
    let extracted: Vec<Result<(Document, Extracted), IngestError>> = inputs
        .into_par_iter()
        .map(|input| {
            let done = extract(input, kept);
            progress.step();
            done
        })
        .collect();
    let (mut documents, mut others) = (Vec::new(), Vec::new());
    for result in extracted {
        match result {
            Ok((document, other)) => {
                documents.push(document);
                others.push(other);
            }
            Err(error) => refusals.push(error.into()),
        }
    }
    rashomon_ingest::distinct(&mut documents);
    let mut paired: Vec<(Document, Extracted)> = documents.into_iter().zip(others).collect();
    paired.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    paired
}

/// Only reads: the documents of all inputs by id, and what was refused.
#[must_use]
pub fn documents(inputs: Vec<Input>, mut refusals: Vec<Refusal>) -> (Vec<Document>, Vec<Refusal>) {
    let progress = Progress::new(inputs.len(), true);
    let paired = extract_all(inputs, &mut refusals, &progress, None);
    (paired.into_iter().map(|(document, _)| document).collect(), refusals)
}

/// The document of an input, with its layers where it was read before.
fn extract(input: Input, kept: Option<&Readings>) -> Result<(Document, Extracted), IngestError> {
    let key = kept.map(|_| crate::readings::key(&input));
    if let Some(before) = kept.zip(key.as_deref()).and_then(|(kept, key)| kept.get(key, &input.origin)) {
        let key = key.map(|key| (key, before.document.id.clone()));
        return Ok((
            before.document,
            Extracted { diagnostics: before.diagnostics, key, analysis: Some(before.analysis) },
        ));
    }
    let warned = rashomon_ingest::extract_with(input, &crate::isolate::pages)?;
    let key = key.map(|key| (key, warned.value.id.clone()));
    Ok((warned.value, Extracted { diagnostics: warned.diagnostics, key, analysis: None }))
}

/// The layers of a document: those read before, unless it is called otherwise now (the id stands in them).
fn analyze(doc: &Document, extracted: &mut Extracted, resources: &Loaded, kept: Option<&Readings>) -> Analysis {
    if let Some(before) = extracted.analysis.take().filter(|analysis| analysis.document == doc.id) {
        return before;
    }
    let analysis = rashomon_analyze::analyze_by(doc, resources, resources.reader());
    if let (Some(kept), Some((key, id))) = (kept, &extracted.key)
        && *id == doc.id
    {
        let diagnostics = extracted.diagnostics.clone();
        let reading = crate::readings::Reading { document: doc.clone(), diagnostics, analysis };
        kept.put(key, &reading);
        return reading.analysis;
    }
    analysis
}

/// Dated documents by day, then the undated, each by id.
fn publication_order(doc: &Document) -> (bool, Option<rashomon_model::date::DateTime>, &str) {
    (doc.published.is_none(), doc.published.as_ref().map(|date| date.start), doc.id.as_str())
}

/// Documents without a publication date take one from the others, where something supports it, and have their times
/// resolved against it.
fn infer_dates(
    documents: &mut [Document],
    analyses: &mut [Analysis],
    places: &dyn Places,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let inferred = {
        let pairs: Vec<_> = documents.iter().zip(analyses.iter()).map(|(doc, a)| (doc, a.times.as_slice())).collect();
        rashomon_analyze::time::infer_published(&pairs)
    };
    for ((doc, analysis), inference) in documents.iter_mut().zip(analyses).zip(inferred) {
        let Some((date, reason)) = inference else { continue };
        if doc.published.is_some() {
            continue;
        }
        rashomon_analyze::time::resolve(&mut analysis.times, doc, &date);
        rashomon_analyze::time::place(&mut analysis.times, doc, &analysis.sentences, &analysis.toponyms, places);
        diagnostics.push(Diagnostic {
            code: "R301",
            severity: Severity::Note,
            document: Some(doc.id.clone()),
            span: None,
            message: format!("publication date inferred as {}: {reason}", date.edtf()),
        });
        doc.published = Some(date);
    }
}

/// What to say of a text that shows signs of having been put together from others.
fn seams(doc: &Document, analysis: &Analysis) -> Option<Diagnostic> {
    let seams = rashomon_analyze::seams::read(doc, analysis);
    let pieced = rashomon_analyze::seams::pieced(&seams);
    let said: Vec<String> = seams
        .iter()
        .map(|seam| format!("{} “{}”", seam.kind.told(), rashomon_analyze::seams::words(doc, seam)))
        .collect();
    pieced.then(|| Diagnostic {
        code: "R303",
        severity: Severity::Warning,
        document: Some(doc.id.clone()),
        span: seams.first().map(|seam| seam.span),
        message: format!("reads as cut or put together from other texts: {}", said.join("; ")),
    })
}

/// How a case is to be assessed.
pub struct Assessing {
    /// Title.
    pub title: String,
    /// Range profile.
    pub profile: Profile,
    /// What people decided.
    pub judgements: Vec<Judgement>,
}

/// Compares everything read and assesses it.
#[must_use]
pub fn compare(reading: Reading, how: Assessing, resources: &Loaded) -> Case {
    let (mut case, ties) = assembled(reading, how, resources);
    let claims = by_document(&case);
    let linked = linked(&case, &claims);
    let link::Links { incidents, diagnostics: unsure, near } =
        link::link(&linked, &places_by_id(&case), &ties.incidents);
    let traced: Vec<trace::Traced<'_>> =
        linked.iter().map(|d| trace::Traced { document: d.document, analysis: d.analysis, claims: d.claims }).collect();
    let dependences = trace::trace_decided(&traced, &case.sources, &incidents, &ties.copies);
    let (assessed, mut applied) = rashomon_compare::assess_judged(rashomon_compare::CaseInput {
        documents: &case.documents,
        analyses: &case.analyses,
        claims: &case.claims,
        sources: &case.sources,
        dependences: &dependences,
        incidents: &incidents,
        evidence: &case.evidence,
        parties: &case.parties,
        places: &case.places,
        profile: case.profile,
        judgements: &case.judgements,
        settings: &rashomon_compare::Settings::default(),
    });
    case.incidents = assessed.value;
    case.totals = rashomon_compare::range::totals_of(&case.incidents, &near);
    rashomon_compare::evidence::describe(&mut case.incidents, &case.evidence);
    case.diagnostics.extend(unsure);
    case.diagnostics.extend(assessed.diagnostics);
    applied.append(&mut case.applied);
    applied.extend(ties.applied);
    case.applied = judge::account(&case.judgements, applied);
    case.diagnostics.extend(judge::warnings(&case.applied));
    case.dependences = dependences;
    case
}

/// Which incidents the claims of an assembled case speak of, and the accounts of each; judgements not applied.
#[must_use]
pub fn incidents(case: &Case) -> Vec<(Incident, Vec<Account>)> {
    let claims = by_document(case);
    link::link(&linked(case, &claims), &places_by_id(case), &[]).incidents
}

/// Who repeats whom in an assembled case whose incidents are known; judgements not applied.
#[must_use]
pub fn dependences(case: &Case, incidents: &[(Incident, Vec<Account>)]) -> Vec<Dependence> {
    let claims = by_document(case);
    let traced: Vec<trace::Traced<'_>> = linked(case, &claims)
        .iter()
        .map(|d| trace::Traced { document: d.document, analysis: d.analysis, claims: d.claims })
        .collect();
    trace::trace_decided(&traced, &case.sources, incidents, &[])
}

/// The case's claims, a list a document, in the order of its documents.
fn by_document(case: &Case) -> Vec<Vec<Claim>> {
    let mut lists: BTreeMap<_, Vec<Claim>> = BTreeMap::new();
    for claim in &case.claims {
        lists.entry(&claim.document).or_default().push(claim.clone());
    }
    case.documents.iter().map(|doc| lists.remove(&doc.id).unwrap_or_default()).collect()
}

/// What linking needs of every document.
fn linked<'a>(case: &'a Case, claims: &'a [Vec<Claim>]) -> Vec<link::Linked<'a>> {
    let read = case.documents.iter().zip(&case.analyses).zip(claims);
    read.map(|((document, analysis), claims)| link::Linked { document, analysis, claims }).collect()
}

/// The case's places by id.
fn places_by_id(case: &Case) -> BTreeMap<PlaceId, Place> {
    case.places.iter().map(|place| (place.id.clone(), place.clone())).collect()
}

/// A case of everything read: sources merged, evidence and places gathered, nothing compared.
#[must_use]
pub fn assemble(reading: Reading, how: Assessing, resources: &Loaded) -> Case {
    assembled(reading, how, resources).0
}

/// The case, and what people decided of speakers, incidents and copies.
fn assembled(reading: Reading, how: Assessing, resources: &Loaded) -> (Case, judge::Ties) {
    let Reading { documents, analyses, mut claims, diagnostics, .. } = reading;
    let speakers: Vec<(&rashomon_model::DocumentId, &[LocalSource])> =
        documents.iter().zip(&analyses).map(|(doc, analysis)| (&doc.id, analysis.speakers.as_slice())).collect();
    let ties = judge::ties(&how.judgements, &documents, &analyses, &claims);
    let merged = source::merge_decided(&speakers, resources.parties(), &ties.speakers);
    for ((analysis, ids), claims) in analyses.iter().zip(&merged.of).zip(&mut claims) {
        name_sources(analysis, ids, claims);
    }
    let pairs: Vec<_> = documents.iter().zip(&analyses).collect();
    let (mut evidence, of_mentions) = rashomon_compare::evidence::collect(&pairs, resources.parties());
    let applied = judge::verify(&how.judgements, &documents, &mut evidence);
    for ((analysis, ids), claims) in analyses.iter().zip(&of_mentions).zip(&mut claims) {
        for claim in claims {
            claim.evidence = evidence_of(claim, analysis, ids);
        }
    }
    let places = places(&analyses);
    let case = Case {
        title: how.title,
        profile: how.profile,
        documents,
        analyses,
        sources: merged.sources,
        claims: claims.into_iter().flatten().collect(),
        places,
        incidents: Vec::<AssessedIncident>::new(),
        totals: Vec::new(),
        dependences: Vec::new(),
        evidence,
        parties: resources.parties().clone(),
        judgements: how.judgements,
        applied,
        diagnostics,
        models: resources.models(),
    };
    (case, ties)
}

/// Gives every link the case's source of the speaker it names.
fn name_sources(analysis: &Analysis, ids: &[rashomon_model::SourceId], claims: &mut [Claim]) {
    let by_name: BTreeMap<&str, &rashomon_model::SourceId> =
        analysis.speakers.iter().zip(ids).map(|(speaker, id)| (speaker.name.as_str(), id)).collect();
    for link in claims.iter_mut().flat_map(|claim| &mut claim.chain) {
        link.source = by_name.get(link.name.as_str()).map(|id| (*id).clone());
    }
}

/// Evidence mentioned in the claim's words, or in the same sentence for a claim about evidence.
fn evidence_of(
    claim: &Claim,
    analysis: &Analysis,
    ids: &[rashomon_model::EvidenceId],
) -> Vec<rashomon_model::EvidenceId> {
    let about = claim.proposition.kind == rashomon_model::claim::PropositionKind::Evidence;
    let cover = claim.cover();
    let scope = analysis
        .sentences
        .iter()
        .filter(|sentence| sentence.span.overlaps(cover))
        .map(|sentence| sentence.span)
        .reduce(rashomon_model::Span::cover)
        .filter(|_| about)
        .unwrap_or(cover);
    let mut found: Vec<_> = analysis
        .evidence
        .iter()
        .zip(ids)
        .filter(|(mention, _)| scope.contains(mention.span))
        .map(|(_, id)| id.clone())
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Every place a toponym was resolved to, sorted by id, under the name the accounts use most.
fn places(analyses: &[Analysis]) -> Vec<Place> {
    let mut found: BTreeMap<PlaceId, (Place, BTreeMap<&str, usize>)> = BTreeMap::new();
    for toponym in analyses.iter().flat_map(|analysis| &analysis.toponyms) {
        let Some(place) = &toponym.place else { continue };
        let entry = found.entry(place.id.clone()).or_insert_with(|| (place.clone(), BTreeMap::new()));
        *entry.1.entry(&toponym.name).or_default() += 1;
    }
    found
        .into_values()
        .map(|(mut place, spelled)| {
            let most = spelled.iter().max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name))).map(|(name, _)| *name);
            let listed = std::mem::replace(&mut place.name, most.unwrap_or_default().to_owned());
            let mut names: Vec<String> = spelled.keys().map(|name| (*name).to_owned()).collect();
            names.push(listed);
            names.append(&mut place.names);
            let mut seen = std::collections::BTreeSet::new();
            names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
            place.names = names;
            place
        })
        .collect()
}
