//! Which values must not be written down, and the one place that masks them.

use secrets::{Redactor, Secret};
use serde_json::Value;

use crate::{Api, ApiError, credentials};

/// A redactor for everything that is secret in an app: its client secret and the values of its credentials.
pub fn for_app(api: &Api, app_id: &str) -> Result<Redactor, ApiError> {
    Ok(Redactor::new(&known(api, app_id, true)?))
}

/// The same with a credential that may not be saved yet.
pub fn with_credential(api: &Api, app_id: &str, credential: &Value) -> Result<Redactor, ApiError> {
    let mut values = known(api, app_id, true)?;
    collect(credential, true, &mut values);
    Ok(Redactor::new(&values))
}

/// A redactor for the preview of what people see: it masks tokens and client secrets, which nobody typed, and leaves what a
/// Creator entered into the app's own authorization form, since a step may well show an account's name.
pub fn for_preview(api: &Api, app_id: &str) -> Result<Redactor, ApiError> {
    Ok(Redactor::new(&known(api, app_id, false)?))
}

fn known(api: &Api, app_id: &str, with_custom: bool) -> Result<Vec<Secret>, ApiError> {
    let mut values = Vec::new();
    for name in api.store().secret_values().names(app_id)? {
        values.extend(credentials::secret(api, app_id, &name)?.map(Secret::new));
    }
    for row in api.store().credentials().list(app_id)? {
        if let Some(credential) = credentials::read(api, &row.id)? {
            collect(&credential.value(), with_custom, &mut values);
        }
    }
    Ok(values)
}

/// The secret ones among a credential's values: its tokens, and whatever a custom form asked for (the contract marks none of
/// its inputs as harmless).
fn collect(credential: &Value, with_custom: bool, values: &mut Vec<Secret>) {
    let secret = |value: &Value| value.as_str().map(Secret::new);
    if let Some(oauth2) = credential.get("oauth2") {
        values.extend(
            ["access_token", "refresh_token"]
                .iter()
                .filter_map(|name| oauth2.get(name))
                .filter_map(secret),
        );
    }
    if let Some(custom) =
        credential.get("custom").and_then(Value::as_object).filter(|_| with_custom)
    {
        values.extend(custom.values().filter_map(secret));
    }
}
