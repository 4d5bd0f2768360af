//! Jobs for the database threads: whose they are, who is let in, and what is announced afterwards.
//!
//! Each job brings a closure of its own, and nothing else about it differs. So the closure is boxed
//! and its value handed past the threads: what runs jobs is compiled once, not once a job.

use std::sync::{Arc, Mutex, PoisonError};

use super::connection::Db;
use super::standing::Standings;
use super::wall::Scope;
use super::{FrontDesk, Length, Limits, Mine, Standing, Store, UserId, front_desk};
use crate::accounts::Credential;
use crate::error::{Error, Result};
use crate::journal::Occasion;

type Work = Box<dyn FnOnce(&mut Mine<'_>) -> Result<()> + Send>;
type DeskWork = Box<dyn FnOnce(&mut FrontDesk<'_>) -> Result<()> + Send>;
type HasSeen = Box<dyn Fn(&Standing) -> bool + Send>;

/// What a read found: nothing new, or the value.
#[derive(Debug)]
pub enum Fresh<T> {
    /// The caller has it already.
    Unchanged(Standing),
    /// The account as it was before the value was read, and the value.
    Read(Standing, T),
}

/// Where a job leaves its value.
struct Slot<T>(Arc<Mutex<Option<T>>>);

impl<T: Send + 'static> Slot<T> {
    fn of_work(work: impl FnOnce(&mut Mine<'_>) -> Result<T> + Send + 'static) -> (Self, Work) {
        let (slot, place) = Self::pair();
        let work = move |mine: &mut Mine<'_>| work(mine).map(|value| place.put(value));
        (slot, Box::new(work))
    }

    fn of_desk_work(
        work: impl FnOnce(&mut FrontDesk<'_>) -> Result<T> + Send + 'static,
    ) -> (Self, DeskWork) {
        let (slot, place) = Self::pair();
        let work = move |desk: &mut FrontDesk<'_>| work(desk).map(|value| place.put(value));
        (slot, Box::new(work))
    }

    fn pair() -> (Self, Self) {
        let place = Arc::new(Mutex::new(None));
        (Self(Arc::clone(&place)), Self(place))
    }

    fn put(self, value: T) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    }

    /// The value, once the job has ended well.
    fn take(self) -> Result<T> {
        let value = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.ok_or_else(|| Error::internal("a job left no value"))
    }
}

impl Store {
    /// Reads what belongs to the credential's account, and says how the account stood before.
    ///
    /// Each statement sees the database as of its own moment. Fails with
    /// [`Error::Unauthenticated`] when the account is gone or disabled or the session was ended.
    pub async fn read<T: Send + 'static>(
        &self,
        credential: Credential,
        length: Length,
        work: impl FnOnce(&mut Mine<'_>) -> Result<T> + Send + 'static,
    ) -> Result<(Standing, T)> {
        let read = self.read_unless(credential, length, |_| false, work);
        match read.await? {
            Fresh::Read(standing, value) => Ok((standing, value)),
            Fresh::Unchanged(_) => Err(Error::internal("an unconditional read was skipped")),
        }
    }

    /// How the credential's account stands, if it may be used at all.
    pub async fn admit(&self, credential: Credential) -> Result<Standing> {
        let read = self.read_unless(credential, Length::Short, |_| true, |_| Ok(()));
        match read.await? {
            Fresh::Unchanged(standing) | Fresh::Read(standing, ()) => Ok(standing),
        }
    }

    /// Reads like [`Store::read`], unless the account's standing already tells that nothing the
    /// caller has not seen can have changed.
    pub async fn read_unless<T: Send + 'static>(
        &self,
        credential: Credential,
        length: Length,
        has_seen: impl Fn(&Standing) -> bool + Send + 'static,
        work: impl FnOnce(&mut Mine<'_>) -> Result<T> + Send + 'static,
    ) -> Result<Fresh<T>> {
        let kept = match &self.standings {
            Some(standings) => front_desk::admit_from_memory(standings, &credential)?,
            None => None,
        };
        let kept = match kept {
            Some((_, standing)) if has_seen(&standing) => return Ok(Fresh::Unchanged(standing)),
            kept => kept,
        };
        let (slot, work) = Slot::of_work(work);
        let read = self.read_boxed((credential, length), kept, (Box::new(has_seen), work));
        match read.await? {
            Fresh::Unchanged(standing) => Ok(Fresh::Unchanged(standing)),
            Fresh::Read(standing, ()) => Ok(Fresh::Read(standing, slot.take()?)),
        }
    }

    async fn read_boxed(
        &self,
        (credential, length): (Credential, Length),
        kept: Option<(UserId, Standing)>,
        (has_seen, work): (HasSeen, Work),
    ) -> Result<Fresh<()>> {
        let (standings, limits) = (self.standings.clone(), self.limits);
        let job = move |db: &mut Db| {
            let (owner, standing) = match kept {
                Some(kept) => kept,
                None => match FrontDesk::new(db).admit(&credential, standings.as_deref())? {
                    (_, standing) if has_seen(&standing) => return Ok(Fresh::Unchanged(standing)),
                    admitted => admitted,
                },
            };
            let mut mine = Mine::new(db, (owner, &standing), limits);
            work(&mut mine)?;
            Ok(Fresh::Read(standing, ()))
        };
        self.threads
            .read(Scope::Owner(credential.account), length, job)
            .await
    }

    /// Changes what belongs to the credential's account, in one transaction, and notes in the journal
    /// what was done.
    ///
    /// When this returns, the change is on disk. Answers what the work did, and the number of the
    /// owner's change counter that names this change, if there was one. Fails as [`Store::read`]
    /// does, and then changes nothing.
    pub async fn write<T: Send + 'static>(
        &self,
        credential: Credential,
        occasion: Occasion,
        work: impl FnOnce(&mut Mine<'_>) -> Result<T> + Send + 'static,
    ) -> Result<(T, Option<i64>)> {
        let (slot, work) = Slot::of_work(work);
        let version = self.write_boxed(credential, occasion, work).await?;
        Ok((slot.take()?, version))
    }

    async fn write_boxed(
        &self,
        credential: Credential,
        occasion: Occasion,
        work: Work,
    ) -> Result<Option<i64>> {
        let (standings, limits) = (self.standings.clone(), self.limits);
        let job = move |db: &mut Db| {
            let kept = match &standings {
                Some(standings) => front_desk::admit_from_memory(standings, &credential)?,
                None => None,
            };
            let admitted = match kept {
                Some(kept) => kept,
                None => FrontDesk::new(db).admit_to_write(&credential, standings.as_deref())?,
            };
            let moved = change(db, &admitted, limits, occasion, work)?;
            let after = announce(standings, credential.account, moved);
            Ok((moved.version, after))
        };
        let scope = Scope::Owner(credential.account);
        self.threads.write(scope, job).await
    }

    /// Changes what belongs to an account that nobody is signed in to: the server's own work.
    pub(crate) async fn write_for<T: Send + 'static>(
        &self,
        account: uuid::Uuid,
        occasion: Occasion,
        work: impl FnOnce(&mut Mine<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (slot, work) = Slot::of_work(work);
        let (standings, limits) = (self.standings.clone(), self.limits);
        let job = move |db: &mut Db| {
            let admitted = FrontDesk::new(db).admit_server(account)?;
            let moved = change(db, &admitted, limits, occasion, work)?;
            Ok(((), announce(standings, account, moved)))
        };
        self.threads.write(Scope::Owner(account), job).await?;
        slot.take()
    }

    /// Asks one of the named questions.
    pub async fn front_desk_read<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut FrontDesk<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (slot, question) = Slot::of_desk_work(question);
        self.ask_boxed(question).await?;
        slot.take()
    }

    async fn ask_boxed(&self, question: DeskWork) -> Result<()> {
        self.threads
            .read(Scope::All, Length::Long, move |db| {
                question(&mut FrontDesk::new(db))
            })
            .await
    }

    /// Makes one of the named changes, in one transaction.
    pub async fn front_desk_write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut FrontDesk<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (slot, change) = Slot::of_desk_work(change);
        self.change_boxed(change).await?;
        slot.take()
    }

    async fn change_boxed(&self, change: DeskWork) -> Result<()> {
        let standings = self.standings.clone();
        let job = move |db: &mut Db| {
            let mut desk = FrontDesk::new(db);
            change(&mut desk)?;
            let touched = desk.touched();
            let after = move || {
                if let (Some(standings), Some(account)) = (standings, touched) {
                    standings.forget(account);
                }
            };
            Ok(((), after))
        };
        self.threads.write(Scope::All, job).await
    }
}

/// What of an account's standing a job changed.
#[derive(Clone, Copy)]
struct Moved {
    /// The owner's change counter now, if it moved.
    version: Option<i64>,
    is_account_changed: bool,
}

/// Does the work and notes it in the journal.
fn change(
    db: &mut Db,
    (owner, standing): &(UserId, Standing),
    limits: Limits,
    occasion: Occasion,
    work: Work,
) -> Result<Moved> {
    let mut mine = Mine::new(db, (*owner, standing), limits);
    work(&mut mine)?;
    mine.write_entry(occasion)?;
    Ok(Moved {
        version: mine.counters().map(|counters| counters.version),
        is_account_changed: mine.is_account_changed(),
    })
}

/// What is to happen once the change is on disk.
fn announce(
    standings: Option<Arc<Standings>>,
    account: uuid::Uuid,
    moved: Moved,
) -> impl FnOnce() + Send + 'static {
    move || match (standings, moved.version) {
        (Some(standings), _) if moved.is_account_changed => standings.forget(account),
        (Some(standings), Some(version)) => standings.changed(account, version),
        _ => {}
    }
}
