//! What must hold whatever the bytes? Shared by the targets.

use rashomon_ingest::limits::Limits;
use rashomon_ingest::open::{Opened, Options, Source, open};
use rashomon_ingest::{Document, MediaType, extract};
use rashomon_model::party::PartyTable;
use rashomon_model::place::{Candidate, Place, PlaceQuery};
use rashomon_model::resources::{Places, Resources};

/// Opens bytes under a name and reads every article in them; PDFs are read in a process of their own and are left out here.
pub fn read(name: &str, bytes: &[u8]) -> Opened {
    // Small caps, so that a run is spent on shapes and not on sizes.
    let limits = Limits { unpacked: 4 << 20, free: 1 << 16, entries: 200, rows: 2000, ..Limits::default() };
    let opened = open(Source::new(name, bytes.to_vec()), &Options { limits, ..Options::default() });
    for input in opened.inputs.iter().filter(|input| input.media != MediaType::Pdf).take(20) {
        if let Ok(read) = extract(input.clone()) {
            whole(&read.value);
        }
    }
    for refusal in &opened.refusals {
        assert!(rashomon_ingest::codes::find(refusal.code).is_some(), "{refusal}");
    }
    opened
}

/// A document's spans fit its text, its blocks are sorted and apart, and no control character is left.
pub fn whole(doc: &Document) {
    let mut end = 0;
    for block in &doc.blocks {
        assert!(block.span.start >= end && !doc.slice(block.span).is_empty(), "{:?}", block);
        assert!(doc.text.get(block.span.start as usize..block.span.end as usize).is_some());
        end = block.span.end;
    }
    for span in doc.credits.iter().filter_map(|credit| credit.span).chain(doc.published_anchor) {
        assert!(doc.text.get(span.start as usize..span.end as usize).is_some_and(|words| !words.is_empty()));
    }
    assert!(doc.text.chars().all(|c| c == '\n' || !c.is_control()), "{:?}", doc.text);
}

/// No gazetteer, the shipped parties.
pub struct Nowhere(pub PartyTable);

impl Nowhere {
    pub fn new() -> Self {
        Self(rashomon_analyze::party::table())
    }
}

impl Default for Nowhere {
    fn default() -> Self {
        Self::new()
    }
}

impl Places for Nowhere {
    fn lookup(&self, _: &PlaceQuery) -> Vec<Candidate> {
        Vec::new()
    }

    fn place(&self, _: &rashomon_model::PlaceId) -> Option<Place> {
        None
    }
}

impl Resources for Nowhere {
    fn places(&self) -> &dyn Places {
        self
    }

    fn parties(&self) -> &PartyTable {
        &self.0
    }
}
