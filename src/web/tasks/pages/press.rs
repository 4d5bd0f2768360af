//! What one press of a button does to one task: on the task's page, or in its row of a list.

use actix_web::web;

use super::{parse_id, see};
use crate::clock::Stamp;
use crate::error::{FieldErrors, Result, Sentence};
use crate::store::Mine;
use crate::tasks::{Precondition, Task, TaskId, actions};
use crate::web::body::{FormBody, Members};
use crate::web::page_error::PageResult;
use crate::web::visitor::PageUser;
use crate::words::Locale;

type Action = fn(&mut Mine<'_>, TaskId, &Precondition, Stamp) -> Result<Task>;

/// What a button does.
#[derive(Clone, Copy)]
pub(super) struct Button {
    /// What its name begins with in the form around the rows.
    prefix: &'static str,
    action: Action,
    /// Whether the page it was pressed on still shows the task.
    stays: bool,
}

const COMPLETE: Button = Button {
    prefix: "complete.",
    action: |mine, id, condition, now| {
        actions::complete(mine, id, condition, now).map(|outcome| outcome.task)
    },
    stays: false,
};
const REOPEN: Button = Button {
    prefix: "reopen.",
    action: actions::reopen,
    stays: true,
};
const RESTORE: Button = Button {
    prefix: "restore.",
    action: actions::restore,
    stays: false,
};
const DELETE: Button = Button {
    prefix: "delete.",
    action: actions::delete,
    stays: false,
};
const SKIP: Button = Button {
    prefix: "skip.",
    action: actions::skip,
    stays: true,
};
/// The buttons that a row can have.
const OF_ROWS: [Button; 4] = [COMPLETE, REOPEN, RESTORE, DELETE];

/// `POST /tasks/{id}/complete`
pub async fn complete(user: PageUser, id: web::Path<String>, form: FormBody) -> PageResult {
    on_own_page(&user, &id, form, COMPLETE).await
}

/// `POST /tasks/{id}/reopen`
pub async fn reopen(user: PageUser, id: web::Path<String>, form: FormBody) -> PageResult {
    on_own_page(&user, &id, form, REOPEN).await
}

/// `POST /tasks/{id}/restore`
pub async fn restore(user: PageUser, id: web::Path<String>, form: FormBody) -> PageResult {
    on_own_page(&user, &id, form, RESTORE).await
}

/// `POST /tasks/{id}/delete`
pub async fn delete(user: PageUser, id: web::Path<String>, form: FormBody) -> PageResult {
    on_own_page(&user, &id, form, DELETE).await
}

/// `POST /tasks/{id}/skip`
pub async fn skip(user: PageUser, id: web::Path<String>, form: FormBody) -> PageResult {
    on_own_page(&user, &id, form, SKIP).await
}

async fn on_own_page(
    user: &PageUser,
    id: &str,
    FormBody(mut form): FormBody,
    button: Button,
) -> PageResult {
    let id = parse_id(id)?;
    let goal = form.take_text("next");
    super::no_more(form)?;
    press(user, (button, id), &goal).await
}

/// Takes the button of a row out of a form, with its task; none if another button sent the form.
///
/// The id is part of the button's name, as in `complete.0193…`: where a button has a value, Lynx shows
/// that.
pub(super) fn take(form: &mut Members) -> Result<Option<(Button, TaskId)>> {
    let mut pressed = None;
    for button in OF_ROWS {
        while let Some(id) = form.take_rest_of_name(button.prefix) {
            if pressed.replace((button, parse_id(&id)?)).is_some() {
                let mut errors = FieldErrors::default();
                errors.add(id, "both", Sentence::Said(Locale::bulk_two_buttons));
                errors.into_query_result()?;
            }
        }
    }
    Ok(pressed)
}

/// Does to the task what the button says.
pub(super) async fn press(
    user: &PageUser,
    (button, id): (Button, TaskId),
    goal: &str,
) -> PageResult {
    let Button { action, stays, .. } = button;
    let job = move |mine: &mut Mine<'_>, now| action(mine, id, &Precondition::None, now);
    let (task, step) = user.tell(job).await?;
    Ok(see(goal, step, Some(&task).filter(|_| stays)))
}
