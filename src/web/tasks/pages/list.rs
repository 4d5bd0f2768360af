//! The pages that show tasks: every place, filtered and sorted as its address says.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{empty, rows};
use crate::accounts::Settings;
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::fold::fold;
use crate::lists::ListId;
use crate::store::{Fresh, Length, Mine, Nav, Standing};
use crate::tasks::filter::{Cursor, Filter, Page, Status};
use crate::tasks::{Task, TaskId};
use crate::views::SavedView;
use crate::web::page_error::{PageError, PageResult};
use crate::web::tasks::filter_form::FilterForm;
use crate::web::tasks::flash::{Did, Done};
use crate::web::tasks::navigation::{Here, frame, list_name};
use crate::web::tasks::place::Place;
use crate::web::tasks::query::Query;
use crate::web::tasks::views::{BulkFields, ListPage, TaskFields};
use crate::web::visitor::PageUser;
use crate::web::{buffer, etag, next, render, static_files};
use crate::words::Locale;

/// What a row of a plain task takes as HTML, and what stands around the rows.
const BYTES_A_ROW: usize = 768;
const BYTES_AROUND: usize = 10 * 1024;

/// `GET /today`
pub async fn today(user: PageUser, request: HttpRequest) -> PageResult {
    show(&user, &request, Place::Today).await
}

/// `GET /upcoming`
pub async fn upcoming(user: PageUser, request: HttpRequest) -> PageResult {
    show(&user, &request, Place::Upcoming).await
}

/// `GET /inbox`
pub async fn inbox(user: PageUser, request: HttpRequest) -> PageResult {
    show(&user, &request, Place::Inbox).await
}

/// `GET /tasks`
pub async fn tasks(user: PageUser, request: HttpRequest) -> PageResult {
    show(&user, &request, Place::Tasks).await
}

/// `GET /lists/{id}`
pub async fn list(user: PageUser, id: web::Path<String>, request: HttpRequest) -> PageResult {
    let id = ListId::parse(&id).ok_or(PageError(Error::NotFound))?;
    show(&user, &request, Place::List(id)).await
}

/// `GET /labels/{name}`
pub async fn label(user: PageUser, name: web::Path<String>, request: HttpRequest) -> PageResult {
    show(&user, &request, Place::Label(fold(&name))).await
}

/// `GET /views/{id}`
pub async fn view(user: PageUser, id: web::Path<String>, request: HttpRequest) -> PageResult {
    let id = crate::ids::parse_canonical(&id).ok_or(PageError(Error::NotFound))?;
    show(&user, &request, Place::View(id)).await
}

/// What a page of a list is made of.
pub(super) struct Found {
    pub(super) page: Page<Task>,
    pub(super) nav: Arc<Nav>,
    pub(super) progress: HashMap<TaskId, (i64, i64)>,
    done: Option<Done>,
}

async fn show(user: &PageUser, request: &HttpRequest, place: Place) -> PageResult {
    let (mut shown, did) = Shown::asked_for(user, place, request.query_string()).await?;
    let by_minute = matches!(shown.place, Place::Today | Place::Upcoming);
    let tag = view_tag(user, request, by_minute);
    let has_seen = {
        let (tag, known) = (tag.clone(), etag::Known::of(request.headers()));
        move |standing: &Standing| known.has(&tag(standing))
    };
    let (state, now) = (user.state().clone(), user.now());
    let length = Length::of(&shown.filter);
    // Written where it was read: what leaves a database thread is one buffer, not a hundred.
    let read = move |mine: &mut Mine<'_>| {
        shown.fit(mine.settings());
        let nav = mine.nav(state.navs(), now)?;
        check(&shown.place, &nav)?;
        let found = find(mine, &shown.filter, nav, did, now)?;
        let page = shown.page(mine.standing(), &found, now);
        // Room for all of it: growing step by step would copy everything several times.
        let mut html = buffer::text(BYTES_AROUND + page.rows.len() * BYTES_A_ROW);
        page.render_into(&mut html).map_err(Error::internal)?;
        Ok(html)
    };
    match user.read_unless(length, has_seen, read).await? {
        Fresh::Unchanged(standing) => Ok(render::not_modified(&tag(&standing))),
        Fresh::Read(standing, html) => {
            let kind = (&*tag(&standing), standing.settings.locale);
            let html = html.into_bytes();
            Ok(render::kept(request.headers(), kind, html))
        }
    }
}

