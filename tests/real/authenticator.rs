//! Two-step sign-in with an authenticator that is not ours: oathtool.

use std::process::Command;

use crate::support::{PASSWORD, Pages, Place, form, program};

/// What oathtool shows for a secret now; after a while, if it has shown that already.
fn code(oathtool: &std::path::Path, secret: &str, shown: &mut Vec<String>) -> String {
    loop {
        let output = Command::new(oathtool)
            .args(["--totp", "--base32", secret])
            .output()
            .expect("oathtool runs");
        let code = String::from_utf8(output.stdout)
            .expect("UTF-8")
            .trim()
            .to_owned();
        assert_eq!(code.len(), 6, "{}", String::from_utf8_lossy(&output.stderr));
        if !shown.contains(&code) {
            shown.push(code.clone());
            return code;
        }
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
}

fn give_password(ann: &Pages) {
    let login = form("login");
    ann.fill(&login, "email", "ann@example.org");
    ann.fill(&login, "password", PASSWORD);
    ann.press(&login, "Sign in");
}

on_both_engines! {
    fn oathtool_opens_what_it_was_shown(place: &Place) {
        let Some(oathtool) = program(&["oathtool"]) else {
            return;
        };
        let server = place.serve();
        let Some(ann) = Pages::at(&server.url) else {
            return;
        };
        let mut shown = Vec::new();
        ann.sign_up("ann");
        ann.browser.visit(&format!("{}/settings/two-step", server.url));
        ann.browser.fill("//form[@id='start']//input[@name='password']", PASSWORD);
        ann.browser.click("//form[@id='start']//button");
        let secret = ann.browser.text("//code[@id='secret']").replace(' ', "");

        let first = code(&oathtool, &secret, &mut shown);
        ann.browser.fill("//form[@id='confirm']//input[@name='code']", &first);
        ann.browser.click("//form[@id='confirm']//button");
        ann.browser.wait_for("//main", "Keep these recovery codes");
        let recovery = ann.browser.texts("//ul[@class='codes']//code").remove(0);

        ann.browser.click("//details[@class='account']/summary");
        ann.browser.click("//form[@id='logout']//button");
        give_password(&ann);
        ann.at_heading("Enter the code");
        let next = code(&oathtool, &secret, &mut shown);
        ann.fill(&form("code-form"), "code", &next);
        ann.press(&form("code-form"), "Sign in");
        ann.at_heading("Open tasks");

        ann.browser.click("//details[@class='account']/summary");
        ann.browser.click("//form[@id='logout']//button");
        give_password(&ann);
        ann.fill(&form("code-form"), "code", &recovery);
        ann.press(&form("code-form"), "Sign in");
        ann.at_heading("Open tasks");
    }
}
