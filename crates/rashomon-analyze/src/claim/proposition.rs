//! What does a clause claim? Typed propositions from the layers that fall inside it.

use super::cue::{LISTS, ends, find};
use rashomon_model::Document;
use rashomon_model::analysis::{Analysis, EventKind, EventMention, MentionKind, TimeExpression};
use rashomon_model::claim::{CountRef, Polarity, Proposition, PropositionKind, TimeRef};
use rashomon_model::date::{DateValue, Precision};
use rashomon_model::party::{Actors, PartyRef, PartyTable};
use rashomon_model::quantity::{Category, Outcome, Quantity};
use rashomon_model::span::Span;

/// What the reading of a clause needs.
pub(super) struct Reader<'a> {
    pub(super) doc: &'a Document,
    pub(super) analysis: &'a Analysis,
    pub(super) parties: &'a PartyTable,
    /// Who speaks, wherever named, sorted.
    pub(super) speakers: Vec<Span>,
}

/// Words behind "control of" looked at for a "would".
const WOULD_REACH: usize = 5;

/// Days between the hour that labels an entry and publication: a page is closed the day after it was opened.
const LABELLED_DAYS: i32 = 1;

/// A proposition with what the clause says about its certainty.
pub(super) struct Read {
    pub(super) proposition: Proposition,
    /// `Some(true)` possible, `Some(false)` probable, `None` plain.
    pub(super) hedge: Option<bool>,
    /// Plan, condition or general statement.
    pub(super) unreal: bool,
    /// The clause only names what it calls untrue ("claims that … are groundless").
    pub(super) refuted: bool,
    /// Why this kind.
    pub(super) why: String,
}

/// The items of a list sorted by span that lie inside any of `pieces`.
pub(super) fn inside<'a, T>(
    list: &'a [T],
    pieces: &'a [Span],
    span: impl Fn(&T) -> Span + Copy + 'a,
) -> impl Iterator<Item = &'a T> {
    pieces.iter().flat_map(move |piece| {
        let from = list.partition_point(|item| span(item).start < piece.start);
        list.get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |item| span(item).start < piece.end)
            .filter(move |item| piece.contains(span(item)))
    })
}

