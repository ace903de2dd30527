//! Why a specifier names nothing, in Node's words.

use super::{Asked, Question, ROOT};

/// An error to be thrown at who asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Node's code; empty = it has none.
    pub(crate) code: &'static str,
    /// A TypeError rather than an Error.
    pub(crate) is_type_error: bool,
    pub(crate) message: String,
    /// The message goes on with the chain of modules that required each other.
    pub(crate) tells_stack: bool,
    /// More properties that the error has.
    pub(crate) properties: Vec<(&'static str, String)>,
    /// A package.json that is not JSON: the message ends in what is wrong with it.
    pub(crate) broken: Option<String>,
}

/// The path as the script knows it.
fn full(path: &str) -> String {
    if path.is_empty() { ROOT.to_owned() } else { format!("{ROOT}/{path}") }
}

/// A percent-encoded path as a file name; what is no UTF-8 then stays as it is.
pub(super) fn decoded(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

/// ` imported from …`, where Node says so.
fn from(importer: Option<&str>) -> String {
    importer.map(|importer| format!(" imported from {importer}")).unwrap_or_default()
}

impl Refusal {
    fn new(code: &'static str, message: String) -> Self {
        Self { code, message, ..Self::default() }
    }

    fn type_error(code: &'static str, message: String) -> Self {
        Self { is_type_error: true, ..Self::new(code, message) }
    }

    fn importer<'a>(question: &Question<'a>) -> Option<&'a str> {
        (question.asked == Asked::ByImport).then_some(question.importer)
    }

    pub(super) fn absent(question: &Question<'_>, specifier: &str) -> Self {
        match question.asked {
            Asked::ByRequire => Self {
                tells_stack: true,
                ..Self::new("MODULE_NOT_FOUND", format!("Cannot find module '{specifier}'"))
            },
            Asked::ByImport => Self::package_missing(question, specifier),
        }
    }

    pub(super) fn outside(question: &Question<'_>, specifier: &str) -> Self {
        let why =
            "it lies outside the function's package, and only files of the package can be loaded";
        let by_require = question.asked == Asked::ByRequire;
        Self {
            tells_stack: by_require,
            ..Self::new(
                if by_require { "MODULE_NOT_FOUND" } else { "ERR_MODULE_NOT_FOUND" },
                format!(
                    "Cannot find module '{specifier}'{}: {why}",
                    from(Self::importer(question))
                ),
            )
        }
    }

    /// A file that `import` names and that is not there.
    pub(super) fn file_missing(question: &Question<'_>, path: &str) -> Self {
        let path = full(path);
        Self {
            properties: vec![("url", format!("file://{path}"))],
            ..Self::new(
                "ERR_MODULE_NOT_FOUND",
                format!("Cannot find module '{path}' imported from {}", question.importer),
            )
        }
    }

    /// A file that `exports` names and that is not there.
    pub(super) fn target_missing(question: &Question<'_>, folder: &str, path: &str) -> Self {
        match question.asked {
            Asked::ByImport => Self::file_missing(question, path),
            Asked::ByRequire => Self {
                properties: vec![("path", format!("{}/package.json", full(folder)))],
                ..Self::new("MODULE_NOT_FOUND", format!("Cannot find module '{}'", full(path)))
            },
        }
    }

    pub(super) fn package_missing(question: &Question<'_>, name: &str) -> Self {
        Self::new(
            "ERR_MODULE_NOT_FOUND",
            format!("Cannot find package '{name}' imported from {}", question.importer),
        )
    }

    pub(super) fn main_missing(specifier: &str, folder: &str, main: &str) -> Self {
        Self {
            properties: vec![
                ("path", format!("{}/package.json", full(folder))),
                ("requestPath", specifier.to_owned()),
            ],
            ..Self::new(
                "MODULE_NOT_FOUND",
                format!(
                    "Cannot find module '{}'. Please verify that the package.json has a valid \"main\" entry",
                    full(main)
                ),
            )
        }
    }

    pub(super) fn folder(question: &Question<'_>, path: &str) -> Self {
        let path = full(path);
        Self {
            properties: vec![("url", format!("file://{path}"))],
            ..Self::new(
                "ERR_UNSUPPORTED_DIR_IMPORT",
                format!(
                    "Directory import '{path}' is not supported resolving ES modules imported from {}",
                    question.importer
                ),
            )
        }
    }

    pub(super) fn not_exported(folder: &str, subpath: &str, importer: Option<&str>) -> Self {
        let file = format!("{}/package.json{}", full(folder), from(importer));
        let message = if subpath == "." {
            format!("No \"exports\" main defined in {file}")
        } else {
            format!("Package subpath '{subpath}' is not defined by \"exports\" in {file}")
        };
        Self::new("ERR_PACKAGE_PATH_NOT_EXPORTED", message)
    }

    pub(super) fn import_not_defined(
        question: &Question<'_>,
        specifier: &str,
        folder: Option<&str>,
    ) -> Self {
        let place = folder.map(|folder| format!(" in package {}/package.json", full(folder)));
        Self::type_error(
            "ERR_PACKAGE_IMPORT_NOT_DEFINED",
            format!(
                "Package import specifier \"{specifier}\" is not defined{} imported from {}",
                place.unwrap_or_default(),
                question.importer
            ),
        )
    }

    pub(super) fn bad_target(
        folder: &str,
        key: &str,
        target: &str,
        imports: bool,
        importer: Option<&str>,
    ) -> Self {
        let field = if imports { "imports" } else { "exports" };
        let advice = if !imports && !target.starts_with("./") {
            "; targets must start with \"./\""
        } else {
            ""
        };
        let file = format!("{}/package.json{}", full(folder), from(importer));
        let message = if key == "." {
            format!(
                "Invalid \"exports\" main target \"{target}\" defined in the package config {file}{advice}"
            )
        } else {
            format!(
                "Invalid \"{field}\" target \"{target}\" defined for '{key}' in the package config {file}{advice}"
            )
        };
        Self::new("ERR_INVALID_PACKAGE_TARGET", message)
    }

    pub(super) fn bad_match(
        folder: &str,
        subpath: &str,
        key: &str,
        imports: bool,
        importer: Option<&str>,
    ) -> Self {
        let field = if imports { "imports" } else { "exports" };
        Self::type_error(
            "ERR_INVALID_MODULE_SPECIFIER",
            format!(
                "Invalid module \"{subpath}\" request is not a valid match in pattern \"{key}\" for the \"{field}\" resolution of {}/package.json{}",
                full(folder),
                from(importer)
            ),
        )
    }

    /// `what`: the quoted specifier and what is wrong with it.
    pub(super) fn bad_specifier(question: &Question<'_>, what: &str) -> Self {
        Self::type_error(
            "ERR_INVALID_MODULE_SPECIFIER",
            format!("Invalid module {what}{}", from(Some(question.importer))),
        )
    }

    pub(super) fn bad_manifest(question: &Question<'_>, folder: &str, why: &str) -> Self {
        let importer = Self::importer(question)
            .map(|importer| format!(" while importing file://{importer}"))
            .unwrap_or_default();
        Self::new(
            "ERR_INVALID_PACKAGE_CONFIG",
            format!("Invalid package config {}/package.json{importer}. {why}", full(folder)),
        )
    }

    /// A package.json that is not JSON; the words for what is wrong with it come from the script side.
    pub(super) fn broken_manifest(question: &Question<'_>, specifier: &str, path: String) -> Self {
        let file = full(&path);
        let refusal = match question.asked {
            Asked::ByRequire => Self::new("", format!("Error parsing {file}: ")),
            Asked::ByImport => Self::new(
                "ERR_INVALID_PACKAGE_CONFIG",
                format!(
                    "Invalid package config {file} while importing \"{specifier}\" from {}. ",
                    question.importer
                ),
            ),
        };
        Self { properties: vec![("path", file)], broken: Some(path), ..refusal }
    }

    pub(super) fn scheme(scheme: &str) -> Self {
        Self::new(
            "ERR_UNSUPPORTED_ESM_URL_SCHEME",
            format!(
                "Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. Received protocol '{scheme}:'"
            ),
        )
    }
}
