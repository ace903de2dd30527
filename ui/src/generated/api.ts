// Stands in until `cargo xtask bindings` writes this file.
import { invoke } from '../platform/invoke';

export type Severity = 'warning' | 'error';
export type Diagnostic = { severity: Severity; rule: string; path: string; message: string; expected?: string; nearest?: string; file?: string; line?: number; column?: number };
export type FunctionKind = 'identity' | 'build' | 'action' | 'redirect' | 'webhook';
export type Category = 'APP_CATEGORY_E_SIGNATURE' | 'APP_CATEGORY_FORM' | 'APP_CATEGORY_PAYMENT' | 'APP_CATEGORY_TIME_BOOKING' | 'APP_CATEGORY_TODO' | 'APP_CATEGORY_ID_VERIFICATION';
export type ActionType = 'APP_ACTION_TYPE_ACTION' | 'APP_ACTION_TYPE_AUTOMATION' | 'APP_ACTION_TYPE_AWAIT' | 'APP_ACTION_TYPE_TRIGGER';
export type Action = { key: string; title: string; type: ActionType };
export type FunctionConfig = { by_zip: boolean };
export type Method = 'GET' | 'POST';
export type NameValue = { name: string; value: string };
export type Request = { method: Method; url: string; queries: Array<NameValue>; headers: Array<NameValue>; body_fields: Array<NameValue> };
export type SecretValue = { secret: string } | string;
export type OAuth2 = { client_id: string; client_secret: SecretValue; authorization_request: Request; get_token_request: Request; refresh_token_request?: Request; test_token_request?: Request };
export type CustomInput = { key: string; label: string; tip?: string; required: boolean };
export type Custom = { inputs: Array<CustomInput> };
export type Authentication = { oauth2?: OAuth2; oauth1?: unknown; custom?: Custom };
export type App = { app_id?: string; name: string; description?: string; category?: Category; actions: Array<Action>; authentication: Authentication; identity_function?: FunctionConfig; build_function?: FunctionConfig; action_function?: FunctionConfig; redirect_function?: FunctionConfig; webhook_function?: FunctionConfig };
export type Nothing = Record<string, never>;
export type RecentState = 'ok' | 'missing' | 'needs_repair';
export type RecentApp = { id: string; name: string; path: string; last_opened_at: number; state: RecentState; logo?: string };
export type SampleApp = { name: string; title: string; description: string; logo?: string };
export type StartScreen = { recent: Array<RecentApp>; samples: Array<SampleApp>; new_app_folder: string; version: string };
export type AppRef = { app: string };
export type AppView = { id: string; path: string; definition?: App; definition_version: string; problem?: Diagnostic; definition_text?: string; logo?: string; answers: Array<string>; redirect_uri: string; notices: Array<string> };
export type SaveResult = { kind: 'saved'; version: string } | { kind: 'conflict'; current_version: string; current_text: string };
export type SecretState = { name: string; present: boolean };
export type PickedFolder = { path?: string };
export type CredentialView = { id: string; unique_id: string; display_id: string; kind: string; expires_at?: number; needs_reconnect: boolean; created_at: number; updated_at: number; last_used_at?: number };
export type ServerView = { id: string; name: string; url: string; local: boolean; running: boolean; has_token: boolean };
export type PublishChange = 'create' | 'update' | 'unchanged' | 'delete';
export type PublishStep = { what: string; change: PublishChange; detail: string };
export type PublishPlan = { app_id?: string; steps: Array<PublishStep>; blockers: Array<Diagnostic> };
export type Published = { app_id: string; steps: Array<PublishStep>; version_id?: string; version_status?: string };
export type Theme = 'system' | 'light' | 'dark';
export type Limits = { time_ms: number; memory_bytes: number; stack_bytes: number; timers: number; requests: number; output_bytes: number; log_bytes: number };
export type Settings = { theme: Theme; limits: Limits };
export type SettingsView = { settings: Settings; version: string; data_folder: string; secrets_place: string; secrets_reason: string; callback_base: string; services_url?: string };
export type Event =
  | { kind: 'app_changed'; app: string; paths: Array<string> }
  | { kind: 'flow_run_changed'; flow_run: string; app: string }
  | { kind: 'authorization_changed'; authorization: string }
  | { kind: 'credentials_changed'; app: string }
  | { kind: 'inbox_changed'; app: string }
  | { kind: 'servers_changed' }
  | { kind: 'notice'; text: string; failed: boolean };

export const commands = {
  startScreen: () => invoke<StartScreen>('start_screen', {}),
  createApp: (request: { parent: string; name: string }) => invoke<AppView>('create_app', request),
  openApp: (request: { path: string }) => invoke<AppView>('open_app', request),
  openSample: (request: { name: string }) => invoke<AppView>('open_sample', request),
  readApp: (request: AppRef) => invoke<AppView>('read_app', request),
  forgetApp: (request: AppRef) => invoke<Nothing>('forget_app', request),
  saveDefinition: (request: { app: string; definition: App; base_version: string }) => invoke<SaveResult>('save_definition', request),
  saveDefinitionText: (request: { app: string; text: string; base_version: string }) => invoke<SaveResult>('save_definition_text', request),
  setFunctionEnabled: (request: { app: string; function: FunctionKind; enabled: boolean }) => invoke<AppView>('set_function_enabled', request),
  saveLogo: (request: { app: string; base64: string }) => invoke<Nothing>('save_logo', request),
  removeLogo: (request: AppRef) => invoke<Nothing>('remove_logo', request),
  checkApp: (request: AppRef) => invoke<Array<Diagnostic>>('check_app', request),
  pickFolder: (request: { title: string; start?: string }) => invoke<PickedFolder>('pick_folder', request),
  secretStates: (request: AppRef) => invoke<Array<SecretState>>('secret_states', request),
  setSecret: (request: { app: string; name: string; value: string }) => invoke<Nothing>('set_secret', request),
  removeSecret: (request: { app: string; name: string }) => invoke<Nothing>('remove_secret', request),
  listCredentials: (request: AppRef) => invoke<Array<CredentialView>>('list_credentials', request),
  deleteCredential: (request: { credential: string }) => invoke<Nothing>('delete_credential', request),
  testCredential: (request: { credential: string }) => invoke<Nothing>('test_credential', request),
  refreshCredential: (request: { credential: string }) => invoke<CredentialView>('refresh_credential', request),
  listServers: () => invoke<Array<ServerView>>('list_servers', {}),
  saveServer: (request: { id?: string; name: string; url: string; token?: string }) => invoke<ServerView>('save_server', request),
  removeServer: (request: { server: string }) => invoke<Nothing>('remove_server', request),
  startLocalServer: () => invoke<ServerView>('start_local_server', {}),
  stopLocalServer: () => invoke<ServerView>('stop_local_server', {}),
  planPublish: (request: { app: string; server: string }) => invoke<PublishPlan>('plan_publish', request),
  publish: (request: { app: string; server: string; version_label?: string }) => invoke<Published>('publish', request),
  readSettings: () => invoke<SettingsView>('read_settings', {}),
  saveSettings: (request: Settings) => invoke<SettingsView>('save_settings', request),
  setServices: (request: { on: boolean }) => invoke<SettingsView>('set_services', request),
} as const;
