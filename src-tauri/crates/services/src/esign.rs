//! The e-signature service: templates, envelopes, signed documents, webhooks, and the page on which people sign.

mod document;
mod envelopes;
mod signing;
mod templates;
mod webhooks;

use axum::Router;
use axum::routing::{delete, get};

use crate::world::World;

pub(crate) use webhooks::resume;

pub(crate) fn routes() -> Router<World> {
    Router::new()
        .route("/esign/v1/templates", get(templates::list))
        .route("/esign/v1/templates/{id}", get(templates::one))
        .route("/esign/v1/envelopes", get(envelopes::list).post(envelopes::create))
        .route("/esign/v1/envelopes/{id}", get(envelopes::one))
        .route("/esign/v1/envelopes/{id}/document", get(envelopes::document))
        .route("/esign/v1/webhooks", get(webhooks::list).post(webhooks::register))
        .route("/esign/v1/webhooks/{id}", delete(webhooks::remove))
        .route("/esign/sign/{token}", get(signing::page).post(signing::decide))
}
