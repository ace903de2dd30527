//! From a provider's sheet to OAuth1's requests.

use super::expand::pairs;
use super::{Endpoint, Sheet};
use crate::{Authentication, Method, NameValue, Request, SignatureMethod, defaults};

pub(super) fn authentication(sheet: &Sheet, method: &SignatureMethod) -> Authentication {
    let mut authentication = Authentication::new_oauth1();
    let Some(oauth1) = &mut authentication.oauth1 else { return authentication };
    oauth1.signature_method = method.clone();
    let unset = Endpoint::default();
    let request_token = sheet.request_token.as_ref().unwrap_or(&unset);
    fill(&mut oauth1.request_token_request, request_token, Method::Post);
    fill(&mut oauth1.get_token_request, &sheet.token, Method::Post);
    let page = &mut oauth1.authorization_request;
    page.url.clone_from(&sheet.authorization.url);
    page.queries.extend(pairs(&sheet.authorization.queries));
    if !sheet.scopes.is_empty() {
        let name = sheet.scope_parameter.as_deref().unwrap_or("scope");
        page.queries.push(NameValue::new(name, sheet.scopes.join(sheet.separator())));
    }
    oauth1.test_token_request = sheet.test.as_ref().map(|endpoint| {
        let mut request = defaults::oauth1_test_request();
        fill(&mut request, endpoint, Method::Get);
        request
    });
    authentication
}

/// The protocol's parameters go into the header `Authorization`, where every provider looks for them (RFC 5849, section 3.5.1),
/// unless the sheet says otherwise.
fn fill(request: &mut Request, endpoint: &Endpoint, method: Method) {
    request.method = endpoint.method.unwrap_or(method);
    request.url.clone_from(&endpoint.url);
    request.queries.retain(|pair| !endpoint.without.contains(&pair.name));
    if !endpoint.in_query {
        let parameters: Vec<String> = request
            .queries
            .drain(..)
            .map(|pair| format!("{}=\"{}\"", pair.name, pair.value))
            .collect();
        let value = format!("OAuth {}", parameters.join(", "));
        request.headers.push(NameValue::new("Authorization", value));
    }
    request.queries.extend(pairs(&endpoint.queries));
    request.headers.extend(pairs(&endpoint.headers));
    request.body_fields = pairs(&endpoint.fields);
}
