//! Who is it, within the document? Names, pronouns, titles and descriptions brought to one speaker each, with the reason.
//!
//! Nearest compatible speaker before the words; for headline, standfirst and caption the first compatible one of the body.
//! What does not resolve stays as its words ([`Resolved::unresolved`]); nothing is guessed.

use super::description::Description;
use super::party::Finder;
use super::roles::Gender;
use rashomon_model::analysis::Mention;
use rashomon_model::id::PartyId;
use rashomon_model::source::{LocalSource, SourceKind};
use rashomon_model::{Document, Span};
use std::collections::BTreeSet;

/// How many blocks back a pronoun may look.
const PRONOUN_BLOCKS: usize = 2;

/// A speaker while the document is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Speaker {
    pub(super) name: String,
    pub(super) names: BTreeSet<String>,
    pub(super) kind: Option<SourceKind>,
    pub(super) person: bool,
    pub(super) plural: bool,
    pub(super) gender: Option<Gender>,
    pub(super) roles: BTreeSet<String>,
    pub(super) owner: Option<String>,
    pub(super) party: Option<PartyId>,
    pub(super) affiliation: Option<usize>,
    pub(super) described_as: Option<String>,
    pub(super) mentions: Vec<Span>,
    pub(super) anonymous: bool,
    pub(super) because: Vec<String>,
    /// A definite singular role without a name ("the head of the council").
    pub(super) nameless: bool,
    /// A bare description nobody before it fits ("the ministry").
    pub(super) unknown: bool,
    /// Blocks it speaks in, ascending with `mentions`.
    pub(super) last_block: usize,
    /// Named as whom another speaks for only.
    pub(super) silent: bool,
}

/// Who the words mean.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Resolved {
    pub(super) speaker: Option<usize>,
    pub(super) because: String,
    pub(super) unresolved: bool,
}

impl Resolved {
    /// This speaker, for a reason; an empty one where the words say it by themselves.
    pub(super) fn to(speaker: usize, because: impl Into<String>) -> Self {
        Self { speaker: Some(speaker), because: because.into(), unresolved: false }
    }

    /// Nobody known.
    pub(super) fn nobody() -> Self {
        Self { unresolved: true, ..Self::default() }
    }
}

/// Where words for a speaker stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) span: Span,
    pub(super) block: usize,
    /// In headline, standfirst or caption: the body is looked through from its beginning.
    pub(super) ahead: bool,
    /// Speaker of the attribution around this one.
    pub(super) outer: Option<usize>,
    /// Whether the words stand inside a quotation of that speaker.
    pub(super) quoted: bool,
}

/// All speakers of a document.
pub(super) struct Registry<'a> {
    pub(super) doc: &'a Document,
    pub(super) mentions: &'a [Mention],
    pub(super) finder: Finder<'a>,
    pub(super) list: Vec<Speaker>,
}

impl<'a> Registry<'a> {
    pub(super) fn new(doc: &'a Document, mentions: &'a [Mention], finder: Finder<'a>) -> Self {
        Self { doc, mentions, finder, list: Vec::new() }
    }

