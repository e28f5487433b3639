//! Whom does the report credit? Datelines, brackets, tag lines and picture credits.
//!
//! Names and phrases are data (`data/credits.toml`).

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::words;

#[derive(Deserialize, Default)]
struct Raw {
    news: BTreeSet<String>,
    picture: BTreeSet<String>,
    collective: BTreeSet<String>,
    own: BTreeSet<String>,
    phrases: Vec<String>,
    caption: Vec<String>,
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

/// Whether this is the name of a news or picture agency, or several joined by `/` or "via".
fn pictured(name: &str) -> bool {
    let name = name.trim().trim_end_matches('.');
    let known = |part: &str| agency(part) || DATA.picture.contains(part.trim());
    !name.is_empty()
        && (known(name) || name.split(['/', ',', '|', ';']).flat_map(|part| part.split(" via ")).any(known))
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

/// Whether a line is a picture caption: it opens as one, or ends with a picture credit.
///
/// `long` lines (running text) count only with a credit behind their last sentence.
pub(crate) fn caption(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let opens = |cue: &String| {
        // the beginning is enough where it is plain; some letters are longer in lower case
        let begins = line.get(..cue.len()).filter(|begin| begin.is_ascii());
        begins.map_or_else(|| line.to_lowercase().starts_with(cue.as_str()), |begin| begin.eq_ignore_ascii_case(cue))
    };
    if DATA.caption.iter().any(opens) && !crate::furniture::reports_speech(line) {
        return true;
    }
    picture_credit(line).is_some()
}

/// The picture credit that ends a line: "… (AFP/Getty)", "… [Reuters]", "… Ministry of Works/Reuters", "… Photo: X/AP".
pub(crate) fn picture_credit(line: &str) -> Option<Found> {
    if line.len() > LONGEST {
        return None;
    }
    let trimmed = line.trim_end().trim_end_matches('.');
    if let Some(close) = trimmed.chars().last().filter(|c| matches!(c, ')' | ']')) {
        let open = trimmed.rfind(if close == ')' { '(' } else { '[' })?;
        let at = open + 1..trimmed.len() - 1;
        let inner = trimmed.get(at.clone())?;
        let inner_name = inner.split_once(':').map_or(inner, |(_, name)| name).trim();
        return (words::count(inner) <= 8 && pictured(inner_name)).then(|| Found {
            name: inner_name.to_owned(),
            how: "picture credit",
            at,
        });
    }
    // Behind the last sentence: a few words that end in "/Agency", or "Photo: …".
    let sentence = trimmed
        .char_indices()
        .filter(|(at, c)| {
            matches!(c, '.' | '!' | '?' | '”' | '"' | '|')
                && trimmed.get(at + c.len_utf8()..).is_some_and(|r| r.starts_with(' '))
        })
        .map(|(at, c)| at + c.len_utf8())
        .next_back()
        .unwrap_or(0);
    let tail = trimmed.get(sentence..)?;
    let name = tail.trim_start();
    let start = sentence + (tail.len() - name.len());
    let n = words::count(name);
    let (name, start) = match name.split_once(':') {
        Some((cue, rest))
            if words::count(cue) <= 2 && cue.to_lowercase().contains("photo")
                || name.starts_with("Credit:")
                || name.starts_with("Picture:")
                || name.starts_with("Image:") =>
        {
            (rest.trim_start(), start + (name.len() - rest.trim_start().len()))
        }
        _ => (name, start),
    };
    let last = name.rsplit('/').next().unwrap_or("");
    (n <= 12
        && sentence > 0
        && !name.is_empty()
        && name.len() < trimmed.len()
        && (name.contains('/') && pictured(last)
            || start > sentence + 1 && pictured(name) && trimmed.get(..start)?.contains(':')))
    .then(|| Found { name: name.to_owned(), how: "picture credit", at: start..trimmed.len() })
}

/// The name in a line that is a picture credit and nothing else: "Photograph by A. Writer", "Credit: X", "Getty Images".
pub(crate) fn bare_picture_credit(line: &str) -> Option<String> {
    cued_picture_credit(line).or_else(|| {
        let line = bare(line);
        let name = pictured(line).then_some(line)?.trim_matches(|c: char| !c.is_alphanumeric());
        (!name.is_empty()).then(|| name.to_owned())
    })
}

/// A line without brackets and marks around it.
fn bare(line: &str) -> &str {
    line.trim().trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | '|' | ' '))
}

/// The picture agency that a line names and nothing else; an agency of news may be that of the report.
pub(crate) fn picture_agency(line: &str) -> Option<String> {
    let line = bare(line);
    let mut parts = line.split('/').flat_map(|part| part.split(" via ")).map(str::trim);
    let known = line.len() <= LONGEST && parts.clone().all(|part| agency(part) || DATA.picture.contains(part));
    (known && parts.any(|part| DATA.picture.contains(part))).then(|| line.to_owned())
}

