//! How is it said in plain words? Questions, statuses, relations, dates and chains as a reader meets them.

use rashomon_model::alignment::{Cause, Gap, Position, Question, RelationKind, Status};
use rashomon_model::assessment::{Profile, Range, Total};
use rashomon_model::attribution::{Delivery, Factuality, Flag};
use rashomon_model::claim::{Claim, Link};
use rashomon_model::date::{Basis, Date, DateTime, DateValue, Precision};
use rashomon_model::dependence::DependenceKind;
use rashomon_model::evidence::{EvidenceKind, Verification};
use rashomon_model::place::Place;
use rashomon_model::quantity::{Category, Outcome};
use rashomon_model::source::SourceKind;

/// "1 account", "3 accounts".
pub(crate) fn n(count: usize, noun: &str) -> String {
    match (count, noun) {
        (1, _) => format!("1 {noun}"),
        _ => match noun.strip_suffix('y') {
            Some(stem) => format!("{count} {stem}ies"),
            None => format!("{count} {noun}s"),
        },
    }
}

/// A list in words: "a, b and c".
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Who is counted, as a noun.
pub(crate) fn category(category: Category) -> &'static str {
    match category {
        Category::Medics => "medics and rescuers",
        Category::Combatants => "fighters",
        Category::Objects => "objects",
        other => other.name(),
    }
}

/// What befell them, as a participle or noun.
pub(crate) fn outcome(of: Outcome) -> &'static str {
    match of {
        Outcome::Casualties => "killed or hurt",
        Outcome::Victims => "named as victims",
        other => other.name(),
    }
}

/// The question as a person would ask it.
pub(crate) fn question(question: Question) -> String {
    match question {
        Question::Occurred => "Did it happen?".into(),
        Question::WhoDid => "Who did it?".into(),
        Question::Target => "Who or what was hit?".into(),
        Question::Where => "Where?".into(),
        Question::When => "When?".into(),
        Question::Means => "With what?".into(),
        Question::Presence => "Who was there?".into(),
        Question::Evidence => "On what evidence?".into(),
        Question::Purpose => "What for?".into(),
        Question::Damage => "What was damaged?".into(),
        Question::Count(Outcome::Destroyed, _) => "How much was destroyed?".into(),
        Question::Count(of, Category::Objects) => format!("How many {}?", outcome(of)),
        Question::Count(of, who) => format!("How many {} {}?", category(who), outcome(of)),
    }
}

/// What a figure counts: "civilians killed", "targets".
pub(crate) fn counted(of: Outcome, who: Category) -> String {
    match who {
        Category::Objects => outcome(of).into(),
        who => format!("{} {}", category(who), outcome(of)),
    }
}

/// What a range counts, in the number of its figure: "1 civilian killed", "29–31 civilians killed".
pub(crate) fn counted_by(bounds: &Range) -> String {
    counted_as(range(bounds) == "1", bounds.of, bounds.category)
}

fn counted_as(one: bool, of: Outcome, who: Category) -> String {
    match who {
        _ if !one => counted(of, who),
        Category::Objects => outcome(of).strip_suffix('s').unwrap_or(outcome(of)).into(),
        who => format!("{} {}", single(who), outcome(of).replace("victims", "victim")),
    }
}

/// One of those counted, as a noun.
fn single(category: Category) -> &'static str {
    match category {
        Category::People => "person",
        Category::Civilians => "civilian",
        Category::Children => "child",
        Category::Women => "woman",
        Category::Men => "man",
        Category::Medics => "medic or rescuer",
        Category::Journalists => "journalist",
        Category::Combatants => "fighter",
        Category::Objects => "object",
    }
}

/// Sign, word and gloss of a status. The sign and word carry the meaning; colour only repeats it.
pub(crate) fn status(status: Status) -> (&'static str, &'static str, &'static str) {
    match status {
        Status::Agreed => ("=", "agreed", "at least two independent origins give the same answer"),
        Status::Compatible => ("≈", "compatible", "several origins, none contradicting another"),
        Status::Contested => (
            "≠",
            "contested",
            "at least one contradiction or denial, or two answers of one origin that exclude each other",
        ),
        Status::SingleOrigin => ("1", "one origin", "one origin, however many accounts carry it"),
        Status::Unanswered => ("–", "unanswered", "no account answers"),
    }
}

