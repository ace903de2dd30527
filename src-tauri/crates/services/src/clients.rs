//! Who may use the sample services. Every value here is printed on their pages: nothing of it is secret.

use serde::Serialize;

/// A person of the OAuth 2.0 provider: a made-up role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// `sub` of the userinfo endpoint; never changes.
    pub sub: &'static str,
    /// What the person is called.
    pub name: &'static str,
    /// What the person signs in with.
    pub email: &'static str,
}

/// An account of the survey service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SurveyAccount {
    /// Goes into the header `X-Survey-Account`.
    pub id: &'static str,
    /// What the account is called.
    pub name: &'static str,
    /// Goes into the header `X-Api-Key`.
    pub api_key: &'static str,
}

/// What an app needs to use the sample services. Demo values, documented as such and shown on the landing page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DemoClients {
    /// `client_id` of the app `esign` at the OAuth 2.0 provider.
    pub esign_client_id: &'static str,
    /// `client_secret` that belongs to it.
    pub esign_client_secret: &'static str,
    /// `client_id` of the app `crm-sync` at the OAuth 2.0 provider.
    pub crm_client_id: &'static str,
    /// `client_secret` that belongs to it.
    pub crm_client_secret: &'static str,
    /// `consumer_key` of a client of the OAuth 1.0 provider.
    pub oauth1_consumer_key: &'static str,
    /// `consumer_secret` that belongs to it.
    pub oauth1_consumer_secret: &'static str,
    /// The accounts that can sign in at either provider; all with the same password.
    pub accounts: &'static [Account],
    /// The password of all of them.
    pub password: &'static str,
    /// The accounts of the survey service, the first with surveys, the second without any.
    pub survey_accounts: &'static [SurveyAccount],
}

const DEMO: DemoClients = DemoClients {
    esign_client_id: "stepsmith-esign",
    esign_client_secret: "stepsmith-esign-demo-secret",
    crm_client_id: "stepsmith-crm",
    crm_client_secret: "stepsmith-crm-demo-secret",
    oauth1_consumer_key: "stepsmith-oauth1",
    // Characters that a signing key has to encode.
    oauth1_consumer_secret: "stepsmith-oauth1&demo/secret+~",
    accounts: &[
        Account { sub: "acct-owner", name: "Workspace Owner", email: "owner@example.test" },
        Account { sub: "acct-member", name: "Team Member", email: "member@example.test" },
        Account { sub: "acct-guest", name: "Outside Guest", email: "guest@example.test" },
    ],
    password: "demo-password",
    survey_accounts: &[
        SurveyAccount { id: "demo-research", name: "Demo Research", api_key: "survey-demo-key" },
        SurveyAccount {
            id: "demo-empty",
            name: "Demo Without Surveys",
            api_key: "survey-empty-key",
        },
    ],
};

/// What an app needs to use the sample services.
pub fn demo_clients() -> &'static DemoClients {
    &DEMO
}

impl DemoClients {
    /// The secret that belongs to a client of the OAuth 2.0 provider, or a consumer of the OAuth 1.0 one.
    pub fn secret_of(&self, client: &str) -> Option<&'static str> {
        self::client(client).map(|client| client.secret)
    }

    /// The account that signs in as `email`.
    pub(crate) fn account(&self, email: &str) -> Option<&'static Account> {
        self.accounts.iter().find(|account| account.email.eq_ignore_ascii_case(email.trim()))
    }
}

/// A program that may ask for tokens.
pub(crate) struct Client {
    pub(crate) id: &'static str,
    pub(crate) secret: &'static str,
    /// What the consent page calls it.
    pub(crate) name: &'static str,
    /// What it may ask for, and gets when it asks for nothing in particular.
    pub(crate) scopes: &'static [&'static str],
    /// Redirect URIs that are compared as they stand.
    pub(crate) redirect_uris: &'static [&'static str],
    /// RFC 8252, 7.3: `http://127.0.0.1` with any port; any path, since each data folder has its own.
    pub(crate) loopback: bool,
}

const CLIENTS: &[Client] = &[
    Client {
        id: DEMO.esign_client_id,
        secret: DEMO.esign_client_secret,
        name: "E-Signature",
        scopes: &["profile", "esign.read", "esign.write"],
        redirect_uris: &["https://app.example.test/oauth2/redirect"],
        loopback: true,
    },
    Client {
        id: DEMO.crm_client_id,
        secret: DEMO.crm_client_secret,
        name: "CRM Sync",
        scopes: &["profile", "crm.read", "crm.write"],
        redirect_uris: &["https://app.example.test/oauth2/redirect"],
        loopback: true,
    },
    Client {
        id: DEMO.oauth1_consumer_key,
        secret: DEMO.oauth1_consumer_secret,
        name: "An OAuth1 app",
        scopes: &[],
        redirect_uris: &["https://app.example.test/oauth1/redirect"],
        loopback: true,
    },
    Client {
        id: "stepsmith-other",
        secret: "stepsmith-other-demo-secret",
        name: "Another app",
        scopes: &["profile", "esign.read", "esign.write"],
        redirect_uris: &["https://other.example.test/callback"],
        loopback: false,
    },
];

/// The client whose identifier is `id`.
pub(crate) fn client(id: &str) -> Option<&'static Client> {
    CLIENTS.iter().find(|client| client.id == id)
}

impl Client {
    /// Whether the provider may send a browser to `uri`.
    pub(crate) fn may_redirect_to(&self, uri: &str) -> bool {
        if self.redirect_uris.contains(&uri) {
            return true;
        }
        let Ok(url) = url::Url::parse(uri) else { return false };
        self.loopback
            && url.scheme() == "http"
            && url.host_str() == Some("127.0.0.1")
            && url.username().is_empty()
            && url.password().is_none()
            && url.fragment().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::{client, demo_clients};

    #[test]
    fn loopback_redirects_may_use_any_port_but_nothing_else() {
        let esign = client(demo_clients().esign_client_id).unwrap();
        for good in [
            "http://127.0.0.1:40001/oauth2/redirect",
            "http://127.0.0.1/x?y=z",
            "https://app.example.test/oauth2/redirect",
        ] {
            assert!(esign.may_redirect_to(good), "{good}");
        }
        for bad in [
            "https://127.0.0.1:40001/oauth2/redirect",
            "http://127.0.0.1.example.test/oauth2/redirect",
            "http://localhost:40001/oauth2/redirect",
            "http://127.0.0.1@example.test/",
            "http://user@127.0.0.1/",
            "http://127.0.0.1:40001/x#fragment",
            "https://app.example.test/oauth2/redirect/",
            "https://app.example.test/oauth2/redirect?more=1",
            "not a url",
            "",
        ] {
            assert!(!esign.may_redirect_to(bad), "{bad}");
        }
        assert!(
            !client("stepsmith-other")
                .unwrap()
                .may_redirect_to("http://127.0.0.1:40001/oauth2/redirect")
        );
    }
}
