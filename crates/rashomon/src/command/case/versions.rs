//! What did a report say before? Earlier captures beside the one that counts.
//!
//! Only the last capture of a report is read for claims; what the earlier ones said otherwise is shown, as a note of the
//! dossier (R302) and by `rashomon status --changes`: a toll revised in silence is evidence.

use super::read::Before;
use rashomon_model::{Diagnostic, Document, Severity};
use rashomon_store::versions::{Change, changes, in_common};

/// Share of words in common below which a reader is told that it may be another report (our own choice: unrelated articles
/// share next to no runs of three words, revised ones most).
const ANOTHER: f64 = 0.05;
/// Changes told of one earlier capture.
const MOST: usize = 20;

/// Notes of what earlier captures said otherwise, for the documents of the case.
#[must_use]
pub fn notes(earlier: &[Before], documents: &[Document]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for before in earlier {
        let Some(now) = documents.iter().find(|doc| is(doc, before)) else { continue };
        let Some(text) = text(before) else { continue };
        let changed = changes(&text, &now.text);
        if changed.is_empty() {
            continue;
        }
        let mut message = format!(
            "captured before, on {} ({}), with other words: {}",
            before.at,
            before.sha256.get(..12).unwrap_or_default(),
            changed.iter().take(MOST).map(told).collect::<Vec<_>>().join("; ")
        );
        if changed.len() > MOST {
            message.push_str(&format!("; and {} more", changed.len() - MOST));
        }
        if in_common(&text, &now.text) < ANOTHER {
            message.push_str("; the two have next to nothing in common and may be two reports under one address");
        }
        let (code, severity) = ("R302", Severity::Warning);
        found.push(Diagnostic { code, severity, document: Some(now.id.clone()), span: None, message });
    }
    found
}

/// Whether a document is the one that counts now.
fn is(doc: &Document, before: &Before) -> bool {
    (&doc.capture.origin, &doc.capture.sha256) == (&before.now.0, &before.now.1)
}

/// The canonical text of an earlier capture, if there was an article in it.
fn text(before: &Before) -> Option<String> {
    rashomon_ingest::read::document(before.input.clone(), &crate::isolate::pages)
        .ok()
        .map(|document| document.value.text)
}

/// "“four people” became “nine people”".
fn told(change: &Change) -> String {
    match (change.before.as_str(), change.after.as_str()) {
        ("", after) => format!("put in: \u{201c}{after}\u{201d}"),
        (before, "") => format!("taken out: \u{201c}{before}\u{201d}"),
        (before, after) => format!("\u{201c}{before}\u{201d} became \u{201c}{after}\u{201d}"),
    }
}