    /// The table's look-up.
    pub(super) fn finder(&mut self) -> &mut Finder<'a> {
        &mut self.finder
    }

    /// Name to show.
    pub(super) fn name(&self, speaker: usize) -> &str {
        self.list.get(speaker).map_or("", |s| s.name.as_str())
    }

    /// Kind as far as known.
    pub(super) fn kind(&self, speaker: usize) -> SourceKind {
        self.list.get(speaker).and_then(|s| s.kind).unwrap_or(SourceKind::Unnamed)
    }

    /// Name of a party of the table.
    pub(super) fn party_name(&self, id: &PartyId) -> String {
        self.finder.get(id).map_or_else(|| id.to_string(), |p| p.name.clone())
    }

    /// Whether unnamed.
    pub(super) fn anonymous(&self, speaker: usize) -> bool {
        self.list.get(speaker).is_some_and(|s| s.anonymous)
    }

    /// Why it is who it is, if a name came only after the words ("the head of the council", then the name).
    pub(super) fn named_later(&self, speaker: usize) -> Option<&str> {
        let s = self.list.get(speaker)?;
        (!s.nameless && !s.unknown && !s.anonymous).then(|| s.because.last().map(String::as_str)).flatten()
    }

    /// Marks as unnamed by the text's own words.
    pub(super) fn set_anonymous(&mut self, speaker: usize) {
        if let Some(s) =
            self.list.get_mut(speaker).filter(|s| !(s.person && s.kind == Some(SourceKind::Person) && !s.nameless))
        {
            s.anonymous = true;
        }
    }

    /// The party it is or speaks for.
    pub(super) fn party(&self, speaker: usize) -> Option<PartyId> {
        let s = self.list.get(speaker)?;
        s.party.clone().or_else(|| self.list.get(s.affiliation?).and_then(|a| a.party.clone()))
    }

    /// Brings the words to a speaker, new or known.
    pub(super) fn resolve(&mut self, words: &Description, place: Place) -> Resolved {
        let resolved = if let Some(pronoun) = &words.pronoun {
            self.pronoun(pronoun, place)
        } else if words.person && words.name.is_some() {
            self.person(words, place)
        } else if words.name.is_some() && !words.anonymous {
            self.body(words, place)
        } else {
            self.described(words, place)
        };
        if let Some(s) = resolved.speaker.and_then(|i| self.list.get_mut(i)) {
            s.mentions.push(place.span);
            s.last_block = s.last_block.max(place.block);
            s.silent = false;
            if words.pronoun.is_none() {
                s.names.insert(words.text.clone());
            }
            if !resolved.because.is_empty() {
                let line = format!("\"{}\": {}", self.doc.slice(place.span), resolved.because);
                if !s.because.contains(&line) {
                    s.because.push(line);
                }
            }
        }
        resolved
    }

    /// Speakers worth comparing: all, or in a text with hundreds of them the first hundred and the last three hundred.
    pub(super) fn scan(&self) -> impl Iterator<Item = (usize, &Speaker)> {
        let n = self.list.len();
        let cut = n.saturating_sub(300).max(100).min(n);
        let all = || self.list.iter().enumerate();
        all().take(100).chain(all().skip(cut))
    }

    /// The first of them that fits.
    pub(super) fn position(&self, fits: impl Fn(&Speaker) -> bool) -> Option<usize> {
        self.scan().find(|(_, s)| fits(s)).map(|(i, _)| i)
    }

    /// Speakers to look through, nearest first; in a headline the body's in order.
    pub(super) fn candidates(&self, place: Place) -> Vec<usize> {
        let mut found: Vec<(u32, usize)> = self
            .scan()
            .filter(|(_, s)| !s.silent)
            .filter_map(|(i, s)| {
                if place.ahead {
                    s.mentions.first().map(|m| (m.start, i))
                } else {
                    let before = s.mentions.iter().rev().take(8).map(|m| m.start).find(|&at| at < place.span.start)?;
                    Some((u32::MAX - before, i))
                }
            })
            .collect();
        found.sort_unstable();
        let silent = self.scan().filter(|(_, s)| s.silent).map(|(i, _)| i);
        found.into_iter().map(|(_, i)| i).chain(silent).collect()
    }

    fn pronoun(&mut self, pronoun: &str, place: Place) -> Resolved {
        if matches!(pronoun, "we" | "i" | "our" | "my" | "us" | "me") {
            return match place.outer.filter(|_| place.quoted) {
                Some(outer) => Resolved::to(outer, "speaks of itself"),
                None => Resolved::nobody(),
            };
        }
        if matches!(pronoun, "who" | "which") {
            return self.relative(place);
        }
        let fits = |s: &Speaker| match pronoun {
            "he" | "his" | "him" => s.person && !s.plural && s.gender != Some(Gender::Female),
            "she" | "her" => s.person && !s.plural && s.gender != Some(Gender::Male),
            "they" | "their" | "them" => s.plural || !s.person,
            "it" | "its" => !s.person && !s.plural,
            _ => false,
        };
        let near = self.candidates(place).into_iter().find(|&i| {
            self.list.get(i).is_some_and(|s| {
                if s.silent {
                    return false;
                }
                let at = if place.ahead { place.block } else { self.block_before(s, place) };
                fits(s) && place.block.saturating_sub(at) <= PRONOUN_BLOCKS
            })
        });
        match near {
            Some(speaker) => {
                let gender = match pronoun {
                    "he" | "his" => Some(Gender::Male),
                    "she" | "her" => Some(Gender::Female),
                    _ => None,
                };
                let name = self.name(speaker).to_owned();
                if let Some(s) = self.list.get_mut(speaker) {
                    s.gender = s.gender.or(gender);
                }
                Resolved::to(speaker, format!("nearest speaker before it that \"{pronoun}\" can mean: {name}"))
            }
            None => Resolved::nobody(),
        }
    }

    /// Block of the last mention before the place.
    pub(super) fn block_before(&self, s: &Speaker, place: Place) -> usize {
        s.mentions.iter().rev().take(8).find(|m| m.start < place.span.start).map_or(0, |m| block_index(self.doc, *m))
    }

    /// "who", "which": the speaker or name right before.
    fn relative(&mut self, place: Place) -> Resolved {
        let start = place.span.start;
        let known = self
            .scan()
            .filter_map(|(i, s)| {
                s.mentions
                    .iter()
                    .rev()
                    .take(8)
                    .filter(|m| m.start < start && m.end + 4 >= start)
                    .map(|m| (m.start, i))
                    .max()
            })
            .max();
        if let Some((_, speaker)) = known {
            return Resolved::to(speaker, "the name right before it");
        }
        let text = self.doc.text.get(..start as usize).unwrap_or("").trim_end_matches([' ', ',', '–', '—', '-', '(']);
        let words: Vec<&str> = text.rsplit(' ').take(5).collect();
        let capitals: Vec<&str> = words
            .iter()
            .copied()
            .take_while(|w| {
                w.chars().next().is_some_and(char::is_uppercase) && !w.ends_with(['.', ',', '"'])
                    || matches!(*w, "Mr" | "Mr." | "Ms" | "Ms.")
            })
            .collect();
        if capitals.is_empty() {
            return Resolved::nobody();
        }
        let phrase: Vec<&str> = capitals.iter().rev().copied().collect();
        let phrase = phrase.join(" ");
        let description = super::description::read(&phrase);
        if description.pronoun.is_some() {
            return Resolved::nobody();
        }
        let at =
            start - u32::try_from(self.doc.text.get(..start as usize).unwrap_or("").len() - text.len()).unwrap_or(0);
        let span = Span::new(at.saturating_sub(u32::try_from(phrase.len()).unwrap_or(0)), at);
        let mut inner = self.resolve(&description, Place { span, ..place });
        inner.because = "the name right before it".into();
        inner
    }

    /// The last speaker before the place, at most so many blocks back: for speech without a cue.
    pub(super) fn last_before(&self, place: Place) -> Option<usize> {
        self.candidates(place).into_iter().find(|&i| {
            self.list.get(i).is_some_and(|s| !s.silent && place.block.saturating_sub(self.block_before(s, place)) <= 1)
        })
    }

    /// The document's speakers, in the order they were met.
    pub(super) fn finish(self) -> Vec<LocalSource> {
        self.list
            .into_iter()
            .map(|s| {
                let mut mentions = s.mentions;
                mentions.sort_unstable();
                mentions.dedup();
                let mut names = s.names;
                names.insert(s.name.clone());
                LocalSource {
                    name: s.name,
                    kind: s.kind.unwrap_or(SourceKind::Unnamed),
                    names: names.into_iter().collect(),
                    affiliation: s.affiliation,
                    party: s.party,
                    described_as: s.described_as,
                    mentions,
                    anonymous: s.anonymous || s.unknown,
                    because: s.because,
                }
            })
            .collect()
    }
}

/// Index of the block that holds the span.
fn block_index(doc: &Document, span: Span) -> usize {
    doc.blocks.partition_point(|block| block.span.start <= span.start).saturating_sub(1)
}
