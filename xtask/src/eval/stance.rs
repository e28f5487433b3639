//! Does an article agree with a headline, dispute or discuss it, and does one sentence of news follow from another? Input:
//! `bench/stance` (see its README); measured only.
//!
//! The stance is read from the product's own layers, rules alone: the sentences of the article that have the headline's words;
//! a denial or a negated claim in or right beside them disputes it; words put in somebody's mouth, hedged, or not committed to
//! discuss it; what the author tells in his own voice agrees. Whether a sentence follows is asked of its figures: each must be
//! allowed by a figure of the premise ([`rashomon_compare::relate::count`]).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rashomon::resources::{Loaded, ReaderChoice};
use rashomon_compare::Settings;
use rashomon_compare::relate::count::{Figure, Timing, relate};
use rashomon_model::Document;
use rashomon_model::alignment::RelationKind;
use rashomon_model::analysis::Analysis;
use rashomon_model::attribution::{Factuality, Flag};
use rashomon_model::claim::{Claim, Polarity};
use rashomon_model::quantity::{Category, Outcome};

use super::Figures;
use super::likeness::{Rarity, document, text, words};
use super::sets::lines;

/// Share of the headline's words (by rarity) in the article from which the two are related, and in a sentence from which it
/// tells of the headline's matter. Set on the developers' part.
const RELATED: f64 = 0.36;
const TELLS: f64 = 0.3;

/// Labels of the set.
const LABELS: [&str; 4] = ["agree", "disagree", "discuss", "unrelated"];

/// Both sets.
pub(super) fn measure(folder: &Path) -> Result<Figures, String> {
    let resources = Loaded::new(&[], &[], ReaderChoice::Fast).map_err(|e| e.to_string())?;
    let mut found = fnc1(folder, &resources)?;
    found.extend(newsnli(folder, &resources)?);
    Ok(found)
}

/// One sentence of an article: its words, and how it stands to what it tells.
struct Told {
    words: BTreeSet<String>,
    stance: &'static str,
}

/// An article read once.
struct Article {
    words: BTreeSet<String>,
    sentences: Vec<Told>,
}

fn article(doc: &Document, analysis: &Analysis, claims: &[Claim]) -> Article {
    let told = analysis.sentences.iter().map(|sentence| {
        let overlapping = |claim: &&Claim| claim.anchors.iter().any(|anchor| anchor.overlaps(sentence.span));
        let own: Vec<&Claim> = claims.iter().filter(overlapping).collect();
        let negative = |claim: &&Claim| {
            claim.factuality.is_negative()
                || claim.flags.contains(&Flag::Denial)
                || claim.proposition.polarity == Polarity::Negative
        };
        let beside = analysis.attributions.iter().zip(&analysis.chains).filter(|(attribution, _)| {
            attribution.content.iter().chain(&attribution.cue).any(|span| span.overlaps(sentence.span))
        });
        let mut spoken = false;
        let mut denied = own.iter().any(negative);
        let mut unsure = false;
        for (_, chain) in beside {
            spoken = true;
            denied |= chain.factuality.is_negative() || chain.flags.contains(&Flag::Denial);
            unsure |= chain.factuality != Factuality::CertainPositive;
        }
        let stance = if denied {
            "disagree"
        } else if spoken || unsure || own.iter().any(|claim| claim.factuality != Factuality::CertainPositive) {
            "discuss"
        } else {
            "agree"
        };
        Told { words: words(doc.slice(sentence.span)).into_iter().collect(), stance }
    });
    Article { words: words(&doc.text).into_iter().collect(), sentences: told.collect() }
}

fn fnc1(folder: &Path, resources: &Loaded) -> Result<Figures, String> {
    let rows = lines(&folder.join("fnc1.jsonl.gz"))?;
    let mut rarity = Rarity::default();
    let mut articles: BTreeMap<String, Article> = BTreeMap::new();
    for row in &rows {
        let id = row.get("body_id").map(ToString::to_string).unwrap_or_default();
        if articles.contains_key(&id) {
            continue;
        }
        let doc = document(&id, text(row, "body"));
        rarity.add(&doc.text);
        let analysis = rashomon_analyze::analyze(&doc, resources);
        let claims = rashomon_analyze::claim::claims(&doc, &analysis, resources);
        articles.insert(id, article(&doc, &analysis, &claims));
    }
    let mut table: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    for row in &rows {
        let id = row.get("body_id").map(ToString::to_string).unwrap_or_default();
        let Some(article) = articles.get(&id) else { continue };
        let said = stance(&words(text(row, "headline")), article, &rarity);
        let gold = LABELS.into_iter().find(|label| *label == text(row, "label")).unwrap_or("unrelated");
        *table.entry((gold, said)).or_default() += 1.0;
    }
    let cell = |gold: &str, said: &str| table.get(&(gold, said)).copied().unwrap_or(0.0);
    let f1 = |label: &str| {
        let right = cell(label, label);
        let (said, wanted): (f64, f64) =
            (LABELS.iter().map(|gold| cell(gold, label)).sum(), LABELS.iter().map(|said| cell(label, said)).sum());
        if said + wanted == 0.0 { 0.0 } else { 2.0 * right / (said + wanted) }
    };
    let related = ["agree", "disagree", "discuss"];
    let (mut score, mut best) = (0.0, 0.0);
    for ((gold, said), n) in &table {
        let told = related.contains(gold);
        best += n * if told { 1.0 } else { 0.25 };
        let right_side = told == related.contains(said);
        score += n * if right_side { 0.25 } else { 0.0 };
        score += n * if told && gold == said { 0.75 } else { 0.0 };
    }
    let macro_f1 = LABELS.iter().map(|label| f1(label)).sum::<f64>() / 4.0;
    let mut found: Figures = LABELS.iter().map(|label| (format!("fnc1.f1.{label}"), f1(label))).collect();
    found.insert("fnc1.macro_f1".to_owned(), macro_f1);
    found.insert("fnc1.official".to_owned(), score / best.max(1.0));
    Ok(found)
}

