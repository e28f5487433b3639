//! Which words tell of events? The lists of `data/events.toml` with their inflections, by folded key.

use crate::mention::keyed::Keyed;
use crate::table::{Map, Set};
use std::sync::OnceLock;

use rashomon_model::analysis::EventKind;
use serde::Deserialize;

use crate::mention::lexicon::plural;
use crate::mention::token::{fold, key, phrase};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    support: Vec<String>,
    plans: Vec<String>,
    ahead: Vec<String>,
    befall: Vec<String>,
    negators: Vec<String>,
    nobody: Vec<String>,
    keeps: Vec<String>,
    inquiries: Vec<String>,
    opened: Vec<String>,
    kind: Vec<Row>,
    means: Vec<Means>,
    ammunition: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: String,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    armed: bool,
    verbs: Vec<String>,
    nouns: Vec<String>,
    #[serde(default)]
    verbal_nouns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Means {
    kind: String,
    words: Vec<String>,
}

/// Form of an event word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// "strike", "bomb".
    Base,
    /// "strikes".
    Third,
    /// "struck", "bombed": past or participle.
    Past,
    /// "bombing".
    Ing,
}

/// What a key may be: a verb form, a noun, or both.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sense {
    pub(crate) kind: EventKind,
    /// The means are open.
    pub(crate) open: bool,
    pub(crate) verb: Option<Form>,
    pub(crate) noun: bool,
    /// Read only with ammunition as subject or object.
    pub(crate) armed: bool,
}

/// The lists, as keys.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) senses: Keyed<Sense>,
    pub(crate) support: Map<String, Form>,
    pub(crate) plans: Set<String>,
    /// Words behind an event's noun by which it is still to come, and what it then does, word by word.
    pub(crate) ahead: Set<String>,
    pub(crate) befall: Vec<Vec<String>>,
    pub(crate) negators: Set<String>,
    /// Pronouns, and nouns for a state that say not which: nobody by themselves.
    pub(crate) nobody: Set<String>,
    /// Participles before a "by" that says who keeps what is named, not who did the harm.
    pub(crate) keeps: Set<String>,
    /// Nouns for an inquiry, and participles before a "by" that says who opened it.
    pub(crate) inquiries: Set<String>,
    pub(crate) opened: Set<String>,
    pub(crate) means: Map<String, EventKind>,
    pub(crate) ammunition: Set<String>,
}

/// Longest event phrase in words.
pub(crate) const LONGEST: usize = 4;

/// The lists, read once; empty if the file cannot be read (a test reads it).
pub(crate) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| load().unwrap_or_default())
}

fn load() -> Result<Words, toml::de::Error> {
    let file: File = toml::from_str(include_str!("../../data/events.toml"))?;
    let mut words = Words::default();
    for row in &file.kind {
        let kind = EventKind::from_name(&row.kind).unwrap_or(EventKind::Other);
        for noun in row.nouns.iter().chain(&row.verbal_nouns) {
            for noun in [noun.clone(), plural(noun)] {
                words.add(&noun, kind, row, None, true);
            }
        }
        for verb in &row.verbs {
            for (form, word) in inflections(verb) {
                words.add(&word, kind, row, Some(form), form == Form::Ing && !row.armed);
            }
        }
    }
    for verb in &file.support {
        for (form, word) in inflections(verb) {
            words.support.entry(key(&phrase(&word))).or_insert(form);
        }
    }
    for means in &file.means {
        let kind = EventKind::from_name(&means.kind).unwrap_or(EventKind::Other);
        for word in &means.words {
            for word in [word.clone(), plural(word)] {
                words.means.entry(key(&phrase(&word))).or_insert(kind);
            }
        }
    }
    words.ammunition =
        file.ammunition.iter().flat_map(|word| [word.clone(), plural(word)]).map(|word| key(&phrase(&word))).collect();
    words.plans = file.plans.iter().map(|word| fold(word)).collect();
    words.ahead = file.ahead.iter().map(|word| fold(word)).collect();
    words.befall = file.befall.iter().map(|words| words.split(' ').map(fold).collect()).collect();
    words.negators = file.negators.iter().map(|word| fold(word)).collect();
    words.keeps = file.keeps.iter().map(|word| fold(word)).collect();
    words.inquiries = file.inquiries.iter().flat_map(|word| [fold(word), plural(&fold(word))]).collect();
    words.opened = file.opened.iter().map(|word| fold(word)).collect();
    words.nobody = file.nobody.iter().cloned().collect();
    Ok(words)
}

