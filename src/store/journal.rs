//! The journal of one owner: written at the end of each job that changed something.

use diesel::prelude::*;

use super::FrontDesk;
use super::connection::on_each_backend;
use super::mine::Mine;
use super::schema::journal;
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::journal::{Change, Deed, Door, Entry, Kind, LINE, Occasion};
use crate::tasks::TaskId;

#[derive(Queryable, Selectable)]
#[diesel(table_name = journal)]
struct EntryRow {
    version: i64,
    at: i64,
    door: i16,
    deed: i16,
    subject: String,
    count: i64,
    undoes: Option<i64>,
    undone_by: Option<i64>,
    changes: String,
}

impl TryFrom<EntryRow> for Entry {
    type Error = Error;

    fn try_from(row: EntryRow) -> Result<Self> {
        Ok(Self {
            version: row.version,
            at: Stamp::from_micros(row.at),
            door: Door::from_number(row.door),
            deed: Deed::from_number(row.deed),
            subject: row.subject,
            count: row.count,
            undoes: row.undoes,
            undone_by: row.undone_by,
            changes: serde_json::from_str(&row.changes).map_err(Error::internal)?,
        })
    }
}

/// What is counted of an account, as of one entry.
#[derive(Clone, Copy, Debug, Queryable)]
pub(super) struct Counters {
    /// The change counter.
    pub(super) version: i64,
    /// Tasks, the trash included.
    pub(super) tasks: i64,
}

impl Counters {
    /// Those of the entry after this one, before anything is said about it.
    pub(super) fn next(self) -> Self {
        Self {
            version: self.version + 1,
            ..self
        }
    }
}

/// What a job did, gathered while it runs.
#[derive(Default)]
pub(super) struct Story {
    changes: Vec<Change>,
    told: Option<(Deed, String, i64)>,
    undoes: Option<i64>,
}

impl Mine<'_> {
    /// Notes a row that this job changed.
    pub(super) fn record(&mut self, change: Change) {
        self.story.changes.push(change);
    }

    /// Notes the line that a task was made from, so that it can be read again.
    pub fn note_text(&mut self, task: TaskId, line: &str) {
        let id = task.to_string();
        let mut made = self.story.changes.iter_mut().rev();
        let made = made.find(|change| change.kind == Kind::Task && change.id == id);
        if let Some(after) = made.and_then(|change| change.after.as_mut()) {
            after.insert(LINE.to_owned(), line.into());
        }
    }

    /// Says what this job does, and to what; the last word stands.
    pub fn tell(&mut self, deed: Deed, subject: &str, count: usize) {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.story.told = Some((deed, subject.to_owned(), count));
    }

    /// Says that this job takes another back.
    pub fn tell_undo(&mut self, of: &Entry) {
        self.story.told = Some((of.deed.taken_back(), of.subject.clone(), of.count));
        self.story.undoes = Some(of.version);
    }

    /// Writes the entry of this job, if it changed anything.
    pub(super) fn write_entry(&mut self, occasion: Occasion) -> Result<()> {
        let Some(Counters { version, tasks }) = self.counters() else {
            return Ok(());
        };
        let story = std::mem::take(&mut self.story);
        let count = i64::try_from(story.changes.len()).unwrap_or(i64::MAX);
        let (deed, subject, count) = story
            .told
            .unwrap_or_else(|| (Deed::Changed, String::new(), count));
        let changes = serde_json::to_string(&story.changes).map_err(Error::internal)?;
        let row = (
            journal::user_id.eq(self.owner()),
            journal::version.eq(version),
            journal::at.eq(occasion.at.micros()),
            journal::door.eq(occasion.door.number()),
            journal::deed.eq(deed.number()),
            journal::subject.eq(subject),
            journal::count.eq(count),
            journal::changes.eq(changes),
            journal::undoes.eq(story.undoes),
            journal::task_count.eq(tasks),
        );
        let insert = diesel::insert_into(journal::table).values(row);
        on_each_backend!(self.conn, |conn| insert.execute(conn))?;
        if let Some(undone) = story.undoes {
            let target = self
                .rows::<journal::table>()
                .filter(journal::version.eq(undone));
            diesel::update(target)
                .set(journal::undone_by.eq(version))
                .execute(self.conn)?;
        }
        Ok(())
    }

    /// The counters as of the last entry.
    pub(super) fn last_counters(&mut self) -> Result<Counters> {
        let last = self
            .rows::<journal::table>()
            .order(journal::version.desc())
            .select((journal::version, journal::task_count));
        let last = on_each_backend!(self.conn, |conn| last.first(conn));
        if let Some(counters) = last.optional()? {
            return Ok(counters);
        }
        let owner = self.owner();
        FrontDesk::new(self.conn).first_counters(owner)
    }

    /// One step of the history.
    pub fn entry(&mut self, version: i64) -> Result<Entry> {
        let row: EntryRow = self
            .rows::<journal::table>()
            .filter(journal::version.eq(version))
            .select(EntryRow::as_select())
            .first(self.conn)?;
        row.try_into()
    }

    /// Steps before that one (or the last ones), latest first.
    pub fn entries_before(&mut self, version: Option<i64>, limit: i64) -> Result<Vec<Entry>> {
        let rows: Vec<EntryRow> = self
            .rows::<journal::table>()
            .filter(journal::version.lt(version.unwrap_or(i64::MAX)))
            .order(journal::version.desc())
            .limit(limit)
            .select(EntryRow::as_select())
            .load(self.conn)?;
        rows.into_iter().map(Entry::try_from).collect()
    }

    /// Steps after that one, earliest first.
    pub fn entries_after(&mut self, version: i64, limit: i64) -> Result<Vec<Entry>> {
        let rows: Vec<EntryRow> = self
            .rows::<journal::table>()
            .filter(journal::version.gt(version))
            .order(journal::version.asc())
            .limit(limit)
            .select(EntryRow::as_select())
            .load(self.conn)?;
        rows.into_iter().map(Entry::try_from).collect()
    }

    /// The earliest step that is still kept.
    pub fn first_entry(&mut self) -> Result<Option<i64>> {
        let first = self
            .rows::<journal::table>()
            .select(diesel::dsl::min(journal::version));
        Ok(on_each_backend!(self.conn, |conn| first.first(conn))?)
    }
}
