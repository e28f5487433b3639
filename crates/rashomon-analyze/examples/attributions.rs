//! Prints the attributions of documents as JSON Lines, for measuring the rules alone: reads `{"id", "text"}` lines on
//! standard input, writes `{"id", "relations": [{"source", "cue", "content", "made_by", "chain"}], "speakers"}` with offsets in code points.
#![allow(clippy::print_stdout, missing_docs)]

use rashomon_model::Document;
use rashomon_model::capture::Capture;
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::id::{DocumentId, PlaceId};
use rashomon_model::party::PartyTable;
use rashomon_model::place::{Candidate, Place, PlaceQuery};
use rashomon_model::resources::{Places, Resources};
use rashomon_model::span::Span;
use std::io::BufRead;

/// A document whose blocks are the lines of the text that hold words.
fn document(id: &str, text: &str) -> Document {
    let mut doc = Document {
        id: DocumentId::new(id),
        given_id: None,
        capture: Capture {
            sha256: String::new(),
            origin: id.to_owned(),
            retrieved: None,
            media_type: "text/plain".into(),
        },
        publisher: None,
        title: None,
        byline: None,
        language: "en".into(),
        published: None,
        published_anchor: None,
        updated: false,
        url: None,
        credits: Vec::new(),
        text: text.to_owned(),
        blocks: Vec::new(),
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::from_usize(at, at + line.len()).trimmed(text);
        if !span.is_empty() {
            // for reading plain copies: a line without a final mark is a headline
            let line = doc.slice(span);
            let ends =
                line.ends_with(['.', '!', '?', '"', '”', ':', ',']) || !std::env::args().any(|a| a == "--headlines");
            let kind = if ends { BlockKind::Paragraph } else { BlockKind::Headline };
            doc.blocks.push(Block { kind, span });
        }
        at += line.len();
    }
    doc
}

/// The party table without a gazetteer.
struct NoPlaces(PartyTable);

impl Places for NoPlaces {
    fn lookup(&self, _: &PlaceQuery) -> Vec<Candidate> {
        Vec::new()
    }
    fn place(&self, _: &PlaceId) -> Option<Place> {
        None
    }
}

impl Resources for NoPlaces {
    fn places(&self) -> &dyn Places {
        self
    }
    fn parties(&self) -> &PartyTable {
        &self.0
    }
}

fn main() {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let Ok(row) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
        let (Some(id), Some(text)) = (row["id"].as_str(), row["text"].as_str()) else { continue };
        let doc = document(id, text);
        let analysis = rashomon_analyze::analyze(&doc, &NoPlaces(rashomon_analyze::party::table()));
        let (found, chains, speakers) = (&analysis.attributions, &analysis.chains, &analysis.speakers);
        let points: Vec<usize> = {
            let mut count = 0;
            let mut table = vec![0; text.len() + 1];
            for (at, slot) in table.iter_mut().enumerate() {
                *slot = count;
                if text.is_char_boundary(at) && at < text.len() {
                    count += 1;
                }
            }
            table
        };
        let spans = |list: &[Span]| -> Vec<[usize; 2]> {
            list.iter().map(|s| [points[s.start as usize], points[s.end as usize]]).collect()
        };
        let relations: Vec<serde_json::Value> = found
            .iter()
            .zip(chains)
            .map(|(a, chain)| {
                let links: Vec<serde_json::Value> = chain
                    .links
                    .iter()
                    .map(|l| serde_json::json!({"name": l.name, "kind": l.kind.name(), "medium": l.medium, "at": l.at.as_ref().map(|d| d.edtf()), "because": l.resolved_because}))
                    .collect();
                let flags: Vec<&str> = chain.flags.iter().map(|f| f.name()).collect();
                serde_json::json!({"source": spans(&a.source), "cue": spans(&a.cue), "content": spans(&a.content),
                    "inside": a.inside, "made_by": a.made_by, "chain": links, "flags": flags,
                    "factuality": chain.factuality.name(), "party": chain.party.as_ref().map(|p| p.name.clone()), "told": spans(a.told.as_slice())})
            })
            .collect();
        let speakers: Vec<serde_json::Value> = speakers
            .iter()
            .map(|s| {
                serde_json::json!({"name": s.name, "kind": s.kind.name(), "names": s.names, "affiliation": s.affiliation,
                    "party": s.party.as_ref().map(ToString::to_string), "as": s.described_as, "anonymous": s.anonymous})
            })
            .collect();
        println!("{}", serde_json::json!({"id": id, "relations": relations, "speakers": speakers}));
    }
}
