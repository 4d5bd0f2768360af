//! What people set up for themselves, at both doors.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::accounts::actions::set_up;
use crate::accounts::settings::{Theme, WeekStart};
use crate::accounts::{Email, Settings};
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result};
use crate::store::{Mine, Nav, Standing};
use crate::tasks::quick_add::Symbols;
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::{FormBody, JsonBody, Members};
use crate::web::frame::{FieldError, Frame, framed};
use crate::web::page_error::{PageResult, field_errors};
use crate::web::render;
use crate::web::tasks::flash::{self, Did};
use crate::web::tasks::json::Instant;
use crate::web::tasks::navigation::{Here, frame};
use crate::web::tasks::query::no_query;
use crate::web::visitor::{ApiUser, PageUser};
use crate::words::Locale;

const HERE: &str = "/settings";

/// Fields of the form.
const FIELDS: [&str; 7] = [
    "name",
    "timezone",
    "locale",
    "week_start",
    "quick_add_symbols",
    "theme",
    "page_size",
];

/// Members that an answer has and a change may bring back; they are not set here.
const READ_ONLY: [&str; 4] = ["id", "email", "email_verified", "created_at"];

/// An account and its settings, as its owner sees them.
#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
pub struct MeJson<'a> {
    /// The account's id.
    id: Uuid,
    /// The address it signs in with; null where another issuer vouches for its owner.
    #[schema(required)]
    email: Option<&'a str>,
    /// Whether its owner proved that the address is theirs.
    email_verified: bool,
    /// What its owner is called; may be empty.
    name: &'a str,
    /// Where its days begin and end, by IANA name.
    #[schema(example = "Europe/Berlin")]
    timezone: &'static str,
    /// The language of its pages and whose customs dates follow: en-GB (3/4 is in April), en-US (in
    /// March) or de.
    locale: &'static str,
    /// How its pages look: auto, light or dark.
    theme: &'static str,
    /// Whose symbols quick add reads: todoist or todotxt.
    quick_add_symbols: &'static str,
    /// Rows of a page, 5 to 200.
    page_size: u16,
    /// The day on which its weeks begin, for "next friday": monday, saturday or sunday.
    week_start: &'static str,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
}

/// What of an account can be set.
#[derive(ToSchema)]
#[schema(as = MeInput)]
#[expect(
    dead_code,
    reason = "describes what `Settings::change` reads, for the OpenAPI document"
)]
pub struct MeInput {
    /// Up to 100 characters.
    name: Option<String>,
    /// By IANA name.
    timezone: Option<String>,
    /// en-GB, en-US or de.
    locale: Option<String>,
    /// auto, light or dark.
    theme: Option<String>,
    /// todoist or todotxt.
    quick_add_symbols: Option<String>,
    /// 5 to 200.
    page_size: Option<u16>,
    /// monday, saturday or sunday.
    week_start: Option<String>,
}

/// Says whose token this is, and what they set up.
#[utoipa::path(get, path = "/api/me", tag = "accounts", operation_id = "get_me",
    responses(
        (status = 200, description = "The account", body = MeJson<'_>),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn me(user: ApiUser, request: HttpRequest) -> ApiResult {
    no_query(&request)?;
    let standing = user.standing().await?;
    Ok(answer(&user, &standing, &standing.settings))
}

/// Changes settings.
#[utoipa::path(patch, path = "/api/me", tag = "accounts", operation_id = "update_me",
    description = "A JSON merge patch (RFC 7396): absent members stay.",
    request_body(content((MeInput = "application/json"), (MeInput = "application/merge-patch+json"))),
    responses((status = 200, description = "The account", body = MeJson<'_>)))]
pub async fn patch(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    no_query(&request)?;
    let (standing, settings) = user
        .write(move |mine, now| {
            let settings = change(mine, body, now)?;
            Ok((mine.standing().clone(), settings))
        })
        .await?;
    Ok(answer(&user, &standing, &settings))
}

fn answer(user: &ApiUser, standing: &Standing, settings: &Settings) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, render::NO_STORE))
        .json(MeJson::new(user.credential().account, standing, settings))
}

impl<'a> MeJson<'a> {
    /// The account with these settings.
    pub fn new(account: Uuid, standing: &'a Standing, settings: &'a Settings) -> Self {
        Self {
            id: account,
            email: Email::of_account(&standing.email),
            email_verified: standing.email_verified_at.is_some(),
            name: &settings.name,
            timezone: settings.time_zone.name(),
            locale: settings.locale.tag(),
            theme: settings.theme.word(),
            quick_add_symbols: settings.symbols.word(),
            page_size: settings.page_size,
            week_start: settings.week_start.word(),
            created_at: Instant(standing.created_at),
        }
    }
}

