//! What is known of a count before an outcome is bound to it?

use super::amount::Amount;
use super::noun::{Noun, NounKind};
use rashomon_model::quantity::{Category, Outcome};

/// A count with what it counts, before an outcome is bound to it. Indices are lexemes of the sentence.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// First lexeme of the number with its modifiers.
    pub(super) start: usize,
    /// One past the number.
    pub(super) number_end: usize,
    /// One past the noun phrase.
    pub(super) end: usize,
    /// The number.
    pub(super) amount: Amount,
    /// Head noun: first and one past last lexeme.
    pub(super) head: Option<(usize, usize)>,
    /// What the head is; `None` for an unknown noun or none.
    pub(super) noun: Option<Noun>,
    /// Category from head and adjectives.
    pub(super) category: Option<Category>,
    /// Outcome named inside the phrase ("36 wounded people", "36 deaths"), and where.
    pub(super) inner: Option<(Outcome, usize, usize)>,
    /// "of them", "of whom": part of a count before.
    pub(super) anaphor: bool,
    /// No number word: "a child", "civilians".
    pub(super) bare: bool,
    /// A person named.
    pub(super) named: bool,
    /// A count whose people are then listed by name.
    pub(super) listed: bool,
    /// "another", "three other", "others".
    pub(super) beside: bool,
    /// "eight deaths, all of them civilians": the status is that of all.
    pub(super) whole: bool,
}

impl Item {
    /// What a number alone says: all else is read from the words around it.
    pub(super) fn of(amount: Amount) -> Self {
        Self {
            start: amount.start,
            number_end: amount.end,
            end: amount.end,
            amount,
            head: None,
            noun: None,
            category: None,
            inner: None,
            anaphor: false,
            bare: false,
            named: false,
            listed: false,
            beside: false,
            whole: false,
        }
    }

    /// Whether people are counted, as far as known.
    pub(super) fn person(&self) -> bool {
        match self.noun.map(|n| n.kind) {
            Some(NounKind::Person | NounKind::Group) => true,
            Some(NounKind::Outcome(o)) => casualty(o),
            Some(_) => false,
            None => self.head.is_none() || self.anaphor,
        }
    }
}

/// Whether an outcome befalls people.
pub(super) fn casualty(outcome: Outcome) -> bool {
    outcome.befalls_people()
}
