//! Where a server is.

use std::str::FromStr;

use url::{Host, Url};

const INTERFACE: &str = "/framework/v1";

/// `{server}` of contract chapter 13: an origin with an optional path prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerAddress(Url);

/// Why a text is no server address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not a URL.
    #[error("{0:?} is no server address: expected a URL such as https://example.com/integration")]
    NotUrl(String),
    /// A scheme other than http and https.
    #[error("a server address begins with https:// (or http:// for this machine), not with {0}://")]
    Scheme(String),
    /// http to another machine would send the token readable for everyone on the way.
    #[error(
        "{0} would get the access token unencrypted: use https:// for a server on another machine"
    )]
    Unencrypted(String),
    /// User name, query or fragment.
    #[error("a server address has no {0}: expected one such as https://example.com/integration")]
    Extra(&'static str),
}

impl FromStr for ServerAddress {
    type Err = AddressError;

    /// Reads an address as people type or copy it: spaces around it, a slash at its end and the interface's own
    /// `/framework/v1…` are taken off.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        // Never quoted whole: someone may have pasted a password or a token in it.
        let shown = || text.split(['?', '#', '@']).next().unwrap_or_default().to_owned();
        let mut url = Url::parse(text).map_err(|_| AddressError::NotUrl(shown()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(AddressError::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::Extra("user name or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::Extra("query or fragment"));
        }
        let path = url.path().trim_end_matches('/');
        let path = path.find(INTERFACE).map_or(path, |end| &path[..end]).to_owned();
        url.set_path(&path);
        let address = Self(url);
        if address.0.scheme() == "http" && !address.is_this_machine() {
            return Err(AddressError::Unencrypted(address.to_string()));
        }
        Ok(address)
    }
}

impl ServerAddress {
    /// Whether the server runs on this machine, so that no proxy may come between.
    pub fn is_this_machine(&self) -> bool {
        match self.0.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            None => false,
        }
    }

    /// The URL of a path of the interface; each segment is percent-encoded.
    pub(crate) fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["framework", "v1"]).extend(segments);
        }
        url
    }
}

impl std::fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_write_them() {
        for (text, shown, url) in [
            (
                "https://example.com",
                "https://example.com",
                "https://example.com/framework/v1/a%2Fb/c",
            ),
            (
                " https://example.com/integration/ ",
                "https://example.com/integration",
                "https://example.com/integration/framework/v1/a%2Fb/c",
            ),
            (
                "https://example.com/integration/framework/v1/developer/apps",
                "https://example.com/integration",
                "https://example.com/integration/framework/v1/a%2Fb/c",
            ),
            (
                "http://127.0.0.1:4000",
                "http://127.0.0.1:4000",
                "http://127.0.0.1:4000/framework/v1/a%2Fb/c",
            ),
            (
                "http://[::1]:4000/x",
                "http://[::1]:4000/x",
                "http://[::1]:4000/x/framework/v1/a%2Fb/c",
            ),
        ] {
            let address: ServerAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), shown);
            assert_eq!(address.url(&["a/b", "c"]).as_str(), url);
        }
    }

    #[test]
    fn what_is_no_address() {
        let refused = |text: &str| text.parse::<ServerAddress>().unwrap_err();
        assert!(matches!(refused("example.com"), AddressError::NotUrl(_)));
        assert!(matches!(refused(""), AddressError::NotUrl(_)));
        assert!(matches!(refused("ftp://example.com"), AddressError::Scheme(_)));
        assert!(matches!(refused("http://example.com"), AddressError::Unencrypted(_)));
        assert!(matches!(refused("http://localhost.example.com"), AddressError::Unencrypted(_)));
        let error = refused("https://me:hush@example.com");
        assert!(matches!(error, AddressError::Extra(_)) && !error.to_string().contains("hush"));
        assert!(!refused("https://example.com/?access_token=hush").to_string().contains("hush"));
        assert!(!refused("example.com?access_token=hush").to_string().contains("hush"));
    }
}
