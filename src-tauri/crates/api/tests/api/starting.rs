//! Starting on a data folder: a second instance, a port that somebody else has, a database from the future.

use std::time::Duration;

use api::{Event, StartError};
use serde_json::json;

use crate::world::{Told, World, data_of, start};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_instance_brings_the_first_to_the_front_and_ends() {
    let world = World::start().await;
    let second = start(world.folder.path(), &world.services, Told::default()).await;
    assert!(matches!(second, Err(StartError::AlreadyRunning)));
    assert_eq!(world.told.shown(), 1);
    world.get("start_screen", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_another_program_has_is_said_and_not_given_up() {
    let world = World::start().await;
    let app = world.open_sample("esign").await;
    let address = |view: &serde_json::Value| {
        let url = view["redirect_uri"].as_str().unwrap().parse::<reqwest::Url>().unwrap();
        url.port().unwrap()
    };
    let port = address(&world.get("read_app", json!({ "app": app })).await);
    world.api.shut_down().await;
    let taken = loop {
        match std::net::TcpListener::bind(("127.0.0.1", port)) {
            Ok(taken) => break taken,
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    };

    let world = world.restart().await;
    let said = world.told.all().into_iter().any(|event| {
        matches!(event, Event::Notice { text, failed: true } if text.contains(&port.to_string()))
    });
    assert!(said, "{:?}", world.told.all());
    assert_ne!(address(&world.get("read_app", json!({ "app": app })).await), port);

    drop(taken);
    let world = world.restart().await;
    assert_eq!(address(&world.get("read_app", json!({ "app": app })).await), port);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_from_a_newer_program_is_refused_and_left_alone() {
    let world = World::start().await;
    world.api.shut_down().await;
    let World { api, folder, services, .. } = world;
    drop(api);
    let database = data_of(folder.path()).join("stepsmith.db");
    // Whoever closes the database last takes its log into the file.
    while database.with_extension("db-wal").exists() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // The version of the file's format stands at byte 60 of an SQLite file (its user_version).
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    std::fs::write(&database, &bytes).unwrap();

    let refused = loop {
        match start(folder.path(), &services, Told::default()).await {
            Err(StartError::AlreadyRunning) => tokio::time::sleep(Duration::from_millis(20)).await,
            Err(error) => break error,
            Ok(_) => panic!("it started"),
        }
    };
    assert!(refused.to_string().contains("9999"), "{refused}");
    assert!(std::fs::read(&database).unwrap() == bytes, "the file was touched");
}
