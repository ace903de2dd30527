//! Encoding by place: URL, query value, header value, body.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use definition::{NameValue, Request, begins_with_origin};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode, utf8_percent_encode};
use serde_json::{Map, Value};
use url::Url;

use super::{Known, RenderError};

/// All but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes all but the unreserved characters (RFC 3986, section 2.3; RFC 5849, section 3.6).
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The same for bytes that need not be text.
pub(super) fn encode_bytes(bytes: &[u8]) -> String {
    percent_encode(bytes, RESERVED).to_string()
}

fn error(field: &str, variable: Option<&str>, message: impl Into<String>) -> RenderError {
    RenderError {
        field: field.to_owned(),
        variable: variable.map(str::to_owned),
        message: message.into(),
    }
}

/// A template in pieces.
enum Piece<'a> {
    Literal(&'a str),
    Variable(&'a str),
}

fn pieces<'a>(template: &'a str, field: &str) -> Result<Vec<Piece<'a>>, RenderError> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once("{{") {
        let Some((name, after)) = tail.split_once("}}") else {
            return Err(error(field, None, "`{{` without `}}`"));
        };
        found.push(Piece::Literal(literal));
        found.push(Piece::Variable(name.trim()));
        rest = after;
    }
    found.push(Piece::Literal(rest));
    Ok(found)
}

/// The variables that a request's templates speak of.
pub(crate) fn variable_names(request: &Request) -> Vec<&str> {
    let lists = [&request.queries, &request.headers, &request.body_fields];
    let values = lists.into_iter().flatten().map(|pair| pair.value.as_str());
    let texts = std::iter::once(request.url.as_str()).chain(values);
    texts
        .flat_map(|text| text.split("{{").skip(1))
        .filter_map(|part| Some(part.split_once("}}")?.0.trim()))
        .collect()
}

/// Raw text: what the template says, before any encoding.
fn text(template: &str, variables: &dyn Known, field: &str) -> Result<String, RenderError> {
    filled(template, variables, field, &|_, value| Cow::Borrowed(value))
}

/// The template with each variable's value as `encoded(name, value)` gives it; literal parts stay as they are.
fn filled(
    template: &str,
    variables: &dyn Known,
    field: &str,
    encoded: &dyn for<'v> Fn(&str, &'v str) -> Cow<'v, str>,
) -> Result<String, RenderError> {
    let mut filled = String::new();
    for piece in pieces(template, field)? {
        match piece {
            Piece::Literal(literal) => filled.push_str(literal),
            Piece::Variable(name) => {
                filled.push_str(&encoded(name, variables.value(field, name)?));
            }
        }
    }
    Ok(filled)
}

/// The author's literal parts stay as they are, variables are encoded.
pub(super) fn url(template: &str, variables: &dyn Known, field: &str) -> Result<Url, RenderError> {
    let mut filled = String::new();
    let mut has_variables = false;
    let template = template.trim();
    let names_origin = begins_with_origin(template);
    for piece in pieces(template, field)? {
        let name = match piece {
            Piece::Literal(literal) => {
                filled.push_str(literal);
                continue;
            }
            Piece::Variable(name) => name,
        };
        let value = variables.value(field, name)?;
        if !has_variables && names_origin {
            filled.push_str(origin(value).ok_or_else(|| {
                let message = "the value is no https address such as https://api.example, which the URL could begin with";
                error(field, Some(name), message)
            })?);
            has_variables = true;
            continue;
        }
        has_variables = true;
        let Some((_, after_scheme)) = filled.split_once("://") else {
            return Err(error(
                field,
                Some(name),
                "a variable cannot stand for the scheme: write https:// before it",
            ));
        };
        if after_scheme.contains(['/', '?', '#']) {
            filled.push_str(&encode(value));
        } else if value.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-') {
            filled.push_str(value);
        } else {
            return Err(error(field, Some(name), "the value does not fit into a host name"));
        }
    }
    // A value of ".." would climb out of the author's path, however it is encoded.
    if has_variables {
        let path = filled.split(['?', '#']).next().unwrap_or_default();
        let climbs = |segment: &str| {
            let plain = segment.to_ascii_lowercase().replace("%2e", ".");
            plain == "." || plain == ".."
        };
        if path.split('/').any(climbs) {
            return Err(error(field, None, "a variable's value makes a path segment `.` or `..`"));
        }
    }
    let parsed =
        Url::parse(&filled).map_err(|cause| error(field, None, format!("not a URL: {cause}")))?;
    if !matches!(parsed.scheme(), "http" | "https") || parsed.host_str().is_none_or(str::is_empty) {
        return Err(error(field, None, "expected an absolute http or https URL"));
    }
    Ok(parsed)
}

/// The origin of a URL, perhaps with the beginning of a path, such as `https://api.eu.example/v1/`, without a `/` at its end. What
/// is sent there may hold the client secret: it has to be https, or on this machine.
fn origin(value: &str) -> Option<&str> {
    let url = Url::parse(value).ok()?;
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_here);
    let is_bare =
        url.username().is_empty() && url.password().is_none() && !value.contains(['?', '#', '\\']);
    let is_as_written = value.chars().all(|c| c.is_ascii_graphic());
    (is_safe && is_bare && is_as_written && url.has_host()).then(|| value.trim_end_matches('/'))
}

/// Queries and body fields: names literal, values rendered, nothing encoded yet. Empty rows of a form are skipped.
pub(super) fn pairs(
    list: &[NameValue],
    variables: &dyn Known,
    field: &str,
) -> Result<Vec<NameValue>, RenderError> {
    let rows = rows(list, field, &mut |pair, place| text(&pair.value, variables, place))?;
    Ok(rows.into_iter().map(|(_, pair)| pair).collect())
}

