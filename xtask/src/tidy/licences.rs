//! Under which licences is what we build in? Each must be one `deny.toml` allows.

use std::path::Path;
use std::process::Command;

/// Packages whose licence the list in `deny.toml` does not allow.
pub(crate) fn wrong(root: &Path) -> Vec<String> {
    let deny = super::text(&root.join("deny.toml"));
    let allowed = match deny.parse::<toml::Table>() {
        Ok(table) => names(&table),
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
    }
    wrong
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
