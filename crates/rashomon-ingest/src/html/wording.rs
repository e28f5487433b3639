//! How are lines around an article worded that tell of it? The lists of `data/bylines.toml`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The file as read; each list is explained there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    pub(super) before: Vec<String>,
    pub(super) behind: Vec<String>,
    pub(super) nobody: BTreeSet<String>,
    pub(super) sentence: BTreeSet<String>,
    pub(super) opening: Vec<String>,
    pub(super) opening_short: Vec<String>,
    pub(super) beside: BTreeSet<String>,
    pub(super) jobs: BTreeSet<String>,
    pub(super) minutes: BTreeSet<String>,
    pub(super) filed: BTreeSet<String>,
}

/// The lists; empty if the embedded file were broken (a test reads it, so it is not).
pub(super) static WORDING: LazyLock<Wording> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/bylines.toml")).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_read() {
        assert!(toml::from_str::<Wording>(include_str!("../../data/bylines.toml")).is_ok());
    }
}
