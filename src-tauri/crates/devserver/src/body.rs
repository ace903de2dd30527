//! Reads request bodies within bounds: JSON, and multipart with its parts.

use axum::body::to_bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::check::{self, Object};
use crate::error::ApiError;
use crate::{MAX_JSON, MAX_MULTIPART};

const MAX_PARTS: usize = 16;

/// One part of a multipart body.
pub struct Part {
    /// Name of the form field.
    pub name: String,
    /// The file name it was sent with.
    pub file_name: Option<String>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Whether the request says that its body is multipart.
pub fn is_multipart(request: &Request) -> bool {
    content_type(request) == "multipart/form-data"
}

/// The body as a JSON object.
pub async fn json_object(request: Request) -> Result<Object, ApiError> {
    let value = json(request).await?;
    check::object_at(&value, "")?;
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(ApiError::field("(body)", "an object")),
    }
}

/// The body as JSON.
pub async fn json(request: Request) -> Result<Value, ApiError> {
    let content_type = content_type(&request);
    if content_type != "application/json" && !content_type.ends_with("+json") {
        return Err(ApiError::unsupported("application/json"));
    }
    let bytes = to_bytes(request.into_body(), MAX_JSON)
        .await
        .map_err(|_| ApiError::too_large("the body", MAX_JSON as u64))?;
    // The parser's own text quotes what it found, which may be a secret: only the place is told.
    serde_json::from_slice(&bytes).map_err(|error| {
        ApiError::malformed(format!(
            "the body is not JSON: line {}, column {}",
            error.line(),
            error.column()
        ))
    })
}

/// The parts of a multipart body, none larger than `part_limit` bytes.
pub async fn multipart(request: Request, part_limit: usize) -> Result<Vec<Part>, ApiError> {
    if !is_multipart(&request) {
        return Err(ApiError::unsupported("multipart/form-data"));
    }
    let mut multipart = Multipart::from_request(request, &()).await.map_err(|_| {
        ApiError::malformed("the multipart body has no boundary in its Content-Type")
    })?;
    let mut parts = Vec::new();
    while let Some(mut field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if parts.len() == MAX_PARTS {
            return Err(ApiError::malformed(format!(
                "the multipart body has more than {MAX_PARTS} parts"
            )));
        }
        let file_name = field.file_name().map(str::to_owned);
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            if bytes.len() + chunk.len() > part_limit {
                return Err(ApiError::too_large(&format!("the part {name:?}"), part_limit as u64));
            }
            bytes.extend_from_slice(&chunk);
        }
        parts.push(Part { name, file_name, bytes });
    }
    Ok(parts)
}

fn broken(error: MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return ApiError::too_large("the body", MAX_MULTIPART as u64);
    }
    ApiError::malformed("the multipart body is malformed or ends too early")
}

fn content_type(request: &Request) -> String {
    let value = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
