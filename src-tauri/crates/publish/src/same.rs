//! Whether the server has what the app says.

use serde_json::Value;

/// Fields that this project knows and writes only when they have a value. Where the server alone has one of them, the author
/// took it away; any other field that the server alone has is the server's own.
const OPTIONAL: [&str; 13] = [
    "description",
    "category",
    "oauth2",
    "oauth1",
    "custom",
    "refresh_token_request",
    "test_token_request",
    "queries",
    "headers",
    "body_fields",
    "inputs",
    "tip",
    "actions",
];

/// Whether `remote` says what `local` says.
pub fn same(local: &Value, remote: &Value) -> bool {
    match (local, remote) {
        (Value::Object(ours), Value::Object(theirs)) => {
            ours.iter().all(|(key, value)| same(value, theirs.get(key).unwrap_or(&Value::Null)))
                && theirs
                    .iter()
                    .all(|(key, value)| ours.contains_key(key) || empty(value) || !is_optional(key))
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        _ => local == remote || (empty(local) && empty(remote)),
    }
}

/// Whether a field is one that is absent when it has no value.
pub fn is_optional(key: &str) -> bool {
    OPTIONAL.contains(&key)
}

/// Servers differ in how they write "nothing".
pub fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_counts_as_a_difference() {
        for (local, remote, expected) in [
            (json!({"a": 1, "b": [1]}), json!({"b": [1], "a": 1}), true),
            (json!({"a": 1}), json!({"a": 1, "server_own": 5}), true),
            (json!({"a": 1, "future": 2}), json!({"a": 1}), false),
            (json!({}), json!({"refresh_token_request": {"method": "GET"}}), false),
            (json!({}), json!({"description": ""}), true),
            (json!({"headers": []}), json!({}), true),
            (json!({"required": false}), json!({}), false),
            (json!([{"key": "a"}]), json!([{"key": "a", "id": 9}]), true),
            (json!([{"key": "a"}, {"key": "b"}]), json!([{"key": "b"}, {"key": "a"}]), false),
            (json!({"client_secret": "new"}), json!({"client_secret": "***"}), false),
        ] {
            assert_eq!(same(&local, &remote), expected, "{local} {remote}");
        }
    }
}
