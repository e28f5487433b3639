//! What stands, incident by incident? The one door of the decision core.
//!
//! [`assess_judged`] takes claims with their sources, dependences and incidents and gives each incident its rows, ranges
//! and grades. The order of any input list does not change the result.

mod told;

use crate::align::{align, places_together};
use crate::grade::{self, harm_grade, strike_status, supports_discount};
use crate::joint::{self, Stated};
use crate::judge::{Judged, Override, apply};
use crate::origin::{Origins, asserted_at};
use crate::party::Parties;
use crate::question::{Answer, Reading, Value, answers, place_readings};
use crate::range::{self, ranges};
use crate::relate::place::{PlaceIndex, Together};
use crate::relate::{Context, Link, commits};
use crate::side::Accused;
use crate::{Settings, rule};
use rashomon_model::analysis::Analysis;
use rashomon_model::assessment::{Profile, Verdict};
use rashomon_model::case::AssessedIncident;
use rashomon_model::claim::Claim;
use rashomon_model::dependence::Dependence;
use rashomon_model::evidence::EvidenceItem;
use rashomon_model::id::ClaimId;
use rashomon_model::incident::{Account, Incident};
use rashomon_model::judgement::{Applied, Judgement};
use rashomon_model::party::PartyTable;
use rashomon_model::place::Place;
use rashomon_model::source::Source;
use rashomon_model::{Diagnostic, Document, Severity, Warned};
use std::collections::{BTreeMap, BTreeSet};

/// Everything the decision core needs of a case.
#[derive(Debug, Clone, Copy)]
pub struct CaseInput<'a> {
    /// Documents.
    pub documents: &'a [Document],
    /// Their analyses, in any order.
    pub analyses: &'a [Analysis],
    /// Claims, sources resolved.
    pub claims: &'a [Claim],
    /// Sources of the case.
    pub sources: &'a [Source],
    /// Who repeats whom.
    pub dependences: &'a [Dependence],
    /// Incidents and the accounts of each.
    pub incidents: &'a [(Incident, Vec<Account>)],
    /// Evidence over the case.
    pub evidence: &'a [EvidenceItem],
    /// Party table in force.
    pub parties: &'a PartyTable,
    /// Places of the case.
    pub places: &'a [Place],
    /// Range profile.
    pub profile: Profile,
    /// What people decided.
    pub judgements: &'a [Judgement],
    /// Choices.
    pub settings: &'a Settings,
}

/// Assesses every incident, in the order given, and says what became of the judgements on claims, origins and grades; the
/// warnings on those without effect are left to the caller, who knows the others too ([`crate::judge::warnings`]).
#[must_use]
pub fn assess_judged(input: CaseInput<'_>) -> (Warned<Vec<AssessedIncident>>, Vec<Applied>) {
    let parties = Parties::of_case(input.parties, input.claims, input.sources);
    let origins = Origins::trace(input.claims, input.documents, input.sources, input.dependences, &parties);
    let judged = apply(input.judgements, input.documents, input.claims, input.sources, &origins);
    let core = Core {
        input,
        origins: &origins,
        parties: &parties,
        judged: &judged,
        places: input.places.iter().map(|place| (&place.id, place)).collect(),
        claims: input.claims.iter().map(|claim| (&claim.id, claim)).collect(),
        documents: input.documents.iter().map(|doc| (&doc.id, doc)).collect(),
        readings: place_readings(input.analyses),
    };
    let mut diagnostics = Vec::new();
    let mut value = Vec::with_capacity(input.incidents.len());
    for (incident, accounts) in input.incidents {
        value.push(core.incident(incident, accounts, &mut diagnostics));
    }
    (Warned { value, diagnostics }, judged.applied)
}

/// What is the same for all incidents.
struct Core<'a> {
    input: CaseInput<'a>,
    origins: &'a Origins,
    parties: &'a Parties<'a>,
    judged: &'a Judged,
    places: PlaceIndex<'a>,
    claims: BTreeMap<&'a ClaimId, &'a Claim>,
    documents: BTreeMap<&'a rashomon_model::DocumentId, &'a Document>,
    readings: crate::question::PlaceReadings,
}

