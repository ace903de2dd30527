//! The files of an app's folder.

use super::check_app;
use super::place::add_places;
use crate::project::{APP_JSON, index_js};
use crate::{Diagnostic, FunctionKind, Project};

impl Project {
    /// Checks the whole folder: app.json as a file and by its content, the logo, that every function has code, saved answers.
    ///
    /// What concerns a file names it in `file`. Empty = nothing to say.
    pub fn check(&self) -> Vec<Diagnostic> {
        let loaded = self.load();
        let mut findings = match &loaded {
            Ok(loaded) => {
                let mut findings = check_app(&loaded.app);
                add_places(&mut findings, &loaded.text);
                findings.into_iter().map(|finding| finding.in_file(APP_JSON)).collect()
            }
            Err(error) => vec![error.diagnostic()],
        };
        if let Err(error) = self.read_logo() {
            findings.push(error.diagnostic());
        }
        for kind in FunctionKind::ALL {
            // Where app.json cannot be read, the functions that every app has are looked at all the same.
            let exists = loaded.as_ref().is_ok_and(|loaded| loaded.app.function(kind).is_some());
            if exists || !kind.can_be_switched_off() {
                findings.extend(self.check_code(kind));
            }
        }
        findings.extend(self.check_answers(loaded.as_ref().ok().map(|loaded| &loaded.app)));
        findings
    }

    fn check_code(&self, kind: FunctionKind) -> Option<Diagnostic> {
        let expected = "a module that exports `handler`";
        match self.read_function(kind) {
            Ok(source) if source.code.trim().is_empty() => {
                let message = format!("{} is empty", source.path_in_app);
                Some(
                    Diagnostic::error("function.code.empty", "", message)
                        .expecting(expected)
                        .in_file(source.path_in_app),
                )
            }
            Ok(_) => None,
            Err(crate::ProjectError::FileMissing { file }) => {
                let message = format!("the {kind} function has no code: {file} does not exist");
                Some(
                    Diagnostic::error("function.code.missing", "", message)
                        .expecting(expected)
                        .in_file(file),
                )
            }
            Err(error) => Some(error.diagnostic().in_file(index_js(kind))),
        }
    }
}
