//! How often a secret may be tried: from one network, and for one account.
//!
//! A network's attempts are counted in memory. An account's are counted in the database, which
//! replicas share and a restart keeps.

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use uuid::Uuid;

use super::{Email, Sid, keys};
use crate::error::{Error, Result};

/// Networks or accounts kept before those that rest are forgotten.
const KEYS_MAX: usize = 100_000;

/// A burst of so many attempts from one network or by one account, refilled over a while.
///
/// Each process counts for itself, and forgets when it ends.
pub struct Throttle<K: Clone + Eq + Hash = IpAddr>(Option<DefaultKeyedRateLimiter<K>>);

impl<K: Clone + Eq + Hash> Throttle<K> {
    /// So many attempts a minute; none lets everything pass.
    pub fn per_minute(limit: Option<NonZeroU32>) -> Self {
        Self(limit.map(|limit| RateLimiter::keyed(Quota::per_minute(limit))))
    }

    /// So many attempts an hour; none lets everything pass.
    pub fn per_hour(limit: Option<NonZeroU32>) -> Self {
        Self(limit.map(|limit| RateLimiter::keyed(Quota::per_hour(limit))))
    }

    /// Counts one attempt, or says how long to wait.
    pub fn count(&self, key: &K) -> Result<()> {
        let Some(limiter) = &self.0 else {
            return Ok(());
        };
        if limiter.len() > KEYS_MAX {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        limiter.check_key(key).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            Error::SlowDown(wait.as_secs() + 1)
        })
    }
}

impl Throttle {
    /// Counts one attempt from the client's network, or says how long to wait.
    pub fn attempt(&self, client: Option<IpAddr>) -> Result<()> {
        client.map_or(Ok(()), |client| self.count(&network(client)))
    }
}

/// The network that one client commands: its IPv4 address, or its IPv6 /64.
pub fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
    }
}

/// The first pause, in seconds; each further attempt doubles it.
const FIRST_PAUSE: i64 = 15;
/// The longest pause, in seconds.
const LONGEST_PAUSE: i64 = 15 * 60;

/// Seconds to wait after the attempt of this number, counted from 1, when so many are free; none are
/// counted when that is 0.
pub fn pause_after(attempt: u32, free: u32) -> i64 {
    if free == 0 || attempt < free {
        return 0;
    }
    // Six doublings reach the longest pause.
    let doublings = (attempt - free).min(6);
    (FIRST_PAUSE << doublings).min(LONGEST_PAUSE)
}

/// What attempts are counted for; a hash, so that nobody can read from it who has an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket([u8; 32]);

impl Bucket {
    /// The account with this address, whether or not there is one.
    pub fn of_account(email: &Email) -> Self {
        Self::named("account", email.as_str())
    }

    /// A device that somebody signed in with before.
    pub fn of_device(device: &str) -> Self {
        Self::named("device", device)
    }

    /// A sign-in, for the codes that are tried in it.
    pub fn of_sign_in(sid: Sid) -> Self {
        Self::named("sign-in", &sid.uuid().simple().to_string())
    }

    /// An account, for the codes that are tried beside its password.
    pub fn of_codes(account: Uuid) -> Self {
        Self::named("codes", &account.simple().to_string())
    }

    /// Mail to this address, whether or not it has an account.
    pub fn of_mail_to(email: &Email) -> Self {
        Self::named("mail to", email.as_str())
    }

    /// Mail that somebody in this network asks for.
    pub fn of_mail_from(network: &str) -> Self {
        Self::named("mail from", network)
    }

    fn named(kind: &str, name: &str) -> Self {
        Self(keys::hash(&format!("{kind} {name}")))
    }

    /// The hash.
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn all_spellings_of_one_network_are_one() {
        assert_eq!(network(ip("2001:db8::1")), network(ip("2001:db8::ffff:1")));
        assert_eq!(network(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
        assert_ne!(network(ip("2001:db8::1")), network(ip("2001:db8:0:1::1")));
    }

    #[test]
    fn pauses_double_up_to_a_quarter_of_an_hour() {
        let pauses: Vec<_> = (1..=13).map(|attempt| pause_after(attempt, 5)).collect();
        assert_eq!(
            pauses,
            [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]
        );
        assert_eq!(pause_after(u32::MAX, 5), 900);
        assert_eq!(pause_after(100, 0), 0);
    }

    #[test]
    fn the_attempt_after_the_burst_has_to_wait() {
        let throttle = Throttle::per_minute(NonZeroU32::new(3));
        for _ in 0..3 {
            throttle
                .attempt(Some(ip("192.0.2.1")))
                .expect("within the burst");
        }

        let refused = throttle.attempt(Some(ip("192.0.2.1")));

        assert!(
            matches!(refused, Err(Error::SlowDown(1..=21))),
            "{refused:?}"
        );
        throttle
            .attempt(Some(ip("192.0.2.2")))
            .expect("another network");
    }
}
