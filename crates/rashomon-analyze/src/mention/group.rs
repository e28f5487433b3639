//! Which groups are spoken of without a name? "opposition activists", "two Varlandic officials", "residents".

use rashomon_model::analysis::MentionKind;

use super::lexicon::lexicon;
use super::token::{Case, Gap};
use super::{Found, Layer, Reading, sure};

/// Longest group noun in words ("human rights groups").
const LONGEST: usize = 3;
/// Most modifiers taken in before it.
const MODIFIERS: usize = 6;

pub(super) fn read(reading: &mut Reading<'_>) {
    let lists = lexicon();
    let mut i = 0;
    while i < reading.tokens.len() {
        let Some((to, kind)) = noun(reading, i) else {
            i += 1;
            continue;
        };
        let mut from = i;
        while i - from < MODIFIERS && from > 0 && modifies(reading, from) {
            from -= 1;
        }
        let title = reading.after(to).is_some_and(|t| t.capital()) && to == i + 1;
        let singular = reading.token(to - 1).is_some_and(|t| !t.key.ends_with('s') && !t.key.ends_with("men"));
        let adjective = singular
            && reading.after(to).is_some_and(|t| {
                t.case == Case::Lower && !lists.cues.contains(&t.key) && !lists.common.contains(&t.key)
            });
        let hyphened = reading.token(to).is_some_and(|t| t.gap == Gap::Hyphen);
        let other = title && singular || adjective || hyphened;
        if !other && !reading.is_taken(i, to) {
            // modifiers may themselves be mentions (nested): only the noun's own words are marked as taken
            let found = Found {
                from,
                to,
                kind,
                party: None,
                name: String::new(),
                confidence: sure::GROUP,
                layer: Layer::Group,
            };
            if let Some(range) = reading.taken.get_mut(i..to) {
                range.fill(true);
            }
            reading.found.push(found);
        }
        i = to;
    }
}

fn noun(reading: &Reading<'_>, i: usize) -> Option<(usize, MentionKind)> {
    let lists = lexicon();
    let first = reading.token(i)?;
    if first.capital() && !first.opens {
        return None;
    }
    let rest = reading.tokens.get(i..)?;
    lists.groups.longest(rest, LONGEST, |len, kind| {
        let whole = rest.get(1..len)?.iter().all(|t| matches!(t.gap, Gap::Space | Gap::Hyphen));
        whole.then_some((i + len, *kind))
    })
}

/// Whether the token before `from` belongs to the group's description.
fn modifies(reading: &Reading<'_>, from: usize) -> bool {
    let lists = lexicon();
    let Some(before) = reading.before(from) else {
        return false;
    };
    if before.possessive {
        return false;
    }
    let here = reading.token(from);
    let hyphen = here.is_some_and(|t| t.gap == Gap::Hyphen);
    let named = reading.found.iter().rev().take(40).any(|f| {
        f.to == from && f.from + 3 >= from && matches!(f.kind, MentionKind::Nationality | MentionKind::ArmedGroup)
    });
    hyphen
        || lists.modifiers.contains(&before.key)
        || lists.peoples.contains(&before.key)
        || named
        || matches!(
            before.key.as_str(),
            "backed" | "led" | "linked" | "aligned" | "affiliated" | "allied" | "held" | "run" | "based"
        )
}
