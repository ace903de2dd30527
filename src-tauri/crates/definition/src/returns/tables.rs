//! What each function may return, field by field (contract chapters 4 to 10). Forms stand in `form_tables`.

use super::form_tables::INPUT;
use super::schema::{Field, Object, Shape, filled_list, list, optional, required};
use crate::FunctionKind;
use crate::formats::is_http_url;

const URL: Shape =
    Shape::Formatted { test: is_http_url, expected: "an absolute http or https URL" };
const VARIABLE_TYPE: Shape = Shape::Choice(&["string", "file"]);

const INTO: &str = "into `output`";
const BESIDE: &str = "beside `output`, not into it";
const BELONGS_BESIDE: &[(&str, &str)] =
    &[("output", BESIDE), ("error", BESIDE), ("directive", BESIDE), ("callback", BESIDE)];

/// The whole return value of a function.
pub(super) fn whole(kind: FunctionKind) -> &'static Object {
    match kind {
        FunctionKind::Identity => &IDENTITY,
        FunctionKind::Build => &BUILD,
        FunctionKind::Action => &ACTION,
        FunctionKind::Redirect | FunctionKind::Webhook => &CALLBACK,
    }
}

/// The names of what may stand in `output`.
pub(super) fn output_fields(kind: FunctionKind) -> &'static [Field] {
    match kind {
        FunctionKind::Identity => IDENTITY_OUTPUT.fields,
        FunctionKind::Build => BUILD_OUTPUT.fields,
        FunctionKind::Action | FunctionKind::Redirect | FunctionKind::Webhook => {
            ACTION_OUTPUT.fields
        }
    }
}

const ERROR: Field = optional("error", Shape::Object(&ERROR_OBJECT));
const DIRECTIVE: Field = optional("directive", Shape::Object(&DIRECTIVE_OBJECT));
// Whose token is read, and where it must not be missing, is a rule.
const NO_CALLBACK: Field = optional("callback", Shape::Any);

static ERROR_OBJECT: Object =
    Object::of(&[required("title", Shape::Text), required("description", Shape::Text)]);
static DIRECTIVE_OBJECT: Object =
    Object::of(&[required("type", Shape::Choice(&["refresh_token"]))]);
static CALLBACK_OBJECT: Object = Object::of(&[optional("token", Shape::FilledText)]);

static IDENTITY: Object = Object {
    fields: &[optional("output", Shape::Object(&IDENTITY_OUTPUT)), ERROR, DIRECTIVE, NO_CALLBACK],
    renamed: &[],
    misplaced: &[("display_id", INTO), ("unique_id", INTO)],
};
static IDENTITY_OUTPUT: Object = Object {
    fields: &[required("display_id", Shape::FilledText), required("unique_id", Shape::FilledText)],
    renamed: &[],
    misplaced: BELONGS_BESIDE,
};

static BUILD: Object = Object {
    fields: &[optional("output", Shape::Object(&BUILD_OUTPUT)), ERROR, DIRECTIVE, NO_CALLBACK],
    renamed: &[],
    misplaced: &[
        ("form", INTO),
        ("no_more_forms", INTO),
        ("action", INTO),
        ("automation", INTO),
        ("await", INTO),
        ("variables", INTO),
    ],
};
static BUILD_OUTPUT: Object = Object {
    fields: &[
        optional("form", filled_list(&INPUT)),
        optional("no_more_forms", Shape::Flag),
        optional("action", Shape::Object(&STEP_GROUP)),
        optional("automation", Shape::Object(&DESCRIBED)),
        optional("await", Shape::Object(&DESCRIBED)),
        optional("variables", list(&Shape::Object(&DECLARED_VARIABLE))),
    ],
    renamed: &[],
    misplaced: BELONGS_BESIDE,
};
static DESCRIBED: Object = Object::of(&[optional("description", Shape::Text)]);
static STEP_GROUP: Object = Object::of(&[
    required("title", Shape::Text),
    optional("description", Shape::Text),
    required("steps", filled_list(&Shape::Object(&STEP))),
]);
static STEP: Object = Object::of(&[
    required("assignee", Shape::Object(&ASSIGNEE)),
    required("buttons", filled_list(&Shape::Object(&BUTTON))),
    optional("order_number", Shape::Number),
]);
static ASSIGNEE: Object = Object::of(&[
    optional("user", Shape::Object(&WITH_ID)),
    optional("role", Shape::Object(&WITH_ID)),
]);
static WITH_ID: Object = Object::of(&[required("id", Shape::FilledText)]);
static BUTTON: Object = Object::of(&[
    required("title", Shape::Text),
    optional("style", Shape::Choice(&["default", "branding"])),
    optional("input", Shape::AnyObject),
]);
// `id` and `sample_value` are for triggers, where they must not be missing: a rule.
static DECLARED_VARIABLE: Object = Object::of(&[
    required("key", Shape::FilledText),
    required("label", Shape::Text),
    required("type", VARIABLE_TYPE),
    optional("id", Shape::Text),
    optional("sample_value", Shape::Any),
]);

