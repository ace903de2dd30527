// Written by `cargo xtask bindings` from the api crate. Do not edit.
import { invoke } from '../platform/invoke';

/**
 * One thing the app offers.
 */
export type Action = { 
/**
 * Unique in the app; arrives in every function as `context.action_key`.
 */
key: string, 
/**
 * What people read when they choose it.
 */
title: string, 
/**
 * What kind of process it starts.
 */
type: ActionType, };

/**
 * What kind of process an action starts (contract chapters 1 and 2).
 */
export type ActionType = "APP_ACTION_TYPE_ACTION" | "APP_ACTION_TYPE_AUTOMATION" | "APP_ACTION_TYPE_AWAIT" | "APP_ACTION_TYPE_TRIGGER";

/**
 * The parties of the seed's diagrams (contract chapter 1).
 */
export type Actor = "creator" | "assignee" | "moxo_client" | "integration_framework" | "moxo_server" | "external_service";

/**
 * A refused or failed command: what failed, where, what was expected, what to do.
 */
export type ApiError = { 
/**
 * What a caller may branch on.
 */
code: ErrorCode, 
/**
 * For a person.
 */
message: string, 
/**
 * More, line by line: the chain of causes.
 */
details?: Array<string>, };

/**
 * An app: what the framework offers to the people who add steps to a workspace (contract chapter 2).
 */
export type App = { 
/**
 * Given by the server when the app is created there; absent before the first publish.
 */
app_id?: string, 
/**
 * Shown wherever the app is; never empty in a valid app.
 */
name: string, 
/**
 * What the app is for, in a sentence or two.
 */
description?: string, 
/**
 * The shelf on which the app stands.
 */
category?: Category, 
/**
 * What the app offers, in the order shown.
 */
actions: Array<Action>, 
/**
 * How the app authenticates against its external service (contract chapter 3).
 */
authentication: Authentication, 
/**
 * Present = the function exists. Always present in a valid app.
 */
identity_function?: FunctionConfig, 
/**
 * Present = the function exists. Always present in a valid app.
 */
build_function?: FunctionConfig, 
/**
 * Present = the function exists. Always present in a valid app.
 */
action_function?: FunctionConfig, 
/**
 * Absent = redirects are switched off.
 */
redirect_function?: FunctionConfig, 
/**
 * Absent = webhooks are switched off.
 */
webhook_function?: FunctionConfig, };

/**
 * What calls of one app may use; an absent limit is the program's setting, also after that has changed.
 *
 * They belong to this machine and stand in its database. The definition, `app.json`, the archive and what is published know
 * nothing of them: how much a machine gives a call is no property of the app.
 */
export type AppLimits = { 
/**
 * Milliseconds from start to answer.
 */
time_ms?: number, 
/**
 * Bytes of script memory.
 */
memory_bytes?: number, 
/**
 * Bytes of script stack.
 */
stack_bytes?: number, 
/**
 * Timers open at once.
 */
timers?: number, 
/**
 * HTTP requests open at once.
 */
requests?: number, 
/**
 * Bytes of the return value as JSON, and of the parameters.
 */
output_bytes?: number, 
/**
 * Bytes of log text kept.
 */
log_bytes?: number, };

/**
 * An app's own limits beside the program's.
 */
export type AppLimitsView = { 
/**
 * The app's own.
 */
limits: AppLimits, 
/**
 * What holds where the app has none of its own: the settings'.
 */
program: Limits, };

/**
 * Names an app.
 */
export type AppRef = { 
/**
 * `AppView::id`.
 */
app: string, };

/**
 * An app as the window edits it.
 */
export type AppView = { 
/**
 * Names the app in every other command.
 */
id: string, 
/**
 * Absolute path of the folder.
 */
path: string, 
/**
 * app.json, when it can be read as an app.
 */
definition?: App, 
/**
 * Version of app.json on disk: the `base_version` of the next save.
 */
definition_version: string, 
/**
 * Why app.json cannot be read as an app, and where; `definition_text` then holds the file for repair.
 */
problem?: Diagnostic, 
/**
 * The whole of app.json when `problem` is set and the file is text.
 */
definition_text?: string, 
/**
 * The logo as a `data:` URL.
 */
logo?: string, 
/**
 * Names of the saved answers (`answers/NAME.json`).
 */
answers: Array<string>, 
/**
 * The OAuth redirect URL to register with the provider.
 */
redirect_uri: string, 
/**
 * What happened on opening that the author should know, in sentences.
 */
notices: Array<string>, };

/**
 * A flow template's role is filled by a person.
 */
export type AssignRole = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * The role's id.
 */
role: string, 
/**
 * Who fills it.
 */
user: User, };

/**
 * One entry of `context.assignees` (contract chapter 6).
 */
export type Assignee = { "user": User } | { "role": Role };

/**
 * How far an attachment is.
 */
export type AttachmentState = { "type": "fetching" } | { "type": "uploaded", 
/**
 * Bytes.
 */
size: number, } | { "type": "failed", 
/**
 * Why.
 */
message: string, };

/**
 * Exactly one of the three, or none of them: an app without authorization (contract chapter 3).
 */
export type Authentication = { 
/**
 * OAuth 2.0 authorization code grant (RFC 6749).
 */
oauth2?: OAuth2, 
/**
 * OAuth 1.0 (RFC 5849).
 */
oauth1?: OAuth1, 
/**
 * A form of the app's own.
 */
custom?: Custom, };

/**
 * What kind of authorization an app wants (contract chapter 3).
 */
export type AuthorizationKind = "none" | "oauth2" | "oauth1" | "custom";

/**
 * Names an attempt.
 */
export type AuthorizationRef = { 
/**
 * `AuthorizationView::id`.
 */
authorization: string, };

/**
 * How an attempt stands.
 */
export type AuthorizationStatus = "running" | "done" | "failed" | "cancelled";

/**
 * One step of an attempt.
 */
export type AuthorizationStep = { 
/**
 * What it does.
 */
title: string, 
/**
 * How it stands.
 */
state: StepState, 
/**
 * More on it: what it waits for, or why it failed.
 */
detail?: string, };

/**
 * An attempt as it stands.
 */
export type AuthorizationView = { 
/**
 * Names the attempt.
 */
id: string, 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * How it stands as a whole.
 */
status: AuthorizationStatus, 
/**
 * Its steps in order, for the list that is shown while it runs.
 */
steps: Array<AuthorizationStep>, 
/**
 * The form to fill in, while the attempt waits for it (custom authorization).
 */
custom_inputs?: Array<CustomInput>, 
/**
 * Why the form was refused, input by input; empty = it was not.
 */
input_problems?: Array<FormProblem>, 
/**
 * What the author should know although the attempt went on, each in a sentence.
 */
notices?: Array<string>, 
/**
 * `retry_identity` would call the identity function again, without authorizing again.
 */
can_retry_identity: boolean, 
/**
 * The authorization page, while the attempt waits for the browser to come back.
 */
url?: string, 
/**
 * The redirect URI of this attempt, which the provider has to know.
 */
redirect_uri: string, 
/**
 * The redirect URI does not lead to this machine: the address that the browser ends at has to be pasted.
 */
by_hand: boolean, 
/**
 * When the attempt gives up by itself.
 */
times_out_at: number, 
/**
 * The display id of the account that came instead of the one to connect again; `keep_other_account` saves it.
 */
other_account?: string, 
/**
 * The credential that came of it.
 */
credential?: CredentialView, 
/**
 * Why it failed.
 */
error?: ShownError, 
/**
 * The call of the identity function, when there was one.
 */
identity_call?: string, };

/**
 * Back to an earlier form of the build loop.
 */
export type BackToForm = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * Index of the form, from 0.
 */
form: number, };

/**
 * A body as kept: at most 256 KB of it.
 */
export type Body = { 
/**
 * Bytes of the whole body.
 */
size_bytes: number, 
/**
 * The kept part, when it is UTF-8 text.
 */
text?: string, 
/**
 * The kept part as base64, when it is not text.
 */
base64?: string, 
/**
 * Only the beginning was kept.
 */
cut: boolean, };

/**
 * A button of a step.
 */
export type ButtonView = { 
/**
 * Its words.
 */
title: string, 
/**
 * `default` or `branding`.
 */
style: string, 
/**
 * What Action gets as `input`.
 */
input: Record<string, unknown>, };

/**
 * Runs one function by itself: the test-run.
 */
export type CallFunction = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * Which function.
 */
function: FunctionKind, 
/**
 * What `handler` gets; `credential` and `identity` are added when `credential` names one.
 */
parameters: Record<string, unknown>, 
/**
 * `CredentialView::id`.
 */
credential?: string, };

/**
 * Names a call.
 */
export type CallRef = { 
/**
 * `CallView::id`.
 */
call: string, };

/**
 * What a call leaves behind.
 */
