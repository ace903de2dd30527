//! What each provider documents.

/// How a provider wants its token request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Body {
    Form,
    Json,
    /// A POST with all of it in the URL.
    Url,
    /// A GET.
    Get,
}

/// Where it looks for the client.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Client {
    Basic,
    Fields,
    /// Stripe knows the client by its secret key.
    SecretOnly,
}

use Body::{Form, Get, Json, Url as InUrl};
use Client::{Basic, Fields, SecretOnly};

/// Name, encoding, client, `scope` as sent, PKCE, parameters beside the usual ones on the authorization page, whether tokens are
/// refreshed.
pub type Row = (&'static str, Body, Client, &'static str, bool, &'static str, bool);

pub const PROVIDERS: &[Row] = &[
    ("acuity", Form, Fields, "api-v1", false, "", false),
    ("adobe-sign", Form, Fields, "user_read:self agreement_read:self", false, "", true),
    ("airtable", Form, Basic, "data.records:read schema.bases:read", true, "", true),
    ("asana", Form, Fields, "users:read tasks:read projects:read", true, "", true),
    (
        "atlassian",
        Json,
        Fields,
        "read:me read:jira-user offline_access",
        false,
        "audience=api.atlassian.com prompt=consent",
        true,
    ),
    ("auth0", Form, Fields, "openid profile email offline_access", true, "", true),
    ("basecamp", InUrl, Fields, "", false, "type=web_server", true),
    ("bitbucket", Form, Basic, "", false, "", true),
    ("box", Form, Fields, "", false, "", true),
    ("calendly", Form, Basic, "users:read scheduled_events:read", true, "", true),
    ("clickup", Json, Fields, "", false, "", false),
    ("discord", Form, Basic, "identify email", false, "", true),
    ("docusign", Form, Basic, "signature", false, "", true),
    ("docusign-demo", Form, Basic, "signature", false, "", true),
    (
        "dropbox",
        Form,
        Fields,
        "account_info.read files.metadata.read",
        true,
        "token_access_type=offline",
        true,
    ),
    ("dropbox-sign", Json, Fields, "", false, "", true),
    ("eventbrite", Form, Fields, "", false, "", false),
    ("facebook", Get, Fields, "public_profile,email", false, "", true),
    ("figma", Form, Basic, "current_user:read,file_content:read", false, "", true),
    ("github", Form, Fields, "read:user repo", true, "", true),
    ("gitlab", Form, Fields, "read_user", true, "", true),
    (
        "google",
        Form,
        Fields,
        "openid email profile",
        true,
        "access_type=offline prompt=consent",
        true,
    ),
    ("hubspot", Form, Fields, "oauth crm.objects.contacts.read", false, "", true),
    ("intercom", Form, Fields, "", false, "", false),
    ("linear", Form, Fields, "read,write", true, "", true),
    ("linkedin", Form, Fields, "openid profile email", false, "", false),
    ("mailchimp", Form, Fields, "", false, "", false),
    ("microsoft", Form, Fields, "offline_access openid profile User.Read", true, "", true),
    ("miro", Form, Fields, "", false, "", true),
    ("monday", Form, Fields, "me:read boards:read", false, "", false),
    ("notion", Json, Basic, "", false, "owner=user", true),
    ("okta", Form, Basic, "openid profile email offline_access", true, "", true),
    ("pandadoc", Form, Fields, "read write", false, "", true),
    ("pipedrive", Form, Basic, "", false, "", true),
    ("quickbooks", Form, Basic, "com.intuit.quickbooks.accounting", false, "", true),
    ("reddit", Form, Basic, "identity read", false, "duration=permanent", true),
    ("salesforce", Form, Fields, "api refresh_token openid", true, "", true),
    ("shopify", Form, Fields, "read_products,read_orders", false, "", true),
    ("slack", Form, Fields, "chat:write,users:read", false, "", true),
    ("spotify", Form, Basic, "user-read-email user-read-private", false, "", true),
    ("square", Json, Fields, "MERCHANT_PROFILE_READ PAYMENTS_READ", false, "session=false", true),
    ("strava", Form, Fields, "read,activity:read", false, "approval_prompt=auto", true),
    ("stripe", Form, SecretOnly, "read_write", false, "", true),
    ("surveymonkey", Form, Fields, "", false, "", false),
    ("tiktok", Form, Fields, "user.info.basic", true, "", true),
    ("todoist", Form, Fields, "data:read", false, "", false),
    ("twitch", Form, Fields, "user:read:email", false, "", true),
    ("typeform", Form, Fields, "accounts:read forms:read offline", false, "", true),
    ("webex", Form, Fields, "spark:people_read", false, "", true),
    ("x", Form, Basic, "tweet.read users.read offline.access", true, "", true),
    (
        "xero",
        Form,
        Basic,
        "openid profile email offline_access accounting.settings.read",
        false,
        "",
        true,
    ),
    ("zendesk", Json, Fields, "read", true, "", true),
    (
        "zoho",
        Form,
        Fields,
        "ZohoCRM.users.READ,ZohoCRM.modules.READ",
        false,
        "access_type=offline prompt=consent",
        true,
    ),
    ("zoom", Form, Basic, "", true, "", true),
];

/// Those whose token request has no `redirect_uri`, or no `grant_type`.
pub const WITHOUT_REDIRECT: &[&str] = &["clickup", "dropbox-sign", "intercom", "shopify", "stripe"];
pub const WITHOUT_GRANT_TYPE: &[&str] =
    &["basecamp", "clickup", "facebook", "github", "intercom", "shopify"];
/// Fields of a token request beside the usual ones.
pub const TOKEN_FIELDS: &[(&str, &str, &str)] = &[
    ("basecamp", "type", "web_server"),
    ("dropbox-sign", "state", "st-1"),
    ("shopify", "expiring", "1"),
];
/// What a refresh sends in the place of the usual `grant_type` and `refresh_token`.
pub const REFRESHES: &[(&str, &[(&str, &str)])] = &[
    ("basecamp", &[("type", "refresh"), ("refresh_token", "rt-1")]),
    ("facebook", &[("grant_type", "fb_exchange_token"), ("fb_exchange_token", "at-1")]),
    ("figma", &[("refresh_token", "rt-1")]),
];
/// Those that are asked for a page without `response_type`.
pub const WITHOUT_RESPONSE_TYPE: &[&str] = &["basecamp", "clickup", "intercom"];
/// Those that refresh somewhere else than at the token URL.
pub const REFRESH_URLS: &[(&str, &str)] = &[
    ("adobe-sign", "https://api.own.adobesign.com/oauth/v2/refresh"),
    ("dropbox-sign", "https://app.hellosign.com/oauth/token?refresh"),
    ("figma", "https://api.figma.com/v1/oauth/refresh"),
];
