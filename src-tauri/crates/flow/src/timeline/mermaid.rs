//! A timeline as text, in the seed's own notation.

use super::{Actor, Message, MessageKind, in_order};

const ORDER: [Actor; 6] = [
    Actor::Creator,
    Actor::Assignee,
    Actor::MoxoClient,
    Actor::IntegrationFramework,
    Actor::MoxoServer,
    Actor::ExternalService,
];

/// Whether a diagram holds what functions do over HTTP ([`Message::detail`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requests {
    /// No, as in the seed's diagrams: a call stands for all of it.
    Folded,
    /// Yes, request by request.
    Shown,
}

/// Renders a timeline in the seed's notation, as it happened.
pub fn mermaid(messages: &[Message], requests: Requests) -> String {
    let ordered: Vec<&Message> = in_order(messages)
        .into_iter()
        .filter(|message| requests == Requests::Shown || !message.detail)
        .collect();
    let mut text = String::from("%%{init: {'theme':'default'}}%%\nsequenceDiagram\n");
    for actor in ORDER {
        if ordered.iter().any(|message| message.from == actor || message.to == actor) {
            let word = if actor.is_person() { "actor" } else { "participant" };
            text.push_str(&format!("\t{word} {} as {}\n", actor.mermaid_id(), actor.title()));
        }
    }
    for message in ordered {
        let (from, to, label) =
            (message.from.mermaid_id(), message.to.mermaid_id(), escape(&message.label));
        text.push_str(&match message.kind {
            MessageKind::Request => format!("\t{from}->>{to}: {label}\n"),
            MessageKind::Reply => format!("\t{from}-->>{to}: {label}\n"),
            MessageKind::Line => format!("\t{from}->{to}: {label}\n"),
            MessageKind::Note => format!("\tnote over {from}: {label}\n"),
        });
    }
    text
}

/// Mermaid ends a statement at a line break or `;` and reads `#…;` as a character code.
fn escape(label: &str) -> String {
    let mut text = String::with_capacity(label.len());
    for character in label.chars() {
        match character {
            '#' => text.push_str("#35;"),
            ';' => text.push_str("#59;"),
            other if other.is_control() => text.push(' '),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::{Stage, label};
    use super::*;

    fn said(at: i64, from: Actor, kind: MessageKind, to: Actor, label: &str) -> Message {
        Message::new(at, Stage::Run, from, kind, to, label)
    }

    #[test]
    fn renders_the_seeds_notation() {
        let (creator, framework) = (Actor::Creator, Actor::IntegrationFramework);
        let service = Actor::ExternalService;
        let messages = [
            said(1, creator, MessageKind::Request, Actor::MoxoClient, label::ADD_APP),
            said(2, creator, MessageKind::Line, service, label::AUTHENTICATE),
            said(4, service, MessageKind::Reply, framework, "POST a/#1;b\nC->>S: no"),
            said(3, framework, MessageKind::Note, framework, label::TRIGGERED),
        ];
        assert_eq!(
            mermaid(&messages, Requests::Shown),
            "%%{init: {'theme':'default'}}%%\nsequenceDiagram\n\tactor C as Creator\n\tparticipant CL as Moxo Client\n\
             \tparticipant IF as Integration Framework\n\tparticipant ES as External Service\n\
             \tC->>CL: Add app to workspace\n\tC->ES: Authenticate\n\tnote over IF: Process is triggered\n\
             \tES-->>IF: POST a/#35;1#59;b C->>S: no\n"
        );
    }

    #[test]
    fn leaves_requests_of_functions_out_when_told_to_with_who_only_answers_them() {
        let (framework, service) = (Actor::IntegrationFramework, Actor::ExternalService);
        let messages = [
            said(1, framework, MessageKind::Reply, framework, label::ACTION_RETURNS),
            said(2, framework, MessageKind::Request, service, "GET a.example/b").detail_if(true),
            said(3, service, MessageKind::Reply, framework, "Status 200").detail_if(true),
        ];
        let folded = mermaid(&messages, Requests::Folded);
        assert!(folded.ends_with("\tIF-->>IF: Invoke action function and get return value\n"));
        assert!(!folded.contains("ES"), "{folded}");
        let shown = mermaid(&messages, Requests::Shown);
        assert!(shown.contains("\tIF->>ES: GET a.example/b\n\tES-->>IF: Status 200\n"), "{shown}");
    }
}
