//! E-Signature from the start screen to its end, everything by hand.

use tests::assert_in_order;

use crate::elements::{field, region, tab};
use crate::stage::on_stage;
use crate::start::TABS;
use crate::walk::{ACCOUNT, DOCUMENT};

#[tokio::test]
async fn a_document_is_signed_from_the_start_screen_to_completed() {
    on_stage("esign_completed", async |stage| {
        let window = stage.open(&[]).await;
        window.open_sample("E-Signature").await;
        for name in TABS {
            window.find(&tab(name)).await;
        }
        window.open_preview().await;
        window.start_flow(DOCUMENT).await;

        window.text("No account yet.").await;
        let address = window.add_account(stage).await;
        assert!(address.starts_with("http://127.0.0.1:4870/oauth2/authorize?"), "{address}");
        window.goes_on_as(ACCOUNT).await;

        window.fill_forms().await;
        window.open_signing_page().await;
        window.decide_on_signing_page("Sign").await;

        window.ended("Completed").await;
        window.attachment("Statement of work.pdf").await;
        window.message("Assignee 1 signed \"Statement of work\".").await;
        assert_in_order(&window.timeline().await, &SEED);
        window.walk_diagram(stage).await;
        window.close().await;
    })
    .await;
}

/// The messages of the seed's diagrams on this way.
const SEED: [&str; 35] = [
    "Creator to Moxo Client: Add app to workspace",
    "Moxo Client to Integration Framework: Get app's authentication configuration",
    "Integration Framework to Moxo Client, reply: Authentication configuration",
    "Moxo Client to Creator, reply: Open OAuth2 authorization web page",
    "Creator to External Service: Authenticate",
    "External Service to Integration Framework, reply: Redirect to OAuth2 redirect URL",
    "Integration Framework to External Service: Get OAuth2 token",
    "External Service to Integration Framework, reply: OAuth2 token",
    "Integration Framework: Invoke identity function to get identity information",
    "Integration Framework: Save credential",
    "Moxo Client to Integration Framework: Invoke build function",
    "Integration Framework: Invoke build function and get return value",
    "Integration Framework to Moxo Client, reply: Return value",
    "Moxo Client to Creator, reply: Ask creator to fill the form",
    "Creator to Moxo Client: Form data",
    "Moxo Client to Integration Framework: Invoke build function with form data",
    "Integration Framework: Invoke build function and get return value",
    "Integration Framework to Moxo Client, reply: Return value",
    "Moxo Client to Creator, reply: Ask creator to fill the form",
    "Creator to Moxo Client: Form data",
    "Moxo Client to Integration Framework: Invoke build function with form data",
    "Integration Framework to Moxo Client, reply: Return value",
    "Moxo Client to Moxo Server, reply: Create the step",
    "Integration Framework, note: Process is triggered",
    "Integration Framework: Invoke action function and get return value",
    "Integration Framework to External Service: Register webhook",
    "Integration Framework to Moxo Client, reply: External URL with `Redirect URL` as parameter",
    "Moxo Client: Open external URL",
    "Moxo Client to External Service: Do something",
    "External Service to Integration Framework, reply: Redirect to `Redirect URL`",
    "Integration Framework: Invoke redirect function and get return value",
    "External Service: Finish asynchronous operations",
    "External Service to Integration Framework, reply: Send webhook request to `Webhook URL`",
    "Integration Framework: Invoke webhook function and get return value",
    "Integration Framework to Moxo Server: Complete or fail the action or automation",
];

#[tokio::test]
async fn a_declined_signature_cancels_the_step() {
    on_stage("esign_cancelled", async |stage| {
        let window = stage.open(&["--sample", "esign"]).await;
        window.open_preview().await;
        window.start_flow(DOCUMENT).await;
        window.add_account(stage).await;
        window.fill_forms().await;
        window.open_signing_page().await;

        let frame = window.find(&format!("{}//iframe", region("External page"))).await;
        frame.enter_frame().await.unwrap();
        window.find(&field("Reason, if you decline")).await;
        window.fill("Reason, if you decline", "The price is wrong.").await;
        window.client.enter_parent_frame().await.unwrap();
        window.decide_on_signing_page("Decline").await;

        window.ended("Cancelled").await;
        window
            .message("Assignee 1 declined to sign \"Statement of work\": The price is wrong.")
            .await;
        window.close().await;
    })
    .await;
}
