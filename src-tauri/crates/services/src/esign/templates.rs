//! GET /esign/v1/templates: the documents that can be sent.

use axum::Json;
use axum::extract::Path;
use serde::Serialize;
use serde_json::{Value, json};

use crate::access::Bearer;
use crate::problem::Problem;

/// A document with places to fill in and sign.
#[derive(Debug, Serialize)]
pub(super) struct Template {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) text: &'static str,
    pub(super) roles: &'static [Role],
    pub(super) fields: &'static [Field],
}

/// One who signs.
#[derive(Debug, Serialize)]
pub(super) struct Role {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
}

/// A place in the document.
#[derive(Debug, Serialize)]
pub(super) struct Field {
    pub(super) label: &'static str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) role: &'static str,
    pub(super) page: u32,
}

const fn field(label: &'static str, kind: &'static str, role: &'static str) -> Field {
    Field { label, kind, role, page: 1 }
}

const TEMPLATES: &[Template] = &[
    Template {
        id: "tpl-nda",
        name: "Mutual non-disclosure agreement",
        description: "Both parties keep what they learn from each other to themselves.",
        text: "1. Each party may show the other what it would not show the public.\n\
               2. What was shown is used for the agreed purpose only, and shown to nobody else.\n\
               3. This holds for two years from the last signature.",
        roles: &[
            Role { id: "first_party", name: "First party" },
            Role { id: "second_party", name: "Second party" },
        ],
        fields: &[
            field("Signature of the first party", "signature", "first_party"),
            field("Date", "date", "first_party"),
            field("Signature of the second party", "signature", "second_party"),
            field("Date", "date", "second_party"),
        ],
    },
    Template {
        id: "tpl-statement-of-work",
        name: "Statement of work",
        description: "What will be delivered, and by when.",
        text: "1. The provider delivers what the parties agreed on in writing.\n\
               2. The customer accepts or refuses a delivery within ten working days.\n\
               3. Changes need the agreement of both.",
        roles: &[Role { id: "customer", name: "Customer" }],
        fields: &[
            field("Signature of the customer", "signature", "customer"),
            field("Job title", "text", "customer"),
            field("Date", "date", "customer"),
        ],
    },
    Template {
        id: "tpl-office-lease",
        name: "Office lease",
        description: "A lease that a third person guarantees.",
        text: "1. The landlord leaves the rooms to the tenant for three years.\n\
               2. The rent is due on the first working day of each month.\n\
               3. The guarantor pays when the tenant does not.",
        roles: &[
            Role { id: "landlord", name: "Landlord" },
            Role { id: "tenant", name: "Tenant" },
            Role { id: "guarantor", name: "Guarantor" },
        ],
        fields: &[
            field("Signature of the landlord", "signature", "landlord"),
            field("Signature of the tenant", "signature", "tenant"),
            field("Signature of the guarantor", "signature", "guarantor"),
        ],
    },
];

impl Template {
    pub(super) fn role(&self, id: &str) -> Option<&'static Role> {
        self.roles.iter().find(|role| role.id == id)
    }
}

/// The template whose id is `id`.
pub(super) fn template(id: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.id == id)
}

/// GET /esign/v1/templates: without text and fields.
pub(super) async fn list(bearer: Bearer) -> Result<Json<Value>, Problem> {
    bearer.needs("esign.read")?;
    let short = |template: &Template| {
        let Template { id, name, description, roles, .. } = template;
        json!({ "id": id, "name": name, "description": description, "roles": roles })
    };
    Ok(Json(json!({ "templates": TEMPLATES.iter().map(short).collect::<Vec<_>>() })))
}

/// GET /esign/v1/templates/{id}
pub(super) async fn one(
    bearer: Bearer,
    Path(id): Path<String>,
) -> Result<Json<&'static Template>, Problem> {
    bearer.needs("esign.read")?;
    template(&id).map(Json).ok_or_else(|| Problem::not_found("template", &id))
}
