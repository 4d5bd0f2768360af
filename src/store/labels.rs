//! Labels of one owner.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::connection::on_each_backend;
use super::mine::Mine;
use super::schema::{labels, task_labels};
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::journal::{Change, Fields, Kind};
use crate::labels::Label;
use crate::name::Name;

impl Mine<'_> {
    /// Every label in the order of its folded name.
    pub fn labels(&mut self) -> Result<Vec<Label>> {
        let rows: Vec<(String, i64)> = self
            .rows::<labels::table>()
            .order(labels::key)
            .select((labels::name, labels::created_at))
            .load(self.conn)?;
        let label = |(name, at): (String, i64)| Label {
            name: Name::stored(name),
            created_at: Stamp::from_micros(at),
        };
        Ok(rows.into_iter().map(label).collect())
    }

    /// Every label in the order of its folded name, and how many open tasks have it.
    pub fn labels_with_counts(&mut self) -> Result<Vec<(Label, i64)>> {
        let counts: Vec<(String, i64)> = self
            .rows::<task_labels::table>()
            .filter(task_labels::is_open)
            .group_by(task_labels::label_key)
            .select((task_labels::label_key, count_star()))
            .load(self.conn)?;
        let counts: HashMap<String, i64> = counts.into_iter().collect();
        let labels = self.labels()?;
        let count = |label: &Label| counts.get(&label.name.key()).copied().unwrap_or(0);
        Ok(labels
            .into_iter()
            .map(|label| (label.clone(), count(&label)))
            .collect())
    }

    /// How many open tasks have the label.
    pub fn open_with_label(&mut self, key: &str) -> Result<i64> {
        let count = self
            .rows::<task_labels::table>()
            .filter(task_labels::label_key.eq(key))
            .filter(task_labels::is_open)
            .select(count_star());
        Ok(on_each_backend!(self.conn, |conn| count.first(conn))?)
    }

    /// The label with this key.
    pub fn label(&mut self, key: &str) -> Result<Label> {
        let (name, at): (String, i64) = self
            .rows::<labels::table>()
            .filter(labels::key.eq(key))
            .select((labels::name, labels::created_at))
            .first(self.conn)?;
        Ok(Label {
            name: Name::stored(name),
            created_at: Stamp::from_micros(at),
        })
    }

    /// How many labels there are.
    pub fn count_labels(&mut self) -> Result<i64> {
        let count = self.rows::<labels::table>().select(count_star());
        Ok(on_each_backend!(self.conn, |conn| count.first(conn))?)
    }

    /// How many tasks have the label, those in the trash included.
    pub fn label_uses(&mut self, key: &str) -> Result<i64> {
        let uses = self
            .rows::<task_labels::table>()
            .filter(task_labels::label_key.eq(key))
            .select(count_star());
        Ok(on_each_backend!(self.conn, |conn| uses.first(conn))?)
    }

    /// Makes a label that no task has yet.
    pub fn insert_label(&mut self, label: &Label) -> Result<()> {
        let insert = diesel::insert_into(labels::table).values((
            labels::user_id.eq(self.owner()),
            labels::key.eq(label.name.key()),
            labels::name.eq(label.name.as_str()),
            labels::created_at.eq(label.created_at.micros()),
        ));
        on_each_backend!(self.conn, |conn| insert.execute(conn))?;
        self.record(Change::made(Kind::Label, &label.name.key()));
        Ok(())
    }

    /// Spells a label another way, which folds to the same key.
    pub fn respell_label(&mut self, before: &Label, name: &Name) -> Result<()> {
        let target = self
            .rows::<labels::table>()
            .filter(labels::key.eq(name.key()));
        diesel::update(target)
            .set(labels::name.eq(name.as_str()))
            .execute(self.conn)?;
        let spelling = |name: &Name| Fields::from_iter([("name".to_owned(), name.as_str().into())]);
        let difference = (spelling(&before.name), spelling(name));
        self.record(Change::of(Kind::Label, &name.key(), difference));
        Ok(())
    }

    /// Removes a label, which no task may have any more.
    pub fn remove_label(&mut self, label: &Label) -> Result<()> {
        let key = label.name.key();
        if self.label_uses(&key)? > 0 {
            return Err(Error::internal("a label was removed while tasks have it"));
        }
        let target = self.rows::<labels::table>().filter(labels::key.eq(&key));
        diesel::delete(target).execute(self.conn)?;
        self.record(Change::gone(Kind::Label, &key, label.remembered()));
        Ok(())
    }
}
