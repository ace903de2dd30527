//! Reads the forms of a page as a browser would (HTML, "form submission").

use std::collections::BTreeMap;

use scraper::{ElementRef, Html, Selector};

/// What the visitor sees of a page.
pub(super) struct Reading {
    /// `data-page` of the body, or else the title.
    pub(super) page: String,
    pub(super) title: String,
    /// The page's alert, or else its text, shortened.
    pub(super) trouble: String,
    pub(super) forms: Vec<Form>,
    pub(super) links: Vec<Link>,
}

/// Something to follow.
pub(super) struct Link {
    pub(super) text: String,
    pub(super) to: String,
}

/// A form that can be sent.
pub(super) struct Form {
    pub(super) action: Option<String>,
    pub(super) post: bool,
    fields: Vec<Field>,
    buttons: Vec<Button>,
}

struct Field {
    name: String,
    label: String,
    value: String,
}

/// Something to press.
pub(super) struct Button {
    pub(super) label: String,
    name: Option<String>,
    value: String,
}

fn all<'a>(within: ElementRef<'a>, css: &str) -> Vec<ElementRef<'a>> {
    // The selectors are constants of this file; one that does not parse selects nothing, and tests notice.
    Selector::parse(css).map(|selector| within.select(&selector).collect()).unwrap_or_default()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Reading {
    pub(super) fn of(page: &str) -> Self {
        let document = Html::parse_document(page);
        let root = document.root_element();
        let first = |css| all(root, css).into_iter().next();
        let title = first("h1").or_else(|| first("title")).map(text).unwrap_or_default();
        let trouble = first("[role=alert]").or_else(|| first("body")).map(text).unwrap_or_default();
        let trouble = trouble.chars().take(300).collect();
        let name = first("body").and_then(|body| body.attr("data-page")).map(str::to_owned);
        let page = name.unwrap_or_else(|| title.clone());
        let forms = all(root, "form").into_iter().map(|form| Form::of(root, form)).collect();
        let link = |link: ElementRef<'_>| {
            Some(Link { text: text(link), to: link.attr("href")?.to_owned() })
        };
        let links = all(root, "a[href]").into_iter().filter_map(link).collect();
        Self { page, title, trouble, forms, links }
    }
}

impl Form {
    fn of(root: ElementRef<'_>, form: ElementRef<'_>) -> Self {
        let mut fields = Vec::new();
        let mut buttons = Vec::new();
        for control in all(form, "input, textarea, select, button") {
            if control.attr("disabled").is_some() {
                continue;
            }
            let name = control.attr("name").filter(|name| !name.is_empty()).map(str::to_owned);
            let value = control.attr("value").map(str::to_owned);
            let kind = control.attr("type").unwrap_or_default().to_ascii_lowercase();
            match (control.value().name(), kind.as_str()) {
                ("button", "reset" | "button")
                | ("input", "reset" | "button" | "file" | "image") => {}
                ("button", _) => buttons.push(Button {
                    label: text(control),
                    name,
                    value: value.unwrap_or_default(),
                }),
                ("input", "submit") => {
                    let value = value.unwrap_or_else(|| "Submit".to_owned());
                    buttons.push(Button { label: value.clone(), name, value });
                }
                ("input", "checkbox" | "radio") if control.attr("checked").is_none() => {}
                (tag, _) => {
                    let Some(name) = name else { continue };
                    let value = match tag {
                        "textarea" => control.text().collect(),
                        "select" => chosen(control),
                        _ => value.unwrap_or_default(),
                    };
                    fields.push(Field { name, label: label(root, control), value });
                }
            }
        }
        let action = form.attr("action").filter(|action| !action.is_empty()).map(str::to_owned);
        let post = form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        Self { action, post, fields, buttons }
    }

