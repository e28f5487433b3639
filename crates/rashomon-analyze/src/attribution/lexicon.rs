//! Which words attribute, and how? The linguists' data files, read once.
//!
//! [`Lexicon::get`] holds the cues of `data/cues.toml` with all their forms and the closed classes of
//! `data/function-words.toml`. A file that does not parse yields an empty table (and fails the unit test below).

use crate::table::{Map, Set};
use serde::Deserialize;
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
    pub(crate) frames: Set<String>,
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
    adverbs: Set<String>,
    adjectives: Set<String>,
    passive: Set<String>,
}

#[derive(Deserialize, Default)]
struct Deeds {
    participles: Set<String>,
}

/// What goes about without a speaker: nouns, verbs by which they go, and what may stand behind those.
#[derive(Debug, Deserialize, Default)]
pub(crate) struct Hearsay {
    pub(crate) nouns: Set<String>,
    pub(crate) verbs: Set<String>,
    pub(crate) particles: Set<String>,
}

#[derive(Deserialize, Default)]
struct Not {
    phrases: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Raising {
    verbs: Set<String>,
}

/// Verbs that put a figure at a number, and the nouns of such figures.
#[derive(Debug, Deserialize, Default)]
pub(crate) struct Figure {
    pub(crate) verbs: Set<String>,
    pub(crate) nouns: Set<String>,
}

#[derive(Deserialize, Default)]
struct Aside {
    phrases: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Documents {
    nouns: Vec<String>,
    written: Set<String>,
}

#[derive(Deserialize, Default)]
struct Nouns {
    nouns: Set<String>,
}

#[derive(Deserialize, Default)]
struct CueFile {
    verbs: Vec<VerbGroup>,
    nouns: Vec<NounGroup>,
    general: General,
    hearsay: Hearsay,
    deeds: Deeds,
    not: Not,
    ambiguous: Nouns,
    raising: Raising,
    denied: Nouns,
    aside: Aside,
    figure: Figure,
    documents: Documents,
    governing: Nouns,
    that_only: Nouns,
    media: Nouns,
}

/// The closed classes, as in the file.
#[derive(Deserialize, Default)]
#[allow(missing_docs)]
pub(crate) struct FunctionWords {
    pub(crate) determiners: Set<String>,
    pub(crate) possessives: Set<String>,
    pub(crate) pronouns: Set<String>,
    pub(crate) objects: Set<String>,
    pub(crate) relatives: Set<String>,
    pub(crate) prepositions: Set<String>,
    pub(crate) binding: Set<String>,
    pub(crate) auxiliaries: Set<String>,
    pub(crate) finite: Set<String>,
    pub(crate) be: Set<String>,
    pub(crate) coordinators: Set<String>,
    pub(crate) subordinators: Set<String>,
    pub(crate) wh: Set<String>,
    pub(crate) adverbs: Set<String>,
    pub(crate) connectors: Set<String>,
    pub(crate) weekdays: Set<String>,
    pub(crate) months: Set<String>,
    pub(crate) times: Set<String>,
    verbs: Vec<String>,
}

/// All of it, with forms worked out.
pub(crate) struct Lexicon {
    /// Word form to cue verbs (in file order) it is a form of.
    pub(crate) forms: Map<String, Vec<(Form, usize)>>,
    /// Cue verbs, merged by base form and class.
    pub(crate) verbs: Vec<CueVerb>,
    /// Cue nouns, singular and plural.
    pub(crate) nouns: Map<String, CueClass>,
    /// Adverbs of P9.
    pub(crate) adverbs: Set<String>,
    /// Adjectives of P9.
    pub(crate) adjectives: Set<String>,
    /// Participles of P9 ("is said to").
    pub(crate) passive: Set<String>,
    /// Participles by which somebody did rather than said ("was ordered by").
    pub(crate) deeds: Set<String>,
    /// "Rumours spread that" (P9).
    pub(crate) hearsay: Hearsay,
    /// Phrases that are no attribution, as word lists, by last word.
    pub(crate) not: Map<String, Vec<Vec<String>>>,
    /// Verb forms that may be nouns though they hold no content.
    pub(crate) ambiguous: Set<String>,
    /// Nouns of deeds and blame that can be denied or rejected as claims are.
    pub(crate) denied: Set<String>,
    /// Phrases with which an author comments on words just quoted.
    pub(crate) aside: Vec<String>,
    /// Words by which somebody puts a figure at a number.
    pub(crate) figure: Figure,
    /// Verbs between subject and "to say".
    pub(crate) raising: Set<String>,
    /// Nouns of documents, recordings, studies and polls, without an -s at their end.
    pub(crate) documents: Set<String>,
    /// Nouns before "saying that" whose words or pictures they are, beside the cue nouns.
    pub(crate) written: Set<String>,
    /// Nouns behind which a phrase with a preposition belongs to the name.
    pub(crate) governing: Set<String>,
    /// Cue nouns that hold a content behind "that" alone.
    pub(crate) that_only: Set<String>,
    /// Nouns for the way a statement is made.
    pub(crate) media: Set<String>,
    /// Closed classes.
    pub(crate) words: FunctionWords,
    /// All words of the closed classes that make no name, noun or verb.
    pub(crate) function: Set<String>,
    /// Finite forms of common verbs that are no cues (third person and past).
    pub(crate) finite: Set<String>,
    /// Base forms of common verbs.
    pub(crate) base: Set<String>,
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
        let mut forms: Map<String, Vec<(Form, usize)>> = Map::default();
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
        let mut nouns = Map::default();
        for group in &cues.nouns {
            for noun in &group.nouns {
                nouns.insert(plural(noun), group.class);
                nouns.insert(noun.clone(), group.class);
            }
        }
        let mut not: Map<String, Vec<Vec<String>>> = Map::default();
        for phrase in &cues.not.phrases {
            let list: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            for word in &list {
                not.entry(word.clone()).or_default().push(list.clone());
            }
        }
        let mut finite = Set::default();
        let mut base = Set::default();
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
        let function = [
            &words.determiners,
            &words.possessives,
            &words.pronouns,
            &words.prepositions,
            &words.auxiliaries,
            &words.coordinators,
            &words.subordinators,
            &words.adverbs,
            &words.connectors,
            &words.weekdays,
            &words.months,
        ];
        let function = function.into_iter().flatten().cloned().collect();
        Lexicon {
            forms,
            verbs,
            nouns,
            adverbs: cues.general.adverbs,
            adjectives: cues.general.adjectives,
            passive: cues.general.passive,
            hearsay: cues.hearsay,
            deeds: cues.deeds.participles,
            not,
            ambiguous: cues.ambiguous.nouns,
            denied: cues.denied.nouns,
            aside: cues.aside.phrases,
            figure: cues.figure,
            raising: cues.raising.verbs,
            documents: cues.documents.nouns.iter().map(|noun| noun.trim_end_matches('s').to_owned()).collect(),
            written: cues.documents.written,
            governing: cues.governing.nouns,
            that_only: cues.that_only.nouns,
            media: cues.media.nouns,
            words,
            function,
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
        assert!(lexicon.documents.contains("analysi") && lexicon.media.contains("letter"));
        assert!(lexicon.finite.contains("struck"));
    }
}
