//! What does each speaker claim? Propositions with their chains, anchored in words.
//!
//! The text is cut into regions of one voice ([`region`]), those into clauses ([`clause`]), and each clause is read as one
//! or more typed propositions ([`proposition`]). A clause with nothing typed to say joins the claim before it, so that a
//! quotation split by its speaker stays one claim with several anchors.

mod actor;
mod bare;
mod blame;
mod care;
mod certainty;
mod clause;
mod count;
mod cue;
mod headline;
mod later;
mod place;
mod proposition;
mod region;
mod revised;
mod spoken;
mod target;
mod there;
mod when;
mod withdrawn;

use bare::{is_name, is_phrase, only_names};
use proposition::{Read, Reader};
use rashomon_model::Document;
use rashomon_model::analysis::Analysis;
use rashomon_model::attribution::{Delivery, Factuality, Flag};
use rashomon_model::claim::{Chain, Claim, Link, PropositionKind};
use rashomon_model::document::BlockKind;
use rashomon_model::id::ClaimId;
use rashomon_model::party::{PartyKind, PartyRef, PartyTable};
use rashomon_model::resources::Resources;
use rashomon_model::source::SourceKind;
use rashomon_model::span::Span;
use region::Region;
use sha2::{Digest, Sha256};

/// Claims of the document, in text order.
#[must_use]
pub fn claims(doc: &Document, analysis: &Analysis, resources: &dyn Resources) -> Vec<Claim> {
    let mut speakers: Vec<Span> = analysis.attributions.iter().flat_map(|a| a.source.iter().copied()).collect();
    speakers.sort_unstable();
    let reader = Reader { doc, analysis, parties: resources.parties(), speakers };
    let author = issuing_party(doc, resources.parties());
    let mut found: Vec<Claim> = Vec::new();
    for region in region::regions(&doc.text, analysis) {
        if region.attribution.and_then(|i| analysis.attributions.get(i)).is_some_and(|a| only_names(doc, analysis, a)) {
            continue;
        }
        let voice = Voice::of(&region, &analysis.chains, author.as_ref());
        let blamed = region.attribution.and_then(|i| analysis.attributions.get(i)).and_then(|a| {
            let words = |spans: &[Span]| spans.iter().map(|span| doc.slice(*span)).collect::<Vec<_>>().join(" ");
            blame::of_cue(&words(&a.cue), &words(&a.content), is_phrase(doc, analysis, a))
        });
        let speaker = voice.speaker();
        let from = found.len();
        for sentence in &region.sentences {
            let clauses = clause::split(&doc.text, sentence, &|span| reader.weighty(span));
            for pieces in reader.shared_out(clauses) {
                for mut read in reader.read(&pieces, voice.party.as_ref()) {
                    if read.proposition.kind == PropositionKind::Statement && is_name(doc, analysis, &pieces) {
                        continue;
                    }
                    reader.blame(&mut read, &pieces, blamed, speaker.as_ref());
                    add(&mut found, from, doc, analysis, &voice, &pieces, read);
                }
            }
        }
    }
    headline::settle(&mut found);
    revised::settle(analysis, &mut found);
    withdrawn::mark(doc, analysis, &mut found);
    revised::take_up(analysis, &mut found);
    for claim in &mut found {
        claim.id = id(claim);
    }
    found.sort_by(|a, b| (a.cover(), &a.id).cmp(&(b.cover(), &b.id)));
    found.dedup_by(|a, b| a.id == b.id);
    found
}

/// Who speaks in a region, as far as its chain says.
struct Voice<'a> {
    chain: Option<&'a Chain>,
    attribution: Option<usize>,
    party: Option<PartyRef>,
}

impl<'a> Voice<'a> {
    fn of(region: &Region, chains: &'a [Chain], author: Option<&PartyRef>) -> Self {
        let chain = region.attribution.and_then(|index| chains.get(index));
        let party = match region.attribution {
            Some(_) => chain.and_then(|chain| chain.party.clone()),
            None => author.cloned(),
        };
        Self { chain, attribution: region.attribution, party }
    }

    /// Who speaks, as far as it can have done something: a party of the table, or a group by its name.
    fn speaker(&self) -> Option<PartyRef> {
        let group = || {
            let link = self.chain?.links.last().filter(|link| link.kind == SourceKind::ArmedGroup)?;
            Some(PartyRef { name: link.name.clone(), party: None, span: link.span.unwrap_or_default() })
        };
        self.party.clone().or_else(group)
    }
}