/// Sign and verb of a relation, read from A to B.
pub(crate) fn relation(kind: RelationKind) -> (&'static str, &'static str) {
    match kind {
        RelationKind::Contradicts => ("≠", "contradicts"),
        RelationKind::Refines => ("⊂", "is more exact than"),
        RelationKind::RefinedBy => ("⊃", "is less exact than"),
        RelationKind::Equal => ("=", "says the same as"),
        RelationKind::Overlaps => ("∩", "overlaps with"),
        RelationKind::PartOf => ("⊂", "is part of"),
        RelationKind::Contains => ("⊃", "contains"),
        RelationKind::Growth => ("↗", "may be a later state of"),
        RelationKind::Supersedes => ("»", "replaces"),
        RelationKind::SupersededBy => ("«", "is replaced by"),
        RelationKind::Repeats => ("↻", "repeats"),
        RelationKind::Denies => ("¬", "stands in denial against"),
        RelationKind::Ambiguous => ("?", "conflicts in one reading with"),
        RelationKind::Complements => ("+", "stands beside"),
        RelationKind::Uncommitted => ("~", "commits to nothing against"),
        RelationKind::NotComparable => ("∥", "cannot be compared with"),
    }
}

/// Class of colour for a relation: conflict, agreement, order in time, or none.
pub(crate) fn relation_tone(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Contradicts | RelationKind::Denies => "contested",
        RelationKind::Equal | RelationKind::Repeats => "agreed",
        RelationKind::Refines
        | RelationKind::RefinedBy
        | RelationKind::PartOf
        | RelationKind::Contains
        | RelationKind::Overlaps
        | RelationKind::Complements => "compatible",
        RelationKind::Growth | RelationKind::Supersedes | RelationKind::SupersededBy | RelationKind::Ambiguous => {
            "single"
        }
        RelationKind::Uncommitted | RelationKind::NotComparable => "unanswered",
    }
}

/// How far two contradicting figures are apart.
pub(crate) fn gap(gap: Gap) -> &'static str {
    match gap {
        Gap::Minor => "a small gap",
        Gap::Plain => "a plain gap",
        Gap::Major => "a large gap, double or more",
    }
}

/// A flag in words.
pub(crate) fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::Distancing => "the account keeps its distance",
        Flag::OriginUnknown => "no origin named",
        Flag::Denial => "a denial",
        Flag::UnverifiedByAuthor => "the account could not verify it",
        Flag::Headline => "from the headline",
        Flag::Caption => "from a caption",
        Flag::Hedged => "said with a hedge",
        Flag::BasisAsserted => "said to have been established",
        Flag::Cumulative => "a total over a wider span",
        Flag::InheritedChain => "speaker taken from the body of the text",
        Flag::Anonymous => "the speaker asked not to be named",
        Flag::UnresolvedSource => "speaker not resolved",
        Flag::Accused => "said by the party accused",
        Flag::NotAsserted => "not asserted as fact",
        Flag::Correction => "a correction",
    }
}

/// How committed the origin is, in words; `None` for a plain assertion.
pub(crate) fn commitment(factuality: Factuality) -> Option<&'static str> {
    match factuality {
        Factuality::CertainPositive => None,
        Factuality::CertainNegative => Some("denied"),
        Factuality::ProbablePositive => Some("called probable"),
        Factuality::ProbableNegative => Some("called improbable"),
        Factuality::PossiblePositive => Some("called possible"),
        Factuality::PossibleNegative => Some("called possibly untrue"),
        Factuality::Uncommitted => Some("not committed to"),
    }
}

/// How the words are delivered.
pub(crate) fn delivery(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Direct => "in quotation marks",
        Delivery::Indirect => "in reported speech",
        Delivery::Mixed => "partly in quotation marks",
        Delivery::None => "in the account's own voice",
    }
}

