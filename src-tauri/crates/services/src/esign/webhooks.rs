//! /esign/v1/webhooks: who wants to know what happens, and the deliveries to them.

use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use uuid::Uuid;

use crate::access::Bearer;
use crate::envelope::{Delivery, Envelope, Status, Webhook};
use crate::fields::{Fields, object};
use crate::problem::Problem;
use crate::world::{World, now, unguessable};

/// A signer signed; all have signed; someone declined.
const EVENTS: [&str; 3] = ["envelope.signed", "envelope.completed", "envelope.declined"];

/// One delivery and three retries.
const ATTEMPTS: u32 = 4;

/// GET /esign/v1/webhooks: those of the account.
pub(super) async fn list(
    bearer: Bearer,
    State(world): State<World>,
) -> Result<Json<Value>, Problem> {
    bearer.needs("esign.read")?;
    let records = world.records();
    let own: Vec<Value> = records
        .webhooks
        .values()
        .filter(|hook| hook.owner == bearer.account.sub)
        .map(Webhook::listed)
        .collect();
    Ok(Json(json!({ "webhooks": own })))
}

/// POST /esign/v1/webhooks: 201 with the secret of the signatures, which is shown this once.
pub(super) async fn register(
    bearer: Bearer,
    State(world): State<World>,
    body: Bytes,
) -> Result<Response, Problem> {
    bearer.needs("esign.write")?;
    let body = object(&body)?;
    let mut fields = Fields::default();
    let url =
        fields.required_text(&body, "", "url", 4000).and_then(|text| fields.target("url", &text));
    let events = events(&mut fields, &body);
    let Some(url) = fields.finish(url)? else {
        return Err(Problem::bad_request("url is missing."));
    };
    let owner = bearer.account.sub;
    let mut records = world.records();
    if let Some(other) =
        records.webhooks.values().find(|hook| hook.owner == owner && hook.url == url)
    {
        let message = format!("The URL is registered already, as webhook {}.", other.id);
        return Err(Problem::conflict("already_registered", message));
    }
    let id = Uuid::new_v4().to_string();
    let webhook = Webhook {
        id: id.clone(),
        url,
        events,
        secret: unguessable("whsec_"),
        created_at: now(),
        owner: owner.to_owned(),
    };
    let mut answer = webhook.listed();
    answer["secret"] = json!(webhook.secret);
    records.webhooks.insert(id, webhook);
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

fn events(fields: &mut Fields, body: &Map<String, Value>) -> Vec<String> {
    let Some(value) = body.get("events").filter(|value| !value.is_null()) else {
        return EVENTS.map(str::to_owned).to_vec();
    };
    let names: Option<Vec<String>> = value
        .as_array()
        .filter(|list| !list.is_empty())
        .and_then(|list| list.iter().map(|name| name.as_str().map(str::to_owned)).collect());
    match names {
        Some(names) if names.iter().all(|name| EVENTS.contains(&name.as_str())) => names,
        _ => {
            fields.refuse("events", format!("must be a list of {}", EVENTS.join(", ")));
            Vec::new()
        }
    }
}

/// DELETE /esign/v1/webhooks/{id}
pub(super) async fn remove(
    bearer: Bearer,
    State(world): State<World>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    bearer.needs("esign.write")?;
    let mut records = world.records();
    let own = records.webhooks.get(&id).is_some_and(|hook| hook.owner == bearer.account.sub);
    if !own {
        return Err(Problem::not_found("webhook", &id));
    }
    records.webhooks.remove(&id);
    Ok(StatusCode::NO_CONTENT)
}

/// Sends what the signer at `position` decided to every webhook of the envelope's owner. Returns at once.
pub(super) fn announce(world: &World, envelope: &Envelope, position: usize) {
    let mut events = Vec::new();
    match envelope.signers.get(position).map(|signer| signer.status) {
        Some(Status::Completed) => events.push("envelope.signed"),
        Some(Status::Declined) => events.push("envelope.declined"),
        _ => {}
    }
    if envelope.status == Status::Completed {
        events.push("envelope.completed");
    }
    let hooks: Vec<Webhook> = world
        .records()
        .webhooks
        .values()
        .filter(|hook| hook.owner == envelope.owner)
        .cloned()
        .collect();
    for event in events {
        for hook in hooks.iter().filter(|hook| hook.events.iter().any(|wanted| wanted == event)) {
            let body = json!({
                "id": Uuid::new_v4().to_string(),
                "event": event,
                "created_at": now(),
                "envelope_id": envelope.id,
                "status": envelope.status,
                "metadata": envelope.metadata,
                "signer_role": envelope.signers.get(position).map(|signer| &signer.role),
            });
            let id = Uuid::new_v4().to_string();
            let delivery = Delivery { webhook: hook.id.clone(), body: body.to_string() };
            world.records().deliveries.insert(id.clone(), delivery);
            tokio::spawn(deliver(world.clone(), id));
        }
    }
}

/// Goes on with what was on its way when the services ended.
pub(crate) fn resume(world: &World) {
    let ids: Vec<String> = world.records().deliveries.iter().map(|(id, _)| id.clone()).collect();
    for id in ids {
        tokio::spawn(deliver(world.clone(), id));
    }
}

async fn deliver(world: World, id: String) {
    let mut wait = world.settings().webhook_delay;
    let mut backoff = world.settings().webhook_backoff;
    for attempt in 1..=ATTEMPTS {
        tokio::time::sleep(wait).await;
        if world.is_closed() {
            // Whoever starts the services next goes on with it.
            return;
        }
        let wanted = {
            let records = world.records();
            records.deliveries.get(&id).and_then(|delivery| {
                Some((records.webhooks.get(&delivery.webhook)?.clone(), delivery.body.clone()))
            })
        };
        // A webhook that was removed in the meantime wants nothing any more.
        let Some((hook, body)) = wanted else { break };
        match attempt_delivery(&world, &hook, &body, attempt).await {
            Ok(status) if status.is_success() => break,
            Ok(status) => tracing::warn!(webhook = %hook.id, attempt, %status, "webhook refused"),
            Err(error) => {
                tracing::warn!(webhook = %hook.id, attempt, error = %error.without_url(), "webhook not delivered");
            }
        }
        wait = backoff;
        backoff = backoff.saturating_mul(2).min(Duration::from_secs(60));
    }
    world.records().deliveries.remove(&id);
}

async fn attempt_delivery(
    world: &World,
    hook: &Webhook,
    body: &str,
    attempt: u32,
) -> Result<reqwest::StatusCode, reqwest::Error> {
    // The semaphore is never closed; without a permit the delivery would only be less polite.
    let _permit = world.deliveries().acquire().await.ok();
    let timestamp = now() / 1000;
    let request = world
        .client()
        .post(hook.url.clone())
        .header("Content-Type", "application/json")
        .header("User-Agent", "stepsmith-sample-esign")
        .header("Esign-Attempt", attempt)
        .header("Esign-Signature", signature(&hook.secret, timestamp, body))
        .body(body.to_owned());
    Ok(request.send().await?.status())
}

/// `t=SECONDS,v1=HEX`: HMAC-SHA256 over `SECONDS.BODY`, so that an old delivery cannot be replayed as a new one.
fn signature(secret: &str, timestamp: u64, body: &str) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(format!("{timestamp}.{body}").as_bytes());
    format!("t={timestamp},v1={}", hex::encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::signature;

    #[test]
    fn the_signature_is_that_of_openssl() {
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac whsec_x
        assert_eq!(signature("whsec_x", 1_700_000_000, "{}"), EXPECTED);
    }

    const EXPECTED: &str =
        "t=1700000000,v1=be8cb8325f2202445260a855532f967e30ad2a9394ce28da66ee02880ddcb661";
}
