//! The page for those who are not signed in: what this is, for whom, and what it looks like.

use actix_web::http::header::HeaderValue;
use actix_web::{HttpRequest, web};
use askama::Template;
use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveTime};

use super::frame::Frame;
use super::page_error::PageResult;
use super::state::State;
use super::visitor::{self, asked_locale};
use super::{etag, headers, next, render};
use crate::error::Error;
use crate::words::Locale;

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "front.html")]
pub struct FrontPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Whether this server lets strangers create an account.
    pub signup_open: bool,
    /// A line that somebody could type.
    pub line: String,
    /// When the first of its example tasks is due, in words.
    pub rent_due: String,
    /// When the second is.
    pub bag_due: String,
}

/// `GET /`
///
/// The only page that search engines may show: there is nobody's data on it.
pub async fn front(state: web::Data<State>, request: HttpRequest) -> PageResult {
    if visitor::session(&request).is_ok() {
        return Ok(render::see_other(next::HOME));
    }
    let say = asked_locale(request.headers());
    let today = state.now().day_in(state.config().time_zone);
    let page = FrontPage {
        frame: Frame::signed_out(say),
        signup_open: state.is_signup_open(),
        line: say.front_line(first_of_next_month(today)),
        rent_due: rent_due(say, today),
        bag_due: say.day(today.checked_add_days(Days::new(1)).unwrap_or(today), today),
    };
    let html = page.render().map_err(Error::internal)?.into_bytes();
    let tag = etag::of_view(0, &html);
    if etag::Known::of(request.headers()).has(&tag) {
        return Ok(render::by_language(render::not_modified(&tag)));
    }
    let page = render::kept(request.headers(), (&tag, say), html);
    let mut page = render::by_language(page);
    page.headers_mut()
        .insert(headers::ROBOTS, HeaderValue::from_static("all"));
    Ok(page)
}

/// The first of next month at nine, as the line on the page says.
fn rent_due(say: Locale, today: NaiveDate) -> String {
    let nine = NaiveTime::from_hms_opt(9, 0, 0);
    say.day_at((first_of_next_month(today), nine), today)
}

fn first_of_next_month(today: NaiveDate) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    first.checked_add_months(Months::new(1)).unwrap_or(today)
}