/// Each row that is not empty with its index, its value as `value` gives it for the row and its path.
fn rows(
    list: &[NameValue],
    field: &str,
    value: &mut dyn FnMut(&NameValue, &str) -> Result<String, RenderError>,
) -> Result<Vec<(usize, NameValue)>, RenderError> {
    let mut rendered = Vec::with_capacity(list.len());
    for (index, pair) in list.iter().enumerate() {
        if pair.name.is_empty() && pair.value.is_empty() {
            continue;
        }
        if pair.name.is_empty() {
            return Err(error(&format!("{field}[{index}].name"), None, "a value without a name"));
        }
        let value = value(pair, &format!("{field}[{index}].value"))?;
        rendered.push((index, NameValue::new(pair.name.clone(), value)));
    }
    Ok(rendered)
}

/// Those of `queries` replace those of the same name; the others stay as the author wrote them.
pub(super) fn merge_queries(url: &mut Url, queries: &[NameValue]) {
    let replaced = |raw: &str| {
        url::form_urlencoded::parse(raw.as_bytes())
            .next()
            .is_some_and(|(name, _)| queries.iter().any(|pair| pair.name == name))
    };
    // A fragment that is a path has the parameters of the page that it stands for.
    let page = url.fragment().filter(|fragment| fragment.starts_with(['/', '!']));
    let page = page.map(|fragment| fragment.split_once('?').unwrap_or((fragment, "")));
    let before = page.map_or_else(|| url.query().unwrap_or_default(), |(_, query)| query);
    let page = page.map(|(page, _)| page.to_owned());
    let mut parts: Vec<String> = before
        .split('&')
        .filter(|raw| !raw.is_empty() && !replaced(raw))
        .map(str::to_owned)
        .collect();
    parts.extend(
        queries.iter().map(|pair| format!("{}={}", encode(&pair.name), encode(&pair.value))),
    );
    let query = (!parts.is_empty()).then(|| parts.join("&"));
    match (page, query) {
        (Some(page), Some(query)) => url.set_fragment(Some(&format!("{page}?{query}"))),
        (Some(page), None) => url.set_fragment(Some(&page)),
        (None, query) => url.set_query(query.as_deref()),
    }
}

fn is_token_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

pub(super) fn headers(
    list: &[NameValue],
    variables: &dyn Known,
    field: &str,
) -> Result<Vec<NameValue>, RenderError> {
    let rendered = rows(list, field, &mut |header, place| {
        header_value(&header.name, &header.value, variables, place)
    })?;
    for (index, header) in &rendered {
        if !header.name.chars().all(is_token_character) {
            return Err(error(
                &format!("{field}[{index}].name"),
                None,
                "not a header name (RFC 9110, section 5.6.2)",
            ));
        }
        if header.value.chars().any(|c| c.is_control() && c != '\t') {
            let message = "a header value cannot hold line breaks or other control characters";
            return Err(error(&format!("{field}[{index}].value"), None, message));
        }
    }
    Ok(rendered.into_iter().map(|(_, header)| header).collect())
}

/// A header's value; `Authorization` has two schemes with an encoding of their own (see the module's documentation).
fn header_value(
    name: &str,
    template: &str,
    variables: &dyn Known,
    field: &str,
) -> Result<String, RenderError> {
    let scheme = template.trim_start().split_once(' ').filter(|_| {
        ["authorization", "proxy-authorization"].iter().any(|one| name.eq_ignore_ascii_case(one))
    });
    match scheme {
        Some((scheme, user)) if scheme.eq_ignore_ascii_case("basic") && has_colon(user, field)? => {
            let user = filled(user.trim(), variables, field, &|name, value| match name {
                "client_id" | "client_secret" | "consumer_key" | "consumer_secret" => {
                    Cow::Owned(encode(value).replace("%20", "+"))
                }
                _ => Cow::Borrowed(value),
            })?;
            Ok(format!("{scheme} {}", STANDARD.encode(user)))
        }
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("oauth") && variables.signs() => {
            filled(template, variables, field, &|_, value| Cow::Owned(encode(value)))
        }
        _ => text(template, variables, field),
    }
}

/// Whether the author's own part of a template has a `:`, which base64 has not.
fn has_colon(template: &str, field: &str) -> Result<bool, RenderError> {
    let pieces = pieces(template, field)?;
    Ok(pieces.iter().any(|piece| matches!(piece, Piece::Literal(text) if text.contains(':'))))
}

/// Encodes the fields as `Content-Type` says, and adds that header when it is missing.
pub(super) fn body(
    headers: &mut Vec<NameValue>,
    fields: Vec<NameValue>,
    prefix: &str,
) -> Result<String, RenderError> {
    const FORM: &str = "application/x-www-form-urlencoded";
    let declared = headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-type"));
    let essence = declared.map_or(FORM.to_owned(), |header| {
        header.value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    });
    if declared.is_none() {
        headers.push(NameValue::new("Content-Type", FORM));
    }
    match essence.as_str() {
        FORM => {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            for pair in &fields {
                form.append_pair(&pair.name, &pair.value);
            }
            Ok(form.finish())
        }
        "application/json" => {
            let mut object = Map::new();
            for pair in fields {
                if object.contains_key(&pair.name) {
                    let message =
                        format!("{:?} stands twice: a JSON object has a name once", pair.name);
                    return Err(error(&format!("{prefix}.body_fields"), None, message));
                }
                object.insert(pair.name, Value::String(pair.value));
            }
            Ok(Value::Object(object).to_string())
        }
        other => {
            let message = format!(
                "body fields cannot be encoded as {other:?}: use {FORM} or application/json"
            );
            Err(error(&format!("{prefix}.headers"), None, message))
        }
    }
}
