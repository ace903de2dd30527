//! One page of PDF, of lines of text.

use pdf_writer::{Content, Name, Pdf, Rect, Ref, Str};

const LEFT: f32 = 60.0;
const TOP: f32 = 780.0;
const LINE: f32 = 18.0;
const CHARACTERS_A_LINE: usize = 84;

/// A line, which is wrapped where it is too long.
pub(crate) struct Line {
    font: &'static [u8],
    size: f32,
    text: String,
}

impl Line {
    pub(crate) fn title(text: &str) -> Self {
        Self { font: b"F2", size: 18.0, text: text.to_owned() }
    }

    pub(crate) fn bold(text: &str) -> Self {
        Self { font: b"F2", size: 11.0, text: text.to_owned() }
    }

    pub(crate) fn plain(text: &str) -> Self {
        Self { font: b"F1", size: 11.0, text: text.to_owned() }
    }

    pub(crate) fn small(text: &str) -> Self {
        Self { font: b"F1", size: 10.0, text: text.to_owned() }
    }
}

/// A page in A4; what does not fit on it is left out.
pub(crate) fn one_page(lines: &[Line]) -> Vec<u8> {
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
    let mut y = TOP;
    'page: for line in lines {
        for part in wrap(&line.text) {
            if y < LINE {
                break 'page;
            }
            text.begin_text()
                .set_font(Name(line.font), line.size)
                .next_line(LEFT, y)
                .show(Str(&latin(&part)))
                .end_text();
            y -= LINE.max(line.size * 1.4);
        }
    }
    pdf.stream(content, &text.finish());
    pdf.finish()
}

/// The built-in fonts know Latin-1; anything else becomes a question mark.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

/// The lines that a paragraph takes.
pub(crate) fn wrap(paragraph: &str) -> Vec<String> {
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
    use super::{Line, latin, one_page, wrap};

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

    #[test]
    fn a_page_ends_where_it_is_full() {
        let line = || Line::plain("x");
        let full = one_page(&(0..200).map(|_| line()).collect::<Vec<_>>());
        let fuller = one_page(&(0..400).map(|_| line()).collect::<Vec<_>>());
        assert_eq!(full.len(), fuller.len());
        assert!(one_page(&[line()]).len() < full.len());
    }
}
