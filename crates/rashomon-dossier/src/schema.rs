//! Which shape does the JSON have? The published JSON Schema (draft 2020-12) of `rashomon/dossier/1`.
//!
//! Written by hand beside the contract; the tests hold every dossier against it. It allows added fields, as the
//! contract does, and demands every named one.

/// The schema of `rashomon/dossier/1` as text, printed by `rashomon schema dossier`.
pub const DOSSIER: &str = include_str!("../schema/dossier-1.json");

/// The schema of a row of a judgements file, `rashomon/judgement/1`, printed by `rashomon schema judgement`.
pub const JUDGEMENT: &str = include_str!("../schema/judgement-1.json");

/// The schema of `rashomon/diff/1`, printed by `rashomon schema diff`.
pub const DIFF: &str = include_str!("../schema/diff-1.json");
