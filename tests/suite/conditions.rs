//! Changes under a condition, changes of nothing, and changes made twice.

use actix_web::http::Method;
use serde_json::json;

on_both_engines! {
    async fn only_the_version_that_was_named_is_changed(site: Site) {
        let api = site.sign_up("ann").await.api().await;
        let rows: [(&str, u16); 20] = [
            ("\"{}\"", 200),
            ("*", 200),
            ("\"0\", \"{}\"", 200),
            ("\"0\",\"{}\",\"x\"", 200),
            (" \"{}\" ", 200),
            ("\"0\"", 412),
            ("\"x\"", 412),
            ("\"\"", 412),
            ("W/\"{}\"", 412),
            ("\"-1\"", 412),
            ("\"99999999999999999999\"", 412),
            ("\"{}\u{20}\"", 412),
            ("{}", 400),
            ("'{}'", 400),
            ("\"{}", 400),
            ("{}\"", 400),
            ("\"", 400),
            ("\"{}\", x", 400),
            ("**", 400),
            ("W/{}", 400),
        ];

        for (sent, status) in rows {
            for method in [Method::PATCH, Method::DELETE] {
                let task = api.add("Buy milk").await;
                let address = format!("/api/tasks/{}", task["id"].as_str().expect("an id"));
                let sent = sent.replace("{}", &task["version"].to_string());
                let body = (method == Method::PATCH).then(|| json!({ "title": "Buy eggs" }));
                let headers = [("if-match", sent.as_str())];
                let answer = api.send(method.clone(), &address, &headers, body).await;

                let expected = if status == 200 && method == Method::DELETE { 204 } else { status };
                assert_eq!(answer.reply.status, expected, "{method} If-Match: {sent}");
                if status != 200 {
                    assert_eq!(api.get(&address).await.ok(), task, "{method} If-Match: {sent}");
                }
            }
        }
    }

    async fn a_form_of_an_older_version_changes_nothing(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let task = api.add("Buy milk").await;
        let address = format!("/tasks/{}", task["id"].as_str().expect("an id"));
        let version = task["version"].to_string();
        let next = (task["version"].as_i64().expect("a number") + 1).to_string();

        for sent in ["", "0", "-1", "x", &next, &format!("+{version}x"), "99999999999999999999"] {
            let fields = [("title", "Buy eggs"), ("notes", "Six"), ("version", sent)];
            let reply = ann.post(&address, &fields).await;
            assert_eq!(reply.status, 409, "version={sent}");
            assert!(reply.text().contains("Buy eggs"), "version={sent}: what was typed is kept");
        }
        assert_eq!(ann.post(&address, &[("title", "Buy eggs")]).await.status, 409);
        assert_eq!(api.get(&format!("/api{address}")).await.ok(), task);
        let fields = [("title", "Buy eggs"), ("version", &version)];
        assert_eq!(ann.post(&address, &fields).await.status, 303, "control");
        assert_eq!(ann.post(&address, &fields).await.status, 409, "the same form again");
    }

    async fn a_patch_of_nothing_changes_nothing(site: Site) {
        let api = site.sign_up("ann").await.api().await;
        let task = api.add("Buy milk").await;
        let address = format!("/api/tasks/{}", task["id"].as_str().expect("an id"));
        let list = api.get("/api/tasks").await.reply.header("etag").to_owned();
        site.set_clock("2026-11-22T13:00:00Z");

        for body in [
            json!({}),
            json!({ "title": "Buy milk" }),
            json!({ "notes": null, "due_date": null, "priority": null, "completed": null }),
            json!({ "id": 1, "version": "x", "url": null, "created_at": [] }),
            task.clone(),
        ] {
            assert_eq!(api.patch(&address, body.clone()).await.ok(), task, "{body}");
        }
        assert_eq!(api.get("/api/tasks").await.reply.header("etag"), list);
    }

    async fn what_is_done_twice_is_done_once(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let id = api.add("Buy milk").await["id"].as_str().expect("an id").to_owned();
        let (page, address) = (format!("/tasks/{id}"), format!("/api/tasks/{id}"));
        let completion = format!("{address}/completion");

        let once = api.put(&completion).await.ok();
        site.set_clock("2026-11-22T13:00:00Z");
        assert_eq!(api.put(&completion).await.ok(), once);
        assert_eq!(ann.post(&format!("{page}/complete"), &[]).await.status, 303);
        assert_eq!(api.patch(&address, json!({ "completed": true })).await.ok(), once);
        let mut shown = api.get(&address).await.ok();
        shown["next"] = json!(null);
        assert_eq!(shown, once, "the first time stays");

        let open = api.delete(&completion).await.ok();
        assert_eq!(open["completed_at"], json!(null));
        assert_eq!(api.delete(&completion).await.ok(), open);
        assert_eq!(ann.post(&format!("{page}/reopen"), &[]).await.status, 303);
        assert_eq!(api.get(&address).await.ok(), open);

        api.delete(&format!("{address}?permanent=true")).await.problem(409, "conflict");
        api.delete(&address).await.status(204);
        api.delete(&address).await.problem(404, "not-found");
        assert_eq!(ann.post(&format!("{page}/delete"), &[]).await.status, 404);
        for (method, address) in [(Method::PUT, &completion), (Method::DELETE, &completion)] {
            let answer = api.send(method, address, &[], None).await;
            answer.problem(409, "conflict");
        }
        assert_eq!(ann.post(&format!("{page}/complete"), &[]).await.status, 409);
        api.patch(&address, json!({ "title": "x" })).await.problem(409, "conflict");

        let back = api.post(&format!("{address}/restore"), json!({})).await.ok();
        let again = api.post(&format!("{address}/restore"), json!({})).await.ok();
        assert_eq!(back, again);
        assert_eq!(ann.post(&format!("{page}/restore"), &[]).await.status, 303);
        api.delete(&address).await.status(204);
        api.delete(&format!("{address}?permanent=true")).await.status(204);
        api.delete(&format!("{address}?permanent=true")).await.problem(404, "not-found");
        api.get(&address).await.problem(404, "not-found");
        assert_eq!(ann.post(&format!("{page}/restore"), &[]).await.status, 404);
    }
}
