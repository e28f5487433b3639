//! How the claims relate: incidents with their questions and ranges, repetition, evidence.

use crate::mock::{Mock, cid, day, relation, verdict};
use rashomon_model::alignment::{Cause, Gap, Question, RelationKind, Status};
use rashomon_model::analysis::EventKind;
use rashomon_model::assessment::{LeftOut, Profile, Range, Supported};
use rashomon_model::case::AssessedIncident;
use rashomon_model::date::Basis;
use rashomon_model::dependence::{Dependence, DependenceKind, Passage, Upstream};
use rashomon_model::evidence::{EvidenceItem, EvidenceKind, Verification};
use rashomon_model::id::{DocumentId, EvidenceId, IncidentId, PlaceId, SourceId};
use rashomon_model::incident::{Account, Incident};
use rashomon_model::quantity::{Category, Outcome};

pub fn market(m: &mut Mock) {
    use Category::{Children, Civilians, Combatants, Objects, People};
    use Outcome::{Injured, Killed, Strikes};
    use RelationKind::*;
    let killed = |c| Question::Count(Killed, c);
    let mut growth = relation(
        "c26",
        Growth,
        "c05",
        "V5",
        "34 on the fifth day may be a later state of the toll of at least 31 on the first",
    );
    growth.cause = Some(Cause::Time);
    let mut review = relation(
        "c25",
        Contradicts,
        "c26",
        "V6",
        "the reading of “all of the dead were militants” is too unsure to publish a contradiction on",
    );
    review.review = true;
    let mut minor = relation("c06", Contradicts, "c17", "N4", "5 and 4 children cannot both be the number");
    minor.severity = Some(Gap::Minor);
    let questions = vec![
        m.answered(
            Question::Occurred,
            Status::Agreed,
            &[("an air strike", &["c01", "c05", "c10", "c12", "c16", "c20", "c26"], 5)],
            vec![relation(
                "c12",
                Equal,
                "c05",
                "E4-actor",
                "both say that missiles or bombs were dropped from the air",
            )],
        ),
        m.answered(
            Question::WhoDid,
            Status::Contested,
            &[("Karsia", &["c01", "c07", "c11", "c13", "c16"], 4), ("not Karsia", &["c08"], 1)],
            vec![
                relation(
                    "c08",
                    Denies,
                    "c07",
                    "V3",
                    "the ministry denies that its aircraft hit the market, which residents say they did",
                ),
                relation("c01", Overlaps, "c07", "E4-actor", "both name the Karsian air force, for different targets"),
            ],
        ),
        m.answered(
            Question::Target,
            Status::Contested,
            &[
                ("the market, civilians", &["c05", "c10", "c12", "c16", "c20", "c26"], 4),
                ("Northern Front", &["c01", "c02", "c23"], 1),
                ("possibly a military target nearby", &["c14"], 1),
            ],
            vec![
                relation(
                    "c02",
                    Contradicts,
                    "c05",
                    "E4-actor",
                    "“all targets were military” against “a crowded market”",
                ),
                relation("c14", Uncommitted, "c05", "V2", "“may have missed” does not commit its speaker"),
            ],
        ),
        m.answered(
            Question::Where,
            Status::Compatible,
            &[("Tel Arwan", &["c05", "c10", "c12", "c16", "c26"], 4), ("near Tel Arwan", &["c01"], 1)],
            vec![relation("c05", Refines, "c01", "E4-place", "Tel Arwan lies within 10 km of “near Tel Arwan”")],
        ),
        m.answered(
            Question::When,
            Status::Agreed,
            &[("14 March 2031", &["c01", "c05", "c10", "c12", "c16", "c26"], 5), ("14 March 2031, 9:40", &["c20"], 1)],
            vec![relation("c20", Refines, "c05", "E4-time", "9:40 lies in Friday morning")],
        ),
        m.answered(
            Question::Means,
            Status::Compatible,
            &[("missiles", &["c12", "c20"], 2), ("Su-24", &["c13"], 1)],
            vec![relation("c13", Complements, "c12", "N7", "an aircraft and its munition do not exclude each other")],
        ),
        m.answered(Question::Count(Strikes, Objects), Status::SingleOrigin, &[("4", &["c03"], 1)], vec![]),
        m.answered(
            killed(Civilians),
            Status::Contested,
            &[("≥31", &["c05", "c10", "c24"], 1), ("34", &["c26"], 1), ("33", &["c28"], 1), ("0", &["c04"], 1)],
            vec![
                relation(
                    "c04",
                    Denies,
                    "c05",
                    "V3",
                    "the spokesman dismisses what the Civil Defence counts: at least 31",
                ),
                growth,
                relation("c26", Supersedes, "c28", "V4", "the same organisation's later figure, 34 for 33"),
            ],
        ),
        m.answered(
            killed(People),
            Status::Compatible,
            &[("31", &["c31"], 1), ("30–40", &["c12"], 1), ("27", &["c16"], 1), ("≥20", &["c21"], 1)],
            vec![
                relation("c16", SupersededBy, "c12", "V4", "27 named a day later than 30–40, both the Monitor's"),
                relation("c31", Refines, "c12", "N2", "31 lies in 30–40"),
                relation("c16", Refines, "c21", "N2", "27 is at least 20"),
            ],
        ),
        m.answered(
            killed(Children),
            Status::Contested,
            &[("5", &["c06"], 1), ("4", &["c17"], 1), ("6", &["c26"], 1)],
            vec![minor, relation("c17", Contradicts, "c26", "N4", "4 and 6 children cannot both be the number")],
        ),
        m.answered(killed(Combatants), Status::SingleOrigin, &[("all of the dead", &["c25"], 1)], vec![review]),
        m.answered(Question::Count(Injured, People), Status::SingleOrigin, &[("≥60", &["c18"], 1)], vec![]),
        m.answered(
            Question::Presence,
            Status::Contested,
            &[("no fighters in the market", &["c15", "c22"], 2), ("Northern Front present", &["c02"], 1)],
            vec![relation(
                "c15",
                Contradicts,
                "c02",
                "E4-actor",
                "no fighters in the market against only military targets",
            )],
        ),
        m.answered(
            Question::Evidence,
            Status::Contested,
            &[
                ("cockpit footage of the strikes", &["c29"], 1),
                ("the footage was filmed elsewhere", &["c27"], 1),
                ("a video, unverified", &["c30"], 1),
            ],
            vec![relation(
                "c27",
                Contradicts,
                "c29",
                "E4-place",
                "filmed eleven kilometres to the west against footage of the strikes",
            )],
        ),
        m.answered(Question::Purpose, Status::Unanswered, &[], vec![]),
    ];
    let left = |claim: &str, because: &str| LeftOut { claim: cid(claim), because: because.into() };
    let blank = Range {
        of: Killed,
        category: Civilians,
        min: Some(31),
        max: Some(34),
        open: true,
        supported: vec![Supported { at_least: 31, origins: 2 }],
        best: None,
        possible_max: None,
        conceded: None,
        denied_by_accused: vec![cid("c04")],
        status_disputed: false,
        named_floor: None,
        profile: Profile::Airwars,
        rule: "A3",
        set_by: vec![cid("c05"), cid("c26")],
        left_out: vec![
            left("c28", "superseded by the same organisation's 34"),
            left("c09", "a total since the fighting began, not of this raid"),
            left("c24", "no origin is named; the words follow the agency's"),
        ],
    };
    let people = Range {
        category: People,
        min: Some(20),
        max: Some(40),
        open: false,
        supported: vec![Supported { at_least: 30, origins: 2 }, Supported { at_least: 20, origins: 3 }],
        denied_by_accused: vec![],
        named_floor: Some(27),
        possible_max: Some(45),
        set_by: vec![cid("c21"), cid("c12")],
        left_out: vec![left("c09", "a total since the fighting began")],
        ..blank.clone()
    };
    let children = Range {
        category: Children,
        min: Some(4),
        max: Some(6),
        open: false,
        supported: vec![Supported { at_least: 5, origins: 2 }, Supported { at_least: 4, origins: 3 }],
        denied_by_accused: vec![],
        set_by: vec![cid("c17"), cid("c26")],
        left_out: vec![],
        ..blank.clone()
    };
    let injured = Range {
        of: Injured,
        category: People,
        min: Some(60),
        max: Some(60),
        open: true,
        supported: vec![],
        denied_by_accused: vec![],
        set_by: vec![cid("c18")],
        left_out: vec![],
        ..blank.clone()
    };
    incident(
        m,
        "i1",
        "Air strike, Tel Arwan, 14 March 2031",
        Some("i3"),
        14,
        &["geonames:1"],
        &["d01", "d02", "d03", "d04", "d05", "d06", "d07", "d08"],
        |id| id != "c09" && id != "c19",
    );
    let found = m.case.incidents.last_mut().unwrap();
    found.questions = questions;
    found.ranges = vec![blank, people, children, injured];
    found.strike_status = verdict(
        "declared",
        "T1",
        "the Ministry of Defence says that its aircraft struck near Tel Arwan that day",
        &["c01"],
        "the ministry withdraws its statement, or a review finds that it speaks of another strike",
    );
    found.harm_grade = verdict(
        "fair",
        "G4",
        "two independent origins on civilian harm, one of them on the team's list, with a declared strike",
        &["c05", "c26"],
        "the belligerent accepts responsibility for the harm (Confirmed), or the list of credible sources changes",
    );
}

