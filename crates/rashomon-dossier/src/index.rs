//! Which claim is number 12? Look-ups over a case, and the numbers things are cited by.
//!
//! Numbers count from 1 in the case's own fixed order, so the same case always cites the same way. A claim whose
//! document is not part of the case cannot be shown with its words and is left out of every rendering.

use crate::wording;
use rashomon_model::alignment::Position;
use rashomon_model::analysis::Analysis;
use rashomon_model::attribution::Flag;
use rashomon_model::case::Case;
use rashomon_model::claim::Claim;
use rashomon_model::document::Document;
use rashomon_model::id::{ClaimId, DocumentId, EvidenceId, PlaceId, SourceId};
use rashomon_model::judgement::{Applied, Decision, JudgedAnchor, Judgement};
use rashomon_model::place::Place;
use rashomon_model::source::Source;
use rashomon_model::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Look-ups over one case.
pub(crate) struct Index<'a> {
    pub(crate) case: &'a Case,
    claims: BTreeMap<&'a ClaimId, usize>,
    documents: BTreeMap<&'a DocumentId, usize>,
    sources: BTreeMap<&'a SourceId, usize>,
    places: BTreeMap<&'a PlaceId, usize>,
    evidence: BTreeMap<&'a EvidenceId, usize>,
    analyses: BTreeMap<&'a DocumentId, usize>,
    labels: Vec<String>,
    /// How the accounts spell each place.
    spellings: BTreeMap<&'a PlaceId, BTreeSet<&'a str>>,
    /// Claims left out by a person, and by which judgement.
    left_out: BTreeMap<&'a ClaimId, &'a Judgement>,
    /// The claims of each document and those that offer each item of evidence, in order: in a case of thousands of documents
    /// they cannot be looked for among all.
    of_document: BTreeMap<&'a DocumentId, Vec<&'a ClaimId>>,
    of_evidence: BTreeMap<&'a EvidenceId, Vec<&'a ClaimId>>,
}

/// A claim with the number it is cited by and its document.
#[derive(Clone, Copy)]
pub(crate) struct Cited<'a> {
    pub(crate) n: usize,
    pub(crate) claim: &'a Claim,
    pub(crate) doc: &'a Document,
    pub(crate) doc_n: usize,
}

fn numbered<'a, T: 'a, K: Ord>(list: &'a [T], key: impl Fn(&'a T) -> K) -> BTreeMap<K, usize> {
    list.iter().enumerate().map(|(i, x)| (key(x), i)).collect()
}

impl<'a> Index<'a> {
    pub(crate) fn new(case: &'a Case) -> Self {
        let mut of_document: BTreeMap<&DocumentId, Vec<&ClaimId>> = BTreeMap::new();
        let mut of_evidence: BTreeMap<&EvidenceId, Vec<&ClaimId>> = BTreeMap::new();
        for claim in &case.claims {
            of_document.entry(&claim.document).or_default().push(&claim.id);
            for item in &claim.evidence {
                let offered = of_evidence.entry(item).or_default();
                if offered.last() != Some(&&claim.id) {
                    offered.push(&claim.id);
                }
            }
        }
        Self {
            case,
            claims: numbered(&case.claims, |c| &c.id),
            documents: numbered(&case.documents, |d| &d.id),
            sources: numbered(&case.sources, |s| &s.id),
            places: numbered(&case.places, |p| &p.id),
            evidence: numbered(&case.evidence, |e| &e.id),
            analyses: numbered(&case.analyses, |a| &a.document),
            labels: case.documents.iter().map(label).collect(),
            spellings: spellings(case),
            left_out: left_out(case),
            of_document,
            of_evidence,
        }
    }

