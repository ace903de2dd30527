//! A function as a zip: index.js at its root, what it needs beside it (contract chapters 4 and 12).
//!
//! The same folder makes the same bytes on every machine: names are sorted, times and rights are fixed. A zip from elsewhere
//! is read as what it is, a stranger's: no name leads out of the function's folder, and nothing grows without bound.

use std::fs;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::{FunctionKind, Project, ProjectError};

mod unpack;

pub use unpack::{PackedFile, read_function_zip, write_function_files};

/// Bytes that a zip may have.
pub const MAX_ZIP: u64 = 50 * 1024 * 1024;
/// Bytes that its files may have together.
pub const MAX_UNPACKED: u64 = 250 * 1024 * 1024;
/// Files that it may hold.
pub const MAX_FILES: usize = 20_000;

const INDEX: &str = "index.js";

/// Why a function cannot be packed or unpacked. Names are relative to the function's folder.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// Not a zip, a damaged one, or one that is encrypted or compressed in an unusual way.
    #[error("the function's zip cannot be read{}: {reason}", name.as_ref().map(|name| format!(" at {name:?}")).unwrap_or_default())]
    NotAZip {
        /// The file in it, where it is one file.
        name: Option<String>,
        /// What is wrong.
        reason: String,
    },
    /// index.js is not at the root.
    #[error("there is no index.js at the root{}", found.as_ref().map(|found| format!("; it stands at {found:?}: pack what is in that folder, not the folder")).unwrap_or_default())]
    NoIndex {
        /// Where one stands instead.
        found: Option<String>,
    },
    /// A name that leads elsewhere or that not every system takes.
    #[error("{name:?} is no name for a file of a function: {reason}")]
    BadName {
        /// The name.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A symbolic link: in a zip any, in a folder one that leads out of it or to nothing.
    #[error("{name:?} is a symbolic link; put the file itself there")]
    Link {
        /// The link.
        name: String,
    },
    /// More bytes or files than are taken.
    #[error("the function is too large: {size} {what}, at most {limit}")]
    TooLarge {
        /// What is counted: `bytes zipped`, `bytes unpacked`, `files`.
        what: &'static str,
        /// How many there are; at least, where counting stopped.
        size: u64,
        /// How many there may be.
        limit: u64,
    },
    /// The app's folder is not as it should be.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The system refuses.
    #[error("cannot {doing} {path}: {source}")]
    Io {
        /// What was to be done.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl PackageError {
    fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }

    fn zip(name: Option<&str>, error: &impl std::fmt::Display) -> Self {
        Self::NotAZip { name: name.map(str::to_owned), reason: error.to_string() }
    }
}

/// Packs a function's folder. Left out: whatever begins with a dot, `node_modules/.bin` and `.cache` among it.
///
/// # Errors
/// When there is no index.js, a link leads out of the folder, a name is no text, or there is too much of it.
pub fn function_zip(project: &Project, kind: FunctionKind) -> Result<Vec<u8>, PackageError> {
    // Says the same as everywhere else when index.js is missing, leads elsewhere, or is no text.
    project.read_function(kind)?;
    let folder = project.locate_function_dir(kind)?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut unpacked = 0;
    for (name, path) in files_of(&folder)? {
        let bytes = fs::read(&path).map_err(PackageError::io("read", &path))?;
        unpacked += bytes.len() as u64;
        at_most("bytes unpacked", unpacked, MAX_UNPACKED)?;
        writer
            .start_file(&name, options)
            .map_err(|error| PackageError::zip(Some(&name), &error))?;
        writer.write_all(&bytes).map_err(PackageError::io("pack", &path))?;
    }
    let zip = writer.finish().map_err(|error| PackageError::zip(None, &error))?.into_inner();
    at_most("bytes zipped", zip.len() as u64, MAX_ZIP)?;
    Ok(zip)
}

fn at_most(what: &'static str, size: u64, limit: u64) -> Result<(), PackageError> {
    if size > limit { Err(PackageError::TooLarge { what, size, limit }) } else { Ok(()) }
}

/// The files to pack, by their names in the zip, sorted; links that stay within the folder are what they lead to.
fn files_of(folder: &Path) -> Result<Vec<(String, PathBuf)>, PackageError> {
    let is_hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    let mut files = Vec::new();
    let mut bytes = 0;
    for entry in walkdir::WalkDir::new(folder)
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| !is_hidden(entry))
    {
        let entry = entry.map_err(|error| walk_error(folder, error))?;
        let name = name_below(folder, entry.path())?;
        if entry.path_is_symlink() && entry.depth() > 0 {
            let stays =
                fs::canonicalize(entry.path()).is_ok_and(|target| target.starts_with(folder));
            if !stays {
                return Err(PackageError::Link { name });
            }
        }
        if entry.file_type().is_file() {
            bytes += entry.metadata().map_err(|error| walk_error(folder, error))?.len();
            at_most("bytes unpacked", bytes, MAX_UNPACKED)?;
            files.push((name, entry.into_path()));
            at_most("files", files.len() as u64, MAX_FILES as u64)?;
        } else if !entry.file_type().is_dir() {
            // A pipe would be waited for without end.
            return Err(PackageError::BadName {
                name,
                reason: "it is neither a file nor a folder",
            });
        }
    }
    files.sort();
    Ok(files)
}

/// The name of `path` in the zip: with `/` on every system.
fn name_below(folder: &Path, path: &Path) -> Result<String, PackageError> {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts: Option<Vec<&str>> =
        below.components().map(|part| part.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/")).ok_or_else(|| PackageError::BadName {
        name: below.to_string_lossy().into_owned(),
        reason: "it is not UTF-8",
    })
}

/// A link to nothing and a circle of links end here, besides what the system refuses.
fn walk_error(folder: &Path, error: walkdir::Error) -> PackageError {
    let path = error.path().unwrap_or(folder).to_owned();
    let is_link =
        fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.file_type().is_symlink());
    if is_link || error.loop_ancestor().is_some() {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        return PackageError::Link { name };
    }
    PackageError::Io { doing: "read", path, source: error.into() }
}