export type CallReport = { 
/**
 * How it ended.
 */
outcome: Outcome, 
/**
 * What the function wrote to its console, in order.
 */
log: Array<LogLine>, 
/**
 * What the function sent and received, in the order the requests began.
 */
http: Array<HttpExchange>, 
/**
 * Where the time went.
 */
timing: Timing, 
/**
 * The most script memory in use at once, in bytes; 0 = not known (the worker died).
 */
memory_peak_bytes: number, 
/**
 * SHA-256 (hex, first 16 digits) of the code that ran: index.js and every file it loaded; empty = none was read.
 */
code_hash: string, };

/**
 * A line in the list of calls.
 */
export type CallSummary = { 
/**
 * `CallView::id`.
 */
id: string, 
/**
 * Which function.
 */
function: FunctionKind, 
/**
 * When it began.
 */
started_at: number, 
/**
 * Milliseconds it took.
 */
total_ms: number, 
/**
 * Returned a value.
 */
ok: boolean, };

/**
 * One execution of one function, with secrets masked.
 */
export type CallView = { 
/**
 * Names the call.
 */
id: string, 
/**
 * Which function.
 */
function: FunctionKind, 
/**
 * The flow run it belongs to, when it belongs to one.
 */
flow_run?: string, 
/**
 * When it began.
 */
started_at: number, 
/**
 * What `handler` got.
 */
parameters: unknown, 
/**
 * What came of it.
 */
report: CallReport, 
/**
 * Whether the return value fits the contract (chapter 11).
 */
diagnostics: Array<Diagnostic>, 
/**
 * What it could use; absent = not recorded.
 */
limits?: Limits, 
/**
 * The limit that ended it; absent = none did.
 */
met_limit?: MetLimit, };

/**
 * The shelf an app stands on (contract chapter 2).
 */
export type Category = "APP_CATEGORY_E_SIGNATURE" | "APP_CATEGORY_FORM" | "APP_CATEGORY_PAYMENT" | "APP_CATEGORY_TIME_BOOKING" | "APP_CATEGORY_TODO" | "APP_CATEGORY_ID_VERIFICATION";

/**
 * One item of the workspace's conversation.
 */
export type ChatItem = { "type": "message", 
/**
 * ms since 1970.
 */
at: number, 
/**
 * What it says.
 */
text: string, } | { "type": "attachment", 
/**
 * ms since 1970.
 */
at: number, 
/**
 * Names it in the run.
 */
id: number, 
/**
 * Its name.
 */
file_name: string, 
/**
 * Its type.
 */
mime_type: string, 
/**
 * How far it is.
 */
state: AttachmentState, } | { "type": "error", 
/**
 * ms since 1970.
 */
at: number, 
/**
 * A headline.
 */
title: string, 
/**
 * In full.
 */
description: string, } | { "type": "status", 
/**
 * ms since 1970.
 */
at: number, 
/**
 * From 0.
 */
step: number, 
/**
 * How.
 */
status: EndStatus, 
/**
 * `output.message` of an automation.
 */
message?: string, };

/**
 * Goes on with an account that is there already.
 */
export type ChooseCredential = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * `CredentialView::id`.
 */
credential: string, };

/**
 * The Assignee clicks a button.
 */
export type ClickButton = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * Index of the step, from 0.
 */
step: number, 
/**
 * Index of the button in the step, from 0.
 */
button: number, };

/**
 * How a client proves who it is (RFC 6749, section 2.3).
 */
export type ClientAuthentication = "basic" | "body" | "query" | "signature";

/**
 * What is compared of a call.
 */
export type ComparedPart = "output" | "failure" | "log" | "requests";

/**
 * Both runs, side by side, with secrets masked.
 */
export type Comparison = { 
/**
 * The run in the bundled runtime, kept like any other call.
 */
call: CallView, 
/**
 * What the run on Node left behind; its HTTP answers are the recorded ones.
 */
node: CallReport, 
/**
 * As Node names itself, such as `v20.20.2`.
 */
node_version: string, 
/**
 * Where the two differ; empty = nowhere that is compared.
 */
differences: Array<Difference>, 
/**
 * What should be known when reading the differences.
 */
notes: Array<string>, };

/**
 * Creates the folder `parent/<name as a folder name>` with a working app in it.
 */
export type CreateApp = { 
/**
 * Absolute path of an existing folder.
 */
parent: string, 
/**
 * The app's name.
 */
name: string, };

/**
 * What the Creator says when adding the step (contract chapter 6, `context`).
 */
export type CreatorContext = { 
/**
 * The step's title; for actions of type ACTION.
 */
title?: string, 
/**
 * The step's description.
 */
description?: string, 
/**
 * Who the step is for: `{user: {id, name, email?, phone_number?}}` or `{role: {id}}`.
 */
assignees?: Array<Assignee>, };

/**
 * Names a credential.
 */
export type CredentialRef = { 
/**
 * `CredentialView::id`.
 */
credential: string, };

/**
 * Whether a credential works against its service.
 */
export type CredentialTest = { 
/**
 * The provider's answer was a 2xx.
 */
ok: boolean, 
/**
 * What it answered, in a sentence.
 */
detail: string, };

/**
 * A flow run that cannot go on without a credential.
 */
export type CredentialUse = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * The action's title when the run began.
 */
action_title: string, 
/**
 * `build` or `run`.
 */
stage: string, 
/**
 * When it began.
 */
created_at: number, };

/**
 * A saved credential. Its values never leave the secret store by this way.
 */
export type CredentialView = { 
/**
 * Names the credential in other commands.
 */
id: string, 
/**
 * What the identity function returned as `unique_id`.
 */
unique_id: string, 
/**
 * What the Creator sees in the list of accounts.
 */
display_id: string, 
/**
 * What the author calls it; absent = by its display id.
 */
name?: string, 
/**
 * `oauth2`, `oauth1` or `custom`.
 */
kind: string, 
/**
 * When the access token expires, when that is known.
 */
expires_at?: number, 
/**
 * The provider refused to refresh it: authorize again.
 */
needs_reconnect: boolean, 
/**
 * Why the last refresh failed, in the provider's words; absent = it did not.
 */
problem?: string, 
/**
 * When it was first saved.
 */
created_at: number, 
/**
 * When its values last changed.
 */
updated_at: number, 
/**
 * When a call last used it.
 */
last_used_at?: number, };

/**
 * Authorization by a form of the app's own.
 */
export type Custom = { 
/**
 * What the Creator is asked for, in the order shown.
 */
inputs: Array<CustomInput>, };

/**
 * One line of a custom authorization form.
 */
export type CustomInput = { 
/**
 * The name under which functions find the value: `credential.custom.KEY`.
 */
key: string, 
/**
 * What the Creator reads.
 */
label: string, 
/**
 * Help shown beside the input.
 */
tip?: string, 
/**
 * Must be filled in; the default.
 */
required: boolean, };

/**
 * Asks for a new authentication of a kind (contract chapter 3's defaults).
 */
export type DefaultAuthentication = { 
/**
 * Which kind.
 */
kind: AuthorizationKind, };

/**
 * One finding: the rule, the place, what was expected.
 */
export type Diagnostic = { 
/**
 * How bad it is.
 */
severity: Severity, 
/**
 * Stable name of the rule, such as `form.key.duplicate`.
 */
rule: string, 
/**
 * Where, as a path into the value: `output.form[2].props.options[0].value`, `actions[1].key`; empty = the whole.
 */
path: string, 
/**
 * What is wrong, in a sentence.
 */
message: string, 
/**
 * What was expected there.
 */
expected?: string, 
/**
 * The known name that was probably meant.
 */
nearest?: string, 
/**
 * The file it stands in, relative to the app's folder (`app.json`, `functions/build/index.js`), when it is one.
 */
file?: string, 
/**
 * Line in `file`, from 1.
 */
line?: number, 
/**
 * Column in `line`, from 1.
 */
column?: number, };

/**
 * What a diagram's file holds.
 */
export type DiagramContent = { "kind": "mermaid" } & ExportMermaid | { "kind": "svg", 
/**
 * The whole document.
 */
text: string, } | { "kind": "png", 
/**
 * The whole file.
 */
base64: string, };

/**
 * One difference between the bundled runtime and Node.
 */
export type Difference = { 
/**
 * In what.
 */
part: ComparedPart, 
/**
 * Where in it: a JSON pointer (RFC 6901), a line of the log, a request and what of it.
 */
place: string, 
/**
 * In the bundled runtime; absent = not there.
 */
here?: string, 
/**
 * On Node; absent = not there.
 */
node?: string, };

/**
 * How a step, and a run, ends.
 */
export type EndStatus = "completed" | "cancelled";

/**
 * Names an entry of the history.
 */
export type EntryRef = { 
/**
 * `HistoryRow::id`.
 */
entry: string, };

/**
 * The codes that a caller branches on; everything else is `Failed`.
 */
