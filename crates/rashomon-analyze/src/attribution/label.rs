//! Who speaks in a transcript, or in a list of statements? "Mira Olsen: They shot at us.": a paragraph that opens with its speaker
//! and a colon, and is what that speaker says.
//!
//! A label counts only if it names somebody: a person, a body, an armed group or an outlet with at most a title before it, or a
//! word for those who speak ("Spokesman", "Residents"). A capitalised name that nobody knows counts where it labels two paragraphs
//! or more that read as speech, or one if it begins with a given name. "Location:", "Killed:" and places label fields.

use std::collections::BTreeMap;

use rashomon_model::Document;
use rashomon_model::analysis::{Mention, MentionKind};
use rashomon_model::attribution::Attribution;
use rashomon_model::document::BlockKind;
use rashomon_model::place::Toponym;
use rashomon_model::span::Span;

use crate::cover::inside;
use crate::mention::lexicon::lexicon;

/// Bytes within which a label ends, and its most words.
const REACH: usize = 80;
const WORDS: usize = 7;

/// Words of speech behind a label, at least.
const SPEECH: usize = 3;

/// Words in which speech speaks of itself and of others.
const OWN: &[&str] = &["we", "i", "they", "he", "she", "it", "you", "my", "our"];

/// A paragraph that opens with a label.
struct Labelled {
    label: Span,
    colon: Span,
    rest: Span,
}

/// How a label is used in the document.
#[derive(Default, Clone, Copy)]
struct Seen {
    times: usize,
    /// A paragraph behind it begins as a sentence does in somebody's mouth: with a quotation mark, a pronoun or another small word.
    speech: bool,
    /// One begins with a pronoun.
    own: bool,
}

/// The attributions of such paragraphs, in order; those of which `list` has speaker and colon already are made to reach the end of
/// their paragraph.
pub(super) fn labels(doc: &Document, mentions: &[Mention], list: &mut [Attribution]) -> Vec<Attribution> {
    let found: Vec<Labelled> = doc
        .blocks
        .iter()
        .filter_map(|block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::List).then(|| labelled(doc, block.span)).flatten()
        })
        .collect();
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    for one in &found {
        let seen = seen.entry(doc.slice(one.label)).or_default();
        let first = first_word(doc.slice(one.rest));
        seen.times += 1;
        seen.speech |= first.is_empty() || lexicon().common.contains(&first);
        seen.own |= OWN.contains(&first.as_str());
    }
    let held: BTreeMap<u32, usize> = list
        .iter()
        .enumerate()
        .flat_map(|(i, a)| a.cue.iter().chain(&a.source).map(move |span| (span.start, i)))
        .collect();
    let mut new = Vec::new();
    for one in &found {
        let label = doc.slice(one.label);
        let seen = seen.get(label).copied().unwrap_or_default();
        let given = lexicon().given.contains(label.split(' ').next().unwrap_or("").to_lowercase().as_str());
        let again = seen.times > 1 || given && label.contains(' ');
        let name = is_name(doc, mentions, one.label, given && seen.own);
        if !(is_speaker(doc, mentions, one.label) || again && seen.speech && name) {
            continue;
        }
        let known = held.range(one.label.start..one.colon.end).next_back().map(|(_, i)| *i);
        match known.and_then(|i| list.get_mut(i)) {
            Some(a) if a.cue.iter().any(|cue| cue.overlaps(one.colon)) => a.content = vec![one.rest],
            Some(_) => {}
            None => new.push(Attribution {
                source: vec![one.label],
                cue: vec![one.colon],
                content: vec![one.rest],
                confidence: 0.7,
                made_by: "label",
                ..Attribution::default()
            }),
        }
    }
    new
}

/// "Varda: two posts hit", "Halin: Shelling wounded three people": a headline, paragraph or item that opens with a place and a colon
/// says where, not who speaks; a headline also with a state, which elsewhere may speak. A place may where speech follows ("Varda: We
/// did not fire").
pub(super) fn names_the_scene(doc: &Document, mentions: &[Mention], attribution: &Attribution) -> bool {
    let colon = attribution.cue.iter().all(|span| doc.slice(*span).trim() == ":") && !attribution.cue.is_empty();
    let ([source], true) = (attribution.source.as_slice(), colon) else { return false };
    let Some(block) = doc.block_at(source.start) else { return false };
    let (headline, opens) = (block.kind == BlockKind::Headline, block.span.start == source.start);
    let spoken = || attribution.content.first().is_some_and(|content| is_speech(doc.slice(*content)));
    mentions.iter().filter(|mention| mention.span == *source).any(|mention| {
        let state = mention
            .party
            .as_ref()
            .is_some_and(|party| party.as_str().starts_with("state:") && crate::party::whole(party) == *party);
        let place = mention.kind == MentionKind::Place;
        if headline { place || state } else { opens && place && !state && !spoken() }
    })
}

/// "Halin: Shelling wounded three people": a name at the head of a paragraph that the learned reader, which saw the colon, took for a
/// person's, and the gazetteer knows as a place's, is the place's, unless speech follows or a longer name says who is meant.
pub(crate) fn settle_places(doc: &Document, mentions: &mut [Mention], toponyms: &[Toponym]) {
    for mention in mentions.iter_mut().filter(|mention| mention.kind == MentionKind::Person) {
        let known = || {
            let at = toponyms.partition_point(|toponym| toponym.span.start < mention.span.start);
            toponyms.get(at).is_some_and(|toponym| toponym.span == mention.span && toponym.place.is_some())
        };
        let rest = || {
            let block = doc.block_at(mention.span.start).filter(|block| block.span.start == mention.span.start)?;
            doc.slice(Span::new(mention.span.end, block.span.end)).strip_prefix(':')
        };
        let own = mention.name == doc.slice(mention.span);
        if own && rest().is_some_and(|rest| !is_speech(rest.trim_start())) && known() {
            mention.kind = MentionKind::Place;
        }
    }
}

