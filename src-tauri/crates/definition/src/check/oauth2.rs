//! OAuth 2.0 as four templated requests (contract chapter 3).

use super::request::{Stage, check_client_id, check_request, check_secret, uses};
use super::{template_text, unknown_fields};
use crate::{Diagnostic, OAUTH2_VARIABLES, OAuth2, Request, RequestKind, oauth2_variables};

const PATH: &str = "authentication.oauth2";

pub(super) fn check(oauth2: &OAuth2, findings: &mut Vec<Diagnostic>) {
    let known = [
        "client_id",
        "client_secret",
        "authorization_request",
        "get_token_request",
        "refresh_token_request",
        "test_token_request",
    ];
    unknown_fields(&oauth2.unknown, PATH, &known, findings);
    check_secret("oauth2", "client_secret", &oauth2.client_secret, findings);
    let stages = stages(oauth2);
    check_client_id("oauth2", "client_id", &oauth2.client_id, &stages, findings);
    for stage in &stages {
        check_request(stage, findings);
    }
    state(&oauth2.authorization_request, findings);
    pkce(oauth2, findings);
}

fn stages(oauth2: &OAuth2) -> Vec<Stage<'_>> {
    [
        (RequestKind::AuthorizationRequest, Some(&oauth2.authorization_request)),
        (RequestKind::GetTokenRequest, Some(&oauth2.get_token_request)),
        (RequestKind::RefreshTokenRequest, oauth2.refresh_token_request.as_ref()),
        (RequestKind::TestTokenRequest, oauth2.test_token_request.as_ref()),
    ]
    .into_iter()
    .filter_map(|(kind, request)| {
        Some(Stage {
            oauth: "oauth2",
            kind,
            request: request?,
            offered: oauth2_variables(kind),
            known: &OAUTH2_VARIABLES,
            secret: "client_secret",
        })
    })
    .collect()
}

/// `state` is the framework's: it always sends its own.
fn state(request: &Request, findings: &mut Vec<Diagnostic>) {
    let path = format!("{PATH}.authorization_request");
    let mut flag = |place: String, value: &str| {
        let message = format!(
            "`state` is given the value {value:?}; the framework's own value is sent instead"
        );
        findings.push(Diagnostic::warning("oauth2.state", place, message).expecting("{{state}}"));
    };
    for (index, query) in
        request.queries.iter().enumerate().filter(|(_, query)| query.name == "state")
    {
        let is_own = template_text::variables(&query.value).is_ok_and(|names| names == ["state"])
            && query.value.trim().starts_with("{{")
            && query.value.trim().ends_with("}}");
        if !is_own {
            flag(format!("{path}.queries[{index}].value"), &query.value);
        }
    }
    let in_url =
        request.url.split_once('?').map(|(_, query)| query.split('#').next().unwrap_or_default());
    for pair in in_url.unwrap_or_default().split('&') {
        if let Some(value) = pair.strip_prefix("state=")
            && value.replace(' ', "") != "{{state}}"
        {
            flag(format!("{path}.url"), value);
        }
    }
}

/// PKCE is three fields together (RFC 7636); any one of them alone makes the provider refuse.
fn pkce(oauth2: &OAuth2, findings: &mut Vec<Diagnostic>) {
    let authorization = &oauth2.authorization_request;
    let token = &oauth2.get_token_request;
    let sends = |request: &Request, name: &str| {
        request.queries.iter().chain(&request.body_fields).any(|pair| pair.name == name)
            || request.url.contains(&format!("{name}="))
    };
    let challenge = uses(authorization, "code_challenge") || sends(authorization, "code_challenge");
    let method = sends(authorization, "code_challenge_method");
    let verifier = uses(token, "code_verifier") || sends(token, "code_verifier");
    let parts = [
        (challenge, "authorization_request", "code_challenge={{code_challenge}}"),
        (method, "authorization_request", "code_challenge_method=S256"),
        (verifier, "get_token_request", "code_verifier={{code_verifier}}"),
    ];
    if parts.iter().any(|(is_there, _, _)| *is_there) {
        for (_, field, missing) in parts.iter().filter(|(is_there, _, _)| !is_there) {
            let message = format!("PKCE is only half there: `{missing}` is missing");
            let finding = Diagnostic::error("oauth2.pkce.half", format!("{PATH}.{field}"), message);
            findings.push(finding.expecting("all three of the fields for PKCE, or none of them"));
        }
    }
    for (index, query) in
        authorization.queries.iter().enumerate().filter(|(_, q)| q.name == "code_challenge_method")
    {
        if query.value.trim() != "S256" {
            let place = format!("{PATH}.authorization_request.queries[{index}].value");
            let message =
                format!("{{{{code_challenge}}}} is made by S256, not by {:?}", query.value);
            findings
                .push(Diagnostic::error("oauth2.pkce.method", place, message).expecting("S256"));
        }
    }
}
