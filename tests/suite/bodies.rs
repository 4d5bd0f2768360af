//! Bodies as they arrive: types, sizes, syntax and members, before anything is made of them.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

use crate::support::{Api, Browser, Reply};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
/// Largest body.
const LIMIT: usize = 256 * 1024;

type Headers<'a> = &'a [(&'a str, &'a str)];

/// Sends bytes as they are to the API.
async fn send(api: &Api, headers: Headers<'_>, body: impl Into<Vec<u8>>) -> Reply {
    let token = format!("Bearer {}", api.token.as_deref().expect("a token"));
    let request = TestRequest::post().uri("/api/tasks");
    let request = request.insert_header(("authorization", token));
    api.site.send(with(request, headers, body.into())).await
}

/// Sends bytes as they are from the form of the list.
async fn post(ann: &mut Browser, headers: Headers<'_>, body: impl Into<Vec<u8>>) -> Reply {
    let request = TestRequest::post().uri("/tasks");
    ann.send(with(request, headers, body.into())).await
}

/// The headers win over what the test client says of the body by itself.
fn with(mut request: TestRequest, headers: Headers<'_>, body: Vec<u8>) -> TestRequest {
    if !body.is_empty() {
        request = request.set_payload(body);
    }
    headers
        .iter()
        .fold(request, |request, header| request.insert_header(*header))
}

/// What a 422 of the API names, and any other status alone.
fn verdict(reply: &Reply) -> String {
    let status = reply.status.as_u16();
    if status != 422 {
        return status.to_string();
    }
    let problem: serde_json::Value = serde_json::from_slice(&reply.body).expect("JSON");
    let errors = problem["errors"].as_array().expect("errors").iter();
    let named: Vec<_> = errors
        .map(|error| {
            format!(
                "{} {}",
                error["pointer"].as_str().expect("a pointer"),
                error["code"]
            )
        })
        .collect();
    named.join(", ").replace('"', "")
}

