//! The threads that run Diesel, and the one bounded queue before each kind of them.
//!
//! A full queue answers [`Error::Busy`] at once; nothing piles up. On SQLite one thread writes and
//! commits in groups: every write that is waiting runs in a savepoint of its own inside one
//! transaction, one `COMMIT` makes them durable together, and only then are they answered. On
//! PostgreSQL one set of threads reads and writes, a transaction a write.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};
use diesel::QueryResult;
use tokio::sync::oneshot;

use super::connection::{Db, Manager, Pooled};
use super::failure;
use super::inline::Inline;
use super::wall::{self, Scope, Wall};
use crate::error::{Error, Result};

/// Jobs that may wait for each kind of thread.
const QUEUE: usize = 2048;
/// Writes that share one commit, at most.
const GROUP: usize = 256;
/// Reads that are done with one connection before it goes back.
const READS_A_CHECKOUT: usize = 32;
/// Writes after which the WAL is copied back into the database file, off the writer's thread.
const WRITES_A_CHECKPOINT: usize = 1024;

pub(super) type Pool = r2d2::Pool<Manager>;

/// Says whether the connection is still above doubt.
type ReadJob = Box<dyn FnOnce(Result<&mut Db>) -> bool + Send>;
type WriteJob = Box<dyn FnOnce(&mut Db) -> Ran + Send>;
type Answer = Box<dyn FnOnce(&QueryResult<()>) + Send>;

/// A write that ran inside a transaction which is not committed yet.
struct Ran {
    keep: bool,
    /// Whether the connection is still above doubt.
    is_sound: bool,
    answer: Answer,
}

/// How long a read may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// A page of rows at most, which an index finds.
    Short,
    /// As long as the owner's rows are many.
    Long,
}

enum Job {
    Read(ReadJob),
    Write(WriteJob),
}

/// Where jobs are handed in.
pub(super) struct Threads {
    reads: Sender<Job>,
    writes: Sender<Job>,
    /// Where the asking thread may read itself: on SQLite.
    inline: Option<Inline>,
    wall: Wall,
}

impl Threads {
    /// One writer, readers and as many seats for those who read themselves, and the checkpoints:
    /// SQLite.
    pub(super) fn one_writer(
        reading: &Pool,
        writing: &Pool,
        readers: usize,
    ) -> std::io::Result<Self> {
        let (reads, waiting_reads) = bounded(QUEUE);
        let (writes, waiting_writes) = bounded(QUEUE);
        for number in 0..readers {
            spawn(&format!("db-read-{number}"), reading, &waiting_reads, None)?;
        }
        let checkpoints = spawn_checkpoints(reading)?;
        spawn("db-write", writing, &waiting_writes, Some(checkpoints))?;
        Ok(Self {
            reads,
            writes,
            inline: Some(Inline::new(reading, readers)),
            wall: Wall::Down,
        })
    }

    /// Threads that all read and write: PostgreSQL.
    pub(super) fn all_alike(pool: &Pool, threads: u32, wall: Wall) -> std::io::Result<Self> {
        let (jobs, waiting) = bounded(QUEUE);
        for number in 0..threads {
            spawn(&format!("db-{number}"), pool, &waiting, None)?;
        }
        Ok(Self {
            reads: jobs.clone(),
            writes: jobs,
            inline: None,
            wall,
        })
    }

