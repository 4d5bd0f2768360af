//! How mail leaves: once, in words, from our own address, and as often as it takes.

use actix_web::test::TestRequest;
use serde_json::json;

use crate::support::{HOME, Mood, Site, stamp};

async fn ask(site: &Site, email: &str) {
    let body = json!({ "email": email });
    site.stranger()
        .post("/api/auth/reset-request", body)
        .await
        .status(202);
}

/// A site with mail and an account that is in use.
async fn with_ann(site: &Site) -> (Site, crate::support::Sink) {
    let (site, sink) = site.with_mail(|_| ()).await;
    site.sign_up_by_mail(&sink, "ann").await;
    (site, sink)
}

fn waiting(site: &Site) -> Vec<String> {
    site.outside()
        .ask("SELECT CAST(count(*) AS TEXT) AS answer FROM outbox")
}

on_both_engines! {
    async fn a_letter_is_plain_text_with_a_proper_head(site: Site) {
        let (site, sink) = with_ann(&site).await;
        ask(&site, "Ann@Example.org ").await;

        let mail = site.mail(&sink).await;

        assert_eq!((mail.to.as_str(), mail.subject()), ("ann@example.org", "A new password for Tickbox"));
        for line in ["From: Tickbox <todo@example.org>", "To: ann@example.org", "Auto-Submitted: auto-generated", "Content-Type: text/plain; charset=utf-8"] {
            assert!(mail.head.lines().any(|found| found == line), "{line} in {}", mail.head);
        }
        let id = mail.head.lines().find(|line| line.starts_with("Message-ID: <")).expect("an id");
        assert!(id.ends_with("@todo.example.org>"), "{id}");
        assert!(mail.text.contains(HOME) && !mail.text.contains('<'), "{}", mail.text);
        assert_eq!(waiting(&site), ["0"]);
        assert_eq!(site.mails(&sink).await.len(), 0, "once");
    }

    async fn what_waits_in_the_outbox_cannot_be_read(site: Site) {
        let (site, _sink) = site.with_mail(|_| ()).await;
        let body = json!({ "email": "ann@example.org", "password": crate::support::PASSWORD });
        site.stranger().post("/api/auth/signup", body).await.status(202);

        let column = match site.engine {
            crate::support::Engine::Sqlite => "hex(sealed)",
            crate::support::Engine::Postgres => "encode(sealed, 'hex')",
        };
        let sealed = site.outside().ask(&format!("SELECT {column} AS answer FROM outbox"));

        assert_eq!(sealed.len(), 1);
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        for text in ["ann@", "confirm", "token", "Letter"] {
            assert!(!sealed[0].to_lowercase().contains(&hex(text)), "{text}");
        }
    }

    async fn a_letter_is_in_the_language_of_the_account(site: Site) {
        let (site, sink) = with_ann(&site).await;
        site.outside().run("UPDATE users SET locale = 'de'");
        ask(&site, "ann@example.org").await;

        let mail = site.mail(&sink).await;

        assert!(mail.text.contains("Mit diesem Link geht es"), "{}", mail.text);
        assert!(mail.text.contains("neues Passwort"), "{}", mail.text);
    }

    async fn a_letter_that_is_not_taken_is_tried_again_later_and_later(site: Site) {
        let (site, sink) = with_ann(&site).await;
        sink.be(Mood::Unwilling);
        ask(&site, "ann@example.org").await;
        assert_eq!(site.mails(&sink).await.len(), 0);
        sink.be(Mood::Willing);

        site.set_clock("2026-11-22T12:00:29Z");
        assert_eq!(site.mails(&sink).await.len(), 0, "not before its time");
        sink.be(Mood::Unwilling);
        site.set_clock("2026-11-22T12:00:30Z");
        assert_eq!(site.mails(&sink).await.len(), 0);
        sink.be(Mood::Willing);
        site.set_clock("2026-11-22T12:01:29Z");
        assert_eq!(site.mails(&sink).await.len(), 0, "twice as long");
        site.set_clock("2026-11-22T12:01:30Z");

        site.mail(&sink).await;
        assert_eq!(waiting(&site), ["0"]);
    }

    async fn a_letter_is_given_up_after_three_days(site: Site) {
        let (site, sink) = with_ann(&site).await;
        sink.be(Mood::Unwilling);
        ask(&site, "ann@example.org").await;
        site.mails(&sink).await;
        site.set_clock("2026-11-25T11:59:59Z");
        site.mails(&sink).await;
        assert_eq!(waiting(&site), ["1"]);

        site.set_clock("2026-11-25T13:00:00Z");
        site.mails(&sink).await;

        assert_eq!(waiting(&site), ["0"]);
        sink.be(Mood::Willing);
        assert_eq!(site.mails(&sink).await.len(), 0);
    }

    async fn what_one_has_claimed_nobody_else_sends(site: Site) {
        let (site, sink) = with_ann(&site).await;
        for _ in 0..3 {
            ask(&site, "ann@example.org").await;
        }
        let deliver = || site.state.deliver_mail();

        let sent = futures_util::future::join_all((0..4).map(|_| deliver())).await;

        let sent: usize = sent.into_iter().map(|sent| sent.expect("a delivery")).sum();
        assert_eq!((sent, site.mails(&sink).await.len()), (3, 3));
    }

    async fn a_claim_ends_by_itself_when_its_holder_dies(site: Site) {
        let (site, sink) = with_ann(&site).await;
        ask(&site, "ann@example.org").await;
        let (now, until) = (stamp(crate::support::NOON), stamp("2026-11-22T12:05:00Z"));
        let claim = site.state.store().front_desk_write(move |desk| desk.claim_mail(now, until)).await;
        assert!(claim.expect("a claim").is_some());
        assert_eq!(site.mails(&sink).await.len(), 0);

        site.set_clock("2026-11-22T12:05:00Z");

        site.mail(&sink).await;
    }

    async fn the_host_of_a_request_never_gets_into_a_mail(site: Site) {
        let (site, sink) = site.with_mail(|config| config.allowed_hosts = vec!["evil.example".to_owned()]).await;
        site.sign_up_by_mail(&sink, "ann").await;
        for (host, status) in [("evil.example", 202), ("worse.example", 421)] {
            let request = TestRequest::post()
                .uri("/api/auth/reset-request")
                .insert_header(("host", host))
                .insert_header(("x-forwarded-host", "evil.example"))
                .set_json(json!({ "email": "ann@example.org" }));
            assert_eq!(site.send(request).await.status, status, "{host}");
        }

        let mail = site.mail(&sink).await;

        assert!(mail.text.contains(&format!("{HOME}/reset/new?token=")), "{}", mail.text);
        assert!(!format!("{}{}", mail.head, mail.text).contains("evil"), "{}", mail.text);
    }

    async fn an_address_and_a_network_are_spared_more_than_so_much_an_hour(site: Site) {
        let limit = std::num::NonZeroU32::new;
        let (site, sink) = site.with_mail(|config| {
            (config.mail_limits.address, config.mail_limits.network) = (limit(2), limit(4));
        }).await;
        site.sign_up_by_mail(&sink, "ann").await;
        let ask = |network: &str, email: &str| {
            let request = TestRequest::post()
                .uri("/api/auth/reset-request")
                .peer_addr(format!("{network}:4711").parse().expect("an address"))
                .set_json(json!({ "email": email }));
            site.send(request)
        };

        // Signing up was the first of two.
        for (number, arrived) in [(2, 1), (3, 0), (4, 0)] {
            assert_eq!(ask("192.0.2.1", "ann@example.org").await.status, 202, "{number}");
            assert_eq!(site.mails(&sink).await.len(), arrived, "{number}");
        }
        assert_eq!(ask("192.0.2.1", "eve@example.org").await.status, 202, "the fourth");
        let refused = ask("192.0.2.1", "eve@example.org").await;
        assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "3600"));
        assert_eq!(ask("192.0.2.2", "eve@example.org").await.status, 202, "another network");

        site.set_clock("2026-11-22T13:00:00Z");
        assert_eq!(ask("192.0.2.1", "ann@example.org").await.status, 202);
        site.mail(&sink).await;
    }
}
