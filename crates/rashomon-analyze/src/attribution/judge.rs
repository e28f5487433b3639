//! Is what the rules found really an attribution? A small learned judge over hashed features, for reading fast.
//!
//! The rules find more than they should: they fire on a verb wherever its frame fits. A [`Judge`] looks at each finding
//! (cue, speaker, content, what stands around them) through some forty features hashed into a table of int8 weights and
//! drops what scores below its threshold. It adds whole numbers only, so it decides the same on every machine, and costs a
//! microsecond a finding. `cargo xtask train judge` learns one; the shipped one is `rashomon_weights::JUDGE`.
//!
//! The file `rashomon/judge/1`: `RASHJUDG`, a u32 length and a name of that length, an i32 threshold, [`SIZE`] int8 weights,
//! and the SHA-256 of all before; numbers little-endian.

use rashomon_model::Document;
use rashomon_model::analysis::{Sentence, Word};
use rashomon_model::attribution::Attribution;
use sha2::{Digest as _, Sha256};

use super::content::Measured;
use super::frame::{Frame, Side};
use super::phrase::Range;
use super::token::{Block, Kind};
use crate::cover::Cover;

/// Weights of a judge; features are hashed to so many.
pub const SIZE: usize = 1 << 15;

const MAGIC: &[u8; 8] = b"RASHJUDG";

/// A learned judge of the rules' findings.
#[derive(Debug, Clone)]
pub struct Judge {
    name: String,
    sha256: String,
    threshold: i32,
    weights: Vec<i8>,
}

/// Why bytes are no judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JudgeError {
    /// Another kind of file, or one cut short.
    #[error("this is not a judge file (rashomon/judge/1)")]
    NotJudge,
    /// Changed or damaged.
    #[error("the judge file is damaged: its digest does not fit")]
    Digest,
}

