//! What things are called outside of Rust.

use serde::Serialize;

/// The word by which a variant without fields stands in JSON, such as `timed_out`; empty for anything that is no word there.
pub fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
