//! Which values must not be written down, and the one place that masks them.
//!
//! An app's redactor is built once and kept until one of its credentials or secrets changes: a flow asks for it at every event.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use secrets::{Redactor, Secret};
use serde_json::Value;

use crate::start::lock;
use crate::{Api, ApiError, ErrorCode, credentials};

/// How many values that were secret before are still masked. A call that is under way may carry one that was replaced meanwhile.
const REMEMBERED: usize = 100;

/// The redactors by app.
#[derive(Default)]
pub struct Redactors(Mutex<HashMap<String, Entry>>);

#[derive(Default)]
struct Entry {
    built: Option<Arc<Known>>,
    /// The values of the last time: what is not among the new ones stays known for a while.
    before: Values,
}

struct Known {
    values: Values,
    all: Redactor,
    preview: Redactor,
}

impl Redactors {
    /// A credential or a secret of the app has changed. To be called after the change is stored.
    pub fn forget(&self, app_id: &str) {
        if let Some(entry) = lock(&self.0).get_mut(app_id) {
            entry.built = None;
        }
    }
}

/// A redactor for everything that is secret in an app: its client secret and the values of its credentials.
pub fn for_app(api: &Api, app_id: &str) -> Result<Redactor, ApiError> {
    Ok(known(api, app_id)?.all.clone())
}

/// The same with a credential that may not be saved yet. While the secret store is closed nothing that is sealed can have come
/// out of it, so what is passed is all there is.
pub fn with_credential(api: &Api, app_id: &str, credential: &Value) -> Result<Redactor, ApiError> {
    let passed = Values::of(credential);
    if !api.vault_access().is_open() {
        return Ok(Redactor::new(passed.all()));
    }
    let known = known(api, app_id)?;
    if passed.all().all(|value| known.values.contains(value)) {
        return Ok(known.all.clone());
    }
    Ok(Redactor::new(known.values.all().chain(passed.all())))
}

/// The same with values that belong to an attempt and are kept nowhere.
pub fn with_secrets(
    api: &Api,
    app_id: &str,
    credential: &Value,
    secrets: &[Secret],
) -> Result<Redactor, ApiError> {
    let passed = Values::of(credential);
    if !api.vault_access().is_open() {
        return Ok(Redactor::new(passed.all().chain(secrets)));
    }
    let known = known(api, app_id)?;
    Ok(Redactor::new(known.values.all().chain(passed.all()).chain(secrets)))
}

/// A redactor for the preview of what people see: it masks tokens and client secrets, which nobody typed, and leaves what a
/// Creator entered into the app's own authorization form, since a step may well show an account's name.
pub fn for_preview(api: &Api, app_id: &str) -> Result<Redactor, ApiError> {
    Ok(known(api, app_id)?.preview.clone())
}

/// A redactor for what names an account, with the credential it names: tokens, client secrets, and those inputs of the custom form
/// that look secret. What else a Creator typed, as an account's name, is what a name is made of.
pub fn for_names(api: &Api, app_id: &str, credential: &Value) -> Result<Redactor, ApiError> {
    let inputs = match api.project(app_id)?.1.load()?.app.authentication.custom {
        Some(custom) => custom.inputs,
        None => Vec::new(),
    };
    let plain = |key: &str| inputs.iter().any(|input| input.key == key && !input.looks_secret());
    let mut named = credential.clone();
    if let Some(typed) = named.get_mut("custom").and_then(Value::as_object_mut) {
        typed.retain(|key, _| !plain(key));
    }
    let passed = Values::of(&named);
    let known = known(api, app_id)?;
    Ok(Redactor::new(known.values.given.iter().chain(passed.all())))
}

fn known(api: &Api, app_id: &str) -> Result<Arc<Known>, ApiError> {
    // Held while the values are read: a change that is stored meanwhile has to wait before it is announced, and is not missed.
    let mut all = lock(&api.redactors().0);
    let entry = all.entry(app_id.to_owned()).or_default();
    if let Some(known) = &entry.built {
        return Ok(known.clone());
    }
    let mut values = read(api, app_id)?;
    values.add_before(&entry.before);
    let known = Arc::new(Known {
        all: Redactor::new(values.all()),
        preview: Redactor::new(&values.given),
        values: values.clone(),
    });
    tracing::debug!(app = app_id, "redactor built");
    *entry = Entry { built: Some(known.clone()), before: values };
    Ok(known)
}

/// Secret values, the ones that are in use first.
#[derive(Clone, Default)]
struct Values {
    /// Client secrets and tokens: nobody typed them into the app.
    given: Vec<Secret>,
    /// What a custom authorization form asked for (the contract marks none of its inputs as harmless).
    typed: Vec<Secret>,
}

fn read(api: &Api, app_id: &str) -> Result<Values, ApiError> {
    let mut values = Values::default();
    for name in credentials::secret_names(api, app_id)? {
        values.given.extend(intact(credentials::secret(api, app_id, &name))?);
    }
    for row in api.store().credentials().list(app_id)? {
        if let Some(credential) = intact(credentials::read(api, &row.id))? {
            let of = Values::of(&credential.value());
            values.given.extend(of.given);
            values.typed.extend(of.typed);
        }
    }
    Ok(values)
}

/// What was changed outside the program opens no more: nothing can come out of it that would have to be masked, and the app's other
/// accounts are none the worse for it.
fn intact<T>(read: Result<Option<T>, ApiError>) -> Result<Option<T>, ApiError> {
    match read {
        Err(error) if error.code == ErrorCode::Tampered => {
            tracing::warn!("{error}");
            Ok(None)
        }
        other => other,
    }
}

impl Values {
    /// The secret ones among a credential's values, in the shape that functions get.
    fn of(credential: &Value) -> Self {
        let secret = |value: &Value| value.as_str().map(Secret::new);
        let token = |place: &&str| credential.pointer(place).and_then(secret);
        let custom = credential.get("custom").and_then(Value::as_object);
        Self {
            given: [
                "/oauth2/access_token",
                "/oauth2/refresh_token",
                "/oauth1/oauth_token",
                "/oauth1/oauth_token_secret",
            ]
            .iter()
            .filter_map(token)
            .collect(),
            typed: custom.into_iter().flat_map(|all| all.values()).filter_map(secret).collect(),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Secret> {
        self.given.iter().chain(&self.typed)
    }

    fn contains(&self, value: &Secret) -> bool {
        self.all().any(|known| known == value)
    }

    fn add_before(&mut self, before: &Self) {
        for (now, before) in [(&mut self.given, &before.given), (&mut self.typed, &before.typed)] {
            let gone: Vec<Secret> = before
                .iter()
                .filter(|value| !now.contains(value))
                .take(REMEMBERED)
                .cloned()
                .collect();
            now.extend(gone);
        }
    }
}
