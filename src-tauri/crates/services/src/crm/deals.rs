//! /crm/v1/deals/{external_id}: deals, each under the id that the caller knows it by, so that sending one twice makes one.

use std::time::{Duration, SystemTime};

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::catalog::{Pipeline, Reliability, pipeline};
use super::contacts::normal;
use super::{key, properties};
use crate::access::Bearer;
use crate::bounded::Bounded;
use crate::fields::{Fields, object};
use crate::page::{Page, trouble};
use crate::pdf::{Line, one_page};
use crate::problem::Problem;
use crate::world::{World, now, unguessable};

const BRAND: &str = "Sample CRM";

/// What may become a sale.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Deal {
    pub(crate) id: String,
    /// The caller's own.
    pub(crate) external_id: String,
    pub(crate) pipeline: String,
    pub(crate) stage: String,
    pub(crate) name: String,
    pub(crate) contact_email: String,
    pub(crate) properties: Map<String, Value>,
    /// A page for people who have the link.
    pub(crate) url: String,
    /// ms since 1970.
    pub(crate) created_at: u64,
    /// ms since 1970.
    pub(crate) updated_at: u64,
}

/// GET /crm/v1/deals/{external_id}
pub(super) async fn one(
    bearer: Bearer,
    State(world): State<World>,
    Path(external_id): Path<String>,
) -> Result<Json<Deal>, Problem> {
    bearer.needs("crm.read")?;
    find(&world, &bearer, &external_id).map(Json)
}

fn find(world: &World, bearer: &Bearer, external_id: &str) -> Result<Deal, Problem> {
    let records = world.records();
    let found = records.crm.deals.get(&key(bearer.account.sub, external_id));
    found.cloned().ok_or_else(|| Problem::not_found("deal", external_id))
}

/// PUT /crm/v1/deals/{external_id}: `{pipeline, stage, name, contact_email, properties}`. 201 with a new deal, 200 with the changed
/// one; 503 and 429 with `Retry-After` from a pipeline that is busy or closed.
pub(super) async fn upsert(
    bearer: Bearer,
    State(world): State<World>,
    Path(external_id): Path<String>,
    body: Bytes,
) -> Result<Response, Problem> {
    bearer.needs("crm.write")?;
    let body = object(&body)?;
    let mut records = world.records();
    let owner = bearer.account.sub;
    let mut fields = Fields::default();
    if external_id.len() > 200 {
        fields.refuse("external_id", "must have at most 200 bytes");
    }
    let name = fields.required_text(&body, "", "name", 200);
    let contact = fields.required_text(&body, "", "contact_email", 254).map(|email| normal(&email));
    if let Some(email) = &contact
        && records.crm.contacts.get(&key(owner, email)).is_none()
    {
        fields.refuse("contact_email", "is no contact's: add the contact first");
    }
    let pipeline = fields.required_text(&body, "", "pipeline", 100).and_then(|id| {
        let found = pipeline(&id);
        if found.is_none() {
            fields.refuse("pipeline", format!("there is no pipeline {id:?}"));
        }
        found
    });
    let stage = fields.required_text(&body, "", "stage", 100);
    let mut checked = Map::new();
    if let Some(pipeline) = pipeline {
        checked = properties::check(&mut fields, pipeline, body.get("properties"));
        let is_stage = |stage: &String| pipeline.stages.iter().any(|choice| choice.value == *stage);
        if stage.as_ref().is_some_and(|stage| !is_stage(stage)) {
            let stages: Vec<&str> = pipeline.stages.iter().map(|choice| choice.value).collect();
            fields.refuse("stage", format!("must be one of {}", stages.join(", ")));
        }
    }
    let (name, stage, contact_email) = fields.finish((name, stage, contact))?;
    let Some(pipeline) = pipeline else {
        return Err(Problem::bad_request("pipeline is missing."));
    };

    let key = key(owner, &external_id);
    may_write(&mut records.crm.refused, &key, pipeline)?;
    let before = records.crm.deals.get(&key).cloned();
    let created = before.is_none();
    let deal = Deal {
        external_id,
        pipeline: pipeline.id.to_owned(),
        stage: stage.unwrap_or_default(),
        name: name.unwrap_or_default(),
        contact_email: contact_email.unwrap_or_default(),
        properties: checked,
        updated_at: now(),
        ..before.unwrap_or_else(|| fresh(&world))
    };
    records.crm.deals.insert(key, deal.clone());
    let status = if created { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(deal)).into_response())
}

