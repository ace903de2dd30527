//! One templated request (contract chapter 3), whichever kind of OAuth it belongs to.

use super::{template_text, unknown_fields};
use crate::formats::is_http_url;
use crate::{Diagnostic, Method, NameValue, Request, RequestKind, SecretValue, Variable, nearest};

/// A request, with what has a value when it is sent.
pub(super) struct Stage<'a> {
    /// `oauth2` or `oauth1`: stands in paths and in the names of rules.
    pub oauth: &'static str,
    pub kind: RequestKind,
    pub request: &'a Request,
    pub offered: &'static [Variable],
    /// All variables of this kind of OAuth.
    pub known: &'static [&'static str],
    /// The one that must not be seen in the browser.
    pub secret: &'static str,
}

impl Stage<'_> {
    pub(super) fn path(&self) -> String {
        format!("authentication.{}.{}", self.oauth, self.kind.field())
    }

    pub(super) fn rule(&self, name: &str) -> String {
        format!("{}.{name}", self.oauth)
    }

    fn has_value(&self, name: &str) -> bool {
        self.offered.iter().any(|variable| variable.name == name)
    }
}

pub(super) fn check_secret(
    oauth: &str,
    field: &str,
    secret: &SecretValue,
    findings: &mut Vec<Diagnostic>,
) {
    let path = format!("authentication.{oauth}.{field}");
    let words = field.replace('_', " ");
    let expected = format!("{{\"secret\": \"{field}\"}}");
    match secret {
        SecretValue::Plain(text) if !text.is_empty() => {
            let message = format!(
                "the {words} stands in app.json as plain text, where everybody who gets the file reads it; \
                 only the name of a stored secret belongs there"
            );
            let rule = format!("{oauth}.{field}.plain");
            findings.push(Diagnostic::error(rule, path, message).expecting(expected));
        }
        SecretValue::Reference { secret } if secret.trim().is_empty() => {
            let message = format!("the name of the {words} is empty");
            let rule = format!("{oauth}.{field}.name");
            findings.push(Diagnostic::error(rule, path, message).expecting(expected));
        }
        _ => {}
    }
}

