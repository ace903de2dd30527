//! A package in a zip, read where it is: nothing is unpacked to disk.
//!
//! A zip is a stranger's. One that holds a link, a name that leads elsewhere, a name twice, or more than the bounds allow is
//! refused as a whole, as the app does when it takes one in. Sizes in a zip may be lies: what comes out is counted.

use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ::zip::ZipArchive;
use ::zip::result::ZipError;

use super::{Entry, Files, MAX_FILE, child_path, parent};

/// Bytes that a zip may have.
const MAX_ZIP: u64 = 50 << 20;
/// Bytes that its files may have together, by what the zip says.
const MAX_UNPACKED: u64 = 250 << 20;
/// Files that it may hold.
const MAX_FILES: usize = 20_000;

#[derive(Clone)]
pub(crate) struct Zip {
    archive: ZipArchive<Part>,
    nodes: Arc<HashMap<String, Node>>,
}

#[derive(Clone, Copy)]
enum Node {
    Folder,
    File(usize),
}

/// The zip opened last, with what told it apart from another one at the same path: a zip with thousands of files is listed once.
static LAST: Mutex<Option<(PathBuf, Stamp, Zip)>> = Mutex::new(None);

impl Zip {
    /// Opens a zip; the error is a sentence that names it.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let refused = |why: String| format!("The function's zip {} {why}.", path.display());
        let file =
            File::open(path).map_err(|error| refused(format!("cannot be opened: {error}")))?;
        let data =
            file.metadata().map_err(|error| refused(format!("cannot be opened: {error}")))?;
        let stamp = Stamp::of(&data);
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, known, zip)) = &*last
            && at == path
            && stamp.is_some()
            && Some(known) == stamp.as_ref()
        {
            return Ok(zip.clone());
        }
        if data.len() > MAX_ZIP {
            return Err(refused(format!("is larger than {} MB", MAX_ZIP >> 20)));
        }
        let zip = Self::list(Part { file: Arc::new(file), at: 0, end: data.len() })
            .map_err(|why| refused(format!("cannot be used: {why}")))?;
        *last = stamp.map(|stamp| (path.to_owned(), stamp, zip.clone()));
        Ok(zip)
    }

    fn list(part: Part) -> Result<Self, String> {
        let mut archive = ZipArchive::new(part).map_err(|error| error.to_string())?;
        if archive.has_duplicate_names() {
            return Err("it holds a name twice".to_owned());
        }
        if archive.len() > MAX_FILES {
            return Err(format!("it holds {} files, at most {MAX_FILES} are taken", archive.len()));
        }
        let mut nodes = HashMap::with_capacity(archive.len() * 2);
        nodes.insert(String::new(), Node::Folder);
        let mut unpacked = 0u64;
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(|error| error.to_string())?;
            let name = file.name().map_err(|error| error.to_string())?.into_owned();
            if file.is_symlink() {
                return Err(format!("{name:?} is a symbolic link"));
            }
            if file.encrypted() {
                return Err(format!("{name:?} is encrypted"));
            }
            let plain = if file.is_dir() { name.trim_end_matches('/') } else { name.as_str() };
            if !is_plain(plain) {
                return Err(format!("{name:?} is no name for a file of a function"));
            }
            unpacked = unpacked.saturating_add(file.size());
            if unpacked > MAX_UNPACKED {
                return Err(format!("its files are more than {} MB", MAX_UNPACKED >> 20));
            }
            let node = if file.is_dir() { Node::Folder } else { Node::File(index) };
            match (nodes.insert(plain.to_owned(), node), node) {
                (None, _) | (Some(Node::Folder), Node::Folder) => {}
                (Some(_), _) => return Err(format!("it holds {plain:?} twice")),
            }
            let mut folder = parent(plain);
            while !folder.is_empty() {
                match nodes.insert(folder.to_owned(), Node::Folder) {
                    Some(Node::Folder) => break,
                    Some(Node::File(_)) => {
                        return Err(format!("{folder:?} is a file and a folder in it"));
                    }
                    None => folder = parent(folder),
                }
            }
        }
        Ok(Self { archive, nodes: Arc::new(nodes) })
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(['\\', ':', '\0'])
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

impl Files for Zip {
    fn child(&self, folder: &str, name: &str) -> Entry {
        let path = child_path(folder, name);
        match self.nodes.get(&path) {
            Some(Node::File(_)) => Entry::File(path),
            Some(Node::Folder) => Entry::Folder(path),
            None => Entry::Absent,
        }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let Some(Node::File(index)) = self.nodes.get(path) else {
            return Err("there is no such file".to_owned());
        };
        let mut archive = self.archive.clone();
        let broken = |error: &dyn std::fmt::Display| format!("it cannot be unpacked: {error}");
        let file = archive.by_index(*index).map_err(|error: ZipError| broken(&error))?;
        let mut content = Vec::new();
        if file.size() > MAX_FILE {
            return Err(too_large());
        }
        file.take(MAX_FILE + 1).read_to_end(&mut content).map_err(|error| broken(&error))?;
        if content.len() as u64 > MAX_FILE {
            return Err(too_large());
        }
        Ok(content)
    }

    fn list(&self, path: &str) -> Vec<String> {
        self.nodes
            .keys()
            .filter(|name| !name.is_empty() && parent(name) == path)
            .map(|name| name.rsplit('/').next().unwrap_or_default().to_owned())
            .collect()
    }

    fn size(&self, path: &str) -> u64 {
        match self.nodes.get(path) {
            // By what the zip says; reading counts.
            Some(Node::File(index)) => {
                self.archive.clone().by_index_raw(*index).map_or(0, |file| file.size())
            }
            _ => 0,
        }
    }
}

fn too_large() -> String {
    format!("it is larger than {} MB", MAX_FILE >> 20)
}

/// What changes when a file is replaced or written to.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: std::time::SystemTime,
    inode: (u64, u64, i64, i64),
}

impl Stamp {
    fn of(data: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        let inode = {
            use std::os::unix::fs::MetadataExt;
            (data.dev(), data.ino(), data.ctime(), data.ctime_nsec())
        };
        #[cfg(not(unix))]
        let inode = (0, 0, 0, 0);
        Some(Self { length: data.len(), modified: data.modified().ok()?, inode })
    }
}

/// A reader of its own on a file that others read too.
#[derive(Clone, Debug)]
struct Part {
    file: Arc<File>,
    at: u64,
    end: u64,
}

impl Read for Part {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let read = std::os::unix::fs::FileExt::read_at(&*self.file, into, self.at)?;
        #[cfg(windows)]
        let read = std::os::windows::fs::FileExt::seek_read(&*self.file, into, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Part {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(at) => i128::from(at),
            SeekFrom::End(by) => i128::from(self.end) + i128::from(by),
            SeekFrom::Current(by) => i128::from(self.at) + i128::from(by),
        };
        self.at = u64::try_from(place)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "before the beginning"))?;
        Ok(self.at)
    }
}
