//! What does a part of the page call itself?
//!
//! The names of an element are looked up once, when it is met: [`Names`] keeps only which cues matched.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::FxBuildHasher;
use serde::Deserialize;

/// A kind of part that pages name, as in `data/page.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Comments,
    Strong,
    Body,
    Standfirst,
    Byline,
    Dated,
    Caption,
}

impl Cue {
    /// Its bit in a set of cues.
    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RawCue {
    words: Vec<String>,
    parts: Vec<String>,
    itemprop: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Raw {
    comments: RawCue,
    strong: RawCue,
    body: RawCue,
    standfirst: RawCue,
    byline: RawCue,
    dated: RawCue,
    caption: RawCue,
}

/// The cues, ready for look-up.
#[derive(Default)]
struct Cues {
    /// Cues of each whole word.
    words: HashMap<String, u8, FxBuildHasher>,
    /// All parts at once, and the cues of each; `None` where there are none.
    parts: Option<AhoCorasick>,
    of_part: Vec<u8>,
    itemprops: HashMap<String, u8, FxBuildHasher>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let raw: Raw = toml::from_str(include_str!("../../data/page.toml")).unwrap_or_default();
    let mut cues = Cues::default();
    let mut parts = Vec::new();
    for (cue, raw) in [
        (Cue::Comments, raw.comments),
        (Cue::Strong, raw.strong),
        (Cue::Body, raw.body),
        (Cue::Standfirst, raw.standfirst),
        (Cue::Byline, raw.byline),
        (Cue::Dated, raw.dated),
        (Cue::Caption, raw.caption),
    ] {
        for word in raw.words {
            *cues.words.entry(word).or_default() |= cue.bit();
        }
        for prop in raw.itemprop {
            *cues.itemprops.entry(prop).or_default() |= cue.bit();
        }
        cues.of_part.resize(cues.of_part.len() + raw.parts.len(), cue.bit());
        parts.extend(raw.parts);
    }
    cues.parts = AhoCorasick::new(parts).ok();
    cues
});

/// What the names of an element (class and id, without regard to case) say it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Names {
    /// Cues of which a whole word is among the names.
    words: u8,
    /// Cues of which a part stands somewhere in the names.
    parts: u8,
    /// Cues of its `itemprop`.
    itemprops: u8,
}

/// Looks names up; what a page says again and again is looked up once.
#[derive(Default)]
pub(super) struct Namer {
    known: HashMap<String, Names, FxBuildHasher>,
    both: String,
}

impl Namer {
    /// The names of an element.
    pub(super) fn names(&mut self, class: &str, id: &str, itemprop: &str) -> Names {
        let mut names = Names::default();
        if !class.is_empty() || !id.is_empty() {
            self.both.clear();
            self.both.push_str(class);
            self.both.push(' ');
            self.both.push_str(id);
            names = match self.known.get(&self.both) {
                Some(known) => *known,
                None => {
                    let found = Names::of(&self.both);
                    self.known.insert(self.both.clone(), found);
                    found
                }
            };
        }
        if !itemprop.is_empty() {
            let known = |prop: &str| CUES.itemprops.get(prop).copied().unwrap_or_default();
            names.itemprops = itemprop.to_lowercase().split_whitespace().fold(0, |found, prop| found | known(prop));
        }
        names
    }
}

impl Names {
    /// What class and id say, joined by a space.
    fn of(both: &str) -> Self {
        let cues = &*CUES;
        let mut names = Self::default();
        let lower = both.to_lowercase();
        let mut add = |word: &str| names.words |= cues.words.get(word).copied().unwrap_or_default();
        if both.is_ascii() {
            // byte for byte the same in lower case
            let (mut from, mut before) = (0, b' ');
            for (at, b) in both.bytes().chain([b' ']).enumerate() {
                let letter = b.is_ascii_alphanumeric();
                if !letter || b.is_ascii_uppercase() && before.is_ascii_lowercase() {
                    if let Some(word) = lower.get(from..at).filter(|word| !word.is_empty()) {
                        add(word);
                    }
                    from = at + usize::from(!letter);
                }
                before = b;
            }
        } else {
            words(both, add);
        }
        for found in cues.parts.iter().flat_map(|parts| parts.find_overlapping_iter(&lower)) {
            names.parts |= cues.of_part.get(found.pattern().as_usize()).copied().unwrap_or_default();
        }
        names
    }

    /// Whether a cue matches.
    pub(super) const fn has(self, cue: Cue) -> bool {
        (self.words | self.parts) & cue.bit() != 0
    }

    /// Whether a whole word of the names is one of the cue's; parts are not looked at.
    pub(super) const fn has_word(self, cue: Cue) -> bool {
        self.words & cue.bit() != 0
    }

    /// Whether the cue names this part by `itemprop`.
    pub(super) const fn has_itemprop(self, cue: Cue) -> bool {
        self.itemprops & cue.bit() != 0
    }
}

/// The words of names, in lower case: what stands between signs other than letters and digits, and the humps of a camel.
fn words(both: &str, mut add: impl FnMut(&str)) {
    let mut word = String::new();
    let mut before = ' ';
    for c in both.chars().chain([' ']) {
        let hump = c.is_uppercase() && before.is_lowercase();
        if (!c.is_alphanumeric() || hump) && !word.is_empty() {
            add(&word);
            word.clear();
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split() {
        assert!(toml::from_str::<Raw>(include_str!("../../data/page.toml")).is_ok());
        let mut namer = Namer::default();
        let names = namer.names("shareBar c-article__body", "Main", "articleBody");
        assert!(names.has(Cue::Strong) && names.has(Cue::Body) && names.has_itemprop(Cue::Body));
        assert!(!namer.names("shareholder-report", "", "").has(Cue::Strong));
    }
    /// The short way for plain letters and the long one find the same words.
    #[test]
    fn words_of_plain_and_other_letters() {
        for names in
            ["shareBar c-article__body", "", "a", "XMLNav x9Y", "-a--B-", "fooBAR Zb", "é share", "ÀuthorBox nav"]
        {
            let mut long = Vec::new();
            words(&format!("{names} "), |word| long.push(word.to_owned()));
            let known = long.iter().fold(0, |found, word| found | CUES.words.get(word).copied().unwrap_or_default());
            assert_eq!(Names::of(names).words, known, "{names}");
        }
    }
}
