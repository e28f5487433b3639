//! What should a reader know of the accounts before relying on them? How they read, through how many mouths, from what pages.
//!
//! Short lines for the lead: warnings about single accounts, texts left in another language, the longest chain of speakers of the
//! main incident, places written in several ways, page furniture left out, dates that no account states. The whole is in the
//! remarks at the end of a dossier.
//!
//! ```text
//! Longest chain of speakers: Orvia, via Western officials, via news agencies (3 Coast Herald) [12]
//! ```

use crate::index::{Cited, Index};
use crate::lead::Lead;
use crate::wording;
use rashomon_model::date::Basis;
use rashomon_model::diagnostic::{Diagnostic, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest speakers between the event and the account that make a chain worth a line: two who pass on what a third says.
const CHAIN: usize = 3;
/// Places with several spellings named at once.
const PLACES: usize = 3;
/// Things shown in the lead before the rest is left to the remarks.
pub(crate) const SHOWN: usize = 8;
/// Accounts named with one thing.
const NAMED: usize = 4;
/// Codes of what was taken for furniture of the page.
const FURNITURE: [&str; 2] = ["R201", "R202"];
/// Code of a text in another language.
const FOREIGN: &str = "R208";

/// One thing to know.
pub(crate) struct Caution<'a> {
    /// In words, without a full stop.
    pub(crate) words: String,
    /// Numbers of the accounts it is about, sorted; empty if about none in particular.
    pub(crate) accounts: Vec<usize>,
    /// The claims it rests on.
    pub(crate) claims: Vec<Cited<'a>>,
    /// What shows it, in the words of the text.
    pub(crate) shown_by: Option<String>,
}

impl Caution<'_> {
    fn of(words: &str, accounts: BTreeSet<usize>) -> Self {
        Self { words: words.to_owned(), accounts: accounts.into_iter().collect(), claims: Vec::new(), shown_by: None }
    }

    /// The first of the accounts.
    pub(crate) fn named(&self) -> &[usize] {
        self.accounts.get(..NAMED).unwrap_or(&self.accounts)
    }

    /// " and 3 others", if there are more.
    pub(crate) fn and_others(&self) -> String {
        match self.accounts.len().saturating_sub(NAMED) {
            0 => String::new(),
            rest => format!(" and {}", wording::n(rest, "other")),
        }
    }
}

/// What to know, the gravest first. `main`: the incident the lead tells of.
pub(crate) fn cautions<'a>(index: &Index<'a>, main: Option<&Lead<'a>>) -> Vec<Caution<'a>> {
    let mut found = warnings(index);
    let about = |wanted: &dyn Fn(&Diagnostic) -> bool| -> BTreeSet<usize> {
        index.case.diagnostics.iter().filter(|note| wanted(note)).filter_map(|note| number(index, note)).collect()
    };
    let foreign = about(&|note| note.code == FOREIGN);
    let furniture = about(&|note| FURNITURE.contains(&note.code));
    found.extend((!foreign.is_empty()).then(|| Caution::of("Not in English, kept and not read", foreign)));
    if let Some(main) = main {
        found.extend(longest_chain(index, main));
        found.extend(spellings(index, main));
    }
    found.extend((!furniture.is_empty()).then(|| Caution::of("Page furniture was left out", furniture)));
    let dated = index
        .case
        .documents
        .iter()
        .enumerate()
        .filter(|(_, doc)| doc.published.as_ref().is_some_and(|date| date.basis == Basis::Inferred));
    let worked_out: BTreeSet<usize> = dated.map(|(at, _)| at + 1).collect();
    found.extend(
        (!worked_out.is_empty()).then(|| {
            Caution::of("No publication date is stated, it was worked out from the other accounts", worked_out)
        }),
    );
    found
}

/// The number of the account that a remark is about.
fn number(index: &Index<'_>, note: &Diagnostic) -> Option<usize> {
    note.document.as_ref().and_then(|id| index.document(id)).map(|(n, _)| n)
}

/// Warnings about accounts: those of one kind in one line, unless the words of the text that show it are given.
fn warnings<'a>(index: &Index<'a>) -> Vec<Caution<'a>> {
    let grave = index.case.diagnostics.iter().filter(|note| note.severity == Severity::Warning);
    let mut by_words: BTreeMap<(&str, String, Option<String>), BTreeSet<usize>> = BTreeMap::new();
    for note in grave {
        let Some(n) = number(index, note) else { continue };
        let (words, shown_by) = match note.message.split_once(": ") {
            Some((words, rest)) if rest.contains('“') => (words, Some(rest.to_owned())),
            Some((words, _)) => (words, None),
            None => (note.message.as_str(), None),
        };
        by_words.entry((note.code, wording::sentence(words), shown_by)).or_default().insert(n);
    }
    by_words
        .into_iter()
        .map(|((_, words, shown_by), accounts)| Caution {
            shown_by,
            ..Caution::of(words.trim_end_matches('.'), accounts)
        })
        .collect()
}

/// The longest chain of speakers, if it is long; of several the one first told.
fn longest_chain<'a>(index: &Index<'a>, main: &Lead<'a>) -> Option<Caution<'a>> {
    let cited = index.cite(&main.assessed.incident.claims);
    let length = |one: &Cited<'_>| one.claim.chain.len();
    let longest = cited
        .into_iter()
        .filter(|one| length(one) >= CHAIN)
        .max_by_key(|one| (length(one), std::cmp::Reverse(one.n)))?;
    let words = format!("Longest chain of speakers: {}", wording::chain(longest.claim, ""));
    Some(Caution { claims: vec![longest], ..Caution::of(&words, BTreeSet::from([longest.doc_n])) })
}

/// Places of the incident that the accounts write in several ways.
fn spellings<'a>(index: &Index<'a>, main: &Lead<'a>) -> Option<Caution<'a>> {
    let places = main.assessed.incident.places.iter().filter_map(|id| index.place(id));
    let several: Vec<String> = places
        .filter_map(|place| {
            let others = index.spellings(place);
            (!others.is_empty()).then(|| format!("{} (also {})", place.name, wording::list(&others)))
        })
        .take(PLACES)
        .collect();
    (!several.is_empty())
        .then(|| Caution::of(&format!("Written in several ways: {}", several.join("; ")), BTreeSet::new()))
}
