//! Is a flaw known in what we build in? Cargo.lock, held against the snapshot of advisories in `deny/advisories.toml`.
//!
//! The snapshot says of itself how old it is and how it is renewed; `cargo deny check` knows what is published today, where
//! there is a network.

use semver::{Version, VersionReq};
use std::collections::BTreeSet;
use std::path::Path;

/// Where the snapshot lies, below the root.
const FILE: &str = "deny/advisories.toml";

/// Versions in Cargo.lock that an advisory covers, and what is wrong with the snapshot itself.
pub(crate) fn wrong(root: &Path) -> Vec<String> {
    match read(root) {
        Ok((snapshot, locked)) => snapshot.wrong(&locked),
        Err(error) => vec![error],
    }
}

/// What the snapshot covers, in a line.
pub(crate) fn told(root: &Path) -> Option<String> {
    let (snapshot, locked) = read(root).ok()?;
    let names: BTreeSet<&str> = locked.iter().map(|(name, _)| name.as_str()).collect();
    let asked = names.iter().filter(|name| snapshot.asked.contains(**name)).count();
    Some(format!(
        "{} advisories on {asked} of {} packages, the newest of {} ({FILE}); later ones are not known here",
        snapshot.advisories.len(),
        names.len(),
        snapshot.newest
    ))
}

/// Packages of registries with their versions.
type Locked = Vec<(String, Version)>;

fn read(root: &Path) -> Result<(Snapshot, Locked), String> {
    let snapshot = Snapshot::read(&super::text(&root.join(FILE))).map_err(|error| format!("{FILE}: {error}"))?;
    let lock: toml::Table =
        super::text(&root.join("Cargo.lock")).parse().map_err(|error| format!("Cargo.lock: {error}"))?;
    let packages = lock.get("package").and_then(toml::Value::as_array).into_iter().flatten();
    let of = |package: &toml::Value| {
        package.get("source")?;
        let text = |key: &str| package.get(key).and_then(toml::Value::as_str);
        Some((text("name")?.to_owned(), text("version")?.parse().ok()?))
    };
    Ok((snapshot, packages.filter_map(of).collect()))
}

/// An advisory.
struct Advisory {
    id: String,
    package: String,
    /// `vulnerability`, `unsound`, `unmaintained`.
    kind: String,
    /// Versions it does not cover.
    clear: Vec<VersionReq>,
    title: String,
}

impl Advisory {
    /// Whether it covers a version, as RustSec defines it: none of those patched or unaffected match.
    fn covers(&self, name: &str, version: &Version) -> bool {
        name == self.package && !self.clear.iter().any(|clear| clear.matches(version))
    }
}

/// The snapshot.
struct Snapshot {
    newest: String,
    asked: BTreeSet<String>,
    ignored: Vec<(String, String)>,
    advisories: Vec<Advisory>,
}

impl Snapshot {
    fn read(text: &str) -> Result<Self, String> {
        let table: toml::Table = text.parse().map_err(|error| format!("{error}"))?;
        let word = |row: &toml::Value, key: &str| {
            let found = row.get(key).and_then(toml::Value::as_str).filter(|word| !word.trim().is_empty());
            found.map(str::to_owned).ok_or_else(|| format!("a row without {key}: {row}"))
        };
        let rows = |key: &str| table.get(key).and_then(toml::Value::as_array).ok_or_else(|| format!("no list {key}"));
        let ranges = |row: &toml::Value, key: &str| {
            let list =
                row.get(key).and_then(toml::Value::as_array).ok_or_else(|| format!("a row without {key}: {row}"))?;
            let read = |range: &toml::Value| {
                VersionReq::parse(range.as_str().unwrap_or("?")).map_err(|e| format!("{row}: {e}"))
            };
            list.iter().map(read).collect::<Result<Vec<_>, _>>()
        };
        let advisory = |row: &toml::Value| {
            let clear = [ranges(row, "patched")?, ranges(row, "unaffected")?].concat();
            let (id, package) = (word(row, "id")?, word(row, "package")?);
            Ok::<_, String>(Advisory { id, package, clear, kind: word(row, "kind")?, title: word(row, "title")? })
        };
        let date =
            |key: &str| table.get(key).and_then(toml::Value::as_str).map(str::to_owned).ok_or(format!("no {key}"));
        date("read")?;
        Ok(Self {
            newest: date("newest")?,
            asked: rows("asked")?.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
            ignored: rows("ignore")?
                .iter()
                .map(|row| Ok((word(row, "id")?, word(row, "reason")?)))
                .collect::<Result<_, String>>()?,
            advisories: rows("advisories")?.iter().map(advisory).collect::<Result<_, _>>()?,
        })
    }

