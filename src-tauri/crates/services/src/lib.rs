//! The external world of the sample apps, on loopback: an OAuth 2.0 provider (RFC 6749, RFC 7636, RFC 8252), an
//! OAuth 1.0 provider (RFC 5849), an e-signature service and a CRM that sign in with the first, and a survey service with API keys. They behave like the real ones: login
//! and consent pages, tokens that expire, 401 with `WWW-Authenticate`, 404, 409, 422 with the offending fields, 429,
//! webhooks that are retried.
//!
//! * [`Services::start`] and [`Services::start_or_reuse`] serve them, by default at <http://127.0.0.1:4870>.
//! * [`router`] is the same without a socket of its own.
//! * [`demo_clients`] is what an app needs to use them; all of it is public by design.
//! * [`visitor`] stands in for a person in front of their pages.
//!
//! Everything is bounded: the oldest records are dropped. A restart forgets all, unless [`Settings::memory`] names a file:
//! then accounts, envelopes and webhooks that are on their way outlive the program, even a killed one.

mod access;
mod bounded;
mod clients;
mod crm;
mod envelope;
mod esign;
mod fields;
mod landing;
mod memory;
mod oauth;
mod oauth1;
mod page;
mod pdf;
mod problem;
mod server;
mod survey;
pub mod visitor;
mod world;

pub use clients::{Account, DemoClients, SurveyAccount, demo_clients};
pub use server::{DEFAULT_PORT, Services, StartError, StartOptions, router};
pub use world::{Settings, World};
