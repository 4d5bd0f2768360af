//! What changed since: the feed that clients which keep a copy of their own follow.
//!
//! The journal says which things changed after a number of the owner's change counter; they are
//! answered as they are now. Who begins, or was away longer than the journal reaches back, gets
//! everything, and follows from there.

use std::collections::HashSet;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use chrono_tz::Tz;
use serde::Serialize;
use serde_json::Value;

use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result};
use crate::journal::Remember as _;
use crate::journal::{Change, Kind};
use crate::store::{Mine, Standing};
use crate::tasks::TaskId;
use crate::tasks::filter::{Scope, Status};
use crate::web::api_error::ApiResult;
use crate::web::labels::api::LabelJson;
use crate::web::lists::api::ListJson;
use crate::web::render;
use crate::web::tasks::json::TaskJson;
use crate::web::tasks::query;
use crate::web::views::api::ViewJson;
use crate::web::visitor::ApiUser;

/// Steps of the journal that are read at once.
const STEPS: i64 = 200;

/// What changed, and where to go on.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Changes)]
pub struct ChangesJson {
    /// Each thing that changed, once, as it is now.
    changes: Vec<ChangeJson>,
    /// What to send as `since` next time.
    cursor: String,
    /// Whether there is more to be had right now.
    more: bool,
    /// Whether this begins a full copy: forget what you have.
    reset: bool,
}

/// One thing that changed.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Change)]
pub struct ChangeJson {
    /// One of task, list, label, view and settings; a full copy has the settings in `/api/me`.
    r#type: &'static str,
    /// Its id; of a label, its folded name.
    id: String,
    /// Whether it is gone for good. A task in the trash is not: see its `deleted_at`.
    deleted: bool,
    /// The thing as its own route shows it, or null when it is gone.
    object: Value,
}

/// Where a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// It has nothing.
    Nowhere,
    /// It has everything up to this number.
    At(i64),
    /// It is being given everything as of this number, and has the tasks up to this one.
    Copying(i64, TaskId),
}

impl Place {
    fn parse(text: &str) -> Option<Self> {
        let Some(rest) = text.strip_prefix("copy-") else {
            return text.parse().ok().filter(|at| *at >= 0).map(Self::At);
        };
        let (version, task) = rest.split_once('-')?;
        Some(Self::Copying(version.parse().ok()?, TaskId::parse(task)?))
    }

    fn text(self) -> String {
        match self {
            Self::Nowhere => String::new(),
            Self::At(version) => version.to_string(),
            Self::Copying(version, task) => format!("copy-{version}-{task}"),
        }
    }
}

/// Says what changed since, tombstones included; without `since`, everything.
#[utoipa::path(get, path = "/api/changes", tag = "history", operation_id = "list_changes",
    params(
        ("since" = Option<String>, Query, description = "the cursor of the last answer; leave it out to begin"),
        ("limit" = Option<u16>, Query, description = "about how many at once: 1 to 200, default 50")),
    responses((status = 200, description = "What changed", body = ChangesJson)))]
pub async fn changes(user: ApiUser, request: HttpRequest) -> ApiResult {
    let mut pairs = query::pairs(request.query_string())?;
    let mut errors = FieldErrors::default();
    let limit = query::take(&mut pairs, "limit");
    let limit = limit.map(|text| query::parse_limit(&text)).transpose();
    let limit = errors.take(limit).flatten().unwrap_or(50);
    let place = match query::take(&mut pairs, "since") {
        None => Some(Place::Nowhere),
        Some(text) => Place::parse(&text),
    };
    if place.is_none() {
        errors.add(
            "since",
            "malformed",
            "since is the cursor of an earlier answer",
        );
    }
    errors.into_query_result()?;
    query::refuse_rest(&pairs)?;
    let (base, now) = (user.state().base_url(&request), user.now());
    let place = place.unwrap_or(Place::Nowhere);
    // The number is read before the things are: what changes in between is told again.
    let standing = user.standing().await?;
    let read = move |mine: &mut Mine<'_>| {
        let reader = Reader {
            base: &base,
            zone: standing.zone(),
            limit: limit.into(),
            now,
        };
        reader.read(mine, place, &standing)
    };
    let changes = user.read(read).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, render::PRIVATE))
        .json(changes))
}

struct Reader<'a> {
    base: &'a str,
    zone: Tz,
    limit: usize,
    now: Stamp,
}

