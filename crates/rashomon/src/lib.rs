//! What does the user want now?

/// What the outputs name as their maker.
#[must_use]
pub fn generator() -> rashomon_dossier::json::Generator {
    rashomon_dossier::json::Generator {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        analysis: format!("rules {}", env!("CARGO_PKG_VERSION")),
    }
}
