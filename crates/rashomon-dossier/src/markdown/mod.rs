//! What can be pasted? The dossier as Markdown: the same content as the page, in plain reading order.
//!
//! Claims are cited as `[12]`; their exact words stand under "Claims", and the texts of the accounts bear the same
//! numbers. Mark-up in the accounts is escaped, characters that hide or reorder text are shown as marks.
//!
//! ```
//! let text = rashomon_dossier::markdown::markdown(&rashomon_dossier::empty_case("A *title*"));
//! assert!(text.starts_with("# A \\*title\\*\n"));
//! ```

mod incident;
mod whole;

use crate::index::{Cited, Index};
use crate::lead;
use crate::safe;
use rashomon_model::case::Case;

/// The whole dossier as Markdown (CommonMark with tables).
#[must_use]
pub fn markdown(case: &Case) -> String {
    let index = Index::new(case);
    let mut out = String::new();
    whole::head(&mut out, &index);
    for (at, assessed) in lead::most_told_first(case) {
        incident::incident(&mut out, &index, at, assessed);
    }
    whole::rest(&mut out, &index);
    out
}

/// Text on one line with everything escaped that Markdown or HTML could read as mark-up; `<`, `>` and `&` as entities,
/// which even careless renderers show as text.
pub(crate) fn esc(text: &str) -> String {
    let line = safe::one_line(text);
    let mut out = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// `[7] [12]`; the numbers of claims.
pub(crate) fn refs(cited: &[Cited<'_>]) -> String {
    let all: Vec<String> = cited.iter().map(|c| format!("\\[{}\\]", c.n)).collect();
    all.join(" ")
}

/// A heading with blank lines around it.
pub(crate) fn heading(out: &mut String, level: usize, words: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&"#".repeat(level));
    out.push(' ');
    out.push_str(words);
    out.push_str("\n\n");
}

/// One table row of cells already escaped.
pub(crate) fn row(out: &mut String, cells: &[String]) {
    out.push_str("| ");
    out.push_str(&cells.join(" | "));
    out.push_str(" |\n");
}

/// Head row and rule of a table.
pub(crate) fn table_head(out: &mut String, cells: &[&str]) {
    let words: Vec<String> = cells.iter().map(|c| (*c).to_owned()).collect();
    row(out, &words);
    let rule: Vec<String> = cells.iter().map(|_| "---".to_owned()).collect();
    row(out, &rule);
}
