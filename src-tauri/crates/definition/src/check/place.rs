//! From a path such as `actions[1].key` to its line and column in the text of a JSON file.

use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged as _;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::Diagnostic;

/// Gives each finding the place of its path in `text`, which is the text of its file. A path that ends in something missing gets
/// the place of what it is missing from. Findings that have a place already keep it.
pub(super) fn add_places(findings: &mut [Diagnostic], text: &str) {
    let Ok(parsed) = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default())
    else {
        return;
    };
    let Some(root) = parsed.value else { return };
    for finding in findings.iter_mut().filter(|finding| finding.line.is_none()) {
        let (line, column) = line_and_column(text, offset(&root, &finding.path));
        finding.line = Some(line);
        finding.column = Some(column);
    }
}

/// Where `path` stands, as far as it leads: a member at its name, an element at its value.
fn offset(root: &Value<'_>, path: &str) -> usize {
    let (mut value, mut rest, mut at) = (root, path, root.start());
    while !rest.is_empty() {
        match (value, rest.strip_prefix('[')) {
            (Value::Array(array), Some(inner)) => {
                let Some((index, after)) = inner.split_once(']') else { return at };
                let element = index.parse().ok().and_then(|index: usize| array.elements.get(index));
                let Some(element) = element else { return at };
                (value, rest, at) = (element, after, element.start());
            }
            (Value::Object(object), _) => {
                let name_first = rest.strip_prefix('.').unwrap_or(rest);
                // A name may hold a dot itself: of those that fit the longest is meant. Of equal names the last one counts.
                let fitting = object.properties.iter().filter_map(|property| {
                    let after = name_first.strip_prefix(property.name.as_str())?;
                    (after.is_empty() || after.starts_with(['.', '['])).then_some((property, after))
                });
                let found = fitting.max_by_key(|(property, _)| property.name.as_str().len());
                let Some((property, after)) = found else { return at };
                (value, rest, at) = (&property.value, after, property.start());
            }
            _ => return at,
        }
    }
    at
}

/// From 1, the column in characters.
fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
    (number(before.matches('\n').count()), number(before[line_start..].chars().count()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "{\n  \"name\": \"é\", \"actions\": [\n    { \"key\": 1 },\n    { \"key\": 2, \"a.b\": 3 }\n  ]\n}\n";

    fn place(text: &str, path: &str) -> Option<(u32, u32)> {
        let mut findings = [Diagnostic::error("x", path, "x")];
        add_places(&mut findings, text);
        findings[0].line.zip(findings[0].column)
    }

    #[test]
    fn members_elements_and_what_is_missing() {
        for (path, wanted) in [
            ("", (1, 1)),
            ("name", (2, 3)),
            ("actions", (2, 16)),
            ("actions[0]", (3, 5)),
            ("actions[1].key", (4, 7)),
            ("actions[1].a.b", (4, 17)),
            // Missing: the place of what it is missing from.
            ("actions[1].title", (4, 5)),
            ("actions[7].title", (2, 16)),
            ("authentication.oauth2", (1, 1)),
            ("name.inner", (2, 3)),
            ("names", (1, 1)),
        ] {
            assert_eq!(place(TEXT, path), Some(wanted), "{path}");
        }
    }

    #[test]
    fn a_text_that_is_no_json_gives_no_place() {
        assert_eq!(place("{ \"name\": ", "name"), None);
        assert_eq!(place("", "name"), None);
    }

    #[test]
    fn a_place_that_is_known_is_kept() {
        let mut findings = [Diagnostic::error("x", "name", "x").at(9, 9)];
        add_places(&mut findings, TEXT);
        assert_eq!((findings[0].line, findings[0].column), (Some(9), Some(9)));
    }

    proptest! {
        #[test]
        fn no_path_and_no_text_is_too_odd(text in "[\\[\\]{}\",:a-cé\n .0-9]{0,60}", path in "[\\[\\].a-cé0-9]{0,20}") {
            let _ = place(&text, &path);
        }

        #[test]
        fn the_place_of_a_member_is_where_its_name_stands(names in prop::collection::hash_set("[a-z]{1,4}", 1..6), pick in 0..6_usize) {
            let names: Vec<String> = names.into_iter().collect();
            let picked = &names[pick % names.len()];
            let members: Vec<String> = names.iter().map(|name| format!("\"{name}\": 0")).collect();
            let text = format!("{{\n  {}\n}}", members.join(",\n  "));
            let (line, column) = place(&text, picked).unwrap();
            let found = text.lines().nth(line as usize - 1).unwrap();
            let quoted = format!("\"{picked}\":");
            prop_assert!(found[column as usize - 1..].starts_with(&quoted));
        }
    }
}