/// The parts of a paragraph that opens with a few words and a colon, and goes on with a sentence.
fn labelled(doc: &Document, block: Span) -> Option<Labelled> {
    let text = doc.slice(block);
    let at = text.char_indices().take_while(|(i, _)| *i <= REACH).find(|(_, c)| *c == ':').map(|(i, _)| i)?;
    let label = text.get(..at)?;
    let rest = text.get(at + 1..)?;
    let words = label.split_whitespace().count();
    let sentence =
        rest.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '«' | '„' | '\''));
    let plain = !label.contains(['.', ';', '?', '!', '"', '“', '”', '/', '(']) && label.trim_end() == label;
    let spaced = rest.starts_with(char::is_whitespace) && rest.split_whitespace().count() >= SPEECH;
    if !(1..=WORDS).contains(&words) || !label.starts_with(char::is_uppercase) || !sentence || !plain || !spaced {
        return None;
    }
    let start = block.start as usize;
    let rest_from = start + text.len() - rest.trim_start().len();
    Some(Labelled {
        label: Span::from_usize(start, start + at),
        colon: Span::from_usize(start + at, start + at + 1),
        rest: Span::from_usize(rest_from, start + text.trim_end().len()),
    })
}

/// Whether the label names somebody who can speak, or is a word for such.
fn is_speaker(doc: &Document, mentions: &[Mention], label: Span) -> bool {
    use MentionKind::{ArmedGroup, Government, Media, Organisation, Person};
    let lists = lexicon();
    let name = doc.slice(label).split(',').next().unwrap_or("");
    let name = Span::from_usize(label.start as usize, label.start as usize + name.len());
    let named = inside(mentions, &[name], |m| m.span).any(|mention| {
        let before = Span::new(name.start, mention.span.start).of(&doc.text).to_lowercase();
        let titled = |word: &str| {
            word == "the" || lists.titles.contains(word) || lists.roles.contains(word) || lists.modifiers.contains(word)
        };
        mention.span.end == name.end
            && matches!(mention.kind, Person | Government | Organisation | ArmedGroup | Media)
            && before.split_whitespace().all(|word| titled(word.trim_end_matches('.')))
    });
    let last = doc.slice(name).rsplit(' ').next().unwrap_or("").to_lowercase();
    let mut words = doc.slice(name).split(' ');
    let first = words.next().unwrap_or("").trim_end_matches('.').to_lowercase();
    // "Mayor Ada Bren"
    let titled = (lists.titles.contains(&first) || lists.roles.contains(&first))
        && doc.slice(name).contains(' ')
        && words.all(|word| word.starts_with(char::is_uppercase));
    // "Army spokesman", "The residents"; but "Frustration with police" heads a section
    let small = |word: &str| word != "the" && lists.common.contains(word);
    let plain = !doc.slice(name).split(' ').any(|word| small(&word.to_lowercase()));
    named || titled || plain && (lists.roles.contains(&last) || lists.groups.contains(&last))
}

/// Whether the label may be somebody's name that is nowhere else: one to three capitalised words, none a common one, not a place
/// (`person`: a place that is a given name and labels speech is that person).
fn is_name(doc: &Document, mentions: &[Mention], label: Span, person: bool) -> bool {
    let words: Vec<&str> = doc.slice(label).split(' ').collect();
    let proper = |word: &&str| word.starts_with(char::is_uppercase) && !lexicon().common.contains(&word.to_lowercase());
    let place = || inside(mentions, &[label], |m| m.span).any(|mention| mention.kind == MentionKind::Place);
    words.len() <= 3 && words.iter().all(proper) && (person || !place())
}

/// Whether a text opens as speech does: with a quotation mark, or a word for those who speak or are spoken of.
fn is_speech(text: &str) -> bool {
    let first = first_word(text);
    first.is_empty() || OWN.contains(&first.as_str())
}

/// The first word of a text in lower case; none where it opens with a quotation mark.
fn first_word(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    #[test]
    fn a_place_at_the_head_of_a_paragraph_is_no_speaker_unless_speech_follows() {
        let text = "Halin: Shelling wounded three people.\nHalin: We fired at nobody.\nHalin: \"We fired at nobody.\"\nIn Halin: Shelling wounded three.";
        let doc = Fixture::new(text).doc;
        let scene = |nth: usize, kind: MentionKind| {
            let block = doc.blocks[nth].span;
            let at = block.start + u32::try_from(doc.slice(block).find("Halin").unwrap()).unwrap();
            let source = Span::new(at, at + 5);
            let labelled = Attribution {
                source: vec![source],
                cue: vec![Span::new(at + 5, at + 6)],
                content: vec![Span::new(at + 7, block.end)],
                ..Attribution::default()
            };
            let mention = Mention { span: source, kind, name: "Halin".to_owned(), party: None, confidence: 1.0 };
            names_the_scene(&doc, &[mention], &labelled)
        };
        assert_eq!([0, 1, 2, 3].map(|nth| scene(nth, MentionKind::Place)), [true, false, false, false]);
        assert!(!scene(0, MentionKind::Person), "a person of that name");
    }
}
