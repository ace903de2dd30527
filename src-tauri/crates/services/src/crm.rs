//! The CRM: pipelines with fields of their own, contacts by e-mail address, deals by the caller's own id. One of its pipelines is
//! slow to take a deal, one is closed for the day: what a CRM under load or being moved answers is part of what it teaches.

mod catalog;
mod contacts;
mod deals;
mod properties;

use axum::Router;
use axum::routing::get;

use crate::bounded::Bounded;
use crate::world::World;

pub(crate) use contacts::Contact;
pub(crate) use deals::Deal;

/// What the CRM knows.
pub(crate) struct CrmRecords {
    /// By owner and e-mail address, as [`key`] joins them.
    pub(crate) contacts: Bounded<String, Contact>,
    /// By owner and the id that the caller gave.
    pub(crate) deals: Bounded<String, Deal>,
    /// How often the deal of this key was refused by a busy pipeline.
    refused: Bounded<String, u32>,
}

impl CrmRecords {
    pub(crate) fn new() -> Self {
        let refused = Bounded::new(1000);
        Self { contacts: Bounded::new(1000), deals: Bounded::new(1000), refused }
    }
}

/// One account's record among those of all.
fn key(owner: &str, id: &str) -> String {
    format!("{owner} {id}")
}

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/crm/v1/pipelines", get(catalog::list))
        .route("/crm/v1/pipelines/{id}", get(catalog::one))
        .route("/crm/v1/contacts/{email}", get(contacts::one).put(contacts::upsert))
        .route("/crm/v1/deals/{external_id}", get(deals::one).put(deals::upsert))
        .route("/crm/v1/deals/{external_id}/summary", get(deals::summary))
        .route("/crm/deals/{token}", get(deals::page))
}
