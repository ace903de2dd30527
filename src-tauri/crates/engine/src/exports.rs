//! The `exports` and `imports` maps of a package.json.

use serde_json::{Map, Value};

/// The target that `map` gives for `subpath` (`.`, `./x`, or `#x`) under `conditions`; `None` = not offered.
pub(crate) fn lookup(map: &Value, subpath: &str, conditions: &[&str]) -> Option<String> {
    match map {
        Value::Object(entries) if is_path_map(entries) => {
            if let Some(target) = entries.get(subpath).filter(|_| !subpath.contains('*')) {
                return choose(target, "", conditions);
            }
            let mut best: Option<(&str, &Value, &str)> = None;
            for (pattern, target) in entries {
                let Some((before, after)) = pattern.split_once('*') else { continue };
                if subpath.len() >= before.len() + after.len()
                    && subpath.starts_with(before)
                    && subpath.ends_with(after)
                    && subpath != before
                {
                    let star = &subpath[before.len()..subpath.len() - after.len()];
                    if best.is_none_or(|(known, _, _)| {
                        known.split_once('*').is_none_or(|(known, _)| before.len() > known.len())
                    }) {
                        best = Some((pattern, target, star));
                    }
                }
            }
            let (_, target, star) = best?;
            choose(target, star, conditions)
        }
        map if subpath == "." => choose(map, "", conditions),
        _ => None,
    }
}

fn is_path_map(entries: &Map<String, Value>) -> bool {
    entries.keys().any(|key| key.starts_with('.') || key.starts_with('#'))
}

fn choose(target: &Value, star: &str, conditions: &[&str]) -> Option<String> {
    match target {
        Value::String(text) => Some(text.replace('*', star)),
        Value::Array(choices) => choices.iter().find_map(|choice| choose(choice, star, conditions)),
        Value::Object(choices) => choices
            .iter()
            .filter(|(condition, _)| conditions.contains(&condition.as_str()))
            .find_map(|(_, choice)| choose(choice, star, conditions)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn conditions_in_order_and_patterns_by_length() {
        let map = json!({
            ".": [{"import": "./m.js"}, {"node": {"require": "./n.js"}, "default": "./d.js"}],
            "./*": "./a/*.js",
            "./deep/*": "./b/*.js",
            "./hidden/*": null
        });
        let conditions = ["node", "require", "default"];
        assert_eq!(lookup(&map, ".", &conditions).as_deref(), Some("./n.js"));
        assert_eq!(lookup(&map, ".", &["default"]).as_deref(), Some("./d.js"));
        assert_eq!(lookup(&map, "./x", &conditions).as_deref(), Some("./a/x.js"));
        assert_eq!(lookup(&map, "./deep/x", &conditions).as_deref(), Some("./b/x.js"));
        assert_eq!(lookup(&map, "./hidden/x", &conditions), None);
        assert_eq!(lookup(&json!("./only.js"), ".", &conditions).as_deref(), Some("./only.js"));
        assert_eq!(lookup(&json!("./only.js"), "./x", &conditions), None);
    }
}
