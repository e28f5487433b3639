//! Is what one counts a part of what the other counts? The scope tree of counts (methods.md E1).
//!
//! A scope is an outcome and a category. Killed and injured are disjoint and both casualties; civilians and combatants are
//! disjoint and both people; children ⊂ civilians is a presumption that can be switched off (N5p).

use rashomon_model::quantity::{Category, Outcome};

/// How the set counted first relates to the set counted second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scopes {
    /// The same set.
    Same,
    /// The first is a part of the second; `true` if only by the presumption.
    Inside(bool),
    /// The second is a part of the first; `true` if only by the presumption.
    Around(bool),
    /// No common member.
    Disjoint,
    /// Neither is known.
    Unknown,
    /// Things of different kinds: no question maps one on the other.
    Apart,
}

impl Scopes {
    /// Both at once: outcome and category.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Apart, _) | (_, Self::Apart) => Self::Apart,
            (Self::Disjoint, _) | (_, Self::Disjoint) => Self::Disjoint,
            (Self::Same, it) | (it, Self::Same) => it,
            (Self::Inside(p), Self::Inside(q)) => Self::Inside(p.max(q)),
            (Self::Around(p), Self::Around(q)) => Self::Around(p.max(q)),
            _ => Self::Unknown,
        }
    }
}

/// The family of things an outcome counts.
#[derive(PartialEq)]
enum Family {
    Fate,
    Attack,
    Damage,
}

fn family(of: Outcome) -> Family {
    match of {
        _ if of.befalls_people() => Family::Fate,
        Outcome::Destroyed => Family::Damage,
        _ => Family::Attack,
    }
}

/// Outcomes, with "casualties" read as killed and injured together.
fn outcomes(a: Outcome, b: Outcome) -> Scopes {
    use Outcome::{Casualties, Injured, Killed, Missing};
    match (a, b) {
        _ if a == b => Scopes::Same,
        _ if family(a) != family(b) => Scopes::Apart,
        (Killed | Injured, Casualties) => Scopes::Inside(false),
        (Casualties, Killed | Injured) => Scopes::Around(false),
        (Killed | Injured | Missing, Killed | Injured | Missing) => Scopes::Disjoint,
        _ if family(a) == Family::Attack => Scopes::Disjoint,
        _ => Scopes::Unknown,
    }
}

/// Categories of people; `presume` switches children ⊂ civilians.
fn categories(a: Category, b: Category, presume: bool) -> Scopes {
    use Category::{Children, Civilians, Combatants, Men, Objects, People, Women};
    match (a, b) {
        _ if a == b => Scopes::Same,
        (Objects, _) | (_, Objects) => Scopes::Apart,
        (_, People) => Scopes::Inside(false),
        (People, _) => Scopes::Around(false),
        (Civilians, Combatants) | (Combatants, Civilians) | (Women, Men) | (Men, Women) => Scopes::Disjoint,
        (Children, Civilians) if presume => Scopes::Inside(true),
        (Civilians, Children) if presume => Scopes::Around(true),
        _ => Scopes::Unknown,
    }
}

/// How the set counted first relates to the set counted second.
#[must_use]
pub fn scopes(a: (Outcome, Category), b: (Outcome, Category), presume: bool) -> Scopes {
    outcomes(a.0, b.0).and(categories(a.1, b.1, presume))
}

/// Whether counts of this outcome are tolls that grow as more becomes known (rule V5).
#[must_use]
pub fn is_toll(of: Outcome) -> bool {
    family(of) == Family::Fate
}
