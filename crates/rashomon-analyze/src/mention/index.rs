//! Which words may name a party? Every name of the table by its folded words, longest match first.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rashomon_model::party::{PartyKind, PartyTable};

use super::keyed::Keyed;
use super::token::{Case, Token, key, phrase};

/// How a name stands for its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Its name, or another name.
    Name,
    /// An adjective or people noun.
    Demonym,
    /// Its seat.
    Metonym,
}

/// A name of a party.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Index in the table.
    pub(crate) party: usize,
    /// How it stands for it.
    pub(crate) role: Role,
    /// All in capitals: matched in capitals only.
    pub(crate) acronym: bool,
    /// An agency's or outlet's.
    pub(crate) agency: bool,
    /// Also an ordinary word or surname (`weak.toml`).
    pub(crate) weak: bool,
    /// What each word must look like.
    shape: Vec<Shape>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    Capitals,
    Capital,
    Any,
}

/// The table's names by key.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// Every name for [`Finder`](crate::chain::party::Finder).
    pub(crate) hashes: Vec<(u64, u8, usize)>,
    names: Keyed<Vec<Entry>>,
    /// Name keys of bodies ("defence ministry") with the body's key; empty key for the government as a whole.
    pub(crate) bodies: Keyed<String>,
}

/// A match in a text.
pub(crate) struct Match<'i> {
    /// Tokens matched.
    pub(crate) len: usize,
    /// Parties the words may name.
    pub(crate) entries: Vec<&'i Entry>,
}

/// Longest body noun in words ("prosecutor general's office").
pub(crate) const BODY_WORDS: usize = 5;

impl Index {
    /// The index of a table. Building takes milliseconds, so the last one made is kept and reused for an equal table:
    /// a memo of a pure function, which no output can show.
    pub(crate) fn of(table: &PartyTable) -> Arc<Index> {
        type Memo = Option<Arc<(PartyTable, Arc<Index>)>>;
        static LAST: OnceLock<Mutex<Memo>> = OnceLock::new();
        let last = LAST.get_or_init(|| Mutex::new(None));
        let kept = last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(kept) = kept.filter(|kept| kept.0 == *table) {
            return kept.1.clone();
        }
        let index = Arc::new(Self::build(table));
        *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new((table.clone(), index.clone())));
        index
    }

    fn build(table: &PartyTable) -> Self {
        let weak = &super::lexicon::lexicon().weak;
        let mut index = Self { hashes: crate::chain::party::hashes(table), ..Self::default() };
        for (party, row) in table.parties.iter().enumerate() {
            // the made-up name of a state's body is found as adjective and noun
            let made = row.id.as_str().contains('/') && row.kind != PartyKind::ArmedGroup;
            let names = if made { None } else { Some(&row.name) };
            for (role, name) in names
                .into_iter()
                .chain(&row.aliases)
                .map(|name| (Role::Name, name))
                .chain(row.demonyms.iter().map(|name| (Role::Demonym, name)))
                .chain(row.metonyms.iter().map(|name| (Role::Metonym, name)))
            {
                let agency = matches!(row.kind, PartyKind::Agency | PartyKind::Outlet);
                index.add(party, role, name, weak.contains(&key(&phrase(name))), agency);
            }
        }
        let bodies = crate::party::bodies();
        for kind in &bodies.kind {
            for noun in &kind.nouns {
                index.bodies.entry(key(&phrase(noun)), String::new).clone_from(&kind.key);
            }
        }
        for noun in &bodies.government.nouns {
            index.bodies.entry(key(&phrase(noun)), String::new);
        }
        index
    }

    fn add(&mut self, party: usize, role: Role, name: &str, weak: bool, agency: bool) {
        let tokens = phrase(name);
        if tokens.is_empty() {
            return;
        }
        let shape: Vec<Shape> = tokens
            .iter()
            .map(|token| match token.case {
                Case::Upper => Shape::Capitals,
                Case::Title | Case::Mixed => Shape::Capital,
                Case::Lower | Case::None => Shape::Any,
            })
            .collect();
        let acronym =
            tokens.len() <= 2 && tokens.iter().all(|t| matches!(t.case, Case::Upper | Case::None)) && name.is_ascii();
        let entries = self.names.entry(key(&tokens), Vec::new);
        let entry = Entry { party, role, acronym, agency, weak, shape };
        if !entries.iter().any(|e| e.party == party && e.role == role && e.shape == entry.shape) {
            entries.push(entry);
        }
    }

    /// The longest name that starts at the first of `tokens`.
    pub(crate) fn longest<'i>(&'i self, tokens: &[Token]) -> Option<Match<'i>> {
        let first = tokens.first()?;
        self.names.longest(tokens, usize::MAX, |len, entries| {
            let words = tokens.get(..len).filter(|words| words.iter().all(|t| t.sentence == first.sentence))?;
            let entries: Vec<&Entry> = entries.iter().filter(|entry| fits(&entry.shape, words)).collect();
            (!entries.is_empty()).then_some(Match { len, entries })
        })
    }

    /// Length and key of the longest body noun at the first of `tokens` ("" = the government as a whole).
    pub(crate) fn body(&self, tokens: &[Token]) -> Option<(usize, &str)> {
        let first = tokens.first()?;
        self.bodies.longest(tokens, BODY_WORDS, |len, body| {
            let within = tokens.get(..len)?.iter().all(|t| t.sentence == first.sentence);
            within.then_some((len, body.as_str()))
        })
    }
}

fn fits(shape: &[Shape], tokens: &[Token]) -> bool {
    shape.iter().zip(tokens).all(|(shape, token)| match shape {
        Shape::Capitals => token.case == Case::Upper || (token.case == Case::None) || single_capital(token),
        Shape::Capital => token.capital(),
        Shape::Any => true,
    })
}

fn single_capital(token: &Token) -> bool {
    token.case == Case::Title && token.key.chars().count() == 1
}
