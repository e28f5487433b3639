//! Through whom was it said? The speaker chain of each attribution, resolved within the document.
//!
//! [`read`] gives one [`Chain`] an attribution: links outermost first, the last one the origin. Outer attributions, the
//! outlet somebody told (P3) and whoever quotes another are carriers; a post or statement through which somebody speaks is
//! the medium, not a link. Names are resolved in `speaker`, values and flags in `factuality`.
//!
//! Example: `State television quoted an unnamed officer as saying …` gives `State television` → `unnamed officer`.

mod body;
mod described;
mod description;
mod elsewhere;
mod entry;
mod factuality;
pub(crate) mod inherit;
mod medium;
mod name;
pub(crate) mod party;
mod person;
mod roles;
mod speaker;

use crate::attribution::delivery;
use rashomon_model::analysis::{Mention, Sentence, TimeExpression};
use rashomon_model::attribution::{Attribution, Factuality, Flag};
use rashomon_model::claim::{Chain, Link};
use rashomon_model::document::BlockKind;
use rashomon_model::party::{PartyRef, PartyTable};
use rashomon_model::source::{LocalSource, SourceKind};
use rashomon_model::{Document, Span};
use roles::Roles;
use speaker::{Place, Registry, Resolved};
use std::collections::BTreeSet;

/// Links of a chain besides the author (methods.md B: k ≤ 4).
const LINKS: usize = 4;

/// The name of a link where nobody is named.
pub const NOBODY: &str = "nobody named";

/// What was read of one attribution's own speaker.
#[derive(Debug, Clone, Default)]
struct Own {
    resolved: Resolved,
    /// The outlet told, as a speaker.
    outlet: Option<usize>,
    outlet_span: Option<Span>,
    source: Option<Span>,
    medium: Option<String>,
    unnamed: bool,
}

/// One chain an attribution, in the same order, and the document's speakers.
#[must_use]
pub fn read(
    doc: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    times: &[TimeExpression],
    attributions: &[Attribution],
    parties: &PartyTable,
) -> (Vec<Chain>, Vec<LocalSource>) {
    let mut registry = Registry::new(doc, mentions, party::Finder::new(parties));
    let mut own: Vec<Own> = vec![Own::default(); attributions.len()];
    for i in reading_order(doc, attributions) {
        let Some(attribution) = attributions.get(i) else { continue };
        let outer = attribution.inside.and_then(|o| own.get(o)).and_then(|o| o.resolved.speaker);
        let read = own_speaker(doc, sentences, attribution, outer, &mut registry);
        if let Some(slot) = own.get_mut(i) {
            *slot = read;
        }
    }
    let inherited = inherit::origins(doc, attributions);
    let chains = (0..attributions.len())
        .map(|i| {
            let from = inherited.get(i).copied().flatten();
            let mut chain = assemble(doc, sentences, times, attributions, &own, from.unwrap_or(i), &registry);
            if from.is_some() {
                chain.flags.insert(Flag::InheritedChain);
                place_flags(doc, attributions.get(i), &mut chain.flags);
                for link in &mut chain.links {
                    link.span = None;
                    link.cue = None;
                    "the body gives the same value to this speaker (P12)".clone_into(&mut link.resolved_because);
                }
                if let Some(a) = attributions.get(i) {
                    chain.delivery = delivery(doc, a);
                }
            }
            chain
        })
        .collect();
    (chains, registry.finish())
}

/// Indices of the attributions by the place of their speaker: the body first, then headline, standfirst and captions; outer
/// ones before those inside them.
fn reading_order(doc: &Document, attributions: &[Attribution]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    let depth = |i: usize| {
        let mut at = attributions.get(i).and_then(|a| a.inside);
        let mut steps = 0;
        while let Some(j) = at.filter(|_| steps < 8) {
            steps += 1;
            at = attributions.get(j).and_then(|a| a.inside);
        }
        steps
    };
    order.sort_by_key(|&i| {
        let start = attributions.get(i).map_or(0, where_said);
        (is_apart(doc, start), start, depth(i), i)
    });
    order
}

/// First byte of source, cue or content, in this order of preference.
fn where_said(attribution: &Attribution) -> u32 {
    attribution.source.first().or(attribution.cue.first()).or(attribution.content.first()).map_or(0, |span| span.start)
}

/// Whether the place lies in a headline, standfirst or caption.
fn is_apart(doc: &Document, start: u32) -> bool {
    doc.block_at(start)
        .is_some_and(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Standfirst | BlockKind::Caption))
}

