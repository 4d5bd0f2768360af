//! Everything that ends a sign-in, and what is over with it: in every browser and program at once.

use serde_json::json;

use crate::support::{Api, Browser, Engine, PASSWORD, Site};
use crate::two_step::code;

const NEW: &str = "five large red bricks";
const NOON: &str = "2026-11-22T12:00:00Z";
const LATER: &str = "2026-11-22T12:10:00Z";

/// What somebody has on all their devices.
struct Devices {
    /// The browser that acts, and its session before.
    here: Browser,
    before: String,
    elsewhere: Browser,
    /// A program with a token from signing in.
    program: Api,
    /// A program with a personal token.
    script: Api,
}

async fn devices(site: &Site) -> Devices {
    let here = site.sign_up("ann").await;
    let mut elsewhere = site.browser();
    elsewhere.email.clone_from(&here.email);
    elsewhere.sign_in().await.ok();
    let program = here.api().await;
    let body = json!({ "name": "script", "scope": "write" });
    let made = program.post("/api/tokens", body).await.created();
    let script = Api::new(site.clone(), made["token"].as_str().map(str::to_owned));
    Devices {
        before: here.cookies["tickbox"].clone(),
        here,
        elsewhere,
        program,
        script,
    }
}

async fn is_in(api: &Api) -> bool {
    match api.get("/api/tasks").await.reply.status.as_u16() {
        200 => true,
        401 => false,
        other => panic!("{other}"),
    }
}

impl Devices {
    /// Who is still let in: the acting browser, its session of before at each door, the other
    /// browser, the program, the script.
    async fn standing(&mut self) -> [bool; 6] {
        let mut old = self.here.clone();
        old.cookies.clear();
        old.cookies
            .insert("tickbox".to_owned(), self.before.clone());
        let bearer = Api::new(self.here.site.clone(), Some(self.before.clone()));
        [
            self.here.get("/tasks").await.status == 200,
            old.get("/tasks").await.status == 200,
            is_in(&bearer).await,
            self.elsewhere.get("/tasks").await.status == 200,
            is_in(&self.program).await,
            is_in(&self.script).await,
        ]
    }

    /// Sends the form on a page, as who acts.
    async fn submit(&mut self, address: &str, form: &str, typed: &[(&str, &str)]) {
        let page = self.here.visit(address).await.ok();
        page.submit(&mut self.here, form, typed).await.ok();
    }
}

const ALL: [bool; 6] = [true; 6];
/// The acting browser goes on with another session; personal tokens are no sign-ins.
const NEW_HERE: [bool; 6] = [true, false, false, false, false, true];
const NONE: [bool; 6] = [false; 6];

on_both_engines! {
    async fn what_ends_a_sign_in_ends_every_copy_of_it(site: Site) {
        let password: &[(&str, &str)] = &[("current_password", PASSWORD), ("new_password", NEW)];
        let email: &[(&str, &str)] = &[("email", "anna@example.org"), ("password", PASSWORD)];
        let account: &[(&str, &str)] = &[("password", PASSWORD)];
        // Where, which form, what is typed, and who is still in afterwards.
        let rows = [
            ("/settings", "#logout", &[][..], [false, false, false, true, true, true]),
            ("/settings/password", "#change-password", password, NEW_HERE),
            ("/settings/email", "#email-form", email, NEW_HERE),
            ("/settings/sign-ins", "#end", &[], [true, false, false, false, false, false]),
            ("/settings/delete", "#delete", account, NONE),
        ];
        for (address, form, typed, expected) in rows {
            let site = site.another(|_| ()).await;
            let mut ann = devices(&site).await;
            let mut bob = site.sign_up("bob").await;
            assert_eq!(ann.standing().await, ALL, "{address} before");

            ann.submit(address, form, typed).await;

            assert_eq!(ann.standing().await, expected, "{address}");
            assert_eq!(bob.get("/tasks").await.status, 200, "{address}: somebody else");
        }
    }

    async fn a_second_factor_turned_on_or_off_ends_all_but_the_browser_that_did_it(site: Site) {
        let mut ann = devices(&site).await;
        let page = ann.here.visit("/settings/two-step").await.ok();
        let page = page.submit(&mut ann.here, "#start", &[("password", PASSWORD)]).await.ok();
        let secret = page.text("#secret");
        assert_eq!(ann.standing().await, ALL, "not before it is confirmed");

        page.submit(&mut ann.here, "#confirm", &[("code", &code(&secret, NOON))]).await.ok();
        assert_eq!(ann.standing().await, NEW_HERE);

        site.set_clock(LATER);
        ann.before.clone_from(&ann.here.cookies["tickbox"]);
        let off = code(&secret, LATER);
        ann.submit("/settings/two-step", "#off", &[("password", PASSWORD), ("code", &off)]).await;
        assert_eq!(ann.standing().await, NEW_HERE);
    }

    async fn half_a_sign_in_ends_with_the_sign_ins(site: Site) {
        let endings = [
            "UPDATE users SET disabled_at = 1",
            "UPDATE users SET token_epoch = token_epoch / 2 + 1",
            "DELETE FROM users",
            "",
        ];
        for ending in endings {
            let site = site.another(|_| ()).await;
            let (secret, _, ann) = crate::two_step::protected(&site).await;
            let (mut browser, _) = crate::two_step::halfway(&site).await;
            if ending.is_empty() {
                ann.post("/api/me/sign-out-everywhere", json!({})).await.ok();
            } else {
                site.outside().run(ending);
            }

            let reply = browser.post("/login/code", &[("code", &code(&secret, LATER))]).await;

            assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/login"), "{ending}");
            assert!(!browser.cookies.contains_key("tickbox"), "{ending}");
        }
    }

    async fn a_reset_by_link_ends_everything_but_personal_tokens(site: Site) {
        let mut ann = devices(&site).await;
        let token = site.printed_link("ann@example.org").await;
        let body = json!({ "token": token, "new_password": NEW });
        site.stranger().post("/api/auth/reset", body).await.status(204);

        assert_eq!(ann.standing().await, [false, false, false, false, false, true]);
    }

    async fn an_account_that_is_gone_leaves_nothing_to_whoever_signs_up_next(site: Site) {
        let mut ann = devices(&site).await;
        ann.submit("/settings/delete", "#delete", &[("password", PASSWORD)]).await;

        let mut next = site.sign_up("ann").await;
        next.add("Pay rent").await;

        assert_eq!(ann.standing().await, NONE);
        assert_eq!(next.api().await.titles("/api/tasks").await, ["Pay rent"]);
    }

    async fn an_account_that_is_disabled_is_closed_to_all_at_once(site: Site) {
        // With SQLite the one server keeps in memory how accounts stand, so it is restarted first.
        if site.engine == Engine::Sqlite {
            return;
        }
        let mut ann = devices(&site).await;
        site.outside().run("UPDATE users SET disabled_at = 1");

        assert_eq!(ann.standing().await, NONE);
    }
}