/// The name in a line that says it is a picture credit; a mere name may be the agency of the report.
pub(crate) fn cued_picture_credit(line: &str) -> Option<String> {
    if line.len() > LONGEST {
        return None;
    }
    let line = bare(line);
    let lower = line.to_lowercase();
    const CUES: &[&str] = &[
        "photograph by",
        "photographs by",
        "photograph:",
        "photo by",
        "photos by",
        "photo:",
        "photos:",
        "photo courtesy of",
        "image by",
        "image:",
        "images:",
        "picture by",
        "picture:",
        "pictures:",
        "credit:",
        "credits:",
        "photo credit",
        "image credit",
        "picture credit",
        "image copyright",
        "image source",
        "image caption",
        "illustration by",
        "illustration:",
        "foto:",
        "photo source:",
        "image source:",
        "picture source:",
        "courtesy of",
        "courtesy:",
        "photo illustration by",
        "photo illustration:",
        "header image:",
        "featured image:",
        "feature image:",
        "cover image:",
        "lead image:",
        "top image:",
        "main image:",
        "header photo:",
        "cover photo:",
        "photo :",
        "photos :",
        "crédit :",
        "crédits :",
        "crédit photo :",
        "crédits photo :",
        "crédit photos :",
        "crédits photos :",
        "image :",
        "fotos:",
        "bild:",
        "bilder:",
        "bildquelle:",
        "fotografía:",
        "imagen:",
        "crédito:",
        "créditos:",
        "imagem:",
        "immagine:",
        "fot.",
        "zdjęcie:",
        "фото:",
        "video by",
        "©",
    ];
    let name = CUES.iter().find(|cue| lower.starts_with(**cue)).and_then(|cue| line.get(cue.len()..));
    let name = name?.trim_matches(|c: char| !c.is_alphanumeric());
    (!name.is_empty()).then(|| name.to_owned())
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

/// What a short line at the foot credits: its agencies, and the outlet it names of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Agencies or collective words ("wire services").
    pub(crate) credits: Vec<String>,
    /// "Source: X", "with reporting by X" …: the kind in words.
    pub(crate) how: &'static str,
    /// The outlet's own name, where the line has one beside the agencies.
    pub(crate) publisher: Option<String>,
}

/// Reads a short line as an agency tag: "Talen Post and wire services", "Reuters, AFP", "— With agencies", "Source: AP".
pub(crate) fn tag(line: &str) -> Option<Tag> {
    if line.len() > LONGEST {
        return None;
    }
    let bare = line
        .trim()
        .trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '(' | ')' | '[' | ']' | '*' | '_' | '.' | ' ' | '/'));
    let n = words::count(bare);
    if bare.is_empty() || n > 25 {
        return None;
    }
    let lower = bare.to_lowercase();
    if lower.len() == bare.len()
        && let Some(phrase) = DATA.phrases.iter().find(|phrase| lower.contains(phrase.as_str()))
    {
        let at = lower.find(phrase.as_str())?;
        let contributed = phrase.starts_with("contributed");
        if at == 0
            || contributed
            || lower.starts_with("this ")
            || lower.starts_with("the post ")
            || lower.starts_with("the article ")
            || at < 4
        {
            let name = if contributed { bare.get(..at)? } else { bare.get(at + phrase.len()..)? };
            let name = name.trim().trim_matches(|c: char| matches!(c, ':' | ',' | '.' | ' '));
            if name.is_empty() || words::count(name) > 12 || phrase == "copyright" && !name.split(',').any(agency) {
                return None;
            }
            return Some(Tag { credits: vec![name.to_owned()], how: "credit line", publisher: None });
        }
    }
    if n > 12 {
        return None;
    }
    // A name in brackets on a line of its own at the foot credits, whoever it is.
    let whole = line.trim();
    if whole.starts_with('(') && whole.ends_with(')') && named(bare) {
        return Some(Tag { credits: vec![bare.to_owned()], how: "agency in brackets", publisher: None });
    }
    let mut tag = Tag { how: "agency tag line", ..Tag::default() };
    let mut own = Vec::new();
    for part in split_list(bare) {
        let part = part.trim();
        let part = part
            .strip_prefix("With ")
            .or_else(|| part.strip_prefix("with "))
            .or_else(|| part.strip_prefix("By "))
            .unwrap_or(part);
        let part_lower = part.to_lowercase();
        if agency(part) || DATA.collective.contains(&part_lower) {
            tag.credits.push(part.to_owned());
        } else if let Some(short) = part_lower.strip_prefix("the ").filter(|short| DATA.collective.contains(*short)) {
            tag.credits.push(short.to_owned());
        } else if part_lower.is_empty() || DATA.own.contains(&part_lower) {
        } else {
            own.push(part.to_owned());
        }
    }
    let capitalised = |name: &String| {
        name.split_whitespace()
            .all(|w| w.chars().next().is_some_and(char::is_uppercase) || matches!(w, "of" | "the" | "and"))
    };
    if tag.credits.is_empty() || own.len() > 1 || !own.iter().all(capitalised) {
        return None;
    }
    tag.publisher = own.pop();
    Some(tag)
}

/// The members of a list joined by commas, "and", "&", "/" or "|".
fn split_list(line: &str) -> Vec<&str> {
    line.split([',', '/', '|', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" with "))
        .map(|part| part.trim().trim_start_matches("and "))
        .filter(|part| !part.is_empty())
        .collect()
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
