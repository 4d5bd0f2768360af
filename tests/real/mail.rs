//! Mail on its way to a real mail server: through outages, through kill -9, through TLS; and the
//! links that the operator prints.

use std::process::Command;

use serde_json::json;

use crate::support::{Certificate, MailServer, PASSWORD, Place, Server, eventually, free_port};

/// A server that hands its mail in there.
fn serve(place: &Place, smtp: &str, more: &[(&str, &str)]) -> Server {
    let port = free_port();
    let (listen, url) = (
        format!("127.0.0.1:{port}"),
        format!("http://127.0.0.1:{port}"),
    );
    let mut settings = vec![
        ("TICKBOX_LISTEN", listen.as_str()),
        ("TICKBOX_PUBLIC_URL", url.as_str()),
        ("TICKBOX_SMTP_URL", smtp),
        ("TICKBOX_MAIL_FROM", "Tickbox <todo@example.org>"),
    ];
    settings.extend(more);
    place.serve_with(&settings)
}

fn sign_up(server: &Server) {
    let login = json!({ "email": "ann@example.org", "password": PASSWORD });
    server.client().post("/api/auth/signup", &login).expect(202);
}

/// What stands behind a word in a text, up to the next space.
#[track_caller]
fn behind<'t>(text: &'t str, word: &str) -> &'t str {
    let (_, rest) = text
        .split_once(word)
        .unwrap_or_else(|| panic!("no {word} in {text}"));
    rest.split_whitespace().next().unwrap_or_default()
}

/// Follows the link in the letter, and is in.
#[track_caller]
fn confirm(server: &Server, letter: &str) {
    assert!(letter.contains("To: ann@example.org"), "{letter}");
    let body = json!({ "token": behind(letter, "/confirm?token="), "password": PASSWORD });
    let user = &server.client().post("/api/auth/confirm", &body).expect(200)["user"];
    assert_eq!(user["email_verified"], true);
}

#[track_caller]
fn says_nothing(server: &Server, letter: &str) {
    let log = server.log();
    for secret in ["ann@", behind(letter, "token="), "Confirm your"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

fn tried_in_vain(server: &Server) {
    eventually(|| {
        let log = server.log();
        let found = log.contains("a letter was not sent and will be tried again");
        found.then_some(()).ok_or(log)
    });
}

/// The waits between attempts are for people; nobody waits here.
fn hurry(place: &Place) {
    place.run_sql("UPDATE outbox SET next_try_at = 0");
}

on_both_engines! {
    fn a_letter_reaches_the_mail_server_at_once(place: &Place) {
        let port = free_port();
        let Some(mail) = MailServer::start(port, &place.folder.path().join("mail"), None) else {
            return;
        };
        let server = serve(place, &format!("smtp://127.0.0.1:{port}"), &[]);

        sign_up(&server);

        let letter = mail.letters(1).swap_remove(0);
        assert!(letter.contains("Subject: Confirm your address for Tickbox"), "{letter}");
        let page = server.client().get(&format!("/confirm?token={}", behind(&letter, "token=")));
        assert_eq!(page.status, 200);
        confirm(&server, &letter);
        says_nothing(&server, &letter);
    }

    fn a_letter_outlives_an_outage_and_a_kill(place: &Place) {
        let port = free_port();
        let smtp = format!("smtp://127.0.0.1:{port}");
        let mut server = serve(place, &smtp, &[]);
        sign_up(&server);
        tried_in_vain(&server);
        server.kill();
        let Some(mail) = MailServer::start(port, &place.folder.path().join("mail"), None) else {
            return;
        };
        assert!(mail.taken().is_empty());

        hurry(place);
        let server = serve(place, &smtp, &[]);

        confirm(&server, &mail.letters(1)[0]);
        assert_eq!(mail.taken().len(), 1, "once");
    }

    fn a_server_that_nobody_vouches_for_gets_nothing(place: &Place) {
        let port = free_port();
        let (folder, kept) = (place.folder.path(), place.folder.path().join("mail"));
        let Some(certificate) = Certificate::make(folder) else {
            return;
        };
        let Some(mail) = MailServer::start(port, &kept, Some(&certificate)) else {
            return;
        };
        let smtp = format!("smtp://localhost:{port}?tls=required");
        let mut server = serve(place, &smtp, &[]);
        sign_up(&server);
        tried_in_vain(&server);
        assert!(mail.taken().is_empty() && server.log().contains("certificate"), "{}", server.log());
        server.kill();

        hurry(place);
        let trusted = certificate.certificate.to_str().expect("UTF-8");
        let server = serve(place, &smtp, &[("SSL_CERT_FILE", trusted)]);

        confirm(&server, &mail.letters(1)[0]);
    }

    fn the_operator_prints_links_beside_the_running_server(place: &Place) {
        let mut server = place.serve_with(&[("TICKBOX_SIGNUP", "invite")]);
        let client = server.client();
        let invited = printed(place, &["invite", "--days", "2"], "/signup?invite=");
        let login = json!({ "email": "ann@example.org", "password": PASSWORD, "invite": invited });
        client.post("/api/auth/signup", &login).expect(201);
        assert_eq!(client.post("/api/auth/signup", &login).status, 403);

        let token = printed(place, &["reset-link", "ann@example.org"], "/reset/new?token=");
        let body = json!({ "token": token, "new_password": "five large red bricks" });
        assert_eq!(client.post("/api/auth/reset", &body).status, 204);
        assert_eq!(client.log_in("ann").status, 401);

        // And while it does not run.
        server.kill();
        let token = printed(place, &["reset-link", "Ann@example.org"], "/reset/new?token=");
        let server = place.serve();
        let body = json!({ "token": token, "new_password": PASSWORD });
        assert_eq!(server.client().post("/api/auth/reset", &body).status, 204);
        server.client().log_in("ann").expect(200);
        let sentence = failed(place, &["reset-link", "eve@example.org"]);
        assert_eq!(sentence, "tickbox: no account has this address\n");
    }

    fn a_link_into_no_database_is_refused_and_makes_none(place: &Place) {
        let sentence = failed(place, &["invite"]);

        assert!(sentence.starts_with("tickbox: DATABASE_URL: "), "{sentence}");
        assert!(sentence.contains("start the server once"), "{sentence}");
        assert!(!place.folder.path().join("data/tickbox.db").exists());
    }
}

pub fn command(place: &Place, words: &[&str]) -> std::process::Output {
    let mut command: Command = place.tickbox();
    command.args(words).output().expect("the binary runs")
}

/// The secret of a link that the command printed.
#[track_caller]
fn printed(place: &Place, words: &[&str], path: &str) -> String {
    let output = command(place, words);
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    assert!(
        said.starts_with("http://127.0.0.1:0/") && said.ends_with('\n'),
        "{said}"
    );
    behind(&said, path).to_owned()
}

#[track_caller]
pub fn failed(place: &Place, words: &[&str]) -> String {
    let output = command(place, words);
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr).expect("UTF-8")
}
