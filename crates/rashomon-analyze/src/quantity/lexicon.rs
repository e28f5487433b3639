//! Which words count, name what is counted, and say what happened to it?
//!
//! The linguists' files `data/numbers.toml`, `data/categories.toml` and `data/casualties.toml`, compiled once into phrase
//! tables. A file that does not parse leaves its table empty (a test refuses that).

use crate::phrase::Phrases;
use crate::table::{Map, Set};
use rashomon_model::quantity::{Category, Outcome};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// How a word beside a number changes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// [n, ∞)
    AtLeast,
    /// [n+1, ∞)
    MoreThan,
    /// [0, n-1]
    LessThan,
    /// [0, n]
    UpTo,
    /// n ± 10 %
    About,
    /// [n - 10 %, n]
    Nearly,
    /// n
    Plain,
}

/// A number word that is not exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Vague {
    /// Least.
    pub(super) min: u64,
    /// Greatest, `None` if open.
    pub(super) max: Option<u64>,
    /// "no", "none".
    pub(super) zero: bool,
}

/// Sort of noun after a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NounKind {
    /// A person noun.
    Person,
    /// A family or household.
    Group,
    /// A noun that names the outcome ("deaths").
    Outcome(Outcome),
    /// A thing that can be destroyed.
    Object,
    /// A unit: no count at all.
    Measure,
}

/// A noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Noun {
    /// Sort.
    pub(super) kind: NounKind,
    /// Category it settles.
    pub(super) category: Option<Category>,
    /// Whether plural.
    pub(super) plural: bool,
    /// Whether a kin noun, which may stand with a possessive for one person.
    pub(super) kin: bool,
}

/// All tables.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) modifiers: Phrases<Change>,
    pub(super) followers: Phrases<Change>,
    pub(super) vague: Phrases<Vague>,
    pub(super) multiples: Map<String, u64>,
    pub(super) nouns: Phrases<Noun>,
    /// Things, one or several, that a person's noun before them only qualifies ("a passenger boat").
    pub(super) things: Set<String>,
    pub(super) adjectives: Map<String, Category>,
    pub(super) after: Phrases<Outcome>,
    pub(super) before: Phrases<Outcome>,
    pub(super) active: Phrases<Outcome>,
    pub(super) between: Set<String>,
    pub(super) auxiliaries: Set<String>,
    pub(super) reach: Set<String>,
    pub(super) rising: Set<String>,
    pub(super) breaks: Set<String>,
    pub(super) parts: Phrases<()>,
    pub(super) since: Phrases<()>,
    pub(super) wars: Set<String>,
    pub(super) frames: Set<String>,
    pub(super) windows: Phrases<()>,
    pub(super) brings: Phrases<()>,
    pub(super) stops: Set<String>,
    pub(super) joins: Set<String>,
    pub(super) outdated: Phrases<()>,
    pub(super) recording: Set<String>,
    /// Nouns of attacks that are counted in a record, and words that open what they cost.
    pub(super) attacks: Set<String>,
    pub(super) leads: Set<String>,
    pub(super) wounds: Set<String>,
    pub(super) falls: Phrases<()>,
    pub(super) burial: Phrases<()>,
    pub(super) some: Phrases<()>,
    pub(super) everybody: Set<String>,
    pub(super) elsewhere: Phrases<()>,
    pub(super) held: Phrases<()>,
    pub(super) causes: Set<String>,
    pub(super) unharmed: Set<String>,
    /// Words behind a thing by which it is no more.
    pub(super) ruined: Phrases<()>,
    /// Words of destruction that bind no noun but those listed.
    pub(super) touched: Set<String>,
    pub(super) so_far: Phrases<()>,
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
        &toml::from_str(include_str!("../../data/numbers.toml")).unwrap_or_default(),
        &toml::from_str(include_str!("../../data/categories.toml")).unwrap_or_default(),
        &toml::from_str(include_str!("../../data/casualties.toml")).unwrap_or_default(),
    )
});

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Numbers {
    modifiers: BTreeMap<String, Vec<String>>,
    followers: BTreeMap<String, Vec<String>>,
    vague: Vec<VagueRow>,
    multiples: BTreeMap<String, u64>,
}

