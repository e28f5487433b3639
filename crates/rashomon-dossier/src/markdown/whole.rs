//! What stands around the incidents in Markdown: the head and lead, and everything after.

use crate::caution::{self, cautions};
use crate::html::{LIMITS, decision, deck};
use crate::index::Index;
use crate::lead::{Lead, held, leads, sums};
use crate::markdown::{esc, heading, refs, row, table_head};
use crate::{rules, table, wording};
use rashomon_model::alignment::{Question, Status};
use rashomon_model::date::{DateValue, RestsOn};
use rashomon_model::dependence::Upstream;
use rashomon_model::document::{BlockKind, Document};
use rashomon_model::judgement::Outcome;
use std::collections::BTreeMap;

pub(crate) fn head(out: &mut String, index: &Index<'_>) {
    heading(out, 1, &esc(&index.case.title));
    out.push_str(&format!("{}\n", deck(index.case)));
    lead(out, index);
    heading(out, 2, "What was read");
    table_head(out, &["", "Account", "Headline", "Published", "How the date is known"]);
    for (at, doc) in index.case.documents.iter().enumerate() {
        let (date, known) = match &doc.published {
            Some(value) => (wording::date(value), known(index, doc, value)),
            None => ("not known".into(), "no date was found".into()),
        };
        let title = doc.title.as_deref().map_or("–".into(), esc);
        row(out, &[(at + 1).to_string(), esc(index.label(at + 1)), title, date, known]);
    }
    heading(out, 2, "What this says, and what it does not");
    for words in LIMITS {
        out.push_str(&format!("- {words}\n"));
    }
}

fn known(index: &Index<'_>, doc: &Document, value: &DateValue) -> String {
    let mut words = wording::basis(value.basis).to_owned();
    if let Some(span) = doc.published_anchor {
        words.push_str(&format!(": “{}”", esc(doc.slice(span))));
    }
    match &value.rests_on {
        Some(RestsOn::Document(id)) => {
            if let Some((n, _)) = index.document(id) {
                words.push_str(&format!(": {n} {}", esc(index.label(n))));
            }
        }
        Some(RestsOn::Metadata(field)) => words.push_str(&format!(": {}", esc(field))),
        Some(RestsOn::Words(span)) if doc.published_anchor.is_none() => {
            words.push_str(&format!(": “{}”", esc(doc.slice(*span))));
        }
        _ => {}
    }
    words
}

fn lead(out: &mut String, index: &Index<'_>) {
    heading(out, 2, "In one minute");
    let leads = leads(index.case);
    let Some((main, others)) = leads.split_first() else {
        out.push_str("No incident was made out.\n");
        accounts(out, index, None);
        return;
    };
    out.push_str(&format!("**{}**\n\n", esc(&main.assessed.incident.title)));
    for status in [Status::Agreed, Status::Compatible, Status::Contested, Status::SingleOrigin] {
        let (sign, word, _) = wording::status(status);
        for answered in
            main.with(status).filter(|q| !matches!(q.question, Question::Count(..)) || status != Status::SingleOrigin)
        {
            let answers: Vec<String> = held(index, answered)
                .into_iter()
                .map(|p| {
                    format!(
                        "**{}** – {} {}",
                        esc(&wording::value(answered.question, &p.value)),
                        esc(&index.by(p, 3)),
                        refs(&index.cite(p.claims.get(..1).unwrap_or_default()))
                    )
                })
                .collect();
            out.push_str(&format!(
                "- {sign} {word}: {} {}\n",
                wording::question(answered.question),
                answers.join("; ")
            ));
        }
    }
    if !main.toll.is_empty() {
        out.push_str("\nHow many dead, by whose count:\n\n");
        table_head(out, &["Figure", "Of whom", "By whose count", "Carried by", ""]);
        for toll in &main.toll {
            let denial = if index.denies(toll.position) { " (a denial)" } else { "" };
            row(
                out,
                &[
                    esc(&toll.position.value),
                    wording::counted(toll.of, toll.category),
                    format!("{}{denial}", esc(&index.origins(toll.position, usize::MAX))),
                    wording::n(toll.position.carriers.len(), "account"),
                    refs(&index.cite(&toll.position.claims)),
                ],
            );
        }
    }
    out.push_str(&format!("\n{}\n", main.voices()));
    accounts(out, index, Some(main));
    if !others.is_empty() {
        out.push_str("\nOther incidents:\n\n");
        for other in others {
            out.push_str(&format!(
                "- {}: {}\n",
                esc(&other.assessed.incident.title),
                wording::n(other.accounts, "account")
            ));
        }
    }
    let sums = sums(index.case);
    if !sums.is_empty() {
        out.push_str("\nOver all incidents, containers not counted again:\n\n");
        for sum in sums {
            out.push_str(&format!("- {} (A3)\n", wording::total(sum)));
        }
    }
}