    /// The form that has a button of this text or value, and the button.
    pub(super) fn with_button<'a>(
        forms: &'a [Self],
        wanted: &str,
    ) -> Option<(&'a Self, &'a Button)> {
        let fits = |button: &&Button| {
            button.label.eq_ignore_ascii_case(wanted)
                || (!button.value.is_empty() && button.value == wanted)
        };
        forms.iter().find_map(|form| Some((form, form.buttons.iter().find(fits)?)))
    }

    pub(super) fn button_names(&self) -> impl Iterator<Item = &str> {
        self.buttons.iter().map(|button| button.label.as_str())
    }

    pub(super) fn field_names(&self) -> Vec<&str> {
        self.fields.iter().map(|field| field.name.as_str()).collect()
    }

    /// What the browser would send; `Err` = a field that the form does not have.
    pub(super) fn fill(
        &self,
        answers: &BTreeMap<String, String>,
        pressed: &Button,
    ) -> Result<Vec<(String, String)>, String> {
        let is = |field: &Field, wanted: &str| {
            field.name == wanted || field.label.eq_ignore_ascii_case(wanted)
        };
        if let Some(stray) =
            answers.keys().find(|wanted| !self.fields.iter().any(|field| is(field, wanted)))
        {
            return Err(stray.clone());
        }
        let mut pairs: Vec<(String, String)> = self
            .fields
            .iter()
            .map(|field| {
                let answer =
                    answers.iter().find(|(wanted, _)| is(field, wanted)).map(|(_, value)| value);
                (field.name.clone(), answer.unwrap_or(&field.value).clone())
            })
            .collect();
        if let Some(name) = &pressed.name {
            pairs.push((name.clone(), pressed.value.clone()));
        }
        Ok(pairs)
    }
}

/// The label that points at the control, or that it stands in.
fn label(root: ElementRef<'_>, control: ElementRef<'_>) -> String {
    let id = control.attr("id");
    let pointing =
        all(root, "label").into_iter().find(|label| id.is_some() && label.attr("for") == id);
    let around = || {
        control
            .ancestors()
            .filter_map(ElementRef::wrap)
            .find(|ancestor| ancestor.value().name() == "label")
    };
    pointing.or_else(around).map(text).unwrap_or_default()
}

fn chosen(select: ElementRef<'_>) -> String {
    let options = all(select, "option");
    let chosen =
        options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
    chosen
        .map(|option| option.attr("value").map_or_else(|| text(*option), str::to_owned))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<title>T</title><body data-page="p"><h1>Two
        words</h1><form method="POST" action="/x"><label for="a">First name</label><input id=a name=a value="&lt;1&gt;">
        <label>Around <input name=b></label><input type=hidden name=h value=hid><input type=checkbox name=no value=1>
        <input type=checkbox name=yes value=1 checked><select name=s><option value=1>one<option selected>two</select>
        <textarea name=t>long</textarea><input name=off disabled value=1><button type=button>Nothing</button>
        <button name=go value=now>Go  on</button><input type=submit value=Stop></form>
        <form action="/y"><button>Else</button></form><a name=x>Nowhere</a><a href="/no">No, thanks</a>"#;

    fn pairs(
        form: &Form,
        answers: &[(&str, &str)],
        button: &Button,
    ) -> Result<Vec<(String, String)>, String> {
        let answers =
            answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        form.fill(&answers, button)
    }

    #[test]
    fn a_form_is_read_and_filled_as_a_browser_does() {
        let reading = Reading::of(PAGE);
        assert_eq!((reading.page.as_str(), reading.title.as_str()), ("p", "Two words"));
        let (form, button) = Form::with_button(&reading.forms, "go on").unwrap();
        assert!(form.post);
        assert_eq!(form.action.as_deref(), Some("/x"));
        let sent = pairs(form, &[("First name", "A"), ("b", "B")], button).unwrap();
        let sent: Vec<(&str, &str)> =
            sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let expected = [
            ("a", "A"),
            ("b", "B"),
            ("h", "hid"),
            ("yes", "1"),
            ("s", "two"),
            ("t", "long"),
            ("go", "now"),
        ];
        assert_eq!(sent, expected);
        assert_eq!(
            pairs(form, &[], button).unwrap()[0].1,
            "<1>",
            "untouched fields keep their value, decoded"
        );
        assert_eq!(pairs(form, &[("c", "x")], button), Err("c".to_owned()));
        assert!(Form::with_button(&reading.forms, "now").is_some(), "by value");
        assert!(Form::with_button(&reading.forms, "Nothing").is_none(), "does not send the form");
        assert!(!Form::with_button(&reading.forms, "Else").unwrap().0.post);
        assert_eq!(
            reading.links.iter().map(|link| (&*link.text, &*link.to)).collect::<Vec<_>>(),
            [("No, thanks", "/no")]
        );
        let nameless = Reading::of("<body><h1>Sign in</h1></body>");
        assert_eq!((nameless.page, nameless.title), ("Sign in".to_owned(), "Sign in".to_owned()));
        assert_eq!(reading.forms[0].button_names().collect::<Vec<_>>(), ["Go on", "Stop"]);
    }
}
