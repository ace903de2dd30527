//! Who may import whom (the README's architecture section), read from `cargo metadata`.

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use crate::steps::{Outcome, problem, root};

/// Workspace crates that each crate may name. Siblings do not know each other: `api` joins them.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("definition", &[]),
    ("secrets", &[]),
    ("store", &[]),
    ("gateway", &[]),
    ("services", &[]),
    ("engine", &[]),
    ("runner", &["engine"]),
    ("flow", &["definition"]),
    ("publish", &["definition"]),
    ("devserver", &["definition"]),
    (
        "api",
        &[
            "definition",
            "flow",
            "runner",
            "gateway",
            "store",
            "secrets",
            "publish",
            "devserver",
            "services",
        ],
    ),
    ("cli", &["api", "runner"]),
    ("stepsmith-desktop", &["api", "runner"]),
    ("tests", &[]),
    ("xtask", &[]),
];

/// Outside crates that only the named ones may use, so that each can be replaced in one place.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("tauri", &["stepsmith-desktop"]),
    ("tauri-plugin-dialog", &["stepsmith-desktop"]),
    ("rusqlite", &["store", "devserver"]),
    ("rquickjs", &["engine"]),
    ("keyring", &["secrets"]),
    ("axum", &["gateway", "devserver", "services"]),
];

/// Reads the workspace and reports every forbidden import.
pub fn check() -> Outcome {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .map_err(|error| problem(format!("cargo metadata failed: {error}")))?;
    let names: BTreeSet<&str> =
        metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let findings: Vec<String> = metadata
        .packages
        .iter()
        .flat_map(|package| findings_in(package.name.as_str(), &imports(package), &names))
        .collect();
    if findings.is_empty() {
        eprintln!("-- import rules: {} crates keep them", metadata.packages.len());
        return Ok(());
    }
    Err(problem(format!("the import rules are broken:\n  {}", findings.join("\n  "))))
}

/// What a package needs to build, tests' own needs left out: a test may stand where it sees more.
fn imports(package: &Package) -> Vec<String> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.clone())
        .collect()
}

fn findings_in(name: &str, imports: &[String], workspace: &BTreeSet<&str>) -> Vec<String> {
    let mut findings = Vec::new();
    match MAY_IMPORT.iter().find(|(crate_name, _)| *crate_name == name) {
        None => findings
            .push(format!("{name} has no rule: add it to MAY_IMPORT in xtask/src/import_rules.rs")),
        Some((_, allowed)) => {
            for import in imports.iter().filter(|import| workspace.contains(import.as_str())) {
                if !allowed.contains(&import.as_str()) {
                    findings.push(format!(
                        "{name} must not import {import} (it may import: {})",
                        allowed.join(", ")
                    ));
                }
            }
        }
    }
    for (outside, owners) in ONLY_IN {
        if imports.iter().any(|import| import == outside) && !owners.contains(&name) {
            findings.push(format!("{name} must not use {outside}: only {} may", owners.join(", ")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(name: &str, imports: &[&str]) -> Vec<String> {
        let workspace = BTreeSet::from(["definition", "store", "gateway", "api", "newcomer"]);
        findings_in(
            name,
            &imports.iter().map(|&import| import.to_owned()).collect::<Vec<_>>(),
            &workspace,
        )
    }

    #[test]
    fn a_rule_kept_gives_no_finding() {
        assert!(findings("api", &["definition", "store", "serde"]).is_empty());
    }

    #[test]
    fn siblings_must_not_know_each_other() {
        assert_eq!(findings("gateway", &["store"]).len(), 1);
    }

    #[test]
    fn an_outside_crate_stays_with_its_owner() {
        assert_eq!(findings("api", &["rusqlite"]).len(), 1);
        assert!(findings("store", &["rusqlite"]).is_empty());
    }

    #[test]
    fn a_crate_without_a_rule_is_a_finding() {
        assert_eq!(findings("newcomer", &[]).len(), 1);
    }
}
