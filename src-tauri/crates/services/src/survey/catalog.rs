//! The surveys of each account.

use serde::Serialize;

/// A survey: sections of questions, asked one after the other.
#[derive(Debug, Serialize)]
pub(super) struct Survey {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) sections: &'static [Section],
}

/// Questions that are shown together.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) questions: &'static [Question],
}

/// One question.
#[derive(Debug, Serialize)]
pub(super) struct Question {
    pub(super) id: &'static str,
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) help: Option<&'static str>,
    pub(super) required: bool,
    #[serde(skip_serializing_if = "<[Choice]>::is_empty")]
    pub(super) options: &'static [Choice],
    /// Of a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max: Option<u32>,
    /// Asked only when another question was answered so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) only_if: Option<Condition>,
}

/// What an answer looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// A line of text.
    ShortText,
    /// Text of several lines.
    LongText,
    /// A JSON number from 0 to `max`.
    Number,
    /// RFC 3339 full-date.
    Date,
    /// RFC 3339 full-time.
    Time,
    /// RFC 3339 date-time.
    DateTime,
    /// The value of one option.
    SingleChoice,
    /// A list of values of options.
    MultipleChoice,
    /// A list of ids of uploaded files.
    File,
}

/// One choice.
#[derive(Debug, Serialize)]
pub(super) struct Choice {
    pub(super) value: &'static str,
    pub(super) label: &'static str,
}

/// Holds when the number given to `question` is at most `at_most`.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Condition {
    pub(super) question: &'static str,
    pub(super) at_most: u32,
}

const fn ask(id: &'static str, kind: Kind, label: &'static str) -> Question {
    Question {
        id,
        kind,
        label,
        help: None,
        required: false,
        options: &[],
        max: None,
        only_if: None,
    }
}

impl Question {
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    const fn options(mut self, options: &'static [Choice]) -> Self {
        self.options = options;
        self
    }

    const fn max(mut self, max: u32) -> Self {
        self.max = Some(max);
        self
    }

    const fn only_if(mut self, question: &'static str, at_most: u32) -> Self {
        self.only_if = Some(Condition { question, at_most });
        self
    }
}

const fn choice(value: &'static str, label: &'static str) -> Choice {
    Choice { value, label }
}

const SURVEYS: &[Survey] = &[
    Survey {
        id: "visit-feedback",
        title: "Feedback on a visit",
        description: "How a visit went, and what should be better next time.",
        sections: &[
            Section {
                title: "The visit",
                description: "When and how it took place.",
                questions: &[
                    ask("visited_on", Kind::Date, "Day of the visit").required(),
                    ask("arrived_at", Kind::Time, "Time of arrival").help("Roughly is enough."),
                    ask("channel", Kind::SingleChoice, "Kind of visit").required().options(&[
                        choice("on_site", "On site"),
                        choice("phone", "By phone"),
                        choice("video", "By video"),
                    ]),
                    ask("rating", Kind::Number, "Overall rating")
                        .required()
                        .max(10)
                        .help("0 = poor, 10 = excellent."),
                ],
            },
            Section {
                title: "More about it",
                description: "Everything here helps to do better.",
                questions: &[
                    ask("what_went_wrong", Kind::LongText, "What went wrong?")
                        .required()
                        .only_if("rating", 6),
                    ask("liked", Kind::MultipleChoice, "What was good?").options(&[
                        choice("friendliness", "Friendliness"),
                        choice("speed", "Speed"),
                        choice("knowledge", "Knowledge"),
                    ]),
                    ask("comment", Kind::LongText, "Anything else?"),
                    ask("visitor", Kind::ShortText, "Name of the visitor").required(),
                    ask("call_back_at", Kind::DateTime, "Call back at")
                        .help("Leave it empty for no call."),
                    ask("receipts", Kind::File, "Receipts"),
                ],
            },
        ],
    },
    Survey {
        id: "team-pulse",
        title: "Team pulse",
        description: "Two questions about this week.",
        sections: &[Section {
            title: "This week",
            description: "It takes a minute.",
            questions: &[
                ask("mood", Kind::Number, "How was the week?")
                    .required()
                    .max(5)
                    .help("0 = bad, 5 = great."),
                ask("blocked_by", Kind::ShortText, "What is in the way?"),
            ],
        }],
    },
];

/// The surveys of an account; one of the demo accounts has none.
pub(super) fn of(account: &str) -> &'static [Survey] {
    if account == crate::demo_clients().survey_accounts[0].id { SURVEYS } else { &[] }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::SURVEYS;

    #[test]
    fn questions_are_unique_and_conditions_look_back() {
        for survey in SURVEYS {
            let mut before = HashSet::new();
            for section in survey.sections {
                // An app can only tell that a section was shown by an answer that must be there.
                assert!(
                    section
                        .questions
                        .iter()
                        .any(|question| question.required && question.only_if.is_none())
                );
                for question in section.questions {
                    assert!(
                        question
                            .only_if
                            .is_none_or(|condition| before.contains(condition.question))
                    );
                    assert!(before.insert(question.id), "{} twice in {}", question.id, survey.id);
                }
            }
        }
    }
}