/// Kind of speaker.
pub(crate) fn speaker(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::ArmedGroup => "armed group",
        SourceKind::Ngo => "aid or rights organisation",
        SourceKind::Eyewitness => "witness or local voice",
        SourceKind::Unnamed => "not named",
        other => other.name(),
    }
}

/// Kind of evidence.
pub(crate) fn evidence(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Audio => "sound recording",
        EvidenceKind::Imagery => "satellite or aerial imagery",
        other => other.name(),
    }
}

/// What is said of verification, with its sign and tone.
pub(crate) fn verification(said: Verification) -> (&'static str, &'static str, &'static str) {
    match said {
        Verification::Unverified => ("–", "no account says it was verified", "unanswered"),
        Verification::Verified => ("✓", "an account says it was verified", "agreed"),
        Verification::Disputed => ("≠", "disputed", "contested"),
    }
}

/// Kind of dependence, from the dependent account's side: sign and verb, for a document or a source at the other end.
pub(crate) fn dependence(kind: DependenceKind, on_source: bool) -> (&'static str, &'static str) {
    match kind {
        DependenceKind::Copies => ("⧉", "repeats words of"),
        DependenceKind::PossibleCopy => ("?", "may repeat"),
        DependenceKind::SharedSource if on_source => ("Y", "rests, with others, on"),
        DependenceKind::SharedSource => ("Y", "rests on the same origin as"),
        DependenceKind::Credits => ("→", "credits"),
    }
}

/// How a date is known.
pub(crate) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "stated in the text",
        Basis::Metadata => "from the page's or table's data",
        Basis::Derived => "worked out from a relative date",
        Basis::Inferred => "inferred from other accounts",
    }
}

/// The profile in force.
pub(crate) fn profile(profile: Profile) -> &'static str {
    match profile {
        Profile::Airwars => "Airwars-like: lowest and highest credible report",
        Profile::Ucdp => "UCDP-like: low, best, high",
        Profile::Acled => "ACLED-like: the lowest figure",
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(date: Date) -> &'static str {
    usize::try_from(date.month() - 1).ok().and_then(|i| MONTHS.get(i)).copied().unwrap_or("")
}

/// "14 March 2031".
pub(crate) fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

fn clock(at: DateTime) -> String {
    format!("{}:{:02}", at.hour(), at.minute())
}

/// " (UTC+3)" behind a clock time of a known zone.
fn zone(value: &DateValue) -> String {
    let Some(offset) = value.offset else { return String::new() };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    let sign = if offset < 0 { '−' } else { '+' };
    match (hours, minutes) {
        (0, 0) => " (UTC)".to_owned(),
        (_, 0) => format!(" (UTC{sign}{hours})"),
        _ => format!(" (UTC{sign}{hours}:{minutes:02})"),
    }
}

/// "14 March 2031, 9:40", "14 March 2031, 9:40 (UTC+3)", "14–16 March 2031", "March 2031".
pub(crate) fn date(value: &DateValue) -> String {
    let (first, last) = (value.first_day(), value.last_day());
    match value.precision {
        Precision::Minute => format!("{}, {}{}", day(first), clock(value.start), zone(value)),
        Precision::Hour | Precision::PartOfDay => {
            format!("{}, {}–{}{}", day(first), clock(value.start), clock(value.end), zone(value))
        }
        Precision::Month if first.month() == last.month() && first.year() == last.year() => {
            format!("{} {}", month(first), first.year())
        }
        Precision::Year if first.year() == last.year() => first.year().to_string(),
        _ if first == last => day(first),
        _ if first.month() == last.month() && first.year() == last.year() => {
            format!("{}–{}", first.day(), day(last))
        }
        _ => format!("{} to {}", day(first), day(last)),
    }
}

/// The speakers from the origin outwards: "a doctor, via Meridian Press"; the account's own voice where nobody is named.
pub(crate) fn chain(claim: &Claim, own_voice: &str) -> String {
    let mut links = claim.chain.iter().rev().map(link_name);
    match links.next() {
        None => own_voice.to_owned(),
        Some(origin) => links.fold(origin, |words, link| format!("{words}, via {link}")),
    }
}