export type ErrorCode = "not_found" | "invalid" | "needs_repair" | "refused" | "secret_missing" | "tampered" | "vault_closed" | "failed";

/**
 * Something changed; the window reads again what it shows.
 */
export type Event = { "kind": "app_changed", 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * The files, relative to the app's folder.
 */
paths: Array<string>, } | { "kind": "flow_run_changed", 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * `AppView::id`.
 */
app: string, } | { "kind": "authorization_changed", 
/**
 * `AuthorizationView::id`.
 */
authorization: string, } | { "kind": "credentials_changed", 
/**
 * `AppView::id`.
 */
app: string, } | { "kind": "inbox_changed", 
/**
 * `AppView::id`.
 */
app: string, } | { "kind": "servers_changed" } | { "kind": "vault_changed" } | { "kind": "publish_progress", 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * `PublishStep::what`.
 */
what: string, 
/**
 * Finished; otherwise begun.
 */
done: boolean, } | { "kind": "notice", 
/**
 * In sentences.
 */
text: string, 
/**
 * Whether it is about a failure.
 */
failed: boolean, };

/**
 * What came back.
 */
export type ExchangeAnswer = { 
/**
 * 200, 400 …
 */
status: number, 
/**
 * In the order received.
 */
headers: Array<ExchangeHeader>, 
/**
 * Decoded; as far as it came.
 */
body: Array<ExchangePart>, 
/**
 * Its length in bytes once decompressed.
 */
body_bytes: number, 
/**
 * From sending to the last header, in ms.
 */
after_ms: number, };

/**
 * A header, with the note whether the author wrote it.
 */
export type ExchangeHeader = { 
/**
 * As sent.
 */
name: string, 
/**
 * As sent.
 */
value: Array<ExchangePart>, 
/**
 * It does not stand in app.json: every HTTP client adds it.
 */
added: boolean, };

/**
 * A piece of a text.
 */
export type ExchangePart = { "kind": "text", 
/**
 * As it is.
 */
text: string, } | { "kind": "hidden", 
/**
 * Its number in the exchange.
 */
value: number, 
/**
 * What it is, as far as its place says: `client_secret`, `Authorization` …
 */
name: string, 
/**
 * How long it is.
 */
characters: number, };

/**
 * What an exchange was for.
 */
export type ExchangePurpose = "request_token" | "token" | "refresh" | "test";

/**
 * One request of contract chapter 3 with its answer. Values that open doors are hidden; each can be asked for by its number.
 */
export type ExchangeView = { 
/**
 * Names the exchange.
 */
id: string, 
/**
 * What it was for.
 */
purpose: ExchangePurpose, 
/**
 * When it began.
 */
started_at: number, 
/**
 * GET or POST.
 */
method: string, 
/**
 * With all parameters.
 */
url: Array<ExchangePart>, 
/**
 * As sent.
 */
headers: Array<ExchangeHeader>, 
/**
 * As sent; empty = none.
 */
body: Array<ExchangePart>, 
/**
 * What came back; absent = nothing did.
 */
answer?: ExchangeAnswer, 
/**
 * Why nothing, or not all, came back.
 */
failure?: string, 
/**
 * From sending to the end, in ms.
 */
took_ms: number, 
/**
 * What was taken from the answer.
 */
extracted: Array<ExtractedField>, 
/**
 * The answer's fields that were not taken.
 */
ignored: Array<string>, };

/**
 * Names whose exchanges are meant.
 */
export type ExchangesOf = { 
/**
 * `AuthorizationView::id` or `CredentialView::id`.
 */
owner: string, };

/**
 * Asks for a flow run in the seed's own notation.
 */
export type ExportMermaid = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * With what functions do over HTTP, request by request; the seed's diagrams leave it out.
 */
requests: boolean, };

/**
 * A field that was taken from an answer.
 */
export type ExtractedField = { 
/**
 * `access_token`, `expires_in` …
 */
name: string, 
/**
 * What was made of it.
 */
value: Array<ExchangePart>, };

/**
 * Why a call failed, and where in the author's code.
 */
export type Failure = { 
/**
 * What went wrong.
 */
reason: FailureReason, 
/**
 * One sentence or the error's own `Name: message`.
 */
message: string, 
/**
 * Stack in Node's format, the author's frames first; empty when there is none.
 */
stack: string, 
/**
 * The author's file, such as `functions/build/index.js`.
 */
file?: string, 
/**
 * Line in `file`, from 1.
 */
line?: number, 
/**
 * Column in `line`, from 1.
 */
column?: number, };

/**
 * What went wrong in a call.
 */
export type FailureReason = "missing" | "syntax" | "handler" | "thrown" | "unserializable" | "timed_out" | "never_settled" | "out_of_memory" | "stack_overflow" | "too_large" | "worker_died" | "cancelled";

/**
 * Looks for flow runs, and for calls that were made outside of one. All of what is given has to fit.
 */
export type FindHistory = { 
/**
 * `AppView::id`; absent = any app.
 */
app?: string, 
/**
 * Runs, or calls by themselves; absent = both.
 */
kind?: HistoryKind, 
/**
 * Part of any text that went in or out or was logged, of the name, title, key, id or account, or of an error, whatever
 * the case; empty = any.
 */
text: string, 
/**
 * `text` is looked for in errors alone.
 */
in_errors: boolean, 
/**
 * `Action::key`; absent = any.
 */
action_key?: string, 
/**
 * A function that was called; absent = any.
 */
function?: FunctionKind, 
/**
 * running, waiting, completed, cancelled or failed; absent = any.
 */
status?: string, 
/**
 * It began at this time or later.
 */
from?: number, 
/**
 * It began before this time.
 */
to?: number, 
/**
 * The place (`HistoryRow::seq`) of the last entry of the page before; absent = the first page.
 */
before?: number, };

/**
 * Names a flow run.
 */
export type FlowRunRef = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, };

/**
 * A line in the list of flow runs.
 */
export type FlowRunSummary = { 
/**
 * `FlowRunView::id`.
 */
id: string, 
/**
 * `Action::key`.
 */
action_key: string, 
/**
 * `Action::title`.
 */
action_title: string, 
/**
 * Kept, however old it gets.
 */
pinned: boolean, 
/**
 * running, waiting, completed, cancelled or failed.
 */
status: string, 
/**
 * authorization, build or run.
 */
stage: string, 
/**
 * The account in use.
 */
display_id?: string, 
/**
 * When it began.
 */
created_at: number, 
/**
 * When it last moved on.
 */
updated_at: number, 
/**
 * When it ended and nothing was owed to it any more; absent = it is still alive.
 */
ended_at?: number, };

/**
 * One life of a step, build to end.
 */
export type FlowRunView = { 
/**
 * Names the flow run.
 */
id: string, 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * `Action::key`.
 */
action_key: string, 
/**
 * `Action::title`.
 */
action_title: string, 
/**
 * What kind of process it is.
 */
action_type: ActionType, 
/**
 * The account in use.
 */
credential?: CredentialView, 
/**
 * The state machine's own view: stage, form, step card, chat, what it waits for.
 */
view: RunView, 
/**
 * The timeline, in order; of `read_flow_run`, from the message after `after` on.
 */
messages: Array<Message>, 
/**
 * A call or a request is under way.
 */
busy: boolean, 
/**
 * What went wrong last outside the functions (a lost worker, a refused refresh), until the next step.
 */
error?: ShownError, 
/**
 * The URL that redirects of this app and identity come back to.
 */
redirect_url: string, 
/**
 * The URL that webhooks of this app and identity come in on.
 */
webhook_url: string, 
/**
 * When it began.
 */
created_at: number, 
/**
 * When it last moved on.
 */
updated_at: number, };

/**
 * What is wrong with a form's values, beside the run as it stands.
 */
export type FormAnswer = { 
/**
 * The flow run after the form went in, or as it was when the form was refused.
 */
run: FlowRunView, 
/**
 * Why the form was refused, input by input; empty = it went in.
 */
problems: Array<FormProblem>, };

/**
 * What is wrong with one input's value (contract chapter 7).
 */
export type FormProblem = { 
/**
 * The input's key.
 */
key: string, 
/**
 * In a sentence.
 */
message: string, };

/**
 * A form that Build (or Action) asks to be filled.
 */
export type FormView = { 
/**
 * Which form of the loop, from 0; as many earlier ones can be reopened.
 */
index: number, 
/**
 * `output.form` as returned (contract chapter 7).
 */
inputs: unknown[], 
/**
 * The client may show its last button as "done".
 */
no_more_forms: boolean, 
/**
 * What was entered before for the keys of this form; survives going back and calling again.
 */
values: Record<string, unknown>, 
/**
 * Sent; the function is at it.
 */
submitted: boolean, 
/**
 * Why parts of it cannot be drawn.
 */
problems: Array<string>, };

/**
 * How a function is configured.
 */
export type FunctionConfig = { 
/**
 * `true` = a package with its own package.json and node_modules; `false` = one index.js edited in place.
 */
by_zip: boolean, };

