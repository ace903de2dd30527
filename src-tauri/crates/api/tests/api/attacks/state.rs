//! Redirects with the wrong state, code or issuer.

use serde_json::json;

use super::{Target, attacked};
use crate::shared::in_shared_world;
use crate::world::World;

macro_rules! turned_away {
    ($($name:ident: $query:expr, $says:expr;)+) => { $(
        #[test]
        fn $name() {
            attacked(async |target| {
                let answer = target.comes($query).await;
                assert_eq!(answer.status, 400);
                assert!(answer.page.contains($says), "{}", answer.page);
                target.assert_unharmed().await;
            });
        }
    )+ };
}

turned_away! {
    a_wrong_state_is_turned_away: "code=c&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "class=\"failed\"";
    a_state_with_something_behind_it_is_turned_away: "code=c&state=STATEx", "class=\"failed\"";
    two_states_are_turned_away: "code=c&state=STATE&state=STATE", "more than one state";
    two_states_of_which_one_is_wrong_are_turned_away: "code=c&state=x&state=STATE", "more than one state";
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_state_is_turned_away() {
    // Alone in its world: with one attempt that waits, the page can say what is wrong.
    let world = World::start().await;
    let target = Target::set(&world).await;
    for query in ["code=c", "code=c&state=", "code=c&State=STATE", "code=c#state=STATE"] {
        let answer = target.comes(query).await;
        assert_eq!(answer.status, 400, "{query}");
        assert!(answer.page.contains("State "), "{query}: {}", answer.page);
    }
    target.assert_unharmed().await;
}

#[test]
fn a_redirect_that_comes_twice_is_used_once() {
    attacked(async |target| {
        target.comes("code=first&state=STATE").await;
        target.over().await;
        for again in ["code=first&state=STATE", "code=second&state=STATE", "error=x&state=STATE"] {
            let answer = target.comes(again).await;
            assert_eq!(answer.status, 400, "{again}");
            assert!(answer.page.contains("used"), "{}", answer.page);
        }
        assert_eq!(target.over().await["status"], "done");
        assert_eq!(target.asked(), 1);
    });
}

#[test]
fn ten_redirects_at_once_are_one() {
    attacked(async |target| {
        let all = (0..10).map(|_| target.comes("code=c&state=STATE"));
        let answers = futures_util::future::join_all(all).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert_eq!(target.over().await["status"], "done");
        assert_eq!(target.asked(), 1);
    });
}

#[test]
fn the_state_of_another_attempt_is_of_no_use_to_this_one() {
    in_shared_world(async |world| {
        let (own, other) = (Target::set(world).await, Target::set(world).await);
        world.get("cancel_authorization", json!({ "authorization": other.attempt["id"] })).await;
        let answer = own.comes(&format!("code=c&state={}", other.state)).await;
        assert_eq!(answer.status, 400);
        own.assert_unharmed().await;
        assert_eq!(other.asked(), 0);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_of_another_installation_is_turned_away() {
    let (one, two) = (World::start().await, World::start().await);
    let (own, foreign) = (Target::set(&one).await, Target::set(&two).await);
    assert_eq!(own.comes(&format!("code=c&state={}", foreign.state)).await.status, 400);
    own.assert_unharmed().await;
    foreign.assert_unharmed().await;
}

#[test]
fn what_comes_after_the_attempt_was_cancelled_is_turned_away() {
    attacked(async |target| {
        let id = json!({ "authorization": target.attempt["id"] });
        target.world.get("cancel_authorization", id).await;
        assert_eq!(target.comes("code=late&state=STATE").await.status, 400);
        assert_eq!((target.now().await["status"].clone(), target.asked()), (json!("cancelled"), 0));
    });
}

#[test]
fn two_codes_are_none() {
    attacked(async |target| {
        let answer = target.comes("code=own&code=injected&state=STATE").await;
        assert_eq!(answer.status, 400);
        target.assert_failed("more than one code").await;
    });
}

#[test]
fn a_code_beside_an_error_is_not_used() {
    attacked(async |target| {
        target.comes("code=c&error=access_denied&state=STATE").await;
        target.assert_failed("access_denied").await;
    });
}

#[test]
fn a_token_in_the_redirect_is_no_credential() {
    attacked(async |target| {
        let answer =
            target.comes("access_token=planted-token-9&token_type=Bearer&state=STATE").await;
        assert!(!answer.page.contains("planted-token-9"), "{}", answer.page);
        target.assert_failed("neither code nor error").await;
        assert!(!target.now().await.to_string().contains("planted-token-9"));
    });
}

#[test]
fn the_issuer_of_another_provider_ends_the_attempt_before_the_code_is_sent() {
    attacked(async |target| {
        let answer = target.comes("code=c&state=STATE&iss=https%3A%2F%2Fhonest.example").await;
        assert!(answer.page.contains("issuer"), "{}", answer.page);
        target.assert_failed("https://honest.example").await;
    });
}

#[test]
fn the_issuer_on_another_port_of_the_same_host_is_another_one() {
    in_shared_world(async |world| {
        let (own, other) = (Target::set(world).await, Target::set(world).await);
        let issuer: String =
            url::form_urlencoded::byte_serialize(other.provider.url.as_bytes()).collect();
        own.comes(&format!("code=c&state=STATE&iss={issuer}")).await;
        own.assert_failed(&other.provider.url).await;
        assert_eq!(other.asked(), 0);
        other.assert_unharmed().await;
    });
}

#[test]
fn two_issuers_are_none() {
    attacked(async |target| {
        let own: String =
            url::form_urlencoded::byte_serialize(target.provider.url.as_bytes()).collect();
        target.comes(&format!("code=c&state=STATE&iss={own}&iss=https%3A%2F%2Fx.example")).await;
        target.assert_failed("more than one iss").await;
    });
}