/// The page at an address of ours, for a form on it that was refused; all tasks if it shows none.
pub(super) async fn again(user: &PageUser, goal: &str) -> Result<ListPage> {
    let goal = next::or_home(Some(goal));
    let query = goal.split_once('?').map_or("", |(_, query)| query);
    let mut shown = match Shown::asked_for(user, Place::of_address(goal), query).await {
        Ok((shown, _)) => shown,
        Err(Error::NotFound | Error::InvalidQuery(_)) => {
            Shown::asked_for(user, Place::Tasks, "").await?.0
        }
        Err(other) => return Err(other),
    };
    let (state, now) = (user.state().clone(), user.now());
    let read = move |mine: &mut Mine<'_>| {
        shown.fit(mine.settings());
        let nav = mine.nav(state.navs(), now)?;
        let found = find(mine, &shown.filter, nav, Did::default(), now)?;
        Ok(shown.page(mine.standing(), &found, now))
    };
    let mut view = user.read(read).await?;
    // The slip must not cost people the place that they came from.
    goal.clone_into(&mut view.here);
    Ok(view)
}

/// The filter of a saved view, and what the address changes about it.
fn asked(query: &str, saved: Option<&SavedView>) -> String {
    let own = |query: &str| -> Vec<String> {
        // A form sends the fields that were left empty too.
        let pairs = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.ends_with('='));
        pairs.map(str::to_owned).collect()
    };
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    let mut pairs = own(query);
    let said: Vec<String> = pairs.iter().map(|pair| name(pair)).collect();
    let saved = saved.map(|saved| own(&saved.query)).unwrap_or_default();
    pairs.extend(saved.into_iter().filter(|pair| !said.contains(&name(pair))));
    pairs.join("&")
}

