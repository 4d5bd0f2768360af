//! The page where lists, labels and saved views are put in order, and its forms.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::error::{Error, FieldErrors, Result, Sentence};
use crate::fold::fold;
use crate::lists::{Color, Leftovers, ListId, actions};
use crate::store::{Mine, Nav, Standing};
use crate::tasks::Precondition;
use crate::web::body::{FormBody, Members};
use crate::web::frame::{FieldError, Frame, framed};
use crate::web::page_error::{PageResult, sentence_case};
use crate::web::render;
use crate::web::tasks::flash::{self, Did};
use crate::web::tasks::navigation::{Here, frame, list_name};
use crate::web::tasks::pages::no_more;
use crate::web::tasks::place::Place;
use crate::web::visitor::PageUser;
use crate::words::Locale;
use crate::{labels, views};

const HERE: &str = "/lists";

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "lists/index.html")]
pub struct ListsPage {
    /// What surrounds it.
    pub frame: Frame,
    /// The lists, the Inbox first.
    pub lists: Vec<ListRow>,
    /// The labels.
    pub labels: Vec<NamedRow>,
    /// The saved views.
    pub views: Vec<NamedRow>,
    /// What was typed when it was refused.
    pub draft: String,
    /// Why it was refused.
    pub errors: Vec<FieldError>,
}

framed!(ListsPage);

/// A list as a line.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Its id.
    pub id: String,
    /// Where its tasks are.
    pub href: String,
    /// Its name.
    pub name: String,
    /// The word of its colour.
    pub color: &'static str,
    /// How many open tasks it has, and whether it was put away.
    pub note: String,
    /// Whether it is the Inbox.
    pub is_inbox: bool,
    /// Whether it was put away.
    pub is_archived: bool,
}

/// A label or a saved view as a line.
#[derive(Clone, Debug)]
pub struct NamedRow {
    /// What its forms post to begins so.
    pub action: String,
    /// Its id on the page.
    pub id: String,
    /// Where its tasks are.
    pub href: String,
    /// Its name.
    pub name: String,
    /// What stands beside it.
    pub note: String,
}

impl ListsPage {
    /// Every colour, to choose from.
    pub fn colors(&self) -> [(&'static str, &'static str); 8] {
        Color::ALL.map(|(_, word)| (word, self.frame.say.lists_color_word(word)))
    }
}

/// `GET /lists`
pub async fn index(user: PageUser, request: HttpRequest) -> PageResult {
    let did = Did::alone(request.query_string())?;
    let (state, now) = (user.state().clone(), user.now());
    let read = move |mine: &mut Mine<'_>| Ok((mine.nav(state.navs(), now)?, did.look_up(mine)?));
    let (standing, (nav, done)) = user.look(read).await?;
    let mut view = page(&standing, &nav);
    view.frame.flash = done.map(|done| done.flash(HERE, user.now(), view.frame.say));
    Ok(render::uncached(HttpResponse::Ok(), &view))
}

fn page(standing: &Standing, nav: &Arc<Nav>) -> ListsPage {
    let say = standing.settings.locale;
    let list = |(list, open): &(crate::lists::List, i64)| ListRow {
        id: list.id.to_string(),
        href: if list.is_inbox {
            "/inbox".to_owned()
        } else {
            Place::List(list.id).path()
        },
        name: list_name(list, say).to_owned(),
        color: list.color.word(),
        note: if list.archived_at.is_some() {
            say.lists_open_archived(open)
        } else {
            say.lists_open(open)
        },
        is_inbox: list.is_inbox,
        is_archived: list.archived_at.is_some(),
    };
    let label = |(at, (label, open)): (usize, &(labels::Label, i64))| NamedRow {
        action: Place::Label(label.name.key()).path(),
        id: format!("label-{at}"),
        href: Place::Label(label.name.key()).path(),
        name: label.name.as_str().to_owned(),
        note: say.lists_open(open),
    };
    let view = |view: &views::SavedView| NamedRow {
        action: Place::View(view.id).path(),
        id: format!("view-{}", view.id),
        href: Place::View(view.id).path(),
        name: view.name.as_str().to_owned(),
        note: String::new(),
    };
    ListsPage {
        frame: frame(standing, nav, &Here::Address(HERE)),
        lists: nav.lists.iter().map(list).collect(),
        labels: nav.labels.iter().enumerate().map(label).collect(),
        views: nav.views.iter().map(view).collect(),
        draft: String::new(),
        errors: Vec::new(),
    }
}

