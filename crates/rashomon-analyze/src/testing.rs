//! What do the behaviour tests share? Documents made of a passage, and the case files' format.

use std::path::Path;

use rashomon_model::Document;
use rashomon_model::analysis::{Mention, Sentence, Word};
use rashomon_model::document::{Block, BlockKind};
use rashomon_model::id::{DocumentId, PlaceId};
use rashomon_model::party::PartyTable;
use rashomon_model::place::{Candidate, Place, PlaceQuery};
use rashomon_model::resources::{Places, Resources};
use rashomon_model::span::Span;

/// A passage read up to its words.
pub(crate) struct Fixture {
    pub(crate) doc: Document,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) words: Vec<Word>,
    pub(crate) parties: PartyTable,
}

impl Fixture {
    /// Each line of the passage is a paragraph.
    pub(crate) fn new(text: &str) -> Self {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::from_usize(at, at + line.len()).trimmed(text);
            if !span.is_empty() {
                blocks.push(Block { kind: BlockKind::Paragraph, span });
            }
            at += line.len();
        }
        let doc = Document::new(DocumentId::new("case"), text.to_owned(), blocks);
        let sentences = crate::segment::sentences(&doc);
        let words = crate::segment::words(&doc, &sentences);
        Self { doc, sentences, words, parties: crate::party::table() }
    }

    /// Mentions with the shipped party table and no gazetteer.
    pub(crate) fn mentions(&self) -> Vec<Mention> {
        crate::mention::read(&self.doc, &self.sentences, &self.words, &[], self)
    }
}

struct Nowhere;

impl Places for Nowhere {
    fn lookup(&self, _query: &PlaceQuery) -> Vec<Candidate> {
        Vec::new()
    }

    fn place(&self, _id: &PlaceId) -> Option<Place> {
        None
    }
}

impl Resources for Fixture {
    fn places(&self) -> &dyn Places {
        &Nowhere
    }

    fn parties(&self) -> &PartyTable {
        &self.parties
    }
}

/// One case of a file: a heading, prose, a quoted passage, and lines that must (`- `) or must not (`! `) be read from it.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) passage: String,
    pub(crate) expected: Vec<String>,
    pub(crate) forbidden: Vec<String>,
}

/// All cases of `tests/cases/<task>/*.md`, files in name order; at least one.
pub(crate) fn cases(task: &Path) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(task);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut cases: Vec<Case> = Vec::new();
    for file in files {
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            if let Some(name) = line.strip_prefix("## ") {
                cases.push(Case {
                    name: name.to_owned(),
                    passage: String::new(),
                    expected: Vec::new(),
                    forbidden: Vec::new(),
                });
            } else if let Some(case) = cases.last_mut() {
                if let Some(words) = line.strip_prefix("> ") {
                    if !case.passage.is_empty() {
                        case.passage.push('\n');
                    }
                    case.passage.push_str(words);
                } else if let Some(expected) = line.strip_prefix("- ") {
                    case.expected.push(expected.trim().to_owned());
                } else if let Some(forbidden) = line.strip_prefix("! ") {
                    case.forbidden.push(forbidden.trim().to_owned());
                }
            }
        }
    }
    assert!(!cases.is_empty());
    cases
}
