//! May all of this be built in? Licences, bans and sources of `deny.toml`, held against `cargo metadata`.
//!
//! This needs nothing but Cargo and no network. What `cargo deny check` knows besides, advisories and yanked versions, needs a
//! list that changes daily, and runs where cargo-deny is installed (`cargo xtask ci` says when it does not).

use std::path::Path;
use std::process::Command;

/// The one place packages may come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Packages that `deny.toml` does not allow: by licence, by name, by where they come from; and dependencies of ours on any
/// version whatever.
pub(crate) fn wrong(root: &Path) -> Vec<String> {
    let deny = super::text(&root.join("deny.toml"));
    let (allowed, banned) = match deny.parse::<toml::Table>() {
        Ok(table) => (names(&table), bans(&table)),
        Err(error) => return vec![format!("deny.toml: {error}")],
    };
    let output =
        Command::new("cargo").args(["metadata", "--format-version", "1", "--locked"]).current_dir(root).output();
    let read = output.ok().and_then(|output| serde_json::from_slice::<serde_json::Value>(&output.stdout).ok());
    let Some(metadata) = read else { return vec!["cargo metadata gave nothing to read licences from".to_owned()] };
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or("?");
        match package["license"].as_str() {
            None => wrong.push(format!("{name} names no licence")),
            Some(licence) if !allows(&allowed, licence) => {
                wrong.push(format!("{name} is under {licence}, which deny.toml does not allow"));
            }
            Some(_) => {}
        }
        let version = package["version"].as_str().unwrap_or("");
        if let Some(ban) = banned.iter().find(|ban| ban.forbids(name, version)) {
            wrong.push(format!("{name} {version} is banned by deny.toml: {}", ban.reason));
        }
        match package["source"].as_str() {
            // a path: ours
            None => wrong.extend(wildcards(package).map(|other| format!("{name} takes any version of {other}"))),
            Some(REGISTRY) => {}
            Some(source) => wrong.push(format!("{name} comes from {source}, not from the registry")),
        }
    }
    wrong
}

/// Dependencies of a package of ours that name no version; those on folders of ours need none.
fn wildcards(package: &serde_json::Value) -> impl Iterator<Item = &str> {
    let list = package["dependencies"].as_array().into_iter().flatten();
    list.filter(|other| other["req"] == "*" && other["path"].is_null()).filter_map(|other| other["name"].as_str())
}

/// A package nothing of ours may rest on.
struct Ban {
    name: String,
    /// Major versions below this alone; all where there is none.
    below: Option<u64>,
    reason: String,
}

impl Ban {
    fn forbids(&self, name: &str, version: &str) -> bool {
        let major = version.split('.').next().and_then(|major| major.parse::<u64>().ok());
        name == self.name && self.below.is_none_or(|below| major.is_none_or(|major| major < below))
    }
}

/// `bans.deny`. A version other than `<MAJOR` is taken as all versions, which forbids rather more than less.
fn bans(table: &toml::Table) -> Vec<Ban> {
    let list = table.get("bans").and_then(|bans| bans.get("deny")).and_then(toml::Value::as_array);
    let of = |ban: &toml::Value| {
        let text = |key: &str| ban.get(key).and_then(toml::Value::as_str);
        let below = text("version").and_then(|version| version.strip_prefix('<')?.trim().parse().ok());
        Some(Ban {
            // cargo-deny takes both
            name: text("crate").or_else(|| text("name"))?.to_owned(),
            below,
            reason: text("reason").unwrap_or("no reason given").to_owned(),
        })
    };
    list.into_iter().flatten().filter_map(of).collect()
}

/// `licenses.allow`.
fn names(table: &toml::Table) -> Vec<String> {
    let list = table.get("licenses").and_then(|licences| licences.get("allow")).and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Whether an SPDX expression (`/` as of old for OR; at most one level of brackets, as AND of alternatives) can be met.
fn allows(allowed: &[String], expression: &str) -> bool {
    let one = |alternatives: &str| {
        let text = alternatives.trim().trim_start_matches('(').trim_end_matches(')').replace('/', " OR ");
        text.split(" OR ").any(|name| allowed.iter().any(|known| known == name.trim()))
    };
    expression.split(" AND ").all(one)
}

#[cfg(test)]
mod tests {
    #[test]
    fn bans_hold_for_the_versions_they_name() {
        let deny = "[bans]\ndeny = [{ crate = \"a\", reason = \"old\" }, { name = \"b\", version = \"<2\" }]";
        let bans = super::bans(&deny.parse().expect("a table"));
        let forbidden = |name: &str, version: &str| bans.iter().any(|ban| ban.forbids(name, version));
        assert!(forbidden("a", "9.1.0") && forbidden("b", "1.9.9"));
        assert!(!forbidden("b", "2.0.0") && !forbidden("c", "0.1.0"));
        let package = serde_json::json!({ "dependencies": [{ "name": "x", "req": "*", "path": null }, { "name": "y", "req": "*", "path": "/y" }, { "name": "z", "req": "^1" }] });
        assert_eq!(super::wildcards(&package).collect::<Vec<_>>(), ["x"]);
    }

    #[test]
    fn expressions_are_met_by_one_alternative_of_each_part() {
        let allowed = ["MIT", "ISC"].map(str::to_owned);
        for met in ["MIT", "GPL-3.0 OR MIT", "MIT/Apache-2.0", "(MIT OR GPL-3.0) AND ISC"] {
            assert!(super::allows(&allowed, met), "{met}");
        }
        for unmet in ["GPL-3.0", "MIT AND GPL-3.0", "(GPL-3.0 OR AGPL-3.0) AND MIT"] {
            assert!(!super::allows(&allowed, unmet), "{unmet}");
        }
    }
}
