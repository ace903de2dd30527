//! /crm/v1/contacts/{email}: people, one for an e-mail address.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::key;
use crate::access::Bearer;
use crate::fields::{Fields, object};
use crate::problem::Problem;
use crate::world::{World, now};

/// A person.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Contact {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) company: Option<String>,
    /// ms since 1970.
    pub(crate) created_at: u64,
    /// ms since 1970.
    pub(crate) updated_at: u64,
}

/// One address, however it is written.
pub(super) fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

/// GET /crm/v1/contacts/{email}
pub(super) async fn one(
    bearer: Bearer,
    State(world): State<World>,
    Path(email): Path<String>,
) -> Result<Json<Contact>, Problem> {
    bearer.needs("crm.read")?;
    let records = world.records();
    let found = records.crm.contacts.get(&key(bearer.account.sub, &normal(&email)));
    found.cloned().map(Json).ok_or_else(|| Problem::not_found("contact", &email))
}

/// PUT /crm/v1/contacts/{email}: `{name, company?}`. 201 with a new contact, 200 with the changed one.
pub(super) async fn upsert(
    bearer: Bearer,
    State(world): State<World>,
    Path(email): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    bearer.needs("crm.write")?;
    let body = object(&body)?;
    let mut fields = Fields::default();
    let email = normal(&email);
    let is_address = email.len() <= 254
        && email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty());
    if !is_address {
        fields.refuse("email", "must be an e-mail address");
    }
    let name = fields.required_text(&body, "", "name", 200);
    let company = fields.text(&body, "", "company", 200);
    let name = fields.finish(name)?.unwrap_or_default();
    let mut records = world.records();
    let key = key(bearer.account.sub, &email);
    if let Some(contact) = records.crm.contacts.get_mut(&key) {
        contact.name = name;
        // Who does not know the company leaves the one that stands there.
        contact.company = company.or(contact.company.take());
        contact.updated_at = now();
        return Ok(Json(contact.clone()).into_response());
    }
    let (id, created_at) = (Uuid::new_v4().to_string(), now());
    let contact = Contact { id, email, name, company, created_at, updated_at: created_at };
    records.crm.contacts.insert(key, contact.clone());
    Ok((StatusCode::CREATED, Json(contact)).into_response())
}
