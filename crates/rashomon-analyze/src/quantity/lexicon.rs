//! Which words count, name what is counted, and say what happened to it?
//!
//! The linguists' files `data/numbers.toml`, `data/categories.toml` and `data/casualties.toml`, compiled once into phrase
//! tables. A file that does not parse leaves its table empty (a test refuses that). Nouns: [`super::noun`]; numbers and what changes
//! them: [`super::change`].

use super::change::{Change, Numbers, Vague};
use super::noun::{Noun, Nouns};
use super::revision::Way;
use crate::phrase::Phrases;
use crate::table::{Map, Set};
use rashomon_model::quantity::{Category, Outcome};
use serde::Deserialize;
use std::sync::LazyLock;

/// All tables.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) modifiers: Phrases<Change>,
    pub(super) followers: Phrases<Change>,
    pub(super) vague: Phrases<Vague>,
    pub(super) multiples: Map<String, u64>,
    /// Words before a number that is one of a series, before that of a paper, and of whose children it is.
    pub(super) numbered: Set<String>,
    pub(super) papers: Set<String>,
    pub(super) parents: Set<String>,
    /// Words of place before "one of them".
    pub(super) beneath: Set<String>,
    pub(super) nouns: Phrases<Noun>,
    /// Things, one or several, that a person's noun before them only qualifies ("a passenger boat").
    pub(super) things: Set<String>,
    pub(super) adjectives: Map<String, Category>,
    /// Words between a number and the noun that says what those counted are.
    pub(super) predicates: Set<String>,
    /// Small words inside a person's name, and nouns behind a run of capitals that names nobody.
    pub(super) particles: Set<String>,
    /// Nouns for those who are of a body.
    pub(super) membership: Set<String>,
    pub(super) not_persons: Set<String>,
    pub(super) after: Phrases<Outcome>,
    pub(super) before: Phrases<Outcome>,
    pub(super) active: Phrases<Outcome>,
    pub(super) between: Set<String>,
    pub(super) auxiliaries: Set<String>,
    pub(super) reach: Set<String>,
    /// What is done to a figure told before.
    pub(super) revisions: Phrases<Way>,
    pub(super) breaks: Set<String>,
    pub(super) parts: Phrases<()>,
    pub(super) since: Phrases<()>,
    pub(super) wars: Set<String>,
    pub(super) frames: Set<String>,
    pub(super) windows: Phrases<()>,
    pub(super) brings: Phrases<()>,
    pub(super) stops: Set<String>,
    /// Words behind which no object of what was said before comes.
    pub(super) closes: Set<String>,
    pub(super) joins: Set<String>,
    pub(super) outdated: Phrases<()>,
    /// Verbs by which a text replaces another of its teller's, and nouns for such texts.
    pub(super) replacing: Phrases<()>,
    pub(super) replaced_texts: Set<String>,
    pub(super) recording: Set<String>,
    /// Nouns of attacks that are counted in a record, and words that open what they cost.
    pub(super) attacks: Set<String>,
    pub(super) leads: Set<String>,
    pub(super) wounds: Set<String>,
    /// What kills, behind "by", where the doer is not said.
    pub(super) manner: Set<String>,
    pub(super) falls: Phrases<()>,
    /// Words that may stand behind them.
    pub(super) fallen_where: Set<String>,
    pub(super) burial: Phrases<()>,
    pub(super) some: Phrases<()>,
    pub(super) everybody: Set<String>,
    pub(super) elsewhere: Phrases<()>,
    pub(super) held: Phrases<()>,
    pub(super) causes: Set<String>,
    pub(super) unharmed: Set<String>,
    /// Words behind a thing by which it is no more.
    pub(super) ruined: Phrases<()>,
    /// Nouns for what is wrecked or ruined only in a figure of speech.
    pub(super) unreal: Set<String>,
    /// What carries people away and abducts nobody.
    pub(super) nature: Set<String>,
    /// Words of destruction that bind no noun but those listed.
    pub(super) touched: Set<String>,
    pub(super) so_far: Phrases<()>,
    /// Words of searching that nobody has done yet.
    pub(super) unsearched: Phrases<()>,
    /// Nouns of counting, verbs whose end their figure is, words of whoever gives it, nouns that take up a toll.
    pub(super) counting: Set<String>,
    pub(super) reaching: Set<String>,
    pub(super) gives: Phrases<()>,
    pub(super) figures: Set<String>,
    /// Subjects and verbs of a sentence that says what a figure told before holds.
    pub(super) holding: Phrases<()>,
    pub(super) holds: Set<String>,
}

