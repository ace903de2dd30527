//! Checks the answers of a response against the survey's questions.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::catalog::{Kind, Question, Survey};
use crate::fields::Fields;
use crate::problem::Problem;

/// What came of a response: how many questions were asked and answered, the share of the points in percent, the files.
/// `file` finds the name and size of an uploaded file.
pub(super) fn check(
    survey: &Survey,
    body: &Map<String, Value>,
    file: impl Fn(&str) -> Option<(String, usize)>,
) -> Result<Value, Problem> {
    let mut fields = Fields::default();
    let empty = Map::new();
    let answers = body.get("answers").and_then(Value::as_object).unwrap_or_else(|| {
        fields.refuse("answers", "must be an object from question id to answer");
        &empty
    });
    let questions: Vec<&Question> =
        survey.sections.iter().flat_map(|section| section.questions).collect();
    for id in answers.keys() {
        if !questions.iter().any(|question| question.id == id) {
            fields.refuse(format!("answers.{id}"), "is not a question of this survey");
        }
    }
    let (mut asked, mut answered, mut points, mut most) = (0_u32, 0_u32, 0.0, 0.0);
    let mut files = Vec::new();
    for question in questions.into_iter().filter(|question| is_asked(question, answers)) {
        asked += 1;
        let at = format!("answers.{}", question.id);
        let Some(value) = answers.get(question.id).filter(|value| !is_blank(value)) else {
            if question.required {
                fields.refuse(at, "must be answered");
            }
            continue;
        };
        answered += 1;
        match fits(question, value, &file) {
            Ok(found) => files.extend(found),
            Err(expected) => fields.refuse(at, expected),
        }
        if let (Some(max), Some(number)) = (question.max, value.as_f64()) {
            points += number;
            most += f64::from(max);
        }
    }
    let score = if most > 0.0 { Some((100.0 * points / most).round()) } else { None };
    let files: Vec<Value> =
        files.into_iter().map(|(name, size)| json!({ "name": name, "size": size })).collect();
    fields.finish(json!({ "asked": asked, "answered": answered, "score": score, "files": files }))
}

fn is_asked(question: &Question, answers: &Map<String, Value>) -> bool {
    question.only_if.is_none_or(|condition| {
        answers
            .get(condition.question)
            .and_then(Value::as_f64)
            .is_some_and(|n| n <= f64::from(condition.at_most))
    })
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// The files of the answer; `Err` = what was expected.
fn fits(
    question: &Question,
    value: &Value,
    file: &impl Fn(&str) -> Option<(String, usize)>,
) -> Result<Vec<(String, usize)>, String> {
    let text = value.as_str();
    let texts = || value.as_array().map(|list| list.iter().map(Value::as_str).collect::<Vec<_>>());
    let is_option = |value: &str| question.options.iter().any(|option| option.value == value);
    let options =
        || question.options.iter().map(|option| option.value).collect::<Vec<_>>().join(", ");
    let ok = match question.kind {
        Kind::ShortText => {
            text.is_some_and(|text| !text.contains('\n') && text.chars().count() <= 200)
        }
        Kind::LongText => text.is_some_and(|text| text.chars().count() <= 5000),
        Kind::Number => {
            let max = question.max.unwrap_or(u32::MAX);
            if value.as_f64().is_some_and(|n| (0.0..=f64::from(max)).contains(&n)) {
                return Ok(Vec::new());
            }
            return Err(format!("must be a number from 0 to {max}, not in quotes"));
        }
        Kind::Date => {
            text.is_some_and(|text| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok())
        }
        Kind::Time => text.is_some_and(|text| is_date_time(&format!("2000-01-01T{text}"))),
        Kind::DateTime => text.is_some_and(is_date_time),
        Kind::SingleChoice => text.is_some_and(is_option),
        Kind::MultipleChoice => texts().is_some_and(|list| {
            let mut seen = HashSet::new();
            list.iter()
                .all(|value| value.is_some_and(|value| is_option(value) && seen.insert(value)))
        }),
        Kind::File => {
            let found: Option<Vec<_>> =
                texts().and_then(|ids| ids.into_iter().map(|id| file(id?)).collect());
            return found.ok_or_else(|| "must be a list of ids of uploaded files".to_owned());
        }
    };
    match (ok, question.kind) {
        (true, _) => Ok(Vec::new()),
        (false, Kind::ShortText) => Err("must be one line of at most 200 characters".to_owned()),
        (false, Kind::Date) => Err("must be an RFC 3339 full-date, such as 2030-01-31".to_owned()),
        (false, Kind::Time) => Err("must be an RFC 3339 full-time, such as 09:30:00Z".to_owned()),
        (false, Kind::DateTime) => {
            Err("must be an RFC 3339 date-time, such as 2030-01-31T09:30:00Z".to_owned())
        }
        (false, Kind::SingleChoice) => Err(format!("must be one of {}", options())),
        (false, Kind::MultipleChoice) => {
            Err(format!("must be a list without repetition from {}", options()))
        }
        (false, _) => Err("must be text of at most 5000 characters".to_owned()),
    }
}

/// RFC 3339 requires the offset, and seconds; the parser alone is more generous.
fn is_date_time(text: &str) -> bool {
    let seconds = text.as_bytes().get(16) == Some(&b':');
    seconds && text.as_bytes().get(10) == Some(&b'T') && text.parse::<jiff::Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_date_time;

    #[test]
    fn times_need_seconds_and_an_offset() {
        for good in
            ["2030-01-31T09:30:00Z", "2030-01-31T09:30:00.5+02:00", "2024-02-29T23:59:59-11:30"]
        {
            assert!(is_date_time(good), "{good}");
        }
        for bad in [
            "2030-01-31T09:30Z",
            "2030-01-31T09:30:00",
            "2030-02-30T09:30:00Z",
            "2030-01-31 09:30:00Z",
            "",
            "é",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
    }
}
