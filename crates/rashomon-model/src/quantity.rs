//! How many? Counts as intervals, of what outcome and category.

use crate::date::DateValue;
use crate::span::Span;
use crate::wire::named;

/// A count as an interval of whole numbers (methods.md E1); `max: None` means open ("at least 36").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Count {
    /// Least number meant.
    pub min: u64,
    /// Greatest number meant, `None` if open; never below `min`.
    pub max: Option<u64>,
}

impl Count {
    /// Exactly `n`.
    #[must_use]
    pub const fn exact(n: u64) -> Self {
        Self { min: n, max: Some(n) }
    }

    /// `min` or more.
    #[must_use]
    pub const fn at_least(min: u64) -> Self {
        Self { min, max: None }
    }

    /// From `min` to `max`, swapped if given the wrong way round.
    #[must_use]
    pub const fn between(min: u64, max: u64) -> Self {
        if min <= max { Self { min, max: Some(max) } } else { Self { min: max, max: Some(min) } }
    }

    /// Whether one number is meant.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.max == Some(self.min)
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.max {
            Some(max) if max == self.min => write!(f, "{max}"),
            Some(max) => write!(f, "{}–{max}", self.min),
            None => write!(f, "≥{}", self.min),
        }
    }
}

named! {
    /// What is counted. Killed and injured are disjoint and both casualties (methods.md E1).
    pub enum Outcome {
        /// Dead.
        Killed = "killed",
        /// Wounded.
        Injured = "injured",
        /// Dead or wounded, or (second reading) dead.
        Casualties = "casualties",
        /// Named as victims, fate not stated.
        Victims = "victims",
        /// Missing.
        Missing = "missing",
        /// Arrested or detained.
        Arrested = "arrested",
        /// Abducted.
        Abducted = "abducted",
        /// Displaced.
        Displaced = "displaced",
        /// Things aimed at.
        Targets = "targets",
        /// Attacks carried out.
        Strikes = "strikes",
        /// Flights.
        Sorties = "sorties",
        /// Aircraft.
        Aircraft = "aircraft",
        /// Bombs, rockets, shells.
        Munitions = "munitions",
        /// Houses, vehicles and other objects destroyed.
        Destroyed = "destroyed",
    }
}

impl Outcome {
    /// Whether it is something that happens to people (killed, missing, displaced), not to things nor an act.
    #[must_use]
    pub fn befalls_people(self) -> bool {
        matches!(
            self,
            Self::Killed
                | Self::Injured
                | Self::Casualties
                | Self::Victims
                | Self::Missing
                | Self::Arrested
                | Self::Abducted
                | Self::Displaced
        )
    }
}

named! {
    /// Who is counted. Civilians and combatants are disjoint parts of people; children ⊂ civilians is a presumption (rule N5p).
    pub enum Category {
        /// Anyone.
        People = "people",
        /// Civilians.
        Civilians = "civilians",
        /// Children.
        Children = "children",
        /// Women.
        Women = "women",
        /// Men.
        Men = "men",
        /// Fighters, soldiers, militants.
        Combatants = "combatants",
        /// Doctors, nurses, rescuers.
        Medics = "medics",
        /// Journalists.
        Journalists = "journalists",
        /// Things, not people.
        Objects = "objects",
    }
}

/// Why a count belongs to more than the incident at hand.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Cumulative {
    /// The words that say so ("since Monday", "in the four-year war").
    pub span: Span,
    /// The window meant, if resolved.
    pub window: Option<DateValue>,
}

/// A count in a text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Quantity {
    /// The count with its noun and verb as far as contiguous ("at least 36 people").
    pub span: Span,
    /// The number words alone ("at least 36").
    pub number: Span,
    /// What is counted; `None` where the text does not say (abstain rather than guess).
    pub of: Option<Outcome>,
    /// Who is counted.
    pub category: Option<Category>,
    /// The interval.
    pub count: Count,
    /// The noun counted, as written ("civilians", "bunkers").
    pub noun: Option<Span>,
    /// Words that decide the outcome ("killed", "the death toll").
    pub outcome_at: Option<Span>,
    /// Set where the figure is a total over a wider window.
    pub cumulative: Option<Cumulative>,
    /// Index, in the same list, of the quantity this one is a part of ("36 people, including 5 children").
    pub part_of: Option<usize>,
    /// Whether it states the status of the whole of the same toll ("all of the dead were civilians"): rule U1.
    pub whole: bool,
    /// "no", "none", negated.
    pub zero: bool,
    /// Counted beside others ("another four", "three others"): no total of its own.
    pub beside: bool,
    /// Given by the text as an earlier state of the figure ("initially four", "the toll was first put at"): replaced by what follows.
    pub outdated: bool,
    /// Reading rule in words: why this interval, outcome, category.
    pub why: String,
}
