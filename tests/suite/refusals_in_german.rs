//! What is refused at a page is said in the language of whoever reads it.

use std::fmt::Write as _;

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use tickbox::store::Limits;

use crate::support::{Api, Browser, Page, Site};

/// Rules that are refused, each for another reason.
const RULES: [&str; 23] = [
    "whenever",
    "X-FREQ=DAILY",
    "FREQ=FORTNIGHTLY",
    "FREQ=MINUTELY",
    "FREQ=DAILY;BYMINUTE=0,30",
    "FREQ=DAILY\u{7f}",
    "FREQ=DAILY;nonsense",
    "FREQ=DAILY;FREQ=DAILY",
    "FREQ=DAILY;COUNT=2;UNTIL=20270101",
    "FREQ=DAILY;UNTIL=tomorrow",
    "FREQ=DAILY;WKST=XX",
    "FREQ=DAILY;BYDAY=XX",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;BYMONTH=13",
    "FREQ=DAILY;BYHOUR=24",
    "FREQ=DAILY;X-EVERY=2",
    "FREQ=MONTHLY;BYWEEKNO=1",
    "FREQ=MONTHLY;BYYEARDAY=1",
    "FREQ=WEEKLY;BYMONTHDAY=1",
    "FREQ=WEEKLY;BYDAY=2FR",
    "FREQ=YEARLY;BYWEEKNO=1;BYDAY=2FR",
    "FREQ=MONTHLY;BYDAY=6FR",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
];

/// Somebody at a browser that asks for their language, as browsers do.
struct Reader {
    browser: Browser,
    api: Api,
    language: &'static str,
    /// What stands in braces in the tables, with what it is for them.
    ids: Vec<(String, String)>,
}

impl Reader {
    async fn new(site: &Site, name: &str, language: &'static str) -> Self {
        let browser = site.sign_up(name).await;
        let api = browser.api().await;
        api.patch("/api/me", json!({ "locale": language }))
            .await
            .ok();
        let mut reader = Self {
            browser,
            api,
            language,
            ids: Vec::new(),
        };
        reader.settle().await;
        reader
    }

    /// Makes what the tables are about.
    async fn settle(&mut self) {
        let labels: Vec<String> = (0..30).map(|number| format!("l{number}")).collect();
        for (name, address, body) in [
            ("list", "/api/lists", json!({ "name": "Garden" })),
            (
                "view",
                "/api/views",
                json!({ "name": "Soon", "query": "due=week" }),
            ),
            (
                "task",
                "/api/tasks",
                json!({ "title": "Mow", "labels": ["out"] }),
            ),
            (
                "full",
                "/api/tasks",
                json!({ "title": "Sort", "labels": labels }),
            ),
            (
                "weekly",
                "/api/tasks",
                json!({ "title": "Water", "recurrence": "FREQ=WEEKLY" }),
            ),
            (
                "hourly",
                "/api/tasks",
                json!({ "title": "Air", "recurrence": "FREQ=HOURLY", "due_time": "09:00" }),
            ),
            (
                "last",
                "/api/tasks",
                json!({ "title": "Sow", "recurrence": "FREQ=DAILY;COUNT=1" }),
            ),
            (
                "done",
                "/api/tasks",
                json!({ "title": "Dig", "completed": true }),
            ),
            ("trashed", "/api/tasks", json!({ "title": "Burn" })),
        ] {
            let made = self.api.post(address, body).await.created();
            self.note(name, &made);
        }
        let step = json!({ "title": "Rake", "parent_id": self.filled("{task}") });
        let step = self.api.post("/api/tasks", step).await.created();
        self.note("step", &step);
        let lists = self.api.get("/api/lists").await.ok();
        self.note("inbox", &lists[0]);
        let trashed = self.filled("/api/tasks/{trashed}");
        self.api.delete(&trashed).await;
        self.api.undo_last().await;
        self.api.delete(&trashed).await;
        let history = self.api.history().await;
        self.note("undone", &history[2]);
        self.note("added", &history[3]);
    }

    /// Remembers the id and the version of a thing under a name.
    fn note(&mut self, name: &str, thing: &Value) {
        let text = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        };
        self.ids.push((format!("{{{name}}}"), text(&thing["id"])));
        let version = text(&thing["version"]);
        self.ids.push((format!("{{{name}-version}}"), version));
    }

    fn filled(&self, text: &str) -> String {
        let fill = |text: String, (name, id): &(String, String)| text.replace(name, id);
        self.ids.iter().fold(text.to_owned(), fill)
    }

    /// Sends a form, written as a query string, and reads why it was refused.
    async fn refused(&mut self, address: &str, form: &str) -> Vec<String> {
        let request = TestRequest::post()
            .uri(&self.filled(address))
            .insert_header(("sec-fetch-site", "same-origin"))
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(self.filled(form));
        self.sentences(request, &format!("{address} {form}")).await
    }

    /// Opens an address and reads why it was refused.
    async fn astray(&mut self, address: &str) -> Vec<String> {
        let request = TestRequest::get().uri(&self.filled(address));
        self.sentences(request, address).await
    }

    async fn sentences(&mut self, request: TestRequest, asked: &str) -> Vec<String> {
        let request = request.insert_header(("accept-language", self.language));
        let reply = self.browser.send(request).await;
        assert!(reply.status.is_client_error(), "{asked}: {}", reply.status);
        let page = Page::new(asked.to_owned(), reply);
        let sentences = page.texts("p.error, .problems li, .message h1 + p");
        assert!(!sentences.is_empty(), "{asked}: {}", page.reply.text());
        sentences
    }
}

