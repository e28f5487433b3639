//! Which words name a party? The table's names, bodies of states ("Russia's defence ministry"), and names the text defines.

use std::collections::{BTreeMap, BTreeSet};

use rashomon_model::analysis::MentionKind;
use rashomon_model::id::PartyId;
use rashomon_model::party::{Party, PartyKind, PartyTable};

use super::index::{Entry, Index, Role};
use super::lexicon::{Lexicon, lexicon};
use super::token::{Case, Gap, Token};
use super::{Found, Layer, Reading, sure};

/// Acronyms the text defines ("the Northern Relief Council (NRC)"), with the tokens of the long form.
pub(super) type Definitions = BTreeMap<String, (usize, usize)>;

/// Words an acronym leaves out.
const LINKS: &[&str] = &["of", "the", "and", "for", "in", "on", "to", "de", "du", "des", "la", "al", "a"];

/// "Long Name (LN)": an acronym in brackets whose letters are the initials of the words before it.
pub(super) fn definitions(reading: &Reading<'_>) -> Definitions {
    let mut found = Definitions::new();
    for (i, token) in reading.tokens.iter().enumerate() {
        let letters = token.key.chars().count();
        if token.case != Case::Upper || !(2..=8).contains(&letters) || !bracketed(reading, token) {
            continue;
        }
        if let Some(from) = initials(reading, i, &token.key) {
            found.entry(reading.doc.slice(token.span).to_owned()).or_insert((from, i));
        }
    }
    found
}

fn bracketed(reading: &Reading<'_>, token: &Token) -> bool {
    let before = reading.doc.text.get(..token.span.start as usize).unwrap_or("");
    let after = reading.doc.text.get(token.span.end as usize..).unwrap_or("");
    before.ends_with(['(', '[']) && after.starts_with([')', ']', ',', ';'])
}

/// First token of the words before `i` whose initials spell `letters`.
fn initials(reading: &Reading<'_>, i: usize, letters: &str) -> Option<usize> {
    let sentence = reading.token(i)?.sentence;
    let wanted: Vec<char> = letters.chars().collect();
    let mut left = wanted.len();
    let mut from = i;
    let mut steps = 0;
    while left > 0 && from > 0 && steps < 3 * wanted.len() + 2 {
        steps += 1;
        from -= 1;
        let token = reading.token(from).filter(|t| t.sentence == sentence)?;
        let link = LINKS.contains(&token.key.as_str());
        let first = token.key.chars().next()?;
        if wanted.get(left - 1) == Some(&first) && (token.capital() || link) {
            left -= 1;
        } else if !link {
            return None;
        }
        if token.gap == Gap::Hard && left > 0 {
            return None;
        }
    }
    (left == 0 && reading.token(from).is_some_and(Token::capital)).then_some(from)
}

/// Reads all names of the table, left to right, longest first.
pub(super) fn read(reading: &mut Reading<'_>, table: &PartyTable, defined: &Definitions) {
    let index = Index::of(table);
    let lexicon = lexicon();
    let sure_of = strong(reading, &index);
    let defined_here: BTreeMap<usize, usize> = defined.values().copied().collect();
    let mut i = 0;
    while i < reading.tokens.len() {
        let rest = reading.tokens.get(i..).unwrap_or_default();
        // a long form the text defines is one name, whatever shorter name it begins with
        if let Some(&to) = defined_here.get(&i) {
            let whole = index.longest(rest).filter(|m| i + m.len == to);
            let party = whole.and_then(|m| pick(&m.entries, &sure_of)).and_then(|e| table.parties.get(e.party));
            push_defined(reading, lexicon, i, to, party);
            i = to;
            continue;
        }
        if let Some(&(from, to)) = acronym(reading, defined, i) {
            let party = reading.found.iter().rev().find(|f| f.from == from && f.to == to).cloned();
            let (kind, id, name) = match party {
                Some(long) if long.party.is_some() => (long.kind, long.party, long.name),
                Some(long) => (long.kind, None, reading.words(from, to).to_owned()),
                None => (MentionKind::Organisation, None, reading.words(from, to).to_owned()),
            };
            let found =
                Found { from: i, to: i + 1, kind, party: id, name, confidence: sure::TABLE, layer: Layer::Exact };
            reading.push(found);
            i += 1;
            continue;
        }
        if let Some(len) = own_body(reading, table, &index, i) {
            i += len;
            continue;
        }
        if let Some(len) = body_of(reading, table, &index, i) {
            i += len;
            continue;
        }
        let Some(found) = index.longest(rest) else {
            i += 1;
            continue;
        };
        let entries: Vec<&Entry> = found
            .entries
            .into_iter()
            .filter(|entry| allowed(reading, lexicon, &sure_of, entry, i, found.len))
            .collect();
        let read =
            if entries.is_empty() { None } else { one(reading, table, &index, &entries, &sure_of, i, found.len) };
        i += read.unwrap_or(1);
    }
    bare_bodies(reading, table, &index);
}

