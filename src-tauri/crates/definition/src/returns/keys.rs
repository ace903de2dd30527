//! What stands twice where it may stand once.

use std::collections::HashMap;

use serde_json::Value;

/// The texts in `field` of `items` that stood there before: index, text, index of the first.
pub(super) fn duplicates<'a>(items: &'a [Value], field: &str) -> Vec<(usize, &'a str, usize)> {
    let mut seen = HashMap::new();
    let texts = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| Some((index, item.get(field)?.as_str()?)));
    texts
        .filter_map(|(index, text)| match seen.get(text) {
            Some(first) => Some((index, text, *first)),
            None => {
                seen.insert(text, index);
                None
            }
        })
        .collect()
}
