//! Fetching the files of `upload_attachment` (contract chapter 8).

use std::time::Duration;

use flow::run::{FetchedFile, Headers};

use crate::outgoing;

const PATIENCE: Duration = Duration::from_secs(60);

/// Fetches a file as the framework would, to see that it is there.
pub async fn fetch(url: &str, headers: &Headers) -> Result<FetchedFile, String> {
    let mut request = outgoing::client_that_follows(PATIENCE)?.get(url);
    for header in &headers.0 {
        request = request.header(&header.name, &header.value);
    }
    let answer = request.send().await.map_err(|error| outgoing::words(&error))?;
    let status = answer.status();
    if !status.is_success() {
        return Err(format!("the server answered {status} instead of the file"));
    }
    let mime_type = answer
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let bytes = outgoing::read_bounded(answer, outgoing::MAX_ATTACHMENT).await?;
    Ok(FetchedFile { size: bytes.len() as u64, mime_type })
}
