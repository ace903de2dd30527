//! Survey: custom authorization, and forms with every type of input.

use std::fs;

use fantoccini::Locator;
use tests::assert_in_order;

use crate::elements::region;
use crate::stage::on_stage;

/// The Tab key: leaves a field, which closes its calendar.
const TAB: char = '\u{e004}';

#[tokio::test]
async fn a_survey_with_every_type_of_input_is_answered_and_sent() {
    on_stage("survey", async |stage| {
        let receipt = stage.folder().join("receipt.txt");
        fs::write(&receipt, "two coffees").unwrap();
        let window = stage.open(&["--sample", "survey"]).await;
        window.open_preview().await;
        window.start_flow("Send a survey response").await;
        window.press("Add account").await;
        window.fill("Account", "demo-research").await;
        window.fill("API key", "survey-demo-key").await;
        window.press("Connect").await;
        window.goes_on_as("Demo Research (demo-research)").await;

        window.find(&region("Form 1")).await;
        window.choose("Survey", "Feedback on a visit").await;
        window.press("Next").await;

        window.find(&region("Form 2")).await;
        // Nothing is filled in yet: what is required says so, and nothing is sent.
        window.press("Next").await;
        window.find(&format!("{}//*[@role='alert' or contains(@id, '-error')]", region("Form 2"))).await;
        window.fill("Day of the visit", &format!("2030-01-31{TAB}")).await;
        window.fill("Time of arrival: hours", "09").await;
        window.fill("Time of arrival: minutes", "30").await;
        window.fill("Time of arrival: seconds", "00").await;
        window.choose("Time of arrival: offset from UTC", "UTC+05:45").await;
        window.choose("Kind of visit", "On site").await;
        window.fill("Overall rating", "6").await;
        window.press("Next").await;

        window.find(&region("Form 3")).await;
        window.fill("What went wrong?", "The meeting room was cold.").await;
        window.choose("What was good?", "Friendliness").await;
        window.pick("Knowledge").await;
        window.fill("Name of the visitor", "Outside Guest").await;
        window.fill("Call back at: date", &format!("2030-02-01{TAB}")).await;
        window.fill("Call back at: hours", "10").await;
        window.fill("Call back at: minutes", "00").await;
        window.fill("Call back at: seconds", "00").await;
        let files = window.client.find(Locator::Css("input[type=file][aria-label='Receipts: choose files']"));
        files.await.unwrap().send_keys(receipt.to_str().unwrap()).await.unwrap();
        window.text("receipt.txt").await;
        window.press("Done").await;

        window.find(&region("Step")).await;
        window.press("Send response").await;
        window.ended("Completed").await;
        window
            .message("The response was sent: 9 of 10 questions answered, score 60 of 100, files: receipt.txt.")
            .await;
        assert_in_order(
            &window.timeline().await,
            &[
                "Moxo Client to Creator, reply: Display a form to ask creator to provide input",
                "Creator to Moxo Client: Inputs",
                "Moxo Client to Integration Framework: Inputs",
                "Integration Framework: Invoke identity function to get identity information",
                "Integration Framework: Save credential",
                "Moxo Client to Moxo Server, reply: Create the step",
                "Integration Framework to Moxo Server: Complete or cancel the action or automation",
            ],
        );
        window.close().await;
    })
    .await;
}
