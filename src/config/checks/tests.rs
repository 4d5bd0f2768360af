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

type Change = fn(&mut Settings);

#[test]
fn every_slip_names_its_variable() {
    let slips: [(&str, Change); 9] = [
        ("TICKBOX_LISTEN", |it| it.listen = "here".into()),
        ("TICKBOX_SIGNUP", |it| it.signup = "maybe".into()),
        ("TICKBOX_BCRYPT_COST", |it| it.bcrypt_cost = "9".into()),
        ("TICKBOX_TIME_ZONE", |it| it.time_zone = "Mars".into()),
        ("TICKBOX_TRUSTED_PROXIES", |it| {
            it.trusted_proxies = "x".into();
        }),
        ("TICKBOX_WORKERS", |it| it.workers = Some("0".into())),
        ("TICKBOX_TOKEN_ALGORITHM", |it| {
            it.token_algorithm = "x".into();
        }),
        ("TICKBOX_ISSUERS_FILE", |it| {
            it.issuers_file = Some("/x".into());
        }),
        ("TICKBOX_CORS_ORIGINS", |it| {
            it.cors_origins = "a.example".into();
        }),
    ];
    for (variable, slip) in slips {
        let mut settings = Settings {
            database_url: Some("/tmp/t.db".to_owned()),
            secret: Some("k3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a".to_owned()),
            ..settings()
        };
        slip(&mut settings);
        let error = settings.into_config().expect_err(variable).to_string();
        assert!(error.starts_with(variable), "{error}");
    }
}
