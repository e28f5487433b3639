//! Reads case files and compares: prose, a passage, expected lines. `RASHOMON_BLESS=1` rewrites the expectations.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::string_slice)]

use rashomon_model::Document;
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::id::{DocumentId, PartyId, PlaceId};
use rashomon_model::party::{Party, PartyKind, PartyTable};
use rashomon_model::place::{Candidate, Place, PlaceQuery};
use rashomon_model::resources::{Places, Resources};
use rashomon_model::span::Span;
use std::path::PathBuf;
use std::time::Instant;

/// A document whose blocks are the given lines; `# ` marks a headline, `## ` a standfirst, `! ` a caption.
pub(crate) fn document(lines: &[String]) -> Document {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for line in lines {
        let (kind, words) = if let Some(rest) = line.strip_prefix("# ") {
            (BlockKind::Headline, rest)
        } else if let Some(rest) = line.strip_prefix("## ") {
            (BlockKind::Standfirst, rest)
        } else if let Some(rest) = line.strip_prefix("! ") {
            (BlockKind::Caption, rest)
        } else {
            (BlockKind::Paragraph, line.as_str())
        };
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(words);
        blocks.push(Block { kind, span: Span::from_usize(start, text.len()) });
    }
    Document::new(DocumentId::new("case"), text, blocks)
}

/// A table of invented parties: a state with its seat, two outlets, a group.
pub(crate) fn parties() -> PartyTable {
    let row = |id: &str, name: &str, kind, aliases: &[&str], demonyms: &[&str], metonyms: &[&str]| {
        let own = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        Party {
            id: PartyId::new(id),
            name: name.into(),
            kind,
            aliases: own(aliases),
            demonyms: own(demonyms),
            metonyms: own(metonyms),
            domains: Vec::new(),
            member_of: Vec::new(),
        }
    };
    let mut parties = vec![
        row("state:XO", "Orvia", PartyKind::State, &[], &["Orvian"], &["Telmark"]),
        row("state:XO/defence", "Orvian defence ministry", PartyKind::GovernmentBody, &[], &[], &[]),
        row("state:XV", "Varda", PartyKind::State, &[], &["Vardan"], &["Kesh City"]),
        row("outlet:anvil", "Anvil News", PartyKind::Agency, &["Anvil"], &[], &[]),
        row("group:northern-front", "Northern Front", PartyKind::ArmedGroup, &[], &[], &[]),
    ];
    parties.sort_by(|a, b| a.id.cmp(&b.id));
    PartyTable { parties: parties.into() }
}

/// The given parties and no gazetteer.
pub(crate) struct World(pub(crate) PartyTable);

impl Places for World {
    fn lookup(&self, _: &PlaceQuery) -> Vec<Candidate> {
        Vec::new()
    }

    fn place(&self, _: &PlaceId) -> Option<Place> {
        None
    }
}

impl Resources for World {
    fn places(&self) -> &dyn Places {
        self
    }

    fn parties(&self) -> &PartyTable {
        &self.0
    }
}

/// Fails if reading a unit `n` times takes more than `factor` times as long as a quarter of it, and `slack` seconds more. A
/// quadratic reader takes sixteen times as long; what is between is room for a busy machine.
pub(crate) fn costs_in_proportion(kinds: &[(&str, usize)], factor: f64, slack: f64, read: fn(&str) -> usize) {
    for (unit, n) in kinds {
        cost_in_proportion(unit, *n, factor, slack, read, &|n| unit.repeat(n));
    }
}

/// The same for one text made of `n` units by `make`, called `name` when it fails.
pub(crate) fn cost_in_proportion(
    name: &str,
    n: usize,
    factor: f64,
    slack: f64,
    read: fn(&str) -> usize,
    make: &dyn Fn(usize) -> String,
) {
    let time = |n: usize| {
        let text = make(n);
        let start = Instant::now();
        read(&text);
        start.elapsed().as_secs_f64()
    };
    let (short, long) = (time(n / 4).max(0.005), time(n));
    assert!(long < short * factor + slack, "{name:?} × {n}: {short:.3} s, then {long:.3} s");
}

/// Runs every case of `tests/cases/<task>/*.md` through `check` and fails with all differences.
pub(crate) fn run(task: &str, check: fn(&[String]) -> Vec<String>) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(task);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let bless = std::env::var_os("RASHOMON_BLESS").is_some();
    let (mut cases, mut wrong) = (0, Vec::new());
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "md")) {
        let content = std::fs::read_to_string(file).unwrap();
        let mut written = String::new();
        let mut lines = content.lines().enumerate().peekable();
        while let Some((number, line)) = lines.next() {
            written.push_str(line);
            written.push('\n');
            let Some(first) = line.strip_prefix("> ") else { continue };
            let mut passage = vec![first.to_owned()];
            while let Some((_, more)) = lines.next_if(|(_, l)| l.starts_with("> ")) {
                written.push_str(more);
                written.push('\n');
                passage.push(more[2..].to_owned());
            }
            while let Some((_, blank)) = lines.next_if(|(_, l)| l.is_empty()) {
                written.push_str(blank);
                written.push('\n');
            }
            let mut expected = Vec::new();
            while let Some((_, line)) = lines.next_if(|(_, l)| l.starts_with("- ")) {
                expected.push(line[2..].trim_end().to_owned());
            }
            let mut got = check(&passage);
            if got.is_empty() {
                got.push("(none)".into());
            }
            cases += 1;
            for line in &got {
                written.push_str(&format!("- {line}\n"));
            }
            if got != expected {
                wrong.push(format!(
                    "{}:{}\n  {}\n  expected\n    {}\n  got\n    {}",
                    file.file_name().unwrap().to_string_lossy(),
                    number + 1,
                    passage.join("\n  "),
                    expected.join("\n    "),
                    got.join("\n    ")
                ));
            }
        }
        if bless {
            std::fs::write(file, written).unwrap();
        }
    }
    assert!(cases > 0, "no cases in {}", folder.display());
    assert!(bless || wrong.is_empty(), "{} of {cases} cases differ\n{}", wrong.len(), wrong.join("\n"));
}
