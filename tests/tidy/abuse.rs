//! `tests/corpus/abuse.txt` has each row of the abuse table once, and the tests that it names exist.

use std::collections::BTreeMap;
use std::fs;

/// How many rows there are of each letter, numbered from one.
const FAMILIES: [(&str, usize); 8] = [
    ("T", 36),
    ("J", 23),
    ("C", 8),
    ("X", 9),
    ("L", 24),
    ("N", 10),
    ("B", 24),
    ("H", 14),
];
/// How many advisories of neighbours were gone through.
const ADVISORIES: usize = 51;

/// A line of the table: a row's id, what it is about, and the tests or why there is none.
type Row<'t> = (&'t str, &'t str, &'t str);

fn row(line: &str) -> Option<Row<'_>> {
    let mut columns = line.splitn(3, "  ").map(str::trim);
    let row = (columns.next()?, columns.next()?, columns.next()?);
    let is_whole = !(row.0.is_empty() || row.1.is_empty() || row.2.is_empty());
    is_whole.then_some(row)
}

#[test]
fn every_row_of_the_abuse_table_names_tests_that_exist() {
    let table = fs::read_to_string("tests/corpus/abuse.txt").expect("the table");
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for line in table.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (id, words, tests) = row(line).unwrap_or_else(|| panic!("three columns: {line}"));
        assert!(seen.insert(id, words).is_none(), "{id} is there twice");
        if let Some(why) = tests.strip_prefix("absent") {
            assert!(why.split_whitespace().count() > 2, "{id}: why?");
            continue;
        }
        for test in tests.split(", ") {
            let (file, name) = test.split_once("::").unwrap_or((test, ""));
            let path = match file.split_once('/') {
                Some(("src", _)) => file.to_owned(),
                _ => format!("tests/{file}"),
            };
            let text = files.entry(path).or_insert_with_key(|path| {
                fs::read_to_string(path).unwrap_or_else(|_| panic!("{id}: no file {path}"))
            });
            let is_there = text.contains(&format!("fn {name}("));
            assert!(is_there && !name.is_empty(), "{id}: no {test}");
        }
    }

    for (letter, count) in FAMILIES {
        for number in 1..=count {
            let id = format!("{letter}{number}");
            assert!(seen.remove(&*id).is_some(), "{id} is missing");
        }
    }
    let is_advisory = |id: &&str| {
        ["CVE-", "GHSA-", "RUSTSEC-", "OTHER-"]
            .iter()
            .any(|kind| id.starts_with(kind))
    };
    assert!(seen.keys().all(is_advisory), "{:?}", seen.keys());
    assert_eq!(seen.len(), ADVISORIES, "advisories");
}

/// The version of each crate of that name in the lock file.
fn versions<'t>(lock: &'t str, name: &str) -> Vec<Vec<u32>> {
    let head = format!("\nname = \"{name}\"\nversion = \"");
    let found = lock.split(&head).skip(1);
    let version = |rest: &'t str| rest.split('"').next().unwrap_or_default();
    let numbers = |version: &'t str| {
        version
            .split(['.', '-', '+'])
            .map_while(|it| it.parse().ok())
    };
    found.map(|rest| numbers(version(rest)).collect()).collect()
}

#[test]
fn no_crate_with_a_known_hole_is_part_of_the_program() {
    let lock = fs::read_to_string("Cargo.lock").expect("the lock file");
    for banned in ["rsa", "actix-governor", "actix-web-httpauth"] {
        assert!(versions(&lock, banned).is_empty(), "{banned}");
    }
    // From these versions on the holes that are listed are closed.
    for (name, least) in [
        ("jsonwebtoken", [11, 0, 0]),
        ("diesel", [2, 3, 0]),
        ("actix-http", [3, 18, 11]),
        ("bcrypt", [0, 19, 0]),
        ("totp-rs", [6, 0, 0]),
    ] {
        let found = versions(&lock, name);
        assert!(!found.is_empty(), "{name} is another crate by now?");
        for version in found {
            assert!(version >= least.to_vec(), "{name} {version:?}");
        }
    }
    let policy = fs::read_to_string(".cargo/deny.toml").expect("the policy");
    for banned in ["rsa", "actix-governor"] {
        assert!(
            policy.contains(&format!("crate = \"{banned}\"")),
            "{banned}"
        );
    }
}
