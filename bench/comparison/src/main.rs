//! The product's answers without its database: what it could be at best.
//!
//! `/plain` is actix-web alone. `/api/tasks` and `/tasks` go the product's own way, through its
//! outermost layer, its token check, its headers, its JSON, its template and its compression, but
//! show the 25 tasks in [`constants`] instead of asking the store. Settings are the product's; the
//! store is opened, empty, because the product's state wants one.

mod constants;

use actix_web::http::header;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use askama::Template as _;
use tickbox::clock::Clock;
use tickbox::config::{CommandLine, Config};
use tickbox::error::Error;
use tickbox::store::{Limits, Nav, Store};
use tickbox::tasks::Task;
use tickbox::tasks::filter::{Scope, Sort, Status};
use tickbox::web::api_error::{ApiError, ApiResult};
use tickbox::web::frame::Frame;
use tickbox::web::page_error::PageResult;
use tickbox::web::state::State;
use tickbox::web::tasks::api::accepts_json;
use tickbox::web::tasks::filter_form::FilterForm;
use tickbox::web::tasks::json::TaskJson;
use tickbox::web::tasks::navigation::{Here, navigation};
use tickbox::web::tasks::pages::rows::choices;
use tickbox::web::tasks::place::Place;
use tickbox::web::tasks::query::{self, Defaults, Query};
use tickbox::web::tasks::views::{BulkFields, DueWords, ListPage, Row, TaskFields};
use tickbox::web::visitor::{self, ApiUser, PageUser};
use tickbox::web::watch::watch;
use tickbox::web::{buffer, etag, render, static_files};
use tickbox::words::Locale;

const API: Defaults = Defaults {
    scope: Scope::of(Status::All),
    limit: 50,
    sort: |_| Sort::CREATED,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let command_line = CommandLine::read();
    tickbox::logging::start(&command_line.log()?);
    let config = command_line.into_config()?;
    actix_web::rt::System::new().block_on(serve(config))
}

async fn serve(config: Config) -> Result<(), Box<dyn std::error::Error>> {
    let (listen, workers) = (config.listen, config.workers);
    let store = Store::open(&config.database, Limits::default())?;
    let state = State::new(config, store, Clock::real()).map_err(|error| error.to_string())?;
    let state = web::Data::new(state);
    let tasks = web::Data::new(constants::tasks());
    let app = move || {
        App::new()
            .app_data(state.clone())
            .app_data(tasks.clone())
            .route("/plain", web::get().to(plain))
            .service(
                web::scope("")
                    .wrap(from_fn(watch))
                    .service(
                        web::scope("/api")
                            .wrap(from_fn(visitor::require_bearer))
                            .route("/tasks", web::get().to(list_json)),
                    )
                    .service(
                        web::scope("/tasks")
                            .wrap(from_fn(visitor::require_session))
                            .route("", web::get().to(list_page)),
                    ),
            )
    };
    HttpServer::new(app)
        .workers(workers)
        .backlog(2048)
        .keep_alive(std::time::Duration::from_secs(75))
        .max_connections(4096)
        .bind(listen)?
        .run()
        .await?;
    Ok(())
}

async fn plain() -> &'static str {
    "Hello, World!"
}

/// `GET /api/tasks`, as the product's handler does it around the store.
async fn list_json(user: ApiUser, request: HttpRequest, tasks: web::Data<Vec<Task>>) -> ApiResult {
    if !accepts_json(request.headers()) {
        return Err(ApiError(Error::NotAcceptable));
    }
    let mut query = Query::read(&request, &API)?;
    let counted = query::flag("count", query.take("count").as_deref())?;
    let filter = query.finish()?;
    let base = user.state().base_url(&request);
    let shape = (user.credential().account, request.query_string(), &base);
    let tag = etag::of_view(constants::VERSION, shape);
    if etag::Known::of(request.headers()).has(&tag) {
        return Ok(render::not_modified(&tag));
    }
    let mut response = HttpResponse::Ok();
    let link = format!(
        "<{base}/api/tasks?{}&cursor={}>; rel=\"next\"",
        request.query_string(),
        constants::next(&tasks, filter.sort)
    );
    response.insert_header((header::LINK, link));
    if counted {
        response.insert_header(("x-total-count", tasks.len()));
    }
    let shown: Vec<_> = tasks
        .iter()
        .map(|task| TaskJson::new(task, &base, chrono_tz::UTC))
        .collect();
    let mut body = buffer::bytes(shown.len() * 1024);
    serde_json::to_writer(&mut body, &shown).map_err(Error::internal)?;
    let kind = (&*tag, "application/json");
    Ok(render::tagged(response, request.headers(), kind, body))
}

/// `GET /tasks`, as the product's handler does it around the store.
async fn list_page(
    user: PageUser,
    request: HttpRequest,
    tasks: web::Data<Vec<Task>>,
) -> PageResult {
    let place = Place::Tasks;
    let filter = Query::read(&request, &place.defaults())?.finish()?;
    let today = user.now().day_in(chrono_tz::UTC);
    let assets = static_files::assets();
    let address = request.uri().to_string();
    let shape = (
        user.credential().account,
        &address,
        today,
        assets.stylesheet,
    );
    let tag = etag::of_view(constants::VERSION, shape);
    if etag::Known::of(request.headers()).has(&tag) {
        return Ok(render::not_modified(&tag));
    }
    let inbox = constants::inbox();
    let nav = Nav {
        lists: vec![(inbox, 100)],
        open: 100,
        today: 1,
        dated: 33,
        ..Nav::default()
    };
    let say = Locale::default();
    let next = constants::next(&tasks, filter.sort);
    let view = ListPage {
        frame: Frame {
            signed_in_as: Some(constants::EMAIL.to_owned()),
            nav: navigation(&nav, &Here::At(&place), say),
            ..Frame::signed_out(say)
        },
        heading: say.tasks_open().to_owned(),
        subtitle: String::new(),
        examples: None,
        form: FilterForm::new(&place, &filter, "", (&nav, say)),
        rows: tasks.iter().map(|task| row(task, today)).collect(),
        here: "/tasks".to_owned(),
        draft: TaskFields::default(),
        errors: Vec::new(),
        bulk: BulkFields::default(),
        previous: None,
        next: Some(format!("/tasks?cursor={next}")),
        is_first_page: true,
        offers_add: true,
        is_trash: false,
        empty: ("", ""),
        lists: choices(&nav, None, say),
        manage: None,
    };
    let mut html = buffer::text(36 * 1024);
    view.render_into(&mut html).map_err(Error::internal)?;
    let html = html.into_bytes();
    let kind = (&*tag, "text/html; charset=utf-8");
    Ok(render::tagged(
        HttpResponse::Ok(),
        request.headers(),
        kind,
        html,
    ))
}

fn row(task: &Task, today: chrono::NaiveDate) -> Row {
    Row {
        id: task.id.to_string(),
        title: task.title.as_str().to_owned(),
        completed: task.is_completed(),
        trashed: task.is_trashed(),
        due: task.due.map(|due| DueWords {
            iso: due.on.to_string(),
            words: Locale::default().day(due.on, today),
            overdue: due.on < today,
        }),
        priority: task.priority.number(),
        has_notes: !task.notes.is_empty(),
        repeats: false,
        labels: Vec::new(),
        steps: String::new(),
        list: None,
        group: None,
        can_pick: true,
        is_picked: false,
    }
}