pub fn second_day(m: &mut Mock) {
    let who = m.answered(
        Question::Count(Outcome::Killed, Category::Civilians),
        Status::SingleOrigin,
        &[("3", &["c19"], 1)],
        vec![],
    );
    let place = m.answered(Question::Where, Status::SingleOrigin, &[("Dar Halim", &["c19"], 1)], vec![]);
    incident(m, "i2", "Air strike, Dar Halim, 15 March 2031", Some("i3"), 15, &["geonames:2"], &["d05"], |id| {
        id == "c19"
    });
    let found = m.case.incidents.last_mut().unwrap();
    found.questions = vec![place, who];
    found.strike_status =
        verdict("unknown", "T5", "no account says who struck Dar Halim", &[], "an account names who struck");
    found.harm_grade =
        verdict("weak", "G5", "one origin on harm", &["c19"], "a second, independent origin reports the harm");
}

pub fn war(m: &mut Mock) {
    incident(m, "i3", "The fighting in Karsia since 2028", None, 14, &[], &["d02"], |id| id == "c09");
    let found = m.case.incidents.last_mut().unwrap();
    found.incident.container = true;
    found.incident.time = None;
}

#[allow(clippy::too_many_arguments)]
pub fn incident(
    m: &mut Mock,
    id: &str,
    title: &str,
    part_of: Option<&str>,
    d: i8,
    places: &[&str],
    docs: &[&str],
    belongs: impl Fn(&str) -> bool,
) {
    let id = IncidentId::new(id);
    let claims = |doc: Option<&str>| {
        m.case
            .claims
            .iter()
            .filter(|c| belongs(c.id.as_str()) && doc.is_none_or(|d| c.document.as_str() == d))
            .map(|c| c.id.clone())
            .collect::<Vec<_>>()
    };
    let assessed = AssessedIncident {
        incident: Incident {
            id: id.clone(),
            title: title.into(),
            kind: EventKind::Airstrike,
            part_of: part_of.map(IncidentId::new),
            container: false,
            time: Some(day(d, Basis::Derived)),
            places: places.iter().map(|p| PlaceId::new(*p)).collect(),
            documents: docs.iter().map(|d| DocumentId::new(*d)).collect(),
            claims: claims(None),
            because: vec!["same place within 3 km, same day, same kind of event".into()],
        },
        accounts: docs
            .iter()
            .map(|d| Account { incident: id.clone(), document: DocumentId::new(*d), claims: claims(Some(d)) })
            .collect(),
        questions: vec![],
        ranges: vec![],
        strike_status: verdict("unknown", "T5", "nobody says who did it", &[], "an account names who did it"),
        harm_grade: verdict("none", "G6", "no account gives a figure for one incident", &[], "an account gives one"),
    };
    m.case.incidents.push(assessed);
}

