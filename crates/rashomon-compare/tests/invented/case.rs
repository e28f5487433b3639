//! A whole invented case: claim lines and settings, assessed through the door of the decision core.

use super::{claim, document, hours, parties, places, sources};
use rashomon_compare::{CaseInput, Settings, assess_judged, judge};
use rashomon_model::analysis::{Analysis, EventKind};
use rashomon_model::assessment::Profile;
use rashomon_model::case::AssessedIncident;
use rashomon_model::claim::Claim;
use rashomon_model::dependence::{Dependence, DependenceKind, Upstream};
use rashomon_model::document::Credit;
use rashomon_model::evidence::{EvidenceItem, EvidenceKind, Verification};
use rashomon_model::id::{ClaimId, DocumentId, IncidentId, JudgementId};
use rashomon_model::incident::Incident;
use rashomon_model::judgement::{Decision, JudgedAnchor, Judgement};
use rashomon_model::party::PartyTable;
use rashomon_model::place::{Candidate, Place, Toponym};
use rashomon_model::quantity::{Category, Outcome};
use rashomon_model::source::Source;
use rashomon_model::{Document, Span, Warned};
use std::collections::{BTreeMap, BTreeSet};

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
    pub(crate) analyses: Vec<Analysis>,
    pub(crate) evidence: Vec<EvidenceItem>,
    /// Incident of each claim that names one; the others belong to the first.
    pub(crate) incidents: BTreeMap<ClaimId, String>,
    /// Incidents that are containers, and what each is a part of.
    pub(crate) containers: BTreeSet<String>,
    pub(crate) parts: BTreeMap<String, String>,
    /// Incidents that may be one.
    pub(crate) near: Vec<(IncidentId, IncidentId)>,
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
            analyses: Vec::new(),
            evidence: Vec::new(),
            incidents: BTreeMap::new(),
            containers: BTreeSet::new(),
            parts: BTreeMap::new(),
            near: Vec::new(),
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
                ["setting", "no_presumption"] => case.settings.presume_children_civilian = false,
                ["named", doc, of, category, ..] => case.judge(Decision::Named {
                    incident: anchor(doc),
                    of: Outcome::from_name(of).expect("an outcome"),
                    category: Category::from_name(category).expect("a category"),
                    names: rest(4).split(';').map(str::to_owned).collect(),
                }),
                ["container", name] => drop(case.containers.insert((*name).to_owned())),
                ["part", inner, outer] => drop(case.parts.insert((*inner).to_owned(), (*outer).to_owned())),
                ["near", a, b] => case.near.push((IncidentId::new(*a), IncidentId::new(*b))),
                ["reads", doc, ..] => case.reads(doc, &words[2..]),
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
        let (mut claim, options) = claim(line, self.claims.len() + 1);
        let doc = self.doc(claim.document.as_str());
        doc.published = options.at.map(hours).or(options.dated).or(doc.published.take());
        if let Some(words) = &options.words {
            doc.text.extend(options.after.iter().map(|word| format!("{word} ")));
            let start = u32::try_from(doc.text.len()).expect("a short text");
            doc.text.push_str(words);
            let span = Span::new(start, u32::try_from(doc.text.len()).expect("a short text"));
            doc.text.push_str(".\n");
            let what = &mut claim.proposition;
            what.count.iter_mut().for_each(|count| count.span = span);
            what.target.iter_mut().for_each(|party| party.span = span);
        }
        if let Some(incident) = options.incident {
            self.incidents.insert(claim.id.clone(), incident);
        }
        for id in &claim.evidence {
            let kind = id.as_str().strip_prefix("e-").and_then(EvidenceKind::from_name).expect("a kind of evidence");
            if !self.evidence.iter().any(|item| item.id == *id) {
                self.evidence.push(EvidenceItem {
                    id: id.clone(),
                    kind,
                    description: String::new(),
                    mentions: Vec::new(),
                    verification: Verification::Unverified,
                    verification_anchors: Vec::new(),
                    judged: None,
                });
            }
        }
        self.claims.push(claim);
    }

    /// `ID=SCORE …`: what the toponym layer made of the bare name "Marn" in the document, the place chosen first.
    fn reads(&mut self, doc: &str, candidates: &[&str]) {
        let candidates: Vec<Candidate> = candidates
            .iter()
            .filter_map(|one| {
                let (id, score) = one.split_once('=')?;
                let place = self.places.iter().find(|place| place.id.as_str() == id).expect("a place").clone();
                Some(Candidate { place, score: score.parse().expect("a score"), why: String::new() })
            })
            .collect();
        let mut analysis = Analysis::empty(DocumentId::new(doc));
        analysis.toponyms.push(Toponym {
            span: Span::new(1, 5),
            name: "Marn".to_owned(),
            place: candidates.first().map(|first| first.place.clone()),
            radius_km: 0.0,
            why: String::new(),
            candidates,
        });
        self.analyses.push(analysis);
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

    /// Assesses it, as one incident where no claim names another; incidents in the order of their names, the unnamed first.
    pub(crate) fn assess(&self) -> Assessed {
        let name = |claim: &Claim| self.incidents.get(&claim.id).map_or("", String::as_str);
        let names: BTreeSet<&str> = self.claims.iter().map(name).collect();
        let incident = |id: &str| Incident {
            id: IncidentId::new(if id.is_empty() { "i" } else { id }),
            title: "Orvel".to_owned(),
            kind: EventKind::Airstrike,
            part_of: self.parts.get(id).map(IncidentId::new),
            container: self.containers.contains(id),
            time: None,
            places: Vec::new(),
            documents: Vec::new(),
            claims: {
                let own = self.claims.iter().filter(|claim| name(claim) == id);
                let mut ids: Vec<_> = own.map(|claim| claim.id.clone()).collect();
                ids.sort();
                ids
            },
            because: Vec::new(),
        };
        let incidents: Vec<_> = names.into_iter().map(|id| (incident(id), Vec::new())).collect();
        let (mut found, applied) = assess_judged(CaseInput {
            documents: &self.documents,
            analyses: &self.analyses,
            claims: &self.claims,
            sources: &self.sources,
            dependences: &self.dependences,
            incidents: &incidents,
            evidence: &self.evidence,
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
    words.extend(range.named_floor.map(|n| format!("named {n}")));
    words.join(" ")
}
