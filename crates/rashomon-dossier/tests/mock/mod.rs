//! Hand-made cases to render: an invented market raid told by eight invented accounts, the same with forty, and a tiny one.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::unwrap_used)]

pub mod crowd;
pub mod market;
pub mod poison;
pub mod tiny;

use rashomon_model::alignment::{Answered, Cause, Gap, Position, Question, Relation, RelationKind, Status};
use rashomon_model::analysis::Analysis;
use rashomon_model::assessment::Verdict;
use rashomon_model::attribution::{Delivery, Factuality, Flag};
use rashomon_model::capture::Capture;
use rashomon_model::case::Case;
use rashomon_model::claim::{Claim, CountRef, Link, PlaceRef, Polarity, Proposition, PropositionKind, TimeRef};
use rashomon_model::date::{Basis, Date, DateValue, RestsOn};
use rashomon_model::document::{Block, BlockKind, Document};
use rashomon_model::id::{ClaimId, DocumentId, PartyId, PlaceId, SourceId};
use rashomon_model::party::{Actors, PartyRef};
use rashomon_model::place::Place;
use rashomon_model::quantity::{Category, Count, Outcome};
use rashomon_model::source::{Source, SourceKind};
use rashomon_model::span::{Anchor, Span};
use std::collections::BTreeSet;

/// Puts a case together by quoting words instead of counting bytes.
pub struct Mock {
    pub case: Case,
}

pub fn day(d: i8, basis: Basis) -> DateValue {
    DateValue::day(Date::constant(2031, 3, d), basis)
}

pub fn cid(id: &str) -> ClaimId {
    ClaimId::new(id)
}

impl Mock {
    pub fn new(title: &str) -> Self {
        Self { case: rashomon_dossier::empty_case(title) }
    }

    /// A document of blocks `(kind, words)`, joined by blank lines.
    pub fn document(
        &mut self,
        id: &str,
        publisher: Option<&str>,
        published: Option<DateValue>,
        blocks: &[(BlockKind, &str)],
    ) {
        let mut text = String::new();
        let mut found = Vec::new();
        for (kind, words) in blocks {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(words);
            found.push(Block { kind: *kind, span: Span::from_usize(start, text.len()) });
        }
        let title = blocks.iter().find(|(kind, _)| *kind == BlockKind::Headline).map(|(_, words)| (*words).to_owned());
        self.case.documents.push(Document {
            id: DocumentId::new(id),
            given_id: None,
            capture: Capture {
                sha256: "0".repeat(64),
                origin: format!("accounts/{id}.html"),
                retrieved: None,
                media_type: "text/html".into(),
            },
            publisher: publisher.map(Into::into),
            title,
            byline: None,
            language: "en".into(),
            published,
            published_anchor: None,
            updated: false,
            url: None,
            credits: Vec::new(),
            text,
            blocks: found,
        });
        self.case.analyses.push(Analysis::empty(DocumentId::new(id)));
    }

    pub fn doc(&self, id: &str) -> &Document {
        self.case.documents.iter().find(|d| d.id.as_str() == id).unwrap()
    }

    /// Where the words stand in the document; they must.
    pub fn at(&self, doc: &str, words: &str) -> Span {
        let text = &self.doc(doc).text;
        let start = text.find(words).unwrap_or_else(|| panic!("{doc} does not say {words:?}"));
        Span::from_usize(start, start + words.len())
    }

    pub fn anchor(&self, doc: &str, words: &str) -> Anchor {
        Anchor { document: DocumentId::new(doc), span: self.at(doc, words) }
    }

    pub fn source(&mut self, id: &str, name: &str, kind: SourceKind, names: &[&str]) {
        let mut names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        names.push(name.to_owned());
        names.sort();
        names.dedup();
        self.case.sources.push(Source {
            id: SourceId::new(id),
            name: name.into(),
            kind,
            names,
            affiliation: None,
            party: None,
            described_as: None,
            document: None,
            mentions: Vec::new(),
            merged_because: Vec::new(),
        });
    }

