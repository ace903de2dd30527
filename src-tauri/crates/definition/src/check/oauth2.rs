//! OAuth 2.0 as four templated requests (contract chapter 3).

use super::{template_text, unknown_fields};
use crate::formats::is_http_url;
use crate::{
    Diagnostic, Method, NameValue, OAUTH2_VARIABLES, OAuth2, Request, SecretValue, nearest,
};

const PATH: &str = "authentication.oauth2";

/// One of the four requests, with what has a value when it is sent.
struct Stage<'a> {
    field: &'static str,
    request: &'a Request,
    has_value: &'static [&'static str],
    /// Whether the authorization redirect has come by then.
    has_queries: bool,
}

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
    secret(&oauth2.client_secret, findings);
    let stages = stages(oauth2);
    if oauth2.client_id.trim().is_empty()
        && stages.iter().any(|stage| uses(stage.request, "client_id"))
    {
        let message = "the client id is empty, and {{client_id}} is used";
        let finding =
            Diagnostic::error("oauth2.client_id.empty", format!("{PATH}.client_id"), message);
        findings.push(finding.expecting("the client id that the provider gave out"));
    }
    for stage in &stages {
        check_request(stage, findings);
    }
    state(&oauth2.authorization_request, findings);
    pkce(oauth2, findings);
}

fn stages(oauth2: &OAuth2) -> Vec<Stage<'_>> {
    let authorization = Stage {
        field: "authorization_request",
        request: &oauth2.authorization_request,
        has_value: &["client_id", "client_secret", "redirect_uri", "state", "code_challenge"],
        has_queries: false,
    };
    let token = Stage {
        field: "get_token_request",
        request: &oauth2.get_token_request,
        has_value: &[
            "client_id",
            "client_secret",
            "redirect_uri",
            "state",
            "code",
            "code_verifier",
        ],
        has_queries: true,
    };
    let refresh = oauth2.refresh_token_request.as_ref().map(|request| Stage {
        field: "refresh_token_request",
        request,
        has_value: &["client_id", "client_secret", "redirect_uri", "access_token", "refresh_token"],
        has_queries: true,
    });
    let test = oauth2.test_token_request.as_ref().map(|request| Stage {
        field: "test_token_request",
        request,
        has_value: &["client_id", "client_secret", "redirect_uri", "access_token", "refresh_token"],
        has_queries: true,
    });
    [authorization, token].into_iter().chain(refresh).chain(test).collect()
}

fn secret(secret: &SecretValue, findings: &mut Vec<Diagnostic>) {
    let path = format!("{PATH}.client_secret");
    let expected = "{\"secret\": \"client_secret\"}";
    match secret {
        SecretValue::Plain(text) if !text.is_empty() => {
            let message = "the client secret stands in app.json as plain text, where everybody who gets the file reads it; \
                           only the name of a stored secret belongs there";
            findings.push(
                Diagnostic::error("oauth2.client_secret.plain", path, message).expecting(expected),
            );
        }
        SecretValue::Reference { secret } if secret.trim().is_empty() => {
            let message = "the name of the client secret is empty";
            findings.push(
                Diagnostic::error("oauth2.client_secret.name", path, message).expecting(expected),
            );
        }
        _ => {}
    }
}

/// Every template of a request, with its place below the request.
fn templates(request: &Request) -> impl Iterator<Item = (String, &str)> {
    let lists = [
        ("queries", &request.queries),
        ("headers", &request.headers),
        ("body_fields", &request.body_fields),
    ];
    let values = lists.into_iter().flat_map(|(list, pairs)| {
        pairs
            .iter()
            .enumerate()
            .map(move |(index, pair)| (format!("{list}[{index}].value"), pair.value.as_str()))
    });
    std::iter::once(("url".to_owned(), request.url.as_str())).chain(values)
}

fn uses(request: &Request, variable: &str) -> bool {
    templates(request).any(|(_, text)| {
        template_text::variables(text).is_ok_and(|names| names.contains(&variable))
    })
}

