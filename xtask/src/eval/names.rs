//! How well are names found? Entity F1 on `bench/names`, every set under its own scheme, as its README defines.
//!
//! An entity counts if start, end and type are those of a gold one of the same item. Measured on what no weights were
//! derived from: a fifth of CrossNER and UNER (by a fixed hash, as `training/corpus.py` holds it out) and re3d's
//! documents of publishers that are not cleared for training.

use std::collections::BTreeSet;
use std::path::Path;

use rashomon_analyze::encoder::Encoder;
use rashomon_analyze::segment;
use serde_json::Value;

use super::Figures;
use super::attribution::{document, points};
use super::sets::{Counts, lines};

/// Publishers of re3d whose items train the reader.
const CLEARED: [&str; 3] = ["US State Department", "UK Government", "Australian Department of Foreign Affairs"];

/// Whether an item of CrossNER or UNER is held out of training.
fn held_out(key: &str) -> bool {
    key.chars().zip(1u64..).map(|(c, i)| u64::from(u32::from(c)) * i).sum::<u64>().is_multiple_of(5)
}

/// Common type of a report across sets (the README's): PER, ORG, LOC, or the label itself.
fn common(label: &str) -> &str {
    match label {
        "Person" | "politician" | "person" | "PER" => "PER",
        "Organisation" | "organisation" | "politicalparty" | "ORG" => "ORG",
        "Location" | "location" | "country" | "LOC" => "LOC",
        other => other,
    }
}

/// Entity F1 per set, over its own types and over the three common ones.
///
/// # Errors
/// If a file cannot be read.
pub fn measure(folder: &Path, encoder: &Encoder) -> Result<Figures, String> {
    let mut figures = Figures::new();
    for set in ["re3d", "crossner", "uner"] {
        let (mut all, mut three) = (Counts::default(), Counts::default());
        for item in lines(&folder.join(format!("{set}.jsonl")))? {
            let of = |field: &str| item[field].as_str().unwrap_or_default();
            let dev = match set {
                "re3d" => !CLEARED.contains(&of("source")),
                "uner" => held_out(of("document")),
                _ => held_out(of("id")),
            };
            if !dev {
                continue;
            }
            let text = of("text");
            let doc = document(of("id"), text);
            let at = points(text);
            let reading = encoder.read_document(&doc, &segment::sentences(&doc));
            let found: BTreeSet<(u64, u64, String)> = reading
                .schemes
                .iter()
                .filter(|(scheme, _)| scheme == set)
                .flat_map(|(_, names)| names)
                .map(|n| (at[n.span.start as usize] as u64, at[n.span.end as usize] as u64, n.label.clone()))
                .collect();
            let number = |e: &Value, k: &str| e[k].as_u64().unwrap_or(0);
            let gold: BTreeSet<(u64, u64, String)> = item["entities"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|e| (number(e, "start"), number(e, "end"), e["type"].as_str().unwrap_or_default().to_owned()))
                .collect();
            all.add(gold.intersection(&found).count(), found.len(), gold.len());
            let cut = |list: &BTreeSet<(u64, u64, String)>| -> BTreeSet<(u64, u64, String)> {
                list.iter()
                    .map(|(a, b, label)| (*a, *b, common(label).to_owned()))
                    .filter(|n| matches!(n.2.as_str(), "PER" | "ORG" | "LOC"))
                    .collect()
            };
            let (gold, found) = (cut(&gold), cut(&found));
            three.add(gold.intersection(&found).count(), found.len(), gold.len());
        }
        figures.insert(format!("names.{set}.f1"), all.f1());
        figures.insert(format!("names.{set}.person_organisation_place.f1"), three.f1());
    }
    Ok(figures)
}
