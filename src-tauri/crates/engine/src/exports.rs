//! The `exports` and `imports` maps of a package.json.

use serde_json::{Map, Value};

/// What a map gives for a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// A path in the package, beginning with `./`.
    Path(String),
    /// Another module: a package or a built-in. Only `imports` may say so.
    Module(String),
    /// Nothing: not named, named `null`, or no condition fits.
    Nothing,
    /// The target is not one that a package may have.
    Bad {
        /// The key that names it.
        key: String,
        /// The target as the map has it.
        target: String,
    },
    /// What stands for the `*` leads elsewhere; the key that it was found under.
    BadMatch(String),
    /// The map itself is no map.
    Broken(&'static str),
}

const MIXED: &str = "\"exports\" cannot contain some keys starting with '.' and some not. The exports object must either be an object of package subpath keys or an object of main entry condition name keys only.";
const NUMERIC: &str = "\"exports\" cannot contain numeric property keys.";

/// What `exports` offers as `subpath` (`.` or `./x`) under `conditions`.
pub(crate) fn exported(exports: &Value, subpath: &str, conditions: &[&str]) -> Offer {
    let rule = Rule { conditions, imports: false };
    if let Value::Object(entries) = exports {
        let paths = entries.keys().filter(|key| key.starts_with('.')).count();
        if paths > 0 && paths < entries.len() {
            return Offer::Broken(MIXED);
        }
        if paths > 0 || entries.is_empty() {
            return rule.named(entries, subpath);
        }
    }
    if subpath != "." {
        return Offer::Nothing;
    }
    rule.target(exports, None, ".").unwrap_or(Offer::Nothing)
}

/// What `imports` gives for `name` (`#x`) under `conditions`.
pub(crate) fn imported(imports: &Value, name: &str, conditions: &[&str]) -> Offer {
    let Value::Object(entries) = imports else { return Offer::Nothing };
    Rule { conditions, imports: true }.named(entries, name)
}

struct Rule<'a> {
    conditions: &'a [&'a str],
    imports: bool,
}

impl Rule<'_> {
    fn named(&self, entries: &Map<String, Value>, name: &str) -> Offer {
        if !name.contains('*')
            && !name.ends_with('/')
            && let Some(target) = entries.get(name)
        {
            return self.target(target, None, name).unwrap_or(Offer::Nothing);
        }
        let mut best: Option<(&str, &str, &Value, &str)> = None;
        for (key, target) in entries {
            let Some((before, after)) = key.split_once('*') else { continue };
            if after.contains('*')
                || name.len() < key.len()
                || !name.starts_with(before)
                || !name.ends_with(after)
            {
                continue;
            }
            // The longer beginning wins, then the longer key.
            let longer = best.is_none_or(|(known, known_before, ..)| {
                (before.len(), key.len()) > (known_before.len(), known.len())
            });
            if longer {
                let star = &name[before.len()..name.len() - after.len()];
                best = Some((key, before, target, star));
            }
        }
        best.and_then(|(key, _, target, star)| self.target(target, Some(star), key))
            .unwrap_or(Offer::Nothing)
    }

    /// `None` = the conditions leave this open, so that the next choice is looked at.
    fn target(&self, target: &Value, star: Option<&str>, key: &str) -> Option<Offer> {
        match target {
            Value::String(text) => Some(self.text(text, star, key)),
            Value::Null => Some(Offer::Nothing),
            Value::Array(choices) => {
                let mut last = None;
                for choice in choices {
                    match self.target(choice, star, key) {
                        None => {}
                        Some(offer @ (Offer::Bad { .. } | Offer::Nothing)) => last = Some(offer),
                        found => return found,
                    }
                }
                last.or_else(|| choices.is_empty().then_some(Offer::Nothing))
            }
            Value::Object(choices) => {
                if choices.keys().any(|key| key.parse::<u32>().is_ok()) {
                    return Some(Offer::Broken(NUMERIC));
                }
                choices
                    .iter()
                    .filter(|(condition, _)| self.conditions.contains(&condition.as_str()))
                    .find_map(|(_, choice)| self.target(choice, star, key))
            }
            other => Some(Offer::Bad { key: key.to_owned(), target: other.to_string() }),
        }
    }

    fn text(&self, text: &str, star: Option<&str>, key: &str) -> Offer {
        let bad = || Offer::Bad { key: key.to_owned(), target: text.to_owned() };
        let filled = || star.map_or_else(|| text.to_owned(), |star| text.replace('*', star));
        let Some(inside) = text.strip_prefix("./") else {
            let is_module = self.imports
                && !text.starts_with("../")
                && !text.starts_with('/')
                && (text.starts_with("node:") || !text.contains("://"));
            return if is_module { Offer::Module(filled()) } else { bad() };
        };
        if leads_elsewhere(inside) {
            return bad();
        }
        match star {
            Some(star) if leads_elsewhere(star) => Offer::BadMatch(key.to_owned()),
            _ => Offer::Path(filled()),
        }
    }
}