on_both_engines! {
    async fn what_is_no_json_object_is_told_from_what_is_no_json(site: Site) {
        let api = site.sign_up("ann").await.api().await;
        let nested = |open: &str, close: &str| open.repeat(5_000) + &close.repeat(5_000);
        let rows: [(&str, Vec<u8>, &str); 33] = [
            ("nothing", vec![], "400"),
            ("white space", b" \r\n\t ".to_vec(), "400"),
            ("a word", b"milk".to_vec(), "400"),
            ("an open brace", b"{".to_vec(), "400"),
            ("cut off", br#"{"title":"x""#.to_vec(), "400"),
            ("junk behind", br#"{"title":"x"} x"#.to_vec(), "400"),
            ("two objects", br#"{"title":"x"}{"title":"y"}"#.to_vec(), "400"),
            ("a comma behind the last member", br#"{"title":"x",}"#.to_vec(), "400"),
            ("single quotes", b"{'title':'x'}".to_vec(), "400"),
            ("a bare name", br#"{title:"x"}"#.to_vec(), "400"),
            ("a comment", br#"{"title":"x"/**/}"#.to_vec(), "400"),
            ("byte order mark", b"\xef\xbb\xbf{\"title\":\"x\"}".to_vec(), "400"),
            ("UTF-16", b"\xff\xfe{\0}\0".to_vec(), "400"),
            ("NaN", br#"{"title":"x","order":NaN}"#.to_vec(), "400"),
            ("Infinity", br#"{"title":"x","order":Infinity}"#.to_vec(), "400"),
            ("a leading zero", br#"{"title":"x","order":01}"#.to_vec(), "400"),
            ("a number beyond all", br#"{"title":"x","order":1e999}"#.to_vec(), "400"),
            ("a lone surrogate", br#"{"title":"\ud800"}"#.to_vec(), "400"),
            ("surrogates swapped", br#"{"title":"\udc00\ud800"}"#.to_vec(), "400"),
            ("bytes that are no text", b"{\"title\":\"\xff\"}".to_vec(), "400"),
            ("an overlong slash", b"{\"title\":\"\xc0\xaf\"}".to_vec(), "400"),
            ("a raw line break", b"{\"title\":\"a\nb\"}".to_vec(), "400"),
            ("an unknown escape", br#"{"title":"\x41"}"#.to_vec(), "400"),
            ("5,000 brackets in a member", format!("{{\"title\":{}}}", nested("[", "]")).into(), "400"),
            ("5,000 braces", nested("{\"a\":", "}").into(), "400"),
            ("5,000 brackets", nested("[", "]").into(), "/ type"),
            ("an array", br#"["x", 5]"#.to_vec(), "/ type"),
            ("an object in an array", br#"[{"title":"x"}]"#.to_vec(), "/ type"),
            ("null", b"null".to_vec(), "/ type"),
            ("true", b"true".to_vec(), "/ type"),
            ("a text", br#""x""#.to_vec(), "/ type"),
            ("a number", b"5".to_vec(), "/ type"),
            ("an empty object", b"{}".to_vec(), "/title required"),
        ];

        for (row, body, expected) in rows {
            let reply = send(&api, &[("content-type", JSON)], body).await;
            let found = verdict(&reply).replace("// type", "/ type");
            assert_eq!(found, expected, "{row}: {}", reply.text());
        }
        assert!(api.titles("/api/tasks?status=any").await.is_empty());
    }

    async fn every_bad_member_is_named(site: Site) {
        let api = site.sign_up("ann").await.api().await;
        let rows = [
            (r#"{"title":5}"#, "/title type"),
            (r#"{"title":null}"#, "/title required"),
            (r#"{"title":["x"]}"#, "/title type"),
            (r#"{"title":{"x":1}}"#, "/title type"),
            (r#"{"notes":"x"}"#, "/title required"),
            (r#"{"title":"x","title":"y"}"#, "/title duplicate"),
            (r#"{"title":"x","\u0074itle":"y"}"#, "/title duplicate"),
            (r#"{"title":"x","Title":"y"}"#, "/Title unknown"),
            (r#"{"title":"x","user_id":"1"}"#, "/user_id unknown"),
            (r#"{"title":"x","owner":"bob"}"#, "/owner unknown"),
            (r#"{"title":"x","a/b~c":1}"#, "/a~1b~0c unknown"),
            (r#"{"title":"x","":1}"#, "/ unknown"),
            (r#"{"title":"x","__proto__":{}}"#, "/__proto__ unknown"),
            (r#"{"title":"x","id":"01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11"}"#, "/id read_only"),
            (r#"{"title":"x","version":7}"#, "/version read_only"),
            (r#"{"title":"x","created_at":"2026-01-01T00:00:00Z"}"#, "/created_at read_only"),
            (r#"{"title":"x","order":100000000000000000000}"#, "/order type"),
            (r#"{"title":"x","order":9223372036854775808}"#, "/order type"),
            (r#"{"title":"x","order":1.5}"#, "/order type"),
            (r#"{"title":"x","order":1.0}"#, "/order type"),
            (r#"{"title":"x","order":-0}"#, "/order type"),
            (r#"{"title":"x","order":true}"#, "/order type"),
            (r#"{"title":"x","order":"1"}"#, "/order type"),
            (r#"{"title":"x","priority":4}"#, "/priority range"),
            (r#"{"title":"x","priority":-1}"#, "/priority range"),
            (r#"{"title":"x","priority":2.5}"#, "/priority range"),
            (r#"{"title":"x","priority":true}"#, "/priority range"),
            (r#"{"title":"x","priority":"high"}"#, "/priority range"),
            (r#"{"title":"x","completed":1}"#, "/completed type"),
            (r#"{"title":"x","completed":"true"}"#, "/completed type"),
            (r#"{"title":"x","notes":5}"#, "/notes type"),
            (r#"{"title":"x","due_date":20260101}"#, "/due_date type"),
            (r#"{"title":"x","list_id":0}"#, "/list_id type"),
            (
                r#"{"title":"","notes":5,"order":"x","priority":9,"done":true}"#,
                "/title required, /notes type, /order type, /priority range, /done unknown",
            ),
        ];

        for (body, expected) in rows {
            let reply = send(&api, &[("content-type", JSON)], body).await;
            assert_eq!(verdict(&reply), expected, "{body}");
        }
        assert!(api.titles("/api/tasks?status=any").await.is_empty());
        for order in [i64::MIN, i64::MAX] {
            let made = api.post("/api/tasks", json!({ "title": "x", "order": order })).await.created();
            assert_eq!(made["order"], order);
        }
    }

    async fn only_json_in_plain_utf_8_is_read_at_the_api(site: Site) {
        let api = site.sign_up("ann").await.api().await;
        let rows: [(Headers<'_>, u16); 19] = [
            (&[("content-type", JSON)], 201),
            (&[("content-type", "Application/JSON")], 201),
            (&[("content-type", "application/json; charset=utf-8")], 201),
            (&[("content-type", "application/json;charset=\"UTF-8\"")], 201),
            (&[("content-type", "application/json; profile=x")], 201),
            (&[], 415),
            (&[("content-type", "")], 415),
            (&[("content-type", "text/plain")], 415),
            (&[("content-type", "text/json")], 415),
            (&[("content-type", "application/jsonx")], 415),
            (&[("content-type", "application/problem+json")], 415),
            (&[("content-type", FORM)], 415),
            (&[("content-type", "multipart/form-data; boundary=x")], 415),
            (&[("content-type", "application/json; charset=utf-16")], 415),
            (&[("content-type", "application/json; charset=iso-8859-1")], 415),
            (&[("content-type", "application/json; charset=utf-8; charset=utf-16")], 415),
            (&[("content-type", JSON), ("content-encoding", "gzip")], 415),
            (&[("content-type", JSON), ("content-encoding", "br")], 415),
            (&[("content-type", JSON), ("content-encoding", "identity")], 415),
        ];

        for (headers, status) in rows {
            let reply = send(&api, headers, r#"{"title":"x"}"#).await;
            assert_eq!(reply.status, status, "{headers:?}: {}", reply.text());
        }
    }

    async fn only_urlencoded_forms_are_read_at_the_pages(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let multipart = "multipart/form-data; boundary=x";
        let rows: [(Headers<'_>, &str, u16); 12] = [
            (&[("content-type", FORM)], "title=x", 303),
            (&[("content-type", "Application/X-WWW-Form-Urlencoded")], "title=x", 303),
            (&[("content-type", "application/x-www-form-urlencoded; charset=UTF-8")], "title=x", 303),
            (&[("content-type", "application/x-www-form-urlencoded; charset=utf-16")], "title=x", 415),
            (&[("content-type", "application/x-www-form-urlencoded; charset=latin1")], "title=x", 415),
            (&[("content-type", JSON)], r#"{"title":"x"}"#, 415),
            (&[("content-type", "text/plain")], "title=x", 415),
            (&[("content-type", multipart)], "--x\r\n\r\nx\r\n--x--", 415),
            (&[("content-type", FORM), ("content-encoding", "gzip")], "title=x", 415),
            (&[("content-type", FORM), ("content-encoding", "deflate")], "title=x", 415),
            (&[], "title=x", 415),
            (&[], "", 415),
        ];

        for (headers, body, status) in rows {
            let reply = post(&mut ann, headers, body).await;
            assert_eq!(reply.status, status, "{headers:?} {body}");
        }
    }

    async fn a_body_may_be_so_large_and_not_a_byte_larger(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        for (length, fits) in [(LIMIT - 1, true), (LIMIT, true), (LIMIT + 1, false), (LIMIT * 4, false)] {
            let json = format!("{{\"title\":\"x\"{}}}", " ".repeat(length - 13));
            let form = format!("title={}", "a".repeat(length - 6));
            assert_eq!((json.len(), form.len()), (length, length));
            // An empty length is as good as none, and none is what a chunked body has.
            let rows: [(&str, Headers<'_>); 2] =
                [("announced", &[]), ("chunked", &[("content-length", "")])];
            for (row, more) in rows {
                let headers = [&[("content-type", JSON)], more].concat();
                let reply = send(&api, &headers, json.as_str()).await;
                assert_eq!(reply.status, if fits { 201 } else { 413 }, "JSON, {length} bytes {row}");
                let headers = [&[("content-type", FORM)], more].concat();
                let reply = post(&mut ann, &headers, form.as_str()).await;
                // Read, and refused for its title alone.
                assert_eq!(reply.status, if fits { 422 } else { 413 }, "form, {length} bytes {row}");
            }
        }
        let lie = [("content-type", JSON), ("content-length", "99999999")];
        let reply = send(&api, &lie, "{}").await;
        assert_eq!(reply.status, 413, "nothing is waited for that is announced as too large");
    }

    async fn a_body_of_countless_members_is_refused_at_once(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        for (count, status) in [(1_000, 422), (1_001, 400), (20_000, 400)] {
            let names = || (0..count).map(|at| format!("f{at}"));
            let form: Vec<_> = names().map(|name| name + "=").collect();
            let json: Vec<_> = names().map(|name| format!("\"{name}\":0")).collect();
            let reply = post(&mut ann, &[("content-type", FORM)], form.join("&")).await;
            assert_eq!(reply.status, status, "form of {count}");
            let same = vec!["a="; count].join("&");
            let reply = post(&mut ann, &[("content-type", FORM)], same).await;
            assert_eq!(reply.status, status, "one field {count} times");
            let reply = send(&api, &[("content-type", JSON)], format!("{{{}}}", json.join(","))).await;
            assert_eq!(reply.status, status, "JSON of {count}");
            let query = format!("/api/tasks?{}", vec!["a"; count].join("&"));
            let answer = api.send(Method::GET, &query, &[], None).await;
            assert_eq!(answer.reply.status, status, "query of {count}");
        }
    }

    async fn a_form_is_taken_by_the_letter(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let rows: [(&str, Option<&str>); 17] = [
            ("title=Buy+milk", Some("Buy milk")),
            ("title=100%25+milk", Some("100% milk")),
            ("title=100%+milk", Some("100% milk")),
            ("title=%zz", Some("%zz")),
            ("title=%ff", Some("\u{fffd}")),
            ("title=%E2%82%AC", Some("€")),
            ("&&title=x&&", Some("x")),
            ("title=a=b", Some("a=b")),
            ("title=a;b=c", Some("a;b=c")),
            ("", None),
            ("title", None),
            ("title=a&title=b", None),
            ("title=a&%74itle=b", None),
            ("title[]=x", None),
            ("title=x&title[0]=y", None),
            ("title=x&user_id=1", None),
            ("title=x&_method=DELETE", None),
        ];

        for (body, title) in rows {
            let before = ann.visit("/tasks?limit=200").await.ok().texts(".task .title");
            let reply = post(&mut ann, &[("content-type", FORM)], body).await;
            assert_eq!(reply.status, if title.is_some() { 303 } else { 422 }, "{body}");
            let after = ann.visit("/tasks?limit=200").await.ok().texts(".task .title");
            let expected: Vec<_> = title.map(str::to_owned).into_iter().chain(before).collect();
            assert_eq!(after, expected, "{body}");
        }
    }
}
