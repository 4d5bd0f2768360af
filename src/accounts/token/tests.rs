//! What a token says, to whom, and for how long.

use super::*;
use secrecy::ExposeSecret as _;

const NOW: Stamp = Stamp::from_micros(1_800_000_000_000_000);

fn key(letter: &str) -> SecretKey {
    SecretKey::new(format!("{letter}3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a").into_bytes()).expect("a key")
}

fn tokens() -> Tokens {
    signed_by(&["k"], TokenAlgorithm::Hs256)
}

/// Tokens of these keys, the first of which signs.
fn signed_by(letters: &[&str], algorithm: TokenAlgorithm) -> Tokens {
    let keys: Vec<_> = letters.iter().map(|letter| key(letter)).collect();
    Tokens::new("tickbox".to_owned(), &keys, algorithm).expect("tokens")
}

fn token() -> String {
    let issued = tokens()
        .issue(Uuid::from_u128(7), 42, NOW)
        .expect("a token");
    issued.token.expose_secret().to_owned()
}

#[test]
fn a_token_says_who_signed_in_for_seven_days_and_not_a_second_longer() {
    let credential = tokens().verify(&token(), Access::Read, NOW).expect("good");
    let sign_in = credential.sign_in().expect("a sign-in");
    assert_eq!(
        (credential.account, sign_in.epoch),
        (Uuid::from_u128(7), 42)
    );

    assert!(
        tokens()
            .verify(&token(), Access::Read, NOW.plus_seconds(LIFETIME - 1))
            .is_ok()
    );
    assert!(
        tokens()
            .verify(&token(), Access::Read, NOW.plus_seconds(LIFETIME))
            .is_err()
    );
}

#[test]
fn a_retired_key_still_verifies_and_a_foreign_one_does_not() {
    let rotated = signed_by(&["n", "k"], TokenAlgorithm::Hs256);
    assert!(rotated.verify(&token(), Access::Read, NOW).is_ok());

    let foreign = signed_by(&["x"], TokenAlgorithm::Hs256);
    assert!(foreign.verify(&token(), Access::Read, NOW).is_err());
}

#[test]
fn no_byte_of_a_token_can_be_changed() {
    let good = token();
    for at in 0..good.len() {
        let mut bytes = good.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let bent = String::from_utf8(bytes).expect("ASCII");
        assert!(
            tokens().verify(&bent, Access::Read, NOW).is_err(),
            "byte {at}"
        );
    }
}

#[test]
fn every_token_is_of_a_sign_in_of_its_own() {
    let sids = [token(), token()].map(|token| {
        let credential = tokens().verify(&token, Access::Read, NOW).expect("good");
        credential.sign_in().expect("a sign-in").sid
    });
    assert_ne!(sids[0], sids[1]);
}

#[test]
fn a_renewed_token_is_of_the_same_sign_in() {
    let first = tokens().verify(&token(), Access::Read, NOW).expect("good");
    let first = first.sign_in().expect("a sign-in");
    let later = NOW.plus_seconds(3 * 86_400);

    let renewed = tokens()
        .renew(Uuid::from_u128(7), &first, later)
        .expect("a token");

    let renewed = tokens().verify(renewed.token.expose_secret(), Access::Read, later);
    let renewed = renewed.expect("good").sign_in().expect("a sign-in");
    assert_eq!((renewed.sid, renewed.since), (first.sid, NOW));
    assert_eq!(renewed.expires, later.plus_seconds(LIFETIME));
}

#[test]
fn a_token_of_one_purpose_is_none_of_another() {
    let account = Uuid::from_u128(7);
    let text = |issued: Result<Issued>| issued.expect("a token").token.expose_secret().to_owned();
    let login = text(tokens().issue(account, 42, NOW));
    let halfway = text(tokens().issue_second_step(account, 42, NOW));
    let personal = text(tokens().issue_personal(account, Uuid::from_u128(9), None, NOW));

    let verify = |token: &str| {
        tokens()
            .verify(token, Access::Write, NOW)
            .map(|it| it.proof)
    };
    assert!(matches!(verify(&login), Ok(Proof::SignIn(_))));
    assert!(matches!(verify(&personal), Ok(Proof::Personal(id)) if id == Uuid::from_u128(9)));
    assert!(verify(&halfway).is_err());
    assert!(tokens().verify_cookie(&login, Access::Write, NOW).is_ok());
    assert!(
        tokens()
            .verify_cookie(&personal, Access::Write, NOW)
            .is_err()
    );
    assert!(tokens().verify_second_step(&halfway, NOW).is_ok());
    assert!(
        tokens()
            .verify_second_step(&halfway, NOW.plus_seconds(300))
            .is_err()
    );
    assert!(tokens().verify_second_step(&login, NOW).is_err());
    assert!(tokens().verify_second_step(&personal, NOW).is_err());
}

#[test]
fn with_key_pairs_the_first_signs_and_all_verify_and_no_shared_key_does() {
    let issue = |tokens: &Tokens| {
        let issued = tokens.issue(Uuid::from_u128(7), 42, NOW).expect("a token");
        issued.token.expose_secret().to_owned()
    };
    let (old, new) = (["k"], ["n", "k"]);
    let (old, new) = (
        signed_by(&old, TokenAlgorithm::EdDsa),
        signed_by(&new, TokenAlgorithm::EdDsa),
    );

    for (row, token, verifier, is_good) in [
        ("its own", issue(&old), &old, true),
        ("the old key after a rotation", issue(&old), &new, true),
        ("the new key where it is unknown", issue(&new), &old, false),
        ("the shared secret", token(), &old, false),
        ("a pair where secrets sign", issue(&old), &tokens(), false),
    ] {
        let verdict = verifier.verify(&token, Access::Read, NOW);
        assert_eq!(verdict.is_ok(), is_good, "{row}");
    }
    assert_eq!(new.public_keys().len(), 2);
    assert!(tokens().public_keys().is_empty());
}