/// Resolves the speaker of one attribution.
fn own_speaker(
    doc: &Document,
    sentences: &[Sentence],
    attribution: &Attribution,
    outer: Option<usize>,
    registry: &mut Registry<'_>,
) -> Own {
    let start = where_said(attribution);
    let block = doc.blocks.partition_point(|b| b.span.start <= start).saturating_sub(1);
    let ahead = is_apart(doc, start);
    let place = |span: Span| Place { span, block, ahead, outer, quoted: in_quotes(doc, span) };
    let mut own = Own { source: attribution.source.first().copied(), ..Own::default() };
    match own.source {
        Some(source) => {
            let text = doc.slice(source);
            let (words, span, medium) = speaker_words(text, source);
            own.medium = medium;
            let description = description::read(words);
            own.unnamed = description.anonymous || factuality::anonymous(text);
            own.resolved = registry.resolve(&description, place(span));
        }
        None if attribution.made_by == "floating" => {
            let span = attribution.content.first().copied().unwrap_or_default();
            own.resolved.speaker = registry.last_before(place(span));
            own.resolved.unresolved = own.resolved.speaker.is_none();
            "speech without a cue goes on from the last speaker".clone_into(&mut own.resolved.because);
        }
        None => {}
    }
    if let Some(told) = attribution.told {
        let text = doc.slice(told).to_lowercase();
        let press = text.split(|c: char| !c.is_alphanumeric()).any(|w| Roles::get().hearer(w));
        let description = description::read(doc.slice(told));
        if !press && description.pronoun.is_none() {
            let media = description.kind == SourceKind::Media
                || registry
                    .finder()
                    .of_phrase(&description.text)
                    .and_then(|(id, _)| registry.finder().get(&id).map(party::kind))
                    == Some(SourceKind::Media);
            if media {
                own.outlet = registry.resolve(&description, place(told)).speaker;
                own.outlet_span = Some(told);
            }
        }
    }
    let around = medium::around(doc, sentences, attribution, None);
    if around.iter().any(|span| factuality::anonymous(doc.slice(*span))) {
        own.unnamed = true;
    }
    // a document, recording or search has no name to withhold
    if own.resolved.speaker.is_some_and(|s| registry.kind(s) == SourceKind::Document) {
        own.unnamed = false;
    }
    if own.unnamed
        && let Some(speaker) = own.resolved.speaker
    {
        registry.set_anonymous(speaker);
    }
    own
}

/// "a statement by the council", "a post on its page": the speaker's words and the medium; else the words themselves.
fn speaker_words(text: &str, span: Span) -> (&str, Span, Option<String>) {
    let lower = text.to_lowercase();
    for mark in [" by ", " from ", " issued by ", " released by ", " posted by "] {
        let Some(at) =
            lower.find(mark).filter(|&at| text.is_char_boundary(at) && text.is_char_boundary(at + mark.len()))
        else {
            continue;
        };
        let head = text.get(..at).unwrap_or("");
        let description = description::read(head);
        if description.kind == SourceKind::Document
            && !description.text.contains(" released")
            && !description.text.contains(" taken")
        {
            let rest = text.get(at + mark.len()..).unwrap_or("");
            let start = span.start + u32::try_from(at + mark.len()).unwrap_or(0);
            return (rest, Span::new(start, span.end), description.head);
        }
    }
    // "the council's report": the owner speaks through it
    let description = description::read(text);
    if description.kind == SourceKind::Document
        && let Some(owner) = &description.owner
        && let Some(at) = text.find(owner.as_str())
        && matches!(text.get(at + owner.len()..).and_then(|t| t.chars().next()), Some('\'' | '’'))
        && matches!(
            description.head.as_deref(),
            Some("statement" | "report" | "post" | "letter" | "tweet" | "message" | "email" | "communique")
        )
    {
        let start = span.start + u32::try_from(at).unwrap_or(0);
        let end = start + u32::try_from(owner.len()).unwrap_or(0);
        return (text.get(at..at + owner.len()).unwrap_or(text), Span::new(start, end), description.head);
    }
    (text, span, None)
}

/// Whether a quotation mark is open before the span in its block (within reach).
fn in_quotes(doc: &Document, span: Span) -> bool {
    let Some(block) = doc.block_at(span.start) else { return false };
    let from = block.span.start.max(span.start.saturating_sub(3000));
    let mut from = from as usize;
    while !doc.text.is_char_boundary(from) {
        from += 1;
    }
    let before = doc.text.get(from..span.start as usize).unwrap_or("");
    let mut open = false;
    for c in before.chars() {
        match c {
            '“' | '«' | '„' => open = true,
            '”' | '»' => open = false,
            '"' => open = !open,
            _ => {}
        }
    }
    open
}