impl Core<'_> {
    fn incident(
        &self,
        incident: &Incident,
        accounts: &[Account],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> AssessedIncident {
        let (mut kept, left_out): (Vec<Answer<'_>>, Vec<Answer<'_>>) =
            self.answers(incident).into_iter().partition(|answer| !self.judged.excluded.contains_key(&answer.claim.id));
        // nothing is taken over from what a person left out
        told::complete(&mut kept, &self.places);
        let mut all: Vec<Answer<'_>> = kept.iter().cloned().chain(left_out).collect();
        all.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
        let together = Together::new(places_together(&kept), &self.places);
        let settings = self.input.settings;
        let context = Context {
            link: Link::Same,
            parties: self.parties,
            places: &self.places,
            together: &together,
            origins: Some(self.origins),
            settings,
        };
        let accused = Accused::of(&kept, self.parties);
        let ranges = ranges(&range::Input {
            answers: &all,
            origins: self.origins,
            parties: self.parties,
            accused: &accused,
            profile: self.input.profile,
            excluded: &self.judged.excluded,
            reliable: &self.judged.reliable,
            named: &self.judged.named_in(&incident.claims),
            settings,
        });
        let evidence = self.evidence(incident);
        let grading = grade::Input {
            answers: &kept,
            origins: self.origins,
            context: &context,
            accused: &accused,
            credible: &self.judged.credible,
            evidence: &evidence,
        };
        let strike = self.overridden(strike_status(&grading), "strike_status", incident);
        let harm = self.overridden(harm_grade(&grading, &strike), "harm_grade", incident);
        if harm.rule == rule::G2 && !supports_discount(&grading) {
            diagnostics.push(Diagnostic {
                code: rule::G2,
                severity: Severity::Warning,
                document: None,
                span: None,
                message: format!(
                    "discounted by a person with fewer than two independent origins behind it: {}",
                    incident.id
                ),
            });
        }
        diagnostics.extend(joint::check(&self.stated(&kept), settings));
        AssessedIncident {
            incident: incident.clone(),
            accounts: accounts.to_vec(),
            questions: align(&kept, self.origins, &context),
            ranges,
            strike_status: strike,
            harm_grade: harm,
        }
    }

    /// Answers of the incident's claims, by claim id, each as it stands alone.
    fn answers<'b>(&'b self, incident: &Incident) -> Vec<Answer<'b>> {
        let ids: BTreeSet<&ClaimId> = incident.claims.iter().collect();
        ids.into_iter()
            .filter_map(|id| self.claims.get(id).copied())
            .flat_map(|claim| {
                let document = self.documents.get(&claim.document).copied();
                answers(
                    claim,
                    Reading {
                        document,
                        places: &self.readings,
                        origin: self.origins.key(&claim.id),
                        asserted_at: asserted_at(claim, document),
                    },
                )
            })
            .collect()
    }

    /// Live figures for the checks over more than two claims: of several by one origin for one scope, the latest.
    fn stated(&self, answers: &[Answer<'_>]) -> Vec<Stated> {
        let certain = |answer: &&Answer<'_>| {
            commits(answer.claim)
                && !answer.negative
                && !answer.cumulative
                && !answer.numberless
                && !answer.vague
                && answer.claim.confidence >= self.input.settings.sure_reading
                && !matches!(
                    answer.claim.factuality,
                    rashomon_model::attribution::Factuality::PossiblePositive
                        | rashomon_model::attribution::Factuality::PossibleNegative
                )
        };
        let live: Vec<(&Answer<'_>, crate::relate::count::Figure)> = answers
            .iter()
            .filter(certain)
            .filter_map(|answer| match &answer.value {
                Value::Count(figure) => Some((answer, *figure)),
                _ => None,
            })
            .collect();
        let replaced = |answer: &Answer<'_>| {
            live.iter().any(|(other, _)| {
                let later = crate::relate::time::order(other.asserted_at, answer.asserted_at);
                other.origin == answer.origin
                    && other.question == answer.question
                    && later == crate::relate::time::Order::FirstLater
            })
        };
        live.iter()
            .filter(|(answer, _)| !replaced(answer))
            .map(|(answer, figure)| Stated {
                figure: *figure,
                claim: answer.claim.id.clone(),
                document: answer.claim.document.clone(),
                origin: answer.origin.to_owned(),
            })
            .collect()
    }

    /// Kinds of evidence the incident's claims offer.
    fn evidence(&self, incident: &Incident) -> BTreeSet<&'static str> {
        let offered: BTreeSet<_> = incident
            .claims
            .iter()
            .filter_map(|id| self.claims.get(id))
            .flat_map(|claim| claim.evidence.iter())
            .collect();
        self.input.evidence.iter().filter(|item| offered.contains(&item.id)).map(|item| item.kind.name()).collect()
    }

    /// The machine's verdict, or a person's instead.
    fn overridden(&self, machine: Verdict, what: &str, incident: &Incident) -> Verdict {
        let fits = |judged: &&Override| {
            judged.what == what && incident.claims.iter().any(|claim| judged.claims.contains(claim))
        };
        let Some(judged) = self.judged.overrides.iter().rev().find(fits) else { return machine };
        Verdict {
            value: judged.value,
            rule: if judged.value == "discounted" { rule::G2 } else { rule::J1 },
            because: format!(
                "a person decided: {} (judgement {}); the rules gave {} by {}: {}",
                judged.why, judged.id, machine.value, machine.rule, machine.because
            ),
            claims: machine.claims,
            would_change_if: "the judgement is withdrawn".to_owned(),
            overridden_by: Some(judged.id.to_string()),
        }
    }
}
