//! What came out, in a screenful? A short summary for the terminal.
//!
//! ```
//! use rashomon_dossier::summary::{Colour, summary};
//! let text = summary(&rashomon_dossier::empty_case("Nothing yet"), Colour::Never);
//! assert!(text.starts_with("Nothing yet\n"));
//! ```

use crate::lead::{Lead, leads, sums};
use crate::{html, safe, wording};
use rashomon_model::alignment::Status;
use rashomon_model::case::Case;
use rashomon_model::diagnostic::Severity;

/// Whether the summary may use the terminal's colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI colours for statuses and warnings; the words say the same.
    Ansi,
}

/// Warnings shown before the rest is only counted.
const WARNINGS: usize = 8;
/// Answers shown of a contested question.
const ANSWERS: usize = 4;

fn paint(colour: Colour, code: &str, words: &str) -> String {
    match colour {
        Colour::Never => words.to_owned(),
        Colour::Ansi => format!("\u{1b}[{code}m{words}\u{1b}[0m"),
    }
}

/// Incidents, their questions by status, ranges, and warnings. Ends with a newline.
#[must_use]
pub fn summary(case: &Case, colour: Colour) -> String {
    let mut out = paint(colour, "1", &safe::one_line(&case.title));
    out.push('\n');
    out.push_str(&html::deck(case));
    out.push('\n');
    let leads = leads(case);
    if leads.is_empty() {
        out.push_str("\nNo incident was made out.\n");
    }
    for lead in &leads {
        incident(&mut out, lead, colour);
    }
    let sums = sums(case);
    if !sums.is_empty() {
        out.push_str(&format!("\n{}\n", paint(colour, "1", "Over all incidents")));
        for sum in sums {
            out.push_str(&format!("  {} (A3)\n", wording::total(sum)));
        }
    }
    warnings(&mut out, case, colour);
    out
}

fn incident(out: &mut String, lead: &Lead<'_>, colour: Colour) {
    let found = &lead.assessed.incident;
    out.push('\n');
    out.push_str(&paint(colour, "1", &safe::one_line(&found.title)));
    let harm = &lead.assessed.harm_grade;
    let ungraded = harm.because.split([';', '(']).next().filter(|_| harm.value == "none");
    out.push_str(&format!(
        "\n  {}, {}; {} {}, {} {}{}\n",
        wording::n(lead.accounts, "account"),
        wording::n(lead.origins.len(), "origin"),
        "who did it:",
        wording::verdict(lead.assessed.strike_status.value).to_lowercase(),
        "harm to civilians:",
        wording::verdict(harm.value).to_lowercase(),
        ungraded.map(|why| format!(" ({})", safe::one_line(why.trim()))).unwrap_or_default(),
    ));
    for (status, code) in
        [(Status::Contested, "31"), (Status::Agreed, "32"), (Status::Compatible, "34"), (Status::SingleOrigin, "33")]
    {
        let (sign, word, _) = wording::status(status);
        for answered in lead.with(status) {
            let mut values: Vec<String> = answered
                .positions
                .iter()
                .take(ANSWERS)
                .map(|p| {
                    let times = match p.carriers.len() {
                        0 | 1 => String::new(),
                        n => format!(" (×{n})"),
                    };
                    format!("{}{times}", safe::one_line(&wording::value(answered.question, &p.value)))
                })
                .collect();
            if answered.positions.len() > ANSWERS {
                values.push("…".into());
            }
            out.push_str(&format!(
                "  {} {:<32} {}\n",
                paint(colour, code, &format!("{sign} {word:<11}")),
                wording::question(answered.question),
                values.join(" | ")
            ));
        }
    }
    for range in lead.assessed.ranges.iter().filter(|r| r.min.is_some() || r.max.is_some()) {
        out.push_str(&format!(
            "    {:<44} {} ({}, {})\n",
            wording::counted(range.of, range.category),
            paint(colour, "1", &wording::range(range)),
            range.rule,
            range.profile,
        ));
    }
}

fn warnings(out: &mut String, case: &Case, colour: Colour) {
    let found: Vec<_> = case.diagnostics.iter().filter(|d| d.severity == Severity::Warning).collect();
    let notes = case.diagnostics.len() - found.len();
    if found.is_empty() && notes == 0 {
        return;
    }
    out.push('\n');
    for warning in found.iter().take(WARNINGS) {
        let doc = warning
            .document
            .as_ref()
            .and_then(|id| case.documents.iter().find(|d| &d.id == id))
            .map(|d| format!("{}: ", safe::one_line(&d.capture.origin)))
            .unwrap_or_default();
        out.push_str(&format!(
            "{} {} {doc}{}\n",
            paint(colour, "33", "warning"),
            warning.code,
            safe::one_line(&warning.message)
        ));
    }
    if found.len() > WARNINGS {
        out.push_str(&format!("and {}\n", wording::n(found.len() - WARNINGS, "more warning")));
    }
    if notes > 0 {
        out.push_str(&format!("{} in the dossier\n", wording::n(notes, "remark")));
    }
}
