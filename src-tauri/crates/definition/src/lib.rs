//! What a Moxo Integration Framework app is: its definition (contract chapters 2 and 3), its folder on disk, the
//! inputs of its forms (chapter 7) and the rules for what its functions return (chapters 5 to 11).
//!
//! Pure: nothing here opens a socket, runs a script or keeps a secret; the only I/O is the app's own folder.

pub mod app;
mod check;
pub mod defaults;
pub mod diagnostic;
pub mod form;
mod formats;
pub mod function;
pub mod logo;
mod nearest;
pub mod package;
pub mod presets;
pub mod project;
pub mod returns;
mod template;
pub mod variables;

pub use app::{
    Action, ActionType, App, Authentication, Category, Custom, CustomInput, FunctionConfig, Method,
    NameValue, OAuth1, OAuth2, Request, SecretValue, SignatureMethod,
};
pub use check::{check_app, check_authentication};
pub use diagnostic::{Diagnostic, Severity};
pub use form::{FieldProblem, Form, FormInput, FormOption, InputType, check_values, merge};
pub use function::FunctionKind;
pub use logo::{Logo, LogoError};
pub use nearest::nearest;
pub use package::{
    PackageError, PackedFile, function_zip, read_function_zip, write_function_files,
};
pub use presets::{ClientAuthentication, Placeholder, Preset, presets};
pub use project::{APP_JSON, LOGO_PNG, app_text, index_js, parse_app};
pub use project::{
    AnswersFile, FileVersion, LoadedApp, Project, ProjectError, SaveError, SourceFile,
};
pub use returns::{DeclaredVariable, VariableType, check_return, declared_variables};
pub use template::template;
pub use variables::{
    OAUTH1_VARIABLES, OAUTH2_VARIABLES, RequestKind, Variable, begins_with_origin,
    oauth1_variables, oauth2_variables,
};
