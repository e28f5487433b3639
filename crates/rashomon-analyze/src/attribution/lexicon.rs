//! Which words attribute, and how? The linguists' data files, read once.
//!
//! [`Lexicon::get`] holds the cues of `data/cues.toml` with all their forms and the closed classes of
//! `data/function-words.toml`. A file that does not parse yields an empty table (and fails the unit test below).

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a cue commits its speaker to (methods.md B, P1 to P9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueClass {
    /// Says so (P1).
    Report,
    /// Says so and vouches for a basis (P5).
    Basis,
    /// Says so; the author keeps away (P6).
    Distance,
    /// Denies it (P7).
    Deny,
    /// Holds it probable (P8).
    Probable,
    /// Holds it possible (P8).
    Possible,
    /// Holds it improbable (FactBank PR-).
    Doubt,
    /// A document, video or poll shows it.
    Show,
    /// Asks.
    Ask,
    /// Wants, plans, promises.
    Want,
    /// Calls something so.
    Judge,
    /// Makes somebody else speak.
    Quote,
}

/// Which form of its verb a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// "say"
    Base,
    /// "says"
    Third,
    /// "said" as past tense; also as participle where the two are one word.
    Past,
    /// "shown", where different from the past tense.
    Participle,
    /// "saying"
    Gerund,
}

/// A cue verb with what it takes.
#[derive(Debug, Clone)]
pub(crate) struct CueVerb {
    pub(crate) class: CueClass,
    pub(crate) frames: BTreeSet<String>,
}

impl CueVerb {
    /// Whether it is a cue with a particle only ("call for").
    pub(crate) fn needs_particle(&self) -> bool {
        self.frames.iter().all(|f| matches!(f.as_str(), "for" | "on" | "about" | "against" | "with"))
    }

    /// Whether it takes this frame.
    pub(crate) fn takes(&self, frame: &str) -> bool {
        self.frames.contains(frame)
    }
}

#[derive(Deserialize)]
struct VerbGroup {
    class: CueClass,
    frames: Vec<String>,
    verbs: Vec<String>,
}

#[derive(Deserialize)]
struct NounGroup {
    class: CueClass,
    nouns: Vec<String>,
}

#[derive(Deserialize, Default)]
struct General {
    adverbs: BTreeSet<String>,
    adjectives: BTreeSet<String>,
    passive: BTreeSet<String>,
}

#[derive(Deserialize, Default)]
struct Not {
    phrases: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Raising {
    verbs: BTreeSet<String>,
}

#[derive(Deserialize, Default)]
struct Ambiguous {
    nouns: BTreeSet<String>,
}

#[derive(Deserialize, Default)]
struct Denied {
    nouns: BTreeSet<String>,
}

/// Verbs that put a figure at a number, and the nouns of such figures.
#[derive(Debug, Deserialize, Default)]
pub(crate) struct Figure {
    pub(crate) verbs: BTreeSet<String>,
    pub(crate) nouns: BTreeSet<String>,
}

#[derive(Deserialize, Default)]
struct Aside {
    phrases: Vec<String>,
}

#[derive(Deserialize, Default)]
struct CueFile {
    verbs: Vec<VerbGroup>,
    nouns: Vec<NounGroup>,
    general: General,
    not: Not,
    ambiguous: Ambiguous,
    raising: Raising,
    denied: Denied,
    aside: Aside,
    figure: Figure,
}

/// The closed classes, as in the file.
#[derive(Deserialize, Default)]
#[allow(missing_docs)]
pub(crate) struct FunctionWords {
    pub(crate) determiners: BTreeSet<String>,
    pub(crate) possessives: BTreeSet<String>,
    pub(crate) pronouns: BTreeSet<String>,
    pub(crate) objects: BTreeSet<String>,
    pub(crate) relatives: BTreeSet<String>,
    pub(crate) prepositions: BTreeSet<String>,
    pub(crate) binding: BTreeSet<String>,
    pub(crate) auxiliaries: BTreeSet<String>,
    pub(crate) finite: BTreeSet<String>,
    pub(crate) be: BTreeSet<String>,
    pub(crate) coordinators: BTreeSet<String>,
    pub(crate) subordinators: BTreeSet<String>,
    pub(crate) wh: BTreeSet<String>,
    pub(crate) adverbs: BTreeSet<String>,
    pub(crate) connectors: BTreeSet<String>,
    pub(crate) weekdays: BTreeSet<String>,
    pub(crate) months: BTreeSet<String>,
    pub(crate) times: BTreeSet<String>,
    verbs: Vec<String>,
}

impl FunctionWords {
    /// Whether the word is of a closed class.
    pub(crate) fn is_function(&self, word: &str) -> bool {
        [
            &self.determiners,
            &self.possessives,
            &self.pronouns,
            &self.prepositions,
            &self.auxiliaries,
            &self.coordinators,
            &self.subordinators,
            &self.adverbs,
            &self.connectors,
            &self.weekdays,
            &self.months,
        ]
        .iter()
        .any(|set| set.contains(word))
    }
}

/// All of it, with forms worked out.
pub(crate) struct Lexicon {
    /// Word form to cue verbs (in file order) it is a form of.
    pub(crate) forms: BTreeMap<String, Vec<(Form, usize)>>,
    /// Cue verbs, merged by base form and class.
    pub(crate) verbs: Vec<CueVerb>,
    /// Cue nouns, singular and plural.
    pub(crate) nouns: BTreeMap<String, CueClass>,
    /// Adverbs of P9.
    pub(crate) adverbs: BTreeSet<String>,
    /// Adjectives of P9.
    pub(crate) adjectives: BTreeSet<String>,
    /// Participles of P9 ("is said to").
    pub(crate) passive: BTreeSet<String>,
    /// Phrases that are no attribution, as word lists, by last word.
    pub(crate) not: BTreeMap<String, Vec<Vec<String>>>,
    /// Verb forms that may be nouns though they hold no content.
    pub(crate) ambiguous: BTreeSet<String>,
    /// Nouns of deeds and blame that can be denied or rejected as claims are.
    pub(crate) denied: BTreeSet<String>,
    /// Phrases with which an author comments on words just quoted.
    pub(crate) aside: Vec<String>,
    /// Words by which somebody puts a figure at a number.
    pub(crate) figure: Figure,
    /// Verbs between subject and "to say".
    pub(crate) raising: BTreeSet<String>,
    /// Closed classes.
    pub(crate) words: FunctionWords,
    /// Finite forms of common verbs that are no cues (third person and past).
    pub(crate) finite: BTreeSet<String>,
    /// Base forms of common verbs.
    pub(crate) base: BTreeSet<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    /// The shipped lexicon.
    pub(crate) fn get() -> &'static Lexicon {
        &LEXICON
    }

