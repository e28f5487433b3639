//! When are two names one? Surnames, short forms, spellings, initials.

use rashomon_model::source::SourceKind;

/// Whether two names can be one person: equal, or one is the surname of the other.
pub(super) fn same_person(a: &str, b: &str) -> bool {
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    let (x, y): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    match (short.as_slice(), long.last()) {
        ([only], Some(last)) => only.eq_ignore_ascii_case(last),
        // "Ed Varo" and "Edwin Varo"
        ([first, .., surname], Some(last)) => {
            surname.eq_ignore_ascii_case(last)
                && long.first().is_some_and(|f| {
                    f.to_lowercase().starts_with(&first.to_lowercase())
                        || first.to_lowercase().starts_with(&f.to_lowercase())
                })
        }
        _ => false,
    }
}

/// Words of a name that tell it apart, folded, sorted, unique.
pub(super) fn key(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.')))
        .map(|w| {
            w.trim_end_matches("'s")
                .trim_end_matches("’s")
                .trim_end_matches('.')
                .to_lowercase()
                .replace("defense", "defence")
                .replace("center", "centre")
                .replace("organiz", "organis")
        })
        .filter(|w| !w.is_empty() && !matches!(w.as_str(), "the" | "of" | "for" | "a" | "an" | "in" | "and" | "s"))
        .collect();
    words.sort();
    words.dedup();
    words
}

/// First letters of the capitalised words.
pub(super) fn initials(name: &str) -> String {
    let words: Vec<&str> =
        name.split([' ', '-']).filter(|w| w.chars().next().is_some_and(char::is_uppercase)).collect();
    if words.len() < 2 {
        return String::new();
    }
    words.iter().filter_map(|w| w.chars().next()).collect()
}

/// Whether a general word ("group", "monitor", "agency") can mean a body of this kind.
pub(super) fn generic(head: &str, kind: Option<SourceKind>) -> bool {
    use SourceKind::{ArmedGroup, Media, Monitor, Ngo, Organisation};
    matches!(
        (head, kind),
        ("group" | "organisation" | "organization", Some(Ngo | Monitor | Organisation | ArmedGroup))
            | ("monitor" | "watchdog" | "observatory" | "network", Some(Monitor))
            | (
                "agency" | "newspaper" | "broadcaster" | "channel" | "outlet" | "website" | "paper" | "station",
                Some(Media)
            )
            | ("charity" | "ngo", Some(Ngo))
            | ("militia" | "faction", Some(ArmedGroup))
    )
}
