//! A flow run's diagram as a file: Mermaid written here, SVG and PNG drawn by the window.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flow::timeline::{self, Requests};

use crate::types::{DiagramContent, ExportMermaid, MermaidText, SaveDiagram, SavedDiagram};
use crate::{Api, ApiError, ErrorCode, flow_runs};

/// A picture of a thousand messages has a few MB.
const MAX_BYTES: usize = 50 * 1024 * 1024;
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A run's timeline in the seed's own notation.
pub async fn export_mermaid(api: &Api, request: ExportMermaid) -> Result<MermaidText, ApiError> {
    let messages = flow_runs::messages(api, &request.flow_run)?;
    let requests = if request.requests { Requests::Shown } else { Requests::Folded };
    Ok(MermaidText { text: timeline::mermaid(&messages, requests) })
}

/// Writes a diagram into a folder that the user chose, whole or not at all. What stands there under the name is replaced only
/// when the request says so.
pub async fn save_diagram(api: &Api, request: SaveDiagram) -> Result<SavedDiagram, ApiError> {
    let (extension, bytes) = match request.content {
        DiagramContent::Mermaid(export) => {
            ("mmd", export_mermaid(api, export).await?.text.into_bytes())
        }
        DiagramContent::Svg { text } => ("svg", text.into_bytes()),
        DiagramContent::Png { base64 } => {
            let bytes = STANDARD.decode(&base64).map_err(|error| {
                ApiError::invalid(format!("the picture is not base64: {error}"))
            })?;
            ("png", bytes)
        }
    };
    // The window asks for these; nothing else gets onto the disk this way.
    match extension {
        "svg" if !bytes.starts_with(b"<svg ") => {
            return Err(ApiError::invalid("the content is no SVG: expected it to begin with <svg"));
        }
        "png" if !bytes.starts_with(PNG_SIGNATURE) => {
            return Err(ApiError::invalid("the content is no PNG: expected a PNG's signature"));
        }
        _ => {}
    }
    if bytes.len() > MAX_BYTES {
        return Err(ApiError::refused(format!(
            "the diagram has {} bytes; a file of at most {MAX_BYTES} is written",
            bytes.len()
        )));
    }
    let folder = Path::new(&request.folder);
    if !folder.is_absolute() || !folder.is_dir() {
        return Err(ApiError::invalid(format!(
            "{:?} is no folder on this machine: expected the whole path of one that exists",
            request.folder
        )));
    }
    check_name(&request.name, extension)?;
    let place = folder.join(&request.name);
    let path = place.display().to_string();
    match write(&place, folder, &bytes, request.replace) {
        Ok(()) => Ok(SavedDiagram::Saved { path }),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Ok(SavedDiagram::Exists { path })
        }
        Err(error) => {
            Err(ApiError::new(ErrorCode::Failed, format!("{path} was not written: {error}")))
        }
    }
}

/// A name that means the same on every system, inside the folder.
fn check_name(name: &str, extension: &str) -> Result<(), ApiError> {
    let mut parts = Path::new(name).components();
    let alone = matches!((parts.next(), parts.next()), (Some(Component::Normal(part)), None) if part == name);
    let strange = |character: char| {
        character.is_control()
            || matches!(character, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
    };
    let fits = Path::new(name).extension().is_some_and(|own| own.eq_ignore_ascii_case(extension));
    if alone && fits && name.len() <= 200 && !name.starts_with('.') && !name.contains(strange) {
        return Ok(());
    }
    Err(ApiError::invalid(format!(
        "{name:?} cannot be the file's name: expected a name such as flow-run.{extension}, of at most 200 bytes, without / \\ : * ? \" < > |"
    )))
}

/// Beside the place, synced, then renamed to it. `AlreadyExists` = a file stands there and is to stay.
fn write(place: &Path, folder: &Path, bytes: &[u8], replace: bool) -> io::Result<()> {
    match fs::symlink_metadata(place) {
        Ok(there) if there.is_dir() => {
            return Err(io::Error::other("a folder has this name: choose another one"));
        }
        Ok(_) if !replace => return Err(io::ErrorKind::AlreadyExists.into()),
        _ => {}
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".stepsmith-").suffix(".tmp");
    // Readable as any file of the user's is (the umask still counts), not as a secret one.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut beside = builder.tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    if replace {
        beside.persist(place)?;
    } else {
        beside.persist_noclobber(place)?;
    }
    // The new name is there; that it outlasts a power cut is as much as the system can do about it.
    if let Ok(open) = File::open(folder) {
        let _ = open.sync_all();
    }
    Ok(())
}