/// A deal of which nothing is known yet.
fn fresh(world: &World) -> Deal {
    Deal {
        id: Uuid::new_v4().to_string(),
        external_id: String::new(),
        pipeline: String::new(),
        stage: String::new(),
        name: String::new(),
        contact_email: String::new(),
        properties: Map::new(),
        url: world.link(&format!("/crm/deals/{}", unguessable(""))),
        created_at: now(),
        updated_at: now(),
    }
}

/// Whether the pipeline takes the deal of this key now.
fn may_write(
    refused: &mut Bounded<String, u32>,
    key: &str,
    pipeline: &Pipeline,
) -> Result<(), Problem> {
    let times = refused.get(key).copied().unwrap_or_default();
    let problem = match (pipeline.reliability, times) {
        (Reliability::Closed, _) => {
            // The other form that RFC 9110, 10.2.3 allows: a point in time.
            let when = SystemTime::now() + Duration::from_secs(2);
            let message = format!("The pipeline {:?} takes no deals at the moment.", pipeline.name);
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "pipeline_closed", message)
                .with_header("retry-after", &http_date(when))
        }
        (Reliability::Busy, 0) => {
            let message = format!("The pipeline {:?} is busy.", pipeline.name);
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "pipeline_busy", message)
                .with_header("retry-after", "2")
        }
        (Reliability::Busy, 1) => {
            let message = format!("Too many deals were sent to {:?}.", pipeline.name);
            Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", message)
                .with_header("retry-after", "1")
        }
        (Reliability::Busy | Reliability::Steady, _) => return Ok(()),
    };
    refused.insert(key.to_owned(), times + 1);
    Err(problem)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
fn http_date(at: SystemTime) -> String {
    jiff::Timestamp::try_from(at)
        .map(|at| at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
        .unwrap_or_default()
}

/// GET /crm/v1/deals/{external_id}/summary: PDF.
pub(super) async fn summary(
    bearer: Bearer,
    State(world): State<World>,
    Path(external_id): Path<String>,
) -> Result<Response, Problem> {
    bearer.needs("crm.read")?;
    let deal = find(&world, &bearer, &external_id)?;
    let mut lines = vec![
        Line::title(&deal.name),
        Line::small(&format!("Deal {}", deal.id)),
        Line::plain(""),
        Line::plain(&format!("Contact: {}", deal.contact_email)),
    ];
    lines
        .extend(rows(&deal).iter().map(|(label, value)| Line::plain(&format!("{label}: {value}"))));
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.pdf\"", deal.id)),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, one_page(&lines)).into_response())
}

/// What a deal says, in the words of its pipeline.
fn rows(deal: &Deal) -> Vec<(String, String)> {
    let Some(pipeline) = pipeline(&deal.pipeline) else { return Vec::new() };
    let stage = pipeline.stages.iter().find(|choice| choice.value == deal.stage);
    let mut rows = vec![
        ("Pipeline".to_owned(), pipeline.name.to_owned()),
        ("Stage".to_owned(), stage.map_or(deal.stage.as_str(), |stage| stage.label).to_owned()),
    ];
    for field in pipeline.fields {
        let word = |value: &Value| {
            let option = field.options.iter().find(|option| *value == option.value);
            option.map(|option| option.label.to_owned()).unwrap_or_else(|| match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            })
        };
        let text = match deal.properties.get(field.name) {
            None | Some(Value::Null) => continue,
            Some(Value::Array(list)) => list.iter().map(word).collect::<Vec<_>>().join(", "),
            Some(value) => word(value),
        };
        rows.push((field.label.to_owned(), text));
    }
    rows
}

/// GET /crm/deals/{token}: for people.
pub(super) async fn page(
    State(world): State<World>,
    Path(token): Path<String>,
) -> Result<Page, Page> {
    let url = world.link(&format!("/crm/deals/{token}"));
    let records = world.records();
    let deal = records.crm.deals.values().find(|deal| deal.url == url).ok_or_else(|| {
        let text = "The link is wrong, or the service was restarted since it was made.";
        trouble(BRAND, StatusCode::NOT_FOUND, "There is no such deal", text)
    })?;
    let body = html! {
        dl {
            dt { "Contact" } dd { (deal.contact_email) }
            @for (label, value) in rows(deal) { dt { (label) } dd { (value) } }
        }
    };
    let title = deal.name.clone();
    Ok(Page { status: StatusCode::OK, name: "deal", title, brand: BRAND, body, leads_to: None })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::http_date;

    #[test]
    fn a_point_in_time_is_written_as_rfc_9110_gives_it() {
        let at = UNIX_EPOCH + Duration::from_secs(784_111_777);
        assert_eq!(http_date(at), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