pub fn dependences(m: &mut Mock) {
    let words = "An air raid on a crowded market in the town of Tel Arwan killed at least 31 civilians on Friday morning, the Civil Defence told Meridian Press.";
    let passage = Passage { here: m.at("d03", words), there: m.at("d02", words), words: 26 };
    let edge = |from: &str, to: Upstream, kind, by, anchors, passages, score, because: &str| Dependence {
        from: DocumentId::new(from),
        to,
        kind,
        direction_by: by,
        anchors,
        passages,
        score,
        because: because.into(),
    };
    m.case.dependences = vec![
        edge(
            "d03",
            Upstream::Document(DocumentId::new("d02")),
            DependenceKind::Copies,
            "C4a",
            vec![m.anchor("d03", words), m.anchor("d02", words)],
            vec![passage],
            0.83,
            "83 % of its word runs stand in the agency's report, which it credits",
        ),
        edge(
            "d03",
            Upstream::Source(SourceId::new("s-meridian")),
            DependenceKind::Credits,
            "C4a",
            vec![m.anchor("d03", "Meridian Press")],
            vec![],
            1.0,
            "its byline names the agency",
        ),
        edge(
            "d04",
            Upstream::Source(SourceId::new("s-monitor")),
            DependenceKind::SharedSource,
            "undirected",
            vec![m.anchor("d04", "according to the Arwan Monitor")],
            vec![],
            1.0,
            "its toll is the Monitor's",
        ),
        edge(
            "d07",
            Upstream::Document(DocumentId::new("d01")),
            DependenceKind::PossibleCopy,
            "C4b",
            vec![m.anchor("d07", "the defence minister")],
            vec![],
            9.4,
            "same statements in the same order, two days later, nothing new but one description",
        ),
    ];
}