/**
 * Which of an app's five functions.
 */
export type FunctionKind = "identity" | "build" | "action" | "redirect" | "webhook";

/**
 * Names a function of an app.
 */
export type FunctionRef = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * Which of the five.
 */
function: FunctionKind, };

/**
 * A function's index.js.
 */
export type FunctionSource = { 
/**
 * Which of the five.
 */
function: FunctionKind, 
/**
 * Such as `functions/build/index.js`.
 */
path_in_app: string, 
/**
 * The file.
 */
code: string, 
/**
 * Version on disk: the `base_version` of the next save.
 */
version: string, };

/**
 * How long the list is that a search has, and where its pages begin.
 */
export type HistoryExtent = { 
/**
 * Entries that fit.
 */
total: number, 
/**
 * What to give as `before` for the second page, the third, and so on.
 */
marks: Array<number>, };

/**
 * What an entry of the history is.
 */
export type HistoryKind = "flow_run" | "call";

/**
 * A page of the history, newest first.
 */
export type HistoryPage = { 
/**
 * At most 100 entries.
 */
entries: Array<HistoryRow>, 
/**
 * There are older ones: ask with `before` = the place of the last one here.
 */
more: boolean, 
/**
 * Entries from an older version that no search for text finds yet; they are made ready in the background.
 */
not_searchable: number, };

/**
 * An entry of the history.
 */
export type HistoryRow = { 
/**
 * Its place: grows with each run or call that begins.
 */
seq: number, 
/**
 * What it is.
 */
kind: HistoryKind, 
/**
 * The id of the flow run or the call.
 */
id: string, 
/**
 * The app.
 */
app_id: string, 
/**
 * The name the author gave it; empty = none.
 */
name: string, 
/**
 * The action's key; empty for a call.
 */
action_key: string, 
/**
 * The action's title when the run began; empty for a call.
 */
action_title: string, 
/**
 * The functions that were called, in the order they were first.
 */
functions: Array<string>, 
/**
 * The account's identity.
 */
unique_id?: string, 
/**
 * The account's display id, while it is connected.
 */
display_id?: string, 
/**
 * The state machine's word for how it stands; of a call, completed or failed.
 */
status: string, 
/**
 * What went wrong last, in one line; empty = nothing.
 */
error: string, 
/**
 * Kept, however old it gets.
 */
pinned: boolean, 
/**
 * Milliseconds since 1970.
 */
begun_at: number, 
/**
 * When it last moved on, in milliseconds since 1970.
 */
updated_at: number, 
/**
 * When it ended, in milliseconds since 1970; absent = it is still alive.
 */
ended_at?: number, };

/**
 * One HTTP request of a function with its answer.
 */
export type HttpExchange = { 
/**
 * Milliseconds since the call began.
 */
at_ms: number, 
/**
 * As sent.
 */
method: string, 
/**
 * As sent, after redirects: the first one's.
 */
url: string, 
/**
 * As sent, in order.
 */
request_headers: Array<[string, string]>, 
/**
 * As sent.
 */
request_body: Body, 
/**
 * Status code; absent = no answer came.
 */
status?: number, 
/**
 * As received, in order.
 */
response_headers: Array<[string, string]>, 
/**
 * As received, decoded.
 */
response_body: Body, 
/**
 * Milliseconds until the whole answer was there, or until it failed.
 */
duration_ms: number, 
/**
 * Why no answer came (DNS, connection refused, TLS, time-out), in words.
 */
error?: string, };

/**
 * An account.
 */
export type Identity = { 
/**
 * The key of the saved credential.
 */
unique_id: string, 
/**
 * What the Creator sees.
 */
display_id: string, };

/**
 * Puts a zip in the place of a function: index.js at its root, at most 50 MB (contract chapter 4).
 */
export type ImportFunctionZip = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * Which function.
 */
function: FunctionKind, 
/**
 * The file as base64.
 */
base64: string, };

/**
 * A function that a zip was put in the place of.
 */
export type ImportedFunction = { 
/**
 * The app with it.
 */
app: AppView, 
/**
 * How many files it has.
 */
files: number, 
/**
 * Where what stood there before is kept, as a zip; absent = nothing stood there.
 */
kept?: string, };

/**
 * A callback as received.
 */
export type InboxEntry = { 
/**
 * Names the callback.
 */
id: string, 
/**
 * `redirect` or `webhook`.
 */
source: string, 
/**
 * HTTP method.
 */
method: string, 
/**
 * Path and query, without the unguessable parts.
 */
path: string, 
/**
 * Content-Type of the request, when it had one.
 */
content_type?: string, 
/**
 * The body when it is text, with secrets masked.
 */
body_text?: string, 
/**
 * Bytes of the body.
 */
body_bytes: number, 
/**
 * When it arrived.
 */
received_at: number, 
/**
 * received, running, decided, ignored or failed.
 */
state: string, 
/**
 * The flow run it decided.
 */
flow_run?: string, 
/**
 * The call that handled it.
 */
call?: string, 
/**
 * Why it decided nothing, in a sentence.
 */
note?: string, };

/**
 * How much of the past is kept. Numbers count for each app, the newest stay.
 */
export type Keep = { 
/**
 * Days after which an ended flow run, a call, a handled callback or an uploaded file goes.
 */
days: number, 
/**
 * Ended flow runs.
 */
flow_runs: number, 
/**
 * Calls that belong to no flow run; those of a run go with it.
 */
calls: number, 
/**
 * Handled callbacks.
 */
callbacks: number, 
/**
 * Megabytes of uploaded files, of all apps together.
 */
files_mb: number, };

/**
 * What each limit can be set to, in its own unit.
 */
export type LimitBounds = { time_ms: LimitRange, memory_bytes: LimitRange, stack_bytes: LimitRange, timers: LimitRange, requests: LimitRange, output_bytes: LimitRange, log_bytes: LimitRange, };

/**
 * A limit that ends a call, called as in `Limits`.
 */
export type LimitName = "time_ms" | "memory_bytes" | "stack_bytes" | "output_bytes";

/**
 * From where to where, both ends included.
 */
export type LimitRange = { least: number, most: number, };

/**
 * What a call may use at most.
 */
export type Limits = { 
/**
 * Milliseconds from start to answer.
 */
time_ms: number, 
/**
 * Bytes of script memory.
 */
memory_bytes: number, 
/**
 * Bytes of script stack.
 */
stack_bytes: number, 
/**
 * Timers open at once.
 */
timers: number, 
/**
 * HTTP requests open at once.
 */
requests: number, 
/**
 * Bytes of the return value as JSON; the same bound holds for the parameters.
 */
output_bytes: number, 
/**
 * Bytes of log text kept; what comes after is counted, not kept.
 */
log_bytes: number, };

/**
 * Lists calls, the latest first.
 */
export type ListCalls = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * Only those of one function.
 */
function?: FunctionKind, };

/**
 * Level of a log line.
 */
export type LogLevel = "debug" | "log" | "info" | "warn" | "error" | "note";

/**
 * One line of a function's log.
 */
export type LogLine = { 
/**
 * Milliseconds since the call began.
 */
at_ms: number, 
/**
 * The console method's level.
 */
level: LogLevel, 
/**
 * The text as Node would print it.
 */
text: string, 
/**
 * The author's file, when known.
 */
file?: string, 
/**
 * Line in `file`, from 1.
 */
line?: number, 
/**
 * Column in `line`, from 1.
 */
column?: number, };

/**
 * A flow run in the seed's own notation.
 */
export type MermaidText = { 
/**
 * A Mermaid sequence diagram.
 */
text: string, };

/**
 * One message of a timeline.
 *
 * Payloads never hold credentials: what is recorded of a request is its template, of a header its name, of a token what kind
 * it is.
 */
export type Message = { 
/**
 * When, ms since 1970. A call's messages are recorded when it returns, so that those of calls that ran at once are not
 * recorded in the order of their times: [`in_order`].
 */
at: number, 
/**
 * Which part of the step's life.
 */
stage: Stage, 
/**
 * Who speaks.
 */
from: Actor, 
/**
 * Who is spoken to.
 */
to: Actor, 
/**
 * Which arrow.
 */
kind: MessageKind, 
/**
 * The seed's words, where the seed's diagrams have the message.
 */
label: string, 
/**
 * What was said, masked; `null` = nothing worth showing.
 */
payload: unknown, 
/**
 * The function call it tells of.
 */
call?: string, 
/**
 * It is this call itself: the framework invokes the function.
 */
function?: FunctionKind, 
/**
 * What a function does over HTTP: the seed's diagrams leave it out, except for the registration of a webhook.
 */
detail?: boolean, 
/**
 * Something went wrong here.
 */
failed: boolean, };

/**
 * The arrow of a message.
 */
export type MessageKind = "request" | "reply" | "line" | "note";

/**
 * The limit that ended a call.
 */