    pub fn place(&mut self, id: &str, name: &str, at: (f64, f64), kind: &str, within: &[&str]) {
        self.case.places.push(Place {
            id: PlaceId::new(id),
            name: name.into(),
            names: vec![name.into()],
            latitude: at.0,
            longitude: at.1,
            kind: kind.into(),
            population: 0,
            within: within.iter().map(|w| (*w).to_owned()).collect(),
            within_ids: Vec::new(),
            radius_km: 3.0,
        });
    }

    /// A claim of these words in the document's own voice; [`Shape`] gives it its speakers and details.
    pub fn claim(&mut self, id: &str, doc: &str, kind: PropositionKind, words: &str) -> Shape<'_> {
        let anchors = vec![self.at(doc, words)];
        self.case.claims.push(Claim {
            id: cid(id),
            document: DocumentId::new(doc),
            anchors,
            chain: Vec::new(),
            delivery: Delivery::None,
            factuality: Factuality::CertainPositive,
            flags: BTreeSet::new(),
            proposition: Proposition {
                kind,
                polarity: Polarity::Positive,
                event: None,
                actor: Actors::default(),
                target: Vec::new(),
                place: Vec::new(),
                time: None,
                count: Vec::new(),
                means: Vec::new(),
            },
            evidence: Vec::new(),
            confidence: 0.9,
            why: vec!["read as P1: source, cue, content".into()],
        });
        let at = self.case.claims.len() - 1;
        Shape { mock: self, at }
    }

    /// A position built from its claims: origins and carriers follow from them.
    pub fn position(&self, value: &str, claims: &[&str], independent: usize) -> Position {
        let mut origins = BTreeSet::new();
        let mut carriers = BTreeSet::new();
        let mut denied = false;
        for id in claims {
            let claim =
                self.case.claims.iter().find(|c| c.id.as_str() == *id).unwrap_or_else(|| panic!("no claim {id}"));
            carriers.insert(claim.document.clone());
            denied |= claim.flags.contains(&Flag::Denial);
            origins.insert(claim.origin().map_or_else(
                || self.doc(claim.document.as_str()).publisher.clone().unwrap_or_else(|| "an unnamed account".into()),
                |link| link.name.clone(),
            ));
        }
        Position {
            value: value.into(),
            claims: claims.iter().map(|c| cid(c)).collect(),
            origins: origins.into_iter().collect(),
            nobody: 0,
            carriers: carriers.into_iter().collect(),
            independent,
            denied,
        }
    }

    pub fn answered(
        &self,
        question: Question,
        status: Status,
        positions: &[(&str, &[&str], usize)],
        relations: Vec<Relation>,
    ) -> Answered {
        Answered {
            question,
            status,
            positions: positions.iter().map(|(value, claims, n)| self.position(value, claims, *n)).collect(),
            relations,
        }
    }
}

pub fn relation(a: &str, kind: RelationKind, b: &str, rule: &'static str, because: &str) -> Relation {
    Relation {
        a: cid(a),
        b: cid(b),
        kind,
        rule,
        because: because.into(),
        severity: (kind == RelationKind::Contradicts).then_some(Gap::Plain),
        cause: (kind == RelationKind::Contradicts).then_some(Cause::Conflict),
        review: false,
        all_a: vec![cid(a)],
        all_b: vec![cid(b)],
    }
}

pub fn verdict(value: &'static str, rule: &'static str, because: &str, claims: &[&str], change: &str) -> Verdict {
    Verdict {
        value,
        rule,
        because: because.into(),
        claims: claims.iter().map(|c| cid(c)).collect(),
        would_change_if: change.into(),
        overridden_by: None,
    }
}

/// The claim just made, to be given its details.
pub struct Shape<'a> {
    pub mock: &'a mut Mock,
    at: usize,
}

