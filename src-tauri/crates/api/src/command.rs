//! The list of all commands. A command is one async function `(&Api, Request) -> Result<Answer, ApiError>` with a line
//! here; the shell's adapter, the TypeScript types and their wrappers follow from this list.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::bindings::{CommandInfo, describe};
use crate::{
    Api, ApiError, apps, authentication, authorizations, calls, comparison, credentials, diagrams,
    exchanges, flow_runs, function_zips, history, inbox, limits, publishing, settings, vault,
};

macro_rules! commands {
    ($($name:ident = $function:path;)*) => {
        /// Runs the command `name` with a JSON body.
        ///
        /// # Errors
        /// The command's own, `Invalid` for a body of another shape, `NotFound` for an unknown name.
        pub async fn dispatch(api: &Api, name: &str, body: Value) -> Result<Value, ApiError> {
            match name {
                $(stringify!($name) => answer($function(api, request(name, body)?).await?),)*
                _ => Err(ApiError::new(crate::ErrorCode::NotFound, format!("there is no command {name:?}"))),
            }
        }

        /// Every command with its types, in the order listed.
        pub fn list() -> Vec<CommandInfo> {
            vec![$(describe(stringify!($name), $function)),*]
        }
    };
}

commands! {
    start_screen = apps::start_screen;
    create_app = apps::create_app;
    open_app = apps::open_app;
    open_sample = apps::open_sample;
    read_app = apps::read_app;
    forget_app = apps::forget_app;
    save_definition = apps::save_definition;
    save_definition_text = apps::save_definition_text;
    read_function = apps::read_function;
    save_function = apps::save_function;
    import_function_zip = function_zips::import_function_zip;
    set_function_enabled = apps::set_function_enabled;
    save_logo = apps::save_logo;
    remove_logo = apps::remove_logo;
    check_app = apps::check_app;
    pick_folder = apps::pick_folder;

    secret_states = credentials::secret_states;
    set_secret = credentials::set_secret;
    remove_secret = credentials::remove_secret;
    list_credentials = credentials::list_credentials;
    delete_credential = credentials::delete_credential;
    test_credential = credentials::test_credential;
    refresh_credential = credentials::refresh_credential;
    expire_credential = credentials::expire_credential;
    rename_credential = credentials::rename_credential;
    credential_uses = credentials::credential_uses;
    read_token = credentials::read_token;
    list_exchanges = exchanges::list_exchanges;
    reveal_value = exchanges::reveal_value;
    forget_exchanges = exchanges::forget_exchanges;

    authentication_presets = authentication::authentication_presets;
    open_preset_documentation = authentication::open_preset_documentation;
    default_authentication = authentication::default_authentication;
    preview_request = authentication::preview_request;

    start_authorization = authorizations::start_authorization;
    read_authorization = authorizations::read_authorization;
    submit_custom_inputs = authorizations::submit_custom_inputs;
    open_authorization_page = authorizations::open_authorization_page;
    paste_redirect = authorizations::paste_redirect;
    retry_identity = authorizations::retry_identity;
    keep_other_account = authorizations::keep_other_account;
    cancel_authorization = authorizations::cancel_authorization;

    start_flow = flow_runs::start_flow;
    run_again = flow_runs::run_again;
    choose_credential = flow_runs::choose_credential;
    submit_form = flow_runs::submit_form;
    submit_step_form = flow_runs::submit_step_form;
    assign_role = flow_runs::assign_role;
    wake_step = flow_runs::wake_step;
    cancel_flow = flow_runs::cancel_flow;
    back_to_form = flow_runs::back_to_form;
    click_button = flow_runs::click_button;
    open_url = flow_runs::open_url;
    retry_call = flow_runs::retry_call;
    read_flow_run = flow_runs::read_flow_run;
    list_flow_runs = flow_runs::list_flow_runs;
    export_mermaid = diagrams::export_mermaid;
    save_diagram = diagrams::save_diagram;

    call_function = calls::call_function;
    compare_call = comparison::compare_call;
    read_call = calls::read_call;
    list_calls = calls::list_calls;
    upload_file = calls::upload_file;

    list_inbox = inbox::list_inbox;

    find_history = history::find_history;
    measure_history = history::measure_history;
    rename_entry = history::rename_entry;
    pin_entry = history::pin_entry;
    delete_entry = history::delete_entry;

    list_servers = publishing::list_servers;
    save_server = publishing::save_server;
    remove_server = publishing::remove_server;
    start_local_server = publishing::start_local_server;
    stop_local_server = publishing::stop_local_server;
    plan_publish = publishing::plan_publish;
    publish = publishing::publish;

    read_app_limits = limits::read_app_limits;
    set_app_limits = limits::set_app_limits;

    read_settings = settings::read_settings;
    save_settings = settings::save_settings;
    set_services = settings::set_services;
    vault_status = vault::vault_status;
    open_vault = vault::open_vault;
    move_vault = vault::move_vault;
}

fn request<T: DeserializeOwned>(name: &str, body: Value) -> Result<T, ApiError> {
    let body = if body.is_null() { Value::Object(serde_json::Map::new()) } else { body };
    serde_json::from_value(body)
        .map_err(|error| ApiError::invalid(format!("the request of {name} is not right: {error}")))
}

fn answer<T: Serialize>(answer: T) -> Result<Value, ApiError> {
    serde_json::to_value(answer).map_err(|error| ApiError::failed(&error))
}
