//! Which kind of authorization, and the custom form (contract chapter 3).

use super::{oauth1, oauth2, repeated, unknown_fields};
use crate::{Authentication, Custom, Diagnostic};

pub(super) fn check(authentication: &Authentication, findings: &mut Vec<Diagnostic>) {
    let present = [
        ("oauth2", authentication.oauth2.is_some()),
        ("oauth1", authentication.oauth1.is_some()),
        ("custom", authentication.custom.is_some()),
    ];
    let names: Vec<&str> =
        present.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect();
    if names.len() > 1 {
        let message = format!("the app has {} at once", names.join(" and "));
        let finding = Diagnostic::error("authentication.several", "authentication", message);
        findings.push(finding.expecting("one of `oauth2`, `oauth1`, `custom`, or none"));
    }
    unknown_fields(
        &authentication.unknown,
        "authentication",
        &["oauth2", "oauth1", "custom"],
        findings,
    );
    if let Some(oauth2) = &authentication.oauth2 {
        oauth2::check(oauth2, findings);
    }
    if let Some(oauth1) = &authentication.oauth1 {
        oauth1::check(oauth1, findings);
    }
    if let Some(custom) = &authentication.custom {
        check_custom(custom, findings);
    }
}

fn check_custom(custom: &Custom, findings: &mut Vec<Diagnostic>) {
    let path = "authentication.custom";
    unknown_fields(&custom.unknown, path, &["inputs"], findings);
    if custom.inputs.is_empty() {
        let message = "the form asks for nothing";
        let finding = Diagnostic::warning("custom.inputs.empty", format!("{path}.inputs"), message);
        findings.push(
            finding.expecting("at least one input; without any, take the authorization away"),
        );
    }
    for (index, input) in custom.inputs.iter().enumerate() {
        let path = format!("{path}.inputs[{index}]");
        if input.key.trim().is_empty() {
            let message = "the input has no key, and functions could not read its value";
            findings.push(
                Diagnostic::error("custom.key.empty", format!("{path}.key"), message)
                    .expecting("a key such as `api_key`"),
            );
        }
        if input.label.trim().is_empty() {
            let message = "the input has no label, and nobody would know what to enter";
            findings.push(
                Diagnostic::error("custom.label.empty", format!("{path}.label"), message)
                    .expecting("a label"),
            );
        }
        unknown_fields(&input.unknown, &path, &["key", "label", "tip", "required"], findings);
    }
    for (index, first) in repeated(custom.inputs.iter().map(|input| input.key.as_str())) {
        let message =
            format!("the key {:?} is that of inputs[{first}] already", custom.inputs[index].key);
        let finding = Diagnostic::error(
            "custom.key.duplicate",
            format!("{path}.inputs[{index}].key"),
            message,
        );
        findings.push(finding.expecting("a key that is unique in the form"));
    }
}
