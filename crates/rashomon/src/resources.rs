//! Where do gazetteer, party table and models come from? Shipped data plus what the user adds.

use anyhow::Context as _;
use rashomon_analyze::Reader;
use rashomon_analyze::attribution::Judge;
use rashomon_analyze::encoder::Encoder;
use rashomon_gazetteer::Gazetteer;
use rashomon_model::case::ModelUsed;
use rashomon_model::party::PartyTable;
use rashomon_model::resources::{Places, Resources};
use std::path::{Path, PathBuf};

/// Everything the pure stages need, loaded.
pub struct Loaded {
    gazetteer: Gazetteer,
    parties: PartyTable,
    reader: Learned,
    tables: String,
}

/// What was learned of reading attributions.
enum Learned {
    Encoder(Box<Encoder>),
    Judge(Judge),
}

/// A place list or party table of the user's, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Path, for messages.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

impl Table {
    /// Reads the files of a kind.
    ///
    /// # Errors
    /// If one cannot be read; the message names the kind and the file.
    pub fn read(kind: &str, files: &[PathBuf]) -> anyhow::Result<Vec<Self>> {
        let read = |file: &PathBuf| {
            let bytes = std::fs::read(file).with_context(|| format!("{kind} {}", file.display()))?;
            Ok(Self { name: file.display().to_string(), bytes })
        };
        files.iter().map(read).collect()
    }
}

/// Which reader of attributions takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReaderChoice<'a> {
    /// The shipped weights.
    Shipped,
    /// The user's own weights.
    File(&'a Path),
    /// Rules and the judge of what they find.
    Fast,
}

impl Loaded {
    /// Shipped data and the user's files.
    ///
    /// # Errors
    /// If a user file cannot be read or understood, or weights fail their digest; the message names the file.
    pub fn new(gazetteers: &[Table], parties: &[Table], reader: ReaderChoice<'_>) -> anyhow::Result<Self> {
        let reader = match reader {
            ReaderChoice::Fast => Learned::Judge(Judge::load(rashomon_weights::JUDGE).context("the shipped judge")?),
            ReaderChoice::Shipped => {
                Learned::Encoder(Box::new(Encoder::load(rashomon_weights::READER).context("the shipped weights")?))
            }
            ReaderChoice::File(file) => {
                let bytes = std::fs::read(file).with_context(|| format!("weights {}", file.display()))?;
                let encoder = Encoder::load(&bytes).with_context(|| format!("weights {}", file.display()))?;
                Learned::Encoder(Box::new(encoder))
            }
        };
        let digest = |tables: &[Table]| -> String {
            tables.iter().map(|table| rashomon_store::hex::sha256(&table.bytes)).collect::<Vec<_>>().join(" ")
        };
        let tables = format!("gazetteers {}; parties {}", digest(gazetteers), digest(parties));
        Ok(Self { gazetteer: gazetteer(gazetteers)?, parties: party_table(parties)?, reader, tables })
    }

    /// What the user added and which learned reader takes part, as a text that differs where they do.
    #[must_use]
    pub fn stamp(&self) -> String {
        let models = self.models();
        let models: Vec<String> = models.iter().map(|model| format!("{} {}", model.name, model.sha256)).collect();
        format!("{}; reader {}", self.tables, models.join(" "))
    }

    /// Who reads the attributions beside the rules.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        match &self.reader {
            Learned::Encoder(encoder) => Reader::Encoder(encoder),
            Learned::Judge(judge) => Reader::Judge(judge),
        }
    }

    /// Models that take part in the reading, for `generator.models`.
    #[must_use]
    pub fn models(&self) -> Vec<ModelUsed> {
        let (name, sha256) = match &self.reader {
            Learned::Encoder(encoder) => (encoder.name(), encoder.sha256()),
            Learned::Judge(judge) => (judge.name(), judge.sha256()),
        };
        vec![ModelUsed { name: name.to_owned(), sha256: sha256.to_owned() }]
    }
}

impl Resources for Loaded {
    fn places(&self) -> &dyn Places {
        &self.gazetteer
    }

    fn parties(&self) -> &PartyTable {
        &self.parties
    }
}

/// The shipped gazetteer with the user's tables on top.
///
/// # Errors
/// If a table cannot be understood.
pub fn gazetteer(tables: &[Table]) -> anyhow::Result<Gazetteer> {
    let mut gazetteer = Gazetteer::builtin();
    for table in tables {
        gazetteer = gazetteer.with_user(&table.bytes).with_context(|| format!("gazetteer {}", table.name))?;
    }
    Ok(gazetteer)
}

/// The shipped party table with the user's tables on top.
fn party_table(tables: &[Table]) -> anyhow::Result<PartyTable> {
    let mut all = Vec::new();
    for table in tables {
        // each table alone first, so that a fault is told with its file
        rashomon_analyze::party::with_user(&table.bytes).with_context(|| format!("parties {}", table.name))?;
        all.extend_from_slice(&table.bytes);
        all.push(b'\n');
    }
    if all.is_empty() {
        return Ok(rashomon_analyze::party::table());
    }
    rashomon_analyze::party::with_user(&all).context("parties of several files together")
}