    pub(crate) fn claim(&self, id: &ClaimId) -> Option<Cited<'a>> {
        let at = *self.claims.get(id)?;
        let claim = self.case.claims.get(at)?;
        let (doc_n, doc) = self.document(&claim.document)?;
        Some(Cited { n: at + 1, claim, doc, doc_n })
    }

    /// All claims that can be shown, in order.
    pub(crate) fn claims(&self) -> impl Iterator<Item = Cited<'a>> + '_ {
        self.case.claims.iter().filter_map(|c| self.claim(&c.id))
    }

    /// How many claims a document makes.
    pub(crate) fn count_of(&self, document: &DocumentId) -> usize {
        self.of_document.get(document).map_or(0, Vec::len)
    }

    /// Those of [`Index::claims`] that are a document's.
    pub(crate) fn claims_of(&self, document: &DocumentId) -> impl Iterator<Item = Cited<'a>> + '_ {
        self.of_document.get(document).into_iter().flatten().filter_map(|id| self.claim(id))
    }

    /// Those of [`Index::claims`] that offer an item of evidence.
    pub(crate) fn claims_offering(&self, item: &EvidenceId) -> impl Iterator<Item = Cited<'a>> + '_ {
        self.of_evidence.get(item).into_iter().flatten().filter_map(|id| self.claim(id))
    }

    pub(crate) fn cite(&self, ids: &[ClaimId]) -> Vec<Cited<'a>> {
        ids.iter().filter_map(|id| self.claim(id)).collect()
    }

    /// The origins of an answer by name, at most `limit`; a document that has no name but its id goes by its label, blank
    /// names are counted as not named.
    pub(crate) fn origins(&self, held: &Position, limit: usize) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in held.origins.iter().filter(|name| !name.trim().is_empty()) {
            let own = self.document(&DocumentId::new(name.as_str())).map(|(n, _)| self.label(n).to_owned());
            names.push(own.unwrap_or_else(|| name.clone()));
        }
        let blank = names.len() < held.origins.len() || names.is_empty();
        let rest = names.len().saturating_sub(limit);
        names.truncate(limit);
        if rest > 0 {
            names.push(format!("{rest} more"));
        }
        if blank {
            names.push("someone not named".into());
        }
        wording::list(&names)
    }

    /// Whose answer it is: the origins, and how many accounts carry it where more than one does.
    pub(crate) fn by(&self, held: &Position, limit: usize) -> String {
        match held.carriers.len() {
            0 | 1 => self.origins(held, limit),
            n => format!("{} ({})", self.origins(held, limit), wording::n(n, "account")),
        }
    }

    /// Whether the answer is a denial: nobody asserts it, and somebody behind it denies.
    pub(crate) fn denies(&self, held: &Position) -> bool {
        held.denied && self.cite(&held.claims).iter().any(|cited| denies(cited.claim))
    }

    /// How the accounts themselves spell a place, other than by the name shown; capitals alone make no other way.
    pub(crate) fn spellings(&self, place: &Place) -> Vec<String> {
        let known = self.spellings.get(&place.id).into_iter().flatten();
        let own = place.name.to_lowercase();
        known.filter(|name| name.to_lowercase() != own).map(|name| (*name).to_owned()).collect()
    }

    /// Number and document.
    pub(crate) fn document(&self, id: &DocumentId) -> Option<(usize, &'a Document)> {
        let at = *self.documents.get(id)?;
        self.case.documents.get(at).map(|doc| (at + 1, doc))
    }

    pub(crate) fn source(&self, id: &SourceId) -> Option<(usize, &'a Source)> {
        let at = *self.sources.get(id)?;
        self.case.sources.get(at).map(|source| (at + 1, source))
    }

    pub(crate) fn place(&self, id: &PlaceId) -> Option<&'a Place> {
        self.places.get(id).and_then(|&at| self.case.places.get(at))
    }

    pub(crate) fn evidence_number(&self, id: &EvidenceId) -> Option<usize> {
        self.evidence.get(id).map(|at| at + 1)
    }

    pub(crate) fn analysis(&self, id: &DocumentId) -> Option<&'a Analysis> {
        self.analyses.get(id).and_then(|&at| self.case.analyses.get(at))
    }

    /// What became of a judgement.
    pub(crate) fn applied(&self, made: &Judgement) -> Option<&'a Applied> {
        applied(self.case, made)
    }

    /// Number of the document a judgement points at.
    pub(crate) fn judged_document(&self, anchor: &JudgedAnchor) -> Option<usize> {
        self.case.documents.iter().position(|doc| anchor.is_in(doc)).map(|at| at + 1)
    }

    /// Number and judgement of this id.
    pub(crate) fn judgement(&self, id: &str) -> Option<(usize, &'a Judgement)> {
        let at = self.case.judgements.iter().position(|made| made.id.as_str() == id)?;
        self.case.judgements.get(at).map(|made| (at + 1, made))
    }

    /// The judgement by which a claim is left out.
    pub(crate) fn left_out_by(&self, claim: &ClaimId) -> Option<&'a Judgement> {
        self.left_out.get(claim).copied()
    }

    /// Short name of document number `n`: publisher, else title, else file name.
    pub(crate) fn label(&self, n: usize) -> &str {
        n.checked_sub(1).and_then(|at| self.labels.get(at)).map_or("", String::as_str)
    }

    /// The sentence or sentences an excerpt of these words should show; the words themselves at least.
    pub(crate) fn around(&self, doc: &Document, cover: Span) -> Span {
        let mut found = cover;
        if let Some(read) = self.analysis(&doc.id) {
            let from = read.sentences.partition_point(|s| s.span.end <= cover.start);
            for sentence in read.sentences.iter().skip(from) {
                if sentence.span.start >= cover.end {
                    break;
                }
                found = found.cover(sentence.span);
            }
        }
        if found == cover {
            let from = doc.blocks.partition_point(|b| b.span.end <= cover.start);
            for block in doc.blocks.iter().skip(from) {
                if block.span.start >= cover.end {
                    break;
                }
                found = found.cover(block.span);
            }
        }
        clip(&doc.text, cover, found)
    }
}

