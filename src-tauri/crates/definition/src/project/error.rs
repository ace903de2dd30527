//! What can be wrong with an app's folder.

use std::io;
use std::path::PathBuf;

use crate::logo::LogoError;
use crate::{Diagnostic, FileVersion};

/// Why an app's folder, or a file in it, cannot be read.
///
/// `file` is relative to the app's folder, with `/` between its parts; `path` is absolute.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// Nothing stands there.
    #[error("the folder {path} does not exist")]
    FolderMissing {
        /// Where the folder should be.
        path: PathBuf,
    },
    /// A file stands there.
    #[error("{path} is not a folder")]
    NotAFolder {
        /// What was taken for a folder.
        path: PathBuf,
    },
    /// A new app needs an empty folder.
    #[error("the folder {path} is not empty; a new app needs a new or an empty folder")]
    FolderNotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// The system refuses.
    #[error("no right to {doing} {path}")]
    NoRights {
        /// What was to be done: `read`, `write`, `create`, `list`.
        doing: &'static str,
        /// With what.
        path: PathBuf,
    },
    /// Not an app's folder.
    #[error("there is no app.json in {path}; an app's folder holds one")]
    NoAppJson {
        /// The folder.
        path: PathBuf,
    },
    /// A file that should be there is not.
    #[error("{file} does not exist")]
    FileMissing {
        /// The file.
        file: String,
    },
    /// Bytes that are no text.
    #[error(
        "{file} is not UTF-8: byte {offset} (line {line}) does not belong; save the file as UTF-8"
    )]
    NotUtf8 {
        /// The file.
        file: String,
        /// The first byte that does not belong, from 0.
        offset: usize,
        /// Its line, from 1.
        line: u32,
    },
    /// Text that is no JSON.
    #[error("{file}:{line}:{column} is not JSON: {reason}")]
    NotJson {
        /// The file.
        file: String,
        /// Line, from 1.
        line: u32,
        /// Column, from 1.
        column: u32,
        /// What the parser says.
        reason: String,
    },
    /// JSON of another shape.
    #[error("{file}:{line}:{column}: {place}: {reason}{}", expected.as_ref().map(|e| format!("; expected {e}")).unwrap_or_default(), place = if field.is_empty() { "the whole" } else { field })]
    WrongShape {
        /// The file.
        file: String,
        /// Line, from 1.
        line: u32,
        /// Column, from 1.
        column: u32,
        /// The field: `actions[0].type`; empty = the whole.
        field: String,
        /// What was found.
        reason: String,
        /// What was expected, where that can be said.
        expected: Option<String>,
    },
    /// More bytes than are read.
    #[error("{file} has {size} bytes; at most {limit} are read")]
    TooLarge {
        /// The file.
        file: String,
        /// Bytes found.
        size: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// A symbolic link that leads out of the app's folder, or to nothing.
    #[error(
        "{file} is a symbolic link that leads out of the app's folder or to nothing; put the file itself there"
    )]
    LeavesFolder {
        /// The file.
        file: String,
    },
    /// Something else than a file, such as a folder, stands there.
    #[error("{file} is not a file")]
    NotAFile {
        /// What was taken for a file.
        file: String,
    },
    /// Not a name for answers.
    #[error(
        "{name:?} is no name for answers; expected a file name without folders, such as \"happy path\""
    )]
    BadAnswersName {
        /// The name.
        name: String,
    },
    /// A file that is no logo.
    #[error("logo.png: {0}")]
    Logo(#[from] LogoError),
    /// Anything else that the system says.
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

impl ProjectError {
    /// From what the system says about `path`.
    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        let path = path.into();
        match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::NoRights { doing, path }
            }
            _ => Self::Io { doing, path, source },
        }
    }

    /// The same as a finding, with its rule, file, line and field, to be shown beside the others.
    pub fn diagnostic(&self) -> Diagnostic {
        let message = self.to_string();
        let plain = |rule: &str| Diagnostic::error(rule, "", message.clone());
        match self {
            Self::FolderMissing { .. } => plain("project.folder.missing"),
            Self::NotAFolder { .. } => plain("project.folder.not_a_folder"),
            Self::FolderNotEmpty { .. } => plain("project.folder.not_empty"),
            Self::NoRights { .. } => plain("project.no_rights")
                .expecting("a folder and files that may be read and written"),
            Self::NoAppJson { .. } => {
                plain("project.app_json.missing").in_file("app.json").expecting("a file app.json")
            }
            Self::FileMissing { file } => plain("file.missing").in_file(file),
            Self::NotUtf8 { file, line, .. } => {
                plain("file.not_utf8").in_file(file).at(*line, 1).expecting("UTF-8")
            }
            Self::NotJson { file, line, column, .. } => {
                plain("file.not_json").in_file(file).at(*line, *column).expecting("JSON")
            }
            Self::WrongShape { file, line, column, field, expected, .. } => {
                let mut finding = plain("file.wrong_shape").in_file(file).at(*line, *column);
                finding.path.clone_from(field);
                finding.expected.clone_from(expected);
                finding
            }
            Self::TooLarge { file, limit, .. } => {
                plain("file.too_large").in_file(file).expecting(format!("at most {limit} bytes"))
            }
            Self::LeavesFolder { file } => plain("file.leaves_folder").in_file(file),
            Self::NotAFile { file } => plain("file.not_a_file").in_file(file).expecting("a file"),
            Self::BadAnswersName { .. } => plain("answers.bad_name"),
            Self::Logo(_) => plain("logo.invalid")
                .in_file("logo.png")
                .expecting("a PNG of 128 × 128 pixels, at most 100 KB"),
            Self::Io { .. } => plain("project.io"),
        }
    }
}

