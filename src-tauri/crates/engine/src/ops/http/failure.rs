//! Why a request failed: as Node says it, and in words.

use std::error::Error;
use std::io;

use url::Url;

use super::HttpFailure;

pub(crate) fn plain(code: &str, message: &str) -> HttpFailure {
    HttpFailure {
        code: code.to_owned(),
        message: message.to_owned(),
        words: format!("The request failed: {message}."),
        ..HttpFailure::default()
    }
}

pub(crate) fn of_url(url: &str, why: &str) -> HttpFailure {
    HttpFailure {
        code: "ERR_INVALID_URL".to_owned(),
        message: format!("{why}: {url}"),
        words: format!("{url} cannot be requested: {why}."),
        ..HttpFailure::default()
    }
}

pub(crate) fn of_body(error: &io::Error) -> HttpFailure {
    let (code, message) = match error.kind() {
        io::ErrorKind::OutOfMemory => ("ERR_OUT_OF_MEMORY", "out of memory".to_owned()),
        io::ErrorKind::FileTooLarge => ("UND_ERR_RES_EXCEEDED_MAX_SIZE", error.to_string()),
        _ => ("Z_DATA_ERROR", format!("the answer's body cannot be decoded: {error}")),
    };
    HttpFailure {
        code: code.to_owned(),
        words: format!("The answer could not be taken in: {message}."),
        message,
        ..HttpFailure::default()
    }
}

pub(crate) fn of_request(error: &(dyn Error + 'static), url: &Url) -> HttpFailure {
    let host = url.host_str().unwrap_or_default().to_owned();
    let port = url.port_or_known_default().unwrap_or_default();
    let place = format!("{host}:{port}");
    let made = |code: &str, message: String, syscall: Option<&str>, words: String| HttpFailure {
        code: code.to_owned(),
        message,
        syscall: syscall.map(str::to_owned),
        host: Some(host.clone()),
        port: Some(port),
        words,
    };
    let mut texts = Vec::new();
    let mut at = Some(error);
    let mut io_kind = None;
    while let Some(one) = at {
        if let Some(tls) = one.downcast_ref::<rustls::Error>() {
            return of_tls(tls, &place, made);
        }
        if let Some(io) = one.downcast_ref::<io::Error>() {
            if let Some(tls) = io.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>())
            {
                return of_tls(tls, &place, made);
            }
            io_kind = Some(io.kind());
        }
        texts.push(one.to_string());
        at = one.source();
    }
    // Sometimes the cause is told only as text.
    if url.scheme() == "https"
        && texts.iter().any(|text| text.contains("corrupt message") || text.contains("alert"))
    {
        let last = texts.last().cloned().unwrap_or_default();
        return made(
            "ERR_SSL_WRONG_VERSION_NUMBER",
            "wrong version number".to_owned(),
            None,
            format!("The secure connection (TLS) to {place} failed: {last}."),
        );
    }
    let last = texts.last().cloned().unwrap_or_default();
    let all = texts.join(": ");
    if all.contains("dns error") || all.contains("failed to lookup address") {
        return made(
            "ENOTFOUND",
            format!("getaddrinfo ENOTFOUND {host}"),
            Some("getaddrinfo"),
            format!("The host name {host} was not found (DNS: {last})."),
        );
    }
    match io_kind {
        Some(io::ErrorKind::ConnectionRefused) => {
            return made(
                "ECONNREFUSED",
                format!("connect ECONNREFUSED {place}"),
                Some("connect"),
                format!("{place} refused the connection: nothing listens there."),
            );
        }
        Some(
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionAborted,
        ) => {
            return made(
                "ECONNRESET",
                "read ECONNRESET".to_owned(),
                Some("read"),
                format!("{place} closed the connection before the answer was complete."),
            );
        }
        Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable) => {
            return made(
                "ENETUNREACH",
                format!("connect ENETUNREACH {place}"),
                Some("connect"),
                format!("{place} cannot be reached from this network."),
            );
        }
        _ => {}
    }
    if io_kind == Some(io::ErrorKind::TimedOut) {
        return made(
            "UND_ERR_CONNECT_TIMEOUT",
            "Connect Timeout Error".to_owned(),
            None,
            format!("{place} did not answer within 10 seconds."),
        );
    }
    if all.contains("too large") || all.contains("message head") {
        return made(
            "UND_ERR_HEADERS_OVERFLOW",
            "Headers Overflow Error".to_owned(),
            None,
            format!("The headers of {place}'s answer are too large."),
        );
    }
    if ["incomplete", "closed", "end of file"].iter().any(|part| all.contains(part)) {
        return made(
            "UND_ERR_SOCKET",
            "other side closed".to_owned(),
            None,
            format!("{place} closed the connection before the answer was complete."),
        );
    }
    if all.contains("invalid HTTP") || all.contains("parse") || all.contains("header") {
        return made(
            "HPE_INVALID_CONSTANT",
            format!("Parse Error: {last}"),
            None,
            format!("{place} does not answer in HTTP: {last}."),
        );
    }
    made("UND_ERR_SOCKET", last.clone(), None, format!("The request to {place} failed: {last}."))
}

fn of_tls(
    error: &rustls::Error,
    place: &str,
    made: impl Fn(&str, String, Option<&str>, String) -> HttpFailure,
) -> HttpFailure {
    use rustls::CertificateError as Bad;
    let (code, message, words) = match error {
        rustls::Error::InvalidCertificate(Bad::Expired | Bad::ExpiredContext { .. }) => (
            "CERT_HAS_EXPIRED",
            "certificate has expired".to_owned(),
            "its certificate has expired".to_owned(),
        ),
        rustls::Error::InvalidCertificate(
            Bad::NotValidForName | Bad::NotValidForNameContext { .. },
        ) => (
            "ERR_TLS_CERT_ALTNAME_INVALID",
            "Hostname/IP does not match certificate's altnames".to_owned(),
            "its certificate is for another name".to_owned(),
        ),
        rustls::Error::InvalidCertificate(Bad::UnknownIssuer) => (
            "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
            "unable to verify the first certificate".to_owned(),
            "its certificate is self-signed or of an unknown authority".to_owned(),
        ),
        other => ("ERR_SSL_PROTOCOL_ERROR", other.to_string(), other.to_string()),
    };
    made(code, message, None, format!("The secure connection (TLS) to {place} failed: {words}."))
}
