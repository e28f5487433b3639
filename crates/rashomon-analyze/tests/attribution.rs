//! Case files of attribution: `tests/cases/attribution/*.md`, through one `check` door.
//!
//! A case is a passage in a `> ` quotation (one line a block, `# ` for a headline) and, after it, one line an attribution:
//! `source | cue | content [## further piece] [| told: …] [| in: N]`, in the order of the contents; `(none)` where nothing
//! is attributed. `in: N` names the attribution (counted from 1) it lies in. Lines of prose are free.

mod door;

use rashomon_analyze::{attribution, segment};
use rashomon_model::span::Span;

fn check(passage: &[String]) -> Vec<String> {
    let doc = door::document(passage);
    let sentences = segment::sentences(&doc);
    let words = segment::words(&doc, &sentences);
    let found = attribution::read(&doc, &sentences, &words, &[], Vec::new());
    let text = |spans: &[Span]| spans.iter().map(|s| doc.slice(*s)).collect::<Vec<_>>().join(" ## ");
    found
        .iter()
        .map(|a| {
            let mut line = format!("{} | {} | {}", text(&a.source), text(&a.cue), text(&a.content));
            if let Some(told) = a.told {
                line.push_str(&format!(" | told: {}", doc.slice(told)));
            }
            if let Some(outer) = a.inside {
                line.push_str(&format!(" | in: {}", outer + 1));
            }
            line.trim().to_owned()
        })
        .collect()
}

#[test]
fn cases() {
    door::run("attribution", check);
}