/// Whether a part of a path is `.`, `..` or `node_modules`, also percent-encoded.
fn leads_elsewhere(path: &str) -> bool {
    path.split(['/', '\\']).any(|part| {
        let part = part.to_ascii_lowercase().replace("%2e", ".").replace("%6e", "n");
        part == "." || part == ".." || part == "node_modules"
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn path(text: &str) -> Offer {
        Offer::Path(text.to_owned())
    }

    #[test]
    fn conditions_in_order_and_patterns_by_length() {
        let map = json!({
            ".": [{"import": "./m.js"}, {"node": {"require": "./n.js"}, "default": "./d.js"}],
            "./*": "./a/*.js",
            "./deep/*": "./b/*.js",
            "./deep/*.mjs": "./c/*/*.js",
            "./hidden/*": null,
            "./conditional": {"browser": "./x.js"},
            "./fallback": {"node": {"browser": "./x.js"}, "default": "./y.js"},
            "./stopped": {"node": null, "default": "./y.js"}
        });
        let conditions = ["node", "require", "default"];
        assert_eq!(exported(&map, ".", &conditions), path("./n.js"));
        assert_eq!(exported(&map, ".", &["default"]), path("./d.js"));
        assert_eq!(exported(&map, "./x", &conditions), path("./a/x.js"));
        assert_eq!(exported(&map, "./deep/x", &conditions), path("./b/x.js"));
        assert_eq!(exported(&map, "./deep/x.mjs", &conditions), path("./c/x/x.js"));
        assert_eq!(exported(&map, "./hidden/x", &conditions), Offer::Nothing);
        assert_eq!(exported(&map, "./conditional", &conditions), Offer::Nothing);
        assert_eq!(exported(&map, "./fallback", &conditions), path("./y.js"));
        assert_eq!(exported(&map, "./stopped", &conditions), Offer::Nothing);
        assert_eq!(exported(&json!("./only.js"), ".", &conditions), path("./only.js"));
        assert_eq!(exported(&json!("./only.js"), "./x", &conditions), Offer::Nothing);
    }

    #[test]
    fn targets_stay_in_their_package() {
        let map = json!({"./a": "../x.js", "./b": "./node_modules/x.js", "./c": ["x", "./ok.js"], "./d": 3, "./p/*": "./p/*.js"});
        let bad = |key: &str, target: &str| Offer::Bad { key: key.into(), target: target.into() };
        assert_eq!(exported(&map, "./a", &["default"]), bad("./a", "../x.js"));
        assert_eq!(exported(&map, "./b", &["default"]), bad("./b", "./node_modules/x.js"));
        assert_eq!(exported(&map, "./c", &["default"]), path("./ok.js"));
        assert_eq!(exported(&map, "./d", &["default"]), bad("./d", "3"));
        for star in ["../x", "%2e%2E/x", "a/../../x", "node_modules/x"] {
            let offer = exported(&map, &format!("./p/{star}"), &["default"]);
            assert_eq!(offer, Offer::BadMatch("./p/*".into()), "{star}");
        }
        let mixed = json!({".": "./a.js", "import": "./b.js"});
        assert_eq!(exported(&mixed, ".", &["default"]), Offer::Broken(MIXED));
        let imports = json!({"#a": "pkg/x", "#b": "../x", "#c/*": "./c/*.js", "#d": "https://x/y.js", "#e": "node:fs"});
        assert_eq!(imported(&imports, "#a", &[]), Offer::Module("pkg/x".into()));
        assert_eq!(imported(&imports, "#b", &[]), bad("#b", "../x"));
        assert_eq!(imported(&imports, "#c/d", &[]), path("./c/d.js"));
        assert_eq!(imported(&imports, "#d", &[]), bad("#d", "https://x/y.js"));
        assert_eq!(imported(&imports, "#e", &[]), Offer::Module("node:fs".into()));
        assert_eq!(imported(&imports, "#f", &[]), Offer::Nothing);
    }
}