/// The party that issues the document in its own name, so that "our forces" in a statement can be read; outlets are none.
fn issuing_party(doc: &Document, parties: &PartyTable) -> Option<PartyRef> {
    let publisher = doc.publisher.as_deref()?;
    let party = parties.parties.iter().find(|party| {
        let acts = !matches!(party.kind, PartyKind::Agency | PartyKind::Outlet | PartyKind::Monitor | PartyKind::Ngo);
        acts && std::iter::once(&party.name).chain(&party.aliases).any(|name| name.eq_ignore_ascii_case(publisher))
    })?;
    Some(PartyRef { name: party.name.clone(), party: Some(party.id.clone()), span: Span::default() })
}

/// Adds one reading as a claim, or as a further anchor of the claim before it.
fn add(
    found: &mut Vec<Claim>,
    from: usize,
    doc: &Document,
    analysis: &Analysis,
    voice: &Voice<'_>,
    pieces: &[Span],
    read: Read,
) {
    let plain = read.proposition.kind == PropositionKind::Statement;
    if plain {
        let words = pieces.iter().flat_map(|span| span.of(&doc.text).split_whitespace()).count();
        if words < 3 && found.len() == from {
            return; // a pronoun or a lone name claims nothing
        }
        if voice.attribution.is_none() {
            return; // the author's own words without event, count or cue claim nothing that can be compared
        }
        if let Some(last) = found.get_mut(from..).and_then(<[Claim]>::last_mut) {
            last.anchors.extend(pieces);
            return;
        }
    }
    let (chain, mut factuality, mut flags, delivery): (Vec<Link>, _, _, _) = match voice.chain {
        Some(chain) => (chain.links.clone(), chain.factuality, chain.flags.clone(), chain.delivery),
        None => (Vec::new(), Factuality::CertainPositive, Default::default(), Delivery::None),
    };
    if let Some(possible) = read.hedge {
        factuality = weaker(factuality, possible);
        flags.insert(Flag::Hedged);
    }
    if cue::find_any(&doc.text, pieces, &cue::LISTS.modifier).is_some() {
        flags.insert(Flag::Distancing);
    }
    if read.refuted {
        factuality = factuality.negated();
        flags.insert(Flag::Denial);
    }
    if read.unreal {
        flags.insert(Flag::NotAsserted);
        factuality = Factuality::Uncommitted;
    }
    let block = pieces.first().and_then(|span| doc.block_at(span.start)).map(|block| block.kind);
    match block {
        Some(BlockKind::Headline | BlockKind::Standfirst) => {
            flags.insert(Flag::Headline);
        }
        Some(BlockKind::Caption) => {
            flags.insert(Flag::Caption);
        }
        _ => {}
    }
    if read.proposition.count.iter().any(|count| count.cumulative.is_some()) {
        flags.insert(Flag::Cumulative);
    }
    let confidence = voice.attribution.and_then(|i| analysis.attributions.get(i)).map_or(0.8, |a| a.confidence);
    let mut anchors = pieces.to_vec();
    // "puts the deaths at three": the verb is part of what is told
    let figure = voice.attribution.and_then(|i| analysis.attributions.get(i)).filter(|a| a.made_by == "figure");
    if let (Some(first), Some(cue)) = (anchors.first_mut(), figure.and_then(|a| a.cue.last()))
        && cue.end <= first.start
        && cue.end + 2 > first.start
    {
        first.start = cue.start;
    }
    found.push(Claim {
        id: ClaimId::new(""),
        document: doc.id.clone(),
        anchors,
        chain,
        delivery,
        factuality,
        flags,
        proposition: read.proposition,
        evidence: Vec::new(),
        confidence,
        why: vec![read.why],
    });
}

/// The value with the clause's own hedge applied: the weaker of the two strengths, polarity kept.
fn weaker(value: Factuality, possible: bool) -> Factuality {
    use Factuality::{
        CertainNegative, CertainPositive, PossibleNegative, PossiblePositive, ProbableNegative, ProbablePositive,
    };
    match (value, possible) {
        (CertainPositive | ProbablePositive, true) => PossiblePositive,
        (CertainNegative | ProbableNegative, true) => PossibleNegative,
        (CertainPositive, false) => ProbablePositive,
        (CertainNegative, false) => ProbableNegative,
        (kept, _) => kept,
    }
}

/// Hash of document, anchors, chain and kind: the first 12 hexadecimal digits of SHA-256.
fn id(claim: &Claim) -> ClaimId {
    let mut hash = Sha256::new();
    hash.update(claim.document.as_str());
    for span in &claim.anchors {
        hash.update(span.start.to_le_bytes());
        hash.update(span.end.to_le_bytes());
    }
    for link in &claim.chain {
        hash.update(&link.name);
        hash.update([0]);
    }
    hash.update(claim.proposition.kind.name());
    hash.update(claim.proposition.polarity.name());
    let digest = hash.finalize();
    let hex: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    ClaimId::new(format!("c-{hex}"))
}
