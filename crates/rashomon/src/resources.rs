//! Where do gazetteer, party table and models come from? Shipped data plus what the user adds.

use anyhow::Context as _;
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
    reader: Option<Encoder>,
}

/// Which reader of attributions takes part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReaderChoice<'a> {
    /// The shipped weights.
    Shipped,
    /// The user's own weights.
    File(&'a Path),
    /// Rules alone.
    Rules,
}

impl Loaded {
    /// Shipped data and the user's files.
    ///
    /// # Errors
    /// If a user file cannot be read or understood, or weights fail their digest; the message names the file.
    pub fn new(gazetteers: &[PathBuf], parties: &[PathBuf], reader: ReaderChoice<'_>) -> anyhow::Result<Self> {
        let reader = match reader {
            ReaderChoice::Rules => None,
            ReaderChoice::Shipped => Some(Encoder::load(rashomon_weights::READER).context("the shipped weights")?),
            ReaderChoice::File(file) => {
                let bytes = std::fs::read(file).with_context(|| format!("weights {}", file.display()))?;
                Some(Encoder::load(&bytes).with_context(|| format!("weights {}", file.display()))?)
            }
        };
        Ok(Self { gazetteer: gazetteer(gazetteers)?, parties: party_table(parties)?, reader })
    }

    /// The learned reader, unless rules alone were asked for.
    #[must_use]
    pub fn reader(&self) -> Option<&Encoder> {
        self.reader.as_ref()
    }

    /// Models that take part in the reading, for `generator.models`.
    #[must_use]
    pub fn models(&self) -> Vec<ModelUsed> {
        let used =
            |encoder: &Encoder| ModelUsed { name: encoder.name().to_owned(), sha256: encoder.sha256().to_owned() };
        self.reader.iter().map(used).collect()
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

/// The shipped gazetteer with the user's files on top.
///
/// # Errors
/// If a file cannot be read or understood.
pub fn gazetteer(files: &[PathBuf]) -> anyhow::Result<Gazetteer> {
    let mut gazetteer = Gazetteer::builtin();
    for file in files {
        let bytes = std::fs::read(file).with_context(|| format!("gazetteer {}", file.display()))?;
        gazetteer = gazetteer.with_user(&bytes).with_context(|| format!("gazetteer {}", file.display()))?;
    }
    Ok(gazetteer)
}

/// The shipped party table with the user's files on top.
fn party_table(files: &[PathBuf]) -> anyhow::Result<PartyTable> {
    let mut all = Vec::new();
    for file in files {
        let bytes = std::fs::read(file).with_context(|| format!("parties {}", file.display()))?;
        // each file alone first, so that a fault is told with its file
        rashomon_analyze::party::with_user(&bytes).with_context(|| format!("parties {}", file.display()))?;
        all.extend(bytes);
        all.push(b'\n');
    }
    if all.is_empty() {
        return Ok(rashomon_analyze::party::table());
    }
    rashomon_analyze::party::with_user(&all).context("parties of several files together")
}
