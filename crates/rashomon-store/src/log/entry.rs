//! What was done, in the one form it is written?

use serde::{Deserialize, Serialize};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// The case was made; names its key.
    Init,
    /// Bytes were taken in.
    Capture,
    /// A report was taken out of consideration, its bytes kept.
    Remove,
    /// Bytes and what was noted of them were destroyed; the entries that spoke of them stay.
    Erase,
    /// A dossier was written.
    Dossier,
    /// The root was sent to, or confirmed by, an authority outside.
    Anchor,
    /// What an interrupted command left behind was cleared away.
    Recover,
}

/// One line of the log. Fields stand in the order of their names, without white space between them; a line written in any
/// other way is refused, so that an entry has one hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Who did it: a pseudonym the operator chose.
    pub actor: String,
    /// When, by the clock of the machine: UTC, RFC 3339.
    pub at: String,
    /// `system` for the machine's clock; `system, set back` if it stood before the time of the entry before.
    pub clock: String,
    /// The verifier key of the log, in its first entry.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub key: Option<String>,
    /// Commitments to what was done, in hexadecimal (`facts`).
    pub objects: Vec<String>,
    /// Numbers of earlier entries this one is about.
    pub of: Vec<u64>,
    /// Leaf hash of the entry before, in hexadecimal; zeros for the first.
    pub prev: String,
    /// Its place in the log, from 0.
    pub seq: u64,
    /// Program and version.
    pub tool: String,
    /// What was done.
    pub verb: Verb,
}

impl Entry {
    /// The line, without its end.
    #[must_use]
    pub fn line(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default() // a struct of texts and numbers always has a JSON form
    }

    /// The entry of a line, if the line is written as [`Entry::line`] writes it.
    #[must_use]
    pub fn read(line: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(line).ok().filter(|entry| entry.line() == line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_way_of_writing() {
        let entry = Entry {
            actor: "desk".into(),
            at: "2031-03-04T09:28:00Z".into(),
            clock: "system".into(),
            key: None,
            objects: vec!["ab".into()],
            of: vec![],
            prev: "00".into(),
            seq: 3,
            tool: "rashomon 0.1.0".into(),
            verb: Verb::Capture,
        };
        let line = String::from_utf8(entry.line()).unwrap();
        assert!(
            line.starts_with(
                r#"{"actor":"desk","at":"2031-03-04T09:28:00Z","clock":"system","objects":["ab"],"of":[],"#
            )
        );
        assert_eq!(Entry::read(line.as_bytes()), Some(entry));
        assert_eq!(Entry::read(line.replace("\"seq\":3", "\"seq\": 3").as_bytes()), None);
        assert_eq!(Entry::read(line.replace("\"of\":[],", "").as_bytes()), None);
    }
}
