//! How well are reports of contested events read? Attributions, chains and values on `eval/indomain`, passages we invented.
//!
//! The format is described in `eval/indomain/README.md`. Spans and relations are scored as on PolNeAR (`attribution`), all
//! levels together; *nested* is relation F1 among the attributions that lie in another, and counts only where the outer
//! ones meet too; depth, value and flags are scored on the relations that meet. A passage that does not parse, or whose
//! words do not stand in its text, is an error: a gold standard must not rot.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rashomon::resources::{Loaded, ReaderChoice};
use rashomon_analyze::encoder::Encoder;
use rashomon_analyze::{Reader, analyze, analyze_by, claim};
use rashomon_model::Document;
use rashomon_model::attribution::{Attribution, Factuality, Flag};
use rashomon_model::claim::{Chain, Claim};
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::span::Span;

use super::Figures;
use super::attribution::{Relation, Score, document, is_said, meet, points, relation, sets};
use super::sets::Counts;

/// Flags the guidelines define; others of the model are not annotated.
const FLAGS: [&str; 11] = [
    "anonymous",
    "basis_asserted",
    "caption",
    "correction",
    "denial",
    "distancing",
    "headline",
    "hedged",
    "not_asserted",
    "origin_unknown",
    "unverified_by_author",
];

/// One annotated attribution.
struct Gold {
    relation: Relation,
    inside: Option<usize>,
    value: String,
    flags: BTreeSet<String>,
}

/// A passage with its annotations.
struct Passage {
    id: String,
    doc: Document,
    gold: Vec<Gold>,
}

/// The text of a passage: `# ` a headline, `## ` a standfirst, `! ` a caption, joined by empty lines.
fn passage(id: &str, lines: &[&str]) -> Document {
    let mut doc = document(id, "");
    for line in lines {
        let (kind, words) = [("# ", BlockKind::Headline), ("## ", BlockKind::Standfirst), ("! ", BlockKind::Caption)]
            .iter()
            .find_map(|(mark, kind)| line.strip_prefix(mark).map(|rest| (*kind, rest)))
            .unwrap_or((BlockKind::Paragraph, line));
        if !doc.text.is_empty() {
            doc.text.push_str("\n\n");
        }
        let start = doc.text.len();
        doc.text.push_str(words);
        doc.blocks.push(Block { kind, span: Span::from_usize(start, doc.text.len()) });
    }
    doc
}

/// Byte places of `words`, optionally `words{n}`, on word boundaries.
fn occurrence(text: &str, field: &str) -> Result<Span, String> {
    let (words, number) = match field.strip_suffix('}').and_then(|f| f.rsplit_once('{')) {
        Some((words, n)) if !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()) => (words, n.parse::<usize>().ok()),
        _ => (field, None),
    };
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (opens, ends) = (letter(words.chars().next()), letter(words.chars().next_back()));
    let found: Vec<usize> = text
        .match_indices(words)
        .map(|(at, _)| at)
        .filter(|&at| {
            let before = text.get(..at).and_then(|s| s.chars().next_back());
            let after = text.get(at + words.len()..).and_then(|s| s.chars().next());
            !(opens && letter(before) || ends && letter(after))
        })
        .collect();
    let at = match (number, found.as_slice()) {
        (None, [only]) => *only,
        (Some(n), _) if n > 0 && n <= found.len() => found[n - 1],
        _ => return Err(format!("\"{field}\" stands {} times", found.len())),
    };
    Ok(Span::from_usize(at, at + words.len()))
}

/// Pieces of a field in code points.
fn pieces(text: &str, points: &[usize], field: &str) -> Result<Vec<(usize, usize)>, String> {
    field
        .split(" ## ")
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .map(|piece| occurrence(text, piece).map(|span| (points[span.start as usize], points[span.end as usize])))
        .collect()
}