    /// Runs `work` outside of any transaction, unless there is a wall that needs one; on the spot
    /// if it is short and that is possible.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        scope: Scope,
        length: Length,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let work = match &self.inline {
            Some(inline) if length == Length::Short => match inline.read(work) {
                Ok(outcome) => return outcome,
                Err(work) => work,
            },
            _ => work,
        };
        let (reply, answer) = oneshot::channel();
        let wall = self.wall;
        let job: ReadJob = Box::new(move |db| {
            let outcome = db.and_then(|db| match wall {
                Wall::Down => run_unwinding(|| work(db)),
                Wall::Up => read_behind_wall(db, scope, work),
            });
            let is_sound = is_sound(&outcome);
            // Nobody waits any more when the client hung up; that is no failure.
            drop(reply.send(outcome));
            is_sound
        });
        self.reads
            .try_send(Job::Read(job))
            .map_err(|_full| Error::Busy)?;
        answer.await.unwrap_or(Err(Error::Busy))
    }

    /// Runs `work` in a transaction, and `after` its commit, before anybody is answered.
    ///
    /// What was begun is finished, whether or not somebody still waits for the answer.
    pub(super) async fn write<T, A>(
        &self,
        scope: Scope,
        work: impl FnOnce(&mut Db) -> Result<(T, A)> + Send + 'static,
    ) -> Result<T>
    where
        T: Send + 'static,
        A: FnOnce() + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let wall = self.wall;
        let job: WriteJob = Box::new(move |db| {
            let outcome = run_unwinding(|| {
                if wall == Wall::Up {
                    wall::stand(db, scope)?;
                }
                work(db)
            });
            let (keep, is_sound) = (outcome.is_ok(), is_sound(&outcome));
            let answer: Answer = Box::new(move |commit| {
                let outcome = match (outcome, commit) {
                    (Ok((value, after)), Ok(())) => {
                        after();
                        Ok(value)
                    }
                    (Ok(_), Err(error)) => Err(failure::of_commit(error)),
                    (Err(error), _) => Err(error),
                };
                drop(reply.send(outcome));
            });
            Ran {
                keep,
                is_sound,
                answer,
            }
        });
        self.writes
            .try_send(Job::Write(job))
            .map_err(|_full| Error::Busy)?;
        // A job that could not even be begun was dropped, and its sender with it.
        answer.await.unwrap_or(Err(Error::Busy))
    }
}

/// Reads in a transaction of its own, because what says whose rows they are ends with it.
fn read_behind_wall<T>(
    db: &mut Db,
    scope: Scope,
    work: impl FnOnce(&mut Db) -> Result<T>,
) -> Result<T> {
    db.begin_write()?;
    let outcome = run_unwinding(|| {
        wall::stand(db, scope)?;
        work(db)
    });
    match outcome {
        Ok(value) => db.commit().map(|()| value).map_err(Error::from),
        Err(error) => {
            db.rollback()?;
            Err(error)
        }
    }
}

fn spawn(
    name: &str,
    pool: &Pool,
    jobs: &Receiver<Job>,
    checkpoints: Option<Sender<()>>,
) -> std::io::Result<()> {
    let (pool, jobs) = (pool.clone(), jobs.clone());
    let mut pace = Pace {
        checkpoints,
        writes: 0,
    };
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || work_through(&pool, &jobs, &mut pace))?;
    Ok(())
}

/// When the next checkpoint is due.
struct Pace {
    checkpoints: Option<Sender<()>>,
    writes: usize,
}

impl Pace {
    fn wrote(&mut self, writes: usize) {
        self.writes += writes;
        if self.writes < WRITES_A_CHECKPOINT {
            return;
        }
        self.writes = 0;
        if let Some(checkpoints) = &self.checkpoints {
            // One that is asked for already will do.
            let _ = checkpoints.try_send(());
        }
    }
}

/// A checkpoint beside the writer costs it nothing but the disk. Under writes without a pause it
/// never catches up, and the WAL only starts over when it has; so the writer's own connection
/// checkpoints too, when the WAL has grown long (`wal_autocheckpoint`), and finds little left to do.
fn spawn_checkpoints(pool: &Pool) -> std::io::Result<Sender<()>> {
    let (asked, asks) = bounded(1);
    let pool = pool.clone();
    thread::Builder::new()
        .name("db-checkpoint".to_owned())
        .spawn(move || {
            while let Ok(()) = asks.recv() {
                let done = pool.get().map(|mut connection| connection.db.checkpoint());
                match done {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => log::warn!("the WAL was not copied back: {error}"),
                    Err(error) => log::warn!("no connection for a checkpoint: {error}"),
                }
            }
        })?;
    Ok(asked)
}

