//! Where is "there"? The settlement or finer place named last before a word that points back to it.
//!
//! ```text
//! Gunmen raided the market of Orvel. The police counted nine dead there.     Orvel
//! The mayor of Kesta spoke of three people killed in her town.               Kesta
//! A Kesta policeman spoke. Three people had died there, too.                 not Kesta: whence he is who spoke
//! There were nine dead.                                                      says nothing of a place
//! ```

use super::cue::{LISTS, find};
use super::place::is_spot;
use super::proposition::Reader;
use rashomon_model::place::Toponym;
use rashomon_model::span::Span;

/// Toponyms before the pointing word that are looked at.
const LOOKED_AT: usize = 8;

impl Reader<'_> {
    /// The place that the clause points back to, in its own paragraph or else the one before.
    pub(super) fn there(&self, pieces: &[Span]) -> Option<&Toponym> {
        let at = pieces.iter().find_map(|piece| self.pointing(*piece))?;
        let blocks = &self.doc.blocks;
        let here = blocks.partition_point(|block| block.span.end <= at);
        let from = blocks.get(here.saturating_sub(1))?.span.start;
        let to = self.analysis.toponyms.partition_point(|toponym| toponym.span.start < at);
        let meant =
            |toponym: &&Toponym| is_spot(toponym) && !self.is_bearing(toponym.span) && !self.is_only_named(toponym);
        let before = self.analysis.toponyms.get(..to)?.iter().rev().take(LOOKED_AT);
        let mut near = before.take_while(|toponym| toponym.span.start >= from).filter(meant);
        if !self.is_adverb(at) {
            return near.next();
        }
        let near: Vec<&Toponym> = near.collect();
        let other = near.iter().find(|toponym| !self.names_speaker(toponym.span)).copied();
        // "the mayor of Kesta said that three people died there"
        other.or_else(|| near.first().copied().filter(|toponym| self.is_one_sentence(toponym.span.start, at)))
    }

    /// Whether "there" itself points, rather than "in that town" or "in her town", which may well be a speaker's.
    fn is_adverb(&self, at: u32) -> bool {
        let words = self.doc.text.get(at as usize..).unwrap_or("");
        words.get(..THERE.len()).is_some_and(|word| word.eq_ignore_ascii_case(&THERE))
    }

    /// "A Kesta policeman": whether the name lies in a speaker's.
    fn names_speaker(&self, span: Span) -> bool {
        let next = self.speakers.partition_point(|source| source.start <= span.start);
        next.checked_sub(1).and_then(|last| self.speakers.get(last)).is_some_and(|source| source.contains(span))
    }

    /// Whether both offsets lie in the same sentence.
    fn is_one_sentence(&self, a: u32, b: u32) -> bool {
        let nth = |at: u32| self.analysis.sentences.partition_point(|sentence| sentence.span.end <= at);
        nth(a) == nth(b)
    }

    /// Where the first word of the piece stands that points to a place.
    fn pointing(&self, piece: Span) -> Option<u32> {
        let text = &self.doc.text;
        let phrase = find(text, piece, &LISTS.pointing).map(|span| span.start);
        let mut rest = piece;
        let adverb = std::iter::from_fn(|| {
            let span = find(text, rest, std::slice::from_ref(&*THERE))?;
            rest = Span::new(span.end, rest.end);
            Some(span)
        })
        .find(|span| !self.is_expletive(*span, piece));
        [phrase, adverb.map(|span| span.start)].into_iter().flatten().min()
    }

    /// "There were nine dead", "is there": the word stands for nothing.
    fn is_expletive(&self, there: Span, piece: Span) -> bool {
        let text = &self.doc.text;
        let word = |words: &str| words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let behind = Span::new(there.end, piece.end.max(there.end)).of(text);
        // a comma ends it: "There, on Monday, …"
        let next =
            behind.strip_prefix(' ').and_then(|rest| rest.split_whitespace().next()).map(word).unwrap_or_default();
        let be = |word: &str| LISTS.existential.iter().any(|verb| verb == word);
        // "three men who were lying there": in the house told of, whose town need not be the one named last
        let head = Span::new(piece.start.min(there.start), there.start).of(text);
        let mut last = head.split_whitespace().rev().map(word);
        let stays = last.next().is_some_and(|word| word.ends_with("ing"))
            && last.next().is_some_and(|word| be(&word))
            && last.next().is_some_and(|word| matches!(word.as_str(), "who" | "that" | "had" | "have"));
        stays || be(&next) || behind.starts_with(['’', '\'']) || behind.starts_with('-')
    }

    /// The name stands in what only says where the report was written.
    fn is_only_named(&self, toponym: &Toponym) -> bool {
        self.in_dateline(toponym.span)
    }
}

/// The adverb.
static THERE: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| "there".to_owned());