/// One line `source | cue | content | … `.
fn annotation(text: &str, points: &[usize], line: &str) -> Result<Gold, String> {
    let mut fields = line.split('|').map(str::trim);
    let mut next = || fields.next().unwrap_or_default();
    let relation = [pieces(text, points, next())?, pieces(text, points, next())?, pieces(text, points, next())?];
    let mut gold = Gold { relation, inside: None, value: String::new(), flags: BTreeSet::new() };
    for field in fields {
        match field.split_once(':').map(|(key, value)| (key.trim(), value.trim())) {
            Some(("told", words)) => {
                pieces(text, points, words)?;
            }
            Some(("inside", n)) => gold.inside = n.parse::<usize>().ok().and_then(|n| n.checked_sub(1)),
            Some(("factuality", value)) => value.clone_into(&mut gold.value),
            Some(("flags", list)) => gold.flags = list.split(',').map(|f| f.trim().to_owned()).collect(),
            _ => return Err(format!("cannot make sense of \"{field}\"")),
        }
    }
    if let Some(flag) = gold.flags.iter().find(|flag| !FLAGS.contains(&flag.as_str())) {
        return Err(format!("no flag \"{flag}\""));
    }
    if gold.value.is_empty() { Err("no factuality".to_owned()) } else { Ok(gold) }
}

/// All passages of a file.
fn passages(content: &str) -> Result<Vec<Passage>, String> {
    let mut found: Vec<Passage> = Vec::new();
    let mut id = String::new();
    let mut lines = content.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.split('·').next().unwrap_or("").trim().clone_into(&mut id);
        }
        let Some(first) = line.strip_prefix("> ") else { continue };
        let mut blocks = vec![first];
        while let Some(more) = lines.next_if(|l| l.starts_with('>')) {
            blocks.extend(more.strip_prefix("> ").filter(|l| !l.trim().is_empty()));
        }
        while lines.next_if(|l| l.trim().is_empty()).is_some() {}
        let doc = passage(&id, &blocks);
        let points = points(&doc.text);
        let mut gold = Vec::new();
        while let Some(line) = lines.next_if(|l| l.starts_with("- ")) {
            let line = line.strip_prefix("- ").unwrap_or(line).trim_end();
            if line != "(none)" {
                gold.push(annotation(&doc.text, &points, line).map_err(|why| format!("{id}: {line}: {why}"))?);
            }
        }
        for (n, one) in gold.iter().enumerate() {
            if one.inside.is_some_and(|outer| outer >= gold.len() || outer == n) {
                return Err(format!("{id}: attribution {} lies inside one that is not there", n + 1));
            }
        }
        found.push(Passage { id: id.clone(), doc, gold });
    }
    Ok(found)
}

/// All passages of the folder, file by file.
fn read(folder: &Path) -> Result<Vec<Passage>, String> {
    let list = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<_> = list.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.sort();
    let mut found = Vec::new();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "md") && !f.ends_with("README.md")) {
        let content = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        found.extend(passages(&content).map_err(|why| format!("{}: {why}", file.display()))?);
    }
    Ok(found)
}

/// The passages with their relations, for what is learned elsewhere and measured here.
///
/// # Errors
/// As [`measure`].
pub(crate) fn relations(folder: &Path) -> Result<Vec<(Document, Vec<Relation>)>, String> {
    Ok(read(folder)?.into_iter().map(|p| (p.doc, p.gold.into_iter().map(|g| g.relation).collect())).collect())
}

/// Steps outwards.
fn depth(inside: &[Option<usize>], mut at: usize) -> usize {
    let mut steps = 0;
    while let Some(outer) = inside.get(at).copied().flatten().filter(|_| steps < 9) {
        steps += 1;
        at = outer;
    }
    steps
}

/// Right of all, as a share.
#[derive(Default)]
struct Share(usize, usize);

impl Share {
    fn add(&mut self, right: bool) {
        self.0 += usize::from(right);
        self.1 += 1;
    }

    fn value(&self) -> f64 {
        self.0 as f64 / self.1.max(1) as f64
    }
}

/// What was counted over all passages.
#[derive(Default)]
struct Tally {
    spans: Score,
    nested: Counts,
    depth: Share,
    value: Share,
    value_marked: Share,
    flags: BTreeMap<String, Counts>,
}

