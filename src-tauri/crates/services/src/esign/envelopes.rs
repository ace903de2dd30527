//! /esign/v1/envelopes: send a document for signature, look after it, fetch it when it is signed.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::document;
use super::templates::{Template, template};
use crate::access::Bearer;
use crate::envelope::{Envelope, Signer, Status};
use crate::fields::{Fields, object};
use crate::problem::Problem;
use crate::world::{World, fingerprint, now, unguessable};

/// GET /esign/v1/envelopes: those of the account, newest first.
pub(super) async fn list(
    bearer: Bearer,
    State(world): State<World>,
) -> Result<Json<Value>, Problem> {
    bearer.needs("esign.read")?;
    let records = world.records();
    let mut own: Vec<&Envelope> = records
        .envelopes
        .values()
        .filter(|envelope| envelope.owner == bearer.account.sub)
        .collect();
    own.reverse();
    own.truncate(100);
    Ok(Json(json!({ "envelopes": own })))
}

/// GET /esign/v1/envelopes/{id}
pub(super) async fn one(
    bearer: Bearer,
    State(world): State<World>,
    Path(id): Path<String>,
) -> Result<Json<Envelope>, Problem> {
    bearer.needs("esign.read")?;
    find(&world, &bearer, &id).map(Json)
}

/// The account's envelope; another account's is as good as none.
fn find(world: &World, bearer: &Bearer, id: &str) -> Result<Envelope, Problem> {
    let records = world.records();
    let found = records.envelopes.get(id).filter(|envelope| envelope.owner == bearer.account.sub);
    found.cloned().ok_or_else(|| Problem::not_found("envelope", id))
}

/// GET /esign/v1/envelopes/{id}/document: PDF.
pub(super) async fn document(
    bearer: Bearer,
    State(world): State<World>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    bearer.needs("esign.read")?;
    let envelope = find(&world, &bearer, &id)?;
    let Some(template) =
        template(&envelope.template_id).filter(|_| envelope.status == Status::Completed)
    else {
        let message = "The document is available when every signer has signed.";
        return Err(Problem::conflict("not_completed", message));
    };
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.pdf\"", envelope.id)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, document::pdf(&envelope, template)).into_response())
}

/// POST /esign/v1/envelopes: 201, or 200 with the envelope that the same `Idempotency-Key` made before.
pub(super) async fn create(
    bearer: Bearer,
    State(world): State<World>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    bearer.needs("esign.write")?;
    let owner = bearer.account.sub;
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok());
    let key = key.filter(|key| !key.is_empty()).map(|key| format!("{owner} {key}"));
    let (envelope, links) = read(&world, owner, &object(&body)?)?;
    let id = envelope.id.clone();
    let sending = fingerprint(&body);
    // One lock around looking and sending: the same request twice at once makes one envelope.
    let mut records = world.records();
    if let Some((before, sent)) = key.as_ref().and_then(|key| records.idempotency.get(key)) {
        if *sent != sending {
            let message = "This Idempotency-Key was used with another body.";
            return Err(Problem::conflict("idempotency_key_reused", message));
        }
        if let Some(before) = records.envelopes.get(before) {
            return Ok(Json(before).into_response());
        }
    }
    for (position, link) in links.into_iter().enumerate() {
        records.signing_links.insert(link, (id.clone(), position));
    }
    records.envelopes.insert(id.clone(), envelope.clone());
    if let Some(key) = key {
        records.idempotency.insert(key, (id, sending));
    }
    Ok((StatusCode::CREATED, Json(envelope)).into_response())
}

/// A checked envelope, and the token of each signer's link.
fn read(
    world: &World,
    owner: &'static str,
    body: &Map<String, Value>,
) -> Result<(Envelope, Vec<String>), Problem> {
    let mut fields = Fields::default();
    let template = fields.required_text(body, "", "template_id", 100).and_then(|id| {
        let found = template(&id);
        if found.is_none() {
            fields.refuse("template_id", format!("there is no template {id:?}"));
        }
        found
    });
    let title = fields.text(body, "", "title", 200);
    let message = fields.text(body, "", "message", 2000);
    let state = fields.text(body, "", "state", 1000);
    let redirect_url = fields
        .text(body, "", "redirect_url", 4000)
        .and_then(|text| fields.target("redirect_url", &text));
    let metadata = metadata(&mut fields, body.get("metadata"));
    let (signers, links) = signers(world, &mut fields, body.get("signers"), template);
    let envelope = template.map(|template| Envelope {
        id: Uuid::new_v4().to_string(),
        template_id: template.id.to_owned(),
        title: title.filter(|title| !title.is_empty()).unwrap_or_else(|| template.name.to_owned()),
        message,
        status: Status::Sent,
        signers,
        redirect_url,
        state,
        metadata,
        created_at: now(),
        completed_at: None,
        owner: owner.to_owned(),
    });
    match envelope {
        Some(envelope) => fields.finish((envelope, links)),
        // Without a template something was refused.
        None => Err(fields
            .finish(())
            .err()
            .unwrap_or_else(|| Problem::bad_request("template_id is missing."))),
    }
}

/// Flat, of strings: what the sender wants to find again in events.
fn metadata(fields: &mut Fields, value: Option<&Value>) -> Map<String, Value> {
    match value {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(map)) if map.len() <= 20 => {
            for (key, value) in map {
                if value.as_str().is_none_or(|text| text.len() > 2000) {
                    fields.refuse(
                        format!("metadata.{key}"),
                        "must be a string of at most 2000 bytes",
                    );
                }
            }
            map.clone()
        }
        Some(_) => {
            fields.refuse("metadata", "must be an object of at most 20 strings");
            Map::new()
        }
    }
}

fn signers(
    world: &World,
    fields: &mut Fields,
    value: Option<&Value>,
    template: Option<&'static Template>,
) -> (Vec<Signer>, Vec<String>) {
    let mut signers: Vec<Signer> = Vec::new();
    let mut links = Vec::new();
    let Some(list) = value.and_then(Value::as_array).filter(|list| !list.is_empty()) else {
        fields.refuse("signers", "must be a list of at least one signer");
        return (signers, links);
    };
    for (position, signer) in list.iter().enumerate() {
        let at = format!("signers[{position}]");
        let Some(signer) = signer.as_object() else {
            fields.refuse(at, "must be an object with role, name and email");
            continue;
        };
        let at = format!("{at}.");
        let role = fields.required_text(signer, &at, "role", 100);
        let name = fields.required_text(signer, &at, "name", 200);
        let email = fields.required_text(signer, &at, "email", 254);
        if let (Some(role), Some(template)) = (&role, template) {
            if template.role(role).is_none() {
                let roles: Vec<&str> = template.roles.iter().map(|role| role.id).collect();
                fields.refuse(format!("{at}role"), format!("must be one of {}", roles.join(", ")));
            } else if signers.iter().any(|other| other.role == *role) {
                fields.refuse(format!("{at}role"), "is taken by another signer");
            }
        }
        if let Some(email) = &email
            && !email
                .split_once('@')
                .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
        {
            fields.refuse(format!("{at}email"), "must be an e-mail address");
        }
        let link = unguessable("");
        signers.push(Signer {
            role: role.unwrap_or_default(),
            name: name.unwrap_or_default(),
            email: email.unwrap_or_default(),
            status: Status::Sent,
            signing_url: world.link(&format!("/esign/sign/{link}")),
            signed_as: None,
            decline_reason: None,
            decided_at: None,
        });
        links.push(link);
    }
    (signers, links)
}
