//! No secret stands in the clear in any file of the data folder or in any log, in whatever encoding.

use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use flow::token::Credential;
use secrets::{KeyPlace, Vault};
use serde_json::{Value, json};
use store::Store;

use crate::world::{World, logs};

pub fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// A secret as it may have been written down.
fn forms(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let json = serde_json::to_string(secret).unwrap();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let mut forms = vec![
        ("plain", secret.as_bytes().to_vec()),
        ("JSON", json.trim_matches('"').as_bytes().to_vec()),
        ("form", form.clone().into_bytes()),
        ("percent", form.replace('+', "%20").into_bytes()),
    ];
    // Base64 of a longer text holds the secret at one of three alignments; the first and last group depend on its neighbours.
    for (name, engine) in [("base64", &STANDARD), ("base64url", &URL_SAFE)] {
        for before in 0..3 {
            let mut text = vec![b'-'; before];
            text.extend_from_slice(secret.as_bytes());
            let encoded = engine.encode(&text);
            let inner = encoded.trim_end_matches('=');
            let (from, to) = (if before == 0 { 0 } else { 4 }, inner.len() / 4 * 4 - 4);
            forms.push((name, inner.as_bytes()[from..to].to_vec()));
        }
    }
    forms
}

/// The first form of a secret that stands in the content.
pub fn found_in(content: &[u8], secrets: &[String]) -> Option<String> {
    let forms: Vec<_> = secrets
        .iter()
        .flat_map(|secret| {
            forms(secret).into_iter().map(move |(form, needle)| (secret, form, needle))
        })
        .collect();
    let needles = AhoCorasick::new(forms.iter().map(|(_, _, needle)| needle)).unwrap();
    let found = needles.find(content)?;
    let (secret, form, _) = &forms[found.pattern().as_usize()];
    Some(format!("{form} of {secret:?}"))
}

pub fn assert_nowhere(world: &World, secrets: &[String]) {
    assert!(secrets.iter().all(|secret| secret.len() >= 8), "too short to be told from chance");
    let mut paths = Vec::new();
    files(&world.data(), &mut paths);
    assert!(paths.iter().any(|path| path.ends_with("stepsmith.db")));
    for path in paths {
        let found = found_in(&std::fs::read(&path).unwrap(), secrets);
        assert_eq!(found, None, "in {}", path.display());
    }
    let logged = logs::all();
    assert!(logged.contains("redactor built"), "the logs are kept");
    assert_eq!(found_in(logged.as_bytes(), secrets), None, "in the logs");
}

#[test]
fn every_form_is_found_where_it_stands() {
    let secret = "pa\"ss wö\\rd/+&=%?\n#1-of-many".to_owned();
    let secrets = [secret.clone()];
    for around in ["", "a", "ab", "abc"] {
        let text = format!("{around}{secret}{around}");
        let form: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        for (what, written) in [
            ("plain", text.clone()),
            ("JSON", serde_json::to_string(&text).unwrap()),
            ("form", form.clone()),
            ("percent", form.replace('+', "%20")),
            ("base64", STANDARD.encode(&text)),
            ("base64url", URL_SAFE.encode(&text)),
        ] {
            assert!(
                found_in(format!("x {written} y").as_bytes(), &secrets).is_some(),
                "{what} in {around:?}"
            );
        }
    }
    assert_eq!(found_in(b"nothing of the kind", &secrets), None);
}

