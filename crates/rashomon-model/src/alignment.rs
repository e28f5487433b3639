//! How do two claims relate? Questions, positions and named relations.

use crate::id::{ClaimId, DocumentId};
use crate::quantity::{Category, Outcome};
use crate::wire::named;

/// What claims of one incident are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Did it happen?
    Occurred,
    /// Who did it?
    WhoDid,
    /// Who or what was hit?
    Target,
    /// Where?
    Where,
    /// When?
    When,
    /// With what?
    Means,
    /// How many, of what, of whom?
    Count(Outcome, Category),
    /// Was a party present at the place?
    Presence,
    /// What evidence is there, and what is it worth?
    Evidence,
    /// What for?
    Purpose,
    /// What was damaged?
    Damage,
}

impl Question {
    /// The contract's key: `who_did`, `count:killed:civilians`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Occurred => "occurred".into(),
            Self::WhoDid => "who_did".into(),
            Self::Target => "target".into(),
            Self::Where => "where".into(),
            Self::When => "when".into(),
            Self::Means => "means".into(),
            Self::Presence => "presence".into(),
            Self::Evidence => "evidence".into(),
            Self::Purpose => "purpose".into(),
            Self::Damage => "damage".into(),
            Self::Count(of, Category::Objects) => format!("count:{of}"),
            Self::Count(of, category) => format!("count:{of}:{category}"),
        }
    }
}

named! {
    /// Where the accounts stand on a question.
    pub enum Status {
        /// At least two independent origins, equal.
        Agreed = "agreed",
        /// At least two origins, no contradiction.
        Compatible = "compatible",
        /// At least one contradiction or denial.
        Contested = "contested",
        /// One origin, however many carriers.
        SingleOrigin = "single_origin",
        /// Nobody answers.
        Unanswered = "unanswered",
    }
}

named! {
    /// Relation of claim A to claim B (methods.md E2).
    pub enum RelationKind {
        /// Cannot both hold under any reading.
        Contradicts = "CONTRADICTS",
        /// A is the more exact.
        Refines = "REFINES",
        /// B is the more exact.
        RefinedBy = "REFINED_BY",
        /// Same value.
        Equal = "EQUAL",
        /// Meet in part.
        Overlaps = "OVERLAPS",
        /// A's scope lies in B's.
        PartOf = "PART_OF",
        /// B's scope lies in A's.
        Contains = "CONTAINS",
        /// A later, higher toll from another origin: possible update.
        Growth = "GROWTH",
        /// A is the same origin's later figure.
        Supersedes = "SUPERSEDES",
        /// B is the same origin's later figure.
        SupersededBy = "SUPERSEDED_BY",
        /// Same origin, same value, other time.
        Repeats = "REPEATS",
        /// A denies what B says, or B what A says.
        Denies = "DENIES",
        /// Conflict under some readings only.
        Ambiguous = "AMBIGUOUS",
        /// Disjoint scopes.
        Complements = "COMPLEMENTS",
        /// One of the two does not commit.
        Uncommitted = "UNCOMMITTED",
        /// Nothing follows.
        NotComparable = "NOT_COMPARABLE",
    }
}

impl RelationKind {
    /// The relation of B to A.
    #[must_use]
    pub fn converse(self) -> Self {
        match self {
            Self::Refines => Self::RefinedBy,
            Self::RefinedBy => Self::Refines,
            Self::PartOf => Self::Contains,
            Self::Contains => Self::PartOf,
            Self::Supersedes => Self::SupersededBy,
            Self::SupersededBy => Self::Supersedes,
            other => other,
        }
    }
}

named! {
    /// How far apart contradicting counts are (methods.md E2).
    pub enum Gap {
        /// At most 2 or 10 % of the larger.
        Minor = "minor",
        /// In between.
        Plain = "plain",
        /// The larger at least twice the smaller.
        Major = "major",
    }
}

named! {
    /// Why two claims differ.
    pub enum Cause {
        /// They speak of different sets (killed / casualties, place and its part).
        Scope = "scope",
        /// They speak at, or of, different times.
        Time = "time",
        /// They class the same people differently.
        Category = "category",
        /// They use different words for a party ("terrorists" / the group's name).
        Definition = "definition",
        /// They name places of different grain.
        PlaceGrain = "place_grain",
        /// They cannot both be so.
        Conflict = "conflict",
    }
}

/// A typed relation of two answers to one question, with rule and reason: between the claims `a` and `b`, and every other
/// pair of voices for the same two answers of which the same holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// First claim.
    pub a: ClaimId,
    /// Second claim.
    pub b: ClaimId,
    /// How A relates to B.
    pub kind: RelationKind,
    /// Rule id (`N4`, `V3`, `E4-place`, …).
    pub rule: &'static str,
    /// One sentence why, naming both values.
    pub because: String,
    /// For contradicting counts.
    pub severity: Option<Gap>,
    /// For contradictions: typed by cause.
    pub cause: Option<Cause>,
    /// Below the reading threshold: a review task, not published as a contradiction (V6).
    pub review: bool,
    /// All claims of the first answer that stand so to some claim of the second, the first of them `a`.
    pub all_a: Vec<ClaimId>,
    /// All claims of the second answer that stand so to some claim of the first, the first of them `b`.
    pub all_b: Vec<ClaimId>,
}

/// One answer to a question and who stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The answer in words or figures.
    pub value: String,
    /// Claims that give it.
    pub claims: Vec<ClaimId>,
    /// Names of the origins behind them, named ones first, then sorted, unique.
    pub origins: Vec<String>,
    /// How many of the origins, the last ones, are nobody known: a headline that names nobody, somebody described and not resolved, nobody in
    /// particular.
    pub nobody: usize,
    /// Documents that carry it, sorted, unique.
    pub carriers: Vec<DocumentId>,
    /// Size of the largest set of pairwise independent origins (methods.md C5).
    pub independent: usize,
    /// Denied or merely mentioned rather than asserted.
    pub denied: bool,
}

/// One row of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The question.
    pub question: Question,
    /// Where the accounts stand.
    pub status: Status,
    /// The answers, best supported first.
    pub positions: Vec<Position>,
    /// Relations that say something (NOT_COMPARABLE left out), sorted by claims.
    pub relations: Vec<Relation>,
}
