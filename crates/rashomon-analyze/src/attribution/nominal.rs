//! Which cues are no verbs of a speaker? "reportedly", "is said to", "rumours spread that" (P9); "Moscow's claim that", "reports that" (P4).

use super::finite::is_finite;
use super::frame::{Frame, Side, clause_edge};
use super::lexicon::{CueClass, Form, Lexicon};
use super::phrase::{Range, is_determiner, np_left, np_right, starts_phrase};
use super::token::{Block, Kind};
use super::verb::is_verb_place;
use rashomon_model::Document;
use rashomon_model::attribution::Attribution;

/// P9: "reportedly", "purported", "is said to".
pub(super) fn general(block: &Block, i: usize) -> Option<Frame> {
    let lexicon = Lexicon::get();
    let (lo, hi) = block.window(i);
    let low = block.low(i);
    let frame = |cue: Range, side: Side, confidence: f32| Frame {
        at: i,
        cue: vec![cue],
        source: None,
        elided: false,
        told: None,
        side,
        begin: cue.0,
        stops: false,
        made_by: "P9",
        confidence,
    };
    if lexicon.adverbs.contains(low) {
        // "purportedly shows": the adverb belongs to the cue that follows
        let shows = block.cues(i + 1).iter().any(|(form, v)| {
            *form != Form::Participle && lexicon.verbs.get(*v).is_some_and(|verb| verb.class == CueClass::Show)
        });
        if shows {
            return None;
        }
        let end = clause_edge(block, i + 1, hi);
        let predicate = (i + 1, end);
        return (end > i + 1).then(|| frame((i, i + 1), Side::Fixed(predicate), 0.8));
    }
    if lexicon.adjectives.contains(low) && block.is_word(i + 1) {
        let passive = lexicon.words.auxiliaries.contains(block.low(i.wrapping_sub(1)));
        let opens = i == lo
            || is_determiner(block.low(i - 1))
            || block.tok(i - 1).is_some_and(|t| t.capital)
            || lexicon.words.prepositions.contains(block.low(i - 1));
        if low != "reported" && opens && !passive && starts_phrase(block, i + 1) {
            let phrase = np_right(block, i + 1, hi, true)?;
            return Some(frame((i, i + 1), Side::Fixed(phrase), 0.6));
        }
    }
    if lexicon.passive.contains(low) && i > lo {
        let mut start = i;
        while start > lo
            && (lexicon.words.auxiliaries.contains(block.low(start - 1))
                || lexicon.words.adverbs.contains(block.low(start - 1))
                || block.low(start - 1).ends_with("ly"))
        {
            start -= 1;
        }
        let be = (start..i).any(|k| lexicon.words.be.contains(block.low(k)));
        let by = block.low(i + 1) == "by";
        if be && !by {
            let verb = block.low(i + 1) == "to" && block.is_word(i + 2) && !is_determiner(block.low(i + 2));
            let that = block.low(i + 1) == "that"
                || (block.low(start.wrapping_sub(1)) == "it" && !matches!(block.low(i + 1), "to" | "for"));
            if verb || that {
                let end = clause_edge(block, i + 1, hi);
                return (end > i + 2).then(|| frame((start, i + 1), Side::Fixed((i + 1, end)), 0.75));
            }
            if block.low(start.wrapping_sub(1)) == "it" && start >= lo + 2 && block.kind(start - 2) == Kind::Comma {
                let mut f = frame((start - 1, i + 1), Side::Before(start - 2, None), 0.7);
                f.begin = start - 2;
                f.stops = true;
                return Some(f);
            }
        }
    }
    None
}

/// P9: "rumours spread in the town that", "there is talk that", "word got round that": what goes about has no speaker.
pub(super) fn hearsay(block: &Block, i: usize) -> Option<Frame> {
    let lexicon = Lexicon::get();
    let words = &lexicon.hearsay;
    let (lo, hi) = block.window(i);
    if !words.nouns.contains(block.low(i)) || block.capital(i) && i > block.sentence(i).0 {
        return None;
    }
    // "there is talk that", "there were rumours in the town that"
    let mut first = i;
    while first > lo && (is_determiner(block.low(first - 1)) || lexicon.words.be.contains(block.low(first - 1))) {
        first -= 1;
    }
    let there = first > lo && first < i && block.low(first - 1) == "there";
    let spoken = |k: usize| {
        let own = k.checked_sub(1).filter(|before| *before >= lo).map_or("", |before| block.low(before));
        own.ends_with("'s") || own.ends_with("s'") || matches!(own, "his" | "her" | "their" | "our" | "my" | "your")
    };
    if spoken(i) {
        return None;
    }
    let aside = |mut k: usize| {
        for _ in 0..2 {
            let behind = lexicon.words.prepositions.contains(block.low(k)) && block.low(k) != "of";
            match behind.then(|| np_right(block, k + 1, hi, false)).flatten() {
                Some(phrase) => k = phrase.1,
                None => break,
            }
        }
        k
    };
    let mut k = aside(i + 1);
    if !there {
        let mut goes = false;
        while k < hi {
            let low = block.low(k);
            if words.verbs.contains(low) {
                goes = true;
            } else if !(lexicon.words.auxiliaries.contains(low)
                || lexicon.words.adverbs.contains(low)
                || goes && words.particles.contains(low))
            {
                break;
            }
            k += 1;
        }
        if !goes {
            return None;
        }
        // "spread through the town", "reached us on Tuesday"
        k = aside(k);
        if block.low(k) != "that" && block.low(k + 1) == "that" && block.is_word(k) {
            k += 1;
        }
    }
    if block.low(k) != "that" || !block.is_word(k + 1) {
        return None;
    }
    let end = clause_edge(block, k, hi);
    let begin = if there { first - 1 } else { i };
    (end > k + 2).then(|| Frame {
        at: i,
        cue: vec![(begin, k)],
        source: None,
        elided: false,
        told: None,
        side: Side::Fixed((k, end)),
        begin,
        stops: false,
        made_by: "P9",
        confidence: 0.7,
    })
}

