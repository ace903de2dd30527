//! Secret values: a type that cannot print, a vault that seals them, and a redactor that takes them out of what is shown.
//!
//! * [`Secret`] and [`SecretBytes`] show `***` wherever they are printed, cannot be serialized, and are wiped when dropped.
//! * [`Vault`] encrypts what the store keeps, with a master key in the system keychain or, where there is none, in a key file.
//! * [`Redactor`] masks known secrets in text and JSON, in whatever encoding they appear, and headers and fields that are
//!   secret by name. Everything a function logs, sends or returns passes through it before it is stored or shown.

mod redact;
mod secret;
mod vault;

pub use redact::Redactor;
pub use secret::{MASK, Secret, SecretBytes};
pub use vault::{KEY_PLACE_VARIABLE, KeyPlace, Vault, VaultError};
