//! The commands against a data folder of their own, with real workers, a real gateway and the real sample services.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod attacks;
mod authentication;
mod authorizations;
mod canaries;
mod credentials;
mod diagrams;
mod flow_runs;
mod function_zips;
mod history;
mod hostile_folder;
mod limits;
mod local_server;
mod misbehaving;
mod oauth1;
mod oidc_provider;
mod provider;
mod redaction;
mod redirects;
mod resume;
mod secrets_at_rest;
mod shared;
mod starting;
mod templates;
mod vault;
mod world;
