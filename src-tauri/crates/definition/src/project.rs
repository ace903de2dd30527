//! An app on disk: a folder with app.json, logo.png, `functions/*/index.js` and `answers/*.json`.
//!
//! The window and other editors may work on it at once. Whoever saves names the [`FileVersion`] the change started from;
//! a file that has changed since is not overwritten, and the difference can be offered. A file is written whole or not
//! at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::{App, FunctionKind, Logo, template};

mod definition_file;
mod error;
mod files;
mod version;

pub use definition_file::{app_text, parse_app};
pub use error::{ProjectError, SaveError};
pub use version::FileVersion;

use files::Expected;

/// The definition's file.
pub const APP_JSON: &str = "app.json";
/// The logo's file.
pub const LOGO_PNG: &str = "logo.png";
/// Bytes that app.json may have.
pub const MAX_APP_JSON: u64 = 1024 * 1024;
/// Bytes that a function's index.js may have.
pub const MAX_INDEX_JS: u64 = 5 * 1024 * 1024;
/// Bytes that a file of answers may have; a payload may carry a document.
pub const MAX_ANSWERS: u64 = 20 * 1024 * 1024;

/// An app's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    root: PathBuf,
}

/// app.json as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedApp {
    /// What it says.
    pub app: App,
    /// What identifies this state of the file; name it when saving.
    pub version: FileVersion,
    /// The file's text, without a byte order mark.
    pub text: String,
}

/// A file of code as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceFile {
    /// Relative to the app's folder: `functions/build/index.js`.
    pub path_in_app: String,
    /// Its text, without a byte order mark.
    pub code: String,
    /// What identifies this state of the file; name it when saving.
    pub version: FileVersion,
}

/// Saved form answers and payloads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnswersFile {
    /// The file's name without `.json`; what [`Project::read_answers`] takes.
    pub name: String,
    /// Relative to the app's folder: `answers/NAME.json`.
    pub path_in_app: String,
}

