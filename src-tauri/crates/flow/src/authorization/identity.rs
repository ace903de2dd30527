//! The last step of an attempt: whose credential it is (contract chapter 5).

use definition::FunctionKind;
use serde_json::{Value, json};

use super::{Attempt, AuthorizationEffect, Position, StepKey, Turn};
use crate::returned::{self, required_text};
use crate::run::{CallFailure, Identity};
use crate::timeline::{Actor, MessageKind, label};

impl Attempt {
    pub(super) fn call_identity(&mut self, turn: &mut Turn) {
        if let Some(credential) = &self.credential {
            turn.effects.push(AuthorizationEffect::CallIdentity { credential: credential.clone() });
            self.position = Position::Identity;
        }
    }

    pub(super) fn can_retry_identity(&self) -> bool {
        self.credential.is_some()
            && self.other.is_none()
            && matches!(&self.failure, Some((StepKey::Identity, _)))
    }

    pub(super) fn identity_returned(
        &mut self,
        turn: &mut Turn,
        call_id: &str,
        result: Result<Value, CallFailure>,
    ) {
        let payload = match &result {
            Ok(value) => returned::masked(value),
            Err(failure) => json!({ "message": failure.message }),
        };
        let identity = match &result {
            Ok(value) => read(value),
            Err(failure) => {
                Err(("The identity function failed".to_owned(), failure.message.clone()))
            }
        };
        let framework = Actor::IntegrationFramework;
        let invoked =
            turn.message(framework, MessageKind::Reply, framework, label::INVOKE_IDENTITY);
        turn.record(
            invoked
                .with(payload)
                .invoking(FunctionKind::Identity, call_id)
                .failed_if(identity.is_err()),
        );
        let identity = match identity {
            Ok(identity) => identity,
            Err((title, description)) => return self.fail(turn, &title, description),
        };
        match &self.expected {
            Some(expected) if expected.unique_id != identity.unique_id => {
                let description = format!(
                    "{} (unique id {}) was to be connected again, and {} (unique id {}) is who logged in. Nothing was saved. Log out at the \
                     provider and try again as {}, or keep {} as an account of its own.",
                    expected.display_id,
                    expected.unique_id,
                    identity.display_id,
                    identity.unique_id,
                    expected.display_id,
                    identity.display_id,
                );
                self.fail(turn, "This is another account", description);
                self.other = Some(identity);
            }
            _ => self.save(turn, identity),
        }
    }

    pub(super) fn save(&mut self, turn: &mut Turn, identity: Identity) {
        let Some(credential) = self.credential.clone() else { return };
        let framework = Actor::IntegrationFramework;
        turn.say(framework, MessageKind::Reply, framework, label::SAVE_CREDENTIAL, json!(identity));
        let Identity { unique_id, display_id } = identity.clone();
        turn.effects.push(AuthorizationEffect::Save { credential, unique_id, display_id });
        self.identity = Some(identity);
        self.position = Position::Saved;
    }
}

/// Title and description of why there is no identity in it.
fn read(value: &Value) -> Result<Identity, (String, String)> {
    let unusable =
        |message: String| ("The identity function returned no identity".to_owned(), message);
    let returned = returned::read(FunctionKind::Identity, value).map_err(unusable)?;
    if let Some(error) = returned.error {
        return Err(error);
    }
    if returned.wants_refresh {
        return Err(unusable(
            "the token was just received: Identity cannot ask for another one".to_owned(),
        ));
    }
    let output = returned.output.ok_or_else(|| {
        unusable("there is no output; expected { output: { unique_id, display_id } }".to_owned())
    })?;
    Ok(Identity {
        unique_id: required_text(output, "unique_id", "output").map_err(unusable)?,
        display_id: required_text(output, "display_id", "output").map_err(unusable)?,
    })
}
