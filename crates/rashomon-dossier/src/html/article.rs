//! Which words exactly? Every account's text with everything cited in it marked, and a way back from each mark.
//!
//! Marks may nest and cross. Marks of the same extent become one element; where two cross, the inner one is closed
//! and opened again, so that the page stays a tree; past [`DEPTH`] open marks only the target is kept, without an
//! element of its own, so that no text can make the page too deep for a browser.

use crate::html::page::Page;
use crate::html::{cite, head};
use crate::index::Index;
use crate::wording;
use rashomon_model::dependence::Upstream;
use rashomon_model::document::{BlockKind, Document};
use rashomon_model::id::DocumentId;
use rashomon_model::span::{Anchor, Span};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Marks open at once at most.
const DEPTH: usize = 24;

/// Everything that marks one extent of a text.
#[derive(Default)]
struct Marked {
    ids: Vec<String>,
    /// Ways back: target, words, what it is.
    backs: Vec<(String, String, String)>,
    claim: bool,
    source: bool,
    cue: bool,
}

/// Marks of one document by extent, the longer first where they start together.
type Marks = BTreeMap<(usize, Reverse<usize>), Marked>;

/// All articles.
pub(crate) fn articles(page: &mut Page, index: &Index<'_>) {
    if index.case.documents.is_empty() {
        return;
    }
    let mut marks: BTreeMap<&DocumentId, Marks> = BTreeMap::new();
    claims(index, &mut marks);
    evidence(index, &mut marks);
    reuse(index, &mut marks);
    for (at, doc) in index.case.documents.iter().enumerate() {
        if let Some(span) = doc.published_anchor {
            let mark = at_span(&mut marks, doc, span);
            mark.ids.push(format!("d{}-date", at + 1));
            mark.backs.push(("read".into(), "date".into(), "the publication date".into()));
        }
    }
    for (at, found) in index.case.diagnostics.iter().enumerate() {
        if let (Some((_, doc)), Some(span)) = (found.document.as_ref().and_then(|id| index.document(id)), found.span) {
            let mark = at_span(&mut marks, doc, span);
            mark.ids.push(format!("x{}-at", at + 1));
            mark.backs.push((format!("x{}", at + 1), found.code.into(), "the remark".into()));
        }
    }
    page.el("section", &[("id", "articles"), ("aria-labelledby", "articles-h")], |page| {
        page.leaf("h2", &[("id", "articles-h")], "The accounts");
        page.el("p", &[("class", "how")], |page| {
            page.text("The whole text of each. ");
            page.leaf("mark", &[], "Marked words");
            page.text(" are claims; the number after them leads back to the comparison. ");
            page.leaf("span", &[("class", "src")], "Speakers");
            page.text(" are underlined, ");
            page.leaf("span", &[("class", "cue")], "attributing words");
            page.text(" set in italics. E leads to evidence, R to repetition.");
        });
        for (at, doc) in index.case.documents.iter().enumerate() {
            let own = marks.remove(&doc.id).unwrap_or_default();
            article(page, index, at + 1, doc, own);
        }
    });
}

fn at_span<'m, 'a>(marks: &'m mut BTreeMap<&'a DocumentId, Marks>, doc: &'a Document, span: Span) -> &'m mut Marked {
    let start = doc.text.floor_char_boundary(span.start as usize);
    let end = doc.text.floor_char_boundary(span.end as usize).max(start);
    marks.entry(&doc.id).or_default().entry((start, Reverse(end))).or_default()
}

fn claims<'a>(index: &Index<'a>, marks: &mut BTreeMap<&'a DocumentId, Marks>) {
    for cited in index.claims() {
        let last = cited.claim.anchors.len().saturating_sub(1);
        for (i, &span) in cited.claim.anchors.iter().enumerate() {
            let mark = at_span(marks, cited.doc, span);
            mark.claim = true;
            if i == 0 {
                mark.ids.push(format!("w{}", cited.n));
            }
            if i == last {
                mark.backs.push((
                    format!("c{}", cited.n),
                    cited.n.to_string(),
                    format!("claim {} in the comparison", cited.n),
                ));
            }
        }
        for link in &cited.claim.chain {
            if let Some(span) = link.span.filter(|s| !s.is_empty()) {
                at_span(marks, cited.doc, span).source = true;
            }
            if let Some(span) = link.cue.filter(|s| !s.is_empty()) {
                at_span(marks, cited.doc, span).cue = true;
            }
        }
    }
}

