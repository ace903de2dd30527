//! The figures of the history at scale: 100,000 runs with a million calls.
//!
//! `cargo xtask bench history [--quick]` builds and starts this. One JSON object a line on standard output; what is done
//! meanwhile on standard error. The database is written to a temporary folder and deleted afterwards; `--quick` makes it a
//! tenth of the size.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made must stop")]

mod database;
mod searches;

use std::time::Instant;

use serde_json::json;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|argument| argument == word);
    let prefix = arguments.iter().find(|argument| !argument.starts_with("--"));
    let names = [
        "history.page_ms",
        "history.search_ms",
        "history.extent_ms",
        "history.write_ms",
        "history.prune_ms",
    ];
    let wanted =
        prefix.is_none_or(|prefix| names.iter().any(|name| name.starts_with(prefix.as_str())));
    if has("--test") || has("--list") || !wanted {
        return;
    }
    let runs = if has("--quick") { 10_000 } else { 100_000 };
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let path = folder.path().join("stepsmith.db");
    let store = database::make(&path, runs);
    eprintln!("-- {runs} runs written in {:.0} s", began.elapsed().as_secs_f64());
    searches::migration(&path, runs);
    let store = searches::indexing(store, &path, runs);
    searches::measure(&store, runs);
    searches::writing(&store);
    searches::pruning(&store, runs);
}

/// Prints a figure.
pub fn print(name: &str, value: f64, unit: &str, at_most: Option<f64>, more: &serde_json::Value) {
    let mut line = json!({ "name": name, "value": round(value), "unit": unit });
    if let (Some(most), Some(line)) = (at_most, line.as_object_mut()) {
        line.insert("at_most".into(), json!(most));
        line.insert("kept".into(), json!(value <= most));
    }
    if let (Some(line), Some(more)) = (line.as_object_mut(), more.as_object()) {
        line.extend(more.clone());
    }
    println!("{line}");
}

/// To three significant digits.
pub fn round(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return 0.0;
    }
    let scale = 10f64.powi(2 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}