/// Works until the last sender is gone and the queue is empty.
fn work_through(pool: &Pool, jobs: &Receiver<Job>, pace: &mut Pace) {
    while let Ok(job) = jobs.recv() {
        let mut next = Some(job);
        match pool.get() {
            Ok(mut connection) => {
                let mut reads = 0;
                while let Some(job) = next.take() {
                    match job {
                        Job::Read(read) => {
                            if !read(Ok(&mut connection.db)) {
                                connection.doubt();
                                break;
                            }
                            connection.used();
                            reads += 1;
                            if reads < READS_A_CHECKOUT {
                                next = jobs.try_recv().ok();
                            }
                        }
                        Job::Write(write) => next = write_group(&mut connection, write, jobs, pace),
                    }
                }
            }
            Err(error) => {
                log::error!("no database connection could be had: {error}");
                if let Some(Job::Read(read)) = next {
                    read(Err(Error::Busy));
                }
            }
        }
    }
}

/// Commits `first` and, on SQLite, every write that waits behind it; returns a job that was taken
/// from the queue and belongs to nobody yet.
fn write_group(
    connection: &mut Pooled,
    first: WriteJob,
    jobs: &Receiver<Job>,
    pace: &mut Pace,
) -> Option<Job> {
    // Until everything went well.
    connection.doubt();
    let db = &mut connection.db;
    let size = if matches!(db, Db::Sqlite(_)) {
        GROUP
    } else {
        1
    };
    if let Err(error) = db.begin_write() {
        log::error!("no write transaction could be begun: {error}");
        return None;
    }
    let mut ran = Vec::new();
    let mut left_over = None;
    let mut job = Some(first);
    while let Some(write) = job.take() {
        ran.push(write_in_savepoint(db, write, size > 1));
        if ran.len() < size {
            match jobs.try_recv() {
                Ok(Job::Write(write)) => job = Some(write),
                Ok(read @ Job::Read(_)) => left_over = Some(read),
                Err(_) => {}
            }
        }
    }
    let kept = ran.iter().any(|ran| ran.keep);
    let is_sound = ran.iter().all(|ran| ran.is_sound);
    let commit = if kept { db.commit() } else { db.rollback() };
    if let Err(error) = &commit {
        log::error!("a group of {} writes was not committed: {error}", ran.len());
        // Only an open transaction has something left to roll back.
        drop(db.rollback());
    } else if is_sound {
        connection.used();
    }
    pace.wrote(ran.len());
    for ran in ran {
        (ran.answer)(&commit);
    }
    left_over
}

fn write_in_savepoint(db: &mut Db, write: WriteJob, in_group: bool) -> Ran {
    if !in_group {
        return write(db);
    }
    if let Err(error) = db.begin_savepoint() {
        log::error!("no savepoint could be begun: {error}");
        return Ran {
            keep: false,
            is_sound: false,
            answer: Box::new(|_| ()),
        };
    }
    let mut ran = write(db);
    let ended = if ran.keep {
        db.release_savepoint()
    } else {
        db.rollback_savepoint()
    };
    if let Err(error) = ended {
        log::error!("a savepoint could not be ended: {error}");
        ran = Ran {
            keep: false,
            is_sound: false,
            answer: Box::new(|_| ()),
        };
    }
    ran
}

/// Whether a job's end says nothing against its connection: a refusal does not, a fault may.
pub(super) fn is_sound<T>(outcome: &Result<T>) -> bool {
    !matches!(outcome, Err(Error::Busy | Error::Internal(_)))
}

/// A panic fails its own job and no other.
pub(super) fn run_unwinding<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Error::internal("a database job panicked")))
}