fn evidence<'a>(index: &Index<'a>, marks: &mut BTreeMap<&'a DocumentId, Marks>) {
    for (at, item) in index.case.evidence.iter().enumerate() {
        let n = at + 1;
        let mut add = |anchor: &'a Anchor, id: String| {
            if let Some((_, doc)) = index.document(&anchor.document) {
                let mark = at_span(marks, doc, anchor.span);
                mark.ids.push(id);
                mark.backs.push((format!("e{n}"), format!("E{n}"), format!("evidence {n}")));
            }
        };
        for (k, anchor) in item.mentions.iter().enumerate() {
            add(anchor, format!("e{n}-m{}", k + 1));
        }
        for (k, anchor) in item.verification_anchors.iter().enumerate() {
            add(anchor, format!("e{n}-v{}", k + 1));
        }
    }
}

fn reuse<'a>(index: &Index<'a>, marks: &mut BTreeMap<&'a DocumentId, Marks>) {
    for (at, edge) in index.case.dependences.iter().enumerate() {
        let n = at + 1;
        let mut add = |doc: &'a Document, span: Span, id: String| {
            let mark = at_span(marks, doc, span);
            mark.ids.push(id);
            mark.backs.push((format!("r{n}"), format!("R{n}"), format!("repetition {n}")));
        };
        for (k, anchor) in edge.anchors.iter().enumerate() {
            if let Some((_, doc)) = index.document(&anchor.document) {
                add(doc, anchor.span, format!("r{n}-a{}", k + 1));
            }
        }
        let Some((_, from)) = index.document(&edge.from) else {
            continue;
        };
        if let Upstream::Document(to) = &edge.to
            && let Some((_, to)) = index.document(to)
        {
            for (k, passage) in edge.passages.iter().enumerate() {
                add(from, passage.here, format!("r{n}-p{}-here", k + 1));
                add(to, passage.there, format!("r{n}-p{}-there", k + 1));
            }
        }
    }
}

fn article(page: &mut Page, index: &Index<'_>, n: usize, doc: &Document, marks: Marks) {
    let (id, heading) = (format!("d{n}"), format!("d{n}-h"));
    page.el("article", &[("id", &id), ("aria-labelledby", &heading), ("lang", language(&doc.language))], |page| {
        page.el("header", &[("lang", "en")], |page| {
            page.el("h3", &[("id", &heading)], |page| {
                page.leaf("span", &[("class", "n")], &n.to_string());
                page.text(" ");
                page.leaf("bdi", &[], index.label(n));
            });
            page.el("p", &[("class", "how")], |page| {
                match &doc.published {
                    Some(value) => {
                        page.text(&format!("{}, ", wording::date(value)));
                        head::known(page, index, n, doc, value);
                    }
                    None => page.text("No publication date found"),
                }
                page.text(" · ");
                page.leaf("span", &[("class", "origin")], &doc.capture.origin);
                if let Some(url) = &doc.url {
                    page.text(" · ");
                    page.leaf("span", &[("class", "origin")], url);
                }
                for credit in &doc.credits {
                    page.text(&format!(" · credits {} ({})", credit.name, credit.how));
                }
            });
        });
        let mut state = State::new(doc, marks);
        if doc.blocks.is_empty() {
            block(page, &mut state, BlockKind::Paragraph, 0, doc.text.len());
        }
        for part in &doc.blocks {
            block(page, &mut state, part.kind, part.span.start as usize, part.span.end as usize);
        }
        // Whatever no block reached keeps its target all the same.
        let rest: Vec<Marked> = std::mem::take(&mut state.waiting).into_values().collect();
        if rest.iter().any(|mark| !mark.ids.is_empty()) {
            page.el("p", &[], |page| {
                for mark in &rest {
                    targets(page, &mark.ids);
                    backs(page, &mark.backs);
                }
            });
        }
    });
}

/// A BCP 47 tag of harmless form, else `und`.
fn language(tag: &str) -> &str {
    let fine = !tag.is_empty() && tag.len() <= 16 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fine { tag } else { "und" }
}

/// What is still to be marked, and what is open at the point reached.
struct State<'a> {
    text: &'a str,
    waiting: Marks,
    open: Vec<Open>,
    /// Ends of marks past the depth limit: only their ways back remain to be written.
    deep: Vec<Open>,
}

struct Open {
    end: usize,
    class: &'static str,
    backs: Vec<(String, String, String)>,
}

impl<'a> State<'a> {
    fn new(doc: &'a Document, marks: Marks) -> Self {
        Self { text: &doc.text, waiting: marks, open: Vec::new(), deep: Vec::new() }
    }

