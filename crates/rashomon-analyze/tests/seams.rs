//! Case files of seams: `tests/cases/seams/*.md`, through one `check` door.
//!
//! One line a sign: its kind, then the words; and `pieced` where the signs together are worth telling.

mod door;

use rashomon_analyze::{analyze, seams};

fn check(passage: &[String]) -> Vec<String> {
    let doc = door::document(passage);
    let analysis = analyze(&doc, &door::World(door::parties()));
    let found = seams::read(&doc, &analysis);
    let mut lines: Vec<String> =
        found.iter().map(|seam| format!("{:?} | {}", seam.kind, doc.slice(seam.span)).to_lowercase()).collect();
    lines.extend(seams::pieced(&found).then(|| "pieced".to_owned()));
    lines
}

#[test]
fn cases() {
    door::run("seams", check);
}
