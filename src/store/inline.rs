//! Short reads, on the thread that asks.
//!
//! Handing a job over and its answer back costs about as much as finding the rows: another thread
//! wakes up, as often as not on another core, and what it wrote has to come back through both
//! caches. SQLite finds a page of rows in memory as a rule, in less time than that takes.
//!
//! But a thread that waits for a disk keeps everybody waiting whom it serves. So where reads take
//! longer than memory takes, the threads of the database do them for a while.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use r2d2::PooledConnection;

use super::connection::{Db, Manager};
use super::threads::{Pool, is_sound, run_unwinding};
use crate::error::Result;

/// Reads that take longer on average are not from memory. A single one may well: its thread had to
/// wait for its turn.
const SLOW: Duration = Duration::from_millis(1);
/// How many reads count for the average, about.
const WEIGHT: u32 = 16;
/// How long the threads of the database read after that.
const REST: Duration = Duration::from_secs(1);

/// A connection for each thread that serves requests.
pub(super) struct Inline {
    pool: Pool,
    seats: Box<[Mutex<Seat>]>,
}

#[derive(Default)]
struct Seat {
    /// Taken at first need; what it has read stays with the thread that reads.
    connection: Option<PooledConnection<Manager>>,
    /// What reads take, the last ones above all.
    average: Duration,
    rests_until: Option<Instant>,
}

impl Seat {
    fn took(&mut self, began: Instant) {
        self.average = (self.average * (WEIGHT - 1) + began.elapsed()) / WEIGHT;
        if self.average > SLOW {
            self.average = Duration::ZERO;
            self.rests_until = Some(began + REST);
        }
    }
}

impl Inline {
    pub(super) fn new(pool: &Pool, seats: usize) -> Self {
        Self {
            pool: pool.clone(),
            seats: (0..seats).map(|_| Mutex::default()).collect(),
        }
    }

    /// Reads here and now, or gives the work back for the threads of the database to do.
    pub(super) fn read<T, W>(&self, work: W) -> std::result::Result<Result<T>, W>
    where
        W: FnOnce(&mut Db) -> Result<T>,
    {
        // As many as serve requests; whoever shares one does not wait for it.
        let seat = self.seats.get(own_number() % self.seats.len().max(1));
        let Some(Ok(mut seat)) = seat.map(Mutex::try_lock) else {
            return Err(work);
        };
        let began = Instant::now();
        if seat.rests_until.is_some_and(|until| began < until) {
            return Err(work);
        }
        let Some(mut connection) = seat.connection.take().or_else(|| self.pool.try_get()) else {
            return Err(work);
        };
        let outcome = run_unwinding(|| work(&mut connection.db));
        if is_sound(&outcome) {
            seat.connection = Some(connection);
        } else {
            // Back to the pool, which asks it whether it still lives.
            connection.doubt();
        }
        seat.took(began);
        Ok(outcome)
    }
}

/// Threads count themselves when they first come.
fn own_number() -> usize {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static NUMBER: usize = COUNT.fetch_add(1, Ordering::Relaxed);
    }
    NUMBER.with(|number| *number)
}

#[cfg(test)]
mod tests {
    use std::panic::resume_unwind;
    use std::thread::{scope, sleep};

    use diesel::r2d2::R2D2Connection as _;

    use super::super::{READER_CACHE, pool};
    use super::*;
    use crate::error::Error;

    fn inline() -> (tempfile::TempDir, Inline) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("test.db");
        let pool = pool(Manager::Sqlite(file, READER_CACHE), 2).expect("a pool");
        (folder, Inline::new(&pool, 1))
    }

    fn lasting(time: Duration) -> impl FnOnce(&mut Db) -> Result<()> {
        move |_| {
            sleep(time);
            Ok(())
        }
    }

    #[test]
    fn reads_that_wait_are_left_to_others_for_a_while() {
        let (_folder, inline) = inline();

        assert!(inline.read(lasting(Duration::ZERO)).is_ok());
        // What a thread may have to wait for its turn is forgiven.
        assert!(inline.read(lasting(Duration::from_millis(5))).is_ok());
        assert!(inline.read(lasting(Duration::ZERO)).is_ok());

        assert!(inline.read(lasting(Duration::from_millis(40))).is_ok());
        assert!(inline.read(lasting(Duration::ZERO)).is_err());

        sleep(REST);
        assert!(inline.read(lasting(Duration::ZERO)).is_ok());
    }

    #[test]
    fn nobody_waits_for_a_seat() {
        let (_folder, inline) = inline();

        let outcome = inline.read(|_| {
            scope(|threads| {
                let other = threads.spawn(|| inline.read(lasting(Duration::ZERO)).is_ok());
                Ok(other.join().expect("no panic"))
            })
        });

        assert!(matches!(outcome, Ok(Ok(false))));
    }

    #[test]
    fn a_panic_fails_its_own_read_and_no_other() {
        let (_folder, inline) = inline();

        let outcome = inline.read(|_| -> Result<()> { resume_unwind(Box::new("in a job")) });
        assert!(matches!(outcome, Ok(Err(Error::Internal(_)))));

        assert!(matches!(inline.read(|db| Ok(db.ping()?)), Ok(Ok(()))));
    }
}
