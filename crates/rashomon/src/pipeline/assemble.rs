//! What is in a case before anything is compared? Sources merged, evidence and places gathered.

use super::{Assessing, Reading};
use crate::resources::Loaded;
use rashomon_compare::{evidence, judge, source};
use rashomon_model::analysis::Analysis;
use rashomon_model::case::{AssessedIncident, Case};
use rashomon_model::claim::{Claim, PropositionKind};
use rashomon_model::id::{DocumentId, EvidenceId, PlaceId, SourceId};
use rashomon_model::place::Place;
use rashomon_model::resources::Resources as _;
use rashomon_model::source::LocalSource;
use rashomon_model::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The case, and what people decided of speakers, incidents and copies.
pub(super) fn assembled(reading: Reading, how: Assessing, resources: &Loaded) -> (Case, judge::Ties) {
    let Reading { documents, analyses, mut claims, diagnostics, .. } = reading;
    let speakers: Vec<(&DocumentId, &[LocalSource])> =
        documents.iter().zip(&analyses).map(|(doc, analysis)| (&doc.id, analysis.speakers.as_slice())).collect();
    let ties = judge::ties(&how.judgements, &documents, &analyses, &claims);
    let merged = source::merge_decided(&speakers, resources.parties(), &ties.speakers);
    for ((analysis, ids), claims) in analyses.iter().zip(&merged.of).zip(&mut claims) {
        name_sources(analysis, ids, claims);
    }
    let pairs: Vec<_> = documents.iter().zip(&analyses).collect();
    let (mut items, of_mentions) = evidence::collect(&pairs, resources.parties());
    let applied = judge::verify(&how.judgements, &documents, &mut items);
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
        evidence: items,
        parties: resources.parties().clone(),
        judgements: how.judgements,
        applied,
        diagnostics,
        models: resources.models(),
    };
    (case, ties)
}

/// Gives every link the case's source of the speaker it names.
fn name_sources(analysis: &Analysis, ids: &[SourceId], claims: &mut [Claim]) {
    let by_name: BTreeMap<&str, &SourceId> =
        analysis.speakers.iter().zip(ids).map(|(speaker, id)| (speaker.name.as_str(), id)).collect();
    for link in claims.iter_mut().flat_map(|claim| &mut claim.chain) {
        link.source = by_name.get(link.name.as_str()).map(|id| (*id).clone());
    }
}

/// Evidence mentioned in the claim's words, or in the same sentence for a claim about evidence.
fn evidence_of(claim: &Claim, analysis: &Analysis, ids: &[EvidenceId]) -> Vec<EvidenceId> {
    let about = claim.proposition.kind == PropositionKind::Evidence;
    let cover = claim.cover();
    let scope = analysis
        .sentences
        .iter()
        .filter(|sentence| sentence.span.overlaps(cover))
        .map(|sentence| sentence.span)
        .reduce(Span::cover)
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
            let mut seen = BTreeSet::new();
            names.retain(|name| !name.is_empty() && seen.insert(name.clone()));
            place.names = names;
            place
        })
        .collect()
}
