//! The signed document: one page of PDF.

use pdf_writer::{Content, Name, Pdf, Rect, Ref, Str};

use super::templates::Template;
use crate::envelope::Envelope;

const LEFT: f32 = 60.0;
const LINE: f32 = 18.0;
const CHARACTERS_A_LINE: usize = 84;
/// Leaves room for the signatures of three people.
const MAX_BODY_LINES: usize = 28;

/// The document of a completed envelope.
pub(super) fn pdf(envelope: &Envelope, template: &Template) -> Vec<u8> {
    let [catalog, pages, page, plain, bold, content] = [1, 2, 3, 4, 5, 6].map(Ref::new);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    pdf.pages(pages).kids([page]).count(1);
    {
        let mut page = pdf.page(page);
        page.media_box(Rect::new(0.0, 0.0, 595.0, 842.0)).parent(pages).contents(content);
        let mut resources = page.resources();
        resources.fonts().pair(Name(b"F1"), plain).pair(Name(b"F2"), bold);
    }
    for (font, name) in [(plain, &b"Helvetica"[..]), (bold, b"Helvetica-Bold")] {
        pdf.type1_font(font).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }

    let mut text = Content::new();
    let mut y = 780.0;
    let mut put = |font: &[u8], size: f32, line: &str| {
        text.begin_text()
            .set_font(Name(font), size)
            .next_line(LEFT, y)
            .show(Str(&latin(line)))
            .end_text();
        y -= LINE.max(size * 1.4);
    };
    put(b"F2", 18.0, &envelope.title);
    put(b"F1", 10.0, &format!("{} · envelope {}", template.name, envelope.id));
    put(b"F1", 11.0, "");
    let message = envelope.message.iter().flat_map(|message| message.lines());
    for line in template.text.lines().chain(message).flat_map(wrap).take(MAX_BODY_LINES) {
        put(b"F1", 11.0, &line);
    }
    for signer in &envelope.signers {
        put(b"F1", 11.0, "");
        let role = template.role(&signer.role).map_or(signer.role.as_str(), |role| role.name);
        put(
            b"F2",
            11.0,
            &format!("{role}: {}", signer.signed_as.as_deref().unwrap_or(&signer.name)),
        );
        put(b"F1", 10.0, &format!("{} · signed {}", signer.email, when(signer.decided_at)));
    }
    pdf.stream(content, &text.finish());
    pdf.finish()
}

fn when(ms: Option<u64>) -> String {
    let at = ms
        .and_then(|ms| i64::try_from(ms).ok())
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    at.map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default()
}

/// The built-in fonts know Latin-1; anything else becomes a question mark.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

fn wrap(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + word.chars().count() < CHARACTERS_A_LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{latin, wrap};

    #[test]
    fn text_that_the_fonts_lack_is_replaced() {
        assert_eq!(latin("Zoë 名"), b"Zo\xeb ?");
    }

    #[test]
    fn long_paragraphs_are_wrapped_between_words() {
        let lines = wrap(&"word ".repeat(40));
        assert!(lines.len() > 1);
        assert!(
            lines
                .iter()
                .all(|line| line.len() <= 84 && !line.starts_with(' ') && !line.ends_with(' '))
        );
    }
}