/// Name of a link, or what can be said of one that is not named.
pub(crate) fn link_name(link: &Link) -> String {
    if link.name.trim().is_empty() { "someone not named".into() } else { link.name.trim().to_owned() }
}

/// "31–34 or more", "3", "unknown".
pub(crate) fn range(bounds: &Range) -> String {
    let figure = match (bounds.min, bounds.max) {
        (Some(min), Some(max)) if min == max => max.to_string(),
        (Some(min), Some(max)) => format!("{min}–{max}"),
        (Some(min), None) => return format!("{min} or more"),
        (None, Some(max)) => format!("up to {max}"),
        (None, None) => return "no number given".into(),
    };
    if bounds.open { format!("{figure} or more") } else { figure }
}

/// Grade and status values in words.
pub(crate) fn verdict(value: &str) -> String {
    if value == "none" {
        return "No grade".into();
    }
    let mut words = value.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// Why two claims differ, where it is more than that they do.
pub(crate) fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Scope => "they count different sets",
        Cause::Time => "they speak at, or of, different times",
        Cause::Category => "they class the same people differently",
        Cause::Definition => "they use a word that may mean different parties",
        Cause::PlaceGrain => "they name places of different grain",
        Cause::Conflict => "no difference of scope, time, place or wording explains it",
    }
}

/// First letter large, full stop at the end.
pub(crate) fn sentence(words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    let mut letters = words.chars();
    match letters.next() {
        None => String::new(),
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
    }
}

