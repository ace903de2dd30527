//! The shape of an app and of its authorization (contract chapters 2 and 3). Every refusal names the field's path; none
//! quotes a value that could be secret. Unknown fields are not looked at.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::error::ApiError;

/// An object as JSON has it.
pub type Object = Map<String, Value>;

const CATEGORIES: [&str; 6] = [
    "APP_CATEGORY_E_SIGNATURE",
    "APP_CATEGORY_FORM",
    "APP_CATEGORY_PAYMENT",
    "APP_CATEGORY_TIME_BOOKING",
    "APP_CATEGORY_TODO",
    "APP_CATEGORY_ID_VERIFICATION",
];
const ACTION_TYPES: [&str; 4] = [
    "APP_ACTION_TYPE_ACTION",
    "APP_ACTION_TYPE_AUTOMATION",
    "APP_ACTION_TYPE_AWAIT",
    "APP_ACTION_TYPE_TRIGGER",
];
const SIGNATURE_METHODS: [&str; 4] = ["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "PLAINTEXT"];
const MAX_NAME: usize = 200;

/// The fields of chapter 2 that stand in the definition itself: name, description, category, actions. A field that is
/// absent or `null` is not looked at, except that a name may not be `null`.
pub fn app_fields(app: &Object) -> Result<(), ApiError> {
    if app.contains_key("name") {
        let name = text(app, "", "name")?;
        if name.trim().is_empty() || name.chars().count() > MAX_NAME {
            return Err(ApiError::field("name", &format!("a text of 1 to {MAX_NAME} characters")));
        }
    }
    if given(app, "description") {
        text(app, "", "description")?;
    }
    if given(app, "category") {
        one_of(app, "", "category", &CATEGORIES)?;
    }
    if given(app, "actions") {
        actions(app)?;
    }
    Ok(())
}

fn actions(app: &Object) -> Result<(), ApiError> {
    let mut seen = HashMap::new();
    for (index, action) in list(app, "", "actions")?.iter().enumerate() {
        let at = format!("actions[{index}]");
        let action = object_at(action, &at)?;
        let key = text(action, &at, "key")?;
        if key.is_empty() {
            return Err(ApiError::field(&join(&at, "key"), "a text that is not empty"));
        }
        if let Some(first) = seen.insert(key, index) {
            return Err(ApiError::field(
                &join(&at, "key"),
                &format!("a key that no other action has; actions[{first}] has {key:?} as well"),
            ));
        }
        text(action, &at, "title")?;
        one_of(action, &at, "type", &ACTION_TYPES)?;
    }
    Ok(())
}

/// `{by_zip: bool}`, as chapter 2 has it for each function.
pub fn function_config(config: &Value, path: &str) -> Result<Object, ApiError> {
    let config = object_at(config, path)?;
    match config.get("by_zip") {
        None | Some(Value::Bool(_)) => Ok(config.clone()),
        Some(_) => Err(ApiError::field(&join(path, "by_zip"), "true or false")),
    }
}

/// Chapter 3: exactly one of oauth2, oauth1 and custom, or none of them. `path` = where it stands, empty for the whole body.
pub fn authentication(value: &Value, path: &str) -> Result<(), ApiError> {
    let object = object_at(value, path)?;
    let kinds: Vec<_> =
        ["oauth2", "oauth1", "custom"].into_iter().filter(|kind| given(object, kind)).collect();
    match kinds[..] {
        [] => Ok(()),
        ["oauth2"] => oauth2(child(object, path, "oauth2")?, &join(path, "oauth2")),
        ["oauth1"] => oauth1(child(object, path, "oauth1")?, &join(path, "oauth1")),
        ["custom"] => custom(child(object, path, "custom")?, &join(path, "custom")),
        _ => Err(ApiError::field(
            if path.is_empty() { "authentication" } else { path },
            &format!(
                "exactly one of oauth2, oauth1 and custom, or none of them; there are {}",
                kinds.join(", ")
            ),
        )),
    }
}

fn oauth2(object: &Object, path: &str) -> Result<(), ApiError> {
    text(object, path, "client_id")?;
    secret(object, path, "client_secret")?;
    requests(
        object,
        path,
        &["authorization_request", "get_token_request"],
        &["refresh_token_request", "test_token_request"],
    )
}

fn oauth1(object: &Object, path: &str) -> Result<(), ApiError> {
    text(object, path, "consumer_key")?;
    secret(object, path, "consumer_secret")?;
    one_of(object, path, "signature_method", &SIGNATURE_METHODS)?;
    requests(
        object,
        path,
        &["request_token_request", "authorization_request", "get_token_request"],
        &["test_token_request"],
    )
}

fn custom(object: &Object, path: &str) -> Result<(), ApiError> {
    let mut seen = HashMap::new();
    for (index, input) in list(object, path, "inputs")?.iter().enumerate() {
        let at = format!("{}[{index}]", join(path, "inputs"));
        let input = object_at(input, &at)?;
        let key = text(input, &at, "key")?;
        if key.is_empty() || seen.insert(key, ()).is_some() {
            return Err(ApiError::field(
                &join(&at, "key"),
                "a text that no other input has as its key",
            ));
        }
        text(input, &at, "label")?;
        if given(input, "tip") {
            text(input, &at, "tip")?;
        }
        if !matches!(input.get("required"), None | Some(Value::Bool(_))) {
            return Err(ApiError::field(&join(&at, "required"), "true or false"));
        }
    }
    Ok(())
}

fn secret(object: &Object, path: &str, key: &str) -> Result<(), ApiError> {
    match object.get(key) {
        Some(Value::String(_)) => Ok(()),
        _ => Err(ApiError::field(
            &join(path, key),
            "the secret itself, as a text (not a reference to one)",
        )),
    }
}

fn requests(
    object: &Object,
    path: &str,
    required: &[&str],
    optional: &[&str],
) -> Result<(), ApiError> {
    let optional = optional.iter().filter(|key| given(object, key));
    for key in required.iter().chain(optional) {
        let at = join(path, key);
        let request = child(object, path, key)?;
        one_of(request, &at, "method", &["GET", "POST"])?;
        if text(request, &at, "url")?.trim().is_empty() {
            return Err(ApiError::field(&join(&at, "url"), "the template of an absolute URL"));
        }
        for pairs in
            ["queries", "headers", "body_fields"].into_iter().filter(|pairs| given(request, pairs))
        {
            for (index, pair) in list(request, &at, pairs)?.iter().enumerate() {
                let at = format!("{}[{index}]", join(&at, pairs));
                let pair = object_at(pair, &at)?;
                text(pair, &at, "name")?;
                text(pair, &at, "value")?;
            }
        }
    }
    Ok(())
}

/// The object in `value`.
pub fn object_at<'v>(value: &'v Value, path: &str) -> Result<&'v Object, ApiError> {
    value
        .as_object()
        .ok_or_else(|| ApiError::field(if path.is_empty() { "(body)" } else { path }, "an object"))
}