impl Judge {
    /// Opens a judge file held in memory.
    ///
    /// # Errors
    /// If it is none or its digest does not fit.
    pub fn load(bytes: &[u8]) -> Result<Self, JudgeError> {
        let (body, digest) =
            bytes.len().checked_sub(32).and_then(|n| bytes.split_at_checked(n)).ok_or(JudgeError::NotJudge)?;
        let rest = body.strip_prefix(MAGIC).ok_or(JudgeError::NotJudge)?;
        let found = Sha256::digest(body);
        if found.as_slice() != digest {
            return Err(JudgeError::Digest);
        }
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(JudgeError::NotJudge)?;
        let (name, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(JudgeError::NotJudge)?;
        let (threshold, weights) = rest.split_first_chunk::<4>().ok_or(JudgeError::NotJudge)?;
        if weights.len() != SIZE {
            return Err(JudgeError::NotJudge);
        }
        Ok(Self {
            name: String::from_utf8_lossy(name).into_owned(),
            sha256: found.iter().map(|b| format!("{b:02x}")).collect(),
            threshold: i32::from_le_bytes(*threshold),
            weights: weights.iter().map(|b| b.cast_signed()).collect(),
        })
    }

    /// A judge file of these weights ([`SIZE`] of them).
    #[must_use]
    pub fn file(name: &str, threshold: i32, weights: &[i8]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(u32::try_from(name.len()).unwrap_or(0).to_le_bytes());
        out.extend(name.bytes());
        out.extend(threshold.to_le_bytes());
        out.extend(weights.iter().map(|w| w.cast_unsigned()));
        let digest = Sha256::digest(&out);
        out.extend(digest);
        out
    }

    /// The judge's name with its version.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256 of the file up to its digest, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Whether a finding of these features stays.
    #[must_use]
    pub fn keeps(&self, features: &[u32]) -> bool {
        let weight = |&f: &u32| i32::from(self.weights.get(f as usize).copied().unwrap_or(0));
        features.iter().map(weight).sum::<i32>() >= self.threshold
    }
}

/// What the rules alone find in a document, with the features a judge sees; none for speech without a cue, which always stays,
/// and for what lies in the content of another finding, which is not judged. For training.
#[must_use]
pub fn findings(doc: &Document, sentences: &[Sentence], words: &[Word]) -> Vec<(Attribution, Vec<u32>)> {
    let found = super::by_rules(doc, sentences, words, true);
    let within = Cover::new(found.list.iter().flat_map(|a| &a.content));
    let nested: Vec<bool> = found.list.iter().map(|a| a.cue.iter().any(|cue| within.holds(*cue))).collect();
    let features = found.features.into_iter().zip(nested).map(|(seen, nested)| if nested { Vec::new() } else { seen });
    found.list.into_iter().zip(features).collect()
}

/// Features of one finding, hashed.
struct Features(Vec<u32>);

impl Features {
    /// FNV-1a of a kind and its parts.
    fn add(&mut self, kind: &str, parts: &[&str]) {
        let mut h = 0x811c_9dc5_u32;
        for part in [kind].iter().chain(parts) {
            for byte in part.bytes().take(40).chain([0xff]) {
                h = (h ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        }
        h ^= h >> 15;
        self.0.push(h % SIZE as u32);
    }
}

/// Numbers as words, so that features are made of words only.
const COUNT: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

/// A length in steps that grow.
fn bucket(n: usize) -> &'static str {
    let steps = [1, 2, 3, 4, 6, 9, 14, 22, 34, 55];
    COUNT.get(steps.partition_point(|&s| s < n)).copied().unwrap_or("10")
}

/// How the speaker is named, and on which side of the cue.
fn speaker(block: &Block, source: Option<Range>, at: usize) -> (&'static str, &'static str) {
    let Some((a, b)) = source else { return ("none", "none") };
    let first = block.low(a);
    let pronoun =
        b == a + 1 && matches!(first, "he" | "she" | "they" | "it" | "i" | "we" | "you" | "who" | "that" | "which");
    let kind = if pronoun {
        "pronoun"
    } else if block.capital(a) {
        "capital"
    } else {
        "lower"
    };
    (kind, if a < at { "before" } else { "after" })
}

/// Other findings looked at on either side for nesting: enough for any sentence, and keeps the cost linear.
const NEAR: usize = 6;

/// What a judge sees of the finding of frame `f` of a block.
pub(super) fn features(block: &Block, frames: &[Frame], measured: &Measured, f: usize, headline: bool) -> Vec<u32> {
    let mut out = Features(Vec::with_capacity(56));
    let (Some(frame), Some(pieces)) = (frames.get(f), measured.pieces.get(f)) else { return out.0 };
    let (Some(&(c0, _)), Some(&(_, c1))) = (frame.cue.first(), frame.cue.last()) else { return out.0 };
    let (Some(&(a, _)), Some(&(last_piece, b))) = (pieces.first(), pieces.last()) else { return out.0 };
    let by = frame.made_by;
    let cue = block.low(frame.at);
    let before = |n: usize| c0.checked_sub(n).map_or("", |k| block.low(k));
    let yes = |flag: bool| if flag { "y" } else { "n" };
    let whole: Vec<&str> = (c0..c1.min(c0 + 6)).map(|k| block.low(k)).collect();
    out.add("bias", &[]);
    out.add("by", &[by]);
    out.add("phrase", &whole);
    out.add("cue", &[cue]);
    out.add("by-cue", &[by, cue]);
    out.add("next", &[block.low(c1)]);
    out.add("before", &[before(1)]);
    out.add("cue-next", &[cue, block.low(c1)]);
    out.add("next-two", &[block.low(c1), block.low(c1 + 1)]);
    out.add("before-two", &[before(2), before(1)]);
    for word in whole.iter().filter(|word| **word != cue) {
        out.add("group", &[word]);
    }
    let (named, side) = speaker(block, frame.source, c0);
    out.add("speaker", &[named, side]);
    out.add("speaker-cue", &[named, cue]);
    out.add("speaker-by", &[named, by]);
    out.add("speaker-before", &[named, before(1)]);
    if let Some((s, e)) = frame.source {
        out.add("first", &[block.low(s)]);
        out.add("last", &[block.low(e.saturating_sub(1))]);
        out.add("first-cue", &[block.low(s), cue]);
        out.add("length", &[bucket(e - s)]);
        out.add("capital", &[yes((s..e).any(|k| block.capital(k)))]);
    }
    let turned = if a >= c0 { "after" } else { "before" };
    let length = bucket(pieces.iter().map(|(a, b)| b - a).sum());
    let quoted = yes(block.kind(a) == Kind::Quote);
    let in_quote = yes(block.region(frame.at).is_some());
    let inside = yes(measured.inside.get(f).copied().flatten().is_some());
    out.add("side", &[turned, COUNT.get(pieces.len()).copied().unwrap_or("10")]);
    out.add("shared", &[yes(frame.side == Side::Shared)]);
    out.add("opens", &[block.low(a)]);
    out.add("opens-two", &[block.low(a), block.low(a + 1)]);
    out.add("extent", &[length]);
    out.add("quoted", &[quoted]);
    out.add("in-quote", &[in_quote]);
    out.add("ends", &[block.low(b.saturating_sub(1))]);
    out.add("after", &[block.low(b)]);
    out.add("after-side", &[block.low(b), turned]);
    out.add("opens-cue", &[block.low(a), cue]);
    out.add("extent-cue", &[length, cue]);
    out.add("quoted-cue", &[quoted, cue]);
    out.add("in-quote-cue", &[in_quote, cue]);
    out.add("in-quote-by", &[in_quote, by]);
    out.add("ahead", &[a.checked_sub(1).map_or("", |k| block.low(k))]);
    out.add("extent-side", &[length, turned]);
    out.add("inside", &[inside, by]);
    out.add("piece", &[block.low(last_piece)]);
    let (mut holds, mut held) = (0usize, 0usize);
    let from = f.saturating_sub(NEAR);
    let near = frames.iter().zip(&measured.pieces).enumerate().skip(from).take(f + NEAR + 1 - from);
    for (_, (other, theirs)) in near.filter(|(g, _)| *g != f) {
        holds += usize::from(!theirs.is_empty() && pieces.iter().any(|&(a, b)| a <= other.at && other.at < b));
        held += usize::from(theirs.iter().any(|&(a, b)| a <= frame.at && frame.at < b));
    }
    let (holds, held) = (COUNT[holds.min(2)], COUNT[held.min(2)]);
    out.add("holds", &[holds]);
    out.add("held", &[held]);
    out.add("held-cue", &[held, cue]);
    out.add("held-by", &[held, by]);
    out.add("place", &[bucket(block.first_sentence), yes(headline)]);
    out.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    #[test]
    fn a_file_comes_back_and_damage_is_seen() {
        let mut weights = vec![0i8; SIZE];
        weights[7] = 3;
        weights[8] = -5;
        let bytes = Judge::file("judge-test-1", 2, &weights);
        let judge = Judge::load(&bytes).expect("whole");
        assert_eq!((judge.name(), judge.sha256().len()), ("judge-test-1", 64));
        assert!(judge.keeps(&[7]) && !judge.keeps(&[7, 8]) && !judge.keeps(&[]));
        let mut bad = bytes.clone();
        bad[40] ^= 1;
        assert_eq!(Judge::load(&bad).err(), Some(JudgeError::Digest));
        assert_eq!(Judge::load(&bytes[..50]).err(), Some(JudgeError::Digest));
        assert_eq!(Judge::load(b"RASHJUDG").err(), Some(JudgeError::NotJudge));
    }
    #[test]
    fn a_judge_only_takes_away() {
        let text = "The Varda council said on Monday that the mill had burnt. \"Nobody was hurt,\" its spokesman added. \
            Residents believe the fire was set. Osk noted that a medic told Anvil News two people had died.";
        let Fixture { doc, sentences, .. } = &Fixture::new(text);
        let words = crate::segment::words(doc, sentences);
        let judge = |threshold: i32, weight: i8| {
            Judge::load(&Judge::file("judge-test-1", threshold, &vec![weight; SIZE])).expect("whole")
        };
        let read = |judge: &Judge| super::super::read_judged(doc, sentences, &words, &[], judge);
        let rules = super::super::read(doc, sentences, &words, &[], Vec::new());
        assert!(rules.len() >= 4, "{rules:?}");
        assert_eq!(read(&judge(i32::MIN, 0)), rules, "one that keeps all changes nothing");
        assert!(read(&judge(i32::MAX, 0)).is_empty(), "one that keeps nothing leaves nothing");
        let found = findings(doc, sentences, &words);
        let told = found.iter().find(|(a, _)| a.cue.iter().any(|cue| doc.slice(*cue) == "told")).expect("told");
        assert!(told.1.is_empty(), "what lies in another's content is not judged");
        // a judge that knows only the words of one finding keeps that one, and what it passes on
        let noted = found.iter().find(|(a, _)| a.cue.iter().any(|cue| doc.slice(*cue) == "noted")).expect("noted");
        let mut weights = vec![-1i8; SIZE];
        noted.1.iter().for_each(|&f| weights[f as usize] = 1);
        let bytes = Judge::file("judge-test-1", i32::try_from(noted.1.len()).expect("few"), &weights);
        let kept = read(&Judge::load(&bytes).expect("whole"));
        let cues: Vec<&str> = kept.iter().flat_map(|a| &a.cue).map(|cue| doc.slice(*cue)).collect();
        assert_eq!(cues, ["noted", "told"]);
        assert_eq!(kept[1].inside, Some(0));
    }
}
