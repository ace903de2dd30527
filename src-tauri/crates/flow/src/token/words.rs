//! What the error codes of OAuth 2.0 mean for an author: stands beside the provider's own words, never in their place.

/// A code of the token URL (RFC 6749, section 5.2) and what to look at.
pub(super) fn of_token_error(code: &str) -> Option<&'static str> {
    Some(match code {
        "invalid_client" => {
            "Check client_id and client secret, and whether this provider wants them in the Authorization header or in the body"
        }
        "invalid_grant" => {
            "The code or refresh token is not valid (any more), was used before, or belongs to another redirect URI or client"
        }
        "invalid_request" => {
            "A parameter is missing, given twice or malformed: compare the request with the provider's documentation"
        }
        "invalid_scope" => "The scope is unknown, malformed, or wider than what was granted",
        "unauthorized_client" => {
            "This client may not use this grant type: see the client's settings at the provider"
        }
        "unsupported_grant_type" => {
            "The provider does not know this grant_type: check the request's fields and their encoding"
        }
        _ => return None,
    })
}

/// A code of the authorization page (RFC 6749, section 4.1.2.1; OpenID Connect Core, section 3.1.2.6).
pub(crate) fn of_page_error(code: &str) -> Option<&'static str> {
    Some(match code {
        "access_denied" => "Access was not granted on the authorization page",
        "invalid_request" => {
            "A parameter of the authorization request is missing, given twice or malformed"
        }
        "invalid_scope" => {
            "The scope is unknown or malformed: check the scope parameter and its separator"
        }
        "unauthorized_client" => {
            "This client may not ask for a code: see the client's settings at the provider"
        }
        "unsupported_response_type" => {
            "The provider does not know this response_type; a code needs response_type=code"
        }
        "server_error" => "The provider met an error of its own",
        "temporarily_unavailable" => {
            "The provider is overloaded or under maintenance: try again later"
        }
        "login_required"
        | "interaction_required"
        | "consent_required"
        | "account_selection_required" => {
            "The provider would have to ask the person, and the request does not let it: see its prompt parameter"
        }
        _ => return None,
    })
}
