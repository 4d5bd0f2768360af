//! Lists of one owner.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::connection::on_each_backend;
use super::id::Id;
use super::mine::Mine;
use super::schema::lists;
use crate::error::Result;
use crate::lists::ListId;

impl Mine<'_> {
    /// The list that takes the tasks which name no other.
    pub fn inbox(&mut self) -> Result<ListId> {
        let inbox = self
            .rows::<lists::table>()
            .filter(lists::is_inbox)
            .select(lists::id);
        let id: Id = on_each_backend!(self.conn, |conn| inbox.first(conn))?;
        Ok(ListId::new(id.0))
    }

    /// Whether there is such a list.
    pub fn has_list(&mut self, id: ListId) -> Result<bool> {
        let list = self
            .rows::<lists::table>()
            .filter(lists::id.eq(Id(id.uuid())));
        Ok(diesel::select(exists(list)).get_result(self.conn)?)
    }
}
