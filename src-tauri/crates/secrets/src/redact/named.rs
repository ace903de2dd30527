//! What is secret by its name, whatever its value.

use std::sync::LazyLock;

use regex::Regex;

use crate::MASK;

/// Headers whose value is a secret.
const HEADERS: [&str; 5] =
    ["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"];

/// Fields of JSON, forms and queries whose value is a secret; compared without case, `_` and `-`.
const FIELDS: [&str; 10] = [
    "accesstoken",
    "refreshtoken",
    "clientsecret",
    "idtoken",
    "codeverifier",
    "password",
    "consumersecret",
    "oauthtoken",
    "oauthtokensecret",
    "oauthverifier",
];

/// Schemes with one token after them, so that the rest of the line is not part of it.
const ONE_TOKEN: [&str; 6] = ["basic", "bearer", "token", "apikey", "bot", "negotiate"];

/// What a name says about its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// `Authorization` or the like: a scheme and a secret.
    Scheme,
    /// All of it.
    All,
}

/// Whether a name of a header or a field makes its value a secret.
pub(super) fn by_name(name: &str) -> Option<Named> {
    by_header(name).or_else(|| {
        let bare: String = name
            .chars()
            .filter(|c| !matches!(c, '_' | '-'))
            .map(|c| c.to_ascii_lowercase())
            .collect();
        FIELDS.contains(&bare.as_str()).then_some(Named::All)
    })
}

/// The same for headers alone.
pub(super) fn by_header(name: &str) -> Option<Named> {
    let header = HEADERS.iter().find(|header| name.eq_ignore_ascii_case(header))?;
    Some(if header.ends_with("authorization") { Named::Scheme } else { Named::All })
}

/// The value with its secret part masked. Placeholders hold no secret.
pub(super) fn mask_value(value: &str, named: Named) -> String {
    if value.is_empty() || is_placeholder(value) {
        return value.to_owned();
    }
    if named == Named::Scheme
        && let Some((scheme, secret)) = value.split_once(' ')
        && is_scheme(scheme)
        && !secret.trim().is_empty()
    {
        return if is_placeholder(secret.trim()) {
            value.to_owned()
        } else {
            format!("{scheme} {MASK}")
        };
    }
    MASK.to_owned()
}

fn is_placeholder(value: &str) -> bool {
    value
        .strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"))
        .is_some_and(|name| !name.contains(['{', '}']))
}

fn is_scheme(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// A name (which may follow an escaped line end), a colon or an equals sign, and the quote of a quoted value; each quote with the backslashes before it.
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let headers = HEADERS.join("|");
    let fields = "access_?token|refresh_?token|client_?secret|id_?token|code_?verifier|password|consumer_?secret|\
        oauth_?token|oauth_?token_?secret|oauth_?verifier";
    Regex::new(&format!(
        r#"(?i)(?:\b|\\[nrt])(?:(?<header>{headers})|(?<field>{fields}))(?:(?<quoted>\\*["'`])?[ \t]*(?<colon>:)[ \t]*|=)(?<open>\\*["'`])?"#
    ))
    .ok()
});

/// The text with such values masked; `None` when there are none.
pub(super) fn redact(text: &str) -> Option<String> {
    let regex = NAME.as_ref()?;
    let mut masked = String::new();
    let mut kept_to = 0;
    let mut from = 0;
    while let Some(found) = regex.captures_at(text, from) {
        let Some(end) = found.get(0).map(|all| all.end()) else { break };
        from = end;
        let rest = text.get(end..).unwrap_or_default();
        let named = found.name("header").and_then(|name| by_header(name.as_str()));
        let colon = found.name("colon").is_some();
        let length = match (found.name("open"), named) {
            (Some(open), _) => closing(rest, open.as_str()),
            (None, Some(named)) if colon => header_length(rest, named),
            // `"password": 12345`
            (None, None) if colon && found.name("quoted").is_some() => {
                leading(rest, |c| c.is_ascii_digit() || c == '.')
            }
            // After a bare `password: ` comes prose.
            (None, _) if colon => 0,
            // `cookie=…` is no header.
            (None, Some(_)) => 0,
            (None, None) => {
                leading(rest, |c| !c.is_whitespace() && !"&\"'`<>#;,)}]\\|".contains(c))
            }
        };
        let value = rest.get(..length).unwrap_or_default();
        from += length;
        // `access_token={{access_token}}`: the closing braces ended the value.
        if value.is_empty() || (value.starts_with("{{") && !value.contains('}')) {
            continue;
        }
        let mut replacement = mask_value(value, named.unwrap_or(Named::All));
        if replacement == value {
            continue;
        }
        if let (None, None, Some(quote)) = (named, found.name("open"), found.name("quoted")) {
            // A number: what takes its place is a string.
            replacement = format!("{0}{replacement}{0}", quote.as_str());
        }
        masked.push_str(text.get(kept_to..end).unwrap_or_default());
        masked.push_str(&replacement);
        kept_to = from;
    }
    if kept_to == 0 {
        return None;
    }
    masked.push_str(text.get(kept_to..).unwrap_or_default());
    Some(masked)
}

/// Bytes up to the quote that closes `open`. In a text that was escaped a number of times it has as many backslashes before it
/// as `open`, and each backslash of the value has become twice as many each time.
fn closing(rest: &str, open: &str) -> usize {
    let Some(quote) = open.bytes().last() else { return 0 };
    let wanted = open.len() - 1;
    let mut slashes = 0;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'\\' => slashes += 1,
            _ if byte == quote && slashes % (2 * (wanted + 1)) == wanted => return at - wanted,
            // A newline ends a value that was opened by an apostrophe in prose.
            b'\n' if wanted == 0 => return at,
            _ => slashes = 0,
        }
    }
    rest.len()
}

/// Bytes of a header value that stands in a line of text.
fn header_length(rest: &str, named: Named) -> usize {
    let line = leading(rest, |c| !matches!(c, '\r' | '\n'));
    let value = rest.get(..line).unwrap_or_default();
    if named == Named::All {
        return leading(value, |c| c != '\\');
    }
    let token = |text: &str| leading(text, |c| !c.is_whitespace() && !"\"'`,;\\".contains(c));
    let scheme = token(value);
    let word = value.get(..scheme).unwrap_or_default().to_ascii_lowercase();
    let after = value.get(scheme..).unwrap_or_default();
    let gap = leading(after, |c| c == ' ');
    match word.as_str() {
        word if ONE_TOKEN.contains(&word) && gap > 0 => {
            scheme + gap + token(after.get(gap..).unwrap_or_default())
        }
        // These quote their parameters.
        "digest" | "oauth" | "hawk" => line,
        _ => leading(value, |c| !"\"'`\\".contains(c)),
    }
}

fn leading(text: &str, accepted: impl Fn(char) -> bool) -> usize {
    text.find(|c| !accepted(c)).unwrap_or(text.len())
}
