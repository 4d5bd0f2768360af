//! What stops a start says so: exit code 1, and one sentence that names the setting to mend.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::{Engine, Place};

fn sqlite() -> Place {
    Place::new(Engine::Sqlite).expect("SQLite is always there")
}

/// A start on SQLite with these settings fails with a sentence that begins and goes on so.
#[track_caller]
fn refused(settings: &[(&str, &str)], variable: &str, remedy: &str) {
    let sentence = sqlite().refused(settings);
    assert!(sentence.starts_with(&format!("{variable}: ")), "{sentence}");
    assert!(sentence.contains(remedy), "{sentence}");
    assert!(!sentence.contains("hunter22"), "{sentence}");
}

const SECRET: (&str, &str) = ("TICKBOX_SECRET", "k3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a");

#[test]
fn a_database_of_an_unknown_kind() {
    let url = "mysql://ann:hunter22@localhost/tickbox";
    refused(&[("DATABASE_URL", url)], "DATABASE_URL", "postgres://");
}

#[test]
fn a_postgresql_server_that_is_not_there() {
    let url = "postgres://ann:hunter22@127.0.0.1:1/tickbox";
    let settings = [("DATABASE_URL", url), SECRET];
    refused(&settings, "DATABASE_URL", "is the server up");
}

#[test]
fn a_postgresql_database_that_is_not_there() {
    let Ok(url) = std::env::var("TICKBOX_TEST_DATABASE_URL") else {
        return;
    };
    let joint = if url.contains('?') { '&' } else { '?' };
    let url = format!("{url}{joint}dbname=nowhere");
    let settings = [("DATABASE_URL", url.as_str()), SECRET];
    refused(&settings, "DATABASE_URL", "\"nowhere\" does not exist");
}

#[test]
fn postgresql_without_a_secret() {
    let url = "postgres://ann:hunter22@127.0.0.1:1/tickbox";
    let settings = [("DATABASE_URL", url)];
    refused(&settings, "TICKBOX_SECRET", "openssl rand -base64 48");
}

#[test]
fn a_short_secret() {
    refused(
        &[("TICKBOX_SECRET", "hunter22")],
        "TICKBOX_SECRET",
        "openssl rand -base64 48",
    );
}

#[test]
fn a_port_in_use() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    refused(
        &[("TICKBOX_LISTEN", address.as_str())],
        "TICKBOX_LISTEN",
        &address,
    );
}

/// Below a device nobody can make a folder, not even root.
#[test]
fn a_data_folder_that_cannot_be_made() {
    let settings = [("TICKBOX_DATA_DIR", "/dev/null/x")];
    refused(&settings, "TICKBOX_DATA_DIR", "/dev/null/x");
}

#[test]
fn a_file_in_a_folder_that_does_not_exist() {
    let settings = [("DATABASE_URL", "sqlite:///dev/null/x/tickbox.db")];
    refused(&settings, "DATABASE_URL", "/dev/null/x/tickbox.db");
}

#[test]
fn a_file_that_is_no_database() {
    let place = sqlite();
    let file = place.folder.path().join("notes.txt");
    std::fs::write(&file, "Buy milk\n".repeat(1000)).expect("a file");

    let sentence = place.refused(&[("DATABASE_URL", file.to_str().expect("a path"))]);

    assert!(sentence.starts_with("DATABASE_URL: "), "{sentence}");
    assert!(sentence.contains("notes.txt"), "{sentence}");
}

#[test]
fn a_second_process_on_the_same_file() {
    let place = sqlite();
    let server = place.serve();

    let sentence = place.refused(&[]);

    assert!(sentence.starts_with("DATABASE_URL: another tickbox serves "));
    assert_eq!(server.client().get("/readyz").status, 200);
}

on_both_engines! {
    fn a_database_newer_than_the_program(place: &Place) {
        place.serve().kill();
        place.run_sql(
            "INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')",
        );

        let sentence = place.refused(&[]);

        assert!(sentence.starts_with("DATABASE_URL: this database is newer"), "{sentence}");
        assert!(sentence.contains("29991231000000"), "{sentence}");
    }
}

#[test]
fn the_generated_secret_is_for_its_owner_alone_and_stays() {
    let place = sqlite();
    let mut server = place.serve();
    let file = place.folder.path().join("data/secret");
    let secret = std::fs::read(&file).expect("a secret");
    let token = server.client().sign_up("ann").token;
    server.kill();

    let server = place.serve();

    let mode = std::fs::metadata(&file)
        .expect("a file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(std::fs::read(&file).expect("a secret"), secret);
    let mut ann = server.client();
    ann.token = token;
    assert_eq!(
        ann.get("/api/me").status,
        200,
        "the session outlives a restart"
    );
}

#[test]
fn the_health_check_tells_up_from_down() {
    let place = sqlite();
    let mut server = place.serve();
    let address = server.address().to_owned();
    let ask = || {
        let mut command = place.tickbox();
        command.arg("healthcheck").env("TICKBOX_LISTEN", &address);
        command.output().expect("the binary starts")
    };

    let up = ask();
    server.kill();
    let down = ask();

    assert_eq!(up.status.code(), Some(0), "{up:?}");
    assert_eq!(down.status.code(), Some(1), "{down:?}");
    assert!(String::from_utf8_lossy(&down.stderr).contains(&address));
}

#[test]
fn limits_that_are_no_numbers() {
    for name in [
        "TICKBOX_LIMIT_TASKS",
        "TICKBOX_LIMIT_LISTS",
        "TICKBOX_LIMIT_LABELS",
        "TICKBOX_TRASH_DAYS",
    ] {
        refused(&[(name, "many")], name, "is no number from 1 to");
        refused(&[(name, "0")], name, "is no number from 1 to");
    }
}

#[test]
fn an_issuer_whose_keys_anybody_on_the_line_could_change() {
    let place = sqlite();
    let file = place.folder.path().join("issuers.toml");
    let table = "[[issuer]]\nissuer = \"https://a.example\"\naudience = \"tickbox\"\n\
                 algorithm = \"EdDSA\"\njwks_url = \"http://a.example/jwks\"\n";
    std::fs::write(&file, table).unwrap();

    let sentence = place.refused(&[("TICKBOX_ISSUERS_FILE", file.to_str().unwrap())]);

    assert!(sentence.starts_with("TICKBOX_ISSUERS_FILE: "), "{sentence}");
    assert!(
        sentence.contains("https://a.example") && sentence.contains("needs https://"),
        "{sentence}"
    );
}