/// A place that is not there, or somebody else's.
fn check(place: &Place, nav: &Nav) -> Result<()> {
    let is_there = match place {
        Place::List(id) => nav.list(*id).is_some(),
        Place::Label(key) => nav.labels.iter().any(|(label, _)| label.name.key() == *key),
        Place::Today | Place::Upcoming | Place::Inbox | Place::Tasks | Place::View(_) => true,
    };
    if is_there {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

fn find(
    mine: &mut Mine<'_>,
    filter: &Filter,
    nav: Arc<Nav>,
    did: Did,
    now: Stamp,
) -> Result<Found> {
    let page = mine.tasks(filter, now)?;
    let ids: Vec<TaskId> = page.items.iter().map(|task| task.id).collect();
    let progress = if nav.has_steps && !ids.is_empty() {
        mine.progress(&ids, nav.open_steps)?
    } else {
        HashMap::new()
    };
    Ok(Found {
        page,
        nav,
        progress,
        done: did.look_up(mine)?,
    })
}

/// A page changes with its owner's tasks, with its address, and at their midnight; where it is about
/// what is due now, with every minute.
pub(super) fn view_tag(
    user: &PageUser,
    request: &HttpRequest,
    by_minute: bool,
) -> impl Fn(&Standing) -> String + Clone + Send + 'static {
    let account = user.credential().account;
    let address = request.uri().to_string();
    let now = user.now();
    move |standing| {
        let now = now.local_in(standing.zone());
        let minute = by_minute.then(|| now.and_utc().timestamp() / 60);
        let moment = (now.date(), minute);
        etag::of_view(
            standing.version,
            (account, &address, moment, static_files::assets().stylesheet),
        )
    }
}

/// What was asked for, as far as the page says so.
struct Shown {
    place: Place,
    filter: Filter,
    query: String,
    search: String,
    saved: Option<SavedView>,
    says_limit: bool,
}

impl Shown {
    /// Reads the rest of an address: what to show, and what was done before.
    async fn asked_for(user: &PageUser, place: Place, query: &str) -> Result<(Self, Did)> {
        let saved = if let Place::View(id) = place {
            Some(user.read(move |mine| mine.view(id)).await?)
        } else {
            None
        };
        let mut asked = Query::parse(&asked(query, saved.as_ref()), &place.defaults())?;
        let (did, kept) = (asked.take("did"), asked.take("kept"));
        let shown = Self {
            place,
            search: asked.search.clone(),
            says_limit: asked.says_limit,
            filter: asked.finish()?,
            query: query.to_owned(),
            saved,
        };
        Ok((shown, Did::parse(did.as_deref(), kept.as_deref())))
    }

    /// Shows as many rows as the owner set up, unless the address says how many.
    fn fit(&mut self, settings: &Settings) {
        if !self.says_limit {
            self.filter.limit = settings.page_size;
        }
    }

    fn page(&self, standing: &Standing, found: &Found, now: Stamp) -> ListPage {
        let say = standing.settings.locale;
        let here = self.address(self.filter.cursor.as_ref());
        let mut frame = frame(standing, &found.nav, &Here::At(&self.place));
        self.search.clone_into(&mut frame.search);
        mark_current(&mut frame, &self.place, self.filter.scope.status);
        frame.flash = found.done.as_ref().map(|done| done.flash(&here, now, say));
        let status = self.filter.scope.status;
        let form = FilterForm::new(&self.place, &self.filter, &self.search, (&found.nav, say));
        let heading = self.heading(&found.nav, say);
        ListPage {
            rows: rows::rows(found, &self.filter, standing, now),
            previous: found
                .page
                .previous
                .as_ref()
                .map(|at| self.address(Some(at))),
            next: found.page.next.as_ref().map(|at| self.address(Some(at))),
            is_first_page: self.filter.cursor.is_none(),
            subtitle: if self.place == Place::Today {
                say.long_day(now.day_in(standing.zone()))
            } else {
                String::new()
            },
            examples: found.nav.examples.filter(|_| {
                let is_home = matches!(self.place, Place::Inbox | Place::Tasks);
                is_home && status == Status::Open && !form.is_narrowed()
            }),
            offers_add: matches!(status, Status::Open | Status::All) && !form.is_narrowed(),
            empty: empty::words(&self.place, (status, form.is_narrowed()), say),
            lists: rows::choices(&found.nav, None, say),
            manage: self.manage(),
            is_trash: status == Status::Trashed,
            draft: TaskFields::default(),
            errors: Vec::new(),
            bulk: BulkFields::default(),
            heading,
            form,
            here,
            frame,
        }
    }

    fn heading(&self, nav: &Nav, say: Locale) -> String {
        if !self.search.trim().is_empty() {
            return say.tasks_search(self.search.trim());
        }
        match &self.place {
            Place::Today => say.nav_today().to_owned(),
            Place::Upcoming => say.nav_upcoming().to_owned(),
            Place::Inbox => say.nav_inbox().to_owned(),
            Place::Tasks => match self.filter.scope.status {
                Status::Open => say.tasks_open(),
                Status::Completed => say.tasks_completed(),
                Status::All | Status::Any => say.tasks_all(),
                Status::Trashed => say.nav_trash(),
            }
            .to_owned(),
            Place::List(id) => {
                let list = nav.list(*id);
                list.map_or_else(String::new, |list| list_name(list, say).to_owned())
            }
            Place::Label(key) => {
                let found = nav
                    .labels
                    .iter()
                    .find(|(label, _)| label.name.key() == *key);
                let name = found.map_or(&**key, |(label, _)| label.name.as_str());
                say.tasks_label(name)
            }
            Place::View(_) => {
                let saved = self.saved.as_ref();
                saved.map_or_else(String::new, |view| view.name.as_str().to_owned())
            }
        }
    }

    /// Where this place can be renamed or removed.
    fn manage(&self) -> Option<String> {
        match &self.place {
            Place::List(id) => Some(format!("/lists#list-{id}")),
            Place::View(id) => Some(format!("/lists#view-{id}")),
            Place::Label(_) => Some("/lists#labels".to_owned()),
            Place::Today | Place::Upcoming | Place::Inbox | Place::Tasks => None,
        }
    }

    /// The same address from another place on, without what only this visit was about.
    fn address(&self, cursor: Option<&Cursor>) -> String {
        let passing = ["cursor=", "did=", "kept="];
        let pairs = self
            .query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.ends_with('='));
        let mut pairs: Vec<String> = pairs
            .filter(|pair| !passing.iter().any(|name| pair.starts_with(name)))
            .map(str::to_owned)
            .collect();
        pairs.extend(cursor.map(|cursor| format!("cursor={}", cursor.text())));
        let path = self.place.path();
        if pairs.is_empty() {
            return path;
        }
        format!("{path}?{}", pairs.join("&"))
    }
}

/// Completed and trash have entries of their own, but no address of their own.
fn mark_current(frame: &mut crate::web::frame::Frame, place: &Place, status: Status) {
    if *place != Place::Tasks {
        return;
    }
    let wanted = match status {
        Status::Completed => "/tasks?status=completed",
        Status::Trashed => "/tasks?status=trashed",
        Status::Open | Status::All | Status::Any => "/tasks",
    };
    for link in &mut frame.nav.views {
        link.is_current = link.href == wanted;
    }
}
