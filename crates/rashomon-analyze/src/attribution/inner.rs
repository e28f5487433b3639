//! What do speakers pass on? Contents are read once more, each as a text of its own, by the same learned reader.
//!
//! The training set marks one level only, so that the reader passes over "a medic told Anvil News …" inside what somebody
//! says. Read by itself, a content is a text like any other. [`recurse`] does so level by level, for contents that hold
//! a word which can attribute at all, and keeps what speaks for somebody else: a source in the third person and a cue
//! that reports, holds, denies or believes (wishes and judgements inside speeches are the speaker's own).

use super::lexicon::{CueClass, Form, Lexicon};
use super::merge::{is_modal, is_quotation};
use crate::cover::Cover;
use rashomon_model::Document;
use rashomon_model::analysis::Sentence;
use rashomon_model::attribution::Attribution;
use rashomon_model::span::Span;

/// Levels below the outermost (methods.md B: chains of at most four speakers besides the author).
const LEVELS: usize = 3;

/// Confidence from which a belief, or anything inside direct speech, is taken too (chosen by us on the in-domain set: there
/// most such cues are the speaker's own way of talking, "as everybody knows").
const SURE: f32 = 0.7;

/// Shortest content, in words, that can hold a speaker, a cue and a content.
const SHORTEST: usize = 5;

/// A learned reading of given sentences and paragraphs of the document.
pub type Reread<'a> = &'a dyn Fn(&[Span], &[Span]) -> Vec<Attribution>;

/// The learned reading with what its contents pass on, in no particular order. `read` reads given sentences and stretches of
/// the document, as if these were its paragraphs. Never fails; each word is read at most four times.
#[must_use]
pub fn recurse(
    doc: &Document,
    sentences: &[Sentence],
    mut learned: Vec<Attribution>,
    read: Reread<'_>,
) -> Vec<Attribution> {
    let mut level = 0..learned.len();
    for _ in 0..LEVELS {
        let mut pieces: Vec<Span> = learned
            .get(level.clone())
            .unwrap_or_default()
            .iter()
            .flat_map(|a| &a.content)
            .map(|piece| opened(doc, *piece))
            .filter(|piece| is_worth_reading(doc, *piece))
            .collect();
        pieces.sort_unstable();
        let mut end = 0;
        pieces.retain(|piece| {
            let apart = piece.start >= end;
            end = end.max(piece.end);
            apart
        });
        if pieces.is_empty() {
            break;
        }
        let cues = Cover::new(learned.iter().flat_map(|a| &a.cue));
        let found: Vec<Attribution> = read(&cut(sentences, &pieces), &pieces)
            .into_iter()
            .filter(|a| lies_in_one(a, &pieces) && is_others_voice(doc, a) && !a.cue.iter().any(|c| cues.meets(*c)))
            .filter(|a| a.confidence >= SURE || !(is_belief(doc, a) || in_direct_speech(doc, a, &pieces)))
            .map(|mut a| {
                reach_end(doc, &mut a, &pieces);
                Attribution { made_by: "model-inner", ..a }
            })
            .collect();
        if found.is_empty() {
            break;
        }
        level = learned.len()..learned.len() + found.len();
        learned.extend(found);
    }
    learned
}

/// The piece without "that" at its head.
fn opened(doc: &Document, piece: Span) -> Span {
    let skip = if doc.slice(piece).starts_with("that ") { 5 } else { 0 };
    Span::new(piece.start + skip, piece.end)
}

/// Whether a speaker may be named in it: words enough, and one that can attribute.
fn is_worth_reading(doc: &Document, piece: Span) -> bool {
    let lexicon = Lexicon::get();
    let words: Vec<String> = words(doc.slice(piece), true).collect();
    words.len() >= SHORTEST
        && words.iter().enumerate().any(|(i, word)| {
            let next = words.get(i + 1).map_or("", String::as_str);
            let verb = |form: Form, v: usize| {
                form != Form::Base && lexicon.verbs.get(v).is_some_and(|verb| passes_on(verb.class))
            };
            word == "according"
                || lexicon.adverbs.contains(word)
                || lexicon.forms.get(word).is_some_and(|forms| forms.iter().any(|(form, v)| verb(*form, *v)))
                || lexicon.nouns.contains_key(word) && matches!(next, "that" | "by" | "from" | "of" | "in" | "on")
                || lexicon.forms.contains_key(word) && i > 0 && matches!(next, "that")
        })
}

/// Cues that make somebody answerable for a statement, rather than tell a wish, a question or a judgement.
fn passes_on(class: CueClass) -> bool {
    !matches!(class, CueClass::Want | CueClass::Judge | CueClass::Ask)
}

/// Sentences cut to the pieces, sorted.
fn cut(sentences: &[Sentence], pieces: &[Span]) -> Vec<Span> {
    let mut out = Vec::new();
    for piece in pieces {
        let first = sentences.partition_point(|s| s.span.end <= piece.start);
        let within = sentences.get(first..).unwrap_or_default().iter().take_while(|s| s.span.start < piece.end);
        out.extend(within.filter_map(|s| s.span.intersection(*piece)));
    }
    out
}

