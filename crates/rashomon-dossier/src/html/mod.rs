//! What does a reader see? The dossier as one static page.
//!
//! No script, no request, no link that leaves the page: `details` elements and fragments do the work. The policy in the
//! head allows one style sheet, by its hash, and nothing else. Every figure and every claim is cited by a number that
//! leads to the words in the account's text; the mark there leads back to the claim's place in the comparison.
//!
//! ```
//! use rashomon_dossier::html::{HtmlOptions, html};
//! let page = html(&rashomon_dossier::empty_case("Nothing yet"), &HtmlOptions::default());
//! assert!(page.starts_with("<!doctype html>") && !page.contains("<script"));
//! ```

mod article;
mod cite;
mod evidence;
mod grid;
mod head;
mod incident;
mod lead;
mod map;
mod notes;
mod page;
mod questions;
mod ranges;
mod reuse;
mod sources;
mod timeline;

pub(crate) use head::{LIMITS, deck};
pub use map::{Basemap, Bounds, LineKind, MapLine};

pub(crate) use notes::decision;

use crate::index::Index;
use crate::json::Generator;
use crate::lead::most_told_first;
use base64::Engine;
use page::Page;
use rashomon_model::case::Case;
use sha2::{Digest, Sha256};

/// The style sheet, allowed by its hash.
const STYLE: &str = include_str!("style.css");

/// What the page needs beside the case.
#[derive(Default)]
pub struct HtmlOptions<'a> {
    /// Coasts and borders for the maps; without it a map shows its places on empty ground.
    pub basemap: Option<&'a Basemap<'a>>,
    /// What wrote the page, named in its foot.
    pub generator: Generator,
}

/// The policy of the page: nothing but its own style sheet.
fn policy() -> String {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

/// The whole page.
#[must_use]
pub fn html(case: &Case, options: &HtmlOptions<'_>) -> String {
    let index = Index::new(case);
    let mut page = Page::default();
    page.constant("<!doctype html>\n");
    page.el("html", &[("lang", "en")], |page| {
        page.el("head", &[], |page| {
            page.void("meta", &[("charset", "utf-8")]);
            let policy = policy();
            page.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy)]);
            page.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            page.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
            page.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
            page.plain_leaf("title", &[], &format!("{} – Rashomon dossier", case.title));
            page.el("style", &[], |page| page.constant(STYLE));
        });
        page.el("body", &[], |page| body(page, &index, options));
    });
    page.constant("\n");
    page.finish()
}

fn body(page: &mut Page, index: &Index<'_>, options: &HtmlOptions<'_>) {
    page.el("a", &[("class", "skip"), ("href", "#main")], |page| {
        page.text("Skip to the dossier");
    });
    head::masthead(page, index);
    page.el("main", &[("id", "main")], |page| {
        lead::lead(page, index);
        head::documents(page, index);
        head::claims_and_limits(page);
        for (at, assessed) in most_told_first(index.case) {
            incident::incident(page, index, at, assessed, options.basemap);
        }
        incident::unplaced(page, index);
        sources::sources(page, index);
        reuse::reuse(page, index);
        evidence::evidence(page, index);
        timeline::timeline(page, index);
        article::articles(page, index);
        notes::judgements(page, index);
        notes::diagnostics(page, index);
        notes::legend(page);
        notes::rules(page);
    });
    notes::foot(page, index, &options.generator);
}