/// `POST /lists`
pub async fn create(user: PageUser, FormBody(form): FormBody) -> PageResult {
    let draft = form.text("name").to_owned();
    let made = match super::api::read(form) {
        Ok(mut patch) => {
            let name = patch.name.take();
            let name = name.ok_or_else(|| {
                Error::invalid(
                    "name",
                    "required",
                    Sentence::Said(Locale::refused_name_empty),
                )
            })?;
            user.tell(move |mine, now| actions::add(mine, name, &patch, now))
                .await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok((list, step)) => {
            let goal = flash::address(&Place::List(list.id).path(), step, None);
            Ok(render::see_other(&goal))
        }
        Err(error) => refused(&user, error, draft).await,
    }
}

/// `POST /lists/{id}/edit`
pub async fn edit(user: PageUser, id: web::Path<String>, FormBody(form): FormBody) -> PageResult {
    let id = ListId::parse(&id).ok_or(Error::NotFound)?;
    let draft = form.text("name").to_owned();
    // A box that is not ticked is not sent.
    let archived = !form.text("archived").is_empty();
    let members: Members = form
        .into_iter()
        .filter(|(name, _)| name != "archived")
        .collect();
    let saved = match super::api::read(members) {
        Ok(mut patch) => {
            patch.archived = Some(archived);
            let job = move |mine: &mut Mine<'_>, now| {
                actions::edit(mine, id, (patch, &Precondition::None), now)
            };
            user.tell(job).await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok((_, step)) => Ok(back(step)),
        Err(error) => refused(&user, error, draft).await,
    }
}

/// `POST /lists/{id}/move`: one place up or down.
pub async fn shift(user: PageUser, id: web::Path<String>, FormBody(form): FormBody) -> PageResult {
    let id = ListId::parse(&id).ok_or(Error::NotFound)?;
    let up = is_up(form)?;
    let job = move |mine: &mut Mine<'_>, now| actions::shift(mine, id, up, now);
    let ((), step) = user.tell(job).await?;
    Ok(back(step))
}

/// `POST /views/{id}/move`: one place up or down.
pub async fn shift_view(
    user: PageUser,
    id: web::Path<String>,
    FormBody(form): FormBody,
) -> PageResult {
    let id = crate::ids::parse_canonical(&id).ok_or(Error::NotFound)?;
    let up = is_up(form)?;
    let job = move |mine: &mut Mine<'_>, now| views::actions::shift(mine, id, up, now);
    let ((), step) = user.tell(job).await?;
    Ok(back(step))
}

/// Where a form wants something moved.
fn is_up(mut form: Members) -> Result<bool> {
    let to = form.take_text("to");
    no_more(form)?;
    match to.as_str() {
        "up" => Ok(true),
        "down" => Ok(false),
        _ => Err(Error::invalid("to", "unknown", "to is up or down")),
    }
}

/// `POST /lists/{id}/delete`
pub async fn delete(
    user: PageUser,
    id: web::Path<String>,
    FormBody(mut form): FormBody,
) -> PageResult {
    let id = ListId::parse(&id).ok_or(Error::NotFound)?;
    let leftovers = Leftovers::of_word(&form.take_text("tasks")).unwrap_or_default();
    no_more(form)?;
    let job = move |mine: &mut Mine<'_>, now| {
        actions::delete(mine, id, (leftovers, &Precondition::None), now)
    };
    let ((), step) = user.tell(job).await?;
    Ok(back(step))
}