export type MetLimit = { 
/**
 * Which.
 */
limit: LimitName, 
/**
 * What it was for this call, in its own unit.
 */
value: number, 
/**
 * Where it is changed, in a sentence.
 */
change: string, };

/**
 * The two methods of chapter 3's requests.
 */
export type Method = "GET" | "POST";

/**
 * Where the key of the secret store shall be.
 */
export type MoveVault = { 
/**
 * In the keychain; otherwise in a file.
 */
to_keychain: boolean, };

/**
 * A name with a value; both as text.
 */
export type NameValue = { name: string, value: string, };

/**
 * A new authentication, and the test request that can be added to it.
 */
export type NewAuthentication = { 
/**
 * What goes into app.json.
 */
authentication: Authentication, 
/**
 * A test request of this kind, its URL left to the author; absent = this kind has none.
 */
test_token_request?: Request, };

/**
 * A request or an answer without content.
 */
export type Nothing = Record<symbol, never>;

/**
 * OAuth 1.0 as up to four templated requests (contract chapter 3; RFC 5849).
 *
 * A file may lack any field: it is read with what it has, and what is missing is a finding.
 */
export type OAuth1 = { 
/**
 * The client identifier that the provider gave out (RFC 5849 calls it client credentials).
 */
consumer_key: string, 
/**
 * The shared secret; on disk only its name stands.
 */
consumer_secret: SecretValue, 
/**
 * How requests are signed.
 */
signature_method: SignatureMethod, 
/**
 * Gets the request token (temporary credentials, RFC 5849, section 2.1).
 */
request_token_request: Request, 
/**
 * The page that the browser is sent to (section 2.2).
 */
authorization_request: Request, 
/**
 * Exchanges the request token and the verifier for a token (section 2.3).
 */
get_token_request: Request, 
/**
 * Proves that a token works: any 2xx answer.
 */
test_token_request?: Request, };

/**
 * OAuth 2.0 as four templated requests (contract chapter 3).
 */
export type OAuth2 = { 
/**
 * The client identifier that the provider gave out.
 */
client_id: string, 
/**
 * The client secret; on disk only its name stands.
 */
client_secret: SecretValue, 
/**
 * The page that the browser is sent to.
 */
authorization_request: Request, 
/**
 * Exchanges the code for a token.
 */
get_token_request: Request, 
/**
 * Exchanges the refresh token for a new token.
 */
refresh_token_request?: Request, 
/**
 * Proves that a token works: any 2xx answer.
 */
test_token_request?: Request, };

/**
 * Opens the app in a folder.
 */
export type OpenApp = { 
/**
 * Absolute path of the folder.
 */
path: string, };

/**
 * Opens a copy of a sample app; the copy made before, when there is one.
 */
export type OpenSample = { 
/**
 * `SampleApp::name`.
 */
name: string, };

/**
 * How a page is shown (contract chapter 8).
 */
export type OpenType = "redirect" | "webview";

/**
 * The client opens the page of an `open_url` event.
 */
export type OpenUrl = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * Index of the step, from 0.
 */
step: number, 
/**
 * `true` = in the system browser; `false` = the caller shows it in a webview of its own.
 */
in_browser: boolean, };

/**
 * How a call ended.
 */
export type Outcome = { "kind": "returned", 
/**
 * The value, as JSON; `undefined` arrives as a failure instead.
 */
value: unknown, } | { "kind": "failed", 
/**
 * Why, and where.
 */
failure: Failure, };

/**
 * The address that the provider sent the browser to, pasted by hand when the browser could not reach it.
 */
export type PasteRedirect = { 
/**
 * `AuthorizationView::id`.
 */
authorization: string, 
/**
 * The whole address; it carries the code.
 */
url: string, };

/**
 * A page to open.
 */
export type PendingUrl = { 
/**
 * The page.
 */
url: string, 
/**
 * How.
 */
open_type: OpenType, 
/**
 * Opened at least once.
 */
opened: boolean, };

/**
 * Asks for a folder with the system's own dialog.
 */
export type PickFolder = { 
/**
 * What the dialog says.
 */
title: string, 
/**
 * Where it starts.
 */
start?: string, };

/**
 * The folder chosen.
 */
export type PickedFolder = { 
/**
 * Absolute path; absent = the dialog was closed.
 */
path?: string, };

/**
 * Keeps an entry of the history however old it gets, or no longer.
 */
export type PinEntry = { 
/**
 * `HistoryRow::id`.
 */
entry: string, 
/**
 * Whether it is kept.
 */
pinned: boolean, };

/**
 * A word such as `YOUR_DOMAIN` in a preset.
 */
export type Placeholder = { 
/**
 * As it stands there.
 */
word: string, 
/**
 * What to put in its place.
 */
text: string, };

/**
 * A provider, with a whole `authentication` for it that lacks only the author's own client.
 */
export type Preset = { 
/**
 * Names it, such as `google`.
 */
name: string, 
/**
 * What people know it by.
 */
title: string, 
/**
 * The provider's own page about its OAuth.
 */
documentation: string, 
/**
 * The day on which the preset was last compared with at least two public sources, such as the provider's pages and well-kept
 * clients of its OAuth: `2026-11-24`; absent = not yet since
 * it was written.
 */
checked?: string, 
/**
 * The scopes that are asked for, to be changed to what the app needs.
 */
scopes: Array<string>, 
/**
 * What stands between them.
 */
scope_separator: string, 
/**
 * How the token request proves which client it is.
 */
client: ClientAuthentication, 
/**
 * Whether the code is protected by PKCE (RFC 7636).
 */
pkce: boolean, 
/**
 * What is to be replaced by something of the author's own.
 */
placeholders: Array<Placeholder>, 
/**
 * What is particular to the provider, in sentences.
 */
notes: Array<string>, 
/**
 * What goes into app.json.
 */
authentication: Authentication, };

/**
 * Names one of the presets.
 */
export type PresetRef = { 
/**
 * `Preset::name`.
 */
preset: string, };

/**
 * Asks how a request will look.
 */
export type PreviewRequest = { 
/**
 * As it is being edited; need not be saved.
 */
authentication: Authentication, 
/**
 * Which of its requests.
 */
request: RequestKind, 
/**
 * `AppView::redirect_uri`, or the external address that stands for it; absent = that of this program.
 */
redirect_uri?: string, };

/**
 * A rendered request.
 */
export type PreviewedRequest = { 
/**
 * GET or POST.
 */
method: Method, 
/**
 * With all its parameters.
 */
url: string, 
/**
 * `Content-Type` included when there is a body. What base64 holds is shown as `Basic base64(my-app:***)`.
 */
headers: Array<NameValue>, 
/**
 * As it is encoded.
 */
body?: string, 
/**
 * OAuth1: the signature base string, which is what the signature covers (RFC 5849, section 3.4.1).
 */
signature_base_string?: string, };

/**
 * Something that went wrong.
 */
export type Problem = { 
/**
 * When, ms since 1970.
 */
at: number, 
/**
 * What it is.
 */
kind: ProblemKind, 
/**
 * Which function.
 */
function: FunctionKind, 
/**
 * A headline.
 */
title: string, 
/**
 * What happened and what to do.
 */
description: string, 
/**
 * The stack, when the function threw.
 */
stack?: string, 
/**
 * The call.
 */
call?: string, 
/**
 * The framework would show it to the Creator or Assignee; `false` = only the author sees it.
 */
shown_to_user: boolean, };

/**
 * What kind of thing went wrong.
 */
export type ProblemKind = "error" | "failure" | "refresh";

/**
 * Publishes an app.
 */
export type Publish = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * `ServerView::id`.
 */
server: string, 
/**
 * Also request a version under this label: the review that ends in deployment.
 */
version_label?: string, };

/**
 * What becomes of a part.
 */
export type PublishChange = "create" | "update" | "unchanged" | "delete";

/**
 * What publishing would do.
 */
export type PublishPlan = { 
/**
 * The app's id on the server; absent = it will be created.
 */
app_id?: string, 
/**
 * One line a part of the app.
 */
steps: Array<PublishStep>, 
/**
 * Findings that the server would refuse, from the app's own check.
 */
blockers: Array<Diagnostic>, };

/**
 * One part of the app and what becomes of it.
 */
export type PublishStep = { 
/**
 * Such as `app`, `logo`, `authentication`, `functions/build`.
 */
what: string, 
/**
 * What becomes of it.
 */
change: PublishChange, 
/**
 * More on it, in a few words.
 */
detail: string, };

/**
 * An app and the server it goes to.
 */
export type PublishTarget = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * `ServerView::id`.
 */
server: string, };

/**
 * What publishing did.
 */
export type Published = { 
/**
 * The app's id on the server.
 */
app_id: string, 
/**
 * What was done.
 */
steps: Array<PublishStep>, 
/**
 * The version requested.
 */
version_id?: string, 
/**
 * Its status, such as `APP_VERSION_STATUS_INITIAL`.
 */
version_status?: string, };