impl Words {
    fn add(&mut self, word: &str, kind: EventKind, row: &Row, verb: Option<Form>, noun: bool) {
        let (open, armed) = (row.open, row.armed);
        let entry = self.senses.entry(key(&phrase(word)), || Sense { kind, open, verb, noun, armed });
        // the first kind listed stays; forms add up ("strikes": noun and verb; "hit": base, past and participle)
        entry.noun |= noun;
        // a word that tells of an attack by itself anywhere needs no ammunition
        entry.armed &= armed;
        entry.verb = match (entry.verb, verb) {
            (Some(Form::Base), Some(Form::Past)) => Some(Form::Past),
            (had, new) => had.or(new),
        };
    }
}

/// Base, third person, past, participle and -ing form of a verb of the lists.
pub(crate) fn inflections(verb: &str) -> Vec<(Form, String)> {
    let forms = [Form::Base, Form::Third, Form::Past, Form::Past, Form::Ing];
    if verb.contains('|') {
        let parts: Vec<&str> = verb.split('|').collect();
        // a particle after the last form belongs to all of them ("gun|guns|…|gunning down")
        let particle = parts.last().and_then(|last| last.split_once(' ')).map(|(_, particle)| particle);
        return forms
            .into_iter()
            .zip(parts)
            .map(|(form, part)| match particle {
                Some(particle) if !part.contains(' ') => (form, format!("{part} {particle}")),
                _ => (form, part.to_owned()),
            })
            .collect();
    }
    let (head, rest) = verb.split_once(' ').map_or((verb, String::new()), |(head, rest)| (head, format!(" {rest}")));
    let e = head.ends_with('e');
    let y = head.ends_with('y') && !head.ends_with("ay") && !head.ends_with("ey") && !head.ends_with("oy");
    let stem = if e { head.strip_suffix('e').unwrap_or(head) } else { head };
    let past = match (e, y) {
        (true, _) => format!("{head}d"),
        (_, true) => format!("{}ied", head.strip_suffix('y').unwrap_or(head)),
        _ => format!("{head}ed"),
    };
    let ing = if head.ends_with("ie") {
        format!("{}ying", head.strip_suffix("ie").unwrap_or(head))
    } else if e && !head.ends_with("ee") {
        format!("{stem}ing")
    } else {
        format!("{head}ing")
    };
    [head.to_owned(), plural(head), past.clone(), past, ing]
        .into_iter()
        .zip(forms)
        .map(|(word, form)| (form, format!("{word}{rest}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflects() {
        let forms = |verb| inflections(verb).into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ");
        assert_eq!(forms("raid"), "raid raids raided raided raiding");
        assert_eq!(forms("destroy"), "destroy destroys destroyed destroyed destroying");
        assert_eq!(forms("bury|buries|buried|buried|burying"), "bury buries buried buried burying");
        assert_eq!(
            forms("gun|guns|gunned|gunned|gunning down"),
            "gun down guns down gunned down gunned down gunning down"
        );
        assert_eq!(
            forms("exchange fire"),
            "exchange fire exchanges fire exchanged fire exchanged fire exchanging fire"
        );
    }

    #[test]
    fn the_lists_can_be_read() {
        let words = load().unwrap();
        let strikes = words.senses.get("strikes").unwrap();
        assert!(strikes.noun && strikes.verb == Some(Form::Third) && strikes.open);
        assert_eq!(words.senses.get("air strikes").map(|s| s.kind), Some(EventKind::Airstrike));
        assert_eq!(words.senses.get("hit").and_then(|s| s.verb), Some(Form::Past));
        assert_eq!(words.support.get("carried out"), Some(&Form::Past));
    }
}