/// Asserts that each sentence is another one in German, and begins and ends as one does.
#[track_caller]
fn differ(asked: &str, english: &[String], german: &[String]) {
    assert_eq!(
        english.len(),
        german.len(),
        "{asked}: {english:?} {german:?}"
    );
    for (english, german) in english.iter().zip(german) {
        assert_ne!(english, german, "{asked}");
        assert!(german.ends_with('.'), "{asked}: {german}");
    }
}

async fn pair(site: &Site) -> (Reader, Reader) {
    let english = Reader::new(site, "ann", "en-GB").await;
    (english, Reader::new(site, "bea", "de").await)
}

async fn check(readers: (&mut Reader, &mut Reader), address: &str, form: &str) {
    let english = readers.0.refused(address, form).await;
    let german = readers.1.refused(address, form).await;
    differ(&format!("{address} {form}"), &english, &german);
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

on_both_engines! {
    async fn tasks_are_refused_in_german(site: Site) {
        let (mut english, mut german) = pair(&site).await;
        let (long, many) = ("x".repeat(501), "x%0A".repeat(501));
        let labels: Vec<String> = (0..31).map(|number| format!("m{number}")).collect();
        let (labels, notes) = (labels.join("%2C"), "x".repeat(20_001));
        let nowhere = "0193f5a0-0000-7000-8000-000000000000";

        for (address, form) in [
            ("/tasks", "title="),
            ("/tasks", &*format!("title={long}")),
            ("/tasks", "plain=1&title=a%07b"),
            ("/tasks", "plain=1&title=x&notes=a%07b"),
            ("/tasks", &format!("plain=1&title=x&notes={notes}")),
            ("/tasks", &format!("title=x&labels={labels}")),
            ("/tasks", &format!("title=x&labels={}", &long[..101])),
            ("/tasks", "title=x&labels=a%07b"),
            ("/tasks", "title=x&due_date=tomorrow&start_date=2026-02-30"),
            ("/tasks", "title=x&due_date=2026-12-01&due_time=9"),
            ("/tasks", "title=x&due_zone=Berlin"),
            ("/tasks", "next=%2Ftasks&plain=1&title=x&due_time=09:00&due_zone=Europe%2FBerlin"),
            ("/tasks", "plain=1&title=x&due_date=2026-12-01&due_zone=Europe%2FBerlin"),
            ("/tasks", "next=%2Ftasks&plain=1&title=x&recurrence=FREQ%3DDAILY%3BUNTIL%3D20200101"),
            ("/tasks", "plain=1&title=x&recurrence=FREQ%3DHOURLY"),
            ("/tasks", "title=x&priority=9"),
            ("/tasks", "title=x&list_id=x"),
            ("/tasks", &format!("plain=1&title=x&list_id={nowhere}")),
            ("/tasks", "title=x&recurrence_from=x&recurrence_missed=x"),
            ("/tasks", "title=x&colour=red"),
            ("/tasks/lines", ""),
            ("/tasks/lines", &format!("lines=a%0A{long}")),
            ("/tasks/lines", &format!("lines={many}")),
            ("/tasks/{task}", "title="),
            ("/tasks/{step}", "version={step-version}&list_id={list}"),
            ("/tasks/{hourly}", "version={hourly-version}&due_time="),
            ("/tasks/bulk", "action=complete"),
            ("/tasks/bulk", "ids={task}"),
            ("/tasks/bulk", "ids={task}&action=move"),
            ("/tasks/bulk", "ids={task}&action=label"),
            ("/tasks/bulk", "ids={task}&action=priority"),
            ("/tasks/bulk", "complete.{task}=&delete.{task}="),
            ("/tasks/bulk", "ids={weekly}&action=due&due_date="),
            ("/tasks/bulk", "ids={task}&action=due&due_date=x"),
            ("/tasks/bulk", "ids={task}&action=label&label=a%2Cb"),
            ("/tasks/bulk", "ids={full}&action=label&label=more"),
            ("/tasks/bulk", &format!("ids={{task}}&action=move&list_id={nowhere}")),
            ("/tasks/{trashed}/complete", ""),
            ("/tasks/{done}/skip", ""),
            ("/tasks/{task}/skip", ""),
            ("/tasks/{last}/skip", ""),
            ("/history/{undone}/undo", ""),
        ] {
            check((&mut english, &mut german), address, form).await;
        }
        site.set_clock("2027-11-22T12:00:00Z");
        for reader in [&mut english, &mut german] {
            reader.browser.sign_in().await.ok();
        }
        check((&mut english, &mut german), "/history/{added}/undo", "").await;
    }

    async fn repeats_are_refused_in_german(site: Site) {
        let (mut english, mut german) = pair(&site).await;
        let task = "version={task-version}&due_date=2026-12-01&due_time=09:00";
        let long = format!("FREQ=DAILY;BYMONTHDAY={}", "1,".repeat(250));

        for rule in RULES.iter().copied().chain(["FREQ=DAILY;BYSETPOS=1", &*long]) {
            let form = format!("{task}&recurrence={}", encoded(rule));
            check((&mut english, &mut german), "/tasks/{task}", &form).await;
        }
        let form = format!("{task}&recurrence=FREQ%3DDAILY%3BINTERVAL%3D0");
        let said = german.refused("/tasks/{task}", &form).await;
        assert_eq!(said[0], "Schreib INTERVAL als Zahl von 1 bis 1000.");
    }

    async fn lists_labels_views_and_settings_are_refused_in_german(site: Site) {
        let (mut english, mut german) = pair(&site).await;
        let long = "x".repeat(101);
        let mut query = String::new();
        for number in 0..200 {
            write!(query, "label=l{number:07}%26").expect("a string");
        }

        for (address, form) in [
            ("/lists", "name="),
            ("/lists", &*format!("name={long}")),
            ("/lists", "name=a%09b"),
            ("/lists", "name=garden"),
            ("/lists", "name=New&color=pink"),
            ("/lists", "name=New&colour=red"),
            ("/lists/{list}/edit", "name="),
            ("/lists/{inbox}/edit", "name=Other"),
            ("/lists/{inbox}/delete", ""),
            ("/labels/out/rename", "name="),
            ("/labels/out/rename", "name=a%2Cb"),
            ("/views", "name="),
            ("/views", "name=Some"),
            ("/views", "name=Soon&query=due%3Dweek"),
            ("/views", "name=Some&query=status%3Dx%26due%3Dx"),
            ("/views", &format!("name=Some&query={query}")),
            ("/views/{view}/edit", "name="),
            ("/settings", &format!("name={long}")),
            ("/settings", "timezone=Mars&locale=xx&theme=pink&quick_add_symbols=x&page_size=4&week_start=x"),
            ("/settings", "password=x"),
        ] {
            check((&mut english, &mut german), address, form).await;
        }
    }

    async fn filters_are_refused_in_german(site: Site) {
        let (mut english, mut german) = pair(&site).await;
        let labels = "label=x&".repeat(31);
        let words: Vec<String> = (0..21).map(|number| format!("w{number}")).collect();

        for filter in [
            "status=x",
            "list=x",
            "priority=9",
            "due=x",
            "parent=x",
            "started=x",
            "sort=x",
            "limit=0",
            "cursor=x",
            "q=%00",
            "q=%CC%81",
            "label=%00",
            "colour=red",
            "status=open&status=open",
            &labels,
            &format!("q={}", words.join("+")),
            &format!("q={}", "x".repeat(501)),
        ] {
            let address = format!("/tasks?{filter}");
            let english = english.astray(&address).await;
            differ(&address, &english, &german.astray(&address).await);
        }
    }

    async fn signing_up_is_refused_in_german(site: Site) {
        let (mut english, mut german) = pair(&site).await;
        let long = "x".repeat(72);
        for reader in [&mut english, &mut german] {
            reader.browser.cookies.clear();
        }

        for (address, form) in [
            ("/login", ""),
            ("/login", "email=ann&password=short"),
            ("/login", "email=ann%40example.org&password=wrong+horse+battery"),
            ("/login", "email=ann%40example.org&email=bea%40example.org"),
            ("/signup", ""),
            ("/signup", "email=ann&password=short"),
            ("/signup", &*format!("email=cid%40example.org&password={long}")),
            ("/signup", "email=cid%40example.org&password=a%00bcdefgh"),
            ("/signup", "email=cid%40example.org&password=password"),
            ("/signup", "email=ann%40example.org&password=correct+horse+battery"),
            ("/signup", "email=cid%40example.org&password=correct+horse+battery&name=Cid"),
        ] {
            check((&mut english, &mut german), address, form).await;
        }
    }

    async fn limits_are_named_in_german(site: Site) {
        let limits = Limits { lists: 2, labels: 31, tasks: 8 };
        let (mut english, mut german) = pair(&site.limited(limits).await).await;
        for number in 1..200 {
            let view = json!({ "name": number.to_string(), "query": "" });
            for reader in [&english, &german] {
                reader.api.post("/api/views", view.clone()).await.created();
            }
        }

        for (address, form) in [
            ("/lists", "name=New"),
            ("/tasks", "title=x"),
            ("/tasks/bulk", "ids={task}&action=label&label=new"),
            ("/views", "name=New&query="),
        ] {
            check((&mut english, &mut german), address, form).await;
        }
        let said = german.refused("/lists", "name=New").await;
        assert_eq!(said, ["Du hast schon 2 Listen, und mehr sind nicht erlaubt; lösche zuerst eine."]);
    }
}