/// Links, value and flags of attribution `i`.
fn assemble(
    doc: &Document,
    sentences: &[Sentence],
    times: &[TimeExpression],
    attributions: &[Attribution],
    own: &[Own],
    i: usize,
    registry: &Registry<'_>,
) -> Chain {
    let mut path = vec![i];
    let mut at = attributions.get(i).and_then(|a| a.inside);
    while let Some(outer) = at.filter(|o| path.len() < 8 && !path.contains(o)) {
        path.push(outer);
        at = attributions.get(outer).and_then(|a| a.inside);
    }
    path.reverse();
    let Some(attribution) = attributions.get(i) else {
        return Chain {
            links: Vec::new(),
            delivery: rashomon_model::attribution::Delivery::None,
            factuality: Factuality::Uncommitted,
            flags: BTreeSet::new(),
            party: None,
        };
    };
    let (factuality, mut flags) = factuality::read(doc, attribution);
    let mut links: Vec<Link> = Vec::new();
    let mut speakers: Vec<Option<usize>> = Vec::new();
    let mut passed: Option<String> = None; // medium of an outer document that is no link of its own
    for (position, &j) in path.iter().enumerate() {
        let (Some(a), Some(o)) = (attributions.get(j), own.get(j)) else { continue };
        let last = position + 1 == path.len();
        let around = medium::around(doc, sentences, a, attributions.get(a.inside.unwrap_or(usize::MAX)));
        let medium = o.medium.clone().or_else(|| medium::medium(doc, &around)).or_else(|| passed.take());
        let kind = o.resolved.speaker.map_or(SourceKind::Unnamed, |s| registry.kind(s));
        // "said X, according to a post on its page": the post is how, not who
        if !last && kind == SourceKind::Document {
            passed = medium::medium(doc, o.source.as_slice()).or(medium);
            continue;
        }
        // "claims the video demonstrates S": the speaker says so, the video is what they point to
        if kind == SourceKind::Document
            && let Some(link) = links.last_mut()
        {
            if last {
                link.factuality = factuality;
            }
            continue;
        }
        if let Some(outlet) = o.outlet.filter(|_| Some(o.outlet) != speakers.last().copied()) {
            links.push(Link {
                source: None,
                name: registry.name(outlet).to_owned(),
                kind: registry.kind(outlet),
                span: o.outlet_span,
                cue: None,
                medium: None,
                at: None,
                factuality: Factuality::Uncommitted,
                resolved_because: String::new(),
            });
            speakers.push(Some(outlet));
        }
        let value = if last { factuality } else { Factuality::Uncommitted };
        let name = match o.resolved.speaker {
            Some(s) => registry.name(s).to_owned(),
            None => o.source.map_or(NOBODY.to_owned(), |span| doc.slice(span).to_owned()),
        };
        // the same speaker twice in a row ("it said … , it added") is one link
        if speakers.last().is_some_and(|s| s.is_some() && *s == o.resolved.speaker)
            && let Some(link) = links.last_mut()
        {
            link.factuality = value;
            link.cue = a.cue.first().copied();
            link.medium = medium.or(link.medium.take());
            continue;
        }
        links.push(Link {
            source: None,
            name,
            kind,
            span: o.source,
            cue: cue_cover(a),
            medium,
            at: medium::time(times, &around, cue_cover(a)),
            factuality: value,
            resolved_because: o.resolved.because.clone(),
        });
        speakers.push(o.resolved.speaker);
        if o.resolved.unresolved {
            match o.resolved.speaker.and_then(|s| registry.named_later(s)) {
                Some(because) => {
                    if let Some(link) = links.last_mut() {
                        because.clone_into(&mut link.resolved_because);
                    }
                }
                None => {
                    flags.insert(Flag::UnresolvedSource);
                }
            }
        }
        let asked = factuality::class(doc, a) == Some(crate::attribution::CueClass::Ask);
        if last && o.resolved.speaker.is_none() && o.source.is_none() && !asked {
            flags.insert(Flag::OriginUnknown);
        }
    }
    while links.len() > LINKS {
        // the outermost and the innermost matter most
        links.remove(1);
        speakers.remove(1);
    }
    let origin = own.get(i);
    if origin.is_some_and(|o| o.unnamed && !o.resolved.unresolved)
        || speakers.last().copied().flatten().is_some_and(|s| registry.anonymous(s))
    {
        flags.insert(Flag::Anonymous);
    }
    place_flags(doc, Some(attribution), &mut flags);
    let around = medium::around(doc, sentences, attribution, None);
    if around.iter().any(|span| factuality::correction(doc.slice(*span))) {
        flags.insert(Flag::Correction);
    }
    let party = origin.and_then(|o| {
        let speaker = o.resolved.speaker?;
        let id = registry.party(speaker)?;
        Some(PartyRef {
            name: registry.party_name(&id),
            party: Some(id),
            span: o.source.or(attribution.content.first().copied())?,
        })
    });
    Chain { links, delivery: delivery(doc, attribution), factuality, flags, party }
}

/// From the first to the last word of the cue, if they stand together; else its first piece.
fn cue_cover(attribution: &Attribution) -> Option<Span> {
    let first = attribution.cue.first().copied()?;
    let cover = attribution.cue.iter().copied().fold(first, Span::cover);
    Some(if cover.len() <= 40 { cover } else { first })
}

/// Flags of the place: headline, caption, and the author's remark in the paragraph that it could not be checked.
fn place_flags(doc: &Document, attribution: Option<&Attribution>, flags: &mut BTreeSet<Flag>) {
    let Some(content) = attribution.and_then(|a| a.content.first()) else { return };
    let Some(block) = doc.block_at(content.start) else { return };
    match block.kind {
        BlockKind::Headline | BlockKind::Standfirst => {
            flags.insert(Flag::Headline);
        }
        BlockKind::Caption => {
            flags.insert(Flag::Caption);
        }
        _ => {}
    }
    // a paragraph, not a whole book on one line
    let near = if block.span.len() <= 4000 { doc.slice(block.span) } else { doc.slice(*content) };
    if factuality::unverified(near) {
        flags.insert(Flag::UnverifiedByAuthor);
    }
}
