//! A function that comes as a zip: index.js at its root, package.json and node_modules beside it (contract chapter 4).

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::{FunctionKind, Project};

use crate::clock::now;
use crate::types::{AppRef, ImportFunctionZip, ImportedFunction};
use crate::{Api, ApiError, apps};

/// Puts a zip's files in the place of a function's folder and marks the function as one by zip.
pub async fn import_function_zip(
    api: &Api,
    request: ImportFunctionZip,
) -> Result<ImportedFunction, ApiError> {
    let (id, project) = api.project(&request.app)?;
    let kind = request.function;
    let mut loaded = project.load()?;
    let bytes = STANDARD
        .decode(&request.base64)
        .map_err(|error| ApiError::invalid(format!("the zip is not base64: {error}")))?;
    // Before what stands there is touched.
    let files = definition::read_function_zip(&bytes)
        .map_err(|error| ApiError::invalid(error.to_string()))?;
    let kept = keep(api, &id, &project, kind)?;
    definition::write_function_files(&project, kind, &files)
        .map_err(|error| ApiError::failed(&error))?;
    loaded.app.function_mut(kind).get_or_insert_default().by_zip = true;
    project.save(&loaded.app, Some(&loaded.version))?;
    let app = apps::read_app(api, AppRef { app: request.app }).await?;
    let kept = kept.map(|path| path.display().to_string());
    Ok(ImportedFunction { app, files: files.len(), kept })
}

/// Packs what stands in the function's folder into the data folder, so that nothing an author wrote is lost.
fn keep(
    api: &Api,
    app: &str,
    project: &Project,
    kind: FunctionKind,
) -> Result<Option<PathBuf>, ApiError> {
    let folder = project.function_dir(kind);
    if !folder.join("index.js").is_file() {
        // Nothing to pack; a folder without index.js but with other files is not silently dropped.
        let empty = std::fs::read_dir(&folder).map_or(true, |mut entries| entries.next().is_none());
        return if empty {
            Ok(None)
        } else {
            Err(ApiError::refused(format!(
                "{} holds files but no index.js, so they cannot be kept before the zip replaces them: move them away first",
                folder.display()
            )))
        };
    }
    let zip = definition::function_zip(project, kind).map_err(|error| {
        ApiError::refused(format!(
            "what stands in functions/{kind} now cannot be kept before the zip replaces it: {error}"
        ))
    })?;
    let replaced = api.options().data_folder.join("replaced");
    let path = replaced.join(format!("{app}-{kind}-{}.zip", now()));
    let failed = |error: std::io::Error| {
        ApiError::new(
            crate::ErrorCode::Failed,
            format!(
                "what stands in functions/{kind} now cannot be kept at {}: {error}",
                path.display()
            ),
        )
    };
    std::fs::create_dir_all(&replaced).map_err(failed)?;
    std::fs::write(&path, zip).map_err(failed)?;
    Ok(Some(path))
}
