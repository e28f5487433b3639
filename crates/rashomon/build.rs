//! What is a reading made by? A digest of the sources and data that decide how a report is read, for readings that a case
//! keeps: another program makes other readings, also where nobody raised its version.

use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};

/// The rooms that turn bytes into an analysis.
const ROOMS: [&str; 5] =
    ["rashomon-model", "rashomon-ingest", "rashomon-analyze", "rashomon-gazetteer", "rashomon-weights"];

fn main() {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    // the driver's own part in a reading: what a PDF gives, and what is kept of an analysis
    let own = ["src/isolate.rs", "src/pipeline.rs", "src/pipeline/input.rs"].map(|file| here.join(file));
    let mut found: Vec<PathBuf> = own.iter().cloned().chain([here.join("../../Cargo.lock")]).collect();
    for room in ROOMS {
        let room = here.join("..").join(room);
        found.push(room.join("Cargo.toml"));
        for part in ["src", "data"] {
            let folder = room.join(part);
            if folder.is_dir() {
                println!("cargo::rerun-if-changed={}", folder.display());
                files(&folder, &mut found);
            }
        }
    }
    found.sort();
    let mut digest = Sha256::new();
    for path in found {
        let name = path.strip_prefix(&here).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        match std::fs::read(&path) {
            Ok(bytes) => {
                digest.update((name.len() as u64).to_be_bytes());
                digest.update(&name);
                digest.update((bytes.len() as u64).to_be_bytes());
                digest.update(&bytes);
            }
            // outside the workspace there is no lock file; what is missing of a room would not compile
            Err(_) => continue,
        }
        if own.contains(&path) || path.extension().is_none_or(|ext| ext != "rs") {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    let text: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=RASHOMON_READING={text}");
}

/// All files below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}