    fn next_end(&self) -> Option<usize> {
        self.open.iter().chain(&self.deep).map(|mark| mark.end).min()
    }
}

fn block(page: &mut Page, state: &mut State<'_>, kind: BlockKind, start: usize, end: usize) {
    let start = state.text.floor_char_boundary(start);
    let end = state.text.floor_char_boundary(end).max(start);
    let tag = if kind == BlockKind::Headline { "h4" } else { "p" };
    let class = format!("block {}", kind.name());
    page.el(tag, &[("class", &class), ("dir", "auto")], |page| {
        // Marks that reach over from the block before are opened again without their id.
        for mark in &state.open {
            page.begin("mark", &[("class", mark.class)]);
        }
        let mut at = start;
        loop {
            open(page, state, at);
            let starts = state.waiting.first_key_value().map(|((from, _), _)| (*from).max(at));
            let next = [state.next_end(), starts, Some(end)].into_iter().flatten().min().unwrap_or(end).clamp(at, end);
            page.text(state.text.get(at..next).unwrap_or_default());
            at = next;
            close(page, state, at);
            if at >= end {
                break;
            }
        }
        for _ in &state.open {
            page.end("mark");
        }
    });
}

/// Opens every mark that starts at or before `at` (those between two blocks start with the next block).
fn open(page: &mut Page, state: &mut State<'_>, at: usize) {
    while let Some(entry) = state.waiting.first_entry() {
        let (from, Reverse(end)) = *entry.key();
        if from > at {
            break;
        }
        let mark = entry.remove();
        let class = match (mark.claim, mark.source, mark.cue) {
            (true, ..) => "claim",
            (_, true, _) => "src",
            (.., true) => "cue",
            _ => "spot",
        };
        let next = Open { end: end.max(at), class, backs: mark.backs };
        if end <= at {
            targets(page, &mark.ids);
            backs(page, &next.backs);
        } else if state.open.len() >= DEPTH {
            targets(page, &mark.ids);
            state.deep.push(next);
        } else {
            let (first, rest) = mark.ids.split_at(mark.ids.len().min(1));
            match first.first() {
                Some(id) => page.begin("mark", &[("class", class), ("id", id)]),
                None => page.begin("mark", &[("class", class)]),
            }
            targets(page, rest);
            state.open.push(next);
        }
    }
}

/// Closes every mark that ends at `at`; those opened inside it that go on are opened again.
fn close(page: &mut Page, state: &mut State<'_>, at: usize) {
    if let Some(outermost) = state.open.iter().position(|mark| mark.end <= at) {
        let above = state.open.split_off(outermost);
        let mut ways = Vec::new();
        for mark in above.iter().rev() {
            page.end("mark");
            if mark.end <= at {
                ways.extend(mark.backs.iter().cloned());
            }
        }
        backs(page, &ways);
        for mark in above.into_iter().filter(|mark| mark.end > at) {
            page.begin("mark", &[("class", mark.class)]);
            state.open.push(mark);
        }
    }
    let ways: Vec<_> = state.deep.extract_if(.., |mark| mark.end <= at).flat_map(|mark| mark.backs).collect();
    backs(page, &ways);
}

fn targets(page: &mut Page, ids: &[String]) {
    for id in ids {
        page.empty("span", &[("class", "target"), ("id", id)]);
    }
}

/// Ways back, each target once.
fn backs(page: &mut Page, ways: &[(String, String, String)]) {
    if ways.is_empty() {
        return;
    }
    page.el("sup", &[("lang", "en")], |page| {
        for (i, (target, words, what)) in ways.iter().enumerate() {
            if ways.iter().take(i).any(|(earlier, ..)| earlier == target) {
                continue;
            }
            if i > 0 {
                page.text(" ");
            }
            let href = format!("#{target}");
            let label = format!("back to {what}");
            page.leaf("a", &[("class", "ref"), ("href", &href), ("aria-label", &label)], words);
        }
    });
}

/// Used by the other sections to cite an account and words of it.
pub(crate) fn quote(page: &mut Page, index: &Index<'_>, anchor: &Anchor, target: &str) {
    let Some((n, doc)) = index.document(&anchor.document) else {
        return;
    };
    cite::account(page, index, n);
    page.text(": ");
    let href = format!("#{target}");
    page.el("a", &[("class", "words"), ("href", &href)], |page| {
        page.el("q", &[("dir", "auto")], |page| {
            page.text(&crate::index::shorten(doc.slice(anchor.span).trim(), 200));
        });
    });
}
