//! GET /crm/v1/pipelines: the ways a deal can go, and what each wants to know about it.

use axum::Json;
use axum::extract::Path;
use serde::Serialize;
use serde_json::{Value, json};

use crate::access::Bearer;
use crate::problem::Problem;

/// A pipeline: the stages of a deal, and its fields.
#[derive(Debug, Serialize)]
pub(super) struct Pipeline {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) stages: &'static [Choice],
    pub(super) fields: &'static [Field],
    #[serde(skip)]
    pub(super) reliability: Reliability,
}

/// How a pipeline takes deals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reliability {
    /// At once.
    Steady,
    /// The third time: first 503, then 429.
    Busy,
    /// Never: 503 each time.
    Closed,
}

/// A value and what people read.
#[derive(Debug, Serialize)]
pub(super) struct Choice {
    pub(super) value: &'static str,
    pub(super) label: &'static str,
}

/// A field of a deal.
#[derive(Debug, Serialize)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) required: bool,
    #[serde(skip_serializing_if = "<[Choice]>::is_empty")]
    pub(super) options: &'static [Choice],
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A JSON number from 0.
    Number,
    /// RFC 3339 full-date.
    Date,
    /// One of the options.
    Choice,
    /// A list of some of the options.
    Choices,
}

const fn choice(value: &'static str, label: &'static str) -> Choice {
    Choice { value, label }
}

const fn field(name: &'static str, label: &'static str, kind: Kind, required: bool) -> Field {
    Field { name, label, kind, required, options: &[] }
}

const PIPELINES: &[Pipeline] = &[
    Pipeline {
        id: "new_business",
        name: "New business",
        description: "Customers who have not bought yet. Much is written here: a new deal may have to wait.",
        stages: &[
            choice("qualified", "Qualified"),
            choice("proposal", "Proposal sent"),
            choice("negotiation", "In negotiation"),
        ],
        fields: &[
            field("amount", "Amount", Kind::Number, true),
            field("expected_close", "Expected close", Kind::Date, true),
            Field {
                options: &[
                    choice("referral", "Referral"),
                    choice("website", "Website"),
                    choice("event", "Event"),
                ],
                ..field("source", "Source", Kind::Choice, false)
            },
            Field {
                options: &[
                    choice("consulting", "Consulting"),
                    choice("licences", "Licences"),
                    choice("training", "Training"),
                ],
                ..field("products", "Products", Kind::Choices, false)
            },
            field("notes", "Notes", Kind::LongText, false),
        ],
        reliability: Reliability::Busy,
    },
    Pipeline {
        id: "renewals",
        name: "Renewals",
        description: "Customers whose contract ends.",
        stages: &[choice("due", "Due"), choice("offered", "Offer sent")],
        fields: &[
            field("amount", "Amount a year", Kind::Number, true),
            field("contract", "Contract number", Kind::Text, true),
            field("renewed_until", "Renewed until", Kind::Date, false),
        ],
        reliability: Reliability::Steady,
    },
    Pipeline {
        id: "partners",
        name: "Partners (being moved)",
        description: "Moves to another data centre today and takes no deals meanwhile.",
        stages: &[choice("open", "Open")],
        fields: &[field("amount", "Amount", Kind::Number, true)],
        reliability: Reliability::Closed,
    },
];

/// The pipeline whose id is `id`.
pub(super) fn pipeline(id: &str) -> Option<&'static Pipeline> {
    PIPELINES.iter().find(|pipeline| pipeline.id == id)
}

/// GET /crm/v1/pipelines: without stages and fields.
pub(super) async fn list(bearer: Bearer) -> Result<Json<Value>, Problem> {
    bearer.needs("crm.read")?;
    let short = |pipeline: &Pipeline| {
        let Pipeline { id, name, description, .. } = pipeline;
        json!({ "id": id, "name": name, "description": description })
    };
    Ok(Json(json!({ "pipelines": PIPELINES.iter().map(short).collect::<Vec<_>>() })))
}

/// GET /crm/v1/pipelines/{id}
pub(super) async fn one(
    bearer: Bearer,
    Path(id): Path<String>,
) -> Result<Json<&'static Pipeline>, Problem> {
    bearer.needs("crm.read")?;
    pipeline(&id).map(Json).ok_or_else(|| Problem::not_found("pipeline", &id))
}