    fn wrong(&self, locked: &[(String, Version)]) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut used = BTreeSet::new();
        for advisory in &self.advisories {
            for (name, version) in locked.iter().filter(|(name, version)| advisory.covers(name, version)) {
                if self.ignored.iter().any(|(id, _)| *id == advisory.id) {
                    used.insert(advisory.id.as_str());
                    continue;
                }
                let Advisory { id, kind, title, .. } = advisory;
                wrong.push(format!("{name} {version}: {id} ({kind}): {title}; upgrade it, or say in {FILE} why not"));
            }
        }
        for (id, _) in self.ignored.iter().filter(|(id, _)| !used.contains(id.as_str())) {
            wrong.push(format!("{FILE} ignores {id}, which covers nothing in Cargo.lock: strike it out"));
        }
        let names: BTreeSet<&str> = locked.iter().map(|(name, _)| name.as_str()).collect();
        for name in names.into_iter().filter(|name| !self.asked.contains(*name)) {
            wrong.push(format!(
                "{name} was never looked up: read crates/{name}/ of the advisory database, put what stands there into {FILE}, and its name under `asked`"
            ));
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = r#"
        read = "2032-03-04"
        newest = "2032-03-01"
        asked = ["a", "b"]
        ignore = [{ id = "RUSTSEC-2032-0002", reason = "nobody calls it" }]
        advisories = [
            { id = "RUSTSEC-2032-0001", package = "a", kind = "vulnerability", patched = [">= 1.2.3", "^0.9.4"], unaffected = ["< 0.3.0"], title = "falls" },
            { id = "RUSTSEC-2032-0002", package = "b", kind = "unmaintained", patched = [], unaffected = [], title = "left alone" },
        ]
    "#;

    fn found(locked: &[(&str, &str)]) -> Vec<String> {
        let locked: Vec<_> =
            locked.iter().map(|(name, version)| ((*name).to_owned(), version.parse().unwrap())).collect();
        Snapshot::read(ROWS).unwrap().wrong(&locked)
    }

    #[test]
    fn versions_that_an_advisory_covers_are_told() {
        for clear in ["1.2.3", "2.0.0", "0.9.4", "0.9.9", "0.2.9"] {
            assert_eq!(found(&[("a", clear), ("b", "1.0.0")]), Vec::<String>::new(), "{clear}");
        }
        for covered in ["1.2.2", "0.9.3", "0.10.0", "0.3.0", "1.2.3-rc.1"] {
            let wrong = found(&[("a", covered), ("b", "1.0.0")]);
            assert!(
                wrong.len() == 1 && wrong[0].contains("RUSTSEC-2032-0001") && wrong[0].contains("falls"),
                "{wrong:?}"
            );
        }
        // a version among several, and an exception that excepts nothing
        assert_eq!(found(&[("a", "1.2.3"), ("a", "1.0.0"), ("b", "1.0.0")]).len(), 1);
        assert!(found(&[("a", "1.2.3")])[0].contains("strike it out"));
        // a package nobody looked up
        let wrong = found(&[("a", "1.2.3"), ("b", "1.0.0"), ("c", "1.0.0"), ("c", "2.0.0")]);
        assert!(wrong.len() == 1 && wrong[0].contains("c was never looked up"), "{wrong:?}");
    }

    #[test]
    fn a_snapshot_with_holes_is_none() {
        for (hole, filled) in [
            ("newest = \"2032-03-01\"", ""),
            ("reason = \"nobody calls it\"", "reason = \" \""),
            ("\"^0.9.4\"", "\"some\""),
            ("unaffected = [], ", ""),
            ("title = \"falls\"", "title = 3"),
            ("asked", "heard"),
        ] {
            assert!(ROWS.contains(hole) && Snapshot::read(&ROWS.replacen(hole, filled, 1)).is_err(), "{hole}");
        }
    }

    #[test]
    fn the_snapshot_is_in_order() {
        let snapshot = Snapshot::read(&crate::tidy::text(&crate::root().join(FILE))).unwrap();
        let ids: Vec<_> = snapshot.advisories.iter().map(|advisory| &advisory.id).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "sorted, each once");
        for advisory in &snapshot.advisories {
            assert!(snapshot.asked.contains(&advisory.package), "{}", advisory.id);
            assert!(matches!(advisory.kind.as_str(), "vulnerability" | "unsound" | "unmaintained"), "{}", advisory.id);
        }
    }
}
