//! Saved views of one owner.

use diesel::prelude::*;
use uuid::Uuid;

use super::connection::on_each_backend;
use super::id::Id;
use super::lists::name_taken;
use super::mine::Mine;
use super::schema::views;
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::journal::{Change, Kind, Remember as _};
use crate::name::Name;
use crate::views::SavedView;

#[derive(Queryable, Selectable)]
#[diesel(table_name = views)]
struct ViewRow {
    id: Id,
    name: String,
    query: String,
    position: i64,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

impl From<ViewRow> for SavedView {
    fn from(row: ViewRow) -> Self {
        Self {
            id: row.id.0,
            name: Name::stored(row.name),
            query: row.query,
            position: row.position,
            version: row.version,
            created_at: Stamp::from_micros(row.created_at),
            updated_at: Stamp::from_micros(row.updated_at),
        }
    }
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = views)]
struct Changeable<'a> {
    name: &'a str,
    name_key: String,
    query: &'a str,
    position: i64,
    version: i64,
    updated_at: i64,
}

fn changeable(view: &SavedView) -> Changeable<'_> {
    Changeable {
        name: view.name.as_str(),
        name_key: view.name.key(),
        query: &view.query,
        position: view.position,
        version: view.version,
        updated_at: view.updated_at.micros(),
    }
}

impl Mine<'_> {
    /// Every saved view, as the owner put them.
    pub fn views(&mut self) -> Result<Vec<SavedView>> {
        let rows: Vec<ViewRow> = self
            .rows::<views::table>()
            .order((views::position, views::id))
            .select(ViewRow::as_select())
            .load(self.conn)?;
        Ok(rows.into_iter().map(SavedView::from).collect())
    }

    /// One saved view; another owner's is [`Error::NotFound`].
    pub fn view(&mut self, id: Uuid) -> Result<SavedView> {
        let row: ViewRow = self
            .rows::<views::table>()
            .filter(views::id.eq(Id(id)))
            .select(ViewRow::as_select())
            .first(self.conn)?;
        Ok(row.into())
    }

    /// Writes a new view; a name that another one has is refused.
    pub fn insert_view(&mut self, view: &SavedView) -> Result<()> {
        let insert = diesel::insert_into(views::table).values((
            views::user_id.eq(self.owner()),
            views::id.eq(Id(view.id)),
            views::created_at.eq(view.created_at.micros()),
            changeable(view),
        ));
        let inserted = on_each_backend!(self.conn, |conn| insert.execute(conn));
        name_taken(inserted)?;
        self.record(Change::made(Kind::View, &view.id));
        Ok(())
    }

    /// Writes everything about a view that can change.
    pub fn update_view(&mut self, before: &SavedView, after: &SavedView) -> Result<()> {
        let target = self
            .rows::<views::table>()
            .filter(views::id.eq(Id(after.id)));
        let updated = diesel::update(target)
            .set(changeable(after))
            .execute(self.conn);
        name_taken(updated)?;
        self.record(Change::of(Kind::View, &after.id, before.difference(after)));
        Ok(())
    }

    /// Removes a view.
    pub fn remove_view(&mut self, view: &SavedView) -> Result<()> {
        let target = self
            .rows::<views::table>()
            .filter(views::id.eq(Id(view.id)));
        if diesel::delete(target).execute(self.conn)? == 0 {
            return Err(Error::NotFound);
        }
        self.record(Change::gone(Kind::View, &view.id, view.remembered()));
        Ok(())
    }
}