impl Shape<'_> {
    fn edit(self, change: impl FnOnce(&mut Claim)) -> Self {
        change(&mut self.mock.case.claims[self.at]);
        self
    }

    fn span(&self, words: &str) -> Span {
        let doc = self.mock.case.claims[self.at].document.clone();
        self.mock.at(doc.as_str(), words)
    }

    fn party(&self, name: &str, words: &str) -> PartyRef {
        PartyRef {
            name: name.into(),
            party: Some(PartyId::new(format!("case:{}", name.replace(' ', "-")))),
            span: self.span(words),
        }
    }

    /// Further words of the claim, where they are split.
    pub fn and(self, words: &str) -> Self {
        let span = self.span(words);
        self.edit(|c| c.anchors.push(span)).delivered()
    }

    /// Who says it: the next link of the chain, outermost first, by source id, the words that name it and the cue.
    pub fn by(self, source: &str, named: &str, cue: &str) -> Self {
        let span = |words: &str| (!words.is_empty()).then(|| self.span(words));
        let known = self.mock.case.sources.iter().find(|s| s.id.as_str() == source);
        let link = Link {
            source: known.map(|s| s.id.clone()),
            name: known.map_or_else(|| named.to_owned(), |s| s.name.clone()),
            kind: known.map_or(SourceKind::Unnamed, |s| s.kind),
            span: span(named),
            cue: span(cue),
            medium: None,
            at: None,
            factuality: Factuality::CertainPositive,
            resolved_because: String::new(),
        };
        self.edit(|c| c.chain.push(link)).delivered()
    }

    fn delivered(self) -> Self {
        self.edit(|c| {
            c.delivery = match (c.chain.len(), c.anchors.len()) {
                (0, _) => Delivery::None,
                (_, 1) => Delivery::Indirect,
                _ => Delivery::Direct,
            }
        })
    }

    pub fn actor(self, name: &str, words: &str) -> Self {
        let party = self.party(name, words);
        self.edit(|c| c.proposition.actor.alternatives.push(vec![party]))
    }

    pub fn target(self, name: &str, words: &str) -> Self {
        let party = self.party(name, words);
        self.edit(|c| c.proposition.target.push(party))
    }

    pub fn place(self, id: &str, words: &str) -> Self {
        let span = self.span(words);
        self.edit(|c| {
            c.proposition.place.push(PlaceRef { name: words.into(), place: Some(PlaceId::new(id)), span, near: false });
        })
    }

    pub fn time(self, value: DateValue, words: &str) -> Self {
        let span = self.span(words);
        self.edit(|c| {
            c.proposition.time = Some(TimeRef { date: value, span: Some(span) });
        })
    }

    pub fn count(self, of: Outcome, category: Category, count: Count, words: &str) -> Self {
        let span = self.span(words);
        self.edit(|c| {
            c.proposition.count.push(CountRef {
                of,
                category,
                count,
                span,
                cumulative: None,
                whole: false,
                part: false,
            });
        })
    }

    pub fn means(self, words: &str) -> Self {
        self.edit(|c| c.proposition.means.push(words.into()))
    }

    pub fn flag(self, flag: Flag) -> Self {
        self.edit(|c| {
            c.flags.insert(flag);
        })
    }

    pub fn denied(self) -> Self {
        self.edit(|c| {
            c.factuality = Factuality::CertainNegative;
            c.proposition.polarity = Polarity::Negative;
            c.flags.insert(Flag::Denial);
        })
    }

    pub fn possible(self) -> Self {
        self.edit(|c| {
            c.factuality = Factuality::PossiblePositive;
            c.flags.insert(Flag::Hedged);
        })
    }

    pub fn medium(self, medium: &str, at: DateValue) -> Self {
        self.edit(|c| {
            if let Some(link) = c.chain.last_mut() {
                link.medium = Some(medium.into());
                link.at = Some(at);
            }
        })
    }
}

/// A date worked out from the publication day of another document.
pub fn inferred(d: i8, from: &str) -> DateValue {
    let mut value = day(d, Basis::Inferred);
    value.rests_on = Some(RestsOn::Document(DocumentId::new(from)));
    value.loose = true;
    value
}

/// Every kind of case of this folder, by name.
pub fn all() -> Vec<(&'static str, Case)> {
    vec![
        ("tiny", tiny::case()),
        ("market", market::case()),
        ("crowd", crowd::case()),
        ("empty", rashomon_dossier::empty_case("Nothing was read")),
    ]
}
