//! Who says it, how, and what? Attributions: source, cue, content.
//!
//! [`read`] finds them by rules: cues of `data/cues.toml` with their subjects (`frame`), contents (`content`), quotations
//! without a cue (`direct`), nesting (`nest`), over tokens with quoted regions (`token`) and shallow phrases (`phrase`).
//! What a learned reader found is taken as the base and corrected where rules are better.
//!
//! Example: in `"We hold the bridge," the council said.` the source is `the council`, the cue `said`, the content the words
//! in quotation marks.

mod complement;
mod content;
mod direct;
mod figure;
mod finite;
mod frame;
mod group;
mod inner;
mod interrupted;
pub mod judge;
mod label;
pub(crate) mod lexicon;
mod merge;
mod nest;
mod nominal;
mod passive;
mod phrase;
mod postposed;
mod quoting;
pub(crate) mod token;
mod verb;
mod verbal;
mod whole;

pub use group::Group;
pub use inner::{Reread, recurse};
pub use judge::Judge;
pub(crate) use label::settle_places;
pub use lexicon::CueClass;

use crate::cover::Cover;
use direct::Stray;
use phrase::Range;
use rashomon_model::Document;
use rashomon_model::analysis::{Mention, Sentence, Word};
use rashomon_model::attribution::{Attribution, Delivery};
use rashomon_model::document::BlockKind;
use rashomon_model::span::Span;
use token::Block;

/// Attributions of the document, by content start; `inside` gives nesting. `learned` holds what a learned reader found, if
/// there was one; rules add to and correct it. Never fails; cost linear in length.
#[must_use]
pub fn read(
    doc: &Document,
    sentences: &[Sentence],
    words: &[Word],
    mentions: &[Mention],
    learned: Vec<Attribution>,
) -> Vec<Attribution> {
    read_by(doc, sentences, words, mentions, learned, Group::ALL)
}

/// [`read`] with only some groups of rules over the learned reading, to measure what each is worth; without a learned
/// reading the rules are all there is and none is left out.
#[must_use]
pub fn read_by(
    doc: &Document,
    sentences: &[Sentence],
    words: &[Word],
    mentions: &[Mention],
    learned: Vec<Attribution>,
    groups: &[Group],
) -> Vec<Attribution> {
    combine(doc, sentences, mentions, by_rules(doc, sentences, words, false), learned, groups)
}

/// What the rules alone find and a [`Judge`] lets stand: for reading fast. What lies in the content of a finding that stands is
/// not judged if it makes somebody else answerable: the judge learned from a set that marks one level only.
#[must_use]
pub fn read_judged(
    doc: &Document,
    sentences: &[Sentence],
    words: &[Word],
    mentions: &[Mention],
    judge: &Judge,
) -> Vec<Attribution> {
    let mut found = by_rules(doc, sentences, words, true);
    let kept: Vec<bool> = found.features.iter().map(|seen| seen.is_empty() || judge.keeps(seen)).collect();
    let standing = found.list.iter().zip(&kept).filter(|(_, kept)| **kept).flat_map(|(a, _)| &a.content);
    let within = Cover::new(standing);
    let passed_on = |a: &Attribution| {
        a.cue.iter().any(|cue| within.holds(*cue)) && inner::is_others_voice(doc, a) && !inner::is_belief(doc, a)
    };
    let stays: Vec<bool> = found.list.iter().zip(kept).map(|(a, kept)| kept || passed_on(a)).collect();
    found.keep(&stays);
    combine(doc, sentences, mentions, found, Vec::new(), Group::ALL)
}

/// Rules over a learned reading, nesting arranged.
fn combine(
    doc: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    mut rules: Found,
    learned: Vec<Attribution>,
    groups: &[Group],
) -> Vec<Attribution> {
    let mut learned = learned;
    if groups.contains(&Group::NoSpeech) {
        learned.retain(|a| !label::names_the_scene(doc, mentions, a) && !tells_of_deed(doc, a));
    }
    let stays: Vec<bool> =
        rules.list.iter().map(|a| !label::names_the_scene(doc, mentions, a) && !tells_of_deed(doc, a)).collect();
    rules.keep(&stays);
    let (mut list, mut hints) = merge::merge(doc, learned, rules.list, &rules.hints, groups);
    for attribution in &mut list {
        whole::mend(doc, attribution);
        nominal::speaks_for_nobody(doc, attribution);
    }
    if groups.contains(&Group::Label) {
        let more = label::labels(doc, mentions, &mut list);
        hints.extend(more.iter().map(|_| None));
        list.extend(more);
    }
    let uncued = if groups.contains(&Group::Headline) { uncued(doc, sentences, &list) } else { Vec::new() };
    for span in uncued {
        list.push(Attribution { content: vec![span], confidence: 0.6, made_by: "P12", ..Attribution::default() });
        hints.push(None);
    }
    nest::arrange(doc, list, &hints)
}

