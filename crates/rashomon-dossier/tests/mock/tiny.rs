//! Two accounts, one incident, one disagreement: small enough to read a snapshot of.

use super::{Mock, day, relation, verdict};
use rashomon_model::alignment::{Question, RelationKind, Status};
use rashomon_model::analysis::EventKind;
use rashomon_model::assessment::{LeftOut, Profile, Range};
use rashomon_model::case::{AssessedIncident, Case};
use rashomon_model::claim::PropositionKind;
use rashomon_model::date::Basis;
use rashomon_model::document::BlockKind;
use rashomon_model::id::{DocumentId, IncidentId};
use rashomon_model::incident::{Account, Incident};
use rashomon_model::quantity::{Category, Count, Outcome};
use rashomon_model::source::SourceKind;

pub fn case() -> Case {
    let mut m = Mock::new("The bridge at Ostrel");
    m.source("s1", "Ostrel Hospital", SourceKind::Organisation, &["the hospital"]);
    m.document(
        "a",
        Some("Vale Courier"),
        Some(day(4, Basis::Stated)),
        &[
            (BlockKind::Headline, "Seven die as shells hit Ostrel bridge"),
            (
                BlockKind::Paragraph,
                "Shells hit the café by the bridge on Tuesday. Seven people were killed, the hospital said.",
            ),
        ],
    );
    m.document(
        "b",
        None,
        None,
        &[(BlockKind::Paragraph, "I was there. Nine people died on the bridge. Over 400 have died this year.")],
    );
    m.claim("c1", "a", PropositionKind::Strike, "Shells hit the café by the bridge on Tuesday")
        .time(day(3, Basis::Derived), "Tuesday");
    m.claim("c2", "a", PropositionKind::Casualties, "Seven people were killed").by("s1", "the hospital", "said").count(
        Outcome::Killed,
        Category::People,
        Count::exact(7),
        "Seven people were killed",
    );
    m.claim("c3", "b", PropositionKind::Casualties, "Nine people died on the bridge").count(
        Outcome::Killed,
        Category::People,
        Count::exact(9),
        "Nine people died",
    );
    m.claim("c4", "b", PropositionKind::Casualties, "Over 400 have died this year").count(
        Outcome::Killed,
        Category::People,
        Count::at_least(401),
        "Over 400",
    );
    let killed = m.answered(
        Question::Count(Outcome::Killed, Category::People),
        Status::Contested,
        &[("7", &["c2"], 1), ("9", &["c3"], 1)],
        vec![relation("c2", RelationKind::Contradicts, "c3", "N4", "7 and 9 people killed cannot both be the toll")],
    );
    let when = m.answered(Question::When, Status::SingleOrigin, &[("2031-03-03", &["c1"], 1)], vec![]);
    let ids = |list: &[&str]| list.iter().map(|c| super::cid(c)).collect::<Vec<_>>();
    let incident = IncidentId::new("i1");
    m.case.incidents.push(AssessedIncident {
        incident: Incident {
            id: incident.clone(),
            title: "Shelling at Ostrel, 3 March 2031".into(),
            kind: EventKind::Shelling,
            part_of: None,
            container: false,
            time: Some(day(3, Basis::Derived)),
            places: vec![],
            documents: vec![DocumentId::new("a"), DocumentId::new("b")],
            claims: ids(&["c1", "c2", "c3", "c4"]),
            because: vec!["same bridge, one day apart".into()],
        },
        accounts: vec![
            Account { incident: incident.clone(), document: DocumentId::new("a"), claims: ids(&["c1", "c2"]) },
            Account { incident, document: DocumentId::new("b"), claims: ids(&["c3", "c4"]) },
        ],
        questions: vec![when, killed],
        ranges: vec![Range {
            of: Outcome::Killed,
            category: Category::People,
            min: Some(7),
            max: Some(9),
            open: false,
            supported: vec![],
            best: None,
            possible_max: None,
            conceded: None,
            denied_by_accused: vec![],
            status_disputed: false,
            named_floor: None,
            profile: Profile::Airwars,
            rule: "A3",
            set_by: ids(&["c2", "c3"]),
            left_out: vec![LeftOut {
                claim: super::cid("c4"),
                because: "a total of the year, not of the incident".into(),
            }],
        }],
        strike_status: verdict("unknown", "T5", "no account says who fired", &[], "an account names who fired"),
        harm_grade: verdict(
            "weak",
            "G5",
            "two origins on harm, none on who did it",
            &["c2", "c3"],
            "a second origin names who fired",
        ),
    });
    m.case
}
