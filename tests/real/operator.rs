//! What the operator does beside a running server.

use serde_json::{Value, json};

use crate::mail::{command, failed};
use crate::support::{PASSWORD, Place, code_of, eventually};

#[track_caller]
fn done(place: &Place, words: &[&str]) -> String {
    let output = command(place, words);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

on_both_engines! {
    fn the_operator_lets_in_who_lost_their_authenticator(place: &Place) {
        let server = place.serve();
        let client = server.client();
        client.sign_up("ann");
        let log_in = client.log_in("ann").expect(200);
        let bearer = format!("Bearer {}", log_in["token"].as_str().expect("a token"));
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let password = json!({ "password": PASSWORD }).to_string();
        let set_up = client.send("POST", "/api/me/totp", &headers, &password);
        let set_up: Value = serde_json::from_str(&set_up.body).expect("JSON");
        let secret = set_up["secret"].as_str().expect("a secret").replace(' ', "");
        let code = json!({ "code": code_of(&secret) }).to_string();
        assert_eq!(client.send("PUT", "/api/me/totp", &headers, &code).status, 200);
        assert_eq!(client.log_in("ann").status, 401, "a code is wanted");

        let output = command(place, &["two-step-off", "ann@example.org"]);

        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(said, "two-step sign-in is off for this account\n");
        client.log_in("ann").expect(200);
        let sentence = failed(place, &["two-step-off", "ann@example.org"]);
        assert_eq!(sentence, "tickbox: two-step sign-in was not on for this account\n");
    }

    fn a_disabled_account_is_closed_within_seconds_and_opens_again(place: &Place) {
        let server = place.serve();
        let ann = server.client().sign_up("ann");
        let bob = server.client().sign_up("bob");
        let token = json!({ "name": "script", "scope": "read" });
        let token = ann.post("/api/tokens", &token).expect(201);
        let program = server.client().with_token(token["token"].as_str().expect("a token"));
        ann.add("Buy milk");
        program.get("/api/tasks").expect(200);

        let said = done(place, &["disable", "ann@example.org"]);

        assert_eq!(said, "the account is disabled\n");
        eventually(|| match ann.get("/api/tasks").status {
            401 => Ok(()),
            other => Err(format!("her token is answered {other}")),
        });
        assert_eq!(program.get("/api/tasks").status, 401);
        assert_eq!(server.client().log_in("ann").status, 401);
        bob.get("/api/tasks").expect(200);

        done(place, &["enable", "ann@example.org"]);

        let again = eventually(|| {
            let answer = server.client().log_in("ann");
            match answer.status {
                200 => Ok(answer),
                other => Err(format!("logging in is answered {other}")),
            }
        });
        let again = again.expect(200);
        let ann_again = server.client().with_token(again["token"].as_str().expect("a token"));
        eventually(|| match ann_again.get("/api/tasks").status {
            200 => Ok(()),
            other => Err(format!("her new token is answered {other}")),
        });
        assert_eq!(ann_again.titles("").len(), 1);
        assert_eq!(ann.get("/api/tasks").status, 401, "what ended stays ended");
        assert_eq!(program.get("/api/tasks").status, 401);
        let sentence = failed(place, &["disable", "eve@example.org"]);
        assert_eq!(sentence, "tickbox: no account has this address\n");
    }
}
