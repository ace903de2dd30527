//! Who may come in.

use std::fmt;

use axum::http::{HeaderMap, Uri, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;

use crate::server::GatewayError;

/// The unguessable first segment of every path. It does not print itself.
#[derive(Clone, PartialEq, Eq)]
pub struct PathToken(String);

impl PathToken {
    /// A new one: 192 random bits.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn generate() -> Result<Self, GatewayError> {
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).map_err(|_| GatewayError::NoRandomness)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// One that was kept.
    ///
    /// # Errors
    /// When it is shorter than 20 characters or has others than letters, digits, `-` and `_`.
    pub fn parse(text: &str) -> Result<Self, GatewayError> {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if text.len() < 20 || text.len() > 128 || !text.bytes().all(fits) {
            return Err(GatewayError::PathToken);
        }
        Ok(Self(text.to_owned()))
    }

    /// For keeping it and for URLs; the only way to its text.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether `candidate` is this token, in a time that does not depend on where they differ.
    pub(crate) fn matches(&self, candidate: &str) -> bool {
        let (own, other) = (self.0.as_bytes(), candidate.as_bytes());
        if own.len() != other.len() {
            return false;
        }
        let difference =
            own.iter().zip(other).fold(0u8, |all, (a, b)| std::hint::black_box(all | (a ^ b)));
        difference == 0
    }
}

impl fmt::Debug for PathToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PathToken(…)")
    }
}

/// What a request must name to be let in.
#[derive(Clone, Debug)]
pub struct Access {
    /// The first path segment.
    pub path_token: PathToken,
    /// The port that `Host` must name with 127.0.0.1 or localhost.
    pub port: u16,
    /// A base URL under which a tunnel or proxy makes this server reachable from elsewhere; its host is accepted too,
    /// but not for the control path.
    pub external_base: Option<Url>,
    /// Origins whose pages may show the redirect page in a frame, as written in a `frame-ancestors` directive.
    pub framed_by: Vec<String>,
}

/// Where a request says that it wants to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Loopback,
    External,
    Elsewhere,
}

impl Access {
    /// Judges the `Host` header (RFC 9110, 7.2): there must be exactly one, and a request line with an authority of its
    /// own must agree with it.
    pub(crate) fn target(&self, uri: &Uri, headers: &HeaderMap) -> Target {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return Target::Elsewhere };
        let Ok(host) = host.to_str() else { return Target::Elsewhere };
        if uri.authority().is_some_and(|a| !a.as_str().eq_ignore_ascii_case(host)) {
            return Target::Elsewhere;
        }
        let is_loopback = |name: &str| {
            let bare = self.port == 80 && host.eq_ignore_ascii_case(name);
            bare || host.eq_ignore_ascii_case(&format!("{name}:{}", self.port))
        };
        if is_loopback("127.0.0.1") || is_loopback("localhost") {
            return Target::Loopback;
        }
        match &self.external_base {
            Some(base) if authorities(base).iter().any(|a| host.eq_ignore_ascii_case(a)) => {
                Target::External
            }
            _ => Target::Elsewhere,
        }
    }

    /// Whether the request was made by a page of another origin, or one that hides its origin.
    pub(crate) fn has_foreign_origin(&self, headers: &HeaderMap) -> bool {
        headers.get_all(header::ORIGIN).iter().any(|origin| {
            let Ok(origin) = origin.to_str() else { return true };
            let own = [
                format!("http://127.0.0.1:{}", self.port),
                format!("http://localhost:{}", self.port),
            ];
            let external = self.external_base.as_ref().map(|b| b.origin().ascii_serialization());
            !own.iter().chain(&external).any(|o| o == origin)
        })
    }
}

/// The forms in which a client may write the host of `base` in `Host`: the port may be left out when it is the default.
fn authorities(base: &Url) -> Vec<String> {
    let Some(host) = base.host_str() else { return Vec::new() };
    let with_port = base.port_or_known_default().map(|p| format!("{host}:{p}"));
    match base.port() {
        Some(_) => with_port.into_iter().collect(),
        None => with_port.into_iter().chain([host.to_owned()]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn access() -> Access {
        Access {
            path_token: PathToken::parse("abcdefghijklmnopqrstuvwxyz").unwrap(),
            port: 4000,
            external_base: Some(Url::parse("https://Tunnel.example/x").unwrap()),
            framed_by: Vec::new(),
        }
    }

    fn target(uri: &str, hosts: &[&str]) -> Target {
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(header::HOST, HeaderValue::from_str(host).unwrap());
        }
        access().target(&uri.parse().unwrap(), &headers)
    }

    #[test]
    fn host_must_be_this_server() {
        for host in ["127.0.0.1:4000", "localhost:4000", "LocalHost:4000"] {
            assert_eq!(target("/x", &[host]), Target::Loopback, "{host}");
        }
        for host in ["tunnel.example", "tunnel.example:443"] {
            assert_eq!(target("/x", &[host]), Target::External, "{host}");
        }
        for host in [
            "127.0.0.1",
            "127.0.0.1:4001",
            "localhost.:4000",
            "evil.example:4000",
            "[::1]:4000",
            "tunnel.example:80",
            "",
        ] {
            assert_eq!(target("/x", &[host]), Target::Elsewhere, "{host}");
        }
        assert_eq!(target("/x", &[]), Target::Elsewhere);
        assert_eq!(target("/x", &["127.0.0.1:4000", "127.0.0.1:4000"]), Target::Elsewhere);
        assert_eq!(target("http://evil.example/x", &["127.0.0.1:4000"]), Target::Elsewhere);
        assert_eq!(target("http://127.0.0.1:4000/x", &["127.0.0.1:4000"]), Target::Loopback);
    }

    #[test]
    fn origin_must_be_own_or_absent() {
        let foreign = |origin: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, HeaderValue::from_str(origin).unwrap());
            access().has_foreign_origin(&headers)
        };
        assert!(!access().has_foreign_origin(&HeaderMap::new()));
        assert!(!foreign("http://127.0.0.1:4000"));
        assert!(!foreign("https://tunnel.example"));
        assert!(foreign("null"));
        assert!(foreign("https://evil.example"));
        assert!(foreign("http://127.0.0.1:4001"));
    }

    #[test]
    fn token_is_checked_and_does_not_print() {
        let token = PathToken::generate().unwrap();
        assert_eq!(token.reveal().len(), 32);
        assert_ne!(token, PathToken::generate().unwrap());
        assert!(token.matches(token.reveal()));
        assert!(!token.matches(&token.reveal()[1..]));
        assert!(!token.matches(&format!("{}!", &token.reveal()[..31])));
        assert!(!format!("{token:?}").contains(token.reveal()));
        assert!(PathToken::parse("short").is_err());
        assert!(PathToken::parse("twenty-characters/and-a-slash").is_err());
    }
}
