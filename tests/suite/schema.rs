//! The migrations of both engines against each other and against `src/store/schema.rs`.

use std::collections::BTreeSet;
use std::path::Path;

use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use serde_json::json;

use crate::support::{Engine, Raw, raw};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");
const SCHEMA: &str = include_str!("../../src/store/schema.rs");

/// Every column as `table.column type`, with `?` where it may be null, as the code has it.
fn written() -> BTreeSet<String> {
    let mut columns = BTreeSet::new();
    let mut table = "";
    for line in SCHEMA.lines().map(str::trim) {
        if let Some((name, kind)) = line.trim_end_matches(',').split_once(" -> ") {
            let inner = kind
                .strip_prefix("Nullable<")
                .and_then(|kind| kind.strip_suffix('>'));
            let mark = if inner.is_some() { "?" } else { "" };
            let kind = inner.unwrap_or(kind).rsplit("::").next().expect("a name");
            columns.insert(format!("{table}.{name} {kind}{mark}"));
        } else if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with('{')) {
            table = name;
        }
    }
    columns
}

/// The same columns as the engine has them.
const OF_SQLITE: &str = "
    SELECT t.name || '.' || c.name || ' ' || CASE c.type
        WHEN 'BLOB' THEN 'UuidBytes' WHEN 'TEXT' THEN 'Text' WHEN 'BIGINT' THEN 'BigInt'
        WHEN 'SMALLINT' THEN 'SmallInt' WHEN 'INTEGER' THEN 'Integer' WHEN 'BINARY' THEN 'Binary'
        WHEN 'BOOLEAN' THEN 'Bool' WHEN 'DATE' THEN 'Date'
        ELSE c.type END || CASE c.\"notnull\" WHEN 0 THEN '?' ELSE '' END AS line
    FROM sqlite_schema t JOIN pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%'";
const OF_POSTGRES: &str = "
    SELECT table_name || '.' || column_name || ' ' || CASE data_type
        WHEN 'uuid' THEN 'UuidBytes' WHEN 'text' THEN 'Text' WHEN 'bigint' THEN 'BigInt'
        WHEN 'smallint' THEN 'SmallInt' WHEN 'integer' THEN 'Integer' WHEN 'bytea' THEN 'Binary'
        WHEN 'boolean' THEN 'Bool' WHEN 'date' THEN 'Date'
        ELSE data_type END || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END AS line
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%'";

/// Every primary key as `table (columns)`.
const KEYS_OF_SQLITE: &str = "
    SELECT name || ' (' || (SELECT group_concat(c.name, ', ' ORDER BY c.pk)
        FROM pragma_table_info(t.name) c WHERE c.pk > 0) || ')' AS line
    FROM sqlite_schema t
    WHERE t.type = 'table' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%'";
const KEYS_OF_POSTGRES: &str = "
    SELECT c.relname || ' (' || string_agg(
            a.attname, ', ' ORDER BY array_position(i.indkey::int2[], a.attnum)) || ')' AS line
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
    WHERE i.indisprimary AND c.relnamespace = current_schema()::regnamespace
        AND c.relname NOT LIKE '\\_\\_%'
    GROUP BY c.relname";

/// Every index that a migration names.
const INDEXES_OF_SQLITE: &str = "
    SELECT name AS line FROM sqlite_schema
    WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
const INDEXES_OF_POSTGRES: &str = "
    SELECT indexname::text AS line FROM pg_indexes
    WHERE schemaname = current_schema()
        AND indexname NOT LIKE '%\\_pkey' AND indexname NOT LIKE '%\\_key' ORDER BY indexname";

fn found(db: &mut Raw) -> BTreeSet<String> {
    let sql = match db {
        Raw::Sqlite(_) => OF_SQLITE,
        Raw::Postgres(_) => OF_POSTGRES,
    };
    db.lines(sql).into_iter().collect()
}

/// The names that `CREATE INDEX` and `CREATE UNIQUE INDEX` give in the other engine's files.
fn indexes_written(folder: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for migration in migrations(folder) {
        let path = Path::new("migrations")
            .join(folder)
            .join(migration)
            .join("up.sql");
        let sql = std::fs::read_to_string(path).expect("up.sql");
        for line in sql.lines() {
            let name = |beginning| line.strip_prefix(beginning)?.split([' ', ';']).next();
            names.extend(
                name("CREATE INDEX ")
                    .or(name("CREATE UNIQUE INDEX "))
                    .map(str::to_owned),
            );
            if let Some(dropped) = name("DROP INDEX ") {
                names.remove(dropped);
            }
        }
    }
    names
}

