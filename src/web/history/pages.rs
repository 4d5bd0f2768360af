//! The page of the history.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::words;
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::journal::{Door, Entry, actions};
use crate::store::{Mine, Standing};
use crate::web::body::FormBody;
use crate::web::frame::{Frame, framed};
use crate::web::markup::Html;
use crate::web::page_error::PageResult;
use crate::web::tasks::flash::{self, Did};
use crate::web::tasks::navigation::{Here, frame};
use crate::web::tasks::pages::no_more;
use crate::web::tasks::query;
use crate::web::visitor::PageUser;
use crate::web::{next, render};

const HERE: &str = "/history";
/// Steps of a page.
const STEPS: i64 = 50;

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "history/index.html")]
pub struct HistoryPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The days with their steps, latest first.
    pub days: Vec<Day>,
    /// The page's own address, where taking back leads to.
    pub here: String,
    /// Where older steps are.
    pub next: Option<String>,
}

framed!(HistoryPage);

/// A day and what was done on it.
#[derive(Clone, Debug)]
pub struct Day {
    /// The day in words.
    pub words: String,
    /// What was done, latest first.
    pub steps: Vec<Step>,
}

/// One thing that was done.
#[derive(Clone, Debug)]
pub struct Step {
    /// Names it.
    pub id: i64,
    /// RFC 3339.
    pub iso: String,
    /// The time of day.
    pub time: String,
    /// What was done.
    pub words: Html,
    /// The same without markup.
    pub plain: String,
    /// How it came in, where that was not a page.
    pub door: &'static str,
    /// Whether it can be taken back.
    pub can_undo: bool,
    /// Whether it was taken back.
    pub is_undone: bool,
}

/// `GET /history`
pub async fn index(user: PageUser, request: HttpRequest) -> PageResult {
    let mut pairs = query::pairs(request.query_string())?;
    let did = query::take(&mut pairs, "did");
    let before = query::take(&mut pairs, "before").and_then(|before| before.parse().ok());
    query::refuse_rest(&pairs)?;
    let did = Did::parse(did.as_deref(), None);
    let (state, now) = (user.state().clone(), user.now());
    let read = move |mine: &mut Mine<'_>| {
        let nav = mine.nav(state.navs(), now)?;
        Ok((
            nav,
            mine.entries_before(before, STEPS + 1)?,
            did.look_up(mine)?,
        ))
    };
    let (standing, (nav, mut entries, done)) = user.look(read).await?;
    let steps = usize::try_from(STEPS).unwrap_or(usize::MAX);
    let is_more = entries.len() > steps;
    entries.truncate(steps);
    let here = before.map_or_else(
        || HERE.to_owned(),
        |before| format!("{HERE}?before={before}"),
    );
    let last = entries.last().filter(|_| is_more);
    let mut view = HistoryPage {
        frame: frame(&standing, &nav, &Here::Address(HERE)),
        days: days(&entries, &standing, now),
        next: last.map(|last| format!("{HERE}?before={}", last.version)),
        here,
    };
    view.frame.flash = done.map(|done| done.flash(&view.here, now, view.frame.say));
    Ok(render::uncached(HttpResponse::Ok(), &view))
}

/// `POST /history/{id}/undo`
pub async fn undo(
    user: PageUser,
    id: web::Path<String>,
    FormBody(mut form): FormBody,
) -> PageResult {
    let goal = form.take_text("next");
    no_more(form)?;
    let version = parse_id(&id)?;
    let job = move |mine: &mut Mine<'_>, now| actions::undo(mine, version, now);
    let (_, step) = user.tell(job).await?;
    let goal = next::or_home(Some(&goal));
    Ok(render::see_other(&flash::address(goal, step, None)))
}

fn parse_id(text: &str) -> Result<i64> {
    text.parse().map_err(|_shape| Error::NotFound)
}

fn days(entries: &[Entry], standing: &Standing, now: Stamp) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let say = standing.settings.locale;
    let today = now.day_in(standing.zone());
    for entry in entries {
        let at = entry.at.local_in(standing.zone());
        let words = say.day(at.date(), today);
        let step = Step {
            id: entry.version,
            iso: entry.at.rfc3339(),
            time: say.time(at.time()),
            words: words::html(entry, say),
            plain: words::plain(entry, say),
            door: match entry.door {
                Door::Page => "",
                Door::Api => say.history_by_api(),
                Door::Server => say.history_by_server(),
            },
            can_undo: entry.can_undo(now),
            is_undone: entry.undone_by.is_some(),
        };
        match days.last_mut().filter(|day| day.words == words) {
            Some(day) => day.steps.push(step),
            None => days.push(Day {
                words,
                steps: vec![step],
            }),
        }
    }
    days
}