impl Reader<'_> {
    /// Whether the span holds something to claim.
    pub(super) fn weighty(&self, span: Span) -> bool {
        let pieces = [span];
        inside(&self.analysis.events, &pieces, |e| e.span).any(|event| event.kind.is_violence())
            || inside(&self.analysis.quantities, &pieces, |q| q.span).any(|quantity| quantity.of.is_some())
            || find(&self.doc.text, span, &LISTS.presence).is_some()
            || !self.owners(&pieces).is_empty()
    }

    /// The clauses in which each figure that a sentence shares out among places stands alone with its place and day.
    pub(super) fn shared_out(&self, clauses: Vec<Vec<Span>>) -> Vec<Vec<Span>> {
        let mut found: Vec<Vec<Span>> = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let cuts: Vec<u32> = inside(&self.analysis.quantities, &clause, |q| q.span)
                .filter(|quantity| crate::quantity::is_shared_out(quantity))
                .map(|quantity| quantity.span.start)
                .collect();
            let mut rest = clause;
            for cut in cuts {
                let (left, right) = parted(&self.doc.text, &rest, cut);
                if left.is_empty() || right.is_empty() {
                    continue;
                }
                found.push(left);
                rest = right;
            }
            found.push(rest);
        }
        found
    }

    /// The propositions of one clause, at least one. `speaker` is the party the voice belongs to, for "it" and "our".
    pub(super) fn read(&self, pieces: &[Span], speaker: Option<&PartyRef>) -> Vec<Read> {
        let events: Vec<&EventMention> =
            inside(&self.analysis.events, pieces, |e| e.span).filter(|event| event.kind.is_violence()).collect();
        let counts = self.counts(pieces);
        let people = counts.iter().any(|count| is_harm(count.of));
        let harm = |event: &&&EventMention| event.kind == EventKind::Harm;
        let mut acts: Vec<&EventMention> =
            events.iter().copied().filter(|event| event.kind != EventKind::Harm).collect();
        let bare = counts.is_empty() && self.time(pieces, &[]).is_none();
        if bare && acts.iter().all(|event| event.kind == EventKind::Clash) {
            acts.clear(); // "the fight against …": what for, not what happened
        }
        let harms: Vec<&EventMention> = events.iter().filter(harm).copied().collect();
        let hedge = self.hedge(pieces);
        let refuted = self.refuted(pieces);
        let mut found = Vec::new();

        // "had not targeted the group": what is denied is a claim of its own beside what is affirmed
        let (denied, acts): (Vec<&EventMention>, Vec<&EventMention>) = acts
            .into_iter()
            .partition(|event| event.negated && (!event.target.is_empty() || event.kind != EventKind::Harm));
        if !denied.is_empty() {
            let mut proposition = self.proposition(PropositionKind::Strike, true, &denied, pieces, speaker);
            if proposition.actor.is_empty() {
                proposition.actor =
                    acts.iter().map(|e| self.actor(e, speaker)).find(|a| !a.is_empty()).unwrap_or_default();
            }
            if proposition.target.is_empty() {
                proposition.target.extend(self.none_of_what(pieces, denied[0].span));
            }
            if !proposition.target.is_empty() {
                proposition.kind = PropositionKind::Target;
            }
            proposition.event = acts.first().or(denied.first()).map(|event| event.kind);
            // "no inhabitant was abducted" is a count, and says nothing of what else happened
            let none = |count: &&CountRef| count.count.max == Some(0) && is_fate(count.of);
            proposition.count = counts.iter().filter(none).cloned().collect();
            if !proposition.count.is_empty() {
                proposition.kind = PropositionKind::Casualties;
                proposition.polarity = Polarity::Positive;
                proposition.target.clear();
            }
            let why = format!("\"{}\" is negated", self.doc.slice(denied[0].span));
            found.push(Read { proposition, hedge, refuted, unreal: denied.iter().all(|event| event.unreal), why });
        }
        if people || !harms.is_empty() {
            let zero = counts.iter().any(|count| is_harm(count.of) && count.count.max == Some(0));
            let negated = !zero && !people && harms.iter().all(|event| event.negated);
            let all: Vec<&EventMention> = harms.iter().chain(&acts).copied().collect();
            let mut proposition = self.proposition(PropositionKind::Casualties, negated, &all, pieces, speaker);
            if acts.is_empty() && self.died_later(&harms, pieces) {
                proposition.place.clear();
                proposition.time = None;
            } else if acts.is_empty() && (self.told_of_later(&harms, pieces) || self.in_care_later(pieces)) {
                proposition.time = None;
            }
            proposition.count.clone_from(&counts);
            proposition.event = acts.first().or(harms.first()).map(|event| event.kind);
            found.push(Read {
                proposition,
                hedge,
                refuted,
                unreal: all.iter().all(|event| event.unreal) && !all.is_empty() && !people,
                why: "people are said to be harmed, or a count of them is given".into(),
            });
        } else if !acts.is_empty() && (denied.is_empty() || acts.iter().any(|event| !event.actor.is_empty())) {
            let mut proposition = self.proposition(PropositionKind::Strike, false, &acts, pieces, speaker);
            if find_any(&self.doc.text, pieces, &LISTS.responsibility).is_some() {
                proposition.kind = PropositionKind::Responsibility;
            } else if acts.iter().all(|event| event.kind == EventKind::Damage) {
                proposition.kind = PropositionKind::Damage;
                proposition.target = self.damaged(&acts, proposition.target);
            }
            proposition.event = acts.first().map(|event| event.kind);
            proposition.count = counts.clone();
            let why = format!("\"{}\" tells of {}", self.doc.slice(acts[0].span), acts[0].kind);
            found.push(Read { proposition, hedge, refuted, unreal: acts.iter().all(|event| event.unreal), why });
        }
        if let Some(at) = find_any(&self.doc.text, pieces, &LISTS.presence).or_else(|| self.existence(pieces)) {
            let negated = find_any(&self.doc.text, pieces, &LISTS.negation).is_some();
            // "control of the hill would cut the road": what would be, were it so
            let would =
                Span::new(at.end, pieces.last().map_or(at.end, |piece| piece.end).max(at.end)).of(&self.doc.text);
            let would = would.split_whitespace().take(WOULD_REACH).any(|word| word == "would");
            let mut proposition = self.proposition(PropositionKind::Presence, negated, &[], pieces, None);
            proposition.target = self.groups_by(pieces, at);
            if !proposition.target.is_empty() {
                found.push(Read {
                    proposition,
                    hedge,
                    refuted,
                    unreal: would,
                    why: format!("\"{}\" speaks of presence or control", self.doc.slice(at)),
                });
            }
        }
        if found.is_empty() {
            found.push(self.other(pieces, counts, hedge, speaker));
        }
        found
    }

    /// "Two men died at the district hospital on 17 June": where and when they died, not where and when they were hit.
    fn died_later(&self, harms: &[&EventMention], pieces: &[Span]) -> bool {
        self.has_died(harms) && find_any(&self.doc.text, pieces, &LISTS.hospital).is_some()
    }

    /// "A sixth person died on Sunday", "one died of her wounds on 3 May": the day of a death that came after the event.
    fn told_of_later(&self, harms: &[&EventMention], pieces: &[Span]) -> bool {
        self.has_died(harms) && find_any(&self.doc.text, pieces, &LISTS.later_death).is_some()
    }

    /// "By early afternoon 33 wounded had reached the hospital": when they came to be treated.
    fn in_care_later(&self, pieces: &[Span]) -> bool {
        find_any(&self.doc.text, pieces, &LISTS.reached).is_some()
            && find_any(&self.doc.text, pieces, &LISTS.clinics).is_some()
    }

    /// Whether a word of dying, rather than of killing, tells of the harm.
    fn has_died(&self, harms: &[&EventMention]) -> bool {
        harms.iter().any(|event| {
            let word = self.doc.slice(event.span).to_lowercase();
            ["die", "dying", "succumb", "perish"].iter().any(|stem| word.starts_with(stem))
        })
    }

    /// A clause without an event of violence: counts of things, purpose, evidence, damage, or a plain statement.
    fn other(&self, pieces: &[Span], counts: Vec<CountRef>, hedge: Option<bool>, speaker: Option<&PartyRef>) -> Read {
        let lists = [
            (&LISTS.responsibility, PropositionKind::Responsibility),
            (&LISTS.damage, PropositionKind::Damage),
            (&LISTS.purpose, PropositionKind::Purpose),
            (&LISTS.evidence, PropositionKind::Evidence),
        ];
        let named = lists.iter().find_map(|(list, kind)| find_any(&self.doc.text, pieces, list).map(|at| (*kind, at)));
        let (mut kind, mut why) = match named {
            Some((kind, at)) => (kind, format!("\"{}\" speaks of {}", self.doc.slice(at), kind)),
            None => (PropositionKind::Statement, "no event, count or cue of another kind".to_owned()),
        };
        let shown = inside(&self.analysis.evidence, pieces, |e| e.span).next();
        if kind == PropositionKind::Evidence && shown.is_none() {
            kind = PropositionKind::Statement;
        }
        if counts.iter().any(|count| {
            matches!(count.of, Outcome::Strikes | Outcome::Targets | Outcome::Sorties | Outcome::Munitions)
        }) {
            kind = PropositionKind::Strike;
            why = "counts attacks or what they were aimed at".to_owned();
        }
        if counts.iter().any(|count| matches!(count.of, Outcome::Arrested | Outcome::Abducted | Outcome::Displaced)) {
            kind = PropositionKind::Casualties;
            why = "counts people arrested, abducted or displaced".to_owned();
        }
        let mut negated = find_any(&self.doc.text, pieces, &LISTS.negation).is_some();
        let mut about = pieces.to_vec();
        if let (PropositionKind::Purpose, Some((_, cue))) = (kind, named) {
            about.retain(|piece| piece.end > cue.start);
            if let Some(first) = about.first_mut() {
                first.start = first.start.max(cue.start);
            }
            negated = false; // what an aim is not stands beside what it is; only the aim named is compared
        }
        let undetermined = find_any(&self.doc.text, pieces, &LISTS.undetermined).is_some();
        let owners = self.owners(pieces);
        if !owners.is_empty() {
            kind = PropositionKind::Responsibility;
            "a copula says whose the weapon or aircraft is".clone_into(&mut why);
        }
        let mut proposition = self.proposition(kind, negated && !undetermined, &[], pieces, speaker);
        proposition.target = self.groups(&about);
        proposition.count = counts;
        if !owners.is_empty() {
            proposition.target.clear();
            proposition.actor = Actors { alternatives: owners };
        }
        Read { proposition, hedge, refuted: self.refuted(pieces), unreal: undetermined, why }
    }

    /// A proposition with participants of `events` and the places, time and means of the clause.
    fn proposition(
        &self,
        kind: PropositionKind,
        negated: bool,
        events: &[&EventMention],
        pieces: &[Span],
        speaker: Option<&PartyRef>,
    ) -> Proposition {
        // "strikes on groups fighting the army": who fights is not who strikes
        let mixed = events.iter().any(|event| event.kind != EventKind::Clash);
        let mut actor = events
            .iter()
            .filter(|event| !mixed || event.kind != EventKind::Clash)
            .map(|event| self.actor(event, speaker))
            .find(|actor| !actor.is_empty())
            .unwrap_or_default();
        let mut target: Vec<PartyRef> = Vec::new();
        let told = events.iter().filter(|event| !mixed || event.kind != EventKind::Clash);
        for span in told.flat_map(|event| &event.target) {
            for party in self.hit(*span) {
                if !target.iter().any(|known| known.name == party.name) {
                    target.push(party);
                }
            }
        }
        // "the group's targets were hit": whoever is hit in a clause is not also the one who hits
        for joint in &mut actor.alternatives {
            joint.retain(|party| !target.iter().any(|hit| hit.name == party.name));
        }
        // people counted are those it happened to
        for joint in &mut actor.alternatives {
            let people = |name: &str| name == "people" || LISTS.civilians.iter().any(|word| word == name);
            joint.retain(|party| party.party.is_some() || !people(&party.name.to_lowercase()));
        }
        actor.alternatives.retain(|joint| !joint.is_empty());
        let polarity = if negated { Polarity::Negative } else { Polarity::Positive };
        Proposition {
            kind,
            polarity,
            event: None,
            actor,
            target,
            place: self.places(pieces),
            time: self.time(pieces, events),
            count: Vec::new(),
            means: self.means(pieces),
        }
    }

    /// The time of what the clause tells: one written right before the event ("Thursday's strikes"), else the first after
    /// it ("struck … on Wednesday"), else the finest; never the window of a cumulative figure.
    fn time(&self, pieces: &[Span], events: &[&EventMention]) -> Option<TimeRef> {
        let windows: Vec<Span> = inside(&self.analysis.quantities, pieces, |q| q.span)
            .filter_map(|quantity| quantity.cumulative.as_ref().map(|total| total.span))
            .collect();
        let later = self.later_deaths(pieces);
        let times: Vec<TimeRef> = inside(&self.analysis.times, pieces, |t| t.span)
            .filter(|time| !windows.iter().any(|window| window.overlaps(time.span)))
            .filter(|time| !self.is_bound(time.span) && later.is_none_or(|from| time.span.start < from))
            .filter(|time| !self.is_label(time) && !self.is_of_speech(time.span, pieces, events))
            .filter_map(|time| time.date.clone().map(|date| TimeRef { date, span: Some(time.span) }))
            .collect();
        let at = events.iter().map(|event| event.span.start).min();
        let (Some(at), true) = (at, times.len() > 1) else {
            return times.into_iter().min_by_key(|time| (time.date.precision, time.span));
        };
        let start = |time: &TimeRef| time.span.map_or(0, |span| span.start);
        let touches = |time: &TimeRef| time.span.is_some_and(|span| span.end <= at && at <= span.end + 4);
        let right_before = times.iter().find(|time| touches(time));
        let after = times.iter().filter(|time| start(time) > at).min_by_key(|time| start(time));
        let chosen = right_before
            .or(after)
            .cloned()
            .or_else(|| times.iter().min_by_key(|t| (t.date.precision, t.span)).cloned())?;
        // "on Saturday, when the boat was hit at 11.40": the hour of that day, if the clause gives but one
        let hour = |time: &&TimeRef| {
            let (day, hour) = (&chosen.date, &time.date);
            matches!(hour.precision, Precision::Minute | Precision::Hour)
                && day.precision == Precision::Day
                && (hour.first_day(), hour.last_day()) == (day.first_day(), day.last_day())
        };
        let mut hours = times.iter().filter(hour);
        match (hours.next(), hours.next()) {
            (Some(hour), None) => Some(hour.clone()),
            _ => Some(chosen),
        }
    }

    /// "35 people had been killed, after four of the wounded had died over the weekend": where the later deaths are told, behind
    /// which a time says when the toll rose.
    fn later_deaths(&self, pieces: &[Span]) -> Option<u32> {
        let harms = inside(&self.analysis.events, pieces, |e| e.span).filter(|event| event.kind == EventKind::Harm);
        let harms: Vec<Span> = harms.map(|event| event.span).collect();
        let (first, last) = (harms.first()?.end, harms.last()?.start);
        let after = Span::new(first.min(last), last).of(&self.doc.text).find(" after ")?;
        harms.iter().find(|harm| harm.start as usize > first as usize + after).map(|harm| harm.end)
    }

    /// "brought in by noon", "smells of petrol since midnight": until or from when something held, not when it happened.
    fn is_bound(&self, time: Span) -> bool {
        let before = before(&self.doc.text, time.start, 20).to_lowercase();
        let words: Vec<&str> = before.split_whitespace().map(|w| w.trim_start_matches(['(', '"', '“'])).collect();
        let to_this_day = words.last() == Some(&"to") && self.doc.slice(time).to_lowercase().ends_with("this day");
        to_this_day || LISTS.bounds.iter().any(|phrase| ends(&words, phrase))
    }

    /// "09:20 Nineteen dead so far": the hour that labels an entry of a page written while things happened. It opens its
    /// paragraph bare, another paragraph opens so too, and it is of the day of publication or the day before; the hours of a
    /// chronology written later are those of the events.
    fn is_label(&self, time: &TimeExpression) -> bool {
        let exact = |date: &DateValue| matches!(date.precision, Precision::Minute | Precision::Hour);
        let Some(date) = time.date.as_ref().filter(|date| exact(date)) else { return false };
        let recent = self.doc.published.as_ref().is_some_and(|published| {
            date.first_day().until(published.first_day()).is_ok_and(|gap| gap.get_days() <= LABELLED_DAYS)
        });
        let opens = |time: &TimeExpression| {
            let digits = self.doc.slice(time.span).chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
            digits && self.doc.block_at(time.span.start).is_some_and(|block| block.span.start == time.span.start)
        };
        recent && opens(time) && self.analysis.times.iter().filter(|other| opens(other)).take(2).count() > 1
    }

    /// "On Friday the brigadier stuck to fourteen dead": the day that opens a sentence in which nothing happens but that somebody
    /// speaks is the day of the speaking.
    fn is_of_speech(&self, time: Span, pieces: &[Span], events: &[&EventMention]) -> bool {
        let happens = !events.is_empty()
            || inside(&self.analysis.events, pieces, |e| e.span).any(|event| event.kind.is_violence());
        if happens {
            return false;
        }
        let sentences = &self.analysis.sentences;
        let at = sentences.partition_point(|sentence| sentence.span.end <= time.start);
        let Some(sentence) = sentences.get(at).map(|sentence| sentence.span) else { return false };
        let opens = Span::new(sentence.start.min(time.start), time.start).of(&self.doc.text).split_whitespace().count();
        let next = self.speakers.partition_point(|source| source.start < time.end);
        opens <= 2 && self.speakers.get(next).is_some_and(|source| sentence.contains(*source))
    }

    /// Weapons and aircraft named, lower-cased unless a type designation.
    fn means(&self, pieces: &[Span]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for mention in inside(&self.analysis.mentions, pieces, |m| m.span).filter(|m| m.kind == MentionKind::Weapon) {
            if !found.contains(&mention.name) {
                found.push(mention.name.clone());
            }
        }
        found
    }

    /// Counts of the clause whose outcome is known.
    fn counts(&self, pieces: &[Span]) -> Vec<CountRef> {
        let all: Vec<CountRef> = inside(&self.analysis.quantities, pieces, |q| q.span).filter_map(count_ref).collect();
        let same = |a: &CountRef, b: &CountRef| (a.of, a.category) == (b.of, b.category);
        // "wounded infants and children": the sum stands for its parts, and a count is not read twice
        let mut found: Vec<CountRef> = Vec::new();
        for (i, count) in all.iter().enumerate() {
            let within = |(j, other): (usize, &CountRef)| {
                j != i && same(count, other) && other.span.contains(count.span) && (other.span != count.span || j < i)
            };
            // parts stand beside their sum
            if !all.iter().enumerate().skip(i.saturating_sub(8)).take(17).any(within) {
                found.push(count.clone());
            }
        }
        found
    }
}