/// The tokens that are sealed in the data folder.
pub fn tokens(world: &World, app: &str) -> Vec<String> {
    let vault = Vault::open(&world.data(), KeyPlace::File).unwrap();
    let store = Store::open(&world.data().join("stepsmith.db")).unwrap();
    let mut found = Vec::new();
    for row in store.credentials().list(app).unwrap() {
        let (row, sealed) = store.credentials().get(&row.id).unwrap().unwrap();
        let context = format!("credential/{}/{}", row.app_id, row.unique_id);
        let plain = vault.open_sealed(&sealed, &context).unwrap();
        let Credential::OAuth2(token) = serde_json::from_slice(plain.expose()).unwrap() else {
            panic!("an OAuth2 app has another credential");
        };
        let value = Credential::OAuth2(token).value();
        for name in ["access_token", "refresh_token"] {
            found.push(value["oauth2"][name].as_str().unwrap().to_owned());
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_esign_flow_leaves_none() {
    let world = World::start().await;
    let app = world.open_sample("esign").await;
    world.walk_esign(&app).await;
    let mut secrets = tokens(&world, &app);
    let accounts = world.get("list_credentials", json!({ "app": app })).await;
    world.get("refresh_credential", json!({ "credential": accounts[0]["id"] })).await;
    secrets.extend(tokens(&world, &app));
    // Looking at an exchange, hidden values included, writes nothing down.
    let exchanges = world.get("list_exchanges", json!({ "owner": accounts[0]["id"] })).await;
    let mut shown = Vec::new();
    for number in 0..20 {
        let ask = json!({ "exchange": exchanges[0]["id"], "value": number });
        let Ok(answer) = world.call::<Value>("reveal_value", ask).await else { break };
        shown.push(answer["text"].as_str().unwrap().to_owned());
    }
    assert!(shown.iter().any(|value| secrets.contains(value)), "the tokens were shown");
    secrets.sort();
    secrets.dedup();
    assert!(secrets.len() >= 3, "the refresh gave a new token");
    secrets.push(services::demo_clients().esign_client_secret.to_owned());
    assert_nowhere(&world, &secrets);
    // The same after everything was written out.
    let world = world.restart().await;
    assert_nowhere(&world, &secrets);
}

#[tokio::test(flavor = "multi_thread")]
async fn functions_that_spill_a_custom_credential_leave_none() {
    let world = World::start().await;
    let there = world.services.url().as_str();
    let spill = format!(
        "const spill = async ({{ credential }}) => {{
            const key = credential.custom.key;
            console.log(key, credential, JSON.stringify(credential));
            console.error(Buffer.from(`key ${{key}} key`).toString('base64'), encodeURIComponent(key));
            await fetch('{there}nothing?k=' + encodeURIComponent(key), {{
                method: 'POST', headers: {{ 'X-Key': encodeURIComponent(key) }},
                body: JSON.stringify({{ deep: JSON.stringify(credential) }}),
            }}).catch(() => null);
            return key;
        }};\n"
    );
    let identity = format!(
        "{spill}exports.handler = async (p) => {{ await spill(p); return {{ output: {{ unique_id: 'u', display_id: 'd' }} }}; }};"
    );
    let build = format!(
        "{spill}exports.handler = async (p) => {{ const key = await spill(p); return {{ output: {{ automation: {{ title: 'T ' + key, \
         description: Buffer.from(key).toString('base64') }} }} }}; }};"
    );
    let action = format!(
        "{spill}exports.handler = async (p) => {{ const key = await spill(p); throw new Error('refused ' + key + ' ' + new URLSearchParams({{ key }})); }};"
    );
    let definition = json!({
        "actions": [{ "key": "go", "title": "Go", "type": "APP_ACTION_TYPE_AUTOMATION" }],
        "authentication": { "custom": { "inputs": [{ "key": "key", "label": "Key", "required": true }] } },
    });
    let functions =
        [("identity", identity.as_str()), ("build", build.as_str()), ("action", action.as_str())];
    let app = world.app("spills", definition, &functions).await;
    let run = world.get("start_flow", json!({ "app": app, "action_key": "go" })).await;
    let start = json!({ "app": app, "flow_run": run["id"] });
    let attempt = world.get("start_authorization", start).await;
    let secret = "pa\"ss wö\\rd/+&=%?\n#1-of-many";
    let inputs = json!({ "authorization": attempt["id"], "values": { "key": secret } });
    world.get("submit_custom_inputs", inputs).await;
    let read = json!({ "flow_run": run["id"] });
    let failed = |run: &Value| run["view"]["status"] == "failed" && run["busy"] == false;
    let run = world.until("read_flow_run", read, failed).await;
    assert!(run.to_string().contains("refused ***"), "{run:#}");
    let calls = world.get("list_calls", json!({ "app": app })).await;
    assert_eq!(calls.as_array().unwrap().len(), 3);
    assert_nowhere(&world, &[secret.to_owned()]);
}
