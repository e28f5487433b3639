//! Which item of evidence is it? Mentions in all documents merged into items.
//!
//! Mentions are one item if the document says so (`same_as`), or if two documents name the same kind of thing by the same
//! maker ("the ministry's video"); anything else stays apart, since a false merge would lend one video another's verification.

use crate::hash::short_id;
use crate::source::key::Folder;
use rashomon_model::Document;
use rashomon_model::alignment::Question;
use rashomon_model::analysis::Analysis;
use rashomon_model::case::AssessedIncident;
use rashomon_model::evidence::{EvidenceItem, EvidenceKind, EvidenceMention, Verification};
use rashomon_model::id::EvidenceId;
use rashomon_model::party::PartyTable;
use rashomon_model::span::{Anchor, Span};
use std::collections::BTreeMap;

/// The items of the case, sorted by id, and for each document the item of each of its mentions.
#[must_use]
pub fn collect(
    documents: &[(&Document, &Analysis)],
    parties: &PartyTable,
) -> (Vec<EvidenceItem>, Vec<Vec<EvidenceId>>) {
    let folder = Folder::new(parties);
    let mut groups: BTreeMap<EvidenceId, Vec<(&Document, &EvidenceMention)>> = BTreeMap::new();
    let mut of = Vec::with_capacity(documents.len());
    for (doc, analysis) in documents {
        let mut ids: Vec<EvidenceId> = Vec::with_capacity(analysis.evidence.len());
        for mention in &analysis.evidence {
            let earlier = mention.same_as.and_then(|index| ids.get(index)).cloned();
            let id = earlier.unwrap_or_else(|| id_of(doc, analysis, mention, &folder));
            groups.entry(id.clone()).or_default().push((doc, mention));
            ids.push(id);
        }
        of.push(ids);
    }
    let items = groups.into_iter().map(|(id, mentions)| item(id, &mentions)).collect();
    (items, of)
}

/// Writes positions on evidence with the item's description instead of its id: what it is said to be, and that it is doubted
/// or could not be verified where the claim negates.
pub fn describe(incidents: &mut [AssessedIncident], items: &[EvidenceItem]) {
    let names: BTreeMap<&str, &EvidenceItem> = items.iter().map(|item| (item.id.as_str(), item)).collect();
    let questions = incidents.iter_mut().flat_map(|incident| &mut incident.questions);
    for question in questions.filter(|answered| answered.question == Question::Evidence) {
        for position in &mut question.positions {
            let (id, doubted) =
                position.value.strip_prefix("not ").map_or((position.value.as_str(), false), |id| (id, true));
            if let Some(item) = names.get(id) {
                let doubt = if doubted { ": doubted, or not verified" } else { "" };
                position.value = format!("{} ({}){doubt}", item.description, item.kind);
            }
        }
    }
}

/// Kind and maker where the maker is named, else document and place.
fn id_of(doc: &Document, analysis: &Analysis, mention: &EvidenceMention, folder: &Folder) -> EvidenceId {
    let maker = mention.by.map(|span| maker(doc, analysis, span)).filter(|name| name.split_whitespace().count() >= 2);
    let visual = |kind| matches!(kind, EvidenceKind::Video | EvidenceKind::Photo);
    match maker {
        Some(name) if visual(mention.kind) || mention.kind == EvidenceKind::List => {
            EvidenceId::new(short_id("e", &[mention.kind.name(), &folder.key(&name)]))
        }
        _ => EvidenceId::new(short_id("e", &[doc.id.as_str(), &mention.span.start.to_string()])),
    }
}

/// The maker's fullest name in the document.
fn maker(doc: &Document, analysis: &Analysis, span: Span) -> String {
    let words = doc.slice(span);
    let speaker = analysis.speakers.iter().find(|speaker| speaker.names.iter().any(|name| name == words));
    speaker.map_or_else(|| words.to_owned(), |speaker| speaker.name.clone())
}

/// One item from its mentions.
fn item(id: EvidenceId, mentions: &[(&Document, &EvidenceMention)]) -> EvidenceItem {
    let kind = mentions.first().map_or(EvidenceKind::Document, |(_, m)| m.kind);
    let description = mentions
        .iter()
        .map(|(doc, m)| {
            m.by.map_or(m.span, |by| {
                if by.end + 40 >= m.span.start && m.span.end + 40 >= by.start { m.span.cover(by) } else { m.span }
            })
            .of(&doc.text)
        })
        .max_by(|a, b| a.chars().count().cmp(&b.chars().count()).then_with(|| b.cmp(a)))
        .unwrap_or_default()
        .to_owned();
    let mut anchors: Vec<Anchor> = mentions.iter().map(|(doc, m)| doc.anchor(m.span)).collect();
    anchors.sort();
    anchors.dedup();
    let mut said: Vec<(Verification, Anchor)> =
        mentions.iter().filter_map(|(doc, m)| m.verification.map(|(v, span)| (v, doc.anchor(span)))).collect();
    said.sort_by(|a, b| a.1.cmp(&b.1));
    said.dedup();
    let any = |wanted| said.iter().any(|(v, _)| *v == wanted);
    let verification = if any(Verification::Disputed) || (any(Verification::Verified) && any(Verification::Unverified))
    {
        Verification::Disputed
    } else if any(Verification::Verified) {
        Verification::Verified
    } else {
        Verification::Unverified
    };
    EvidenceItem {
        id,
        kind,
        description,
        mentions: anchors,
        verification,
        verification_anchors: said.into_iter().map(|(_, anchor)| anchor).collect(),
        judged: None,
    }
}
