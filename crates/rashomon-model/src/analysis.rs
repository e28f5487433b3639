//! What was read in one document? Stand-off layers over its text.

use crate::attribution::Attribution;
use crate::claim::Chain;
use crate::date::DateValue;
use crate::document::BlockKind;
use crate::evidence::EvidenceMention;
use crate::id::{DocumentId, PartyId};
use crate::place::Toponym;
use crate::quantity::Quantity;
use crate::source::LocalSource;
use crate::span::Span;
use crate::wire::named;

named! {
    /// What a mention names.
    pub enum MentionKind {
        /// A person, or several.
        Person = "person",
        /// An organisation.
        Organisation = "organisation",
        /// An armed group.
        ArmedGroup = "armed_group",
        /// A government or a body of one, armed forces included.
        Government = "government",
        /// An outlet or agency.
        Media = "media",
        /// A place.
        Place = "place",
        /// A building or installation.
        Facility = "facility",
        /// A nationality, people or religion.
        Nationality = "nationality",
        /// A weapon, munition, aircraft or vehicle type.
        Weapon = "weapon",
        /// Anything else.
        Other = "other",
    }
}

/// An entity named or described in the text.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Mention {
    /// Extent.
    pub span: Span,
    /// What it names.
    pub kind: MentionKind,
    /// Name as resolved within the document (the longest form), or the words themselves.
    pub name: String,
    /// Party of the table, if it is one.
    pub party: Option<PartyId>,
    /// How sure, 0..=1.
    pub confidence: f32,
}

named! {
    /// TIMEX3 type.
    pub enum TimeType {
        /// A calendar date.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// A recurring time.
        Set = "SET",
    }
}

/// A temporal expression.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct TimeExpression {
    /// Extent.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value (`2015-09-30`, `P3D`, `PRESENT_REF`, `XXXX-WXX-3` where unresolved).
    pub value: String,
    /// The interval it means, if resolved to the calendar.
    pub date: Option<DateValue>,
    /// Reading rule in words.
    pub why: String,
}

named! {
    /// Kind of event.
    pub enum EventKind {
        /// Attack from the air.
        Airstrike = "airstrike",
        /// Shells, mortars, rockets.
        Shelling = "shelling",
        /// Small arms.
        Shooting = "shooting",
        /// Bomb, mine, car bomb, suicide attack.
        Explosion = "explosion",
        /// Chemical attack.
        Chemical = "chemical",
        /// Fighting between parties.
        Clash = "clash",
        /// Attack of unstated means.
        Attack = "attack",
        /// People killed or hurt.
        Harm = "harm",
        /// Arrest or detention.
        Arrest = "arrest",
        /// Abduction.
        Abduction = "abduction",
        /// Things destroyed.
        Damage = "damage",
        /// Movement of forces.
        Deployment = "deployment",
        /// Talks, votes, meetings.
        Politics = "politics",
        /// Protest or riot.
        Protest = "protest",
        /// Something said.
        Statement = "statement",
        /// Accident or natural disaster.
        Accident = "accident",
        /// Anything else.
        Other = "other",
    }
}

impl EventKind {
    /// Whether it is an attack, rather than what came of one (people harmed, things damaged).
    #[must_use]
    pub fn is_act(self) -> bool {
        self.is_violence() && !matches!(self, Self::Harm | Self::Damage)
    }

    /// Whether it is an act of violence an incident can be made of.
    #[must_use]
    pub fn is_violence(self) -> bool {
        matches!(
            self,
            Self::Airstrike
                | Self::Shelling
                | Self::Shooting
                | Self::Explosion
                | Self::Chemical
                | Self::Clash
                | Self::Attack
                | Self::Harm
                | Self::Abduction
                | Self::Damage
        )
    }
}

/// A word that tells of an event.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EventMention {
    /// The word or phrase.
    pub span: Span,
    /// Kind.
    pub kind: EventKind,
    /// Negated in its clause.
    pub negated: bool,
    /// Possible, planned, feared, conditional, or a general statement rather than an occurrence.
    pub unreal: bool,
    /// Who did it, as far as the clause says.
    pub actor: Vec<Span>,
    /// Who or what it was done to, as far as the clause says.
    pub target: Vec<Span>,
}

/// One sentence, with the block it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sentence {
    /// Extent, without white space at its ends.
    pub span: Span,
    /// Kind of its block.
    pub block: BlockKind,
    /// Index of its block in the document.
    pub paragraph: usize,
}

/// A word with its coarse part of speech where a tagger gave one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Word {
    /// Extent.
    pub span: Span,
    /// Universal part of speech (`NOUN`, `VERB`, …), `X` where unknown.
    #[serde(deserialize_with = "crate::wire::fixed")]
    pub pos: crate::wire::Fixed,
}

/// All layers of one document; every list is sorted by span.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Analysis {
    /// The document read.
    pub document: DocumentId,
    /// Sentences.
    pub sentences: Vec<Sentence>,
    /// Words.
    pub words: Vec<Word>,
    /// Mentions.
    pub mentions: Vec<Mention>,
    /// Times.
    pub times: Vec<TimeExpression>,
    /// Quantities.
    pub quantities: Vec<Quantity>,
    /// Toponyms.
    pub toponyms: Vec<Toponym>,
    /// Attributions (by content start; `inside` gives nesting).
    pub attributions: Vec<Attribution>,
    /// Speaker chains, one an attribution, in the same order.
    pub chains: Vec<Chain>,
    /// Speakers as this document knows them.
    pub speakers: Vec<LocalSource>,
    /// Events.
    pub events: Vec<EventMention>,
    /// Evidence the text offers.
    pub evidence: Vec<EvidenceMention>,
}

impl Analysis {
    /// Nothing read yet.
    #[must_use]
    pub fn empty(document: DocumentId) -> Self {
        Self {
            document,
            sentences: Vec::new(),
            words: Vec::new(),
            mentions: Vec::new(),
            times: Vec::new(),
            quantities: Vec::new(),
            toponyms: Vec::new(),
            attributions: Vec::new(),
            chains: Vec::new(),
            speakers: Vec::new(),
            events: Vec::new(),
            evidence: Vec::new(),
        }
    }
}