impl Reader<'_> {
    fn read(&self, mine: &mut Mine<'_>, place: Place, standing: &Standing) -> Result<ChangesJson> {
        match place {
            Place::At(since) if since == standing.version => Ok(ChangesJson {
                changes: Vec::new(),
                cursor: place.text(),
                more: false,
                reset: false,
            }),
            // A backup was put back, and what this client has seen never happened.
            Place::At(since) if since > standing.version => self.begin(mine, standing.version),
            // The journal must reach back to the very next number.
            Place::At(since) => match mine.first_entry()? {
                Some(first) if first <= since + 1 => self.follow(mine, since),
                _ => self.begin(mine, standing.version),
            },
            Place::Nowhere => self.begin(mine, standing.version),
            Place::Copying(version, after) => {
                let mut copied = self.copy(mine, Vec::new(), (version, Some(after)), false)?;
                // What changed while the copy was made is to be had next.
                copied.more |= version < standing.version;
                Ok(copied)
            }
        }
    }

    fn follow(&self, mine: &mut Mine<'_>, since: i64) -> Result<ChangesJson> {
        let mut seen = HashSet::new();
        let mut changed = Vec::new();
        let mut cursor = since;
        let entries = mine.entries_after(since, STEPS)?;
        let mut more = i64::try_from(entries.len()).is_ok_and(|count| count == STEPS);
        for entry in entries {
            if changed.len() >= self.limit {
                more = true;
                break;
            }
            cursor = entry.version;
            for change in entry.changes {
                if seen.insert((change.kind, change.id.clone())) {
                    changed.push(self.show(mine, change)?);
                }
            }
        }
        Ok(ChangesJson {
            changes: changed,
            cursor: Place::At(cursor).text(),
            more,
            reset: false,
        })
    }

    /// Lists, labels and views first, all of them: tasks refer to them.
    fn begin(&self, mine: &mut Mine<'_>, version: i64) -> Result<ChangesJson> {
        let mut all = Vec::new();
        for list in mine.lists()? {
            all.push(shown("list", &list.id, &ListJson::new(&list))?);
        }
        for label in mine.labels_with_counts()? {
            all.push(shown(
                "label",
                &label.0.name.key(),
                &LabelJson::new(&label),
            )?);
        }
        for view in mine.views()? {
            all.push(shown("view", &view.id, &ViewJson::new(&view))?);
        }
        self.copy(mine, all, (version, None), true)
    }

    fn copy(
        &self,
        mine: &mut Mine<'_>,
        mut all: Vec<ChangeJson>,
        (version, after): (i64, Option<TaskId>),
        reset: bool,
    ) -> Result<ChangesJson> {
        let limit = i64::try_from(self.limit).unwrap_or(i64::MAX);
        let tasks = mine.all_tasks(&Scope::of(Status::Any), (after, limit), self.now)?;
        let is_full = tasks.len() == self.limit;
        let place = match tasks.last() {
            Some(last) if is_full => Place::Copying(version, last.id),
            _ => Place::At(version),
        };
        for task in &tasks {
            let json = TaskJson::new(task, self.base, self.zone);
            all.push(shown("task", &task.id, &json)?);
        }
        Ok(ChangesJson {
            changes: all,
            cursor: place.text(),
            more: is_full,
            reset,
        })
    }

    fn show(&self, mine: &mut Mine<'_>, change: Change) -> Result<ChangeJson> {
        let object = match change.kind {
            Kind::Task => change
                .task()
                .map(|id| mine.task(id))
                .map(|task| task.map(|task| json(&TaskJson::new(&task, self.base, self.zone)))),
            Kind::List => change
                .list()
                .map(|id| mine.list(id))
                .map(|list| list.map(|list| json(&ListJson::new(&list)))),
            Kind::View => change
                .view()
                .map(|id| mine.view(id))
                .map(|view| view.map(|view| json(&ViewJson::new(&view)))),
            Kind::Label => Some(mine.label(&change.id)).map(|label| {
                let label = label?;
                let open = mine.open_with_label(&change.id)?;
                Ok(json(&LabelJson::new(&(label, open))))
            }),
            Kind::Settings => {
                let settings = Value::Object(mine.settings().remembered());
                Some(Ok(Ok(settings)))
            }
        };
        let object = match object.transpose() {
            Ok(object) => object.transpose()?,
            Err(Error::NotFound) => None,
            Err(other) => return Err(other),
        };
        let word = match change.kind {
            Kind::Task => "task",
            Kind::List => "list",
            Kind::Label => "label",
            Kind::View => "view",
            Kind::Settings => "settings",
        };
        Ok(ChangeJson {
            r#type: word,
            id: change.id,
            deleted: object.is_none(),
            object: object.unwrap_or(Value::Null),
        })
    }
}

fn shown(r#type: &'static str, id: &impl ToString, object: &impl Serialize) -> Result<ChangeJson> {
    Ok(ChangeJson {
        r#type,
        id: id.to_string(),
        deleted: false,
        object: json(object)?,
    })
}

fn json(object: &impl Serialize) -> Result<Value> {
    serde_json::to_value(object).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_place_is_read_back() {
        let copying = Place::Copying(7, TaskId::new(Uuid::from_u128(9)));
        for place in [Place::At(0), Place::At(12), copying] {
            assert_eq!(Place::parse(&place.text()), Some(place));
        }
        for text in ["", "-1", "x", "copy-", "copy-1-x", "1.5"] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
    }
}