#[derive(Debug, Deserialize)]
struct VagueRow {
    words: Vec<String>,
    min: u64,
    max: u64,
    #[serde(default)]
    zero: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Categories {
    people: BTreeMap<String, Vec<String>>,
    singular: BTreeMap<String, String>,
    adjectives: BTreeMap<String, String>,
    groups: Words,
    kin: BTreeMap<String, Vec<String>>,
    outcomes: BTreeMap<String, Vec<String>>,
    objects: Words,
    animals: Words,
    measures: Words,
    plural_only: Words,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Words {
    words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Cues {
    after: Vec<String>,
    before: Vec<String>,
    active: Vec<String>,
    touched: Vec<String>,
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
struct Casualties {
    between: Between,
    reach: Words,
    rising: Words,
    breaks: Words,
    parts: Words,
    stops: Words,
    joins: Words,
    outdated: Words,
    recording: Recording,
    wounds: Words,
    falls: Words,
    burial: Words,
    some: Words,
    everybody: Words,
    elsewhere: Elsewhere,
    causes: Words,
    unharmed: Words,
    so_far: Words,
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
    fn build(numbers: &Numbers, categories: &Categories, casualties: &Casualties) -> Self {
        let mut vague = Phrases::new();
        for row in &numbers.vague {
            vague.extend(
                &row.words,
                &Vague { min: row.min, max: (row.max > 0 || row.zero).then_some(row.max), zero: row.zero },
            );
        }
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
        Self {
            modifiers: changes(&numbers.modifiers),
            followers: changes(&numbers.followers),
            vague,
            multiples: numbers.multiples.clone().into_iter().collect(),
            nouns: nouns(categories),
            things: things(categories),
            adjectives: categories
                .adjectives
                .iter()
                .filter_map(|(word, category)| Some((word.clone(), Category::from_name(category)?)))
                .collect(),
            after,
            before,
            active,
            between: set(&casualties.between.words),
            auxiliaries: set(&casualties.between.auxiliaries),
            reach: set(&casualties.reach.words),
            rising: set(&casualties.rising.words),
            breaks: set(&casualties.breaks.words),
            parts: phrases(&casualties.parts.words),
            since: phrases(&casualties.cumulative.since),
            wars: set(&casualties.cumulative.wars),
            frames: set(&casualties.cumulative.frames),
            windows: phrases(&casualties.cumulative.spans),
            brings: phrases(&casualties.cumulative.brings),
            stops: set(&casualties.stops.words),
            joins: set(&casualties.joins.words),
            outdated: phrases(&casualties.outdated.words),
            recording: set(&casualties.recording.words),
            attacks: set(&casualties.recording.attacks),
            leads: set(&casualties.recording.leads),
            wounds: set(&casualties.wounds.words),
            falls: phrases(&casualties.falls.words),
            burial: phrases(&casualties.burial.words),
            some: phrases(&casualties.some.words),
            everybody: set(&casualties.everybody.words),
            elsewhere: phrases(&casualties.elsewhere.words),
            held: phrases(&casualties.elsewhere.held),
            causes: set(&casualties.causes.words),
            unharmed: set(&casualties.unharmed.words),
            ruined: phrases(&casualties.destroyed.after),
            touched: set(&casualties.destroyed.touched),
            so_far: phrases(&casualties.so_far.words),
            counting: set(&casualties.counting.nouns),
            reaching: set(&casualties.counting.reach),
            gives: phrases(&casualties.counting.gives),
            figures: set(&casualties.counting.bare),
            holding: phrases(&casualties.holds.subjects),
            holds: set(&casualties.holds.verbs),
        }
    }
}

/// The table of words that change a number.
fn changes(rows: &BTreeMap<String, Vec<String>>) -> Phrases<Change> {
    let mut table = Phrases::new();
    for (name, words) in rows {
        let change = match name.as_str() {
            "at_least" => Change::AtLeast,
            "more_than" => Change::MoreThan,
            "less_than" => Change::LessThan,
            "up_to" => Change::UpTo,
            "about" => Change::About,
            "nearly" => Change::Nearly,
            _ => Change::Plain,
        };
        table.extend(words, &change);
    }
    table
}

/// The table of nouns: plurals as listed, singulars by rule.
fn nouns(categories: &Categories) -> Phrases<Noun> {
    let mut table = Phrases::new();
    let irregular: BTreeSet<&str> = categories.singular.values().map(String::as_str).collect();
    let mut both = |plural: &str, noun: Noun| {
        table.add(plural, &Noun { plural: true, ..noun });
        for (singular, of) in &categories.singular {
            if of == plural {
                table.add(singular, &Noun { plural: false, ..noun });
            }
        }
        if !irregular.contains(plural)
            && !categories.plural_only.words.iter().any(|w| w == plural)
            && let Some(singular) = singular(plural)
        {
            table.add(&singular, &Noun { plural: false, ..noun });
        }
    };
    let plain = |kind, category| Noun { kind, category, plural: true, kin: false };
    for (name, words) in &categories.people {
        let category = Category::from_name(name);
        for word in words {
            both(word, plain(NounKind::Person, category));
        }
    }
    for word in &categories.groups.words {
        both(word, plain(NounKind::Group, Some(Category::People)));
    }
    for (name, words) in &categories.outcomes {
        let Some(outcome) = Outcome::from_name(name) else {
            continue;
        };
        let category = match outcome {
            Outcome::Targets | Outcome::Strikes | Outcome::Sorties | Outcome::Aircraft | Outcome::Munitions => {
                Some(Category::Objects)
            }
            _ => None,
        };
        for word in words {
            let noun = plain(NounKind::Outcome(outcome), category);
            table.add(word, &Noun { plural: word.ends_with('s') || word == "dead" || word == "bodies", ..noun });
        }
    }
    for word in categories.objects.words.iter().chain(&categories.animals.words) {
        table.add(word, &Noun { plural: word.ends_with('s'), ..plain(NounKind::Object, Some(Category::Objects)) });
    }
    for word in &categories.measures.words {
        table.add(word, &plain(NounKind::Measure, None));
    }
    for (name, words) in &categories.kin {
        let noun = Noun { kind: NounKind::Person, category: Category::from_name(name), plural: false, kin: true };
        for word in words {
            table.replace_kin(word, &noun);
        }
    }
    table
}

/// Things as listed, and their singulars, by rule or irregular.
fn things(categories: &Categories) -> Set<String> {
    let listed = || categories.objects.words.iter().chain(categories.outcomes.get("aircraft").into_iter().flatten());
    let regular = listed().filter_map(|word| singular(word));
    let irregular = categories.singular.iter().filter(|(_, of)| listed().any(|word| word == *of));
    listed().cloned().chain(regular).chain(irregular.map(|(word, _)| word.clone())).collect()
}

impl Phrases<Noun> {
    /// Marks a noun as kin; one already listed keeps its category.
    fn replace_kin(&mut self, word: &str, noun: &Noun) {
        self.add(word, noun);
        self.update(word, |known| known.kin = true);
    }
}

/// The regular singular of a plural ("ladies" is irregular enough to be listed).
fn singular(plural: &str) -> Option<String> {
    if let Some(stem) = plural.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if plural.ends_with("ss") || plural.ends_with("staff") {
        return None;
    }
    plural.strip_suffix('s').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_files_parse() {
        assert!(toml::from_str::<Numbers>(include_str!("../../data/numbers.toml")).is_ok());
        assert!(toml::from_str::<Categories>(include_str!("../../data/categories.toml")).is_ok());
        assert!(toml::from_str::<Casualties>(include_str!("../../data/casualties.toml")).is_ok());
    }

    #[test]
    fn singulars() {
        assert_eq!(singular("soldiers").as_deref(), Some("soldier"));
        assert_eq!(singular("families").as_deref(), Some("family"));
        assert_eq!(singular("staff"), None);
    }
}
