//! What does a clause claim? Typed propositions from the layers that fall inside it.

use super::cue::{LISTS, find};
use rashomon_model::Document;
use rashomon_model::analysis::{Analysis, EventKind, EventMention, Mention, MentionKind};
use rashomon_model::claim::{CountRef, Polarity, Proposition, PropositionKind, TimeRef};
use rashomon_model::party::{Actors, PartyRef, PartyTable};
use rashomon_model::quantity::{Category, Outcome, Quantity};
use rashomon_model::span::Span;

/// What the reading of a clause needs.
pub(super) struct Reader<'a> {
    pub(super) doc: &'a Document,
    pub(super) analysis: &'a Analysis,
    pub(super) parties: &'a PartyTable,
}

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
            let why = format!("\"{}\" is negated", self.doc.slice(denied[0].span));
            found.push(Read { proposition, hedge, refuted, unreal: denied.iter().all(|event| event.unreal), why });
        }
        if people || !harms.is_empty() {
            let zero = counts.iter().any(|count| is_harm(count.of) && count.count.max == Some(0));
            let negated = !zero && !people && harms.iter().all(|event| event.negated);
            let all: Vec<&EventMention> = harms.iter().chain(&acts).copied().collect();
            let mut proposition = self.proposition(PropositionKind::Casualties, negated, &all, pieces, speaker);
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
            }
            proposition.event = acts.first().map(|event| event.kind);
            proposition.count = counts.clone();
            let why = format!("\"{}\" tells of {}", self.doc.slice(acts[0].span), acts[0].kind);
            found.push(Read { proposition, hedge, refuted, unreal: acts.iter().all(|event| event.unreal), why });
        }
        if let Some(at) = find_any(&self.doc.text, pieces, &LISTS.presence) {
            let negated = find_any(&self.doc.text, pieces, &LISTS.negation).is_some();
            let mut proposition = self.proposition(PropositionKind::Presence, negated, &[], pieces, None);
            proposition.target = self.groups_by(pieces, at);
            if !proposition.target.is_empty() {
                found.push(Read {
                    proposition,
                    hedge,
                    refuted,
                    unreal: false,
                    why: format!("\"{}\" speaks of presence or control", self.doc.slice(at)),
                });
            }
        }
        if found.is_empty() {
            found.push(self.other(pieces, counts, hedge, speaker));
        }
        found
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

    /// "The planes were Orvian or Vardan": whose a weapon or aircraft is said to be, each alternative by itself.
    fn owners(&self, pieces: &[Span]) -> Vec<Vec<PartyRef>> {
        let text = &self.doc.text;
        let Some(means) = inside(&self.analysis.mentions, pieces, |m| m.span).find(|m| m.kind == MentionKind::Weapon)
        else {
            return Vec::new();
        };
        let behind: Vec<Span> = pieces
            .iter()
            .filter(|piece| piece.end > means.span.end)
            .map(|piece| Span::new(piece.start.max(means.span.end), piece.end))
            .collect();
        let Some(copula) = find_any(text, &behind, &LISTS.copula) else { return Vec::new() };
        let mut owners: Vec<Vec<PartyRef>> = Vec::new();
        let mut from = copula.end;
        for mention in inside(&self.analysis.mentions, &behind, |m| m.span).filter(|m| m.span.start >= copula.end) {
            let joined = Span::new(from, mention.span.start).of(text).split_whitespace().all(|word| {
                matches!(
                    word.trim_matches(',').to_lowercase().as_str(),
                    "" | "or" | "either" | "the" | "in" | "fact" | "of"
                )
            });
            if !joined || mention.party.is_none() {
                break;
            }
            let owner = party_ref(mention);
            if !owners.iter().flatten().any(|known| known.party == owner.party) {
                owners.push(vec![owner]);
            }
            from = mention.span.end;
        }
        owners
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

    /// Who did it: the parties the event names, or the speaker itself where it says "it struck", "our aircraft hit".
    fn actor(&self, event: &EventMention, speaker: Option<&PartyRef>) -> Actors {
        let own = |word: &str| LISTS.own.iter().any(|own| own == word);
        let words = |span: &Span| self.doc.slice(*span).to_lowercase().replace('’', "'");
        let split = |text: &str| -> Vec<String> {
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
        };
        let opens = |span: &&Span| {
            let text = words(span);
            // the actor's phrase may begin behind its determiner: "[its] aircraft"
            let before = self.doc.slice(Span::new(span.start.saturating_sub(40), span.start)).to_lowercase();
            text.starts_with("the country")
                || text.starts_with("country'") && before.trim_end().to_lowercase().ends_with("the")
                || split(&text).first().is_some_and(|first| own(first))
                || split(&before).last().is_some_and(|last| {
                    own(last) || last == "country" || last == "s" && before.trim_end().ends_with("country's")
                })
        };
        let holds = |span: &&Span| split(&words(span)).iter().any(|word| own(word));
        let named = crate::event::actors(self.doc, event, &self.analysis.mentions, self.parties);
        let by_self = event.actor.iter().find(opens).or_else(|| {
            // "on Sunday its mortars hit": the speaker's own, unless somebody else is named
            event.actor.iter().find(holds).filter(|_| named.is_empty())
        });
        self.whole(match (by_self, speaker) {
            (Some(span), Some(party)) => Actors::one(PartyRef { span: *span, ..party.clone() }),
            _ => named,
        })
    }

    /// The actors with forces and bodies of a state named as that state: "its air force" and "its defence ministry" acting
    /// are the state acting, and the reader should not see three actors where there is one.
    fn whole(&self, mut actors: Actors) -> Actors {
        for party in actors.alternatives.iter_mut().flatten() {
            if party.party.is_none() {
                party.party = self.named_before(party);
            }
            let whole = party.party.as_ref().map(crate::party::whole).and_then(|id| self.parties.get(&id));
            if let Some(state) = whole {
                party.name.clone_from(&state.name);
                party.party = Some(state.id.clone());
            }
        }
        actors
    }

    /// "The army" after "the Varlandic army": the one last named with the same head, if it was ever named.
    fn named_before(&self, party: &PartyRef) -> Option<rashomon_model::id::PartyId> {
        let head = party.name.to_lowercase();
        if !LISTS.bodies.contains(&head) {
            return None;
        }
        let to = self.analysis.mentions.partition_point(|m| m.span.start < party.span.start);
        let same = |m: &&Mention| m.party.is_some() && self.doc.slice(m.span).to_lowercase().ends_with(&head);
        self.analysis.mentions.get(..to)?.iter().rev().take(200).find(same)?.party.clone()
    }

    /// Whom or what a target phrase names: its parties and groups, else the phrase itself unless it is a place.
    fn hit(&self, span: Span) -> Vec<PartyRef> {
        let pieces = [span];
        let named: Vec<PartyRef> = inside(&self.analysis.mentions, &pieces, |m| m.span)
            .filter(|mention| self.is_own_group(mention))
            .map(party_ref)
            .collect();
        let place = inside(&self.analysis.toponyms, &pieces, |t| t.span).next().is_some();
        if !named.is_empty() || place {
            return named;
        }
        let counted = self.analysis.quantities.iter().find(|quantity| quantity.span.overlaps(span));
        let eventful = self.analysis.events.iter().any(|event| event.span.overlaps(span));
        if counted.is_some() || find(&self.doc.text, span, &LISTS.civilians).is_some() {
            let category = counted.and_then(|quantity| quantity.category);
            let civilian = !matches!(category, Some(Category::Combatants | Category::Objects | Category::People))
                && (category.is_some() || find(&self.doc.text, span, &LISTS.civilians).is_some());
            let people = PartyRef { name: "civilians".to_owned(), party: None, span };
            return if civilian { vec![people] } else { Vec::new() };
        }
        let words = self.doc.slice(span).trim();
        let bare = ["the ", "a ", "an ", "its ", "their ", "his "]
            .iter()
            .find_map(|article| words.get(..article.len()).filter(|head| head.eq_ignore_ascii_case(article)))
            .map_or(words, |article| words.get(article.len()..).unwrap_or(words))
            .trim();
        let n = bare.split_whitespace().count();
        let pronoun = n == 1 && bare.len() <= 5;
        if n <= 5 && !pronoun && !eventful && bare.chars().any(char::is_alphabetic) {
            vec![PartyRef { name: bare.to_owned(), party: None, span }]
        } else {
            Vec::new()
        }
    }

    /// Whether the mention is a group and no mere description around a party's name ("the X terrorist group" is X).
    fn is_own_group(&self, mention: &Mention) -> bool {
        let around = |inner: &Mention| {
            inner.party.is_some() && inner.span != mention.span && inner.kind != MentionKind::Nationality
        };
        is_group(mention)
            && (mention.party.is_some() || !inside(&self.analysis.mentions, &[mention.span], |m| m.span).any(around))
    }

    /// "No houses were hit" denies that houses were hit, not that anything was: what stands between "no" and the event.
    fn none_of_what(&self, pieces: &[Span], event: Span) -> Option<PartyRef> {
        let text = &self.doc.text;
        let no = pieces.iter().find_map(|piece| find(text, *piece, &LISTS.none))?;
        let between = Span::new(no.end.min(event.start), event.start).trimmed(text);
        let words: Vec<&str> = between.of(text).split_whitespace().collect();
        let kept = words.iter().take_while(|word| !LISTS.auxiliary.iter().any(|aux| aux == *word)).count();
        let name = words.get(..kept)?.join(" ");
        (1..=4).contains(&kept).then_some(PartyRef { name, party: None, span: between })
    }

    /// Parties and groups named anywhere in the clause.
    fn groups(&self, pieces: &[Span]) -> Vec<PartyRef> {
        let mut found: Vec<PartyRef> = Vec::new();
        for mention in inside(&self.analysis.mentions, pieces, |m| m.span).filter(|mention| self.is_own_group(mention))
        {
            // "the armed groups" and the "groups" in it are one
            if !found.iter().any(|known| known.name == mention.name || known.span.contains(mention.span)) {
                found.push(party_ref(mention));
            }
        }
        found
    }

    /// The group (no building) named nearest to `at`, and those joined to it by "or", "and" or a comma.
    fn groups_by(&self, pieces: &[Span], at: Span) -> Vec<PartyRef> {
        let all: Vec<&Mention> = inside(&self.analysis.mentions, pieces, |m| m.span)
            .filter(|m| self.is_own_group(m) && m.kind != MentionKind::Facility)
            .collect();
        let gap = |m: &Mention| {
            if m.span.start >= at.end { m.span.start - at.end } else { at.start.saturating_sub(m.span.end) }
        };
        let Some(nearest) = (0..all.len()).min_by_key(|i| (gap(all[*i]), *i)) else { return Vec::new() };
        let joined = |a: &Mention, b: &Mention| {
            let between = Span::new(a.span.end.min(b.span.start), b.span.start).of(&self.doc.text);
            between.split_whitespace().all(|word| matches!(word.trim_matches(','), "" | "or" | "and" | "nor" | "the"))
        };
        let mut first = nearest;
        while first > 0 && joined(all[first - 1], all[first]) {
            first -= 1;
        }
        let mut last = nearest;
        while last + 1 < all.len() && joined(all[last], all[last + 1]) {
            last += 1;
        }
        let mut found: Vec<PartyRef> = Vec::new();
        for mention in &all[first..=last] {
            if !found.iter().any(|known| known.name == mention.name) {
                found.push(party_ref(mention));
            }
        }
        found
    }

    /// The time of what the clause tells: one written right before the event ("Thursday's strikes"), else the first after
    /// it ("struck … on Wednesday"), else the finest; never the window of a cumulative figure.
    fn time(&self, pieces: &[Span], events: &[&EventMention]) -> Option<TimeRef> {
        let windows: Vec<Span> = inside(&self.analysis.quantities, pieces, |q| q.span)
            .filter_map(|quantity| quantity.cumulative.as_ref().map(|total| total.span))
            .collect();
        let times: Vec<TimeRef> = inside(&self.analysis.times, pieces, |t| t.span)
            .filter(|time| !windows.iter().any(|window| window.overlaps(time.span)))
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
        right_before.or(after).cloned().or_else(|| times.into_iter().min_by_key(|t| (t.date.precision, t.span)))
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

    /// Whether the clause names a claim of others only to call it untrue.
    fn refuted(&self, pieces: &[Span]) -> bool {
        let text = &self.doc.text;
        let reported = find_any(text, pieces, &LISTS.reported);
        let refuting = find_any(text, pieces, &LISTS.refuting);
        matches!((reported, refuting), (Some(what), Some(verdict)) if what.start < verdict.start)
    }

    /// Possible or probable, by the words of the clause.
    fn hedge(&self, pieces: &[Span]) -> Option<bool> {
        let text = &self.doc.text;
        // "up to 40" bounds a number; it hedges nothing else
        let numbers: Vec<Span> = inside(&self.analysis.quantities, pieces, |q| q.span).map(|q| q.number).collect();
        let first = inside(&self.analysis.quantities, pieces, |q| q.span)
            .filter(|q| q.of.is_some())
            .map(|q| q.span)
            .chain(inside(&self.analysis.events, pieces, |e| e.span).filter(|e| e.kind.is_violence()).map(|e| e.span))
            .min();
        // "40 were wounded, some so badly that the toll may rise": what may be is not what is claimed first
        let elsewhere = |at: &Span| {
            first.filter(|told| told.end <= at.start).is_some_and(|told| {
                let between = Span::new(told.end, at.start).of(text).to_lowercase();
                between.split(|c: char| !c.is_alphanumeric()).any(|word| LISTS.turns.iter().any(|turn| turn == word))
            })
        };
        let outside = |at: &Span| !numbers.iter().any(|number| number.overlaps(*at)) && !elsewhere(at);
        let weighs = |at: &Span| outside(at) && !is_attributive(text, *at);
        if find_any(text, pieces, &LISTS.possible).filter(weighs).is_some() {
            return Some(true);
        }
        find_any(text, pieces, &LISTS.probable).filter(outside).map(|_| false)
    }
}

/// "a map of possible attacks": the adjective belongs to its noun, not to the clause.
fn is_attributive(text: &str, at: Span) -> bool {
    if at.of(text).to_lowercase() != "possible" {
        return false;
    }
    let before = text.get(..at.start as usize).unwrap_or("").trim_end();
    let last = before.rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let rest = text.get(at.end as usize..).unwrap_or("");
    let next = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let predicate = LISTS.copula.contains(&last) || matches!(last.as_str(), "still" | "also" | "as" | "not");
    !predicate && rest.starts_with(' ') && !matches!(next.as_str(), "" | "that" | "to" | "and" | "but" | "for" | "if")
}

/// First match of any phrase in any piece.
pub(super) fn find_any(text: &str, pieces: &[Span], phrases: &[String]) -> Option<Span> {
    pieces.iter().find_map(|piece| find(text, *piece, phrases))
}

/// Whether the outcome is harm to people.
pub(super) fn is_harm(of: Outcome) -> bool {
    matches!(of, Outcome::Killed | Outcome::Injured | Outcome::Casualties | Outcome::Victims | Outcome::Missing)
}

/// Whether the mention can be hit, present or blamed: a group, party or kind of people, not an outlet or a single person.
fn is_group(mention: &Mention) -> bool {
    match mention.kind {
        MentionKind::ArmedGroup | MentionKind::Government | MentionKind::Organisation | MentionKind::Facility => true,
        MentionKind::Other => mention.party.is_some(),
        _ => false,
    }
}

/// The mention as a party of a claim.
fn party_ref(mention: &Mention) -> PartyRef {
    PartyRef { name: mention.name.clone(), party: mention.party.clone(), span: mention.span }
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
