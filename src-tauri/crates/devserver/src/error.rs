//! What the server answers when it refuses: `{code, message, details}` with the status that fits.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// A refusal on its way to the client.
#[derive(Debug)]
pub struct ApiError {
    /// HTTP status of the answer.
    pub status: StatusCode,
    /// Stable word for programs.
    pub code: &'static str,
    /// One sentence for people. Never holds a value that may be secret.
    pub message: String,
    /// Further facts, such as `{"field": "actions[1].key"}`; `null` when there are none.
    pub details: Value,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), details: Value::Null }
    }

    /// 400: a field (a path such as `actions[1].key`) is missing or of the wrong shape.
    pub fn field(path: &str, expected: &str) -> Self {
        Self {
            details: json!({ "field": path, "expected": expected }),
            ..Self::new(
                StatusCode::BAD_REQUEST,
                "invalid_field",
                format!("{path}: expected {expected}"),
            )
        }
    }

    /// 400: the body or a parameter cannot be read at all.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", message)
    }

    /// 401: no token, or not this server's.
    pub fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", message)
    }

    /// 404.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    /// 404: no app with this id.
    pub fn no_app(app_id: &str) -> Self {
        Self::not_found(format!("there is no app {app_id:?} on this server"))
    }

    /// 405.
    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "this path does not take this method",
        )
    }

    /// 409: it exists already.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", message)
    }

    /// 413: larger than `limit` bytes.
    pub fn too_large(what: &str, limit: u64) -> Self {
        Self {
            details: json!({ "limit": limit }),
            ..Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                format!("{what} is too large: at most {limit} bytes are taken"),
            )
        }
    }

    /// 415.
    pub fn unsupported(expected: &str) -> Self {
        Self {
            details: json!({ "expected": expected }),
            ..Self::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                format!("the Content-Type of the request must be {expected}"),
            )
        }
    }

    /// 422: well-formed, but not what the framework accepts.
    pub fn unprocessable(field: &str, message: impl Into<String>) -> Self {
        Self {
            details: json!({ "field": field }),
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unprocessable", message)
        }
    }

    /// 501.
    pub fn not_implemented(message: &str) -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, "not_implemented", message)
    }

    /// 500: the cause goes to the log, not to the client.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the server failed; its log says why",
        )
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(cause: rusqlite::Error) -> Self {
        Self::internal(&cause)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({ "code": self.code, "message": self.message, "details": self.details });
        let mut response = (self.status, axum::Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(
                axum::http::header::WWW_AUTHENTICATE,
                axum::http::HeaderValue::from_static("Bearer realm=\"stepsmith local server\""),
            );
        }
        response
    }
}