/// "sometimes identified as", "also known as": tells what a thing is called, not what somebody says.
pub(crate) fn is_naming(text: &str, attribution: &Attribution) -> bool {
    let cue: Vec<String> = attribution.cue.iter().map(|span| span.of(text).to_lowercase()).collect();
    let words = cue.join(" ");
    let mut words =
        words.split_whitespace().filter(|word| !matches!(*word, "sometimes" | "also" | "often" | "better" | "as"));
    attribution.source.is_empty()
        && matches!(words.next(), Some("identified" | "known" | "described" | "called"))
        && words.next().is_none()
}

/// "The raid was ordered by the council": who did it, not who said it.
fn tells_of_deed(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(cue), Some(source)) = (attribution.cue.last(), attribution.source.first()) else { return false };
    let last = doc.slice(*cue).trim_end_matches("by").trim_end();
    let last = last.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    // "ordered | by the council", "ordered by | the council", "ordered | by the so-called council"
    let first = |span: Span| span.of(&doc.text).split_whitespace().next() == Some("by");
    let by = source.start >= cue.end
        && (doc.slice(*cue).ends_with(" by") || first(Span::new(cue.end, source.start)) || first(*source));
    by && lexicon::Lexicon::get().deeds.contains(&last)
        && attribution.content.iter().any(|content| content.end <= cue.start)
}

/// Sentences of headline, standfirst and first paragraph in nobody's mouth whose value the body gives to a speaker (P12).
fn uncued(doc: &Document, sentences: &[Sentence], list: &[Attribution]) -> Vec<Span> {
    let lede = sentences.iter().find(|s| s.block == BlockKind::Paragraph).map(|s| s.paragraph);
    sentences
        .iter()
        .take(12)
        .filter(|s| matches!(s.block, BlockKind::Headline | BlockKind::Standfirst) || Some(s.paragraph) == lede)
        .map(|s| s.span)
        .filter(|span| !list.iter().flat_map(|a| a.cue.iter().chain(&a.content)).any(|other| other.overlaps(*span)))
        .filter(|span| crate::chain::inherit::origin(doc, list, *span).is_some())
        .collect()
}

/// The rule reading.
#[derive(Debug, Default)]
struct Found {
    list: Vec<Attribution>,
    /// Per attribution the index of the one a pattern says it lies in.
    hints: Vec<Option<usize>>,
    /// Per attribution what a judge sees of it, if that was asked for and it has a cue of its own.
    features: Vec<Vec<u32>>,
}

impl Found {
    /// Leaves out those whose flag is not set; what lay in one of them lies in nothing.
    fn keep(&mut self, stays: &[bool]) {
        let mut next = 0;
        let to: Vec<Option<usize>> = stays
            .iter()
            .map(|&stay| {
                next += usize::from(stay);
                stay.then(|| next - 1)
            })
            .collect();
        for hint in &mut self.hints {
            *hint = hint.and_then(|h| to.get(h).copied().flatten());
        }
        let kept = |i: &mut usize| {
            *i += 1;
            stays.get(*i - 1).copied().unwrap_or(true)
        };
        let (mut a, mut b, mut c) = (0, 0, 0);
        self.list.retain(|_| kept(&mut a));
        self.hints.retain(|_| kept(&mut b));
        self.features.retain(|_| kept(&mut c));
    }
}

