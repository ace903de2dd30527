//! The signed document: one page of PDF.

use super::templates::Template;
use crate::envelope::Envelope;
use crate::pdf::{Line, one_page, wrap};

/// Leaves room for the signatures of three people.
const MAX_BODY_LINES: usize = 28;

/// The document of a completed envelope.
pub(super) fn pdf(envelope: &Envelope, template: &Template) -> Vec<u8> {
    let mut lines = vec![
        Line::title(&envelope.title),
        Line::small(&format!("{} · envelope {}", template.name, envelope.id)),
        Line::plain(""),
    ];
    let message = envelope.message.iter().flat_map(|message| message.lines());
    let body = template.text.lines().chain(message).flat_map(wrap).take(MAX_BODY_LINES);
    lines.extend(body.map(|line| Line::plain(&line)));
    for signer in &envelope.signers {
        let role = template.role(&signer.role).map_or(signer.role.as_str(), |role| role.name);
        let name = signer.signed_as.as_deref().unwrap_or(&signer.name);
        lines.push(Line::plain(""));
        lines.push(Line::bold(&format!("{role}: {name}")));
        let signed = format!("{} · signed {}", signer.email, when(signer.decided_at));
        lines.push(Line::small(&signed));
    }
    one_page(&lines)
}

fn when(ms: Option<u64>) -> String {
    let at = ms
        .and_then(|ms| i64::try_from(ms).ok())
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    at.map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default()
}
