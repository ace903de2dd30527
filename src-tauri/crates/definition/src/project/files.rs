//! Reading and writing single files of an app's folder: bounded, never outside of it, never half.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::{FileVersion, ProjectError, SaveError};

/// What a save finds on disk must be, or nothing is written.
#[derive(Clone, Copy)]
pub(super) enum Expected<'a> {
    /// Whatever stands there is replaced.
    Anything,
    /// Nothing stands there.
    Nothing,
    /// This.
    Version(&'a FileVersion),
}

impl<'a> From<Option<&'a FileVersion>> for Expected<'a> {
    fn from(version: Option<&'a FileVersion>) -> Self {
        version.map_or(Self::Anything, Self::Version)
    }
}

/// Where `file` (relative, with `/`) really stands: symbolic links followed, and refused when they leave `root`.
///
/// The file itself need not exist, nor the folders above it. `root` must be canonical.
pub(super) fn locate(root: &Path, file: &str) -> Result<PathBuf, ProjectError> {
    let leaves = || ProjectError::LeavesFolder { file: file.to_owned() };
    let mut place = root.to_owned();
    for part in file.split('/') {
        if part.is_empty() || part == "." || part == ".." {
            return Err(leaves());
        }
        place.push(part);
        match fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.file_type().is_symlink() => {
                // A link to nothing would be written through to wherever it points.
                place = fs::canonicalize(&place).map_err(|_| leaves())?;
                if !place.starts_with(root) {
                    return Err(leaves());
                }
            }
            Ok(_) => {}
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) => {}
            Err(error) => return Err(ProjectError::io("read", place, error)),
        }
    }
    Ok(place)
}

/// The bytes of `file`, at most `limit`.
pub(super) fn read(root: &Path, file: &str, limit: u64) -> Result<Vec<u8>, ProjectError> {
    let place = locate(root, file)?;
    // Asked before opening: opening a pipe would wait for ever.
    let metadata = fs::metadata(&place).map_err(|error| missing_or(file, &place, error))?;
    if !metadata.is_file() {
        return Err(ProjectError::NotAFile { file: file.to_owned() });
    }
    let too_large = |size| ProjectError::TooLarge { file: file.to_owned(), size, limit };
    if metadata.len() > limit {
        return Err(too_large(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    File::open(&place)
        .and_then(|open| open.take(limit + 1).read_to_end(&mut bytes))
        .map_err(|error| missing_or(file, &place, error))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

fn missing_or(file: &str, place: &Path, error: io::Error) -> ProjectError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            ProjectError::FileMissing { file: file.to_owned() }
        }
        _ => ProjectError::io("read", place, error),
    }
}

/// `bytes` as text, without a byte order mark.
pub(super) fn text(file: &str, bytes: &[u8]) -> Result<String, ProjectError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()),
        Err(error) => {
            let offset = error.valid_up_to();
            let line = 1 + bytes.iter().take(offset).filter(|byte| **byte == b'\n').count();
            Err(ProjectError::NotUtf8 {
                file: file.to_owned(),
                offset,
                line: u32::try_from(line).unwrap_or(u32::MAX),
            })
        }
    }
}

/// Writes `file` whole or not at all: beside it, synced, then renamed over it.
pub(super) fn write(
    root: &Path,
    file: &str,
    bytes: &[u8],
    limit: u64,
    expected: Expected<'_>,
) -> Result<FileVersion, SaveError> {
    if bytes.len() as u64 > limit {
        return Err(ProjectError::TooLarge {
            file: file.to_owned(),
            size: bytes.len() as u64,
            limit,
        }
        .into());
    }
    let place = locate(root, file)?;
    let folder = place.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(|error| SaveError::io(&place, error))?;
    let permissions = match fs::metadata(&place) {
        Ok(metadata) if !metadata.is_file() => {
            return Err(ProjectError::NotAFile { file: file.to_owned() }.into());
        }
        // A rename would replace it all the same; whoever made it read-only meant it.
        Ok(metadata) if metadata.permissions().readonly() => {
            let error = io::Error::from(io::ErrorKind::PermissionDenied);
            return Err(SaveError::NotWritten {
                path: place,
                reason: "the file is read-only".to_owned(),
                source: error,
            });
        }
        Ok(metadata) => Some(metadata.permissions()),
        Err(_) => None,
    };
    let mut beside = new_file_in(folder).map_err(|error| SaveError::io(&place, error))?;
    let prepared = beside.write_all(bytes).and_then(|()| match permissions {
        Some(permissions) => beside.as_file().set_permissions(permissions),
        None => Ok(()),
    });
    prepared
        .and_then(|()| beside.as_file().sync_all())
        .map_err(|error| SaveError::io(&place, error))?;

    // As late as can be: what others write while this one prepares is seen.
    compare(root, file, limit, expected)?;
    if matches!(expected, Expected::Nothing) {
        beside.persist_noclobber(&place).map_err(|refused| match refused.error.kind() {
            io::ErrorKind::AlreadyExists => SaveError::Exists { path: file.to_owned() },
            _ => SaveError::io(&place, refused.error),
        })?;
    } else {
        beside.persist(&place).map_err(|refused| SaveError::io(&place, refused.error))?;
    }
    // The new name is there; that it outlasts a power cut is as much as the system can do about it.
    if let Ok(open) = File::open(folder) {
        let _ = open.sync_all();
    }
    Ok(FileVersion::of(bytes))
}

/// Takes `file` away; that it is not there is fine.
pub(super) fn remove(root: &Path, file: &str) -> Result<(), SaveError> {
    let place = locate(root, file)?;
    match fs::remove_file(&place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(SaveError::io(&place, error)),
        _ => Ok(()),
    }
}

fn new_file_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".stepsmith-").suffix(".tmp");
    // Readable as any file of the author's is (the umask still counts), not as a secret one.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn compare(root: &Path, file: &str, limit: u64, expected: Expected<'_>) -> Result<(), SaveError> {
    let Expected::Version(expected) = expected else { return Ok(()) };
    let current = match read(root, file, limit) {
        Ok(bytes) => Some(bytes),
        Err(ProjectError::FileMissing { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let current_version = current.as_ref().map(FileVersion::of);
    if current_version.as_ref() == Some(expected) {
        return Ok(());
    }
    Err(SaveError::Conflict {
        path: file.to_owned(),
        current_text: current.and_then(|bytes| text(file, &bytes).ok()),
        current_version,
    })
}
