//! What the visitor does on each page.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::demo_clients;

/// What to do on one kind of page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAnswer {
    /// The page's `data-page`: `sign_in`, `consent` or `signing`; for a page of others its heading.
    pub page: String,
    /// Field name or label → what to type. Other fields keep what the page put there.
    pub fields: BTreeMap<String, String>,
    /// Text or value of the button to press, or text of the link to follow.
    pub button: String,
}

/// Signs in with a demo account.
pub fn sign_in(email: &str, password: &str) -> PageAnswer {
    let fields = BTreeMap::from([
        ("email".to_owned(), email.to_owned()),
        ("password".to_owned(), password.to_owned()),
    ]);
    PageAnswer { page: "sign_in".to_owned(), fields, button: "Sign in".to_owned() }
}

/// Presses Allow or Deny.
pub fn consent(allow: bool) -> PageAnswer {
    let button = if allow { "Allow" } else { "Deny" };
    PageAnswer { page: "consent".to_owned(), fields: BTreeMap::new(), button: button.to_owned() }
}

/// Presses Sign or Decline.
pub fn signing(sign: bool) -> PageAnswer {
    let button = if sign { "Sign" } else { "Decline" };
    PageAnswer { page: "signing".to_owned(), fields: BTreeMap::new(), button: button.to_owned() }
}

/// The answers for pages that the caller says nothing about: the first demo account, allow, sign.
pub fn default_answers() -> Vec<PageAnswer> {
    let demo = demo_clients();
    vec![sign_in(demo.accounts[0].email, demo.password), consent(true), signing(true)]
}

/// The member `pages` of a saved answers file: a page that is absent gets its default answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pages {
    /// Who signs in.
    #[serde(default)]
    pub sign_in: Option<SignIn>,
    /// `"allow"` or `"deny"`.
    #[serde(default)]
    pub consent: Option<Consent>,
    /// `"sign"` or `"decline"`.
    #[serde(default)]
    pub signing: Option<Signing>,
}

/// Who signs in: an e-mail address, or that and a password.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum SignIn {
    /// With the demo password.
    Email(String),
    /// With any password.
    Full {
        /// Goes into the first field.
        email: String,
        /// Goes into the second field.
        password: String,
    },
}

/// What is pressed on the consent page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Presses Allow.
    Allow,
    /// Presses Deny.
    Deny,
}

/// What is pressed on the signing page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signing {
    /// Presses Sign.
    Sign,
    /// Presses Decline.
    Decline,
}

impl Pages {
    /// As answers for [`Visitor::visit`](super::Visitor::visit).
    pub fn answers(&self) -> Vec<PageAnswer> {
        let mut answers = Vec::new();
        match &self.sign_in {
            None => {}
            Some(SignIn::Email(email)) => answers.push(sign_in(email, demo_clients().password)),
            Some(SignIn::Full { email, password }) => answers.push(sign_in(email, password)),
        }
        answers.extend(self.consent.map(|choice| consent(choice == Consent::Allow)));
        answers.extend(self.signing.map(|choice| signing(choice == Signing::Sign)));
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_an_answers_file_become_answers() {
        let pages: Pages = serde_json::from_str(
            r#"{"sign_in": "guest@example.test", "consent": "deny", "signing": "decline"}"#,
        )
        .unwrap();
        let expected = vec![
            sign_in("guest@example.test", demo_clients().password),
            consent(false),
            signing(false),
        ];
        assert_eq!(pages.answers(), expected);
        let pages: Pages =
            serde_json::from_str(r#"{"sign_in": {"email": "a", "password": "b"}}"#).unwrap();
        assert_eq!(pages.answers(), vec![sign_in("a", "b")]);
        assert_eq!(serde_json::from_str::<Pages>("{}").unwrap().answers(), vec![]);
        for wrong in [r#"{"consent": "maybe"}"#, r#"{"login": "x"}"#] {
            assert!(serde_json::from_str::<Pages>(wrong).is_err(), "{wrong}");
        }
    }
}
