//! What stands, per figure and per grade? Ranges, statuses, grades, each with rule and what would change it.

use crate::id::ClaimId;
use crate::quantity::{Category, Outcome};
use crate::wire::named;

named! {
    /// Which recorder's conventions a range follows (methods.md A3).
    pub enum Profile {
        /// Lowest and highest credible report.
        Airwars = "airwars",
        /// Low, best, high.
        Ucdp = "ucdp",
        /// Lowest figure, with fixed word codes.
        Acled = "acled",
    }
}

/// "At least m, from at least k independent origins."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Supported {
    /// m.
    pub at_least: u64,
    /// k.
    pub origins: usize,
}

/// A claim left out of a range, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The claim.
    pub claim: ClaimId,
    /// Why.
    pub because: String,
}

/// Bounds over live origins for one outcome and category. Not a confidence interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Outcome.
    pub of: Outcome,
    /// Category.
    pub category: Category,
    /// Lowest reported.
    pub min: Option<u64>,
    /// Highest reported.
    pub max: Option<u64>,
    /// The highest comes from an open claim ("at least").
    pub open: bool,
    /// k-th largest lower bounds, k ≥ 2.
    pub supported: Vec<Supported>,
    /// The `ucdp` profile's best, with its reason.
    pub best: Option<(u64, String)>,
    /// Highest figure of claims that only call it possible.
    pub possible_max: Option<u64>,
    /// Highest figure conceded by the accused party.
    pub conceded: Option<u64>,
    /// The accused party denies it or says none.
    pub denied_by_accused: Vec<ClaimId>,
    /// A non-accused origin says that the dead were combatants.
    pub status_disputed: bool,
    /// Distinct victims named and reviewed.
    pub named_floor: Option<u64>,
    /// Profile in force.
    pub profile: Profile,
    /// Rule id.
    pub rule: &'static str,
    /// Claims that set the ends.
    pub set_by: Vec<ClaimId>,
    /// Claims left out, with reasons.
    pub left_out: Vec<LeftOut>,
}

/// Sum of ranges over the distinct incidents of a case (methods.md A3.6). Bounds like its summands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Outcome.
    pub of: Outcome,
    /// Category.
    pub category: Category,
    /// Σ of the minima.
    pub min: u64,
    /// Σ of the maxima.
    pub max: u64,
    /// Some summand is open.
    pub open: bool,
    /// Incidents summed.
    pub incidents: usize,
    /// Of these, incidents that may be another one of the sum (unresolved merges), stated beside it.
    pub unresolved: usize,
}

/// A graded verdict with its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Contract value (`declared`, `contested`, …; `fair`, `weak`, …).
    pub value: &'static str,
    /// Rule id (`T1`–`T5`, `G1`–`G6`).
    pub rule: &'static str,
    /// One sentence why.
    pub because: String,
    /// Claims it rests on.
    pub claims: Vec<ClaimId>,
    /// What would change it.
    pub would_change_if: String,
    /// Set where a person overrode the machine: judgement id.
    pub overridden_by: Option<String>,
}