/**
 * Reads a flow run.
 */
export type ReadFlowRun = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * How many messages of the timeline the caller has already: the answer holds those after them. A timeline only grows.
 */
after?: number, };

/**
 * An app that was opened before.
 */
export type RecentApp = { 
/**
 * Names the app in every other command.
 */
id: string, 
/**
 * From app.json, or the folder's name when that cannot be read.
 */
name: string, 
/**
 * Absolute path of the folder.
 */
path: string, 
/**
 * When it was last opened.
 */
last_opened_at: number, 
/**
 * Whether it can be opened now.
 */
state: RecentState, 
/**
 * The logo as a `data:` URL.
 */
logo?: string, };

/**
 * Whether a recent app can be opened.
 */
export type RecentState = "ok" | "missing" | "needs_repair";

/**
 * Where providers send the browser back to.
 */
export type RedirectSettings = { 
/**
 * A port of 127.0.0.1 that stays, for providers that compare it; absent = the one this installation has chosen.
 */
port?: number, 
/**
 * The whole redirect URI, for providers that refuse loopback; absent = loopback.
 */
external?: string, };

/**
 * Gives a credential a name of the author's own.
 */
export type RenameCredential = { 
/**
 * `CredentialView::id`.
 */
credential: string, 
/**
 * At most 100 characters; empty = by its display id again.
 */
name: string, };

/**
 * Gives an entry of the history a name to know it by.
 */
export type RenameEntry = { 
/**
 * `HistoryRow::id`.
 */
entry: string, 
/**
 * At most 200 characters; empty = none any more.
 */
name: string, };

/**
 * A templated HTTP request (contract chapter 3). `url` and every `value` may hold `{{variables}}`.
 */
export type Request = { 
/**
 * GET or POST.
 */
method: Method, 
/**
 * Template of an absolute URL.
 */
url: string, 
/**
 * URL parameters, added to those in `url`.
 */
queries: Array<NameValue>, 
/**
 * Request headers; `Content-Type` decides how `body_fields` are encoded.
 */
headers: Array<NameValue>, 
/**
 * Form fields, or the members of one flat JSON object.
 */
body_fields: Array<NameValue>, };

/**
 * Which of an authorization's requests (contract chapter 3).
 */
export type RequestKind = "request_token_request" | "authorization_request" | "get_token_request" | "refresh_token_request" | "test_token_request";

/**
 * A request as it will be sent, with `***` for every secret and samples (`sample-code`) for what is known only later.
 */
export type RequestPreview = { 
/**
 * Absent = it has no usable URL, or the authentication has no such request. Rows that have a problem are left out.
 */
rendered?: PreviewedRequest, 
/**
 * What is wrong with this request, each with the path of its row (`authentication.oauth2.get_token_request.queries[0].value`).
 */
problems: Array<Diagnostic>, 
/**
 * What has a value when it is sent, for completion, the usual ones first.
 */
variables: Array<TemplateVariable>, };

/**
 * Calls the function that failed again with what it got last.
 */
export type RetryCall = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * Index of the step whose Action is meant; absent = Build, or the only failed step.
 */
step?: number, };

/**
 * Names a hidden value.
 */
export type RevealValue = { 
/**
 * `ExchangeView::id`.
 */
exchange: string, 
/**
 * `ExchangePart::Hidden::value`.
 */
value: number, };

/**
 * A hidden value that somebody asked for.
 */
export type RevealedValue = { 
/**
 * The value itself: for the screen, and for nothing else.
 */
text: string, };

/**
 * A role of a flow template.
 */
export type Role = { id: string, };

/**
 * A run in one word.
 */
export type RunStatus = "running" | "waiting" | "completed" | "cancelled" | "failed";

/**
 * Everything the preview draws.
 */
export type RunView = { 
/**
 * Key of the app's action.
 */
action_key: string, 
/**
 * Its type.
 */
action_type: ActionType, 
/**
 * The part of its life the step is in.
 */
stage: Stage, 
/**
 * In one word.
 */
status: RunStatus, 
/**
 * Who has to do what next; absent when the run is over.
 */
waiting_for?: WaitingFor, 
/**
 * The account in use.
 */
identity?: Identity, 
/**
 * Build's current form.
 */
form?: FormView, 
/**
 * The created step.
 */
card?: StepCard, 
/**
 * What the workspace's conversation shows, in order.
 */
chat: Array<ChatItem>, 
/**
 * What went wrong last and has not been tried again.
 */
problem?: Problem, 
/**
 * What the author should know although the run went on.
 */
notices: Array<string>, 
/**
 * `Retry` would call the function again.
 */
can_retry: boolean, 
/**
 * Declared by Build, with the value when Action (or a callback) provided it.
 */
variables: Array<VariableView>, 
/**
 * What a trigger found: one entry for each started flow.
 */
started_flows: unknown[], };

/**
 * An app that comes with Stepsmith; opening it makes a copy that is the author's own.
 */
export type SampleApp = { 
/**
 * Folder name, such as `esign`.
 */
name: string, 
/**
 * The app's name.
 */
title: string, 
/**
 * What it shows, in a sentence.
 */
description: string, 
/**
 * The logo as a `data:` URL.
 */
logo?: string, };

/**
 * Saves app.json. Unknown fields stay when the definition that was loaded is edited and sent back whole.
 */
export type SaveDefinition = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * The whole definition.
 */
definition: App, 
/**
 * The version the edit started from; another version on disk makes a conflict.
 */
base_version: string, };

/**
 * Saves app.json as text: to repair a file that cannot be read as an app.
 */
export type SaveDefinitionText = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * The whole file.
 */
text: string, 
/**
 * The version the edit started from.
 */
base_version: string, };

/**
 * Writes a diagram into a folder that the user chose.
 */
export type SaveDiagram = { 
/**
 * Absolute path of an existing folder.
 */
folder: string, 
/**
 * The file's name, with the ending of its content: mmd, svg or png.
 */
name: string, 
/**
 * What is written.
 */
content: DiagramContent, 
/**
 * In the place of a file that has the name already.
 */
replace: boolean, };

/**
 * Saves a function's index.js.
 */
export type SaveFunction = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * Which of the five.
 */
function: FunctionKind, 
/**
 * The whole file.
 */
code: string, 
/**
 * The version the edit started from.
 */
base_version: string, };

/**
 * Replaces the logo: PNG, 128×128 px, at most 100 KB (contract chapter 2).
 */
export type SaveLogo = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * The file as base64.
 */
base64: string, };

/**
 * How a save ended.
 */
export type SaveResult = { "kind": "saved", 
/**
 * The version now on disk.
 */
version: string, } | { "kind": "conflict", 
/**
 * The version on disk: save again with it to overwrite.
 */
current_version: string, 
/**
 * What is on disk.
 */
current_text: string, };

/**
 * Remembers a server, or changes it when `id` is given.
 */
export type SaveServer = { 
/**
 * `ServerView::id` to change one.
 */
id?: string, 
/**
 * What people call it.
 */
name: string, 
/**
 * Origin with an optional path prefix.
 */
url: string, 
/**
 * Access token; absent = keep the one that is there.
 */
token?: string, };

/**
 * How a save ended.
 */
export type SavedDiagram = { "kind": "saved", 
/**
 * Where.
 */
path: string, } | { "kind": "exists", 
/**
 * Which.
 */
path: string, };

/**
 * Names a secret.
 */
export type SecretRef = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * Its name in app.json.
 */
name: string, };

/**
 * A secret that the app's definition names.
 */
export type SecretState = { 
/**
 * Its name in app.json, such as `client_secret`.
 */
name: string, 
/**
 * Whether a value is kept on this machine.
 */
present: boolean, };

/**
 * A secret in app.json: its name in the secret store, never its value.
 *
 * Plain text is read (hand-written files and imports carry it) so that it can be moved into the secret store; it is
 * what a file should not hold.
 */
export type SecretValue = { 
/**
 * Name within the app.
 */
secret: string, } | string;

/**
 * Names a server.
 */
export type ServerRef = { 
/**
 * `ServerView::id`.
 */
server: string, };

/**
 * A server that apps can be published to.
 */
export type ServerView = { 
/**
 * Names the server; `local` is the one that this program can run itself.
 */
id: string, 
/**
 * What people call it.
 */
name: string, 
/**
 * Origin with an optional path prefix; empty for the local server while it is off.
 */
url: string, 
/**
 * The local server, run by this program.
 */
local: boolean, 
/**
 * The local server is on; always true for others.
 */
running: boolean, 
/**
 * An access token is kept for it.
 */
has_token: boolean, };

/**
 * Sets all of an app's own limits.
 */
export type SetAppLimits = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * What is absent goes back to the program's setting. Together with that, each limit has to be within its bounds.
 */
limits: AppLimits, };

