//! The OpenAPI document against what is really there, and the pages that explain the API.
//!
//! That every status any test provokes is documented is held by `support::contract`.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tickbox::web::problem::KINDS;

use crate::support::Route;
use crate::support::contract::DOCUMENT;

/// What describes the API rather than being of it.
const ABOUT: [&str; 2] = ["/api/docs", "/api/openapi.json"];

/// Every operation: its path, its method and what is said of it.
fn operations() -> impl Iterator<Item = (&'static str, &'static str, &'static Value)> {
    let paths = DOCUMENT["paths"].as_object().expect("paths");
    paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods");
        methods
            .iter()
            .map(|(method, it)| (path.as_str(), method.as_str(), it))
    })
}

/// Calls `each` with every value of the document, from the root on.
fn visit(value: &Value, each: &mut impl FnMut(&Value)) {
    each(value);
    match value {
        Value::Object(members) => members.values().for_each(|member| visit(member, each)),
        Value::Array(items) => items.iter().for_each(|item| visit(item, each)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn names(of: &Value) -> BTreeSet<&str> {
    let members = of.as_object().expect("an object");
    members.keys().map(String::as_str).collect()
}

/// Asserts that an answer has exactly the members that the document gives the schema.
#[track_caller]
fn assert_shape(answer: &Value, schema: &str) {
    let schema = &DOCUMENT["components"]["schemas"][schema];
    let known = names(&schema["properties"]);
    let required = schema["required"].as_array().into_iter().flatten();
    let sent = names(answer);
    assert!(sent.is_subset(&known), "{sent:?} are not all of {known:?}");
    for member in required {
        assert!(
            sent.contains(member.as_str().expect("a name")),
            "{member} is missing in {sent:?}"
        );
    }
}

#[test]
fn the_document_has_the_shape_of_openapi_3_1() {
    assert!(
        DOCUMENT["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1."))
    );
    assert_eq!(DOCUMENT["info"]["title"], "Tickbox");
    assert_eq!(DOCUMENT["info"]["version"], env!("CARGO_PKG_VERSION"));
    for (path, method, operation) in operations() {
        assert!(path.starts_with("/api/"), "{path}");
        assert!(
            ["get", "put", "post", "patch", "delete"].contains(&method),
            "{method} {path}"
        );
        assert!(operation["summary"].is_string(), "{method} {path}");
        let responses = operation["responses"].as_object().expect("responses");
        assert!(
            responses.keys().any(|status| status.starts_with('2')),
            "{method} {path}"
        );
        assert!(
            responses.values().all(|it| it["description"].is_string()),
            "{method} {path}"
        );
    }
}

#[test]
fn operations_have_names_of_their_own() {
    let named: Vec<_> = operations()
        .map(|(_, _, operation)| operation["operationId"].as_str().expect("an id"))
        .collect();

    let distinct: BTreeSet<_> = named.iter().collect();
    assert_eq!(distinct.len(), named.len(), "{named:?}");
}

#[test]
fn every_reference_leads_to_something() {
    visit(&DOCUMENT, &mut |value| {
        if let Some(target) = value.get("$ref").and_then(Value::as_str) {
            let pointer = target
                .strip_prefix('#')
                .expect("a reference into the document");
            assert!(DOCUMENT.pointer(pointer).is_some(), "{target}");
        }
    });
}

#[test]
fn every_parameter_in_a_path_is_declared() {
    for (path, method, operation) in operations() {
        let declared: BTreeSet<_> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().expect("a name"))
            .collect();
        let written: BTreeSet<_> = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .collect();
        assert_eq!(declared, written, "{method} {path}");
    }
}

#[test]
fn what_is_refused_is_a_problem_document() {
    for (path, method, operation) in operations() {
        let refusals = operation["responses"].as_object().into_iter().flatten();
        for (status, answer) in refusals.filter(|(status, _)| *status >= &"400".to_owned()) {
            let content = &answer["content"]["application/problem+json"];
            assert_eq!(
                content["schema"]["$ref"], "#/components/schemas/Problem",
                "{method} {path} {status}"
            );
        }
    }
}

#[test]
fn everything_but_signing_up_and_in_needs_a_token() {
    assert_eq!(DOCUMENT["security"], json!([{ "bearer": [] }]));
    assert_eq!(
        DOCUMENT["components"]["securitySchemes"]["bearer"]["scheme"],
        "bearer"
    );
    for (path, method, operation) in operations() {
        let is_open = operation["security"] == json!([{}]) || operation["security"] == json!([]);
        assert_eq!(
            is_open,
            path.starts_with("/api/auth/") && path != "/api/auth/logout",
            "{path}"
        );
        let knows_401 = operation["responses"]["401"].is_object();
        assert!(is_open || knows_401, "{method} {path}");
    }
}

/// The file is what the product has; it never makes the document itself.
#[test]
fn the_document_that_is_kept_is_the_one_that_the_code_makes() {
    let made = serde_json::to_string_pretty(&*DOCUMENT).expect("JSON") + "\n";
    let kept = std::fs::read_to_string("static/openapi.json").unwrap_or_default();
    let fresh = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("openapi.json");
    std::fs::write(&fresh, &made).expect("a file");

    assert!(
        kept == made,
        "static/openapi.json is not what the code makes; look at the difference, and then: \
         cp {} static/openapi.json",
        fresh.display()
    );
}

on_both_engines! {
    async fn the_document_and_the_routes_are_the_same(site: Site) {
        let is_of_api = |route: &&Route| {
            route.path.starts_with("/api/") && !ABOUT.contains(&route.path.as_str())
        };
        // HEAD goes without saying: it answers like GET.
        let answered: BTreeSet<_> = site
            .routes
            .iter()
            .filter(is_of_api)
            .filter(|route| route.method != "HEAD")
            .map(|route| (route.path.as_str(), route.method.to_lowercase()))
            .collect();
        let documented: BTreeSet<_> = operations()
            .map(|(path, method, _)| (path, method.to_owned()))
            .collect();

        assert_eq!(documented, answered);
    }

    async fn the_document_is_served_with_this_server_in_it(site: Site) {
        let answer = site.stranger().get("/api/openapi.json").await;

        let mut served = answer.ok();
        assert_eq!(served["servers"], json!([{ "url": "http://localhost" }]));
        served.as_object_mut().expect("an object").remove("servers");
        assert_eq!(served, *DOCUMENT);
        assert_eq!(answer.reply.header("access-control-allow-origin"), "*");
        let known = [("if-none-match", answer.reply.header("etag"))];
        let again = site.stranger();
        let again = again
            .send(
                actix_web::http::Method::GET,
                "/api/openapi.json",
                &known,
                None,
            )
            .await;
        again.status(304);
    }

    async fn answers_have_the_members_that_the_document_names(site: Site) {
        let ann = site.sign_up("ann").await.api().await;

        let task = ann.add("Buy milk").await;
        let login = json!({ "email": "ann@example.org", "password": crate::support::PASSWORD });
        let token = ann.post("/api/auth/login", login).await.ok();
        let problem = ann
            .post("/api/tasks", json!({}))
            .await
            .problem(422, "invalid");

        assert_shape(&task, "Task");
        assert_shape(&token, "Token");
        assert_shape(&token["user"], "User");
        assert_shape(&ann.get("/api/me").await.ok(), "Me");
        assert_shape(&problem, "Problem");
        assert_shape(&problem["errors"][0], "ProblemField");
    }

    async fn every_kind_of_problem_is_explained_where_its_type_says(site: Site) {
        let mut nobody = site.browser();

        for kind in KINDS {
            let page = nobody.visit(&format!("/problems/{}", kind.code)).await.ok();
            assert_eq!(page.text("h1"), kind.title);
            assert!(page.texts("code").contains(&kind.code.to_owned()));
            assert!(
                page.texts("code")
                    .contains(&kind.status.as_str().to_owned())
            );
        }
        nobody.visit("/problems/nonsense").await.status(404);
    }

    async fn the_reference_reads_the_whole_document_out(site: Site) {
        let page = site.browser().visit("/api/docs").await.ok();

        let headings = page.texts("h3");
        for (path, method, operation) in operations() {
            let heading = format!("{} {path}", method.to_uppercase());
            assert!(headings.contains(&heading), "{heading}");
            let id = operation["operationId"].as_str().expect("an id");
            assert!(page.has(&format!("h3#{id}")), "{id}");
        }
        for schema in names(&DOCUMENT["components"]["schemas"]) {
            assert!(headings.contains(&schema.to_owned()), "{schema}");
        }
        for kind in KINDS {
            assert!(
                page.has(&format!("a[href='/problems/{}']", kind.code)),
                "{}",
                kind.code
            );
        }
    }
}
