//! GET /: what is here, and the demo values that open it.

use axum::extract::State;
use axum::http::StatusCode;
use maud::html;

use crate::demo_clients;
use crate::page::Page;
use crate::world::World;

/// GET /
pub(crate) async fn landing(State(world): State<World>) -> Page {
    let demo = demo_clients();
    let body = html! {
        p { "The external world of the sample apps, at " code { (world.link("/")) } ". All records are in memory; a restart forgets them." }
        h2 { "OAuth 2.0 provider" }
        p { "Authorization code grant, PKCE with S256 where the client asks for it, refresh tokens that rotate." }
        ul {
            li { code { "GET /oauth2/authorize" } }
            li { code { "POST /oauth2/token" } " (client_secret_basic or client_secret_post)" }
            li { code { "GET /oauth2/userinfo" } }
        }
        dl {
            dt { "client_id" } dd { code { (demo.esign_client_id) } ", client_secret " code { (demo.esign_client_secret) } " (a demo value)" }
            dt { "client_id" } dd { code { (demo.crm_client_id) } ", client_secret " code { (demo.crm_client_secret) } " (a demo value)" }
            dt { "accounts" } dd { @for account in demo.accounts { code { (account.email) } " " } }
            dt { "password" } dd { code { (demo.password) } }
        }
        h2 { "E-signature" }
        p { "JSON, with an access token of the provider as " code { "Authorization: Bearer …" } "." }
        ul {
            li { code { "GET /esign/v1/templates" } ", " code { "/esign/v1/templates/{id}" } }
            li { code { "POST /esign/v1/envelopes" } " (with " code { "Idempotency-Key" } " if it may be sent twice)" }
            li { code { "GET /esign/v1/envelopes/{id}" } ", " code { "…/document" } " once it is completed" }
            li { code { "GET, POST /esign/v1/webhooks" } ", " code { "DELETE /esign/v1/webhooks/{id}" } }
            li { code { "GET /esign/sign/{token}" } ": the page for the signer" }
        }
        h2 { "CRM" }
        p { "JSON, with an access token of the provider. \"New business\" refuses each deal twice before it takes it (503, then 429), \"Partners\" takes none." }
        ul {
            li { code { "GET /crm/v1/pipelines" } ", " code { "/crm/v1/pipelines/{id}" } }
            li { code { "GET, PUT /crm/v1/contacts/{email}" } }
            li { code { "GET, PUT /crm/v1/deals/{external_id}" } ", " code { "GET …/summary" } " (PDF)" }
        }
        h2 { "Survey" }
        p { "JSON, with the headers " code { "X-Survey-Account" } " and " code { "X-Api-Key" } "." }
        ul {
            li { code { "GET /survey/v1/account" } ", " code { "/survey/v1/surveys" } ", " code { "/survey/v1/surveys/{id}" } }
            li { code { "POST /survey/v1/files" } ", " code { "POST /survey/v1/surveys/{id}/responses" } }
            li { a href="/survey/samples/receipt.txt" { "/survey/samples/receipt.txt" } ": a file to upload" }
        }
        dl {
            @for account in demo.survey_accounts {
                dt { (account.name) } dd { code { (account.id) } ", key " code { (account.api_key) } }
            }
        }
    };
    Page {
        status: StatusCode::OK,
        name: "landing",
        title: "Sample services".to_owned(),
        brand: "Stepsmith",
        body,
        leads_to: None,
    }
}