fn check_request(stage: &Stage<'_>, findings: &mut Vec<Diagnostic>) {
    let path = format!("{PATH}.{}", stage.field);
    let request = stage.request;
    unknown_fields(
        &request.unknown,
        &path,
        &["method", "url", "queries", "headers", "body_fields"],
        findings,
    );
    url(&request.url, &path, findings);
    for (place, text) in templates(request) {
        variables(stage, text, &format!("{path}.{place}"), findings);
    }
    for (list, pairs) in [
        ("queries", &request.queries),
        ("headers", &request.headers),
        ("body_fields", &request.body_fields),
    ] {
        for (index, pair) in pairs.iter().enumerate() {
            let place = format!("{path}.{list}[{index}]");
            if pair.name.trim().is_empty() && !pair.value.is_empty() {
                let message = "a value without a name";
                findings.push(
                    Diagnostic::error("oauth2.name.empty", format!("{place}.name"), message)
                        .expecting("a name"),
                );
            }
            unknown_fields(&pair.unknown, &place, &["name", "value"], findings);
        }
    }
    content_type(&request.headers, &path, findings);
    if request.method == Method::Get && request.body_fields.iter().any(|field| !is_blank(field)) {
        let message = "a GET has no body, so its body fields cannot be sent";
        let finding =
            Diagnostic::error("oauth2.body_of_get", format!("{path}.body_fields"), message);
        findings.push(finding.expecting("the method POST, or the fields among `queries`"));
    }
    if stage.field == "authorization_request" && uses(request, "client_secret") {
        let message = "the authorization page is opened in the browser, and the client secret would be read there";
        let finding = Diagnostic::warning("oauth2.client_secret.in_browser", path, message);
        findings.push(finding.expecting("{{client_secret}} only in the other requests"));
    }
}

fn is_blank(pair: &NameValue) -> bool {
    pair.name.is_empty() && pair.value.is_empty()
}

fn url(url: &str, path: &str, findings: &mut Vec<Diagnostic>) {
    let place = format!("{path}.url");
    let expected = "an absolute URL with http:// or https://";
    if url.trim().is_empty() {
        findings.push(
            Diagnostic::error("oauth2.url.empty", place, "the request has no URL")
                .expecting(expected),
        );
    } else if !is_http_url(template_text::filled(url).trim()) {
        let message = format!("{url:?} is not an absolute http or https URL");
        findings.push(Diagnostic::error("oauth2.url.not_http", place, message).expecting(expected));
    }
}

fn variables(stage: &Stage<'_>, text: &str, place: &str, findings: &mut Vec<Diagnostic>) {
    let Ok(names) = template_text::variables(text) else {
        let finding = Diagnostic::error("oauth2.template.unclosed", place, "`{{` without `}}`");
        findings.push(finding.expecting("{{variable}}"));
        return;
    };
    for name in names {
        let query = name.strip_prefix("query.");
        if query.is_some_and(|query| !query.is_empty() && stage.has_queries)
            || stage.has_value.contains(&name)
        {
            continue;
        }
        let finding =
            if OAUTH2_VARIABLES.contains(&name) || query.is_some_and(|query| !query.is_empty()) {
                let message = format!("{{{{{name}}}}} has no value yet when this request is sent");
                Diagnostic::error("oauth2.variable.no_value", place, message)
            } else {
                let meant = nearest(name, OAUTH2_VARIABLES);
                let advice = meant
                    .map_or_else(String::new, |meant| format!("; {{{{{meant}}}}} may be meant"));
                let message = format!("there is no variable {{{{{name}}}}}{advice}");
                Diagnostic::error("oauth2.variable.unknown", place, message).nearest_to(meant)
            };
        let mut known: Vec<String> =
            stage.has_value.iter().map(|name| format!("{{{{{name}}}}}")).collect();
        if stage.has_queries {
            known.push("{{query.NAME}}".to_owned());
        }
        findings.push(finding.expecting(format!("one of {}", known.join(" "))));
    }
}

fn content_type(headers: &[NameValue], path: &str, findings: &mut Vec<Diagnostic>) {
    for (index, header) in headers
        .iter()
        .enumerate()
        .filter(|(_, h)| h.name.trim().eq_ignore_ascii_case("content-type"))
    {
        let essence =
            header.value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !matches!(essence.as_str(), "application/x-www-form-urlencoded" | "application/json") {
            let message = format!("a body cannot be encoded as {:?}", header.value);
            let finding = Diagnostic::error(
                "oauth2.content_type",
                format!("{path}.headers[{index}].value"),
                message,
            );
            findings.push(
                finding.expecting(
                    "application/x-www-form-urlencoded (the default) or application/json",
                ),
            );
        }
    }
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