/// Parties the text names beyond doubt: by a name that is no acronym, no weak word, and only theirs.
fn strong(reading: &Reading<'_>, index: &Index) -> BTreeSet<usize> {
    let mut parties = BTreeSet::new();
    for i in 0..reading.tokens.len() {
        let Some(found) = reading.tokens.get(i..).and_then(|rest| index.longest(rest)) else {
            continue;
        };
        if let [entry] = found.entries.as_slice()
            && !entry.acronym
            && !entry.weak
        {
            parties.insert(entry.party);
        }
    }
    parties
}

fn acronym<'d>(reading: &Reading<'_>, defined: &'d Definitions, i: usize) -> Option<&'d (usize, usize)> {
    let token = reading.token(i)?;
    defined.get(reading.doc.slice(token.span)).filter(|(_, to)| *to <= i)
}

/// Whether the entry may be meant here: an acronym that is an English word not in a line of capitals, a weak name only alone and
/// with support.
fn allowed(
    reading: &Reading<'_>,
    lexicon: &Lexicon,
    sure_of: &BTreeSet<usize>,
    entry: &Entry,
    i: usize,
    len: usize,
) -> bool {
    let Some(first) = reading.token(i) else {
        return false;
    };
    if entry.acronym && len == 1 && lexicon.common.contains(&first.key) && first.opens && shouted(reading, i) {
        return false;
    }
    if !entry.weak {
        return true;
    }
    let beside = |t: Option<&Token>| t.is_some_and(|t| t.capital() && t.gap != Gap::Start);
    let next = reading.after(i + len);
    let alone = !beside(next) && !reading.before(i).is_some_and(|t| t.capital() && !t.opens);
    let spoken = next.is_some_and(|t| lexicon.cues.contains(&t.key) || lexicon.groups.contains(&t.key));
    let grouped = next.is_some_and(|t| t.key == "group")
        || reading.before(i).is_some_and(|t| matches!(t.key.as_str(), "told" | "citing" | "by" | "per"));
    alone && (sure_of.contains(&entry.party) || spoken || grouped)
}

/// Whether the words around are all in capitals.
fn shouted(reading: &Reading<'_>, i: usize) -> bool {
    let near = reading.tokens.get(i.saturating_sub(3)..(i + 4).min(reading.tokens.len())).unwrap_or_default();
    near.len() > 2 && near.iter().all(|t| matches!(t.case, Case::Upper | Case::None) || t.key.len() == 1)
}

/// The entry meant: the only one, or the only one whose party the text names by a full name.
fn pick<'i>(entries: &[&'i Entry], sure_of: &BTreeSet<usize>) -> Option<&'i Entry> {
    let parties: BTreeSet<usize> = entries.iter().map(|e| e.party).collect();
    if parties.len() == 1 {
        return entries.first().copied();
    }
    let mut known = parties.iter().filter(|party| sure_of.contains(party));
    match (known.next(), known.next()) {
        (Some(party), None) => entries.iter().find(|e| e.party == *party).copied(),
        // agencies sign with their acronym alone; others are introduced
        (None, _) => {
            let mut agencies = entries.iter().filter(|e| e.agency);
            agencies.next().filter(|_| agencies.next().is_none()).copied()
        }
        _ => None,
    }
}

