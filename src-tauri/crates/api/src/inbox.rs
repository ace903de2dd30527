//! Callbacks as received.

use serde_json::Value;

use crate::types::{AppRef, InboxEntry};
use crate::{Api, ApiError, redaction};

const LISTED: usize = 200;
const SHOWN_BODY: i64 = 64 << 10;

/// The latest callbacks of an app, with secrets masked.
pub async fn list_inbox(api: &Api, request: AppRef) -> Result<Vec<InboxEntry>, ApiError> {
    let redactor = redaction::for_app(api, &request.app)?;
    let rows = api.store().inbox().list(&request.app, LISTED, None)?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        // Only what is shown is read: a body may have 10 MB.
        let shown = (1..=SHOWN_BODY).contains(&row.body_bytes);
        let stored = if shown { api.store().inbox().get(&row.id)? } else { None };
        let body = stored.map(|(_, body)| body).unwrap_or_default();
        let text = std::str::from_utf8(&body).ok().filter(|text| !text.is_empty());
        let query = if row.query.is_empty() { String::new() } else { format!("?{}", row.query) };
        entries.push(InboxEntry {
            path: redactor.redact_text(&format!("/{}{query}", row.source.as_str())),
            content_type: header(&row.headers, "content-type"),
            body_text: text.map(|text| redactor.redact_text(text)),
            body_bytes: u64::try_from(row.body_bytes).unwrap_or_default(),
            id: row.id,
            source: row.source.as_str().to_owned(),
            method: row.method,
            received_at: row.received_at,
            state: row.state.as_str().to_owned(),
            flow_run: row.flow_run_id,
            call: row.call_id,
            note: Some(row.note).filter(|note| !note.is_empty()),
        });
    }
    Ok(entries)
}

/// The value of a header in a list of `[name, value]`.
pub fn header(headers: &Value, wanted: &str) -> Option<String> {
    headers.as_array()?.iter().find_map(|pair| {
        let name = pair.get(0)?.as_str()?;
        if name.eq_ignore_ascii_case(wanted) {
            pair.get(1)?.as_str().map(str::to_owned)
        } else {
            None
        }
    })
}
