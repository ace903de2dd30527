//! The list of accounts: what they are called, what uses them, and their end.

use store::CredentialRow;

use super::{changed, read, row, view};
use crate::types::{
    AppRef, CredentialRef, CredentialUse, CredentialView, Nothing, RenameCredential,
};
use crate::{Api, ApiError, ErrorCode};

/// A name longer than this is no name.
const LONGEST_NAME: usize = 100;

/// The app's accounts.
pub async fn list_credentials(api: &Api, request: AppRef) -> Result<Vec<CredentialView>, ApiError> {
    let rows = api.store().credentials().list(&request.app)?;
    Ok(rows.into_iter().map(|row| checked(api, row)).collect())
}

/// A row whose values were changed outside the program says so.
fn checked(api: &Api, row: CredentialRow) -> CredentialView {
    let broken = read(api, &row.id).err().filter(|error| error.code == ErrorCode::Tampered);
    let mut view = view(row);
    if let Some(error) = broken {
        view.needs_reconnect = true;
        view.problem = Some(error.message);
    }
    view
}

/// Calls an account by a name of the author's own.
pub async fn rename_credential(
    api: &Api,
    request: RenameCredential,
) -> Result<CredentialView, ApiError> {
    let before = row(api, &request.credential)?;
    let name = request.name.trim();
    if name.chars().count() > LONGEST_NAME {
        return Err(ApiError::invalid(format!(
            "the name has {} characters: expected at most {LONGEST_NAME}",
            name.chars().count()
        )));
    }
    let name = Some(name).filter(|name| !name.is_empty() && *name != before.display_id);
    api.store().credentials().rename(&request.credential, name)?;
    changed(api, &before.app_id);
    Ok(view(row(api, &request.credential)?))
}

/// The flow runs that have not ended and cannot go on without the account.
pub async fn credential_uses(
    api: &Api,
    request: CredentialRef,
) -> Result<Vec<CredentialUse>, ApiError> {
    let account = row(api, &request.credential)?;
    let waiting = api.store().flow_runs().waiting()?;
    Ok(waiting
        .into_iter()
        .filter(|run| {
            run.app_id == account.app_id && run.unique_id.as_ref() == Some(&account.unique_id)
        })
        .map(|run| CredentialUse {
            flow_run: run.id,
            action_title: run.action_title,
            stage: run.stage,
            created_at: run.created_at,
        })
        .collect())
}

/// Forgets a credential.
pub async fn delete_credential(api: &Api, request: CredentialRef) -> Result<Nothing, ApiError> {
    let row = row(api, &request.credential)?;
    api.store().credentials().delete(&request.credential)?;
    api.exchanges().forget(&request.credential);
    changed(api, &row.app_id);
    Ok(Nothing {})
}
