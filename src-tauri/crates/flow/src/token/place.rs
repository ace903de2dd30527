//! Where in an answer the token stands: mostly at the top, with some providers one or two objects further in, and now and then under
//! names such as `accessToken`.

use serde_json::{Map, Value};

const FIELDS: [&str; 6] =
    ["access_token", "refresh_token", "expires_in", "token_type", "scope", "id_token"];
/// So many objects further in: `data`, `authed_user`, `result.token`.
const DEPTH: usize = 2;

/// Absent as good as `null`, `""`, `false` and `0`, which some providers send when there was no error.
pub(super) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(is) => !is,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
    }
}

/// The object with the token, by the names on the way to it.
pub(super) struct Place(Vec<String>);

/// Where the token stands; `None` = there is none, or more than one and none at the top.
pub(super) fn of_token(object: &Map<String, Value>) -> Option<Place> {
    if has_token(object) {
        return Some(Place(Vec::new()));
    }
    let mut found = Vec::new();
    search(object, &mut Vec::new(), &mut found);
    (found.len() == 1).then(|| Place(found.remove(0)))
}

fn has_token(object: &Map<String, Value>) -> bool {
    get(object, "access_token").is_some_and(|value| !is_nothing(value))
}

fn search(object: &Map<String, Value>, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    if path.len() == DEPTH {
        return;
    }
    for (name, value) in object {
        let Some(inner) = object_in(value) else { continue };
        path.push(name.clone());
        if has_token(inner) {
            found.push(path.clone());
        } else {
            search(inner, path, found);
        }
        path.pop();
    }
}

/// The object itself, or the only one in a list: `"data": [{ "access_token": … }]`.
fn object_in(value: &Value) -> Option<&Map<String, Value>> {
    match value {
        Value::Array(list) if list.len() == 1 => list.first()?.as_object(),
        value => value.as_object(),
    }
}

/// `accessToken` for `access_token`; the exact name counts first.
fn get<'a>(object: &'a Map<String, Value>, field: &str) -> Option<&'a Value> {
    object
        .get(field)
        .or_else(|| object.iter().find(|(name, _)| same(name, field)).map(|(_, value)| value))
}

fn same(name: &str, field: &str) -> bool {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    plain(name) == plain(field)
}

impl Place {
    fn inner<'a>(&self, object: &'a Map<String, Value>) -> Option<&'a Map<String, Value>> {
        self.0.iter().try_fold(object, |object, name| object_in(object.get(name)?))
    }

    /// The token's fields by RFC 6749's names. What the inner object lacks may stand at the top.
    pub(super) fn fields(&self, object: &Map<String, Value>) -> Map<String, Value> {
        let inner = self.inner(object).unwrap_or(object);
        let value = |field: &&str| {
            let value = get(inner, field).or_else(|| get(object, field))?;
            Some(((*field).to_owned(), value.clone()))
        };
        FIELDS.iter().filter_map(value).collect()
    }
}

/// All names, those of the object with the token behind the names on the way to it.
pub(super) fn names(object: &Map<String, Value>) -> Vec<String> {
    let Some(place) = of_token(object).filter(|place| !place.0.is_empty()) else {
        return object.keys().cloned().collect();
    };
    let mut all: Vec<String> =
        object.keys().filter(|name| place.0.first() != Some(name)).cloned().collect();
    let prefix = place.0.join(".");
    if let Some(inner) = place.inner(object) {
        all.extend(inner.keys().map(|name| format!("{prefix}.{name}")));
    }
    all
}

/// Which of `names` stands for `field`: the one furthest in.
pub(super) fn named<'a>(names: &'a [String], field: &str) -> Option<&'a str> {
    let last = |name: &str| name.rsplit('.').next().is_some_and(|last| same(last, field));
    names
        .iter()
        .filter(|name| last(name))
        .max_by_key(|name| name.matches('.').count())
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{HttpAnswer, field_in, field_names, parse_token};
    use super::*;

    fn answer(body: &Value) -> HttpAnswer {
        HttpAnswer {
            status: 200,
            content_type: Some("application/json".to_owned()),
            body: body.to_string(),
            ..HttpAnswer::default()
        }
    }

    #[test]
    fn a_token_further_in_is_found_with_what_stands_beside_it() {
        let slack = json!({ "ok": true, "app_id": "A", "authed_user": { "id": "U", "scope": "a,b", "access_token": "xoxp", "token_type": "user" },
            "team": { "id": "T" }, "error": null });
        let token = parse_token(&answer(&slack)).unwrap();
        assert_eq!((token.access_token.as_str(), token.token_type.as_str()), ("xoxp", "user"));
        assert_eq!(token.scope.as_deref(), Some("a,b"));
        let names = field_names(&answer(&slack));
        assert_eq!(field_in(&names, "access_token"), Some("authed_user.access_token"));
        assert_eq!(field_in(&names, "expires_in"), None);
        assert!(names.contains(&"team".to_owned()) && !names.contains(&"authed_user".to_owned()));

        // Both: the one at the top is the app's.
        let both = json!({ "access_token": "xoxb", "authed_user": { "access_token": "xoxp" } });
        assert_eq!(parse_token(&answer(&both)).unwrap().access_token, "xoxb");
        let listed = json!({ "data": [{ "access_token": "a", "user_id": "1" }] });
        assert_eq!(parse_token(&answer(&listed)).unwrap().access_token, "a");
        let names = field_names(&answer(&listed));
        assert_eq!(field_in(&names, "access_token"), Some("data.access_token"));
        let deeper = json!({ "expires_in": 60, "result": { "token": { "accessToken": "a", "refreshToken": "r" } } });
        let token = parse_token(&answer(&deeper)).unwrap();
        assert_eq!(
            (token.access_token.as_str(), token.refresh_token.as_deref(), token.expires_in),
            ("a", Some("r"), Some(60))
        );
        assert_eq!(
            field_in(&field_names(&answer(&deeper)), "access_token"),
            Some("result.token.accessToken")
        );
    }

    #[test]
    fn two_tokens_or_one_too_far_in_are_no_token() {
        for body in [
            json!({ "a": { "access_token": "1" }, "b": { "access_token": "2" } }),
            json!({ "a": { "b": { "c": { "access_token": "1" } } } }),
            json!({ "a": { "access_token": "" } }),
            json!({ "list": [{ "access_token": "1" }, { "access_token": "2" }] }),
            json!({ "list": [[{ "access_token": "1" }]] }),
        ] {
            assert!(
                parse_token(&answer(&body)).unwrap_err().to_string().contains("no access_token"),
                "{body}"
            );
        }
        let refused = json!({ "error": "invalid_grant", "data": { "access_token": "1" } });
        assert!(parse_token(&answer(&refused)).is_err());
    }
}