/// The text in `object.key`.
pub fn text<'v>(object: &'v Object, path: &str, key: &str) -> Result<&'v str, ApiError> {
    object
        .get(key)
        .and_then(Value::as_str)
        .ok_or_else(|| ApiError::field(&join(path, key), "a text"))
}

fn child<'v>(object: &'v Object, path: &str, key: &str) -> Result<&'v Object, ApiError> {
    object_at(object.get(key).unwrap_or(&Value::Null), &join(path, key))
}

fn list<'v>(object: &'v Object, path: &str, key: &str) -> Result<&'v Vec<Value>, ApiError> {
    object
        .get(key)
        .and_then(Value::as_array)
        .ok_or_else(|| ApiError::field(&join(path, key), "a list"))
}

fn one_of(object: &Object, path: &str, key: &str, words: &[&str]) -> Result<(), ApiError> {
    if text(object, path, key).is_ok_and(|word| words.contains(&word)) {
        return Ok(());
    }
    Err(ApiError::field(&join(path, key), &format!("one of {}", words.join(", "))))
}

fn given(object: &Object, key: &str) -> bool {
    object.get(key).is_some_and(|value| !value.is_null())
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn place(result: Result<(), ApiError>) -> String {
        let error = result.unwrap_err();
        assert_eq!(error.status, 400);
        error.details["field"].as_str().unwrap().to_owned()
    }

    #[test]
    fn app_fields_name_the_path_of_what_is_wrong() {
        let action =
            json!({"key": "a", "title": "A", "type": "APP_ACTION_TYPE_AWAIT", "future": 1});
        for (app, field) in [
            (json!({"name": " "}), "name"),
            (json!({"name": 1}), "name"),
            (json!({"name": null}), "name"),
            (json!({"description": []}), "description"),
            (json!({"category": "APP_CATEGORY_OTHER"}), "category"),
            (json!({"actions": {}}), "actions"),
            (json!({"actions": [action, action]}), "actions[1].key"),
            (
                json!({"actions": [{"key": "", "title": "", "type": "APP_ACTION_TYPE_AWAIT"}]}),
                "actions[0].key",
            ),
            (
                json!({"actions": [{"key": "a", "type": "APP_ACTION_TYPE_AWAIT"}]}),
                "actions[0].title",
            ),
            (json!({"actions": [{"key": "a", "title": "A", "type": "AWAIT"}]}), "actions[0].type"),
        ] {
            assert_eq!(place(app_fields(app.as_object().unwrap())), field, "{app}");
        }
        let good = json!({"name": "N", "description": null, "category": "APP_CATEGORY_TODO", "actions": [action], "x": {}});
        app_fields(good.as_object().unwrap()).unwrap();
    }

    #[test]
    fn authentication_names_the_path_and_never_the_value() {
        let request = json!({"method": "GET", "url": "https://example.com", "queries": [{"name": "a", "value": "b"}]});
        let good = json!({"oauth2": {"client_id": "i", "client_secret": "s",
            "authorization_request": request, "get_token_request": request}});
        authentication(&good, "").unwrap();
        authentication(&json!({}), "").unwrap();
        authentication(&json!({"custom": {"inputs": [{"key": "k", "label": "L"}]}}), "").unwrap();

        let mut bad = good.clone();
        bad["oauth2"]["client_secret"] = json!({"secret": "hush"});
        let error = authentication(&bad, "authentication").unwrap_err();
        assert_eq!(error.details["field"], "authentication.oauth2.client_secret");
        assert!(!error.message.contains("hush"));

        let mut bad = good.clone();
        bad["oauth2"]["get_token_request"]["queries"][0]["value"] = json!(1);
        assert_eq!(place(authentication(&bad, "")), "oauth2.get_token_request.queries[0].value");

        let mut bad = good.clone();
        bad["custom"] = json!({"inputs": []});
        assert_eq!(place(authentication(&bad, "")), "authentication");
        assert_eq!(place(authentication(&json!({"oauth2": []}), "")), "oauth2");
        assert_eq!(place(authentication(&json!([]), "")), "(body)");
        assert_eq!(
            place(authentication(&json!({"custom": {"inputs": [{"key": "k"}]}}), "")),
            "custom.inputs[0].label"
        );
    }
}
