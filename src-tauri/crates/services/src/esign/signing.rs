//! GET, POST /esign/sign/{token}: the page for one signer. Whoever has the link may sign, as in an e-mail.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use url::Url;

use super::templates::template;
use super::webhooks::announce;
use crate::envelope::{Envelope, Status};
use crate::oauth::{pairs, single};
use crate::page::{Page, see_other, trouble};
use crate::world::{World, now};

const BRAND: &str = "Sample E-Signature";

/// The envelope and the signer's position, or the page that says there is none.
fn find(world: &World, token: &str) -> Result<(Envelope, usize), Page> {
    let records = world.records();
    let link = records.signing_links.get(token);
    link.and_then(|(id, position)| Some((records.envelopes.get(id)?.clone(), *position)))
        .ok_or_else(|| {
            let text = "The link is wrong, or the service was restarted since it was sent.";
            trouble(BRAND, StatusCode::NOT_FOUND, "There is nothing to sign here", text)
        })
}

/// GET /esign/sign/{token}
pub(super) async fn page(
    State(world): State<World>,
    Path(token): Path<String>,
) -> Result<Page, Page> {
    let (envelope, position) = find(&world, &token)?;
    Ok(show(&envelope, position, StatusCode::OK, None))
}

fn show(envelope: &Envelope, position: usize, status: StatusCode, wrong: Option<&str>) -> Page {
    let signer = &envelope.signers[position];
    let template = template(&envelope.template_id);
    let role = template
        .and_then(|template| template.role(&signer.role))
        .map_or("Signer", |role| role.name);
    let body = html! {
        @if let Some(wrong) = wrong { p.error #wrong role="alert" { (wrong) } }
        p { "For " strong { (signer.name) } " as " strong { (role) } }
        @if let Some(message) = &envelope.message { p.soft { (message) } }
        @if let Some(template) = template { div.paper tabindex="0" role="document" aria-label="Document" { (template.text) } }
        @match signer.status {
            Status::Sent => (form(&signer.name, wrong.is_some())),
            Status::Completed => (decided("You have signed this document.", envelope, "signed")),
            Status::Declined => (decided("You have declined to sign this document.", envelope, "declined")),
        }
    };
    let leads_to = envelope.redirect_url.clone().map(Box::new);
    Page { status, name: "signing", title: envelope.title.clone(), brand: BRAND, body, leads_to }
}

fn form(name: &str, wrong: bool) -> Markup {
    html! {
        form method="post" {
            label for="full_name" { "Your full name" }
            input #full_name name="full_name" autocomplete="name" maxlength="200" value=(name)
                aria-describedby=[wrong.then_some("wrong")];
            label for="reason" { "Reason, if you decline" }
            input #reason name="reason" maxlength="500";
            div.buttons {
                button.main type="submit" name="decision" value="sign" { "Sign" }
                button type="submit" name="decision" value="decline" { "Decline" }
            }
        }
    }
}

fn decided(text: &str, envelope: &Envelope, event: &str) -> Markup {
    html! {
        p role="status" { strong { (text) } }
        @if let Some(back) = back(envelope, event) { p { a href=(back) { "Back to the app" } } }
    }
}

/// The sender's address, with what happened.
fn back(envelope: &Envelope, event: &str) -> Option<Url> {
    let mut url = envelope.redirect_url.clone()?;
    {
        let mut query = url.query_pairs_mut();
        if let Some(state) = &envelope.state {
            query.append_pair("state", state);
        }
        query.append_pair("event", event).append_pair("envelope", &envelope.id);
    }
    Some(url)
}

/// POST /esign/sign/{token}
pub(super) async fn decide(
    State(world): State<World>,
    Path(token): Path<String>,
    body: Bytes,
) -> Result<Response, Page> {
    let (mut envelope, position) = find(&world, &token)?;
    let form = pairs(&body);
    let one = |name: &str| {
        single(&form, name).ok().flatten().map(str::trim).filter(|text| !text.is_empty())
    };
    let wish = match one("decision") {
        Some("sign") => Status::Completed,
        Some("decline") => Status::Declined,
        _ => {
            return Err(show(
                &envelope,
                position,
                StatusCode::UNPROCESSABLE_ENTITY,
                Some("Press Sign or Decline."),
            ));
        }
    };
    let name = one("full_name").map(|name| name.chars().take(200).collect::<String>());
    if wish == Status::Completed && name.is_none() {
        let wrong = "Type your full name to sign.";
        return Err(show(&envelope, position, StatusCode::UNPROCESSABLE_ENTITY, Some(wrong)));
    }
    let decided = {
        let mut records = world.records();
        let id = envelope.id.clone();
        let Some(stored) = records.envelopes.get_mut(&id) else {
            let text = "The service has forgotten this envelope.";
            return Err(trouble(BRAND, StatusCode::GONE, "There is nothing to sign here", text));
        };
        let reason = one("reason").map(|reason| reason.chars().take(500).collect());
        let decided = apply(stored, position, wish, name, reason);
        envelope = stored.clone();
        decided
    };
    match decided {
        Decided::Now => announce(&world, &envelope, position),
        // A second press of the same button: the browser waits for an answer, and nothing happens twice.
        Decided::Before => {}
        Decided::Otherwise => {
            let wrong = "This was decided before and cannot be changed.";
            return Err(show(&envelope, position, StatusCode::CONFLICT, Some(wrong)));
        }
    }
    let event = if wish == Status::Completed { "signed" } else { "declined" };
    match back(&envelope, event) {
        Some(url) => Ok(see_other(url.as_str())),
        None => Ok(show(&envelope, position, StatusCode::OK, None).into_response()),
    }
}

enum Decided {
    Now,
    Before,
    Otherwise,
}

fn apply(
    envelope: &mut Envelope,
    position: usize,
    wish: Status,
    name: Option<String>,
    reason: Option<String>,
) -> Decided {
    let over = envelope.status == Status::Declined;
    let Some(signer) = envelope.signers.get_mut(position) else { return Decided::Otherwise };
    if signer.status != Status::Sent {
        return if signer.status == wish { Decided::Before } else { Decided::Otherwise };
    }
    if over {
        return Decided::Otherwise;
    }
    signer.status = wish;
    signer.decided_at = Some(now());
    if wish == Status::Completed {
        signer.signed_as = name;
        if envelope.signers.iter().all(|signer| signer.status == Status::Completed) {
            envelope.status = Status::Completed;
            envelope.completed_at = Some(now());
        }
    } else {
        signer.decline_reason = reason;
        envelope.status = Status::Declined;
    }
    Decided::Now
}
