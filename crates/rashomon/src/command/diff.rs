//! What did a new account change? `rashomon diff OLD NEW`.

use super::print;
use crate::cli::DiffArgs;
use anyhow::Context as _;
use rashomon_dossier::diff::{diff, json, text};
use serde_json::Value;
use std::path::Path;

/// `rashomon diff`.
///
/// # Errors
/// If one of the two cannot be read or is no dossier.
pub fn run(args: &DiffArgs) -> anyhow::Result<u8> {
    let found = diff(&dossier(&args.old)?, &dossier(&args.new)?);
    print(&if args.json { json(&found) } else { text(&found) })
}

/// A dossier's JSON.
fn dossier(path: &Path) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let value: Value = serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))?;
    let schema = value.get("schema").and_then(Value::as_str).unwrap_or("");
    anyhow::ensure!(
        schema.starts_with("rashomon/dossier/"),
        "{} is no dossier; give the dossier.json of two runs of `rashomon dossier`",
        path.display()
    );
    Ok(value)
}