pub fn evidence(m: &mut Mock) {
    let item = |id: &str, kind, description: &str, mentions, verification, anchors| EvidenceItem {
        id: EvidenceId::new(id),
        kind,
        description: description.into(),
        mentions,
        verification,
        verification_anchors: anchors,
        judged: None,
    };
    m.case.evidence = vec![
        item(
            "e1",
            EvidenceKind::Video,
            "cockpit footage of the strikes",
            vec![m.anchor("d01", "cockpit footage of the strikes"), m.anchor("d08", "The cockpit footage")],
            Verification::Disputed,
            vec![m.anchor("d08", "was filmed elsewhere")],
        ),
        item(
            "e2",
            EvidenceKind::Video,
            "a video said to show the second missile",
            vec![m.anchor("d04", "A video said to show the second missile")],
            Verification::Unverified,
            vec![m.anchor("d04", "could not be verified by this newspaper")],
        ),
        item(
            "e3",
            EvidenceKind::List,
            "the list of names",
            vec![m.anchor("d05", "The list of names")],
            Verification::Unverified,
            vec![],
        ),
        item(
            "e4",
            EvidenceKind::Imagery,
            "satellite imagery of 15 March",
            vec![m.anchor("d08", "Satellite imagery of 15 March")],
            Verification::Verified,
            vec![m.anchor("d08", "shows two craters inside the market")],
        ),
    ];
    let footage = EvidenceId::new("e1");
    for claim in &mut m.case.claims {
        if ["c27", "c29"].contains(&claim.id.as_str()) {
            claim.evidence.push(footage.clone());
        }
    }
}