/// Measures the product on the folder; `show` prints every attribution that does not meet.
///
/// # Errors
/// If a file cannot be read or an annotation does not fit its passage.
pub fn measure(folder: &Path, encoder: &Encoder, show: bool) -> Result<Figures, String> {
    let world = Loaded::new(&[], &[], ReaderChoice::Fast).map_err(|e| e.to_string())?;
    let passages = read(folder)?;
    let mut tally = Tally::default();
    let mut rules = Score::default();
    let mut fast = Score::default();
    let mut reader = Score::default();
    for passage in &passages {
        let analysis = analyze_by(&passage.doc, &world, Reader::Encoder(encoder));
        let claims = claim::claims(&passage.doc, &analysis, &world);
        score(passage, &analysis.attributions, &analysis.chains, &claims, &mut tally, show);
        let text = passage.doc.text.as_str();
        let points = points(text);
        let gold: Vec<Relation> = passage.gold.iter().map(|g| g.relation.clone()).collect();
        let plain =
            |list: &[Attribution]| list.iter().filter(|a| is_said(a)).map(|a| relation(&points, a)).collect::<Vec<_>>();
        rules.add(text, &gold, &plain(&analyze(&passage.doc, &world).attributions));
        fast.add(text, &gold, &plain(&analyze_by(&passage.doc, &world, world.reader()).attributions));
        reader.add(text, &gold, &plain(&encoder.read_document(&passage.doc, &analysis.sentences).attributions()));
    }
    let mut figures = tally.spans.figures("indomain.product");
    let alone = |score: &Score, name: &str| -> Figures {
        let wanted = format!("{name}.relation");
        score.figures(name).into_iter().filter(|(key, _)| *key == wanted).collect()
    };
    figures.extend(alone(&rules, "indomain.rules"));
    figures.extend(alone(&fast, "indomain.fast"));
    figures.extend(alone(&reader, "indomain.reader"));
    figures.insert("indomain.nested_relation".into(), tally.nested.f1());
    figures.insert("indomain.chain_depth".into(), tally.depth.value());
    figures.insert("indomain.factuality".into(), tally.value.value());
    figures.insert("indomain.factuality_not_ct_plus".into(), tally.value_marked.value());
    figures.insert("indomain.flags".into(), tally.flags.values().copied().sum::<Counts>().f1());
    for (flag, counts) in &tally.flags {
        figures.insert(format!("indomain.flag.{flag}"), counts.f1());
    }
    let gold: usize = passages.iter().map(|p| p.gold.len()).sum();
    let nested = passages.iter().flat_map(|p| &p.gold).filter(|g| g.inside.is_some()).count();
    println!("  {} passages, {gold} attributions, {nested} nested", passages.len());
    Ok(figures)
}

/// Value and flags of an attribution: the chain's, with the hedge of the claim its content opens with ("said the plot could have
/// been drawn by anyone"), as the guidelines fold it in.
fn value_of(attribution: &Attribution, chain: &Chain, claims: &[Claim]) -> (Factuality, BTreeSet<Flag>) {
    let cue = |links: &[rashomon_model::claim::Link]| links.last().and_then(|link| link.cue);
    let opens = claims
        .iter()
        .filter(|c| cue(&c.chain) == cue(&chain.links))
        .filter(|c| c.anchors.first().is_some_and(|a| attribution.content.iter().any(|piece| piece.contains(*a))))
        .min_by_key(|c| c.anchors.first().copied());
    match opens {
        Some(claim) if claim.flags.contains(&Flag::Hedged) && claim.factuality != Factuality::Uncommitted => {
            let mut flags = chain.flags.clone();
            flags.insert(Flag::Hedged);
            (claim.factuality, flags)
        }
        _ => (chain.factuality, chain.flags.clone()),
    }
}