/// Delivery, commitment, marks and confidence of the reading in one line.
pub(crate) fn how(claim: &Claim) -> String {
    let mut parts = vec![delivery(claim.delivery).to_owned()];
    parts.extend(commitment(claim.factuality).map(str::to_owned));
    for link in &claim.chain {
        if let Some(medium) = &link.medium {
            parts.push(match &link.at {
                Some(at) => format!("{medium}, {}", date(at)),
                None => medium.clone(),
            });
        }
        if !link.resolved_because.is_empty() {
            parts.push(link.resolved_because.clone());
        }
    }
    parts.extend(claim.flags.iter().map(|&mark| flag(mark).to_owned()));
    if claim.confidence < 0.5 {
        parts.push("an unsure reading".into());
    }
    let mut words = parts.join(" · ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// What a range says beside its ends, a sentence each.
pub(crate) fn range_lines(bounds: &Range) -> Vec<String> {
    let mut lines: Vec<String> = bounds
        .supported
        .iter()
        .map(|step| format!("At least {} by {} independent origins", step.at_least, step.origins))
        .collect();
    if let Some((best, because)) = &bounds.best {
        lines.push(format!("Best: {best}, {because}"));
    }
    if let Some(n) = bounds.possible_max {
        lines.push(format!("Possibly up to {n}, where a figure is only called possible"));
    }
    if let Some(n) = bounds.conceded {
        lines.push(format!("Conceded by the party accused: {n}"));
    }
    if let Some(n) = bounds.named_floor {
        lines.push(format!("At least {n} named and reviewed"));
    }
    if bounds.status_disputed {
        lines.push("An origin other than the accused says that the dead were fighters".into());
    }
    lines
}

/// A total in words: "29–33 people killed, over 3 incidents, of which 2 may be one and the same".
pub(crate) fn total(sum: &Total) -> String {
    let plus = if sum.open { "+" } else { "" };
    let figure = if sum.min == sum.max { sum.min.to_string() } else { format!("{}–{}", sum.min, sum.max) };
    let unresolved = match sum.unresolved {
        0 => String::new(),
        k => format!(", of which {k} may be another one of the sum: a person has to say"),
    };
    format!(
        "{figure}{plus} {}, over {}{unresolved}",
        counted_as(figure == "1" && !sum.open, sum.of, sum.category),
        n(sum.incidents, "incident")
    )
}

/// How an answer stands that is not plainly asserted: denied by someone, or only mentioned; `None` for an asserted one.
/// Sign, word and tone.
pub(crate) fn stance(held: &Position, denied: bool) -> Option<(&'static str, &'static str, &'static str)> {
    if denied {
        Some(("¬", "denial", "contested"))
    } else if held.denied && !held.value.contains("not asserted") {
        Some(("~", "only mentioned", "unanswered"))
    } else {
        None
    }
}

/// An answer as shown: days of `when` in words, everything else as it is.
pub(crate) fn value(question: Question, value: &str) -> String {
    if question != Question::When {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len() + 12);
    let mut rest = value;
    let mut said: Option<Date> = None;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let Some(date) = from.get(..10).and_then(|iso| iso.parse::<Date>().ok()) else {
            let end = from.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(from.len());
            let (number, after) = from.split_at(end);
            out.push_str(before);
            out.push_str(number);
            rest = after;
            continue;
        };
        rest = from.get(10..).unwrap_or_default();
        let time = rest.strip_prefix('T').and_then(|t| t.get(..5));
        // The end of an interval: only what differs from its start.
        match (before == "/", time, said == Some(date)) {
            (true, Some(_), true) => out.push('–'),
            (true, ..) => out.push_str(&format!(" to {}", day(date))),
            _ => out.push_str(&format!("{before}{}", day(date))),
        }
        if let Some(time) = time {
            if !out.ends_with('–') {
                out.push_str(", ");
            }
            out.push_str(time);
            rest = rest.get(6..).unwrap_or_default();
        }
        said = Some(date);
    }
    out.push_str(rest);
    out
}

/// "35.21° N, 42.70° W".
pub(crate) fn coordinates(place: &Place) -> String {
    let (lat, lon) = (place.latitude, place.longitude);
    format!(
        "{:.2}° {}, {:.2}° {}",
        lat.abs(),
        if lat < 0.0 { 'S' } else { 'N' },
        lon.abs(),
        if lon < 0.0 { 'W' } else { 'E' }
    )
}

/// What a place is and lies in: "province", "Syria".
pub(crate) fn within(place: &Place) -> Vec<String> {
    let kind = place_kind(&place.kind).filter(|kind| *kind != "country").map(str::to_owned);
    kind.into_iter().chain(place.within.iter().cloned()).collect()
}

/// Kind of place for units whose name alone would mislead.
pub(crate) fn place_kind(kind: &str) -> Option<&'static str> {
    match kind {
        "admin1" => Some("province"),
        "admin2" => Some("district"),
        "country" => Some("country"),
        "region" => Some("region"),
        "sea" => Some("sea"),
        "facility" => Some("facility"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_counted_in_the_singular() {
        assert_eq!(counted_as(true, Outcome::Killed, Category::People), "person killed");
        assert_eq!(counted_as(true, Outcome::Victims, Category::Children), "child named as victim");
        assert_eq!(counted_as(true, Outcome::Strikes, Category::Objects), "strike");
        assert_eq!(counted_as(false, Outcome::Killed, Category::People), "people killed");
    }

    #[test]
    fn days_in_words() {
        let when = |text| value(Question::When, text);
        assert_eq!(when("2031-03-14"), "14 March 2031");
        assert_eq!(when("2031-03-14/2031-03-16"), "14 March 2031 to 16 March 2031");
        assert_eq!(when("2031-03-14T09:40"), "14 March 2031, 09:40");
        assert_eq!(when("2031-03-14T05:00/2031-03-14T12:00"), "14 March 2031, 05:00–12:00");
        assert_eq!(when("2031-03-14T17:00/2031-03-15T00:00"), "14 March 2031, 17:00 to 15 March 2031, 00:00");
        assert_eq!(when("2031-03"), "2031-03");
        assert_eq!(when("not 2031-03-14 (not asserted)"), "not 14 March 2031 (not asserted)");
        assert_eq!(value(Question::Where, "2031-03-14"), "2031-03-14");
    }

    #[test]
    fn plurals_and_lists() {
        assert_eq!(n(1, "account"), "1 account");
        assert_eq!(n(2, "party"), "2 parties");
        assert_eq!(list(&["a".into(), "b".into(), "c".into()]), "a, b and c");
    }
}