/// The client's public name: it has to be there where a template sends it.
pub(super) fn check_client_id(
    oauth: &str,
    field: &str,
    value: &str,
    stages: &[Stage<'_>],
    findings: &mut Vec<Diagnostic>,
) {
    if value.trim().is_empty() && stages.iter().any(|stage| uses(stage.request, field)) {
        let words = field.replace('_', " ");
        let message = format!("the {words} is empty, and {{{{{field}}}}} is used");
        let path = format!("authentication.{oauth}.{field}");
        let finding = Diagnostic::error(format!("{oauth}.{field}.empty"), path, message);
        findings.push(finding.expecting(format!("the {words} that the provider gave out")));
    }
}

/// Every template of a request, with its place below the request.
pub(super) fn templates(request: &Request) -> impl Iterator<Item = (String, &str)> {
    let lists = [
        ("queries", &request.queries),
        ("headers", &request.headers),
        ("body_fields", &request.body_fields),
    ];
    let values = lists.into_iter().flat_map(|(list, pairs)| {
        pairs
            .iter()
            .enumerate()
            .map(move |(index, pair)| (format!("{list}[{index}].value"), pair.value.as_str()))
    });
    std::iter::once(("url".to_owned(), request.url.as_str())).chain(values)
}

pub(super) fn uses(request: &Request, variable: &str) -> bool {
    templates(request).any(|(_, text)| {
        template_text::variables(text).is_ok_and(|names| names.contains(&variable))
    })
}

pub(super) fn check_request(stage: &Stage<'_>, findings: &mut Vec<Diagnostic>) {
    let path = stage.path();
    let request = stage.request;
    unknown_fields(
        &request.unknown,
        &path,
        &["method", "url", "queries", "headers", "body_fields"],
        findings,
    );
    url(stage, &path, findings);
    for (place, text) in templates(request) {
        let place = format!("{path}.{place}");
        variables(stage, text, &place, findings);
        placeholder(stage, text, &place, findings);
    }
    for (list, pairs) in [
        ("queries", &request.queries),
        ("headers", &request.headers),
        ("body_fields", &request.body_fields),
    ] {
        for (index, pair) in pairs.iter().enumerate() {
            let place = format!("{path}.{list}[{index}]");
            if pair.name.trim().is_empty() && !pair.value.is_empty() {
                let message = "a value without a name";
                findings.push(
                    Diagnostic::error(stage.rule("name.empty"), format!("{place}.name"), message)
                        .expecting("a name"),
                );
            }
            unknown_fields(&pair.unknown, &place, &["name", "value"], findings);
        }
    }
    content_type(stage, &path, findings);
    if request.method == Method::Get && request.body_fields.iter().any(|field| !is_blank(field)) {
        let message = "a GET has no body, so its body fields cannot be sent";
        let finding =
            Diagnostic::error(stage.rule("body_of_get"), format!("{path}.body_fields"), message);
        findings.push(finding.expecting("the method POST, or the fields among `queries`"));
    }
    if stage.kind == RequestKind::AuthorizationRequest {
        in_browser(stage, path, findings);
    }
}

/// The authorization page is a page: a browser opens it with a GET, and shows its address to people.
fn in_browser(stage: &Stage<'_>, path: String, findings: &mut Vec<Diagnostic>) {
    if stage.request.method != Method::Get {
        let message = "the authorization page is opened in a browser, which sends a GET";
        let rule = stage.rule("authorization.method");
        findings.push(Diagnostic::error(rule, format!("{path}.method"), message).expecting("GET"));
    }
    if uses(stage.request, stage.secret) {
        let words = stage.secret.replace('_', " ");
        let message = format!(
            "the authorization page is opened in the browser, and the {words} would be read there"
        );
        let rule = stage.rule(&format!("{}.in_browser", stage.secret));
        let expected = format!("{{{{{}}}}} only in the other requests", stage.secret);
        findings.push(Diagnostic::warning(rule, path, message).expecting(expected));
    }
}

fn is_blank(pair: &NameValue) -> bool {
    pair.name.is_empty() && pair.value.is_empty()
}

fn url(stage: &Stage<'_>, path: &str, findings: &mut Vec<Diagnostic>) {
    let url = &stage.request.url;
    let place = format!("{path}.url");
    let expected = "an absolute URL with http:// or https://";
    if url.trim().is_empty() {
        findings.push(
            Diagnostic::error(stage.rule("url.empty"), place, "the request has no URL")
                .expecting(expected),
        );
    } else if !is_http_url(&template_text::filled_url(url)) {
        let message = format!("{url:?} is not an absolute http or https URL");
        findings.push(
            Diagnostic::error(stage.rule("url.not_http"), place, message).expecting(expected),
        );
    }
}

fn variables(stage: &Stage<'_>, text: &str, place: &str, findings: &mut Vec<Diagnostic>) {
    let Ok(names) = template_text::variables(text) else {
        let rule = stage.rule("template.unclosed");
        let finding = Diagnostic::error(rule, place, "`{{` without `}}`");
        findings.push(finding.expecting("{{variable}}"));
        return;
    };
    for name in names {
        let query = name.strip_prefix("query.").filter(|query| !query.is_empty());
        if query.is_some() && stage.has_value("query.NAME") || stage.has_value(name) {
            continue;
        }
        let finding = if stage.known.contains(&name) || query.is_some() {
            let message = format!("{{{{{name}}}}} has no value when this request is sent");
            Diagnostic::error(stage.rule("variable.no_value"), place, message)
        } else {
            let meant = nearest(name, stage.known.iter().copied());
            let advice =
                meant.map_or_else(String::new, |meant| format!("; {{{{{meant}}}}} may be meant"));
            let message = format!("there is no variable {{{{{name}}}}}{advice}");
            Diagnostic::error(stage.rule("variable.unknown"), place, message).nearest_to(meant)
        };
        let offered: Vec<String> =
            stage.offered.iter().map(|variable| format!("{{{{{}}}}}", variable.name)).collect();
        findings.push(finding.expecting(format!("one of {}", offered.join(" "))));
    }
}

/// What a preset leaves to be filled in: `YOUR_DOMAIN`.
fn placeholder(stage: &Stage<'_>, text: &str, place: &str, findings: &mut Vec<Diagnostic>) {
    for found in placeholders(text) {
        let message = format!("{found} stands for something of your own and is still there");
        let finding = Diagnostic::warning(stage.rule("placeholder"), place, message);
        findings.push(finding.expecting(format!("your own value in place of {found}")));
    }
}

/// The words `YOUR_…` of capital letters, digits and `_`, each once.
pub(crate) fn placeholders(text: &str) -> Vec<&str> {
    let inside = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let mut found = Vec::new();
    for word in text.split(|c| !inside(c)) {
        if word.len() > "YOUR_".len() && word.starts_with("YOUR_") && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

fn content_type(stage: &Stage<'_>, path: &str, findings: &mut Vec<Diagnostic>) {
    for (index, header) in stage
        .request
        .headers
        .iter()
        .enumerate()
        .filter(|(_, h)| h.name.trim().eq_ignore_ascii_case("content-type"))
    {
        let essence = essence(&header.value);
        if !matches!(essence.as_str(), "application/x-www-form-urlencoded" | "application/json") {
            let message = format!("a body cannot be encoded as {:?}", header.value);
            let place = format!("{path}.headers[{index}].value");
            let finding = Diagnostic::error(stage.rule("content_type"), place, message);
            findings.push(
                finding.expecting(
                    "application/x-www-form-urlencoded (the default) or application/json",
                ),
            );
        }
    }
}

/// A media type without its parameters.
pub(super) fn essence(value: &str) -> String {
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
