//! The stand-in for a person.

use services::demo_clients;
use services::visitor::{PageAnswer, VisitError, Visitor, consent, sign_in, signing};
use url::Url;

use crate::client::{quick, start};
use crate::receiver::Receiver;

#[tokio::test]
async fn the_authorization_pages_are_walked_by_default() {
    let setup = start(quick()).await;
    let receiver = Receiver::start(vec![200]).await;
    let visitor = Visitor::new(setup.services.url()).unwrap();
    let visit = visitor.visit(&setup.authorize(&receiver.url("/back"), &[]), &[]).await.unwrap();
    let shown: Vec<(&str, &str)> =
        visit.pages.iter().map(|page| (page.title.as_str(), page.action.as_str())).collect();
    let expected = [
        ("Sign in", "pressed \"Sign in\""),
        ("Allow E-Signature to use your account?", "pressed \"Allow\""),
    ];
    assert_eq!(shown, expected);
    assert_eq!(visit.ended_status, 200);
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    assert!(received[0].target.starts_with("/back?code=code_"), "{}", received[0].target);
    assert!(received[0].target.ends_with("&state=s+t%26te"));
    assert!(!received[0].headers.contains_key("cookie"), "the services' cookies stay with them");
    assert!(!format!("{visit:?}").contains("code_"), "{visit:?}");
}

#[tokio::test]
async fn denying_ends_at_the_redirect_target_too() {
    let setup = start(quick()).await;
    let receiver = Receiver::start(vec![200]).await;
    let visitor = Visitor::new(setup.services.url()).unwrap();
    let url = setup.authorize(&receiver.url("/back"), &[]);
    let visit = visitor.visit(&url, &[consent(false), signing(true)]).await.unwrap();
    assert!(visit.ended_at.query().unwrap().contains("error=access_denied"));
}

#[tokio::test]
async fn what_a_person_would_see_is_in_the_error() {
    let setup = start(quick()).await;
    let visitor = Visitor::new(setup.services.url()).unwrap();
    let receiver = Receiver::start(vec![400]).await;
    let url = setup.authorize(&receiver.url("/back"), &[]);

    let wrong = visitor.visit(&url, &[sign_in("owner@example.test", "wrong")]).await.unwrap_err();
    assert!(
        matches!(&wrong, VisitError::Trouble { status: 422, text, .. } if text.contains("password is not right"))
    );
    let unregistered =
        visitor.visit(&setup.authorize("https://example.test/", &[]), &[]).await.unwrap_err();
    assert!(unregistered.to_string().contains("not registered"), "{unregistered}");
    let button = PageAnswer { button: "Maybe".to_owned(), ..consent(true) };
    let button = visitor.visit(&url, &[button]).await.unwrap_err();
    assert!(button.to_string().contains("it has: Allow, Deny"), "{button}");
    let mut field = sign_in("owner@example.test", demo_clients().password);
    field.fields.insert("phone".to_owned(), "1".to_owned());
    let field = visitor.visit(&url, &[field]).await.unwrap_err();
    assert!(field.to_string().contains("no field \"phone\"; it has: email, password"), "{field}");
    let refused = visitor.visit(&url, &[]).await.unwrap_err();
    assert!(matches!(refused, VisitError::RefusedRedirect(_, 400)));
    assert!(!refused.to_string().contains("code_"), "{refused}");
    let formless = visitor.visit(setup.services.url().as_str(), &[]).await.unwrap_err();
    assert!(matches!(formless, VisitError::NoForm(..)));
}

#[tokio::test]
async fn only_the_services_and_loopback_targets_are_visited() {
    for foreign in [
        "https://example.test/",
        "http://127.0.0.1.example.test/",
        "https://127.0.0.1/",
        "file:///x",
    ] {
        assert!(
            matches!(Visitor::new(&Url::parse(foreign).unwrap()), Err(VisitError::NotLoopback(_))),
            "{foreign}"
        );
    }
    let setup = start(quick()).await;
    let other = Receiver::start(vec![200]).await;
    let visitor = Visitor::new(setup.services.url()).unwrap();
    let first = visitor.visit(&other.url("/"), &[]).await.unwrap_err();
    assert!(matches!(first, VisitError::ForeignOrigin(..)), "{first}");
    assert!(matches!(visitor.visit("nonsense", &[]).await, Err(VisitError::NotAUrl(..))));
    assert!(other.received().is_empty());

    // A registered redirect target outside this computer is where a visit without a person stops.
    let far = setup.authorize("https://app.example.test/oauth2/redirect", &[]);
    let far = visitor.visit(&far, &[]).await.unwrap_err();
    assert!(
        matches!(&far, VisitError::ForeignOrigin(place, _) if place == "https://app.example.test/oauth2/redirect")
    );
}

/// Another program that pretends to be the services.
async fn impostor(html: &'static str) -> Url {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let app = axum::Router::new()
        .route("/", axum::routing::get(move || async move { axum::response::Html(html) }))
        .route("/loop", axum::routing::get(|| async { axum::response::Redirect::to("/loop") }));
    tokio::spawn(async move { axum::serve(listener, app).await });
    Url::parse(&url).unwrap()
}

#[tokio::test]
async fn what_was_typed_is_not_sent_elsewhere_and_a_loop_ends() {
    let page = r#"<body data-page="signing"><form method="post" action="http://localhost:9/"><button>Sign</button>"#;
    let url = impostor(page).await;
    let visitor = Visitor::new(&url).unwrap();
    let error = visitor.visit(url.as_str(), &[]).await.unwrap_err();
    assert!(matches!(error, VisitError::ForeignOrigin(..)), "{error}");
    let error = visitor.visit(url.join("/loop").unwrap().as_str(), &[]).await.unwrap_err();
    assert!(matches!(error, VisitError::TooManySteps(..)), "{error}");

    let url =
        impostor(r#"<body data-page="survey"><h1>Hello</h1><form><button>Go</button></form>"#)
            .await;
    let error = Visitor::new(&url).unwrap().visit(url.as_str(), &[]).await.unwrap_err();
    assert!(error.to_string().contains("no answer for the page \"survey\""), "{error}");
}
