//! Where providers send the browser back to: the installation's own port, a port of the author's choice, or an address elsewhere.

use std::sync::Arc;

use gateway::{Gateway, GatewayConfig, PathToken};
use url::Url;

use crate::types::RedirectSettings;
use crate::{Api, ApiError, callbacks, settings};

/// The listener on a port of the author's choice, when there is one beside the installation's own.
#[derive(Default)]
pub struct RedirectListener(tokio::sync::Mutex<Option<Gateway>>);

impl RedirectListener {
    /// Ends it.
    pub async fn stop(&self) {
        if let Some(gateway) = self.0.lock().await.take() {
            gateway.shutdown().await;
        }
    }
}

/// The redirect URI to register with a provider.
pub fn uri(api: &Api) -> Result<String, ApiError> {
    let chosen = settings::redirect(api)?;
    if let Some(external) = chosen.external {
        return Ok(external);
    }
    let own = api.gateway().oauth_url();
    let Some(port) = chosen.port else { return Ok(own) };
    let mut url = Url::parse(&own).map_err(|error| ApiError::failed(&error))?;
    // Cannot fail for an http URL with a host.
    let _ = url.set_port(Some(port));
    Ok(url.into())
}

/// Whether this URI leads to this machine, so that the browser comes back by itself.
pub fn is_loopback(uri: &str) -> bool {
    let host = Url::parse(uri).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.is_some_and(|host| matches!(host.as_str(), "127.0.0.1" | "localhost"))
}

/// Whether a pasted address is this redirect URI with parameters.
pub fn is_redirect(pasted: &Url, uri: &str) -> bool {
    let Ok(uri) = Url::parse(uri) else { return false };
    let host = |url: &Url| match url.host_str() {
        Some("localhost") => Some("127.0.0.1".to_owned()),
        host => host.map(str::to_owned),
    };
    pasted.scheme() == uri.scheme()
        && host(pasted) == host(&uri)
        && pasted.port_or_known_default() == uri.port_or_known_default()
        && pasted.path() == uri.path()
}

/// Makes sure that somebody listens where the settings say.
///
/// # Errors
/// When another program has the port: the redirect URI is registered with providers, so no other port will do.
pub async fn listen(api: &Api) -> Result<(), ApiError> {
    let chosen = settings::redirect(api)?;
    let own = api.gateway().port();
    let wanted = chosen.port.filter(|port| *port != own && chosen.external.is_none());
    let mut listener = api.redirect_listener().0.lock().await;
    if listener.as_ref().map(Gateway::port) == wanted {
        return Ok(());
    }
    if let Some(gateway) = listener.take() {
        gateway.shutdown().await;
    }
    let Some(port) = wanted else { return Ok(()) };
    let token = Url::parse(api.gateway().base_url())
        .ok()
        .and_then(|url| PathToken::parse(url.path().trim_matches('/')).ok())
        .ok_or_else(|| {
            ApiError::refused("the callback address of this installation has no path")
        })?;
    let sink = Arc::new(callbacks::Sink(api.weak()));
    let gateway = Gateway::start(GatewayConfig::new(Some(port), token), sink).await;
    *listener = Some(gateway.map_err(|error| {
        ApiError::refused(format!("the redirect URI of the settings cannot be reached: {error}"))
    })?);
    Ok(())
}

/// Whether these settings can work at all.
///
/// # Errors
/// Names the field and what was expected.
pub fn check(chosen: &RedirectSettings) -> Result<(), ApiError> {
    if chosen.port.is_some_and(|port| port < 1024) {
        return Err(ApiError::invalid("redirect.port is below 1024: expected 1024 to 65535"));
    }
    let Some(external) = &chosen.external else { return Ok(()) };
    let wrong = |why: &str| {
        Err(ApiError::invalid(format!(
            "redirect.external is {external:?}, {why}: expected an address such as https://example.com/callback"
        )))
    };
    match Url::parse(external) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => wrong("neither http nor https"),
        Ok(url) if url.fragment().is_some() => {
            wrong("with a fragment, which a redirect URI has not")
        }
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            wrong("with a name before the host")
        }
        Ok(_) => Ok(()),
        Err(error) => wrong(&format!("which is no whole address ({error})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_redirect_uri_itself_is_taken_for_a_redirect() {
        let is = |pasted: &str, uri: &str| is_redirect(&Url::parse(pasted).unwrap(), uri);
        assert!(is("https://example.com/cb?code=1&state=2", "https://example.com/cb"));
        assert!(is("https://example.com:443/cb?x", "https://example.com/cb"));
        assert!(is("http://localhost:81/t/oauth?code=1", "http://127.0.0.1:81/t/oauth"));
        for pasted in [
            "https://example.com/other?code=1",
            "http://example.com/cb?code=1",
            "https://example.com.evil/cb?code=1",
            "https://example.com:8443/cb?code=1",
        ] {
            assert!(!is(pasted, "https://example.com/cb"), "{pasted}");
        }
    }

    #[test]
    fn an_address_that_cannot_be_one_is_named() {
        let check = |external: &str| {
            check(&RedirectSettings { port: None, external: Some(external.to_owned()) })
        };
        assert!(check("https://example.com/cb?x=1").is_ok());
        for (external, says) in [
            ("example.com", "no whole address"),
            ("ftp://example.com", "neither http nor https"),
            ("https://example.com/#a", "fragment"),
            ("https://me:pw@example.com/", "before the host"),
        ] {
            assert!(check(external).unwrap_err().message.contains(says), "{external}");
        }
    }
}
