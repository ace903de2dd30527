//! OAuth 1.0 as up to four templated requests (contract chapter 3; RFC 5849).

use std::collections::BTreeMap;

use super::request::{Stage, check_client_id, check_request, check_secret, essence, templates};
use super::{template_text, unknown_fields};
use crate::{
    Diagnostic, OAUTH1_VARIABLES, OAuth1, Request, RequestKind, SignatureMethod, nearest,
    oauth1_variables,
};

const PATH: &str = "authentication.oauth1";

pub(super) fn check(oauth1: &OAuth1, findings: &mut Vec<Diagnostic>) {
    let known = [
        "consumer_key",
        "consumer_secret",
        "signature_method",
        "request_token_request",
        "authorization_request",
        "get_token_request",
        "test_token_request",
    ];
    unknown_fields(&oauth1.unknown, PATH, &known, findings);
    check_secret("oauth1", "consumer_secret", &oauth1.consumer_secret, findings);
    method(&oauth1.signature_method, findings);
    let stages = stages(oauth1);
    check_client_id("oauth1", "consumer_key", &oauth1.consumer_key, &stages, findings);
    for stage in &stages {
        check_request(stage, findings);
        protocol(stage, &oauth1.signature_method, findings);
    }
}

fn stages(oauth1: &OAuth1) -> Vec<Stage<'_>> {
    [
        (RequestKind::RequestTokenRequest, Some(&oauth1.request_token_request)),
        (RequestKind::AuthorizationRequest, Some(&oauth1.authorization_request)),
        (RequestKind::GetTokenRequest, Some(&oauth1.get_token_request)),
        (RequestKind::TestTokenRequest, oauth1.test_token_request.as_ref()),
    ]
    .into_iter()
    .filter_map(|(kind, request)| {
        Some(Stage {
            oauth: "oauth1",
            kind,
            request: request?,
            offered: oauth1_variables(kind),
            known: &OAUTH1_VARIABLES,
            secret: "consumer_secret",
        })
    })
    .collect()
}

fn method(method: &SignatureMethod, findings: &mut Vec<Diagnostic>) {
    let SignatureMethod::Other(name) = method else { return };
    let names = SignatureMethod::NAMES;
    let meant = nearest(name, names);
    let advice = meant.map_or_else(String::new, |meant| format!("; {meant} may be meant"));
    let message = format!("requests cannot be signed by {name:?}{advice}");
    let place = format!("{PATH}.signature_method");
    let finding = Diagnostic::error("oauth1.signature_method", place, message).nearest_to(meant);
    findings.push(finding.expecting(format!("one of {}", names.join(", "))));
}

/// Where a parameter stands below the request, and its template.
type Parameters<'a> = BTreeMap<String, Vec<(String, &'a str)>>;

/// The parameters that are signed, by name: URL, queries, `Authorization: OAuth …`, and the body when it is a form
/// (RFC 5849, section 3.4.1.3).
fn parameters(request: &Request) -> Parameters<'_> {
    let mut found = Parameters::new();
    let mut add = |name: &str, place: String, value| {
        found.entry(name.trim().to_owned()).or_default().push((place, value));
    };
    let in_url = request.url.split_once('?').map_or("", |(_, query)| query);
    for pair in in_url.split('#').next().unwrap_or_default().split('&') {
        if let Some((name, value)) = pair.split_once('=') {
            add(name, "url".to_owned(), value);
        }
    }
    for (index, pair) in request.queries.iter().enumerate() {
        add(&pair.name, format!("queries[{index}].value"), pair.value.as_str());
    }
    for (index, header) in request.headers.iter().enumerate() {
        for (name, value) in header_parameters(&header.name, &header.value) {
            add(name, format!("headers[{index}].value"), value);
        }
    }
    if !has_json_body(request) {
        for (index, pair) in request.body_fields.iter().enumerate() {
            add(&pair.name, format!("body_fields[{index}].value"), pair.value.as_str());
        }
    }
    found
}

/// The parts of `OAuth a="1", b="2"`, quotes taken off.
fn header_parameters<'a>(name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let is_authorization = name.trim().eq_ignore_ascii_case("authorization");
    let Some((scheme, rest)) = value.trim().split_once(' ') else { return Vec::new() };
    if !is_authorization || !scheme.eq_ignore_ascii_case("oauth") {
        return Vec::new();
    }
    let part = |part: &'a str| {
        let (name, value) = part.split_once('=')?;
        Some((name.trim(), value.trim().trim_matches('"')))
    };
    rest.split(',').filter_map(part).filter(|(name, _)| *name != "realm").collect()
}

fn has_json_body(request: &Request) -> bool {
    request
        .headers
        .iter()
        .filter(|header| header.name.trim().eq_ignore_ascii_case("content-type"))
        .any(|header| essence(&header.value) == "application/json")
}