/// What to know of the accounts themselves.
fn accounts(out: &mut String, index: &Index<'_>, main: Option<&Lead<'_>>) {
    let known = cautions(index, main);
    if !known.is_empty() {
        out.push_str("\nAbout the accounts:\n\n");
    }
    for caution in known.iter().take(caution::SHOWN) {
        let named: Vec<String> = caution.named().iter().map(|&n| format!("{n} {}", esc(index.label(n)))).collect();
        let named = if named.is_empty() { String::new() } else { format!(" – {}", named.join(", ")) };
        let shown_by = caution.shown_by.as_ref().map(|words| format!(": {}", esc(words))).unwrap_or_default();
        let cited = if caution.claims.is_empty() { String::new() } else { format!(" {}", refs(&caution.claims)) };
        let others = caution.and_others();
        out.push_str(&format!("- {}{named}{others}{shown_by}{cited}\n", esc(&caution.words)));
    }
    if let Some(rest) = known.len().checked_sub(caution::SHOWN).filter(|&n| n > 0) {
        out.push_str(&format!("- and {} below\n", wording::n(rest, "other remark")));
    }
}

pub(crate) fn rest(out: &mut String, index: &Index<'_>) {
    sources(out, index);
    reuse(out, index);
    evidence(out, index);
    timeline(out, index);
    claims(out, index);
    articles(out, index);
    notes(out, index);
}

fn sources(out: &mut String, index: &Index<'_>) {
    if index.case.sources.is_empty() {
        return;
    }
    heading(out, 2, "Who speaks");
    table_head(out, &["Source", "Kind", "Named as", "Speaks for", "Says", "Passes on"]);
    for source in &index.case.sources {
        let mut says = Vec::new();
        let mut passes = Vec::new();
        for cited in index.claims() {
            let last = cited.claim.chain.len().saturating_sub(1);
            for (i, link) in cited.claim.chain.iter().enumerate() {
                if link.source.as_ref() == Some(&source.id) {
                    if i == last { &mut says } else { &mut passes }.push(cited);
                }
            }
        }
        let whom =
            source.affiliation.as_ref().and_then(|id| index.source(id)).map(|(_, s)| esc(&s.name)).unwrap_or_default();
        let names: Vec<String> = source.names.iter().filter(|n| **n != source.name).map(|n| esc(n)).collect();
        row(
            out,
            &[
                esc(&source.name),
                wording::speaker(source.kind).into(),
                names.join("; "),
                whom,
                refs(&says),
                refs(&passes),
            ],
        );
    }
}

fn reuse(out: &mut String, index: &Index<'_>) {
    if index.case.dependences.is_empty() {
        return;
    }
    heading(out, 2, "Who repeats whom");
    for edge in &index.case.dependences {
        let Some((n, from)) = index.document(&edge.from) else { continue };
        let (_, verb) = wording::dependence(edge.kind, matches!(edge.to, Upstream::Source(_)));
        let (to, there) = match &edge.to {
            Upstream::Document(id) => match index.document(id) {
                Some((m, doc)) => (format!("{m} {}", esc(index.label(m))), Some(doc)),
                None => ("an account that is not part of this case".into(), None),
            },
            Upstream::Source(id) => {
                (index.source(id).map_or("a source that is not part of this case".into(), |(_, s)| esc(&s.name)), None)
            }
        };
        out.push_str(&format!(
            "- {n} {} {verb} {to}. {} ({})\n",
            esc(index.label(n)),
            esc(&wording::sentence(&edge.because)),
            esc(edge.direction_by)
        ));
        if let (Some(passage), Some(there)) = (edge.passages.first(), there) {
            out.push_str(&format!(
                "  - here: “{}”\n  - there: “{}”\n",
                esc(from.slice(passage.here)),
                esc(there.slice(passage.there))
            ));
        }
    }
}

fn evidence(out: &mut String, index: &Index<'_>) {
    if index.case.evidence.is_empty() {
        return;
    }
    heading(out, 2, "Evidence the accounts offer");
    for (at, item) in index.case.evidence.iter().enumerate() {
        let (sign, words, _) = wording::verification(item.verification);
        out.push_str(&format!(
            "- E{} {} ({}): {sign} {words}{}\n",
            at + 1,
            esc(&item.description),
            wording::evidence(item.kind),
            item.judged
                .as_ref()
                .map(|id| format!(" (set by a person: judgement {})", esc(id.as_str())))
                .unwrap_or_default()
        ));
        for anchor in item.mentions.iter().chain(&item.verification_anchors) {
            if let Some((n, doc)) = index.document(&anchor.document) {
                out.push_str(&format!("  - {n} {}: “{}”\n", esc(index.label(n)), esc(doc.slice(anchor.span))));
            }
        }
    }
}

fn timeline(out: &mut String, index: &Index<'_>) {
    let days = crate::timeline::days(index);
    if days.is_empty() {
        return;
    }
    heading(out, 2, "Timeline");
    for (date, day) in &days {
        out.push_str(&format!("- {}\n", wording::day(*date)));
        for assessed in day.incidents.iter().filter_map(|&at| index.case.incidents.get(at)) {
            out.push_str(&format!("  - said to have happened: {}\n", esc(&assessed.incident.title)));
        }
        for ((who, medium), cited) in &day.statements {
            let medium = if medium.is_empty() { String::new() } else { format!(", {}", esc(medium)) };
            out.push_str(&format!("  - said: {}{medium} {}\n", esc(who), refs(cited)));
        }
        for &(n, inferred) in &day.published {
            let how = if inferred { " (day inferred)" } else { "" };
            out.push_str(&format!("  - published: {n} {}{how}\n", esc(index.label(n))));
        }
    }
}

