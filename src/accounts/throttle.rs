//! How often one network may try to sign in or up.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::error::{Error, Result};

/// Networks kept before those that rest are forgotten.
const NETWORKS_MAX: usize = 100_000;

/// A burst of so many attempts from one network, refilled over a minute.
pub struct Throttle(Option<DefaultKeyedRateLimiter<IpAddr>>);

impl Throttle {
    /// A throttle of that many attempts a minute; none lets everything pass.
    pub fn per_minute(limit: Option<NonZeroU32>) -> Self {
        Self(limit.map(|limit| RateLimiter::keyed(Quota::per_minute(limit))))
    }

    /// Counts one attempt, or says how long to wait.
    pub fn attempt(&self, client: Option<IpAddr>) -> Result<()> {
        let (Some(limiter), Some(client)) = (&self.0, client) else {
            return Ok(());
        };
        if limiter.len() > NETWORKS_MAX {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        limiter.check_key(&network(client)).map_err(|not_until| {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            Error::SlowDown(wait.as_secs() + 1)
        })
    }
}

/// The network that one client commands: its IPv4 address, or its IPv6 /64.
fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
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
