//! Lists of one owner.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::id::Id;
use super::mine::Mine;
use super::schema::lists;
use crate::error::Result;
use crate::lists::ListId;

impl Mine<'_> {
    /// Whether there is such a list.
    pub fn has_list(&mut self, id: ListId) -> Result<bool> {
        let list = self
            .rows::<lists::table>()
            .filter(lists::id.eq(Id(id.uuid())));
        Ok(diesel::select(exists(list)).get_result(self.conn)?)
    }
}