fn migrations(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(Path::new("migrations").join(folder)).expect("a folder");
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name();
    entries
        .map(|entry| name(entry).into_string().expect("UTF-8"))
        .collect()
}

fn down(db: &mut Raw) {
    match db {
        Raw::Sqlite(db) => db.revert_all_migrations(SQLITE).map(drop),
        Raw::Postgres(db) => db.revert_all_migrations(POSTGRES).map(drop),
    }
    .expect("every way back");
}

fn down_once(db: &mut Raw) {
    match db {
        Raw::Sqlite(db) => db.revert_last_migration(SQLITE).map(drop),
        Raw::Postgres(db) => db.revert_last_migration(POSTGRES).map(drop),
    }
    .expect("a way back");
}

fn up(db: &mut Raw) {
    match db {
        Raw::Sqlite(db) => db.run_pending_migrations(SQLITE).map(drop),
        Raw::Postgres(db) => db.run_pending_migrations(POSTGRES).map(drop),
    }
    .expect("every way forth");
}

#[test]
fn both_engines_have_the_same_migrations() {
    assert_eq!(migrations("sqlite"), migrations("postgres"));
    assert!(!migrations("sqlite").is_empty());
}

#[test]
fn both_engines_have_indexes_of_the_same_names() {
    assert_eq!(indexes_written("sqlite"), indexes_written("postgres"));
}

on_both_engines! {
    async fn the_tables_are_those_that_the_code_knows(site: Site) {
        let columns = found(&mut raw(&site));

        assert_eq!(columns, written());
        assert!(columns.contains("tasks.due_on Date?"), "{columns:?}");
    }

    async fn the_owner_leads_the_key_of_everything_owned(site: Site) {
        let mut keys = raw(&site).lines(match site.engine {
            Engine::Sqlite => KEYS_OF_SQLITE,
            Engine::Postgres => KEYS_OF_POSTGRES,
        });

        keys.sort();
        assert_eq!(
            keys,
            [
                "attempts (bucket)",
                "identities (issuer, subject)",
                "invitations (hash)",
                "journal (user_id, version)",
                "labels (user_id, key)",
                "lists (user_id, id)",
                "mail_links (user_id, purpose)",
                "outbox (id)",
                "personal_tokens (user_id, id)",
                "recovery_codes (user_id, hash)",
                "revoked_sids (sid)",
                "second_factors (user_id)",
                "sign_ins (user_id, id)",
                "task_labels (user_id, label_key, task_id)",
                "tasks (user_id, id)",
                "users (id)",
                "views (user_id, id)",
            ]
        );
    }

    async fn the_indexes_are_those_that_the_migrations_name(site: Site) {
        let (sql, folder) = match site.engine {
            Engine::Sqlite => (INDEXES_OF_SQLITE, "sqlite"),
            Engine::Postgres => (INDEXES_OF_POSTGRES, "postgres"),
        };

        let indexes: BTreeSet<_> = raw(&site).lines(sql).into_iter().collect();

        assert_eq!(indexes, indexes_written(folder));
    }

    async fn every_migration_can_be_taken_back_and_made_again(site: Site) {
        let mut db = raw(&site);
        let before = found(&mut db);

        down(&mut db);
        let bare = found(&mut db);
        up(&mut db);

        assert_eq!(bare, BTreeSet::new());
        assert_eq!(found(&mut db), before);
    }

    async fn what_people_have_survives_the_last_migration_and_its_way_back(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        ann.post("/api/tasks", json!({ "title": "Crème", "notes": "Two\nLines" })).await.created();
        ann.post("/api/tasks", json!({ "title": "Brot" })).await.created();
        let mut db = raw(&site);

        down_once(&mut db);
        up(&mut db);

        assert_eq!(ann.titles("/api/tasks?sort=title").await, ["Brot", "Crème"]);
        for word in ["creme", "two", "lines"] {
            assert_eq!(ann.titles(&format!("/api/tasks?q={word}")).await, ["Crème"], "{word}");
        }
        let third = ann.post("/api/tasks", json!({ "title": "x" })).await.created();
        assert_eq!(third["version"], 4, "the counter goes on");
    }

    async fn a_database_of_a_later_version_is_refused(site: Site) {
        let insert = "INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')";
        raw(&site).batch_execute(insert).expect("a row");
        let database = site.database.clone();
        let folder = site.close();

        let refused = tickbox::store::Store::open(&database, tickbox::store::Limits::default());

        let error = refused.err().expect("it is newer").to_string();
        assert!(
            error.contains("newer than this tickbox") && error.contains("99990101000000"),
            "{error}"
        );
        drop(folder);
    }
}