/// "Rumours | spread": what goes about is no speaker, whoever found it. Its words become part of the cue.
pub(super) fn speaks_for_nobody(doc: &Document, attribution: &mut Attribution) {
    let [source] = attribution.source.as_slice() else { return };
    let words = doc.slice(*source).to_lowercase();
    let head = words.split_whitespace().next_back();
    if words.split_whitespace().count() <= 3 && head.is_some_and(|head| Lexicon::get().hearsay.nouns.contains(head)) {
        attribution.cue.append(&mut attribution.source);
        attribution.cue.sort_unstable_by_key(|span| span.start);
        attribution.made_by = "P9";
    }
}

/// P4: "Moscow's claim that", "reports that", "a statement from the council that".
pub(super) fn nominal(block: &Block, i: usize) -> Option<Frame> {
    block.noun(i)?;
    if block.capital(i) && i > block.sentence(i).0 {
        return None;
    }
    let lexicon = Lexicon::get();
    let (lo, hi) = block.window(i);
    if i == lo && !matches!(block.low(i + 1), "that" | "of" | "from") {
        return None;
    }
    let before = i.checked_sub(1).map_or("", |j| block.low(j));
    let mut k = i + 1;
    let mut source = None;
    if (before.ends_with("'s") || before.ends_with("s'")) && i > lo {
        source = np_left(block, i, lo).map(|(a, _)| (a, i));
    } else if matches!(before, "its" | "his" | "her" | "their" | "our" | "my") {
        source = Some((i - 1, i));
    }
    let made = matches!(
        block.low(k),
        "made"
            | "issued"
            | "published"
            | "carried"
            | "aired"
            | "broadcast"
            | "posted"
            | "released"
            | "circulated"
            | "printed"
    );
    let k_by = if made { k + 1 } else { k };
    if source.is_none() && matches!(block.low(k_by), "by" | "from") {
        let phrase = np_right(block, k_by + 1, hi, false)?;
        source = Some(phrase);
        k = phrase.1;
    } else if source.is_none()
        && matches!(block.low(k_by), "in" | "on")
        && let Some(phrase) = np_right(block, k_by + 1, hi, false)
        && block.low(phrase.1) == "that"
        && (block.capital(phrase.0) || block.capital(phrase.0 + 1) || block.low(phrase.1 - 1) == "media")
    {
        // "claims in foreign media that", "the claim made on Radio Talen that"
        source = Some(phrase);
        k = phrase.1;
    }
    // "reports about", "claims of": the content is the phrase; "claims that": the clause
    let start = match block.low(k) {
        "that"
            if !lexicon.words.auxiliaries.contains(block.low(k + 1))
                && !is_finite(block, k + 1)
                && block.is_word(k + 1) =>
        {
            k
        }
        "of" | "about"
            if (source.is_some()
                || matches!(before, "rejected" | "dismissed" | "denied" | "despite" | "amid" | "citing" | "cited"))
                && (starts_phrase(block, k + 1) || block.kind(k + 1) == Kind::Quote) =>
        {
            k + 1
        }
        _ => return None,
    };
    if lexicon.that_only.contains(block.low(i)) && block.low(k) != "that" {
        return None;
    }
    // a verb in this form would be read as one
    if !block.cues(i).is_empty()
        && source.is_none()
        && !is_determiner(before)
        && block.low(k) == "that"
        && is_verb_place(block, i, lo)
    {
        return None;
    }
    let end = clause_edge(block, start, hi);
    let first = source.map_or(i, |s| s.0.min(i));
    let adjunct = first > lo && matches!(block.low(first - 1), "despite" | "amid" | "following");
    Some(Frame {
        at: i,
        cue: vec![(i, i + 1)],
        source,
        elided: false,
        told: None,
        side: Side::Fixed((start, end)),
        begin: if adjunct { first - 1 } else { first },
        stops: adjunct,
        made_by: "P4",
        confidence: 0.6,
    })
}