const IN_ACTION_OUTPUT: &[(&str, &str)] = &[
    ("status", INTO),
    ("message", INTO),
    ("events", INTO),
    ("form", INTO),
    ("no_more_forms", INTO),
    ("retry", INTO),
    ("variables", INTO),
    ("state", INTO),
    ("variable_groups", INTO),
];
static ACTION: Object = Object {
    fields: &[optional("output", Shape::Object(&ACTION_OUTPUT)), ERROR, DIRECTIVE, NO_CALLBACK],
    renamed: &[],
    misplaced: IN_ACTION_OUTPUT,
};
static CALLBACK: Object = Object {
    fields: &[
        optional("output", Shape::Object(&ACTION_OUTPUT)),
        ERROR,
        DIRECTIVE,
        optional("callback", Shape::Object(&CALLBACK_OBJECT)),
    ],
    renamed: &[],
    misplaced: IN_ACTION_OUTPUT,
};
static ACTION_OUTPUT: Object = Object {
    fields: &[
        optional("status", Shape::Choice(&["completed", "cancelled"])),
        optional("message", Shape::Text),
        optional("events", list(&EVENT)),
        optional("form", filled_list(&INPUT)),
        optional("no_more_forms", Shape::Flag),
        optional("retry", Shape::Object(&RETRY)),
        optional("variables", list(&Shape::Object(&VARIABLE_VALUE))),
        optional("state", Shape::Text),
        optional("variable_groups", list(&Shape::Object(&VARIABLE_GROUP))),
    ],
    renamed: &[],
    misplaced: BELONGS_BESIDE,
};
static RETRY: Object = Object::of(&[required("delay", Shape::Seconds)]);

static EVENT: Shape = Shape::Tagged(&[
    ("send_message", &SEND_MESSAGE),
    ("upload_attachment", &UPLOAD_ATTACHMENT),
    ("open_url", &OPEN_URL),
]);
const TYPE: Field = required("type", Shape::Text);
static SEND_MESSAGE: Object =
    Object::of(&[TYPE, required("options", Shape::Object(&SEND_MESSAGE_OPTIONS))]);
static SEND_MESSAGE_OPTIONS: Object = Object::of(&[required("text", Shape::Text)]);
static UPLOAD_ATTACHMENT: Object =
    Object::of(&[TYPE, required("options", Shape::Object(&FETCHED_FILE))]);
static OPEN_URL: Object =
    Object::of(&[TYPE, required("options", Shape::Object(&OPEN_URL_OPTIONS))]);
static OPEN_URL_OPTIONS: Object = Object::of(&[
    required("url", URL),
    optional("open_type", Shape::Choice(&["redirect", "webview"])),
]);
/// A file that the framework fetches.
static FETCHED_FILE: Object = Object::of(&[
    required("file_name", Shape::FilledText),
    required("mime_type", Shape::FilledText),
    required("url", URL),
    optional("headers", list(&Shape::Object(&HEADER))),
]);
static HEADER: Object =
    Object::of(&[required("name", Shape::FilledText), required("value", Shape::Text)]);

// That it has one of `value` and `files` is a rule.
static VARIABLE_VALUE: Object = Object::of(&[
    required("key", Shape::FilledText),
    optional("value", Shape::Text),
    optional("files", list(&Shape::Object(&FETCHED_FILE))),
]);
static VARIABLE_GROUP: Object =
    Object::of(&[required("variables", list(&Shape::Object(&GROUP_VARIABLE)))]);
static GROUP_VARIABLE: Object = Object::of(&[
    required("id", Shape::Text),
    required("key", Shape::FilledText),
    required("label", Shape::Text),
    required("type", VARIABLE_TYPE),
    required("value", Shape::Any),
]);