/// How an article stands to a headline.
fn stance(headline: &[String], article: &Article, rarity: &Rarity) -> &'static str {
    if rarity.share(headline, &article.words) < RELATED {
        return "unrelated";
    }
    let mut best: Vec<(f64, &Told)> = article
        .sentences
        .iter()
        .map(|told| (rarity.share(headline, &told.words), told))
        .filter(|(share, _)| *share >= TELLS)
        .collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    best.truncate(3);
    let says = |stance: &str| best.iter().any(|(_, told)| told.stance == stance);
    if best.is_empty() || says("discuss") && !says("disagree") {
        "discuss"
    } else if says("disagree") {
        "disagree"
    } else {
        "agree"
    }
}

/// Figures of one sentence, and its plain numbers.
struct Numbers {
    figures: Vec<Figure>,
    plain: BTreeSet<String>,
}

fn numbers(id: &str, words: &str, resources: &Loaded) -> Numbers {
    let doc = document(id, words);
    let analysis = rashomon_analyze::analyze(&doc, resources);
    let figures = analysis
        .quantities
        .iter()
        .filter_map(|q| Some(Figure { of: q.of?, category: q.category?, count: q.count, whole: false }))
        .collect();
    let plain = words
        .split(|c: char| !c.is_alphanumeric() && c != '.' && c != ',')
        .map(|word| word.trim_matches(['.', ',']).replace(',', ""))
        .filter(|word| word.bytes().any(|b| b.is_ascii_digit()))
        .collect();
    Numbers { figures, plain }
}

fn newsnli(folder: &Path, resources: &Loaded) -> Result<Figures, String> {
    let rows = lines(&folder.join("equate-newsnli.jsonl"))?;
    let (mut right, mut harm, mut harm_right) = (0.0, 0.0, 0.0);
    for row in &rows {
        let (a, b) = (numbers("a", text(row, "a"), resources), numbers("b", text(row, "b"), resources));
        let follows = follows(&a, &b);
        let correct = follows == (text(row, "label") == "entailment");
        let of_harm = b
            .figures
            .iter()
            .any(|figure| matches!(figure.of, Outcome::Killed | Outcome::Injured | Outcome::Casualties));
        right += if correct { 1.0 } else { 0.0 };
        if of_harm {
            harm += 1.0;
            harm_right += if correct { 1.0 } else { 0.0 };
        }
    }
    Ok([
        ("newsnli.accuracy", right / rows.len().max(1) as f64),
        ("newsnli.of_harm.accuracy", if harm == 0.0 { 0.0 } else { harm_right / harm }),
        ("newsnli.of_harm.pairs", harm),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect())
}

/// Whether every figure of the second is allowed by one of the first of the same scope, and every number of the second that is
/// no such figure stands in the first.
fn follows(a: &Numbers, b: &Numbers) -> bool {
    let settings = Settings::default();
    let allowed = |figure: &Figure| {
        a.figures.iter().any(|known| {
            let people = |one: &Figure| Figure {
                category: if one.category == Category::Objects { one.category } else { Category::People },
                ..*one
            };
            let found = relate(&people(known), &people(figure), Timing::None, &settings).kind;
            matches!(found, RelationKind::Equal | RelationKind::Refines)
        })
    };
    let counted: BTreeSet<String> =
        b.figures.iter().flat_map(|f| [f.count.min.to_string(), f.count.max.unwrap_or(0).to_string()]).collect();
    let in_a: BTreeSet<String> =
        a.figures.iter().flat_map(|f| [f.count.min.to_string(), f.count.max.unwrap_or(0).to_string()]).collect();
    b.figures.iter().all(allowed)
        && b.plain.iter().filter(|n| !counted.contains(*n)).all(|n| a.plain.contains(n) || in_a.contains(n))
}