    fn load() -> Lexicon {
        let cues: CueFile = toml::from_str(include_str!("../../data/cues.toml")).unwrap_or_default();
        let words: FunctionWords = toml::from_str(include_str!("../../data/function-words.toml")).unwrap_or_default();
        let mut forms: BTreeMap<String, Vec<(Form, usize)>> = BTreeMap::new();
        let mut verbs: Vec<CueVerb> = Vec::new();
        for group in &cues.verbs {
            for verb in &group.verbs {
                let index = verbs.len();
                verbs.push(CueVerb { class: group.class, frames: group.frames.iter().cloned().collect() });
                for (form, word) in inflect(verb) {
                    forms.entry(word).or_default().push((form, index));
                }
            }
        }
        let mut nouns = BTreeMap::new();
        for group in &cues.nouns {
            for noun in &group.nouns {
                nouns.insert(plural(noun), group.class);
                nouns.insert(noun.clone(), group.class);
            }
        }
        let mut not: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for phrase in &cues.not.phrases {
            let list: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            for word in &list {
                not.entry(word.clone()).or_default().push(list.clone());
            }
        }
        let mut finite = BTreeSet::new();
        let mut base = BTreeSet::new();
        for verb in &words.verbs {
            for (form, word) in inflect(verb) {
                match form {
                    Form::Third | Form::Past => {
                        finite.insert(word);
                    }
                    Form::Base => {
                        base.insert(word);
                    }
                    _ => {}
                }
            }
        }
        Lexicon {
            forms,
            verbs,
            nouns,
            adverbs: cues.general.adverbs,
            adjectives: cues.general.adjectives,
            passive: cues.general.passive,
            not,
            ambiguous: cues.ambiguous.nouns,
            denied: cues.denied.nouns,
            aside: cues.aside.phrases,
            figure: cues.figure,
            raising: cues.raising.verbs,
            words,
            finite,
            base,
        }
    }
}

/// All forms of a verb given as "base [past participle [gerund]]".
fn inflect(verb: &str) -> Vec<(Form, String)> {
    let mut parts = verb.split(' ').map(|part| part.split(':').next().unwrap_or(part));
    let base = parts.next().unwrap_or("").to_owned();
    let regular = if base.ends_with('e') {
        format!("{base}d")
    } else if ends_consonant_y(&base) {
        format!("{}ied", base.get(..base.len() - 1).unwrap_or(""))
    } else {
        format!("{base}ed")
    };
    let past = parts.next().map_or_else(|| regular.clone(), str::to_owned);
    let participle = parts.next().map_or_else(|| past.clone(), str::to_owned);
    let gerund = parts.next().map_or_else(
        || {
            if base.ends_with('e') && !base.ends_with("ee") {
                format!("{}ing", base.get(..base.len() - 1).unwrap_or(""))
            } else {
                format!("{base}ing")
            }
        },
        str::to_owned,
    );
    let third = plural(&base);
    let mut forms = vec![(Form::Base, base), (Form::Third, third), (Form::Past, past.clone()), (Form::Gerund, gerund)];
    if participle != past {
        forms.push((Form::Participle, participle));
    }
    forms
}

/// Whether the word ends in a consonant and y.
fn ends_consonant_y(word: &str) -> bool {
    let mut back = word.chars().rev();
    back.next() == Some('y') && back.next().is_some_and(|c| !"aeiou".contains(c))
}

/// Plural of a noun, third person of a verb.
pub(crate) fn plural(word: &str) -> String {
    if ends_consonant_y(word) {
        format!("{}ies", word.get(..word.len() - 1).unwrap_or(""))
    } else if ["s", "x", "ch", "sh", "z", "o"].iter().any(|end| word.ends_with(end)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_parses_and_inflects() {
        let lexicon = Lexicon::get();
        for word in ["said", "denies", "denied", "claiming", "told", "wrote", "admitted"] {
            assert!(lexicon.forms.contains_key(word), "{word}");
        }
        assert!(lexicon.words.determiners.contains("the"));
        assert!(lexicon.nouns.contains_key("claims"));
        assert!(lexicon.finite.contains("struck"));
    }
}
