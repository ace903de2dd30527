//! An app's authentication while it is being edited: nothing here is saved or sent.

use definition::{
    Authentication, Diagnostic, Preset, defaults, oauth1_variables, oauth2_variables,
};
use flow::run::AuthorizationKind;
use flow::template::{Preview, preview};

use crate::clock::now;
use crate::types::{
    DefaultAuthentication, NewAuthentication, Nothing, PresetRef, PreviewRequest, PreviewedRequest,
    RequestPreview, TemplateVariable,
};
use crate::{Api, ApiError};

/// The well-known providers.
pub async fn authentication_presets(_: &Api, _: Nothing) -> Result<Vec<Preset>, ApiError> {
    Ok(definition::presets().to_vec())
}

/// Opens a provider's own page about its OAuth in the system browser. No other page can be opened by this.
pub async fn open_preset_documentation(api: &Api, request: PresetRef) -> Result<Nothing, ApiError> {
    let preset = definition::presets().iter().find(|preset| preset.name == request.preset);
    let preset = preset.ok_or_else(|| ApiError::not_found("this preset"))?;
    api.host().open_url(&preset.documentation).map_err(|words| {
        ApiError::refused(format!("{words}. Open {} by hand.", preset.documentation))
    })?;
    Ok(Nothing {})
}

/// What a new authentication of a kind begins as.
pub async fn default_authentication(
    _: &Api,
    request: DefaultAuthentication,
) -> Result<NewAuthentication, ApiError> {
    let (authentication, test_token_request) = match request.kind {
        AuthorizationKind::None => (Authentication::default(), None),
        AuthorizationKind::OAuth2 => {
            (Authentication::new_oauth2(), Some(defaults::oauth2_test_request()))
        }
        AuthorizationKind::OAuth1 => {
            (Authentication::new_oauth1(), Some(defaults::oauth1_test_request()))
        }
        AuthorizationKind::Custom => (Authentication::new_custom(), None),
    };
    Ok(NewAuthentication { authentication, test_token_request })
}

/// How a request will look, what is wrong with it, and what its templates may hold.
pub async fn preview_request(
    api: &Api,
    request: PreviewRequest,
) -> Result<RequestPreview, ApiError> {
    let PreviewRequest { authentication, request: kind, redirect_uri } = request;
    let redirect_uri = redirect_uri.map_or_else(|| api.redirect_uri(), Ok)?;
    let (oauth, offered) = match (&authentication.oauth2, &authentication.oauth1) {
        (Some(_), _) => ("oauth2", oauth2_variables(kind)),
        (None, Some(_)) => ("oauth1", oauth1_variables(kind)),
        (None, None) => ("", [].as_slice()),
    };
    let path = format!("authentication.{oauth}.{}", kind.field());
    let Preview { request, base_string, problems: unrendered } =
        preview(&authentication, kind, &redirect_uri, now());
    let mut problems: Vec<Diagnostic> = definition::check_authentication(&authentication)
        .into_iter()
        .filter(|finding| finding.path == path || finding.path.starts_with(&format!("{path}.")))
        .collect();
    for error in unrendered {
        // The check says it better where it says it at all.
        if problems.iter().all(|known| known.path != error.field) {
            problems.push(Diagnostic::error("request.render", error.field, error.message));
        }
    }
    let rendered = request.map(|request| PreviewedRequest {
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: request.body,
        signature_base_string: base_string,
    });
    let variables = offered
        .iter()
        .map(|one| TemplateVariable { name: one.name.to_owned(), text: one.text.to_owned() })
        .collect();
    Ok(RequestPreview { rendered, problems, variables })
}