/**
 * Switches Redirect or Webhook on or off. Off keeps the file.
 */
export type SetFunctionEnabled = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * `redirect` or `webhook`.
 */
function: FunctionKind, 
/**
 * On or off.
 */
enabled: boolean, };

/**
 * Keeps a secret's value. Values go in; none ever comes out.
 */
export type SetSecret = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * Its name in app.json.
 */
name: string, 
/**
 * The value.
 */
value: string, };

/**
 * Switches the sample services on or off.
 */
export type SetServices = { 
/**
 * On or off.
 */
on: boolean, };

/**
 * What the user chose.
 */
export type Settings = { 
/**
 * Light, dark or as the system.
 */
theme: Theme, 
/**
 * What a call may use.
 */
limits: Limits, 
/**
 * How much of the past is kept.
 */
keep: Keep, 
/**
 * Where providers send the browser back to.
 */
redirect: RedirectSettings, };

/**
 * What the settings screen shows.
 */
export type SettingsView = { 
/**
 * What the user chose.
 */
settings: Settings, 
/**
 * This program's version.
 */
version: string, 
/**
 * Where the database and the keys are.
 */
data_folder: string, 
/**
 * Where the key that encrypts secrets is kept.
 */
vault: VaultView, 
/**
 * Where callbacks arrive.
 */
callback_base: string, 
/**
 * The redirect URI to register with a provider.
 */
redirect_uri: string, 
/**
 * The sample services' address; absent = off.
 */
services_url?: string, };

/**
 * How bad it is.
 */
export type Severity = "warning" | "error";

/**
 * An error as the framework shows it to a person (contract chapter 4).
 */
export type ShownError = { 
/**
 * In a few words.
 */
title: string, 
/**
 * In sentences.
 */
description: string, };

/**
 * How OAuth 1.0 requests are signed (RFC 5849, section 3.4).
 */
export type SignatureMethod = "HMAC-SHA1" | "HMAC-SHA256" | "HMAC-SHA512" | "PLAINTEXT" | string;

/**
 * The part of a step's life a message belongs to.
 */
export type Stage = "authorization" | "build" | "run";

/**
 * Starts an attempt to get a credential.
 */
export type StartAuthorization = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * The flow run that waits for it: its timeline gets the attempt's messages, and it goes on with the credential.
 */
flow_run?: string, 
/**
 * The credential to connect again: another account is not saved without asking.
 */
credential?: string, };

/**
 * Adds the app to a workspace: the start of a flow run.
 */
export type StartFlow = { 
/**
 * `AppView::id`.
 */
app: string, 
/**
 * `Action::key`.
 */
action_key: string, 
/**
 * What the Creator says; a sensible example when absent.
 */
context?: CreatorContext, };

/**
 * What the start screen shows.
 */
export type StartScreen = { 
/**
 * Apps opened before, the latest first.
 */
recent: Array<RecentApp>, 
/**
 * Apps that come with Stepsmith.
 */
samples: Array<SampleApp>, 
/**
 * The folder offered for a new app.
 */
new_app_folder: string, 
/**
 * This program's version.
 */
version: string, };

/**
 * The created step as the Moxo client would show it.
 */
export type StepCard = { 
/**
 * Headline.
 */
title: string, 
/**
 * Below it.
 */
description?: string, 
/**
 * One for each entry of `output.action.steps`; exactly one, without buttons, for the other types.
 */
steps: Array<StepView>, 
/**
 * How it ended.
 */
status?: EndStatus, };

/**
 * A step of a flow run.
 */
export type StepRef = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * Index of the step, from 0.
 */
step: number, };

/**
 * How far a step of an attempt is.
 */
export type StepState = "waiting" | "running" | "done" | "failed";

/**
 * One step of the card.
 */
export type StepView = { 
/**
 * Name of the person, or the role's or unknown person's id.
 */
assignee?: string, 
/**
 * Id of the person or the role: two people may have one name.
 */
assignee_id?: string, 
/**
 * The assignee is a role that nobody fills yet.
 */
is_role: boolean, 
/**
 * To click.
 */
buttons: Array<ButtonView>, 
/**
 * Steps with equal numbers run in parallel, higher ones wait; a missing one counts as 0.
 */
order_number?: number, 
/**
 * Its turn, undecided and no call running: the buttons work.
 */
open: boolean, 
/**
 * Waits for steps of a lower order number.
 */
blocked: boolean, 
/**
 * How it was decided.
 */
status?: EndStatus, 
/**
 * Who has to do what next.
 */
waiting_for?: WaitingFor, 
/**
 * The form that Action asks the Assignee to fill.
 */
form?: FormView, 
/**
 * The page the Assignee is asked to open.
 */
open_url?: PendingUrl, 
/**
 * What went wrong last in this step.
 */
problem?: Problem, 
/**
 * How often Action was called as `context.attempts` counts.
 */
attempts: number, 
/**
 * The current callback token.
 */
token?: string, };

/**
 * The custom authorization form, filled in.
 */
export type SubmitCustomInputs = { 
/**
 * `AuthorizationView::id`.
 */
authorization: string, 
/**
 * Value by key.
 */
values: Record<string, string>, };

/**
 * The form that Build asks for, filled in by the Creator.
 */
export type SubmitForm = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * Value by key, in the shapes of contract chapter 7.
 */
values: Record<string, unknown>, };

/**
 * The form that Action asks for, filled in by the Assignee.
 */
export type SubmitStepForm = { 
/**
 * `FlowRunView::id`.
 */
flow_run: string, 
/**
 * Index of the step, from 0.
 */
step: number, 
/**
 * Value by key, in the shapes of contract chapter 7.
 */
values: Record<string, unknown>, };

/**
 * A variable that a template may hold.
 */
export type TemplateVariable = { 
/**
 * What stands between the braces; `query.NAME` stands for every parameter of the redirect.
 */
name: string, 
/**
 * What it stands for, in a sentence.
 */
text: string, };

/**
 * Light or dark.
 */
export type Theme = "system" | "light" | "dark";

/**
 * Where a call's time went, in milliseconds.
 */
export type Timing = { 
/**
 * From the request to the first line of index.js.
 */
start_ms: number, 
/**
 * Script running.
 */
code_ms: number, 
/**
 * Waiting for HTTP and timers.
 */
waiting_ms: number, 
/**
 * All of it.
 */
total_ms: number, };

/**
 * The readable parts of a JSON Web Token, without its signature. Nothing of it is verified; what opens doors is masked.
 */
export type TokenClaims = { 
/**
 * `alg`, `kid` …
 */
header: unknown, 
/**
 * `iss`, `sub`, `exp` …
 */
payload: unknown, };

/**
 * What is known of a credential's token, without the token.
 */
export type TokenView = { 
/**
 * `Bearer`, as the provider wrote it; absent for a custom credential.
 */
token_type?: string, 
/**
 * What the provider granted; empty = it did not say.
 */
scopes: Array<string>, 
/**
 * When the token was received.
 */
received_at?: number, 
/**
 * When it expires; absent = the provider did not say.
 */
expires_at?: number, 
/**
 * It can be refreshed, as far as the provider goes.
 */
has_refresh_token: boolean, 
/**
 * Names of the authorization redirect's other parameters.
 */
redirect_queries: Array<string>, 
/**
 * Length of the access token.
 */
characters?: number, 
/**
 * What the access token says about itself, when it is a JSON Web Token.
 */
claims?: TokenClaims, 
/**
 * What the OpenID Connect id token that came with it said, when one did.
 */
id_claims?: TokenClaims, 
/**
 * The keys of a custom credential's values.
 */
keys: Array<string>, };

/**
 * A file for a form input of type `file`; kept, and served to functions on loopback.
 */
export type UploadFile = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its media type.
 */
mime_type: string, 
/**
 * Its content; at most 10 MB.
 */
base64: string, };

/**
 * A file that a function can fetch.
 */
export type UploadedFile = { 
/**
 * Its name.
 */
name: string, 
/**
 * Where a function fetches it.
 */
url: string, };

/**
 * A person who acts on steps.
 */
export type User = { id: string, name: string, email?: string, phone_number?: string, };

/**
 * A variable the step provides to later steps.
 */
export type VariableView = { 
/**
 * Its key.
 */
key: string, 
/**
 * As Build declared it; absent = never declared.
 */
declared?: unknown, 
/**
 * As Action or a callback provided it, header values masked.
 */
provided?: unknown, };

/**
 * Where the key of the secret store is.
 */
export type VaultPlace = "keychain" | "file" | "closed";

/**
 * The secret store: where its key is, or why it is not open.
 */
export type VaultView = { 
/**
 * Where the key is kept.
 */
place: VaultPlace, 
/**
 * Why it is kept there, in a sentence.
 */
reason: string, 
/**
 * Why the store is not open, and what to do; absent = it is open.
 */
problem?: string, };

/**
 * Who has to do what next.
 */
