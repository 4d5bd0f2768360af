//! What is taken, and what is refused by the name of its variable.

use clap::Parser as _;

use super::*;
use crate::config::CommandLine;

fn settings() -> Settings {
    CommandLine::parse_from(["tickbox"]).settings
}

fn database(url: &str) -> Result<Database, ConfigError> {
    Settings {
        database_url: Some(url.to_owned()),
        ..settings()
    }
    .database()
}

#[test]
fn a_database_is_told_by_its_scheme_and_a_slip_is_refused() {
    assert!(matches!(
        database("postgres://a@b/c"),
        Ok(Database::Postgres { .. })
    ));
    assert!(matches!(
        database("postgresql://a@b/c"),
        Ok(Database::Postgres { .. })
    ));
    assert!(
        matches!(database("sqlite:///x/t.db"), Ok(Database::Sqlite(p)) if p == Path::new("/x/t.db"))
    );
    assert!(matches!(database("./t.db"), Ok(Database::Sqlite(_))));
    for slip in [
        "potsgres://a@b/c",
        "postgres",
        "mysql://a/b",
        "sqlite://",
        "sqlite://x.db?mode=ro",
    ] {
        let error = database(slip).expect_err(slip).to_string();
        assert!(
            error.starts_with("DATABASE_URL: write sqlite://"),
            "{slip}: {error}"
        );
    }
}

#[test]
fn postgresql_demands_a_secret() {
    let settings = Settings {
        database_url: Some("postgres://a@b/c".to_owned()),
        ..settings()
    };

    let error = settings.into_config().expect_err("no secret").to_string();

    assert!(
        error.starts_with("TICKBOX_SECRET: must be set with PostgreSQL"),
        "{error}"
    );
}

#[test]
fn every_slip_names_its_variable() {
    let slips: [(Settings, &str); 6] = [
        (
            Settings {
                listen: "here".to_owned(),
                ..settings()
            },
            "TICKBOX_LISTEN",
        ),
        (
            Settings {
                signup: "maybe".to_owned(),
                ..settings()
            },
            "TICKBOX_SIGNUP",
        ),
        (
            Settings {
                bcrypt_cost: "9".to_owned(),
                ..settings()
            },
            "TICKBOX_BCRYPT_COST",
        ),
        (
            Settings {
                time_zone: "Mars".to_owned(),
                ..settings()
            },
            "TICKBOX_TIME_ZONE",
        ),
        (
            Settings {
                trusted_proxies: "x".to_owned(),
                ..settings()
            },
            "TICKBOX_TRUSTED_PROXIES",
        ),
        (
            Settings {
                workers: Some("0".to_owned()),
                ..settings()
            },
            "TICKBOX_WORKERS",
        ),
    ];
    for (slip, variable) in slips {
        let slip = Settings {
            database_url: Some("/tmp/t.db".to_owned()),
            secret: Some("k3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a".to_owned()),
            ..slip
        };
        let error = slip.into_config().expect_err(variable).to_string();
        assert!(error.starts_with(variable), "{error}");
    }
}
