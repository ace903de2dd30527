//! The app as it stands on this machine, ready to be published.

use std::collections::{BTreeMap, BTreeSet};

use definition::{App, FunctionKind};
use serde_json::{Map, Value};

use crate::Secret;

/// The fields of chapter 3 that hold a secret, and in which app.json has a reference instead.
const SECRET_FIELDS: [&str; 2] = ["client_secret", "consumer_secret"];

/// Everything that is published of an app.
#[derive(Clone)]
pub struct LocalApp {
    /// The definition, with references in place of secrets.
    pub definition: App,
    /// The values of those references, by name. Those of [`LocalApp::secret_names`] are needed.
    pub secrets: BTreeMap<String, Secret>,
    /// The bytes of logo.png.
    pub logo: Option<Vec<u8>>,
    /// The package (a zip with `index.js` at its root) of every function that exists.
    pub functions: BTreeMap<FunctionKind, Vec<u8>>,
}

/// Why an app cannot be published as it is; found before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A secret that app.json refers to has no value.
    #[error(
        "the secret {name:?} has no value (app.json: authentication.{path}): enter it in the Authorization tab and publish again"
    )]
    MissingSecret {
        /// Its name within the app.
        name: String,
        /// Where it is referred to, below `authentication`.
        path: String,
    },
    /// A function that always exists is missing.
    #[error("the app has no {0} function (app.json: {0}_function): every app needs one")]
    MissingFunction(FunctionKind),
    /// A function exists but its package was not given.
    #[error(
        "the {0} function has no code (functions/{0}/index.js): write it, or switch the function off where that is possible"
    )]
    MissingCode(FunctionKind),
    /// The name is empty.
    #[error("the app has no name (app.json: name): give it one in the Basic Info tab")]
    MissingName,
    /// The definition cannot be written as JSON.
    #[error("the app's definition cannot be written as JSON: {0}")]
    Json(String),
}

/// What stands where on the server: the definition's own fields, and the authorization with real secrets.
pub(crate) struct Wire {
    pub fields: Map<String, Value>,
    pub authentication: Map<String, Value>,
}

impl LocalApp {
    /// The names of the secrets that publishing needs values of.
    pub fn secret_names(&self) -> BTreeSet<String> {
        let Ok(Value::Object(mut authentication)) =
            serde_json::to_value(&self.definition.authentication)
        else {
            return BTreeSet::new();
        };
        let mut names = BTreeSet::new();
        let visited = visit(&mut authentication, "", &mut |_, value| {
            names.extend(reference(value).map(str::to_owned));
            Ok(())
        });
        debug_assert!(visited.is_ok());
        names
    }

    pub(crate) fn wire(&self) -> Result<Wire, PlanError> {
        if self.definition.name.trim().is_empty() {
            return Err(PlanError::MissingName);
        }
        let mut fields = match serde_json::to_value(&self.definition) {
            Ok(Value::Object(fields)) => fields,
            Ok(_) => return Err(PlanError::Json("it is no object".to_owned())),
            Err(error) => return Err(PlanError::Json(error.to_string())),
        };
        fields.shift_remove("app_id");
        for kind in FunctionKind::ALL {
            fields.shift_remove(&format!("{kind}_function"));
        }
        let mut authentication = match fields.shift_remove("authentication") {
            Some(Value::Object(authentication)) => authentication,
            _ => Map::new(),
        };
        visit(&mut authentication, "", &mut |path, value| {
            if let Some(name) = reference(value) {
                let secret = self.secrets.get(name).ok_or_else(|| PlanError::MissingSecret {
                    name: name.to_owned(),
                    path: path.to_owned(),
                })?;
                *value = Value::String(secret.reveal().to_owned());
            }
            Ok(())
        })?;
        Ok(Wire { fields, authentication })
    }
}

impl std::fmt::Debug for LocalApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sizes: BTreeMap<_, _> =
            self.functions.iter().map(|(kind, zip)| (kind, zip.len())).collect();
        f.debug_struct("LocalApp")
            .field("name", &self.definition.name)
            .field("secrets", &self.secrets)
            .field("logo_bytes", &self.logo.as_ref().map(Vec::len))
            .field("function_bytes", &sizes)
            .finish_non_exhaustive()
    }
}

fn reference(value: &Value) -> Option<&str> {
    value.as_object().filter(|object| object.len() == 1)?.get("secret")?.as_str()
}

/// Calls `with` on every secret field below `object`, with its path.
fn visit(
    object: &mut Map<String, Value>,
    path: &str,
    with: &mut dyn FnMut(&str, &mut Value) -> Result<(), PlanError>,
) -> Result<(), PlanError> {
    for (key, value) in object {
        let at = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        if SECRET_FIELDS.contains(&key.as_str()) {
            with(&at, value)?;
        } else if let Value::Object(child) = value {
            visit(child, &at, with)?;
        }
    }
    Ok(())
}

/// The texts of all secret fields below `object`, so that they can be kept out of error messages.
pub(crate) fn secrets_in(object: &Map<String, Value>) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in object {
        match value {
            Value::String(text) if SECRET_FIELDS.contains(&key.as_str()) => {
                found.push(text.clone())
            }
            Value::Object(child) => found.extend(secrets_in(child)),
            _ => {}
        }
    }
    found
}
