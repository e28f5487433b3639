//! In which order do the stages run? The one place that knows.
//!
//! Documents are read and analysed on all cores, one a core, and kept in an order derived from their content; publication
//! dates that no document states are then inferred from the others; claims are read; and the case is compared and assessed.

mod assemble;
mod input;

use crate::progress::Progress;
use crate::readings::Readings;
use crate::resources::Loaded;
use assemble::assembled;
use input::{analyze, extract_all};
use rashomon_compare::{judge, link, trace};
use rashomon_ingest::{Input, Refusal};
use rashomon_model::analysis::Analysis;
use rashomon_model::assessment::Profile;
use rashomon_model::case::Case;
use rashomon_model::claim::Claim;
use rashomon_model::dependence::Dependence;
use rashomon_model::diagnostic::{Diagnostic, Severity};
use rashomon_model::document::Document;
use rashomon_model::id::PlaceId;
use rashomon_model::incident::{Account, Incident};
use rashomon_model::judgement::Judgement;
use rashomon_model::place::Place;
use rashomon_model::resources::{Places, Resources};
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

/// Only reads: the documents of all inputs by id, and what was refused.
#[must_use]
pub fn documents(inputs: Vec<Input>, mut refusals: Vec<Refusal>) -> (Vec<Document>, Vec<Refusal>) {
    let progress = Progress::new(inputs.len(), true);
    let paired = extract_all(inputs, &mut refusals, &progress, None);
    (paired.into_iter().map(|(document, _)| document).collect(), refusals)
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