/// `POST /labels/{name}/rename`
pub async fn rename_label(
    user: PageUser,
    name: web::Path<String>,
    FormBody(form): FormBody,
) -> PageResult {
    let key = fold(&name);
    let draft = form.text("name").to_owned();
    let renamed = match crate::web::labels::api::new_name(form) {
        Ok(new) => {
            user.tell(move |mine, now| labels::actions::rename(mine, &key, &new, now))
                .await
        }
        Err(error) => Err(error),
    };
    match renamed {
        Ok((_, step)) => Ok(back(step)),
        Err(error) => refused(&user, error, draft).await,
    }
}

/// `POST /labels/{name}/delete`
pub async fn delete_label(
    user: PageUser,
    name: web::Path<String>,
    FormBody(form): FormBody,
) -> PageResult {
    let key = fold(&name);
    no_more(form)?;
    let job = move |mine: &mut Mine<'_>, now| labels::actions::delete(mine, &key, now);
    let ((), step) = user.tell(job).await?;
    Ok(back(step))
}

/// `POST /views`
pub async fn save_view(user: PageUser, FormBody(mut form): FormBody) -> PageResult {
    drop(form.take("next"));
    let draft = form.text("name").to_owned();
    let read = crate::web::views::api::read(form).and_then(crate::web::views::api::new_view);
    let saved = match read {
        Ok((name, query, position)) => {
            user.tell(move |mine, now| views::actions::add(mine, (name, query), position, now))
                .await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok((view, step)) => {
            let goal = flash::address(&Place::View(view.id).path(), step, None);
            Ok(render::see_other(&goal))
        }
        Err(error) => refused(&user, error, draft).await,
    }
}

/// `POST /views/{id}/edit`
pub async fn edit_view(
    user: PageUser,
    id: web::Path<String>,
    FormBody(form): FormBody,
) -> PageResult {
    let id = crate::ids::parse_canonical(&id).ok_or(Error::NotFound)?;
    let draft = form.text("name").to_owned();
    let saved = match crate::web::views::api::read(form) {
        Ok(patch) => {
            let job = move |mine: &mut Mine<'_>, now| {
                views::actions::edit(mine, id, (patch, &Precondition::None), now)
            };
            user.tell(job).await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok((_, step)) => Ok(back(step)),
        Err(error) => refused(&user, error, draft).await,
    }
}

/// `POST /views/{id}/delete`
pub async fn delete_view(
    user: PageUser,
    id: web::Path<String>,
    FormBody(form): FormBody,
) -> PageResult {
    let id = crate::ids::parse_canonical(&id).ok_or(Error::NotFound)?;
    no_more(form)?;
    let job = move |mine: &mut Mine<'_>, _| views::actions::delete(mine, id, &Precondition::None);
    let ((), step) = user.tell(job).await?;
    Ok(back(step))
}

fn back(step: Option<i64>) -> HttpResponse {
    render::see_other(&flash::address(HERE, step, None))
}

/// The page again, with what is wrong and what was typed.
async fn refused(user: &PageUser, error: Error, draft: String) -> PageResult {
    let Error::Invalid(errors) = error else {
        return Err(error.into());
    };
    let (state, now) = (user.state().clone(), user.now());
    let (standing, nav) = user.look(move |mine| mine.nav(state.navs(), now)).await?;
    let mut view = page(&standing, &nav);
    view.errors = shown(&errors, view.frame.say);
    view.draft = draft;
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(render::uncached(HttpResponse::build(status), &view))
}

fn shown(errors: &FieldErrors, say: Locale) -> Vec<FieldError> {
    let errors = errors.iter();
    errors
        .map(|refusal| FieldError {
            field: "",
            sentence: sentence_case(&refusal.sentence.in_locale(say)),
        })
        .collect()
}
