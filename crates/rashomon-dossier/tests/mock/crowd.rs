//! The market raid with forty accounts: the eight, and thirty-two that pass the agency's report on.

use super::{Mock, day, market};
use rashomon_model::case::Case;
use rashomon_model::claim::PropositionKind;
use rashomon_model::date::Basis;
use rashomon_model::dependence::{Dependence, DependenceKind, Passage, Upstream};
use rashomon_model::document::BlockKind;
use rashomon_model::id::DocumentId;
use rashomon_model::incident::Account;
use rashomon_model::quantity::{Category, Count, Outcome};
use rashomon_model::span::Span;

pub fn case() -> Case {
    let mut m = Mock { case: market::case() };
    m.case.title = "The raid on Tel Arwan, forty accounts".into();
    for n in 9..=40 {
        let doc = format!("d{n:02}");
        let publisher = format!("Provincial Gazette No. {n}");
        m.document(
            &doc,
            Some(&publisher),
            Some(day(15, Basis::Metadata)),
            &[
                (BlockKind::Headline, "Dozens dead in Tel Arwan market raid"),
                (
                    BlockKind::Paragraph,
                    "An air raid on a crowded market in the town of Tel Arwan killed at least 31 civilians on Friday morning, the Civil Defence told Meridian Press.",
                ),
                (BlockKind::Paragraph, "Residents said Karsian jets had carried out the attack."),
            ],
        );
        let toll = format!("{doc}-toll");
        let who = format!("{doc}-who");
        m.claim(&toll, &doc, PropositionKind::Casualties, "killed at least 31 civilians on Friday morning")
            .by("s-meridian", "Meridian Press", "told")
            .by("s-defence", "the Civil Defence", "told")
            .count(Outcome::Killed, Category::Civilians, Count::at_least(31), "at least 31 civilians");
        m.claim(&who, &doc, PropositionKind::Responsibility, "Karsian jets had carried out the attack")
            .by("s-residents", "Residents", "said")
            .actor("Karsia", "Karsian jets");
        let words = "killed at least 31 civilians on Friday morning, the Civil Defence told Meridian Press";
        let (here, there) = (m.at(&doc, words), m.at("d02", words));
        m.case.dependences.push(Dependence {
            from: DocumentId::new(&doc),
            to: Upstream::Document(DocumentId::new("d02")),
            kind: DependenceKind::Copies,
            direction_by: "C4b",
            anchors: vec![m.case.documents.last().unwrap().anchor(here)],
            passages: vec![Passage { here: Span::new(here.start, here.end), there, words: 13 }],
            score: 0.71,
            because: "71 % of its word runs stand in the agency's report of the day before".into(),
        });
        let incident = &mut m.case.incidents[0];
        incident.incident.documents.push(DocumentId::new(&doc));
        incident.incident.claims.extend([super::cid(&toll), super::cid(&who)]);
        incident.accounts.push(Account {
            incident: incident.incident.id.clone(),
            document: DocumentId::new(&doc),
            claims: vec![super::cid(&toll), super::cid(&who)],
        });
        for question in &mut incident.questions {
            let claim = match question.question.key().as_str() {
                "count:killed:civilians" => &toll,
                "who_did" => &who,
                _ => continue,
            };
            if let Some(position) = question.positions.first_mut() {
                position.claims.push(super::cid(claim));
                position.carriers.push(DocumentId::new(&doc));
            }
        }
    }
    m.case
}