/// A match as a mention; the number of tokens it took.
fn one(
    reading: &mut Reading<'_>,
    table: &PartyTable,
    index: &Index,
    entries: &[&Entry],
    sure_of: &BTreeSet<usize>,
    i: usize,
    len: usize,
) -> Option<usize> {
    let Some(entry) = pick(entries, sure_of) else {
        // several parties bear this name and the text does not tell which
        let kind = entries.first().and_then(|e| table.parties.get(e.party)).map(|p| kind_of(p.kind))?;
        let party = None;
        let confidence = sure::SIGNED;
        reading.push(Found { from: i, to: i + len, kind, party, name: String::new(), confidence, layer: Layer::Exact });
        return Some(len);
    };
    let party = table.parties.get(entry.party)?;
    let previous = i
        .checked_sub(1)
        .and_then(|p| reading.token(p))
        .filter(|_| reading.token(i).is_some_and(|t| t.gap == Gap::Hyphen));
    let leaning = previous.is_some_and(|p| matches!(p.key.as_str(), "pro" | "anti" | "non" | "ex"));
    let hyphened = reading.token(i + len).is_some_and(|t| t.gap == Gap::Hyphen && t.case == Case::Lower);
    let state = party.kind == PartyKind::State;
    if leaning || (state && hyphened) {
        return None;
    }
    if state
        && entry.role != Role::Metonym
        && let Some((taken, id)) = body_after(reading, index, party, i + len)
        && let Some(body) = table.get(&id)
    {
        let found = Found {
            from: i,
            to: i + len + taken,
            kind: kind_of(if body.kind == PartyKind::State { PartyKind::GovernmentBody } else { body.kind }),
            name: if body.kind == PartyKind::State { party.name.clone() } else { body.name.clone() },
            party: Some(id),
            confidence: sure::TABLE,
            layer: Layer::Exact,
        };
        reading.push(found);
        return Some(len + taken);
    }
    let both = entries.iter().any(|e| e.role == Role::Demonym) && entries.iter().any(|e| e.role == Role::Name);
    let adjective = entry.role == Role::Demonym && !both || both && adjectival(reading, i + len);
    let adjective = adjective || state && entry.role == Role::Name && qualifies(reading, i, i + len);
    let (kind, confidence) = if !state {
        (kind_of(party.kind), if entry.weak { sure::WORD } else { sure::TABLE })
    } else if adjective {
        (MentionKind::Nationality, sure::WORD)
    } else if acts(reading, i, len) {
        (MentionKind::Government, sure::WORD)
    } else {
        (MentionKind::Place, sure::WORD)
    };
    let seat = entry.role == Role::Metonym && kind == MentionKind::Place;
    reading.push(Found {
        from: i,
        to: i + len,
        kind,
        party: (!seat).then(|| party.id.clone()),
        name: if seat { String::new() } else { party.name.clone() },
        confidence,
        layer: if seat { Layer::Guess } else { Layer::Exact },
    });
    Some(len)
}

/// Whether a word that is both name and adjective ("U.S.") qualifies the noun after it.
fn adjectival(reading: &Reading<'_>, next: usize) -> bool {
    let lexicon = lexicon();
    let possessive = next.checked_sub(1).and_then(|i| reading.token(i)).is_some_and(|t| t.possessive);
    !possessive
        && reading.after(next).is_some_and(|t| {
            !lexicon.cues.contains(&t.key) && !lexicon.common.contains(&t.key)
                || t.capital() && !lexicon.cues.contains(&t.key)
        })
}

