//! Takes an app as it arrives (one JSON object, or the files of an archive, contract chapter 12) apart into what is
//! stored separately: the definition, the authorization, the logo, the functions. All of it is checked before any of it
//! is written.

use definition::FunctionKind;
use serde_json::Value;

use crate::check::{self, Object};
use crate::error::ApiError;
use crate::files;

/// What a request changes. `None` = not mentioned, left as it is.
#[derive(Default)]
pub struct AppParts {
    /// Fields to set in the definition; `null` removes one.
    pub fields: Object,
    /// The new authorization; `{}` = none.
    pub authentication: Option<Value>,
    /// The new logo; `Some(None)` removes it.
    pub logo: Option<Option<Vec<u8>>>,
    /// The functions to change.
    pub functions: Vec<FunctionPart>,
}

/// A change to one function.
pub struct FunctionPart {
    /// Which one.
    pub kind: FunctionKind,
    /// `Some(None)` switches it off.
    pub config: Option<Option<Object>>,
    /// Its new package.
    pub zip: Option<Vec<u8>>,
    /// What `by_zip` is taken to be when neither the request nor the stored function says so.
    pub holds_more_than_index: bool,
}

/// One file of an archive.
pub struct ArchiveFile {
    /// Name of the multipart part, for messages.
    pub part: String,
    /// Name within the archive: `config.json`, `logo.png`, `FUNCTION_TYPE_BUILD.zip`.
    pub file_name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The field of the definition that holds `kind`'s configuration.
pub fn function_field(kind: FunctionKind) -> String {
    format!("{kind}_function")
}

/// An app as one JSON object.
pub fn from_object(mut app: Object) -> Result<AppParts, ApiError> {
    check::app_fields(&app)?;
    // Given by the server, whatever a client writes.
    app.shift_remove("app_id");
    let mut parts = AppParts::default();
    if let Some(value) = app.shift_remove("authentication") {
        let value = if value.is_null() { Value::Object(Object::new()) } else { value };
        check::authentication(&value, "authentication")?;
        parts.authentication = Some(value);
    }
    match app.shift_remove("logo") {
        None => {}
        Some(Value::Null) => parts.logo = Some(None),
        Some(logo) => {
            let text = check::text(check::object_at(&logo, "logo")?, "logo", "base64")?;
            parts.logo = Some(Some(files::logo_from_base64(text, "logo.base64")?));
        }
    }
    for kind in FunctionKind::ALL {
        let field = function_field(kind);
        let config = match app.shift_remove(&field) {
            None => continue,
            Some(Value::Null) => None,
            Some(config) => Some(check::function_config(&config, &field)?),
        };
        refuse_to_switch_off(kind, config.is_none())?;
        parts.functions.push(FunctionPart {
            kind,
            config: Some(config),
            zip: None,
            holds_more_than_index: false,
        });
    }
    parts.fields = app;
    Ok(parts)
}

/// Identity, Build and Action always exist (contract chapter 2).
pub fn refuse_to_switch_off(kind: FunctionKind, off: bool) -> Result<(), ApiError> {
    if off && !kind.can_be_switched_off() {
        let field = function_field(kind);
        return Err(ApiError::unprocessable(
            &field,
            format!(
                "{field}: an app always has its {kind} function; only redirect and webhook can be switched off"
            ),
        ));
    }
    Ok(())
}

/// An app as the files of an archive. `needs_config`: a new app must say its name, so config.json has to be there.
pub fn from_archive(archive: Vec<ArchiveFile>, needs_config: bool) -> Result<AppParts, ApiError> {
    if let Some((index, file)) = archive
        .iter()
        .enumerate()
        .find(|(index, file)| archive[..*index].iter().any(|f| f.file_name == file.file_name))
    {
        return Err(ApiError::field(
            &format!("file{index}"),
            &format!("one {:?} only; it is there twice", file.file_name),
        ));
    }
    let mut logo = None;
    let mut zips = Vec::new();
    let mut parts = None;
    for file in archive {
        match file.file_name.as_str() {
            "config.json" => parts = Some(from_config(&file)?),
            "logo.png" => {
                files::check_logo(&file.bytes, &file.part)?;
                logo = Some(file.bytes);
            }
            name => {
                let Some(kind) = FunctionKind::ALL.into_iter().find(|kind| name == zip_name(*kind))
                else {
                    return Err(ApiError::field(
                        &file.part,
                        "a file named config.json, logo.png or FUNCTION_TYPE_{IDENTITY,BUILD,ACTION,REDIRECT,WEBHOOK}.zip",
                    ));
                };
                let holds_more_than_index = files::check_function_zip(&file.bytes, &file.part)?;
                zips.push(FunctionPart {
                    kind,
                    config: None,
                    zip: Some(file.bytes),
                    holds_more_than_index,
                });
            }
        }
    }
    if parts.is_none() && needs_config {
        return Err(ApiError::field(
            "config.json",
            "a file with the app's definition, as a part file0, file1, …",
        ));
    }
    let mut parts = parts.unwrap_or_default();
    if logo.is_some() {
        parts.logo = Some(logo);
    }
    for mut given in zips {
        let position = parts.functions.iter().position(|part| part.kind == given.kind);
        given.config = position.and_then(|position| parts.functions.swap_remove(position).config);
        parts.functions.push(given);
    }
    Ok(parts)
}

fn from_config(file: &ArchiveFile) -> Result<AppParts, ApiError> {
    let value: Value = serde_json::from_slice(&file.bytes).map_err(|error| {
        ApiError::malformed(format!(
            "config.json is not JSON: line {}, column {}",
            error.line(),
            error.column()
        ))
    })?;
    let mut config = check::object_at(&value, "config.json")?.clone();
    // The three older places of the authorization configuration (contract chapter 12).
    if !config.contains_key("authentication") {
        if let Some(value) = config.shift_remove("auth_config") {
            config.insert("authentication".to_owned(), value);
        } else {
            let direct: Object = ["oauth2", "oauth1", "custom"]
                .into_iter()
                .filter_map(|key| config.shift_remove(key).map(|value| (key.to_owned(), value)))
                .collect();
            if !direct.is_empty() {
                config.insert("authentication".to_owned(), Value::Object(direct));
            }
        }
    }
    from_object(config)
}

/// The name of `kind`'s package within an archive.
pub fn zip_name(kind: FunctionKind) -> String {
    format!("FUNCTION_TYPE_{}.zip", kind.wire_name())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn config(value: &Value) -> ArchiveFile {
        ArchiveFile {
            part: "file0".into(),
            file_name: "config.json".into(),
            bytes: value.to_string().into_bytes(),
        }
    }

    #[test]
    fn reads_the_authorization_from_every_place_it_may_stand_in() {
        let custom = json!({"inputs": [{"key": "k", "label": "L"}]});
        for app in [
            json!({"name": "A", "authentication": {"custom": custom}}),
            json!({"name": "A", "auth_config": {"custom": custom}}),
            json!({"name": "A", "custom": custom}),
        ] {
            let parts = from_archive(vec![config(&app)], true).unwrap();
            assert_eq!(parts.authentication, Some(json!({"custom": custom})), "{app}");
            assert_eq!(Value::Object(parts.fields), json!({"name": "A"}));
        }
    }

    #[test]
    fn refuses_files_that_are_no_part_of_an_archive() {
        for name in ["../config.json", "FUNCTION_TYPE_OTHER.zip", "", "Config.json"] {
            let file = ArchiveFile { part: "file1".into(), file_name: name.into(), bytes: vec![] };
            let error =
                from_archive(vec![config(&json!({"name": "A"})), file], true).err().unwrap();
            assert_eq!(
                (error.status.as_u16(), &error.details["field"]),
                (400, &json!("file1")),
                "{name}"
            );
        }
        let twice = vec![config(&json!({"name": "A"})), config(&json!({"name": "B"}))];
        assert_eq!(from_archive(twice, true).err().unwrap().details["field"], "file1");
        assert_eq!(from_archive(vec![], true).err().unwrap().details["field"], "config.json");
    }

    #[test]
    fn only_redirect_and_webhook_can_be_switched_off() {
        let off = |field: &str| from_object(json!({field: null}).as_object().unwrap().clone());
        assert!(off("webhook_function").unwrap().functions[0].config == Some(None));
        assert_eq!(off("build_function").err().unwrap().status, 422);
    }
}
