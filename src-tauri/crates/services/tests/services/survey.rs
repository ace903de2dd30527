//! The survey service.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use services::{Settings, demo_clients};

use crate::client::{Setup, answer, code_of, fields_of, quick, start};

fn with_key(setup: &Setup, account: usize, method: Method, path: &str) -> RequestBuilder {
    let account = demo_clients().survey_accounts[account];
    setup
        .request(method, path)
        .header("X-Survey-Account", account.id)
        .header("X-Api-Key", account.api_key)
}

async fn get(setup: &Setup, account: usize, path: &str) -> (StatusCode, Value) {
    answer(with_key(setup, account, Method::GET, path).send().await.unwrap()).await
}

async fn respond(setup: &Setup, answers: Value) -> (StatusCode, Value) {
    let path = "/survey/v1/surveys/visit-feedback/responses";
    answer(
        with_key(setup, 0, Method::POST, path)
            .json(&json!({ "answers": answers }))
            .send()
            .await
            .unwrap(),
    )
    .await
}

fn good() -> Value {
    json!({
        "visited_on": "2030-01-31",
        "arrived_at": "09:30:00+01:00",
        "channel": "on_site",
        "rating": 6,
        "what_went_wrong": "It was\ncold.",
        "liked": ["speed", "knowledge"],
        "visitor": "V",
        "call_back_at": "2030-02-01T10:00:00Z",
    })
}

#[tokio::test]
async fn accounts_see_their_own_surveys() {
    let setup = start(quick()).await;
    assert_eq!(get(&setup, 0, "/survey/v1/account").await.1["surveys"], 2);
    assert_eq!(get(&setup, 1, "/survey/v1/account").await.1["name"], "Demo Without Surveys");
    let (_, list) = get(&setup, 0, "/survey/v1/surveys").await;
    assert_eq!(list["surveys"][0]["id"], "visit-feedback");
    assert_eq!(get(&setup, 1, "/survey/v1/surveys").await.1, json!({"surveys": []}));
    let (_, survey) = get(&setup, 0, "/survey/v1/surveys/visit-feedback").await;
    assert_eq!(survey["sections"][0]["questions"][2]["options"][0]["value"], "on_site");
    assert_eq!(get(&setup, 1, "/survey/v1/surveys/visit-feedback").await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&setup, 0, "/survey/v1/surveys/none").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_route_wants_account_and_key() {
    let setup = start(quick()).await;
    for (method, path) in [
        (Method::GET, "/survey/v1/account"),
        (Method::GET, "/survey/v1/surveys"),
        (Method::GET, "/survey/v1/surveys/visit-feedback"),
        (Method::POST, "/survey/v1/surveys/visit-feedback/responses"),
        (Method::GET, "/survey/v1/responses/x"),
        (Method::POST, "/survey/v1/files?name=x"),
    ] {
        for headers in [
            vec![],
            vec![("X-Api-Key", "survey-demo-key")],
            vec![("X-Survey-Account", "demo-research"), ("X-Api-Key", "wrong")],
            vec![("X-Survey-Account", "demo-empty"), ("X-Api-Key", "survey-demo-key")],
        ] {
            let mut request = setup.request(method.clone(), path);
            for (name, value) in headers {
                request = request.header(name, value);
            }
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{method} {path}");
            assert!(response.headers().contains_key("www-authenticate"));
        }
    }
}

#[tokio::test]
async fn a_response_is_counted_and_scored() {
    let setup = start(quick()).await;
    let upload =
        with_key(&setup, 0, Method::POST, "/survey/v1/files?name=receipt.txt").body("11.50");
    let (status, file) = answer(upload.send().await.unwrap()).await;
    assert_eq!((status, &file["size"]), (StatusCode::CREATED, &json!(5)));
    let mut answers = good();
    answers["receipts"] = json!([file["id"]]);
    let (status, response) = respond(&setup, answers.clone()).await;
    assert_eq!(status, StatusCode::CREATED, "{response}");
    let files = json!([{"name": "receipt.txt", "size": 5}]);
    assert_eq!(
        response["result"],
        json!({"asked": 10, "answered": 9, "score": 60.0, "files": files})
    );
    let path = format!("/survey/v1/responses/{}", response["id"].as_str().unwrap());
    assert_eq!(get(&setup, 0, &path).await.1["answers"], answers);
    assert_eq!(get(&setup, 1, &path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn answers_are_checked_question_by_question() {
    let setup = start(quick()).await;
    for (question, value) in [
        ("visited_on", json!("31.01.2030")),
        ("visited_on", json!(null)),
        ("arrived_at", json!("09:30")),
        ("channel", json!("by_mail")),
        ("rating", json!("6")),
        ("rating", json!(11)),
        ("what_went_wrong", json!("  ")),
        ("liked", json!("speed")),
        ("liked", json!(["speed", "speed"])),
        ("liked", json!(["colour"])),
        ("visitor", json!("two\nlines")),
        ("call_back_at", json!("2030-02-01")),
        ("receipts", json!(["unknown"])),
        ("unknown", json!("x")),
    ] {
        let mut answers = good();
        answers[question] = value.clone();
        let (status, answer) = respond(&setup, answers).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{question} {value}: {answer}");
        assert_eq!(fields_of(&answer)[0], format!("answers.{question}"));
    }
    assert_eq!(respond(&setup, json!(null)).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let mut happy = good();
    happy["rating"] = json!(9);
    happy.as_object_mut().unwrap().remove("what_went_wrong");
    assert_eq!(respond(&setup, happy).await.0, StatusCode::CREATED, "not asked above 6");
}

#[tokio::test]
async fn files_are_named_and_limited() {
    let setup = start(quick()).await;
    let nameless =
        with_key(&setup, 0, Method::POST, "/survey/v1/files").body("x").send().await.unwrap();
    assert_eq!(fields_of(&answer(nameless).await.1), ["name"]);
    let large =
        with_key(&setup, 0, Method::POST, "/survey/v1/files?name=x").body(vec![0; 1_000_001]);
    let (status, body) = answer(large.send().await.unwrap()).await;
    assert_eq!((status, code_of(&body)), (StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
    let sample = setup.request(Method::GET, "/survey/samples/receipt.txt").send().await.unwrap();
    assert!(sample.text().await.unwrap().contains("11.50"));
}

#[tokio::test]
async fn too_many_requests_are_told_to_wait() {
    let setup = start(Settings { requests_per_minute: 1, ..quick() }).await;
    assert_eq!(get(&setup, 0, "/survey/v1/account").await.0, StatusCode::OK);
    assert_eq!(get(&setup, 0, "/survey/v1/account").await.0, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(
        get(&setup, 1, "/survey/v1/account").await.0,
        StatusCode::OK,
        "another account has its own limit"
    );
}
