//! What does the user want now? The command line, the order of the stages, the loading of resources.

pub mod cli;
pub mod command;
pub mod fetch;
pub mod isolate;
pub mod pipeline;
pub mod progress;
pub mod readings;
pub mod resources;
pub mod wacz;

/// What the outputs name as their maker.
#[must_use]
pub fn generator() -> rashomon_dossier::json::Generator {
    rashomon_dossier::json::Generator {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        analysis: format!("rules {}", env!("CARGO_PKG_VERSION")),
    }
}
