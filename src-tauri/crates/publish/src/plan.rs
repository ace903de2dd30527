//! What publishing would change, found by comparison, before anything is sent.

use std::fmt;

use definition::FunctionKind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use crate::local::{LocalApp, PlanError};
use crate::same::{empty, is_optional, same};
use crate::{RemoteApp, Write, content_hash};

/// The part of an app that a step is about; the names are those of app.json.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Part {
    App,
    Authentication,
    Logo,
    IdentityFunction,
    BuildFunction,
    ActionFunction,
    RedirectFunction,
    WebhookFunction,
    Version,
}

impl From<FunctionKind> for Part {
    fn from(kind: FunctionKind) -> Self {
        match kind {
            FunctionKind::Identity => Self::IdentityFunction,
            FunctionKind::Build => Self::BuildFunction,
            FunctionKind::Action => Self::ActionFunction,
            FunctionKind::Redirect => Self::RedirectFunction,
            FunctionKind::Webhook => Self::WebhookFunction,
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::App => "app",
            Self::Authentication => "authorization",
            Self::Logo => "logo",
            Self::IdentityFunction => "identity function",
            Self::BuildFunction => "build function",
            Self::ActionFunction => "action function",
            Self::RedirectFunction => "redirect function",
            Self::WebhookFunction => "webhook function",
            Self::Version => "version",
        })
    }
}

/// What happens to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is not on the server yet.
    Create,
    /// It is there, and different.
    Update,
    /// It is there, and the same: nothing is sent.
    Unchanged,
    /// It is there and was switched off or taken away here.
    Delete,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Unchanged => "unchanged",
            Self::Delete => "delete",
        })
    }
}

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlanStep {
    /// The part it is about.
    pub what: Part,
    /// What happens to it.
    pub change: Change,
    /// Which fields, how large, why, in a few words. Never a secret.
    pub detail: String,
}

impl fmt::Display for PlanStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.change, self.what)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.detail) }
    }
}

/// What is sent for a step.
#[derive(Clone)]
pub(crate) enum Operation {
    Nothing,
    CreateApp(Map<String, Value>),
    UpdateApp(Map<String, Value>),
    Write(Content, Write),
    DeleteAuthentication,
    DeleteLogo,
    DeleteFunction(FunctionKind),
    RequestVersion(String),
}

/// A part that is created or replaced as a whole.
#[derive(Clone)]
pub(crate) enum Content {
    Authentication(Map<String, Value>),
    Logo(Vec<u8>),
    Function { kind: FunctionKind, zip: Vec<u8>, by_zip: bool },
}

/// The steps from what is on the server to what is here, in the order in which they are carried out. Holds what will be sent,
/// secrets included, so it prints its steps only.
#[derive(Clone)]
pub struct Plan {
    pub(crate) app_id: Option<String>,
    pub(crate) planned: Vec<(PlanStep, Operation)>,
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan").field("app_id", &self.app_id).field("steps", &self.steps()).finish()
    }
}

impl Plan {
    /// Compares `local` with what the server has; `None` = the server has no such app, so it is created.
    ///
    /// # Errors
    /// The app cannot be published as it is: a secret without a value, a function without code, no name.
    pub fn new(local: &LocalApp, remote: Option<&RemoteApp>) -> Result<Self, PlanError> {
        let wire = local.wire()?;
        let mut planned = vec![
            app_step(wire.fields, remote.map(|remote| &remote.fields)),
            authentication_step(wire.authentication, remote.map(|remote| &remote.authentication)),
            logo_step(local.logo.as_deref(), remote.and_then(|remote| remote.logo.as_deref())),
        ];
        for kind in FunctionKind::ALL {
            planned.push(function_step(local, remote, kind)?);
        }
        Ok(Self { app_id: remote.map(|remote| remote.app_id.clone()), planned })
    }

    /// The same plan with a request for a version at its end.
    #[must_use]
    pub fn with_version(mut self, label: &str) -> Self {
        let step =
            PlanStep { what: Part::Version, change: Change::Create, detail: label.to_owned() };
        self.planned.push((step, Operation::RequestVersion(label.to_owned())));
        self
    }

    /// The id of the app on the server; `None` = it is created.
    pub fn app_id(&self) -> Option<&str> {
        self.app_id.as_deref()
    }

    /// All steps, those without a change included.
    pub fn steps(&self) -> Vec<PlanStep> {
        self.planned.iter().map(|(step, _)| step.clone()).collect()
    }

    /// Whether the server has everything already.
    pub fn is_unchanged(&self) -> bool {
        self.planned.iter().all(|(step, _)| step.change == Change::Unchanged)
    }
}

type Planned = (PlanStep, Operation);

fn planned(what: Part, change: Change, detail: impl Into<String>, operation: Operation) -> Planned {
    (PlanStep { what, change, detail: detail.into() }, operation)
}

