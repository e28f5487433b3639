//! What if every text were hostile? A case whose every text field holds what the test puts there.
//!
//! What the case lacks is made, written out field by field: a new field of the model does not compile here until it is
//! thought of. Ids that the program makes itself are not poisoned.

use super::{cid, day, inferred};
use rashomon_model::alignment::{Answered, Cause, Gap, Position, Question, Relation, RelationKind, Status};
use rashomon_model::analysis::{Analysis, TimeExpression, TimeType};
use rashomon_model::assessment::LeftOut;
use rashomon_model::capture::Capture;
use rashomon_model::case::{Case, ModelUsed};
use rashomon_model::claim::{Claim, Link, PlaceRef, PropositionKind, TimeRef};
use rashomon_model::date::{Basis, RestsOn};
use rashomon_model::dependence::{Dependence, DependenceKind, Passage, Upstream};
use rashomon_model::diagnostic::{Diagnostic, Severity};
use rashomon_model::document::{Block, BlockKind, Credit, Document};
use rashomon_model::evidence::{EvidenceItem, EvidenceKind, Verification};
use rashomon_model::id::{DocumentId, EvidenceId, IncidentId, JudgementId, PartyId, PlaceId, SourceId};
use rashomon_model::incident::Incident;
use rashomon_model::judgement::{Applied, Decision, JudgedAnchor, Judgement, Outcome};
use rashomon_model::party::{Actors, PartyRef};
use rashomon_model::place::{Candidate, Place, Toponym};
use rashomon_model::quantity::{self, Category};
use rashomon_model::source::{Source, SourceKind};
use rashomon_model::span::{Anchor, Span};