/// Every way the claims and the texts write the name of a place, by place.
fn spellings(case: &Case) -> BTreeMap<&PlaceId, BTreeSet<&str>> {
    let in_claims = case.claims.iter().flat_map(|claim| &claim.proposition.place);
    let in_claims = in_claims.filter_map(|named| named.place.as_ref().map(|place| (place, named.name.as_str())));
    let in_texts = case.analyses.iter().flat_map(|analysis| &analysis.toponyms);
    let in_texts = in_texts.filter_map(|named| named.place.as_ref().map(|place| (&place.id, named.name.as_str())));
    let mut found: BTreeMap<&PlaceId, BTreeSet<&str>> = BTreeMap::new();
    for (place, name) in in_claims.chain(in_texts) {
        found.entry(place).or_default().insert(name);
    }
    found
}

/// What became of a judgement.
fn applied<'a>(case: &'a Case, made: &Judgement) -> Option<&'a Applied> {
    case.applied.iter().find(|one| one.judgement == made.id)
}

/// The claims left out, each with the first judgement that says so.
fn left_out(case: &Case) -> BTreeMap<&ClaimId, &Judgement> {
    let mut found = BTreeMap::new();
    for made in case.judgements.iter().filter(|made| matches!(made.decision, Decision::ExcludeClaim(_))) {
        for claim in applied(case, made).into_iter().flat_map(|one| &one.claims) {
            found.entry(claim).or_insert(made);
        }
    }
    found
}

/// Whether the origin denies what the claim is about.
pub(crate) fn denies(claim: &Claim) -> bool {
    claim.factuality.is_negative() || claim.flags.contains(&Flag::Denial)
}

/// Bytes of context shown on either side of the words at most.
const CONTEXT: usize = 240;

/// `wide` cut to at most [`CONTEXT`] bytes on either side of `cover`, at white space where there is some.
fn clip(text: &str, cover: Span, wide: Span) -> Span {
    let (start, end) = (cover.start as usize, cover.end as usize);
    let mut from = (wide.start as usize).max(start.saturating_sub(CONTEXT));
    let mut to = (wide.end as usize).min(end.saturating_add(CONTEXT)).min(text.len());
    from = text.floor_char_boundary(from);
    to = text.ceil_char_boundary(to);
    if from > wide.start as usize
        && let Some(space) = text.get(from..start.min(text.len())).and_then(|w| w.find(char::is_whitespace))
    {
        from += space + 1;
    }
    if to < wide.end as usize
        && let Some(space) = text.get(end.min(to)..to).and_then(|w| w.rfind(char::is_whitespace))
    {
        to = end + space;
    }
    let from = text.floor_char_boundary(from);
    let to = text.ceil_char_boundary(to).max(from);
    Span::from_usize(from, to)
}

/// Short name of a document: publisher, else title, else the file name it came from.
pub(crate) fn label(doc: &Document) -> String {
    let full = doc.publisher.as_deref().or(doc.title.as_deref()).filter(|name| !name.trim().is_empty()).map_or_else(
        || {
            let origin = doc.capture.origin.as_str();
            origin.rsplit(['/', '\\']).next().unwrap_or(origin).to_owned()
        },
        |name| name.trim().to_owned(),
    );
    shorten(&full, 48)
}

/// At most `limit` characters, with an ellipsis where cut.
pub(crate) fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
    }
}