fn app_step(fields: Map<String, Value>, remote: Option<&Map<String, Value>>) -> Planned {
    let Some(remote) = remote else {
        let name = fields.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        return planned(Part::App, Change::Create, name, Operation::CreateApp(fields));
    };
    let gone = remote
        .iter()
        .filter(|(key, value)| !fields.contains_key(*key) && is_optional(key) && !empty(value));
    let gone: Vec<_> = gone.map(|(key, _)| (key.clone(), Value::Null)).collect();
    let changed: Map<_, _> = fields
        .into_iter()
        .filter(|(key, value)| !same(value, remote.get(key).unwrap_or(&Value::Null)))
        .chain(gone)
        .collect();
    if changed.is_empty() {
        return planned(Part::App, Change::Unchanged, "", Operation::Nothing);
    }
    let names: Vec<_> = changed.keys().cloned().collect();
    planned(Part::App, Change::Update, names.join(", "), Operation::UpdateApp(changed))
}

fn authentication_step(ours: Map<String, Value>, remote: Option<&Map<String, Value>>) -> Planned {
    let part = Part::Authentication;
    let theirs = remote.filter(|remote| kind_of(remote).is_some() || !remote.is_empty());
    let Some(kind) = kind_of(&ours) else {
        return match theirs {
            None => planned(part, Change::Unchanged, "none", Operation::Nothing),
            Some(_) => {
                planned(part, Change::Delete, "none from now on", Operation::DeleteAuthentication)
            }
        };
    };
    match theirs {
        None => planned(
            part,
            Change::Create,
            kind,
            Operation::Write(Content::Authentication(ours), Write::Create),
        ),
        Some(theirs) if same(&Value::Object(ours.clone()), &Value::Object(theirs.clone())) => {
            planned(part, Change::Unchanged, kind, Operation::Nothing)
        }
        Some(_) => planned(
            part,
            Change::Update,
            kind,
            Operation::Write(Content::Authentication(ours), Write::Replace),
        ),
    }
}

fn kind_of(authentication: &Map<String, Value>) -> Option<&'static str> {
    let has = |key: &str| authentication.get(key).is_some_and(|value| !value.is_null());
    [("oauth2", "OAuth2"), ("oauth1", "OAuth1"), ("custom", "Custom")]
        .into_iter()
        .find_map(|(key, shown)| has(key).then_some(shown))
}

fn logo_step(ours: Option<&[u8]>, theirs: Option<&[u8]>) -> Planned {
    let set = |bytes: &[u8], write| Operation::Write(Content::Logo(bytes.to_vec()), write);
    let size = |bytes: &[u8]| format!("{} bytes", bytes.len());
    match (ours, theirs) {
        (None, None) => planned(Part::Logo, Change::Unchanged, "none", Operation::Nothing),
        (None, Some(_)) => planned(Part::Logo, Change::Delete, "", Operation::DeleteLogo),
        (Some(ours), None) => {
            planned(Part::Logo, Change::Create, size(ours), set(ours, Write::Create))
        }
        (Some(ours), Some(theirs)) if ours == theirs => {
            planned(Part::Logo, Change::Unchanged, size(ours), Operation::Nothing)
        }
        (Some(ours), Some(_)) => {
            planned(Part::Logo, Change::Update, size(ours), set(ours, Write::Replace))
        }
    }
}

fn function_step(
    local: &LocalApp,
    remote: Option<&RemoteApp>,
    kind: FunctionKind,
) -> Result<Planned, PlanError> {
    let part = Part::from(kind);
    let theirs = remote.and_then(|remote| remote.functions.get(&kind));
    let Some(config) = local.definition.function(kind) else {
        return match theirs {
            _ if !kind.can_be_switched_off() => Err(PlanError::MissingFunction(kind)),
            None => Ok(planned(part, Change::Unchanged, "switched off", Operation::Nothing)),
            Some(_) => {
                Ok(planned(part, Change::Delete, "switched off", Operation::DeleteFunction(kind)))
            }
        };
    };
    let zip = local.functions.get(&kind).ok_or(PlanError::MissingCode(kind))?;
    let by_zip = config.by_zip;
    let put = |write| Operation::Write(Content::Function { kind, zip: zip.clone(), by_zip }, write);
    let size = format!("{} bytes", zip.len());
    let Some(theirs) = theirs else {
        return Ok(planned(part, Change::Create, size, put(Write::Create)));
    };
    let same_code = theirs.content_hash.as_ref() == Some(&content_hash(zip));
    let detail = match (same_code, theirs.by_zip == by_zip) {
        (true, true) => return Ok(planned(part, Change::Unchanged, size, Operation::Nothing)),
        (false, true) => format!("code, {size}"),
        (true, false) => "by_zip".to_owned(),
        (false, false) => format!("code, by_zip, {size}"),
    };
    Ok(planned(part, Change::Update, detail, put(Write::Replace)))
}