/// Lower-cased words of a text, hyphened ones as one or in their parts.
fn words(text: &str, hyphened: bool) -> impl Iterator<Item = String> + '_ {
    text.split(move |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’') || hyphened && c == '-'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The one of the sorted, disjoint pieces in which the cue stands, or the next behind it.
fn around(attribution: &Attribution, pieces: &[Span]) -> Option<Span> {
    let cue = attribution.cue.first()?;
    pieces.get(pieces.partition_point(|piece| piece.end <= cue.start)).copied()
}

/// Whether source, cue and content stand in one of the pieces.
fn lies_in_one(attribution: &Attribution, pieces: &[Span]) -> bool {
    let mut all = attribution.source.iter().chain(&attribution.cue).chain(&attribution.content);
    around(attribution, pieces).is_some_and(|piece| all.all(|span| piece.contains(*span)))
}

/// "(the ministry said) its aircraft hit a depot, a post and two trucks": a list goes on to the end of the piece; what is left of
/// it without a verb is the inner speaker's.
fn reach_end(doc: &Document, attribution: &mut Attribution, pieces: &[Span]) {
    let cue = attribution.cue.first().map_or(0, |cue| cue.start);
    let (Some(piece), Some(last)) = (around(attribution, pieces), attribution.content.last_mut()) else { return };
    if last.start < cue || last.end >= piece.end {
        return;
    }
    let rest = doc.slice(Span::new(last.end, piece.end));
    let lexicon = Lexicon::get();
    let verb = words(rest, false).any(|word| {
        lexicon.words.finite.contains(&word) || lexicon.finite.contains(&word) || lexicon.forms.contains_key(&word)
    });
    if rest.starts_with(", ") && rest.len() < 200 && !verb {
        last.end = piece.end;
    }
}

/// Whether the cue only holds probable or possible, or tells what something shows.
pub(super) fn is_belief(doc: &Document, attribution: &Attribution) -> bool {
    let lexicon = Lexicon::get();
    let soft = |class: CueClass| matches!(class, CueClass::Probable | CueClass::Possible | CueClass::Show);
    attribution.cue.iter().flat_map(|s| doc.slice(*s).split_whitespace()).all(|word| {
        let readings = lexicon.forms.get(word.to_lowercase().as_str());
        readings.is_none_or(|forms| forms.iter().any(|(_, v)| lexicon.verbs.get(*v).is_some_and(|v| soft(v.class))))
    })
}

/// Whether the piece around it opens with a quotation mark.
fn in_direct_speech(doc: &Document, attribution: &Attribution, pieces: &[Span]) -> bool {
    around(attribution, pieces).is_some_and(|piece| is_quotation(doc, piece))
}

/// Whether somebody other than the one whose words these are is made to answer for the content.
pub(super) fn is_others_voice(doc: &Document, attribution: &Attribution) -> bool {
    let lexicon = Lexicon::get();
    let of = |spans: &[Span]| -> Vec<String> { spans.iter().flat_map(|s| words(doc.slice(*s), false)).collect() };
    let (source, cue) = (of(&attribution.source), of(&attribution.cue));
    if source.is_empty() {
        return cue.iter().any(|word| lexicon.adverbs.contains(word) || lexicon.passive.contains(word));
    }
    let own = matches!(
        source.first().map(String::as_str),
        Some("i" | "we" | "you" | "me" | "us" | "nobody" | "no" | "anyone" | "everyone" | "people" | "if")
    );
    let verb = cue.iter().any(|word| {
        lexicon.forms.get(word).is_some_and(|forms| {
            forms.iter().any(|(_, v)| lexicon.verbs.get(*v).is_some_and(|verb| passes_on(verb.class)))
        }) || lexicon.nouns.get(word).is_some_and(|class| passes_on(*class))
            || word == "according"
    });
    let supposed = cue.first().is_some_and(|word| word == "to") || cue.iter().any(|word| is_modal(word));
    !own && verb && !supposed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    fn at(doc: &Document, words: &str) -> Span {
        let start = doc.text.find(words).expect("words of the passage");
        Span::from_usize(start, start + words.len())
    }

    #[test]
    fn contents_are_read_again_until_nothing_new_is_found() {
        let fixture = Fixture::new("Osk said that a medic told Anvil News the mill had burnt. The road is shut.");
        let doc = &fixture.doc;
        let learned = vec![Attribution {
            source: vec![at(doc, "Osk")],
            cue: vec![at(doc, "said")],
            content: vec![at(doc, "that a medic told Anvil News the mill had burnt")],
            made_by: "model",
            ..Attribution::default()
        }];
        let asked = std::cell::RefCell::new(Vec::new());
        let read = |_: &[Span], pieces: &[Span]| {
            asked.borrow_mut().push(pieces.iter().map(|p| doc.slice(*p).to_owned()).collect::<Vec<_>>());
            vec![
                Attribution {
                    source: vec![at(doc, "a medic")],
                    cue: vec![at(doc, "told")],
                    content: vec![at(doc, "the mill had burnt")],
                    confidence: 0.6,
                    ..Attribution::default()
                },
                Attribution {
                    source: vec![at(doc, "The road")],
                    cue: vec![at(doc, "is shut")],
                    content: vec![at(doc, "shut")],
                    ..Attribution::default()
                },
            ]
        };
        let found = recurse(doc, &fixture.sentences, learned, &read);
        assert_eq!(found.len(), 2, "what lies outside the content is not taken");
        assert_eq!(found[1].made_by, "model-inner");
        assert_eq!(
            *asked.borrow(),
            [["a medic told Anvil News the mill had burnt"]],
            "\"the mill had burnt\" cannot attribute"
        );
    }

    #[test]
    fn what_the_speaker_says_of_himself_or_supposes_is_no_other_voice() {
        let doc =
            Fixture::new("I say it rains. Osk would say it rains. The guard wants rain. The guard says it rains.").doc;
        let voice = |source: &str, cue: &str| {
            is_others_voice(
                &doc,
                &Attribution {
                    source: vec![at(&doc, source)],
                    cue: vec![at(&doc, cue)],
                    content: vec![at(&doc, "it rains")],
                    ..Attribution::default()
                },
            )
        };
        let got =
            [voice("I", "say"), voice("Osk", "would say"), voice("The guard", "wants"), voice("The guard", "says")];
        assert_eq!(got, [false, false, false, true]);
    }
}
