//! A whole invented case: claim lines and settings, assessed through the door of the decision core.

use super::{claim, document, hours, parties, places, sources};
use rashomon_compare::{CaseInput, Settings, assess_judged, judge};
use rashomon_model::analysis::EventKind;
use rashomon_model::assessment::Profile;
use rashomon_model::case::AssessedIncident;
use rashomon_model::claim::Claim;
use rashomon_model::dependence::{Dependence, DependenceKind, Upstream};
use rashomon_model::document::Credit;
use rashomon_model::id::{DocumentId, IncidentId, JudgementId};
use rashomon_model::incident::Incident;
use rashomon_model::judgement::{Decision, JudgedAnchor, Judgement};
use rashomon_model::party::PartyTable;
use rashomon_model::place::Place;
use rashomon_model::source::Source;
use rashomon_model::{Document, Warned};

/// What `assess` gives.
pub(crate) type Assessed = Warned<Vec<AssessedIncident>>;

/// Input of one assessment.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) claims: Vec<Claim>,
    pub(crate) documents: Vec<Document>,
    pub(crate) dependences: Vec<Dependence>,
    pub(crate) judgements: Vec<Judgement>,
    pub(crate) profile: Profile,
    pub(crate) settings: Settings,
    pub(crate) parties: PartyTable,
    pub(crate) sources: Vec<Source>,
    pub(crate) places: Vec<Place>,
    /// The lines read, for the message of a failed test.
    pub(crate) lines: Vec<String>,
}

impl Case {
    /// A case without claims.
    pub(crate) fn empty() -> Self {
        Self {
            claims: Vec::new(),
            documents: Vec::new(),
            dependences: Vec::new(),
            judgements: Vec::new(),
            profile: Profile::Airwars,
            settings: Settings::default(),
            parties: parties(),
            sources: sources(),
            places: places(),
            lines: Vec::new(),
        }
    }

    /// Reads a block of lines.
    pub(crate) fn read(block: &str) -> Self {
        let mut case = Self::empty();
        for line in block.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("=>")) {
            case.lines.push(line.to_owned());
            let words: Vec<&str> = line.split(' ').collect();
            let rest = |n: usize| words[n..].join(" ");
            match words.as_slice() {
                ["profile", name] => case.profile = Profile::from_name(name).expect("a profile"),
                ["setting", "contested_status"] => case.settings.contested_status = true,
                ["credible", ..] => case.judge(Decision::Credible(rest(1))),
                ["reliable", ..] => case.judge(Decision::MostReliable(rest(1))),
                ["exclude", doc] => case.judge(Decision::ExcludeClaim(anchor(doc))),
                ["override", doc, what, value] => case.judge(Decision::Override {
                    incident: anchor(doc),
                    what: (*what).to_owned(),
                    value: (*value).to_owned(),
                }),
                ["copies", from, to] => case.depend(from, to, DependenceKind::Copies),
                ["possible", "copy", from, to] => case.depend(from, to, DependenceKind::PossibleCopy),
                ["publisher", doc, ..] => {
                    let name = rest(2);
                    case.doc(doc).publisher = Some(name);
                }
                ["credit", doc, ..] => {
                    let name = rest(2);
                    case.doc(doc).credits.push(Credit { name, span: None, how: "tag line".to_owned() });
                }
                _ => case.add(line),
            }
        }
        case
    }

    /// Adds the claim of a line.
    pub(crate) fn add(&mut self, line: &str) {
        let (claim, options) = claim(line, self.claims.len() + 1);
        let doc = self.doc(claim.document.as_str());
        if let Some(at) = options.at {
            doc.published = Some(hours(at));
        }
        self.claims.push(claim);
    }

    fn judge(&mut self, decision: Decision) {
        self.judgements.push(Judgement {
            id: JudgementId::new(format!("j{}", self.judgements.len() + 1)),
            by: "reviewer".to_owned(),
            at: "2031-04-01".to_owned(),
            decision,
            why: "for the case".to_owned(),
        });
    }

    /// Says who repeats whom.
    pub(crate) fn depend(&mut self, from: &str, to: &str, kind: DependenceKind) {
        self.dependences.push(Dependence {
            from: DocumentId::new(from),
            to: Upstream::Document(DocumentId::new(to)),
            kind,
            direction_by: "C4b",
            anchors: Vec::new(),
            passages: Vec::new(),
            score: 1.0,
            because: String::new(),
        });
    }

    fn doc(&mut self, id: &str) -> &mut Document {
        let at = self.documents.iter().position(|doc| doc.id.as_str() == id).unwrap_or_else(|| {
            self.documents.push(document(id));
            self.documents.len() - 1
        });
        &mut self.documents[at]
    }

    /// The same with every list reversed.
    pub(crate) fn reversed(&self) -> Self {
        let mut other = self.clone();
        other.claims.reverse();
        other.documents.reverse();
        other.dependences.reverse();
        other
    }

    /// Assesses it as one incident.
    pub(crate) fn assess(&self) -> Assessed {
        let incident = Incident {
            id: IncidentId::new("i"),
            title: "Orvel".to_owned(),
            kind: EventKind::Airstrike,
            part_of: None,
            container: false,
            time: None,
            places: Vec::new(),
            documents: Vec::new(),
            claims: {
                let mut ids: Vec<_> = self.claims.iter().map(|claim| claim.id.clone()).collect();
                ids.sort();
                ids
            },
            because: Vec::new(),
        };
        let (mut found, applied) = assess_judged(CaseInput {
            documents: &self.documents,
            analyses: &[],
            claims: &self.claims,
            sources: &self.sources,
            dependences: &self.dependences,
            incidents: &[(incident, Vec::new())],
            evidence: &[],
            parties: &self.parties,
            places: &self.places,
            profile: self.profile,
            judgements: &self.judgements,
            settings: &self.settings,
        });
        found.diagnostics.extend(judge::warnings(&judge::account(&self.judgements, applied)));
        found
    }
}

fn anchor(doc: &str) -> JudgedAnchor {
    JudgedAnchor::whole(doc)
}

/// A range in the words of an expectation.
pub(crate) fn range_words(incident: &AssessedIncident, of: &str, category: &str) -> String {
    let found = incident.ranges.iter().find(|range| range.of.name() == of && range.category.name() == category);
    let Some(range) = found else { return format!("no range of {of} {category}") };
    let mut words = vec![format!("range {of} {category}")];
    words.push(match (range.min, range.max) {
        (Some(min), Some(max)) => format!("{min}-{max}{}", if range.open { "+" } else { "" }),
        _ => "unknown".to_owned(),
    });
    words.extend(range.supported.iter().map(|s| format!("supported {}:{}", s.origins, s.at_least)));
    words.extend(range.best.iter().map(|(best, _)| format!("best {best}")));
    words.extend(range.possible_max.map(|n| format!("possible {n}")));
    words.extend(range.conceded.map(|n| format!("conceded {n}")));
    words.extend((!range.denied_by_accused.is_empty()).then(|| "denied".to_owned()));
    words.extend(range.status_disputed.then(|| "disputed".to_owned()));
    words.join(" ")
}
