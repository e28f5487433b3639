//! What is written of an incident: questions, positions, relations, ranges and grades.

use crate::json::wire::ids;
use rashomon_model::alignment::{Answered, Position, Relation};
use rashomon_model::assessment::{Range, Verdict};
use rashomon_model::case::AssessedIncident;
use rashomon_model::date::DateValue;
use rashomon_model::id::{ClaimId, DocumentId, PlaceId};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct IncidentWire<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'static str,
    part_of: Option<&'a str>,
    container: bool,
    time: Option<WhenWire>,
    places: Vec<&'a str>,
    documents: Vec<&'a str>,
    claims: Vec<&'a str>,
    because: &'a [String],
    accounts: Vec<AccountWire<'a>>,
    questions: Vec<QuestionWire<'a>>,
    ranges: Vec<RangeWire<'a>>,
    strike_status: VerdictWire<'a>,
    harm_grade: VerdictWire<'a>,
}

#[derive(Serialize)]
struct WhenWire {
    date: String,
    precision: &'static str,
    basis: &'static str,
    loose: bool,
}

#[derive(Serialize)]
struct AccountWire<'a> {
    document: &'a str,
    claims: Vec<&'a str>,
}

#[derive(Serialize)]
struct QuestionWire<'a> {
    question: String,
    status: &'static str,
    positions: Vec<PositionWire<'a>>,
    relations: Vec<RelationWire<'a>>,
    /// Relations whose reading is too unsure to publish (rule V6): a list of things to look at, not findings.
    to_review: Vec<RelationWire<'a>>,
}

#[derive(Serialize)]
struct PositionWire<'a> {
    value: &'a str,
    claims: Vec<&'a str>,
    origins: &'a [String],
    carriers: Vec<&'a str>,
    independent: usize,
    denied: bool,
}

#[derive(Serialize)]
struct RelationWire<'a> {
    a: &'a str,
    b: &'a str,
    relation: &'static str,
    rule: &'static str,
    because: &'a str,
    severity: Option<&'static str>,
    cause: Option<&'static str>,
    claims_a: Vec<&'a str>,
    claims_b: Vec<&'a str>,
}

#[derive(Serialize)]
struct RangeWire<'a> {
    of: &'static str,
    category: &'static str,
    min: Option<u64>,
    max: Option<u64>,
    open: bool,
    supported: Vec<SupportedWire>,
    best: Option<BestWire<'a>>,
    possible_max: Option<u64>,
    conceded: Option<u64>,
    denied_by_accused: Vec<&'a str>,
    status_disputed: bool,
    named_floor: Option<u64>,
    profile: &'static str,
    rule: &'static str,
    set_by: Vec<&'a str>,
    left_out: Vec<LeftOutWire<'a>>,
}

#[derive(Serialize)]
struct SupportedWire {
    at_least: u64,
    origins: usize,
}

#[derive(Serialize)]
struct BestWire<'a> {
    value: u64,
    because: &'a str,
}

#[derive(Serialize)]
struct LeftOutWire<'a> {
    claim: &'a str,
    because: &'a str,
}

#[derive(Serialize)]
struct VerdictWire<'a> {
    value: &'static str,
    rule: &'static str,
    because: &'a str,
    claims: Vec<&'a str>,
    would_change_if: &'a str,
    overridden_by: Option<&'a str>,
}

pub(crate) fn incident(assessed: &AssessedIncident) -> IncidentWire<'_> {
    let found = &assessed.incident;
    IncidentWire {
        id: found.id.as_str(),
        title: &found.title,
        kind: found.kind.name(),
        part_of: found.part_of.as_ref().map(|id| id.as_str()),
        container: found.container,
        time: found.time.as_ref().map(when),
        places: ids(&found.places, PlaceId::as_str),
        documents: ids(&found.documents, DocumentId::as_str),
        claims: ids(&found.claims, ClaimId::as_str),
        because: &found.because,
        accounts: assessed
            .accounts
            .iter()
            .map(|account| AccountWire {
                document: account.document.as_str(),
                claims: ids(&account.claims, ClaimId::as_str),
            })
            .collect(),
        questions: assessed.questions.iter().map(question).collect(),
        ranges: assessed.ranges.iter().map(range).collect(),
        strike_status: verdict(&assessed.strike_status),
        harm_grade: verdict(&assessed.harm_grade),
    }
}

fn when(value: &DateValue) -> WhenWire {
    WhenWire { date: value.edtf(), precision: value.precision.name(), basis: value.basis.name(), loose: value.loose }
}

fn question(answered: &Answered) -> QuestionWire<'_> {
    QuestionWire {
        question: answered.question.key(),
        status: answered.status.name(),
        positions: answered.positions.iter().map(position).collect(),
        relations: answered.relations.iter().filter(|found| !found.review).map(relation).collect(),
        to_review: answered.relations.iter().filter(|found| found.review).map(relation).collect(),
    }
}

fn position(held: &Position) -> PositionWire<'_> {
    PositionWire {
        value: &held.value,
        claims: ids(&held.claims, ClaimId::as_str),
        origins: &held.origins,
        carriers: ids(&held.carriers, DocumentId::as_str),
        independent: held.independent,
        denied: held.denied,
    }
}

fn relation(found: &Relation) -> RelationWire<'_> {
    RelationWire {
        a: found.a.as_str(),
        b: found.b.as_str(),
        relation: found.kind.name(),
        rule: found.rule,
        because: &found.because,
        severity: found.severity.map(|gap| gap.name()),
        cause: found.cause.map(|cause| cause.name()),
        claims_a: ids(&found.all_a, ClaimId::as_str),
        claims_b: ids(&found.all_b, ClaimId::as_str),
    }
}

fn range(bounds: &Range) -> RangeWire<'_> {
    RangeWire {
        of: bounds.of.name(),
        category: bounds.category.name(),
        min: bounds.min,
        max: bounds.max,
        open: bounds.open,
        supported: bounds
            .supported
            .iter()
            .map(|s| SupportedWire { at_least: s.at_least, origins: s.origins })
            .collect(),
        best: bounds.best.as_ref().map(|(value, because)| BestWire { value: *value, because }),
        possible_max: bounds.possible_max,
        conceded: bounds.conceded,
        denied_by_accused: ids(&bounds.denied_by_accused, ClaimId::as_str),
        status_disputed: bounds.status_disputed,
        named_floor: bounds.named_floor,
        profile: bounds.profile.name(),
        rule: bounds.rule,
        set_by: ids(&bounds.set_by, ClaimId::as_str),
        left_out: bounds
            .left_out
            .iter()
            .map(|left| LeftOutWire { claim: left.claim.as_str(), because: &left.because })
            .collect(),
    }
}

fn verdict(made: &Verdict) -> VerdictWire<'_> {
    VerdictWire {
        value: made.value,
        rule: made.rule,
        because: &made.because,
        claims: ids(&made.claims, ClaimId::as_str),
        would_change_if: &made.would_change_if,
        overridden_by: made.overridden_by.as_deref(),
    }
}