/// Gives the text of a field, by the field's name.
pub type Put<'a> = &'a mut dyn FnMut(&'static str) -> String;

/// The case (one with two documents, a claim and an incident at least) with the texts put into every field.
pub fn poisoned(mut case: Case, put: Put<'_>) -> Case {
    let words = Span::from_usize(0, put("text").len());
    case.title = put("title");
    case.places = vec![place(PlaceId::new(put("place-id")), 36.5, put), place(PlaceId::new("near"), 36.9, put)];
    case.documents = case.documents.iter().map(|doc| document(doc, words, put)).collect();
    case.analyses = case.documents.iter().map(|doc| analysis(&doc.id, words, &case.places, put)).collect();
    case.sources = ["s1", "s2"].map(|id| source(id, words, &case.documents[0], put)).into();
    for kind in [PropositionKind::Responsibility, PropositionKind::Damage] {
        let mut claim = case.claims[0].clone();
        claim.id = cid(&format!("made-{kind}"));
        claim.proposition.kind = kind;
        case.claims.push(claim);
    }
    for claim in &mut case.claims {
        poison_claim(claim, words, put);
    }
    incidents(&mut case, put);
    let (a, b) = (case.documents[0].id.clone(), case.documents[1].id.clone());
    let at = |document: &DocumentId| Anchor { document: document.clone(), span: words };
    let edge = |to, passages, because| Dependence {
        from: a.clone(),
        to,
        kind: DependenceKind::Copies,
        direction_by: "D1",
        anchors: vec![at(&a)],
        passages,
        score: 0.9,
        because,
    };
    let passage = Passage { here: words, there: words, words: 9 };
    case.dependences = vec![
        edge(Upstream::Document(b), vec![passage], put("reuse-because")),
        edge(Upstream::Source(SourceId::new("s1")), vec![], put("reuse-because")),
    ];
    case.evidence = vec![EvidenceItem {
        id: EvidenceId::new("e1"),
        kind: EvidenceKind::Video,
        description: put("evidence"),
        mentions: vec![at(&a)],
        verification: Verification::Verified,
        verification_anchors: vec![at(&a)],
        judged: Some(JudgementId::new(put("judgement-id"))),
    }];
    case.judgements = decisions(put).into_iter().map(|decision| judgement(decision, put)).collect();
    let applied = |judgement: &str, outcome| Applied {
        judgement: JudgementId::new(judgement),
        claims: vec![case.claims[0].id.clone()],
        outcome,
    };
    let lost = Outcome::Lost(put("judgement-lost"));
    let withdrawn = Outcome::Withdrawn(JudgementId::new(put("withdrawn-by")));
    case.applied = vec![
        applied(&put("judgement-id"), lost.clone()),
        applied("lost", lost),
        applied("withdrawn", withdrawn),
        applied("holds", Outcome::Holds),
    ];
    for (judgement, id) in case.judgements.iter_mut().zip(["lost", "withdrawn", "holds"]) {
        judgement.id = JudgementId::new(id);
    }
    case.diagnostics =
        [(Severity::Warning, Some(&a), Some(words)), (Severity::Note, Some(&a), None), (Severity::Note, None, None)]
            .map(|(severity, document, span)| Diagnostic {
                code: "R201",
                severity,
                document: document.cloned(),
                span,
                message: put("diagnostic"),
            })
            .into();
    case.models = vec![ModelUsed { name: put("model"), sha256: put("model-hash") }];
    case
}

fn document(from: &Document, words: Span, put: Put<'_>) -> Document {
    let text = format!("{} {}", put("text"), put("text"));
    let whole = Span::from_usize(0, text.len());
    let mut published = day(4, Basis::Metadata);
    published.rests_on = Some(RestsOn::Metadata(put("published-by")));
    Document {
        id: from.id.clone(),
        given_id: Some(put("given-id")),
        capture: Capture {
            sha256: "0".repeat(64),
            origin: put("origin"),
            retrieved: None,
            media_type: put("media-type"),
        },
        publisher: Some(put("publisher")),
        title: Some(put("headline")),
        byline: Some(put("byline")),
        language: put("language"),
        published: Some(published),
        published_anchor: (from.id.as_str() == "b").then_some(words),
        updated: true,
        url: Some(put("url")),
        credits: vec![Credit { name: put("credit"), span: Some(words), how: put("credit-how") }],
        text,
        blocks: vec![Block { kind: BlockKind::Headline, span: whole }],
    }
}

fn place(id: PlaceId, latitude: f64, put: Put<'_>) -> Place {
    Place {
        id,
        name: put("place"),
        names: vec![put("place"), put("place-other")],
        latitude,
        longitude: 35.5,
        kind: put("place-kind"),
        population: 0,
        within: vec![put("place-within")],
        within_ids: vec![],
        radius_km: 3.0,
    }
}

fn analysis(document: &DocumentId, words: Span, places: &[Place], put: Put<'_>) -> Analysis {
    let candidate = Candidate { place: places[1].clone(), score: 0.5, why: put("candidate-why") };
    let toponym = Toponym {
        span: words,
        name: put("spelling"),
        place: Some(places[0].clone()),
        radius_km: 3.0,
        why: put("toponym-why"),
        candidates: vec![candidate],
    };
    let time = TimeExpression {
        span: words,
        kind: TimeType::Date,
        value: put("time-value"),
        date: Some(day(3, Basis::Derived)),
        why: put("time-why"),
    };
    Analysis { toponyms: vec![toponym], times: vec![time], ..Analysis::empty(document.clone()) }
}

fn source(id: &str, words: Span, only: &Document, put: Put<'_>) -> Source {
    Source {
        id: SourceId::new(id),
        name: put("source"),
        kind: SourceKind::Organisation,
        names: vec![put("source"), put("source-other")],
        affiliation: Some(SourceId::new("s1")),
        party: Some(PartyId::new(put("party-id"))),
        described_as: Some(put("source-described")),
        document: Some(only.id.clone()),
        mentions: vec![Anchor { document: only.id.clone(), span: words }],
        merged_because: vec![put("source-merged")],
    }
}

fn poison_claim(claim: &mut Claim, words: Span, put: Put<'_>) {
    let mut party = |field| PartyRef { name: put(field), party: Some(PartyId::new("case:x")), span: words };
    let (actor, target) = (party("actor"), party("target"));
    claim.anchors = vec![words];
    claim.chain = ["s1", "s2"]
        .map(|id| Link {
            source: Some(SourceId::new(id)),
            name: put("link"),
            kind: SourceKind::Person,
            span: Some(words),
            cue: Some(words),
            medium: Some(put("link-medium")),
            at: Some(inferred(3, "a")),
            factuality: claim.factuality,
            resolved_because: put("link-because"),
        })
        .into();
    claim.why = vec![put("claim-why")];
    claim.evidence = vec![EvidenceId::new("e1")];
    let said = &mut claim.proposition;
    said.actor = Actors::one(actor);
    said.target = vec![target];
    said.place = vec![PlaceRef {
        name: put("claim-place"),
        place: Some(PlaceId::new(put("place-id"))),
        span: words,
        near: true,
    }];
    let mut date = day(3, Basis::Stated);
    date.rests_on = Some(RestsOn::Metadata(put("time-by")));
    said.time = Some(TimeRef { date, span: Some(words) });
    said.means = vec![put("means")];
}

fn incidents(case: &mut Case, put: Put<'_>) {
    let claims: Vec<_> = case.claims.iter().map(|claim| claim.id.clone()).collect();
    let documents: Vec<_> = case.documents.iter().map(|doc| doc.id.clone()).collect();
    let mut position = || Position {
        value: put("answer"),
        claims: claims[..2].to_vec(),
        origins: vec![put("answer-origin"), put("answer-origin")],
        nobody: 1,
        carriers: documents.clone(),
        independent: 1,
        denied: true,
    };
    let two = [position(), position()];
    let mut relation = |kind, review| Relation {
        a: claims[0].clone(),
        b: claims[1].clone(),
        kind,
        rule: "N4",
        because: put(if review { "review-because" } else { "relation-because" }),
        severity: Some(Gap::Plain),
        cause: Some(Cause::Conflict),
        review,
        all_a: vec![claims[0].clone()],
        all_b: vec![claims[1].clone()],
    };
    let relations = vec![
        relation(RelationKind::Contradicts, false),
        relation(RelationKind::Equal, false),
        relation(RelationKind::Equal, true),
    ];
    let asked = [
        Question::Occurred,
        Question::WhoDid,
        Question::Target,
        Question::Where,
        Question::When,
        Question::Means,
        Question::Count(quantity::Outcome::Killed, Category::People),
        Question::Presence,
        Question::Evidence,
        Question::Purpose,
        Question::Damage,
    ];
    let first = &mut case.incidents[0];
    first.questions = asked
        .iter()
        .enumerate()
        .map(|(i, &question)| Answered {
            question,
            status: Status::ALL[i % Status::ALL.len()],
            positions: two.to_vec(),
            relations: if i == 0 { relations.clone() } else { vec![] },
        })
        .collect();
    first.incident = Incident {
        id: first.incident.id.clone(),
        title: put("incident"),
        kind: first.incident.kind,
        part_of: Some(IncidentId::new("wider")),
        container: false,
        time: first.incident.time.clone(),
        places: case.places.iter().map(|place| place.id.clone()).collect(),
        documents,
        claims: claims.clone(),
        because: vec![put("incident-because")],
    };
    for verdict in [&mut first.strike_status, &mut first.harm_grade] {
        verdict.because = put("verdict-because");
        verdict.would_change_if = put("verdict-change");
        verdict.overridden_by = Some(put("judgement-id"));
    }
    for range in &mut first.ranges {
        range.best = Some((3, put("range-best")));
        range.left_out = vec![LeftOut { claim: claims[0].clone(), because: put("left-out") }];
    }
    let mut wider = first.clone();
    wider.questions.truncate(1);
    wider.ranges.clear();
    wider.incident.claims.truncate(1);
    wider.incident.places.clear();
    wider.incident.id = IncidentId::new("wider");
    wider.incident.title = put("wider");
    wider.incident.part_of = None;
    wider.incident.container = true;
    case.incidents.truncate(1);
    case.incidents.push(wider);
}

/// One of each kind.
fn decisions(put: Put<'_>) -> Vec<Decision> {
    let mut point = || JudgedAnchor {
        // not the name of any account, so that it is shown itself
        document: format!("{}x", put("judged-doc")),
        quote: Some(put("judged-quote")),
        start: None,
    };
    let whole = JudgedAnchor { quote: None, ..point() };
    let (a, b) = (point(), point());
    vec![
        Decision::SameIncident(a.clone(), whole.clone(), true),
        Decision::SameSource(a.clone(), b.clone(), false),
        Decision::ExcludeClaim(a.clone()),
        Decision::Credible(put("credible")),
        Decision::MostReliable(put("most-reliable")),
        Decision::Copy(a.clone(), b, true),
        Decision::Override { incident: whole.clone(), what: put("override-what"), value: put("override-value") },
        Decision::Verified { evidence: a, value: Verification::Verified },
        Decision::Named {
            incident: whole,
            of: quantity::Outcome::Killed,
            category: Category::People,
            names: vec![put("victim")],
        },
        Decision::Withdraw(JudgementId::new(put("withdraws"))),
    ]
}

fn judgement(decision: Decision, put: Put<'_>) -> Judgement {
    Judgement {
        id: JudgementId::new(put("judgement-id")),
        by: put("judgement-by"),
        at: put("judgement-at"),
        decision,
        why: put("judgement-why"),
    }
}
