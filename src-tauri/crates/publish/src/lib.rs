//! Brings an app to a server over the developer REST interface (contract chapter 13).
//!
//! [`Client`] has a typed call for every route. [`Publication`] compares a [`LocalApp`] with what is on the server
//! ([`RemoteApp`]), shows as a [`Plan`] what would change, and carries the plan out step by step; a failure in the middle
//! says what was done, and publishing again continues from there, because what is on the server already is then unchanged.
//!
//! Secrets: the access token and the client secrets are [`Secret`]s, which cannot be printed. They leave this crate only in
//! the request they are for; should a server echo one in an error message, it is blotted out.

mod address;
mod client;
mod content;
mod error;
mod local;
mod plan;
mod publication;
mod remote;
mod same;
mod secret;

pub use address::{AddressError, ServerAddress};
pub use client::{
    AppSummary, AppVersion, ArchiveFile, Client, ClientError, FunctionTestOutcome, FunctionVersion,
    Write,
};
pub use content::content_hash;
pub use error::{Failure, RequestError, RequestFailure};
pub use local::{LocalApp, PlanError};
pub use plan::{Change, Part, Plan, PlanStep};
pub use publication::{Progress, ProgressState, Publication, PublishError, Published};
pub use remote::{RemoteApp, RemoteFunction};
pub use secret::Secret;
