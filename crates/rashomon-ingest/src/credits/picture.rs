//! Whose picture is it? Captions and the credits in them.

use super::{DATA, Found, LONGEST, agency};
use crate::words;

/// Whether this is the name of a news or picture agency, or several joined by `/` or "via".
fn pictured(name: &str) -> bool {
    let name = name.trim().trim_end_matches('.');
    let known = |part: &str| agency(part) || DATA.picture.contains(part.trim());
    !name.is_empty()
        && (known(name) || name.split(['/', ',', '|', ';']).flat_map(|part| part.split(" via ")).any(known))
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
    let name =
        DATA.picture_cues.iter().find(|cue| lower.starts_with(cue.as_str())).and_then(|cue| line.get(cue.len()..));
    let name = name?.trim_matches(|c: char| !c.is_alphanumeric());
    (!name.is_empty()).then(|| name.to_owned())
}
