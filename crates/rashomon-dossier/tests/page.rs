//! Writes every mock page under the target folder, for looking at.
mod mock;

use rashomon_dossier::html::{Bounds, HtmlOptions, LineKind, MapLine, html};

/// An invented coast and border near the invented town.
pub fn lines(_: Bounds) -> Vec<MapLine> {
    let coast = (0..40).map(|i| {
        let t = f64::from(i) / 39.0;
        (36.2 + 0.25 * (t * 9.0).sin() + 0.1 * (t * 31.0).sin(), 33.5 + 4.0 * t)
    });
    vec![
        MapLine { kind: LineKind::Coast, points: coast.collect() },
        MapLine { kind: LineKind::Border, points: vec![(36.2, 35.9), (37.0, 35.7), (38.1, 36.1), (39.5, 35.8)] },
    ]
}

#[test]
fn pages_are_written() {
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&dir).unwrap();
    for (name, case) in mock::all() {
        let page = html(&case, &HtmlOptions { basemap: Some(&lines), ..HtmlOptions::default() });
        std::fs::write(dir.join(format!("{name}.html")), page).unwrap();
    }
}
