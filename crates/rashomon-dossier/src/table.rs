//! Which claims, one a line? Text for the terminal and CSV for spreadsheets.
//!
//! ```
//! let case = rashomon_dossier::empty_case("Nothing yet");
//! assert_eq!(rashomon_dossier::table::lines(&case, false), "");
//! assert!(rashomon_dossier::table::csv(&case).starts_with("document,"));
//! ```

use crate::index::{Cited, Index, label};
use crate::{reasons, safe};
use rashomon_model::case::Case;
use rashomon_model::claim::{Claim, CountRef};

/// One claim a line, eight fields parted by tabs: document, speaker chain (outermost first; `-` for the account's own
/// voice), cue, content, count, place, time, flags; empty fields are `-`. With `why`, indented lines follow that say how
/// the claim and each of its values was read, and what else was considered ([`crate::reasons`]).
#[must_use]
pub fn lines(case: &Case, why: bool) -> String {
    let index = Index::new(case);
    let mut out = String::new();
    let mut at = None;
    for cited in index.claims() {
        let fields = [
            label(cited.doc),
            chain(cited.claim),
            cues(&cited),
            content(&cited),
            counts(cited.claim),
            places(cited.claim),
            time(cited.claim),
            flags(cited.claim),
        ];
        let safe: Vec<String> = fields
            .iter()
            .map(|field| match safe::one_line(field) {
                empty if empty.is_empty() => "-".into(),
                words => words,
            })
            .collect();
        out.push_str(&safe.join("\t"));
        out.push('\n');
        if why {
            let points = match at.take() {
                Some((n, points)) if n == cited.doc_n => points,
                _ => crate::codepoints::CodePoints::new(&cited.doc.text),
            };
            for reason in reasons::of(&index, &cited, &points) {
                let indent = if reason.starts_with(' ') { "        " } else { "    " };
                out.push_str(indent);
                out.push_str(safe::one_line(&reason).trim_start());
                out.push('\n');
            }
            at = Some((cited.doc_n, points));
        }
    }
    out
}

/// Columns of the CSV, in order.
const COLUMNS: [&str; 24] = [
    "document",
    "given_id",
    "publisher",
    "published",
    "published_basis",
    "claim",
    "start",
    "end",
    "origin",
    "chain",
    "cue",
    "delivery",
    "factuality",
    "kind",
    "polarity",
    "content",
    "actor",
    "target",
    "count",
    "place",
    "time",
    "means",
    "flags",
    "confidence",
];

/// One claim a row with a head row (RFC 4180); offsets in code points, as in the JSON. What a spreadsheet
/// would take for a formula gets an apostrophe before it, also behind a semicolon within a cell ([`safe::cell`]).
#[must_use]
pub fn csv(case: &Case) -> String {
    let index = Index::new(case);
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record(COLUMNS);
    let mut at = None;
    for cited in index.claims() {
        let points = match at.take() {
            Some((n, points)) if n == cited.doc_n => points,
            _ => crate::codepoints::CodePoints::new(&cited.doc.text),
        };
        let cover = cited.claim.cover();
        let said = &cited.claim.proposition;
        let parties = |names: Vec<&str>| names.join("; ");
        let row = [
            cited.doc.capture.origin.clone(),
            cited.doc.given_id.clone().unwrap_or_default(),
            cited.doc.publisher.clone().unwrap_or_default(),
            cited.doc.published.as_ref().map(|d| d.edtf()).unwrap_or_default(),
            cited.doc.published.as_ref().map(|d| d.basis.name().to_owned()).unwrap_or_default(),
            cited.claim.id.as_str().to_owned(),
            points.at(cover.start).to_string(),
            points.at(cover.end).to_string(),
            cited.claim.origin().map(|link| link.name.clone()).unwrap_or_default(),
            chain(cited.claim),
            cues(&cited),
            cited.claim.delivery.name().to_owned(),
            cited.claim.factuality.name().to_owned(),
            said.kind.name().to_owned(),
            said.polarity.name().to_owned(),
            content(&cited),
            parties(said.actor.all().map(|p| p.name.as_str()).collect()),
            parties(said.target.iter().map(|p| p.name.as_str()).collect()),
            counts(cited.claim),
            places(cited.claim),
            time(cited.claim),
            said.means.join("; "),
            flags(cited.claim),
            format!("{:.2}", cited.claim.confidence),
        ];
        let _ = writer.write_record(row.iter().map(|field| safe::cell(field)));
        at = Some((cited.doc_n, points));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Names from the outermost link to the origin: `agencies > officials > ministry`.
pub(crate) fn chain(claim: &Claim) -> String {
    let names: Vec<String> = claim.chain.iter().map(crate::wording::link_name).collect();
    names.join(" > ")
}

fn cues(cited: &Cited<'_>) -> String {
    let cues: Vec<&str> =
        cited.claim.chain.iter().filter_map(|link| link.cue).map(|span| cited.doc.slice(span)).collect();
    cues.join(" > ")
}

/// The exact words, pieces joined by an ellipsis.
pub(crate) fn content(cited: &Cited<'_>) -> String {
    let pieces: Vec<&str> = cited.claim.anchors.iter().map(|&span| cited.doc.slice(span).trim()).collect();
    pieces.join(" … ")
}

fn counts(claim: &Claim) -> String {
    let one = |count: &CountRef| {
        let wide = if count.cumulative.is_some() { " (cumulative)" } else { "" };
        format!("{} {}: {}{wide}", count.of, count.category, count.count)
    };
    let all: Vec<String> = claim.proposition.count.iter().map(one).collect();
    all.join("; ")
}

fn places(claim: &Claim) -> String {
    let all: Vec<String> = claim
        .proposition
        .place
        .iter()
        .map(|place| match &place.place {
            Some(id) => format!("{} ({id})", place.name),
            None => place.name.clone(),
        })
        .collect();
    all.join("; ")
}

fn time(claim: &Claim) -> String {
    claim
        .proposition
        .time
        .as_ref()
        .map(|time| format!("{} ({})", time.date.edtf(), time.date.basis))
        .unwrap_or_default()
}

fn flags(claim: &Claim) -> String {
    let all: Vec<&str> = claim.flags.iter().map(|flag| flag.name()).collect();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_row_has_every_column() {
        let text = csv(&crate::empty_case("x"));
        assert_eq!(text.trim_end().split(',').count(), COLUMNS.len());
    }
}