/// Changes all that the members say, or names everything that is wrong with them.
fn change(mine: &mut Mine<'_>, members: Members, now: Stamp) -> Result<Settings> {
    let mut after = mine.settings().clone();
    let mut errors = FieldErrors::default();
    for (name, value) in members {
        if !READ_ONLY.contains(&name.as_str()) {
            errors.take(after.change(&name, &value));
        }
    }
    errors.into_result()?;
    set_up(mine, &after, now)?;
    Ok(after)
}

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/settings.html")]
pub struct SettingsPage {
    /// What surrounds it.
    pub frame: Frame,
    /// What the fields show.
    pub shown: Shown,
    /// What is wrong with them.
    pub errors: Vec<FieldError>,
}

framed!(SettingsPage);

/// The fields as text.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What the owner is called.
    pub name: String,
    /// IANA name.
    pub timezone: String,
    /// BCP 47 tag.
    pub locale: String,
    /// Word of a weekday.
    pub week_start: String,
    /// Word of a theme.
    pub theme: String,
    /// Word of a set of symbols.
    pub symbols: String,
    /// Rows of a page.
    pub page_size: String,
}

impl Shown {
    fn of(settings: &Settings) -> Self {
        Self {
            name: settings.name.clone(),
            timezone: settings.time_zone.name().to_owned(),
            locale: settings.locale.tag().to_owned(),
            week_start: settings.week_start.word().to_owned(),
            theme: settings.theme.word().to_owned(),
            symbols: settings.symbols.word().to_owned(),
            page_size: settings.page_size.to_string(),
        }
    }

    fn typed(form: &Members) -> Self {
        Self {
            name: form.text("name").to_owned(),
            timezone: form.text("timezone").to_owned(),
            locale: form.text("locale").to_owned(),
            week_start: form.text("week_start").to_owned(),
            theme: form.text("theme").to_owned(),
            symbols: form.text("quick_add_symbols").to_owned(),
            page_size: form.text("page_size").to_owned(),
        }
    }
}

impl SettingsPage {
    /// Every zone, to choose from.
    pub fn zones(&self) -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// Every locale, to choose from.
    pub fn locales(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let all = Locale::ALL.iter();
        all.map(|locale| (locale.tag(), locale.locale_name()))
    }

    /// Every day on which weeks may begin, to choose from.
    pub fn week_starts(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let say = self.frame.say;
        WeekStart::WORDS
            .iter()
            .map(move |(day, word)| (*word, say.weekday_name(day.weekday())))
    }

    /// Every theme, to choose from.
    pub fn themes(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let say = self.frame.say;
        let words = move |theme: Theme| match theme {
            Theme::Auto => say.settings_theme_auto(),
            Theme::Light => say.settings_theme_light(),
            Theme::Dark => say.settings_theme_dark(),
        };
        Theme::WORDS
            .iter()
            .map(move |(theme, word)| (*word, words(*theme)))
    }

    /// Every set of symbols, to choose from.
    pub fn symbols(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let say = self.frame.say;
        let words = move |symbols: Symbols| match symbols {
            Symbols::Todoist => say.settings_symbols_todoist(),
            Symbols::TodoTxt => say.settings_symbols_todotxt(),
        };
        Symbols::WORDS
            .iter()
            .map(move |(symbols, word)| (*word, words(*symbols)))
    }
}

/// `GET /settings`
pub async fn show(user: PageUser, request: HttpRequest) -> PageResult {
    let did = Did::alone(request.query_string())?;
    let (state, now) = (user.state().clone(), user.now());
    let read = move |mine: &mut Mine<'_>| Ok((mine.nav(state.navs(), now)?, did.look_up(mine)?));
    let (standing, (nav, done)) = user.look(read).await?;
    let mut view = page(&standing, &nav, Shown::of(&standing.settings));
    view.frame.flash = done.map(|done| done.flash(HERE, user.now(), view.frame.say));
    Ok(render::uncached(HttpResponse::Ok(), &view))
}

/// `POST /settings`
pub async fn save(user: PageUser, FormBody(form): FormBody) -> PageResult {
    let typed = Shown::typed(&form);
    let members: Members = form
        .into_iter()
        .map(|(name, value)| match (name.as_str(), value.as_str()) {
            ("page_size", Some(typed)) => {
                let number = typed.trim().parse::<u64>().map_or(value, Value::from);
                (name, number)
            }
            _ => (name, value),
        })
        .collect();
    let saved = user.tell(move |mine, now| change(mine, members, now)).await;
    match saved {
        Ok((_, step)) => Ok(render::see_other(&flash::address(HERE, step, None))),
        Err(Error::Invalid(errors)) => {
            let (state, now) = (user.state().clone(), user.now());
            let (standing, nav) = user.look(move |mine| mine.nav(state.navs(), now)).await?;
            let mut view = page(&standing, &nav, typed);
            view.errors = field_errors(&FIELDS, &errors, view.frame.say);
            let response = HttpResponse::build(StatusCode::UNPROCESSABLE_ENTITY);
            Ok(render::uncached(response, &view))
        }
        Err(other) => Err(other.into()),
    }
}

fn page(standing: &Standing, nav: &Nav, shown: Shown) -> SettingsPage {
    SettingsPage {
        frame: frame(standing, nav, &Here::Address(HERE)),
        shown,
        errors: Vec::new(),
    }
}
