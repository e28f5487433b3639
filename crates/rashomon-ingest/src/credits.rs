//! Whom does the report credit? Datelines, brackets, tag lines and picture credits.
//!
//! Names and phrases are data (`data/credits.toml`).

mod picture;
mod tag;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::words;
pub(crate) use picture::{bare_picture_credit, caption, cued_picture_credit, picture_agency, picture_credit};
pub(crate) use tag::tag;

#[derive(Deserialize, Default)]
struct Raw {
    news: BTreeSet<String>,
    picture: BTreeSet<String>,
    collective: BTreeSet<String>,
    own: BTreeSet<String>,
    phrases: Vec<String>,
    caption: Vec<String>,
    picture_cues: Vec<String>,
}

static DATA: LazyLock<Raw> = LazyLock::new(|| toml::from_str(include_str!("../data/credits.toml")).unwrap_or_default());

/// A credit found in a line: name, kind in words, and where the name stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) how: &'static str,
    pub(crate) at: Range<usize>,
}

/// Whether this is the name of a news agency.
pub(crate) fn agency(name: &str) -> bool {
    DATA.news.contains(name.trim())
}

/// A dateline at the start of a paragraph: "TALEN, March 4 (Reuters) — ", "TALEN (AP) - ", "TALEN — ".
///
/// Gives the length of the dateline including its dash, and the agency with its place.
pub(crate) fn dateline(line: &str) -> Option<(usize, Option<Found>)> {
    // The dash must come within the first 80 characters.
    let head_end = line.char_indices().nth(80).map_or(line.len(), |(at, _)| at);
    let head = line.get(..head_end)?;
    let (dash, width) = [" — ", " – ", " -- ", " - ", "— ", "– ", "-- ", ") —", "): ", "(—"]
        .iter()
        .filter_map(|mark| head.find(mark).map(|at| (at, mark.len())))
        .min()?;
    let place = head.get(..dash + 1)?.trim_end_matches([' ', '-', '–', '—', ':']);
    let place = if head.get(dash..dash + 1) == Some(")") { head.get(..=dash)? } else { place };
    let bracket = place.find('(').and_then(|open| {
        let close = place.get(open..)?.find(')')? + open;
        Some((open + 1)..close)
    });
    let known = |name: &str| agency(name) || name.split(['/', ',']).any(agency);
    let in_brackets = bracket.clone().and_then(|range| place.get(range)).map_or("", str::trim);
    // In this place any name is an agency's, known or not.
    let credited = bracket.clone().filter(|_| known(in_brackets) || named(in_brackets)).map(|range| Found {
        name: in_brackets.to_owned(),
        how: "dateline",
        at: range,
    });
    let name = place.split(['(', ',', '/']).next().unwrap_or("").trim();
    let n = words::count(name);
    let capitals = (1..=4).contains(&n)
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let capitalised =
        (1..=4).contains(&n) && name.split_whitespace().all(|w| w.chars().next().is_some_and(char::is_uppercase));
    let dated = place.get(name.len()..).is_some_and(|rest| rest.chars().any(|c| c.is_ascii_digit()));
    if !(capitals || (capitalised && known(in_brackets)) || (capitalised && dated && n <= 2)) {
        return None;
    }
    let rest = line.get(dash + width..)?;
    let rest_at = dash + width + (rest.len() - rest.trim_start_matches([' ', '-', '–', '—']).len());
    line.get(rest_at..).filter(|rest| words::count(rest) >= 3)?;
    Some((rest_at, credited))
}

/// Most bytes a caption or credit line has: some 200 words.
const LONGEST: usize = 1500;

/// Whether this has the form of an agency's or outlet's name: one to four capitalised words without digits.
fn named(name: &str) -> bool {
    (1..=4).contains(&words::count(name))
        && name.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase))
        && !name.chars().any(|c| c.is_ascii_digit())
}

/// An agency in brackets at the very end of the text: "… by nightfall. (Reuters)".
pub(crate) fn closing_bracket(line: &str) -> Option<Found> {
    let trimmed = line.trim_end().trim_end_matches('.');
    let inner_end = trimmed.strip_suffix(')').or_else(|| trimmed.strip_suffix(']'))?.len();
    let open = trimmed.rfind(['(', '['])? + 1;
    let inner = trimmed.get(open..inner_end)?;
    let parts: Vec<&str> = inner.split(['/', ',']).map(str::trim).collect();
    (!parts.is_empty() && parts.iter().all(|part| agency(part))).then(|| Found {
        name: inner.trim().to_owned(),
        how: "agency in brackets",
        at: open..inner_end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_read() {
        assert!(toml::from_str::<Raw>(include_str!("../data/credits.toml")).is_ok());
    }

    #[test]
    fn datelines() {
        let read =
            |line: &str| dateline(line).map(|(at, found)| (line.get(at..).unwrap().to_owned(), found.map(|f| f.name)));
        assert_eq!(
            read("TALEN, March 4 (Reuters) - Two people died."),
            Some(("Two people died.".into(), Some("Reuters".into())))
        );
        assert_eq!(read("TALEN (AP) — Two people died."), Some(("Two people died.".into(), Some("AP".into()))));
        assert_eq!(read("Talen, 4 March – Two people died."), Some(("Two people died.".into(), None)));
        assert_eq!(read("The town – a market place – was hit."), None);
        assert_eq!(read("NATO - the alliance"), None);
    }

    #[test]
    fn captions_and_tags() {
        assert!(caption("Smoke over the market (AFP/Getty)"));
        assert!(caption("A still image shows smoke over Talen. Ministry of Works/Reuters"));
        assert!(!caption("Two people died in the market, Reuters reported."));
        assert_eq!(closing_bracket("It was quiet by nightfall. (Reuters)").unwrap().name, "Reuters");
        let read = tag("Talen Post and wire services").unwrap();
        assert_eq!((read.credits, read.publisher), (vec!["wire services".to_owned()], Some("Talen Post".to_owned())));
        assert_eq!(tag("AP, Reuters").unwrap().credits, ["AP", "Reuters"]);
        assert_eq!(tag("With reporting by Talen Radio").unwrap().credits, ["Talen Radio"]);
        assert_eq!(tag("Troops and agencies were sent to the town"), None);
        assert_eq!(tag("Two people died"), None);
    }
}
