//! Lists of one owner.

use diesel::prelude::*;

use super::connection::on_each_backend;
use super::failure::is_unique_violation;
use super::id::Id;
use super::mine::Mine;
use super::schema::lists;
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::journal::{Change, Kind, Remember as _};
use crate::lists::{Color, List, ListId};
use crate::name::Name;
use crate::words::Locale;

#[derive(Queryable, Selectable)]
#[diesel(table_name = lists)]
struct ListRow {
    id: Id,
    name: String,
    color: i16,
    is_inbox: bool,
    position: i64,
    archived_at: Option<i64>,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

impl From<ListRow> for List {
    fn from(row: ListRow) -> Self {
        Self {
            id: ListId::new(row.id.0),
            name: Name::stored(row.name),
            color: Color::from_number(row.color),
            is_inbox: row.is_inbox,
            position: row.position,
            archived_at: row.archived_at.map(Stamp::from_micros),
            version: row.version,
            created_at: Stamp::from_micros(row.created_at),
            updated_at: Stamp::from_micros(row.updated_at),
        }
    }
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = lists, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Changeable<'a> {
    name: &'a str,
    name_key: String,
    color: i16,
    position: i64,
    archived_at: Option<i64>,
    version: i64,
    updated_at: i64,
}

fn changeable(list: &List) -> Changeable<'_> {
    Changeable {
        name: list.name.as_str(),
        name_key: list.name.key(),
        color: list.color.number(),
        position: list.position,
        archived_at: list.archived_at.map(Stamp::micros),
        version: list.version,
        updated_at: list.updated_at.micros(),
    }
}

impl Mine<'_> {
    /// Every list, the Inbox first, then as the owner put them.
    pub fn lists(&mut self) -> Result<Vec<List>> {
        let rows: Vec<ListRow> = self
            .rows::<lists::table>()
            .order((lists::is_inbox.desc(), lists::position, lists::id))
            .select(ListRow::as_select())
            .load(self.conn)?;
        Ok(rows.into_iter().map(List::from).collect())
    }

    /// One list; another owner's is [`Error::NotFound`].
    pub fn list(&mut self, id: ListId) -> Result<List> {
        let row: ListRow = self
            .rows::<lists::table>()
            .filter(lists::id.eq(Id(id.uuid())))
            .select(ListRow::as_select())
            .first(self.conn)?;
        Ok(row.into())
    }

    /// Writes a new list; a name that another one has is refused.
    pub fn insert_list(&mut self, list: &List) -> Result<()> {
        let insert = diesel::insert_into(lists::table).values((
            lists::user_id.eq(self.owner()),
            lists::id.eq(Id(list.id.uuid())),
            lists::is_inbox.eq(false),
            lists::created_at.eq(list.created_at.micros()),
            changeable(list),
        ));
        let inserted = on_each_backend!(self.conn, |conn| insert.execute(conn));
        name_taken(inserted)?;
        self.record(Change::made(Kind::List, &list.id));
        Ok(())
    }

    /// Writes everything about a list that can change.
    pub fn update_list(&mut self, before: &List, after: &List) -> Result<()> {
        let target = self
            .rows::<lists::table>()
            .filter(lists::id.eq(Id(after.id.uuid())));
        let updated = diesel::update(target)
            .set(changeable(after))
            .execute(self.conn);
        name_taken(updated)?;
        self.record(Change::of(Kind::List, &after.id, before.difference(after)));
        Ok(())
    }

    /// Removes a list, which must be empty.
    pub fn remove_list(&mut self, list: &List) -> Result<()> {
        let target = self
            .rows::<lists::table>()
            .filter(lists::id.eq(Id(list.id.uuid())))
            .filter(lists::is_inbox.eq(false));
        if diesel::delete(target).execute(self.conn)? == 0 {
            return Err(Error::NotFound);
        }
        self.record(Change::gone(Kind::List, &list.id, list.remembered()));
        Ok(())
    }
}

/// On PostgreSQL a refused statement ends the transaction, so nothing may follow it.
pub(super) fn name_taken(outcome: QueryResult<usize>) -> Result<()> {
    match outcome {
        Ok(1) => Ok(()),
        Ok(_) => Err(Error::NotFound),
        Err(error) if is_unique_violation(&error) => Err(Error::Conflict {
            field: "name",
            sentence: Sentence::Said(Locale::refused_own_name_taken),
        }),
        Err(error) => Err(error.into()),
    }
}
