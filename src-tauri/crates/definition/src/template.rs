//! The code that a new function starts from: small, working, and right by the contract.

use crate::FunctionKind;

/// The starting `index.js` of a function. Works with any authorization, none included.
pub fn template(kind: FunctionKind) -> &'static str {
    match kind {
        FunctionKind::Identity => include_str!("../templates/identity.js"),
        FunctionKind::Build => include_str!("../templates/build.js"),
        FunctionKind::Action => include_str!("../templates/action.js"),
        FunctionKind::Redirect => include_str!("../templates/redirect.js"),
        FunctionKind::Webhook => include_str!("../templates/webhook.js"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_exports_a_handler_and_is_short_plain_text() {
        for kind in FunctionKind::ALL {
            let code = template(kind);
            assert!(code.contains("exports.handler = async"), "{kind}");
            assert!(code.ends_with("};\n") || code.ends_with("}\n"), "{kind}");
            assert!(!code.contains('\t') && !code.contains('\r'), "{kind}");
            assert!(code.lines().count() < 80, "{kind}");
        }
    }

    #[test]
    fn callbacks_carry_the_token() {
        for kind in [FunctionKind::Redirect, FunctionKind::Webhook] {
            assert!(template(kind).contains("callback: { token"), "{kind}");
        }
    }
}
