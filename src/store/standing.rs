//! What every request needs to know of its account, kept in memory where that is sound.
//!
//! One process owns a SQLite file, so there the answer can be kept between requests: each entry is
//! brought up to date after the commit that changes it and before anybody learns of that commit.
//! PostgreSQL is shared by replicas, so there the row is read each time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use uuid::Uuid;

use crate::accounts::{Settings, Sid};
use crate::clock::Stamp;
use crate::lists::ListId;

/// An account as of one moment.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Login tokens with another number are dead.
    pub(super) token_epoch: i64,
    /// Whether the account may be used.
    pub(super) is_disabled: bool,
    /// Goes up with every change of the owner's rows.
    pub version: i64,
    /// Who it is, as shown to themselves.
    pub email: Arc<str>,
    /// What the owner set up.
    pub settings: Arc<Settings>,
    /// When the account was made.
    pub created_at: Stamp,
    /// When the owner proved that the address is theirs, if they did.
    pub email_verified_at: Option<Stamp>,
    /// Tokens of other issuers from before this moment are dead.
    pub(super) tokens_from: Stamp,
    /// The list that takes the tasks which name no other; an account keeps it all its life.
    pub(super) inbox: ListId,
}

impl Standing {
    /// Where the owner's days begin and end.
    pub fn zone(&self) -> chrono_tz::Tz {
        self.settings.time_zone
    }
}

const SHARDS: usize = 16;
/// Accounts kept in a shard before it is emptied; 16 × 4,096 accounts are about 10 MiB.
const SHARD_SIZE: usize = 4_096;

/// Standings by account, and the sessions that were ended early.
#[derive(Default)]
pub(super) struct Standings {
    shards: [Mutex<Shard>; SHARDS],
    revoked: RwLock<HashMap<Sid, Stamp>>,
    /// What SQLite counted of others' changes when it was last asked.
    data_version: AtomicI64,
}

#[derive(Default)]
struct Shard {
    /// Goes up whenever an entry may have become untrue; a reader that began before keeps out.
    generation: u64,
    accounts: HashMap<Uuid, Standing>,
}

impl Standings {
    /// What is known of the account, if anything is.
    pub(super) fn get(&self, account: Uuid) -> Option<Standing> {
        self.shard(account).accounts.get(&account).cloned()
    }

    /// The number to hand to [`Standings::put`] after the row was read.
    pub(super) fn generation(&self, account: Uuid) -> u64 {
        self.shard(account).generation
    }

    /// Keeps what was read, unless something changed since `generation` was asked for.
    pub(super) fn put(&self, account: Uuid, standing: &Standing, generation: u64) {
        let mut shard = self.shard(account);
        if shard.generation != generation {
            return;
        }
        if shard.accounts.len() >= SHARD_SIZE {
            shard.accounts.clear();
        }
        shard.accounts.insert(account, standing.clone());
    }

    /// A commit moved the account's version on.
    pub(super) fn changed(&self, account: Uuid, version: i64) {
        let mut shard = self.shard(account);
        shard.generation += 1;
        if let Some(standing) = shard.accounts.get_mut(&account) {
            standing.version = standing.version.max(version);
        }
    }

    /// A commit changed the account's row itself.
    pub(super) fn forget(&self, account: Uuid) {
        let mut shard = self.shard(account);
        shard.generation += 1;
        shard.accounts.remove(&account);
    }

    /// Somebody else changed the database: nothing that is kept can be believed.
    pub(super) fn forget_all(&self) {
        for shard in &self.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            shard.generation += 1;
            shard.accounts.clear();
        }
    }

    /// Whether this is another number than the last.
    pub(super) fn is_news(&self, data_version: i64) -> bool {
        self.data_version.swap(data_version, Ordering::Relaxed) != data_version
    }

    /// A session was ended before it expired.
    pub(super) fn revoke(&self, sid: Sid, expires: Stamp) {
        self.revoked
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(sid, expires);
    }

    /// Drops the ended sessions that have expired anyway.
    pub(super) fn purge(&self, now: Stamp) {
        let mut revoked = self.revoked.write().unwrap_or_else(PoisonError::into_inner);
        revoked.retain(|_, expires| *expires > now);
    }

    /// Whether the session was ended.
    pub(super) fn is_revoked(&self, sid: Sid) -> bool {
        let revoked = self.revoked.read().unwrap_or_else(PoisonError::into_inner);
        revoked.contains_key(&sid)
    }

    fn shard(&self, account: Uuid) -> MutexGuard<'_, Shard> {
        // The last byte of a UUIDv7 is random.
        let [.., last] = *account.as_bytes();
        #[expect(
            clippy::indexing_slicing,
            reason = "the remainder is below the number of shards"
        )]
        let shard = &self.shards[usize::from(last) % SHARDS];
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;

    fn standing(version: i64) -> Standing {
        Standing {
            token_epoch: 1,
            is_disabled: false,
            version,
            email: "ann@example.org".into(),
            settings: Arc::new(Settings::new(chrono_tz::UTC, Locale::default())),
            created_at: Stamp::from_micros(0),
            email_verified_at: None,
            tokens_from: Stamp::from_micros(0),
            inbox: ListId::new(Uuid::nil()),
        }
    }

    #[test]
    fn a_reader_that_began_before_a_commit_does_not_bring_the_old_version_back() {
        let standings = Standings::default();
        let ann = Uuid::from_u128(1);
        let before = standings.generation(ann);

        standings.changed(ann, 2);
        standings.put(ann, &standing(1), before);

        assert!(standings.get(ann).is_none());
    }

    #[test]
    fn a_commit_moves_the_kept_version_on() {
        let standings = Standings::default();
        let ann = Uuid::from_u128(1);
        standings.put(ann, &standing(1), standings.generation(ann));

        standings.changed(ann, 2);

        assert_eq!(standings.get(ann).map(|standing| standing.version), Some(2));
    }

    #[test]
    fn a_full_shard_is_emptied_rather_than_grown() {
        let standings = Standings::default();
        for number in 0..=SHARD_SIZE as u128 {
            let account = Uuid::from_u128(number << 8);
            standings.put(account, &standing(1), standings.generation(account));
        }

        assert_eq!(standings.shard(Uuid::from_u128(0)).accounts.len(), 1);
    }
}
