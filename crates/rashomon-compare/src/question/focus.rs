//! What does a claim negate? Its whole proposition, one part of it, or nothing.

use rashomon_model::alignment::Question;
use rashomon_model::claim::{Claim, CountRef, Polarity, Proposition, PropositionKind};

/// Whether the claim negates: its words do, or its speaker denies them, but not both (a denial of a negation affirms).
#[must_use]
pub fn is_negative(claim: &Claim) -> bool {
    claim.factuality.is_negative() != (claim.proposition.polarity == Polarity::Negative)
}

/// Which questions a claim answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Focus {
    /// All its parts are affirmed.
    Everything,
    /// Only what its negation is about.
    Only(Question),
    /// Its counts alone.
    Counts,
}

impl Focus {
    /// Whether the claim answers this question beside its counts.
    pub(super) fn holds(self, question: Question) -> bool {
        self == Self::Everything || self == Self::Only(question)
    }
}

/// What a negation or denial of the proposition is about.
pub(super) fn focus(what: &Proposition) -> Focus {
    Focus::Only(match what.kind {
        PropositionKind::Presence => Question::Presence,
        PropositionKind::Purpose => Question::Purpose,
        PropositionKind::Evidence => Question::Evidence,
        PropositionKind::Damage => Question::Damage,
        // a denial of responsibility says neither that nothing happened nor that nobody was hit, even if it names no actor
        PropositionKind::Responsibility if what.actor.is_empty() => return Focus::Counts,
        PropositionKind::Responsibility => Question::WhoDid,
        // that people were harmed is denied, not that something happened
        PropositionKind::Casualties if !what.count.is_empty() || what.target.is_empty() => return Focus::Counts,
        _ if !what.target.is_empty() => Question::Target,
        _ if !what.actor.is_empty() => Question::WhoDid,
        _ => Question::Occurred,
    })
}

/// Whether a count of a negated claim is negated with it, rather than standing beside what is.
pub(super) fn counts_speak(what: &Proposition, count: &CountRef) -> bool {
    what.kind == PropositionKind::Casualties || count.count.max == Some(0)
}
