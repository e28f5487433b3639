//! Who and what is named? Mentions of parties, persons, organisations, outlets, weapons, and groups without a name.
//!
//! Four readers, surest first, each leaving alone the words an earlier one took: [`named`] (the party table, bodies of
//! states, names the text itself defines), [`weapon`], [`capital`] (names by their capitals and the words around them) and
//! [`group`] ("opposition activists"). Then the names a learned tagger found are merged in, and every mention gets the
//! longest name the document has for it. No reader knows one party from another: swapping two names in a text swaps them
//! in the mentions.
//!
//! ```
//! use rashomon_analyze::party;
//! let table = party::table();
//! assert!(table.parties.len() > 1000);
//! ```

mod body;
mod capital;
mod defined;
mod facility;
mod group;
pub(crate) mod index;
pub(crate) mod keyed;
pub(crate) mod lexicon;
mod named;
mod resolve;
mod state;
pub(crate) mod token;
mod weapon;

use rashomon_model::Document;
use rashomon_model::analysis::{Mention, MentionKind, Sentence, Word};
use rashomon_model::id::PartyId;
use rashomon_model::party::Party;
use rashomon_model::resources::Resources;
use rashomon_model::span::Span;

use token::Token;

/// How sure the readers are of their mentions, 0..=1: an order of trust for merging, not a calibrated probability.
mod sure {
    /// In the table, by a full name.
    pub(super) const TABLE: f32 = 0.95;
    /// In the table, by a word with other uses, or a state by its adjective.
    pub(super) const WORD: f32 = 0.85;
    /// By type designation or weapon noun.
    pub(super) const WEAPON: f32 = 0.85;
    /// By title, role or head word.
    pub(super) const SIGNED: f32 = 0.8;
    /// By a given name or a gazetteer.
    pub(super) const LISTED: f32 = 0.65;
    /// By capitals alone.
    pub(super) const CAPITALS: f32 = 0.45;
    /// A group without a name.
    pub(super) const GROUP: f32 = 0.6;
    /// "the ministry": the one named before.
    pub(super) const ANAPHOR: f32 = 0.6;
}

/// How a mention was found; decides who wins where two overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    /// Capitals, lists.
    Guess,
    /// Group without a name, or anaphor.
    Group,
    /// Table, definition, weapon list.
    Exact,
}

/// A mention over tokens `from..to`.
#[derive(Debug, Clone)]
struct Found {
    from: usize,
    to: usize,
    kind: MentionKind,
    party: Option<PartyId>,
    /// Name of the table; empty = its own words.
    name: String,
    confidence: f32,
    layer: Layer,
}

impl Found {
    /// By the table or the text's own definition, under the name of its party.
    fn exact(from: usize, to: usize, kind: MentionKind, party: Option<&Party>, confidence: f32) -> Self {
        let name = party.map(|party| party.name.clone()).unwrap_or_default();
        Self { from, to, kind, party: party.map(|party| party.id.clone()), name, confidence, layer: Layer::Exact }
    }
}

/// What the readers share.
struct Reading<'a> {
    doc: &'a Document,
    tokens: &'a [Token],
    /// Which tokens a mention holds.
    taken: Vec<bool>,
    found: Vec<Found>,
}

impl Reading<'_> {
    fn token(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    fn words(&self, from: usize, to: usize) -> &str {
        self.doc.slice(self.span(from, to))
    }

    fn span(&self, from: usize, to: usize) -> Span {
        token::extent(self.tokens, from, to)
    }

    /// The token before `i` in the same sentence with nothing but a space or hyphen between.
    fn before(&self, i: usize) -> Option<&Token> {
        let here = self.tokens.get(i)?;
        let joined = matches!(here.gap, token::Gap::Space | token::Gap::Hyphen | token::Gap::Soft);
        if joined { self.tokens.get(i.checked_sub(1)?) } else { None }
    }

    /// The token at `i` if it follows in the same sentence with nothing but a space between.
    fn after(&self, i: usize) -> Option<&Token> {
        let next = self.tokens.get(i)?;
        (i > 0 && next.gap == token::Gap::Space).then_some(next)
    }

    fn push(&mut self, found: Found) {
        if let Some(range) = self.taken.get_mut(found.from..found.to) {
            range.fill(true);
        }
        self.found.push(found);
    }

    fn is_taken(&self, from: usize, to: usize) -> bool {
        self.taken.get(from..to).is_none_or(|range| range.contains(&true))
    }
}

/// Mentions of the document, sorted by span. `tagged` holds names a learned reader found, if there was one: they add names and
/// override guesses; names of the party table, definitions and weapons stay as they are.
#[must_use]
pub fn read(
    doc: &Document,
    sentences: &[Sentence],
    _words: &[Word],
    tagged: &[Mention],
    resources: &dyn Resources,
) -> Vec<Mention> {
    read_tokens(doc, &token::tokens(doc, sentences), tagged, resources)
}

/// [`read`] over tokens made before.
pub(crate) fn read_tokens(
    doc: &Document,
    tokens: &[Token],
    tagged: &[Mention],
    resources: &dyn Resources,
) -> Vec<Mention> {
    let mut reading = Reading { doc, tokens, taken: vec![false; tokens.len()], found: Vec::new() };
    let defined = defined::definitions(&reading);
    named::read(&mut reading, resources.parties(), &defined);
    weapon::read(&mut reading);
    capital::read(&mut reading, resources);
    group::read(&mut reading);
    resolve::anaphors(&mut reading);
    let mut mentions = resolve::merge(&reading, &defined, tagged);
    facility::whole(&reading, &mut mentions);
    mentions
}

#[cfg(test)]
mod tests;