impl Project {
    /// Opens an app's folder, however it is written: the root becomes absolute, with symbolic links followed.
    ///
    /// # Errors
    /// When it is missing, no folder, not readable, or holds no app.json. What stands in app.json does not matter here.
    pub fn open(root: impl Into<PathBuf>) -> Result<Self, ProjectError> {
        let path = root.into();
        let root = fs::canonicalize(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => ProjectError::FolderMissing { path: path.clone() },
            io::ErrorKind::NotADirectory => ProjectError::NotAFolder { path: path.clone() },
            _ => ProjectError::io("read", &path, error),
        })?;
        if !root.is_dir() {
            return Err(ProjectError::NotAFolder { path: root });
        }
        fs::read_dir(&root).map_err(|error| ProjectError::io("list", &root, error))?;
        match fs::symlink_metadata(root.join(APP_JSON)) {
            Ok(_) => Ok(Self { root }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(ProjectError::NoAppJson { path: root })
            }
            Err(error) => Err(ProjectError::io("read", root.join(APP_JSON), error)),
        }
    }

    /// Makes a new app called `name` in a new or an empty folder: app.json and a working index.js for every function.
    ///
    /// # Errors
    /// When the folder holds anything already, or cannot be written; then nothing stays behind.
    pub fn create(root: impl Into<PathBuf>, name: &str) -> Result<Self, SaveError> {
        let path = root.into();
        let was_there = match fs::read_dir(&path) {
            Ok(mut entries) => {
                if entries.next().is_some() {
                    return Err(ProjectError::FolderNotEmpty { path }.into());
                }
                true
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(&path).map_err(|error| SaveError::io(&path, error))?;
                false
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(ProjectError::NotAFolder { path }.into());
            }
            Err(error) => return Err(ProjectError::io("list", &path, error).into()),
        };
        let root =
            fs::canonicalize(&path).map_err(|error| ProjectError::io("read", &path, error))?;
        let project = Self { root };
        if let Err(error) = project.fill(name) {
            // The folder was empty, so all there is in it is what was just written.
            let _ = fs::remove_file(project.root.join(APP_JSON));
            let _ = fs::remove_dir_all(project.root.join("functions"));
            if !was_there {
                let _ = fs::remove_dir(&project.root);
            }
            return Err(error);
        }
        Ok(project)
    }

    /// app.json last: a folder that has one is whole.
    fn fill(&self, name: &str) -> Result<(), SaveError> {
        for kind in FunctionKind::ALL {
            self.write(
                &index_js(kind),
                template(kind).as_bytes(),
                MAX_INDEX_JS,
                Expected::Nothing,
            )?;
        }
        let text = text_of(&definition_file::new_app(name))?;
        self.write(APP_JSON, text.as_bytes(), MAX_APP_JSON, Expected::Nothing)?;
        Ok(())
    }

    /// The folder, absolute, without symbolic links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reads app.json.
    ///
    /// # Errors
    /// Say what is wrong with it and where: not there, not UTF-8, not JSON, of another shape, too large.
    pub fn load(&self) -> Result<LoadedApp, ProjectError> {
        let (text, version) = self.load_text()?;
        Ok(LoadedApp { app: parse_app(&text)?, version, text })
    }

    /// Reads app.json as text, whatever it says.
    ///
    /// # Errors
    /// When it is not there, not UTF-8 or too large.
    pub fn load_text(&self) -> Result<(String, FileVersion), ProjectError> {
        let bytes =
            files::read(&self.root, APP_JSON, MAX_APP_JSON).map_err(|error| match error {
                ProjectError::FileMissing { .. } if self.root.is_dir() => {
                    ProjectError::NoAppJson { path: self.root.clone() }
                }
                ProjectError::FileMissing { .. } => {
                    ProjectError::FolderMissing { path: self.root.clone() }
                }
                other => other,
            })?;
        Ok((files::text(APP_JSON, &bytes)?, FileVersion::of(&bytes)))
    }

    /// Writes app.json: fields in a fixed order, two spaces, a newline at the end.
    ///
    /// `expected` is the version that the change started from; `None` replaces whatever stands there.
    ///
    /// # Errors
    /// [`SaveError::Conflict`] when the file has changed since; the file on disk is what it was.
    pub fn save(
        &self,
        app: &App,
        expected: Option<&FileVersion>,
    ) -> Result<FileVersion, SaveError> {
        self.save_text(&text_of(app)?, expected)
    }

    /// Writes the text of app.json as it is, even where it is no JSON: an author's work is not refused.
    ///
    /// # Errors
    /// As [`Project::save`].
    pub fn save_text(
        &self,
        text: &str,
        expected: Option<&FileVersion>,
    ) -> Result<FileVersion, SaveError> {
        self.write(APP_JSON, text.as_bytes(), MAX_APP_JSON, expected.into())
    }

    /// The folder of a function, whether or not it is there.
    pub fn function_dir(&self, kind: FunctionKind) -> PathBuf {
        self.root.join("functions").join(kind.as_str())
    }

    /// The same with symbolic links followed, if they stay within the app.
    pub(crate) fn locate_function_dir(&self, kind: FunctionKind) -> Result<PathBuf, ProjectError> {
        files::locate(&self.root, &format!("functions/{kind}"))
    }

    /// Reads a function's index.js.
    ///
    /// # Errors
    /// When it is not there, not UTF-8, too large, or leads out of the app's folder.
    pub fn read_function(&self, kind: FunctionKind) -> Result<SourceFile, ProjectError> {
        let file = index_js(kind);
        let bytes = files::read(&self.root, &file, MAX_INDEX_JS)?;
        let code = files::text(&file, &bytes)?;
        Ok(SourceFile { path_in_app: file, code, version: FileVersion::of(&bytes) })
    }

    /// Writes a function's index.js, and its folder where there is none.
    ///
    /// # Errors
    /// As [`Project::save`].
    pub fn write_function(
        &self,
        kind: FunctionKind,
        code: &str,
        expected: Option<&FileVersion>,
    ) -> Result<FileVersion, SaveError> {
        self.write(&index_js(kind), code.as_bytes(), MAX_INDEX_JS, expected.into())
    }

    /// Gives a function that has no index.js its starting code; used when it is switched on. `true` = it was written.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn ensure_function(&self, kind: FunctionKind) -> Result<bool, SaveError> {
        match self.write(
            &index_js(kind),
            template(kind).as_bytes(),
            MAX_INDEX_JS,
            Expected::Nothing,
        ) {
            Ok(_) => Ok(true),
            Err(SaveError::Exists { .. } | SaveError::Refused(ProjectError::NotAFile { .. })) => {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Reads logo.png, if there is one.
    ///
    /// # Errors
    /// When it is no logo by the contract's rules, or cannot be read.
    pub fn read_logo(&self) -> Result<Option<Logo>, ProjectError> {
        // Read further than a logo may be long, so that the error is the logo's own.
        match files::read(&self.root, LOGO_PNG, 10 * crate::logo::MAX_BYTES as u64) {
            Ok(bytes) => Ok(Some(Logo::check(bytes)?)),
            Err(ProjectError::FileMissing { .. }) => Ok(None),
            Err(ProjectError::TooLarge { size, .. }) => {
                Err(crate::logo::LogoError::TooLarge { found: size }.into())
            }
            Err(error) => Err(error),
        }
    }

    /// Writes logo.png, once it is checked.
    ///
    /// # Errors
    /// When `bytes` are no logo, or cannot be written; the old logo stays.
    pub fn write_logo(&self, bytes: impl Into<Vec<u8>>) -> Result<Logo, SaveError> {
        let logo = Logo::check(bytes).map_err(ProjectError::from)?;
        self.write(LOGO_PNG, logo.bytes(), crate::logo::MAX_BYTES as u64, Expected::Anything)?;
        Ok(logo)
    }

    /// Takes logo.png away; that there is none is fine.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove_logo(&self) -> Result<(), SaveError> {
        files::remove(&self.root, LOGO_PNG)
    }

    /// The saved answers, sorted by name; none where there is no folder for them.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn answers(&self) -> Result<Vec<AnswersFile>, ProjectError> {
        let folder = files::locate(&self.root, "answers")?;
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(ProjectError::io("list", &folder, error)),
        };
        let mut answers = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| ProjectError::io("list", &folder, error))?;
            // A name that is no text can be given to nobody.
            let Ok(file_name) = entry.file_name().into_string() else { continue };
            let Some(name) = file_name.strip_suffix(".json") else { continue };
            if !name.is_empty() && !name.starts_with('.') && entry.path().is_file() {
                answers.push(AnswersFile {
                    name: name.to_owned(),
                    path_in_app: format!("answers/{file_name}"),
                });
            }
        }
        answers.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(answers)
    }

    /// Reads the answers called `name` (with or without `.json`).
    ///
    /// # Errors
    /// When there are none of this name, or they are not JSON.
    pub fn read_answers(&self, name: &str) -> Result<Value, ProjectError> {
        Ok(self.read_answers_text(name)?.1)
    }

    /// The same with the text they stand in.
    pub(crate) fn read_answers_text(&self, name: &str) -> Result<(String, Value), ProjectError> {
        let plain = name.strip_suffix(".json").unwrap_or(name);
        if plain.is_empty() || plain.starts_with('.') || plain.contains(['/', '\\', '\0', ':']) {
            return Err(ProjectError::BadAnswersName { name: name.to_owned() });
        }
        let file = format!("answers/{plain}.json");
        let bytes = files::read(&self.root, &file, MAX_ANSWERS)?;
        let text = files::text(&file, &bytes)?;
        let value = definition_file::parse(&file, &text)?;
        Ok((text, value))
    }

    fn write(
        &self,
        file: &str,
        bytes: &[u8],
        limit: u64,
        expected: Expected<'_>,
    ) -> Result<FileVersion, SaveError> {
        files::write(&self.root, file, bytes, limit, expected)
    }
}

/// A function's code, relative to the app's folder.
pub fn index_js(kind: FunctionKind) -> String {
    format!("functions/{kind}/index.js")
}

/// Text keys and plain values always turn into JSON; should they not, it is said and nothing is written.
fn text_of(app: &App) -> Result<String, SaveError> {
    app_text(app).map_err(|error| SaveError::io(APP_JSON, io::Error::other(error)))
}