/// Every claim with its exact words.
fn claims(out: &mut String, index: &Index<'_>) {
    if index.case.claims.is_empty() {
        return;
    }
    heading(out, 2, "Claims");
    for cited in index.claims() {
        let mut how = wording::how(cited.claim);
        if let Some(first) = how.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        out.push_str(&format!(
            "- \\[{}\\] {} {} – {}: “{}” ({}){}\n",
            cited.n,
            cited.doc_n,
            esc(index.label(cited.doc_n)),
            esc(&wording::chain(cited.claim, "in its own voice")),
            esc(&table::content(&cited)),
            esc(&how),
            index
                .left_out_by(&cited.claim.id)
                .map(|made| format!(" × left out by a person: judgement {}", esc(made.id.as_str())))
                .unwrap_or_default()
        ));
    }
}

/// The texts, with the number of every claim after its last words.
fn articles(out: &mut String, index: &Index<'_>) {
    if index.case.documents.is_empty() {
        return;
    }
    heading(out, 2, "The accounts");
    for (at, doc) in index.case.documents.iter().enumerate() {
        heading(out, 3, &format!("{} {}", at + 1, esc(index.label(at + 1))));
        let mut ends: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for cited in index.claims_of(&doc.id).filter(|c| c.doc_n == at + 1) {
            let end = cited.claim.anchors.last().map_or(0, |s| s.end as usize);
            ends.entry(doc.text.floor_char_boundary(end)).or_default().push(cited.n);
        }
        for block in &doc.blocks {
            let (start, end) = (block.span.start as usize, block.span.end as usize);
            let mut words = String::new();
            let mut from = start;
            for (&stop, numbers) in ends.range(start + 1..end.max(start) + 1) {
                let piece = doc.text.get(from..stop).unwrap_or_default();
                let space = if piece.starts_with(char::is_whitespace) { " " } else { "" };
                let marks: Vec<String> = numbers.iter().map(|n| format!("\\[{n}\\]")).collect();
                words.push_str(&format!("{space}{} {}", esc(piece), marks.join(" ")));
                from = stop;
            }
            let piece = doc.text.get(from..end).unwrap_or_default();
            let space = if piece.starts_with(char::is_whitespace) { " " } else { "" };
            words.push_str(space);
            words.push_str(&esc(piece));
            let words = words.trim();
            match block.kind {
                BlockKind::Headline => out.push_str(&format!("> **{words}**\n>\n")),
                _ => out.push_str(&format!("> {words}\n>\n")),
            }
        }
    }
}

fn notes(out: &mut String, index: &Index<'_>) {
    if !index.case.judgements.is_empty() {
        heading(out, 2, "Decided by people");
        for made in &index.case.judgements {
            let applied = index.applied(made);
            let became = match applied.map(|one| &one.outcome) {
                Some(Outcome::Holds) | None => String::new(),
                Some(Outcome::Withdrawn(by)) => format!(" Withdrawn by {}.", esc(by.as_str())),
                Some(Outcome::Lost(why)) => format!(" ! No effect: {}", esc(&wording::sentence(why))),
            };
            let claims = applied.map(|one| refs(&index.cite(&one.claims))).unwrap_or_default();
            out.push_str(&format!(
                "- {}: {} {claims} By {}, {}: {}{became}\n",
                esc(made.id.as_str()),
                esc(&wording::sentence(&decision(index, &made.decision))),
                esc(&made.by),
                esc(&made.at),
                esc(&wording::sentence(&made.why))
            ));
        }
    }
    if !index.case.diagnostics.is_empty() {
        heading(out, 2, "Warnings and remarks on the reading");
        for found in &index.case.diagnostics {
            let doc = found
                .document
                .as_ref()
                .and_then(|id| index.document(id))
                .map(|(n, _)| format!(" ({n} {})", esc(index.label(n))))
                .unwrap_or_default();
            out.push_str(&format!("- {} {}: {}{doc}\n", found.severity, found.code, esc(&found.message)));
        }
    }
    let mut cited: Vec<&str> = index
        .case
        .incidents
        .iter()
        .flat_map(|i| {
            i.questions
                .iter()
                .flat_map(|q| q.relations.iter().map(|r| r.rule))
                .chain(i.ranges.iter().map(|r| r.rule))
                .chain([i.strike_status.rule, i.harm_grade.rule])
        })
        .chain(index.case.dependences.iter().map(|d| d.direction_by))
        .collect();
    cited.sort_unstable();
    cited.dedup();
    if !cited.is_empty() {
        heading(out, 2, "Rules cited");
        for rule in cited {
            out.push_str(&format!(
                "- {}: {}\n",
                esc(rule),
                esc(rules::explain(rule).unwrap_or("see rashomon explain"))
            ));
        }
    }
}
