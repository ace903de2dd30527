//! Templates with `{{variables}}`, as contract chapter 3 has them.

use crate::begins_with_origin;

/// The variables of a template in order, without the blanks around their names; an error = a `{{` that never ends.
pub(super) fn variables(template: &str) -> Result<Vec<&str>, ()> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some((_, tail)) = rest.split_once("{{") {
        let (name, after) = tail.split_once("}}").ok_or(())?;
        found.push(name.trim());
        rest = after;
    }
    Ok(found)
}

/// A URL's template with something harmless for every variable: at its beginning, where only a parameter of the redirect can
/// stand, with an origin.
pub(super) fn filled_url(template: &str) -> String {
    let origin = if begins_with_origin(template) { "https://" } else { "" };
    format!("{origin}{}", filled(template.trim()))
}

/// The template with something harmless for every variable.
fn filled(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once("{{") {
        let Some((_, after)) = tail.split_once("}}") else { break };
        text.push_str(literal);
        text.push('x');
        rest = after;
    }
    text.push_str(rest);
    text
}