/// Why a file was not saved. Whatever the reason, the file on disk is what it was before.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The file has changed since it was read.
    #[error("{path} has changed on disk since it was read; nothing was written")]
    Conflict {
        /// The file, relative to the app's folder.
        path: String,
        /// What stands there now; `None` = the file is gone, or is no text.
        current_text: Option<String>,
        /// The version of what stands there now; `None` = the file is gone. Save with it to replace what stands there.
        current_version: Option<FileVersion>,
    },
    /// The file exists already, and was to be new.
    #[error("{path} exists already; nothing was written")]
    Exists {
        /// The file, relative to the app's folder.
        path: String,
    },
    /// The system could not write: full disk, no rights, a read-only folder.
    #[error("cannot write {path}: {reason}; the file on disk is unchanged")]
    NotWritten {
        /// The file, absolute.
        path: PathBuf,
        /// What went wrong, in a few words.
        reason: String,
        /// What the system says.
        source: io::Error,
    },
    /// What was to be written, or the place, is not acceptable.
    #[error(transparent)]
    Refused(#[from] ProjectError),
}

impl SaveError {
    /// From what the system says about writing `path`.
    pub(crate) fn io(path: impl Into<PathBuf>, source: io::Error) -> Self {
        let reason = match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "the disk is full".to_owned()
            }
            io::ErrorKind::FileTooLarge => "the system allows no file of this size".to_owned(),
            io::ErrorKind::PermissionDenied => "no right to write there".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "the folder is read-only".to_owned(),
            _ => source.to_string(),
        };
        Self::NotWritten { path: path.into(), reason, source }
    }

    /// The same as a finding.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Conflict { path, .. } => {
                Diagnostic::error("save.conflict", "", self.to_string()).in_file(path)
            }
            Self::Exists { path } => {
                Diagnostic::error("save.exists", "", self.to_string()).in_file(path)
            }
            Self::NotWritten { .. } => Diagnostic::error("save.not_written", "", self.to_string()),
            Self::Refused(error) => error.diagnostic(),
        }
    }
}