/// What RFC 5849 wants in each request (sections 2.1, 2.2, 2.3 and 3.1).
fn protocol(stage: &Stage<'_>, method: &SignatureMethod, findings: &mut Vec<Diagnostic>) {
    // Not filled in at all: that it has no URL says enough.
    if *stage.request == Request::default() {
        return;
    }
    let path = stage.path();
    let parameters = parameters(stage.request);
    let is_plain = *method == SignatureMethod::Plaintext;
    let signed: &[(&str, &str)] = &[
        ("oauth_consumer_key", "consumer_key"),
        ("oauth_signature_method", "signature_method"),
        ("oauth_timestamp", "auto_oauth_timestamp"),
        ("oauth_nonce", "auto_oauth_nonce"),
        ("oauth_signature", "auto_oauth_signature"),
    ];
    let (signed, own): (_, &[(&str, &str)]) = match stage.kind {
        RequestKind::RequestTokenRequest => (signed, &[("oauth_callback", "redirect_uri")]),
        RequestKind::GetTokenRequest => (
            signed,
            &[("oauth_token", "oauth_request_token"), ("oauth_verifier", "oauth_verifier")],
        ),
        RequestKind::TestTokenRequest => (signed, &[("oauth_token", "oauth_token")]),
        RequestKind::AuthorizationRequest | RequestKind::RefreshTokenRequest => {
            (&[], &[("oauth_token", "oauth_request_token")])
        }
    };
    for (name, variable) in own.iter().chain(signed) {
        let optional = is_plain && matches!(*name, "oauth_timestamp" | "oauth_nonce");
        if parameters.contains_key(*name) || optional {
            continue;
        }
        let message = format!("the parameter {name} is missing, which RFC 5849 asks for");
        let expected = format!(
            "{name}={{{{{variable}}}}} among queries, body fields or in the header Authorization: OAuth …"
        );
        // Providers of the time before the callback and the verifier exist.
        let finding = if matches!(*name, "oauth_callback" | "oauth_verifier") {
            Diagnostic::warning("oauth1.parameter.missing", path.clone(), message)
        } else {
            Diagnostic::error("oauth1.parameter.missing", path.clone(), message)
        };
        findings.push(finding.expecting(expected));
    }
    for (name, places) in parameters.iter().filter(|(name, _)| name.starts_with("oauth_")) {
        if let [_, second, ..] = places.as_slice() {
            let message = format!("{name} stands twice, which makes providers refuse the request");
            let place = format!("{path}.{}", second.0);
            let finding = Diagnostic::error("oauth1.parameter.twice", place, message);
            findings.push(finding.expecting("every oauth_ parameter once (RFC 5849, section 3.1)"));
        }
    }
    named_method(&path, &parameters, method, findings);
    signature_place(stage, &path, &parameters, findings);
    in_json(stage.request, &path, findings);
    if is_plain && !signed.is_empty() && is_open(&stage.request.url) {
        let message = "PLAINTEXT sends the secrets themselves, and this URL is not encrypted";
        let finding = Diagnostic::warning("oauth1.plaintext.http", format!("{path}.url"), message);
        findings.push(finding.expecting("an https:// URL, or one of the HMAC methods"));
    }
}

/// The method that the request names is the one it is signed by.
fn named_method(
    path: &str,
    parameters: &Parameters<'_>,
    method: &SignatureMethod,
    findings: &mut Vec<Diagnostic>,
) {
    for (place, value) in parameters.get("oauth_signature_method").into_iter().flatten() {
        if !value.contains("{{") && value.trim() != method.as_str() {
            let message =
                format!("the request names {value:?}, and is signed by {}", method.as_str());
            let place = format!("{path}.{place}");
            let finding = Diagnostic::error("oauth1.signature_method.other", place, message);
            findings.push(finding.expecting("{{signature_method}}"));
        }
    }
}

/// A signature covers everything but the parameter oauth_signature, so it can stand nowhere else.
fn signature_place(
    stage: &Stage<'_>,
    path: &str,
    parameters: &Parameters<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let signs = |text: &str| {
        template_text::variables(text).is_ok_and(|names| names.contains(&"auto_oauth_signature"))
    };
    let right: usize = parameters
        .get("oauth_signature")
        .map_or(0, |places| places.iter().filter(|(_, value)| signs(value)).count());
    let mut wrong = templates(stage.request).filter(|(place, text)| {
        let here = |(at, value): &&(String, &str)| at == place && signs(value);
        signs(text)
            && !parameters
                .get("oauth_signature")
                .is_some_and(|all| all.iter().any(|one| here(&one)))
    });
    if let Some((place, _)) = wrong.next() {
        let message =
            "a signature can only be the value of oauth_signature, which it does not cover itself";
        let finding =
            Diagnostic::error("oauth1.signature.place", format!("{path}.{place}"), message);
        findings.push(finding.expecting("oauth_signature={{auto_oauth_signature}}"));
    }
    if right == 0
        && let Some(places) = parameters.get("oauth_signature")
    {
        for (place, _) in places {
            let message =
                "oauth_signature has a value of its own, and no provider would accept it twice";
            let place = format!("{path}.{place}");
            let finding = Diagnostic::error("oauth1.signature.fixed", place, message);
            findings.push(finding.expecting("{{auto_oauth_signature}}"));
        }
    }
}

/// A JSON body is not signed, and a provider looks for no parameter of the protocol in it.
fn in_json(request: &Request, path: &str, findings: &mut Vec<Diagnostic>) {
    if !has_json_body(request) {
        return;
    }
    let fields = request.body_fields.iter().enumerate();
    for (index, field) in fields.filter(|(_, field)| field.name.starts_with("oauth_")) {
        let message = format!("{} stands in a JSON body, which is not signed", field.name);
        let place = format!("{path}.body_fields[{index}].name");
        let finding = Diagnostic::error("oauth1.parameter.in_json", place, message);
        findings.push(finding.expecting(
            "the parameter among queries or in the header Authorization: OAuth …, or a form body",
        ));
    }
}

/// Neither encrypted nor on this machine.
fn is_open(url: &str) -> bool {
    url.trim().strip_prefix("http://").is_some_and(|rest| {
        let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
        !matches!(host, "127.0.0.1" | "localhost" | "[")
    })
}
