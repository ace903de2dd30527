//! The fidelity page: every name of Node 20's modules and globals, and what becomes of it here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use engine::{CallRequest, Limits, Outcome};
use serde::Deserialize;
use serde_json::json;

/// What the survey finds out about a module.
#[derive(Debug, Deserialize)]
pub struct Found {
    pub present: Vec<String>,
    /// Names by the reason why they refuse.
    pub refusing: BTreeMap<String, Vec<String>>,
    pub missing: Vec<String>,
    /// Exported here and not by Node 20.
    pub extra: Vec<String>,
}

/// A behaviour that is known to differ, and the test that notices when it no longer does.
#[derive(Debug, Deserialize)]
pub struct Difference {
    pub what: String,
    /// A file of the corpus (`corpus/x.js`) or a test function of this crate.
    pub pin: String,
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fidelity")
}

/// Where the page is kept.
pub fn page_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/fidelity.md")
}

/// The known differences, in the order of the page.
pub fn differences() -> Result<Vec<Difference>, String> {
    let text = std::fs::read_to_string(folder().join("differences.json"))
        .map_err(|error| format!("differences.json: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("differences.json: {error}"))
}

/// Looks up every name of the list in the engine.
pub fn survey() -> Result<BTreeMap<String, Found>, String> {
    let read = |name: &str| {
        std::fs::read_to_string(folder().join(name)).map_err(|error| format!("{name}: {error}"))
    };
    let package = tempfile::tempdir().map_err(|error| error.to_string())?;
    std::fs::write(package.path().join("index.js"), read("survey.js")?)
        .map_err(|error| error.to_string())?;
    let list: serde_json::Value =
        serde_json::from_str(&read("node20.json")?).map_err(|error| error.to_string())?;
    let request = CallRequest {
        package: package.path().to_path_buf(),
        label: "survey".to_owned(),
        parameters: json!({ "list": list }),
        limits: Limits { time_ms: 120_000, ..Limits::default() },
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    match runtime.block_on(engine::call(request, |_| {})).outcome {
        Outcome::Returned { value } => {
            serde_json::from_value(value).map_err(|error| error.to_string())
        }
        Outcome::Failed { failure } => Err(format!("{}\n{}", failure.message, failure.stack)),
    }
}

/// The page as Markdown.
pub fn page() -> Result<String, String> {
    let found = survey()?;
    let mut out = String::from(INTRODUCTION);
    let sum = |count: fn(&Found) -> usize| found.values().map(count).sum::<usize>();
    let refusing = |one: &Found| one.refusing.values().map(Vec::len).sum::<usize>();
    let (present, refused, missing) =
        (sum(|one| one.present.len()), sum(refusing), sum(|one| one.missing.len()));
    let all = present + refused + missing;
    let share = |part: usize| 100.0 * part as f64 / all.max(1) as f64;
    let mut table = || -> std::fmt::Result {
        writeln!(
            out,
            "Of **{all}** names, **{present}** are present ({:.1} %), **{refused}** refuse ({:.1} %), **{missing}** are missing ({:.1} %).\n",
            share(present),
            share(refused),
            share(missing)
        )?;
        writeln!(out, "| module | present | refusing | missing |\n| --- | ---: | ---: | ---: |")?;
        for (name, one) in &found {
            writeln!(
                out,
                "| `{name}` | {} | {} | {} |",
                one.present.len(),
                refusing(one),
                one.missing.len()
            )?;
        }
        writeln!(
            out,
            "\n## Known differences of behaviour\n\nEach is pinned by a test, which fails when the difference is gone.\n"
        )?;
        for one in differences().unwrap_or_default() {
            writeln!(out, "* {}. Pinned by `{}`.", one.what.trim_end_matches('.'), one.pin)?;
        }
        writeln!(out, "\n## What refuses, and why\n")?;
        for (name, one) in &found {
            for (why, names) in &one.refusing {
                writeln!(out, "* `{name}`, because {why}: {}", listed(names))?;
            }
        }
        writeln!(out, "\n## What is missing\n")?;
        for (name, one) in found.iter().filter(|(_, one)| !one.missing.is_empty()) {
            writeln!(out, "* `{name}`: {}", listed(&one.missing))?;
        }
        writeln!(out, "\n## What Node 20 does not export\n")?;
        let mut none = true;
        for (name, one) in found.iter().filter(|(_, one)| !one.extra.is_empty()) {
            none = false;
            writeln!(out, "* `{name}`: {}", listed(&one.extra))?;
        }
        if none {
            writeln!(out, "Nothing.")?;
        }
        Ok(())
    };
    table().map_err(|error| error.to_string())?;
    Ok(out)
}

fn listed(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

const INTRODUCTION: &str = "# How faithful the function runtime is

Functions run on Node in production and in QuickJS here. This page compares the two, name by name. It is written by
`cargo run -p engine --example fidelity` from the list of Node 20's names (`src-tauri/crates/engine/tests/fidelity/node20.json`) and
from what the engine finds when it looks each of them up; a test fails when the page is stale. What the names do is compared by the
corpus (`src-tauri/crates/engine/tests/corpus`): every file runs here and on Node 20, with the same console output and result.

* **present**: the name exists and works.
* **refusing**: the name exists, so that packages which import it load; using it throws an error that says why.
* **missing**: the name does not exist.

`Class#member` is a member of a prototype, `a.b` a name that hangs on an export. Names that begin with `_` are Node's own affair and not
counted.

## Names

";
