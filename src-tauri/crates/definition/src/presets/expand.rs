//! From a provider's sheet to OAuth2's requests.

use super::{ClientAuthentication, Endpoint, Pairs, Sheet};
use crate::{Authentication, Method, NameValue, OAuth2, Request, defaults};

pub(super) fn authentication(sheet: &Sheet) -> Authentication {
    let mut authentication = Authentication::new_oauth2();
    if let Some(oauth2) = &mut authentication.oauth2 {
        oauth2.authorization_request = authorization(sheet);
        token_requests(sheet, oauth2);
        oauth2.test_token_request = sheet.test.as_ref().map(test);
    }
    authentication
}

fn authorization(sheet: &Sheet) -> Request {
    let endpoint = &sheet.authorization;
    let mut rows = named(&[
        ("response_type", "code"),
        ("client_id", "{{client_id}}"),
        ("redirect_uri", "{{redirect_uri}}"),
    ]);
    if !sheet.scopes.is_empty() {
        let name = sheet.scope_parameter.as_deref().unwrap_or("scope");
        rows.push(NameValue::new(name, sheet.scopes.join(sheet.separator())));
    }
    rows.push(NameValue::new("state", "{{state}}"));
    if sheet.pkce {
        rows.extend(named(&[
            ("code_challenge", "{{code_challenge}}"),
            ("code_challenge_method", "S256"),
        ]));
    }
    Request {
        url: endpoint.url.clone(),
        queries: with(rows, endpoint, &endpoint.queries),
        headers: pairs(&endpoint.headers),
        ..Request::default()
    }
}

fn token_requests(sheet: &Sheet, oauth2: &mut OAuth2) {
    let mut rows = named(&[
        ("grant_type", "authorization_code"),
        ("code", "{{code}}"),
        ("redirect_uri", "{{redirect_uri}}"),
    ]);
    if sheet.pkce {
        rows.push(NameValue::new("code_verifier", "{{code_verifier}}"));
    }
    oauth2.get_token_request = token(sheet, &sheet.token, rows);
    oauth2.refresh_token_request = sheet.refresh.as_ref().map(|endpoint| {
        let rows =
            named(&[("grant_type", "refresh_token"), ("refresh_token", "{{refresh_token}}")]);
        token(sheet, endpoint, rows)
    });
}

fn token(sheet: &Sheet, endpoint: &Endpoint, mut rows: Vec<NameValue>) -> Request {
    let mut headers = pairs(&endpoint.headers);
    let mut queries = pairs(&endpoint.queries);
    let client = named(&[("client_id", "{{client_id}}"), ("client_secret", "{{client_secret}}")]);
    match sheet.client {
        ClientAuthentication::Basic => {
            headers.push(NameValue::new("Authorization", "Basic {{client_id}}:{{client_secret}}"));
        }
        ClientAuthentication::Query => queries.extend(client),
        ClientAuthentication::Body | ClientAuthentication::Signature => rows.extend(client),
    }
    let rows = with(rows, endpoint, &endpoint.fields);
    let in_query = endpoint.in_query || endpoint.method == Some(Method::Get);
    if endpoint.json {
        headers.push(NameValue::new("Content-Type", "application/json"));
    }
    let url = if endpoint.url.is_empty() { &sheet.token.url } else { &endpoint.url };
    let (queries, body_fields) =
        if in_query { ([queries, rows].concat(), Vec::new()) } else { (queries, rows) };
    Request {
        method: endpoint.method.unwrap_or(Method::Post),
        url: url.clone(),
        queries,
        headers,
        body_fields,
        ..Request::default()
    }
}

fn test(endpoint: &Endpoint) -> Request {
    let mut request = defaults::oauth2_test_request();
    request.method = endpoint.method.unwrap_or(Method::Get);
    request.url.clone_from(&endpoint.url);
    request.queries = pairs(&endpoint.queries);
    let own = pairs(&endpoint.headers);
    request.headers.retain(|header| own.iter().all(|one| one.name != header.name));
    request.headers.retain(|header| !endpoint.without.contains(&header.name));
    request.headers.extend(own);
    request.body_fields = pairs(&endpoint.fields);
    if endpoint.json {
        request.headers.push(NameValue::new("Content-Type", "application/json"));
    }
    request
}

fn named(list: &[(&str, &str)]) -> Vec<NameValue> {
    list.iter().map(|(name, value)| NameValue::new(*name, *value)).collect()
}

pub(super) fn pairs(list: &Pairs) -> Vec<NameValue> {
    list.iter().map(|(name, value)| NameValue::new(name, value)).collect()
}

/// The usual rows but those that the provider does not want, then its own.
fn with(mut rows: Vec<NameValue>, endpoint: &Endpoint, own: &Pairs) -> Vec<NameValue> {
    let replaced = |name: &String| own.iter().any(|(one, _)| one == name);
    rows.retain(|row| !endpoint.without.contains(&row.name) && !replaced(&row.name));
    rows.extend(pairs(own));
    rows
}