/// The tables, built at first use.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::build(
        Numbers::load(),
        Nouns::load(),
        &toml::from_str(include_str!("../../data/casualties.toml")).unwrap_or_default(),
    )
});

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Words {
    pub(super) words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Replaced {
    verbs: Vec<String>,
    texts: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Cues {
    after: Vec<String>,
    before: Vec<String>,
    active: Vec<String>,
    touched: Vec<String>,
    figures: Vec<String>,
    nature: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Counting {
    nouns: Vec<String>,
    reach: Vec<String>,
    gives: Vec<String>,
    bare: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SoFar {
    words: Vec<String>,
    unsearched: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Falls {
    words: Vec<String>,
    followers: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Holds {
    subjects: Vec<String>,
    verbs: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Between {
    words: Vec<String>,
    auxiliaries: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CumulativeWords {
    since: Vec<String>,
    wars: Vec<String>,
    frames: Vec<String>,
    spans: Vec<String>,
    brings: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Recording {
    words: Vec<String>,
    attacks: Vec<String>,
    leads: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Elsewhere {
    words: Vec<String>,
    held: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Revision {
    up: Vec<String>,
    other: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Casualties {
    between: Between,
    reach: Words,
    revision: Revision,
    breaks: Words,
    parts: Words,
    stops: Words,
    closes: Words,
    joins: Words,
    outdated: Words,
    replaced: Replaced,
    recording: Recording,
    wounds: Words,
    manner: Words,
    falls: Falls,
    burial: Words,
    some: Words,
    everybody: Words,
    elsewhere: Elsewhere,
    causes: Words,
    unharmed: Words,
    so_far: SoFar,
    counting: Counting,
    holds: Holds,
    cumulative: CumulativeWords,
    killed: Cues,
    injured: Cues,
    missing: Cues,
    arrested: Cues,
    abducted: Cues,
    displaced: Cues,
    destroyed: Cues,
    #[serde(rename = "casualties")]
    hurt: Cues,
}

impl Lexicon {
    fn build(numbers: Numbers, nouns: Nouns, casualties: &Casualties) -> Self {
        let (mut after, mut before, mut active) = (Phrases::new(), Phrases::new(), Phrases::new());
        for (outcome, cues) in [
            (Outcome::Killed, &casualties.killed),
            (Outcome::Injured, &casualties.injured),
            (Outcome::Missing, &casualties.missing),
            (Outcome::Arrested, &casualties.arrested),
            (Outcome::Abducted, &casualties.abducted),
            (Outcome::Displaced, &casualties.displaced),
            (Outcome::Casualties, &casualties.hurt),
            (Outcome::Destroyed, &casualties.destroyed),
        ] {
            after.extend(&cues.after, &outcome);
            before.extend(&cues.before, &outcome);
            active.extend(&cues.active, &outcome);
        }
        for words in [&casualties.falls.words, &casualties.burial.words] {
            after.extend(words, &Outcome::Killed);
        }
        let phrases = |words: &[String]| {
            let mut table = Phrases::new();
            table.extend(words, &());
            table
        };
        let set = |words: &[String]| words.iter().cloned().collect::<Set<_>>();
        let mut revisions = Phrases::new();
        revisions.extend(&casualties.revision.up, &Way::Up);
        revisions.extend(&casualties.revision.other, &Way::Other);
        Self {
            modifiers: numbers.modifiers,
            followers: numbers.followers,
            vague: numbers.vague,
            multiples: numbers.multiples,
            numbered: set(&numbers.refused.before),
            papers: set(&numbers.refused.papers),
            parents: set(&numbers.refused.parents),
            beneath: set(&numbers.refused.beneath),
            nouns: nouns.nouns,
            things: nouns.things,
            adjectives: nouns.adjectives,
            predicates: nouns.predicates,
            membership: nouns.membership,
            particles: nouns.particles,
            not_persons: nouns.not_persons,
            after,
            before,
            active,
            between: set(&casualties.between.words),
            auxiliaries: set(&casualties.between.auxiliaries),
            reach: set(&casualties.reach.words),
            revisions,
            breaks: set(&casualties.breaks.words),
            parts: phrases(&casualties.parts.words),
            since: phrases(&casualties.cumulative.since),
            wars: set(&casualties.cumulative.wars),
            frames: set(&casualties.cumulative.frames),
            windows: phrases(&casualties.cumulative.spans),
            brings: phrases(&casualties.cumulative.brings),
            stops: set(&casualties.stops.words),
            closes: set(&casualties.closes.words),
            joins: set(&casualties.joins.words),
            outdated: phrases(&casualties.outdated.words),
            replacing: phrases(&casualties.replaced.verbs),
            replaced_texts: set(&casualties.replaced.texts),
            recording: set(&casualties.recording.words),
            attacks: set(&casualties.recording.attacks),
            leads: set(&casualties.recording.leads),
            wounds: set(&casualties.wounds.words),
            manner: set(&casualties.manner.words),
            falls: phrases(&casualties.falls.words),
            fallen_where: set(&casualties.falls.followers),
            burial: phrases(&casualties.burial.words),
            some: phrases(&casualties.some.words),
            everybody: set(&casualties.everybody.words),
            elsewhere: phrases(&casualties.elsewhere.words),
            held: phrases(&casualties.elsewhere.held),
            causes: set(&casualties.causes.words),
            unharmed: set(&casualties.unharmed.words),
            ruined: phrases(&casualties.destroyed.after),
            touched: set(&casualties.destroyed.touched),
            unreal: set(&casualties.destroyed.figures),
            nature: set(&casualties.abducted.nature),
            so_far: phrases(&casualties.so_far.words),
            unsearched: phrases(&casualties.so_far.unsearched),
            counting: set(&casualties.counting.nouns),
            reaching: set(&casualties.counting.reach),
            gives: phrases(&casualties.counting.gives),
            figures: set(&casualties.counting.bare),
            holding: phrases(&casualties.holds.subjects),
            holds: set(&casualties.holds.verbs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_file_parses() {
        assert!(toml::from_str::<Casualties>(include_str!("../../data/casualties.toml")).is_ok());
    }
}