/// "the Syria talks", "the 2015 Canada election": a state's name before a common noun.
fn qualifies(reading: &Reading<'_>, at: usize, next: usize) -> bool {
    let lexicon = lexicon();
    let election = |t: &Token| {
        matches!(t.key.as_str(), "general" | "federal" | "presidential" | "parliamentary" | "election" | "elections")
    };
    let Some(noun) = reading.after(next).filter(|t| t.case == Case::Lower) else { return false };
    let possessive = reading.token(next - 1).is_some_and(|t| t.possessive);
    let locative = reading.before(at).is_some_and(|t| lexicon.locatives.contains(&t.key));
    let function = lexicon.cues.contains(&noun.key)
        || lexicon.common.contains(&noun.key)
        || lexicon.locatives.contains(&noun.key)
        || ["ly", "ed", "ing"].iter().any(|end| noun.key.ends_with(end));
    !possessive && (election(noun) || !locative && !function && reading.before(at).is_some_and(|t| t.key == "the"))
}

/// Whether a state or its seat speaks or acts here, rather than being a place.
fn acts(reading: &Reading<'_>, i: usize, len: usize) -> bool {
    let lexicon = lexicon();
    let before = reading.before(i);
    if before.is_some_and(|t| lexicon.locatives.contains(&t.key)) {
        return false;
    }
    if before.is_some_and(|t| matches!(t.key.as_str(), "by" | "against" | "accused" | "blamed" | "blames" | "accuses"))
    {
        return true;
    }
    let last = reading.token(i + len - 1);
    let next = reading.after(i + len);
    if last.is_some_and(|t| t.possessive) {
        return next.is_some_and(|t| lexicon.metonym_acts.contains(&t.key));
    }
    next.is_some_and(|t| t.case == Case::Lower && lexicon.cues.contains(&t.key))
}

/// A body noun right after the state's name or adjective.
fn body_after(reading: &Reading<'_>, index: &Index, state: &Party, at: usize) -> Option<(usize, PartyId)> {
    reading.after(at)?;
    let (len, key) = index.body(reading.tokens.get(at..)?)?;
    let words = reading.words(at, at + len);
    // "Russian State Duma", "US Secretary": a capitalised single word is part of a longer title
    let single = len == 1 && reading.token(at).is_some_and(|t| t.case == Case::Title && !t.opens);
    if single && reading.after(at + 1).is_some_and(Token::capital) {
        return None;
    }
    let adjective_only = matches!(words, "state" | "side" | "intelligence" | "leadership" | "State");
    if adjective_only
        && reading
            .after(at + len)
            .is_some_and(|t| !lexicon().cues.contains(&t.key) && !lexicon().common.contains(&t.key))
    {
        return None;
    }
    let id = if key.is_empty() { state.id.clone() } else { crate::party::body_id(&state.id, key) };
    Some((len, id))
}

/// "the country's air force": of the state last named, by itself or by a body of its.
fn own_body(reading: &mut Reading<'_>, table: &PartyTable, index: &Index, i: usize) -> Option<usize> {
    let country = reading.token(i).filter(|t| t.possessive && matches!(t.key.as_str(), "country" | "nation"))?;
    let sentence = country.sentence;
    reading.before(i).filter(|t| t.key == "the")?;
    let last = reading.found.iter().rev().find_map(|f| {
        let near = reading.token(f.from).is_some_and(|t| t.sentence + 1 >= sentence);
        f.party.as_ref().map(crate::party::whole).filter(|id| near && id.as_str().starts_with("state:"))
    })?;
    let state = table.get(&last)?;
    let (len, id) = body_after(reading, index, state, i + 1)?;
    let name = table.get(&id)?.name.clone();
    let (from, to) = (i + 1, i + 1 + len);
    let confidence = sure::ANAPHOR;
    reading.push(Found {
        from,
        to,
        kind: MentionKind::Government,
        party: Some(id),
        name,
        confidence,
        layer: Layer::Exact,
    });
    Some(len + 1)
}