/// What the rules find; `judged` if features for a judge are wanted.
fn by_rules(doc: &Document, sentences: &[Sentence], words: &[Word], judged: bool) -> Found {
    let mut list: Vec<Attribution> = Vec::new();
    let mut hints: Vec<Option<usize>> = Vec::new();
    let mut features: Vec<Vec<u32>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut speaking = false;
    let mut announced: Option<Attribution> = None;
    for block in token::blocks(doc, sentences, words) {
        let kind = sentences.get(block.first_sentence).map_or(BlockKind::Paragraph, |s| s.block);
        if matches!(kind, BlockKind::Byline | BlockKind::Dateline) {
            continue;
        }
        let headline = matches!(kind, BlockKind::Headline | BlockKind::Standfirst);
        let mut frames = frame::frames(&block, headline);
        let measured = content::measure(&block, &mut frames);
        let mut index: Vec<Option<usize>> = Vec::with_capacity(frames.len());
        for (f, (frame, pieces)) in frames.iter().zip(&measured.pieces).enumerate() {
            if pieces.is_empty() {
                index.push(None);
                continue;
            }
            index.push(Some(list.len()));
            let spans = |ranges: &[Range]| ranges.iter().filter_map(|&(a, b)| block.span(a, b)).collect::<Vec<_>>();
            list.push(Attribution {
                source: frame.source.into_iter().filter_map(|(a, b)| block.span(a, b)).collect(),
                cue: spans(&frame.cue),
                content: spans(pieces),
                inside: None,
                told: frame.told.and_then(|(a, b)| block.span(a, b)),
                confidence: frame.confidence,
                made_by: frame.made_by,
            });
            hints.push(None);
            if judged {
                features.push(judge::features(&block, &frames, &measured, f, headline));
            }
        }
        for (f, outer) in measured.inside.iter().enumerate() {
            let (Some(inner), Some(outer)) =
                (index.get(f).copied().flatten(), outer.and_then(|o| index.get(o).copied().flatten()))
            else {
                continue;
            };
            if let Some(slot) = hints.get_mut(inner) {
                *slot = Some(outer);
            }
        }
        let at: Vec<usize> = frames.iter().map(|f| f.at).collect();
        for stray in direct::strays(&block, &at, &measured.pieces, open.is_some()) {
            match stray {
                Stray::Joins(f, range) => {
                    if let (Some(i), Some(span)) = (index.get(f).copied().flatten(), block.span(range.0, range.1))
                        && let Some(a) = list.get_mut(i)
                    {
                        a.content.push(span);
                        a.content.sort_unstable();
                        a.made_by = "split-quote";
                    }
                }
                Stray::GoesOn(range) => {
                    if let (Some(i), Some(span)) = (open, block.span(range.0, range.1))
                        && let Some(a) = list.get_mut(i)
                    {
                        a.content.push(span);
                        a.content.sort_unstable();
                    }
                }
                // "The statement read:" and the quotation as a paragraph of its own
                Stray::Floats(range) if range.0 == 0 && announced.is_some() => {
                    if let (Some(mut a), Some(span)) = (announced.take(), block.span(range.0, range.1)) {
                        a.content.push(span);
                        list.push(a);
                        hints.push(None);
                    }
                }
                Stray::Floats(range) if speaking || !frames.is_empty() => {
                    if let Some(span) = block.span(range.0, range.1) {
                        list.push(floating(span));
                        hints.push(None);
                    }
                }
                Stray::Floats(_) => {}
            }
        }
        if judged {
            features.resize(list.len(), Vec::new());
        }
        announced = announcing(&block, &frames, &measured.pieces);
        open = if direct::left_open(&block) { open_attribution(&block, &list).or(open) } else { None };
        let quotes = block.regions.iter().any(|r| r.end - r.open > 6);
        speaking = if frames.is_empty() { speaking && quotes } else { quotes };
    }
    Found { list, hints, features }
}

/// Source and cue of a block that ends with them and a colon.
fn announcing(block: &Block, frames: &[frame::Frame], pieces: &[Vec<Range>]) -> Option<Attribution> {
    let last = block.toks.len().checked_sub(1).filter(|&k| block.kind(k) == token::Kind::Colon)?;
    let (frame, pieces) = frames.iter().zip(pieces).next_back()?;
    let spans = |ranges: &[Range]| ranges.iter().filter_map(|&(a, b)| block.span(a, b)).collect::<Vec<_>>();
    (pieces.is_empty() && frame.source.is_some() && frame.at + 12 > last).then(|| Attribution {
        source: spans(frame.source.as_slice()),
        cue: spans(&frame.cue),
        told: frame.told.and_then(|(a, b)| block.span(a, b)),
        confidence: 0.8,
        made_by: "P1-quote",
        ..Attribution::default()
    })
}

/// Speech whose speaker is the last one before it.
fn floating(span: Span) -> Attribution {
    Attribution { content: vec![span], confidence: 0.5, made_by: "floating", ..Attribution::default() }
}

/// The attribution whose content reaches the end of the block.
fn open_attribution(block: &Block, list: &[Attribution]) -> Option<usize> {
    let last = block.regions.last()?;
    let start = block.tok(last.open)?.span.start;
    list.iter()
        .enumerate()
        .rev()
        .take(40)
        .find(|(_, a)| a.content.last().is_some_and(|c| c.start <= start && c.end > start))
        .map(|(i, _)| i)
}

/// How the words of a content are delivered: all, partly or not at all in quotation marks.
#[must_use]
pub fn delivery(doc: &Document, attribution: &Attribution) -> Delivery {
    let mut inside = 0_usize;
    let mut outside = 0_usize;
    for &span in &attribution.content {
        let mut quoted = false;
        let mut before = ' ';
        let text = doc.slice(span);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied().unwrap_or(' ');
            match c {
                '“' | '«' | '„' => quoted = true,
                '”' | '»' => quoted = false,
                '"' => quoted = !quoted,
                '‘' | '\'' if !before.is_alphanumeric() && next.is_alphanumeric() => quoted = true,
                '’' | '\'' if quoted && !next.is_alphanumeric() => quoted = false,
                c if c.is_alphanumeric() && quoted => inside += 1,
                c if c.is_alphanumeric() => outside += 1,
                _ => {}
            }
            before = c;
        }
    }
    match (inside, outside) {
        (0, _) => Delivery::Indirect,
        (_, 0) => Delivery::Direct,
        // "that", "and" between pieces do not make direct speech mixed
        (i, o) if o * 20 < i => Delivery::Direct,
        _ => Delivery::Mixed,
    }
}