/// The pieces before and from `at`, without the joining words at the cut.
fn parted(text: &str, pieces: &[Span], at: u32) -> (Vec<Span>, Vec<Span>) {
    let bare = |span: Span| super::clause::bare(text, span);
    let joint = |span: Span| {
        let words = span.of(text).trim_end();
        let words = words.strip_suffix("and").unwrap_or(words);
        Span::from_usize(span.start as usize, span.start as usize + words.len())
    };
    let left = pieces.iter().filter(|p| p.start < at).map(|p| bare(joint(Span::new(p.start, p.end.min(at)))));
    let right = pieces.iter().filter(|p| p.end > at).map(|p| bare(Span::new(p.start.max(at), p.end)));
    (left.filter(|span| !span.is_empty()).collect(), right.filter(|span| !span.is_empty()).collect())
}

/// The text up to `reach` bytes before `at`, from a whole character on.
pub(super) fn before(text: &str, at: u32, reach: u32) -> &str {
    (at.saturating_sub(reach)..=at).find_map(|from| text.get(from as usize..at as usize)).unwrap_or("")
}

/// First match of any phrase in any piece.
pub(super) fn find_any(text: &str, pieces: &[Span], phrases: &[String]) -> Option<Span> {
    pieces.iter().find_map(|piece| find(text, *piece, phrases))
}

/// Whether the outcome is harm to people.
pub(super) fn is_harm(of: Outcome) -> bool {
    matches!(of, Outcome::Killed | Outcome::Injured | Outcome::Casualties | Outcome::Victims | Outcome::Missing)
}

/// Whether the outcome befalls people who live.
fn is_fate(of: Outcome) -> bool {
    matches!(of, Outcome::Abducted | Outcome::Arrested | Outcome::Displaced)
}

/// The quantity as a count of a claim, if its outcome is known.
fn count_ref(quantity: &Quantity) -> Option<CountRef> {
    let of = quantity.of?;
    let people = !matches!(
        of,
        Outcome::Targets
            | Outcome::Strikes
            | Outcome::Sorties
            | Outcome::Aircraft
            | Outcome::Munitions
            | Outcome::Destroyed
    );
    let category = quantity.category.unwrap_or(if people { Category::People } else { Category::Objects });
    Some(CountRef {
        of,
        category,
        count: quantity.count,
        span: quantity.span,
        cumulative: quantity.cumulative.as_ref().map(|total| total.span),
        whole: quantity.whole,
        part: quantity.part_of.is_some(),
    })
}