/// "Ministry of Defence of the Russian Federation", "the armed forces of Syria".
fn body_of(reading: &mut Reading<'_>, table: &PartyTable, index: &Index, i: usize) -> Option<usize> {
    let (len, key) = index.body(reading.tokens.get(i..)?)?;
    let mut at = i + len;
    if reading.after(at).is_none_or(|t| t.key != "of") {
        return None;
    }
    at += 1;
    if reading.after(at).is_some_and(|t| t.key == "the") {
        at += 1;
    }
    reading.after(at)?;
    let found = index.longest(reading.tokens.get(at..)?)?;
    let party = found
        .entries
        .iter()
        .filter(|entry| entry.role == Role::Name)
        .find_map(|entry| table.parties.get(entry.party).filter(|p| p.kind == PartyKind::State))?;
    let id = if key.is_empty() { party.id.clone() } else { crate::party::body_id(&party.id, key) };
    let body = table.get(&id)?;
    let to = at + found.len;
    let name = body.name.clone();
    let confidence = sure::TABLE;
    reading.push(Found {
        from: i,
        to,
        kind: MentionKind::Government,
        party: Some(id),
        name,
        confidence,
        layer: Layer::Exact,
    });
    Some(to - i)
}

/// Ministries named without their state ("the Defence Ministry"): of the only state whose ministry of that kind, or failing that
/// any body, the text names.
fn bare_bodies(reading: &mut Reading<'_>, table: &PartyTable, index: &Index) {
    let mut by_key: BTreeMap<String, BTreeSet<PartyId>> = BTreeMap::new();
    for found in &reading.found {
        if let Some((state, key)) = found.party.as_ref().and_then(|id| id.as_str().split_once('/')) {
            by_key.entry(key.to_owned()).or_default().insert(PartyId::new(format!("{state}/{key}")));
        }
    }
    let mut i = 0;
    while i < reading.tokens.len() {
        let ministry =
            reading.tokens.get(i..).and_then(|rest| index.body(rest)).filter(|(len, key)| *len > 1 && !key.is_empty());
        let Some((len, key)) = ministry.filter(|(len, _)| !reading.is_taken(i, i + len)) else {
            i += 1;
            continue;
        };
        let only = by_key.get(key).filter(|ids| ids.len() == 1).and_then(|ids| ids.first()).cloned();
        let name = only.as_ref().and_then(|id| table.get(id)).map(|p| p.name.clone()).unwrap_or_default();
        let confidence = if only.is_some() { sure::SIGNED } else { sure::GROUP };
        let found = Found {
            from: i,
            to: i + len,
            kind: MentionKind::Government,
            party: only,
            name,
            confidence,
            layer: Layer::Exact,
        };
        reading.push(found);
        i += len;
    }
}

fn push_defined(reading: &mut Reading<'_>, lexicon: &Lexicon, from: usize, to: usize, party: Option<&Party>) {
    let last = to.checked_sub(1).and_then(|i| reading.token(i)).map(|t| t.key.clone()).unwrap_or_default();
    let head = lexicon.heads.get(&last).copied().unwrap_or(MentionKind::Organisation);
    reading.push(Found {
        from,
        to,
        kind: party.map_or(head, |party| kind_of(party.kind)),
        party: party.map(|party| party.id.clone()),
        name: party.map(|party| party.name.clone()).unwrap_or_default(),
        confidence: sure::TABLE,
        layer: Layer::Exact,
    });
}

/// The kind of mention a party makes.
pub(super) fn kind_of(kind: PartyKind) -> MentionKind {
    match kind {
        PartyKind::State => MentionKind::Place,
        PartyKind::GovernmentBody | PartyKind::Military => MentionKind::Government,
        PartyKind::ArmedGroup => MentionKind::ArmedGroup,
        PartyKind::Alliance | PartyKind::Political | PartyKind::Monitor | PartyKind::Ngo | PartyKind::International => {
            MentionKind::Organisation
        }
        PartyKind::Agency | PartyKind::Outlet => MentionKind::Media,
        PartyKind::Civilians | PartyKind::Other => MentionKind::Other,
    }
}