export type WaitingFor = { "type": "credential" } | { "type": "call", 
/**
 * Which function.
 */
function: FunctionKind, } | { "type": "token_refresh" } | { "type": "form" } | { "type": "start" } | { "type": "button" } | { "type": "step_form" } | { "type": "callback", 
/**
 * The redirect URL was handed out.
 */
redirect: boolean, 
/**
 * The webhook URL was handed out.
 */
webhook: boolean, } | { "type": "time", 
/**
 * ms since 1970.
 */
at: number, } | { "type": "poll" } | { "type": "retry" };

/** What each limit can be set to. */
export const limitBounds: LimitBounds = {
  time_ms: { least: 100, most: 900000 },
  memory_bytes: { least: 16777216, most: 2147483648 },
  stack_bytes: { least: 65536, most: 4194304 },
  timers: { least: 1, most: 100000 },
  requests: { least: 1, most: 1000 },
  output_bytes: { least: 1024, most: 67108864 },
  log_bytes: { least: 1024, most: 67108864 },
};

/** Every command of the program. */
export const commands = {
  startScreen: () => invoke<StartScreen>('start_screen', {}),
  createApp: (request: CreateApp) => invoke<AppView>('create_app', request),
  openApp: (request: OpenApp) => invoke<AppView>('open_app', request),
  openSample: (request: OpenSample) => invoke<AppView>('open_sample', request),
  readApp: (request: AppRef) => invoke<AppView>('read_app', request),
  forgetApp: (request: AppRef) => invoke<Nothing>('forget_app', request),
  saveDefinition: (request: SaveDefinition) => invoke<SaveResult>('save_definition', request),
  saveDefinitionText: (request: SaveDefinitionText) => invoke<SaveResult>('save_definition_text', request),
  readFunction: (request: FunctionRef) => invoke<FunctionSource>('read_function', request),
  saveFunction: (request: SaveFunction) => invoke<SaveResult>('save_function', request),
  importFunctionZip: (request: ImportFunctionZip) => invoke<ImportedFunction>('import_function_zip', request),
  setFunctionEnabled: (request: SetFunctionEnabled) => invoke<AppView>('set_function_enabled', request),
  saveLogo: (request: SaveLogo) => invoke<AppView>('save_logo', request),
  removeLogo: (request: AppRef) => invoke<AppView>('remove_logo', request),
  checkApp: (request: AppRef) => invoke<Array<Diagnostic>>('check_app', request),
  pickFolder: (request: PickFolder) => invoke<PickedFolder>('pick_folder', request),
  secretStates: (request: AppRef) => invoke<Array<SecretState>>('secret_states', request),
  setSecret: (request: SetSecret) => invoke<Array<SecretState>>('set_secret', request),
  removeSecret: (request: SecretRef) => invoke<Array<SecretState>>('remove_secret', request),
  listCredentials: (request: AppRef) => invoke<Array<CredentialView>>('list_credentials', request),
  deleteCredential: (request: CredentialRef) => invoke<Nothing>('delete_credential', request),
  testCredential: (request: CredentialRef) => invoke<CredentialTest>('test_credential', request),
  refreshCredential: (request: CredentialRef) => invoke<CredentialView>('refresh_credential', request),
  expireCredential: (request: CredentialRef) => invoke<CredentialView>('expire_credential', request),
  renameCredential: (request: RenameCredential) => invoke<CredentialView>('rename_credential', request),
  credentialUses: (request: CredentialRef) => invoke<Array<CredentialUse>>('credential_uses', request),
  readToken: (request: CredentialRef) => invoke<TokenView>('read_token', request),
  listExchanges: (request: ExchangesOf) => invoke<Array<ExchangeView>>('list_exchanges', request),
  revealValue: (request: RevealValue) => invoke<RevealedValue>('reveal_value', request),
  forgetExchanges: (request: ExchangesOf) => invoke<Nothing>('forget_exchanges', request),
  authenticationPresets: () => invoke<Array<Preset>>('authentication_presets', {}),
  openPresetDocumentation: (request: PresetRef) => invoke<Nothing>('open_preset_documentation', request),
  defaultAuthentication: (request: DefaultAuthentication) => invoke<NewAuthentication>('default_authentication', request),
  previewRequest: (request: PreviewRequest) => invoke<RequestPreview>('preview_request', request),
  startAuthorization: (request: StartAuthorization) => invoke<AuthorizationView>('start_authorization', request),
  readAuthorization: (request: AuthorizationRef) => invoke<AuthorizationView>('read_authorization', request),
  submitCustomInputs: (request: SubmitCustomInputs) => invoke<AuthorizationView>('submit_custom_inputs', request),
  openAuthorizationPage: (request: AuthorizationRef) => invoke<AuthorizationView>('open_authorization_page', request),
  pasteRedirect: (request: PasteRedirect) => invoke<AuthorizationView>('paste_redirect', request),
  retryIdentity: (request: AuthorizationRef) => invoke<AuthorizationView>('retry_identity', request),
  keepOtherAccount: (request: AuthorizationRef) => invoke<AuthorizationView>('keep_other_account', request),
  cancelAuthorization: (request: AuthorizationRef) => invoke<AuthorizationView>('cancel_authorization', request),
  startFlow: (request: StartFlow) => invoke<FlowRunView>('start_flow', request),
  runAgain: (request: FlowRunRef) => invoke<FlowRunView>('run_again', request),
  chooseCredential: (request: ChooseCredential) => invoke<FlowRunView>('choose_credential', request),
  submitForm: (request: SubmitForm) => invoke<FormAnswer>('submit_form', request),
  submitStepForm: (request: SubmitStepForm) => invoke<FormAnswer>('submit_step_form', request),
  assignRole: (request: AssignRole) => invoke<FlowRunView>('assign_role', request),
  wakeStep: (request: StepRef) => invoke<FlowRunView>('wake_step', request),
  cancelFlow: (request: FlowRunRef) => invoke<FlowRunView>('cancel_flow', request),
  backToForm: (request: BackToForm) => invoke<FlowRunView>('back_to_form', request),
  clickButton: (request: ClickButton) => invoke<FlowRunView>('click_button', request),
  openUrl: (request: OpenUrl) => invoke<FlowRunView>('open_url', request),
  retryCall: (request: RetryCall) => invoke<FlowRunView>('retry_call', request),
  readFlowRun: (request: ReadFlowRun) => invoke<FlowRunView>('read_flow_run', request),
  listFlowRuns: (request: AppRef) => invoke<Array<FlowRunSummary>>('list_flow_runs', request),
  exportMermaid: (request: ExportMermaid) => invoke<MermaidText>('export_mermaid', request),
  saveDiagram: (request: SaveDiagram) => invoke<SavedDiagram>('save_diagram', request),
  callFunction: (request: CallFunction) => invoke<CallView>('call_function', request),
  compareCall: (request: CallFunction) => invoke<Comparison>('compare_call', request),
  readCall: (request: CallRef) => invoke<CallView>('read_call', request),
  listCalls: (request: ListCalls) => invoke<Array<CallSummary>>('list_calls', request),
  uploadFile: (request: UploadFile) => invoke<UploadedFile>('upload_file', request),
  listInbox: (request: AppRef) => invoke<Array<InboxEntry>>('list_inbox', request),
  findHistory: (request: FindHistory) => invoke<HistoryPage>('find_history', request),
  measureHistory: (request: FindHistory) => invoke<HistoryExtent>('measure_history', request),
  renameEntry: (request: RenameEntry) => invoke<Nothing>('rename_entry', request),
  pinEntry: (request: PinEntry) => invoke<Nothing>('pin_entry', request),
  deleteEntry: (request: EntryRef) => invoke<Nothing>('delete_entry', request),
  listServers: () => invoke<Array<ServerView>>('list_servers', {}),
  saveServer: (request: SaveServer) => invoke<ServerView>('save_server', request),
  removeServer: (request: ServerRef) => invoke<Nothing>('remove_server', request),
  startLocalServer: () => invoke<ServerView>('start_local_server', {}),
  stopLocalServer: () => invoke<ServerView>('stop_local_server', {}),
  planPublish: (request: PublishTarget) => invoke<PublishPlan>('plan_publish', request),
  publish: (request: Publish) => invoke<Published>('publish', request),
  readAppLimits: (request: AppRef) => invoke<AppLimitsView>('read_app_limits', request),
  setAppLimits: (request: SetAppLimits) => invoke<AppLimitsView>('set_app_limits', request),
  readSettings: () => invoke<SettingsView>('read_settings', {}),
  saveSettings: (request: Settings) => invoke<SettingsView>('save_settings', request),
  setServices: (request: SetServices) => invoke<SettingsView>('set_services', request),
  vaultStatus: () => invoke<VaultView>('vault_status', {}),
  openVault: () => invoke<VaultView>('open_vault', {}),
  moveVault: (request: MoveVault) => invoke<VaultView>('move_vault', request),
} as const;
