//! Reading a function's zip, and putting it in the place of a function.

use std::collections::HashSet;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::{INDEX, MAX_FILES, MAX_UNPACKED, MAX_ZIP, PackageError, at_most};
use crate::{FunctionKind, Project};

/// Longer names are refused by one system or another.
const LONGEST_NAME: usize = 512;

/// A file of a function's zip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedFile {
    /// Relative, with `/`, safe to join to a folder.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The files of a function's zip, in its order; index.js is one of them.
///
/// # Errors
/// When it is no zip, has no index.js at its root, holds a link or a name that leads elsewhere, a name twice, or too much.
pub fn read_function_zip(bytes: &[u8]) -> Result<Vec<PackedFile>, PackageError> {
    read_within(bytes, MAX_UNPACKED)
}

fn read_within(bytes: &[u8], most_unpacked: u64) -> Result<Vec<PackedFile>, PackageError> {
    at_most("bytes zipped", bytes.len() as u64, MAX_ZIP)?;
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| PackageError::zip(None, &error))?;
    at_most("files", archive.len() as u64, MAX_FILES as u64)?;
    // The archive keeps one of them and forgets the other: which one would run here, and which one elsewhere?
    if archive.has_duplicate_names() {
        return Err(PackageError::zip(None, &"a name stands in it twice"));
    }
    let mut files = Vec::new();
    let mut names = Names::default();
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| PackageError::zip(None, &error))?;
        let name = file.name().map_err(|error| PackageError::zip(None, &error))?.into_owned();
        if file.is_symlink() {
            return Err(PackageError::Link { name });
        }
        let plain = if file.is_dir() { name.trim_end_matches('/') } else { name.as_str() };
        if let Some(reason) = wrong_with(plain) {
            return Err(PackageError::BadName { name, reason });
        }
        if file.is_dir() {
            continue;
        }
        names.add(&name)?;
        // What the zip says of its sizes may be a lie; what comes out is counted.
        let mut bytes = Vec::new();
        let left = most_unpacked - unpacked;
        file.by_ref()
            .take(left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| PackageError::zip(Some(&name), &error))?;
        unpacked += bytes.len() as u64;
        at_most("bytes unpacked", unpacked, most_unpacked)?;
        files.push(PackedFile { name, bytes });
    }
    names.no_file_is_a_folder()?;
    if !files.iter().any(|file| file.name == INDEX) {
        let found = files.iter().map(|file| &file.name).filter(|name| name.ends_with("/index.js"));
        return Err(PackageError::NoIndex { found: found.min_by_key(|name| name.len()).cloned() });
    }
    Ok(files)
}

/// Puts a zip's files, as [`read_function_zip`] gives them, in the place of a function's folder: all of them or, on any error,
/// none.
///
/// What stood in the folder is replaced; keep it before, where it matters.
///
/// # Errors
/// When the folder cannot be written.
pub fn write_function_files(
    project: &Project,
    kind: FunctionKind,
    files: &[PackedFile],
) -> Result<(), PackageError> {
    let folder = project.locate_function_dir(kind)?;
    let parent = folder.parent().unwrap_or(project.root());
    fs::create_dir_all(parent).map_err(PackageError::io("create", parent))?;
    let beside = tempfile::Builder::new()
        .prefix(".stepsmith-")
        .tempdir_in(parent)
        .map_err(PackageError::io("create a folder in", parent))?;
    // A folder below, for the temporary one is nobody else's to read.
    let new = beside.path().join("new");
    fs::create_dir(&new).map_err(PackageError::io("create", &new))?;
    for file in files {
        write_file(&new, file)?;
    }
    let old = beside.path().join("old");
    let was_there = folder.exists();
    if was_there {
        fs::rename(&folder, &old).map_err(PackageError::io("replace", &folder))?;
    }
    if let Err(error) = fs::rename(&new, &folder) {
        if was_there && fs::rename(&old, &folder).is_err() {
            // Not to be deleted with the temporary folder: it is the author's only copy.
            let _ = beside.keep();
        }
        return Err(PackageError::io("replace", &folder)(error));
    }
    Ok(())
}

fn write_file(folder: &Path, file: &PackedFile) -> Result<(), PackageError> {
    let path: PathBuf = folder.join(&file.name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(PackageError::io("create", parent))?;
    }
    let written = fs::File::create_new(&path).and_then(|mut open| {
        std::io::Write::write_all(&mut open, &file.bytes)?;
        open.sync_all()
    });
    written.map_err(PackageError::io("write", &path))
}

/// What is wrong with a name as one to join to a folder; `None` = nothing.
fn wrong_with(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("it is empty");
    }
    if name.len() > LONGEST_NAME {
        return Some("it is too long");
    }
    if name.starts_with('/') {
        return Some("it is absolute");
    }
    if name.contains(['\\', ':']) {
        return Some("`\\` and `:` lead elsewhere on some systems");
    }
    if name.chars().any(char::is_control) {
        return Some("it holds control characters");
    }
    for part in name.split('/') {
        match part {
            "" => return Some("a part of it is empty"),
            "." | ".." => return Some("`.` and `..` lead elsewhere"),
            // Windows drops them, and another name would be meant.
            _ if part.ends_with(['.', ' ']) => {
                return Some("a part of it ends with a dot or a blank");
            }
            _ if part.len() > 255 => return Some("a part of it is too long"),
            _ => {}
        }
    }
    None
}

/// All names so far, compared as a file system would that does not tell upper from lower case.
#[derive(Default)]
struct Names {
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl Names {
    fn add(&mut self, name: &str) -> Result<(), PackageError> {
        let folded = name.to_lowercase();
        for (at, _) in folded.match_indices('/') {
            self.folders.insert(folded[..at].to_owned());
        }
        if self.files.insert(folded) {
            return Ok(());
        }
        Err(PackageError::BadName { name: name.to_owned(), reason: "it stands there twice" })
    }

    fn no_file_is_a_folder(&self) -> Result<(), PackageError> {
        match self.files.intersection(&self.folders).next() {
            None => Ok(()),
            Some(name) => Err(PackageError::BadName {
                name: name.clone(),
                reason: "it is a file and a folder at once",
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_bomb_is_counted_while_it_unpacks() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in [INDEX, "a", "b"] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(&[0; 500_000]).unwrap();
        }
        let mut zip = writer.finish().unwrap().into_inner();
        assert!(zip.len() < 5_000);
        assert_eq!(read_within(&zip, 1_500_000).unwrap().len(), 3);
        let too_large = read_within(&zip, 1_000_000);
        assert!(matches!(
            too_large,
            Err(PackageError::TooLarge { what: "bytes unpacked", size: 1_000_001, .. })
        ));
        // A zip that understates its sizes gets no further.
        let size = 500_000_u32.to_le_bytes();
        while let Some(at) = zip.windows(4).position(|bytes| bytes == size) {
            zip[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
        }
        assert!(read_within(&zip, 1_000_000).is_err());
    }
}