/// Scores one passage.
fn score(passage: &Passage, found: &[Attribution], chains: &[Chain], claims: &[Claim], tally: &mut Tally, show: bool) {
    let text = passage.doc.text.as_str();
    let table = points(text);
    let kept: Vec<usize> = (0..found.len()).filter(|&i| is_said(&found[i])).collect();
    let gold: Vec<Relation> = passage.gold.iter().map(|g| g.relation.clone()).collect();
    let predicted: Vec<Relation> = kept.iter().map(|&i| relation(&table, &found[i])).collect();
    tally.spans.add(text, &gold, &predicted);
    let (gold_sets, predicted_sets) = (sets(text, &gold), sets(text, &predicted));
    let pairs = meet(&gold_sets, &predicted_sets);
    let partner: BTreeMap<usize, usize> = pairs.iter().map(|&(g, p)| (g, kept[p])).collect();
    let gold_inside: Vec<Option<usize>> = passage.gold.iter().map(|g| g.inside).collect();
    let found_inside: Vec<Option<usize>> = found.iter().map(|a| a.inside).collect();
    let nested = kept.iter().filter(|&&i| found_inside[i].is_some()).count();
    tally.nested.add(0, nested, gold_inside.iter().flatten().count());
    for (&g, &i) in &partner {
        let one = &passage.gold[g];
        if let Some(outer) = one.inside
            && found_inside[i].is_some()
            && partner.get(&outer).copied() == found_inside[i]
        {
            tally.nested.add(1, 0, 0);
        }
        let Some(chain) = chains.get(i) else { continue };
        tally.depth.add(depth(&gold_inside, g) == depth(&found_inside, i));
        let (read, marks) = value_of(&found[i], chain, claims);
        let value = read.name() == one.value;
        tally.value.add(value);
        if one.value != "CT+" {
            tally.value_marked.add(value);
        }
        let flags: BTreeSet<String> =
            marks.iter().map(|f| f.name().to_owned()).filter(|f| FLAGS.contains(&f.as_str())).collect();
        for flag in flags.union(&one.flags) {
            let (read, wanted) = (flags.contains(flag), one.flags.contains(flag));
            let counts = tally.flags.entry(flag.clone()).or_default();
            counts.add(usize::from(read && wanted), usize::from(read), usize::from(wanted));
        }
        if show && (!value || flags != one.flags || depth(&gold_inside, g) != depth(&found_inside, i)) {
            println!(
                "{} differs: {} | {} {:?} depth {} | gold {} {:?} depth {}",
                passage.id,
                words(text, &gold[g]),
                read,
                flags,
                depth(&found_inside, i),
                one.value,
                one.flags,
                depth(&gold_inside, g)
            );
        }
    }
    if show {
        for g in (0..gold.len()).filter(|g| !partner.contains_key(g)) {
            println!("{} missed: {}", passage.id, words(text, &gold[g]));
        }
        for (p, &i) in kept.iter().enumerate().filter(|(p, _)| !pairs.iter().any(|pair| pair.1 == *p)) {
            println!("{} wrong ({}): {}", passage.id, found[i].made_by, words(text, &predicted[p]));
        }
    }
}

/// A relation as it reads, for `--errors`.
fn words(text: &str, relation: &Relation) -> String {
    let chars: Vec<char> = text.chars().collect();
    let read = |spans: &[(usize, usize)]| {
        spans.iter().map(|&(a, b)| chars[a..b].iter().collect::<String>()).collect::<Vec<_>>().join(" ## ")
    };
    relation.iter().map(|spans| read(spans)).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSAGE: &str = "# A war\n\nProse.\n\n## x-01 · wire\n\n> # Mill hit, army says\n> The army said the mill was hit. A medic \
                           said so, and Osk said it too.\n\n- army{1} | says | Mill hit | factuality: CT+ | flags: headline\n- The army | \
                           said{1} | the mill was hit | factuality: CT+\n- A medic | said{2} | so | inside: 2 | factuality: \
                           Uu | flags: anonymous\n";

    #[test]
    fn a_passage_is_read_with_its_annotations() {
        let found = passages(PASSAGE).expect("the passage is well formed");
        let [passage] = found.as_slice() else { panic!("one passage") };
        assert_eq!((passage.id.as_str(), passage.gold.len()), ("x-01", 3));
        assert_eq!(passage.gold[2].inside, Some(1));
        assert_eq!(words(&passage.doc.text, &passage.gold[2].relation), "A medic | said | so");
    }

    #[test]
    fn annotations_that_do_not_fit_are_refused() {
        for (from, to) in
            [("said{2} | so", "said | so"), ("inside: 2", "inside: 7"), ("flags: anonymous", "flags: anon")]
        {
            assert!(passages(&PASSAGE.replace(from, to)).is_err(), "{to}");
        }
    }

    #[test]
    fn the_shipped_passages_fit() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../eval/indomain");
        assert!(read(&folder).map(|found| !found.is_empty()).unwrap_or_else(|why| panic!("{why}")));
    }
}
